// Brevier — the pattern matcher.
// SPDX-License-Identifier: MIT
//
// A pattern is compiled to a list of items, one per single character class, capture, %b, %f or
// back reference. Every single character class, however long its set, becomes a map of 256 bits, so
// a step costs the same for all of them. The matcher backtracks as Lua's manual asks; what keeps it
// tame is that each step is paid for with gas. Depth is bounded by the number of items that can
// fail after having matched, and by DEPTH_MAX.
#include "plugin/library.h"
#include "plugin/pattern_items.h"
#include "plugin/sandbox.h"

enum { DEPTH_MAX = 200, BILL_STEPS = 64 };
#define NO_MATCH SIZE_MAX

static bool set_has(const uint32_t set[8], char c)
{
    unsigned char byte = (unsigned char)c;
    return set[byte >> 5] >> (byte & 31) & 1;
}

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

static bool fits(const struct matcher *m, const struct brv_pattern_item *item, size_t at)
{
    return at < m->subject.len && set_has(item->set, m->subject.ptr[at]);
}

static size_t match_items(struct matcher *m, size_t at, const struct brv_pattern_item *item);

// The longest run first.
static size_t match_greedy(struct matcher *m, size_t at, const struct brv_pattern_item *item)
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
static size_t match_lazy(struct matcher *m, size_t at, const struct brv_pattern_item *item)
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
static size_t match_balance(struct matcher *m, size_t at, const struct brv_pattern_item *item)
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

static size_t match_reference(struct matcher *m, size_t at, const struct brv_pattern_item *item)
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

static bool match_frontier(const struct matcher *m, size_t at, const struct brv_pattern_item *item)
{
    char before = at > 0 ? m->subject.ptr[at - 1] : '\0';
    char here = at < m->subject.len ? m->subject.ptr[at] : '\0';
    return !set_has(item->set, before) && set_has(item->set, here);
}

// Matches the rest of the pattern from `item` on; the end of the match or NO_MATCH. Captures need
// no undoing: whatever is tried later sets them again before it can be read.
static size_t match_rest(struct matcher *m, size_t at, const struct brv_pattern_item *item)
{
    const struct brv_pattern_item *end = m->pattern->items + m->pattern->item_count;
    size_t result;
    for (; item < end; item++) {
        pay(m, 1);
        switch (item->op) {
        case BRV_OP_SINGLE:
            switch (item->repeat) {
            case BRV_REPEAT_ONCE:
                if (!fits(m, item, at++))
                    return NO_MATCH;
                break;
            case BRV_REPEAT_AT_MOST_ONCE:
                if (!fits(m, item, at))
                    break;
                result = match_items(m, at + 1, item + 1);
                if (result != NO_MATCH)
                    return result;
                break;
            case BRV_REPEAT_AT_LEAST_ONCE:
                return fits(m, item, at) ? match_greedy(m, at + 1, item) : NO_MATCH;
            case BRV_REPEAT_ANY_NUMBER:
                return match_greedy(m, at, item);
            case BRV_REPEAT_AS_FEW:
                return match_lazy(m, at, item);
            }
            break;
        case BRV_OP_OPEN:
            m->captures[item->a] = (struct brv_capture){ .from = at };
            break;
        case BRV_OP_POSITION:
            m->captures[item->a] = (struct brv_capture){ .from = at, .is_position = true };
            break;
        case BRV_OP_CLOSE:
            m->captures[item->a].len = at - m->captures[item->a].from;
            break;
        case BRV_OP_REFERENCE:
            at = match_reference(m, at, item);
            if (at == NO_MATCH)
                return NO_MATCH;
            break;
        case BRV_OP_BALANCE:
            at = match_balance(m, at, item);
            if (at == NO_MATCH)
                return NO_MATCH;
            break;
        case BRV_OP_FRONTIER:
            if (!match_frontier(m, at, item))
                return NO_MATCH;
            break;
        case BRV_OP_END:
            if (at != m->subject.len)
                return NO_MATCH;
            break;
        }
    }
    return at;
}

static size_t match_items(struct matcher *m, size_t at, const struct brv_pattern_item *item)
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

bool brv_pattern_find(lua_State *L, const struct brv_pattern *pattern, brv_str subject, size_t from,
                      struct brv_match *match)
{
    struct matcher m = { L, pattern, subject, match->captures, 0, 0 };
    const struct brv_pattern_item *first = pattern->item_count > 0 ? pattern->items : NULL;
    bool needs_first =
        first && first->op == BRV_OP_SINGLE &&
        (first->repeat == BRV_REPEAT_ONCE || first->repeat == BRV_REPEAT_AT_LEAST_ONCE);
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
