// Brevier — pictures made for tests, loaded.
// SPDX-License-Identifier: MIT
#include "picture_load.h"

#include "harness.h"

const struct brv_image *picture_load(struct fixture *fixture, const struct brv_buf *bytes)
{
    static struct brv_limits limits;
    limits = brv_limits_default();
    fixture->sink = brv_sink_init(fixture->arena);
    const struct brv_image *image = brv_image_load(
        fixture->arena, BRV_S("x"), brv_buf_str(bytes), &limits, brv_span_none(), &fixture->sink);
    assert_int_equal(fixture->sink.counts[BRV_ERROR], image ? 0 : 1); // one error, no more
    return image;
}

void picture_check_refused(struct fixture *fixture, const struct brv_buf *bytes, const char *want)
{
    assert_null(picture_load(fixture, bytes));
    brv_str message = sink_message(&fixture->sink, 0);
    if (brv_str_find(message, 0, brv_str_from_cstr(want)) == message.len) {
        print_error("%.*s\n", (int)message.len, message.ptr);
        fail();
    }
}
