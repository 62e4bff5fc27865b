// Brevier — hostile plugins: everywhere else in a plugin but in its render.
// SPDX-License-Identifier: MIT
#include "hostile.h"

#include "base/macros.h"

#define MANIFEST                                                                                   \
    "return { api = 1, name = \"probe\", version = \"1.0.0\", summary = \"A probe\",\n"            \
    "  kinds = { \"incident\" }, "
#define ELEMENT "local e = require \"brevier.element\"\n"

// ---- match

static const struct attack match_attacks[] = {
    { "a match without end", "while true do end", "ran for more than" },
    { "a match that raises", "error('no idea')", "no idea" },
    { "a match that raises what is no text",
      "error(setmetatable({}, { __tostring = error }))",
      "(a table)" },
    { "a match that takes all memory",
      "local t = {} while true do t[#t + 1] = {} end",
      "of memory" },
    { "a match that catches",
      "while true do pcall(function() while true do end end) end",
      "ran for more than" },
    { "a match that asks for another section",
      "return section.next.title == nil or section.previous.titel",
      "" },
    { "a match that writes", "section.title = 'mine'", "a section is read-only" },
    { "a match that logs for ever", "while true do context.log.warn('x') end", "ran for more" },
    { "a match that renders for ever",
      "while true do context.render(section) end",
      "ran for more than" },
    { "a match by a pattern", "return ('a'):rep(400):find('.-.-.-.-.-b')", "ran for more than" },
};

const struct attack_chapter attacks_in_match = {
    .attacks = match_attacks,
    .count = BRV_COUNT(match_attacks),
    .cost = COSTS_ITS_SECTION,
    .before = MANIFEST "render = function() return nil end,\n"
                       "  match = function(section, context)\n"
                       "    if section.class ~= \"probe\" then return false end\n",
    .after = "\n  end }\n",
};

// ---- modules of a plugin's own

static const struct attack module_attacks[] = {
    { "a module that requires itself", "return require 'one'", "module \"one\" requires itself" },
    { "modules in a circle",
      "return require 'two'",
      "two.lua:1:1: error: plugin \"probe\": module \"one\" requires" },
    { "modules in a circle, caught",
      "while true do pcall(require, 'two') end",
      "ran for more than" },
    { "a module without end", "while true do end", "ran for more than" },
    { "a module that takes all memory",
      "local t = {} while true do t[#t + 1] = {} end",
      "of memory" },
    { "a module that returns what is no element", "return print == nil", "no global \"print\"" },
    { "a module that returns a function", "return error", "render returned a function, expected" },
    { "a module that changes what all use",
      "local date = require 'brevier.date' for name in pairs(date) do date[name] = nil end "
      "return date.parse('2025-03-04')",
      "attempt to call a nil value" },
    { "a module that changes the constructors",
      "require 'brevier.element'.p = error",
      "read-only" },
    { "a module that reads its main file", "return require 'init'", "there is no module \"init\"" },
    { "a module by a path", "return require './two'", "there is no module \"./two\"" },
    { "a module by a path upwards", "return require '../probe/two'", "there is no module" },
    { "a module of Lua", "return require 'os'", "there is no module \"os\"" },
    { "a module with globals of its own", "two = 2", "cannot set the global \"two\"" },
    { "a module that raises as it is closed",
      "local x <close> = setmetatable({}, { __close = error })",
      "a metatable may not have \"__close\"" },
    { "a module of many upvalues",
      "local a{{190:, a}} = 1 while true do local f = function() return a end f() end",
      "ran for more than" },
};

const struct attack_chapter attacks_in_modules = {
    .attacks = module_attacks,
    .count = BRV_COUNT(module_attacks),
    .cost = COSTS_ITS_SECTION,
    .file = "one.lua",
    .before = "",
    .after = "\n",
};

// ---- transforms

