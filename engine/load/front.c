// Brevier — reading front matter from libyaml's events.
// SPDX-License-Identifier: MIT
#include "load/front.h"

#include "load/line.h"

#include <yaml.h>

enum { FRONT_BYTES_MAX = 64 << 10, FRONT_DEPTH_MAX = 8 };

struct front {
    const struct brv_source *source;
    brv_str yaml;
    struct brv_metadata *metadata;
    yaml_parser_t parser;
    yaml_event_t event; // the current one
    bool has_event;
    // libyaml counts characters: the byte offset of the last one asked for.
    size_t mark_index;
    size_t mark_offset;
};

static enum brv_status fail(struct front *front, struct brv_span span, const char *message)
{
    brv_report(front->metadata->sink, BRV_ERROR, BRV_CODE_INPUT, span, "%s", message);
    return BRV_FAILED;
}

static size_t skip_characters(brv_str text, size_t offset, size_t count)
{
    while (count > 0 && offset < text.len) {
        offset++;
        while (offset < text.len && ((unsigned char)text.ptr[offset] & 0xC0) == 0x80) {
            offset++;
        }
        count--;
    }
    return offset;
}

static struct brv_span place(struct front *front, yaml_mark_t start, yaml_mark_t end)
{
    if (start.index < front->mark_index) {
        front->mark_index = front->mark_offset = 0;
    }
    front->mark_offset =
        skip_characters(front->yaml, front->mark_offset, start.index - front->mark_index);
    front->mark_index = start.index;
    size_t length = end.index > start.index ? end.index - start.index : 0;
    size_t to = skip_characters(front->yaml, front->mark_offset, length);
    return brv_span_of(front->source, brv_str_slice(front->yaml, front->mark_offset, to));
}

static struct brv_span event_place(struct front *front)
{
    return place(front, front->event.start_mark, front->event.end_mark);
}

// libyaml's own words, and what an author who never read its grammar may have meant.
static enum brv_status fail_parse(struct front *front)
{
    const yaml_parser_t *parser = &front->parser;
    struct brv_sink *sink = front->metadata->sink;
    struct brv_span span = place(front, parser->problem_mark, parser->problem_mark);
    size_t at = front->mark_offset;
    struct brv_diag *diag = brv_report(sink,
                                       BRV_ERROR,
                                       BRV_CODE_INPUT,
                                       span,
                                       "front matter is no YAML: %s",
                                       parser->problem ? parser->problem : "bad text");
    if (at < front->yaml.len && front->yaml.ptr[at] == '\t') {
        brv_diag_hint(sink, diag, "indent with spaces, not with tabs");
    } else if (at < front->yaml.len && front->yaml.ptr[at] == ':') {
        brv_diag_hint(sink, diag, "a value with \": \" in it needs quotes: key: \"one: two\"");
    }
    if (parser->context) {
        brv_diag_note(sink,
                      diag,
                      place(front, parser->context_mark, parser->context_mark),
                      "%s",
                      parser->context);
    }
    return BRV_FAILED;
}

static enum brv_status next_event(struct front *front)
{
    if (front->has_event) {
        yaml_event_delete(&front->event);
        front->has_event = false;
    }
    if (!yaml_parser_parse(&front->parser, &front->event)) {
        return fail_parse(front);
    }
    front->has_event = true;
    return BRV_OK;
}

static enum brv_status skip_events(struct front *front, int count)
{
    while (count-- > 0) {
        if (next_event(front)) {
            return BRV_FAILED;
        }
    }
    return BRV_OK;
}

// What strict front matter does without.
static enum brv_status check_plain(struct front *front)
{
    const yaml_event_t *event = &front->event;
    const yaml_char_t *anchor = NULL;
    const yaml_char_t *tag = NULL;
    if (event->type == YAML_ALIAS_EVENT) {
        return fail(front, event_place(front), "aliases are not allowed in front matter");
    }
    if (event->type == YAML_SCALAR_EVENT) {
        anchor = event->data.scalar.anchor;
        tag = event->data.scalar.tag;
    } else if (event->type == YAML_SEQUENCE_START_EVENT) {
        anchor = event->data.sequence_start.anchor;
        tag = event->data.sequence_start.tag;
    } else if (event->type == YAML_MAPPING_START_EVENT) {
        anchor = event->data.mapping_start.anchor;
        tag = event->data.mapping_start.tag;
    }
    if (anchor) {
        return fail(front, event_place(front), "anchors are not allowed in front matter");
    }
    if (tag) {
        return fail(front, event_place(front), "tags are not allowed in front matter");
    }
    return BRV_OK;
}

static brv_str scalar(struct front *front)
{
    return brv_arena_str(
        front->metadata->arena,
        (brv_str){ (const char *)front->event.data.scalar.value, front->event.data.scalar.length });
}

