// Brevier — messages between the supervisor of a batch and its workers.
// A message is its length and then fields, each an integer or a text. Both ends are one program, so
// there is no version; a length or a field that makes no sense means that the other end went wrong.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_BATCH_WIRE_H
#define BRV_APP_BATCH_WIRE_H

#include "base/buf.h"

#include <stdbool.h>

// Writing: begin, add fields, end.
size_t brv_wire_begin(struct brv_buf *out);
void brv_wire_add(struct brv_buf *out, uint64_t value);
void brv_wire_add_str(struct brv_buf *out, brv_str text);
void brv_wire_end(struct brv_buf *out, size_t begin);

// The first whole message of `bytes`: its fields in *message, and how many bytes it takes. 0 when
// it is not whole yet.
size_t brv_wire_first(brv_str bytes, brv_str *message);

// Reading: fields are cut off the message. After one that is not there everything reads as zero or
// empty, and `is_bad` stays set.
struct brv_wire {
    brv_str rest;
    bool is_bad;
};
uint64_t brv_wire_read(struct brv_wire *wire);
brv_str brv_wire_read_str(struct brv_wire *wire);

#endif
