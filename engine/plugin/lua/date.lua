-- Brevier — brevier.date: dates of the calendar. There is no clock.
-- SPDX-License-Identifier: MIT

--- Dates: parsing, writing, differences. A date is `{ year = 2025, month = 3, day = 4 }`, with hour
--- and minute where they were given.
local M = ...

local months = {
  en = { "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December" },
  de = { "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September",
    "Oktober", "November", "Dezember" },
  fr = { "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
    "octobre", "novembre", "décembre" },
  es = { "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
    "octubre", "noviembre", "diciembre" },
  it = { "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto",
    "settembre", "ottobre", "novembre", "dicembre" },
}
local weekdays = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" }

local function month_names(lang)
  return months[(lang or "en"):lower():match("^%a+")] or months.en
end

-- A month by its name or at least three letters of it, in any of the languages.
local function month_of(word)
  word = word:lower():gsub("%.$", "")
  if #word < 3 then return nil end
  for _, lang in ipairs { "en", "de", "fr", "es", "it" } do
    for number, name in ipairs(months[lang]) do
      if name:lower():sub(1, #word) == word then return number end
    end
  end
  return nil
end

local function is_leap(year)
  return year % 4 == 0 and (year % 100 ~= 0 or year % 400 == 0)
end

local lengths = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 }

local function month_length(year, month)
  return month == 2 and is_leap(year) and 29 or lengths[month]
end

-- A date when its parts are those of one; the time of day is kept as it is.
local function checked(year, month, day, hour, minute)
  year, month, day = tonumber(year), tonumber(month), tonumber(day)
  hour, minute = tonumber(hour), tonumber(minute)
  if not (year and month and day) or year < 1 or month < 1 or month > 12 then return nil end
  if day < 1 or day > month_length(year, month) then return nil end
  if hour and (hour > 23 or (minute or 0) > 59) then return nil end
  return { year = year, month = month, day = day, hour = hour, minute = minute }
end

-- Days since the first of March of the year 0: a leap day ends its year.
local function day_number(date)
  local year, month = date.year, date.month - 3
  if month < 0 then year, month = year - 1, month + 12 end
  return 365 * year + year // 4 - year // 100 + year // 400 + (153 * month + 2) // 5 + date.day - 1
end

local function from_day_number(number)
  local era = number // 146097
  local rest = number - era * 146097
  local year = (rest - rest // 1460 + rest // 36524 - rest // 146096) // 365
  local of_year = rest - (365 * year + year // 4 - year // 100)
  local month = (5 * of_year + 2) // 153
  local day = of_year - (153 * month + 2) // 5 + 1
  month = month + 3
  year = year + era * 400
  if month > 12 then year, month = year + 1, month - 12 end
  return { year = year, month = month, day = day }
end

local function expect_date(value, level)
  if type(value) == "string" then value = M.parse(value) end
  if type(value) ~= "table" or not value.year or not value.month or not value.day then
    error("expected a date, or a text that is one", level or 3)
  end
  return value
end

--- The date in a text, or nil: `2025-03-04`, with a time after it perhaps, `4 March 2025`,
--- `March 4, 2025`, `04.03.2025`. What could be read in two ways (`3/4/2025`) is no date.
---@param text string
---@return brevier.Date?
function M.parse(text)
  local y, m, d, rest = text:match("^%s*(%d%d%d%d)%-(%d%d)%-(%d%d)(.*)$")
  if y then
    local hour, minute = rest:match("^[T ](%d%d):(%d%d)")
    if not hour and rest:find("%S") then return nil end
    return checked(y, m, d, hour, minute)
  end
  d, m, y = text:match("^%s*(%d%d?)%.%s?(%d%d?)%.%s?(%d%d%d%d)%s*$")
  if y then return checked(y, m, d) end
  local name
  d, name, y = text:match("^%s*(%d%d?)%.?%a?%a?%s+([^%s%d]+)%s+(%d%d%d%d)%s*$")
  if not y then
    name, d, y = text:match("^%s*([^%s%d]+)%s+(%d%d?)%a?%a?,?%s+(%d%d%d%d)%s*$")
  end
  local month = name and month_of(name)
  return month and checked(y, month, d) or nil
end

--- The date as text. In the pattern `%d` is the day, `%D` with a zero, `%m` and `%b` and `%B` the
--- month as two digits, short and in full, `%Y` the year, `%H` and `%M` the time, `%A` the weekday
--- in English.
---@param date brevier.Date|string
---@param pattern? string "%d %B %Y" by default
---@param lang? string
---@return string
function M.format(date, pattern, lang)
  date = expect_date(date)
  local name = month_names(lang)[date.month]
  local parts = {
    d = tostring(date.day), D = ("%02d"):format(date.day), m = ("%02d"):format(date.month),
    B = name, b = name:sub(1, (utf8.offset(name, 4) or #name + 1) - 1),
    Y = ("%04d"):format(date.year), H = ("%02d"):format(date.hour or 0),
    M = ("%02d"):format(date.minute or 0), A = M.weekday(date), ["%"] = "%",
  }
  return ((pattern or "%d %B %Y"):gsub("%%(.)", function(key)
    if not parts[key] then error("a date has no \"%" .. key .. "\"", 4) end
    return parts[key]
  end))
end

--- `2025-03-04`.
---@param date brevier.Date|string
---@return string
function M.iso(date)
  date = expect_date(date)
  return ("%04d-%02d-%02d"):format(date.year, date.month, date.day)
end

--- Whole days from one date to another, negative when the second is earlier.
---@param from brevier.Date|string
---@param to brevier.Date|string
---@return integer
function M.days(from, to)
  return day_number(expect_date(to)) - day_number(expect_date(from))
end

--- The date so many days later.
---@param date brevier.Date|string
---@param days integer
---@return brevier.Date
function M.add(date, days)
  return from_day_number(day_number(expect_date(date)) + days)
end

--- The weekday in English, and its number: 1 is Monday.
---@param date brevier.Date|string
---@return string, integer
function M.weekday(date)
  local number = (day_number(expect_date(date)) + 2) % 7 + 1
  return weekdays[number], number
end

--- Whether the first date is before the second, the time of day included.
---@param a brevier.Date|string
---@param b brevier.Date|string
---@return boolean
function M.before(a, b)
  a, b = expect_date(a), expect_date(b)
  local function key(date)
    return (day_number(date) * 24 + (date.hour or 0)) * 60 + (date.minute or 0)
  end
  return key(a) < key(b)
end

return M
