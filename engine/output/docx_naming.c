// Brevier — one named style for each distinct format.
//
// A format is looked up by its bytes, its role and the name that the sheet asks for, so a style
// used a thousand times is found a thousand times. Names are given when all formats are known: the
// commonest style of a role takes Word's own name, the others are named by the sheet, by the
// selector of their rule or by where they stand, and are based on the first. All in order of first
// use, so the same document has the same styles.
// SPDX-License-Identifier: MIT
#include "output/docx_template.h"

static const struct {
    const char *name;
    enum docx_style_type type;
} roles[] = {
#define PARAGRAPH DOCX_PARAGRAPH_STYLE
#define CHARACTER DOCX_CHARACTER_STYLE
#define TABLE DOCX_TABLE_STYLE
#define ROLE(enumerator, type, name, priority, quick, builtin, follows) { name, type },
#include "output/docx_roles.def"
#undef ROLE
#undef PARAGRAPH
#undef CHARACTER
#undef TABLE
};

const char *brv_docx_role_name(enum docx_role role)
{
    return roles[role].name;
}

// ---- interning

struct style_key {
    uint64_t wanted;
    uint64_t fallback;
    uint32_t role;
    uint32_t level;
    uint32_t num;
    uint32_t num_level;
    struct docx_paragraph_format paragraph;
    struct docx_run_delta run;
    struct docx_table_format table;
};

static struct docx_style *intern(struct docx *docx, const struct docx_style *sample)
{
    struct style_key key;
    memset(&key, 0, sizeof key);
    key.wanted = brv_hash_str(sample->wanted);
    key.fallback = sample->type == DOCX_PARAGRAPH_STYLE ? 0 : brv_hash_str(sample->fallback);
    key.role = (uint32_t)sample->role;
    key.level = (uint32_t)sample->level;
    key.num = sample->num ? (uint32_t)sample->num->id : 0;
    key.num_level = (uint32_t)sample->num_level;
    memcpy(&key.paragraph, &sample->paragraph, sizeof key.paragraph);
    memcpy(&key.run, &sample->run, sizeof key.run);
    memcpy(&key.table, &sample->table, sizeof key.table);
    brv_str bytes = { (const char *)&key, sizeof key };
    struct docx_style *style = brv_map_find(&docx->style_index, bytes);
    if (style) {
        style->uses++;
        return style;
    }
    style = BRV_NEW(docx->arena, struct docx_style);
    *style = *sample;
    style->uses = 1;
    *brv_map_at(&docx->style_index, brv_arena_str(docx->arena, bytes)) = style;
    if (docx->last_style) {
        docx->last_style->next = style;
    } else {
        docx->first_style = style;
    }
    docx->last_style = style;
    return style;
}

struct docx_style *brv_docx_character_style(struct docx *docx, const struct docx_run_delta *delta,
                                            enum docx_role role, brv_str wanted, brv_str fallback,
                                            const struct docx_paragraph *home)
{
    struct docx_style sample = {
        .type = DOCX_CHARACTER_STYLE,
        .role = role,
        .wanted = wanted,
        .fallback = fallback,
        .home = home,
    };
    sample.run = *delta;
    return intern(docx, &sample);
}

// ---- which style a paragraph has

static bool is_levelled(enum docx_role role)
{
    return role == DOCX_ROLE_LIST_BULLET || role == DOCX_ROLE_LIST_NUMBER ||
           role == DOCX_ROLE_LIST_CONTINUE || role == DOCX_ROLE_LIST || role == DOCX_ROLE_TOC;
}

// A sheet that asks for one of Word's own names means the style that is for that.
static void take_wanted_role(struct docx_paragraph *paragraph)
{
    for (int role = DOCX_ROLE_TITLE; role < DOCX_ROLE_COUNT && paragraph->wanted.len > 0; role++) {
        if (roles[role].type == DOCX_PARAGRAPH_STYLE && !is_levelled((enum docx_role)role) &&
            brv_str_is_nocase(paragraph->wanted, roles[role].name)) {
            paragraph->role = (enum docx_role)role;
            paragraph->wanted = (brv_str){ 0 };
        }
    }
}

