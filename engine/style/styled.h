// Brevier — stylesheets and the styled tree.
// A stylesheet set is parsed once per process and medium, then applied to any number of trees.
// brv_style_tree() is the cascade: it gives each element its interned style and turns generated
// content, counters and list markers into nodes, so that no output computes CSS again.
// SPDX-License-Identifier: MIT
#ifndef BRV_STYLE_STYLED_H
#define BRV_STYLE_STYLED_H

#include "base/diag.h"
#include "model/limits.h"
#include "model/node.h"
#include "style/style.h"

enum brv_media { BRV_MEDIA_PDF, BRV_MEDIA_DOCX, BRV_MEDIA_TEXT };

// ---- stylesheets

struct brv_stylesheets; // opaque; lives in an arena; read-only after brv_stylesheets_new

struct brv_stylesheet_text {
    brv_str name; // for messages
    brv_str text; // clean (base/utf8.h)
};

// An image that content: url() names.
struct brv_sheet_image {
    brv_str path;         // as written, relative to the folder of the sheet that `span` names
    struct brv_span span; // where it is named first
    const struct brv_image *image; // NULL: it could not be had
};
// Opens one; what it returns lives as long as the sheets. NULL, reported at the span, when it
// cannot be had.
typedef const struct brv_image *
brv_sheet_image_open_fn(void *user, const struct brv_sheet_image *image, struct brv_sink *sink);

struct brv_stylesheets_options {
    // Sheets in cascade order. A path with "/" or ".css" is a file, anything else a name that is
    // looked up as NAME.css in search_path. The built-in sheet always comes first.
    const brv_str *sheets;
    size_t sheet_count;
    const brv_str *search_path;
    size_t search_path_count;
    // "--name" / value pairs that override custom properties of :root.
    const brv_str (*variables)[2];
    size_t variable_count;
    // Sheets in memory, after those in files.
    const struct brv_stylesheet_text *texts;
    size_t text_count;
    const struct brv_limits *limits; // NULL: the defaults
    // Without it content shows no images.
    brv_sheet_image_open_fn *open_image;
    void *open_image_user;
    // What the build has read already (style/frozen.h); it saves time and changes nothing. May be
    // NULL.
    const struct brv_frozen_sheets *frozen;
};

// Parses every sheet with its imports. Unknown properties, values, selectors and at-rules are
// located warnings and the rest applies; NULL only when a sheet cannot be read.
struct brv_stylesheets *brv_stylesheets_new(struct brv_arena *arena,
                                            const struct brv_stylesheets_options *options,
                                            struct brv_sink *sink);

// An @font-face rule, for whoever opens fonts. Files are relative to the sheet, which the span
// names.
struct brv_font_source {
    bool is_local; // local(name), else url(path), relative to the sheet
    brv_str value;
};
struct brv_font_face {
    brv_str family;
    const struct brv_font_source *sources;
    size_t source_count;
    int weight; // 1 … 1000
    enum brv_font_style style;
    float stretch_percent;
    struct brv_span span;
};
// Those for PDF, the only output that opens fonts.
const struct brv_font_face *brv_stylesheets_font_faces(const struct brv_stylesheets *sheets,
                                                       size_t *count);

// Every text that was read, imports, the built-in sheet and settings included, in the order of
// their rules: what two sets of sheets must share to be the same.
const struct brv_source *const *brv_stylesheets_files(const struct brv_stylesheets *sheets,
                                                      size_t *count);

// The images that the sheets name, found or not, in the order of reading.
const struct brv_sheet_image *brv_stylesheets_images(const struct brv_stylesheets *sheets,
                                                     size_t *count);

// The plugin that -brv-renderer names for an element, empty for auto. The element may be a lone
// prototype whose parents give the context (article[kind] > section.slug).
brv_str brv_stylesheets_renderer(const struct brv_stylesheets *sheets, enum brv_media media,
                                 const struct brv_node *element);

// The value of a custom property, "--accent", for such an element: its variables replaced, without
// quotes and space around it. False when no sheet sets it there.
bool brv_stylesheets_custom(struct brv_arena *arena, const struct brv_stylesheets *sheets,
                            enum brv_media media, const struct brv_node *element, brv_str name,
                            brv_str *value) BRV_WARN_UNUSED;

