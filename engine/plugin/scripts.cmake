# Brevier — turns the Lua modules of this room into a C array when the build is configured.
# SPDX-License-Identifier: MIT

# brv_embed_scripts(<c file> <lua file>…): defines brv_lua_scripts, see library.h.
function(brv_embed_scripts output)
    set(arrays)
    set(rows)
    foreach(input IN LISTS ARGN)
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${input}")
        file(READ "${input}" hex HEX)
        string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
        string(REGEX REPLACE "(................................................................................)"
               "\\1\n    " bytes "${bytes}")
        cmake_path(GET input STEM LAST_ONLY name)
        string(REPLACE "." "_" symbol "${name}")
        string(APPEND arrays "static const unsigned char ${symbol}[] = {\n    ${bytes}\n};\n")
        string(APPEND rows "    { \"brevier.${name}\", (const char *)${symbol}, sizeof ${symbol} },\n")
    endforeach()
    file(CONFIGURE OUTPUT "${output}" @ONLY NEWLINE_STYLE UNIX CONTENT
"// Brevier — the Lua modules, embedded by the build. Edit engine/plugin/lua.
// SPDX-License-Identifier: MIT
#include \"plugin/library.h\"

${arrays}
const struct brv_lua_script brv_lua_scripts[] = {
${rows}};
const size_t brv_lua_script_count = sizeof brv_lua_scripts / sizeof *brv_lua_scripts;
")
endfunction()
