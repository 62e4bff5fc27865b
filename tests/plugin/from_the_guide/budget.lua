-- What it costs: a ring of shares, and the table with a line for the sum.
local chart = require "brevier.chart"
local e = require "brevier.element"
local list = require "brevier.list"
local number = require "brevier.number"
local tables = require "brevier.table"

local function render(section, context)
  local data = tables.first(section.blocks)
  local at = data and #data.columns
  if not data or at < 2 then
    context.log.warn("expected a table with amounts in its last column", section)
    return nil
  end
  local labels, values = {}, {}
  for _, row in ipairs(data.rows) do
    labels[#labels + 1] = row[1]
    values[#values + 1] = number.parse(row[at]) or 0
  end
  local total = { e.strong "Total" }
  for column = 2, at - 1 do total[column] = "" end
  total[at] = e.strong(number.format(list.sum(values)))
  data.rows[#data.rows + 1] = total
  local rest = list.filter(section.blocks, function(block) return block.tag ~= "table" end)
  local align = {}
  for column = 1, at do align[column] = column == at and "right" or "left" end
  return e.section {
    section.heading,
    chart.donut {
      labels = labels, values = values, unit = context.options.currency, title = section.title,
      context = context,
    },
    tables.element(data, { class = "budget", align = align }), rest,
  }
end

return {
  api = 1, name = "budget", version = "1.0.0",
  summary = "Amounts as a ring, and as a table with their sum",
  sections = { "budget", "costs" },
  options = { currency = { type = "string", default = "EUR", help = "behind the amounts" } },
  render = render,
}
