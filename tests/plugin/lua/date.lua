-- Brevier — brevier.date.
-- SPDX-License-Identifier: MIT
local date = require "brevier.date"
local same = require("check").same

local function parsing()
  for text, iso in pairs {
    ["2025-03-04"] = "2025-03-04", [" 2024-02-29 "] = "2024-02-29",
    ["2025-03-04T09:15:00Z"] = "2025-03-04", ["4 March 2025"] = "2025-03-04",
    ["4th March 2025"] = "2025-03-04", ["March 4, 2025"] = "2025-03-04",
    ["Mar 4 2025"] = "2025-03-04", ["04.03.2025"] = "2025-03-04", ["4. März 2025"] = "2025-03-04",
    ["1 août 1999"] = "1999-08-01",
  } do
    local found = date.parse(text)
    assert(found, text)
    same(date.iso(found), iso)
  end
  for _, text in ipairs {
    "", "today", "2025-02-29", "2025-13-01", "31 April 2025", "3/4/2025", "2025-03-04x",
    "2025-03-04T25:00", "4 Smarch 2025", "0000-01-01",
  } do
    same(date.parse(text), nil)
  end
  same(date.parse("2025-03-04 07:05").minute, 5)
end

local function writing()
  same(date.format("2025-03-04"), "4 March 2025")
  same(date.format("2025-03-04", "%A, %b %d"), "Tuesday, Mar 4")
  same(date.format("2025-03-04", "%d. %B %Y", "de-AT"), "4. März 2025")
  same(date.format("2025-03-04T09:05", "%H:%M %%"), "09:05 %")
  assert(not pcall(date.format, "2025-03-04", "%q"))
  assert(not pcall(date.format, "soon"))
end

local function differences()
  same(date.days("2025-02-28", "2025-03-01"), 1)
  same(date.days("2024-02-28", "2024-03-01"), 2)
  same(date.days("2000-01-01", "2100-01-01"), 36525)
  same(date.days("2025-03-04", "2025-03-01"), -3)
  same(date.iso(date.add("2024-12-31", 1)), "2025-01-01")
  same(date.iso(date.add("2024-03-01", -1)), "2024-02-29")
  same((date.weekday("1970-01-01")), "Thursday")
  same(select(2, date.weekday("2025-03-09")), 7)
  assert(date.before("2025-03-04", "2025-03-05"))
  assert(date.before("2025-03-04 07:05", "2025-03-04 07:06"))
  assert(not date.before("2025-03-04", "2025-03-04"))
  -- Days of eight years, there and back.
  for number = 0, 2922, 7 do
    local day = date.add("1996-01-01", number)
    same(date.days("1996-01-01", day), number)
    same(date.iso(date.parse(date.iso(day))), date.iso(day))
  end
end

return {
  api = 1, name = "date", version = "1.0.0", summary = "A test", sections = { "probe" },
  render = function()
    parsing()
    writing()
    differences()
  end,
}
