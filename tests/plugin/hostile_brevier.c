// Brevier — hostile plugins: what Brevier adds to the language.
// SPDX-License-Identifier: MIT
#include "hostile.h"

#include "base/macros.h"

static const struct attack attacks[] = {
    // What render must not return.
    { "a number of elements too many",
      "local t = {} for i = 1, 60000 do t[i] = { tag = 'p', 'x' } end return t",
      "more than 100000 elements" },
    { "amplification by sharing",
      "local p = e.p 'x' for i = 1, 40 do p = { p, p } end return p",
      "more than 100000 elements" },
    { "amplification of text",
      "local s = ('x'):rep(200000) local t = {} "
      "for i = 1, 1000 do t[i] = e.p(s) end return t",
      "more than 100000 elements" },
    { "a cycle", "local t = { tag = 'div' } t[1] = t return t", "nested more than 100 deep" },
    { "a cycle of lists", "local t = {} t[1] = t return t", "nested too deeply" },
    { "depth",
      "local t = e.div 'x' for i = 1, 200 do t = e.div { t } end return t",
      "nested more than 100 deep" },
    { "a function", "return { function() end }", "a function is no element" },
    { "true", "return { true }", "true is no element" },
    { "a view", "return { section }", "[1]: a section is no element" },
    { "an unknown tag",
      "return { tag = 'pp' }",
      "there is no element \"pp\" (did you mean \"p\"?)" },
    { "a wrong tag", "return { tag = 5 }", "\"tag\" is a number" },
    { "an unknown attribute",
      "return { tag = 'p', clas = 'x' }",
      "has no attribute \"clas\" (did you mean \"class\"?)" },
    { "an unknown attribute in a constructor",
      "return e.p { clas = 'x' }",
      "p has no attribute \"clas\" (did you mean \"class\"?)" },
    { "an attribute of a wrong type",
      "return e.p { class = {} }",
      "attribute \"class\" is a table" },
    { "an unknown element", "return e.para 'x'", "there is no element \"para\"" },
    { "a block in an inline",
      "return e.p { e.em { e.div 'x' } }",
      "[1][1]: \"div\" may not stand in \"em\"" },
    { "a cell alone", "return { e.p 'fine', e.td 'x' }", "[2]: \"td\" may not stand in \"div\"" },
    { "text in a table", "return e.table { 'x' }", "[1]: \"text\" may not stand in \"table\"" },
    { "a link in a link",
      "return e.p { e.a { href = '#a', e.a { href = '#b', 'x' } } }",
      "a link may not stand in a link" },
    { "a colspan that is none",
      "return e.table { e.tr { e.td { colspan = 'many', 'x' } } }",
      "attribute \"colspan\"" },
    { "a table without tag", "return { class = 'x', 'y' }", "attributes but no \"tag\"" },
    { "a metatable on the result",
      "return setmetatable({}, { __index = function() while true do end end, "
      "__len = function() while true do end end }), error('raw access only')",
      "raw access only" },
    { "holes without end", "return { [1] = 'x', [1 << 40] = 'y' }", "too many holes" },
    { "a position below one", "return { tag = 'p', [0] = 'x' }", "a child at position 0" },
    { "keys that are tables", "return { tag = 'p', [{}] = 'x' }", "a table as a key" },

    // Views and the log.
    { "writing to the section", "section.title = 'x'", "a section is read-only" },
    { "writing to the context", "context.output = 'x'", "a context is read-only" },
    { "a misspelt field",
      "return section.titel",
      "a section has no field \"titel\" (did you mean \"title\"?)" },
    { "log for ever", "while true do context.log.warn('again') end", "ran for more than" },
    { "render for ever", "while true do context.render(section) end", "ran for more than" },
    { "keeping render's tables",
      "local t = {} while true do t[#t + 1] = context.render(section) end",
      "of memory" },
    { "render of something else", "context.render({})", "section expected" },
    { "tables as keys of pairs", "for _ in pairs({ [{}] = 1 }) do end", "no fixed order" },

    // Drawings.
    { "a million shapes",
      "return e.drawing { width = 10, height = 10, alt = 'x', draw = function(g) "
      "for i = 1, 1e6 do g:line(0, 0, i, i) end end }",
      "of memory" },
    { "drawings without end",
      "while true do e.drawing { width = 10, height = 10, alt = 'x', draw = function(g) "
      "for i = 1, 50 do g:rect(0, 0, 1, 1) end end } end",
      "of memory" },
    { "empty drawings without end",
      "while true do e.drawing { width = 10, height = 10, alt = 'x', draw = function() end } end",
      "of memory" },
    { "a coordinate that is no number",
      "return e.drawing { width = 10, height = 10, alt = 'x', "
      "draw = function(g) g:line(0 / 0, 0, 1, 1) end }",
      "expected a number up to a million" },
    { "an endless coordinate",
      "return e.drawing { width = 10, height = 10, alt = 'x', "
      "draw = function(g) g:circle(math.huge, 0, 1) end }",
      "expected a number up to a million" },
    { "a huge coordinate",
      "return e.drawing { width = 10, height = 10, alt = 'x', "
      "draw = function(g) g:polyline({ 0, 0, 1e300, -1e300 }) end }",
      "expected a number up to a million" },
    { "a drawing of no size",
      "return e.drawing { width = 0 / 0, height = 10, alt = 'x', draw = function() end }",
      "\"width\" is" },
    { "a drawing of negative size",
      "return e.drawing { width = 10, height = -10, alt = 'x', draw = function() end }",
      "\"height\" is" },
    { "a gradient of a million stops",
      "local stops = {} for i = 1, 1e6 do stops[i] = { i / 1e6, 'white' } end "
      "return e.drawing { width = 10, height = 10, alt = 'x', draw = function(g) "
      "g:rect(0, 0, 9, 9, { fill = { linear = { 0, 0, 9, 9 }, stops = stops } }) end }",
      "of memory" },
    { "a gradient of many stops",
      "local stops = {} for i = 1, 1000 do stops[i] = { i / 1000, 'white' } end "
      "return e.drawing { width = 10, height = 10, alt = 'x', draw = function(g) "
      "g:rect(0, 0, 9, 9, { fill = { linear = { 0, 0, 9, 9 }, stops = stops } }) end }",
      "\"stops\" has 1000 entries" },
    { "dashes without end",
      "local dash = {} for i = 1, 1000 do dash[i] = 0.001 end "
      "return e.drawing { width = 10, height = 10, alt = 'x', draw = function(g) "
      "g:line(0, 0, 1e6, 0, { stroke = 'navy', dash = dash }) end }",
      "\"dash\" has 1000 lengths" },
    { "groups without end",
      "return e.drawing { width = 10, height = 10, alt = 'x', draw = function(g) "
      "local function deeper(h) h:group({}, deeper) end deeper(g) end }",
      "C stack overflow" },
    { "scales of scales",
      "return e.drawing { width = 10, height = 10, alt = 'x', draw = function(g) "
      "local function deeper(h) h:group({ scale = 10000 }, deeper) end deeper(g) end }",
      "C stack overflow" },
    { "a scale that is no number",
      "return e.drawing { width = 10, height = 10, alt = 'x', draw = function(g) "
      "g:group({ scale = 0 / 0 }, function() end) end }",
      "\"scale\"" },
    { "a group that raises",
      "return e.drawing { width = 10, height = 10, alt = 'x', draw = function(g) "
      "pcall(g.group, g, {}, function(h) h:rect(0, 0, 1, 1) error('left open') end) "
      "error('the canvas has ' .. tostring(g)) end }",
      "the canvas has" },
    { "a group used after it",
      "return e.drawing { width = 10, height = 10, alt = 'x', draw = function(g) local kept "
      "g:group({}, function(h) kept = h end) kept:rect(0, 0, 1, 1) error('alive') end }",
      "alive" },
    { "a canvas kept",
      "local kept e.drawing { width = 10, height = 10, alt = 'x', draw = function(g) kept = g end "
      "} "
      "kept:rect(0, 0, 1, 1)",
      "used after its draw had returned" },
    { "a drawing in its own draw",
      "local function draw() return e.drawing { width = 10, height = 10, alt = 'x', draw = draw } "
      "end return draw()",
      "C stack overflow" },
    { "a path without end",
      "local path = { 'M', 0, 0 } for i = 1, 3e5 do path[#path + 1] = 'L' path[#path + 1] = i % 9 "
      "path[#path + 1] = 1 end return e.drawing { width = 10, height = 10, alt = 'x', "
      "draw = function(g) for i = 1, 1e6 do g:path(path) end end }",
      "of memory" },
    { "a path that begins nowhere",
      "return e.drawing { width = 10, height = 10, alt = 'x', "
      "draw = function(g) g:path({ 'L', 1, 1 }) end }",
      "a path begins with \"L\"" },
    { "points with __index",
      "return e.drawing { width = 10, height = 10, alt = 'x', draw = function(g) "
      "g:polyline(setmetatable({}, { __len = function() return 1 << 40 end, "
      "__index = function() while true do end end })) end }",
      "0 numbers are no list of points, expected x1, y1, x2, y2, …" },
    { "text of a drawing without end",
      "return e.drawing { width = 10, height = 10, alt = 'x', "
      "draw = function(g) g:text(0, 0, ('x'):rep(200000)) end }",
      "a text of 200000 bytes" },

    // Brevier's own modules.
    { "format of a date without end",
      "local date = require 'brevier.date' "
      "while true do date.format(date.parse('2025-03-04'), ('%B'):rep(10000)) end",
      "ran for more than" },
    { "days beyond the calendar",
      "local date = require 'brevier.date' "
      "for i = 1, 1e9 do date.add(date.parse('2025-03-04'), math.maxinteger - i) end",
      "ran for more than" },
    { "parse of a long number",
      "local number = require 'brevier.number' "
      "while true do number.parse(('1,'):rep(100000)) end",
      "ran for more than" },
    { "ticks without end",
      "local number = require 'brevier.number' "
      "return number.ticks(0, 1e17, 1e9), number.ticks(0, 1, 1 << 60), error('ticks ended')",
      "ran for more than" },
    { "sorted by a liar",
      "local list = require 'brevier.list' local t, n = {}, 0 for i = 1, 5000 do t[i] = i end "
      "while true do pcall(list.sorted, t, function() n = n + 1 return n * 7919 % 13 end) end",
      "ran for more than" },
    { "a pivot of everything",
      "local tables = require 'brevier.table' local rows = {} "
      "for i = 1, 3000 do rows[i] = { 'r' .. i, 'c' .. i, i } end "
      "return tables.pivot({ columns = { 'a', 'b', 'c' }, rows = rows }, 'a', 'b', 'c'), "
      "error('pivoted')",
      "ran for more than" },
    { "sentences without end",
      "local text = require 'brevier.text' while true do text.sentences(('a. B'):rep(50000)) end",
      "ran for more than" },
    { "padding without end",
      "local text = require 'brevier.text' return text.padded('x', 1 << 40)",
      "made a string longer than" },
    { "truncation of much",
      "local text = require 'brevier.text' "
      "while true do text.truncate(('x'):rep(200000), 199999) end",
      "ran for more than" },
    { "slugs of much",
      "local text = require 'brevier.text' while true do text.slug(('x y'):rep(80000)) end",
      "ran for more than" },
    { "splitting by a prefix of itself",
      "local text = require 'brevier.text' local s = ('a'):rep(200000) "
      "while true do text.split(s, ('a'):rep(100000) .. 'b') end",
      "ran for more than" },
    { "Markdown without end", "while true do require 'brevier'.markdown('*a* ') end", "of memory" },
    { "Markdown of many links",
      "local brevier = require 'brevier' "
      "while true do brevier.markdown(('[a]('):rep(16000)) end",
      "ran for more than" },
    { "Markdown that nests",
      "local brevier = require 'brevier' "
      "while true do brevier.markdown(('> '):rep(30000) .. 'x') end",
      "ran for more than" },
    { "Markdown of many paragraphs",
      "local brevier = require 'brevier' local all = {} "
      "while true do all[#all + 1] = brevier.markdown(('a\\n\\n'):rep(20000)) end",
      "of memory" },
    { "Markdown of tables",
      "local brevier = require 'brevier' local s = '|' .. ('a|'):rep(150) .. '\\n|' .. "
      "('-|'):rep(150) .. '\\n' .. ('|\\n'):rep(30000) while true do brevier.markdown(s) end",
      "ran for more than" },
    { "Markdown that nests emphasis",
      "local brevier = require 'brevier' "
      "while true do brevier.markdown(('*a _b '):rep(9000)) end",
      "ran for more than" },
    { "styles without end",
      "while true do context.style(e.span { class = 'x' }) end",
      "ran for more than" },
    { "a style of a cycle",
      "local t = { tag = 'div' } t[1] = t return context.style(t)",
      "context.style was given [1][1][1][1][1][1][1][1][1][1][1][1][1][1][1][1][1][1]" },
    { "a chart of a million bars",
      "local chart = require 'brevier.chart' local labels, values = {}, {} "
      "for i = 1, 1e5 do labels[i] = 'x' .. i values[i] = i end "
      "return chart.bar { title = 'x', labels = labels, values = values }",
      "ran for more than" },
    { "a chart of no numbers",
      "local chart = require 'brevier.chart' "
      "return chart.line { title = 'x', labels = { 'a', 'b' }, values = { 0 / 0, math.huge } }, "
      "error('drawn')",
      "is nan, expected a number from" },
    { "a flow that goes in circles",
      "local chart = require 'brevier.chart' local edges = {} "
      "for i = 1, 2000 do edges[i] = { 'n' .. i, 'n' .. i * 7 % 2000 } end "
      "while true do chart.flow { title = 'x', edges = edges } end",
      "a flow needs 1 to 60 boxes, this has 2001" },
    { "a timeline without end",
      "local chart = require 'brevier.chart' local events = {} "
      "for i = 1, 50000 do events[i] = { '2025-03-04', 'x' } end "
      "return chart.timeline { title = 'x', events = events, sorted = true }",
      "ran for more than" },

    // Tables that lie, in what is returned and in what is called.
    { "an element with __index",
      "return setmetatable({ tag = 'p' }, { __index = function() while true do end end }), "
      "error('not asked')",
      "not asked" },
    { "an element with __pairs and __len in a list",
      "local m = { __pairs = function() while true do end end, "
      "__len = function() while true do end end } "
      "return { setmetatable({ tag = 'p', 'x' }, m), 5 == nil, function() end }",
      "a function is no element" },
    { "a constructor's argument with __pairs",
      "return e.p(setmetatable({ 'x' }, { __pairs = function() while true do end end, "
      "__index = function() while true do end end })), e.p { clas = 'x' }",
      "p has no attribute" },
    { "an attribute with __tostring",
      "return e.p { class = setmetatable({}, { __tostring = function() while true do end end }) }",
      "attribute \"class\" is a table" },
    { "the metatable of a result's child",
      "local m = {} m.__index = m m.__newindex = m "
      "return e.div { setmetatable({}, m), setmetatable({ tag = 'nothing' }, m) }",
      "there is no element \"nothing\"" },
    { "a metatable that changes",
      "local m = {} local t = setmetatable({}, m) m.__gc = function() while true do end end "
      "m.__mode = 'k' setmetatable(t, nil) setmetatable(t, m)",
      "a metatable may not have \"__" },
    { "__metatable on one's own",
      "local t = setmetatable({}, { __metatable = {} }) setmetatable(t, {})",
      "protected metatable" },
    { "a sort by a liar",
      "local t, n = {}, 0 for i = 1, 3000 do t[i] = i end "
      "while true do table.sort(t, function() n = n + 1 return n % 3 ~= 0 end) end",
      "ran for more than" },
    { "a sort that always says yes",
      "local t = {} for i = 1, 1000 do t[i] = i end table.sort(t, function() return true end) "
      "error('sorted')",
      "sorted" },
    { "a sort that empties its table",
      "local t = {} for i = 1, 1000 do t[i] = i end "
      "table.sort(t, function(a, b) for i = 1, 1000 do t[i] = nil end return a < b end)",
      "ran for more than" },
    { "a sort of a growing table",
      "local t = { 3, 2, 1 } while true do table.sort(t, function(a, b) t[#t + 1] = 0 "
      "return a < b end) end",
      "ran for more than" },
    { "move with __len and __newindex",
      "local t = setmetatable({}, { __index = function(_, i) return i end, "
      "__newindex = function() end, __len = function() return math.maxinteger end }) "
      "table.move(t, 1, math.maxinteger - 1, 2, t)",
      "ran for more than" },
    { "move beyond all numbers",
      "table.move({}, math.mininteger, math.maxinteger, 1)",
      "bad argument #3 to 'move' (too many elements to move)" },
    { "unpack with __len",
      "return table.unpack(setmetatable({}, { __len = function() return 1 << 60 end }), 1, 1 << "
      "60)",
      "too many results to unpack, at most 10000" },
    { "concat with __index",
      "return table.concat(setmetatable({}, { __index = function() while true do end end }), '', "
      "1, 2)",
      "a nil at index 1 cannot be put into a text" },
    { "insert with __len",
      "table.insert(setmetatable({}, { __len = function() return math.maxinteger end }), 'x') "
      "while true do end",
      "ran for more than" },

    // Texts.
    { "format by a text of formats",
      "while true do string.format(('%s'):rep(1000), table.unpack({}, 1, 1000)) end",
      "ran for more than" },
    { "format of a long precision", "return ('%.1000f'):format(1)", "invalid conversion" },
    { "format of an address",
      "return ('%p'):format({})",
      "invalid conversion to \"format\", expected one of c d i e f g o s u x X " },
    { "a table's address",
      "error(tostring({}) == tostring({}) and 'no address' or tostring({}))",
      "no address" },
    { "a function's address",
      "error(tostring(print == nil) .. tostring(pairs):gsub('%x%x%x%x+', 'ADDRESS'))",
      "there is no global \"print\": context.log says where a message belongs; " },
    { "numbers as texts",
      "local s = ('9'):rep(200000) while true do local _ = tonumber(s) == s end",
      "ran for more than" },
    { "a text that counts",
      "local s = '1' while true do s = s .. #s pcall(tonumber, s, 36) end",
      "ran for more than" },
    { "patterns of broken UTF-8",
      "local s = ('\\xff\\xc0'):rep(60000) while true do s:gsub(utf8.charpattern, '%0%0') end",
      "ran for more than" },
    { "utf8 beyond Unicode",
      "while true do pcall(utf8.char, 0x7fffffff + 1) utf8.len(('\\xf4'):rep(200000)) end",
      "ran for more than" },
    { "captures without end", "return ('a'):find(('()'):rep(40))", "too many captures" },
    { "replacement that grows",
      "local s = 'aa' while true do s = s:gsub('a', '%0%0') end",
      "made a string longer than" },
    { "replacement by a table that lies",
      "return (('a'):rep(1000):gsub('a', setmetatable({}, { __index = function() "
      "while true do end end })))",
      "ran for more than" },
    { "concatenation in one step",
      "local s = ('x'):rep(250000) while true do local _ = s .. 'y' end",
      "ran for more than" },
    { "concatenations kept",
      "local s, t = ('x'):rep(250000), {} for i = 1, 1e6 do t[i] = s .. i end",
      "of memory" },
    { "long texts as keys",
      "local s, t = ('x'):rep(250000), {} while true do local _ = t[s .. 'y'] end",
      "ran for more than" },
    { "long texts as numbers",
      "local s = ('0'):rep(250000) while true do local _ = pcall(function() return -s end) end",
      "ran for more than" },
    { "pairs over long keys",
      "local t = {} for i = 1, 100 do t[('x'):rep(250000) .. i] = i end "
      "while true do for _ in pairs(t) do end end",
      "of memory" },

    // Errors that are weapons.
    { "an error that raises when told",
      "error(setmetatable({}, { __tostring = function() error('again') end, "
      "__name = ('x'):rep(1000) }))",
      "(a table)" },
    { "an error of a long text", "error(('x\\n'):rep(100000))", "x" },
    { "errors in errors",
      "local function f(n) return select(2, pcall(error, setmetatable({}, { __tostring = "
      "function() return f(n + 1) end }))) end while true do tostring(f(1)) end",
      "\"__tostring\" must return a string" },
    { "an error of control characters",
      "error('\\27[2J\\27]0;owned\\7\\r\\nreport.md:1: fatal')",
      "\\u{1b}[2J\\u{1b}]0;owned\\u{07}\\r\\nreport.md:1: fatal" },
    { "a message that forges a place",
      "error('/etc/passwd:1: error: all is lost', 0)",
      "all is lost" },
    { "an error from deep below",
      "local function f(n) if n == 0 then error('deep') end f(n - 1) end f(150000)",
      "deep" },
    { "a name as long as memory",
      "local t = {} for i = 1, 100 do t[i] = 'x' .. i end "
      "section[('x'):rep(200000)]()",
      "a section has no field \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" },

    // Jumps.
    { "goto in a pcall",
      "::again:: pcall(function() ::top:: goto top end) goto again",
      "ran for more than" },
    { "a loop backwards",
      "for i = math.mininteger, math.maxinteger, 1 do end",
      "ran for more than" },
    { "a loop in a repeat", "repeat local x <const> = 1 until x == 2", "ran for more than" },
    { "select of much",
      "while true do select(-1, table.unpack({}, 1, 9000)) end",
      "ran for more than" },
    { "require in a loop",
      "while true do pcall(require, 'no.such.module') end",
      "ran for more than" },

    // Attributes, classes and ids.
    { "a million attributes",
      "local t = { 'x' } for i = 1, 1e6 do t['data-' .. i] = 'x' end return e.p(t)",
      "of memory" },
    { "many attributes",
      "local t = { 'x' } for i = 1, 5000 do t['data-' .. i] = 'x' end return e.p(t)",
      "more than 16 data attributes" },
    { "long attributes",
      "local t = {} for i = 1, 100 do t[i] = e.p { ['data-x'] = ('x'):rep(200000) } end return t",
      "4 MiB of text" },
    { "an attribute with a forged name",
      "return e.p { ['data-x\" onload=\"y'] = 'x' }",
      "has no attribute" },
    { "an attribute of an event", "return e.p { onclick = 'x' }", "has no attribute \"onclick\"" },

    // The log.
    { "a flood of the log",
      "for i = 1, 1e5 do context.log.warn(('x'):rep(1000) .. i) end error('flooded')",
      "flooded" },
    { "a log of control characters",
      "context.log.warn('\\27[31m\\0\\r\\nreport.md:1: error: x') error('logged')",
      "logged" },
    { "a log about nothing", "context.log.warn('x', 5)", "table expected" },
    { "a log about a liar",
      "context.log.warn('x', setmetatable({}, { __index = function() while true do end end })) "
      "error('not asked')",
      "not asked" },
};

const struct attack_chapter attacks_on_brevier = {
    .attacks = attacks,
    .count = BRV_COUNT(attacks),
    .cost = COSTS_ITS_SECTION,
};
