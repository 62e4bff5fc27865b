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

local function greatest_of(values)
  local greatest = 0
  for _, value in pairs(values) do greatest = math.max(greatest, math.abs(value or 0)) end
  return greatest
end

-- One line for each value: label, number, bar. The longest bar stands for `greatest`.
function M.bars(labels, values, options, columns, greatest)
  local shown = {}
  greatest = greatest or greatest_of(values)
  for index = 1, #labels do
    shown[index] = frame.value_text(values[index], options)
  end
  local label_width = column_width(labels, columns * 9 // 20)
  local value_width = column_width(shown, 20)
  local room = math.max(math.min(columns - label_width - value_width - 3, LONGEST), 5)
  local lines = {}
  for index, label in ipairs(labels) do
    local length = greatest > 0 and math.abs(values[index] or 0) / greatest * room or 0
    lines[index] = text.padded(text.truncate(label, label_width), label_width) .. " "
      .. text.padded(shown[index], value_width, "right") .. " " .. M.bar(length)
    lines[index] = lines[index]:gsub("%s+$", "")
  end
  return lines
end

-- A block of bars for each series, under its name.
function M.series(data, options, columns)
  local lines, greatest = {}, 0
  for _, series in ipairs(data.series) do
    greatest = math.max(greatest, greatest_of(series.values))
  end
  for index, series in ipairs(data.series) do
    if #data.series > 1 then
      if index > 1 then lines[#lines + 1] = "" end
      lines[#lines + 1] = series.name
    end
    for _, line in ipairs(M.bars(data.labels, series.values, options, columns, greatest)) do
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
