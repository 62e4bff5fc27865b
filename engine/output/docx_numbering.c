// Brevier — lists as Word numbering.
// SPDX-License-Identifier: MIT
#include "output/docx_numbering.h"

#include "base/utf8.h"
#include "output/docx_styles.h"
#include "output/docx_template.h"
#include "output/docx_widths.h"
#include "output/docx_xml.h"

// Markers beyond this many kinds (a sheet that makes them from attributes) are written as text.
enum { ABSTRACT_LIMIT = 200, WHOLE_LISTS = 2, STEP = 360, OVERHANG_MAX = 720 };

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

// An abstract numbering that has this level, made when there is none; NULL beyond the limit.
static struct docx_abstract *find_abstract(struct docx *docx, int at,
                                           const struct docx_level *level)
{
    bool is_ordered = is_ordered_style(level->style);
    enum docx_numbers kind = is_ordered ? DOCX_LIST_NUMBERS : DOCX_BULLETS;
    bool wants_own = is_ordered && docx->list_count < DOCX_OWN_LISTS;
    for (struct docx_abstract *known = wants_own ? NULL : docx->first_abstract; known;
         known = known->next) {
        if (known->kind == kind && known->is_set[at] &&
            brv_docx_same_level(&known->levels[at], level)) {
            return known;
        }
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
    struct docx_list *outer = list->outer;
    if (outer && outer->num && takes_level(outer->num->abstract, at, level)) {
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
    if (!is_ordered) {
        return abstract->first ? abstract->first : brv_docx_num_new(docx, abstract, 0, -1);
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

// "(3)" for value 3 as "(%2)"; empty when the text has no such number: "13" is none for 3. Of
// several the last counts, as in "1.1".
static brv_str level_pattern(struct docx *docx, brv_str text, brv_str value, int at)
{
    size_t found = text.len;
    for (size_t i = 0; value.len > 0 && (i = brv_str_find(text, i, value)) < text.len; i++) {
        bool is_part =
            (i > 0 && is_letter_or_digit(text, i - 1)) || is_letter_or_digit(text, i + value.len);
        found = is_part ? found : i;
    }
    if (found >= text.len) {
        return (brv_str){ 0 };
    }
    return brv_arena_printf(docx->arena,
                            "%" BRV_STR_F "%%%d%" BRV_STR_F,
                            (int)found,
                            text.ptr,
                            at + 1,
                            BRV_STR_ARG(brv_str_slice(text, found + value.len, text.len)));
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

struct docx_item brv_docx_item(struct docx *docx, struct docx_list *list,
                               const struct brv_styled *item, const struct docx_place *place)
{
    int at = place->list_level > DOCX_LIST_LEVELS ? DOCX_LIST_LEVELS - 1 : place->list_level - 1;
    struct docx_item result = { .element = item, .level = at, .role = DOCX_ROLE_LIST };
    const struct brv_styled *marker = find_marker(item);
    const struct brv_node *node = list->element->node;
    int value = (node ? brv_node_list_start(node) : 1) + list->count++;
    brv_str text = marker ? marker_text(marker) : (brv_str){ 0 };
    if (text.len == 0) {
        return result;
    }
    enum brv_list_style style = item->style->list_style_type.style;
    struct docx_level level = { .style = style, .left = place->left };
    bool is_ordered = is_ordered_style(style);
    if (is_ordered) {
        brv_str shown = brv_counter_text(docx->arena, &item->style->list_style_type, value);
        level.text = level_pattern(docx, text, shown, at);
        is_ordered = level.text.len > 0;
    }
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
    result.role = is_ordered ? DOCX_ROLE_LIST_NUMBER : DOCX_ROLE_LIST_BULLET;
    // Word counts in its own styles only, and a bullet is the same for every item.
    bool is_literal =
        (is_ordered_style(style) && !is_ordered) || item->style->list_style_type.counter_style;
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
    }
    return result;
}

// ---- the part

static const char *number_format(enum brv_list_style style)
{
    switch (style) {
    case BRV_LIST_DECIMAL:
        return "decimal";
    case BRV_LIST_DECIMAL_LEADING_ZERO:
        return "decimalZero";
    case BRV_LIST_LOWER_ALPHA:
        return "lowerLetter";
    case BRV_LIST_UPPER_ALPHA:
        return "upperLetter";
    case BRV_LIST_LOWER_ROMAN:
        return "lowerRoman";
    case BRV_LIST_UPPER_ROMAN:
        return "upperRoman";
    case BRV_LIST_NONE:
        return "none";
    case BRV_LIST_DISC:
    case BRV_LIST_CIRCLE:
    case BRV_LIST_SQUARE:
    case BRV_LIST_STRING:
        break;
    }
    return "bullet";
}

// A level that no list has used: what a Word user gets by pressing Tab.
static struct docx_level usual_level(const struct docx *docx, const struct docx_abstract *abstract,
                                     int at)
{
    static const brv_str bullets[] = { BRV_S_INIT("•"), BRV_S_INIT("◦"), BRV_S_INIT("▪") };
    static const enum brv_list_style numbers[] = { BRV_LIST_DECIMAL,
                                                   BRV_LIST_LOWER_ALPHA,
                                                   BRV_LIST_LOWER_ROMAN };
    struct docx_level level;
    memset(&level, 0, sizeof level);
    if (abstract->kind == DOCX_HEADING_NUMBERS) {
        level.style = BRV_LIST_NONE;
        level.suffix = DOCX_SUFFIX_NONE;
        return level;
    }
    level.left = (at + 1) * STEP;
    level.hanging = STEP;
    for (int i = at; i >= 0; i--) {
        if (abstract->is_set[i]) {
            level.left = abstract->levels[i].left + (at - i) * STEP;
            break;
        }
    }
    if (abstract->kind == DOCX_LIST_NUMBERS) {
        level.style = numbers[at % 3];
        level.text = brv_arena_printf(docx->arena, "%%%d.", at + 1);
    } else {
        level.style = BRV_LIST_STRING;
        level.text = bullets[at % 3];
    }
    return level;
}

static void write_level(const struct docx *docx, const struct docx_abstract *abstract, int at,
                        struct brv_buf *out)
{
    struct docx_level level =
        abstract->is_set[at] ? abstract->levels[at] : usual_level(docx, abstract, at);
    brv_buf_add_cstr(out, "<w:lvl");
    brv_xml_attr_int(out, "w:ilvl", at);
    brv_buf_add_byte(out, '>');
    brv_xml_val_int(out, "w:start", level.start > 0 ? level.start : 1);
    brv_xml_val(out, "w:numFmt", number_format(level.style));
    if (level.goes_on) {
        brv_xml_val_int(out, "w:lvlRestart", 0);
    }
    if (level.paragraph_style) {
        brv_xml_val_str(out, "w:pStyle", level.paragraph_style->id);
    }
    if (level.is_legal) {
        brv_buf_add_cstr(out, "<w:isLgl/>");
    }
    if (level.suffix != DOCX_SUFFIX_TAB) {
        brv_xml_val(out, "w:suff", level.suffix == DOCX_SUFFIX_SPACE ? "space" : "nothing");
    }
    brv_xml_val_str(out, "w:lvlText", level.text);
    brv_buf_add_cstr(out, "<w:lvlJc w:val=\"left\"/><w:pPr>");
    if (level.hanging > 0) {
        brv_buf_add_cstr(out, "<w:tabs><w:tab w:val=\"num\"");
        brv_xml_attr_int(out, "w:pos", level.left);
        brv_buf_add_cstr(out, "/></w:tabs>");
    }
    brv_buf_add_cstr(out, "<w:ind");
    brv_xml_attr_int(out, "w:left", level.left);
    brv_xml_attr_int(out, "w:hanging", level.hanging);
    brv_buf_add_cstr(out, "/></w:pPr>");
    if (level.run.members != 0) {
        brv_buf_add_cstr(out, "<w:rPr>");
        brv_docx_write_run_members(
            docx, out, &level.run.format, level.run.members, DOCX_RUN_OF_TEXT);
        brv_buf_add_cstr(out, "</w:rPr>");
    }
    brv_buf_add_cstr(out, "</w:lvl>");
}

// The numbering of a later list has the one level that it uses; the first of a kind has all, for
// whoever goes on writing.
static int level_count(const struct docx_abstract *abstract)
{
    bool is_single =
        abstract->kind == DOCX_LIST_NUMBERS && abstract->is_set[0] && !abstract->is_whole;
    for (int at = 1; at < DOCX_LIST_LEVELS; at++) {
        is_single &= !abstract->is_set[at];
    }
    return is_single ? 1 : DOCX_LIST_LEVELS;
}

bool brv_docx_has_numbering(const struct docx *docx)
{
    return docx->first_num || (docx->template && docx->template->numbering);
}

void brv_docx_write_numbering(const struct docx *docx, struct brv_buf *out)
{
    brv_buf_add_cstr(out, BRV_XML_DECLARATION "<w:numbering xmlns:w=\"" DOCX_MAIN_NAMESPACE "\">");
    const struct docx_template *template = docx->template;
    for (const struct docx_abstract *abstract = docx->first_abstract; abstract;
         abstract = abstract->next) {
        int levels = level_count(abstract);
        brv_buf_printf(out,
                       "<w:abstractNum w:abstractNumId=\"%d\">"
                       "<w:multiLevelType w:val=\"%s\"/>",
                       abstract->id,
                       levels == 1                              ? "singleLevel"
                       : abstract->kind == DOCX_HEADING_NUMBERS ? "multilevel"
                                                                : "hybridMultilevel");
        for (int at = 0; at < levels; at++) {
            write_level(docx, abstract, at, out);
        }
        brv_buf_add_cstr(out, "</w:abstractNum>");
    }
    if (template) {
        brv_docx_template_write_numbering(template, "w:abstractNum", out);
    }
    for (const struct docx_num *num = docx->first_num; num; num = num->next) {
        brv_buf_printf(out, "<w:num w:numId=\"%d\">", num->id);
        brv_xml_val_int(out, "w:abstractNumId", num->abstract->id);
        if (num->start >= 0) {
            brv_buf_printf(out, "<w:lvlOverride w:ilvl=\"%d\">", num->level);
            brv_xml_val_int(out, "w:startOverride", num->start);
            brv_buf_add_cstr(out, "</w:lvlOverride>");
        }
        brv_buf_add_cstr(out, "</w:num>");
    }
    if (template) {
        brv_docx_template_write_numbering(template, "w:num", out);
    }
    brv_buf_add_cstr(out, "</w:numbering>");
}
