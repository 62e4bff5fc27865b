-- Brevier — what a chart is given: labels, series and options, checked and brought into one form.
-- Whatever cannot be drawn is an error that says which value it is; the host adds the line of the
-- plugin, so no position stands in front of it.
-- SPDX-License-Identifier: MIT
local brevier = require "brevier"
local number = require "brevier.number"
local text = require "brevier.text"

local M = ...

local GREATEST, LEAST = 1e15, 1e-9

function M.expect(condition, message)
  if not condition then error(message, 0) end
  return condition
end

local expect = M.expect

-- A number as messages show it.
local function shown(value)
  if value ~= value then return "nan" end
  if value == math.huge or value == -math.huge then return "infinite" end
  return tostring(value)
end

-- A number that can be drawn. What is smaller than any label shows is 0.
function M.number(value, what, least, greatest)
  if type(value) ~= "number" then
    error(what .. " is a " .. type(value) .. ", expected a number", 0)
  end
  least, greatest = least or -GREATEST, greatest or GREATEST
  if not (value >= least and value <= greatest) then
    error(("%s is %s, expected a number from %g to %g"):format(what, shown(value), least, greatest),
      0)
  end
  return math.abs(value) < LEAST and 0 or value
end

-- A text, from whatever has one: numbers and elements too.
function M.words(value, what)
  if type(value) == "table" then return text.plain(value) end
  if type(value) ~= "string" and type(value) ~= "number" then
    error(what .. " is a " .. type(value) .. ", expected a text", 0)
  end
  return tostring(value)
end

function M.list(value, message)
  expect(type(value) == "table" and #value > 0, message)
  return value
end

local sizes = { sparkline = { 8, 4 }, gauge = { 60, 40 } }

-- What all charts know, and each kind of its own.
local common = "title alt unit decimals width height context "
local over_labels = "labels values series data "
local known = {
  bar = over_labels .. "stacked horizontal",
  line = over_labels .. "zero",
  area = over_labels .. "zero",
  donut = over_labels,
  gauge = "value min max zones",
  sparkline = "values",
  timeline = "events sorted",
  matrix = "items steps x y",
  flow = "edges nodes steps",
}

-- The options of a chart, checked, in a table of their own.
function M.options(options, kind)
  expect(type(options) == "table", "a chart needs a table")
  brevier.check_options(options, "chart." .. kind, common .. known[kind])
  local checked = {}
  for key, value in pairs(options) do checked[key] = value end
  local least = sizes[kind] or { 80, 60 }
  if options.width then M.number(options.width, "\"width\"", least[1], 14400) end
  if options.height then M.number(options.height, "\"height\"", least[2], 14400) end
  local decimals = options.decimals
  if decimals then
    M.number(decimals, "\"decimals\"", 0, 9)
    checked.decimals = expect(math.tointeger(decimals), "\"decimals\" is no whole number")
  end
  for _, key in ipairs { "unit", "alt", "x", "y" } do
    if options[key] then checked[key] = M.words(options[key], "\"" .. key .. "\"") end
  end
  if options.title then checked.title_text = M.words(options.title, "\"title\"") end
  expect(not options.context or type(options.context) == "userdata",
    "\"context\" is not the one that was given to the plugin")
  return checked
end

-- The last place of a list that may have gaps.
function M.last(values)
  local last = 0
  for at in pairs(values) do
    if math.type(at) == "integer" then last = math.max(last, at) end
  end
  return last
end

local function values_of(one, name, labels)
  expect(type(one.values) == "table", name == "" and "a chart needs \"values\": a list of numbers"
    or "“" .. name .. "” needs \"values\": a list of numbers")
  local of = name == "" and "" or " of “" .. name .. "”"
  local last = M.last(one.values)
  expect(last <= #labels, ("there are %d values%s for %d labels"):format(last, of, #labels))
  local values = {}
  for at = 1, #labels do
    local value = one.values[at]
    if value then
      values[at] = M.number(value, ("value %d%s (“%s”)"):format(at, of, labels[at]))
    end
  end
  return values
end

-- A column of a table as a series; false when no cell of it has a number.
local function series_of(source, labels, column)
  local name = M.words(source.columns[column], "the heading of column " .. column)
  local values, has_number = {}, false
  for at, row in ipairs(source.rows) do
    local cell = row[column]
    if type(cell) ~= "number" then cell = number.parse(M.words(cell or "", "a cell")) end
    if cell then
      values[at] = M.number(cell, ("row %d (“%s”) of “%s”"):format(at, labels[at], name))
      has_number = true
    end
  end
  return has_number and { name = name, values = values, count = #labels }
end

local function from_table(source)
  expect(type(source) == "table" and type(source.columns) == "table"
    and type(source.rows) == "table", "\"data\" is no table of brevier.table")
  local data = { labels = {}, series = {} }
  expect(#source.columns > 1 and #source.rows > 0,
    "a chart needs a table of two columns and a row")
  for at, row in ipairs(source.rows) do
    expect(type(row) == "table", "row " .. at .. " is a " .. type(row) .. ", expected its cells")
    data.labels[at] = M.words(row[1] or "", "the label of row " .. at)
  end
  for column = 2, #source.columns do
    data.series[#data.series + 1] = series_of(source, data.labels, column) or nil
  end
  expect(#data.series > 0, "no column of the table has numbers, except perhaps the first")
  return data
end

-- The labels and series of a chart, from any of the three forms.
function M.read(options)
  if options.data then return from_table(options.data) end
  local data = { labels = {}, series = {} }
  for at, label in ipairs(M.list(options.labels, "a chart needs \"labels\", or \"data\"")) do
    data.labels[at] = M.words(label, "label " .. at)
  end
  local series = options.series or { { name = options.title_text or "", values = options.values } }
  M.list(series, "\"series\" is no list of { name = …, values = … }")
  for at, one in ipairs(series) do
    expect(type(one) == "table", "series " .. at .. " is a " .. type(one)
      .. ", expected { name = …, values = … }")
    local name = M.words(one.name or one[1] or "Series " .. at, "the name of series " .. at)
    data.series[at] = {
      name = name, values = values_of(one, options.series and name or "", data.labels),
      count = #data.labels,
    }
  end
  return data
end

return M
