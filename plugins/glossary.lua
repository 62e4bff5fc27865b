-- Brevier — a glossary: "Term: meaning" in alphabetical order.
-- SPDX-License-Identifier: MIT
local e = require "brevier.element"
local facts = require "brevier.facts"
local list = require "brevier.list"

return {
  api = 1,
  name = "glossary",
  version = "1.0.0",
  summary = "Terms and their meanings in alphabetical order",
  sections = { "glossary", "terms", "definitions", "abbreviations" },
  options = {
    sorted = { type = "boolean", default = true, help = "false keeps the order as written" },
  },
  render = function(section, context)
    return e.section {
      class = "glossary",
      section.heading,
      facts.replaced(section, function(run)
        if context.options.sorted then
          run = list.sorted(run, function(fact) return fact.key:lower() end)
        end
        local entries = e.dl { class = "glossary" }
        for _, fact in ipairs(run) do
          entries[#entries + 1] = e.dt(fact.key)
          entries[#entries + 1] = e.dd { fact.content, fact.rest }
        end
        return entries
      end),
      facts.parts(section, context),
    }
  end,
}
