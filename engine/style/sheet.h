// Brevier — parsed stylesheets, as the files of this room see them.
// brv_stylesheets_new() builds this once; afterwards it is read-only and may be shared.
// SPDX-License-Identifier: MIT
#ifndef BRV_STYLE_SHEET_H
#define BRV_STYLE_SHEET_H

#include "base/hash.h"
#include "style/property.h"
#include "style/selector.h"
#include "style/styled.h"
#include "style/syntax.h"

struct brv_css_shorthand;

struct brv_css_declaration {
    struct brv_css_value value;
    uint32_t offset; // of the text in its sheet
    uint32_t length;
    uint32_t serial; // unique in the set
    uint32_t custom; // number of the custom property
    uint32_t file;   // index of the sheet
    uint8_t id;      // enum brv_css_property_id, BRV_PROP_COUNT for a custom property
    // A shorthand with var() cannot expand before substitution: one declaration a longhand, each
    // pending, each with the shorthand it came from: its index plus one.
    uint8_t shorthand;
    bool is_important;
};

struct brv_css_block {
    const struct brv_css_block *next; // only in margin boxes: declarations that follow
    uint32_t count;
    bool has_normal;
    bool has_important;
    bool has_property; // not only custom properties
    struct brv_css_declaration items[];
};

enum brv_css_origin { BRV_ORIGIN_BUILTIN, BRV_ORIGIN_AUTHOR, BRV_ORIGIN_OVERRIDE };

enum { // media as bits
    BRV_MEDIUM_PDF = 1 << BRV_MEDIA_PDF,
    BRV_MEDIUM_DOCX = 1 << BRV_MEDIA_DOCX,
    BRV_MEDIUM_TEXT = 1 << BRV_MEDIA_TEXT,
    BRV_MEDIUM_ALL = BRV_MEDIUM_PDF | BRV_MEDIUM_DOCX | BRV_MEDIUM_TEXT,
};

// A cascade layer. `order` counts from 1 in cascade order, a layer after those inside it; the
// unlayered rules of an origin are its root, which comes last.
struct brv_css_layer {
    brv_str name;
    struct brv_css_layer *parent;
    struct brv_css_layer *first;
    struct brv_css_layer *last;
    struct brv_css_layer *next;
    uint32_t order;
};

// What the rules of a sheet, @media or @layer block have in common.
struct brv_css_group {
    const struct brv_css_layer *layer;
    const struct brv_source *source;
    enum brv_css_origin origin;
    unsigned media;
};

// A rule as it was read, in the order of appearance.
struct brv_css_rule {
    struct brv_css_rule *next;
    const struct brv_css_group *group;
    const struct brv_css_block *block;
    struct brv_css_selectors selectors;
    uint32_t order; // of the first selector
};

// One selector of a rule. Entries are sorted so that their index is their cascade rank.
struct brv_css_entry {
    const struct brv_css_selector *selector;
    const struct brv_css_block *block;
    const struct brv_css_group *group;
    uint32_t order;          // of appearance
    uint32_t important_rank; // the rank of its important declarations
};

// A selector that may match the elements of a bucket, with what settles most of them: few need a
// look at the selector itself.
struct brv_css_candidate {
    uint64_t ancestors; // brv_css_bits of what must stand above the element
    uint32_t rank;
    uint16_t media;
    uint8_t pseudo;      // enum brv_css_pseudo
    bool is_sure;        // the selector says no more than the bucket: it matches
    bool is_of_site;     // it asks for kinds and classes alone (site.h)
    bool asks_attribute; // of the element, other than class and id
};

struct brv_css_bucket {
    struct brv_css_candidate *items;
    size_t count;
    size_t capacity;
};

enum { // bits of a page selector
    BRV_PAGE_IS_FIRST = 1,
    BRV_PAGE_IS_BLANK = 2,
    BRV_PAGE_IS_LEFT = 4,
    BRV_PAGE_IS_RIGHT = 8,
};

struct brv_css_page_rule {
    brv_str name;        // empty: any page
    unsigned conditions; // all must hold
    uint32_t specificity;
    const struct brv_css_block *block;
    const struct brv_css_block *boxes[BRV_BOX_COUNT]; // NULL where none
    const struct brv_css_layer *layer;
    enum brv_css_origin origin;
    unsigned media;
    uint32_t order;
    struct brv_span span; // "@page"
    float width_pt;
    float height_pt;
    bool has_size;
    bool size_is_important;
};

// The counter styles that sheets name and define (counter_style.h).
struct brv_counter_styles {
    struct brv_arena *arena;
    struct brv_map by_name;
    struct brv_counter_style *first; // in the order of their first mention
    struct brv_counter_style *last;
    size_t count;
    bool is_complete; // all sheets are read
};

// A variable set from outside.
struct brv_css_setting {
    brv_str name;  // "--name"
    brv_str value; // a slice of the text that its tokens are from
};

