-- Brevier — brevier.table: tables of an analysis as data, and data as tables.
-- SPDX-License-Identifier: MIT
local brevier = require "brevier"
local e = require "brevier.element"
local list = require "brevier.list"
local text = require "brevier.text"

--- Tables as data: `{ columns = { "Name", … }, rows = { { "first", … }, … } }`. Cells are texts, or
--- numbers, elements and lists of them in what you make yourself.
local M = ...

local function cells_of(row)
  local cells = {}
  for _, cell in ipairs(row) do
    if type(cell) == "table" and (cell.tag == "td" or cell.tag == "th") then
      cells[#cells + 1] = text.trim(text.plain(cell))
      for _ = 2, tonumber(cell.colspan) or 1 do cells[#cells + 1] = "" end
    end
  end
  return cells
end

-- Rows of the head and of the body, wherever they stand.
local function add_rows(parent, data, is_head)
  for _, child in ipairs(parent) do
    if type(child) == "table" then
      if child.tag == "tr" then
        if is_head and #data.columns == 0 then
          data.columns = cells_of(child)
        else
          data.rows[#data.rows + 1] = cells_of(child)
        end
      elseif child.tag == "thead" then
        add_rows(child, data, true)
      elseif child.tag == "tbody" then
        add_rows(child, data, false)
      elseif child.tag == "caption" then
        data.caption = text.trim(text.plain(child))
      end
    end
  end
end

--- The texts of a table element, without the emphasis and links in its cells.
---@param element brevier.Element
---@return brevier.Data
function M.read(element)
  if type(element) ~= "table" or element.tag ~= "table" then
    error("expected a table element, like those in section.blocks", 2)
  end
  local data = { columns = {}, rows = {} }
  add_rows(element, data, false)
  return data
end

--- The first table in a list of elements, or nil.
---@param blocks any[]
---@return brevier.Data?
---@return integer? index of the element in the list
function M.first(blocks)
  local element, index = list.find(blocks, function(block)
    return type(block) == "table" and block.tag == "table"
  end)
  if not element then return nil end
  return M.read(element), index
end

--- The facts of a section as a table of two columns, `Key` and `Value`.
---@param facts brevier.Fact[]
---@return brevier.Data
function M.from_facts(facts)
  return {
    columns = { "Key", "Value" },
    rows = list.map(facts, function(fact) return { fact.key, fact.value } end),
  }
end

-- The number of a column that is named, or given by its number.
local function column_index(data, column, level)
  if type(column) == "number" then
    if column >= 1 and column <= #data.columns then return column end
  else
    local wanted = text.slug(column)
    for index, name in ipairs(data.columns) do
      if text.slug(name) == wanted then return index end
    end
  end
  error("there is no column \"" .. tostring(column) .. "\", the table has "
    .. table.concat(data.columns, ", "), level + 1)
end

--- Whether the table has a column of this name.
---@param data brevier.Data
---@param column string
---@return integer? index
function M.has(data, column)
  local wanted = text.slug(column)
  local _, index = list.find(data.columns, function(name) return text.slug(name) == wanted end)
  return index
end

--- The cells of a column, which is named or numbered.
---@param data brevier.Data
---@param column string|integer
---@return any[]
function M.column(data, column)
  local index = column_index(data, column, 2)
  local cells = {}
  for at, row in ipairs(data.rows) do cells[at] = row[index] or "" end
  return cells
end

--- The same table with its rows in the order of a column; `key` makes what is compared of a cell.
---@param data brevier.Data
---@param column string|integer
---@param descending? boolean
---@param key? fun(cell: any): any
---@return brevier.Data
function M.sorted(data, column, descending, key)
  local index = column_index(data, column, 2)
  return {
    columns = data.columns,
    caption = data.caption,
    rows = list.sorted(data.rows, function(row)
      if key then return key(row[index]) end
      return row[index]
    end, descending),
  }
end

--- A table across two columns: a row for each value of the first, a column for each of the second.
--- `combine` makes a cell of the values that meet there; their number by default. Where none meet,
--- the cell is empty.
---@param data brevier.Data
---@param row string|integer
---@param column string|integer
---@param value? string|integer
---@param combine? fun(values: any[]): any
---@return brevier.Data
function M.pivot(data, row, column, value, combine)
  local row_at, column_at = column_index(data, row, 2), column_index(data, column, 2)
  local value_at = value and column_index(data, value, 2) or row_at
  combine = combine or function(values) return #values end
  local heads = list.unique(M.column(data, column_at))
  local result = { columns = list.joined({ data.columns[row_at] }, heads), rows = {} }
  for _, group in ipairs(list.grouped(data.rows, row_at)) do
    local cells = { group.key }
    for _, head in ipairs(heads) do
      local met = list.filter(group.items, function(item) return item[column_at] == head end)
      cells[#cells + 1] = #met > 0
        and combine(list.map(met, function(item) return item[value_at] end)) or ""
    end
    result.rows[#result.rows + 1] = cells
  end
  return result
end

--- A table element. Options: `class`, `caption`, `align` (a list of left, center, right by column),
--- `row_head` (the first cell of each row is its heading). A row may have more cells than there are
--- columns: these stand under no heading.
---@param data brevier.Data
---@param options? { class?: string, caption?: any, align?: string[], row_head?: boolean }
---@return brevier.Element
function M.element(data, options)
  brevier.check_options(options, "tables.element", "class caption align row_head")
  options = options or {}
  local align = options.align or {}
  local function cells(row, make, first)
    return e.tr(list.map(row, function(cell, index)
      local name = index == 1 and first or make
      return e[name] {
        ["data-align"] = align[index],
        ["data-scope"] = name == "th" and (make == "th" and "col" or "row") or nil,
        cell,
      }
    end))
  end
  return e.table {
    class = options.class,
    (options.caption or data.caption) and e.caption(options.caption or data.caption),
    #data.columns > 0 and e.thead { cells(data.columns, "th", "th") },
    e.tbody(list.map(data.rows, function(row)
      return cells(row, "td", options.row_head and "th" or "td")
    end)),
  }
end

return M
