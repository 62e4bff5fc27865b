// Brevier — names for styles.
//
// Names are given when all formats are known: the commonest style of a role takes Word's own name,
// the others are named by the sheet, by the selector of their rule or by where they stand, and are
// based on the first. All in order of first use, so the same document has the same styles.
// SPDX-License-Identifier: MIT
#include "output/docx_naming.h"
#include "output/docx_template.h"

enum { TRIES = 3 }; // so many words tell styles of one name apart

static const struct {
    brv_str name;
    enum docx_style_type type;
} roles[] = {
#define PARAGRAPH DOCX_PARAGRAPH_STYLE
#define CHARACTER DOCX_CHARACTER_STYLE
#define TABLE DOCX_TABLE_STYLE
#define ROLE(enumerator, type, name, priority, quick, builtin, follows) { BRV_S_INIT(name), type },
#include "output/docx_roles.def"
#undef ROLE
#undef PARAGRAPH
#undef CHARACTER
#undef TABLE
};

const char *brv_docx_role_name(enum docx_role role)
{
    return roles[role].name.ptr;
}

enum docx_style_type brv_docx_role_type(enum docx_role role)
{
    return roles[role].type;
}

// ---- naming

// A style that a template has, too, is the template's.
static bool adopt(struct docx *docx, struct docx_style *style, brv_str name)
{
    brv_str id = docx->template ? brv_docx_template_style(docx->template, style->type, name)
                                : (brv_str){ 0 };
    if (id.len == 0 || !brv_docx_take_name(docx, name, style)) {
        return false;
    }
    style->name = name;
    style->id = id;
    style->is_adopted = true;
    brv_docx_adopt_numbering(docx, style);
    return true;
}

// Whether a name would be taken for another of Word's own styles, "Title" for p.title.
static bool is_words_own(const struct docx_style *style, brv_str name)
{
    bool is_own = brv_str_is_nocase(name, "Normal");
    for (int role = DOCX_ROLE_TITLE; role < DOCX_ROLE_COUNT && !is_own; role++) {
        is_own = role != (int)style->role && name.len == roles[role].name.len &&
                 brv_str_equal_nocase(name, roles[role].name);
    }
    return is_own;
}

static void set_name(struct docx *docx, struct docx_style *style, brv_str wanted)
{
    brv_str base = brv_docx_name_clean(docx, wanted);
    if (base.len == 0) {
        base = brv_docx_capitalised(docx, roles[style->role].name.ptr);
    }
    if (style->wanted.len == 0 && is_words_own(style, base)) {
        base = brv_docx_joined_name(docx, base, BRV_S("Text"));
    }
    for (int tries = 0; tries < TRIES; tries++) {
        struct docx_style *other = brv_docx_holder_of_name(docx, base);
        if (!other) {
            break;
        }
        base = brv_docx_begins_anew(style, other) && style->paragraph.left == other->paragraph.left
                   ? brv_docx_restart_name(docx, other)
                   : brv_docx_tell_apart(docx, style, other, base);
    }
    if (!adopt(docx, style, base)) {
        style->name = brv_docx_take_free_name(docx, base, style);
        style->id = brv_docx_take_free_id(docx, style->name, style);
    }
}

static brv_str role_name(struct docx *docx, enum docx_role role, int level)
{
    brv_str name = roles[role].name;
    return level > 1 || role == DOCX_ROLE_TOC
               ? brv_arena_printf(docx->arena, "%" BRV_STR_F " %d", BRV_STR_ARG(name), level)
               : name;
}

// The best style so far of each role and level.
struct groups {
    size_t levels; // of each role
    struct docx_style **best;
};

static struct docx_style **best_of(const struct groups *groups, const struct docx_style *style)
{
    return &groups->best[(size_t)style->role * groups->levels + (size_t)style->level];
}

