-- Brevier — brevier.number: numbers as people write and read them.
-- SPDX-License-Identifier: MIT

--- Numbers: writing them with groups and units, and reading them back.
local M = ...

local function expect_number(value)
  if type(value) ~= "number" then
    error("expected a number, not a " .. type(value), 3)
  end
  return value
end

local function grouped(digits, separator)
  local head = #digits % 3
  local parts = { head > 0 and digits:sub(1, head) or nil }
  for at = head + 1, #digits, 3 do
    parts[#parts + 1] = digits:sub(at, at + 2)
  end
  return table.concat(parts, separator)
end

--- The number rounded half away from zero.
---@param value number
---@param decimals? integer 0 by default
---@return number
function M.round(value, decimals)
  expect_number(value)
  local scale = 10.0 ^ (decimals or 0)
  local scaled = math.abs(value) * scale
  -- 1.005 * 100 is a little less than it should be.
  local whole = math.floor(scaled + 0.5 + scaled * 1e-15)
  local result = whole / scale
  if value < 0 then result = -result end
  return (decimals or 0) <= 0 and math.tointeger(result) or result
end

--- The number with its thousands grouped: `1,234.5`. Options: `decimals` (as many as given, else as
--- many as needed up to 6), `group` and `point`, the separators.
---@param value number
---@param options? { decimals?: integer, group?: string, point?: string }
---@return string
function M.format(value, options)
  expect_number(value)
  options = options or {}
  if value ~= value or value == math.huge or value == -math.huge then return "–" end
  local digits = ("%." .. (options.decimals or 6) .. "f"):format(math.abs(value))
  if not options.decimals then digits = digits:gsub("0+$", ""):gsub("%.$", "") end
  local whole, part = digits:match("^(%d+)%.?(%d*)$")
  local text = grouped(whole, options.group or ",")
  if part ~= "" then text = text .. (options.point or ".") .. part end
  return (value < 0 and text:find("[1-9]")) and "−" .. text or text
end

local steps = { { 1e12, " tn" }, { 1e9, " bn" }, { 1e6, " m" }, { 1e3, " k" } }

--- The number with three digits at most and a letter for the rest: `1.25 m`, `310 k`.
---@param value number
---@return string
function M.compact(value)
  expect_number(value)
  local function digits(number)
    local decimals = number >= 99.95 and 0 or number >= 9.995 and 1 or 2
    return M.format(M.round(number, decimals))
  end
  local size = math.abs(value)
  local text = digits(size)
  for _, step in ipairs(steps) do
    if size >= step[1] * 0.9995 then
      text = digits(size / step[1]) .. step[2]
      break
    end
  end
  return value < 0 and "−" .. text or text
end

--- A share as a percentage: 0.125 is `12.5 %`.
---@param share number
---@param decimals? integer 0 by default
---@return string
function M.percent(share, decimals)
  return M.format(expect_number(share) * 100, { decimals = decimals or 0 }) .. " %"
end

local byte_units = { "bytes", "KiB", "MiB", "GiB", "TiB", "PiB" }

--- A size in bytes: `1.5 MiB`.
---@param value number
---@return string
function M.bytes(value)
  expect_number(value)
  local unit = 1
  while value >= 1024 and unit < #byte_units do
    value, unit = value / 1024, unit + 1
  end
  return M.format(M.round(value, unit > 1 and value < 100 and 1 or 0)) .. " " .. byte_units[unit]
end

--- `1st`, `2nd`, `3rd`, `11th`.
---@param value integer
---@return string
function M.ordinal(value)
  expect_number(value)
  local last, two = value % 10, value % 100
  local ending = "th"
  if two < 11 or two > 13 then
    ending = ({ "st", "nd", "rd" })[last] or "th"
  end
  return M.format(value) .. ending
end

local scales = {
  k = 1e3, thousand = 1e3, m = 1e6, mn = 1e6, million = 1e6, b = 1e9, bn = 1e9, billion = 1e9,
  t = 1e12, tn = 1e12, trillion = 1e12,
}

--- The first number in a text, with its scale, and what follows: `$3.2 million` is 3200000 and ``,
--- `45 %` is 45 and `%`. Nil when there is none.
---@param text string
---@return number?, string?
function M.parse(text)
  local from, to = text:find("%d[%d,]*%.?%d*")
  if not from then return nil end
  if text:sub(from - 1, from - 1) == "." then from = from - 1 end
  local digits = text:sub(from, to):gsub(",(%d%d%d)", "%1"):gsub(",.*$", ""):gsub("%.$", "")
  local value = tonumber(digits)
  local before = text:sub(1, from - 1)
  if before:find("%-%s*$") or before:find("−%s*$") or before:find("^%s*%-%s*%p$") then
    value = -value
  end
  local rest = text:sub(to + 1):match("^%s*(.-)%s*$")
  local word, after = rest:match("^(%a+)%.?%s*(.*)$")
  local scale = word and scales[word:lower()]
  if scale then
    value, rest = value * scale, after
    value = math.tointeger(value) or value
  end
  return value, rest
end

--- Round values that divide a range for an axis, about `count` of them: 0, 20, 40, 60. The first is
--- not above `low`, the last not below `high`. What is less than 1e-9 apart is one value.
---@param low number
---@param high number
---@param count? integer 5 by default
---@return number[]
function M.ticks(low, high, count)
  for _, value in ipairs { expect_number(low), expect_number(high) } do
    if value ~= value or math.abs(value) > 1e18 then error("expected numbers up to 1e18", 2) end
  end
  if high < low then low, high = high, low end
  if high - low < math.max(1e-9, 1e-12 * math.max(math.abs(low), math.abs(high))) then
    low, high = M.round(low, 9), M.round(low, 9)
    if high > 0 then low = 0 elseif high < 0 then high = 0 else high = 1 end
  end
  local rough = (high - low) / math.max((count or 5) - 1, 1)
  local power = 10.0 ^ math.floor(math.log(rough, 10))
  local best, best_cost
  for _, unit in ipairs { 1, 2, 2.5, 5, 10 } do
    local step = unit * power
    local first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    -- Simple steps, a count near the one asked for, and little beyond the data.
    local simplicity = ({ [1] = 0, [2] = 0.1, [2.5] = 0.45, [5] = 0.05, [10] = 0 })[unit]
    local density = math.abs(last - first + 1 - (count or 5)) / (count or 5)
    local waste = ((last - first) * step - (high - low)) / (high - low)
    local cost = simplicity + density + 0.8 * waste
    if not best or cost < best_cost - 1e-9 then
      best, best_cost = { step = step, first = first, last = last }, cost
    end
  end
  local ticks = {}
  for i = best.first, best.last do
    local value = M.round(i * best.step / power, 2) * power
    ticks[#ticks + 1] = math.tointeger(M.round(value, 9)) or M.round(value, 9)
  end
  return ticks
end

return M
