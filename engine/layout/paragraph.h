// Brevier — a paragraph: inline content on its way from text to lines. Private to the room.
//
//   styled inline children ── inline.c ──► text + inlines (stretches of one style and meaning)
//                          ── bidi.c ────► levels
//                          ── itemize.c ─► pieces (shaped; a line may end only between two)
//                          ── linebreak.c ► lines (ranges of pieces)
//                          ── line.c ────► items at places
//
// Everything here lives in the scratch arena and is gone when the paragraph stands on its lines.
// Pieces and what comes of them are a hundred times the text, so a very long one is taken in parts.
// SPDX-License-Identifier: MIT
#ifndef BRV_LAYOUT_PARAGRAPH_H
#define BRV_LAYOUT_PARAGRAPH_H

#include "layout/context.h"
#include "layout/flow.h"

// An inline element that is drawn itself: a background, borders, padding.
struct brv_inline_box {
    const struct brv_inline_box *parent;
    const struct brv_style *style;
    float ascent_pt, descent_pt;
};

struct brv_decoration_line {
    const struct brv_decoration_line *parent;
    unsigned lines; // brv_decoration bits
    struct brv_color color;
};

// What an inline stretch means beyond its style; shared by all stretches of one element.
struct brv_meaning {
    struct brv_tag *tag;
    struct brv_tag *link_tag; // NULL: no link
    brv_str url;
    brv_str lang;
    const struct brv_inline_box *box;
    const struct brv_decoration_line *decoration;
    float shift_pt; // baseline, upwards
    bool is_code;   // to be read, and copied, exactly as it stands
};

struct brv_inline {
    uint32_t from; // where it begins in the text; it ends where the next begins
    const struct brv_style *style;
    const struct brv_text_font *font;
    struct brv_meaning meaning;
    struct brv_span where; // for diagnostics
    float lead_pt;         // room before: start edge of inline boxes
    float trail_pt;
    bool is_leader;
    struct brv_replaced *object; // a picture, NULL for text
};

enum brv_piece_kind {
    BRV_PIECE_WORD,
    BRV_PIECE_SPACE,
    BRV_PIECE_TAB,
    BRV_PIECE_NEWLINE,
    BRV_PIECE_LEADER,
    BRV_PIECE_HYPHEN, // shown only where a line ends
    BRV_PIECE_OBJECT, // a picture; nothing is shaped
};
enum brv_break_kind {
    BRV_BREAK_NEVER,
    BRV_BREAK_EMERGENCY, // when the line has no other place
    BRV_BREAK_CUT,       // the same within a word: with a hyphen, where no rule wants one
    BRV_BREAK_WEAK_MARK, // within a long indicator, at a mark that does not part it by sense
    BRV_BREAK_MARK,      // at one that does
    BRV_BREAK_HYPHEN,
    BRV_BREAK_ALLOWED,
    BRV_BREAK_MUST,
};

struct brv_piece {
    const struct brv_shaped *shaped;
    const struct brv_face *face;
    uint32_t glyph_from, glyph_to; // part of `shaped`, visual order
    uint32_t from, to;             // bytes of the text
    uint32_t shaped_from;          // where in the text `shaped` began
    uint32_t inline_index;
    float size_pt;
    float width_pt; // spacing, lead and trail included
    float lead_pt, trail_pt;
    uint8_t level; // bidi
    uint8_t kind;
    uint8_t break_after;
    bool is_wide; // ideographs, kana and their marks, which move apart in a justified line
};

// Something that happens at a place of the text: it goes with the line that holds it.
struct brv_inline_mark {
    uint32_t at;
    struct brv_mark *mark;
};