static enum brv_status read_list(struct front *front, brv_str key, struct brv_span span)
{
    brv_str *values = NULL;
    size_t count = 0;
    size_t capacity = 0;
    struct brv_metadata_place place = { span, event_place(front) };
    for (;;) {
        if (next_event(front) || check_plain(front)) {
            return BRV_FAILED;
        }
        if (front->event.type == YAML_SEQUENCE_END_EVENT) {
            place.value = brv_span_join(place.value, event_place(front));
            return brv_metadata_add(front->metadata, key, values, count, true, place);
        }
        if (front->event.type != YAML_SCALAR_EVENT) {
            return fail(front, event_place(front), "a list of front matter holds text only");
        }
        BRV_PUSH(front->metadata->arena, values, count, capacity) = scalar(front);
    }
}

static enum brv_status read_map(struct front *front, brv_str prefix, int depth);

// Reads the value of `key`; the current event is still the key's.
static enum brv_status read_value(struct front *front, brv_str key, struct brv_span span, int depth)
{
    if (next_event(front) || check_plain(front)) {
        return BRV_FAILED;
    }
    if (front->event.type == YAML_SEQUENCE_START_EVENT) {
        return read_list(front, key, span);
    }
    if (front->event.type == YAML_MAPPING_START_EVENT) {
        return read_map(front, key, depth + 1);
    }
    brv_str value = scalar(front);
    struct brv_metadata_place place = { span, event_place(front) };
    return brv_metadata_add(front->metadata, key, &value, 1, false, place);
}

static enum brv_status read_map(struct front *front, brv_str prefix, int depth)
{
    if (depth > FRONT_DEPTH_MAX) {
        return fail(front, event_place(front), "front matter is nested deeper than 8");
    }
    for (;;) {
        if (next_event(front) || check_plain(front)) {
            return BRV_FAILED;
        }
        if (front->event.type == YAML_MAPPING_END_EVENT) {
            return BRV_OK;
        }
        struct brv_span span = event_place(front);
        if (front->event.type != YAML_SCALAR_EVENT) {
            return fail(front, span, "a key of front matter must be text");
        }
        brv_str key = scalar(front);
        if (brv_str_is(key, "<<")) {
            return fail(front, span, "merge keys are not allowed in front matter");
        }
        if (key.len == 0) {
            return fail(front, span, "a key of front matter is empty");
        }
        if (prefix.len > 0) {
            key = brv_arena_printf(front->metadata->arena,
                                   "%" BRV_STR_F ".%" BRV_STR_F,
                                   BRV_STR_ARG(prefix),
                                   BRV_STR_ARG(key));
        }
        if (read_value(front, key, span, depth)) {
            return BRV_FAILED;
        }
    }
}

static enum brv_status read_document(struct front *front)
{
    if (skip_events(front, 2)) { // stream start, document start
        return BRV_FAILED;
    }
    if (front->event.type == YAML_STREAM_END_EVENT) {
        return BRV_OK;
    }
    if (next_event(front) || check_plain(front)) {
        return BRV_FAILED;
    }
    if (front->event.type != YAML_MAPPING_START_EVENT) {
        return fail(front, event_place(front), "front matter must hold lines \"key: value\"");
    }
    if (read_map(front, (brv_str){ 0 }, 1) || skip_events(front, 2)) {
        return BRV_FAILED;
    }
    if (front->event.type != YAML_STREAM_END_EVENT) {
        return fail(front, event_place(front), "front matter must be one YAML document");
    }
    return BRV_OK;
}

bool brv_front_split(brv_str text, brv_str *yaml, brv_str *body)
{
    struct brv_line line = brv_line_first(text);
    if (line.indent > 0 || !brv_str_is(brv_line_text(text, line), "---")) {
        return false;
    }
    size_t start = line.end < text.len ? line.end + 1 : line.end;
    while (brv_line_next(text, &line)) {
        brv_str content = brv_line_text(text, line);
        if (line.indent == 0 && (brv_str_is(content, "---") || brv_str_is(content, "..."))) {
            *yaml = brv_str_slice(text, start, line.start);
            *body = brv_str_slice(text, line.end, text.len);
            return true;
        }
    }
    return false;
}

enum brv_status brv_front_read(const struct brv_source *source, brv_str yaml,
                               struct brv_metadata *metadata)
{
    struct front front = { .source = source, .yaml = yaml, .metadata = metadata };
    if (yaml.len > FRONT_BYTES_MAX) {
        brv_report(metadata->sink,
                   BRV_ERROR,
                   BRV_CODE_LIMIT,
                   brv_span_of(source, yaml),
                   "front matter is longer than 64 KiB");
        return BRV_FAILED;
    }
    if (!yaml_parser_initialize(&front.parser)) {
        brv_report(metadata->sink,
                   BRV_ERROR,
                   BRV_CODE_INTERNAL,
                   brv_span_none(),
                   "the YAML parser could not be started");
        return BRV_FAILED;
    }
    yaml_parser_set_encoding(&front.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&front.parser, (const unsigned char *)yaml.ptr, yaml.len);
    enum brv_status status = read_document(&front);
    if (front.has_event) {
        yaml_event_delete(&front.event);
    }
    yaml_parser_delete(&front.parser);
    return status;
}