static const struct attack transform_attacks[] = {
    { "a transform without end", "while true do end", "ran for more than" },
    { "a transform that raises", "error('enough')", "enough" },
    { "a transform that takes all memory",
      "local all = {} while true do all[#all + 1] = { article } end",
      "of memory" },
    { "a transform that returns something else", "return e.p 'x'", "did not return the article" },
    { "a transform that returns two", "return { article, article }", "did not return the article" },
    { "a transform that returns a number", "return 5", "transform returned 5" },
    { "a transform that loses the article", "return {}", "did not return the article" },
    { "an article in an article", "article[1] = article return article", "" },
    { "an article a hundred thousand times",
      "for i = 1, 20 do article = { tag = 'article', e.div { article[1], article[2] }, "
      "e.div { article[1], article[2], article[1], article[2] } } end return article",
      "" },
    { "an article that grows without end",
      "while true do article[#article + 1] = e.p 'more' end",
      "of memory" },
    { "an article with a metatable",
      "return setmetatable(article, { __index = function() while true do end end, "
      "__len = function() while true do end end, __pairs = error }), error('not asked')",
      "not asked" },
    { "an article whose children lie",
      "for i = 1, #article do article[i] = setmetatable({}, { __index = article[i] }) end "
      "article[1] = { tag = 'tr' } return article",
      "" },
    { "an article with attributes of its own",
      "article.onload = 'x' return article",
      "has no attribute \"onload\"" },
    { "an article that is walked for ever",
      "local function walk(x) for _, y in ipairs(x) do if type(y) == 'table' then walk(y) end end "
      "return walk(x) end walk(article)",
      "ran for more than" },
    { "a transform that sets what others use",
      "string.rep = nil table.concat = nil return ('x'):rep(3)",
      "attempt to call a nil value" },
    { "a transform with a drawing of another",
      "article[1] = { tag = 'drawing' } return article",
      "a drawing was not drawn" },
    { "a transform that draws for ever",
      "article[1] = e.drawing { width = 9, height = 9, alt = 'x', draw = function(g) while true do "
      "g:line(0, 0, 1, 1) end end } return article",
      "of memory" },
};

const struct attack_chapter attacks_on_transforms = {
    .attacks = transform_attacks,
    .count = BRV_COUNT(transform_attacks),
    .cost = COSTS_ITS_PAGES,
    .before = ELEMENT MANIFEST "transform = function(article, context)\n",
    .after = "\nend }\n",
};

static const struct attack element_attacks[] = {
    { "each paragraph without end", "while true do end", "ran for more than" },
    { "each paragraph raises", "error('this one')", "this one" },
    { "each paragraph a table row", "return e.tr { e.td 'x' }", "may not stand in" },
    { "each paragraph in itself", "p[1] = p return p", "may not stand in \"p\"" },
    { "each paragraph with the others",
      "return context.document.paragraphs",
      "a document has no field \"paragraphs\"" },
    { "each paragraph a hundred thousand",
      "for i = 1, 18 do p = e.div { p, p } end return p",
      "more than 100000 elements" },
    { "each paragraph a number", "return 7", "transform returned 7" },
    { "each paragraph a link in a link",
      "return e.p { e.a { href = '#x', e.a { href = '#y', 'z' } } }",
      "a link may not stand in a link" },
};

const struct attack_chapter attacks_on_elements = {
    .attacks = element_attacks,
    .count = BRV_COUNT(element_attacks),
    .cost = COSTS_ITS_PAGES,
    .before = ELEMENT MANIFEST "elements = { \"p\" }, transform = function(p, context)\n",
    .after = "\nend }\n",
};

// ---- covers and appendices

