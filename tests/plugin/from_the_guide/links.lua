-- All addresses that the analysis links to, on a page at its end: what is printed can be typed.
local e = require "brevier.element"
local list = require "brevier.list"
local text = require "brevier.text"

local function collect(element, found)
  if element.tag == "a" and (element.href or ""):match("^https?:") then
    found[#found + 1] = { href = element.href, words = text.plain(element) }
  end
  for _, child in ipairs(element) do
    if type(child) == "table" then collect(child, found) end
  end
end

local function collect_section(section, found)
  for _, block in ipairs(section.blocks) do collect(block, found) end
  for _, part in ipairs(section.subsections) do collect_section(part, found) end
end

local function appendix(context)
  local found = {}
  for _, section in ipairs(context.document.sections) do collect_section(section, found) end
  found = list.unique(found, "href")
  if #found == 0 then return nil end
  return {
    e.h2 "Links",
    e.ol(list.map(found, function(link)
      return e.li { link.words, ": ", e.code(link.href) }
    end)),
  }
end

return {
  api = 1, name = "links", version = "1.0.0", summary = "An appendix with all links in full",
  appendix = appendix,
}
