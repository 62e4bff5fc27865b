# Brevier — turns a text file into a C array when the build is configured.
# SPDX-License-Identifier: MIT

# brv_embed(<file> <c file> <header> <function>): the function, which the header declares, returns the
# file's text as a brv_str.
function(brv_embed input output header function)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${input}")
    file(READ "${input}" hex HEX)
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
    string(REGEX REPLACE "(................................................................................)"
           "\\1\n    " bytes "${bytes}")
    cmake_path(GET input FILENAME name)
    file(CONFIGURE OUTPUT "${output}" @ONLY NEWLINE_STYLE UNIX CONTENT
"// Brevier — ${name}, embedded by the build. Edit the file itself.
// SPDX-License-Identifier: MIT
#include \"${header}\"

static const unsigned char bytes[] = {
    ${bytes}
};

brv_str ${function}(void)
{
    return (brv_str){ (const char *)bytes, sizeof bytes };
}
")
endfunction()
