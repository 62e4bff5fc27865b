-- Brevier — scenarios on a matrix: "Name: likelihood 3, impact 4. What it would mean".
-- SPDX-License-Identifier: MIT
local chart = require "brevier.chart"
local e = require "brevier.element"
local facts = require "brevier.facts"

local words = { ["very low"] = 1, low = 2, medium = 3, moderate = 3, high = 4, ["very high"] = 5 }

-- "likelihood 3" or "likelihood: very high" as a number.
local function level(value, name)
  local after = value:lower():match(name .. "[%s:=]+(.*)$")
  if not after then return nil end
  return tonumber(after:match("^(%d)")) or words[after:match("^very%s+%a+")]
    or words[after:match("^%a+")]
end

local function matrix(run, context)
  local items = {}
  for index, fact in ipairs(run) do
    local likelihood = level(fact.value, "likelihood") or level(fact.value, "probability")
    local impact = level(fact.value, "impact")
    if not likelihood or not impact then return nil end
    items[index] = { fact.key, likelihood, impact }
  end
  return chart.matrix { items = items, context = context }
end

return {
  api = 1,
  name = "scenarios",
  version = "1.0.0",
  summary = "Scenarios or risks on a matrix of likelihood and impact, and as a table",
  sections = { "scenarios", "scenario-analysis", "scenario-matrix", "risks", "risk-matrix" },
  render = function(section, context)
    return e.section {
      class = "scenarios",
      section.heading,
      facts.replaced(section, function(run)
        return { matrix(run, context), facts.table(run, { class = "scenarios" }) }
      end),
      facts.parts(section, context),
    }
  end,
}
