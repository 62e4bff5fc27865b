-- Brevier — facts as a two-column table. What is no fact stays what it is, in its place.
-- SPDX-License-Identifier: MIT
local e = require "brevier.element"

local function row(fact)
  return e.tr {
    e.th { ["data-scope"] = "row", fact.label },
    e.td { fact.content, fact.rest },
  }
end

-- A list turns into tables and lists: neighbours of one sort share one.
local function split_list(list, fact_of)
  local parts = {}
  local rows, items
  for _, item in ipairs(list) do
    local fact = fact_of[item]
    if fact then
      if not rows then
        rows, items = e.tbody(), nil
        parts[#parts + 1] = e.table { class = "facts", rows }
      end
      rows[#rows + 1] = row(fact)
    else
      if not items then
        items, rows = e[list.tag] { class = list.class }, nil
        parts[#parts + 1] = items
      end
      items[#items + 1] = item
    end
  end
  return parts
end

local function render(section, context)
  local fact_of = {}
  for _, fact in ipairs(section.facts) do
    fact_of[fact.item] = fact
  end
  local parts = { section.heading }
  for _, block in ipairs(section.blocks) do
    local is_list = block.tag == "ul" or block.tag == "ol"
    parts[#parts + 1] = is_list and split_list(block, fact_of) or block
  end
  for _, part in ipairs(section.subsections) do
    parts[#parts + 1] = context.render(part)
  end
  return e.section { class = "key-details", parts }
end

return {
  api = 1,
  name = "key-details",
  version = "1.0.0",
  summary = "Bullets of the form “Key: value” as a two-column table",
  sections = { "key-details", "details", "at-a-glance", "key-facts" },
  render = render,
}
