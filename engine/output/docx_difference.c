// Brevier — words for what tells two styles of one name apart.
//
// The second style that a rule or a role leads to is called what it is beside the first: "Body Text
// Centered", "List Bullet Last", "Heading 2 Indented", "Table Text 8 pt". Only what no word is for
// has a number.
// SPDX-License-Identifier: MIT
#include "output/docx_naming.h"

// ---- words

// By the space around it, what of several paragraphs a style is for, when `other` is for the usual
// ones: NULL when nothing tells. The usual one is alone in its cell, which has the space around.
static const char *place_word(const struct docx_style *style, const struct docx_style *usual)
{
    const struct docx_paragraph_format *own = &style->paragraph;
    const struct docx_paragraph_format *other = &usual->paragraph;
    bool has_more_before = own->before > other->before;
    bool has_less_before = own->before < other->before;
    bool has_more_after = own->after > other->after;
    bool has_less_after = own->after < other->after;
    if (has_more_before == has_less_before && has_more_after == has_less_after) {
        return NULL;
    }
    if (brv_docx_is_cell_role(style->role)) {
        return has_more_before && has_more_after   ? "Inner"
               : has_less_before && has_less_after ? "Alone"
               : has_more_after || has_less_before ? "First"
                                                   : "Last";
    }
    if (has_less_after && own->keep_next < other->keep_next) { // nothing follows it in its frame
        return "Last";
    }
    return has_more_before && has_more_after   ? "Alone"
           : has_less_before && has_less_after ? "Inner"
           : has_more_before || has_less_after ? "First"
                                               : "Last";
}

static const char *align_word(const struct docx_style *style)
{
    bool is_right = style->home && style->home->is_rtl;
    switch ((enum brv_text_align)style->paragraph.align) {
    case BRV_ALIGN_CENTER:
        return "Centered";
    case BRV_ALIGN_JUSTIFY:
        return "Justified";
    case BRV_ALIGN_END:
    case BRV_ALIGN_RIGHT:
        is_right = !is_right;
        break;
    case BRV_ALIGN_START:
    case BRV_ALIGN_LEFT:
        break;
    }
    // LibreOffice has a "Header Right" of its own, for right pages, and takes ours for that.
    bool is_of_page = style->role == DOCX_ROLE_HEADER || style->role == DOCX_ROLE_FOOTER;
    return is_of_page ? is_right ? "Flush Right" : "Flush Left" : is_right ? "Right" : "Left";
}

// The first of the members in which text differs that there is a word for; empty for none.
static brv_str run_word(const struct docx *docx, const struct docx_run_format *own,
                        uint32_t members)
{
    if (members & DOCX_RUN_SIZE) {
        return brv_arena_printf(docx->arena, "%g pt", (double)own->half_points / 2);
    }
    if (members & DOCX_RUN_FONT) {
        return docx->fonts[own->font].name;
    }
    const struct {
        uint32_t member;
        const char *with, *without;
        bool has;
    } rows[] = {
        { DOCX_RUN_BOLD, "Bold", "Regular", own->bold },
        { DOCX_RUN_ITALIC, "Italic", "Upright", own->italic },
        { DOCX_RUN_CAPS, "Capitals", "Lower Case", own->caps },
        { DOCX_RUN_SMALL_CAPS, "Small Capitals", "Lower Case", own->small_caps },
        { DOCX_RUN_UNDERLINE, "Underlined", "Not Underlined", own->underline },
        { DOCX_RUN_STRIKE, "Struck", "Not Struck", own->strike },
        { DOCX_RUN_SHADE, "Shaded", "Unshaded", own->shade != DOCX_NO_COLOR },
        { DOCX_RUN_BORDER, "Framed", "Unframed", own->border.style != BRV_BORDER_NONE },
        { DOCX_RUN_RAISE, "Shifted", "On the Line", own->raise != BRV_VERTICAL_BASELINE },
        { DOCX_RUN_SPACING, "Spaced", "Close", own->spacing > 0 },
        { DOCX_RUN_COLOR, "Colored", "Black", own->color != DOCX_NO_COLOR && own->color != 0 },
    };
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        if (members & rows[i].member) {
            return brv_str_from_cstr(rows[i].has ? rows[i].with : rows[i].without);
        }
    }
    return (brv_str){ 0 };
}

