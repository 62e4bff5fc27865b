-- Brevier — of several faults in one table it is always the same one that is told, though Lua's own
-- order of a table differs from run to run.
-- SPDX-License-Identifier: MIT
local e = require "brevier.element"
local fails = require("check").fails

-- Names that no table of ours knows, other ones each round, and the first of them by its bytes.
local function unknown_names(round)
  local names = {}
  for i = 1, 7 do names[i] = ("k%d"):format((round * 7919 + i * 104729) % 99991) end
  table.sort(names)
  return names, names[1]
end

local function canvas_call(call)
  return function(...)
    local arguments = { ... }
    e.drawing {
      width = 9, height = 9, alt = "",
      draw = function(g) call(g, table.unpack(arguments)) end,
    }
  end
end

local calls = {
  e.p,
  canvas_call(function(g, style) g:rect(1, 2, 3, 4, style) end),
  canvas_call(function(g, style) g:text(1, 2, "x", style) end),
  canvas_call(function(g, moves) g:group(moves, function() end) end),
}

local function unknown()
  for round = 1, 20 do
    local names, first = unknown_names(round)
    for _, call in ipairs(calls) do
      local argument = {}
      for _, name in ipairs(names) do argument[name] = 1 end
      fails('"' .. first .. '"', call, argument)
    end
  end
end

local function mixed()
  fails("attribute \"alt\" is a table", e.p, { title = {}, class = true, alt = {}, klass = 1 })
  fails("a child at position -2", e.p, { [-2] = "a", [0] = "b", [{}] = "c", klass = 1 })
  fails("has a number as a key", e.p, { [e] = 1, [1.5] = 2, [type] = 3, klass = 1 })
  fails("\"stroke\" is \"rde\"", calls[2], { fill = "gren", stroke = "rde", width = -1 })
  fails("with a table as a key", function()
    for _ in pairs { [type] = 1, [{}] = 2, [error] = 3 } do error "walked" end
  end)
  fails("with a table as a key", next, { [type] = 1, [{}] = 2, [error] = 3 })
  local data = { klass = 1 }
  for i = 1, 17 do data["data-" .. string.char(96 + i)] = "x" end
  fails("no attribute \"klass\"", e.p, data)
end

return {
  api = 1, name = "fault-order", version = "1.0.0", summary = "Faults in one order",
  sections = { "probe" },
  render = function(section)
    unknown()
    mixed()
    return { section.heading }
  end,
}
