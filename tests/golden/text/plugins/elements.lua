-- Brevier — elements that Markdown cannot write, for the text goldens.
-- SPDX-License-Identifier: MIT
local e = require "brevier.element"

local parts = {}

function parts.terms()
  return e.dl {
    e.dt "Short", e.dd "What a short term means stands beside it, and hangs there when it is long.",
    e.dt "Two", e.dt "names", e.dd { e.p "share a meaning", e.p "of two paragraphs" },
    e.dt "Last", e.dd "the end", e.dd "and another meaning",
  }, e.dl {
    e.dt "A term that is far too long to stand beside what it means in a narrow column",
    e.dd "So that comes below, indented.",
  }
end

function parts.spans()
  return e.table {
    e.caption "A table whose cells span",
    e.thead { e.tr { e.th "Region", e.th { colspan = 2, "Incidents" }, e.th "Note" } },
    e.tbody {
      e.tr { e.td { rowspan = 2, "North" }, e.td "open", e.td "12", e.td "rising" },
      e.tr { e.td "closed", e.td "7", e.td "steady" },
      e.tr { e.td "South", e.td { colspan = 3, "no figures for this year" } },
    },
  }
end

function parts.reaching()
  return e.table {
    e.thead { e.tr { e.th "Service", e.th "From", e.th "To", e.th "State" } },
    e.tbody {
      e.tr { e.td { rowspan = 2, "tides" }, e.td "01:00", e.td "02:15",
        e.td { rowspan = 2,
          "back on the old platform after an hour in which nobody could read a table" } },
      e.tr { e.td "03:00", e.td "03:10" },
      e.tr { e.td "berths", e.td { colspan = 2, rowspan = 2, "all night" }, e.td "moved" },
      e.tr { e.td "pilots", e.td "moved, but for the roster and what belongs to it" },
    },
  }
end

function parts.cells()
  return e.table {
    e.thead { e.tr { e.th "What", e.th "Holds" } },
    e.tbody {
      e.tr { e.td "list", e.td { e.ul { e.li "one", e.li "two" } } },
      e.tr { e.td "code", e.td { e.pre { e.code "a = 1\n  b = 2" } } },
      e.tr { e.td "table", e.td { e.table { e.tr { e.th "Key", e.td "value" } } } },
      e.tr { e.td "note", e.td { "a claim", e.footnote { e.p "from a cell" } } },
      e.tr { e.td "rule", e.td { e.p "above", e.hr {}, e.p "below" } },
    },
  }
end

function parts.wide()
  local long = "an_identifier_that_is_too_long_to_stand_beside_its_key_wherever_it_is"
  return e.table {
    e.thead { e.tr { e.th "Column", e.th "Another column", e.th "The last of them" } },
    e.tbody {
      e.tr { e.td "code", e.td { e.pre { e.code(long) } }, e.td(long) },
      e.tr { e.td "short", e.td { e.p "one", e.p "two" }, e.td "a value" },
    },
  }
end

function parts.boxes()
  return e.aside { class = "callout", e.p "A bar marks the block.", e.p "All of it." },
    e.p { class = "center", "in the middle" },
    e.p { class = "right", "at the right" },
    e.p { class = "indent",
      "The first line of this paragraph stands in a little, the others do not." },
    e.div { class = "narrow",
      e.p "A block of a limited width is filled to that width and not to that of the page." },
    e.p { class = "upper", "small letters" },
    e.p { class = "pre-line", "kept\nlines   but not\nspaces" },
    e.p {
      "never ", e.span { class = "nowrap", "parted from each other by the end of a line" },
      " whatever comes" },
    e.p { class = "generated", "between" },
    e.p { e.strong {}, e.em " spaced ", e.strong { "bold ", e.em "and more" }, "." },
    e.figure { e.p { e.img { src = "map.png", alt = "A map" } }, e.figcaption "Where it began" }
end

function parts.lists()
  return e.ol { class = "roman", e.li "one", e.li "two", e.li "three", e.li "four" },
    e.ul { class = "inside",
      e.li "a marker that is part of the text wraps below itself and does not hang at all" },
    e.ul { class = "plain", e.li "no marker" },
    e.ul { e.li {}, e.li "after an empty one" }
end

local function square(g)
  g:rect(0, 0, 10, 10, { fill = "navy" })
end

function parts.drawings()
  return e.figure {
      e.drawing {
        width = 100, height = 20,
        alt = "Two bars", text = "one  ██████ 6\ntwo  ███ 3",
        draw = square,
      },
      e.figcaption "As lines of its own",
    },
    e.drawing {
      width = 100, height = 20,
      alt = "A square that nothing is known of but what it is called",
      draw = square,
    }
end

return {
  api = 1, name = "elements", version = "1.0.0",
  summary = "Elements that Markdown cannot write",
  sections = { "terms", "spans", "reaching", "cells", "wide", "boxes", "lists", "drawings" },
  render = function(section)
    return e.section { section.heading, parts[section.class]() }
  end,
}
