// Brevier — what a plugin says of itself.
// SPDX-License-Identifier: MIT
#ifndef BRV_PLUGIN_MANIFEST_H
#define BRV_PLUGIN_MANIFEST_H

#include "plugin/capability.h"
#include "plugin/host.h"
#include "plugin/sandbox.h"

enum { BRV_PLUGIN_API = 1 };

enum brv_option_type {
    BRV_OPTION_INTEGER,
    BRV_OPTION_NUMBER,
    BRV_OPTION_STRING,
    BRV_OPTION_BOOLEAN,
    BRV_OPTION_ENUM,
};

struct brv_option_value {
    lua_Integer integer;
    lua_Number number;
    bool boolean;
    brv_str text;
};

struct brv_option {
    brv_str name;
    enum brv_option_type type;
    struct brv_option_value value; // the default
    bool has_minimum;
    bool has_maximum;
    lua_Number minimum;
    lua_Number maximum;
    const brv_str *choices;
    size_t choice_count;
    brv_str help;
};

struct brv_manifest {
    struct brv_plugin_info info;
    bool wants[BRV_CAPABILITY_COUNT];
    struct brv_option *options; // sorted by name
    size_t option_count;
};

// The place of `key = …` in the table that the file returns, as far as its text tells.
struct brv_span brv_manifest_key_span(const struct brv_program *program, brv_str key);

// Loads a program and runs its main file in a sandbox of its own, and reads the table it
// returns. NULL after located errors, one for each fault. Strings live in the arena, and so does
// *box: the sandbox, ready to render.
struct brv_manifest *brv_manifest_load(struct brv_arena *arena, const struct brv_program *program,
                                       const struct brv_limits *limits, struct brv_sandbox **box,
                                       struct brv_sink *sink);

const char *brv_option_type_name(enum brv_option_type type);
// Converts a setting's text to a value of the option. NULL when it fits, else what was expected.
const char *brv_option_parse(const struct brv_option *option, brv_str text,
                             struct brv_option_value *value);
// [-0, +1]
void brv_option_push(lua_State *L, const struct brv_option *option,
                     const struct brv_option_value *value);

#endif
