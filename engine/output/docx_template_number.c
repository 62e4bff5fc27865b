// Brevier — the numbers that a template's styles give to headings, in the entries of our contents.
//
// Word writes them there when it makes contents anew, so those that a reader finds have them, too:
// headings are counted along the body as the levels of the template's list say.
// SPDX-License-Identifier: MIT
#include "output/docx_template.h"

#include "base/utf8.h"

enum { PATTERN_BYTES = 60 }; // of a level's text: more is cut

// A list of the template and how far it has counted.
struct tally {
    struct tally *next;
    const struct docx_dom *abstract;
    const struct docx_dom *num; // its instance, which may say otherwise of some levels
    int counts[DOCX_LIST_LEVELS];
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

static const struct docx_dom *find_of_level(const struct docx_dom *parent, const char *name,
                                            int level)
{
    const char digit = (char)('0' + level);
    return find_child(parent, name, "w:ilvl", (brv_str){ &digit, 1 });
}

static const struct docx_dom *level_of(const struct tally *tally, int level)
{
    const struct docx_dom *override = find_of_level(tally->num, "w:lvlOverride", level);
    const struct docx_dom *own = find_of_level(override, "w:lvl", level);
    return own ? own : find_of_level(tally->abstract, "w:lvl", level);
}

static brv_str value_of(const struct docx_dom *parent, const char *name)
{
    return brv_docx_dom_value(brv_docx_dom_child(parent, name), "w:val");
}

static int number_of(const struct docx_dom *parent, const char *name, int otherwise)
{
    size_t number = 0;
    bool is_number = brv_str_to_size(value_of(parent, name), &number) && number <= INT16_MAX;
    return is_number ? (int)number : otherwise;
}

// Before the first number of a level.
static int begin_of(const struct tally *tally, int level)
{
    const struct docx_dom *override = find_of_level(tally->num, "w:lvlOverride", level);
    int start = number_of(level_of(tally, level), "w:start", 1);
    return number_of(override, "w:startOverride", start) - 1;
}

// The instance that numbers a style, or what it is based on, and on which level; NULL for a style
// without a number.
static const struct docx_dom *find_num(const struct docx_template *template, brv_str id, int *level)
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
    size_t own = 0;
    bool has_level = brv_str_to_size(depth, &own) && own < DOCX_LIST_LEVELS;
    *level = has_level ? (int)own : 0;
    return number.len > 0 ? find_child(template->numbering, "w:num", "w:numId", number) : NULL;
}

// Empty for a level that shows no number, or one that we cannot tell.
static brv_str count_text(const struct docx *docx, const struct docx_dom *level, int count,
                          bool is_legal)
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
            const struct brv_list_marker marker = {
                .style = is_legal ? BRV_LIST_DECIMAL : rows[i].style,
            };
            return brv_counter_text(docx->arena, &marker, count);
        }
    }
    return (brv_str){ 0 };
}

// "1.2." for "%1.%2."; empty where the level shows no number.
static brv_str number_text(const struct docx *docx, const struct tally *tally, int level)
{
    const struct docx_dom *own = level_of(tally, level);
    brv_str pattern = value_of(own, "w:lvlText");
    bool is_number = count_text(docx, own, tally->counts[level], false).len > 0;
    bool is_legal = brv_docx_dom_is_on(own, "w:isLgl", false); // all numbers are decimals
    struct brv_buf text = { 0 };
    for (size_t at = 0; is_number && at < pattern.len && at < PATTERN_BYTES;) {
        char next = at + 1 < pattern.len ? pattern.ptr[at + 1] : ' ';
        if (pattern.ptr[at] == '%' && next >= '1' && next <= '9') {
            int shown = next - '1';
            brv_buf_add_str(
                &text, count_text(docx, level_of(tally, shown), tally->counts[shown], is_legal));
            at += 2;
        } else {
            size_t from = at;
            (void)brv_utf8_next(pattern, &at);
            brv_buf_add_str(&text, brv_str_slice(pattern, from, at));
        }
    }
    brv_str result = brv_arena_str(docx->arena, brv_str_trim(brv_buf_str(&text)));
    brv_buf_deinit(&text);
    return result;
}

