// Brevier — lists as Word numbering.
// SPDX-License-Identifier: MIT
#include "output/docx_numbering.h"

#include "base/utf8.h"
#include "output/docx_naming.h"
#include "output/docx_template.h"
#include "output/docx_widths.h"

// Markers beyond this many kinds (a sheet that makes them from attributes) are written as text.
enum { ABSTRACT_LIMIT = 200, WHOLE_LISTS = 2, OVERHANG_MAX = 720 };

#define MARKER_GAP_EM 0.4f // between a marker and its text, as on pages of our own

static bool is_ordered_style(enum brv_list_style style)
{
    switch (style) {
    case BRV_LIST_DECIMAL:
    case BRV_LIST_DECIMAL_LEADING_ZERO:
    case BRV_LIST_LOWER_ALPHA:
    case BRV_LIST_UPPER_ALPHA:
    case BRV_LIST_LOWER_ROMAN:
    case BRV_LIST_UPPER_ROMAN:
        return true;
    case BRV_LIST_NONE:
    case BRV_LIST_DISC:
    case BRV_LIST_CIRCLE:
    case BRV_LIST_SQUARE:
    case BRV_LIST_STRING:
        break;
    }
    return false;
}

// ---- instances

struct docx_num *brv_docx_num_new(struct docx *docx, struct docx_abstract *abstract, int level,
                                  int start)
{
    struct docx_num *num = BRV_NEW(docx->arena, struct docx_num);
    num->id = docx->last_num ? docx->last_num->id + 1 : 1;
    num->abstract = abstract;
    num->level = level;
    num->start = start;
    abstract->first = abstract->first ? abstract->first : num;
    if (docx->last_num) {
        docx->last_num->next = num;
    } else {
        docx->first_num = num;
    }
    docx->last_num = num;
    return num;
}

struct docx_abstract *brv_docx_abstract_new(struct docx *docx, enum docx_numbers kind)
{
    struct docx_abstract *abstract = BRV_NEW(docx->arena, struct docx_abstract);
    abstract->id = docx->abstract_count++;
    abstract->kind = kind;
    if (docx->last_abstract) {
        docx->last_abstract->next = abstract;
    } else {
        docx->first_abstract = abstract;
    }
    docx->last_abstract = abstract;
    return abstract;
}

bool brv_docx_same_level(const struct docx_level *a, const struct docx_level *b)
{
    return a->style == b->style && a->suffix == b->suffix && a->is_legal == b->is_legal &&
           a->left == b->left && a->hanging == b->hanging && brv_str_equal(a->text, b->text) &&
           memcmp(&a->run, &b->run, sizeof a->run) == 0;
}

static bool takes_level(struct docx_abstract *abstract, int at, const struct docx_level *level)
{
    if (!abstract->is_set[at]) {
        abstract->is_set[at] = true;
        abstract->levels[at] = *level;
        return true;
    }
    return brv_docx_same_level(&abstract->levels[at], level);
}

static enum docx_numbers kind_of(const struct docx_level *level)
{
    return is_ordered_style(level->style) ? DOCX_LIST_NUMBERS
           : brv_docx_is_box(level->text) ? DOCX_TASKS
                                          : DOCX_BULLETS;
}

// An abstract numbering that has this level, or has none there yet; NULL when there is none.
static struct docx_abstract *known_abstract(const struct docx *docx, int at,
                                            const struct docx_level *level)
{
    struct docx_abstract *open = NULL;
    for (struct docx_abstract *known = docx->first_abstract; known; known = known->next) {
        if (known->kind == kind_of(level) && known->is_set[at] &&
            brv_docx_same_level(&known->levels[at], level)) {
            return known;
        }
        open = !open && known->kind == kind_of(level) && !known->is_set[at] ? known : open;
    }
    return open;
}

// An abstract numbering that has this level, made when there is none; NULL beyond the limit. A list
// that counts has one of its own as long as they are few; a sample goes on with the first.
static struct docx_abstract *find_abstract(struct docx *docx, int at,
                                           const struct docx_level *level)
{
    const enum docx_numbers kind = kind_of(level);
    bool wants_own =
        kind == DOCX_LIST_NUMBERS && docx->list_count < DOCX_OWN_LISTS && !docx->in_samples;
    struct docx_abstract *known = wants_own ? NULL : known_abstract(docx, at, level);
    if (known && takes_level(known, at, level)) {
        return known;
    }
    if (docx->list_count >= ABSTRACT_LIMIT) {
        return NULL;
    }
    struct docx_abstract *abstract = brv_docx_abstract_new(docx, kind);
    abstract->is_whole = docx->list_count++ < WHOLE_LISTS;
    abstract->is_set[at] = true;
    abstract->levels[at] = *level;
    return abstract;
}