static struct groups choose_best(struct docx *docx)
{
    struct groups groups = { .levels = 1 };
    for (const struct docx_style *style = docx->first_style; style; style = style->next) {
        size_t level = (size_t)style->level;
        groups.levels = groups.levels > level ? groups.levels : level + 1;
    }
    groups.best = BRV_NEW_ARRAY(docx->arena, struct docx_style *, DOCX_ROLE_COUNT * groups.levels);
    for (struct docx_style *style = docx->first_style; style; style = style->next) {
        struct docx_style **slot = best_of(&groups, style);
        if (brv_docx_may_take_role(style) && (!*slot || brv_docx_is_better(style, *slot))) {
            *slot = style;
        }
    }
    return groups;
}

// The style that has the name which the sheet asks for, of all that it asks for by that name.
static struct docx_style **lead_of(struct docx *docx, const struct docx_style *style)
{
    return (struct docx_style **)brv_map_at(&docx->style_leads,
                                            brv_arena_lower(docx->arena, style->wanted));
}

// Of what a sheet calls a style Word may have to leave something out.
static void report_name(const struct docx *docx, const struct docx_style *style, brv_str name)
{
    if (!brv_str_equal(name, style->wanted)) {
        brv_report(docx->sink,
                   BRV_NOTE,
                   BRV_CODE_OUTPUT,
                   brv_span_none(),
                   "the style \"%" BRV_STR_F "\" is called \"%" BRV_STR_F
                   "\" in Word, whose names have at most %d bytes and no quotation marks, commas, "
                   "semicolons, braces and backslashes",
                   BRV_STR_ARG(style->wanted),
                   BRV_STR_ARG(name),
                   DOCX_NAME_LIMIT);
    }
}

static void choose_leads(struct docx *docx)
{
    for (struct docx_style *style = docx->first_style; style; style = style->next) {
        if (style->wanted.len == 0 || style->twin) {
            continue;
        }
        struct docx_style **lead = lead_of(docx, style);
        if (!*lead || style->level < (*lead)->level ||
            (style->level == (*lead)->level && brv_docx_is_better(style, *lead))) {
            *lead = style;
        }
    }
}

static bool is_lead(struct docx *docx, const struct docx_style *style)
{
    return style->wanted.len > 0 && *lead_of(docx, style) == style;
}

// Word leaves out the space between paragraphs of one style where a template says so: one of our
// own for the last item would tear its list apart.
static void take_over(struct docx_style *style, const struct docx_style *base)
{
    style->name = base->name;
    style->id = base->id;
    style->is_adopted = true;
    style->num = base->num;
    style->num_level = base->num_level;
}

// As those that are derived from it say it: the names of roles in capitals, those of a sheet as
// they are.
static brv_str shown_name(struct docx *docx, const struct docx_style *style)
{
    return style->wanted.len > 0
               ? style->name
               : brv_docx_capitalised(docx, brv_arena_cstr(docx->arena, style->name));
}

// The name that the sheet asks for, or that of a list which has it and begins anew.
static brv_str asked_name(struct docx *docx, const struct docx_style *style,
                          const struct docx_style *numbered)
{
    struct docx_style *lead = *lead_of(docx, style);
    if (lead != style && brv_docx_begins_anew(style, lead)) {
        return brv_docx_restart_name(docx, lead);
    }
    bool is_of_list = numbered && brv_str_equal(numbered->wanted, style->wanted);
    return is_of_list && numbered->name.len > 0 ? numbered->name : style->wanted;
}

// Whether a paragraph is as its base but for the space around and what goes with that: the first or
// the last of several.
static bool is_spaced(const struct docx_style *style, const struct docx_style *base)
{
    const struct docx_paragraph_format *own = &style->paragraph;
    const struct docx_paragraph_format *usual = &base->paragraph;
    bool may_be = (style->is_variant || brv_docx_is_levelled(style->role)) && !style->is_unnumbered;
    return may_be && memcmp(&own->run, &usual->run, sizeof own->run) == 0 &&
           own->left == usual->left && own->shade == usual->shade &&
           own->keep_next == usual->keep_next &&
           memcmp(own->borders, usual->borders, sizeof usual->borders) == 0;
}

