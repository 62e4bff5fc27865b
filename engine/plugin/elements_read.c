// Brevier — tables to nodes: reading what a plugin made.
// SPDX-License-Identifier: MIT
//
// A returned table is read with raw access only: no metamethod of the script runs here. Sub-tables may
// be shared, each use is copied and counted; a table that contains itself meets the depth limit.
// Everything that can be wrong is checked here, with the path of the offender, so that the tree is
// either right or not there at all.
#include "plugin/elements.h"

#include "base/utf8.h"
#include "plugin/library.h"
#include "plugin/sandbox.h"

#include <stdio.h>

enum { DATA_ATTRS_MAX = 16, NAMED_ATTRS = BRV_ATTR_DATA, PATH_BYTES = 256 };

// ---- what a table holds

// The entries of a table besides its children, as slices that live as long as the table.
struct shape {
    brv_str tag;
    bool has_tag;
    lua_Integer length; // the greatest position; holes are nil
    brv_str attrs[NAMED_ATTRS];
    bool has_attr[NAMED_ATTRS];
    struct brv_attr data[DATA_ATTRS_MAX]; // sorted by name
    size_t data_count;
};

static bool attr_id_of(brv_str name, enum brv_attr_id *id)
{
    for (int i = 0; i < NAMED_ATTRS; i++) {
        if (brv_str_is(name, brv_attr_name((enum brv_attr_id)i))) {
            *id = (enum brv_attr_id)i;
            return true;
        }
    }
    return false;
}

static bool is_data_name(brv_str name)
{
    if (!brv_str_starts_with(name, BRV_S("data-")) || name.len == 5)
        return false;
    for (size_t i = 5; i < name.len; i++) {
        char c = name.ptr[i];
        if (!(c >= 'a' && c <= 'z') && !brv_is_digit(c) && c != '-')
            return false;
    }
    return true;
}

static void add_data(lua_State *L, struct shape *shape, brv_str name, brv_str value)
{
    if (shape->data_count == DATA_ATTRS_MAX)
        luaL_error(L, "an element has more than %d data attributes", DATA_ATTRS_MAX);
    size_t at = shape->data_count++;
    for (; at > 0 && brv_str_compare(shape->data[at - 1].name, name) > 0; at--)
        shape->data[at] = shape->data[at - 1];
    shape->data[at] = (struct brv_attr){ .name = name, .value = value };
}

// The value on top as text: a string or a number. Numbers are converted on a copy, which the shape
// does not keep alive, so the text goes to the arena.
static brv_str attr_text(lua_State *L, const char *name)
{
    brv_str text;
    if (lua_type(L, -1) == LUA_TSTRING) {
        text.ptr = lua_tolstring(L, -1, &text.len);
        return text;
    }
    if (lua_type(L, -1) != LUA_TNUMBER)
        luaL_error(L, "attribute \"%s\" is a %s, expected a text or a number", name,
                   luaL_typename(L, -1));
    lua_pushvalue(L, -1);
    text.ptr = lua_tolstring(L, -1, &text.len);
    text = brv_arena_str(brv_sandbox_of(L)->arena, text);
    lua_pop(L, 1);
    return text;
}

// [… key value] One entry with a string key.
static void read_named_entry(lua_State *L, struct shape *shape, const char *element)
{
    brv_str name;
    name.ptr = lua_tolstring(L, -2, &name.len);
    if (brv_str_is(name, "tag")) {
        if (lua_type(L, -1) != LUA_TSTRING)
            luaL_error(L, "\"tag\" is a %s, expected the name of an element", luaL_typename(L, -1));
        shape->has_tag = true;
        shape->tag.ptr = lua_tolstring(L, -1, &shape->tag.len);
        return;
    }
    enum brv_attr_id id;
    if (attr_id_of(name, &id)) {
        shape->has_attr[id] = true;
        shape->attrs[id] = attr_text(L, name.ptr);
    } else if (is_data_name(name)) {
        add_data(L, shape, name, attr_text(L, name.ptr));
    } else {
        size_t count = 0;
        const char *const *names = brv_attr_names(&count);
        brv_lua_name_error(L, lua_pushfstring(L, "%s has no attribute", element), name.ptr, names,
                           count);
    }
}

