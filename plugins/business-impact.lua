-- Brevier — sections made of ### parts, each part a card of its own.
-- SPDX-License-Identifier: MIT
local e = require "brevier.element"

-- A card is the part's own rendering with one more class; its bullets keep their strong labels.
local function card(part, context)
  local element = context.render(part)
  element.class = "card " .. part.class
  for _, block in ipairs(element) do
    if type(block) == "table" and block.tag == "ul" then
      block.class = "points"
    end
  end
  return element
end

local function render(section, context)
  local cards = {}
  for _, part in ipairs(section.subsections) do
    cards[#cards + 1] = card(part, context)
  end
  return e.section {
    class = section.class,
    section.heading,
    section.blocks,
    #cards > 0 and e.div { class = "cards", cards },
  }
end

return {
  api = 1,
  name = "business-impact",
  version = "1.0.0",
  summary = "A section of ### parts, each of them a card",
  sections = { "business-impact", "impact", "impact-assessment", "affected-parties" },
  render = render,
}