struct brv_paragraph {
    const struct brv_style *style; // of the block
    brv_str lang;
    brv_str text;
    char *bytes; // the same, for the last touch: line feeds copy out as spaces
    struct brv_inline *inlines;
    size_t inline_count, inline_capacity;
    uint32_t *hyphens; // offsets of soft hyphens, which the text itself leaves out
    size_t hyphen_count, hyphen_capacity;
    struct brv_inline_mark *marks;
    size_t mark_count, mark_capacity;
    const uint8_t *levels; // bidi, by byte of the text; NULL: all is left to right
    // The pieces of a part of the text: of all of it, unless it is very long.
    uint32_t part_from, part_to;
    struct brv_piece *pieces;
    size_t piece_count, piece_capacity;
    bool is_rtl;          // its direction, by the letters (base/direction.h); one without letters
                          // runs as was said before its levels are found
    bool begins_at_right; // it is, or its language is, whatever its letters
    bool begins_as_told;  // or as its list or table does
    bool is_heading;
    bool is_empty; // nothing but collapsible space
    bool has_objects;
};

// Collects the inline content of the siblings first … before `end`.
struct brv_paragraph *brv_paragraph_collect(struct brv_layout *layout, struct brv_styled *parent,
                                            struct brv_styled *first, const struct brv_styled *end,
                                            struct brv_tag *tag);
// Generated text on its own: markers, margin boxes.
struct brv_paragraph *brv_paragraph_of_text(struct brv_layout *layout,
                                            const struct brv_style *style, brv_str lang,
                                            brv_str text, struct brv_tag *tag);

// Fills the pieces, and the levels before.
void brv_paragraph_itemize(struct brv_layout *layout, struct brv_paragraph *paragraph);

// The same part by part, for texts that may be very long: first the levels; then the pieces of some
// `bytes` from a place of the text on, up to a space if there is one.
void brv_paragraph_find_levels(struct brv_layout *layout, struct brv_paragraph *paragraph);
void brv_paragraph_itemize_part(struct brv_layout *layout, struct brv_paragraph *paragraph,
                                uint32_t from, size_t bytes);
enum { BRV_PART_BYTES = 1 << 17 }; // more than any text that is read: some 1,500 lines

// What a justified line takes from its spaces and letters: up to half as much again of each space,
// then a little between letters, then more of the spaces, and of the letters as well; or a fifth
// less of each space. Where letters stand without spaces, as ideographs do, the room between them
// grows with the spaces, up to a quarter of the size; it never shrinks.
#define BRV_SPACE_STRETCH 0.5f
#define BRV_SPACE_SHRINK 0.2f
#define BRV_SPACE_LIMIT 2.0f     // a line whose spaces would take more is not justified
#define BRV_LETTER_STRETCH 0.02f // of the size
#define BRV_WIDE_STRETCH 0.0625f // of that of ideographs
#define BRV_WIDE_LIMIT (BRV_WIDE_STRETCH * BRV_SPACE_LIMIT / BRV_SPACE_STRETCH)
#define BRV_LETTER_MORE 0.03f // where spaces would take more than they should

struct brv_line {
    uint32_t from, to; // pieces
    float width_pt;    // without trailing spaces
    float hang_pt;     // of that, what stands beyond the measure: punctuation
    bool is_last;      // of the paragraph or before a forced break
    bool is_hyphenated;
};

// What is left out at the end of a line.
static inline bool brv_piece_is_blank(const struct brv_piece *piece)
{
    return piece->kind == BRV_PIECE_SPACE || piece->kind == BRV_PIECE_NEWLINE;
}

// Spaces that a justified line may make wider or narrower: those of code are as they were typed.
static inline bool brv_piece_stretches(const struct brv_paragraph *p, const struct brv_piece *piece)
{
    return piece->kind == BRV_PIECE_SPACE && !p->inlines[piece->inline_index].meaning.is_code;
}

// A column that is narrower holds a letter or two a line; its table is reported as a whole.
#define BRV_NARROW_EM 1.8f

// More places where lines may end (part.c). Near the ends of lines of a measure, words part where
// they may be hyphenated, long indicators at their marks; true when there is a new place. What is
// wider than a measure parts anywhere.
bool brv_paragraph_part_words(struct brv_layout *layout, struct brv_paragraph *paragraph,
                              float measure_pt);