// Reads all entries of the table at `index` but the children.
static void read_shape(lua_State *L, int index, struct shape *shape, const char *element)
{
    *shape = (struct shape){ 0 };
    lua_Integer count = 0;
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) { // [… key value]
        brv_charge(L, 1);
        if (lua_isinteger(L, -2)) {
            lua_Integer i = lua_tointeger(L, -2);
            if (i < 1)
                luaL_error(L, "%s has a child at position %I, expected 1 or more", element,
                           (LUAI_UACINT)i);
            count++;
            if (i > shape->length)
                shape->length = i;
        } else if (lua_type(L, -2) == LUA_TSTRING) {
            read_named_entry(L, shape, element);
        } else if (lua_type(L, -2) != LUA_TLIGHTUSERDATA) {
            luaL_error(L, "%s has a %s as a key, expected the name of an attribute", element,
                       luaL_typename(L, -2));
        }
    }
    if (shape->length > 4 * count + 64)
        luaL_error(L, "%s has %I children at positions up to %I: too many holes", element,
                   (LUAI_UACINT)count, (LUAI_UACINT)shape->length);
}

static bool has_any_attr(const struct shape *shape)
{
    for (int i = 0; i < NAMED_ATTRS; i++)
        if (shape->has_attr[i])
            return true;
    return shape->data_count > 0;
}

// ---- constructing

struct construction {
    int target; // index of the new element
    lua_Integer length;
    const char *element;
    int depth;
};

static void construct_from_table(lua_State *L, struct construction *c, int index, bool is_outermost);

// Adds the value at `index` to the new element.
static void construct_child(lua_State *L, struct construction *c, int index, bool is_outermost)
{
    brv_charge(L, 2);
    switch (lua_type(L, index)) {
    case LUA_TNIL:
        return;
    case LUA_TSTRING:
    case LUA_TNUMBER:
        lua_pushvalue(L, index);
        lua_rawseti(L, c->target, ++c->length);
        return;
    case LUA_TTABLE:
        construct_from_table(L, c, index, is_outermost);
        return;
    case LUA_TBOOLEAN:
        if (!lua_toboolean(L, index))
            return;
        // fall through
    default:
        luaL_error(L, "%s cannot hold a %s, expected text or elements", c->element,
                   luaL_typename(L, index));
    }
}

// An element is a child; a list is spliced; the argument itself may hold attributes too.
static void construct_from_table(lua_State *L, struct construction *c, int index, bool is_outermost)
{
    luaL_checkstack(L, 8, "lists are nested too deeply");
    if (++c->depth > brv_sandbox_of(L)->limits.nesting)
        luaL_error(L, "%s: lists are nested too deeply", c->element);
    lua_pushliteral(L, "tag");
    bool is_element = lua_rawget(L, index) != LUA_TNIL;
    lua_pop(L, 1);
    if (is_element) {
        lua_pushvalue(L, index);
        lua_rawseti(L, c->target, ++c->length);
        c->depth--;
        return;
    }
    struct shape shape;
    read_shape(L, index, &shape, c->element);
    if (has_any_attr(&shape) && !is_outermost)
        luaL_error(L, "%s: a list inside has attributes, expected an element", c->element);
    for (int i = 0; i < NAMED_ATTRS; i++) {
        if (!shape.has_attr[i])
            continue;
        lua_pushlstring(L, shape.attrs[i].ptr, shape.attrs[i].len);
        lua_setfield(L, c->target, brv_attr_name((enum brv_attr_id)i));
    }
    for (size_t i = 0; i < shape.data_count; i++) {
        lua_pushlstring(L, shape.data[i].name.ptr, shape.data[i].name.len);
        lua_pushlstring(L, shape.data[i].value.ptr, shape.data[i].value.len);
        lua_rawset(L, c->target);
    }
    for (lua_Integer i = 1; i <= shape.length; i++) {
        lua_rawgeti(L, index, i); // [… child]
        construct_child(L, c, lua_gettop(L), false);
        lua_pop(L, 1);
    }
    c->depth--;
}

// The line of the maker, as an integer: module number and line.
static void note_origin(lua_State *L, int target)
{
    struct brv_lua_place place = brv_lua_place_at(L, 1);
    const struct brv_program *program = brv_sandbox_of(L)->program;
    if (!place.module || !program)
        return;
    lua_Integer module = place.module - program->modules;
    lua_pushinteger(L, module << 32 | place.line);
    lua_rawsetp(L, target, brv_lua_key(&brv_key_origin));
}

