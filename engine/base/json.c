// Brevier — reading JSON.
// SPDX-License-Identifier: MIT
//
// One pass, without recursion: read_value() takes a value or the bracket that opens one, and
// go_on() takes what stands between it and the next: brackets that close, a comma. What is open is
// a stack of levels, each with the place where its next child is linked in.
#include "base/json.h"

#include "base/arena.h"
#include "base/hash.h"
#include "base/utf8.h"

enum { COMPARED_MAX = 16 }; // members whose names are compared each with each

struct level {
    struct brv_json *value;
    const struct brv_json **end; // where the next child goes
};

struct reader {
    struct brv_arena *arena;
    brv_str text;
    size_t at;
    struct brv_json_limits limits;
    struct level *levels; // of which the first is around the whole text
    size_t depth;
    size_t count;      // of values
    bool is_just_open; // the innermost level: no comma stands before its first child
    bool is_refused;   // for the fault
    struct brv_json_fault fault;
};

static bool refuse(struct reader *r, struct brv_json_fault fault)
{
    r->is_refused = true;
    r->fault = fault;
    return false;
}

static bool fail_at(struct reader *r, size_t at, const char *message)
{
    return refuse(r, (struct brv_json_fault){ BRV_JSON_MALFORMED, at, message });
}

static bool fail(struct reader *r, const char *message)
{
    return fail_at(r, r->at, message);
}

static bool fail_limit(struct reader *r, enum brv_json_fault_kind kind)
{
    return refuse(r, (struct brv_json_fault){ .kind = kind, .at = r->at });
}

// The byte at `at`; NUL, which JSON does not hold, at the end.
static char byte_at(const struct reader *r, size_t at)
{
    return at < r->text.len ? r->text.ptr[at] : '\0';
}

// The next byte that is no white space.
static char peek(struct reader *r)
{
    for (;; r->at++) {
        char c = byte_at(r, r->at);
        if (c != ' ' && c != '\n' && c != '\t' && c != '\r')
            return c;
    }
}

// ---- strings

// The character of an escape by one letter; NUL for none.
static char letter_escape(char letter)
{
    static const char letters[] = "\"\\/bfnrt";
    static const char characters[] = "\"\\/\b\f\n\r\t";
    const char *at = letter ? strchr(letters, letter) : NULL;
    return at ? characters[at - letters] : '\0';
}

// The four digits at `at`; false when that is no such thing.
static bool read_hex(const struct reader *r, size_t at, uint32_t *value)
{
    *value = 0;
    for (size_t i = at; i < at + 4; i++) {
        char c = byte_at(r, i);
        if (!brv_is_hex_digit(c))
            return false;
        *value = *value << 4 | (uint32_t)(brv_is_digit(c) ? c - '0' : brv_to_lower(c) - 'a' + 10);
    }
    return true;
}

// One escape at r->at. Characters beyond the first plane are written in two halves.
static bool read_escape(struct reader *r, uint32_t *codepoint)
{
    char letter = byte_at(r, r->at + 1);
    if (letter != 'u') {
        *codepoint = (uint32_t)letter_escape(letter);
        if (*codepoint == 0)
            return fail(r, "an escape that does not exist");
        r->at += 2;
        return true;
    }
    if (!read_hex(r, r->at + 2, codepoint))
        return fail(r, "expected four hexadecimal digits after \"\\u\"");
    size_t end = r->at + 6;
    if (*codepoint >= 0xD800 && *codepoint < 0xE000) {
        uint32_t low;
        if (*codepoint >= 0xDC00 || byte_at(r, end) != '\\' || byte_at(r, end + 1) != 'u' ||
            !read_hex(r, end + 2, &low) || low < 0xDC00 || low >= 0xE000)
            return fail(r, "one half of a character that is written in two");
        *codepoint = 0x10000 + ((*codepoint - 0xD800) << 10) + (low - 0xDC00);
        end += 6;
    }
    r->at = end;
    return true;
}

static bool is_plain(char byte)
{
    return (unsigned char)byte >= ' ' && byte != '"' && byte != '\\';
}

