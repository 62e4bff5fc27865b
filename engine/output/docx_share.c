// Brevier — styles that are one, that build on another, and that follow one.
//
// What looks the same by the same name is made once: the table without header rows, the emphasis in
// a link that looks as any other does. A mix, "Emphasis Strong", builds on the style that it has
// the most of, so that whoever changes that changes both.
// SPDX-License-Identifier: MIT
#include "output/docx_naming.h"
#include "output/docx_template.h"

// ---- one style for several

// Whether a look is another's but for parts that this one has not: the head, an edge.
static bool has_parts_of(const struct docx_table_format *look,
                         const struct docx_table_format *other)
{
    if (memcmp(&look->body, &other->body, sizeof look->body) != 0) {
        return false;
    }
    struct docx_table_format like = *look;
    if (!other->has_header) {
        like.has_header = false;
        memset(&like.header, 0, sizeof like.header);
        memset(&like.header_text, 0, sizeof like.header_text);
    }
    for (int i = 0; i < DOCX_TABLE_PARTS; i++) {
        if (!brv_docx_has_part(other, (enum docx_table_part)i)) {
            memset(&like.parts[i], 0, sizeof like.parts[i]);
        }
    }
    return memcmp(&like, other, sizeof like) == 0;
}

// A table without header rows or a first column set apart has the style of one with them, as in
// Word, which is told by each table what of its style it shows.
static void share_table_styles(struct docx *docx)
{
    for (struct docx_style *style = docx->first_style; style; style = style->next) {
        if (style->type != DOCX_TABLE_STYLE) {
            continue;
        }
        struct docx_style *other = docx->first_style;
        for (; other; other = other->next) {
            bool is_of_name = other != style && other->type == DOCX_TABLE_STYLE &&
                              other->role == style->role &&
                              brv_str_equal(other->fallback, style->fallback) &&
                              brv_str_equal(other->wanted, style->wanted);
            if (is_of_name && has_parts_of(&other->table, &style->table)) {
                break;
            }
        }
        style->twin = other;
    }
    for (struct docx_style *style = docx->first_style; style; style = style->next) {
        while (style->twin && style->twin->twin) { // which has more parts still
            style->twin = style->twin->twin;
        }
    }
}

// Whether a name says a style's role and something before it, as "Hyperlink Emphasis" does: of an
// element within another, without a name of its own.
static bool is_mix(const struct docx_style *style, brv_str name)
{
    brv_str role = brv_str_from_cstr(brv_docx_role_name(style->role));
    return style->type == DOCX_CHARACTER_STYLE && style->wanted.len == 0 &&
           style->role != DOCX_ROLE_SPAN && name.len > role.len &&
           name.ptr[name.len - role.len - 1] == ' ' && brv_str_ends_with(name, role);
}

static void share_character_styles(struct docx *docx)
{
    for (struct docx_style *style = docx->first_style; style; style = style->next) {
        if (is_mix(style, style->fallback)) {
            struct docx_style plain = *style;
            plain.fallback = (brv_str){ 0 };
            style->twin = brv_docx_find_style(docx, &plain);
        }
    }
}

void brv_docx_share_styles(struct docx *docx)
{
    share_table_styles(docx);
    share_character_styles(docx);
}

// ---- the tab stops of a template

// Whether the style that a template has for a role lacks none of the tab stops of ours and has no
// others.
static bool has_same_stops(const struct docx *docx, const struct docx_style *style)
{
    struct docx_stop stops[DOCX_STOPS_MAX];
    brv_str id = brv_docx_template_style(
        docx->template, style->type, brv_str_from_cstr(brv_docx_role_name(style->role)));
    size_t count = brv_docx_template_stops(docx->template, id, stops);
    const struct docx_paragraph_format *own = &style->paragraph;
    size_t wanted = (own->tab_center > 0) + (size_t)(own->tab_right > 0);
    for (size_t i = 0; i < count; i++) {
        int32_t place = brv_str_is(stops[i].kind, "center")  ? own->tab_center
                        : brv_str_is(stops[i].kind, "right") ? own->tab_right
                                                             : 0;
        if (place != stops[i].position) {
            return false;
        }
    }
    return id.len == 0 || count == wanted;
}

struct docx_style *brv_docx_without_stops(struct docx *docx, struct docx_style *style)
{
    if (has_same_stops(docx, style)) {
        return style;
    }
    struct docx_style *plain = BRV_NEW(docx->arena, struct docx_style);
    *plain = *style;
    plain->paragraph.tab_center = plain->paragraph.tab_right = 0;
    struct docx_style *known = docx->first_style;
    while (known && (known->role != style->role ||
                     memcmp(&known->paragraph, &plain->paragraph, sizeof known->paragraph) != 0)) {
        known = known->next;
    }
    if (!known) {
        plain->uses = 0;
        plain->next = NULL;
        docx->last_style = docx->last_style->next = plain;
    }
    return known ? known : plain;
}

// ---- one name for several

