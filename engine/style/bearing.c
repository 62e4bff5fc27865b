// Brevier — what of the sheets bears on an output.
//
// Who keeps outputs wants to know whether other sheets would have made them otherwise, without
// making them. While a document is styled, the sheets note what is asked of them: for which media,
// kinds and classes of elements, and for which variables by name. A rule whose selector wants a
// kind or a class that no element had cannot have matched, and will not; a variable without var()
// in it that no rule asks for which may have matched bears on nothing. The rest does, as far as is
// known here: ids, attributes and places among siblings are taken as met, and pages, fonts and
// counter styles count whole.
//
// So every element is to pass brv_cascade_match() in every document that shows it: what is kept
// from one document to the next is kept behind that. Elements of one site have the same kind and
// classes, and the first of them in a document speaks for all.
//
// What is told are pieces: the rule of a selector, a variable's value, a page. A piece says the
// text of its declarations and selector, with all that orders it: origin, layer and appearance, as
// far as they tell apart what is left. It says so whoever is told of it, so of many documents each
// of which asks for something else, every piece is read once.
// SPDX-License-Identifier: MIT
#include "style/bearing_piece.h"
#include "style/counter_style.h"

#include <stdlib.h>

enum {
    // The matcher counts its steps and gives up at a limit, which rules that match nothing bring
    // nearer as well. From so many on it is not said any more that they bear on nothing.
    MANY_ENTRIES = 2000,
    MANY_STEPS = 100000,
    MANY_WORDS = 200,
};

struct brv_style_use {
    struct brv_arena *arena;
    unsigned media;
    bool is_heavy; // too much for words, or for being sure
    bool has_kind[BRV_KIND_COUNT];
    struct brv_map classes;
    struct brv_map variables;
    brv_str *words; // both, as ".class" and "--name"
    size_t word_count;
    size_t word_capacity;
};

static const char *const media_words[BRV_MEDIA_COUNT] = {
    [BRV_MEDIA_PDF] = "@pdf",
    [BRV_MEDIA_DOCX] = "@docx",
    [BRV_MEDIA_TEXT] = "@text",
};
#define HEAVY_WORD "@all"

// ---- noting

static void note_word(struct brv_style_use *use, struct brv_map *known, const char *before,
                      brv_str name)
{
    if (brv_map_find(known, name))
        return;
    if (use->word_count == MANY_WORDS) {
        use->is_heavy = true;
        return;
    }
    struct brv_buf *word = brv_buf_new_in(use->arena);
    brv_buf_add_cstr(word, before);
    brv_buf_add_str(word, name);
    *brv_map_at(known, brv_str_from(brv_buf_str(word), strlen(before))) = use;
    BRV_PUSH(use->arena, use->words, use->word_count, use->word_capacity) = brv_buf_str(word);
}

void brv_style_use_steps(struct brv_style_use *use, uint64_t steps)
{
    use->is_heavy |= steps > MANY_STEPS;
}

void brv_style_use_element(struct brv_style_use *use, unsigned medium, const struct brv_node *node)
{
    use->media |= medium;
    use->has_kind[node->kind] = true;
    for (size_t i = 0; i < node->class_count; i++)
        note_word(use, &use->classes, ".", node->classes[i]);
}

void brv_style_use_variable(struct brv_style_use *use, brv_str name)
{
    bool is_word = brv_str_starts_with(name, BRV_S("--"));
    for (size_t i = 0; i < name.len; i++)
        is_word &= !brv_is_space(name.ptr[i]);
    if (is_word)
        note_word(use, &use->variables, "", name);
    else
        use->is_heavy = true;
}

struct brv_style_use *brv_style_use_new(struct brv_arena *arena)
{
    struct brv_style_use *use = BRV_NEW(arena, struct brv_style_use);
    use->arena = use->classes.arena = use->variables.arena = arena;
    return use;
}

void brv_stylesheets_watch(struct brv_stylesheets *sheets, struct brv_style_use *use)
{
    sheets->use = use;
}

static int compare_words(const void *a, const void *b)
{
    return brv_str_compare(*(const brv_str *)a, *(const brv_str *)b);
}

