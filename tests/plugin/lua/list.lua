-- Brevier — brevier.list and brevier.table.
-- SPDX-License-Identifier: MIT
local e = require "brevier.element"
local list = require "brevier.list"
local tables = require "brevier.table"
local same = require("check").same

local function words(items)
  return table.concat(items, " ")
end

local function lists()
  same(words(list.map({ 1, 2, 3 }, function(n) return n ~= 2 and n * 10 or nil end)), "10 30")
  same(words(list.filter({ 1, 2, 3 }, function(n) return n > 1 end)), "2 3")
  same(select(2, list.find({ "a", "b" }, function(s) return s == "b" end)), 2)
  same(list.find({}, function() return true end), nil)
  assert(list.contains({ "a", "b" }, "b") and not list.contains({}, nil))
  same(words(list.sorted { 3, 1, 2 }), "1 2 3")
  same(words(list.sorted({ 3, 1, 2 }, nil, true)), "3 2 1")
  local people = { { name = "C", of = 2 }, { name = "A", of = 1 }, { name = "B", of = 2 }, {} }
  same(list.sorted(people, "name")[1].name, "A")
  same(list.sorted(people, "name")[4].name, nil)
  local groups = list.grouped(people, "of")
  same(#groups, 3)
  same(groups[1].key, 2)
  same(#groups[1].items, 2)
  same(words(list.unique { "b", "a", "b" }), "b a")
  same(list.sum({ 1, 2, 3.5 }), 6.5)
  same(list.sum(people, "of"), 5)
  same(list.greatest({ 3, 9, 4 }), 9)
  same(list.greatest({}), nil)
  same(words(list.joined({ 1 }, {}, { 2, 3 })), "1 2 3")
  same(#list.chunks({ 1, 2, 3 }, 2)[2], 1)
  assert(not pcall(list.chunks, {}, 0))
  same(table.concat(list.enumerated { "a", "b", "c" }), "a, b and c")
  same(table.concat(list.enumerated({ "a", "b" }, "; ", " or ")), "a or b")
end

local function the_tables()
  local element = e.table {
    e.caption "Sales",
    e.thead { e.tr { e.th "Region", e.th "Year", e.th "Sold" } },
    e.tbody {
      e.tr { e.td "North", e.td "2024", e.td { "1", e.em "0" } },
      e.tr { e.td "South", e.td "2024", e.td "7" },
      e.tr { e.td "North", e.td "2025", e.td "12" },
    },
  }
  local data, at = tables.first { e.p "x", element }
  same(at, 2)
  same(data.caption, "Sales")
  same(words(data.columns), "Region Year Sold")
  same(words(tables.column(data, "sold")), "10 7 12")
  same(words(tables.column(data, 1)), "North South North")
  same(tables.has(data, "YEAR"), 2)
  same(tables.has(data, "Month"), nil)
  assert(not pcall(tables.column, data, "Month"))
  same(tables.sorted(data, "Sold", true, tonumber).rows[1][3], "12")
  local across = tables.pivot(data, "Region", "Year", "Sold", table.concat)
  same(words(across.columns), "Region 2024 2025")
  same(table.concat(across.rows[1], "|"), "North|10|12")
  same(table.concat(across.rows[2], "|"), "South|7|")
  same(tables.pivot(data, "Region", "Year").rows[1][2], 1)
  local made = tables.element(across, {
    class = "sales", align = { "left", "right" }, row_head = true,
  })
  same(made.class, "sales")
  same(#tables.read(made).rows, 2)
  same(made[#made][1][1].tag, "th")
  same(made[1][1][2]["data-align"], "right")
  local longer = tables.element { columns = { "A" }, rows = { { "1", "2", "3" } } }
  same(#longer[1][1], 1)
  same(#longer[2][1], 3)
  same(tables.first { e.p "x" }, nil)
  assert(not pcall(tables.read, e.p "x"))
end

return {
  api = 1, name = "list", version = "1.0.0", summary = "A test", sections = { "probe" },
  render = function(section)
    lists()
    the_tables()
    same(tables.from_facts(section.facts).rows[1][2], "today")
  end,
}
