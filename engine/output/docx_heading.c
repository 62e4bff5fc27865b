// Brevier — numbers of headings.
//
// A sheet numbers headings by counters in their ::before: "2.1 ". In Word the levels of one list
// do, which the styles of headings carry; then the navigation pane shows numbers, references find
// them, and a heading that is typed in between counts. The style of a first heading carries the
// first level, that of a second one the second, whether or not the levels above have numbers.
//
// Whether Word would count as the sheet has counted is found out by counting along. All headings
// are gone through before anything is built, and a list of which one number would differ leaves all
// of its numbers in the text: where a chapter stands between that has none, where a counter goes by
// twos. Of a level two guesses are made, that it begins anew after each heading above, and that it
// goes on; one that has held to the end is what Word is told.
// SPDX-License-Identifier: MIT
#include "output/docx_build.h"

enum { LEVELS = DOCX_LIST_LEVELS, SAME_LETTERS_MAX = 27 };

// A counter in what stands before a heading, and the words before it.
struct piece {
    brv_str words;
    brv_str counter;
    enum brv_list_style style;
    bool is_outer; // of counters(), and not the last: the number of the next heading above
    brv_str shown;
};

struct label {
    struct piece pieces[LEVELS];
    size_t count;            // at least one; the last is the heading's own
    brv_str words;           // behind it
    bool is_nested;          // of counters(), as deep as the sections around
    struct docx_level level; // its text follows when the list is known
};

// Where a level stands while Word's counting is tried.
struct level_count {
    brv_str counter;
    int value;
    bool is_begun; // since the last heading above
    bool restarts, goes_on;
};

struct docx_heading_list {
    struct docx_heading_list *next;
    struct docx_level levels[LEVELS];
    bool is_set[LEVELS];
    struct level_count counts[LEVELS];
    bool is_wrong;                  // Word would count otherwise
    struct docx_abstract *abstract; // once it is known to be right
};

struct heading {
    struct heading *next;
    const struct brv_styled *element;
    struct docx_heading_list *list;
};

struct numbering {
    struct docx *docx;
    bool is_sample; // headings that the document has not: nothing to count
    struct docx_heading_list *last;
    struct heading *first;
    struct heading **end;
};

// ---- what stands before a heading

static bool is_number(enum brv_list_style style)
{
    return style == BRV_LIST_DECIMAL || style == BRV_LIST_DECIMAL_LEADING_ZERO ||
           style == BRV_LIST_LOWER_ALPHA || style == BRV_LIST_UPPER_ALPHA ||
           style == BRV_LIST_LOWER_ROMAN || style == BRV_LIST_UPPER_ROMAN;
}

// Takes the numbers of counter() or counters() from the text that was made of it.
static bool read_numbers(struct label *label, const struct brv_content_item *item, brv_str text)
{
    bool is_nested = item->kind == BRV_CONTENT_COUNTERS;
    if (item->counter_style || !is_number(item->style) || (is_nested && item->separator.len == 0)) {
        return false;
    }
    brv_str words = label->words;
    for (size_t from = 0; from <= text.len && label->count < LEVELS;) {
        size_t at = is_nested ? brv_str_find(text, from, item->separator) : text.len;
        label->pieces[label->count++] = (struct piece){
            .words = words,
            .counter = item->text,
            .style = item->style,
            .is_outer = at < text.len,
            .shown = brv_str_slice(text, from, at),
        };
        words = item->separator;
        from = at < text.len ? at + item->separator.len : text.len + 1;
    }
    label->words = (brv_str){ 0 };
    label->is_nested |= is_nested;
    return true;
}

