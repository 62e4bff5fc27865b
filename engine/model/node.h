// Brevier — the element tree.
// One vocabulary for what loaders produce, what plugins receive and return, and what outputs walk.
// Nodes live in an arena and are never freed singly; a tree is written by one stage and read-only
// afterwards. Structure rules come from kinds.def; brv_tree_check() verifies a whole tree.
//
// Conventions beyond HTML: a table cell's alignment is data-align="left|center|right"; a task list
// item has data-task="open|done"; a code block is pre > code with class language-NAME; a heading
// has the id of its section; a footnote element stands where its call stands.
// SPDX-License-Identifier: MIT
#ifndef BRV_MODEL_NODE_H
#define BRV_MODEL_NODE_H

#include "base/arena.h"
#include "base/diag.h"

struct brv_buf;
struct brv_image;
struct brv_drawing;

enum brv_kind {
#define KIND(enumerator, name, category, content) BRV_KIND_##enumerator,
#include "model/kinds.def"
#undef KIND
    BRV_KIND_COUNT
};

enum brv_category {
    BRV_CATEGORY_TEXT,
    BRV_CATEGORY_INLINE,
    BRV_CATEGORY_BLOCK,
    BRV_CATEGORY_ITEM,
    BRV_CATEGORY_TERM,
    BRV_CATEGORY_CAPTION,
    BRV_CATEGORY_GROUP,
    BRV_CATEGORY_ROW,
    BRV_CATEGORY_CELL,
};

enum brv_content {
    BRV_CONTENT_NONE,
    BRV_CONTENT_INLINE,
    BRV_CONTENT_FLOW,
    BRV_CONTENT_LIST,
    BRV_CONTENT_TERMS,
    BRV_CONTENT_TABLE,
    BRV_CONTENT_ROWS,
    BRV_CONTENT_CELLS,
};

enum brv_attr_id {
#define ATTR(enumerator, name, value) BRV_ATTR_##enumerator,
#include "model/attrs.def"
#undef ATTR
    BRV_ATTR_DATA, // any data-* attribute: look at the name
};

enum brv_attr_value {
    BRV_ATTR_VALUE_TEXT,
    BRV_ATTR_VALUE_NAME,
    BRV_ATTR_VALUE_NAMES,
    BRV_ATTR_VALUE_URL,
    BRV_ATTR_VALUE_LANG,
    BRV_ATTR_VALUE_COUNT,
};

struct brv_attr {
    struct brv_attr *next;
    enum brv_attr_id id;
    brv_str name; // "href", "data-align"
    brv_str value;
};

struct brv_node {
    enum brv_kind kind;
    uint32_t class_count;
    struct brv_span span; // where it was written; plugins' own elements have the section's span
    struct brv_node *parent;
    struct brv_node *first;
    struct brv_node *last;
    struct brv_node *previous;
    struct brv_node *next;
    union {
        brv_str text; // text nodes only
        // What an img or a drawing shows; NULL where it could not be had, and its alt stands there.
        const struct brv_image *image;
        const struct brv_drawing *drawing;
    };
    struct brv_attr *attrs; // in the order they were set
    brv_str id;             // attribute id, empty when absent
    const brv_str *classes; // the words of attribute class
};

// Kind facts.
const char *brv_kind_name(enum brv_kind kind);
enum brv_category brv_kind_category(enum brv_kind kind);
enum brv_content brv_kind_content(enum brv_kind kind);
// False for an unknown name and for "#text".
bool brv_kind_from_name(brv_str name, enum brv_kind *kind);
// The names of all kinds but #text, for hints. BRV_KIND_COUNT - 1 of them.
const char *const *brv_kind_names(void);
bool brv_kind_may_contain(enum brv_kind parent, enum brv_kind child);
bool brv_kind_is_inline(enum brv_kind kind);  // TEXT or INLINE category
bool brv_kind_is_heading(enum brv_kind kind); // h1 … h6
bool brv_kind_is_list(enum brv_kind kind);    // of items: ul and ol
// 1 … 6 for headings, 0 otherwise; and the heading kind for a level (clamped to 1 … 6).
int brv_kind_heading_level(enum brv_kind kind);
enum brv_kind brv_kind_from_heading_level(int level);

