-- Brevier — lines, areas, sparklines.
-- SPDX-License-Identifier: MIT
local frame = require "brevier.chart.frame"
local list = require "brevier.list"
local text = require "brevier.text"

local M = ...

-- Names at the ends of their lines, moved apart where they would touch.
local function end_labels(g, theme, ends, x, low, high)
  local step = theme.size + 2
  ends = list.sorted(ends, "y")
  for index = 2, #ends do
    ends[index].y = math.max(ends[index].y, ends[index - 1].y + step)
  end
  local over = #ends > 0 and ends[#ends].y - high or 0
  if over > 0 then
    for _, label in ipairs(ends) do label.y = math.max(label.y - over, low) end
  end
  for _, label in ipairs(ends) do
    g:text(x, label.y + 2.6, label.name, { size = theme.size, fill = label.color, weight = 600 })
  end
end

-- As many labels below the axis as there is room for, the first always among them.
local function axis_labels(g, theme, labels, x_at, y, slot)
  local widest = 0
  for _, label in ipairs(labels) do
    widest = math.max(widest, text.width(label, theme.size))
  end
  widest = math.min(widest, 70)
  local every = math.max(1, math.ceil((widest + 6) / slot))
  for index = 1, #labels, every do
    local room = math.max(slot * every - 3, 20)
    g:text(x_at(index), y, frame.fitted(labels[index], room, theme.size), {
      size = theme.size, anchor = "middle", fill = theme.ink,
    })
  end
end

-- Runs of points without gaps: { x, y, x, y, … } each.
local function runs(values, count, x_at, y_at)
  local result, run = {}, nil
  for index = 1, count do
    local value = values[index]
    if value then
      if not run then
        run = {}
        result[#result + 1] = run
      end
      run[#run + 1] = x_at(index)
      run[#run + 1] = y_at(value)
    else
      run = nil
    end
  end
  return result
end

local function paint_line(g, theme, color, values, count, x_at, y_at)
  for _, run in ipairs(runs(values, count, x_at, y_at)) do
    if #run >= 4 then
      g:polyline(run, { stroke = color, width = 1.6, join = "round", cap = "round" })
    end
    if count <= 24 or #run == 2 then
      for at = 1, #run, 2 do
        g:circle(run[at], run[at + 1], 2, { fill = color, stroke = theme.paper, width = 0.75 })
      end
    end
  end
end

-- The area between two lines of values, which are there for every place.
local function paint_area(g, color, upper, lower, count, x_at, y_at, opacity)
  local points = {}
  for index = 1, count do
    points[#points + 1] = x_at(index)
    points[#points + 1] = y_at(upper[index])
  end
  for index = count, 1, -1 do
    points[#points + 1] = x_at(index)
    points[#points + 1] = y_at(lower[index])
  end
  if count > 1 then g:polygon(points, { fill = color, opacity = opacity }) end
end

-- The series on top of each other: what each stands on, and what it reaches.
-- Also the least and greatest of all that.
local function stacked(data)
  local layers, base = {}, {}
  local low, high = 0, 0
  for index = 1, #data.labels do base[index] = 0 end
  for at, series in ipairs(data.series) do
    local upper = {}
    for index = 1, #data.labels do
      upper[index] = base[index] + (series.values[index] or 0)
      low, high = math.min(low, upper[index]), math.max(high, upper[index])
    end
    layers[at] = { lower = base, upper = upper }
    base = upper
  end
  return layers, low, high
end

function M.drawing(theme, data, options, width)
  local height = options.height or 170
  local count = #data.labels
  local layers, low, high = stacked(data)
  if not options.is_area then low, high = frame.range(data.series) end
  -- Lines show differences: an axis that is far from zero may begin elsewhere.
  if low > 0 and (options.zero or low < 0.6 * high) then low = 0 end
  if high < 0 then high = 0 end
  local scale = frame.scale(low, high, height - 18, 8, 5)
  local left = frame.label_width(scale, theme, options) + 8
  local right = 6
  for _, series in ipairs(data.series) do
    if #data.series > 1 then
      right = math.max(right, math.min(text.width(series.name, theme.size) * 1.08 + 8, width / 4))
    end
  end
  local slot = (width - left - right) / math.max(count - 1, 1)
  local function x_at(index)
    return count > 1 and left + 4 + (index - 1) * (slot - 4 / math.max(count - 1, 1))
      or left + (width - left - right) / 2
  end
  return {
    width = width,
    height = height,
    draw = function(g)
      frame.grid(g, theme, scale, left, width - left - right + 2, options)
      axis_labels(g, theme, data.labels, x_at, height - 6, slot)
      local ends = {}
      for at, series in ipairs(data.series) do
        local color = frame.color(theme, at)
        local values = options.is_area and layers[at].upper or series.values
        if options.is_area then
          paint_area(g, color, values, layers[at].lower, count, x_at, scale.at,
            #data.series > 1 and 0.75 or 0.3)
        end
        if not options.is_area or #data.series == 1 then
          paint_line(g, theme, color, values, count, x_at, scale.at)
        end
        local last = count
        while last > 1 and not values[last] do last = last - 1 end
        if #data.series > 1 and values[last] then
          local y = scale.at(values[last])
          if options.is_area then y = (y + scale.at(layers[at].lower[last])) / 2 end
          ends[#ends + 1] = {
            y = y, color = color, name = frame.fitted(series.name, right - 6, theme.size),
          }
        end
      end
      end_labels(g, theme, ends, width - right + 4, 10, height - 20)
    end,
  }
end

-- A line of text height, with a dot at the last value. false is a gap.
function M.sparkline(theme, values, options)
  local width, height = options.width or 72, options.height or 14
  local low, high = math.huge, -math.huge
  for _, value in ipairs(values) do
    if value then low, high = math.min(low, value), math.max(high, value) end
  end
  local function x_at(index)
    return 2 + (index - 1) / math.max(#values - 1, 1) * (width - 4)
  end
  local function y_at(value)
    local share = high > low and (value - low) / (high - low) or 0.5
    return height - 2 - share * (height - 4)
  end
  return {
    width = width,
    height = height,
    draw = function(g)
      local all = runs(values, #values, x_at, y_at)
      for _, run in ipairs(all) do
        if #run >= 4 then
          g:polyline(run, { stroke = theme.colors[1], width = 1, join = "round" })
        else
          g:circle(run[1], run[2], 0.8, { fill = theme.colors[1] })
        end
      end
      local last = all[#all]
      g:circle(last[#last - 1], last[#last], 1.6, { fill = theme.colors[6] })
    end,
  }
end

return M
