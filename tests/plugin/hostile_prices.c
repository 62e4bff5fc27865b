// Brevier — hostile plugins: work that looks cheap.
// Tables of which nothing is left, states that are full to the brim, memory that is nobody's, and
// whatever else an honest price list would miss.
// SPDX-License-Identifier: MIT
#include "hostile.h"

#include "base/macros.h"

// A table with room for a hundred thousand entries, and none of them there.
#define HOLLOW "local t = {} for i = 1, 1e5 do t[i] = true end for i = 1, 1e5 do t[i] = nil end "

static const struct attack attacks[] = {
    // Memory that no state holds.
    { "styles of long texts",
      "local s = ('\\xff'):rep(250000) local x = e.span { s, s, s, s, s, s, s, s } "
      "while true do context.style(x) end",
      "of memory" },
    { "styles of many texts, each caught",
      "local s = ('\\xff'):rep(250000) local x = e.span { s, s, s, s, s, s, s, s, function() end } "
      "while true do pcall(context.style, x) end",
      "span cannot hold a function" },
    { "styles that fail",
      "local s = ('\\xff'):rep(250000) local x = { tag = 'span', s, s, s, s, s, s, s, true } "
      "while true do pcall(context.style, x) end",
      "of memory" },
    { "attributes of numbers, each caught",
      "local t = { bad = 1 } for i = 97, 112 do t['data-' .. utf8.char(i)] = i / 7 end "
      "while true do pcall(e.p, t) end",
      "" },
    { "everything at once",
      "local keep = {} for i = 1, 150000 do keep[i] = { i } end "
      "local p, r, s = e.p(), {}, ('\\xff'):rep(250000) for i = 1, 90000 do r[i] = p end "
      "for i = 1, 15 do r[#r + 1] = e.p(s) end r[#r + 1] = keep[1][1] r[#r + 1] = error return r",
      "of memory" },
    { "a result of bytes that are no text",
      "local s, r = ('\\xff'):rep(200000), {} for i = 1, 20 do r[i] = e.p(s) end r[21] = error "
      "return r",
      "" },
    { "drawings that fail",
      "local function draw(g) for i = 1, 9999 do g:line(0, 0, i, i) end error('again') end "
      "while true do pcall(e.drawing, { width = 9, height = 9, alt = 'x', draw = draw }) end",
      "of memory" },
    { "Markdown that warns",
      "local brevier = require 'brevier' "
      "while true do pcall(brevier.markdown, ('[a][b] \\\\ &nope; '):rep(3000)) end",
      "" },

    // What the host gives, asked for again and again.
    { "blocks of one section, kept",
      "local s, keep = section, {} "
      "while true do s = s.next.previous keep[#keep + 1] = s.blocks end",
      "ran for more than" },
    { "blocks of one section, dropped",
      "local s = section while true do s = s.next.previous local _ = s.blocks[1], s.facts end",
      "ran for more than" },
    { "the document through its sections",
      "while true do for _, s in ipairs(context.document.sections) do local _ = s.blocks end end",
      "ran for more than" },

    // The stack.
    { "the host's work at the end of the stack",
      "local function f() pcall(context.render, section) pcall(context.style, e.p 'x') "
      "return 1 + f() end return f()",
      "ran for more than" },
    { "elements at the end of the stack",
      "local function f() local t = e.div { e.p { e.em 'x' } } return { f(), t } end return f()",
      "of memory" },
    { "a sort at the end of the stack",
      "local function f() table.sort({ 2, 1 }, function(a, b) f() return a < b end) end f()",
      "stack overflow" },
    { "metamethods at the end of the stack",
      "local m = {} m.__add = function(a, b) return a + b end m.__concat = m.__add "
      "local t = setmetatable({}, m) return t + t",
      "stack overflow" },
    { "tostring at the end of the stack",
      "local t = setmetatable({}, {}) getmetatable(t).__tostring = tostring "
      "setmetatable(t, getmetatable(t)) return tostring(t)",
      "stack overflow" },
    { "patterns within patterns",
      "local function f(s) return (s:gsub('.', f)) end return f 'x'",
      "stack overflow" },

    // Comparisons.
    { "a comparator that raises now and then",
      "local n = 0 while true do pcall(table.sort, { 5, 4, 3, 2, 1 }, function(a, b) n = n + 1 "
      "if n % 7 == 0 then error(n) end return a < b end) end",
      "ran for more than" },
    { "a comparator that sorts",
      "local t = {} for i = 1, 200 do t[i] = -i end local function less(a, b) "
      "table.sort(t, less) return a < b end table.sort(t, less)",
      "stack overflow" },
    { "a sort of values that cannot be compared",
      "table.sort { 1, 'x', {}, true }",
      "attempt to compare" },
    { "a sort of liars",
      "local m = { __lt = function() while true do end end } local t = {} "
      "for i = 1, 100 do t[i] = setmetatable({}, m) end table.sort(t)",
      "ran for more than" },
    { "a sort of numbers that are none",
      "local t = {} for i = 1, 5000 do t[i] = i % 3 == 0 and 0 / 0 or -i end "
      "while true do table.sort(t) end",
      "ran for more than" },
    { "keys that compare equal for ever",
      "local m = { __eq = function(a, b) return a == b end } "
      "return setmetatable({}, m) == setmetatable({}, m)",
      "stack overflow" },

    // Ranges and sizes.
    { "a table from the least to the greatest index",
      "for i = math.mininteger, math.maxinteger do rawset({}, i, i) end",
      "ran for more than" },
    { "concat of a range that wraps",
      "return table.concat({}, '', math.maxinteger, math.mininteger), "
      "table.concat({ [math.maxinteger] = 1 }, 'x', math.maxinteger - 1, math.maxinteger)",
      "cannot be put into a text" },
    { "insert beyond the end", "table.insert({ 1, 2 }, 1 << 40, 3)", "position out of bounds" },
    { "insert of too many", "table.insert({}, 1, 2, 3)", "wrong number of arguments" },
    { "remove before the beginning", "table.remove({ 1, 2 }, math.mininteger)", "out of bounds" },
    { "move onto itself",
      "local t = {} for i = 1, 1e4 do t[i] = i end while true do table.move(t, 1, 1e4, 2) end",
      "ran for more than" },
    { "move into what cannot be written", "table.move({ 1 }, 1, 1, 1, 'x')", "table expected" },
    { "sub of all there is",
      "local s = ('x'):rep(250000) while true do s:sub(math.mininteger, math.maxinteger) end",
      "ran for more than" },
    { "reversing for ever",
      "local s = ('x'):rep(250000) while true do s = s:reverse() end",
      "ran for more than" },
    { "format of a width of many digits", "return ('%999999999999d'):format(1)", "invalid" },
    { "format of many widths",
      "while true do ('%99d%99d%99d%99d'):format(1, 2, 3, 4) end",
      "ran for more than" },
    { "format of too little", "return ('%d %d'):format(1)", "number expected, got no value" },
    { "format of a text without end",
      "local s = ('x'):rep(200000) return ('%s%s'):format(s, s)",
      "made a string longer than" },
    { "char of much",
      "while true do string.char(table.unpack(setmetatable({}, {}), 1, 9000)) end",
      "number expected" },

    // UTF-8.
    { "codes of bytes that are no text", "for _ in utf8.codes '\\xff\\xfe' do end", "UTF-8" },
    { "a codepoint beyond the end",
      "return e.p(utf8.codepoint('abc', 1, 9)), error('three')",
      "three" },
    { "codepoints of much", "return utf8.codepoint(('x'):rep(250000), 1, -1)", "too many results" },
    { "an offset into the middle", "return utf8.offset('\\u{20ac}', 1, 2)", "continuation byte" },
    { "offsets without end",
      "local s = ('\\u{20ac}'):rep(80000) while true do utf8.offset(s, -80000) end",
      "ran for more than" },
    { "characters beyond all", "return utf8.char(0x80000000)", "not a Unicode character" },

    // Patterns.
    { "optional items",
      "return ('a'):rep(28):find(('a?'):rep(28) .. ('a'):rep(28) .. 'b')",
      "ran for more than" },
    { "captures of positions",
      "local s = ('a'):rep(5000) while true do s:gsub('()a*()', '%1%2') end",
      "ran for more than" },
    { "frontiers",
      "local s = ('a '):rep(50000) while true do s:find('%f[%z]%f[%w]x') end",
      "ran for more than" },
    { "a frontier of nothing", "return ('x'):find '%f'", "missing \"[\" after \"%f\"" },
    { "a set without end", "return ('x'):find('[' .. ('a'):rep(5000))", "malformed pattern" },
    { "a balance of one", "return ('x'):find '%b'", "malformed pattern" },
    { "a capture that is open", "return ('x'):find '(%1)'", "invalid capture" },
    { "gmatch of nothing",
      "for _ in ('x'):rep(250000):gmatch '' do ('x'):rep(9):find '.-.-y' end",
      "ran for more than" },
    { "gsub with a function that makes more",
      "return (('x'):rep(1000):gsub('x', function(x) return x:rep(1000) end))",
      "made a string longer than" },
    { "a replacement of a capture that is not there",
      "return ('x'):gsub('x', '%9')",
      "invalid capture index" },

    // Tables whose tables are there no more.
    { "a walk over what goes",
      "local t = {} for i = 1, 3000 do t['k' .. i] = i end "
      "while true do for k in pairs(t) do t[k] = nil end for i = 1, 9 do t['k' .. i] = i end end",
      "ran for more than" },
    { "a walk over what comes",
      "local t = { a = 1 } while true do for k, v in pairs(t) do t[k .. #k] = v end end",
      "" },
    { "a key that is no more",
      "local t = { a = 1, b = 2 } local k = next(t) t[k] = nil while true do next(t, k) end",
      "ran for more than" },
    { "keys of all kinds",
      "local t = { [1] = 1, [1.5] = 2, x = 3, [true] = 4, [error] = 5 } "
      "for _ in pairs(t) do end",
      "no fixed order" },
    // What closes, weakens and finalises, in all the places where it might be seen.
    { "__gc in a later metatable",
      "local m = { __index = {} } local t = setmetatable({}, m) rawset(m, '__gc', error) "
      "setmetatable(setmetatable({}, m), m)",
      "a metatable may not have \"__gc\"" },
    { "__mode through __index",
      "local m = setmetatable({}, { __index = { __mode = 'k' } }) setmetatable({}, m) "
      "error('set, and without effect')",
      "set, and without effect" },
    { "__close through __index",
      "local m = setmetatable({}, { __index = { __close = error } }) "
      "local x <close> = setmetatable({}, m)",
      "got a non-closable value" },
    { "closing what is false",
      "for i = 1, 1e9 do local x <close> = nil local y <close> = false end",
      "ran for more than" },
    { "a generic for that closes",
      "for _ in next, {}, nil, setmetatable({}, { __name = 'x' }) do end",
      "got a non-closable value" },
    { "the metatable of a view",
      "getmetatable(section).__index = error",
      "attempt to index a boolean" },
    { "the metatable of a module",
      "getmetatable(require 'brevier.date').__index = error",
      "attempt to index a" },
    { "__metatable that is a function",
      "local t = setmetatable({}, { __metatable = error }) getmetatable(t)('told')",
      "told" },
    { "__name that is a text without end",
      "error(tostring(setmetatable({}, { __name = ('x'):rep(200000) })))",
      "xxxx" },
    { "__index through a thousand tables",
      "local t = {} for i = 1, 3000 do t = setmetatable({}, { __index = t }) end return t.x",
      "loop" },
    { "__newindex that comes back",
      "local t = {} setmetatable(t, { __newindex = function(s, k, v) s[k] = v end }) t.x = 1",
      "stack overflow" },
    { "__call of a __call",
      "local t = {} setmetatable(t, { __call = t }) t()",
      "\"__call\" is a table, expected a function" },
    { "__unm, __bnot and __idiv",
      "local m = {} for _, k in ipairs { '__unm', '__bnot', '__idiv' } do "
      "m[k] = function() while true do end end end local t = setmetatable({}, m) "
      "pcall(function() return -t end) pcall(function() return ~t end) return t // 1",
      "ran for more than" },

    // Modules.
    { "a module changed",
      "local date = require 'brevier.date' date.parse = error "
      "date.parse('changed for this plugin only')",
      "changed for this plugin only" },
    { "a library changed", "string.format = error ('changed'):format()", "changed" },
    { "the list of modules", "require(setmetatable({}, { __tostring = error }))", "expected" },
    { "a module of a long name", "require(('x'):rep(250000))", "there is no module" },
    { "a module of many names",
      "for i = 1, 1e9 do pcall(require, 'brevier.datf' .. i) end",
      "ran for more than" },
    { "math.random of a great range",
      "while true do math.random(math.mininteger, math.maxinteger) end",
      "ran for more than" },
    { "math.random of no range", "math.random(2, 1)", "interval is empty" },
    { "fmod by zero", "return math.fmod(1, 0)", "zero" },
    { "a division by zero", "return 1 // 0", "divide by zero" },
    { "a shift of a float", "return 1 << 1.5", "no integer representation" },
    { "a loop without a step", "for i = 1, 10, 0 do end", "step is zero" },
};

