-- Vendors side by side: each ### part is one, its facts are the criteria.
local e = require "brevier.element"
local list = require "brevier.list"
local tables = require "brevier.table"

local function render(section, context)
  local rows, extra = {}, {}
  for _, vendor in ipairs(section.subsections) do
    for _, fact in ipairs(vendor.facts) do
      rows[#rows + 1] = { vendor.title, fact.key, fact.content }
    end
    local others = list.filter(vendor.blocks, function(block) return block.tag ~= "ul" end)
    if #others > 0 then extra[#extra + 1] = e.div { e.h3(vendor.title), others } end
  end
  if #rows == 0 then return nil end
  local data = tables.pivot({ columns = { "Vendor", "Criterion", "Value" }, rows = rows },
    "Criterion", "Vendor", "Value", function(values) return values[1] or "–" end)
  local best = context.options.recommend
  if best ~= "" then
    data.columns = list.map(data.columns, function(name)
      return name == best and { name, " ", e.mark "our choice" } or name
    end)
  end
  return e.section {
    section.heading, section.blocks,
    tables.element(data, { class = "vendors", row_head = true }), extra,
  }
end

return {
  api = 1, name = "vendors", version = "1.0.0", summary = "Vendors by criteria, as one table",
  sections = { "vendors", "vendor-comparison" },
  options = {
    recommend = { type = "string", default = "", help = "the vendor to mark as our choice" },
  },
  render = render,
}