static void add_word(struct brv_buf *out, brv_str word)
{
    if (out->len > 0)
        brv_buf_add_byte(out, ' ');
    brv_buf_add_str(out, word);
}

void brv_style_use_print(const struct brv_style_use *use, struct brv_buf *out)
{
    for (size_t i = 0; i < BRV_MEDIA_COUNT; i++)
        if (use->media & 1u << i)
            add_word(out, brv_str_from_cstr(media_words[i]));
    if (use->is_heavy) {
        add_word(out, BRV_S(HEAVY_WORD));
        return;
    }
    for (size_t i = 0; i < BRV_KIND_COUNT; i++)
        if (use->has_kind[i])
            add_word(out, brv_str_from_cstr(brv_kind_name((enum brv_kind)i)));
    // Kinds have an order of their own; of words the document's is not to show.
    if (use->word_count > 1)
        qsort(use->words, use->word_count, sizeof *use->words, compare_words);
    for (size_t i = 0; i < use->word_count; i++)
        add_word(out, use->words[i]);
}

// ---- what may match

static void read_word(struct brv_style_use *use, brv_str word)
{
    enum brv_kind kind;
    for (size_t i = 0; i < BRV_MEDIA_COUNT; i++)
        if (brv_str_is(word, media_words[i]))
            use->media |= 1u << i;
    if (brv_str_starts_with(word, BRV_S("--")))
        brv_style_use_variable(use, word);
    else if (brv_str_starts_with(word, BRV_S(".")))
        note_word(use, &use->classes, ".", brv_str_from(word, 1));
    else if (brv_kind_from_name(word, &kind))
        use->has_kind[kind] = true;
    use->is_heavy |= brv_str_is(word, HEAVY_WORD);
}

static bool may_match(const struct brv_style_use *use, const struct brv_css_selector *selector)
{
    for (size_t c = 0; c < selector->count; c++) {
        const struct brv_css_compound *compound = &selector->compounds[c];
        for (size_t i = 0; i < compound->count; i++) {
            const struct brv_css_simple *simple = &compound->items[i];
            if (simple->kind == BRV_SIMPLE_UNKNOWN_TYPE ||
                (simple->kind == BRV_SIMPLE_TYPE && !use->has_kind[simple->element]) ||
                (simple->kind == BRV_SIMPLE_CLASS && !brv_map_find(&use->classes, simple->name)))
                return false;
        }
    }
    return true;
}

// ---- telling

struct telling {
    const struct brv_stylesheets *sheets;
    struct brv_style_use *use;
    bool *is_wanted; // custom properties, by number
    brv_style_bearing_fn *tell;
    void *user;
};

static void tell(const struct telling *telling, size_t number, uint64_t way, const void *what)
{
    telling->tell(telling->user, &(struct brv_style_piece){ number, way, what });
}

// A variable that nobody asks for.
static bool is_idle(const struct telling *telling, const struct brv_css_declaration *declaration)
{
    return brv_css_is_custom(declaration) && !telling->is_wanted[declaration->custom];
}

static void want_variables(const struct telling *telling, const struct brv_css_block *block)
{
    uint32_t id;
    for (; block; block = block->next) {
        for (size_t i = 0; i < block->count; i++) {
            const struct brv_css_declaration *declaration = &block->items[i];
            if (declaration->value.kind != BRV_CSS_PENDING)
                continue;
            const struct brv_css_range range = declaration->value.pending;
            for (const struct brv_css_token *t = range.at; t < range.end; t++) {
                if (!brv_css_is_function(t, "var"))
                    continue;
                if (brv_css_is_custom(declaration)) // it may be at fault, asked for or not
                    telling->is_wanted[declaration->custom] = true;
                struct brv_css_range inside = brv_css_skip_space(brv_css_inside(t));
                if (brv_css_at(inside, BRV_CSS_IDENT) &&
                    brv_css_custom_find(telling->sheets, inside.at->text, &id))
                    telling->is_wanted[id] = true;
            }
        }
    }
}

