// Brevier — tables to nodes: reading what a plugin made.
// SPDX-License-Identifier: MIT
//
// A returned table is read with raw access only: no metamethod of the script runs here. Sub-tables
// may be shared, each use is copied and counted; a table that contains itself meets the depth
// limit. Everything that can be wrong is checked here, with the path of the offender, so that the
// tree is either right or not there at all.
#include "plugin/elements.h"

#include "base/utf8.h"
#include "plugin/drawing.h"
#include "plugin/element_shape.h"
#include "plugin/library.h"
#include "plugin/sandbox.h"

#include <stdio.h>

enum {
    PATH_BYTES = 256,
    NODE_BYTES = 512, // with its attributes and a text of usual length
};

struct reader {
    struct brv_arena *arena;
    const char *what;
    struct brv_span span;
    size_t budget;
    size_t text_bytes;
    int depth; // below the article
    int outer_depth;
    int max_depth;
    lua_Integer path[128];
    int path_len;
    int links; // how many a, and how many footnotes, are open
    int notes;
};

static void path_text(const struct reader *r, char out[PATH_BYTES])
{
    size_t len = 0;
    out[0] = '\0';
    for (int i = 0; i < r->path_len && len < PATH_BYTES - 32; i++)
        len += (size_t)snprintf(out + len, PATH_BYTES - len, "[%lld]", (long long)r->path[i]);
}

// Blames the element at `index`: its maker's line when one is noted there.
static void blame(lua_State *L, int index)
{
    struct brv_sandbox *box = brv_sandbox_of(L);
    if (lua_rawgetp(L, index, brv_lua_key(&brv_key_origin)) == LUA_TNUMBER) {
        lua_Integer origin = lua_tointeger(L, -1);
        box->home = (struct brv_lua_place){ &box->program->modules[origin >> 32],
                                            (int)(origin & INT32_MAX) };
    }
    lua_pop(L, 1);
}

#define FAIL(L, r, ...)                                                                            \
    do {                                                                                           \
        char path_[PATH_BYTES];                                                                    \
        path_text(r, path_);                                                                       \
        lua_pushfstring(L, "%s%s%s: ", r->what, *path_ ? " " : " something wrong", path_);         \
        lua_pushfstring(L, __VA_ARGS__);                                                           \
        lua_concat(L, 2);                                                                          \
        lua_error(L);                                                                              \
    } while (0)

static bool is_wrong(uint32_t c)
{
    bool is_control = (c < ' ' && c != '\t' && c != '\n') || (c >= 0x7F && c < 0xA0);
    return is_control || brv_is_noncharacter(c);
}

// Whether the text stays as it is. Bytes that are no UTF-8 are read as a replacement.
static bool is_clean(brv_str text)
{
    for (size_t at = brv_utf8_skip_plain(text, 0); at < text.len;
         at = brv_utf8_skip_plain(text, at)) {
        uint32_t c = brv_utf8_next(text, &at);
        if (c == BRV_REPLACEMENT || is_wrong(c))
            return false;
    }
    return true;
}

// What the bytes of the text become; counted only when there is no room.
static size_t clean_into(brv_str text, char *room)
{
    size_t len = 0;
    for (size_t at = 0; at < text.len;) {
        uint32_t c = brv_utf8_next(text, &at);
        char bytes[4];
        size_t count = brv_utf8_encode(is_wrong(c) ? BRV_REPLACEMENT : c, bytes);
        if (room)
            memcpy(room + len, bytes, count);
        len += count;
    }
    return len;
}

brv_str brv_elements_clean_text(struct brv_arena *arena, brv_str text)
{
    if (is_clean(text))
        return brv_arena_str(arena, text);
    size_t len = clean_into(text, NULL);
    char *room = brv_arena_alloc(arena, len);
    clean_into(text, room);
    return (brv_str){ room, len };
}

