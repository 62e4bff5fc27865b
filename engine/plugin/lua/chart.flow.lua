-- Brevier — flows: boxes and arrows, from left to right.
-- SPDX-License-Identifier: MIT
--
-- A box stands one column after the last of those that lead to it; an arrow that leads back is
-- drawn below. In a column, boxes are ordered by the middle of those before them.
local frame = require "brevier.chart.frame"
local list = require "brevier.list"
local text = require "brevier.text"

local M = ...

local ROOM, GAP = 46, 12 -- between columns, between boxes of one

-- The edges that do not lead back to where the walk came from.
local function forward_edges(nodes, edges)
  local after = {}
  for _, node in ipairs(nodes) do after[node.id] = {} end
  for _, edge in ipairs(edges) do table.insert(after[edge[1]], edge) end
  local state, forward = {}, {}
  local function visit(id, depth)
    state[id] = "open"
    for _, edge in ipairs(after[id]) do
      if state[edge[2]] ~= "open" and depth < 60 then
        forward[edge] = true
        if not state[edge[2]] then visit(edge[2], depth + 1) end
      end
    end
    state[id] = "done"
  end
  for _, node in ipairs(nodes) do
    if not state[node.id] then visit(node.id, 1) end
  end
  return forward
end

-- The column of each box: the longest way to it.
local function columns_of(nodes, edges, forward)
  local column = {}
  for _, node in ipairs(nodes) do column[node.id] = 1 end
  for _ = 1, #nodes do
    local changed = false
    for _, edge in ipairs(edges) do
      if forward[edge] and column[edge[2]] <= column[edge[1]] then
        column[edge[2]] = column[edge[1]] + 1
        changed = true
      end
    end
    if not changed then break end
  end
  local columns = {}
  for _, node in ipairs(nodes) do
    local at = column[node.id]
    while #columns < at do columns[#columns + 1] = {} end
    table.insert(columns[at], node)
  end
  return columns
end

local function order(columns, edges, forward)
  local place = {}
  for _, nodes in ipairs(columns) do
    local middle = {}
    for index, node in ipairs(nodes) do
      local sum, count = 0, 0
      for _, edge in ipairs(edges) do
        if forward[edge] and edge[2] == node.id and place[edge[1]] then
          sum, count = sum + place[edge[1]], count + 1
        end
      end
      middle[node.id] = count > 0 and sum / count or index
    end
    local sorted = list.sorted(nodes, function(node) return middle[node.id] end)
    for index, node in ipairs(sorted) do
      nodes[index] = node
      place[node.id] = index
    end
  end
end

local function arrow(g, theme, path, x, y, angle)
  g:path(path, { stroke = theme.muted, width = 1 })
  g:group({ translate = { x, y }, rotate = angle }, function(tip)
    tip:polygon({ 0, 0, -6, -3, -6, 3 }, { fill = theme.muted })
  end)
end

-- On one line, or on two above each other, around the height y.
local function edge_label(g, theme, label, x, y, width)
  if not label or label == "" then return end
  local size = theme.size - 0.5
  local lines = frame.wrapped(label, width, size)
  if #lines > 2 then lines = { lines[1], table.concat(lines, " ", 2) } end
  local top, widest = y - (#lines - 1) * (size + 1), 0
  for index, line in ipairs(lines) do
    lines[index] = frame.fitted(line, width, size)
    widest = math.max(widest, text.width(lines[index], size) + 3)
  end
  g:rect(x - widest / 2, top - size * 0.82, widest, y - top + size * 1.05, { fill = theme.paper })
  for index, line in ipairs(lines) do
    g:text(x, top + (index - 1) * (size + 1), line, {
      size = size, anchor = "middle", fill = theme.muted,
    })
  end
end

-- Columns stand apart as far as the words on the arrows need, if there is room.
local function room_between(theme, edges, most)
  local room = ROOM
  for _, edge in ipairs(edges) do
    if edge[3] then room = math.max(room, text.width(edge[3], theme.size - 0.5) + 22) end
  end
  return math.max(math.min(room, most * 0.55), 18)
end

function M.drawing(theme, nodes, edges, width)
  local forward = forward_edges(nodes, edges)
  local columns = columns_of(nodes, edges, forward)
  order(columns, edges, forward)
  local room = room_between(theme, edges, width / #columns)
  local box_width = math.min(120, (width - 2 - (#columns - 1) * room) / #columns)
  local size = theme.size
  local heights, tallest = {}, 0
  local boxes, back = {}, 0
  for at, column in ipairs(columns) do
    local height = 0
    for _, node in ipairs(column) do
      local lines = frame.wrapped(node.label, box_width - 12, size)
      local box = { lines = lines, height = math.max(#lines, 1) * (size + 2) + 12 }
      boxes[node.id] = box
      height = height + box.height + GAP
    end
    heights[at] = height - GAP
    tallest = math.max(tallest, height - GAP)
  end
  for at, column in ipairs(columns) do
    local y = 4 + (tallest - heights[at]) / 2
    for _, node in ipairs(column) do
      local box = boxes[node.id]
      box.x, box.y = (at - 1) * (box_width + room), y
      y = y + box.height + GAP
    end
  end
  for _, edge in ipairs(edges) do
    if not forward[edge] then back = back + 1 end
  end
  return {
    width = math.max(#columns * (box_width + room) - room, 40) + 2,
    height = tallest + 8 + back * 18,
    draw = function(g)
      local below = tallest + 10
      for _, edge in ipairs(edges) do
        local from, to = boxes[edge[1]], boxes[edge[2]]
        local x1, y1 = from.x + box_width, from.y + from.height / 2
        local x2, y2 = to.x, to.y + to.height / 2
        if forward[edge] then
          local bend = math.max((x2 - x1) / 2, 10)
          arrow(g, theme, { "M", x1, y1, "C", x1 + bend, y1, x2 - bend, y2, x2 - 4, y2 }, x2, y2, 0)
          local rise = y1 == y2 and -4 or 2.5
          edge_label(g, theme, edge[3], (x1 + x2) / 2, (y1 + y2) / 2 + rise, x2 - x1 - 8)
        else
          local bottom1, bottom2 = from.y + from.height, to.y + to.height
          local a, b = from.x + box_width / 2, to.x + box_width / 2
          if edge[1] == edge[2] then a, b = a + 12, b - 12 end
          arrow(g, theme, {
            "M", a, bottom1, "L", a, below, "L", b, below, "L", b, bottom2 + 4,
          }, b, bottom2, -90)
          edge_label(g, theme, edge[3], (a + b) / 2, below + 2.5, math.max(math.abs(a - b), 40))
          below = below + 18
        end
      end
      for _, column in ipairs(columns) do
        for _, node in ipairs(column) do
          local box = boxes[node.id]
          g:rounded(box.x + 0.5, box.y, box_width - 1, box.height, 4, {
            fill = theme.paper, stroke = theme.colors[1], width = 1,
          })
          local y = box.y + box.height / 2 - (#box.lines - 1) * (size + 2) / 2 + size * 0.36
          for index, line in ipairs(box.lines) do
            g:text(box.x + box_width / 2, y + (index - 1) * (size + 2), line, {
              size = size, anchor = "middle", fill = theme.ink,
            })
          end
        end
      end
    end,
  }
end

return M