static bool has_borders(const struct docx_paragraph_format *format)
{
    bool has_any = false;
    for (int i = DOCX_TOP; i <= DOCX_RIGHT; i++) {
        has_any |= format->borders[i].style != BRV_BORDER_NONE;
    }
    return has_any;
}

// The box of a paragraph and where it stands on a page.
static const char *box_word(const struct docx_paragraph_format *own,
                            const struct docx_paragraph_format *other)
{
    const struct {
        int32_t own, other;
        const char *more, *less;
    } rows[] = {
        { own->shade != DOCX_NO_COLOR, other->shade != DOCX_NO_COLOR, "Shaded", "Unshaded" },
        { (int32_t)own->shade, (int32_t)other->shade, "Shaded", "Shaded" },
        { has_borders(own), has_borders(other), "Framed", "Unframed" },
        { own->left, other->left, "Indented", "Wide" },
        { own->right, other->right, "Narrow", "Wide" },
        { own->first, other->first, "First Line", "Hanging" },
        { own->tab_right, other->tab_right, "Tabbed", "Not Tabbed" },
        { own->page_break, other->page_break, "New Page", "Same Page" },
        { own->keep_next, other->keep_next, "With Next", "Last" },
        { own->line, other->line, "Loose", "Tight" },
    };
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        if (rows[i].own != rows[i].other) {
            return rows[i].own > rows[i].other ? rows[i].more : rows[i].less;
        }
    }
    return NULL;
}

// ---- paragraphs

// By how much space: for what has the same place as another.
static brv_str space_word(const struct docx *docx, const struct docx_paragraph_format *own,
                          const struct docx_paragraph_format *other)
{
    bool is_before = own->before != other->before;
    double points = (double)(is_before ? own->before : own->after) / 20;
    return is_before || own->after != other->after
               ? brv_arena_printf(docx->arena, "%g pt %s", points, is_before ? "Before" : "After")
               : (brv_str){ 0 };
}

static brv_str look_word(const struct docx *docx, const struct docx_style *style,
                         const struct docx_style *other)
{
    const struct docx_paragraph_format *own = &style->paragraph;
    const struct docx_paragraph_format *usual = &other->paragraph;
    if (own->align != usual->align) {
        return brv_str_from_cstr(align_word(style));
    }
    uint32_t members = brv_docx_run_delta(&usual->run, &own->run).members;
    brv_str word = run_word(docx, &own->run, members);
    const char *box = word.len == 0 ? box_word(own, usual) : NULL;
    return box ? brv_str_from_cstr(box) : word.len > 0 ? word : space_word(docx, own, usual);
}

// Whether a name says already what its style is for.
static bool has_place_word(brv_str name)
{
    return brv_str_ends_with(name, BRV_S(" Alone")) || brv_str_ends_with(name, BRV_S(" Inner")) ||
           brv_str_ends_with(name, BRV_S(" First")) || brv_str_ends_with(name, BRV_S(" Last"));
}

// What one style is for and the other is not, in looks that are otherwise the same.
static const char *use_word(const struct docx_style *style, const struct docx_style *other,
                            brv_str name)
{
    const char *mark = brv_docx_mark_word(style);
    return style->paragraph.page_break && !other->paragraph.page_break ? "New Page"
           : strcmp(mark, brv_docx_mark_word(other)) != 0              ? mark
           : has_place_word(name)                                      ? NULL
                                                                       : place_word(style, other);
}

