// Brevier — facts about element kinds and attributes, all read from kinds.def and attrs.def.
// SPDX-License-Identifier: MIT
#include "model/node.h"

struct kind_row {
    const char *name;
    enum brv_category category;
    enum brv_content content;
};

static const struct kind_row kind_rows[] = {
#define KIND(enumerator, text, category_, content_)                                                \
    { .name = text, .category = BRV_CATEGORY_##category_, .content = BRV_CONTENT_##content_ },
#include "model/kinds.def"
#undef KIND
};

// The text node comes first in kinds.def and has no name that a user could write.
static const char *const kind_names[] = {
#define KIND(enumerator, text, category, content) text,
#include "model/kinds.def"
#undef KIND
};

struct attr_row {
    const char *name;
    enum brv_attr_value value;
};

static const struct attr_row attr_rows[] = {
#define ATTR(enumerator, text, value_) { .name = text, .value = BRV_ATTR_VALUE_##value_ },
#include "model/attrs.def"
#undef ATTR
};

static const char *const attr_names[] = {
#define ATTR(enumerator, text, value) text,
#include "model/attrs.def"
#undef ATTR
};

const char *brv_kind_name(enum brv_kind kind)
{
    return kind_rows[kind].name;
}

enum brv_category brv_kind_category(enum brv_kind kind)
{
    return kind_rows[kind].category;
}

enum brv_content brv_kind_content(enum brv_kind kind)
{
    return kind_rows[kind].content;
}

bool brv_kind_from_name(brv_str name, enum brv_kind *kind)
{
    // Written out, so that lengths and bytes to compare with are in the code.
#define KIND(enumerator, text, category, content)                                                  \
    if (name.len == sizeof(text) - 1 && memcmp(name.ptr, text, sizeof(text) - 1) == 0) {           \
        *kind = BRV_KIND_##enumerator;                                                             \
        return *kind != BRV_KIND_TEXT;                                                             \
    }
#include "model/kinds.def"
#undef KIND
    return false;
}

const char *const *brv_kind_names(void)
{
    return kind_names + 1;
}

bool brv_kind_is_inline(enum brv_kind kind)
{
    enum brv_category category = brv_kind_category(kind);
    return category == BRV_CATEGORY_TEXT || category == BRV_CATEGORY_INLINE;
}

bool brv_kind_may_contain(enum brv_kind parent, enum brv_kind child)
{
    enum brv_category category = brv_kind_category(child);
    switch (brv_kind_content(parent)) {
    case BRV_CONTENT_NONE:
        return false;
    case BRV_CONTENT_INLINE:
        return brv_kind_is_inline(child);
    case BRV_CONTENT_FLOW:
        return brv_kind_is_inline(child) || category == BRV_CATEGORY_BLOCK;
    case BRV_CONTENT_LIST:
        return category == BRV_CATEGORY_ITEM;
    case BRV_CONTENT_TERMS:
        return category == BRV_CATEGORY_TERM;
    case BRV_CONTENT_TABLE:
        return category == BRV_CATEGORY_CAPTION || category == BRV_CATEGORY_GROUP ||
               category == BRV_CATEGORY_ROW;
    case BRV_CONTENT_ROWS:
        return category == BRV_CATEGORY_ROW;
    case BRV_CONTENT_CELLS:
        return category == BRV_CATEGORY_CELL;
    }
    return false;
}

bool brv_kind_is_heading(enum brv_kind kind)
{
    return kind >= BRV_KIND_H1 && kind <= BRV_KIND_H6;
}

bool brv_kind_is_list(enum brv_kind kind)
{
    return kind == BRV_KIND_UL || kind == BRV_KIND_OL;
}

int brv_kind_heading_level(enum brv_kind kind)
{
    return brv_kind_is_heading(kind) ? (int)kind - (int)BRV_KIND_H1 + 1 : 0;
}

enum brv_kind brv_kind_from_heading_level(int level)
{
    int clamped = level < 1 ? 1 : level > 6 ? 6 : level;
    return (enum brv_kind)((int)BRV_KIND_H1 + clamped - 1);
}

static bool is_data_name(brv_str name)
{
    const brv_str start = BRV_S("data-");
    if (name.len == start.len || !brv_str_starts_with(name, start))
        return false;
    for (size_t i = start.len; i < name.len; i++) {
        char c = name.ptr[i];
        if (!(c >= 'a' && c <= 'z') && !brv_is_digit(c) && c != '-')
            return false;
    }
    return true;
}

bool brv_attr_from_name(brv_str name, enum brv_attr_id *id)
{
#define ATTR(enumerator, text, value)                                                              \
    if (name.len == sizeof(text) - 1 && memcmp(name.ptr, text, sizeof(text) - 1) == 0) {           \
        *id = BRV_ATTR_##enumerator;                                                               \
        return true;                                                                               \
    }
#include "model/attrs.def"
#undef ATTR
    *id = BRV_ATTR_DATA;
    return is_data_name(name);
}

const char *brv_attr_name(enum brv_attr_id id)
{
    return id == BRV_ATTR_DATA ? "data-*" : attr_rows[id].name;
}

enum brv_attr_value brv_attr_value_type(enum brv_attr_id id)
{
    return id == BRV_ATTR_DATA ? BRV_ATTR_VALUE_TEXT : attr_rows[id].value;
}

const char *const *brv_attr_names(size_t *count)
{
    *count = BRV_COUNT(attr_names);
    return attr_names;
}
