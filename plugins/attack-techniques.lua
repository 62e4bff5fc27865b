-- Brevier — techniques of MITRE ATT&CK: "T1566.001 Name: how it was used" as a table with links.
-- SPDX-License-Identifier: MIT
local e = require "brevier.element"
local facts = require "brevier.facts"
local text = require "brevier.text"

-- "T1566.001 Spearphishing" or "Spearphishing (T1566.001)": the number and the name.
local function technique_of(key)
  local number = key:match("%f[%w]T%d%d%d%d%.%d%d%d") or key:match("%f[%w]T%d%d%d%d%f[%W]")
  if not number then return nil end
  local from, to = key:find(number, 1, true)
  local name = key:sub(1, from - 1) .. " " .. key:sub(to + 1)
  return number, (text.trim(name:gsub("[()%[%]]", " ")):gsub("^[:-]+%s*", ""))
end

local function technique_link(number)
  local path = number:gsub("%.", "/")
  return e.a { href = "https://attack.mitre.org/techniques/" .. path .. "/", number }
end

local function technique_table(run)
  local body = e.tbody {}
  for index, fact in ipairs(run) do
    local number, name = technique_of(fact.key)
    if not number then return nil end
    body[index] = e.tr {
      e.th { ["data-scope"] = "row", technique_link(number) },
      e.td(name),
      e.td { fact.content, fact.rest },
    }
  end
  local head = e.thead { e.tr { e.th "Technique", e.th "Name", e.th "Use" } }
  return e.table { class = "techniques", head, body }
end

return {
  api = 1,
  name = "attack-techniques",
  version = "1.0.0",
  summary = "Techniques of MITRE ATT&CK by number, linked",
  sections = {
    "mitre-att-ck", "mitre-attack", "attack-techniques", "techniques", "ttps",
    "tactics-techniques-and-procedures",
  },
  render = function(section, context)
    return e.section {
      class = "techniques",
      section.heading,
      facts.replaced(section, technique_table),
      facts.parts(section, context),
    }
  end,
}
