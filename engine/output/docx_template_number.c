// Brevier — the numbers that a template's styles give to headings, in the entries of our contents.
//
// Word writes them there when it makes contents anew, so those that a reader finds have them, too:
// headings are counted along the body as the levels of the template's list say.
// SPDX-License-Identifier: MIT
#include "output/docx_template.h"

enum { PATTERN_BYTES = 60 };

// A list of the template and how far it has counted.
struct tally {
    struct tally *next;
    const struct docx_dom *abstract;
    size_t counts[DOCX_LIST_LEVELS];
};

// The child of a name whose attribute has this value.
static const struct docx_dom *find_child(const struct docx_dom *parent, const char *name,
                                         const char *attribute, brv_str value)
{
    const struct docx_dom *child = parent ? parent->first : NULL;
    while (child && !(brv_docx_dom_is(child, name) &&
                      brv_str_equal(brv_docx_dom_value(child, attribute), value))) {
        child = child->next;
    }
    return child;
}

static const struct docx_dom *level_of(const struct docx_dom *abstract, size_t level)
{
    const char digit = (char)('0' + level);
    return find_child(abstract, "w:lvl", "w:ilvl", (brv_str){ &digit, 1 });
}

static brv_str value_of(const struct docx_dom *parent, const char *name)
{
    return brv_docx_dom_value(brv_docx_dom_child(parent, name), "w:val");
}

// Before the first number of a level.
static size_t begin_of(const struct docx_dom *abstract, size_t level)
{
    size_t start = 1;
    bool is_set = brv_str_to_size(value_of(level_of(abstract, level), "w:start"), &start);
    return is_set && start > 0 ? start - 1 : 0;
}

// The list and the level of a style, or of what it is based on; NULL for a style without a number.
static const struct docx_dom *find_list(const struct docx_template *template, brv_str id,
                                        size_t *level)
{
    brv_str number = { 0 };
    brv_str depth = { 0 };
    for (int tries = 0; id.len > 0 && number.len == 0 && tries < DOCX_DEPTH_LIMIT; tries++) {
        const struct docx_dom *style = brv_docx_template_find(template, id);
        const struct docx_dom *properties =
            brv_docx_dom_child(brv_docx_dom_child(style, "w:pPr"), "w:numPr");
        number = value_of(properties, "w:numId");
        depth = depth.len > 0 ? depth : value_of(properties, "w:ilvl");
        id = value_of(style, "w:basedOn");
    }
    const struct docx_dom *num =
        number.len > 0 ? find_child(template->numbering, "w:num", "w:numId", number) : NULL;
    bool has_level = brv_str_to_size(depth, level) && *level < DOCX_LIST_LEVELS;
    *level = has_level ? *level : 0;
    return num ? find_child(template->numbering,
                            "w:abstractNum",
                            "w:abstractNumId",
                            value_of(num, "w:abstractNumId"))
               : NULL;
}

static brv_str count_text(const struct docx *docx, const struct docx_dom *level, size_t count)
{
    static const struct {
        const char *name;
        enum brv_list_style style;
    } rows[] = {
        { "decimal", BRV_LIST_DECIMAL },         { "decimalZero", BRV_LIST_DECIMAL_LEADING_ZERO },
        { "lowerLetter", BRV_LIST_LOWER_ALPHA }, { "upperLetter", BRV_LIST_UPPER_ALPHA },
        { "lowerRoman", BRV_LIST_LOWER_ROMAN },  { "upperRoman", BRV_LIST_UPPER_ROMAN },
    };
    brv_str format = value_of(level, "w:numFmt");
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        if (brv_str_is(format, rows[i].name)) {
            const struct brv_list_marker marker = { .style = rows[i].style };
            return brv_counter_text(docx->arena, &marker, (int)(count % INT16_MAX));
        }
    }
    return (brv_str){ 0 };
}

