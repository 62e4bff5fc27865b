// Brevier — one style for each distinct format.
//
// A format is looked up by its bytes, its role and the name that the sheet asks for, so a style
// used a thousand times is found a thousand times.
// SPDX-License-Identifier: MIT
#include "output/docx_build.h"
#include "output/docx_naming.h"

// ---- interning

// Neither Word nor LibreOffice joins frames of different indents; LibreOffice fills what is between
// two of one colour.
enum { HAIR_TWIPS = 1, HAIR_BLUE = 1 };

struct style_key {
    uint64_t wanted;
    uint64_t fallback;
    uint32_t type;
    uint32_t role;
    uint32_t level;
    uint32_t num;
    uint32_t num_level;
    uint32_t is_twin;
    union { // by type
        struct docx_paragraph_format paragraph;
        struct docx_run_delta run;
        struct docx_table_format table;
    };
};

// The bytes of `key` that tell a style, which it fills in.
static brv_str style_key(struct style_key *key, const struct docx_style *sample)
{
    key->wanted = brv_hash_str(sample->wanted);
    key->fallback = sample->type == DOCX_PARAGRAPH_STYLE ? 0 : brv_hash_str(sample->fallback);
    key->type = (uint32_t)sample->type;
    key->role = (uint32_t)sample->role;
    key->level = (uint32_t)sample->level;
    key->num = sample->num ? (uint32_t)sample->num->id : 0;
    key->num_level = (uint32_t)sample->num_level;
    key->is_twin = sample->twin != NULL;
    size_t len = offsetof(struct style_key, paragraph);
    switch (sample->type) {
    case DOCX_PARAGRAPH_STYLE:
        key->paragraph = sample->paragraph;
        len += sizeof key->paragraph;
        break;
    case DOCX_CHARACTER_STYLE:
        key->run = sample->run;
        len += sizeof key->run;
        break;
    case DOCX_TABLE_STYLE:
        key->table = sample->table;
        len += sizeof key->table;
        break;
    }
    return (brv_str){ (const char *)key, len };
}

struct docx_style *brv_docx_find_style(const struct docx *docx, const struct docx_style *sample)
{
    struct style_key key;
    return brv_map_find(&docx->style_index, style_key(&key, sample));
}

static struct docx_style *intern(struct docx *docx, const struct docx_style *sample)
{
    struct style_key key;
    brv_str bytes = style_key(&key, sample);
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
    // In a style of text these switch what the paragraph has: on and off is one look of the style.
    struct docx_run_format *format = &sample.run.format;
    format->bold = (delta->members & DOCX_RUN_BOLD) != 0;
    format->italic = (delta->members & DOCX_RUN_ITALIC) != 0;
    format->caps = (delta->members & DOCX_RUN_CAPS) != 0;
    format->small_caps = (delta->members & DOCX_RUN_SMALL_CAPS) != 0;
    format->strike = (delta->members & DOCX_RUN_STRIKE) != 0;
    return intern(docx, &sample);
}

// ---- which style a paragraph has

bool brv_docx_is_levelled(enum docx_role role)
{
    return role == DOCX_ROLE_LIST_BULLET || role == DOCX_ROLE_LIST_NUMBER ||
           role == DOCX_ROLE_LIST_CONTINUE || role == DOCX_ROLE_LIST || role == DOCX_ROLE_TOC;
}

// A sheet that asks for one of Word's own names means the style that is for that.
static void take_wanted_role(struct docx_paragraph *paragraph)
{
    for (int role = DOCX_ROLE_TITLE; role < DOCX_ROLE_COUNT && paragraph->wanted.len > 0; role++) {
        if (brv_docx_role_type((enum docx_role)role) == DOCX_PARAGRAPH_STYLE &&
            !brv_docx_is_levelled((enum docx_role)role) &&
            brv_str_is_nocase(paragraph->wanted, brv_docx_role_name((enum docx_role)role))) {
            paragraph->role = (enum docx_role)role;
            paragraph->wanted = (brv_str){ 0 };
        }
    }
}

