-- Brevier — brevier.facts and brevier.cvss.
-- SPDX-License-Identifier: MIT
local cvss = require "brevier.cvss"
local e = require "brevier.element"
local facts = require "brevier.facts"
local same = require("check").same

-- Scores that the specification's own calculator gives.
local scores = {
  ["AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"] = 9.8, ["AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H"] = 10.0,
  ["AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N"] = 1.8, ["AV:N/AC:L/PR:L/UI:R/S:C/C:L/I:L/A:N"] = 5.4,
  ["AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N"] = 0.0, ["AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N"] = 7.5,
  ["AV:P/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"] = 6.8, ["AV:N/AC:H/PR:N/UI:N/S:C/C:H/I:H/A:H"] = 9.0,
  ["AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N"] = 6.4,
}

local function the_scores()
  for vector, score in pairs(scores) do
    local metrics, found = cvss.parse("It is CVSS:3.1/" .. vector .. ", they say.")
    same(found, "CVSS:3.1/" .. vector)
    same(("%.1f"):format(cvss.score(metrics)), ("%.1f"):format(score))
  end
  for _, text in ipairs {
    "", "CVSS:3.1/AV:N", "CVSS:2.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
    "CVSS:3.1/AV:X/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
    "CVSS:3.1/AV:N/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
  } do
    same(cvss.parse(text), nil)
  end
  same(cvss.severity(9), "critical")
  same(cvss.severity(8.9) .. cvss.severity(4) .. cvss.severity(0.1), "highmediumlow")
  same(cvss.severity(0), "none")
  local words = cvss.words(cvss.parse "CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:H/I:L/A:N")
  assert(words:find("attack vector network, ", 1, true) and words:find("user interaction required"))
end

local function the_facts(section, context)
  local blocks = facts.replaced(section, function(run) return facts.table(run) end)
  same(blocks[2].tag, "table")
  same(blocks[3].tag, "ul")
  same(#facts.replaced(section, function() end), #blocks)
  local made = facts.table(section.facts, { columns = { "What", "When" } }, function(fact)
    return { fact.value }
  end)
  same(made[1].tag, "thead")
  same(made[2][1][2][1], "today")
  same(#facts.parts(section, context), 0)
  local list = facts.labelled { e.ul { e.li { e.strong "A:", " b" } }, e.p "x" }
  same(list[1].class, "points")
  same(list[1][1][1].class, "label")
end

return {
  api = 1, name = "facts", version = "1.0.0", summary = "A test", sections = { "probe" },
  render = function(section, context)
    the_scores()
    the_facts(section, context)
  end,
}
