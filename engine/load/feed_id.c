// Brevier — feeds: the id that a line of JSON Lines has in its metadata.
// A feed wants nothing else of a document, so it is looked for in the bytes, as far as it goes: in
// {"schema": …, "meta": {"id": "here"}}. What is no JSON has none; that it is none, the loader
// says.
// SPDX-License-Identifier: MIT
#include "load/feed_source.h"

#include "base/json.h"
#include "base/utf8.h"

struct reader {
    brv_str text;
    size_t at;
};

// The next byte that is no space; NUL at the end.
static char reader_peek(struct reader *reader)
{
    while (reader->at < reader->text.len && brv_is_space(reader->text.ptr[reader->at]))
        reader->at++;
    return reader->at < reader->text.len ? reader->text.ptr[reader->at] : '\0';
}

static bool reader_takes(struct reader *reader, char byte)
{
    bool is_there = reader_peek(reader) == byte;
    reader->at += is_there;
    return is_there;
}

// A string with its quotes and escapes; empty when there is none.
static brv_str string_read(struct reader *reader)
{
    if (reader_peek(reader) != '"')
        return (brv_str){ 0 };
    brv_str rest = brv_str_from(reader->text, reader->at);
    for (size_t i = 1; i < rest.len; i++) {
        if (rest.ptr[i] == '\\')
            i++;
        else if (rest.ptr[i] == '"') {
            reader->at += i + 1;
            return brv_str_slice(rest, 0, i + 1);
        }
    }
    return (brv_str){ 0 };
}

// Past a value, whatever is in it. False where the text ends before.
static bool value_skip(struct reader *reader)
{
    size_t depth = 0;
    for (;;) {
        char byte = reader_peek(reader);
        if (byte == '\0')
            return false;
        if (byte == '"') {
            if (string_read(reader).len == 0)
                return false;
        } else {
            bool ends = byte == '}' || byte == ']';
            if (depth == 0 && (ends || byte == ','))
                return true;
            depth += byte == '{' || byte == '[';
            depth -= ends;
            reader->at++;
        }
    }
}

// Goes to the value of a member of the object that begins here. False when it has none of the name.
static bool member_find(struct reader *reader, brv_str quoted)
{
    if (!reader_takes(reader, '{'))
        return false;
    do {
        brv_str key = string_read(reader);
        if (key.len == 0 || !reader_takes(reader, ':'))
            return false;
        if (brv_str_equal(key, quoted))
            return true;
    } while (value_skip(reader) && reader_takes(reader, ','));
    return false;
}

// ---- exported

brv_str brv_feed_json_id(struct brv_arena *arena, brv_str line)
{
    struct reader reader = { line, brv_str_starts_with(line, BRV_S("\xef\xbb\xbf")) ? 3 : 0 };
    if (!member_find(&reader, BRV_S("\"meta\"")) || !member_find(&reader, BRV_S("\"id\"")))
        return (brv_str){ 0 };
    struct brv_json_limits one = { .values = 1 };
    const struct brv_json *id = brv_json_parse(arena, string_read(&reader), one, NULL);
    return id && brv_utf8_is_valid(id->text) ? id->text : (brv_str){ 0 };
}
