# Brevier — who may include what.
# Rooms include rooms below them; a library's header is known only to the files that adapt it.
# Every offending line is printed as file:line.
# Usage: cmake -D ROOT=<source tree> -P includes.cmake
# SPDX-License-Identifier: MIT
cmake_minimum_required(VERSION 3.25)

# Each room with the rooms it may see. load, style and plugin do not see each other.
set(below_base)
set(below_model base)
set(below_load base model)
set(below_style base model)
set(below_plugin base model)
set(below_layout base model load style plugin)
set(below_output base model load style plugin layout)
set(below_app base model load style plugin layout output)
set(rooms base model load style plugin layout output app)

# header pattern <- files that may include it
set(adapters
    "hpdf[a-z_]*\\.h <- output/pdf[a-z_]*\\.[ch]"
    "zip\\.h <- (output/zip_[a-z]*|load/feed_zip)\\.[ch]"
    "archive(_entry)?\\.h <- load/feed_tar\\.c"
    "(lua|lualib|lauxlib|luaconf)\\.h <- plugin/.*"
    "(md4c|yaml)\\.h <- load/.*"
    "expat\\.h <- output/docx_dom\\.c"
    "hb(-[a-z]+)*\\.h <- (layout/.*|output/pdf[a-z_]*\\.[ch])"
    "(fontconfig|fribidi)/.* <- layout/.*"
    "(fribidi|linebreak|wordbreak|graphemebreak|unibreak[a-z]*|hyphen)\\.h <- layout/.*"
    "(png|jpeglib)\\.h <- (layout|output)/.*"
    "sqlite3\\.h <- (app/batch/ledger_statements|load/feed_table)\\.[ch]"
    "nettle/.*\\.h <- app/batch/digest\\.h"
    "seccomp\\.h <- app/batch/confine\\.c")

set(fault_count 0)

function(fault where what)
    message(NOTICE "${where}: includes ${what}")
    math(EXPR fault_count "${fault_count} + 1")
    set(fault_count ${fault_count} PARENT_SCOPE)
endfunction()

foreach(room IN LISTS rooms)
    file(GLOB_RECURSE files RELATIVE "${ROOT}/engine" "${ROOT}/engine/${room}/*.[ch]")
    foreach(file IN LISTS files)
        file(READ "${ROOT}/engine/${file}" text)
        # A list of lines: what would end an element early is taken out first.
        string(REGEX REPLACE "[][;]" " " text "${text}")
        string(REPLACE "\n" ";" lines "${text}")
        set(number 0)
        foreach(line IN LISTS lines)
            math(EXPR number "${number} + 1")
            if(line MATCHES "^[ \t]*#[ \t]*include[ \t]*\"([^\"]*)\"")
                set(header "${CMAKE_MATCH_1}")
                string(REGEX MATCH "^[a-z]+/" folder "${header}")
                string(REPLACE "/" "" folder "${folder}")
                set(allowed ${below_${room}} ${room})
                if(header STREQUAL "brevier.h" AND room STREQUAL "app")
                    continue()
                endif()
                if(NOT folder IN_LIST allowed OR NOT folder)
                    fault("engine/${file}:${number}" "\"${header}\", which ${room} may not see")
                endif()
            elseif(line MATCHES "^[ \t]*#[ \t]*include[ \t]*<([^>]*)>")
                set(header "${CMAKE_MATCH_1}")
                foreach(adapter IN LISTS adapters)
                    string(REGEX REPLACE " <- .*" "" pattern "${adapter}")
                    string(REGEX REPLACE ".* <- " "" places "${adapter}")
                    if(header MATCHES "^${pattern}$" AND NOT file MATCHES "^(${places})$")
                        fault("engine/${file}:${number}" "<${header}>, which only ${places} may")
                    endif()
                endforeach()
            endif()
        endforeach()
    endforeach()
endforeach()

if(fault_count)
    message(FATAL_ERROR "${fault_count} includes break the stack of rooms")
endif()