// Building. Nodes, texts and values are made in `arena`; `text`, `name` and `value` are borrowed,
// so they must live as long as the arena.
struct brv_node *brv_node_new(struct brv_arena *arena, enum brv_kind kind, struct brv_span span);
struct brv_node *brv_node_new_text(struct brv_arena *arena, brv_str text, struct brv_span span);
// Appends a parentless child. Containment is not checked here.
void brv_node_append(struct brv_node *parent, struct brv_node *child);
void brv_node_insert_before(struct brv_node *sibling, struct brv_node *node);
void brv_node_remove(struct brv_node *node); // unlinks, keeps its children
// Sets or replaces an attribute; false when the name is none of attrs.def and not data-*.
bool brv_node_set_attr(struct brv_arena *arena, struct brv_node *node, brv_str name, brv_str value);
void brv_node_set(struct brv_arena *arena, struct brv_node *node, enum brv_attr_id id,
                  brv_str value); // not BRV_ATTR_DATA
// Deep copy into `arena` with the same spans.
struct brv_node *brv_node_copy(struct brv_arena *arena, const struct brv_node *node);

// Reading.
// The value of an attribute, empty when absent; brv_node_has_attr tells empty from absent.
brv_str brv_node_attr(const struct brv_node *node, enum brv_attr_id id);
brv_str brv_node_attr_named(const struct brv_node *node, brv_str name);
bool brv_node_has_attr(const struct brv_node *node, enum brv_attr_id id);
// Positive attribute as a number: `fallback` when absent or malformed.
size_t brv_node_attr_count(const struct brv_node *node, enum brv_attr_id id, size_t fallback);
// The number of an ordered list's first item: its start, which may be 0, or 1.
int brv_node_list_start(const struct brv_node *list);
bool brv_node_has_class(const struct brv_node *node, brv_str name);
// The nearest lang attribute at or above the node, empty when none.
brv_str brv_node_lang(const struct brv_node *node);
// The class of a sup that calls a footnote once more.
#define BRV_CLASS_LATER_CALL "footnote-ref"

// The text of a subtree: br becomes a space, img its alt; footnotes and later calls of them are
// left out.
brv_str brv_node_plain_text(struct brv_arena *arena, const struct brv_node *node);

// Pre-order walk of the subtree of `root`: the node after `node`, or NULL at the end.
struct brv_node *brv_node_walk_next(const struct brv_node *root, const struct brv_node *node);
// The same without entering the children of `node`.
struct brv_node *brv_node_walk_over(const struct brv_node *root, const struct brv_node *node);

// True for what has the shape of a BCP 47 tag: parts of 1 to 8 letters or digits joined by "-", the
// first of letters only. Whether the language exists is not asked.
bool brv_lang_is_tag(brv_str tag);

// Attribute facts.
const char *brv_attr_name(enum brv_attr_id id);
// False for what is neither a name of attrs.def nor data-*, which gives BRV_ATTR_DATA.
bool brv_attr_from_name(brv_str name, enum brv_attr_id *id);
enum brv_attr_value brv_attr_value_type(enum brv_attr_id id);
const char *const *brv_attr_names(size_t *count);

// What is wrong with a value, in words that follow the attribute's name; NULL for a right one.
const char *brv_attr_fault(enum brv_attr_id id, brv_str value);

// Verifies containment, attribute values and nesting (at most `max_depth`) of a whole tree.
// Reports each fault with its span; BRV_FAILED when there was one.
enum brv_status brv_tree_check(const struct brv_node *root, int max_depth, enum brv_code code,
                               struct brv_sink *sink) BRV_WARN_UNUSED;

// The stable dump: one node a line, indented, with attributes, quoted text and, on request, its
// line:column. The form that golden tests compare.
void brv_tree_dump(const struct brv_node *root, bool with_places, struct brv_buf *out);

#endif