// The instance in which Word counts `value` for the next item.
static const struct docx_num *find_num(struct docx *docx, struct docx_list *list, int at,
                                       const struct docx_level *level, int value)
{
    bool is_ordered = is_ordered_style(level->style);
    if (list->num && brv_docx_same_level(&list->num->abstract->levels[at], level) &&
        (!is_ordered || list->next == value)) {
        return list->num;
    }
    // The levels of a numbering are of one kind, as those of "List Number" 1 to 3 are: bullets
    // among numbers are bullets as any others.
    struct docx_list *outer = list->outer;
    while (outer && (!outer->num || outer->num->abstract->kind != kind_of(level))) {
        outer = outer->outer;
    }
    if (outer && takes_level(outer->num->abstract, at, level)) {
        // Word restarts a level by itself after each item of a level above, once.
        bool restarts = value == 1 && outer->nested_after != outer->count;
        outer->nested_after = outer->count;
        return !is_ordered || restarts ? outer->num
                                       : brv_docx_num_new(docx, outer->num->abstract, at, value);
    }
    bool continues = is_ordered && value > 1 && docx->counted && docx->counted_next == value &&
                     brv_docx_same_level(&docx->counted->abstract->levels[at], level);
    if (continues) {
        return docx->counted;
    }
    struct docx_abstract *abstract = find_abstract(docx, at, level);
    if (!abstract) {
        return NULL;
    }
    if (abstract->first && (!is_ordered || docx->in_samples)) {
        return abstract->first;
    }
    if (!is_ordered) {
        return brv_docx_num_new(docx, abstract, 0, -1);
    }
    return brv_docx_num_new(docx, abstract, at, abstract->first || value != 1 ? value : -1);
}

// ---- items

static const struct brv_styled *find_marker(const struct brv_styled *item)
{
    for (const struct brv_styled *child = item->first; child; child = child->next) {
        if (child->kind == BRV_STYLED_MARKER) {
            return child;
        }
    }
    return NULL;
}

static brv_str marker_text(const struct brv_styled *marker)
{
    brv_str text = marker->text;
    for (const struct brv_styled *child = marker->first; text.len == 0 && child;
         child = child->next) {
        text = child->text;
    }
    return brv_str_trim(text);
}

int brv_docx_marker_number(const struct brv_styled *item)
{
    const struct brv_styled *marker = find_marker(item);
    brv_str text = marker ? marker_text(marker) : (brv_str){ 0 };
    size_t from = 0;
    while (from < text.len && !brv_is_digit(text.ptr[from])) {
        from++;
    }
    size_t end = from;
    while (end < text.len && brv_is_digit(text.ptr[end])) {
        end++;
    }
    size_t number = 0;
    bool is_number =
        brv_str_to_size(brv_str_slice(text, from, end), &number) && number <= INT16_MAX;
    return is_number ? (int)number : 1;
}

static bool is_letter_or_digit(brv_str text, size_t at)
{
    char byte = at < text.len ? brv_to_lower(text.ptr[at]) : ' ';
    return brv_is_digit(byte) || (byte >= 'a' && byte <= 'z');
}

// Where a number stands in the text of a marker, its length where nowhere: "13" is none for 3. Of
// several the last counts, as in "1.1".
static size_t find_number(brv_str text, brv_str number)
{
    size_t found = text.len;
    for (size_t i = 0; number.len > 0 && (i = brv_str_find(text, i, number)) < text.len; i++) {
        bool is_part =
            (i > 0 && is_letter_or_digit(text, i - 1)) || is_letter_or_digit(text, i + number.len);
        found = is_part ? found : i;
    }
    return found;
}

static int item_value(const struct docx_list *list)
{
    const struct brv_node *node = list->element->node;
    return (node ? brv_node_list_start(node) : 1) + list->count - 1;
}

