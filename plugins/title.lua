-- Brevier — the title block: kind, title and a line of what is known about the analysis.
-- SPDX-License-Identifier: MIT
local e = require "brevier.element"

-- The kind stands in the heading before the title, as it was typed: "Industry News: …". The
-- headline is an element of its own, so that a running head can take it without the kind.
local function heading(section, document)
  local title = section.heading
  if not title then return nil end
  local headline = e.span { class = "headline" }
  for index, part in ipairs(title) do
    headline[index], title[index] = part, nil
  end
  if document.kind_title ~= "" then
    local kind = document.kind_title
    title[1] = e.span { class = "kicker", ["data-kind"] = kind, kind .. ":" }
    title[2] = " "
  end
  title[#title + 1] = headline
  return title
end

-- Date, number, TLP label and authors; nothing at all when none of them is known.
local function meta(document)
  local parts = {}
  local function add(class, text)
    if text == "" then return end
    if #parts > 0 then parts[#parts + 1] = " · " end
    parts[#parts + 1] = e.span { class = class, text }
  end
  add("date", document.date)
  add("id", document.id)
  if document.tlp ~= "" then
    if #parts > 0 then parts[#parts + 1] = " · " end
    local label = "TLP:" .. document.tlp
    parts[#parts + 1] = e.span { class = "tlp", ["data-tlp"] = document.tlp, label }
  end
  add("authors", table.concat(document.authors, ", "))
  return #parts > 0 and e.p { class = "meta", parts }
end

local function render(section, context)
  local document = context.document
  return {
    e.header {
      class = "title",
      document.summary_label ~= "" and e.p { class = "label", document.summary_label },
      heading(section, document),
      meta(document),
    },
    #section.blocks > 0 and e.section { class = "preamble", section.blocks },
  }
end

return {
  api = 1,
  name = "title",
  version = "1.0.0",
  summary = "The title block with kind, date, number, TLP label and authors",
  sections = { "title" },
  render = render,
}