void brv_docx_settle_wanted(struct docx *docx, struct docx_paragraph *paragraph)
{
    bool may_be_any = paragraph->wanted.len > 0 && paragraph->role != DOCX_ROLE_BODY &&
                      paragraph->source && brv_docx_kind(paragraph->source) == BRV_KIND_P;
    if (may_be_any && brv_str_equal(paragraph->wanted, brv_docx_plain_name(docx))) {
        paragraph->wanted = paragraph->wanted_around;
    }
    take_wanted_role(paragraph);
}

// A style is odd until something plain has it.
static struct docx_style *intern_source(struct docx *docx, struct docx_style *sample, bool is_odd)
{
    sample->is_odd = true;
    struct docx_style *style = intern(docx, sample);
    if (style->is_odd && !brv_docx_is_task(style) && !is_odd) {
        style->is_odd = false;
        style->home = sample->home;
    }
    return style;
}

static void style_paragraph(struct docx *docx, struct docx_paragraph *paragraph)
{
    brv_docx_settle_wanted(docx, paragraph);
    docx->direct_count += paragraph->num && !brv_docx_is_numbered_by_style(paragraph);
    struct docx_style sample = {
        .type = DOCX_PARAGRAPH_STYLE,
        .role = paragraph->role,
        .level = brv_docx_is_levelled(paragraph->role) ? paragraph->level : 0,
        .wanted = paragraph->wanted,
        .is_variant = paragraph->is_variant,
        .home = paragraph,
        .num = paragraph->num ? paragraph->num->abstract->first : NULL,
        .num_level = paragraph->num_level,
    };
    sample.paragraph = *paragraph->format;
    // What its table sets apart names no style, if anything else has it, too.
    bool is_set_apart = paragraph->role == DOCX_ROLE_TABLE_TEXT && paragraph->leaves != 0;
    bool is_odd = is_set_apart || brv_docx_is_odd(sample.role, paragraph->source);
    paragraph->style = intern_source(docx, &sample, is_odd);
    paragraph->style->is_variant &= paragraph->is_variant;
    paragraph->style->leaves |= paragraph->leaves;
    if (paragraph->is_next) {
        sample.twin = paragraph->style;
        sample.paragraph.right += HAIR_TWIPS;
        if (sample.paragraph.shade != DOCX_NO_COLOR) {
            sample.paragraph.shade ^= HAIR_BLUE;
        }
        paragraph->style = intern(docx, &sample);
    }
    paragraph->style->sets_string |= paragraph->sets_string;
    paragraph->format = &paragraph->style->paragraph;
}

static void style_table(struct docx *docx, struct docx_table *table)
{
    struct docx_style sample = {
        .type = DOCX_TABLE_STYLE,
        .role = table->is_box ? DOCX_ROLE_FRAME : DOCX_ROLE_TABLE,
        .wanted = table->is_box ? (brv_str){ 0 } : table->source->style->brv_word_style,
    };
    brv_str asked = table->is_box ? table->source->style->brv_word_style : (brv_str){ 0 };
    brv_str name =
        asked.len > 0 ? asked : brv_docx_name_from_selector(docx, table->source->selector);
    if (name.len == 0 && !table->is_box) {
        name = brv_docx_name_from_cells(docx, table);
    }
    if (name.len == 0 && table->label) {
        sample.fallback = brv_str_from_cstr(table->label);
    }
    if (name.len > 0) { // the paragraphs in a box have its own name
        const char *noun = asked.len > 0 ? "Frame" : table->is_box ? "" : "Table";
        sample.fallback = *noun ? brv_docx_joined_name(docx, name, brv_str_from_cstr(noun)) : name;
    }
    if (table->is_box) {
        table->format.body = table->first->first->format;
    }
    sample.table = table->format;
    table->style = intern_source(docx, &sample, brv_docx_is_odd(sample.role, table->source));
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
    brv_docx_part_neighbours(flow);
    for (struct docx_block *block = flow->first; block; block = block->next) {
        if (block->paragraph) {
            style_paragraph(docx, block->paragraph);
        } else {
            style_table(docx, block->table);
        }
    }
}
