-- Brevier — the excerpt of the full report, under its label.
-- SPDX-License-Identifier: MIT
local e = require "brevier.element"

return {
  api = 1,
  name = "excerpt",
  version = "1.0.0",
  summary = "The excerpt under the label it was typed with, which is no heading",
  sections = { "excerpt" },
  render = function(section)
    return e.section {
      class = "excerpt",
      section.title ~= "" and e.p { class = "label", section.title },
      section.blocks,
    }
  end,
}
