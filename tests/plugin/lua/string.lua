-- Brevier — the string and utf8 libraries; the patterns are compared with stock Lua elsewhere.
-- SPDX-License-Identifier: MIT
local check = require "check"

local same, fails = check.same, check.fails

local function strings()
  same(("abc"):upper() .. ("ÄBC"):lower(), "ABC" .. "Äbc")
  same(("abc"):reverse(), "cba")
  same(("ab"):rep(3, "-"), "ab-ab-ab")
  same(("abc"):len(), 3)
  same(("abcdef"):sub(-3, -2), "de")
  same(string.char(65, 66), "AB")
  same(select("#", ("abc"):byte(1, -1)), 3)
  same(("a.b"):find(".", 1, true), 2)
  same(("key = value"):match("^(%w+)%s*=%s*(%w+)$"), "key")
  same(("hello"):gsub("l", { l = "L" }), "heLLo")
  same(("hello"):gsub("", "-"), "-h-e-l-l-o-")
  same(("abc"):gsub("%w", "%0%0", 2), "aabbc")
  same(("x"):gsub("x", function() return nil end), "x")
  local words = {}
  for word in ("one two  three"):gmatch("%a+") do words[#words + 1] = word end
  same(table.concat(words, ","), "one,two,three")
end

local function formats()
  same(string.format("%5d|%-5d|%05d", 42, 42, 42), "   42|42   |00042")
  same(string.format("%s %s %s", nil, true, {}), "nil true table")
  same(string.format("%.3s|%5s", "abcdef", "x"), "abc|    x")
  same(string.format("%x %X %#x %o", 255, 255, 255, 8), "ff FF 0xff 10")
  same(string.format("%.2f %g %e", 1 / 3, 0.1, 12345.678), "0.33 0.1 1.234568e+04")
  same(string.format("%c%%", 65), "A%")
  fails("invalid conversion", string.format, "%p", {})
  fails("invalid conversion", string.format, "%q", "x")
  fails("number has no integer representation", string.format, "%d", 1.5)
end

local function malformed()
  for _, pattern in ipairs { "[a", "%", "(a", "a)", "%b", "%f", "%1", "(%1)", "[%" } do
    fails("", string.match, "", pattern)
  end
  fails("invalid use", string.gsub, "a", "a", "%x")
  fails("invalid capture index", string.gsub, "a", "a", "%2")
  fails("invalid replacement value", string.gsub, "a", "a", function() return {} end)
end

local function characters()
  same(utf8.char(233, 8364, 128512), "é€😀")
  same(utf8.len("é€😀"), 3)
  same(select(2, utf8.len("a\xFFb")), 2)
  same(utf8.codepoint("€"), 8364)
  same(utf8.offset("é€😀", 3), 6)
  same(utf8.offset("é€😀", -1), 6)
  local seen = {}
  for at, code in utf8.codes("aé") do seen[#seen + 1] = at .. ":" .. code end
  same(table.concat(seen, " "), "1:97 2:233")
  same(("é€"):match("^" .. utf8.charpattern), "é")
  fails("not a Unicode character", utf8.char, 0xD800)
  fails("invalid UTF-8", utf8.codepoint, "\xFF")
end

return {
  api = 1, name = "string", version = "1.0.0", summary = "A test", sections = { "probe" },
  render = function()
    strings()
    formats()
    malformed()
    characters()
  end,
}
