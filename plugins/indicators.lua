-- Brevier — indicators of compromise: one a bullet, as a table with their kind, safe to read.
-- SPDX-License-Identifier: MIT
local e = require "brevier.element"
local facts = require "brevier.facts"
local text = require "brevier.text"

-- What an indicator is, by its form; the first that fits.
local forms = {
  { "URL", "^[Hh][TtXx][TtXx][Pp][Ss]?://" }, { "URL", "^[Ff][TtXx]?[Pp]://" },
  { "IPv4 address", "^%d+%.%d+%.%d+%.%d+[:/%d]*$" }, { "IPv6 address", "^[%x:]+:[%x:]+$" },
  { "E-mail address", "^[^@%s]+@[^@%s]+%.%a+$" }, { "Vulnerability", "^CVE%-%d+%-%d+$" },
  { "Registry key", "^HK[%a_]+\\" }, { "File path", "^%a:\\" }, { "File path", "^/[%w._-]+/" },
  { "File name", "^[%w_. -]+%.[eds][xlc]%a$" }, { "Domain", "^[%w-]+%.[%w.-]*%a%a$" },
}
local hashes = { [32] = "MD5", [40] = "SHA-1", [64] = "SHA-256", [128] = "SHA-512" }

local function kind_of(value)
  if value:find("^%x+$") and hashes[#value] then return hashes[#value] end
  for _, form in ipairs(forms) do
    if value:find(form[2]) then return form[1] end
  end
  return nil
end

-- The indicator that a text begins with, and the rest of it as a note.
local function split(plain)
  local first, note = plain:match("^(%S-)[,;]?%s+(.*)$")
  if not first then first, note = plain, "" end
  for _, dash in ipairs { "–", "—", "-" } do
    if note:sub(1, #dash) == dash then note = text.trim(note:sub(#dash + 1)) end
  end
  local value = text.refanged(first)
  return kind_of(value), value, note
end

-- Nobody shall click what is to be blocked; hashes and names cannot be clicked.
local function safe(kind, value)
  local is_address = kind == "URL" or kind == "Domain" or kind:find("address")
  return is_address and text.defanged(value) or value
end

-- Whether an item is text, code and bare addresses only: markup in a note would be lost.
local function is_plain(item)
  for _, child in ipairs(item) do
    if type(child) == "table" and child.tag ~= "code" then
      if child.tag ~= "a" or text.plain(child) ~= child.href then return false end
    end
  end
  return true
end

-- One policy for every indicator: kind, value in code, note. A list of other things stays one.
local function indicator_table(list)
  local rows, body = 0, e.tbody {}
  for _, item in ipairs(list) do
    local plain = text.trim(text.plain(item))
    local label, rest = plain:match("^([%a][%w -]*):%s+(%S.*)$")
    local kind, value, note = split(rest or plain)
    if not kind or not is_plain(item) then return nil end
    rows = rows + 1
    body[rows] = e.tr { e.td(label or kind), e.td { e.code(safe(kind, value)) }, e.td(note) }
  end
  return rows > 0 and e.table {
    class = "indicators", e.thead { e.tr { e.th "Kind", e.th "Indicator", e.th "Note" } }, body,
  }
end

return {
  api = 1,
  name = "indicators",
  version = "1.0.0",
  summary = "Indicators of compromise with their kinds, defanged",
  sections = { "indicators", "indicators-of-compromise", "iocs" },
  render = function(section, context)
    local blocks = section.blocks
    for index, block in ipairs(blocks) do
      if block.tag == "ul" then blocks[index] = indicator_table(block) or block end
    end
    return e.section {
      class = "indicators", section.heading, blocks, facts.parts(section, context),
    }
  end,
}
