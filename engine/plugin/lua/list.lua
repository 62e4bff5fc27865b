-- Brevier — brevier.list: what one does with lists. Nothing here changes the list it is given.
-- SPDX-License-Identifier: MIT

--- Lists: new ones from old ones. A key is the name of a field or a function of the item.
local M = ...

local function key_function(key)
  if type(key) == "function" then return key end
  if key == nil then return function(item) return item end end
  return function(item) return item[key] end
end

--- What f makes of each item; nil leaves it out.
---@generic T, U
---@param list T[]
---@param f fun(item: T, index: integer): U?
---@return U[]
function M.map(list, f)
  local result = {}
  for index, item in ipairs(list) do
    result[#result + 1] = f(item, index)
  end
  return result
end

--- The items for which f is true.
---@generic T
---@param list T[]
---@param f fun(item: T, index: integer): any
---@return T[]
function M.filter(list, f)
  local result = {}
  for index, item in ipairs(list) do
    if f(item, index) then result[#result + 1] = item end
  end
  return result
end

--- The first item for which f is true, and its index; nil when there is none.
---@generic T
---@param list T[]
---@param f fun(item: T, index: integer): any
---@return T?, integer?
function M.find(list, f)
  for index, item in ipairs(list) do
    if f(item, index) then return item, index end
  end
  return nil
end

--- Whether the value is in the list.
---@param list any[]
---@param value any
---@return boolean
function M.contains(list, value)
  for _, item in ipairs(list) do
    if item == value then return true end
  end
  return false
end

--- The items in the order of a key; equal ones keep their order, those without a key come last.
---@generic T
---@param list T[]
---@param key? string|fun(item: T): any
---@param descending? boolean
---@return T[]
function M.sorted(list, key, descending)
  local of = key_function(key)
  local result = M.map(list, function(item) return item end)
  table.sort(result, function(a, b)
    local x, y = of(a), of(b)
    if x == nil or y == nil then return x ~= nil and y == nil end
    if type(x) ~= type(y) then x, y = tostring(x), tostring(y) end
    if descending then return y < x end
    return x < y
  end)
  return result
end

--- Groups by a key, in the order in which the keys appear: `{ key = …, items = { … } }`.
---@generic T
---@param list T[]
---@param key string|fun(item: T): any
---@return { key: any, items: T[] }[]
function M.grouped(list, key)
  local of = key_function(key)
  local groups, by_key = {}, {}
  for _, item in ipairs(list) do
    local value = of(item)
    if value == nil then value = "" end
    local group = by_key[value]
    if not group then
      group = { key = value, items = {} }
      by_key[value] = group
      groups[#groups + 1] = group
    end
    group.items[#group.items + 1] = item
  end
  return groups
end

--- Each value once, in the order of the first.
---@generic T
---@param list T[]
---@param key? string|fun(item: T): any
---@return T[]
function M.unique(list, key)
  return M.map(M.grouped(list, key_function(key)), function(group) return group.items[1] end)
end

--- The sum of the items, or of a key of them.
---@param list any[]
---@param key? string|fun(item: any): number?
---@return number
function M.sum(list, key)
  local of = key_function(key)
  local sum = 0
  for _, item in ipairs(list) do
    sum = sum + (of(item) or 0)
  end
  return sum
end

--- The item with the greatest key, or nil.
---@generic T
---@param list T[]
---@param key? string|fun(item: T): any
---@return T?
function M.greatest(list, key)
  return M.sorted(list, key, true)[1]
end

--- The items of lists in one list.
---@param ... any[]
---@return any[]
function M.joined(...)
  local result = {}
  for i = 1, select("#", ...) do
    for _, item in ipairs((select(i, ...))) do
      result[#result + 1] = item
    end
  end
  return result
end

--- Lists of `size` items each; the last may be shorter.
---@generic T
---@param list T[]
---@param size integer
---@return T[][]
function M.chunks(list, size)
  if size < 1 then error("chunks of " .. size .. " items, expected 1 or more", 2) end
  local result = {}
  for index, item in ipairs(list) do
    if (index - 1) % size == 0 then result[#result + 1] = {} end
    table.insert(result[#result], item)
  end
  return result
end

--- The items as children of an element, parted: `a, b and c`. Items may be elements.
---@param list any[]
---@param separator? string ", " by default
---@param last? string before the last item, " and " by default
---@return any[]
function M.enumerated(list, separator, last)
  local result = {}
  for index, item in ipairs(list) do
    if index > 1 then
      result[#result + 1] = index == #list and (last or " and ") or (separator or ", ")
    end
    result[#result + 1] = item
  end
  return result
end

return M