// What styling a document has asked of the sheets: for which media, for which kinds and classes of
// elements, and by name for which variables.
struct brv_style_use; // opaque
struct brv_style_use *brv_style_use_new(struct brv_arena *arena);
// From here on the sheets note it there, and serve one thread; NULL: nowhere.
void brv_stylesheets_watch(struct brv_stylesheets *sheets, struct brv_style_use *use);
// As words, the same for the same use: "@pdf article h1 --accent .outlook". `out` is empty.
void brv_style_use_print(const struct brv_style_use *use, struct brv_buf *out);

// Tells, piece by piece, what of the sheets can bear on a document of such a use, given as words:
// two sets of sheets that tell as many pieces, each of which says the same and bears in the same
// way, give it the same styles and pages. That is not said of how a fault of theirs is reported:
// where none was, none will be.
struct brv_style_piece {
    size_t number; // of these sheets, below their count
    uint64_t way;
    const void *what; // for brv_stylesheets_say()
};
typedef void brv_style_bearing_fn(void *user, const struct brv_style_piece *piece);
void brv_stylesheets_bearing(const struct brv_stylesheets *sheets, brv_str use,
                             brv_style_bearing_fn *tell, void *user);
size_t brv_stylesheets_piece_count(const struct brv_stylesheets *sheets);

// What a piece says, text by text: the same whenever it is told of. `file` is not NULL where the
// text is a path that the sheet of that name means: then what is in the file counts as well.
typedef void brv_style_saying_fn(void *user, brv_str text, const struct brv_url *file);
void brv_stylesheets_say(const struct brv_stylesheets *sheets, const struct brv_style_piece *piece,
                         brv_style_saying_fn *say, void *user);

// Which rules match anything. Add the trees of some documents, then have the others reported: a
// note for each rule with no selector that matched, in the order of the sheets. The built-in sheet
// stays out.
struct brv_coverage;
struct brv_coverage *brv_coverage_new(struct brv_arena *arena,
                                      const struct brv_stylesheets *sheets);
void brv_coverage_add(struct brv_coverage *coverage, enum brv_media media,
                      const struct brv_node *root);
void brv_coverage_report(const struct brv_coverage *coverage, struct brv_sink *sink);

// ---- pages

enum brv_margin_box {
    BRV_BOX_TOP_LEFT_CORNER,
    BRV_BOX_TOP_LEFT,
    BRV_BOX_TOP_CENTER,
    BRV_BOX_TOP_RIGHT,
    BRV_BOX_TOP_RIGHT_CORNER,
    BRV_BOX_RIGHT_TOP,
    BRV_BOX_RIGHT_MIDDLE,
    BRV_BOX_RIGHT_BOTTOM,
    BRV_BOX_BOTTOM_RIGHT_CORNER,
    BRV_BOX_BOTTOM_RIGHT,
    BRV_BOX_BOTTOM_CENTER,
    BRV_BOX_BOTTOM_LEFT,
    BRV_BOX_BOTTOM_LEFT_CORNER,
    BRV_BOX_LEFT_BOTTOM,
    BRV_BOX_LEFT_MIDDLE,
    BRV_BOX_LEFT_TOP,
    BRV_BOX_COUNT
};

// A page as @page describes it for a name and a position. Its style holds margins, padding,
// borders and background; a margin box with content keyword other than SET is empty, and its style
// says no more.
struct brv_page_style {
    float width_pt;
    float height_pt;
    const struct brv_style *style;
    const struct brv_style *boxes[BRV_BOX_COUNT];
};

enum brv_page_side { BRV_PAGE_RIGHT, BRV_PAGE_LEFT };

// ---- the styled tree