// "Body Text Last".
static brv_str spaced_name(struct docx *docx, const struct docx_style *style,
                           const struct docx_style *base)
{
    bool is_before = style->paragraph.before > base->paragraph.before;
    return brv_arena_printf(docx->arena,
                            "%" BRV_STR_F " %s",
                            BRV_STR_ARG(shown_name(docx, base)),
                            is_before ? "First" : "Last");
}

// By where it stands, by what around it changes its look, else what its base is called.
static brv_str place_name(struct docx *docx, const struct docx_style *style,
                          const struct docx_style *base)
{
    brv_str name = base && brv_docx_is_column(style, base)
                       ? base->name
                       : brv_docx_context_name(docx, style->home);
    enum brv_kind around = style->is_odd && style->home
                               ? brv_docx_odd_kind(style->role, style->home->source)
                               : BRV_KIND_TEXT;
    if (name.len == 0 && around != BRV_KIND_TEXT && base) {
        brv_str usual =
            base->name.len > 0 ? base->name : role_name(docx, style->role, style->level);
        name = brv_docx_odd_name(docx, around, usual);
    }
    return name.len == 0 && base ? base->name : name;
}

static void name_paragraph_style(struct docx *docx, struct docx_style *style,
                                 struct docx_style *base)
{
    brv_str name = brv_docx_list_style_name(docx, style, base);
    if (name.len == 0 && base && is_spaced(style, base)) {
        if (base->is_adopted && brv_docx_template_is_joined(docx->template, base->id)) {
            take_over(style, base);
            return;
        }
        name = spaced_name(docx, style, base);
    }
    set_name(docx, style, name.len > 0 ? name : place_name(docx, style, base));
}

// Of a table or of text, which no sheet names.
static brv_str other_name(struct docx *docx, const struct docx_style *style)
{
    brv_str role = roles[style->role].name;
    if (style->fallback.len > 0) {
        return style->fallback;
    }
    if (style->home && style->home->style) {
        return brv_docx_joined_name(
            docx, shown_name(docx, style->home->style), brv_docx_capitalised(docx, role.ptr));
    }
    return style->is_odd ? BRV_S("Inner Table") : role;
}

// Names what has not the name of its role. It is based on what numbers it, else on `base`, but on
// what the sheet calls by the same name where there is that.
static void name_variant(struct docx *docx, struct docx_style *style, struct docx_style *base)
{
    bool is_paragraph = style->type == DOCX_PARAGRAPH_STYLE;
    bool has_number = style->num != NULL;
    struct docx_style *numbered = brv_docx_numbering_base(style);
    if (numbered && numbered->name.len == 0) { // it is called after this one
        name_variant(docx, numbered, base);
    }
    base = numbered ? numbered : base;
    const struct docx_run_format *normal = &docx->normal->paragraph.run;
    if (base && brv_docx_run_delta(normal, &base->paragraph.run).members & style->leaves) {
        base = NULL; // to set right what the base states is to state it
    }
    bool is_follower = is_paragraph && style->wanted.len > 0 && !numbered && !is_lead(docx, style);
    style->base = is_follower ? *lead_of(docx, style) : base;
    style->is_unnumbered = !has_number && brv_docx_is_numbered(style->base);
    if (is_paragraph && brv_docx_share_name(docx, style, style->base)) {
        return;
    }
    if (style->wanted.len > 0) {
        set_name(docx, style, asked_name(docx, style, numbered));
    } else if (is_paragraph) {
        name_paragraph_style(docx, style, base);
    } else {
        set_name(docx, style, other_name(docx, style));
    }
}

// Named when its twin is.
static void name_twin(struct docx *docx, struct docx_style *style)
{
    if (style->type != DOCX_PARAGRAPH_STYLE) {
        style->name = style->twin->name;
        style->id = style->twin->id;
        return;
    }
    style->base = style->twin;
    style->num = NULL; // that of its twin
    if (brv_docx_share_name(docx, style, style->twin)) {
        return;
    }
    set_name(docx, style, brv_docx_joined_name(docx, style->twin->name, BRV_S("Next")));
}

