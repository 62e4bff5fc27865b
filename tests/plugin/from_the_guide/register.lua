-- A register of risks: a table with likelihood and impact, worst first, and the matrix of it.
local chart = require "brevier.chart"
local e = require "brevier.element"
local list = require "brevier.list"
local number = require "brevier.number"
local tables = require "brevier.table"

local function level(value)
  if value >= 15 then return e.strong { value, " high" } end
  return { value, value >= 8 and " medium" or " low" }
end

local function render(section, context)
  local data = tables.first(section.blocks)
  if not data or not (tables.has(data, "Likelihood") and tables.has(data, "Impact")) then
    return nil
  end
  local likelihood, impact = tables.column(data, "Likelihood"), tables.column(data, "Impact")
  local items, risks = {}, {}
  for i, row in ipairs(data.rows) do
    local l, m = number.parse(likelihood[i]), number.parse(impact[i])
    if l and m then items[#items + 1] = { row[1], l, m }
    else context.log.warn("no numbers for “" .. row[1] .. "”") end
    local value = (l or 0) * (m or 0)
    risks[i] = { value = value, cells = list.joined(row, { level(value) }) }
  end
  data.columns[#data.columns + 1] = "Risk"
  data.rows = list.map(list.sorted(risks, "value", true), function(risk) return risk.cells end)
  return e.section {
    section.heading,
    list.filter(section.blocks, function(block) return block.tag ~= "table" end),
    #items > 0 and chart.matrix { items = items, title = "Where they stand", context = context },
    tables.element(data, { class = "register", row_head = true }),
  }
end

return {
  api = 1, name = "register", version = "1.0.0", summary = "Risks by weight, with their matrix",
  sections = { "risk-register" }, render = render,
}
