-- Brevier — charts as text: bars of block characters, numbers under each other.
-- SPDX-License-Identifier: MIT
local frame = require "brevier.chart.frame"
local text = require "brevier.text"

local M = ...

local LONGEST = 48 -- of a bar, in characters

local eighths = { "▏", "▎", "▍", "▌", "▋", "▊", "▉" }

-- A bar of a length in characters, to an eighth of one.
function M.bar(length)
  local whole = math.floor(length + 1 / 16)
  local rest = math.floor((length - whole) * 8 + 0.5)
  return ("█"):rep(whole) .. (eighths[rest] or "")
end

local function column_width(cells, most)
  local width = 0
  for _, cell in ipairs(cells) do
    width = math.max(width, text.length(cell))
  end
  return math.min(width, most)
end

-- How far values go to the left and to the right of zero, those of `reach` included.
local function reach_of(values, reach)
  reach = reach or { left = 0, right = 0 }
  for _, value in pairs(values) do
    reach.left = math.max(reach.left, -(value or 0))
    reach.right = math.max(reach.right, value or 0)
  end
  return reach
end

-- A bar of a length in characters that ends at the right of `columns`, to half of one: there are
-- no others that begin within a character.
local function bar_to_left(length, columns)
  local halves = math.floor(length * 2 + 0.5)
  local bar = (halves % 2 == 1 and "▐" or "") .. ("█"):rep(halves // 2)
  return text.padded(bar, columns, "right")
end

-- The bar of a value. Where some go to the left a line stands at zero.
local function bar_of(value, reach, room)
  local whole = reach.left + reach.right
  if whole == 0 then return "" end
  if reach.left == 0 then return M.bar(value / whole * room) end
  local scale = (room - 1) / whole
  local left = bar_to_left(math.max(-value, 0) * scale, math.ceil(reach.left * scale))
  return left .. "│" .. M.bar(math.max(value, 0) * scale)
end

-- One line for each value: label, number, bar. All bars have `room` for what `reach` says.
function M.bars(labels, values, options, columns, reach)
  local shown = {}
  reach = reach or reach_of(values)
  for index = 1, #labels do
    shown[index] = frame.value_text(values[index], options)
  end
  local label_width = column_width(labels, columns * 9 // 20)
  local value_width = column_width(shown, 20)
  local room = math.max(math.min(columns - label_width - value_width - 3, LONGEST), 5)
  local lines = {}
  for index, label in ipairs(labels) do
    lines[index] = text.padded(text.truncate(label, label_width), label_width) .. " "
      .. text.padded(shown[index], value_width, "right") .. " "
      .. bar_of(values[index] or 0, reach, room)
    lines[index] = lines[index]:gsub("%s+$", "")
  end
  return lines
end

-- A block of bars for each series, under its name.
function M.series(data, options, columns)
  local lines, reach = {}, nil
  for _, series in ipairs(data.series) do
    reach = reach_of(series.values, reach)
  end
  for index, series in ipairs(data.series) do
    if #data.series > 1 then
      if index > 1 then lines[#lines + 1] = "" end
      lines[#lines + 1] = series.name
    end
    for _, line in ipairs(M.bars(data.labels, series.values, options, columns, reach)) do
      lines[#lines + 1] = line
    end
  end
  return table.concat(lines, "\n")
end

local levels = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" }

function M.sparkline(values)
  local low, high = math.huge, -math.huge
  for _, value in ipairs(values) do
    if value then low, high = math.min(low, value), math.max(high, value) end
  end
  local marks = {}
  for index, value in ipairs(values) do
    local share = value and (high > low and (value - low) / (high - low) or 0.5)
    marks[index] = value and levels[math.min(8, 1 + math.floor(share * 8))] or " "
  end
  return table.concat(marks)
end

-- "label  text" with the texts under each other, and their further lines too.
function M.entries(entries, columns)
  local width = 0
  for _, entry in ipairs(entries) do width = math.max(width, text.length(entry[1])) end
  width = math.min(width, columns // 3)
  local lines = {}
  for _, entry in ipairs(entries) do
    local line, room = "", columns - width - 2
    local head = text.padded(text.truncate(entry[1], width), width)
    local function flush()
      lines[#lines + 1] = (head .. "  " .. line):gsub("%s+$", "")
      head, line = (" "):rep(width), ""
    end
    for word in entry[2]:gmatch("%S+") do
      if line ~= "" and text.length(line) + 1 + text.length(word) > room then flush() end
      line = line == "" and word or line .. " " .. word
    end
    flush()
  end
  return table.concat(lines, "\n")
end

return M
