-- Brevier — recommendations: "What to do: details (owner: who, due: when)" as a table.
-- SPDX-License-Identifier: MIT
local date = require "brevier.date"
local e = require "brevier.element"
local facts = require "brevier.facts"

-- Owner and due date of a text that ends in them, and the text without.
local function task_of(value)
  local before, inside = value:match("^(.-)%s*%(([^()]*)%)%.?$")
  if not inside then return nil end
  local owner = inside:match("[Oo]wner:%s*([^,;]+)")
  local due = inside:match("[Dd]ue:%s*([^;]+)$") or inside:match("[Dd]ue:%s*([^,;]+)")
  if not owner and not due then return nil end
  return { text = before, owner = owner, due = due }
end

local function due_text(due, lang)
  local day = due and date.parse(due)
  return day and date.format(day, "%d %b %Y", lang) or due or "–"
end

-- The text without its owner and date, when it is nothing but text; with links in it, all of it.
local function what_of(fact, task)
  local is_text = #fact.content == 1 and type(fact.content[1]) == "string"
  return task and is_text and task.text or fact.content
end

-- A table when any of them names an owner or a date.
local function task_table(run, lang)
  local found, body = false, e.tbody {}
  for index, fact in ipairs(run) do
    local task = task_of(fact.value)
    found = found or task ~= nil
    body[index] = e.tr {
      e.td { e.strong { class = "label", fact.key, ":" }, " ", what_of(fact, task), fact.rest },
      e.td(task and task.owner or "–"),
      e.td(due_text(task and task.due, lang)),
    }
  end
  local head = e.thead { e.tr { e.th "Action", e.th "Owner", e.th "Due" } }
  return found and e.table { class = "tasks", head, body }
end

return {
  api = 1,
  name = "recommendations",
  version = "1.0.0",
  summary = "What to do, who does it and by when",
  sections = { "recommendations", "mitigations", "actions", "next-steps" },
  render = function(section, context)
    local blocks = facts.replaced(section, function(run)
      return task_table(run, context.document.lang)
    end)
    return e.section { section.heading, facts.labelled(blocks), facts.parts(section, context) }
  end,
}