// The lists around one, by level, when all are counted in one numbering; false when not.
static bool find_around(const struct docx_list *list, int at,
                        const struct docx_list *around[DOCX_LIST_LEVELS])
{
    const struct docx_num *num = list->outer ? list->outer->num : NULL;
    bool is_one = num && num->abstract->kind == DOCX_LIST_NUMBERS;
    for (int i = at - 1; i >= 0 && is_one; i--) {
        list = list->outer;
        is_one = list && list->num && list->num->abstract == num->abstract;
        around[i] = list;
    }
    return is_one;
}

// What stands between numbers; returns where the next may begin.
static size_t take_signs(struct brv_buf *pattern, brv_str text, size_t from)
{
    for (; from < text.len && !is_letter_or_digit(text, from); from++) {
        brv_buf_add_byte(pattern, text.ptr[from]);
    }
    return from;
}

// "1." before a number as "%1.": what counters() shows of the items around. As it is where it shows
// anything else. Where these are counted otherwise themselves, the level shows decimals.
static brv_str outer_pattern(struct docx *docx, const struct docx_list *list, int at, brv_str text,
                             struct docx_level *level)
{
    const struct docx_list *around[DOCX_LIST_LEVELS];
    if (text.len == 0 || !find_around(list, at, around)) {
        return text;
    }
    const struct brv_list_marker marker = { .style = level->style };
    struct brv_buf *pattern = brv_buf_new_in(docx->arena);
    bool is_legal = false;
    size_t from = take_signs(pattern, text, 0);
    for (int i = 0; i < at; i++) {
        brv_str shown = brv_counter_text(docx->arena, &marker, item_value(around[i]));
        if (!brv_str_starts_with(brv_str_from(text, from), shown)) {
            return text;
        }
        is_legal |= around[i]->num->abstract->levels[i].style != level->style;
        brv_buf_printf(pattern, "%%%d", i + 1);
        from = take_signs(pattern, text, from + shown.len);
    }
    if (from < text.len || (is_legal && level->style != BRV_LIST_DECIMAL)) {
        return text;
    }
    level->is_legal = is_legal;
    return brv_buf_str(pattern);
}

// "(3)" for the third item in `style` as "(%2)"; empty when the text has no such number.
static brv_str level_pattern(struct docx *docx, const struct docx_list *list, int at, brv_str text,
                             brv_str number, struct docx_level *level)
{
    size_t found = find_number(text, number);
    if (found == text.len) {
        return (brv_str){ 0 };
    }
    brv_str outer = outer_pattern(docx, list, at, brv_str_slice(text, 0, found), level);
    return brv_arena_printf(docx->arena,
                            "%" BRV_STR_F "%%%d%" BRV_STR_F,
                            BRV_STR_ARG(outer),
                            at + 1,
                            BRV_STR_ARG(brv_str_from(text, found + number.len)));
}

// Whether all markers of a list show their numbers in this style.
static bool counts_in(struct docx *docx, const struct docx_list *list, enum brv_list_style style)
{
    const struct brv_list_marker known = { .style = style };
    int value = list->element->node ? brv_node_list_start(list->element->node) : 1;
    for (const struct brv_styled *item = list->element->first; item; item = item->next) {
        const struct brv_styled *marker = find_marker(item);
        if (!brv_docx_is_block(item)) {
            continue;
        }
        brv_str shown = brv_counter_text(docx->arena, &known, value++);
        brv_str text = marker ? marker_text(marker) : (brv_str){ 0 };
        if (find_number(text, shown) == text.len) {
            return false;
        }
    }
    return true;
}

// The style of Word's in which a list is counted, whatever the sheet calls its own; NONE: none.
static enum brv_list_style counted_style(struct docx *docx, struct docx_list *list)
{
    static const enum brv_list_style styles[] = { BRV_LIST_DECIMAL,
                                                  BRV_LIST_LOWER_ALPHA,
                                                  BRV_LIST_UPPER_ALPHA,
                                                  BRV_LIST_LOWER_ROMAN,
                                                  BRV_LIST_UPPER_ROMAN };
    if (!list->is_looked_at) {
        list->is_looked_at = true;
        list->counted = BRV_LIST_NONE;
        for (size_t i = 0; i < BRV_COUNT(styles) && list->counted == BRV_LIST_NONE; i++) {
            list->counted = counts_in(docx, list, styles[i]) ? styles[i] : BRV_LIST_NONE;
        }
    }
    return list->counted;
}

static float widest_marker_em(const struct brv_styled *list)
{
    float widest = 0;
    for (const struct brv_styled *item = list->first; item; item = item->next) {
        const struct brv_styled *marker = find_marker(item);
        float width = marker ? brv_docx_text_width_em(marker_text(marker)) : 0;
        widest = width > widest ? width : widest;
    }
    return widest;
}

