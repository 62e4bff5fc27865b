// Brevier — compiled Lua: each text is compiled once.
// A plugin has a state of its own for each document, and a module is needed by many plugins: what
// Lua's compiler makes of a text is kept as bytes, and every state loads these. A state that has
// just seen the compiler at work is never used, so that memory, steps and verdicts are the same
// whether a text was compiled a moment ago, for an earlier document or by the build, which keeps
// the shipped ones in the index of plugins (index.h).
//
// Bytecode that is not what the compiler made of a text can break the interpreter. Only bytes that
// brv_codes made in this process, or this program's build wrote into its index, are ever loaded;
// files of plugins are text (program.c), and no script can load or dump.
// SPDX-License-Identifier: MIT
#ifndef BRV_PLUGIN_CODE_H
#define BRV_PLUGIN_CODE_H

#include "plugin/library.h"
#include "plugin/sandbox.h"

enum { BRV_PROGRAM_CODE_BYTES = 8 << 20 };

struct brv_plugin_index;
struct brv_codes; // opaque: the code of the modules of Lua, and where that of others is found

// `index` may be NULL. One for all states of a host.
struct brv_codes *brv_codes_new(struct brv_arena *arena, struct brv_plugin_index *index);

// Gives the modules the code of texts with these keys, as far as the index has it; false when some
// are left without.
bool brv_program_take_codes(struct brv_program *program, const uint64_t *keys) BRV_WARN_UNUSED;

// Sees to it that every module of the program has code. The compiler works within the limits, in a
// sandbox that is thrown away. BRV_FAILED with *fault when a text is wrong, or too much.
enum brv_status brv_program_compile(const struct brv_program *program,
                                    const struct brv_limits *limits, struct brv_fault *fault)
    BRV_WARN_UNUSED;

// The code of one of Brevier's own modules; empty when there is no memory for it.
brv_str brv_codes_of_script(struct brv_codes *codes, const struct brv_lua_script *script);

// [-0, +1] Pushes the chunk as a function. Raises when the memory does not suffice.
void brv_code_push(lua_State *L, brv_str code, const char *name);

// Names a text for the index: what it says, and what Lua is to call it.
uint64_t brv_code_key(const char *chunk_name, brv_str text);
uint64_t brv_module_key(const struct brv_module *module);
// What Lua is to call one of Brevier's own modules.
const char *brv_code_script_name(struct brv_arena *arena, const struct brv_lua_script *script);

#endif
