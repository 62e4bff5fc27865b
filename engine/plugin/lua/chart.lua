-- Brevier — brevier.chart: from data to a figure with a drawing, a caption, a description, and a
-- form for the text output.
-- SPDX-License-Identifier: MIT
local bars = require "brevier.chart.bar"
local checked = require "brevier.chart.data"
local date = require "brevier.date"
local flow = require "brevier.chart.flow"
local frame = require "brevier.chart.frame"
local lines = require "brevier.chart.line"
local list = require "brevier.list"
local number = require "brevier.number"
local plan = require "brevier.chart.plan"
local round = require "brevier.chart.round"
local text = require "brevier.text"
local texts = require "brevier.chart.text"

--- Charts: each function takes a table and returns a figure with a drawing. All know `title` (the
--- figure's numbered caption), `alt` (made of the data when absent), `unit`, `decimals`, `width`
--- and `height` in points, and `context`, which gives them the colours of the stylesheet and the
--- columns of the text output. Data is `labels` with `values`; or with `series = { { name =
--- "2024", values = { 12, 9 } }, … }`; or `data = brevier.table.read(element)`: labels in the
--- first column, numbers in the others, and columns without any are left out. A value that is nil
--- or false is a gap. Numbers go up to 1e15; what cannot be drawn is an error that says which
--- value it is.
local M = ...

local expect, list_of, number_of, words_of =
  checked.expect, checked.list, checked.number, checked.words

local WIDTH = 440

local function columns_of(options)
  return options.context and options.context.text_width or 72
end

-- "North: 12, 7" for each label.
local function data_parts(data, options)
  return list.map(data.labels, function(label, index)
    local values = list.map(data.series, function(series)
      local value = frame.value_text(series.values[index] or nil, options)
      return #data.series > 1 and series.name .. " " .. value or value
    end)
    return label .. " " .. table.concat(values, ", ")
  end)
end

local function finish(kind, what, options, drawing, parts, as_text)
  drawing.alt = frame.alt(what, options, parts)
  drawing.text = as_text
  return frame.figure(kind, options, drawing)
end

-- A chart of series over labels, drawn by one of the makers; `drawn` are its own options for that.
local function of_series(kind, what, maker, options, is_area)
  options = checked.options(options, kind)
  options.is_area = is_area
  local data = checked.read(options)
  local theme = frame.theme(options.context)
  return finish(kind, what, options,
    maker.drawing(theme, data, options, options.width or WIDTH),
    data_parts(data, options), texts.series(data, options, columns_of(options)))
end

--- Bars. `stacked = true` puts the series on top of each other, `horizontal` lays the bars; they
--- lie by themselves when their labels need it.
---@param options brevier.ChartOptions
---@return brevier.Element
function M.bar(options)
  return of_series("bar", "Bar chart", bars, options)
end

--- Lines over labels in their order, each named at its end. `zero = true` begins the axis at 0.
---@param options brevier.ChartOptions
---@return brevier.Element
function M.line(options)
  return of_series("line", "Line chart", lines, options)
end

--- Areas, stacked when there are several series.
---@param options brevier.ChartOptions
---@return brevier.Element
function M.area(options)
  return of_series("area", "Area chart", lines, options, true)
end

--- A ring of shares, with values and percentages beside it.
---@param options brevier.ChartOptions
---@return brevier.Element
function M.donut(options)
  options = checked.options(options, "donut")
  local data = checked.read(options)
  local theme = frame.theme(options.context)
  local values = {}
  for index = 1, #data.labels do
    values[index] = data.series[1].values[index] or 0
    expect(values[index] >= 0, ("value %d (“%s”) is %s, and a share is not below 0"):format(
      index, data.labels[index], values[index]))
  end
  local total = list.sum(values)
  local parts = list.map(data.labels, function(label, index)
    return label .. " " .. frame.value_text(values[index], options)
      .. " (" .. number.percent(total > 0 and values[index] / total or 0) .. ")"
  end)
  return finish("donut", "Shares", options,
    round.donut(theme, data.labels, values, options, options.width or 320), parts,
    table.concat(texts.bars(data.labels, values, options, columns_of(options)), "\n"))
end

--- One value on a half ring between `min` and `max` (0 and 100). `zones` colour it:
--- `{ { 0, "#009e73" }, { 70, "#d55e00" } }`.
---@param options brevier.GaugeOptions
---@return brevier.Element
function M.gauge(options)
  options = checked.options(options, "gauge")
  expect(options.value ~= nil, "a gauge needs a \"value\": a number")
  number_of(options.value, "\"value\"")
  local low, high = number_of(options.min or 0, "\"min\""), number_of(options.max or 100, "\"max\"")
  expect(low < high, "\"min\" is not below \"max\"")
  for index, zone in ipairs(options.zones or {}) do
    expect(type(zone) == "table" and type(zone[1]) == "number" and type(zone[2]) == "string",
      "zone " .. index .. " is no { number, colour }")
  end
  local theme = frame.theme(options.context)
  local shown = frame.value_text(options.value, options)
  local share = math.max(0, math.min(1, (options.value - low) / (high - low)))
  local bar = texts.bar(share * 30)
  return finish("gauge", "Gauge", options, round.gauge(theme, options.value, options),
    { shown .. " of " .. frame.value_text(high, options) },
    shown .. " " .. bar .. ("░"):rep(30 - text.length(bar)) .. " "
      .. frame.value_text(high, options))
end

--- A small line without axes, for a cell or a line of figures.
---@param options brevier.ChartOptions
---@return brevier.Element
function M.sparkline(options)
  options = checked.options(options, "sparkline")
  local given, values, parts = options.values, {}, {}
  expect(type(given) == "table", "a sparkline needs \"values\": numbers")
  for index = 1, checked.last(given) do
    values[index] = given[index] and number_of(given[index], "value " .. index) or false
    parts[index] = values[index] and frame.value_text(values[index], options) or "–"
  end
  list_of(list.filter(values, function(value) return value end),
    "a sparkline needs \"values\": numbers")
  local theme = frame.theme(options.context)
  return finish("sparkline", "Trend", options, lines.sparkline(theme, values, options), parts,
    texts.sparkline(values))
end

--- Events below each other: `events = { { "2025-03-04", "What happened" }, … }`. With
--- `sorted = true` they are put in the order of their dates.
---@param options brevier.TimelineOptions
---@return brevier.Element
function M.timeline(options)
  options = checked.options(options, "timeline")
  local events = list_of(options.events, "a timeline needs \"events\"")
  events = list.map(events, function(event, index)
    expect(type(event) == "table" and event[1] and event[2],
      "event " .. index .. " is no { time, text }")
    return { words_of(event[1], "the time of event " .. index),
      words_of(event[2], "the text of event " .. index) }
  end)
  if options.sorted then
    events = list.sorted(events, function(event)
      local day = date.parse(event[1])
      return day and date.iso(day) .. ("%02d:%02d"):format(day.hour or 0, day.minute or 0)
    end)
  end
  local theme = frame.theme(options.context)
  return finish("timeline", "Timeline", options,
    plan.timeline(theme, events, options.width or WIDTH),
    list.map(events, function(event) return event[1] .. ": " .. event[2] end),
    texts.entries(events, columns_of(options)))
end

--- Risks on a grid: `items = { { "Name", likelihood, impact }, … }`, both from 1 to `steps` (5).
---@param options brevier.MatrixOptions
---@return brevier.Element
function M.matrix(options)
  options = checked.options(options, "matrix")
  options.steps = number_of(options.steps or 5, "\"steps\"", 2, 10)
  expect(math.tointeger(options.steps), "\"steps\" is no whole number")
  local items = list_of(options.items, "a matrix needs \"items\"")
  items = list.map(items, function(item, index)
    expect(type(item) == "table" and item[1],
      "item " .. index .. " is no { name, likelihood, impact }")
    local name = words_of(item[1], "the name of item " .. index)
    return { name, number_of(item[2], "the first number of “" .. name .. "”"),
      number_of(item[3], "the second number of “" .. name .. "”") }
  end)
  local parts = list.map(items, function(item)
    return ("%s, %s %s, %s %s"):format(item[1], (options.x or "Likelihood"):lower(),
      plan.level_word(item[2], options.steps), (options.y or "Impact"):lower(),
      plan.level_word(item[3], options.steps))
  end)
  local theme = frame.theme(options.context)
  return finish("matrix", "Risk matrix", options,
    plan.matrix(theme, items, options, options.width or WIDTH), parts,
    texts.entries(list.map(parts, function(part, index) return { tostring(index), part } end),
      columns_of(options)))
end

--- Boxes and arrows: `edges = { { "Phishing", "Foothold", "label" }, … }`; or `steps`, a list of
--- texts in a row. `nodes = { { id, label }, … }` gives boxes a longer text, and an order.
---@param options brevier.FlowOptions
---@return brevier.Element
function M.flow(options)
  options = checked.options(options, "flow")
  for _, key in ipairs { "edges", "nodes", "steps" } do
    expect(options[key] == nil or type(options[key]) == "table", "\"" .. key .. "\" is no list")
  end
  local edges = options.edges or {}
  if options.steps then
    edges = {}
    for index = 2, #options.steps do
      edges[index - 1] = { options.steps[index - 1], options.steps[index] }
    end
  end
  local nodes, known = {}, {}
  local function add(id, label)
    expect(type(id) == "string" or type(id) == "number", "a box is named by a text, not by a "
      .. type(id))
    if not known[id] then
      known[id] = true
      nodes[#nodes + 1] = { id = id, label = words_of(label or id, "the text of a box") }
    end
  end
  for index, node in ipairs(options.nodes or {}) do
    expect(type(node) == "table", "node " .. index .. " is no { id, text }")
    add(node[1], node[2])
  end
  for _, step in ipairs(options.steps or {}) do add(step) end
  edges = list.map(edges, function(edge, index)
    expect(type(edge) == "table" and edge[1] and edge[2], "edge " .. index .. " is no { from, to }")
    add(edge[1])
    add(edge[2])
    return { edge[1], edge[2], edge[3] and words_of(edge[3], "the label of edge " .. index) }
  end)
  expect(#nodes > 0 and #nodes <= 60, "a flow needs 1 to 60 boxes, this has " .. #nodes)
  local labels = {}
  for _, node in ipairs(nodes) do labels[node.id] = node.label end
  local parts = list.map(edges, function(edge)
    return labels[edge[1]] .. " → " .. labels[edge[2]]
      .. (edge[3] and edge[3] ~= "" and " (" .. edge[3] .. ")" or "")
  end)
  if #parts == 0 then parts = list.map(nodes, function(node) return node.label end) end
  local theme = frame.theme(options.context)
  return finish("flow", "Flow", options, flow.drawing(theme, nodes, edges, options.width or WIDTH),
    parts, table.concat(parts, "\n"))
end

local kinds = {
  bar = M.bar, line = M.line, area = M.area, donut = M.donut, gauge = M.gauge,
  sparkline = M.sparkline, timeline = M.timeline, matrix = M.matrix, flow = M.flow,
}

local booleans = { stacked = true, horizontal = true, zero = true, sorted = true }
local numbers = { min = true, max = true, width = true, height = true, decimals = true,
  steps = true, value = true }
local words = { unit = true, alt = true, x = true, y = true }

local function split_numbers(value)
  local values = {}
  for index, part in ipairs(text.split(value, ",")) do
    values[index] = number.parse(part) or false
  end
  return values
end

-- One line that is no option: what it adds to the chart depends on the kind.
local function add_line(spec, kind, label, value)
  if kind == "timeline" then
    spec.events = spec.events or {}
    table.insert(spec.events, { label, value })
  elseif kind == "matrix" then
    spec.items = spec.items or {}
    local place = split_numbers(value)
    table.insert(spec.items, { label, place[1], place[2] })
  elseif kind == "sparkline" then
    spec.values = list.joined(spec.values or {}, list.filter(split_numbers(value), function(v)
      return v
    end))
  elseif kind == "gauge" then
    spec.value = number.parse(value)
  else
    spec.labels = spec.labels or {}
    spec.series = spec.series or {}
    table.insert(spec.labels, label)
    for index, one in ipairs(split_numbers(value)) do
      spec.series[index] = spec.series[index] or { name = "Series " .. index, values = {} }
      spec.series[index].values[#spec.labels] = one or nil
    end
  end
end

--- What a fenced `chart` block says: its kind and the options for that function. The first line is
--- `bar: Title`; further ones are options (`unit: %`, `stacked: true`, `series: A, B`) or data
--- (`North: 12, 7`; in a timeline `2025-03-04: text`; in a matrix `Name: likelihood, impact`; in a
--- flow `A -> B: label`). Nil and a message when it says nothing that can be drawn.
---@param source string
---@return string? kind
---@return table|string options
function M.parse(source)
  local spec, kind, names = {}, nil, nil
  for index, line in ipairs(text.lines(source)) do
    local key, value = line:match("^%s*(.-)%s*:%s+(.*)$")
    if not key then key, value = line:match("^%s*(.-)%s*:?%s*$"), "" end
    local from, to = key:match("^(.-)%s*%->%s*(.*)$")
    value = text.trim(value)
    if key ~= "" and not kind then
      kind = key:lower()
      if not kinds[kind] then
        return nil, "line " .. index .. ": there is no chart \"" .. key .. "\""
      end
      spec.title = value ~= "" and value or nil
    elseif key == "" then -- luacheck: ignore 542 (an empty line)
    elseif kind == "flow" and from then
      spec.edges = spec.edges or {}
      table.insert(spec.edges, { from, to, value ~= "" and value or nil })
    elseif key == "series" then
      names = text.split(value, ",")
    elseif booleans[key] then
      spec[key] = value == "true" or value == "yes" or value == ""
    elseif numbers[key] then
      spec[key] = number.parse(value)
    elseif words[key] then
      spec[key] = value
    elseif kind == "flow" then
      spec.nodes = spec.nodes or {}
      table.insert(spec.nodes, { key, value ~= "" and value or key })
    else
      add_line(spec, kind, key, value)
    end
  end
  if not kind then return nil, "the block is empty, expected \"bar: Title\" first" end
  for index, name in ipairs(names or {}) do
    if spec.series and spec.series[index] then spec.series[index].name = name end
  end
  return kind, spec
end

--- The chart of a fenced `chart` block. What cannot be drawn is nil, with a message for the log.
---@param source string
---@param context? brevier.Context
---@return brevier.Element? figure
---@return string? message
function M.read(source, context)
  local kind, spec = M.parse(source)
  if not kind then return nil, spec --[[@as string]] end
  spec.context = context
  local ok, figure = pcall(kinds[kind], spec)
  if not ok then return nil, (tostring(figure):gsub("^.-:%d+: ", "")) end
  return figure
end

--- The figure of this kind; the kind is the name of one of the functions above.
---@param kind string
---@param options table
---@return brevier.Element
function M.make(kind, options)
  if not kinds[kind] then error("there is no chart \"" .. tostring(kind) .. "\"", 2) end
  return kinds[kind](options)
end

return M
