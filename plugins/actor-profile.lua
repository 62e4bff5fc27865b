-- Brevier — a threat actor at a glance: facts in a box of their own.
-- SPDX-License-Identifier: MIT
local e = require "brevier.element"
local facts = require "brevier.facts"

return {
  api = 1,
  name = "actor-profile",
  version = "1.0.0",
  summary = "A threat actor's names, origin, motives and targets in a box",
  sections = { "actor-profile", "threat-actor-profile", "profile", "threat-actor" },
  render = function(section, context)
    return e.section {
      class = "profile",
      section.heading,
      facts.replaced(section, function(run)
        return e.aside { class = "profile", facts.table(run) }
      end),
      facts.parts(section, context),
    }
  end,
}