static void style_paragraph(struct docx *docx, struct docx_paragraph *paragraph)
{
    take_wanted_role(paragraph);
    struct docx_style sample = {
        .type = DOCX_PARAGRAPH_STYLE,
        .role = paragraph->role,
        .level = is_levelled(paragraph->role) ? paragraph->level : 0,
        .wanted = paragraph->wanted,
        .is_variant = paragraph->is_variant,
        .home = paragraph,
        .num = paragraph->num ? paragraph->num->abstract->first : NULL,
        .num_level = paragraph->num_level,
    };
    sample.paragraph = *paragraph->format;
    paragraph->style = intern(docx, &sample);
    paragraph->format = &paragraph->style->paragraph;
    paragraph->style->is_variant &= paragraph->is_variant;
}

static void style_table(struct docx *docx, struct docx_table *table)
{
    struct docx_style sample = {
        .type = DOCX_TABLE_STYLE,
        .role = table->is_box ? DOCX_ROLE_FRAME : DOCX_ROLE_TABLE,
        .wanted = table->source->style->brv_word_style,
    };
    brv_str name = brv_docx_name_from_selector(docx, table->source->selector);
    if (name.len > 0) {
        sample.fallback = brv_str_ends_with(name, BRV_S("Table")) || table->is_box
                              ? name
                              : brv_docx_joined_name(docx, name, BRV_S("Table"));
    }
    if (table->is_box) {
        table->format.body = table->first->first->format;
    }
    sample.table = table->format;
    table->style = intern(docx, &sample);
    for (struct docx_row *row = table->first; row; row = row->next) {
        for (struct docx_cell *cell = row->first; cell; cell = cell->next) {
            if (cell->flow) {
                brv_docx_style_flow(docx, cell->flow);
            }
        }
    }
}

void brv_docx_style_flow(struct docx *docx, struct docx_flow *flow)
{
    for (struct docx_block *block = flow->first; block; block = block->next) {
        if (block->paragraph) {
            style_paragraph(docx, block->paragraph);
        } else {
            style_table(docx, block->table);
        }
    }
}

// ---- naming

static brv_str folded(struct docx *docx, brv_str name)
{
    char *out = brv_arena_alloc(docx->arena, name.len);
    for (size_t i = 0; i < name.len; i++) {
        out[i] = brv_to_lower(name.ptr[i]);
    }
    return (brv_str){ out, name.len };
}

// "#heading1" of "Heading 1": ids are told from names by the sign, and from each other by letters
// and digits.
static brv_str id_key(struct docx *docx, brv_str id)
{
    char *out = brv_arena_alloc(docx->arena, id.len + 1);
    size_t len = 0;
    out[len++] = '#';
    for (size_t i = 0; i < id.len; i++) {
        char c = brv_to_lower(id.ptr[i]);
        if (brv_is_digit(c) || (c >= 'a' && c <= 'z')) {
            out[len++] = c;
        }
    }
    return (brv_str){ out, len };
}

static bool take(struct docx *docx, brv_str key, struct docx_style *style)
{
    void **slot = brv_map_at(&docx->style_names, key);
    if (*slot) {
        return false;
    }
    *slot = style;
    return true;
}

// "Heading1" from "heading 1": what Word itself would write.
static brv_str id_from_name(struct docx *docx, brv_str name)
{
    char *out = brv_arena_alloc(docx->arena, name.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        bool is_lower = c >= 'a' && c <= 'z';
        if (is_lower || (c >= 'A' && c <= 'Z') || brv_is_digit(c)) {
            bool is_start = i == 0 || name.ptr[i - 1] == ' ';
            out[len++] = is_start && is_lower ? (char)(c - 'a' + 'A') : c;
        }
    }
    bool is_toc = len == 4 && memcmp(out, "Toc", 3) == 0; // Word writes these in capitals
    if (is_toc) {
        memcpy(out, "TOC", 3);
    }
    return len > 0 ? (brv_str){ out, len } : BRV_S("Style");
}

// 1, 2, … for each key: a thousand equal names are not tried in turn.
static size_t next_try(struct docx *docx, brv_str key)
{
    void **slot = brv_map_at(&docx->style_tries, key);
    uintptr_t count = (uintptr_t)*slot + 1;
    *slot = (void *)count;
    return count;
}

