-- Brevier — the basic functions of the sandbox.
-- SPDX-License-Identifier: MIT
local fails = require("check").fails

local function keys(t)
  local list = {}
  for k in pairs(t) do list[#list + 1] = tostring(k) end
  return table.concat(list, " ")
end

local function order()
  assert(keys { 10, 20, 30 } == "1 2 3")
  assert(keys { b = 1, a = 2, [2.5] = 3, [-1] = 4, [true] = 5, [false] = 6, "x" }
    == "1 -1 2.5 a b false true")
  assert(keys { 1, nil, 3, z = 1 } == "1 3 z")
  local t = { a = 1, b = 2, c = 3 }
  local seen = {}
  for k in pairs(t) do
    seen[#seen + 1] = k
    t.b = nil
    t["new" .. k] = true
  end
  assert(table.concat(seen, " ") == "a c")
  local k, v = next({ 7 })
  assert(k == 1 and v == 7)
  assert(next({}) == nil and next({ 7 }, 1) == nil)
  local all, key = {}, nil
  local mixed = { 1, 2, x = 3, [9] = 4, [0] = 5, [-1] = 6 }
  repeat
    key = next(mixed, key)
    all[#all + 1] = tostring(key)
  until key == nil
  assert(table.concat(all, " ") == "1 2 -1 0 9 x nil")
  fails("no fixed order", function() for _ in pairs { [{}] = 1 } do end end)
  assert(keys(setmetatable({}, { __pairs = function() return next, { q = 1 }, nil end })) == "q")
  local list = {}
  for i, value in ipairs { "a", "b", nil, "d" } do list[i] = value end
  assert(#list == 2 and rawlen(list) == 2)
end

local function errors()
  fails("bang", error, "bang")
  local ok, value = pcall(error, { code = 7 })
  assert(not ok and value.code == 7)
  assert(select("#", pcall(function() return 1, 2, 3 end)) == 4)
  local good, a, b = xpcall(function(x, y) return y, x end, function() end, 1, 2)
  assert(good and a == 2 and b == 1)
  local bad, handled = xpcall(function() error("x", 0) end, function(m) return m .. "!" end)
  assert(not bad and handled == "x!")
  bad, handled = xpcall(function() error("x", 0) end, function() error("y", 0) end)
  assert(not bad and handled == "y")
  local _, where = pcall(function() error("here") end)
  assert(where:match("^base/init%.lua:%d+: here$"), where)
  fails("bad argument #1", string.rep)
  assert(assert(5) == 5)
end

local function values()
  assert(tostring(nil) == "nil" and tostring(true) == "true" and tostring(1.5) == "1.5")
  assert(tostring({}) == "table" and tostring(keys) == "function")
  assert(tostring(setmetatable({}, { __name = "thing" })) == "thing")
  assert(tostring(setmetatable({}, { __tostring = function() return "me" end })) == "me")
  assert(tonumber("0x10") == 16 and tonumber(" 12 ") == 12 and tonumber("z", 36) == 35)
  assert(tonumber("12a") == nil and tonumber("8", 8) == nil and tonumber("-ff", 16) == -255)
  assert(tonumber("1e1") == 10.0 and tonumber(3) == 3 and tonumber("") == nil)
  assert(type(nil) == "nil" and type(type) == "function")
  assert(select(-1, 1, 2, 3) == 3 and select(2, "a", "b") == "b")
  assert(rawequal("a", "a") and not rawequal({}, {}))
end

local function metatables()
  local class = {}
  class.__index = class
  function class.name() return "class" end
  local object = setmetatable({}, class)
  assert(object.name() == "class" and getmetatable(object) == class)
  assert(rawget(object, "name") == nil)
  rawset(object, "own", 1)
  assert(object.own == 1)
  class.__call = function() return "called" end
  fails("attempt to call", function() return object() end)
  assert(setmetatable({}, class)() == "called")
  assert(getmetatable("") == false)
  assert(setmetatable(setmetatable({}, class), nil) and getmetatable({}) == nil)
  fails("__gc", setmetatable, {}, { __gc = function() end })
end

local function modules()
  local brevier = require "brevier"
  assert(brevier.api == 1 and brevier.version:match("^%d+%.%d+%.%d+$"))
  assert(require "brevier.text" == require "brevier.text")
  fails('did you mean "brevier.text"', require, "brevier.txt")
end

return {
  api = 1, name = "base", version = "1.0.0", summary = "A test", sections = { "probe" },
  render = function()
    order()
    errors()
    values()
    metatables()
    modules()
  end,
}
