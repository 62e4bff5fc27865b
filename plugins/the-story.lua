-- Brevier — the story: plain prose, marked so that a stylesheet can set it as such.
-- SPDX-License-Identifier: MIT
local e = require "brevier.element"

return {
  api = 1,
  name = "the-story",
  version = "1.0.0",
  summary = "Running text, its opening paragraph marked",
  sections = { "the-story", "background", "what-happened" },
  render = function(section, context)
    local blocks = section.blocks
    if blocks[1] and blocks[1].tag == "p" then
      blocks[1].class = "opening"
    end
    local parts = {}
    for _, part in ipairs(section.subsections) do
      parts[#parts + 1] = context.render(part)
    end
    return e.section { class = "story", section.heading, blocks, parts }
  end,
}
