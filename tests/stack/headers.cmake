# Brevier — every header compiles alone, and twice, without a warning.
# Usage: cmake -D ROOT=… -D COMPILER=… -D SCRATCH=… -D MODULES=<pkg-config names> -P headers.cmake
# SPDX-License-Identifier: MIT
cmake_minimum_required(VERSION 3.25)

# A library that is not installed is none that a header needs, or its header will tell.
set(library_flags)
foreach(module IN LISTS MODULES)
    execute_process(COMMAND pkg-config --cflags-only-I ${module}
        OUTPUT_VARIABLE flags OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
    separate_arguments(flags UNIX_COMMAND "${flags}")
    list(APPEND library_flags ${flags})
endforeach()
list(REMOVE_DUPLICATES library_flags)
list(TRANSFORM library_flags REPLACE "^-I" "-isystem")

file(MAKE_DIRECTORY "${SCRATCH}")
file(GLOB_RECURSE headers RELATIVE "${ROOT}/engine" "${ROOT}/engine/*.h")
list(SORT headers)
# Tables that belong to one source file are part of it, not headers.
list(FILTER headers EXCLUDE REGEX "_tables\\.h$")
list(LENGTH headers header_count)
if(header_count EQUAL 0)
    message(FATAL_ERROR "no headers beneath ${ROOT}/engine")
endif()
set(wrong_count 0)
foreach(header IN LISTS headers)
    file(WRITE "${SCRATCH}/header.c"
        "#include \"${header}\"\n#include \"${header}\"\nextern int brv_header;\n")
    execute_process(
        COMMAND "${COMPILER}" -std=c11 -D_GNU_SOURCE -DBRV_VERSION="0" -Wall -Wextra -Wpedantic
                -Wshadow -Wconversion -Wstrict-prototypes -Wvla -Werror -fsyntax-only
                "-I${ROOT}/engine" ${library_flags} "${SCRATCH}/header.c"
        RESULT_VARIABLE result ERROR_VARIABLE errors)
    if(NOT result EQUAL 0)
        message(NOTICE "engine/${header} does not compile alone:\n${errors}")
        math(EXPR wrong_count "${wrong_count} + 1")
    endif()
endforeach()
if(wrong_count)
    message(FATAL_ERROR "${wrong_count} of ${header_count} headers do not compile alone")
endif()
