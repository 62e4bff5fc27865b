// Brevier — XML of others as a tree.
// A customer's Word file is read by expat, which is opened when a template is first asked for. What
// the tree keeps is what a Word document of ours may hold: elements and attributes of the few
// namespaces named in docx_dom.c, under the prefixes that we use; anything else is left out with
// all it holds. A document type is refused.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_DOCX_DOM_H
#define BRV_OUTPUT_DOCX_DOM_H

#include "base/arena.h"
#include "base/buf.h"

struct docx_dom_attribute {
    struct docx_dom_attribute *next;
    brv_str name; // "w:val", "id"
    brv_str value;
};

struct docx_dom {
    struct docx_dom *parent, *first, *last, *next;
    brv_str name; // "w:style"; empty: text
    brv_str text;
    struct docx_dom_attribute *attributes;
};

// The root element; NULL, with *why set, for what is no XML, too deep or too long.
struct docx_dom *brv_docx_dom_parse(struct brv_arena *arena, brv_str xml, const char **why);

// The first child of a name, or NULL; also of NULL.
struct docx_dom *brv_docx_dom_child(const struct docx_dom *parent, const char *name);
// The next element in document order below `root`, or NULL.
struct docx_dom *brv_docx_dom_next(const struct docx_dom *root, const struct docx_dom *dom);
bool brv_docx_dom_is(const struct docx_dom *dom, const char *name);
// An attribute's value, empty when there is none.
brv_str brv_docx_dom_value(const struct docx_dom *dom, const char *name);
// Whether a switch is on, which is a child of a name: with no value, or any but "0", "false" and
// "off". `otherwise` where there is none.
bool brv_docx_dom_is_on(const struct docx_dom *parent, const char *name, bool otherwise);
void brv_docx_dom_set(struct brv_arena *arena, struct docx_dom *dom, const char *name,
                      brv_str value);
void brv_docx_dom_remove(struct docx_dom *dom);
// Takes an element away and leaves its children in its place.
void brv_docx_dom_unwrap(struct docx_dom *dom);
// The element as XML, without namespace declarations.
void brv_docx_dom_write(struct brv_buf *out, const struct docx_dom *dom);
// Its children as XML.
void brv_docx_dom_write_children(struct brv_buf *out, const struct docx_dom *dom);

#endif