// The images that sheets name (sheet_image.c), each opened once.
struct brv_sheet_images {
    struct brv_arena *arena;
    brv_sheet_image_open_fn *open; // NULL: none is shown
    void *user;
    struct brv_sheet_image *items;
    size_t count;
    bool is_full; // the limit was met and reported
};

// What an element has that no declaration speaks of (default.c).
struct brv_css_defaults {
    struct brv_style initial; // borders without a style have their width still
    struct brv_css_field_run {
        uint16_t offset; // of fields in struct brv_style that lie side by side and are inherited
        uint16_t size;
    } inherited[BRV_PROP_COUNT];
    uint8_t inherited_count;
    uint8_t relative[BRV_PROP_COUNT]; // properties with an initial value like currentcolor
    uint8_t relative_count;
};

// Where to look for a name among the properties and, after them, the shorthands (names.c).
enum { BRV_CSS_NAME_SLOTS = 256, BRV_CSS_NAME_COUNT = 255 };
struct brv_css_names {
    uint8_t slots[BRV_CSS_NAME_SLOTS]; // the number of the first, plus one
    uint8_t next[BRV_CSS_NAME_COUNT];
};

struct brv_stylesheets {
    struct brv_arena *arena;
    struct brv_css_rule *first_rule;
    struct brv_css_rule *last_rule;
    size_t rule_count;
    size_t layer_count;
    bool is_indexed;               // nothing was read since brv_css_index()
    struct brv_css_entry *entries; // by cascade rank
    size_t entry_count;
    uint32_t entry_limit; // above every `order`
    // Entries by the most telling simple selector of their rightmost compound.
    struct brv_map by_id;
    struct brv_map by_class;
    struct brv_css_bucket by_kind[BRV_KIND_COUNT];
    struct brv_css_bucket universal;
    struct brv_counter_styles *counter_styles;
    struct brv_sheet_images *images;
    struct brv_css_setting *settings;
    size_t setting_count;
    struct brv_css_page_rule *pages; // in cascade order
    size_t page_count;
    size_t page_capacity;
    struct brv_font_face *faces;
    size_t face_count;
    size_t face_capacity;
    struct brv_map custom_ids; // name → its place in custom_names, plus one
    brv_str *custom_names;
    size_t custom_count;
    size_t custom_capacity;
    size_t declaration_count;
    struct brv_style_use *use;        // what is asked of them goes there (bearing.c); NULL: nowhere
    bool has_renderers;               // some declaration sets -brv-renderer
    size_t builtin_declaration_count; // serials below belong to the built-in sheet
    struct brv_css_layer layers[3];   // roots, by origin
    struct brv_css_value initials[BRV_PROP_COUNT];
    struct brv_style initial;
    struct brv_css_defaults defaults;
    struct brv_css_names names;
    const struct brv_source **files; // in cascade order; the built-in sheet and overrides included
    size_t file_count;
    size_t file_capacity;
};

// The parts of a declaration that are kept as numbers. NULL for a custom property; NULL for what is
// no shorthand with var().
static inline const struct brv_css_property *
brv_css_property_of(const struct brv_css_declaration *declaration)
{
    return declaration->id < BRV_PROP_COUNT
               ? brv_css_property((enum brv_css_property_id)declaration->id)
               : NULL;
}
const struct brv_css_shorthand *brv_css_shorthand_of(const struct brv_css_declaration *declaration);
static inline struct brv_span
brv_css_declaration_span(const struct brv_stylesheets *sheets,
                         const struct brv_css_declaration *declaration)
{
    return (struct brv_span){
        sheets->files[declaration->file],
        declaration->offset,
        declaration->length,
    };
}

// What is asked of sheets that are watched: an element's rules, a variable's value.
void brv_style_use_element(struct brv_style_use *use, unsigned medium, const struct brv_node *node);
void brv_style_use_steps(struct brv_style_use *use, uint64_t steps); // of matching, so far
void brv_style_use_variable(struct brv_style_use *use, brv_str name);

// Brings layers, rules and pages into cascade order and fills the tables that find rules.
void brv_css_index(struct brv_stylesheets *sheets);

// The number of a custom property, made when it is new.
uint32_t brv_css_custom_id(struct brv_stylesheets *sheets, brv_str name);
// The same for a set that is read-only: false when no sheet sets or names it.
bool brv_css_custom_find(const struct brv_stylesheets *sheets, brv_str name, uint32_t *id);

void brv_css_names_init(struct brv_css_names *names);
// The property or the shorthand of that name in any case; both NULL when there is none.
void brv_css_names_find(const struct brv_css_names *names, brv_str name,
                        const struct brv_css_property **property,
                        const struct brv_css_shorthand **shorthand);

// The initial values, and the defaults that follow from them.
void brv_css_defaults_init(struct brv_stylesheets *sheets, struct brv_arena *scratch);
// The style of an element without declarations, apart from the relative initial values, which are
// to be computed with the element's colour. `parent` may be NULL.
void brv_css_defaults_apply(const struct brv_css_defaults *defaults, const struct brv_style *parent,
                            struct brv_style *style);