bool brv_docx_share_name(struct docx *docx, struct docx_style *style, struct docx_style *base)
{
    bool is_shown =
        (docx->shown_roles >> style->role & 1) != 0 && !brv_docx_is_levelled(style->role);
    if (!is_shown || !base || base->name.len == 0 || style->num || !style->sets_string ||
        !base->sets_string) {
        return false;
    }
    style->base = base->is_direct ? base->base : base;
    style->name = base->name;
    style->id = base->id;
    style->is_direct = true;
    docx->direct_shown += style->uses;
    return true;
}

// ---- what a mix builds on

uint32_t brv_docx_own_members(const struct docx_style *style)
{
    uint32_t members = style->run.members;
    if (style->base) {
        // What both state and state alike is left to the base.
        members &= brv_docx_run_delta(&style->base->run.format, &style->run.format).members |
                   ~style->base->run.members;
    }
    return members;
}

// The styles of text that have the names of their roles.
static size_t find_parts(const struct docx *docx, struct docx_style *parts[DOCX_ROLE_COUNT])
{
    size_t count = 0;
    for (struct docx_style *style = docx->first_style; style; style = style->next) {
        if (style->type == DOCX_CHARACTER_STYLE && !style->is_adopted && style->run.members != 0 &&
            brv_str_is_nocase(style->name, brv_docx_role_name(style->role)) &&
            count < DOCX_ROLE_COUNT) {
            parts[count++] = style;
        }
    }
    return count;
}

void brv_docx_base_characters(struct docx *docx)
{
    struct docx_style *parts[DOCX_ROLE_COUNT];
    size_t count = find_parts(docx, parts);
    for (struct docx_style *style = docx->first_style; style; style = style->next) {
        if (style->twin || !is_mix(style, style->name)) {
            continue;
        }
        struct docx_style *best = NULL;
        int most = 0;
        for (size_t i = 0; i < count; i++) {
            bool is_part = (parts[i]->run.members & ~style->run.members) == 0;
            style->base = parts[i];
            int saved = brv_docx_count_bits(style->run.members & ~brv_docx_own_members(style));
            if (is_part && saved > most) {
                best = parts[i];
                most = saved;
            }
        }
        style->base = best;
    }
}

// ---- what is typed next

static bool stand_in_one_frame(const struct docx_style *a, const struct docx_style *b)
{
    const struct docx_border *one = a->paragraph.borders;
    const struct docx_border *other = b->paragraph.borders;
    return a->paragraph.shade == b->paragraph.shade &&
           memcmp(&one[DOCX_LEFT], &other[DOCX_LEFT], sizeof *one) == 0 &&
           memcmp(&one[DOCX_RIGHT], &other[DOCX_RIGHT], sizeof *one) == 0;
}

static bool stand_in_one_place(const struct docx_style *a, const struct docx_style *b)
{
    return stand_in_one_frame(a, b) && a->paragraph.align == b->paragraph.align &&
           a->paragraph.left == b->paragraph.left && a->paragraph.right == b->paragraph.right;
}

// What a picture or drawing stands in: one goes on behind it.
static bool is_figure(const struct docx_style *style)
{
    return style->role == DOCX_ROLE_BODY && style->home &&
           brv_docx_odd_kind(style->role, style->home->source) == BRV_KIND_FIGURE;
}

// What belongs to a cell, and what stands in one.
static bool is_in_cell(const struct docx_style *style)
{
    return brv_docx_is_cell_role(style->role) ||
           (style->home && brv_docx_odd_kind(style->role, style->home->source) == BRV_KIND_TABLE);
}

static bool is_in_box(const struct docx_style *style)
{
    return style->home && style->home->place;
}

// What follows in the box that a style is of; what has the name of its role is of none, though the
// document may have it only there.
static const struct docx_style *find_in_box(const struct docx *docx, const struct docx_style *style,
                                            enum docx_role role)
{
    const struct docx_style *best = NULL;
    const struct docx_style *next = style->base && is_in_box(style) ? docx->first_style : NULL;
    for (; next; next = next->next) {
        bool follows = next->type == DOCX_PARAGRAPH_STYLE && next->role == role && !next->twin &&
                       is_in_box(next) && !is_figure(next) && stand_in_one_frame(next, style);
        best = follows && (!best || brv_docx_is_better(next, best)) ? next : best;
    }
    return best;
}

// One goes on in a cell, in a frame, in a list and where lines begin, and goes back from what a
// style is for once.
const struct docx_style *brv_docx_next_style(const struct docx *docx,
                                             const struct docx_style *style, enum docx_role role,
                                             const struct docx_style *const *heads)
{
    if (role == style->role && !is_figure(style)) {
        const struct docx_style *base = style->base     ? style->base
                                        : style->is_odd ? heads[role]
                                                        : NULL;
        bool goes_on =
            base && ((style->num && style->num != base->num) || !stand_in_one_place(style, base) ||
                     (is_in_cell(style) && !style->is_variant));
        return goes_on ? NULL : base;
    }
    if (role == DOCX_ROLE_BODY && is_in_cell(style) && heads[DOCX_ROLE_TABLE_TEXT]) {
        return heads[DOCX_ROLE_TABLE_TEXT];
    }
    const struct docx_style *next = find_in_box(docx, style, role);
    return next ? next : heads[role];
}
