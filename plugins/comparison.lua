-- Brevier — comparisons: tables whose first column names what is compared, yes and no as marks.
-- SPDX-License-Identifier: MIT
local e = require "brevier.element"
local facts = require "brevier.facts"
local text = require "brevier.text"

local marks = {
  yes = { "yes", "✓ yes" }, no = { "no", "✗ no" }, partly = { "partly", "~ partly" },
  partial = { "partly", "~ partial" },
}

local function mark_row(row)
  for index, cell in ipairs(row) do
    local mark = marks[text.trim(text.plain(cell)):lower()]
    if index == 1 and cell.tag == "td" then
      cell.tag, cell["data-scope"] = "th", "row"
    elseif mark then
      row[index] = e.td { class = "mark-" .. mark[1], ["data-align"] = cell["data-align"], mark[2] }
    end
  end
end

local function mark_table(element)
  element.class = "comparison"
  for _, group in ipairs(element) do
    if group.tag == "tbody" then
      for _, row in ipairs(group) do mark_row(row) end
    end
  end
  return element
end

return {
  api = 1,
  name = "comparison",
  version = "1.0.0",
  summary = "Tables that compare, with headings for rows and marks for yes and no",
  sections = { "comparison", "alternatives", "options-compared", "market-comparison" },
  render = function(section, context)
    local blocks = section.blocks
    for index, block in ipairs(blocks) do
      if block.tag == "table" then blocks[index] = mark_table(block) end
    end
    return e.section {
      class = "comparison", section.heading, blocks, facts.parts(section, context),
    }
  end,
}