static void spend_nodes(lua_State *L, struct reader *r, size_t count, size_t text_bytes)
{
    brv_reading_pay_nodes(L, count, text_bytes);
    r->text_bytes += text_bytes;
    if (r->budget < count || r->text_bytes > BRV_OUTPUT_TEXT_BYTES)
        brv_raise_verdict(L, BRV_VERDICT_OUTPUT);
    r->budget -= count;
}

static void check_place(lua_State *L, struct reader *r, const struct brv_node *parent,
                        enum brv_kind kind)
{
    if (!brv_kind_may_contain(parent->kind, kind))
        FAIL(L,
             r,
             "\"%s\" may not stand in \"%s\"",
             kind == BRV_KIND_TEXT ? "text" : brv_kind_name(kind),
             brv_kind_name(parent->kind));
    if (kind == BRV_KIND_A && r->links > 0)
        FAIL(L, r, "a link may not stand in a link");
    if (kind == BRV_KIND_FOOTNOTE && r->notes > 0)
        FAIL(L, r, "a footnote may not stand in a footnote");
}

// What is in a note is read apart from the text that calls it.
static void go_into(struct reader *r, enum brv_kind kind)
{
    r->links = kind == BRV_KIND_FOOTNOTE ? 0 : r->links + (kind == BRV_KIND_A);
    r->notes += kind == BRV_KIND_FOOTNOTE;
}

// The reader is where it would be if the document were read down to here.
static void go_below(struct reader *r, const struct brv_node *around)
{
    for (const struct brv_node *at = around; at && at->parent; at = at->parent) {
        r->depth++;
        r->links += at->kind == BRV_KIND_A && r->notes == 0;
        r->notes += at->kind == BRV_KIND_FOOTNOTE;
    }
}

static void read_text(lua_State *L, struct reader *r, int index, struct brv_node *parent,
                      struct brv_span span)
{
    brv_str text;
    lua_pushvalue(L, index); // a number is converted on a copy
    text.ptr = lua_tolstring(L, -1, &text.len);
    if (text.len > 0) {
        check_place(L, r, parent, BRV_KIND_TEXT);
        spend_nodes(L, r, 1, text.len);
        brv_str copy = brv_elements_clean_text(r->arena, text);
        brv_node_append(parent, brv_node_new_text(r->arena, copy, span));
    }
    lua_pop(L, 1);
}

// The node of the document that an element was made of, when it still has its tag.
static const struct brv_node *origin_of(lua_State *L, int index, enum brv_kind kind)
{
    const struct brv_node *node = NULL;
    if (lua_rawgetp(L, index, brv_lua_key(&brv_key_origin)) == LUA_TLIGHTUSERDATA)
        node = lua_touserdata(L, -1);
    lua_pop(L, 1);
    return node && node->kind == kind ? node : NULL;
}

static void set_attrs(lua_State *L, struct reader *r, const struct brv_element_shape *shape,
                      struct brv_node *node)
{
    for (int i = 0; i < BRV_NAMED_ATTRS; i++) {
        if (!shape->has_attr[i])
            continue;
        const char *fault = brv_attr_fault((enum brv_attr_id)i, shape->attrs[i]);
        if (fault)
            FAIL(L, r, "attribute \"%s\" %s", brv_attr_name((enum brv_attr_id)i), fault);
        r->text_bytes += shape->attrs[i].len;
        brv_node_set(r->arena,
                     node,
                     (enum brv_attr_id)i,
                     brv_elements_clean_text(r->arena, shape->attrs[i]));
    }
    for (size_t i = 0; i < shape->data_count; i++) {
        const struct brv_attr *attr = &shape->data[i];
        r->text_bytes += attr->name.len + attr->value.len;
        if (!brv_node_set_attr(r->arena,
                               node,
                               brv_arena_str(r->arena, attr->name),
                               brv_elements_clean_text(r->arena, attr->value)))
            FAIL(L, r, "\"%s\" is no attribute", attr->name.ptr);
    }
}

static void set_drawing(lua_State *L, struct reader *r, int index, struct brv_node *node,
                        const struct brv_node *origin)
{
    node->drawing = brv_drawing_of(L, index);
    if (!node->drawing && origin)
        node->drawing = origin->drawing;
    if (!node->drawing && !origin)
        FAIL(L, r, "a drawing was not drawn: e.drawing { width, height, alt, draw } makes one");
}

