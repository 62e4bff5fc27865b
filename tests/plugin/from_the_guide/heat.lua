-- Open findings by system and severity: a table of counts becomes a map of warm and cold cells.
local e = require "brevier.element"
local number = require "brevier.number"
local tables = require "brevier.table"
local text = require "brevier.text"

local COLUMN, ROW = 70, 20
local WARM = { "#fdf1d6", "#f9cf8b", "#f0925a", "#c8452f" }

local function shade(value, most)
  local step = math.ceil(value / most * #WARM)
  return WARM[step], step == #WARM and "white" or "black"
end

local function draw_map(data, most, left)
  return function(g)
    for c = 2, #data.columns do
      g:text(left + (c - 1.5) * COLUMN, 12, data.columns[c], { size = 8, anchor = "middle" })
    end
    for r, row in ipairs(data.rows) do
      local y = r * ROW
      g:text(0, y + 13, row[1], { size = 8 })
      for c = 2, #row do
        local value = number.parse(row[c]) or 0
        local fill, ink = "#eef1f3", "black"
        if value > 0 then fill, ink = shade(value, most) end
        g:rect(left + (c - 2) * COLUMN, y, COLUMN - 2, ROW - 2, { fill = fill })
        g:text(left + (c - 1.5) * COLUMN - 1, y + 13, row[c],
          { size = 8, anchor = "middle", fill = ink })
      end
    end
  end
end

local function render(section, context)
  local data = tables.first(section.blocks)
  if not data or #data.rows == 0 then return nil end
  local most, left, lines = 1, 0, {}
  for _, row in ipairs(data.rows) do
    left = math.max(left, text.width(row[1], 8) + 8)
    for c = 2, #row do most = math.max(most, number.parse(row[c]) or 0) end
    lines[#lines + 1] = text.padded(row[1], 20) .. table.concat(row, "  ", 2)
  end
  local map = e.drawing {
    width = left + (#data.columns - 1) * COLUMN, height = (#data.rows + 1) * ROW,
    alt = "Heat map of " .. section.title .. ". The table below has the numbers.",
    text = table.concat(lines, "\n"), draw = draw_map(data, most, left),
  }
  if context.output == "text" then return nil end
  return e.section { section.heading, e.figure { map }, section.blocks }
end

return {
  api = 1, name = "heat", version = "1.0.0", summary = "A table of counts with a heat map above it",
  sections = { "open-findings" }, render = render,
}
