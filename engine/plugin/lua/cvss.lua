-- Brevier — brevier.cvss: vectors of CVSS 3.0 and 3.1, their base score, the words for it.
-- SPDX-License-Identifier: MIT

--- CVSS: what a vector says, as the specification of version 3.1 reckons it.
local M = ...

local weights = {
  AV = { N = 0.85, A = 0.62, L = 0.55, P = 0.2 },
  AC = { L = 0.77, H = 0.44 },
  PR = { N = 0.85, L = 0.62, H = 0.27 },
  UI = { N = 0.85, R = 0.62 },
  S = { U = 0, C = 1 },
  C = { H = 0.56, L = 0.22, N = 0 },
  I = { H = 0.56, L = 0.22, N = 0 },
  A = { H = 0.56, L = 0.22, N = 0 },
}
local order = { "AV", "AC", "PR", "UI", "S", "C", "I", "A" }
local names = {
  AV = "attack vector", AC = "attack complexity", PR = "privileges required",
  UI = "user interaction", S = "scope", C = "confidentiality", I = "integrity", A = "availability",
}
local values = {
  AV = { N = "network", A = "adjacent", L = "local", P = "physical" },
  UI = { N = "none", R = "required" },
  S = { U = "unchanged", C = "changed" },
}
local levels = { N = "none", L = "low", H = "high" }

--- The base metrics of the first vector in a text, by their letters; nil when there is none, or one
--- of the eight is missing.
---@param text string
---@return table<string, string>? metrics
---@return string? vector
function M.parse(text)
  local vector = text:match("CVSS:3%.[01]/[%w:/]+")
  if not vector then return nil end
  local metrics = {}
  for key, value in vector:gmatch("/(%a+):(%a)") do
    if weights[key] then
      if metrics[key] or not weights[key][value] then return nil end
      metrics[key] = value
    end
  end
  for _, key in ipairs(order) do
    if not metrics[key] then return nil end
  end
  return metrics, vector
end

-- Up to a tenth, in whole numbers so that 4.02 and 4.000000001 do not differ by luck.
local function rounded_up(value)
  local whole = math.floor(value * 100000 + 0.5)
  if whole % 10000 == 0 then return whole / 100000 end
  return (whole // 10000 + 1) / 10
end

--- The base score of metrics, 0.0 to 10.0.
---@param metrics table<string, string>
---@return number
function M.score(metrics)
  local function weight(key) return weights[key][metrics[key]] end
  local is_changed = metrics.S == "C"
  local privileges = weight("PR")
  if is_changed and metrics.PR == "L" then privileges = 0.68 end
  if is_changed and metrics.PR == "H" then privileges = 0.5 end
  local base = 1 - (1 - weight("C")) * (1 - weight("I")) * (1 - weight("A"))
  local impact = 6.42 * base
  if is_changed then impact = 7.52 * (base - 0.029) - 3.25 * (base - 0.02) ^ 15 end
  if impact <= 0 then return 0.0 end
  local sum = impact + 8.22 * weight("AV") * weight("AC") * privileges * weight("UI")
  return rounded_up(math.min(is_changed and 1.08 * sum or sum, 10))
end

--- The word for a score: none, low, medium, high or critical.
---@param score number
---@return string
function M.severity(score)
  if score >= 9 then return "critical" end
  if score >= 7 then return "high" end
  if score >= 4 then return "medium" end
  return score > 0 and "low" or "none"
end

--- The metrics in words: "attack vector network, attack complexity low, …".
---@param metrics table<string, string>
---@return string
function M.words(metrics)
  local parts = {}
  for index, key in ipairs(order) do
    local value = metrics[key]
    parts[index] = names[key] .. " " .. ((values[key] or levels)[value] or levels[value])
  end
  return table.concat(parts, ", ")
end

return M