static brv_str tell_paragraphs_apart(struct docx *docx, const struct docx_style *style,
                                     const struct docx_style *other, brv_str name)
{
    if (style->wanted.len == 0 && other->wanted.len == 0) { // what the sheet says is as it says it
        name = brv_docx_capitalised(docx, brv_arena_cstr(docx->arena, name));
    }
    const struct docx_paragraph_format *own = &style->paragraph;
    bool is_alike = memcmp(&own->run, &other->paragraph.run, sizeof own->run) == 0 &&
                    own->shade == other->paragraph.shade && own->align == other->paragraph.align;
    if (is_alike && style->level > other->level && style->level > 1) {
        return brv_arena_printf(docx->arena, "%" BRV_STR_F " %d", BRV_STR_ARG(name), style->level);
    }
    bool is_cell = brv_docx_is_cell_role(style->role);
    bool is_smaller = own->run.half_points < other->paragraph.run.half_points;
    const char *use = is_alike ? use_word(style, other, name) : NULL;
    brv_str word = use ? brv_str_from_cstr(use) : (brv_str){ 0 };
    if (!is_alike && style->home && style->home->source && !(is_cell && is_smaller)) {
        word = brv_docx_class_name(docx, style->home->source);
    }
    bool is_said = word.len > 0 && brv_str_equal(brv_docx_joined_name(docx, name, word), name);
    if (word.len == 0 || is_said) {
        word = look_word(docx, style, other);
    }
    return word.len > 0 ? brv_docx_joined_name(docx, name, word) : name;
}

// ---- text and tables

static brv_str tell_text_apart(struct docx *docx, const struct docx_style *style,
                               const struct docx_style *other, brv_str name)
{
    if (style->home && style->home->page.len > 0) {
        return brv_docx_joined_name(docx, name, brv_docx_name_from_class(docx, style->home->page));
    }
    if (other->type != DOCX_CHARACTER_STYLE) { // as Word calls the text of a paragraph's style
        return brv_docx_joined_name(docx, name, BRV_S("Char"));
    }
    uint32_t members = (style->run.members ^ other->run.members) |
                       brv_docx_run_delta(&other->run.format, &style->run.format).members;
    brv_str word = run_word(docx, &style->run.format, members & style->run.members);
    word = word.len > 0 ? word : run_word(docx, &style->run.format, members);
    return word.len > 0 ? brv_docx_joined_name(docx, name, word) : name;
}

// The parts of a frame between its headings differ by the space that they leave to these.
static brv_str space_in_frame(const struct docx *docx, const struct docx_table_format *own,
                              const struct docx_table_format *usual)
{
    const int16_t *padding = own->body.padding;
    bool is_above = padding[DOCX_TOP] != usual->body.padding[DOCX_TOP];
    bool is_below = padding[DOCX_BOTTOM] != usual->body.padding[DOCX_BOTTOM];
    double points = (double)padding[is_above ? DOCX_TOP : DOCX_BOTTOM] / 20;
    return is_above || is_below
               ? brv_arena_printf(docx->arena, "%g pt %s", points, is_above ? "Above" : "Below")
               : (brv_str){ 0 };
}

static brv_str tell_tables_apart(struct docx *docx, const struct docx_style *style,
                                 const struct docx_style *other, brv_str name)
{
    const struct docx_table_format *own = &style->table;
    const struct docx_table_format *usual = &other->table;
    const char *word = other->type != DOCX_TABLE_STYLE      ? "Table"
                       : own->has_bands != usual->has_bands ? own->has_bands ? "Banded" : "Unbanded"
                       : own->has_header != usual->has_header
                           ? own->has_header ? "Headed" : "Headless"
                           : NULL;
    brv_str space = word ? brv_str_from_cstr(word) : space_in_frame(docx, own, usual);
    return space.len > 0 ? brv_docx_joined_name(docx, name, space) : name;
}

bool brv_docx_is_column(const struct docx_style *style, const struct docx_style *base)
{
    const struct brv_styled *source = style->home ? style->home->source : NULL;
    bool is_cell = brv_docx_is_cell_role(style->role);
    struct docx_paragraph_format like = style->paragraph;
    like.align = base->paragraph.align;
    bool has_class = source && source->node && source->node->class_count > 0;
    return is_cell && source && !has_class && memcmp(&like, &base->paragraph, sizeof like) == 0;
}

brv_str brv_docx_tell_apart(struct docx *docx, const struct docx_style *style,
                            const struct docx_style *other, brv_str name)
{
    switch (style->type) {
    case DOCX_PARAGRAPH_STYLE:
        return other->type == DOCX_PARAGRAPH_STYLE ? tell_paragraphs_apart(docx, style, other, name)
                                                   : name;
    case DOCX_CHARACTER_STYLE:
        return tell_text_apart(docx, style, other, name);
    case DOCX_TABLE_STYLE:
        return tell_tables_apart(docx, style, other, name);
    }
    return name;
}
