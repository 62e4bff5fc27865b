# Brevier — how a room, a test and a fuzz target are declared.
# SPDX-License-Identifier: MIT

# brv_room(<name> [DEPENDS <room>…] SOURCES <file>… [LIBRARIES <library>…])
# A static library brv_<name>. LIBRARIES are names of engine/cmake/libraries.cmake and stay private:
# their headers are not seen by the rooms above.
function(brv_room name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "DEPENDS;SOURCES;LIBRARIES")
    if(arg_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "brv_room(${name}): unexpected ${arg_UNPARSED_ARGUMENTS}")
    endif()
    add_library(brv_${name} STATIC ${arg_SOURCES})
    target_include_directories(brv_${name} PUBLIC "${PROJECT_SOURCE_DIR}/engine")
    target_link_libraries(brv_${name} PUBLIC $<BUILD_INTERFACE:brv_flags>)
    foreach(room IN LISTS arg_DEPENDS)
        target_link_libraries(brv_${name} PUBLIC brv_${room})
    endforeach()
    foreach(library IN LISTS arg_LIBRARIES)
        brv_use_library(brv_${name} PRIVATE ${library})
    endforeach()
endfunction()

# brv_module(<name> SOURCES <file>…)
# A shared object lib/brevier/<name>.so over the room brv_<name> that exports one symbol; see
# output/module.h.
function(brv_module name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES")
    add_library(brv_module_${name} MODULE ${arg_SOURCES})
    target_link_libraries(brv_module_${name} PRIVATE brv_${name})
    target_link_options(brv_module_${name} PRIVATE -Wl,--as-needed)
    set_target_properties(brv_module_${name} PROPERTIES
        OUTPUT_NAME ${name}
        PREFIX ""
        LIBRARY_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/lib/brevier")
    set_property(GLOBAL APPEND PROPERTY BRV_MODULES brv_module_${name})
endfunction()

# brv_test(<name> SOURCES <file>… [DEPENDS <room>…] [LIBRARIES <library>…] [TIMEOUT <seconds>])
# A cmocka program test_<name>, run from the source tree's root as test <name>. It includes
# "harness.h" (tests/harness.h) and may use BRV_SOURCE_DIR and BRV_SCRATCH_DIR (a folder of its own for the files that it writes).
function(brv_test name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "TIMEOUT" "DEPENDS;SOURCES;LIBRARIES")
    string(REGEX REPLACE "^test_" "" name ${name})
    set(target test_${name})
    set(scratch "${PROJECT_BINARY_DIR}/scratch/${name}")
    file(MAKE_DIRECTORY "${scratch}")
    add_executable(${target} ${arg_SOURCES})
    target_compile_definitions(${target} PRIVATE
        BRV_SOURCE_DIR="${PROJECT_SOURCE_DIR}" BRV_SCRATCH_DIR="${scratch}")
    target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}/tests")
    set_target_properties(${target} PROPERTIES C_CLANG_TIDY "") # cmocka's macros are not ours to mend
    target_link_libraries(${target} PRIVATE brv_flags)
    foreach(room IN LISTS arg_DEPENDS)
        target_link_libraries(${target} PRIVATE brv_${room})
    endforeach()
    foreach(library IN LISTS arg_LIBRARIES ITEMS cmocka)
        brv_use_library(${target} PRIVATE ${library})
    endforeach()
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 60)
    endif()
    add_test(NAME ${name} COMMAND ${target} WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}")
    set_tests_properties(${name} PROPERTIES TIMEOUT ${arg_TIMEOUT})
endfunction()

# brv_fuzz(<name> SOURCES <file>… [DEPENDS <room>…] [LIBRARIES <library>…] [CORPUS <file or folder>…])
# The sources define LLVMFuzzerTestOneInput(). With BRV_FUZZ the program fuzz_<name> is a libFuzzer
# target, and the test looks for inputs beyond the corpus in BRV_FUZZ_RUNS runs from BRV_FUZZ_SEED: a
# clean build always tries the same ones, so that no change fails by chance; as compared values guide
# the search and addresses are among them, these are the same each time too (setarch -R). What it
# finds stays in the scratch folder. Without, a small driver feeds it the corpus, so that every build
# runs it as a test.
function(brv_fuzz name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "DEPENDS;SOURCES;LIBRARIES;CORPUS")
    string(REGEX REPLACE "^fuzz_" "" name ${name})
    set(target fuzz_${name})
    add_executable(${target} ${arg_SOURCES})
    target_link_libraries(${target} PRIVATE brv_flags)
    foreach(room IN LISTS arg_DEPENDS)
        target_link_libraries(${target} PRIVATE brv_${room})
    endforeach()
    foreach(library IN LISTS arg_LIBRARIES)
        brv_use_library(${target} PRIVATE ${library})
    endforeach()
    set(corpus)
    foreach(item IN LISTS arg_CORPUS)
        cmake_path(ABSOLUTE_PATH item BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" NORMALIZE)
        list(APPEND corpus "${item}")
    endforeach()
    if(BRV_FUZZ)
        find_program(BRV_SETARCH setarch REQUIRED)
        target_link_options(${target} PRIVATE -fsanitize=fuzzer)
        set(scratch "${PROJECT_BINARY_DIR}/scratch/fuzz_${name}")
        file(MAKE_DIRECTORY "${scratch}/found")
        add_test(NAME fuzz_${name}
                 COMMAND "${BRV_SETARCH}" -R $<TARGET_FILE:${target}> -seed=${BRV_FUZZ_SEED}
                         -runs=${BRV_FUZZ_RUNS} -timeout=30 "-artifact_prefix=${scratch}/" "${scratch}/found" ${corpus})
    else()
        target_sources(${target} PRIVATE "${PROJECT_SOURCE_DIR}/tests/fuzz_driver.c")
        add_test(NAME fuzz_${name} COMMAND ${target} ${corpus})
    endif()
    math(EXPR timeout "200 + ${BRV_FUZZ_RUNS} / 5")
    set_tests_properties(fuzz_${name} PROPERTIES TIMEOUT ${timeout})
endfunction()