// `place`: of the block, where it is one of several.
static void tell_variables(const struct telling *telling, const struct brv_css_block *block,
                           uint64_t place)
{
    for (; block; block = block->next) {
        for (size_t i = 0; i < block->count; i++) {
            const struct brv_css_declaration *declaration = &block->items[i];
            if (brv_css_is_custom(declaration) && !is_idle(telling, declaration))
                tell(telling,
                     brv_piece_first_variable(telling->sheets) + declaration->serial,
                     place,
                     declaration);
        }
    }
}

static bool is_empty(const struct telling *telling, const struct brv_css_block *block)
{
    for (size_t i = 0; i < block->count; i++)
        if (!is_idle(telling, &block->items[i]))
            return false;
    return true;
}

static void tell_rules(const struct telling *telling)
{
    const struct brv_stylesheets *sheets = telling->sheets;
    bool *bears = BRV_NEW_ARRAY(telling->use->arena, bool, sheets->entry_count);
    for (size_t i = 0; i < sheets->entry_count; i++) {
        const struct brv_css_entry *entry = &sheets->entries[i];
        bears[i] =
            (entry->group->media & telling->use->media) && may_match(telling->use, entry->selector);
        if (bears[i])
            want_variables(telling, entry->block);
    }
    for (size_t i = 0; i < sheets->entry_count; i++) {
        const struct brv_css_entry *entry = &sheets->entries[i];
        if (!bears[i] || is_empty(telling, entry->block))
            continue;
        tell(telling,
             brv_piece_first_entry(sheets) + i,
             entry->group->media & telling->use->media,
             entry);
        tell_variables(telling, entry->block, 0);
    }
}

static void tell_pages(const struct telling *telling)
{
    const struct brv_stylesheets *sheets = telling->sheets;
    for (size_t i = 0; i < sheets->page_count; i++) {
        const struct brv_css_page_rule *page = &sheets->pages[i];
        if (!(page->media & telling->use->media))
            continue;
        tell(telling, BRV_PIECE_PAGES + i, page->media & telling->use->media, page);
        tell_variables(telling, page->block, 0);
        for (size_t box = 0; box < BRV_BOX_COUNT; box++)
            tell_variables(telling, page->boxes[box], box + 1);
    }
}

static bool defines_counters(const struct brv_stylesheets *sheets)
{
    for (const struct brv_counter_style *style = sheets->counter_styles->first; style;
         style = style->next)
        if (style->is_defined && !style->is_anonymous)
            return true;
    return false;
}

void brv_stylesheets_bearing(const struct brv_stylesheets *sheets, brv_str use,
                             brv_style_bearing_fn *tell_piece, void *user)
{
    struct brv_arena *arena = brv_arena_new();
    struct telling telling = {
        .sheets = sheets,
        .use = brv_style_use_new(arena),
        .is_wanted = BRV_NEW_ARRAY(arena, bool, sheets->custom_count),
        .tell = tell_piece,
        .user = user,
    };
    brv_str word;
    uint32_t id;
    while (brv_str_next_word(&use, &word))
        read_word(telling.use, word);
    for (size_t i = 0; i < telling.use->word_count; i++)
        if (brv_css_custom_find(sheets, telling.use->words[i], &id))
            telling.is_wanted[id] = true;
    // Styles of sections are asked for only where a rule names a plugin.
    tell(&telling, BRV_PIECE_SET, sheets->has_renderers, NULL);
    if (telling.use->is_heavy || sheets->entry_count > MANY_ENTRIES || sheets->images->is_full ||
        defines_counters(sheets)) {
        tell(&telling, BRV_PIECE_TEXTS, 0, NULL);
    } else {
        for (size_t i = 0; i < sheets->page_count; i++) {
            want_variables(&telling, sheets->pages[i].block);
            for (size_t box = 0; box < BRV_BOX_COUNT; box++)
                want_variables(&telling, sheets->pages[i].boxes[box]);
        }
        tell_rules(&telling);
        tell_pages(&telling);
        if (telling.use->media & BRV_MEDIUM_PDF)
            tell(&telling, BRV_PIECE_FACES, 0, NULL);
    }
    brv_arena_free(arena);
}
