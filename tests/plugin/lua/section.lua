-- Brevier — the section, the document and the context; elements and text.
-- SPDX-License-Identifier: MIT
local e = require "brevier.element"
local brevier = require "brevier"
local text = require "brevier.text"
local check = require "check"

local same, fails = check.same, check.fails

local function the_section(section)
  same(section.id, "probe")
  same(section.class, "probe")
  same(section.title, "Probe")
  same(section.level, 2)
  same(section.path, "probe")
  same(section.source.file, "analysis.md")
  same(section.source.line, 7)
  same(section.heading.tag, "h2")
  same(section.heading.id, "probe")
  same(#section.subsections, 0)
  same(section.blocks[1].tag, "p")
  same(text.plain(section.blocks[1]), "Two words.")
  same(section.blocks[1][2].tag, "em")
  same(section.blocks, section.blocks)
  same(tostring(section), "section")
end

local function the_neighbours(section, context)
  same(section.next.title, "After")
  same(section.previous.title, "Before")
  same(section.next.next, false)
  same(section.parent, false)
  local sections = context.document.sections
  same(#sections, 4)
  same(sections[1].previous, false)
  same(sections[4].title, "After")
end

local function the_markdown()
  local inline = brevier.markdown("Some *words* and `code`.")
  same(inline[1], "Some ")
  same(inline[2].tag, "em")
  same(inline[4].tag, "code")
  same(brevier.markdown("- a\n- b")[1].tag, "ul")
  same(#brevier.markdown(""), 0)
end

local function the_options()
  brevier.check_options({ class = "x" }, "a test", "class columns")
  brevier.check_options(nil, "a test", "class columns")
  fails("string expected", brevier.check_options, {}, "a test", {})
end

-- As the guide says it.
local function the_shape(section)
  local bullets = section.blocks[2]
  same(bullets.tag, "ul")
  same(bullets[1].tag, "li")
  same(bullets[1][1], "Date: today")
  same(brevier.markdown("- Date: *today*")[1][1][1], "Date: ")
  same(brevier.markdown("- Date: *today*")[1][1][2].tag, "em")
  same(brevier.markdown("- Date: *today*")[1][1][2][1], "today")
  same(brevier.markdown("- a\n\n- b")[1][1][1].tag, "p")
end

local function the_facts(section)
  same(#section.facts, 1)
  local fact = section.facts.date
  same(fact, section.facts[1])
  same(fact.key, "Date")
  same(fact.slug, "date")
  same(fact.value, "today")
  same(text.plain(fact.label), "Date:")
  same(text.plain(fact.content), "today")
  same(#fact.rest, 0)
  same(fact.item, section.blocks[2][1])
end

local function the_context(section, context)
  same(context.output, "pdf")
  same(context.text_width, 80)
  same(context.document.title, "A title")
  same(context.document.kind, "analysis")
  same(context.document.lang, "en")
  same(#context.document.authors, 0)
  same(#context.document.sources + #context.document.tags, 0)
  for _, name in ipairs { "id", "date", "tlp", "kind_title", "summary_label" } do
    same(type(context.document[name]), "string")
  end
  same(type(context.document.meta), "table")
  same(next(context.options), nil)
  context.log.info("seen")
  context.log.info("an element", section.blocks[1])
  context.log.info("a fact", section.facts.date)
  context.log.info("a section", section.next)
  same(context.style(e.span { class = "loud" }).color, "#ff0000")
  same(context.style(e.p {}).background, "#00000000")
  same(context.style(e.p {}).size, 10.0)
  same(context.style "--accent", "#0b5d5a")
  same(context.style "--missing", nil)
  fails("a variable like", context.style, "accent")
  fails("expected one element", context.style, { e.p {}, e.p {} })
  fails("expected an element that may stand in a section", context.style, e.td { class = "x" })
  context.log.note("seen too")
end

local function the_elements(section, context)
  same(e.p "x".tag, "p")
  same(e.p("a", nil, "b")[2], "b")
  same(e.p { nil, "a", false, { "b", { "c" } } }[3], "c")
  same(e.p { class = "lead", id = "x" }.class, "lead")
  same(e.td { colspan = 2 }.colspan, "2")
  same(e.p { ["data-x"] = "y" }["data-x"], "y")
  same(e.br().tag, "br")
  same(#e.ul { e.li "a", e.li "b" }, 2)
  same(context.render(section).tag, "section")
  same(context.render_default(section)[1].id, "probe")
  fails("cannot hold a function", e.p, { same })
  same(text.trim("  a b\n"), "a b")
  same(text.slug("Key Details!"), "key-details")
  same(table.concat(text.split("a, b,,c", ","), "|"), "a|b||c")
end

return {
  api = 1, name = "section", version = "1.0.0", summary = "A test", sections = { "probe" },
  render = function(section, context)
    the_section(section)
    the_facts(section)
    the_neighbours(section, context)
    the_markdown()
    the_options()
    the_shape(section)
    the_context(section, context)
    the_elements(section, context)
  end,
}
