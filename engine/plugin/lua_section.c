// Brevier — the section and the document as scripts see them.
// SPDX-License-Identifier: MIT
#include "base/file.h"
#include "plugin/call.h"
#include "plugin/elements.h"
#include "plugin/library.h"
#include "plugin/view.h"

static void set_str(lua_State *L, const char *name, brv_str text)
{
    brv_lua_push_str(L, text);
    lua_setfield(L, -2, name);
}

// ---- section

#define SECTION_STRING(function, member)                                                           \
    static void function(lua_State *L, int cache, const void *subject)                             \
    {                                                                                              \
        (void)cache;                                                                               \
        brv_lua_push_str(L, ((const struct brv_section *)subject)->member);                        \
    }
SECTION_STRING(push_section_id, id)
SECTION_STRING(push_section_title, title)
SECTION_STRING(push_section_class, slug)
SECTION_STRING(push_section_path, path)

static void push_section_level(lua_State *L, int cache, const void *subject)
{
    (void)cache;
    lua_pushinteger(L, ((const struct brv_section *)subject)->level);
}

static void push_section_source(lua_State *L, int cache, const void *subject)
{
    (void)cache;
    const struct brv_section *section = subject;
    lua_createtable(L, 0, 2); // [source]
    if (section->span.source) {
        // Its folder is not told: the same analysis gives the same output wherever it lies.
        set_str(L, "file", brv_path_file_name(section->span.source->name));
        lua_pushinteger(L, (lua_Integer)brv_span_locate(section->span).line);
        lua_setfield(L, -2, "line");
    }
}

static void push_section_heading(lua_State *L, int cache, const void *subject)
{
    (void)cache;
    const struct brv_section *section = subject;
    if (section->heading)
        brv_element_push_asleep(L, section->heading);
    else
        lua_pushboolean(L, 0);
}

static void push_section_subsections(lua_State *L, int cache, const void *subject)
{
    (void)cache;
    const struct brv_section *section = subject;
    lua_createtable(L, 0, 0); // [list]
    lua_Integer i = 1;
    for (const struct brv_section *sub = section->first; sub; sub = sub->next) {
        brv_charge(L, 2);
        brv_view_push(L, &brv_view_section, sub);
        lua_rawseti(L, -2, i++);
    }
}

// [-0, +1] A section's view, or false.
static void push_section_or_false(lua_State *L, const struct brv_section *section)
{
    if (section)
        brv_view_push(L, &brv_view_section, section);
    else
        lua_pushboolean(L, 0);
}

static void push_section_parent(lua_State *L, int cache, const void *subject)
{
    (void)cache;
    push_section_or_false(L, ((const struct brv_section *)subject)->parent);
}

static void push_section_next(lua_State *L, int cache, const void *subject)
{
    (void)cache;
    push_section_or_false(L, ((const struct brv_section *)subject)->next);
}

static void push_section_previous(lua_State *L, int cache, const void *subject)
{
    (void)cache;
    const struct brv_section *section = subject;
    const struct brv_section *before =
        section->parent ? section->parent->first : brv_call_of(L)->document->first;
    if (before == section)
        before = NULL;
    while (before && before->next != section) {
        brv_charge(L, 1);
        before = before->next;
    }
    push_section_or_false(L, before);
}

// ---- facts

// The text up to and with the first colon at or after `from`.
static brv_str colon_at(brv_str text, size_t from)
{
    size_t colon = brv_str_find_byte(text, from, ':');
    size_t wide = brv_str_find(text, from, BRV_S("：")); // full width
    if (wide < colon)
        return brv_str_slice(text, 0, wide + strlen("："));
    return brv_str_slice(text, 0, colon < text.len ? colon + 1 : colon);
}