// A style that a template has, too, is the template's.
static bool adopt(struct docx *docx, struct docx_style *style, brv_str name)
{
    brv_str id = docx->template ? brv_docx_template_style(docx->template, style->type, name)
                                : (brv_str){ 0 };
    if (id.len == 0 || !take(docx, folded(docx, name), style)) {
        return false;
    }
    style->name = name;
    style->id = id;
    style->is_adopted = true;
    brv_docx_adopt_numbering(docx, style);
    return true;
}

static void set_name(struct docx *docx, struct docx_style *style, brv_str wanted)
{
    brv_str base = brv_docx_name_clean(docx, wanted);
    if (base.len == 0) {
        base = brv_docx_capitalised(docx, roles[style->role].name);
    }
    if (adopt(docx, style, base)) {
        return;
    }
    brv_str name = base;
    while (!take(docx, folded(docx, name), style)) {
        name = brv_arena_printf(docx->arena,
                                "%" BRV_STR_F " Variant %zu",
                                BRV_STR_ARG(base),
                                next_try(docx, folded(docx, base)));
    }
    style->name = name;
    brv_str id = id_from_name(docx, name);
    style->id = id;
    while (!take(docx, id_key(docx, style->id), style)) {
        style->id = brv_arena_printf(
            docx->arena, "%" BRV_STR_F "V%zu", BRV_STR_ARG(id), next_try(docx, id_key(docx, id)));
    }
}

static brv_str role_name(struct docx *docx, enum docx_role role, int level)
{
    brv_str name = brv_str_from_cstr(roles[role].name);
    return level > 1 || role == DOCX_ROLE_TOC
               ? brv_arena_printf(docx->arena, "%" BRV_STR_F " %d", BRV_STR_ARG(name), level)
               : name;
}

// Roles with their levels in one flat table of the best style so far.
enum { LEVELS = DOCX_DEPTH_LIMIT + 2 };

static size_t group_of(const struct docx_style *style)
{
    size_t level = style->level < LEVELS ? (size_t)style->level : LEVELS - 1;
    return (size_t)style->role * LEVELS + level;
}

// In a frame, or under a rule that names a class: not what the role usually looks like.
static bool is_special(const struct docx_style *style)
{
    const struct docx_paragraph *home = style->home;
    if (!home || style->type != DOCX_PARAGRAPH_STYLE) {
        return false;
    }
    brv_str selector = home->source ? home->source->selector : (brv_str){ 0 };
    return home->place || brv_str_find_byte(selector, 0, '.') < selector.len ||
           brv_str_find_byte(selector, 0, '#') < selector.len;
}

static bool is_better(const struct docx_style *a, const struct docx_style *b)
{
    if (a->is_variant != b->is_variant) {
        return !a->is_variant;
    }
    bool a_is_special = is_special(a);
    bool b_is_special = is_special(b);
    return a_is_special != b_is_special ? !a_is_special : a->uses > b->uses;
}

static void name_variant(struct docx *docx, struct docx_style *style, struct docx_style *base)
{
    struct docx_style *numbered = brv_docx_numbering_base(style);
    base = numbered ? numbered : base;
    style->base = base;
    if (style->wanted.len > 0) {
        set_name(docx, style, style->wanted);
        return;
    }
    if (style->type == DOCX_PARAGRAPH_STYLE) {
        brv_str name = brv_docx_list_style_name(docx, style, base);
        if (name.len > 0) {
            set_name(docx, style, name);
            return;
        }
        bool is_spaced =
            (style->is_variant || is_levelled(style->role)) && base &&
            memcmp(&style->paragraph.run, &base->paragraph.run, sizeof style->paragraph.run) == 0 &&
            style->paragraph.left == base->paragraph.left &&
            style->paragraph.shade == base->paragraph.shade;
        if (is_spaced) {
            bool is_before = style->paragraph.before > base->paragraph.before;
            set_name(docx,
                     style,
                     brv_arena_printf(docx->arena,
                                      "%" BRV_STR_F " %s",
                                      BRV_STR_ARG(brv_docx_capitalised(
                                          docx, brv_arena_cstr(docx->arena, base->name))),
                                      is_before ? "First" : "Last"));
            return;
        }
        name = brv_docx_context_name(docx, style->home);
        set_name(docx, style, name.len > 0 ? name : base ? base->name : name);
        return;
    }
    if (style->fallback.len > 0) {
        set_name(docx, style, style->fallback);
    } else if (style->home && style->home->style) {
        set_name(docx,
                 style,
                 brv_docx_joined_name(docx,
                                      style->home->style->name,
                                      brv_docx_capitalised(docx, roles[style->role].name)));
    } else {
        set_name(docx, style, brv_str_from_cstr(roles[style->role].name));
    }
}