static struct tally *find_tally(struct docx *docx, struct tally **tallies,
                                const struct docx_dom *num)
{
    const struct docx_dom *abstract = find_child(docx->template->numbering,
                                                 "w:abstractNum",
                                                 "w:abstractNumId",
                                                 value_of(num, "w:abstractNumId"));
    struct tally *tally = *tallies;
    while (tally && tally->abstract != abstract) {
        tally = tally->next;
    }
    if (!tally && abstract) {
        tally = BRV_NEW(docx->arena, struct tally);
        tally->abstract = abstract;
        tally->num = num;
        tally->next = *tallies;
        *tallies = tally;
        for (int level = 0; level < DOCX_LIST_LEVELS; level++) {
            tally->counts[level] = begin_of(tally, level);
        }
    }
    return tally;
}

// Counts a heading on its level; those below begin anew, unless they say that they go on or do so
// after higher levels only.
static void count(struct tally *tally, int level)
{
    tally->counts[level]++;
    for (int below = level + 1; below < DOCX_LIST_LEVELS; below++) {
        if (level < number_of(level_of(tally, below), "w:lvlRestart", below)) {
            tally->counts[below] = begin_of(tally, below);
        }
    }
}

// The number of a heading; empty when it has none, or one of ours.
static brv_str next_number(struct docx *docx, struct tally **tallies,
                           const struct docx_style *style)
{
    while (style->base && !style->is_adopted) {
        style = style->base;
    }
    int level = 0;
    bool is_counted = style->is_adopted && !style->num;
    const struct docx_dom *num = is_counted ? find_num(docx->template, style->id, &level) : NULL;
    struct tally *tally = num ? find_tally(docx, tallies, num) : NULL;
    if (!tally) {
        return (brv_str){ 0 };
    }
    count(tally, level);
    return number_text(docx, tally, level);
}

// Notes the number of a heading for each of its bookmarks, by which entries find it.
static void note_number(struct docx *docx, struct brv_map *numbers,
                        const struct docx_paragraph *heading, brv_str number)
{
    brv_str *kept = NULL;
    for (const struct docx_inline *item = heading->first; item; item = item->next) {
        if (item->kind != DOCX_BOOKMARK) {
            continue;
        }
        if (!kept) {
            kept = BRV_NEW(docx->arena, brv_str);
            *kept = brv_arena_printf(docx->arena, "%" BRV_STR_F " ", BRV_STR_ARG(number));
        }
        *brv_map_at(numbers, item->bookmark->id) = kept;
    }
}

// Puts the number of the heading that an entry leads to before its text.
static void number_entry(struct docx *docx, const struct brv_map *numbers,
                         struct docx_paragraph *entry)
{
    struct docx_inline **at = &entry->first;
    while (*at && !(*at)->link) {
        at = &(*at)->next;
    }
    if (!*at) {
        return;
    }
    brv_str id = brv_str_from((*at)->link->target, 1); // after its "#"
    const brv_str *number = brv_map_find(numbers, id);
    if (!number) {
        return;
    }
    struct docx_inline *item = BRV_NEW(docx->arena, struct docx_inline);
    *item = **at;
    item->kind = DOCX_TEXT;
    item->text = *number;
    item->next = *at;
    *at = item;
}

void brv_docx_number_entries(struct docx *docx)
{
    struct brv_map numbers = { .arena = docx->arena }; // id → brv_str
    struct tally *tallies = NULL;
    for (struct docx_block *block = docx->body.first; block; block = block->next) {
        if (block->paragraph && brv_docx_is_heading_role(block->paragraph->role)) {
            brv_str number = next_number(docx, &tallies, block->paragraph->style);
            if (number.len > 0) {
                note_number(docx, &numbers, block->paragraph, number);
            }
        }
    }
    for (struct docx_block *block = docx->body.first; block && numbers.count > 0;
         block = block->next) {
        if (block->paragraph && block->paragraph->role == DOCX_ROLE_TOC) {
            number_entry(docx, &numbers, block->paragraph);
        }
    }
}