const struct attack_chapter attacks_on_prices = {
    .attacks = attacks,
    .count = BRV_COUNT(attacks),
    .cost = COSTS_ITS_SECTION,
};

// ---- drawings

static const struct attack drawing_attacks[] = {
    { "a draw without end", "while true do end", "ran for more than" },
    { "a draw without end in pcall",
      "while true do pcall(function() while true do end end) end",
      "ran for more than" },
    { "an error in draw", "error({})", "(a table)" },
    { "an unknown shape", "g:sphere(1, 2, 3)", "" },
    { "a canvas of another", "g.rect({}, 0, 0, 1, 1)", "expected a canvas" },
    { "a canvas as an element", "return e.p(g)", "p cannot hold a canvas" },
    { "the metatable of a canvas",
      "getmetatable(g).__index = error",
      "attempt to index a boolean" },
    { "a field of a canvas", "g.x = 1", "" },
    { "a style of hollow tables", HOLLOW "while true do g:line(0, 0, 1, 1, t) end", "" },
    { "a style with __index",
      "g:line(0, 0, 1, 1, setmetatable({}, { __index = function() while true do end end })) "
      "error('not asked')",
      "not asked" },
    { "a style of unknown names", "g:line(0, 0, 1, 1, { colour = 'red' })", "" },
    { "a colour that is none", "g:line(0, 0, 1, 1, { stroke = 'rainbow' })", "" },
    { "a colour of many digits", "g:line(0, 0, 1, 1, { stroke = '#' .. ('f'):rep(200000) })", "" },
    { "texts without end", "while true do g:text(0, 0, 'x') end", "of memory" },
    { "arcs without end", "while true do g:circle(5, 5, 5) end", "of memory" },
    { "a group in which an error is caught",
      "g:group({}, function(h) pcall(h.line, h, 'x') h:line(0, 0, 1, 1) error('out') end)",
      "out" },
    { "a drawing that renders",
      "context.render(section) e.drawing { width = 1, height = 1, alt = 'x', "
      "draw = function(h) g:line(0, 0, 1, 1) h:line(0, 0, 1, 1) error('both') end }",
      "both" },
    { "points by the million",
      "local points = {} for i = 1, 2e5 do points[i] = i % 100 end "
      "while true do g:polyline(points) end",
      "of memory" },
    { "an odd number of points", "g:polygon { 1, 2, 3 }", "" },
    { "clips within clips",
      "local function deeper(h) h:group({ clip = { 'M', 0, 0, 'L', 1, 1, 'Z' } }, deeper) end "
      "deeper(g)",
      "nested more than two deep" },
    { "dashes of no length",
      "while true do g:line(0, 0, 1e6, 0, { stroke = 'navy', dash = { 0, 0 } }) end",
      "of memory" },
};

