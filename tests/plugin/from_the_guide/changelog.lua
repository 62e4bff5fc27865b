-- What changed and when: "1.2, 2025-03-01: text" in any order, newest first, one group a version.
local date = require "brevier.date"
local e = require "brevier.element"
local facts = require "brevier.facts"
local list = require "brevier.list"

local function entry(fact)
  local version, rest = fact.key:match("^v?([%d.]+),?%s*(.*)$")
  local day = rest and date.parse(rest)
  return version and {
    version = version, day = day, content = fact.content, iso = day and date.iso(day) or "",
  }
end

local function newest_first(entries)
  return list.grouped(list.sorted(entries, "iso", true), "version")
end

local function render(section, context)
  local blocks = facts.replaced(section, function(run)
    local entries = list.map(run, entry)
    if #entries < #run then return nil end
    local rows = {}
    for _, group in ipairs(newest_first(entries)) do
      local first = group.items[1]
      rows[#rows + 1] = e.dt { group.key, first.day and { " · ", date.format(first.day) } }
      rows[#rows + 1] = e.dd {
        e.ul(list.map(group.items, function(item) return e.li(item.content) end)),
      }
    end
    return e.dl { class = "changelog", rows }
  end)
  return e.section { section.heading, blocks, facts.parts(section, context) }
end

return {
  api = 1, name = "changelog", version = "1.0.0", summary = "Changes by version, the newest first",
  sections = { "changelog", "document-history" }, render = render,
}
