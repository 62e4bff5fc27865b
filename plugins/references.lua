-- Brevier — references: each can be referred to as #ref-1, #ref-2 …
-- SPDX-License-Identifier: MIT
local e = require "brevier.element"
local facts = require "brevier.facts"

return {
  api = 1,
  name = "references",
  version = "1.0.0",
  summary = "References, each with an id to link to",
  sections = { "references", "further-reading", "bibliography" },
  render = function(section, context)
    local blocks, count = section.blocks, 0
    for _, block in ipairs(blocks) do
      if block.tag == "ul" or block.tag == "ol" then
        block.class = "references"
        for _, item in ipairs(block) do
          count = count + 1
          item.id = item.id or "ref-" .. count
        end
      end
    end
    return e.section {
      class = "references", section.heading, blocks, facts.parts(section, context),
    }
  end,
}
