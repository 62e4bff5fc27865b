-- Brevier — bullets that begin with a strong label: "**Challenges:** …".
-- SPDX-License-Identifier: MIT
local e = require "brevier.element"
local text = require "brevier.text"

-- The strong element that an item begins with, when it reads like a label.
local function label_of(item)
  local first = item[1]
  if type(first) == "table" and first.tag == "p" then first = first[1] end
  if type(first) ~= "table" or first.tag ~= "strong" then return nil end
  local plain = text.trim(text.plain(first))
  return #plain <= 120 and plain ~= "" and first or nil
end

local function mark(list)
  local found = false
  for _, item in ipairs(list) do
    local label = label_of(item)
    if label then
      label.class = "label"
      found = true
    end
  end
  if found then list.class = "points" end
end

local function render(section, context)
  local blocks = section.blocks
  for _, block in ipairs(blocks) do
    if block.tag == "ul" then mark(block) end
  end
  local parts = {}
  for _, part in ipairs(section.subsections) do
    parts[#parts + 1] = context.render(part)
  end
  return e.section { class = section.class, section.heading, blocks, parts }
end

return {
  api = 1,
  name = "points",
  version = "1.0.0",
  summary = "Bullets with a strong label, the label marked",
  sections = {
    "strategic-analysis", "industry-reactions", "future-outlook", "outlook",
    "technical-implications", "market-impact", "recommendations", "mitigations",
  },
  render = render,
}
