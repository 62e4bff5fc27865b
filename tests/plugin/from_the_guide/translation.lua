-- Two languages beside each other: the ### parts of a section, paragraph by paragraph.
local e = require "brevier.element"

local LANGUAGES = {
  English = "en", Deutsch = "de", ["Français"] = "fr", ["العربية"] = "ar", ["日本語"] = "ja",
}

local function render(section, context)
  local parts = section.subsections
  if #parts ~= 2 then
    context.log.note("expected two parts, one for each language", section)
    return nil
  end
  local head, rows = {}, {}
  for i, part in ipairs(parts) do
    local lang = LANGUAGES[part.title]
    if not lang then context.log.info("language not known: " .. part.title, part) end
    head[i] = e.th { lang = lang, part.title }
    for r, block in ipairs(part.blocks) do
      rows[r] = rows[r] or e.tr { e.td {}, e.td {} }
      rows[r][i] = e.td { lang = lang, block }
    end
  end
  return e.section {
    section.heading, section.blocks,
    e.table { class = "translation", e.thead { e.tr(head) }, e.tbody(rows) },
  }
end

return {
  api = 1, name = "translation", version = "1.0.0", summary = "Two languages beside each other",
  match = function(section)
    local first = section.subsections[1]
    return #section.subsections == 2 and LANGUAGES[first.title] ~= nil
  end,
  render = render,
}
