-- Brevier — fenced blocks of "chart" become charts, in whatever section they stand.
-- SPDX-License-Identifier: MIT

local function is_chart(element)
  local code = element.tag == "pre" and element[1]
  return type(code) == "table" and code.tag == "code" and code.class == "language-chart"
end

-- The modules are read for the first chart and not at every start: they are longer than all plugins
-- together, and few documents have charts.
local function figure_of(element, context)
  local chart = require "brevier.chart"
  local text = require "brevier.text"
  return chart.read(text.plain(element), context)
end

-- What cannot be drawn stays as it was written, with a warning at its place.
local function replace(parent, context)
  for index, child in ipairs(parent) do
    if type(child) == "table" and is_chart(child) then
      local figure, fault = figure_of(child, context)
      if not figure then context.log.warn(fault, child) end
      parent[index] = figure or child
    elseif type(child) == "table" then
      replace(child, context)
    end
  end
end

return {
  api = 1,
  name = "charts",
  version = "1.0.0",
  summary = "Fenced “chart” blocks as charts, wherever they stand",
  elements = { "code.language-chart" },
  transform = function(article, context)
    replace(article, context)
    return article
  end,
}