// Bullets stand close to their text, as a CSS marker does. Numbers have the room of the indent and
// stand out to the left when the widest of the list needs more.
static int32_t hanging_width(const struct docx_place *place, struct docx_list *list,
                             const struct brv_style *style, bool is_ordered, brv_str text)
{
    int32_t step = place->outer ? place->left - place->outer->left : place->left;
    if (style->list_style_position == BRV_LIST_INSIDE || step < 0) {
        return 0;
    }
    if (is_ordered && list->widest_em == 0) {
        list->widest_em = widest_marker_em(list->element);
    }
    size_t at = 0;
    bool is_large = brv_utf8_next(text, &at) >= 0x2600 || at < text.len; // a task's box, a word
    int32_t wanted = docx_twips(style->font_size * (is_ordered ? 2.0f : is_large ? 1.4f : 0.9f));
    int32_t usual = step < wanted ? step : wanted;
    int32_t needed =
        is_ordered ? docx_twips(style->font_size * (list->widest_em + MARKER_GAP_EM)) : 0;
    int32_t most = (place->left > 0 ? place->left : 0) + OVERHANG_MAX;
    needed = needed < most ? needed : most;
    return usual < needed ? needed : usual;
}

// Whether a marker is more than a sign, and so may be another one for each item.
static bool has_word(brv_str text)
{
    bool has_any = false;
    for (size_t at = 0; at < text.len && !has_any;) {
        has_any = brv_is_word(brv_utf8_next(text, &at));
    }
    return has_any;
}

struct docx_item brv_docx_item(struct docx *docx, struct docx_list *list,
                               const struct brv_styled *item, const struct docx_place *place)
{
    int at = place->list_level > DOCX_LIST_LEVELS ? DOCX_LIST_LEVELS - 1 : place->list_level - 1;
    struct docx_item result = { .element = item, .level = at, .role = DOCX_ROLE_LIST };
    const struct brv_styled *marker = find_marker(item);
    list->count++;
    int value = item_value(list);
    brv_str text = marker ? marker_text(marker) : (brv_str){ 0 };
    if (text.len == 0) {
        return result;
    }
    enum brv_list_style style = item->style->list_style_type.style;
    struct docx_level level = { .style = style, .left = place->left };
    bool is_ordered = is_ordered_style(style);
    bool has_own_symbols = item->style->list_style_type.counter_style != NULL;
    bool is_numbered = is_ordered || has_own_symbols;
    if (is_ordered) {
        brv_str shown = brv_counter_text(docx->arena, &item->style->list_style_type, value);
        level.text = level_pattern(docx, list, at, text, shown, &level);
    }
    if (is_numbered && level.text.len == 0) {
        const struct brv_list_marker known = { .style = counted_style(docx, list) };
        brv_str shown = known.style != BRV_LIST_NONE ? brv_counter_text(docx->arena, &known, value)
                                                     : (brv_str){ 0 };
        level.style = known.style;
        level.text = level_pattern(docx, list, at, text, shown, &level);
    }
    is_ordered = level.text.len > 0;
    if (!is_ordered) {
        level.style = BRV_LIST_STRING;
        level.text = text;
    }
    level.hanging = hanging_width(place, list, item->style, is_ordered, text);
    level.suffix = level.hanging == 0 ? DOCX_SUFFIX_SPACE : DOCX_SUFFIX_TAB;
    struct docx_run_format around = brv_docx_run_format(docx, item->style);
    struct docx_run_format own = brv_docx_run_format(docx, marker->style);
    level.run = brv_docx_run_delta(&around, &own);
    result.hanging = level.hanging;
    // Word counts in its own styles only, and a bullet is the same for every item.
    bool is_literal = is_numbered && !is_ordered && has_word(text);
    result.num = is_literal ? NULL : find_num(docx, list, at, &level, value);
    if (result.num) {
        list->num = result.num;
        list->next = value + 1;
        if (is_ordered && !list->outer) {
            docx->counted = result.num;
            docx->counted_next = list->next;
        }
    } else {
        result.literal = text;
        docx->typed_numbers += is_literal;
    }
    result.role = is_ordered || is_literal ? DOCX_ROLE_LIST_NUMBER : DOCX_ROLE_LIST_BULLET;
    return result;
}
