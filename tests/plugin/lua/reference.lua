-- Brevier — brevier.reference.
-- SPDX-License-Identifier: MIT
local e = require "brevier.element"
local reference = require "brevier.reference"
local same = require("check").same

return {
  api = 1, name = "reference", version = "1.0.0", summary = "A test", sections = { "probe" },
  render = function(_, context)
    local link = reference.section(context, "after")
    same(link.tag, "a")
    same(link.href, "#after")
    same(link[1], "After")
    same(reference.section(context, "after", "below")[1], "below")
    same(reference.section(context, "nowhere"), "nowhere")
    same(reference.note(e.p "x").tag, "footnote")
    local sources = reference.citations()
    same(sources:list(), nil)
    same(sources:cite("b", "The book")[1], "[1]")
    same(sources:cite("a").href, "#source-2")
    same(sources:cite("b")[1], "[1]")
    local list = sources:list()
    same(#list, 2)
    same(list[1][1], "The book")
    same(list[2][1], "a")
    return e.section { e.p { sources:cite("b") }, list }
  end,
}
