-- Brevier — timelines and risk matrices.
-- SPDX-License-Identifier: MIT
local frame = require "brevier.chart.frame"
local text = require "brevier.text"

local M = ...

-- Events below each other on a line, the time at the left, what happened at the right.
function M.timeline(theme, events, width)
  local size = theme.size + 0.5
  local left = 0
  for _, event in ipairs(events) do
    left = math.max(left, text.width(event[1], size) * 1.1)
  end
  left = math.min(left + 14, width / 3)
  local rows, height = {}, 4
  for index, event in ipairs(events) do
    local lines = frame.wrapped(event[2], width - left - 18, size)
    rows[index] = { y = height, lines = lines }
    height = height + math.max(#lines, 1) * size * 1.3 + 7
  end
  return {
    width = width,
    height = height,
    draw = function(g)
      local x = left + 2
      if #rows > 1 then
        g:line(x, rows[1].y + 6, x, rows[#rows].y + 6, { stroke = theme.grid, width = 1.5 })
      end
      for index, event in ipairs(events) do
        local y = rows[index].y
        g:circle(x, y + 6, 3, { fill = theme.colors[1], stroke = theme.paper, width = 1 })
        g:text(left - 8, y + 8.7, frame.fitted(event[1], left - 12, size), {
          size = size, anchor = "end", weight = 600, fill = theme.ink,
        })
        for at, line in ipairs(rows[index].lines) do
          g:text(x + 12, y + 8.7 + (at - 1) * size * 1.3, line, { size = size, fill = theme.ink })
        end
      end
    end,
  }
end

-- From low to high, told apart by lightness as well.
local heat = { "#e3efe0", "#f6edc3", "#f6d49b", "#eba877", "#d9775f" }
local words = { "very low", "low", "medium", "high", "very high" }

-- A grid of likelihood against impact with numbered items; they are listed beside it.
function M.matrix(theme, items, options, width)
  local steps = options.steps or 5
  local cell = 26
  local left, top = 26, 6
  local side = steps * cell
  local list_x = left + side + 18
  local line = theme.size + 5
  local list_height, entries = 0, {}
  for index, item in ipairs(items) do
    entries[index] = frame.wrapped(item[1], width - list_x - 16, theme.size)
    list_height = list_height + math.max(#entries[index], 1) * line
  end
  local height = math.max(top + side + 24, list_height + 10)
  return {
    width = width,
    height = height,
    draw = function(g)
      for x = 1, steps do
        for y = 1, steps do
          local level = math.floor((x + y - 2) / (2 * steps - 2) * 4 + 1.5)
          g:rect(left + (x - 1) * cell, top + (steps - y) * cell, cell - 1, cell - 1, {
            fill = heat[level],
          })
        end
      end
      g:text(left + side / 2, top + side + 12, options.x or "Likelihood", {
        size = theme.size, anchor = "middle", fill = theme.muted,
      })
      g:text(14, top + side / 2, options.y or "Impact", {
        size = theme.size, anchor = "middle", rotate = -90, fill = theme.muted,
      })
      local taken = {}
      local y = top + 8
      for index, item in ipairs(items) do
        local column = math.max(1, math.min(steps, math.floor(item[2] + 0.5)))
        local row = math.max(1, math.min(steps, math.floor(item[3] + 0.5)))
        local key = column * 100 + row
        local nth = taken[key] or 0
        taken[key] = nth + 1
        local cx = left + (column - 0.5) * cell + (nth % 2) * 11 - 5
        local cy = top + (steps - row + 0.5) * cell + (nth // 2) * 10 - 5
        g:circle(cx, cy, 5.2, { fill = "#222222" }) -- the cells are light on any paper
        g:text(cx, cy + 2.3, index, {
          size = 6.5, anchor = "middle", weight = 700, fill = "#ffffff",
        })
        g:circle(list_x + 5, y, 5.2, { fill = theme.ink })
        g:text(list_x + 5, y + 2.3, index, {
          size = 6.5, anchor = "middle", weight = 700, fill = theme.paper,
        })
        for at, entry in ipairs(entries[index]) do
          g:text(list_x + 15, y + 2.6 + (at - 1) * line, entry, {
            size = theme.size, fill = theme.ink,
          })
        end
        y = y + math.max(#entries[index], 1) * line
      end
    end,
  }
end

function M.level_word(value, steps)
  return words[math.max(1, math.min(5, math.floor((value - 1) / ((steps or 5) - 1) * 4 + 1.5)))]
end

return M
