-- Brevier — facts as a two-column table. What is no fact stays what it is, in its place.
-- SPDX-License-Identifier: MIT
local e = require "brevier.element"
local facts = require "brevier.facts"

return {
  api = 1,
  name = "key-details",
  version = "1.0.0",
  summary = "Bullets of the form “Key: value” as a two-column table",
  sections = { "key-details", "details", "at-a-glance", "key-facts" },
  render = function(section, context)
    return e.section {
      class = "key-details",
      section.heading,
      facts.replaced(section, facts.table),
      facts.parts(section, context),
    }
  end,
}