static void read_value(lua_State *L, struct reader *r, int index, struct brv_node *parent,
                       struct brv_span text_span);

// The children of the table at `index`. Texts that came from the document keep their places: they
// are met in the order of the node that the table was made of.
static void read_children(lua_State *L, struct reader *r, int index, lua_Integer length,
                          struct brv_node *parent, const struct brv_node *origin,
                          struct brv_span span)
{
    const struct brv_node *twin = origin ? origin->first : NULL;
    if (r->path_len == (int)BRV_COUNT(r->path))
        FAIL(L, r, "lists and elements are nested too deeply");
    r->path_len++;
    for (lua_Integer i = 1; i <= length; i++) {
        r->path[r->path_len - 1] = i;
        lua_rawgeti(L, index, i); // [… child]
        bool is_twin = twin && twin->kind == BRV_KIND_TEXT && lua_type(L, -1) == LUA_TSTRING;
        read_value(L, r, lua_gettop(L), parent, is_twin ? twin->span : span);
        lua_pop(L, 1);
        twin = twin ? twin->next : NULL;
    }
    r->path_len--;
}

// What of a node of the document is checked, `depth` elements deep: what is around it may be new.
static void check_asleep(lua_State *L, struct reader *r, const struct brv_node *node, int depth)
{
    if (node->kind == BRV_KIND_A && r->links > 0)
        FAIL(L, r, "a link may not stand in a link");
    if (node->kind == BRV_KIND_FOOTNOTE && r->notes > 0)
        FAIL(L, r, "a footnote may not stand in a footnote");
    if (depth > r->max_depth && node->kind != BRV_KIND_TEXT)
        FAIL(L, r, "elements are nested more than %d deep", r->max_depth);
}

// An element that no script has looked into is what the loader made, and cleaned.
static void read_asleep(lua_State *L, struct reader *r, const struct brv_node *node,
                        struct brv_node *parent)
{
    size_t count = 0;
    size_t text_bytes = 0;
    int depth = r->depth + 1;
    check_place(L, r, parent, node->kind);
    for (const struct brv_node *at = node;;) {
        check_asleep(L, r, at, depth);
        count++;
        text_bytes += at->kind == BRV_KIND_TEXT ? at->text.len : 0;
        for (const struct brv_attr *attr = at->attrs; attr; attr = attr->next)
            text_bytes += attr->value.len;
        if (at->first) {
            at = at->first;
            depth++;
            continue;
        }
        for (; at != node && !at->next; depth--)
            at = at->parent;
        if (at == node)
            break;
        at = at->next;
    }
    spend_nodes(L, r, count, text_bytes);
    brv_node_append(parent, brv_node_copy(r->arena, node));
}

// The element at `index`, which may be `asleep` but for its attributes.
static void read_element(lua_State *L, struct reader *r, int index,
                         const struct brv_element_shape *shape, const struct brv_node *asleep,
                         struct brv_node *parent)
{
    enum brv_kind kind;
    if (!brv_kind_from_name(shape->tag, &kind)) {
        const char *nearest = brv_nearest(shape->tag, brv_kind_names(), BRV_KIND_COUNT - 1);
        blame(L, index);
        if (nearest)
            FAIL(
                L, r, "there is no element \"%s\" (did you mean \"%s\"?)", shape->tag.ptr, nearest);
        FAIL(L, r, "there is no element \"%s\"", shape->tag.ptr);
    }
    if (++r->depth > r->max_depth) {
        blame(L, index);
        FAIL(L, r, "elements are nested more than %d deep", r->max_depth);
    }
    struct brv_lua_place home = brv_sandbox_of(L)->home;
    blame(L, index); // for all that is wrong from here on
    check_place(L, r, parent, kind);
    spend_nodes(L, r, 1, 0);
    const struct brv_node *origin = origin_of(L, index, kind);
    struct brv_span span = origin ? origin->span : r->span;
    struct brv_node *node = brv_node_new(r->arena, kind, span);
    brv_node_append(parent, node);
    set_attrs(L, r, shape, node);
    if (kind == BRV_KIND_DRAWING)
        set_drawing(L, r, index, node, origin);
    else if (kind == BRV_KIND_IMG && origin)
        node->image = origin->image;
    const int links = r->links;
    const int notes = r->notes;
    go_into(r, kind);
    if (!asleep)
        read_children(L, r, index, shape->length, node, origin, span);
    for (const struct brv_node *child = asleep ? asleep->first : NULL; child; child = child->next)
        read_asleep(L, r, child, node);
    r->links = links;
    r->notes = notes;
    r->depth--;
    brv_sandbox_of(L)->home = home;
}

