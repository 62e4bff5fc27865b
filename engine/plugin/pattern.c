// Brevier — the pattern matcher.
// SPDX-License-Identifier: MIT
//
// A pattern is compiled to a list of items, one per single character class, capture, %b, %f or
// back reference. Every single character class, however long its set, becomes a map of 256 bits, so
// a step costs the same for all of them. The matcher backtracks as Lua's manual asks; what keeps it
// tame is that each step is paid for with gas. Depth is bounded by the number of items that can
// fail after having matched, and by DEPTH_MAX.
#include "plugin/pattern.h"

#include "plugin/library.h"
#include "plugin/sandbox.h"

enum op {
    OP_SINGLE,
    OP_OPEN,      // a: the capture
    OP_POSITION,  // a: the capture
    OP_CLOSE,     // a: the capture
    OP_REFERENCE, // a: the capture
    OP_BALANCE,   // a, b: the two characters
    OP_FRONTIER,
    OP_END,
};

enum repeat { ONCE, ANY_NUMBER, AT_LEAST_ONCE, AS_FEW, AT_MOST_ONCE };

struct item {
    enum op op;
    enum repeat repeat;
    unsigned char a;
    unsigned char b;
    uint32_t set[8];
};

struct brv_pattern {
    bool is_anchored;
    int capture_count;
    size_t item_count;
    struct item items[];
};

enum { DEPTH_MAX = 200, BILL_STEPS = 64 };
#define NO_MATCH SIZE_MAX

// ---- character classes, those of the C locale

static bool is_in_class(unsigned char c, char name)
{
    bool is_lower = c >= 'a' && c <= 'z';
    bool is_upper = c >= 'A' && c <= 'Z';
    bool is_digit = c >= '0' && c <= '9';
    bool is_graphic = c > ' ' && c < 0x7F;
    switch (name) {
    case 'a':
        return is_lower || is_upper;
    case 'c':
        return c < ' ' || c == 0x7F;
    case 'd':
        return is_digit;
    case 'g':
        return is_graphic;
    case 'l':
        return is_lower;
    case 'p':
        return is_graphic && !is_lower && !is_upper && !is_digit;
    case 's':
        return c == ' ' || (c >= '\t' && c <= '\r');
    case 'u':
        return is_upper;
    case 'w':
        return is_lower || is_upper || is_digit;
    default: // 'x'
        return is_digit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }
}

static void set_add(uint32_t set[8], unsigned char c)
{
    set[c >> 5] |= 1u << (c & 31);
}

static bool set_has(const uint32_t set[8], char c)
{
    unsigned char byte = (unsigned char)c;
    return set[byte >> 5] >> (byte & 31) & 1;
}

static void set_invert(uint32_t set[8])
{
    for (int i = 0; i < 8; i++)
        set[i] = ~set[i];
}

// The meaning of "%" and a character.
static void set_add_escape(uint32_t set[8], char c)
{
    char name = brv_to_lower(c);
    if (name == '\0' || !strchr("acdglpsuwx", name)) {
        set_add(set, (unsigned char)c);
        return;
    }
    for (int i = 0; i < 256; i++)
        if (is_in_class((unsigned char)i, name) != (c != name))
            set_add(set, (unsigned char)i);
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

static void parse_capture_open(struct compiler *c, struct brv_pattern *pattern, struct item *item)
{
    if (pattern->capture_count == BRV_CAPTURES_MAX)
        luaL_error(c->L, "too many captures, at most %d", BRV_CAPTURES_MAX);
    item->a = (unsigned char)pattern->capture_count++;
    if (c->at < c->text.len && c->text.ptr[c->at] == ')') {
        c->at++;
        item->op = OP_POSITION;
        c->is_closed[item->a] = true;
    } else {
        item->op = OP_OPEN;
        c->open[c->open_count++] = item->a;
    }
}

static void parse_capture_close(struct compiler *c, struct item *item)
{
    if (c->open_count == 0)
        luaL_error(c->L, "malformed pattern (\")\" without \"(\")");
    item->op = OP_CLOSE;
    item->a = (unsigned char)c->open[--c->open_count];
    c->is_closed[item->a] = true;
}

// What follows a "%". False when it is a single character class.
static bool parse_escape(struct compiler *c, struct item *item)
{
    if (c->at >= c->text.len)
        luaL_error(c->L, "malformed pattern (ends with \"%%\")");
    char kind = c->text.ptr[c->at++];
    if (kind == 'b') {
        if (c->at + 2 > c->text.len)
            luaL_error(c->L, "malformed pattern (missing arguments to \"%%b\")");
        item->op = OP_BALANCE;
        item->a = (unsigned char)c->text.ptr[c->at++];
        item->b = (unsigned char)c->text.ptr[c->at++];
        return true;
    }
    if (kind == 'f') {
        if (c->at >= c->text.len || c->text.ptr[c->at++] != '[')
            luaL_error(c->L, "missing \"[\" after \"%%f\" in pattern");
        item->op = OP_FRONTIER;
        parse_set(c, item->set);
        return true;
    }
    if (brv_is_digit(kind)) {
        int capture = kind - '1';
        if (capture < 0 || !c->is_closed[capture])
            luaL_error(c->L, "invalid capture index %%%d in pattern", capture + 1);
        item->op = OP_REFERENCE;
        item->a = (unsigned char)capture;
        return true;
    }
    set_add_escape(item->set, kind);
    return false;
}

static void parse_repeat(struct compiler *c, struct item *item)
{
    if (c->at >= c->text.len)
        return;
    switch (c->text.ptr[c->at]) {
    case '*':
        item->repeat = ANY_NUMBER;
        break;
    case '+':
        item->repeat = AT_LEAST_ONCE;
        break;
    case '-':
        item->repeat = AS_FEW;
        break;
    case '?':
        item->repeat = AT_MOST_ONCE;
        break;
    default:
        return;
    }
    c->at++;
}

static void parse_item(struct compiler *c, struct brv_pattern *pattern, struct item *item)
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
            item->op = OP_END;
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
    item->op = OP_SINGLE;
    parse_repeat(c, item);
}