// Styles whose only name is the role's compete for it; those that the sheet names do not.
static bool may_take_role(const struct docx_style *style)
{
    if (style->wanted.len > 0) {
        return false;
    }
    if (style->type == DOCX_PARAGRAPH_STYLE) {
        return !style->home || !style->home->place || style->role != DOCX_ROLE_BODY;
    }
    if (style->type == DOCX_CHARACTER_STYLE) {
        return style->role != DOCX_ROLE_SPAN && style->fallback.len == 0;
    }
    return style->fallback.len == 0;
}

static void settle_hyphens(const struct docx *docx, struct docx_style *style)
{
    uint8_t *hyphens = &style->paragraph.no_hyphens;
    bool is_left_out =
        *hyphens == DOCX_NEVER_HYPHENS || (*hyphens == DOCX_OWN_HYPHENS && docx->has_hyphens);
    *hyphens = is_left_out ? DOCX_NEVER_HYPHENS : DOCX_AUTO_HYPHENS;
}

void brv_docx_name_styles(struct docx *docx)
{
    settle_hyphens(docx, docx->normal);
    for (struct docx_style *style = docx->first_style; style; style = style->next) {
        settle_hyphens(docx, style);
    }
    struct docx_style **best =
        BRV_NEW_ARRAY(docx->arena, struct docx_style *, (size_t)DOCX_ROLE_COUNT * LEVELS);
    for (struct docx_style *style = docx->first_style; style; style = style->next) {
        struct docx_style **slot = &best[group_of(style)];
        if (may_take_role(style) && (!*slot || is_better(style, *slot))) {
            *slot = style;
        }
    }
    docx->normal->name = docx->normal->id = BRV_S("Normal");
    if (docx->template) {
        brv_str normal = docx->template->normal_id;
        docx->normal->id = normal.len > 0 ? normal : docx->normal->id;
        for (const struct docx_dom *style = docx->template->styles->first; style;
             style = style->next) {
            take(docx, id_key(docx, brv_docx_dom_value(style, "w:styleId")), docx->normal);
        }
    }
    static const char *const taken[] = {
        "Normal", "Default Paragraph Font", "Normal Table", "No List"
    };
    for (size_t i = 0; i < BRV_COUNT(taken); i++) {
        brv_str name = brv_str_from_cstr(taken[i]);
        take(docx, folded(docx, name), docx->normal);
        take(docx, id_key(docx, name), docx->normal);
    }
    for (struct docx_style *style = docx->first_style; style; style = style->next) {
        brv_docx_offer_numbering(style, best[group_of(style)] == style, is_better);
    }
    for (struct docx_style *style = docx->first_style; style; style = style->next) {
        if (best[group_of(style)] == style) {
            set_name(docx, style, role_name(docx, style->role, style->level));
        }
    }
    static const enum docx_style_type order[] = { DOCX_PARAGRAPH_STYLE,
                                                  DOCX_TABLE_STYLE,
                                                  DOCX_CHARACTER_STYLE };
    for (size_t i = 0; i < BRV_COUNT(order);
         i++) { // character styles may be named after paragraphs
        for (struct docx_style *style = docx->first_style; style; style = style->next) {
            if (style->type == order[i] && style->name.len == 0) {
                struct docx_style *base = best[group_of(style)];
                name_variant(docx, style, style->type == DOCX_PARAGRAPH_STYLE ? base : NULL);
            }
        }
    }
}
