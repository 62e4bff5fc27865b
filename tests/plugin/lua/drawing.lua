-- Brevier — every method of the canvas, and e.drawing in its place among elements.
-- SPDX-License-Identifier: MIT
local e = require "brevier.element"
local fails = require("check").fails

local function draw(g)
  g:line(0, 0, 10, 10)
  g:polyline({ 0, 0, 1, 1, 2, 0 }, { stroke = "navy", width = 0.5 })
  g:polygon({ 0, 0, 1, 1, 2, 0 }, { fill = "#0b5d5a" })
  g:rect(0, 0, 10, 10)
  g:rounded(0, 0, 10, 10, 2)
  g:circle(5, 5, 5)
  g:ellipse(5, 5, 5, 3)
  g:arc(5, 5, 5, 0, 90)
  g:sector(5, 5, 5, 2, 0, 90)
  g:path({ "M", 0, 0, "L", 1, 1, "Z" })
  g:text(0, 10, "Label", { size = 7, anchor = "middle" })
  g:group({ translate = { 5, 5 } }, function(inner)
    assert(inner ~= g)
    inner:line(0, 0, 1, 1)
  end)
  assert(tostring(g) == "canvas")
  fails("no method", function() g:rectangle(0, 0, 1, 1) end)
end

return {
  api = 1, name = "drawing", version = "1.0.0", summary = "A test", sections = { "probe" },
  render = function(section)
    local drawing = e.drawing { width = 100, height = 50, alt = "Shapes", draw = draw }
    assert(drawing.alt == "Shapes")
    fails("no \"alt\"", e.drawing, { width = 1, height = 1, draw = draw })
    return e.section { section.heading, e.figure { drawing, e.figcaption "Shapes" } }
  end,
}