// "1.2." for "%1.%2."; empty where the level shows no number.
static brv_str number_text(const struct docx *docx, const struct tally *tally, size_t level)
{
    const struct docx_dom *own = level_of(tally->abstract, level);
    brv_str pattern = value_of(own, "w:lvlText");
    bool is_number = count_text(docx, own, tally->counts[level]).len > 0;
    struct brv_buf text = { 0 };
    for (size_t i = 0; is_number && i < pattern.len && i < PATTERN_BYTES; i++) {
        char next = i + 1 < pattern.len ? pattern.ptr[i + 1] : ' ';
        if (pattern.ptr[i] == '%' && next >= '1' && next <= '9') {
            size_t shown = (size_t)(next - '1');
            brv_buf_add_str(
                &text, count_text(docx, level_of(tally->abstract, shown), tally->counts[shown]));
            i++;
        } else {
            brv_buf_add_byte(&text, pattern.ptr[i]);
        }
    }
    brv_str result = brv_arena_str(docx->arena, brv_str_trim(brv_buf_str(&text)));
    brv_buf_deinit(&text);
    return result;
}

static struct tally *find_tally(struct docx *docx, struct tally **tallies,
                                const struct docx_dom *abstract)
{
    struct tally *tally = *tallies;
    while (tally && tally->abstract != abstract) {
        tally = tally->next;
    }
    if (!tally) {
        tally = BRV_NEW(docx->arena, struct tally);
        tally->abstract = abstract;
        tally->next = *tallies;
        *tallies = tally;
        for (size_t level = 0; level < DOCX_LIST_LEVELS; level++) {
            tally->counts[level] = begin_of(abstract, level);
        }
    }
    return tally;
}

// The number of a heading; empty when it has none, or one of ours.
static brv_str next_number(struct docx *docx, struct tally **tallies,
                           const struct docx_style *style)
{
    while (style->base && !style->is_adopted) {
        style = style->base;
    }
    size_t level = 0;
    bool is_counted = style->is_adopted && !style->num;
    const struct docx_dom *abstract =
        is_counted ? find_list(docx->template, style->id, &level) : NULL;
    if (!abstract) {
        return (brv_str){ 0 };
    }
    struct tally *tally = find_tally(docx, tallies, abstract);
    tally->counts[level]++;
    for (size_t below = level + 1; below < DOCX_LIST_LEVELS; below++) {
        tally->counts[below] = begin_of(abstract, below);
    }
    return number_text(docx, tally, level);
}

static bool is_heading(const struct docx_paragraph *paragraph)
{
    return paragraph->role >= DOCX_ROLE_HEADING_1 && paragraph->role <= DOCX_ROLE_HEADING_6;
}

void brv_docx_number_entries(struct docx *docx)
{
    struct brv_map numbers = { .arena = docx->arena }; // id → brv_str
    struct tally *tallies = NULL;
    for (struct docx_block *block = docx->body.first; block; block = block->next) {
        if (!block->paragraph || !is_heading(block->paragraph)) {
            continue;
        }
        brv_str number = next_number(docx, &tallies, block->paragraph->style);
        for (struct docx_inline *item = number.len > 0 ? block->paragraph->first : NULL; item;
             item = item->next) {
            if (item->kind == DOCX_BOOKMARK) {
                brv_str *kept = BRV_NEW(docx->arena, brv_str);
                *kept = brv_arena_printf(docx->arena, "%" BRV_STR_F " ", BRV_STR_ARG(number));
                *brv_map_at(&numbers, item->bookmark->id) = kept;
            }
        }
    }
    for (struct docx_block *block = docx->body.first; block && numbers.count > 0;
         block = block->next) {
        struct docx_paragraph *paragraph = block->paragraph;
        if (!paragraph || paragraph->role != DOCX_ROLE_TOC) {
            continue;
        }
        struct docx_inline **at = &paragraph->first;
        while (*at && !(*at)->link) {
            at = &(*at)->next;
        }
        brv_str target = *at ? (*at)->link->target : (brv_str){ 0 };
        const brv_str *number = brv_map_find(&numbers, brv_str_slice(target, 1, target.len));
        if (number) {
            struct docx_inline *item = BRV_NEW(docx->arena, struct docx_inline);
            *item = **at;
            item->kind = DOCX_TEXT;
            item->text = *number;
            item->next = *at;
            *at = item;
        }
    }
}