const struct attack_chapter attacks_in_drawings = {
    .attacks = drawing_attacks,
    .count = BRV_COUNT(drawing_attacks),
    .cost = COSTS_ITS_SECTION,
    .before = "local e = require \"brevier.element\"\n"
              "return { api = 1, name = \"probe\", version = \"1.0.0\", summary = \"A probe\",\n"
              "  kinds = { \"incident\" }, sections = { \"probe\" },\n"
              "  render = function(section, context)\n"
              "    return e.drawing { width = 10, height = 10, alt = \"x\", draw = function(g)\n",
    .after = "\n    end }\n  end }\n",
};

// ---- many files

static const struct attack file_attacks[] = {
    { "many files of much code", "local x return x{{100000:<x}}", "of memory" },
    { "many files of many functions", "return { {{18000:function()end,}} }", "of memory" },
    { "many files of jumps", "do {{3999:goto a }}::a:: break end", "break" },
};

const struct attack_chapter attacks_of_many_files = {
    .attacks = file_attacks,
    .count = BRV_COUNT(file_attacks),
    .cost = COSTS_THE_PLUGIN,
    .file = "one.lua",
    .copies = 60,
    .before = "",
    .after = "\n",
};

// ---- what only the clock stops

static const struct attack compiler_attacks[] = {
    { "a chain of and", "local x local y = x{{40000: and x}}", "of processor time" },
    { "a chain of or", "local x local y = x{{40000: or x}}", "of processor time" },
    { "a chain of elseif", "local x if x then {{18000:elseif x then }}end", "of processor time" },
};

const struct attack_chapter attacks_on_the_compiler = {
    .attacks = compiler_attacks,
    .count = BRV_COUNT(compiler_attacks),
    .cost = COSTS_THE_PLUGIN,
    .file = "one.lua",
    .copies = 40,
    .before = "",
    .after = "\n",
};
