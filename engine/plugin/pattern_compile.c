// Brevier — compiling patterns. The essay is in pattern.c.
// SPDX-License-Identifier: MIT
#include "plugin/library.h"
#include "plugin/pattern_items.h"
#include "plugin/sandbox.h"

// ---- character classes, those of the C locale

// The classes of ASCII, a bit for each character; no other byte is in any.
static const struct class {
    char name;
    uint32_t words[4];
} classes[] = {
    { 'a', { 0x00000000, 0x00000000, 0x07FFFFFE, 0x07FFFFFE } },
    { 'c', { 0xFFFFFFFF, 0x00000000, 0x00000000, 0x80000000 } },
    { 'd', { 0x00000000, 0x03FF0000, 0x00000000, 0x00000000 } },
    { 'g', { 0x00000000, 0xFFFFFFFE, 0xFFFFFFFF, 0x7FFFFFFF } },
    { 'l', { 0x00000000, 0x00000000, 0x00000000, 0x07FFFFFE } },
    { 'p', { 0x00000000, 0xFC00FFFE, 0xF8000001, 0x78000001 } },
    { 's', { 0x00003E00, 0x00000001, 0x00000000, 0x00000000 } },
    { 'u', { 0x00000000, 0x00000000, 0x07FFFFFE, 0x00000000 } },
    { 'w', { 0x00000000, 0x03FF0000, 0x07FFFFFE, 0x07FFFFFE } },
    { 'x', { 0x00000000, 0x03FF0000, 0x0000007E, 0x0000007E } },
};

static const struct class *find_class(char name)
{
    for (size_t i = 0; i < BRV_COUNT(classes); i++)
        if (classes[i].name == name)
            return &classes[i];
    return NULL;
}

static void set_add(uint32_t set[8], unsigned char c)
{
    set[c >> 5] |= 1u << (c & 31);
}

static void set_invert(uint32_t set[8])
{
    for (int i = 0; i < 8; i++)
        set[i] = ~set[i];
}

// The meaning of "%" and a character.
static void set_add_escape(uint32_t set[8], char c)
{
    const struct class *class = find_class(brv_to_lower(c));
    if (!class) {
        set_add(set, (unsigned char)c);
        return;
    }
    uint32_t inverted = c == class->name ? 0 : ~UINT32_C(0);
    for (int i = 0; i < 8; i++)
        set[i] |= (i < 4 ? class->words[i] : 0) ^ inverted;
}

// ---- compiling

struct compiler {
    lua_State *L;
    brv_str text;
    size_t at;
    int open[BRV_CAPTURES_MAX]; // captures not closed yet
    int open_count;
    bool is_closed[BRV_CAPTURES_MAX];
};

// The place of the "]" that ends the set whose "[" was just passed.
static size_t set_end(struct compiler *c)
{
    size_t at = c->at;
    if (at < c->text.len && c->text.ptr[at] == '^')
        at++;
    bool is_first = true; // a "]" in front is a member
    while (at < c->text.len && (is_first || c->text.ptr[at] != ']')) {
        at += c->text.ptr[at] == '%' ? 2 : 1;
        is_first = false;
    }
    if (at >= c->text.len)
        luaL_error(c->L, "malformed pattern (missing \"]\")");
    return at;
}

// c->at is after the "[".
static void parse_set(struct compiler *c, uint32_t set[8])
{
    const char *p = c->text.ptr;
    size_t end = set_end(c);
    bool is_negated = p[c->at] == '^';
    for (size_t at = c->at + is_negated; at < end; at++) {
        if (p[at] == '%' && at + 1 < end) {
            set_add_escape(set, p[++at]);
        } else if (at + 2 < end && p[at + 1] == '-') {
            for (int i = (unsigned char)p[at]; i <= (unsigned char)p[at + 2]; i++)
                set_add(set, (unsigned char)i);
            at += 2;
        } else {
            set_add(set, (unsigned char)p[at]);
        }
    }
    if (is_negated)
        set_invert(set);
    c->at = end + 1;
}

static void parse_capture_open(struct compiler *c, struct brv_pattern *pattern,
                               struct brv_pattern_item *item)
{
    if (pattern->capture_count == BRV_CAPTURES_MAX)
        luaL_error(c->L, "too many captures, at most %d", BRV_CAPTURES_MAX);
    item->a = (unsigned char)pattern->capture_count++;
    if (c->at < c->text.len && c->text.ptr[c->at] == ')') {
        c->at++;
        item->op = BRV_OP_POSITION;
        c->is_closed[item->a] = true;
    } else {
        item->op = BRV_OP_OPEN;
        c->open[c->open_count++] = item->a;
    }
}

