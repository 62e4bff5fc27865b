-- Brevier — the summary: what a reader with one minute reads.
-- SPDX-License-Identifier: MIT
local e = require "brevier.element"

return {
  api = 1,
  name = "summary",
  version = "1.0.0",
  summary = "The summary, its first paragraph marked as the lead",
  sections = { "summary", "executive-summary", "key-takeaways" },
  render = function(section, context)
    local blocks = section.blocks
    if blocks[1] and blocks[1].tag == "p" then
      blocks[1].class = "lead"
    end
    local parts = {}
    for _, part in ipairs(section.subsections) do
      parts[#parts + 1] = context.render(part)
    end
    return e.section { class = "summary", section.heading, blocks, parts }
  end,
}