// [-0, +1] The label as it was typed, with its emphasis and colon, as a list.
static void push_label(lua_State *L, const struct brv_fact *fact, const struct brv_node *first)
{
    lua_createtable(L, 2, 0); // [label]
    if (!first)
        return;
    if (first->kind == BRV_KIND_TEXT) {
        // A key may hold a colon itself: "09:14 UTC: first alert".
        size_t key = brv_str_find(first->text, 0, fact->key);
        size_t key_end = key < first->text.len ? key + fact->key.len : 0;
        brv_lua_push_str(L, colon_at(first->text, key_end));
        lua_rawseti(L, -2, 1);
        return;
    }
    brv_element_push_asleep(L, first);
    lua_rawseti(L, -2, 1);
    const struct brv_node *after = first->next;
    bool is_colon_outside = after && after->kind == BRV_KIND_TEXT &&
                            (brv_str_starts_with(after->text, BRV_S(":")) ||
                             brv_str_starts_with(after->text, BRV_S("：")));
    brv_str inside = brv_node_plain_text(brv_sandbox_of(L)->arena, first);
    inside = brv_str_trim(inside);
    bool is_colon_inside =
        brv_str_ends_with(inside, BRV_S(":")) || brv_str_ends_with(inside, BRV_S("："));
    if (is_colon_outside && !is_colon_inside) {
        brv_lua_push_str(L, colon_at(after->text, 0));
        lua_rawseti(L, -2, 2);
    }
}

static const char key_fact_meta = 'f'; // registry: the metatable of facts

static int read_unknown_fact_field(lua_State *L)
{
    static const char *const fields[] = {
        "key", "slug", "value", "label", "content", "rest", "item"
    };
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : luaL_typename(L, 2);
    brv_charge(L, 10);
    brv_lua_name_error(L, "a fact has no field", name, fields, BRV_COUNT(fields));
}

// [… fact] A mistyped field is an error: nil would pass for a child and lose the text.
static void guard_fact(lua_State *L)
{
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, brv_lua_key(&key_fact_meta)) == LUA_TNIL) {
        lua_pop(L, 1);
        lua_createtable(L, 0, 2); // [… fact meta]
        lua_pushcfunction(L, read_unknown_fact_field);
        lua_setfield(L, -2, "__index");
        lua_pushboolean(L, 0);
        lua_setfield(L, -2, "__metatable");
        lua_pushvalue(L, -1);
        lua_rawsetp(L, LUA_REGISTRYINDEX, brv_lua_key(&key_fact_meta));
    }
    lua_setmetatable(L, -2); // [… fact]
}

// [… item] -> [… item fact]
static void push_fact(lua_State *L, const struct brv_fact *fact)
{
    lua_createtable(L, 0, 7);
    set_str(L, "key", fact->key);
    set_str(L, "slug", fact->slug);
    set_str(L, "value", fact->value);
    lua_pushvalue(L, -2);
    lua_setfield(L, -2, "item");
    brv_elements_push_list_asleep(L, fact->content->first);
    lua_setfield(L, -2, "content");
    // A loose item holds a paragraph first, a tight one its inline nodes.
    const struct brv_node *first = fact->item->first;
    const struct brv_node *rest = first;
    if (first && first->kind == BRV_KIND_P)
        rest = first->next;
    else
        while (rest && brv_kind_is_inline(rest->kind))
            rest = rest->next;
    push_label(L, fact, first && first->kind == BRV_KIND_P ? first->first : first);
    lua_setfield(L, -2, "label");
    brv_elements_push_list_asleep(L, rest);
    lua_setfield(L, -2, "rest");
    guard_fact(L);
}

static const char key_items = 'i'; // cache: the items of the facts, in order

// [… blocks items] Adds the items of a list of the blocks that are facts.
static void add_items(lua_State *L, const struct brv_node *list, lua_Integer list_at,
                      const struct brv_fact **next, lua_Integer *count)
{
    lua_rawgeti(L, -2, list_at); // [blocks items list]
    brv_element_wake(L, -1);
    lua_Integer item_at = 1;
    for (const struct brv_node *item = list->first; item && *next; item = item->next, item_at++) {
        if ((*next)->item != item)
            continue;
        lua_rawgeti(L, -1, item_at);
        lua_rawseti(L, -3, ++*count); // items[count] = item
        *next = (*next)->next;
    }
    lua_pop(L, 1); // [blocks items]
}