static const struct attack cover_attacks[] = {
    { "a cover without end", "while true do end", "ran for more than" },
    { "a cover that raises", "error('no cover')", "no cover" },
    { "a cover of memory",
      "local t = {} while true do t[#t + 1] = ('x'):rep(1000) .. #t end",
      "of memory" },
    { "a cover of a million pages",
      "local t = {} for i = 1, 2e5 do t[i] = e.p 'x' end return t",
      "" },
    { "a cover of a cell", "return e.td 'x'", "may not stand in" },
    { "a cover that is true", "return true", "" },
    { "a cover of the document's own", "context.document.title = 'mine'", "read-only" },
    { "a cover that renders what is no section",
      "return context.render(context.document)",
      "section expected" },
    { "a cover with the style of nothing", "return context.style()", "table expected" },
    { "a cover of endless styles",
      "while true do context.style(e.p { class = 'title' }) end",
      "ran for more than" },
    { "a cover drawn for ever",
      "return e.drawing { width = 9, height = 9, alt = 'x', "
      "draw = function() while true do end end }",
      "ran for more than" },
};

const struct attack_chapter attacks_on_covers = {
    .attacks = cover_attacks,
    .count = BRV_COUNT(cover_attacks),
    .cost = COSTS_ITS_PAGES,
    .before = ELEMENT MANIFEST "cover = function(context)\n",
    .after = "\nend }\n",
};

static const struct attack appendix_attacks[] = {
    { "an appendix without end", "while true do pcall(error) end", "ran for more than" },
    { "an appendix that raises", "error(context)", "" },
    { "an appendix of itself", "local t = { tag = 'div' } t[1] = t return t", "nested more than" },
    { "an appendix of what is left of the memory",
      "local s, t = 'x', {} while true do t[#t + 1] = s:rep(100000) .. #t end",
      "of memory" },
    { "an appendix of holes", "return { e.p 'x', [1000000] = e.p 'y' }", "too many holes" },
    { "an appendix of names", "return { x = e.p 'y' }", "has no attribute \"x\"" },
    { "an appendix that warns for ever",
      "while true do context.log.warn(('x'):rep(100)) end",
      "ran for more than" },
    { "an appendix that reads",
      "return e.p(context.read('/etc/passwd'))",
      "attempt to call a nil value (field 'read')" },
};

const struct attack_chapter attacks_on_appendices = {
    .attacks = appendix_attacks,
    .count = BRV_COUNT(appendix_attacks),
    .cost = COSTS_ITS_PAGES,
    .before = ELEMENT MANIFEST "appendix = function(context)\n",
    .after = "\nend }\n",
};

// ---- loading

static const struct attack loading_attacks[] = {
    { "a file without end", "while true do end", "ran for more than" },
    { "a file that catches",
      "while true do pcall(function() while true do end end) end",
      "ran for more than" },
    { "a file of memory", "local t = {} while true do t[#t + 1] = {} end", "of memory" },
    { "a file of a long text",
      "local s = 'x' while true do s = s .. s end",
      "made a string longer" },
    { "a file that raises", "error('not today')", "not today" },
    { "a file that raises a table", "error({ 'not today' })", "(a table)" },
    { "a file that is no Lua", "((((", "unexpected symbol" },
    { "a file of brackets", "return {{150000:(}}", "C stack overflow" },
    { "a file of functions", "{{5000:local function f() }}", "" },
    { "a file of blocks", "{{50000:do }}", "C stack overflow" },
    { "a file of tables", "return {{300:{ }}", "C stack overflow" },
    { "a file of minus", "return {{80000:- }}1", "C stack overflow" },
    { "a file of powers", "return 1{{80000:^1}}", "C stack overflow" },
    { "a file of dots", "local x return x{{80000:..x}}", "C stack overflow" },
    { "a file of names", "local a{{50000:, a}}", "too many local variables" },
    { "a file of targets", "a{{50000:, a}} = 1", "C stack overflow" },
    { "a file of arguments", "return f(1{{60000:, 1}})", "too many registers" },
    { "a file of jumps", "do {{30000:goto a }}::a:: end", "more than 4000 jumps" },
    { "a file of breaks",
      "local x while x do {{12000:if x then break end }}end",
      "more than 4000" },
    { "a file of one name", "local {{200000:x}} = 1 while true do end", "ran for more than" },
    { "a file of one number", "return {{200000:1}}", "" },
    { "a file of one comment", "--[==[{{200000:x}}", "unfinished long comment" },
    { "a file of one text", "local s = '{{60000:\\65}}' while true do end", "" },
    { "a file of constants",
      "local t = { {{20000:1.5, 'x', }} } while true do end",
      "ran for more" },
    { "a file of upvalues",
      "local a{{150:, a}} local function f() return a end while true do f() end",
      "ran for more than" },
    { "a file of bytecode", "\033Lua{{100:x}}", "" },
    { "a file of escapes", "return '\\xff\\u{7fffffff}\\u{80000000}'", "UTF-8 value too large" },
    { "a file that closes", "local x <close> = {}", "got a non-closable value" },
    { "a file that jumps into a block", "goto inside do ::inside:: end", "no visible label" },
    { "a file that renders", "require 'brevier'.markdown('x')", "while a section is rendered" },
    { "a file that draws",
      "require 'brevier.element'.drawing { width = 9, height = 9, alt = 'x', "
      "draw = function(g) while true do g:line(0, 0, 1, 1) end end }",
      "of memory" },
    { "a file that reads", "require 'brevier'.read('/etc/passwd')", "a nil value (field 'read')" },
    { "a file that looks at the clock", "require 'brevier'.clock()", "a nil value" },
};

