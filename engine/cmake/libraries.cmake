# Brevier — the libraries of others.
# One row per library: our name, the Debian package, then the pkg-config module, or `-` with a header
# and a library name where the package has no module. A library is looked for when a room first
# names it; what is missing is told at the end, all at once.
# SPDX-License-Identifier: MIT
find_package(PkgConfig REQUIRED)

set(BRV_LIBRARIES
    "archive         libarchive-dev    libarchive"
    "cmocka          libcmocka-dev     cmocka"
    "fontconfig      libfontconfig-dev fontconfig"
    "fribidi         libfribidi-dev    fribidi"
    "harfbuzz        libharfbuzz-dev   harfbuzz"
    "harfbuzz-subset libharfbuzz-dev   harfbuzz-subset"
    "haru            libhpdf-dev       - hpdf.h hpdf"
    "hyphen          libhyphen-dev     - hyphen.h hyphen"
    "jansson         libjansson-dev    jansson"
    "jpeg            libjpeg-dev       libjpeg"
    "lua             liblua5.4-dev     lua5.4"
    "m               libc6-dev         - math.h m"
    "md4c            libmd4c-dev       md4c"
    "png             libpng-dev        libpng"
    "sqlite          libsqlite3-dev    sqlite3"
    "unibreak        libunibreak-dev   libunibreak"
    "yaml            libyaml-dev       yaml-0.1"
    "zip             libzip-dev        libzip")

# brv_use_library(<target> <PUBLIC|PRIVATE> <name>): links `name` of the table to the target.
function(brv_use_library target visibility name)
    set(row ${BRV_LIBRARIES})
    list(FILTER row INCLUDE REGEX "^${name} ")
    if(NOT row)
        message(FATAL_ERROR "${target}: unknown library \"${name}\", see engine/cmake/libraries.cmake")
    endif()
    separate_arguments(row UNIX_COMMAND "${row}")
    list(GET row 1 package)
    list(GET row 2 module)
    if(NOT TARGET brv::${name})
        if(module STREQUAL "-")
            brv_import_by_header(${name} ${row})
        else()
            pkg_check_modules(BRV_${name} QUIET IMPORTED_TARGET GLOBAL ${module})
            if(BRV_${name}_FOUND)
                add_library(brv::${name} ALIAS PkgConfig::BRV_${name})
            endif()
        endif()
    endif()
    if(TARGET brv::${name})
        target_link_libraries(${target} ${visibility} brv::${name})
    else()
        set_property(GLOBAL APPEND PROPERTY BRV_MISSING_PACKAGES ${package})
    endif()
endfunction()

function(brv_import_by_header name row_name package dash header library)
    find_path(BRV_${name}_INCLUDE ${header})
    find_library(BRV_${name}_LIBRARY ${library})
    mark_as_advanced(BRV_${name}_INCLUDE BRV_${name}_LIBRARY)
    if(BRV_${name}_INCLUDE AND BRV_${name}_LIBRARY)
        add_library(brv::${name} UNKNOWN IMPORTED GLOBAL)
        set_target_properties(brv::${name} PROPERTIES IMPORTED_LOCATION "${BRV_${name}_LIBRARY}")
        if(NOT BRV_${name}_INCLUDE STREQUAL "/usr/include")
            target_include_directories(brv::${name} SYSTEM INTERFACE "${BRV_${name}_INCLUDE}")
        endif()
    endif()
endfunction()

function(brv_libraries_check)
    get_property(missing GLOBAL PROPERTY BRV_MISSING_PACKAGES)
    if(missing)
        list(REMOVE_DUPLICATES missing)
        list(SORT missing)
        list(JOIN missing " " missing)
        message(FATAL_ERROR "libraries are missing; on Debian: apt-get install ${missing}")
    endif()
endfunction()