// Past what stands for itself, as many bytes at a time as a register holds.
typedef unsigned char sixteen __attribute__((vector_size(16)));

static size_t after_plain(const struct reader *r, size_t at)
{
    for (; at + sizeof(sixteen) <= r->text.len; at += sizeof(sixteen)) {
        sixteen bytes;
        uint64_t halves[2]; // all bits of a plain byte
        memcpy(&bytes, r->text.ptr + at, sizeof bytes);
        const sixteen plain = (sixteen)((bytes >= ' ') & (bytes != '"') & (bytes != '\\'));
        memcpy(halves, &plain, sizeof halves);
        if ((halves[0] & halves[1]) != UINT64_MAX)
            break;
    }
    while (at < r->text.len && is_plain(r->text.ptr[at]))
        at++;
    return at;
}

// A string at r->at: as it is written, and its text. Escapes only ever make it shorter.
static bool read_string(struct reader *r, brv_str *written, brv_str *text)
{
    size_t start = r->at;
    size_t plain = start + 1;
    char *decoded = NULL;
    size_t len = 0;
    for (;;) {
        r->at = after_plain(r, plain);
        if (decoded) {
            memcpy(decoded + len, r->text.ptr + plain, r->at - plain);
            len += r->at - plain;
        }
        char c = byte_at(r, r->at);
        if (c == '"')
            break;
        if (c != '\\')
            return r->at < r->text.len ? fail(r, "a control character in a string")
                                       : fail_at(r, start, "a string without an end");
        if (!decoded) {
            size_t end = r->at;
            while (end < r->text.len && r->text.ptr[end] != '"')
                end += r->text.ptr[end] == '\\' ? 2 : 1;
            decoded = brv_arena_alloc(r->arena, end - start);
            len = r->at - plain;
            memcpy(decoded, r->text.ptr + plain, len);
        }
        uint32_t codepoint;
        if (!read_escape(r, &codepoint))
            return false;
        len += brv_utf8_encode(codepoint, decoded + len);
        plain = r->at;
    }
    r->at++;
    *written = brv_str_slice(r->text, start, r->at);
    *text = decoded ? (brv_str){ decoded, len } : brv_str_slice(r->text, start + 1, r->at - 1);
    return true;
}

// ---- numbers and words

static size_t after_digits(const struct reader *r, size_t at)
{
    while (brv_is_digit(byte_at(r, at)))
        at++;
    return at;
}

static bool read_number(struct reader *r)
{
    size_t start = r->at + (byte_at(r, r->at) == '-');
    size_t end = after_digits(r, start);
    bool is_right = end > start && (byte_at(r, start) != '0' || end == start + 1);
    if (byte_at(r, end) == '.') {
        start = end + 1;
        end = after_digits(r, start);
        is_right = is_right && end > start;
    }
    if (brv_to_lower(byte_at(r, end)) == 'e') {
        start = end + 1;
        start += byte_at(r, start) == '+' || byte_at(r, start) == '-';
        end = after_digits(r, start);
        is_right = is_right && end > start;
    }
    if (!is_right)
        return fail(r, "a number that is not written like one");
    r->at = end;
    return true;
}

static bool read_word(struct reader *r, enum brv_json_type *type)
{
    static const struct {
        enum brv_json_type type;
        brv_str word;
    } words[] = {
        { BRV_JSON_NULL, BRV_S_INIT("null") },
        { BRV_JSON_FALSE, BRV_S_INIT("false") },
        { BRV_JSON_TRUE, BRV_S_INIT("true") },
    };
    brv_str rest = brv_str_from(r->text, r->at);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!brv_str_starts_with(rest, words[i].word))
            continue;
        *type = words[i].type;
        r->at += words[i].word.len;
        return true;
    }
    return fail(r, "expected a value");
}

// ---- arrays and objects

static bool is_repeated(const struct brv_json *object, const struct brv_json *member,
                        struct brv_map *seen)
{
    if (seen->arena) {
        void **at = brv_map_at(seen, member->key);
        bool is_known = *at != NULL;
        *at = seen;
        return is_known;
    }
    for (const struct brv_json *other = object->first; other != member; other = other->next)
        if (brv_str_equal(other->key, member->key))
            return true;
    return false;
}