static void settle_hyphens(const struct docx *docx, struct docx_style *style)
{
    uint8_t *hyphens = &style->paragraph.no_hyphens;
    bool is_left_out =
        *hyphens == DOCX_NEVER_HYPHENS || (*hyphens == DOCX_OWN_HYPHENS && docx->has_hyphens);
    *hyphens = is_left_out ? DOCX_NEVER_HYPHENS : DOCX_AUTO_HYPHENS;
}

static void settle_all_hyphens(struct docx *docx)
{
    settle_hyphens(docx, docx->normal);
    for (struct docx_style *style = docx->first_style; style; style = style->next) {
        settle_hyphens(docx, style);
    }
}

// The names and ids that Word or the template has already.
static void take_known(struct docx *docx)
{
    static const char *const known[] = {
        "Normal", "Default Paragraph Font", "Normal Table", "No List"
    };
    docx->normal->name = docx->normal->id = BRV_S("Normal");
    if (docx->template) {
        brv_str normal = docx->template->normal_id;
        docx->normal->id = normal.len > 0 ? normal : docx->normal->id;
        for (const struct docx_dom *style = docx->template->styles->first; style;
             style = style->next) {
            brv_docx_take_id(docx, brv_docx_dom_value(style, "w:styleId"), docx->normal);
        }
    }
    for (size_t i = 0; i < BRV_COUNT(known); i++) {
        brv_str name = brv_str_from_cstr(known[i]);
        brv_docx_take_name(docx, name, docx->normal);
        brv_docx_take_id(docx, name, docx->normal);
    }
}

static void offer_numberings(struct docx *docx, const struct groups *groups)
{
    for (struct docx_style *style = docx->first_style; style; style = style->next) {
        if (!style->twin) {
            bool is_primary = *best_of(groups, style) == style || is_lead(docx, style);
            brv_docx_offer_numbering(style, is_primary, brv_docx_is_better);
        }
    }
}

static void name_roles(struct docx *docx, const struct groups *groups)
{
    for (struct docx_style *style = docx->first_style; style; style = style->next) {
        if (*best_of(groups, style) == style) {
            set_name(docx, style, role_name(docx, style->role, style->level));
        }
    }
}

static void name_by_role(struct docx *docx, const struct groups *groups, struct docx_style *style)
{
    struct docx_style *best = *best_of(groups, style);
    name_variant(docx, style, style->type == DOCX_PARAGRAPH_STYLE ? best : NULL);
}

static void name_leads(struct docx *docx, const struct groups *groups)
{
    for (struct docx_style *style = docx->first_style; style; style = style->next) {
        if (is_lead(docx, style) && style->name.len == 0) {
            report_name(docx, style, brv_docx_name_clean(docx, style->wanted));
            name_by_role(docx, groups, style);
        }
    }
}

// Names what is left of a type, twins last.
static void name_others(struct docx *docx, const struct groups *groups, enum docx_style_type type)
{
    for (struct docx_style *style = docx->first_style; style; style = style->next) {
        if (style->type == type && style->name.len == 0 && !style->twin) {
            name_by_role(docx, groups, style);
        }
    }
    for (struct docx_style *style = docx->first_style; style; style = style->next) {
        if (style->type == type && style->twin) {
            name_twin(docx, style);
        }
    }
}

void brv_docx_name_styles(struct docx *docx)
{
    brv_docx_share_styles(docx);
    settle_all_hyphens(docx);
    const struct groups groups = choose_best(docx);
    for (int role = DOCX_ROLE_HEADER; docx->template && role <= DOCX_ROLE_FOOTER; role++) {
        struct docx_style **slot = &groups.best[(size_t)role * groups.levels];
        *slot = *slot ? brv_docx_without_stops(docx, *slot) : NULL;
    }
    take_known(docx);
    choose_leads(docx);
    offer_numberings(docx, &groups);
    name_roles(docx, &groups);
    name_leads(docx, &groups); // before the others, which are told apart from them
    name_others(docx, &groups, DOCX_PARAGRAPH_STYLE);
    name_others(docx, &groups, DOCX_TABLE_STYLE);
    name_others(docx, &groups, DOCX_CHARACTER_STYLE); // which may be called after paragraphs
    brv_docx_base_characters(docx);
}