// Whether the selector of a candidate, its pseudo-element aside, matches an element of its bucket.
static inline bool brv_css_candidate_matches(const struct brv_stylesheets *sheets,
                                             const struct brv_css_candidate *candidate,
                                             unsigned medium, struct brv_css_matcher *matcher,
                                             const struct brv_css_element *element)
{
    if (!(candidate->media & medium) || (candidate->ancestors & ~element->ancestors))
        return false;
    if (candidate->is_sure)
        return ++matcher->steps <= matcher->limit;
    return brv_css_selector_matches(matcher, sheets->entries[candidate->rank].selector, element);
}

// What a declaration parser needs to know of its surroundings.
struct brv_css_reading {
    struct brv_stylesheets *sheets;
    const struct brv_source *source;
    struct brv_sink *sink;
    uint32_t file; // index of the source among the files
    bool in_margin_box;
};

// The declarations of a block. `on_at_rule` (may be NULL) gets the at-rules found between them and
// `on_declaration` (may be NULL) may take a declaration for itself by returning true.
struct brv_css_block_hooks {
    void (*on_at_rule)(void *user, const struct brv_css_item *item);
    bool (*on_declaration)(void *user, const struct brv_css_item *item);
    void *user;
};
struct brv_css_block *brv_css_parse_block(const struct brv_css_reading *reading,
                                          struct brv_css_range range,
                                          const struct brv_css_block_hooks *hooks);

// Parses the value of one property without var() and CSS-wide keywords.
bool brv_css_parse_property(struct brv_arena *arena, const struct brv_css_property *property,
                            struct brv_css_range range, struct brv_css_value *value,
                            struct brv_css_context *context);
// True when var() occurs anywhere in the range.
bool brv_css_has_var(struct brv_css_range range);
// inherit, initial, unset, revert: the kind of the value.
bool brv_css_wide_keyword(struct brv_css_range range, struct brv_css_value *value);

// ---- images

// The image of a token that brv_css_url_token() gave; NULL where it could not be had.
const struct brv_image *brv_css_image(const struct brv_css_context *context,
                                      const struct brv_css_token *token);
// Opens the images in the value of a custom property.
void brv_css_note_images(const struct brv_css_reading *reading, struct brv_css_range range);

// ---- shorthands

enum { BRV_CSS_LONGHANDS = 12 };

struct brv_css_expansion {
    const struct brv_css_property *properties[BRV_CSS_LONGHANDS];
    struct brv_css_value values[BRV_CSS_LONGHANDS];
    size_t count;
};

struct brv_css_shorthand {
    brv_str name;
    bool (*expand)(struct brv_css_context *context, struct brv_css_range range,
                   struct brv_css_expansion *expansion);
    uint8_t longhands[BRV_CSS_LONGHANDS]; // enum brv_css_property_id
    uint8_t longhand_count;
    const char *syntax;
};
const struct brv_css_shorthand *brv_css_shorthand_find(brv_str name);
uint8_t brv_css_shorthand_number(const struct brv_css_shorthand *shorthand); // in a declaration
size_t brv_css_shorthand_count(void);
const struct brv_css_shorthand *brv_css_shorthand(size_t index);
// The longhands alone, with values that are not set yet.
void brv_css_shorthand_longhands(const struct brv_css_shorthand *shorthand,
                                 struct brv_css_expansion *expansion);
// Expands a value without var() and CSS-wide keywords.
bool brv_css_shorthand_expand(struct brv_css_context *context,
                              const struct brv_css_shorthand *shorthand, struct brv_css_range range,
                              struct brv_css_expansion *expansion);

// ---- pages (page_rule.c) and fonts

// One rule a selector of the @page, at most `limit`; returns how many.
size_t brv_css_parse_page(const struct brv_css_reading *reading, const struct brv_css_item *item,
                          struct brv_css_page_rule rules[], size_t limit);
// "top-left-corner"
const char *brv_css_box_name(enum brv_margin_box box);
bool brv_css_parse_font_face(const struct brv_css_reading *reading, const struct brv_css_item *item,
                             struct brv_font_face *face);

// Media queries: the media, as bits, for which the list holds. Reports what it does not know.
unsigned brv_css_parse_media(const struct brv_css_reading *reading, struct brv_css_range range);

// The file that `sheet` means: a name in the search path or a path, relative to the importing
// sheet. False when there is none, which is reported.
bool brv_css_find_sheet(struct brv_arena *arena, const struct brv_stylesheets_options *options,
                        brv_str sheet, const brv_str *importer, struct brv_span span, brv_str *path,
                        struct brv_sink *sink);
// Adds to the last diagnostic, which says that `sheet` could not be read, that the search path has
// one of its name.
void brv_css_hint_named(struct brv_arena *arena, const struct brv_stylesheets_options *options,
                        brv_str sheet, struct brv_sink *sink);
// One spelling a file, for finding cycles: without "." and, as far as words go, "..".
brv_str brv_css_path_key(struct brv_arena *arena, brv_str path);

// The text of the sheet that always comes first (builtin.css).
brv_str brv_css_builtin_text(void);

#endif
