-- The quote of the week: the last line of the section, after a dash, is who said it.
local e = require "brevier.element"
local list = require "brevier.list"
local text = require "brevier.text"

local function render(section, context)
  local quote = list.find(section.blocks, function(block) return block.tag == "blockquote" end)
  local by = list.find(section.blocks, function(block)
    return block.tag == "p" and text.plain(block):match("^[–—-]")
  end)
  if not quote or not by then
    context.log.note("no quote, or nobody who said it", section)
    return nil
  end
  local name = text.trim((text.plain(by):gsub("^[–—-]+", "", 1)))
  local rest = list.filter(section.blocks, function(block)
    return block ~= quote and block ~= by
  end)
  quote.class = "pull"
  return e.section { section.heading, quote, e.p { class = "meta", name }, rest }
end

return {
  api = 1, name = "quote", version = "1.0.0", summary = "A quotation with its author below",
  sections = { "quote-of-the-week", "quote" }, render = render,
}
