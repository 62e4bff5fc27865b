# Brevier — the libraries of others.
# engine/packages.txt names them, each with its Debian package and its pkg-config module, or `-` with a
# header and a library name where the package has no module. A library is looked for when a room
# first names it; what is missing is told at the end, all at once.
# SPDX-License-Identifier: MIT
find_package(PkgConfig REQUIRED)

# Libraries that need nothing but the C library and m.
set(BRV_ARCHIVES lua yaml deflate)
# Those of them that can go into a shared object, so that modules carry them as well.
set(BRV_MODULE_ARCHIVES deflate)

# Rows "name package module", or "name package - header library".
set(BRV_LIBRARIES)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
             "${PROJECT_SOURCE_DIR}/engine/packages.txt")
file(STRINGS "${PROJECT_SOURCE_DIR}/engine/packages.txt" rows REGEX "^[^#]")
foreach(row IN LISTS rows)
    separate_arguments(row UNIX_COMMAND "${row}")
    list(LENGTH row columns)
    if(columns GREATER 2)
        list(POP_FRONT row package purpose name)
        list(JOIN row " " row)
        list(APPEND BRV_LIBRARIES "${name} ${package} ${row}")
    endif()
endforeach()

# Each shared object costs a tenth of a millisecond at every start, so the program itself and its
# modules carry the small libraries that Debian has archives of. Most of these hold no
# position-independent code: the C library links the shared ones.
function(brv_prefer_archive name)
    set(library ${BRV_${name}_LIBRARIES})
    find_library(BRV_${name}_ARCHIVE "lib${library}.a" HINTS ${BRV_${name}_LIBRARY_DIRS})
    mark_as_advanced(BRV_${name}_ARCHIVE)
    if(BRV_${name}_ARCHIVE)
        set(carriers EXECUTABLE)
        if(name IN_LIST BRV_MODULE_ARCHIVES)
            list(APPEND carriers MODULE_LIBRARY)
        endif()
        set(is_carrier $<IN_LIST:$<TARGET_PROPERTY:TYPE>,${carriers}>)
        set_target_properties(PkgConfig::BRV_${name} PROPERTIES INTERFACE_LINK_LIBRARIES
            "$<IF:${is_carrier},${BRV_${name}_ARCHIVE},${BRV_${name}_LINK_LIBRARIES}>")
    endif()
endfunction()

# brv_use_library(<target> <PUBLIC|PRIVATE> <name>): links `name` of the table to the target.
function(brv_use_library target visibility name)
    set(row ${BRV_LIBRARIES})
    list(FILTER row INCLUDE REGEX "^${name} ")
    if(NOT row)
        message(FATAL_ERROR "${target}: unknown library \"${name}\", see engine/packages.txt")
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
                if(BRV_STATIC_LIBRARIES AND name IN_LIST BRV_ARCHIVES)
                    brv_prefer_archive(${name})
                endif()
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