// Whether Word can show it before the text of a heading, in the looks of a number.
static bool is_plain(const struct brv_style *style)
{
    return style->display == BRV_DISPLAY_INLINE && style->content.keyword == BRV_CONTENT_SET &&
           brv_docx_rgb(style->background_color) == DOCX_NO_COLOR &&
           brv_docx_inline_border(style).style == BRV_BORDER_NONE &&
           style->text_decoration_line == 0 && style->vertical_align != BRV_VERTICAL_SUB &&
           style->vertical_align != BRV_VERTICAL_SUPER &&
           style->text_transform != BRV_TRANSFORM_LOWERCASE &&
           style->text_transform != BRV_TRANSFORM_CAPITALIZE &&
           (style->white_space == BRV_SPACE_NORMAL || style->white_space == BRV_SPACE_NOWRAP);
}

// False for anything but words and numbers.
static bool read_label(struct docx *docx, const struct brv_styled *before, struct label *label)
{
    memset(label, 0, sizeof *label);
    const struct brv_content_list *content = &before->style->content;
    const struct brv_styled *child = before->first;
    for (uint32_t i = 0; i < content->count; i++) {
        const struct brv_content_item *item = &content->items[i];
        if (item->kind == BRV_CONTENT_STRING && item->text.len == 0) {
            continue; // which no text was made of
        }
        if (!child || child->kind != BRV_STYLED_TEXT) {
            return false;
        }
        if (item->kind == BRV_CONTENT_STRING) {
            label->words = brv_arena_printf(docx->arena,
                                            "%" BRV_STR_F "%" BRV_STR_F,
                                            BRV_STR_ARG(label->words),
                                            BRV_STR_ARG(item->text));
        } else if ((item->kind != BRV_CONTENT_COUNTER && item->kind != BRV_CONTENT_COUNTERS) ||
                   !read_numbers(label, item, child->text)) {
            return false;
        }
        child = child->next;
    }
    return label->count > 0 && !child;
}

// The looks of the number beside the heading's, and what parts them.
static void read_looks(struct docx *docx, const struct brv_styled *heading,
                       const struct brv_styled *before, struct label *label)
{
    const struct brv_style *style = before->style;
    struct docx_run_format around = brv_docx_run_format(docx, heading->style);
    struct docx_run_format own = brv_docx_run_format(docx, style);
    label->level.run = brv_docx_run_delta(&around, &own);
    label->level.style = label->pieces[label->count - 1].style;
    bool is_apart = brv_docx_margin_pt(style, DOCX_RIGHT, 0) > 0 ||
                    brv_docx_padding_pt(style, DOCX_RIGHT, 0) > 0;
    label->level.suffix = is_apart ? DOCX_SUFFIX_SPACE : DOCX_SUFFIX_NONE;
}

// ---- a level of a list

static int level_above(const struct docx_heading_list *list, int at, const struct piece *piece)
{
    do {
        at--;
    } while (at >= 0 &&
             (!list->is_set[at] ||
              (!piece->is_outer && !brv_str_equal(list->counts[at].counter, piece->counter))));
    return at;
}

// The levels whose numbers the pieces are; false when one is no level's above.
static bool find_levels(const struct docx_heading_list *list, const struct label *label, int own,
                        int levels[LEVELS])
{
    int at = own;
    for (size_t i = label->count - 1; i > 0; i--) {
        const struct piece *piece = &label->pieces[i - 1];
        at = level_above(list, at, piece);
        if (at < 0) {
            return false;
        }
        levels[i - 1] = at;
    }
    levels[label->count - 1] = own;
    return true;
}

// White space collapses, and there is none at the start.
static bool add_words(struct brv_buf *out, brv_str words)
{
    for (size_t i = 0; i < words.len; i++) {
        bool is_space = brv_is_space(words.ptr[i]);
        if (!is_space) {
            brv_buf_add_byte(out, words.ptr[i]);
        } else if (out->len > 0 && out->ptr[out->len - 1] != ' ') {
            brv_buf_add_byte(out, ' ');
        }
    }
    return brv_str_find_byte(words, 0, '%') == words.len; // which begins a number in Word
}

