-- Brevier — bullets that begin with a strong label: "**Challenges:** …".
-- SPDX-License-Identifier: MIT
local e = require "brevier.element"
local facts = require "brevier.facts"

return {
  api = 1,
  name = "points",
  version = "1.0.0",
  summary = "Bullets with a strong label, the label marked",
  sections = {
    "strategic-analysis", "industry-reactions", "future-outlook", "outlook",
    "technical-implications", "market-impact",
  },
  render = function(section, context)
    local blocks = facts.labelled(section.blocks)
    return e.section { section.heading, blocks, facts.parts(section, context) }
  end,
}
