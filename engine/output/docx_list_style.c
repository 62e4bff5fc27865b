// Brevier — numbering that styles carry.
//
// In Word a style may carry a level of a numbering: choosing "List Bullet" gives a bullet, and the
// paragraph itself says nothing of it. Each level names the one style that carries it; styles that
// differ in their spacing are based on that one and inherit. A list that begins anew has a style of
// its own, based on the usual one. Only where a numbering begins anew within its own levels, or in
// a document with more lists than anybody wants styles, does a paragraph name its number itself.
// SPDX-License-Identifier: MIT
#include "output/docx_naming.h"
#include "output/docx_template.h"

static const char open_task[] = "☐";
static const char done_task[] = "☑";

bool brv_docx_is_numbered_by_style(const struct docx_paragraph *paragraph)
{
    return paragraph->num == paragraph->num->abstract->first;
}

static struct docx_level *level_of(const struct docx_style *style)
{
    return style->num ? &style->num->abstract->levels[style->num_level] : NULL;
}

bool brv_docx_is_box(brv_str mark)
{
    return brv_str_is(mark, open_task) || brv_str_is(mark, done_task);
}

bool brv_docx_is_task(const struct docx_style *style)
{
    const struct docx_level *level = level_of(style);
    return level && brv_docx_is_box(level->text);
}

const char *brv_docx_mark_word(const struct docx_style *style)
{
    const struct docx_style *carrier = style;
    while (carrier && !carrier->num && !carrier->is_unnumbered) {
        carrier = carrier->base;
    }
    const struct docx_level *level = carrier ? level_of(carrier) : NULL;
    return !level                               ? "Unnumbered"
           : brv_str_is(level->text, open_task) ? "Open"
           : brv_str_is(level->text, done_task) ? "Done"
           : level->style == BRV_LIST_STRING    ? "Bullet"
                                                : "Numbered";
}

void brv_docx_offer_numbering(struct docx_style *style, bool is_primary,
                              bool (*is_better)(const struct docx_style *,
                                                const struct docx_style *))
{
    struct docx_level *level = level_of(style);
    if (!level) {
        return;
    }
    bool has_primary = level->paragraph_style && level->is_primary;
    if (is_primary || !level->paragraph_style ||
        (!has_primary && is_better(style, level->paragraph_style))) {
        level->paragraph_style = style;
        level->is_primary = is_primary;
    }
}

struct docx_style *brv_docx_numbering_base(struct docx_style *style)
{
    struct docx_level *level = level_of(style);
    if (!level || level->paragraph_style == style) {
        return NULL;
    }
    style->num = NULL;
    return level->paragraph_style;
}

void brv_docx_adopt_numbering(const struct docx *docx, struct docx_style *style)
{
    struct docx_level *level = level_of(style);
    if (level && level->style == BRV_LIST_STRING &&
        brv_docx_template_is_numbered(docx->template, style->id)) {
        level->paragraph_style = NULL; // the template's own bullets
        style->num = NULL;
    }
}

bool brv_docx_is_numbered(const struct docx_style *style)
{
    while (style && !style->num && !style->is_unnumbered) {
        style = style->base;
    }
    return style && style->num;
}

bool brv_docx_begins_anew(const struct docx_style *style, const struct docx_style *first)
{
    const struct docx_level *level = level_of(style);
    const struct docx_level *other = level_of(first);
    return level && other && level != other && level->style != BRV_LIST_STRING &&
           level->style == other->style && style->num_level == first->num_level &&
           level->paragraph_style == style;
}

brv_str brv_docx_restart_name(struct docx *docx, struct docx_style *first)
{
    return brv_arena_printf(
        docx->arena, "%" BRV_STR_F " Restart %d", BRV_STR_ARG(first->name), ++first->restarts);
}

brv_str brv_docx_list_style_name(struct docx *docx, const struct docx_style *style,
                                 struct docx_style *base)
{
    const struct docx_level *level = level_of(style);
    const struct docx_paragraph_format *own = &style->paragraph;
    bool is_alike = base && level && base->paragraph.left == own->left &&
                    base->paragraph.shade == own->shade &&
                    memcmp(&own->run, &base->paragraph.run, sizeof own->run) == 0;
    if (brv_docx_is_task(style)) {
        brv_str name =
            brv_str_is(level->text, open_task) ? BRV_S("List Task Open") : BRV_S("List Task Done");
        return style->level > 1
                   ? brv_arena_printf(
                         docx->arena, "%" BRV_STR_F " %d", BRV_STR_ARG(name), style->level)
                   : name;
    }
    const struct docx_level *usual = base ? level_of(base) : NULL;
    bool has_same_mark = level && usual && level->style == BRV_LIST_STRING &&
                         brv_str_equal(level->text, usual->text);
    if (!is_alike || !brv_docx_is_levelled(style->role)) {
        return (brv_str){ 0 };
    }
    if (has_same_mark) { // spaced in another way
        return (brv_str){ 0 };
    }
    if (level->style == BRV_LIST_STRING) { // "List Bullet –"
        return brv_docx_joined_name(docx, base->name, level->text);
    }
    return brv_docx_restart_name(docx, base);
}
