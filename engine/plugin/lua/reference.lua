-- Brevier — brevier.reference: links within the document, notes, and lists of sources.
-- SPDX-License-Identifier: MIT
local e = require "brevier.element"

--- References: to sections, to notes at the foot of the page, to sources that are listed.
local M = ...

-- The section of this id or slug, at any depth.
local function find_section(sections, name, depth)
  for _, section in ipairs(sections) do
    if section.id == name or section.class == name then return section end
    local found = depth > 0 and find_section(section.subsections, name, depth - 1)
    if found then return found end
  end
  return nil
end

--- A link to a section, named by its id or the slug of its heading, with its title as text. A
--- section that is not there is left as plain text, with a warning.
---@param context brevier.Context
---@param name string
---@param text? any what to show instead of the title
---@return any
function M.section(context, name, text)
  local section = find_section(context.document.sections, name, 8)
  if not section then
    context.log.warn("there is no section \"" .. name .. "\" to refer to")
    return text or name
  end
  return e.a { href = "#" .. section.id, text or section.title }
end

--- A footnote, called at this place. Paragraphs and texts make the note.
---@param ... any
---@return brevier.Element
function M.note(...)
  return e.footnote(...)
end

local Citations = {}
Citations.__index = Citations

--- A register of sources: they are numbered in the order of their first use.
---@param prefix? string of the ids, "source" by default
---@return brevier.Citations
function M.citations(prefix)
  return setmetatable({ prefix = prefix or "source", order = {}, numbers = {} }, Citations)
end

--- `[1]`, linked to the entry of the list. The key tells sources apart; `content` is what the list
--- shows, the key itself by default.
---@param key string
---@param content? any
---@return brevier.Element
function Citations:cite(key, content)
  local number = self.numbers[key]
  if not number then
    number = #self.order + 1
    self.numbers[key] = number
    self.order[number] = { key = key }
  end
  self.order[number].content = self.order[number].content or content
  local href = "#" .. self.prefix .. "-" .. number
  return e.a { class = "citation", href = href, "[" .. number .. "]" }
end

--- The list of all that was cited, in order; nil when nothing was.
---@return brevier.Element?
function Citations:list()
  if #self.order == 0 then return nil end
  local items = e.ol { class = "citations" }
  for number, source in ipairs(self.order) do
    items[number] = e.li { id = self.prefix .. "-" .. number, source.content or source.key }
  end
  return items
end

return M
