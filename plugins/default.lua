-- Brevier — the default: heading, blocks and subsections as they were written.
-- SPDX-License-Identifier: MIT
local e = require "brevier.element"

local function render(section, context)
  local parts = { section.heading, section.blocks }
  for _, part in ipairs(section.subsections) do
    parts[#parts + 1] = context.render(part)
  end
  return e.section { class = section.class, parts }
end

return {
  api = 1,
  name = "default",
  version = "1.0.0",
  summary = "Any section: heading, blocks and subsections as they were written",
  render = render,
}
