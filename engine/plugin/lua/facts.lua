-- Brevier — brevier.facts: the bullets "Key: value" of a section, made into something else.
-- SPDX-License-Identifier: MIT
local brevier = require "brevier"
local e = require "brevier.element"
local text = require "brevier.text"

--- Facts in place: what is no fact stays what it is, where it stands.
local M = ...

-- The items of one list as runs of facts and of other items.
local function runs_of(list, fact_of)
  local runs = {}
  for _, item in ipairs(list) do
    local fact = fact_of[item]
    local run = runs[#runs]
    if not run or run.is_facts ~= (fact ~= nil) then
      run = { is_facts = fact ~= nil }
      runs[#runs + 1] = run
    end
    run[#run + 1] = fact or item
  end
  return runs
end

--- The section's blocks with each run of facts replaced by what f makes of it: an element, a list
--- of them, or nil to leave the bullets as they are.
---@param section brevier.Section
---@param f fun(facts: brevier.Fact[]): any
---@return any[]
function M.replaced(section, f)
  local fact_of, blocks = {}, {}
  for _, fact in ipairs(section.facts) do fact_of[fact.item] = fact end
  for _, block in ipairs(section.blocks) do
    if block.tag ~= "ul" and block.tag ~= "ol" then
      blocks[#blocks + 1] = block
    else
      for _, run in ipairs(runs_of(block, fact_of)) do
        local made = run.is_facts and f(run)
        if not made then
          made = e[block.tag] { class = block.class, start = block.start }
          for index, item in ipairs(run) do made[index] = run.is_facts and item.item or item end
        end
        blocks[#blocks + 1] = made
      end
    end
  end
  return blocks
end

--- The default renderings of the section's parts, to stand after its blocks.
---@param section brevier.Section
---@param context brevier.Context
---@return brevier.Element[]
function M.parts(section, context)
  local parts = {}
  for index, part in ipairs(section.subsections) do parts[index] = context.render(part) end
  return parts
end

--- A table of facts: the key as a heading of its row, then the cells that f makes of a fact.
--- Without f there is one cell, the fact's content. Options: `class` (`facts`) and `columns`, a
--- list of headings for the table.
---@param facts brevier.Fact[]
---@param options? { class?: string, columns?: string[] }
---@param f? fun(fact: brevier.Fact): any[]
---@return brevier.Element
function M.table(facts, options, f)
  brevier.check_options(options, "facts.table", "class columns")
  options = options or {}
  local body = e.tbody {}
  for index, fact in ipairs(facts) do
    local cells = f and f(fact) or { { fact.content, fact.rest } }
    local row = e.tr { e.th { ["data-scope"] = "row", f and fact.key or fact.label } }
    for _, cell in ipairs(cells) do
      row[#row + 1] = type(cell) == "table" and cell.tag == "td" and cell or e.td(cell)
    end
    body[index] = row
  end
  local head
  if options.columns then
    head = e.tr {}
    for index, name in ipairs(options.columns) do
      head[index] = e.th { ["data-scope"] = "col", name }
    end
  end
  return e.table { class = options.class or "facts", head and e.thead(head), body }
end

-- The strong element that an item begins with, when it reads like a label.
local function label_of(item)
  local first = item[1]
  if type(first) == "table" and first.tag == "p" then first = first[1] end
  if type(first) ~= "table" or first.tag ~= "strong" then return nil end
  local plain = text.trim(text.plain(first))
  return #plain <= 120 and plain ~= "" and first or nil
end

--- Marks bullets that begin with a strong label: the list gets the class `points`, the label
--- `label`. Returns the blocks.
---@param blocks any[]
---@return any[]
function M.labelled(blocks)
  for _, block in ipairs(blocks) do
    if block.tag == "ul" then
      for _, item in ipairs(block) do
        local label = label_of(item)
        if label then
          label.class = "label"
          block.class = "points"
        end
      end
    end
  end
  return blocks
end

return M