// A fact's item is the very table in the blocks, wherever the script moves it: these are noted
// before a script sees them.
static void fill_blocks(lua_State *L, int cache, const struct brv_section *section)
{
    struct brv_sandbox *box = brv_sandbox_of(L);
    struct brv_host_work work = brv_host_work_begin(box);
    const struct brv_node *first = section->blocks ? section->blocks->first : NULL;
    luaL_checkstack(L, 12, NULL);
    brv_elements_push_list_asleep(L, first); // [blocks]
    lua_createtable(L, 0, 0);                // [blocks items]
    const struct brv_fact *next = section->facts;
    lua_Integer count = 0;
    lua_Integer at = 1;
    for (const struct brv_node *block = first; block && next; block = block->next, at++)
        if (brv_kind_is_list(block->kind))
            add_items(L, block, at, &next, &count);
    lua_rawsetp(L, cache, brv_lua_key(&key_items));
    lua_setfield(L, cache, "blocks");
    brv_host_work_end(box, work);
}

static void push_section_blocks(lua_State *L, int cache, const void *subject)
{
    fill_blocks(L, cache, subject);
    lua_getfield(L, cache, "blocks");
}

static void push_section_facts(lua_State *L, int cache, const void *subject)
{
    const struct brv_section *section = subject;
    struct brv_sandbox *box = brv_sandbox_of(L);
    luaL_checkstack(L, 12, NULL);
    if (lua_getfield(L, cache, "blocks") == LUA_TNIL)
        fill_blocks(L, cache, section);
    lua_pop(L, 1);
    struct brv_host_work work = brv_host_work_begin(box);
    lua_rawgetp(L, cache, brv_lua_key(&key_items)); // [items]
    lua_Integer count = (lua_Integer)lua_rawlen(L, -1);
    lua_createtable(L, (int)count, (int)count); // [items facts]
    const struct brv_fact *fact = section->facts;
    for (lua_Integer i = 1; i <= count; i++, fact = fact->next) {
        lua_rawgeti(L, -2, i); // [items facts item]
        push_fact(L, fact);    // [items facts item fact]
        brv_lua_push_str(L, fact->slug);
        lua_pushvalue(L, -1);
        if (lua_rawget(L, -5) == LUA_TNIL) { // [… fact slug nil]: the first of a key counts
            lua_pop(L, 1);
            lua_pushvalue(L, -2);
            lua_rawset(L, -5); // [items facts item fact]
        } else {
            lua_pop(L, 2);
        }
        lua_rawseti(L, -3, i); // [items facts item]
        lua_pop(L, 1);
    }
    lua_remove(L, -2); // [facts]
    brv_host_work_end(box, work);
}

static const struct brv_view_field section_fields[] = {
    { "blocks",
      push_section_blocks,
      "list of elements",
      "What stands between the heading and the first subsection: tables of your own, to pass on or "
      "to change." },
    { "class", push_section_class, "string", "The slug of the heading: `key-details`." },
    { "facts",
      push_section_facts,
      "list of facts",
      "The bullets `- Key: value`, each with key, slug, value (a string), label (the key and its "
      "colon as typed), content (the value's elements), rest (what else is in the bullet), item "
      "(the "
      "li in blocks); also by slug: `section.facts[\"date\"]`." },
    { "heading",
      push_section_heading,
      "element or false",
      "The heading, with its id; false where there is none." },
    { "id", push_section_id, "string", "Unique in the document." },
    { "level", push_section_level, "integer", "1 for the title, 2 for ##, and so on." },
    { "next",
      push_section_next,
      "section or false",
      "The section after it, below the same parent." },
    { "parent", push_section_parent, "section or false", "The section that it is a part of." },
    { "path", push_section_path, "string", "`business-impact/for-customers`." },
    { "previous", push_section_previous, "section or false", "The section before it." },
    { "source",
      push_section_source,
      "table",
      "The file, without its folders, and the line where the section begins." },
    { "subsections", push_section_subsections, "list of sections", "The ### parts, in order." },
    { "title", push_section_title, "string", "The heading's plain text." },
};

