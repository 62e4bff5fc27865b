-- Brevier — the table and math libraries.
-- SPDX-License-Identifier: MIT
local check = require "check"

local same, fails = check.same, check.fails

local function lists()
  local t = { 1, 2, 4 }
  table.insert(t, 3, 3)
  table.insert(t, 5)
  same(table.concat(t, " "), "1 2 3 4 5")
  same(table.remove(t, 1), 1)
  same(table.remove(t), 5)
  same(table.concat(t, ",", 2, 3), "3,4")
  same(table.remove({}), nil)
  same(table.concat(table.move({ 1, 2, 3 }, 1, 3, 2), " "), "1 1 2 3")
  same(table.concat(table.move({ 1, 2, 3 }, 2, 3, 1), " "), "2 3 3")
  same(table.concat(table.move({ 1, 2 }, 1, 2, 2, { 9 }), " "), "9 1 2")
  same(table.pack(1, nil, 3).n, 3)
  same(select("#", table.unpack({ 1, 2, 3 }, 2)), 2)
  fails("out of bounds", table.insert, {}, 3, 1)
  fails("cannot be put into a text", table.concat, { {} })
end

local function sorting()
  local t = { 3, 1, 2 }
  table.sort(t)
  same(table.concat(t), "123")
  table.sort(t, function(a, b) return a > b end)
  same(table.concat(t), "321")
  local pairs_of = {}
  for i = 1, 100 do pairs_of[i] = { key = i % 3, at = i } end
  table.sort(pairs_of, function(a, b) return a.key < b.key end)
  for i = 2, 100 do
    local a, b = pairs_of[i - 1], pairs_of[i]
    assert(a.key < b.key or a.key == b.key and a.at < b.at, "not stable")
  end
  -- A comparison without sense neither crashes nor loses an element.
  local coin = false
  table.sort(t, function() coin = not coin return coin end)
  table.sort(t, function() return true end)
  table.sort(t)
  same(table.concat(t), "123")
  fails("attempt to compare", table.sort, { 1, "x" })
end

local function numbers()
  same(math.abs(-3), 3)
  same(math.ceil(1.2), 2)
  same(math.floor(-1.2), -2)
  same(math.fmod(-7, 3), -1)
  same(math.max(1, 3, 2), 3)
  same(math.min(2, 1.5), 1.5)
  same(select(2, math.modf(3.25)), 0.25)
  same(math.sqrt(16), 4.0)
  same(math.tointeger(3.0), 3)
  same(math.tointeger(3.5), nil)
  same(math.type(1), "integer")
  same(math.type(1.0), "float")
  same(math.ult(1, -1), true)
  local chance = math.random(1, 6)
  assert(chance >= 1 and chance <= 6 and math.random() < 1)
  same(math.exp(0), 1.0)
  same(math.log(8, 2), 3.0)
  same(math.log(1000, 10), 3.0)
  for _, name in ipairs { "sin", "tan", "asin", "atan" } do same(math[name](0), 0.0) end
  same(math.cos(0), 1.0)
  same(math.acos(1), 0.0)
  assert(math.pi > 3.14 and math.huge > math.maxinteger and math.mininteger < 0)
end

return {
  api = 1, name = "table", version = "1.0.0", summary = "A test", sections = { "probe" },
  render = function()
    lists()
    sorting()
    numbers()
  end,
}
