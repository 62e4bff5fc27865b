// Brevier — the table of contents and the lists of figures and tables.
// SPDX-License-Identifier: MIT
#include "app/contents.h"

#include "base/hash.h"
#include "model/words.h"

// ---- ids

struct contents {
    struct brv_arena *arena;
    struct brv_node *article;
    // id → the first node that has it; stem and a space, which no id has → its last number
    struct brv_map ids;
};

static void ids_collect(struct contents *contents)
{
    struct brv_node *root = contents->article;
    for (struct brv_node *node = root; node; node = brv_node_walk_next(root, node)) {
        if (node->id.len == 0)
            continue;
        void **slot = brv_map_at(&contents->ids, node->id);
        if (!*slot)
            *slot = node;
    }
}

// The id by which a link finds the node and no other.
static brv_str id_of(struct contents *contents, struct brv_node *node, const char *stem)
{
    if (node->id.len > 0 && brv_map_find(&contents->ids, node->id) == node)
        return node->id;
    brv_str base = node->id.len > 0 ? node->id : brv_str_from_cstr(stem);
    brv_str id = { 0 };
    brv_str counter = brv_arena_printf(contents->arena, "%" BRV_STR_F " ", BRV_STR_ARG(base));
    size_t **last = (size_t **)brv_map_at(&contents->ids, counter);
    if (!*last)
        *last = BRV_NEW(contents->arena, size_t);
    do {
        size_t number = ++**last;
        id = brv_arena_printf(contents->arena, "%" BRV_STR_F "-%zu", BRV_STR_ARG(base), number);
    } while (brv_map_find(&contents->ids, id));
    *brv_map_at(&contents->ids, id) = node;
    brv_node_set(contents->arena, node, BRV_ATTR_ID, id);
    return id;
}

// ---- entries

// Copies inline content into a link: what cannot stand in one, or not twice, is left out.
static void copy_inline(struct contents *contents, const struct brv_node *from, struct brv_node *to)
{
    struct brv_arena *arena = contents->arena;
    for (const struct brv_node *node = from->first; node; node = node->next) {
        struct brv_node *copy = NULL;
        if (brv_node_has_class(node, BRV_S(BRV_CLASS_LATER_CALL)))
            continue;
        switch (node->kind) {
        case BRV_KIND_TEXT:
            brv_node_append(to, brv_node_new_text(arena, node->text, node->span));
            break;
        case BRV_KIND_BR:
            brv_node_append(to, brv_node_new_text(arena, BRV_S(" "), node->span));
            break;
        case BRV_KIND_IMG:
            brv_node_append(
                to, brv_node_new_text(arena, brv_node_attr(node, BRV_ATTR_ALT), node->span));
            break;
        case BRV_KIND_FOOTNOTE:
            break;
        case BRV_KIND_STRONG:
        case BRV_KIND_EM:
        case BRV_KIND_DEL:
        case BRV_KIND_CODE:
        case BRV_KIND_SUP:
        case BRV_KIND_SUB:
        case BRV_KIND_SPAN:
            copy = brv_node_new(arena, node->kind, node->span);
            if (brv_node_has_attr(node, BRV_ATTR_LANG))
                brv_node_set(arena, copy, BRV_ATTR_LANG, brv_node_attr(node, BRV_ATTR_LANG));
            brv_node_append(to, copy);
            copy_inline(contents, node, copy); // the tree's nesting was checked
            break;
        default: // links, marks, the paragraphs of a caption: only what they hold
            copy_inline(contents, node, to);
            break;
        }
    }
}

static struct brv_node *entry_add(struct contents *contents, struct brv_node *list,
                                  const struct brv_node *content, brv_str id)
{
    struct brv_arena *arena = contents->arena;
    struct brv_node *item = brv_node_new(arena, BRV_KIND_LI, content->span);
    struct brv_node *link = brv_node_new(arena, BRV_KIND_A, content->span);
    brv_str href = brv_arena_printf(arena, "#%" BRV_STR_F, BRV_STR_ARG(id));
    brv_node_set(arena, link, BRV_ATTR_HREF, href);
    copy_inline(contents, content, link);
    brv_node_append(item, link);
    brv_node_append(list, item);
    return item;
}

static struct brv_node *nav_new(struct contents *contents, const char *name, const char *title)
{
    struct brv_arena *arena = contents->arena;
    struct brv_span span = contents->article->span;
    struct brv_node *nav = brv_node_new(arena, BRV_KIND_NAV, span);
    brv_node_set(arena, nav, BRV_ATTR_CLASS, brv_str_from_cstr(name));
    struct brv_node *heading = brv_node_new(arena, BRV_KIND_H2, span);
    brv_node_set(arena, heading, BRV_ATTR_CLASS, BRV_S("toc-title"));
    brv_node_append(heading, brv_node_new_text(arena, brv_str_from_cstr(title), span));
    brv_node_append(nav, heading);
    return nav;
}

static struct brv_node *list_new(struct contents *contents, struct brv_node *parent)
{
    struct brv_node *list = brv_node_new(contents->arena, BRV_KIND_UL, parent->span);
    brv_node_append(parent, list);
    return list;
}

// ---- the lists