enum brv_styled_kind {
    BRV_STYLED_ELEMENT,     // node, style, children
    BRV_STYLED_TEXT,        // text; node when it stands in the document, NULL when generated
    BRV_STYLED_BEFORE,      // ::before, with children: generated inline content; an image in it is
                            // an ELEMENT with an img of its own, whose alt may be empty
    BRV_STYLED_AFTER,       // ::after
    BRV_STYLED_MARKER,      // ::marker of a list item: its first child; `text` is the whole marker
                            // ("3.", "•") without space around it, `format` the list style
    BRV_STYLED_LEADER,      // text repeated to fill the line
    BRV_STYLED_PAGE_NUMBER, // counter(page); list style in `format`
    BRV_STYLED_PAGE_COUNT,  // counter(pages)
    BRV_STYLED_TARGET_PAGE, // target-counter(…, page); `text` is the "#id"
    BRV_STYLED_STRING,      // string(name); `text` is the name, `place` which of its values
};

struct brv_style_trace; // opaque

struct brv_styled_string {
    brv_str name;
    brv_str value;
};

// The number of a footnote, where it is called and where it stands. Empty texts: the output counts.
struct brv_styled_note {
    const struct brv_style *call, *marker;
    brv_str call_text, marker_text;
};

struct brv_styled {
    enum brv_styled_kind kind;
    enum brv_list_style format;
    const struct brv_node *node;   // of a pseudo-element: the element it belongs to
    const struct brv_style *style; // text has the style of its parent
    struct brv_styled *parent;
    struct brv_styled *first;
    struct brv_styled *last;
    struct brv_styled *next;
    brv_str text;
    // For outputs with named styles: the selector, as written, of the winning rule among those
    // that match this element and are not from the built-in sheet ("section.key-details > table");
    // empty when only the built-in sheet matches. Winning: highest specificity, then last.
    brv_str selector;
    const struct brv_styled_string *strings; // string-set values that start here
    uint32_t string_count;
    enum brv_string_place place;
    // What -brv-bookmark-label says; empty: its own text. Of a text that target-text() made: the
    // "#id" whose text it is.
    brv_str bookmark;
    const struct brv_styled_note *note;  // of an element with float: footnote
    const struct brv_style_trace *trace; // where values came from; NULL in a tree without traces
    const void *data;                    // free for the walker of one output
};

// The node below `root` that comes after `at` and all that is in it; NULL after the last.
static inline const struct brv_styled *brv_styled_walk_past(const struct brv_styled *root,
                                                            const struct brv_styled *at)
{
    while (at != root && !at->next)
        at = at->parent;
    return at == root ? NULL : at->next;
}

// The nodes below `root`, itself the first, in the order of the document: the one after `at`; NULL
// after the last.
static inline const struct brv_styled *brv_styled_walk_next(const struct brv_styled *root,
                                                            const struct brv_styled *at)
{
    return at->first ? at->first : brv_styled_walk_past(root, at);
}

// Whether a block begins at the right: as its language is written; where none says so, as its first
// letter is. Code begins at the left; what tells nothing, as the block around does. direction.c.
bool brv_styled_is_rtl(const struct brv_styled *styled, bool inherited);
// A table of rows of cells; what else a sheet shows as a table is a block, and loses no text.
bool brv_styled_is_table(const struct brv_styled *styled);

// Styles a whole tree for one medium. Elements with display none are left out; display contents
// are replaced by their children. Lives in `arena`; refers to `root` and `sheets`.
struct brv_styled *brv_style_tree(struct brv_arena *arena, const struct brv_stylesheets *sheets,
                                  enum brv_media media, const struct brv_node *root,
                                  struct brv_sink *sink);

// The same tree, which also knows what declaration set each property: for brv_styled_explain() and
// brv_style_report_loss(). Costs a little time and memory; rendering does without.
struct brv_styled *brv_style_tree_traced(struct brv_arena *arena,
                                         const struct brv_stylesheets *sheets, enum brv_media media,
                                         const struct brv_node *root, struct brv_sink *sink);

// A note for each declaration and @page rule that applied to a traced tree and that the medium
// drops or approximates, in the order of the sheets. `has_pages`: text is asked for pages.
void brv_style_report_loss(const struct brv_styled *root, const struct brv_stylesheets *sheets,
                           enum brv_media media, bool has_pages, struct brv_sink *sink);