const struct brv_view_type brv_view_section = {
    .name = "section",
    .summary = "The section to render, and its subsections.",
    .fields = section_fields,
    .count = BRV_COUNT(section_fields),
};

// ---- document

#define DOCUMENT_STRING(function, member)                                                          \
    static void function(lua_State *L, int cache, const void *subject)                             \
    {                                                                                              \
        (void)cache;                                                                               \
        brv_lua_push_str(L, ((const struct brv_document *)subject)->member);                       \
    }
DOCUMENT_STRING(push_document_title, title)
DOCUMENT_STRING(push_document_id, id)
DOCUMENT_STRING(push_document_kind, kind)
DOCUMENT_STRING(push_document_kind_title, kind_title)
DOCUMENT_STRING(push_document_date, date)
DOCUMENT_STRING(push_document_lang, lang)
DOCUMENT_STRING(push_document_tlp, tlp)
DOCUMENT_STRING(push_document_summary_label, summary_label)

// [-0, +1]
static void push_values(lua_State *L, const struct brv_meta *meta)
{
    lua_createtable(L, 0, 0);
    for (size_t i = 0; meta && i < meta->value_count; i++) {
        brv_lua_push_str(L, meta->values[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

#define DOCUMENT_LIST(function, key)                                                               \
    static void function(lua_State *L, int cache, const void *subject)                             \
    {                                                                                              \
        (void)cache;                                                                               \
        push_values(L, brv_document_meta(subject, BRV_S(key)));                                    \
    }
DOCUMENT_LIST(push_document_authors, "authors")
DOCUMENT_LIST(push_document_sources, "sources")
DOCUMENT_LIST(push_document_tags, "tags")

static void push_document_meta(lua_State *L, int cache, const void *subject)
{
    (void)cache;
    const struct brv_document *document = subject;
    lua_createtable(L, 0, 0); // [meta]
    for (const struct brv_meta *meta = document->meta; meta; meta = meta->next) {
        brv_lua_push_str(L, meta->key);
        if (meta->is_list)
            push_values(L, meta);
        else
            brv_lua_push_str(L, meta->value_count > 0 ? meta->values[0] : BRV_S(""));
        lua_rawset(L, -3);
    }
}

static void push_document_sections(lua_State *L, int cache, const void *subject)
{
    (void)cache;
    lua_createtable(L, 0, 0); // [list]
    lua_Integer i = 1;
    for (const struct brv_section *section = ((const struct brv_document *)subject)->first; section;
         section = section->next) {
        brv_charge(L, 2);
        brv_view_push(L, &brv_view_section, section);
        lua_rawseti(L, -2, i++);
    }
}

static const struct brv_view_field document_fields[] = {
    { "authors", push_document_authors, "list of strings", "From the metadata; may be empty." },
    { "date", push_document_date, "string", "As written; may be empty." },
    { "id", push_document_id, "string", "The analysis's own number or name; may be empty." },
    { "kind", push_document_kind, "string", "`industry-news`; `analysis` when nothing says." },
    { "kind_title", push_document_kind_title, "string", "As written: `Industry News`." },
    { "lang", push_document_lang, "string", "The language tag." },
    { "meta", push_document_meta, "table", "All metadata by key: strings, or lists of strings." },
    { "sections",
      push_document_sections,
      "list of sections",
      "All top sections in order: excerpt, title and those of the headings." },
    { "sources", push_document_sources, "list of strings", "From the metadata; may be empty." },
    { "summary_label",
      push_document_summary_label,
      "string",
      "The line `Analysis Summary` as written; may be empty." },
    { "tags", push_document_tags, "list of strings", "From the metadata; may be empty." },
    { "title", push_document_title, "string", "Without the kind." },
    { "tlp", push_document_tlp, "string", "`AMBER+STRICT`; may be empty." },
};

const struct brv_view_type brv_view_document = {
    .name = "document",
    .summary = "The analysis that the section belongs to: `context.document`.",
    .fields = document_fields,
    .count = BRV_COUNT(document_fields),
};