// Only an element or a list of them is a result: false in place of one would lose the section
// without a word, and a bare text has no element that a stylesheet could name.
static void check_result(lua_State *L, int index, const char *what)
{
    static const char expected[] = "expected an element, a list of elements or nil";
    switch (lua_type(L, index)) {
    case LUA_TTABLE:
        return;
    case LUA_TSTRING:
        luaL_error(L, "%s a text; wrap it: e.p(\"…\")", what);
        return;
    case LUA_TNUMBER:
    case LUA_TBOOLEAN:
        luaL_error(L, "%s %s, %s", what, luaL_tolstring(L, index, NULL), expected);
        return;
    default:
        luaL_error(L, "%s a %s, %s", what, brv_lua_type_name(L, index), expected);
    }
}

static void read_value(lua_State *L, struct reader *r, int index, struct brv_node *parent,
                       struct brv_span text_span)
{
    struct brv_element_shape shape;
    const struct brv_node *asleep;
    luaL_checkstack(L, 10, "elements are nested too deeply");
    switch (lua_type(L, index)) {
    case LUA_TNIL:
        return;
    case LUA_TSTRING:
    case LUA_TNUMBER:
        if (r->depth == r->outer_depth)
            FAIL(L, r, "a text in no element; wrap it: e.p(\"…\")");
        read_text(L, r, index, parent, text_span);
        return;
    case LUA_TBOOLEAN:
        if (!lua_toboolean(L, index))
            return;
        FAIL(L, r, "true is no element");
        return;
    case LUA_TTABLE:
        asleep = brv_element_asleep(L, index);
        if (asleep && !brv_element_is_dressed(L, index)) {
            read_asleep(L, r, asleep, parent);
            return;
        }
        brv_element_shape_read(L, index, &shape, "an element");
        if (asleep)
            brv_element_shape_add_node(L, &shape, asleep);
        if (shape.has_tag)
            read_element(L, r, index, &shape, asleep, parent);
        else if (brv_element_shape_has_attrs(&shape))
            FAIL(L, r, "a table has attributes but no \"tag\"");
        else
            read_children(L, r, index, shape.length, parent, NULL, r->span);
        return;
    default: {
        const char *name = brv_lua_type_name(L, index);
        FAIL(L, r, "a %s is no element", name);
    }
    }
}

void brv_elements_read(lua_State *L, int index, struct brv_node *parent,
                       const struct brv_elements_reading *reading)
{
    struct brv_sandbox *box = brv_sandbox_of(L);
    struct reader reader = {
        .arena = box->arena,
        .what = reading->what,
        .span = reading->span,
        .budget = reading->budget,
        .max_depth = box->limits.nesting,
    };
    go_below(&reader, reading->around);
    reader.outer_depth = reader.depth;
    // What is beyond a plugin's own allowance is the document's, handed back.
    size_t own = box->limits.plugin_nodes;
    size_t given = reading->budget > own ? reading->budget - own : 0;
    int top = lua_gettop(L);
    check_result(L, lua_absindex(L, index), reading->what);
    brv_reading_begin(box, given * NODE_BYTES);
    read_value(L, &reader, lua_absindex(L, index), parent, reading->span);
    brv_reading_end(box);
    lua_settop(L, top);
}
