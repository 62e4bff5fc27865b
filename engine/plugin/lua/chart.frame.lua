-- Brevier — what all charts share: colours, the figure around a drawing, axes, legends.
-- SPDX-License-Identifier: MIT
local e = require "brevier.element"
local number = require "brevier.number"
local text = require "brevier.text"

local M = ...

-- Eight colours that people with any colour vision tell apart, after Okabe and Ito; the pale yellow
-- comes last.
local palette = {
  "#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#6e6e6e", "#c9b800",
}

-- Whether text on a colour is read better in white.
function M.is_dark(color)
  local r, g, b = color:match("^#(%x%x)(%x%x)(%x%x)")
  if not r then return false end
  local light = 0.299 * tonumber(r, 16) + 0.587 * tonumber(g, 16) + 0.114 * tonumber(b, 16)
  return light < 150
end

-- A colour between two, nearer to the first the smaller the share is.
local function mixed(one, other, share)
  local parts = {}
  for at = 2, 6, 2 do
    local a, b = tonumber(one:sub(at, at + 1), 16), tonumber(other:sub(at, at + 1), 16)
    parts[#parts + 1] = ("%02x"):format(math.floor(a + (b - a) * share + 0.5))
  end
  return "#" .. table.concat(parts)
end

-- The colours of a chart. A stylesheet changes them by variables, --chart-1 to --chart-8,
-- --chart-ink, --chart-muted, --chart-grid and --chart-paper, or by rules for classes of these
-- names; what it leaves alone keeps the colours here.
function M.theme(context)
  local theme = {
    ink = "#222222", muted = "#5f5f5f", grid = "#d8d8d8", paper = "#ffffff", size = 7.5,
    colors = { table.unpack(palette) },
  }
  if not context then return theme end
  local plain = context.style(e.span {}).color
  local function styled(class, fallback)
    local set = context.style("--" .. class)
    if set and set:find("^#%x+$") then return set end
    local color = context.style(e.span { class = class }).color
    return color ~= plain and color or fallback
  end
  for index, color in ipairs(palette) do
    theme.colors[index] = styled("chart-" .. index, color)
  end
  local paper = context.style(e.section {}).background
  if paper:find("00$") and #paper == 9 then paper = theme.paper end
  theme.paper = styled("chart-paper", paper)
  theme.ink = styled("chart-ink", plain)
  if M.is_dark(theme.paper) then
    theme.muted = mixed(theme.ink, theme.paper, 0.3)
    theme.grid = mixed(theme.ink, theme.paper, 0.78)
  end
  theme.muted = styled("chart-muted", theme.muted)
  theme.grid = styled("chart-grid", theme.grid)
  return theme
end

function M.color(theme, index)
  return theme.colors[(index - 1) % #theme.colors + 1]
end

function M.value_text(value, options)
  if not value then return "–" end
  local unit = options.unit or ""
  local shown
  if math.abs(value) >= 1e6 then
    shown = number.compact(value)
  else
    shown = number.format(value, { decimals = options.decimals })
  end
  if unit == "" then return shown end
  if unit == "$" or unit == "€" or unit == "£" then return unit .. shown end
  return shown .. " " .. unit
end

-- Texts that fit a width, cut with an ellipsis where they must be.
function M.fitted(label, width, size)
  if text.width(label, size) <= width then return label end
  local count = text.length(label)
  while count > 1 and text.width(text.truncate(label, count), size) > width do
    count = count - math.max(1, count // 8)
  end
  return text.truncate(label, count)
end

-- The lines that a text takes in a width.
function M.wrapped(label, width, size)
  local lines, line = {}, ""
  for word in label:gmatch("%S+") do
    local longer = line == "" and word or line .. " " .. word
    if line ~= "" and text.width(longer, size) > width then
      lines[#lines + 1] = line
      line = word
    else
      line = longer
    end
  end
  if line ~= "" then lines[#lines + 1] = line end
  return lines
end

-- The drawing in a figure, with its caption.
function M.figure(kind, options, drawing)
  drawing.alt = options.alt or drawing.alt
  return e.figure {
    class = "chart chart-" .. kind,
    e.drawing(drawing),
    options.title and options.title ~= "" and e.figcaption(options.title),
  }
end

-- "Bar chart: Sales by region. North 12, South 7." — the description from the data.
function M.alt(what, options, parts)
  local shown = {}
  for index, part in ipairs(parts) do
    if index > 30 then
      shown[#shown + 1] = "and " .. #parts - 30 .. " more"
      break
    end
    shown[#shown + 1] = part
  end
  local title = options.title_text or ""
  title = title ~= "" and ": " .. title or ""
  return what .. title .. ". " .. table.concat(shown, "; ") .. "."
end

-- A text that stands on lines without being crossed by them.
function M.label(g, theme, x, y, label, size, color)
  local width = text.width(label, size) + 3
  g:rect(x - width / 2, y - size * 0.82, width, size * 1.05, { fill = theme.paper })
  g:text(x, y, label, { size = size, anchor = "middle", fill = color })
end

-- Swatches and names in a row, broken into lines. Returns the height it takes.
function M.legend(g, theme, names, x, y, width)
  local at, line = x, 0
  local size = theme.size
  for index, name in ipairs(names) do
    local shown = M.fitted(name, width - 20, size)
    local needed = 11 + text.width(shown, size) + 12
    if at > x and at + needed > x + width then
      at, line = x, line + 1
    end
    if g then
      local top = y + line * (size + 5)
      g:rect(at, top, 7, 7, { fill = M.color(theme, index) })
      g:text(at + 11, top + 6.6, shown, { size = size, fill = theme.ink })
    end
    at = at + needed
  end
  return (line + 1) * (size + 5)
end

-- A scale from values to positions, over round numbers.
function M.scale(low, high, from, to, count)
  local ticks = number.ticks(low, high, count)
  local first, last = ticks[1], ticks[#ticks]
  return {
    ticks = ticks,
    at = function(value)
      return from + (value - first) / (last - first) * (to - from)
    end,
  }
end

-- Horizontal lines of the grid with their labels at the left of x.
function M.grid(g, theme, scale, x, width, options)
  for _, tick in ipairs(scale.ticks) do
    local y = scale.at(tick)
    g:line(x, y, x + width, y, {
      stroke = tick == 0 and theme.muted or theme.grid, width = tick == 0 and 0.75 or 0.5,
    })
    g:text(x - 5, y + 2.6, M.value_text(tick, options), {
      size = theme.size, anchor = "end", fill = theme.muted,
    })
  end
end

-- How much room the labels of a scale take.
function M.label_width(scale, theme, options)
  local width = 0
  for _, tick in ipairs(scale.ticks) do
    width = math.max(width, text.width(M.value_text(tick, options), theme.size))
  end
  return width
end

-- The least and greatest value of all series.
function M.range(series)
  local low, high
  for _, one in ipairs(series) do
    for index = 1, one.count do
      local value = one.values[index]
      if value then
        low = math.min(low or value, value)
        high = math.max(high or value, value)
      end
    end
  end
  return low or 0, high or 0
end

return M
