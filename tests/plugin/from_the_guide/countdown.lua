-- How much of the time that was agreed is gone: facts "Reported", "Due" and "As of".
local chart = require "brevier.chart"
local date = require "brevier.date"
local e = require "brevier.element"

local function day(section, slug, context)
  local fact = section.facts[slug]
  local found = fact and date.parse(fact.value)
  if fact and not found then context.log.warn("expected a date like 2025-03-04", fact) end
  return found
end

local function sentence(left)
  if left < 0 then return e.strong { class = "overdue", -left, " days overdue" } end
  return e.strong { class = "left", left, left == 1 and " day left" or " days left" }
end

local function render(section, context)
  local from = day(section, "reported", context)
  local due = day(section, "due", context)
  local now = day(section, "as-of", context) or date.parse(context.document.date)
  if not (from and due and now) then return nil end
  local whole, left = date.days(from, due), date.days(now, due)
  if whole <= 0 then
    context.log.warn("due before it was reported", section.facts["due"])
    return nil
  end
  return e.section {
    section.heading,
    e.p { sentence(left), ", due on ", date.format(due), "." },
    chart.gauge {
      value = whole - left, max = math.max(whole, whole - left), unit = "days", context = context,
      title = "Time used",
      zones = { { 0, "#009e73" }, { whole * 0.75, "#e69f00" }, { whole, "#d55e00" } },
    },
    section.blocks,
    e.div { section.subsections[1] and context.render(section.subsections[1]) },
  }
end

return {
  api = 1, name = "countdown", version = "1.0.0",
  summary = "Days left of an agreed time, as a gauge",
  sections = { "service-level", "deadline" }, render = render,
}