int brv_element_construct(lua_State *L, enum brv_kind kind)
{
    int count = lua_gettop(L);
    brv_charge(L, 10);
    lua_createtable(L, count == 1 && lua_istable(L, 1) ? (int)(lua_rawlen(L, 1) & 0xFFFF) : count, 2);
    struct construction c = { .target = count + 1, .element = brv_kind_name(kind) };
    lua_pushstring(L, c.element);
    lua_setfield(L, c.target, "tag");
    note_origin(L, c.target);
    for (int i = 1; i <= count; i++)
        construct_child(L, &c, i, true);
    lua_settop(L, c.target);
    return 1;
}

// ---- reading what was returned

struct reader {
    struct brv_arena *arena;
    struct brv_span span;
    size_t budget;
    size_t text_bytes;
    int depth;
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
        lua_pushfstring(L, "render returned%s%s: ", *path_ ? " " : " something wrong", path_);      \
        lua_pushfstring(L, __VA_ARGS__);                                                           \
        lua_concat(L, 2);                                                                          \
        lua_error(L);                                                                              \
    } while (0)

// A copy of text as every later stage may rely on it: what cannot be shown becomes U+FFFD.
static brv_str clean_copy(struct brv_arena *arena, brv_str text)
{
    bool is_plain = true;
    for (size_t i = 0; i < text.len && is_plain; i++)
        is_plain = (text.ptr[i] >= ' ' && text.ptr[i] < 0x7F) || text.ptr[i] == '\n';
    if (is_plain)
        return brv_arena_str(arena, text);
    struct brv_buf *buf = brv_buf_new_in(arena);
    for (size_t at = 0; at < text.len;) {
        uint32_t c = brv_utf8_next(text, &at);
        bool is_control = (c < ' ' && c != '\t' && c != '\n') || (c >= 0x7F && c < 0xA0);
        brv_buf_add_codepoint(buf, is_control || brv_is_noncharacter(c) ? BRV_REPLACEMENT : c);
    }
    return brv_buf_str(buf);
}

static void spend_node(lua_State *L, struct reader *r, size_t text_bytes)
{
    brv_charge(L, 1);
    r->text_bytes += text_bytes;
    if (r->budget == 0 || r->text_bytes > BRV_OUTPUT_TEXT_BYTES)
        brv_raise_verdict(L, BRV_VERDICT_OUTPUT);
    r->budget--;
}

static void check_place(lua_State *L, struct reader *r, const struct brv_node *parent,
                        enum brv_kind kind)
{
    if (!brv_kind_may_contain(parent->kind, kind))
        FAIL(L, r, "\"%s\" may not stand in \"%s\"",
             kind == BRV_KIND_TEXT ? "text" : brv_kind_name(kind), brv_kind_name(parent->kind));
    if (kind == BRV_KIND_A && r->links > 0)
        FAIL(L, r, "a link may not stand in a link");
    if (kind == BRV_KIND_FOOTNOTE && r->notes > 0)
        FAIL(L, r, "a footnote may not stand in a footnote");
}

