-- Cards that make one want to read on: the first sentence of each other section, with a link to it.
local e = require "brevier.element"
local list = require "brevier.list"
local reference = require "brevier.reference"
local text = require "brevier.text"

local function opening(section)
  local first = list.find(section.blocks, function(block) return block.tag == "p" end)
  local words = first and text.sentences(text.plain(first))[1]
  return words and text.truncate(words, 120)
end

local function render(section, context)
  local cards = {}
  for _, other in ipairs(context.document.sections) do
    local words = opening(other)
    if other.level == 2 and other.id ~= section.id and words then
      cards[#cards + 1] = e.div { class = "card",
        e.p { class = "label", reference.section(context, other.id) },
        e.p(words),
      }
    end
    if #cards == context.options.count then break end
  end
  if #cards == 0 then return nil end
  return e.section { section.heading, section.blocks, e.div { class = "cards", cards } }
end

return {
  api = 1, name = "teasers", version = "1.0.0",
  summary = "The first sentence of each section on a card",
  sections = { "in-this-issue" },
  options = {
    count = { type = "integer", default = 4, min = 1, max = 12, help = "cards at most" },
  },
  render = render,
}
