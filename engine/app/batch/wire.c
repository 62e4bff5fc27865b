// Brevier — messages between the supervisor of a batch and its workers.
// SPDX-License-Identifier: MIT
#include "app/batch/wire.h"

size_t brv_wire_begin(struct brv_buf *out)
{
    size_t begin = out->len;
    brv_wire_add(out, 0);
    return begin;
}

void brv_wire_add(struct brv_buf *out, uint64_t value)
{
    brv_buf_add(out, &value, sizeof value);
}

void brv_wire_add_str(struct brv_buf *out, brv_str text)
{
    brv_wire_add(out, text.len);
    brv_buf_add_str(out, text);
}

void brv_wire_end(struct brv_buf *out, size_t begin)
{
    uint64_t len = out->len - begin - sizeof len;
    memcpy(out->ptr + begin, &len, sizeof len);
}

size_t brv_wire_first(brv_str bytes, brv_str *message)
{
    uint64_t len;
    if (bytes.len < sizeof len)
        return 0;
    memcpy(&len, bytes.ptr, sizeof len);
    if (bytes.len - sizeof len < len)
        return 0;
    *message = brv_str_slice(bytes, sizeof len, sizeof len + (size_t)len);
    return sizeof len + (size_t)len;
}

uint64_t brv_wire_read(struct brv_wire *wire)
{
    uint64_t value = 0;
    if (wire->rest.len < sizeof value) {
        wire->is_bad = true;
        wire->rest.len = 0;
        return 0;
    }
    memcpy(&value, wire->rest.ptr, sizeof value);
    wire->rest = brv_str_slice(wire->rest, sizeof value, wire->rest.len);
    return value;
}

brv_str brv_wire_read_str(struct brv_wire *wire)
{
    uint64_t len = brv_wire_read(wire);
    if (len > wire->rest.len) {
        wire->is_bad = true;
        len = wire->rest.len;
    }
    brv_str text = brv_str_slice(wire->rest, 0, (size_t)len);
    wire->rest = brv_str_slice(wire->rest, (size_t)len, wire->rest.len);
    return text;
}
