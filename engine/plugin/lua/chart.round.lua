-- Brevier — donuts and gauges.
-- SPDX-License-Identifier: MIT
local frame = require "brevier.chart.frame"
local list = require "brevier.list"
local number = require "brevier.number"

local M = ...

-- A ring of shares with their names, values and percentages beside it.
function M.donut(theme, labels, values, options, width)
  local total = list.sum(values)
  local row = theme.size + 7
  local height = math.max(options.height or 120, #labels * row + 10)
  local radius = math.min(height, 130) / 2 - 4
  local x, y = radius + 6, height / 2
  return {
    width = width,
    height = height,
    draw = function(g)
      local from = 0
      if total == 0 then g:sector(x, y, radius, radius * 0.58, 0, 360, { fill = theme.grid }) end
      for index, value in ipairs(values) do
        local to = total > 0 and from + value / total * 360 or 0
        if to - from > 0 then
          g:sector(x, y, radius, radius * 0.58, from, to, {
            fill = frame.color(theme, index), stroke = theme.paper, width = 1,
          })
        end
        from = to
      end
      g:text(x, y + 4, frame.value_text(total, options), {
        size = 12, anchor = "middle", weight = 600, fill = theme.ink,
      })
      local left = 2 * x + 14
      local top = y - #labels * row / 2
      for index, label in ipairs(labels) do
        local line = top + (index - 0.5) * row
        g:rect(left, line - 4, 8, 8, { fill = frame.color(theme, index) })
        g:text(left + 14, line + 2.7, frame.fitted(label, width - left - 110, theme.size), {
          size = theme.size, fill = theme.ink,
        })
        g:text(width - 42, line + 2.7, frame.value_text(values[index], options), {
          size = theme.size, anchor = "end", fill = theme.ink,
        })
        g:text(width - 4, line + 2.7, number.percent(total > 0 and values[index] / total or 0), {
          size = theme.size, anchor = "end", fill = theme.muted,
        })
      end
    end,
  }
end

-- The colour of a value: that of the last zone that begins at or below it.
local function zone_color(zones, value, fallback)
  for _, zone in ipairs(zones) do
    if value >= zone[1] then fallback = zone[2] end
  end
  return fallback
end

-- A half ring that is filled as far as the value goes.
function M.gauge(theme, value, options)
  local low, high = options.min or 0, options.max or 100
  local width, height = options.width or 150, options.height or 92
  local radius = math.min(width / 2 - 4, height - 20)
  local x, y = width / 2, radius + 4
  local share = math.max(0, math.min(1, (value - low) / (high - low)))
  return {
    width = width,
    height = height,
    draw = function(g)
      g:sector(x, y, radius, radius * 0.72, -90, 90, { fill = theme.grid })
      if share > 0 then
        g:sector(x, y, radius, radius * 0.72, -90, -90 + share * 180, {
          fill = zone_color(options.zones or {}, value, theme.colors[1]),
        })
      end
      g:text(x, y - 4, frame.value_text(value, options), {
        size = 17, anchor = "middle", weight = 700, fill = theme.ink,
      })
      g:text(x - radius * 0.86, y + 11, frame.value_text(low, options), {
        size = theme.size, anchor = "middle", fill = theme.muted,
      })
      g:text(x + radius * 0.86, y + 11, frame.value_text(high, options), {
        size = theme.size, anchor = "middle", fill = theme.muted,
      })
    end,
  }
end

return M
