-- Brevier — the note for security professionals: a callout that cannot be overlooked.
-- SPDX-License-Identifier: MIT
local e = require "brevier.element"

return {
  api = 1,
  name = "security-note",
  version = "1.0.0",
  summary = "A section set apart as a callout",
  sections = { "for-security-professionals", "security-note", "analyst-note" },
  render = function(section, context)
    local parts = {}
    for _, part in ipairs(section.subsections) do
      parts[#parts + 1] = context.render(part)
    end
    return e.section {
      class = section.class,
      e.aside { class = "callout", section.heading, section.blocks, parts },
    }
  end,
}