// Headings below the title, as deep as `depth`. A level that is skipped in the text is none here.
static struct brv_node *toc_new(struct contents *contents, int depth, const char *title)
{
    enum { TOP = 2 };
    struct brv_node *nav = nav_new(contents, "toc", title);
    struct brv_node *lists[BRV_CONTENTS_DEPTH_MAX + 1] = { NULL }; // by nesting
    int levels[BRV_CONTENTS_DEPTH_MAX + 1] = { 0 };
    int open = -1; // the innermost list
    struct brv_node *root = contents->article;
    for (struct brv_node *node = root; node; node = brv_node_walk_next(root, node)) {
        int level = brv_kind_heading_level(node->kind);
        if (level < TOP || level - TOP >= depth || !node->first)
            continue;
        while (open > 0 && levels[open] > level)
            open--;
        if (open < 0) {
            lists[++open] = list_new(contents, nav);
            levels[open] = level;
        } else if (levels[open] < level) {
            lists[open + 1] = list_new(contents, lists[open]->last);
            levels[++open] = level;
        } else {
            levels[open] = level; // less than that of the first heading
        }
        entry_add(contents, lists[open], node, id_of(contents, node, "heading"));
    }
    return open < 0 ? NULL : nav;
}

static struct brv_node *captioned_new(struct contents *contents, enum brv_kind kind,
                                      enum brv_kind caption_kind, const char *name,
                                      const char *stem, const char *title)
{
    struct brv_node *nav = nav_new(contents, name, title);
    struct brv_node *list = NULL;
    struct brv_node *root = contents->article;
    for (struct brv_node *node = root; node; node = brv_node_walk_next(root, node)) {
        if (node->kind != kind)
            continue;
        const struct brv_node *caption = node->first;
        while (caption && caption->kind != caption_kind)
            caption = caption->next;
        if (!caption)
            continue;
        if (!list)
            list = list_new(contents, nav);
        entry_add(contents, list, caption, id_of(contents, node, stem));
    }
    return list ? nav : NULL;
}

// What follows the title: it stands before the first section of the text. NULL for an article that
// has nothing after it.
static struct brv_node *place_of(const struct brv_node *article)
{
    for (struct brv_node *child = article->first; child; child = child->next)
        for (struct brv_node *node = child; node; node = brv_node_walk_next(child, node))
            if (node->kind == BRV_KIND_H1)
                return child->next;
    return article->first;
}

// ---- what is wanted

bool brv_contents_depth(brv_str value, int *depth)
{
    size_t number = 0;
    if (brv_str_is(value, "true") || brv_str_is(value, "yes"))
        *depth = BRV_CONTENTS_DEPTH;
    else if (brv_str_is(value, "false") || brv_str_is(value, "no"))
        *depth = 0;
    else if (brv_str_to_size(value, &number) && number <= BRV_CONTENTS_DEPTH_MAX)
        *depth = (int)number;
    else
        return false;
    return true;
}

// The number that a key of the metadata gives; 0, and a warning, for what makes no sense.
static int depth_written(const struct brv_document *document, const char *key, const char *expected,
                         struct brv_sink *sink)
{
    const struct brv_meta *meta = brv_document_meta(document, brv_str_from_cstr(key));
    int depth = 0;
    if (!meta)
        return 0;
    brv_str value = meta->value_count > 0 ? brv_str_trim(meta->values[0]) : (brv_str){ 0 };
    if (meta->value_count != 1 || !brv_contents_depth(value, &depth))
        brv_report(sink,
                   BRV_WARNING,
                   BRV_CODE_INPUT,
                   meta->value_span,
                   "\"%s\" does not know \"%" BRV_STR_F "\", expected %s",
                   key,
                   BRV_STR_ARG(value),
                   expected);
    return depth;
}

void brv_contents_add(struct brv_arena *arena, const struct brv_document *document,
                      struct brv_node *article, const struct brv_contents_wishes *wishes,
                      struct brv_sink *sink)
{
    int depth = wishes->toc_depth;
    if (depth == 0)
        depth = depth_written(document, "toc", "true, false or a number of levels up to 5", sink);
    bool has_figures =
        wishes->has_figures || depth_written(document, "lof", "true or false", sink) > 0;
    bool has_tables =
        wishes->has_tables || depth_written(document, "lot", "true or false", sink) > 0;
    if (depth <= 0 && !has_figures && !has_tables)
        return;
    struct contents contents = {
        .arena = arena,
        .article = article,
        .ids = { .arena = arena },
    };
    ids_collect(&contents);
    const struct brv_words *words = brv_words_of(document->lang);
    struct brv_node *navs[] = {
        depth > 0 ? toc_new(&contents, depth, words->contents) : NULL,
        has_figures
            ? captioned_new(
                  &contents, BRV_KIND_FIGURE, BRV_KIND_FIGCAPTION, "lof", "figure", words->figures)
            : NULL,
        has_tables ? captioned_new(
                         &contents, BRV_KIND_TABLE, BRV_KIND_CAPTION, "lot", "table", words->tables)
                   : NULL,
    };
    struct brv_node *place = place_of(article);
    for (size_t i = 0; i < BRV_COUNT(navs); i++) {
        if (navs[i] && place)
            brv_node_insert_before(place, navs[i]);
        else if (navs[i])
            brv_node_append(article, navs[i]);
    }
}
