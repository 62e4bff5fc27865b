// Brevier — what the pieces of the sheets say, of which bearing.c tells those that bear.
// SPDX-License-Identifier: MIT
#include "style/bearing_piece.h"

struct saying {
    brv_style_saying_fn *say;
    void *user;
};

static void say(const struct saying *saying, brv_str text)
{
    saying->say(saying->user, text, NULL);
}

static void say_number(const struct saying *saying, uint64_t number)
{
    say(saying, (brv_str){ (const char *)&number, sizeof number });
}

// The files that a text of a sheet names.
static void say_files(const struct saying *saying, brv_str text, brv_str sheet)
{
    if (brv_str_find_byte(text, 0, '(') == text.len)
        return;
    struct brv_arena *arena = brv_arena_new();
    struct brv_css_range all = brv_css_tokenize(arena, text);
    for (const struct brv_css_token *token = all.at; token < all.end; token++) {
        const struct brv_css_token *path = brv_css_url_token(token);
        const struct brv_url url = { .path = path ? path->text : (brv_str){ 0 }, .sheet = sheet };
        if (path && !brv_str_starts_with(path->text, BRV_S("data:")))
            saying->say(saying->user, path->text, &url);
    }
    brv_arena_free(arena);
}

static void say_declaration(const struct brv_stylesheets *sheets, const struct saying *saying,
                            const struct brv_css_declaration *declaration)
{
    struct brv_span span = brv_css_declaration_span(sheets, declaration);
    say_number(saying, declaration->id);
    say_number(saying, declaration->is_important);
    say(saying, brv_span_text(span));
    say_files(saying, brv_span_text(span), span.source->name);
}

// The variables of a block are pieces of their own.
static void say_block(const struct brv_stylesheets *sheets, const struct saying *saying,
                      const struct brv_css_block *block)
{
    for (; block; block = block->next) {
        for (size_t i = 0; i < block->count; i++)
            if (!brv_css_is_custom(&block->items[i]))
                say_declaration(sheets, saying, &block->items[i]);
        say_number(saying, UINT64_MAX);
    }
}

// Layers count by their order among those that are left; where there are any, so does the place
// of a rule, which then decides between selectors of different layers.
static void say_entry(const struct brv_stylesheets *sheets, const struct saying *saying,
                      const struct brv_css_entry *entry)
{
    const bool has_layers = sheets->layers[BRV_ORIGIN_AUTHOR].first != NULL;
    say_number(saying, entry->group->origin);
    say_number(saying, has_layers ? entry->group->layer->order : 0);
    say_number(saying, has_layers ? entry->order : 0);
    say(saying, entry->selector->text);
    say_block(sheets, saying, entry->block);
}

static void say_page(const struct brv_stylesheets *sheets, const struct saying *saying,
                     const struct brv_css_page_rule *page)
{
    const float size[] = { page->width_pt, page->height_pt };
    say_number(saying, page->origin);
    say_number(saying, page->layer->order);
    say_number(saying, page->specificity);
    say_number(saying, page->conditions);
    say(saying, page->name);
    say_number(saying, page->has_size + 2u * page->size_is_important);
    say(saying, (brv_str){ (const char *)size, page->has_size ? sizeof size : 0 });
    say_block(sheets, saying, page->block);
    for (size_t box = 0; box < BRV_BOX_COUNT; box++)
        say_block(sheets, saying, page->boxes[box]);
}

static void say_faces(const struct brv_stylesheets *sheets, const struct saying *saying)
{
    for (size_t i = 0; i < sheets->face_count; i++) {
        const struct brv_font_face *face = &sheets->faces[i];
        say(saying, face->family);
        say_number(saying, (uint64_t)face->weight);
        say_number(saying, face->style);
        say(saying, (brv_str){ (const char *)&face->stretch_percent, sizeof(float) });
        for (size_t k = 0; k < face->source_count; k++) {
            const struct brv_font_source *source = &face->sources[k];
            const struct brv_url url = { .path = source->value, .sheet = face->span.source->name };
            say_number(saying, source->is_local);
            saying->say(saying->user, source->value, source->is_local ? NULL : &url);
        }
    }
}

// All there is.
static void say_texts(const struct brv_stylesheets *sheets, const struct saying *saying)
{
    for (size_t i = 0; i < sheets->file_count; i++) {
        say(saying, sheets->files[i]->text);
        say_files(saying, sheets->files[i]->text, sheets->files[i]->name);
    }
}

size_t brv_stylesheets_piece_count(const struct brv_stylesheets *sheets)
{
    return brv_piece_first_variable(sheets) + sheets->declaration_count;
}

void brv_stylesheets_say(const struct brv_stylesheets *sheets, const struct brv_style_piece *piece,
                         brv_style_saying_fn *say_text, void *user)
{
    const struct saying saying = { say_text, user };
    if (piece->number >= brv_piece_first_variable(sheets))
        say_declaration(sheets, &saying, piece->what);
    else if (piece->number >= brv_piece_first_entry(sheets))
        say_entry(sheets, &saying, piece->what);
    else if (piece->number >= BRV_PIECE_PAGES)
        say_page(sheets, &saying, piece->what);
    else if (piece->number == BRV_PIECE_FACES)
        say_faces(sheets, &saying);
    else if (piece->number == BRV_PIECE_TEXTS)
        say_texts(sheets, &saying);
}
