-- Brevier — brevier.chart: data from each form, descriptions, texts, and what is refused.
-- SPDX-License-Identifier: MIT
local chart = require "brevier.chart"
local e = require "brevier.element"
local tables = require "brevier.table"
local check = require "check"

local same, fails = check.same, check.fails

local function figure(kind, options, alt)
  options.title = "Title"
  local made = chart[kind](options)
  same(made.tag, "figure")
  same(made.class, "chart chart-" .. kind)
  same(made[1].tag, "drawing")
  same(made[2].tag, "figcaption")
  if alt then same(made[1].alt, alt) end
  return made
end

local function kinds(context)
  local labels = { "North", "South" }
  local two = { { "A", values = { 1, 2 } }, { "B", values = { 3, -4 } } }
  figure("bar", { labels = labels, values = { 12, -7 } }, "Bar chart: Title. North 12; South −7.")
  figure("bar", { labels = labels, series = { { "A", values = { 1, 2 } }, { "B", values = { 3 } } },
    unit = "%" }, "Bar chart: Title. North A 1 %, B 3 %; South A 2 %, B –.")
  for _, options in ipairs { { stacked = true }, { horizontal = true },
    { stacked = true, horizontal = true }, { context = context } } do
    options.labels, options.series = labels, two
    figure("bar", options)
  end
  figure("line", { labels = labels, values = { 120, 130 } },
    "Line chart: Title. North 120; South 130.")
  figure("line", { labels = { "only" }, values = { 5 } })
  figure("area", { labels = labels, series = two })
  figure("donut", { labels = labels, values = { 3, 1 } },
    "Shares: Title. North 3 (75 %); South 1 (25 %).")
  figure("donut", { labels = labels, values = { 0, 0 } })
  figure("gauge", { value = 150, max = 200, zones = { { 100, "#d55e00" } } },
    "Gauge: Title. 150 of 200.")
  figure("sparkline", { values = { 1, 5, 3 } }, "Trend: Title. 1; 5; 3.")
  figure("sparkline", { values = { 4 } })
  figure("timeline",
    { events = { { "2025-03-05", "Later" }, { "2025-03-04", "First" } }, sorted = true },
    "Timeline: Title. 2025-03-04: First; 2025-03-05: Later.")
  figure("matrix", { items = { { "Fire", 2, 5 }, { "Flood", 2, 5 }, { "Theft", 9, -1 } } },
    "Risk matrix: Title. Fire, likelihood low, impact very high; Flood, likelihood low, impact "
    .. "very high; Theft, likelihood very high, impact very low.")
  figure("flow", { edges = { { "A", "B", "why" }, { "B", "A" }, { "B", "B" } } },
    "Flow: Title. A → B (why); B → A; B → B.")
  figure("flow", { steps = { "One", "Two", "Three" }, nodes = { { "One", "The first of all" } } },
    "Flow: Title. The first of all → Two; Two → Three.")
  same(chart.make("bar", { labels = labels, values = { 1, 2 } })[1].tag, "drawing")
end

local function data()
  local element = e.table {
    e.thead { e.tr { e.th "Region", e.th "2024", e.th "2025" } },
    e.tbody {
      e.tr { e.td "North", e.td "1,200", e.td "45 %" },
      e.tr { e.td "South", e.td "", e.td "3" },
    },
  }
  same(chart.bar { data = tables.read(element) }[1].alt,
    "Bar chart. North 2024 1,200, 2025 45; South 2024 –, 2025 3.")
  fails("needs \"labels\"", chart.bar, {})
  fails("needs \"values\"", chart.bar, { labels = { "a" } })
  fails("is a string, expected a number", chart.bar, { labels = { "a" }, values = { "b" } })
  fails("not below 0", chart.donut, { labels = { "a" }, values = { -1 } })
  fails("needs a \"value\"", chart.gauge, {})
  fails("needs \"events\"", chart.timeline, {})
  fails("needs \"items\"", chart.matrix, {})
  fails("a flow needs", chart.flow, {})
  fails("no chart", chart.make, "pie", {})
end

local function blocks(context)
  local kind, spec = chart.parse("bar: Sales\nseries: A, B\nunit: k\nstacked: true\n\n"
    .. "North: 1, 2\nSouth: 3")
  same(kind, "bar")
  same(spec.title, "Sales")
  same(spec.unit, "k")
  same(spec.stacked, true)
  same(spec.labels[2], "South")
  same(spec.series[2].name, "B")
  same(spec.series[2].values[1], 2)
  same(select(2, chart.parse "flow\nA -> B: x\nB: Long").edges[1][3], "x")
  same(select(2, chart.parse "timeline\n2025-03-04 09:14: Alert").events[1][1], "2025-03-04 09:14")
  same(select(2, chart.parse "matrix\nFire: 2, 5").items[1][3], 5)
  same(chart.parse "pie: x", nil)
  same(chart.read("bar: X\nA: 3", context)[1].alt, "Bar chart: X. A 3.")
  same(select(2, chart.read("pie: x")), "line 1: there is no chart \"pie\"")
  same(select(2, chart.read("bar: x")), "a chart needs \"labels\", or \"data\"")
  same(select(2, chart.read("")), "the block is empty, expected \"bar: Title\" first")
end

return {
  api = 1, name = "chart", version = "1.0.0", summary = "A test", sections = { "probe" },
  render = function(_, context)
    kinds(context)
    data()
    blocks(context)
  end,
}
