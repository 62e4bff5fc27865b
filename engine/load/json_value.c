// Brevier — what the readers of the JSON form share.
// SPDX-License-Identifier: MIT
#include "load/json_value.h"

#include "load/clean.h"

struct brv_span brv_json_span(const struct brv_json_reader *reader, const struct brv_json *value)
{
    return brv_span_of(reader->markdown->source, value->written);
}

struct brv_span brv_json_key_span(const struct brv_json_reader *reader,
                                  const struct brv_json *member)
{
    return brv_span_of(reader->markdown->source, member->key_written);
}

void brv_json_fail(struct brv_json_reader *reader, const struct brv_json *value,
                   const char *message)
{
    brv_report(reader->markdown->sink,
               BRV_ERROR,
               BRV_CODE_INPUT,
               brv_json_span(reader, value),
               "%s",
               message);
    reader->failed = true;
}

void brv_json_fail_unknown(struct brv_json_reader *reader, const struct brv_json *member,
                           const char *what, const char *const *names, size_t count)
{
    struct brv_sink *sink = reader->markdown->sink;
    struct brv_diag *diag = brv_report(sink,
                                       BRV_ERROR,
                                       BRV_CODE_INPUT,
                                       brv_json_key_span(reader, member),
                                       "unknown member \"%" BRV_STR_F "\" of %s",
                                       BRV_STR_ARG(member->key),
                                       what);
    brv_diag_hint_nearest(sink, diag, member->key, names, count);
    reader->failed = true;
}

brv_str brv_json_string(struct brv_json_reader *reader, const struct brv_json *value)
{
    if (value->text.len + 2 == value->written.len) {
        return value->text; // no escapes: the sanitiser has seen it
    }
    return brv_clean_text(
        reader->markdown->arena, value->text, brv_json_span(reader, value), reader->markdown->sink);
}