static void read_text(lua_State *L, struct reader *r, int index, struct brv_node *parent,
                      struct brv_span span)
{
    brv_str text;
    lua_pushvalue(L, index); // a number is converted on a copy
    text.ptr = lua_tolstring(L, -1, &text.len);
    if (text.len > 0) {
        check_place(L, r, parent, BRV_KIND_TEXT);
        spend_node(L, r, text.len);
        brv_str copy = clean_copy(r->arena, text);
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

static void set_attrs(lua_State *L, struct reader *r, const struct shape *shape,
                      struct brv_node *node)
{
    for (int i = 0; i < NAMED_ATTRS; i++) {
        if (!shape->has_attr[i])
            continue;
        r->text_bytes += shape->attrs[i].len;
        brv_node_set(r->arena, node, (enum brv_attr_id)i, clean_copy(r->arena, shape->attrs[i]));
    }
    for (size_t i = 0; i < shape->data_count; i++) {
        const struct brv_attr *attr = &shape->data[i];
        r->text_bytes += attr->name.len + attr->value.len;
        if (!brv_node_set_attr(r->arena, node, brv_arena_str(r->arena, attr->name),
                               clean_copy(r->arena, attr->value)))
            FAIL(L, r, "\"%s\" is no attribute", attr->name.ptr);
    }
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

static void read_element(lua_State *L, struct reader *r, int index, const struct shape *shape,
                         struct brv_node *parent)
{
    enum brv_kind kind;
    if (!brv_kind_from_name(shape->tag, &kind)) {
        const char *nearest = brv_nearest(shape->tag, brv_kind_names(), BRV_KIND_COUNT - 1);
        blame(L, index);
        if (nearest)
            FAIL(L, r, "there is no element \"%s\" (did you mean \"%s\"?)", shape->tag.ptr, nearest);
        FAIL(L, r, "there is no element \"%s\"", shape->tag.ptr);
    }
    if (++r->depth > r->max_depth) {
        blame(L, index);
        FAIL(L, r, "elements are nested more than %d deep", r->max_depth);
    }
    struct brv_lua_place home = brv_sandbox_of(L)->home;
    blame(L, index); // for all that is wrong from here on
    check_place(L, r, parent, kind);
    spend_node(L, r, 0);
    const struct brv_node *origin = origin_of(L, index, kind);
    struct brv_span span = origin ? origin->span : r->span;
    struct brv_node *node = brv_node_new(r->arena, kind, span);
    brv_node_append(parent, node);
    set_attrs(L, r, shape, node);
    r->links += kind == BRV_KIND_A;
    r->notes += kind == BRV_KIND_FOOTNOTE;
    read_children(L, r, index, shape->length, node, origin, span);
    r->links -= kind == BRV_KIND_A;
    r->notes -= kind == BRV_KIND_FOOTNOTE;
    r->depth--;
    brv_sandbox_of(L)->home = home;
}

static void read_value(lua_State *L, struct reader *r, int index, struct brv_node *parent,
                       struct brv_span text_span)
{
    struct shape shape;
    luaL_checkstack(L, 10, "elements are nested too deeply");
    switch (lua_type(L, index)) {
    case LUA_TNIL:
        return;
    case LUA_TSTRING:
    case LUA_TNUMBER:
        read_text(L, r, index, parent, text_span);
        return;
    case LUA_TBOOLEAN:
        if (!lua_toboolean(L, index))
            return;
        FAIL(L, r, "true is no element");
        return;
    case LUA_TTABLE:
        read_shape(L, index, &shape, "an element");
        if (shape.has_tag)
            read_element(L, r, index, &shape, parent);
        else if (has_any_attr(&shape))
            FAIL(L, r, "a table has attributes but no \"tag\"");
        else
            read_children(L, r, index, shape.length, parent, NULL, r->span);
        return;
    default:
        FAIL(L, r, "a %s is no element", luaL_typename(L, index));
    }
}

void brv_elements_read(lua_State *L, int index, struct brv_node *parent, struct brv_span span,
                       size_t budget)
{
    struct brv_sandbox *box = brv_sandbox_of(L);
    struct reader reader = {
        .arena = box->arena,
        .span = span,
        .budget = budget,
        .max_depth = box->limits.nesting,
    };
    int top = lua_gettop(L);
    read_value(L, &reader, lua_absindex(L, index), parent, span);
    lua_settop(L, top);
}

// ---- plain text

void brv_elements_add_text(lua_State *L, int index, size_t start, int depth)
{
    index = lua_absindex(L, index);
    luaL_checkstack(L, 8, "elements are nested too deeply");
    if (lua_type(L, index) == LUA_TSTRING || lua_type(L, index) == LUA_TNUMBER) {
        lua_pushvalue(L, index);
        size_t len = 0;
        const char *text = lua_tolstring(L, -1, &len);
        brv_text_add(L, start, text, len);
        lua_pop(L, 1);
        return;
    }
    if (!lua_istable(L, index))
        return;
    if (depth <= 0)
        luaL_error(L, "elements are nested too deeply");
    lua_pushliteral(L, "tag");
    lua_rawget(L, index);
    const char *tag = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "";
    bool is_break = strcmp(tag, "br") == 0;
    bool is_note = strcmp(tag, "footnote") == 0;
    lua_pop(L, 1);
    if (is_break)
        brv_text_add(L, start, " ", 1);
    if (is_note)
        return;
    lua_Integer length = (lua_Integer)lua_rawlen(L, index);
    for (lua_Integer i = 1; i <= length; i++) {
        lua_rawgeti(L, index, i);
        brv_elements_add_text(L, -1, start, depth - 1);
        lua_pop(L, 1);
    }
}