static void parse_capture_close(struct compiler *c, struct brv_pattern_item *item)
{
    if (c->open_count == 0)
        luaL_error(c->L, "malformed pattern (\")\" without \"(\")");
    item->op = BRV_OP_CLOSE;
    item->a = (unsigned char)c->open[--c->open_count];
    c->is_closed[item->a] = true;
}

// What follows a "%". False when it is a single character class.
static bool parse_escape(struct compiler *c, struct brv_pattern_item *item)
{
    if (c->at >= c->text.len)
        luaL_error(c->L, "malformed pattern (ends with \"%%\")");
    char kind = c->text.ptr[c->at++];
    if (kind == 'b') {
        if (c->at + 2 > c->text.len)
            luaL_error(c->L, "malformed pattern (missing arguments to \"%%b\")");
        item->op = BRV_OP_BALANCE;
        item->a = (unsigned char)c->text.ptr[c->at++];
        item->b = (unsigned char)c->text.ptr[c->at++];
        return true;
    }
    if (kind == 'f') {
        if (c->at >= c->text.len || c->text.ptr[c->at++] != '[')
            luaL_error(c->L, "missing \"[\" after \"%%f\" in pattern");
        item->op = BRV_OP_FRONTIER;
        parse_set(c, item->set);
        return true;
    }
    if (brv_is_digit(kind)) {
        int capture = kind - '1';
        if (capture < 0 || !c->is_closed[capture])
            luaL_error(c->L, "invalid capture index %%%d in pattern", capture + 1);
        item->op = BRV_OP_REFERENCE;
        item->a = (unsigned char)capture;
        return true;
    }
    set_add_escape(item->set, kind);
    return false;
}

static void parse_repeat(struct compiler *c, struct brv_pattern_item *item)
{
    if (c->at >= c->text.len)
        return;
    switch (c->text.ptr[c->at]) {
    case '*':
        item->repeat = BRV_REPEAT_ANY_NUMBER;
        break;
    case '+':
        item->repeat = BRV_REPEAT_AT_LEAST_ONCE;
        break;
    case '-':
        item->repeat = BRV_REPEAT_AS_FEW;
        break;
    case '?':
        item->repeat = BRV_REPEAT_AT_MOST_ONCE;
        break;
    default:
        return;
    }
    c->at++;
}

static void parse_item(struct compiler *c, struct brv_pattern *pattern,
                       struct brv_pattern_item *item)
{
    char first = c->text.ptr[c->at++];
    switch (first) {
    case '(':
        parse_capture_open(c, pattern, item);
        return;
    case ')':
        parse_capture_close(c, item);
        return;
    case '$':
        if (c->at == c->text.len) {
            item->op = BRV_OP_END;
            return;
        }
        set_add(item->set, '$');
        break;
    case '%':
        if (parse_escape(c, item))
            return;
        break;
    case '[':
        parse_set(c, item->set);
        break;
    case '.':
        set_invert(item->set);
        break;
    default:
        set_add(item->set, (unsigned char)first);
        break;
    }
    item->op = BRV_OP_SINGLE;
    parse_repeat(c, item);
}

const struct brv_pattern *brv_pattern_push(lua_State *L, brv_str text, bool may_be_anchored)
{
    brv_charge(L, 4 + text.len);
    size_t capacity = text.len < BRV_PATTERN_ITEMS_MAX ? text.len : BRV_PATTERN_ITEMS_MAX;
    struct brv_pattern *pattern = lua_newuserdatauv(
        L, sizeof *pattern + capacity * sizeof(struct brv_pattern_item), 0); // [pattern]
    *pattern = (struct brv_pattern){ 0 };
    struct compiler c = { .L = L, .text = text };
    if (may_be_anchored && text.len > 0 && text.ptr[0] == '^') {
        pattern->is_anchored = true;
        c.at = 1;
    }
    while (c.at < text.len) {
        if (pattern->item_count == capacity)
            luaL_error(L, "pattern has more than %d items", BRV_PATTERN_ITEMS_MAX);
        struct brv_pattern_item *item = &pattern->items[pattern->item_count++];
        *item = (struct brv_pattern_item){ .op = BRV_OP_SINGLE };
        parse_item(&c, pattern, item);
    }
    if (c.open_count > 0)
        luaL_error(L, "malformed pattern (unfinished capture)");
    return pattern;
}

const struct brv_pattern *brv_pattern_at(lua_State *L, int index)
{
    return lua_touserdata(L, index);
}

bool brv_pattern_is_anchored(const struct brv_pattern *pattern)
{
    return pattern->is_anchored;
}

bool brv_pattern_is_plain(brv_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] != '\0' && strchr("^$*+?.([%-", text.ptr[i]))
            return false;
    return true;
}
