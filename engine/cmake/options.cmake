# Brevier — build options, language and warnings. Every target of ours links `brv_flags`.
# SPDX-License-Identifier: MIT
option(BRV_WERROR "Treat compiler warnings as errors" OFF)
option(BRV_LTO "Optimise across translation units" OFF)
option(BRV_STATIC_LIBRARIES "Link the small libraries into the program where there are archives" OFF)
option(BRV_SANITIZE "Build with AddressSanitizer and UndefinedBehaviorSanitizer" OFF)
option(BRV_ARENA_DEBUG "Give every arena object a malloc of its own" OFF)
option(BRV_TINY "Smallest limits: small blocks, buffers that grow by one" OFF)
option(BRV_FUZZ "Build the fuzz targets with libFuzzer (clang only)" OFF)
set(BRV_FUZZ_RUNS 500 CACHE STRING "How many inputs the test of a fuzz target tries")
set(BRV_FUZZ_SEED 1 CACHE STRING "Where the search for inputs begins; another seed tries others")
option(BRV_COVERAGE "Count executed lines (gcc, gcov)" OFF)

set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_C_VISIBILITY_PRESET hidden)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/lib")
if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "Debug or Release" FORCE)
endif()
set(CMAKE_C_FLAGS_RELEASE "-O2 -DNDEBUG")

add_library(brv_flags INTERFACE)
target_compile_definitions(brv_flags INTERFACE
    _GNU_SOURCE
    BRV_VERSION="${PROJECT_VERSION}"
    $<$<BOOL:${BRV_ARENA_DEBUG}>:BRV_ARENA_DEBUG>
    $<$<BOOL:${BRV_TINY}>:BRV_TINY>)
# No fused multiply-add: a sum must come out the same on every machine.
target_compile_options(brv_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes
    -Wswitch -Wvla -Wformat=2
    $<$<BOOL:${BRV_WERROR}>:-Werror>
    -ffp-contract=off)

if(BRV_SANITIZE)
    target_compile_options(brv_flags INTERFACE
        -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(brv_flags INTERFACE -fsanitize=address,undefined)
endif()
if(BRV_FUZZ) # optimised a little: many more inputs are tried in the same time
    target_compile_options(brv_flags INTERFACE -fsanitize=fuzzer-no-link -O1)
endif()
if(BRV_COVERAGE)
    target_compile_options(brv_flags INTERFACE --coverage)
    target_link_options(brv_flags INTERFACE --coverage)
endif()
if(BRV_LTO)
    include(CheckIPOSupported)
    check_ipo_supported(RESULT BRV_LTO_WORKS OUTPUT ignored LANGUAGES C)
    set(CMAKE_INTERPROCEDURAL_OPTIMIZATION ${BRV_LTO_WORKS})
endif()
