// Brevier — the analysis as loaded: metadata and a tree of sections.
// Everything lives in the arena that the loader was given. Read-only after loading.
// SPDX-License-Identifier: MIT
#ifndef BRV_MODEL_DOCUMENT_H
#define BRV_MODEL_DOCUMENT_H

#include "model/node.h"

// One value of the metadata: "title: …" in front matter or a key of the JSON form. A scalar has
// one value; a list has any number; free keys keep their order. Nested maps use dotted keys.
struct brv_meta {
    struct brv_meta *next;
    brv_str key;
    const brv_str *values;
    size_t value_count;
    bool is_list;
    struct brv_span span;       // of the key
    struct brv_span value_span; // of the value; of a list, all of it
};

// A bullet "- Key: value" or "- **Key:** value".
struct brv_fact {
    struct brv_fact *next;
    brv_str key;              // "Companies Involved"
    brv_str slug;             // "companies-involved"
    brv_str value;            // plain text
    struct brv_node *content; // a span that holds the value's inline nodes (copies)
    struct brv_node *item;    // the li itself, in its section's blocks
    struct brv_span span;
};

struct brv_section {
    struct brv_section *parent; // NULL for a top section
    struct brv_section *first;
    struct brv_section *last;
    struct brv_section *next;
    brv_str id;    // unique in the document: "key-details", "key-details-2"
    brv_str slug;  // class of the section, from its heading: "key-details"; "title", "excerpt",
                   // "preamble" (text before the first heading) for the implied ones; a heading of
                   // one of these names gives "title-section", "excerpt-section", …
    brv_str title; // plain text; "Full Report" for the excerpt; empty for a preamble
    brv_str path;  // "business-impact/for-customers"
    int level;     // 1 the title, 2 for ##, …
    struct brv_node *heading; // h1 … h6 with the title's inline nodes and id; NULL for a preamble
    struct brv_node *blocks;  // a div with the blocks before the first subsection
    struct brv_fact *facts;   // found in the lists directly in blocks, in order
    struct brv_span span;     // from the heading to the section's end, subsections included
};

struct brv_document {
    const struct brv_source *source;
    brv_str title; // without the kind's prefix; from front matter, else the # heading, else ""
    brv_str id;
    brv_str kind;          // slug: "industry-news"; "analysis" when nothing says
    brv_str kind_title;    // as written: "Industry News"
    brv_str date;          // as written
    brv_str lang;          // BCP 47; "en" when nothing says
    brv_str tlp;           // upper case without "TLP:": "AMBER+STRICT"; empty when absent
    struct brv_meta *meta; // every key in order, the known ones included
    // The line "Analysis Summary" that stood before the title, as written; empty when absent. The
    // title's renderer shows it before the kind: nothing of the source is lost.
    brv_str summary_label;
    // In the order of the source: excerpt, preamble, title, then the ## sections (which are top
    // sections too: the title section has no subsections). Each of the first three may be absent.
    struct brv_section *first;
    struct brv_section *last;
};

const struct brv_meta *brv_document_meta(const struct brv_document *document, brv_str key);
// The next section of the document in reading order (subsections after their parent), or NULL.
struct brv_section *brv_section_next(const struct brv_section *section);

// Whether a character is a letter, mark or digit of any script.
bool brv_is_word(uint32_t codepoint);
// Lower-case words joined by "-": letters and digits of any script stay, everything else parts.
// "section" when nothing is left. At most 64 code points.
brv_str brv_slug(struct brv_arena *arena, brv_str text);

// Fills what follows from titles and blocks: slugs, unique ids, paths, heading ids, facts. Every
// loader ends with it, so all input forms agree.
void brv_document_index(struct brv_document *document, struct brv_arena *arena);

#endif
