-- Brevier — luacheck: plugins run in the sandbox of engine/plugin.
std = "lua54"
max_line_length = 100
exclude_files = { "plugins/luals" } -- types, no program
-- Bodies of a render function, as tests/plugin/fuzz_plugin.c frames them.
files["tests/plugin/corpus"] = {
  read_globals = { "e", "text", "section", "context" },
  ignore = { "21." },
  max_line_length = false,
}
