-- Brevier — brevier.chart: what cannot be drawn is refused by its name, the rest is drawn.
-- SPDX-License-Identifier: MIT
local chart = require "brevier.chart"
local e = require "brevier.element"

local nan, infinite = 0 / 0, 1 / 0
local abc = { "a", "b", "c" }
local range = ", expected a number from -1e+15 to 1e+15"

-- { values, what is said of them by bars, lines and areas; nil where they are drawn }
local values = {
  { { 1, nan, 3 }, "value 2 (“b”) is nan" .. range },
  { { 1, infinite, 3 }, "value 2 (“b”) is infinite" .. range },
  { { 1, -infinite, 3 }, "value 2 (“b”) is infinite" .. range },
  { { 1e300 }, "value 1 (“a”) is 1e+300" .. range },
  { { 1, "x", 3 }, "value 2 (“b”) is a string, expected a number" },
  { { {} }, "value 1 (“a”) is a table, expected a number" },
  { { 1, 2, 3, 4 }, "there are 4 values for 3 labels" },
  { 5, "a chart needs \"values\": a list of numbers" },
  { {} }, { { 0, 0, 0 } }, { { 7, 7, 7 } }, { { -1, -5, -3 } }, { { nil, 2 } }, { { 1, false, 3 } },
  { { 1e-300, 2e-300, 0 } }, { { 1e15, -1e15, 1 } }, { { 1e14, 1e14 + 0.02, 1e14 } },
  { { 0.1 + 0.2, 0.3, 0.3 } }, { { math.mininteger // 10000, 1, 2 } },
}

-- { kind, options, message; nil where it is drawn }
local cases = {
  { "bar", 5, "a chart needs a table" },
  { "bar", {}, "a chart needs \"labels\", or \"data\"" },
  { "bar", { labels = {}, values = {} }, "a chart needs \"labels\", or \"data\"" },
  { "bar", { labels = { true }, values = { 1 } }, "label 1 is a boolean, expected a text" },
  { "bar", { labels = abc, series = {} }, "\"series\" is no list of { name = …, values = … }" },
  { "bar", { labels = abc, series = { 5 } },
    "series 1 is a number, expected { name = …, values = … }" },
  { "bar", { labels = abc, series = { { name = "A" } } },
    "“A” needs \"values\": a list of numbers" },
  { "bar", { labels = abc, series = { { name = "A", values = { 1, nan } } } },
    "value 2 of “A” (“b”) is nan" .. range },
  { "bar", { data = 5 }, "\"data\" is no table of brevier.table" },
  { "bar", { data = { columns = { "a" }, rows = {} } },
    "a chart needs a table of two columns and a row" },
  { "bar", { data = { columns = { "a", "b" }, rows = { { "x", "none" } } } },
    "no column of the table has numbers, except perhaps the first" },
  { "bar", { data = { columns = { "a", "b" }, rows = { 5 } } },
    "row 1 is a number, expected its cells" },
  { "bar", { data = { columns = { "a", "b" }, rows = { { "x", ("9"):rep(400) } } } },
    "row 1 (“x”) of “b” is infinite" .. range },
  { "line", { labels = abc, values = { 1 }, width = "wide" },
    "\"width\" is a string, expected a number" },
  { "line", { labels = abc, values = { 1 }, width = nan },
    "\"width\" is nan, expected a number from 80 to 14400" },
  { "line", { labels = abc, values = { 1 }, height = 0 },
    "\"height\" is 0, expected a number from 60 to 14400" },
  { "line", { labels = abc, values = { 1 }, decimals = 1.5 }, "\"decimals\" is no whole number" },
  { "line", { labels = abc, values = { 1 }, decimals = -1 },
    "\"decimals\" is -1, expected a number from 0 to 9" },
  { "line", { labels = abc, values = { 1 }, title = true },
    "\"title\" is a boolean, expected a text" },
  { "line", { labels = abc, values = { 1 }, context = {} },
    "\"context\" is not the one that was given to the plugin" },
  { "donut", { labels = abc, values = { 1, -2 } },
    "value 2 (“b”) is -2, and a share is not below 0" },
  { "gauge", {}, "a gauge needs a \"value\": a number" },
  { "gauge", { value = infinite }, "\"value\" is infinite" .. range },
  { "gauge", { value = 1, min = 5, max = 5 }, "\"min\" is not below \"max\"" },
  { "gauge", { value = 1, min = nan }, "\"min\" is nan" .. range },
  { "gauge", { value = 1, zones = { { "a", 1 } } }, "zone 1 is no { number, colour }" },
  { "sparkline", { values = {} }, "a sparkline needs \"values\": numbers" },
  { "sparkline", { values = { 1, nan } }, "value 2 is nan" .. range },
  { "timeline", { events = {} }, "a timeline needs \"events\"" },
  { "timeline", { events = { { "2025" } } }, "event 1 is no { time, text }" },
  { "matrix", { items = { { "A", 1, nan } } }, "the second number of “A” is nan" .. range },
  { "matrix", { items = { 5 } }, "item 1 is no { name, likelihood, impact }" },
  { "matrix", { items = { { "A", 1, 1 } }, steps = 1 },
    "\"steps\" is 1, expected a number from 2 to 10" },
  { "flow", { steps = {} }, "a flow needs 1 to 60 boxes, this has 0" },
  { "flow", { edges = { { "a" } } }, "edge 1 is no { from, to }" },
  { "flow", { edges = { { "a", {} } } }, "a box is named by a text, not by a table" },
  { "flow", { nodes = { 5 } }, "node 1 is no { id, text }" },
  { "bar", { labels = { 1, e.em "two" }, values = { 1, 2 } } },
  { "bar", { labels = { "a" }, values = { 3 } } }, { "line", { labels = { "a" }, values = { 3 } } },
  { "area", { labels = { "a" }, values = { 3 } } }, { "line", { labels = { "a" }, values = {} } },
  { "donut", { labels = abc, values = { 0, 0, 0 } } }, { "donut", { labels = abc, values = {} } },
  { "gauge", { value = -3 } }, { "gauge", { value = 300 } },
  { "sparkline", { values = { 5 } } }, { "sparkline", { values = { 5, false, 5 } } },
  { "sparkline", { values = { 1, 2 }, width = 8, height = 4 } },
  { "bar", { labels = abc, values = { 1, 2, 3 }, width = 80, height = 60 } },
  { "bar", { labels = abc, values = { 1, 2, 3 }, title = { "A ", e.em "title" } } },
  { "flow", { edges = { { "a", "a" } } } }, { "flow", { steps = { 1, 2 } } },
  { "matrix", { items = { { "A", -4, 99 } }, steps = 2 } },
}

local function check(kind, options, message)
  local ok, made = pcall(chart[kind], options)
  if message then
    assert(not ok and made == message, kind .. ": " .. tostring(made) .. " ~= " .. message)
  else
    assert(ok, kind .. ": " .. tostring(made))
    assert(made[1].tag == "drawing")
  end
end

return {
  api = 1, name = "chart-data", version = "1.0.0", summary = "A test", sections = { "probe" },
  render = function()
    for _, case in ipairs(values) do
      for _, kind in ipairs { "bar", "line", "area" } do
        check(kind, { labels = abc, values = case[1] }, case[2])
      end
      check("bar", { labels = abc, values = case[1], horizontal = true }, case[2])
      if not case[2] then
        local twice = { { "A", values = case[1] }, { "B", values = case[1] } }
        for _, kind in ipairs { "bar", "line", "area" } do
          check(kind, { labels = abc, series = twice, stacked = true })
        end
        check("bar", { labels = abc, series = twice, stacked = true, horizontal = true })
      end
    end
    for _, case in ipairs(cases) do check(case[1], case[2], case[3]) end
    -- A column that only has words is no series.
    local made = chart.bar { data = {
      columns = { "Item", "Supplier", "Amount" },
      rows = { { "Racks", "Fjord", "12" }, { "Lines", "–", 8 } },
    } }
    assert(made[1].alt == "Bar chart. Racks 12; Lines 8.", made[1].alt)
  end,
}
