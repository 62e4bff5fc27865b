-- Brevier — vulnerabilities: "CVE-…: what it is CVSS:3.1/…" as a table with severity.
-- SPDX-License-Identifier: MIT
local cvss = require "brevier.cvss"
local e = require "brevier.element"
local facts = require "brevier.facts"

-- The score that a text gives: reckoned from its vector, else "CVSS 7.5" as written.
local function score_of(text)
  local metrics, vector = cvss.parse(text)
  if metrics then return cvss.score(metrics), vector, cvss.words(metrics) end
  local written = tonumber(text:match("CVSS[%sv:0-9.]-(%d+%.%d)%f[%D]"))
  return written and written <= 10 and written or nil
end

local function cells(fact)
  local score, vector, words = score_of(fact.value)
  local severity = score and cvss.severity(score)
  return {
    e.td { class = severity and "severity severity-" .. severity or nil, severity or "–" },
    score and ("%.1f"):format(score) or "–",
    { fact.content, fact.rest, vector and e.p { class = "vector", words } },
  }
end

local columns = { "Identifier", "Severity", "Score", "Description" }

local function vulnerability_table(run)
  local found = false
  for _, fact in ipairs(run) do
    found = found or fact.key:find("^CVE%-%d+%-%d+") or score_of(fact.value)
  end
  return found and facts.table(run, { class = "vulnerabilities", columns = columns }, cells)
end

return {
  api = 1,
  name = "vulnerabilities",
  version = "1.0.0",
  summary = "CVE numbers with severity and score, reckoned from their CVSS vectors",
  sections = { "vulnerabilities", "vulnerability-details", "cves", "cvss", "severity" },
  render = function(section, context)
    return e.section {
      class = "vulnerabilities",
      section.heading,
      facts.replaced(section, vulnerability_table),
      facts.parts(section, context),
    }
  end,
}
