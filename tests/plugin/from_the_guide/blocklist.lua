-- Indicators as lines that a firewall can read: kind, comma, value. The list stays as it was.
local e = require "brevier.element"
local list = require "brevier.list"
local text = require "brevier.text"

local PATTERNS = {
  { "sha256", "^%x+$", 64 }, { "md5", "^%x+$", 32 },
  { "url", "^https?://%S+$" }, { "ipv4", "^%d+%.%d+%.%d+%.%d+$" },
  { "email", "^[%w._-]+@[%w.-]+$" }, { "domain", "^[%w-]+%.[%w.-]+$" },
}

local function kind_of(value)
  for _, row in ipairs(PATTERNS) do
    if value:match(row[2]) and (not row[3] or #value == row[3]) then return row[1] end
  end
end

local function render(section, context)
  local lines = {}
  for _, block in ipairs(section.blocks) do
    if block.tag == "ul" then
      for _, item in ipairs(block) do
        local value = text.refanged(text.trim(text.plain(item)))
        local kind = kind_of(value)
        if kind then lines[#lines + 1] = kind .. "," .. value
        else context.log.info("not in the export: " .. text.truncate(value, 40), item) end
      end
    end
  end
  if #lines == 0 then return nil end
  lines = list.unique(list.sorted(lines, function(line) return line end))
  return e.section {
    section.heading, section.blocks,
    e.p { class = "label", "For import" },
    e.pre { e.code { "kind,value\n", table.concat(lines, "\n") } },
  }
end

return {
  api = 1, name = "blocklist", version = "1.0.0",
  summary = "Indicators with a block to copy into a firewall",
  sections = { "block-list", "blocklist" }, render = render,
}
