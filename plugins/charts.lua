-- Brevier — fenced blocks of "chart" become charts, in whatever section they stand.
-- SPDX-License-Identifier: MIT

-- The modules are read for the first chart and not at every start: they are longer than all plugins
-- together, and few documents have charts.
local function figure_of(element, context)
  local chart = require "brevier.chart"
  local text = require "brevier.text"
  return chart.read(text.plain(element), context)
end

return {
  api = 1,
  name = "charts",
  version = "1.0.0",
  summary = "Fenced “chart” blocks as charts, wherever they stand",
  elements = { "code.language-chart" },
  -- What cannot be drawn stays as it was written, with a warning at its place.
  transform = function(block, context)
    local figure, fault = figure_of(block, context)
    if not figure then context.log.warn(fault, block) end
    return figure
  end,
}
