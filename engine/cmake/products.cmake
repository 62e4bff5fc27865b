# Brevier — what is shipped: the library, the program, and where they are installed.
# SPDX-License-Identifier: MIT
set(BRV_DATA_DIR "${CMAKE_INSTALL_DATADIR}/brevier")

# The program finds plugins and stylesheets beneath its data folder. It is the installed one, unless
# the program runs from BRV_BUILD_DIR: then it is the source tree.
target_compile_definitions(brv_app PRIVATE
    BRV_DATA_DIR_INSTALLED="${CMAKE_INSTALL_FULL_DATADIR}/brevier"
    BRV_DATA_DIR_BUILD="${PROJECT_SOURCE_DIR}"
    BRV_MODULE_DIR_INSTALLED="${CMAKE_INSTALL_FULL_LIBDIR}/brevier"
    BRV_MODULE_DIR_FROM_BIN="../${CMAKE_INSTALL_LIBDIR}/brevier"
    BRV_BUILD_DIR="${PROJECT_BINARY_DIR}")

add_library(libbrevier SHARED $<TARGET_OBJECTS:brv_app>)
target_link_libraries(libbrevier PRIVATE brv_app)
target_include_directories(libbrevier INTERFACE "${PROJECT_SOURCE_DIR}/engine")
set_target_properties(libbrevier PROPERTIES
    OUTPUT_NAME brevier
    LINKER_LANGUAGE C
    VERSION ${PROJECT_VERSION}
    SOVERSION ${PROJECT_VERSION_MAJOR})
install(TARGETS libbrevier LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}")
install(FILES engine/brevier.h DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
# The prefix is told from where the file lies, so an installed tree can be moved.
file(RELATIVE_PATH BRV_PREFIX_FROM_PC "/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/")
configure_file(engine/cmake/brevier.pc.in brevier.pc @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/brevier.pc"
        DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")

add_executable(brv_program engine/app/main.c)
target_link_libraries(brv_program PRIVATE brv_app)
set_target_properties(brv_program PROPERTIES OUTPUT_NAME brevier)
install(TARGETS brv_program RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")

# The program and all that makes its start short: what one builds to use it.
add_custom_target(brevier ALL DEPENDS brv_program)

install(FILES engine/app/brevier.1 DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")

get_property(modules GLOBAL PROPERTY BRV_MODULES)
install(TARGETS ${modules} LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}/brevier")
foreach(target IN ITEMS libbrevier brv_program)
    add_dependencies(${target} ${modules}) # opened when they run
endforeach()

# What a start asks of the shipped plugins. Without it, or where a plugin is not as it was, they are
# read instead.
if(NOT CMAKE_CROSSCOMPILING)
    file(GLOB_RECURSE plugins CONFIGURE_DEPENDS plugins/*.lua)
    set(index "${PROJECT_BINARY_DIR}/lib/brevier/plugins.index")
    add_custom_command(OUTPUT "${index}"
        COMMAND brv_program plugin index "${PROJECT_SOURCE_DIR}/plugins" -o "${index}"
        DEPENDS brv_program ${plugins}
        COMMENT "Writing the index of the shipped plugins"
        VERBATIM)
    install(FILES "${index}" DESTINATION "${CMAKE_INSTALL_LIBDIR}/brevier")

    # And of the fonts of this system, which other systems do not believe.
    set(fonts "${PROJECT_BINARY_DIR}/lib/brevier/fonts.index")
    add_custom_command(OUTPUT "${fonts}"
        COMMAND brv_program fonts index -o "${fonts}"
        DEPENDS brv_program brv_module_layout
        COMMENT "Writing the index of the installed fonts"
        VERBATIM)
    set(digests "${PROJECT_BINARY_DIR}/lib/brevier/fonts.digests")
    add_custom_command(OUTPUT "${digests}"
        COMMAND brv_program fonts digests -o "${digests}"
        DEPENDS brv_program brv_module_layout brv_module_batch
        COMMENT "Writing the digests of the installed fonts"
        VERBATIM)
    add_custom_target(brv_indexes DEPENDS "${index}" "${fonts}" "${digests}")
    add_dependencies(brevier brv_indexes)
    install(FILES "${fonts}" "${digests}" DESTINATION "${CMAKE_INSTALL_LIBDIR}/brevier")
endif()
install(DIRECTORY plugins/ DESTINATION "${BRV_DATA_DIR}/plugins"
        FILES_MATCHING PATTERN "*.lua" PATTERN "*.md")
install(DIRECTORY samples/ DESTINATION "${BRV_DATA_DIR}/samples"
        FILES_MATCHING PATTERN "README.md" EXCLUDE PATTERN "briefing.png" EXCLUDE
        PATTERN "*.md" PATTERN "*.txt" PATTERN "*.png")
install(DIRECTORY stylesheets/ DESTINATION "${BRV_DATA_DIR}/stylesheets"
        FILES_MATCHING PATTERN "*.css" PATTERN "*.png" PATTERN "*.md")
