-- Brevier — bars: grouped, stacked, lying.
-- SPDX-License-Identifier: MIT
local frame = require "brevier.chart.frame"
local text = require "brevier.text"

local M = ...

-- Sums of the positive and of the negative values of each place, for stacks.
local function stack_range(data)
  local low, high = 0, 0
  for index = 1, #data.labels do
    local up, down = 0, 0
    for _, series in ipairs(data.series) do
      local value = series.values[index] or 0
      if value > 0 then up = up + value else down = down + value end
    end
    low, high = math.min(low, down), math.max(high, up)
  end
  return low, high
end

-- Calls paint(series index, from, to, offset, thickness) for each bar of one place, in values.
local function each_bar(data, index, room, is_stacked, paint)
  local up, down = 0, 0
  local thick = is_stacked and room or room / #data.series
  for at, series in ipairs(data.series) do
    local value = series.values[index]
    if value and is_stacked then
      local from = value > 0 and up or down
      paint(at, from, from + value, 0, thick)
      if value > 0 then up = from + value else down = from + value end
    elseif value then
      paint(at, 0, value, (at - 1) * thick, thick)
    end
  end
end

local function names_of(data)
  local names = {}
  for index, series in ipairs(data.series) do names[index] = series.name end
  return names
end

local function standing(g, theme, data, options, width, height, top)
  local low, high = stack_range(data)
  if not options.stacked then low, high = frame.range(data.series) end
  local scale = frame.scale(math.min(low, 0), math.max(high, 0), height - 18, top + 8, 5)
  local left = frame.label_width(scale, theme, options) + 8
  frame.grid(g, theme, scale, left, width - left, options)
  local slot = (width - left) / #data.labels
  local room = math.min(slot * 0.72, 56 * (options.stacked and 1 or #data.series))
  local shows_values = #data.series == 1 and slot >= 24
  for index, label in ipairs(data.labels) do
    local x = left + (index - 0.5) * slot
    each_bar(data, index, room, options.stacked, function(at, from, to, offset, thick)
      local y1, y2 = scale.at(from), scale.at(to)
      g:rect(x - room / 2 + offset, math.min(y1, y2), thick - (options.stacked and 0 or 1),
        math.abs(y2 - y1), { fill = frame.color(theme, at) })
      if shows_values then
        frame.label(g, theme, x, to < 0 and y2 + theme.size + 1 or y2 - 3,
          frame.value_text(to, options), theme.size, theme.ink)
      end
    end)
    g:text(x, height - 6, frame.fitted(label, slot - 3, theme.size), {
      size = theme.size, anchor = "middle", fill = theme.ink,
    })
  end
end

local function lying(g, theme, data, options, width, top, row)
  local left = 0
  for _, label in ipairs(data.labels) do
    left = math.max(left, text.width(label, theme.size))
  end
  left = math.min(left + 6, width * 0.4)
  local low, high = stack_range(data)
  if not options.stacked then low, high = frame.range(data.series) end
  low, high = math.min(low, 0), math.max(high, 0)
  local after = 0 -- room for the values behind the bars
  for index = 1, #data.labels do
    each_bar(data, index, 1, options.stacked, function(_, _, to)
      after = math.max(after, text.width(frame.value_text(to, options), theme.size) + 6)
    end)
  end
  local right = width - after
  local before = low < 0 and left + after or left
  if high == low then high = low + 1 end
  local function at_x(value) return before + (value - low) / (high - low) * (right - before) end
  for index, label in ipairs(data.labels) do
    local y = top + (index - 1) * row
    local room = row - 5
    g:text(left - 6, y + room / 2 + 2.6, frame.fitted(label, left - 6, theme.size), {
      size = theme.size, anchor = "end", fill = theme.ink,
    })
    local sum = 0
    each_bar(data, index, room, options.stacked, function(at, from, to, offset, thick)
      local x1, x2 = at_x(from), at_x(to)
      local gap = options.stacked and 0 or 0.5
      g:rect(math.min(x1, x2), y + offset, math.abs(x2 - x1), thick - gap, {
        fill = frame.color(theme, at),
      })
      sum = sum + to - from
      if not options.stacked and thick >= theme.size - 1.5 then
        g:text(to < 0 and x2 - 4 or x2 + 4, y + offset + thick / 2 + 2.6,
          frame.value_text(to, options), {
            size = theme.size, anchor = to < 0 and "end" or "start", fill = theme.ink,
          })
      end
    end)
    if options.stacked then
      g:text(at_x(math.max(sum, 0)) + 4, y + room / 2 + 2.6, frame.value_text(sum, options), {
        size = theme.size, fill = theme.ink,
      })
    end
  end
  g:line(at_x(0), top - 3, at_x(0), top + #data.labels * row - 2, {
    stroke = theme.muted, width = 0.75,
  })
end

-- Labels that do not fit under standing bars ask for lying ones.
local function must_lie(data, width, size)
  local slot = (width - 40) / #data.labels
  for _, label in ipairs(data.labels) do
    if text.width(label, size) > slot then return true end
  end
  return false
end

function M.drawing(theme, data, options, width)
  local is_lying = options.horizontal
  if is_lying == nil then is_lying = must_lie(data, width, theme.size) end
  local names = names_of(data)
  local top = #names > 1 and frame.legend(nil, theme, names, 0, 0, width) + 4 or 4
  local row = options.stacked and 17 or math.max(17, 9 * #names + 6)
  local height = is_lying and top + #data.labels * row + 4 or options.height or 170
  return {
    width = width,
    height = height,
    draw = function(g)
      if #names > 1 then frame.legend(g, theme, names, 0, 0, width) end
      if is_lying then
        lying(g, theme, data, options, width, top, row)
      else
        standing(g, theme, data, options, width, height, top)
      end
    end,
  }
end

return M
