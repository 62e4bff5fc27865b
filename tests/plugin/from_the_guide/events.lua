-- Events on an axis of time, in proportion: what lies days apart stands apart.
local date = require "brevier.date"
local e = require "brevier.element"
local list = require "brevier.list"
local text = require "brevier.text"

local WIDTH, LEFT, RIGHT, ROW = 440, 10, 60, 16

local function draw_axis(events, whole, ink, accent)
  local height, early = (#events + 1) * ROW, 0
  return function(g)
    g:line(LEFT, height, WIDTH - RIGHT, height, { stroke = ink, width = 1 })
    for i, event in ipairs(events) do
      local x = LEFT + event.day / whole * (WIDTH - LEFT - RIGHT)
      local is_late = x > WIDTH / 2
      if not is_late then early = i end
      local y = (is_late and early + #events - i + 1 or i) * ROW
      g:line(x, y, x, height, { stroke = accent, width = 0.5, dash = { 2, 2 } })
      g:circle(x, height, 3, { fill = accent })
      g:text(is_late and x - 4 or x + 4, y, event.label,
        { size = 8, fill = ink, anchor = is_late and "end" or "start" })
    end
  end
end

local function render(section, context)
  local dated = list.map(section.facts, function(fact)
    local when = date.parse(fact.key)
    if not when then context.log.warn("no date, not on the axis", fact) end
    return when and {
      when = when, label = date.format(when, "%d %b") .. " " .. text.truncate(fact.value, 50),
    }
  end)
  local events = list.sorted(dated, function(event) return date.iso(event.when) end)
  if #events < 2 then return nil end
  for _, event in ipairs(events) do event.day = date.days(events[1].when, event.when) end
  local whole = math.max(events[#events].day, 1)
  local ink, accent = context.style(e.p "").color, context.style(e.a "").color
  return e.section {
    section.heading,
    e.figure {
      e.drawing {
        width = WIDTH, height = (#events + 1) * ROW + 6,
        draw = draw_axis(events, whole, ink, accent),
        alt = ("%s: %d events in %d days."):format(section.title, #events, whole),
        text = table.concat(list.map(events, function(event) return event.label end), "\n"),
      },
      e.figcaption { section.title, " over ", whole, " days" },
    },
    section.blocks,
  }
end

return {
  api = 1, name = "events", version = "1.0.0",
  summary = "Dated facts on an axis of time", sections = { "events" },
  render = render,
}
