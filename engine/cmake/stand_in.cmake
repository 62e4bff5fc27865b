# Brevier — stand-ins for libraries that a library of ours is linked with and no call of ours reaches.
# SPDX-License-Identifier: MIT

# brv_stand_in(<name> <library> <needed> <version>)
# A shared object lib/brevier/<name>.so that the loader takes for the <needed> of <library>, a row of
# engine/packages.txt, if it is opened first: it has that soname and what <library> asks of it by versions that
# begin with <version>, functions that end the program. So <library> binds a few symbols instead of thousands.
# Where it needs no such thing there is no stand-in.
function(brv_stand_in name library needed version)
    if(NOT TARGET brv::${library})
        return() # which is told at the end
    endif()
    get_target_property(files brv::${library} INTERFACE_LINK_LIBRARIES)
    list(GET files 0 file)
    execute_process(COMMAND "${CMAKE_OBJDUMP}" -p "${file}" OUTPUT_VARIABLE header ERROR_QUIET)
    execute_process(COMMAND "${CMAKE_NM}" -D "${file}" OUTPUT_VARIABLE symbols ERROR_QUIET)
    string(REGEX MATCHALL "[A-Za-z0-9_]+@${version}[0-9.]+" symbols "${symbols}")
    if(NOT symbols OR NOT header MATCHES "NEEDED +(${needed}\\.[^\n]+)")
        return()
    endif()
    set(soname "${CMAKE_MATCH_1}")
    list(TRANSFORM symbols REPLACE ".*@" "" OUTPUT_VARIABLE versions)
    list(REMOVE_DUPLICATES versions)
    set(functions "")
    set(map "")
    foreach(tag IN LISTS versions)
        set(names ${symbols})
        list(FILTER names INCLUDE REGEX "@${tag}$")
        list(TRANSFORM names REPLACE "@.*" "")
        list(JOIN names "; " listed)
        string(APPEND map "${tag} { ${listed}; };\n")
        list(JOIN names "(void) { abort(); }\nvoid " listed)
        string(APPEND functions "void ${listed}(void) { abort(); }\n")
    endforeach()
    set(source "${CMAKE_CURRENT_BINARY_DIR}/stand_in_${name}")
    file(CONFIGURE OUTPUT "${source}.c" CONTENT "#include <stdlib.h>\n${functions}")
    file(CONFIGURE OUTPUT "${source}.map" CONTENT "${map}")
    add_library(brv_stand_in_${name} MODULE "${source}.c")
    target_link_options(brv_stand_in_${name} PRIVATE
        "LINKER:-soname,${soname}" "LINKER:--version-script,${source}.map")
    set_target_properties(brv_stand_in_${name} PROPERTIES
        OUTPUT_NAME ${name}
        PREFIX ""
        C_VISIBILITY_PRESET default
        C_CLANG_TIDY ""
        INTERPROCEDURAL_OPTIMIZATION OFF
        LIBRARY_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/lib/brevier")
    set_property(GLOBAL APPEND PROPERTY BRV_MODULES brv_stand_in_${name})
endfunction()