// "%1.%2", with the space behind it as Word has it.
static bool write_text(struct docx *docx, struct label *label, const int levels[LEVELS])
{
    struct brv_buf text = { 0 };
    bool is_clear = true;
    for (size_t i = 0; i < label->count; i++) {
        is_clear &= add_words(&text, label->pieces[i].words);
        brv_buf_printf(&text, "%%%d", levels[i] + 1);
    }
    is_clear &= add_words(&text, label->words);
    if (text.len > 0 && text.ptr[text.len - 1] == ' ') {
        text.len--;
        label->level.suffix = DOCX_SUFFIX_SPACE;
    }
    label->level.text = brv_arena_str(docx->arena, brv_buf_str(&text));
    brv_buf_deinit(&text);
    return is_clear;
}

// Numbers of levels above are shown in their own style, or all are decimal.
static bool settle_styles(const struct docx_heading_list *list, struct label *label,
                          const int levels[LEVELS])
{
    bool is_alike = true;
    bool is_decimal = true;
    for (size_t i = 0; i < label->count; i++) {
        const struct piece *piece = &label->pieces[i];
        is_decimal &= piece->style == BRV_LIST_DECIMAL;
        is_alike &= i + 1 == label->count || list->levels[levels[i]].style == piece->style;
    }
    label->level.is_legal = !is_alike && is_decimal;
    return is_alike || is_decimal;
}

static bool fits(struct docx *docx, const struct docx_heading_list *list, struct label *label,
                 int own, int levels[LEVELS])
{
    return find_levels(list, label, own, levels) && settle_styles(list, label, levels) &&
           write_text(docx, label, levels) &&
           (!list->is_set[own] ||
            (brv_docx_same_level(&list->levels[own], &label->level) &&
             brv_str_equal(list->counts[own].counter, label->pieces[label->count - 1].counter)));
}

// ---- counting along

static bool shows(struct docx *docx, const struct piece *piece, int value)
{
    struct brv_list_marker marker;
    memset(&marker, 0, sizeof marker);
    marker.style = piece->style;
    bool is_letter = piece->style == BRV_LIST_LOWER_ALPHA || piece->style == BRV_LIST_UPPER_ALPHA;
    return brv_str_equal(piece->shown, brv_counter_text(docx->arena, &marker, value)) &&
           !(is_letter && value > SAME_LETTERS_MAX); // Word goes on with "bb"
}

static void count_along(struct docx *docx, struct docx_heading_list *list,
                        const struct label *label, const int levels[LEVELS])
{
    int own = levels[label->count - 1];
    const struct piece *last = &label->pieces[label->count - 1];
    struct level_count *count = &list->counts[own];
    for (size_t i = 0; i + 1 < label->count; i++) {
        const struct level_count *above = &list->counts[levels[i]];
        list->is_wrong |= !above->is_begun || !shows(docx, &label->pieces[i], above->value);
    }
    if (!list->is_set[own]) {
        size_t start = 1;
        if (!brv_str_to_size(last->shown, &start) || start > INT16_MAX) {
            start = 1;
        }
        list->levels[own].start = (int)start;
        *count = (struct level_count){ .value = (int)start - 1, .restarts = true, .goes_on = true };
    }
    int start = list->levels[own].start;
    int anew = count->is_begun ? count->value + 1 : start;
    count->restarts &= shows(docx, last, anew);
    count->goes_on &= shows(docx, last, count->value + 1);
    list->is_wrong |= !count->restarts && !count->goes_on;
    count->value = count->restarts ? anew : count->value + 1;
    count->is_begun = true;
    for (int below = own + 1; below < LEVELS; below++) {
        list->counts[below].is_begun = false;
    }
}

// ---- all headings

// The list that goes on with a heading, first of all that of the heading before; a new one where
// none does and the number is of this heading alone.
static struct docx_heading_list *take_list(struct numbering *state, struct label *label, int own,
                                           int levels[LEVELS])
{
    struct docx *docx = state->docx;
    if (state->last && fits(docx, state->last, label, own, levels)) {
        return state->last;
    }
    struct docx_heading_list **at = &docx->heading_lists;
    while (*at && !fits(docx, *at, label, own, levels)) {
        at = &(*at)->next;
    }
    if (!*at) {
        struct docx_heading_list *list = BRV_NEW(docx->arena, struct docx_heading_list);
        *at = fits(docx, list, label, own, levels) ? list : NULL;
    }
    return *at;
}