// What the cascade works out, kept for the trees to come: for a process that styles many documents,
// most of which have most of their styles in common. It saves time and changes nothing. Lives in
// `arena`, as long as the trees; takes at most about a megabyte a medium between them.
struct brv_style_cache; // opaque
struct brv_style_cache *brv_style_cache_new(struct brv_arena *arena,
                                            const struct brv_stylesheets *sheets);
// brv_style_tree() with such a cache. The tree refers to it until `arena` ends.
struct brv_styled *brv_style_tree_cached(struct brv_arena *arena, struct brv_style_cache *cache,
                                         enum brv_media media, const struct brv_node *root,
                                         struct brv_sink *sink);

// Another tree, styled with what was worked out for this one, whose pages must have been styled
// before. Silent: what it shows is not the document's.
struct brv_styled *brv_style_tree_after(struct brv_arena *arena, const struct brv_styled *other,
                                        enum brv_media media, const struct brv_node *root);

// Whether any rule for pages of a name tells left ones from right ones.
bool brv_style_has_sides(const struct brv_stylesheets *sheets, enum brv_media media, brv_str name);
// The page of a name ("" for none) and position. `root` is the style that margin boxes inherit
// from.
struct brv_page_style brv_style_page(struct brv_arena *arena, const struct brv_stylesheets *sheets,
                                     enum brv_media media, const struct brv_style *root,
                                     brv_str name, bool is_first, enum brv_page_side side,
                                     bool is_blank);

// Warns of margins, with paddings and borders, that leave no room on a page. `is_across`: those of
// its left and right side, else of top and bottom.
void brv_style_report_margins(struct brv_sink *sink, bool is_across, float before_pt,
                              float after_pt, float length_pt);

// The styled content of a margin box: a BRV_STYLED_BEFORE whose children are text, page numbers
// and strings; NULL when the box has none.
struct brv_styled *brv_style_margin_box(struct brv_arena *arena, const struct brv_style *box);

// The values of a named string on a page.
struct brv_page_string {
    brv_str entry;        // when the page began
    brv_str first, last;  // set on it; `last` the entry where none is
    bool is_set;          // on this page
    bool is_set_at_start; // by what it begins with
};
// The one that string(name, place) shows.
brv_str brv_page_string_at(const struct brv_page_string *string, enum brv_string_place place);

// What a margin box can say of the page that it stands on.
struct brv_page_values {
    int number, count;
    brv_str (*string)(const void *user, brv_str name, enum brv_string_place place); // named
    const void *user;
};
// Turns the page numbers and strings of such content into text.
void brv_styled_fill_in(struct brv_arena *arena, struct brv_styled *content,
                        const struct brv_page_values *values);

// The number of a page as counter(page, style) shows it.
brv_str brv_page_number_text(struct brv_arena *arena, enum brv_list_style style, int number);

// The properties and shorthands as Markdown tables, property × output, for stylesheets/README.md.
void brv_style_reference(struct brv_buf *out);
// The same for terminals: all, or one with the longhands that it sets; false when there is none of
// that name.
void brv_style_properties_help(struct brv_buf *out);
bool brv_style_property_help(brv_str name, struct brv_buf *out);
// The names of all properties and shorthands, for hints.
const char *const *brv_style_property_names(size_t *count);

// A counter value in a built-in list style: 3 → "c", "iii", "03"; the bullet for disc, circle,
// square.
brv_str brv_counter_text(struct brv_arena *arena, const struct brv_list_marker *marker, int value);
// `text` under text-transform, as the language of a tag (empty: none) has it: the case of Latin,
// Greek, Cyrillic and Armenian, in which one letter may become several.
brv_str brv_text_transformed(struct brv_arena *arena, brv_str text, enum brv_text_transform how,
                             brv_str lang);

// The styled tree, one node a line, each with the properties that tell it apart: inherited ones
// that differ from the parent's, others that differ from the initial value.
void brv_styled_dump(const struct brv_styled *root, struct brv_buf *out);

// A traced tree, one node a line, under each the properties that any rule set with file and line of
// the rule; for an inherited one also the element it comes from. What no rule set is left out.
void brv_styled_explain(const struct brv_styled *root, struct brv_buf *out);

#endif
