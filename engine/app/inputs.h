// Brevier — what a command is to work on: the operands, with JSON Lines files taken apart.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_INPUTS_H
#define BRV_APP_INPUTS_H

#include "app/cli.h"

// One document to be. A line of a JSON Lines file is an input of its own, already read.
struct brv_input {
    brv_str path;  // as given; "-" is standard input
    brv_str name;  // in messages: the path, with ":LINE" for a line of JSON Lines
    brv_str stem;  // of the output's name: the file's without suffix, with "-LINE" for a line
    size_t line;   // 1-based in a JSON Lines file, else 0
    brv_str bytes; // of a line
};

struct brv_inputs {
    struct brv_input *items;
    size_t count;
    size_t capacity;
};

// The inputs that the operands name, in their order. A file that ends in .jsonl holds a document on
// each line that is not blank. BRV_FAILED, with an error reported, when such a file cannot be read
// or holds nothing; other files are read when their turn comes.
enum brv_status brv_inputs_collect(struct brv_cli *cli, struct brv_inputs *inputs) BRV_WARN_UNUSED;

// The text of an input.
enum brv_status brv_input_read(const struct brv_cli *cli, struct brv_arena *arena,
                               const struct brv_input *input, brv_str *bytes, struct brv_sink *sink)
    BRV_WARN_UNUSED;

#endif
