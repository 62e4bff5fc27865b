-- Brevier — affected products: "Product: versions (fixed in version)" as a table.
-- SPDX-License-Identifier: MIT
local e = require "brevier.element"
local facts = require "brevier.facts"

-- "1.0 to 1.8 (fixed in 1.9)" in two; what has markup in it is left whole.
local function cells(fact)
  local content = fact.content
  local affected, fixed = fact.value:match("^(.-)%s*[,;(]%s*[Ff]ixed in%s+(.-)%)?%s*$")
  local is_text = #content == 1 and type(content[1]) == "string" and #fact.rest == 0
  if affected and is_text then return { affected, fixed } end
  return { { content, fact.rest }, "" }
end

local function has_fix(run)
  for _, fact in ipairs(run) do
    if cells(fact)[2] ~= "" then return true end
  end
  return false
end

local function product_table(run)
  if not has_fix(run) then
    return facts.table(run, { class = "products", columns = { "Product", "Affected" } },
      function(fact) return { { fact.content, fact.rest } } end)
  end
  local columns = { "Product", "Affected", "Fixed in" }
  return facts.table(run, { class = "products", columns = columns }, cells)
end

return {
  api = 1,
  name = "affected-products",
  version = "1.0.0",
  summary = "Products with the versions affected and those with the fix",
  sections = { "affected-products", "affected-versions", "affected-systems" },
  render = function(section, context)
    return e.section {
      class = "products",
      section.heading,
      facts.replaced(section, product_table),
      facts.parts(section, context),
    }
  end,
}
