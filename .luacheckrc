-- Brevier — luacheck: plugins run in the sandbox of engine/plugin.
std = "lua54"
max_line_length = 100
