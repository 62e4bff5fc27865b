-- Brevier — brevier.number.
-- SPDX-License-Identifier: MIT
local number = require "brevier.number"
local same = require("check").same

local function writing()
  same(number.format(0), "0")
  same(number.format(1234567.5), "1,234,567.5")
  same(number.format(999), "999")
  same(number.format(-1000), "−1,000")
  same(number.format(-0.0), "0")
  same(number.format(3.14159, { decimals = 2 }), "3.14")
  same(number.format(12345.6, { decimals = 1, group = ".", point = "," }), "12.345,6")
  same(number.format(0 / 0), "–")
  same(number.compact(950), "950")
  same(number.compact(1250), "1.25 k")
  same(number.compact(999950), "1 m")
  same(number.compact(-3200000), "−3.2 m")
  same(number.compact(2.5e9), "2.5 bn")
  same(number.percent(0.125, 1), "12.5 %")
  same(number.bytes(1536), "1.5 KiB")
  same(number.bytes(12), "12 bytes")
  same(number.ordinal(1) .. number.ordinal(12) .. number.ordinal(23), "1st12th23rd")
  assert(not pcall(number.format, "x"))
end

local function rounding()
  same(number.round(2.5), 3)
  same(number.round(-2.5), -3)
  same(math.type(number.round(2.4)), "integer")
  same(number.round(1.005, 2), 1.01)
  same(number.round(1250, -2), 1300)
end

local function reading()
  local function check(text, value, rest)
    local got, after = number.parse(text)
    same(got, value)
    same(after, rest)
  end
  check("45 %", 45, "%")
  check("$3.2 million", 3200000, "")
  check("about 1,234.5 km", 1234.5, "km")
  check("−7", -7, "")
  check("- 7 °C", -7, "°C")
  check(".5", 0.5, "")
  check("12 k users", 12000, "users")
  check("none", nil, nil)
end

local function ticks()
  local function check(low, high, count, want)
    same(table.concat(number.ticks(low, high, count), " "), want)
  end
  check(0, 100, 5, "0 20 40 60 80 100")
  check(0, 97, 5, "0 20 40 60 80 100")
  check(0, 7, 5, "0 2 4 6 8")
  check(-5, 5, 5, "-5 -2.5 0 2.5 5")
  check(0, 0.3, 4, "0 0.1 0.2 0.3")
  local ranges = { { 0, 1 }, { 3, 3 }, { 0, 0 }, { -9, -2 }, { 0, 123456 }, { 1e-6, 2e-6 } }
  for _, range in ipairs(ranges) do
    local list = number.ticks(range[1], range[2], 5)
    assert(#list >= 2 and #list <= 12, #list)
    assert(list[1] <= math.min(range[1], range[2]) and list[#list] >= range[2])
    for i = 2, #list do assert(list[i] > list[i - 1]) end
  end
end

return {
  api = 1, name = "number", version = "1.0.0", summary = "A test", sections = { "probe" },
  render = function()
    writing()
    rounding()
    reading()
    ticks()
  end,
}
