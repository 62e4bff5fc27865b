-- Brevier — what happened when: facts "time: event" as a table in the order they were written.
-- SPDX-License-Identifier: MIT
local e = require "brevier.element"
local facts = require "brevier.facts"

return {
  api = 1,
  name = "timeline",
  version = "1.0.0",
  summary = "Events with their times, “time: what happened”, as a timeline",
  sections = { "timeline", "chronology", "attack-timeline", "sequence-of-events" },
  render = function(section, context)
    return e.section {
      class = "timeline",
      section.heading,
      facts.replaced(section, function(run) return facts.table(run, { class = "timeline" }) end),
      facts.parts(section, context),
    }
  end,
}