const struct attack_chapter attacks_on_loading = {
    .attacks = loading_attacks,
    .count = BRV_COUNT(loading_attacks),
    .cost = COSTS_THE_PLUGIN,
    .before = "",
    .after = "\n" MANIFEST "sections = { \"probe\" },\n  render = function() return nil end }\n",
};

// ---- manifests

#define FIELDS "api = 1, name = 'probe', version = '1.0.0', summary = 'x', "
#define RENDER "sections = { 'probe' }, render = function() end "

static const struct attack manifest_attacks[] = {
    { "a manifest that is nil", "return nil", "returns a nil" },
    { "a manifest that is a text", "return 'probe'", "returns a string" },
    { "a manifest that is a function", "return function() while true do end end", "a function" },
    { "an empty manifest", "return {}", "the manifest has no" },
    { "a manifest behind __index",
      "return setmetatable({}, { __index = { " FIELDS RENDER "} })",
      "the manifest has no" },
    { "a manifest with a loop behind __index",
      "return setmetatable({ " FIELDS "}, { __index = function() while true do end end })",
      "the manifest has no \"render\"" },
    { "a manifest with __pairs",
      "return setmetatable({ nonsense = 1, " FIELDS RENDER "}, "
      "{ __pairs = function() while true do end end })",
      "unknown key \"nonsense\"" },
    { "a manifest of itself", "local m = { " FIELDS RENDER "} m.options = m return m", "option" },
    { "a manifest whose sections are itself",
      "local m = { " FIELDS "render = error } m.sections = m return m",
      "\"sections\"" },
    { "a manifest of a million keys",
      "local m = { " FIELDS RENDER "} for i = 1, 1e5 do m['k' .. i] = i end return m",
      "unknown key" },
    { "a manifest of lists",
      "local m = { " FIELDS RENDER "} for i = 1, 1e4 do m[i] = i end return m",
      "has a number as a key" },
    { "a manifest with a table as a key",
      "return { " FIELDS RENDER ", [{}] = 1 }",
      "has a table as a key" },
    { "sections by the million",
      "local s = {} for i = 1, 3e4 do s[i] = 'probe' end return { " FIELDS
      "sections = s, render = error }",
      "\"sections\" has 30000 entries" },
    { "sections of holes",
      "return { " FIELDS "sections = { [1 << 40] = 'x' }, render = error }",
      "\"sections\"" },
    { "sections with __len and __index",
      "return { " FIELDS "render = error, sections = setmetatable({}, { __len = function() return "
      "1 << 40 end, __index = function() while true do end end }) }",
      "\"sections\" has 0 entries" },
    { "sections of tables",
      "return { " FIELDS "sections = { {} }, render = error }",
      "is no slug" },
    { "a section of a long name",
      "return { " FIELDS "sections = { ('x'):rep(200000) }, render = error }",
      "is no slug" },
    { "a name of a long text",
      "return { api = 1, name = ('x'):rep(200000), version = '1.0.0', summary = 'x', " RENDER "}",
      "expected a slug" },
    { "a name of control characters",
      "return { api = 1, name = 'a\\27[2J', version = '1.0.0', summary = 'x', " RENDER "}",
      "expected a slug" },
    { "a name that is a path",
      "return { api = 1, name = '../default', version = '1.0.0', summary = 'x', " RENDER "}",
      "expected a slug" },
    { "a version of a long number",
      "return { api = 1, name = 'probe', version = ('9'):rep(99) .. '.0.0', summary = 'x', " RENDER
      "}",
      "expected three numbers" },
    { "an api of the future",
      "return { api = 1 << 62, name = 'probe', version = '1.0.0', summary = 'x', " RENDER "}",
      "api" },
    { "an api that is no number",
      "return { api = 0 / 0, name = 'probe', version = '1.0.0', summary = 'x', " RENDER "}",
      "api" },
    { "a render that can only be called",
      "return { " FIELDS "sections = { 'probe' }, "
      "render = setmetatable({}, { __call = function() end }) }",
      "\"render\" is a table, expected a function" },
    { "elements that are no list",
      "return { " FIELDS "transform = error, elements = error }",
      "\"elements\" is no list" },
    { "elements with __len",
      "return { " FIELDS "transform = error, elements = setmetatable({}, { __len = function() "
      "while true do end end }) }",
      "\"elements\" is no list" },
    { "capabilities of everything",
      "return { " FIELDS RENDER ", capabilities = { 'clock', 'read', 'write' } }",
      "capabilit" },
    { "a capability of a long name",
      "return { " FIELDS RENDER ", capabilities = { ('x'):rep(200000) } }",
      "unknown capability" },
    { "an option whose default is a function",
      "return { " FIELDS RENDER ", options = { n = { type = 'integer', default = error, "
      "help = 'x' } } }",
      "the default is a function" },
    { "an option whose default is a liar",
      "return { " FIELDS RENDER ", options = { n = { type = 'string', help = 'x', default = "
      "setmetatable({}, { __tostring = function() while true do end end }) } } }",
      "the default is a table" },
    { "an option out of its range",
      "return { " FIELDS RENDER ", options = { n = { type = 'number', default = 0 / 0, min = 1, "
      "max = 2, help = 'x' } } }",
      "not among its own values" },
    { "an option with a range of no numbers",
      "return { " FIELDS RENDER ", options = { n = { type = 'integer', default = 1, min = {}, "
      "help = 'x' } } }",
      "must be a number" },
    { "an option with a million choices",
      "local c = {} for i = 1, 3e4 do c[i] = 'x' end return { " FIELDS RENDER
      ", options = { n = { type = 'enum', choices = c, default = 'x', help = 'x' } } }",
      "choices" },
    { "an option with choices that are tables",
      "return { " FIELDS RENDER ", options = { n = { type = 'enum', choices = { {} }, "
      "default = 'x', help = 'x' } } }",
      "choice 1 is no string" },
    { "options by the thousand",
      "local o = {} for i = 1, 1000 do o['n' .. i] = { type = 'integer', default = 1, help = 'x' } "
      "end return { " FIELDS RENDER ", options = o }",
      "\"options\" holds up to 50 tables by name" },
    { "an option that is itself",
      "local o = {} o.o = o return { " FIELDS RENDER ", options = o }",
      "option" },
    { "two answers to one question",
      "return { " FIELDS RENDER ", match = function() return true end }",
      "two answers to one question" },
};

const struct attack_chapter attacks_on_manifests = {
    .attacks = manifest_attacks,
    .count = BRV_COUNT(manifest_attacks),
    .cost = COSTS_THE_PLUGIN,
    .before = "",
    .after = "\n",
};