static void number_heading(struct numbering *state, const struct brv_styled *element, int own)
{
    struct docx *docx = state->docx;
    const struct brv_styled *before = element->first;
    struct label label;
    int levels[LEVELS];
    if (!before || before->kind != BRV_STYLED_BEFORE || !is_plain(before->style) ||
        !read_label(docx, before, &label) || (label.is_nested && state->is_sample)) {
        return;
    }
    read_looks(docx, element, before, &label);
    struct docx_heading_list *list = take_list(state, &label, own, levels);
    if (!list) { // a number of nothing above stays where it is
        return;
    }
    if (!list->is_set[own]) {
        list->levels[own] = label.level;
    }
    if (!state->is_sample) {
        count_along(docx, list, &label, levels);
    }
    list->is_set[own] = true;
    list->counts[own].counter = label.pieces[label.count - 1].counter;
    state->last = list;
    struct heading *heading = BRV_NEW(docx->arena, struct heading);
    heading->element = element;
    heading->list = list;
    *state->end = heading;
    state->end = &heading->next;
}

// Headings in lists, cells and contents are none of the outline that Word counts.
static bool is_counted_within(const struct brv_styled *styled)
{
    enum brv_kind kind = brv_docx_kind(styled);
    return brv_docx_is_block(styled) && !brv_kind_is_list(kind) && kind != BRV_KIND_NAV &&
           styled->style->display != BRV_DISPLAY_LIST_ITEM && !brv_styled_is_table(styled);
}

static void find_headings(struct numbering *state, const struct brv_styled *root)
{
    const struct brv_styled *at = root;
    while (at) {
        int heading = brv_kind_heading_level(brv_docx_kind(at));
        bool enters = is_counted_within(at) && heading == 0;
        if (heading > 0 && is_counted_within(at)) {
            number_heading(state, at, heading - 1);
        }
        at = enters ? brv_styled_walk_next(root, at) : brv_styled_walk_past(root, at);
    }
}

// The list as Word's own.
static void define(struct docx *docx, struct docx_heading_list *list)
{
    if (!list->abstract) {
        list->abstract = brv_docx_abstract_new(docx, DOCX_HEADING_NUMBERS);
        (void)brv_docx_num_new(docx, list->abstract, 0, -1);
    }
    for (int at = 0; at < LEVELS; at++) {
        const struct level_count *count = &list->counts[at];
        list->abstract->is_set[at] = list->is_set[at];
        list->abstract->levels[at] = list->levels[at];
        list->abstract->levels[at].goes_on = count->goes_on && !count->restarts;
    }
}

static brv_str element_key(const struct brv_styled *const *element)
{
    return (brv_str){ (const char *)element, sizeof *element };
}

void brv_docx_number_headings(struct docx *docx, const struct brv_styled *root, bool is_sample)
{
    struct numbering state = { .docx = docx, .is_sample = is_sample };
    state.end = &state.first;
    find_headings(&state, root);
    for (struct docx_heading_list *list = docx->heading_lists; list; list = list->next) {
        if (!list->is_wrong) {
            define(docx, list);
        }
    }
    for (struct heading *heading = state.first; heading; heading = heading->next) {
        if (!heading->list->is_wrong) {
            *brv_map_at(&docx->heading_numbers, element_key(&heading->element)) =
                heading->list->abstract->first;
        }
    }
}

const struct docx_num *brv_docx_heading_number(const struct docx *docx,
                                               const struct brv_styled *heading)
{
    return docx->heading_lists ? brv_map_find(&docx->heading_numbers, element_key(&heading)) : NULL;
}