bool brv_paragraph_is_wider(const struct brv_paragraph *paragraph, float measure_pt);
void brv_paragraph_part_wide(struct brv_layout *layout, struct brv_paragraph *paragraph,
                             float measure_pt);
// How far punctuation hangs (hang.c): the first of a paragraph; what ends with a piece, if the line
// that it ends is too long or the paragraph ends (`is_end`).
float brv_hang_first(const struct brv_paragraph *paragraph);
float brv_hang_last(const struct brv_paragraph *paragraph, const struct brv_piece *last,
                    bool is_end);
// Whether lines may end between the words of a style.
bool brv_style_wraps(const struct brv_style *style);

// Chooses the lines for a measure; splits pieces that are wider than it. `indent_pt` is taken from
// the first line. At least one line unless the paragraph is empty.
struct brv_line *brv_paragraph_break(struct brv_layout *layout, struct brv_paragraph *paragraph,
                                     float measure_pt, float indent_pt, size_t *count);

// The same for a paragraph with tabs, line by line (tabs.c).
struct brv_line *brv_paragraph_break_singly(struct brv_layout *layout,
                                            struct brv_paragraph *paragraph, float measure_pt,
                                            float indent_pt, size_t *count);

// Of the pieces: the widest unbreakable part, the width of the longest line when nothing wraps.
void brv_paragraph_measure(const struct brv_paragraph *paragraph, float *min_pt, float *max_pt);

// Where the alignment puts what leaves `slack_pt` of a line free, from the line's left end.
float brv_align_start(enum brv_text_align align, bool is_rtl, float slack_pt);

// Makes the items of one line in a slice whose height it sets.
void brv_line_place(struct brv_layout *layout, struct brv_paragraph *paragraph,
                    const struct brv_line *line, struct brv_slice *slice, float x_pt,
                    float measure_pt, enum brv_text_align align);
// How text of a style sits in its line: from the line's top to the baseline, and the whole.
void brv_line_metrics(const struct brv_style *style, const struct brv_text_font *font,
                      float *baseline_pt, float *height_pt);

// Itemizes the paragraph and appends one slice a line to the flow; `x_pt` is the left edge of the
// measure.
void brv_paragraph_flow(struct brv_layout *layout, struct brv_paragraph *paragraph,
                        struct brv_flow *flow, float x_pt, float measure_pt);

// Whether letter-spacing goes after a glyph: it is the last, in visual order, of a grapheme.
bool brv_glyph_ends_grapheme(const struct brv_paragraph *paragraph, const struct brv_piece *piece,
                             uint32_t glyph);
// Spacing that letters can be read with.
static inline float brv_letter_spacing(const struct brv_style *style)
{
    const float em = style->font_size;
    const float set = style->letter_spacing.pt;
    return set > 4 * em ? 4 * em : set < -0.25f * em ? -0.25f * em : set;
}
static inline float brv_word_spacing(const struct brv_style *style)
{
    const float em = style->font_size;
    const float set = style->word_spacing.pt;
    return set > 8 * em ? 8 * em : set < -0.2f * em ? -0.2f * em : set;
}

// The width of a piece as set: advances, letter and word spacing, lead and trail.
float brv_piece_width(const struct brv_paragraph *paragraph, const struct brv_piece *piece);

// The natural width of a text in a style, for tabs, markers and page numbers.
float brv_text_width(struct brv_layout *layout, const struct brv_style *style, brv_str lang,
                     brv_str text);

// True when a code point belongs to the grapheme of the one before (`previous`, 0 at the start;
// `pairs` counts regional indicators so far).
bool brv_grapheme_continues(uint32_t previous, uint32_t codepoint, unsigned *pairs);
bool brv_is_ignorable(uint32_t codepoint);

#endif
