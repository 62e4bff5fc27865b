-- Brevier — sources with their reliability: "Name (B2): what they said", by the Admiralty code.
-- SPDX-License-Identifier: MIT
local e = require "brevier.element"
local facts = require "brevier.facts"
local text = require "brevier.text"

local reliability = {
  A = "completely reliable", B = "usually reliable", C = "fairly reliable",
  D = "not usually reliable", E = "unreliable", F = "not judged",
}
local credibility = {
  "confirmed", "probably true", "possibly true", "doubtful", "improbable", "not judged",
}

local function source_table(run)
  local body = e.tbody {}
  for index, fact in ipairs(run) do
    local name, letter, digit = fact.key:match("^(.-)%s*[(%[]([A-F])([1-6])[)%]]$")
    if not name then return nil end
    body[index] = e.tr {
      e.th { ["data-scope"] = "row", text.trim(name) },
      e.td { letter .. digit, ": ", reliability[letter], ", ", credibility[tonumber(digit)] },
      e.td { fact.content, fact.rest },
    }
  end
  local head = e.thead { e.tr { e.th "Source", e.th "Judgement", e.th "Content" } }
  return e.table { class = "sources", head, body }
end

return {
  api = 1,
  name = "sources",
  version = "1.0.0",
  summary = "Sources with reliability and credibility in words",
  sections = { "sources", "sources-and-reliability", "source-assessment" },
  render = function(section, context)
    return e.section {
      class = "sources",
      section.heading,
      facts.replaced(section, source_table),
      facts.parts(section, context),
    }
  end,
}
