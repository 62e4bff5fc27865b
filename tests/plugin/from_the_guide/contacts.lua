-- Whom to call: "Name: role, mail, phone" in cards of two a row, addresses as links.
local e = require "brevier.element"
local list = require "brevier.list"
local text = require "brevier.text"

local function detail(word)
  if word:match("^[%w._+-]+@[%w.-]+$") then return e.a { href = "mailto:" .. word, word } end
  if word:match("^%+?[%d ]+$") then return e.a { href = "tel:" .. word:gsub(" ", ""), word } end
  return e.span(word)
end

local function card(fact)
  local lines = { e.strong(fact.key) }
  for _, word in ipairs(text.split(fact.value, ",")) do
    lines[#lines + 1] = e.br()
    lines[#lines + 1] = detail(word)
  end
  return e.td { e.p(lines), fact.rest }
end

local function render(section, context)
  if #section.facts == 0 then return nil end
  local per_row = context.options.columns
  local rows = list.map(list.chunks(section.facts, per_row), function(chunk)
    local cells = list.map(chunk, card)
    while #cells < per_row do cells[#cells + 1] = e.td {} end
    return e.tr(cells)
  end)
  local others = list.filter(section.blocks, function(block) return block.tag ~= "ul" end)
  return e.section { section.heading, others, e.table { class = "contacts", e.tbody(rows) } }
end

return {
  api = 1, name = "contacts", version = "1.0.0",
  summary = "People with their addresses, in a grid",
  sections = { "contacts" }, render = render,
  options = {
    columns = { type = "integer", default = 2, min = 1, max = 4, help = "people in a row" },
  },
}