const struct brv_pattern *brv_pattern_push(lua_State *L, brv_str text, bool may_be_anchored)
{
    brv_charge(L, 4 + text.len);
    size_t capacity = text.len < BRV_PATTERN_ITEMS_MAX ? text.len : BRV_PATTERN_ITEMS_MAX;
    struct brv_pattern *pattern =
        lua_newuserdatauv(L, sizeof *pattern + capacity * sizeof(struct item), 0); // [pattern]
    *pattern = (struct brv_pattern){ 0 };
    struct compiler c = { .L = L, .text = text };
    if (may_be_anchored && text.len > 0 && text.ptr[0] == '^') {
        pattern->is_anchored = true;
        c.at = 1;
    }
    while (c.at < text.len) {
        if (pattern->item_count == capacity)
            luaL_error(L, "pattern has more than %d items", BRV_PATTERN_ITEMS_MAX);
        struct item *item = &pattern->items[pattern->item_count++];
        *item = (struct item){ .op = OP_SINGLE };
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

// ---- matching

struct matcher {
    lua_State *L;
    const struct brv_pattern *pattern;
    brv_str subject;
    struct brv_capture *captures;
    int depth;
    unsigned unpaid;
};

static void pay(struct matcher *m, size_t steps)
{
    m->unpaid += (unsigned)steps;
    if (m->unpaid >= BILL_STEPS) {
        uint64_t bill = m->unpaid;
        m->unpaid = 0;
        brv_charge(m->L, bill);
    }
}

static bool fits(const struct matcher *m, const struct item *item, size_t at)
{
    return at < m->subject.len && set_has(item->set, m->subject.ptr[at]);
}

static size_t match_items(struct matcher *m, size_t at, const struct item *item);

// The longest run first.
static size_t match_greedy(struct matcher *m, size_t at, const struct item *item)
{
    size_t end = at;
    while (fits(m, item, end)) {
        end++;
        if (end % 8 == 0)
            pay(m, 1);
    }
    for (;; end--) {
        pay(m, 1);
        size_t result = match_items(m, end, item + 1);
        if (result != NO_MATCH || end == at)
            return result;
    }
}

// The shortest run first.
static size_t match_lazy(struct matcher *m, size_t at, const struct item *item)
{
    for (;; at++) {
        pay(m, 1);
        size_t result = match_items(m, at, item + 1);
        if (result != NO_MATCH)
            return result;
        if (!fits(m, item, at))
            return NO_MATCH;
    }
}

// The end of a balanced pair that starts at `at`.
static size_t match_balance(struct matcher *m, size_t at, const struct item *item)
{
    if (at >= m->subject.len || (unsigned char)m->subject.ptr[at] != item->a)
        return NO_MATCH;
    size_t open = 1;
    for (at++; at < m->subject.len; at++) {
        if (at % 4 == 0)
            pay(m, 1);
        unsigned char c = (unsigned char)m->subject.ptr[at];
        if (c == item->b) { // first, so that equal characters close
            if (--open == 0)
                return at + 1;
        } else if (c == item->a) {
            open++;
        }
    }
    return NO_MATCH;
}

static size_t match_reference(struct matcher *m, size_t at, const struct item *item)
{
    const struct brv_capture *capture = &m->captures[item->a];
    size_t len = capture->len;
    if (capture->is_position || len > m->subject.len - at)
        return NO_MATCH;
    pay(m, 1 + len / 16);
    if (memcmp(m->subject.ptr + capture->from, m->subject.ptr + at, len) != 0)
        return NO_MATCH;
    return at + len;
}

static bool match_frontier(const struct matcher *m, size_t at, const struct item *item)
{
    char before = at > 0 ? m->subject.ptr[at - 1] : '\0';
    char here = at < m->subject.len ? m->subject.ptr[at] : '\0';
    return !set_has(item->set, before) && set_has(item->set, here);
}

// Matches the rest of the pattern from `item` on; the end of the match or NO_MATCH. Captures need no
// undoing: whatever is tried later sets them again before it can be read.
static size_t match_rest(struct matcher *m, size_t at, const struct item *item)
{
    const struct item *end = m->pattern->items + m->pattern->item_count;
    size_t result;
    for (; item < end; item++) {
        pay(m, 1);
        switch (item->op) {
        case OP_SINGLE:
            switch (item->repeat) {
            case ONCE:
                if (!fits(m, item, at++))
                    return NO_MATCH;
                break;
            case AT_MOST_ONCE:
                if (!fits(m, item, at))
                    break;
                result = match_items(m, at + 1, item + 1);
                if (result != NO_MATCH)
                    return result;
                break;
            case AT_LEAST_ONCE:
                return fits(m, item, at) ? match_greedy(m, at + 1, item) : NO_MATCH;
            case ANY_NUMBER:
                return match_greedy(m, at, item);
            case AS_FEW:
                return match_lazy(m, at, item);
            }
            break;
        case OP_OPEN:
            m->captures[item->a] = (struct brv_capture){ .from = at };
            break;
        case OP_POSITION:
            m->captures[item->a] = (struct brv_capture){ .from = at, .is_position = true };
            break;
        case OP_CLOSE:
            m->captures[item->a].len = at - m->captures[item->a].from;
            break;
        case OP_REFERENCE:
            at = match_reference(m, at, item);
            if (at == NO_MATCH)
                return NO_MATCH;
            break;
        case OP_BALANCE:
            at = match_balance(m, at, item);
            if (at == NO_MATCH)
                return NO_MATCH;
            break;
        case OP_FRONTIER:
            if (!match_frontier(m, at, item))
                return NO_MATCH;
            break;
        case OP_END:
            if (at != m->subject.len)
                return NO_MATCH;
            break;
        }
    }
    return at;
}

static size_t match_items(struct matcher *m, size_t at, const struct item *item)
{
    if (++m->depth > DEPTH_MAX)
        luaL_error(m->L, "pattern too complex");
    size_t result = match_rest(m, at, item);
    m->depth--;
    return result;
}

static bool match_at(struct matcher *m, size_t at, struct brv_match *match)
{
    size_t end = match_items(m, at, m->pattern->items);
    if (end == NO_MATCH)
        return false;
    match->from = at;
    match->to = end;
    match->capture_count = m->pattern->capture_count;
    return true;
}

bool brv_pattern_match_at(lua_State *L, const struct brv_pattern *pattern, brv_str subject,
                          size_t at, struct brv_match *match)
{
    struct matcher m = { L, pattern, subject, match->captures, 0, 0 };
    bool is_found = match_at(&m, at, match);
    brv_charge(L, m.unpaid);
    return is_found;
}

bool brv_pattern_find(lua_State *L, const struct brv_pattern *pattern, brv_str subject, size_t from,
                      struct brv_match *match)
{
    struct matcher m = { L, pattern, subject, match->captures, 0, 0 };
    const struct item *first = pattern->item_count > 0 ? pattern->items : NULL;
    bool needs_first = first && first->op == OP_SINGLE &&
                       (first->repeat == ONCE || first->repeat == AT_LEAST_ONCE);
    bool is_found = false;
    for (size_t at = from; at <= subject.len && !is_found; at++) {
        if (at % 8 == 0)
            pay(&m, 1);
        if (!needs_first || fits(&m, first, at))
            is_found = match_at(&m, at, match);
        if (pattern->is_anchored)
            break;
    }
    brv_charge(L, m.unpaid);
    return is_found;
}