static bool check_names(struct reader *r, const struct brv_json *object)
{
    struct brv_map seen = { .arena = object->count > COMPARED_MAX ? r->arena : NULL };
    for (const struct brv_json *member = object->first; member; member = member->next)
        if (is_repeated(object, member, &seen))
            return fail_at(r,
                           (size_t)(member->key_written.ptr - r->text.ptr),
                           "an object has a second member of this name");
    return true;
}

static bool open(struct reader *r, struct brv_json *value)
{
    if (r->depth > r->limits.depth)
        return fail_limit(r, BRV_JSON_TOO_DEEP);
    r->levels[r->depth++] = (struct level){ value, &value->first };
    r->is_just_open = true;
    r->at++;
    return true;
}

static bool close(struct reader *r)
{
    struct brv_json *value = r->levels[--r->depth].value;
    r->at++;
    value->written.len = (size_t)(r->text.ptr + r->at - value->written.ptr);
    r->is_just_open = false;
    return value->type != BRV_JSON_OBJECT || check_names(r, value);
}

static bool read_key(struct reader *r, struct brv_json *member)
{
    if (peek(r) != '"')
        return fail(r, "expected the name of a member");
    if (!read_string(r, &member->key_written, &member->key))
        return false;
    if (peek(r) != ':')
        return fail(r, "expected \":\"");
    r->at++;
    return true;
}

// ---- values

static bool read_typed(struct reader *r, struct brv_json *value)
{
    char c = peek(r);
    size_t start = r->at;
    value->written = brv_str_slice(r->text, start, start);
    switch (c) {
    case '"':
        value->type = BRV_JSON_STRING;
        return read_string(r, &value->written, &value->text);
    case '[':
    case '{':
        value->type = c == '[' ? BRV_JSON_ARRAY : BRV_JSON_OBJECT;
        return open(r, value);
    default:
        value->type = BRV_JSON_NUMBER;
        if (!(c == '-' || brv_is_digit(c) ? read_number(r) : read_word(r, &value->type)))
            return false;
        value->written = brv_str_slice(r->text, start, r->at);
        return true;
    }
}

// The next value, if it is a scalar, or its beginning.
static bool read_value(struct reader *r)
{
    struct level *level = &r->levels[r->depth - 1];
    struct brv_json *value = BRV_NEW(r->arena, struct brv_json);
    r->is_just_open = false;
    if (level->value->type == BRV_JSON_OBJECT && !read_key(r, value))
        return false;
    if (r->count++ == r->limits.values)
        return fail_limit(r, BRV_JSON_TOO_MANY);
    level->value->count++;
    *level->end = value;
    level->end = &value->next;
    return read_typed(r, value);
}

// To the next value. False at the end of the text, and for a fault.
static bool go_on(struct reader *r)
{
    for (;;) {
        char c = peek(r);
        if (r->depth == 1) {
            if (r->at < r->text.len)
                fail(r, "the text goes on after its value");
            return false;
        }
        bool is_object = r->levels[r->depth - 1].value->type == BRV_JSON_OBJECT;
        if (c == (is_object ? '}' : ']')) {
            if (!close(r))
                return false;
        } else if (r->is_just_open) {
            return true;
        } else if (c == ',') {
            r->at++;
            return true;
        } else {
            return fail(r, is_object ? "expected \",\" or \"}\"" : "expected \",\" or \"]\"");
        }
    }
}

const struct brv_json *brv_json_parse(struct brv_arena *arena, brv_str text,
                                      struct brv_json_limits limits, struct brv_json_fault *fault)
{
    struct brv_json whole = { .type = BRV_JSON_ARRAY };
    struct reader reader = {
        .arena = arena,
        .text = text,
        .limits = limits,
        .levels = BRV_NEW_ARRAY(arena, struct level, limits.depth + 1),
        .depth = 1,
    };
    reader.levels[0] = (struct level){ &whole, &whole.first };
    while (read_value(&reader) && go_on(&reader))
        continue;
    if (fault)
        *fault = reader.fault;
    return reader.is_refused ? NULL : whole.first;
}
