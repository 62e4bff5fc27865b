// Brevier — names of Word styles from the words of a stylesheet.
// SPDX-License-Identifier: MIT
#include "output/docx_naming.h"

#include "base/utf8.h"

static void add_word(struct brv_buf *out, brv_str word)
{
    for (size_t i = 0; i < word.len && out->len < DOCX_NAME_LIMIT; i++) {
        char c = word.ptr[i];
        bool is_start = out->len == 0 || out->ptr[out->len - 1] == ' ';
        if (c == '-' || c == '_' || c == ' ') {
            if (!is_start) {
                brv_buf_add_byte(out, ' ');
            }
        } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || brv_is_digit(c) ||
                   (unsigned char)c >= 0x80) {
            brv_buf_add_byte(out, is_start && c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
        }
    }
}

static void end_word(struct brv_buf *out)
{
    if (out->len > 0 && out->ptr[out->len - 1] != ' ') {
        brv_buf_add_byte(out, ' ');
    }
}

static brv_str finish_name(struct docx *docx, struct brv_buf *name)
{
    brv_str result = brv_arena_str(docx->arena, brv_str_trim(brv_buf_str(name)));
    // A cut must not leave half a character.
    while (result.len > 0 && !brv_utf8_is_valid(result)) {
        result.len--;
    }
    brv_buf_deinit(name);
    return result;
}

brv_str brv_docx_name_from_class(struct docx *docx, brv_str name)
{
    struct brv_buf out = { 0 };
    add_word(&out, name);
    return finish_name(docx, &out);
}

// What an element is called in a style name; empty for mere structure.
static brv_str element_word(brv_str element)
{
    static const struct {
        const char *element;
        const char *word;
    } rows[] = {
        { "table", "table" },
        { "li", "list-item" },
        { "td", "cell" },
        { "th", "heading-cell" },
        { "h1", "heading-1" },
        { "h2", "heading-2" },
        { "h3", "heading-3" },
        { "h4", "heading-4" },
        { "h5", "heading-5" },
        { "h6", "heading-6" },
        { "p", "text" },
        { "ul", "list" },
        { "ol", "list" },
        { "blockquote", "quote" },
        { "pre", "code" },
        { "caption", "caption" },
        { "figcaption", "caption" },
        { "dt", "term" },
        { "dd", "definition" },
        { "header", "header" },
        { "aside", "aside" },
        { "strong", "strong" },
        { "em", "emphasis" },
        { "code", "code" },
        { "a", "link" },
    };
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        if (brv_str_is_nocase(element, rows[i].element)) {
            return brv_str_from_cstr(rows[i].word);
        }
    }
    return (brv_str){ 0 };
}

static bool is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || brv_is_digit(c) || c == '-' ||
           c == '_' || (unsigned char)c >= 0x80;
}

static size_t skip_bracket(brv_str s, size_t at)
{
    char close = s.ptr[at] == '[' ? ']' : ')';
    return brv_str_find_byte(s, at, close) + 1;
}

brv_str brv_docx_name_from_selector(struct docx *docx, brv_str selector)
{
    struct brv_buf out = { 0 };
    bool has_class = false;
    for (size_t at = 0; at < selector.len;) {
        char c = selector.ptr[at];
        if (c == '[' || c == '(') {
            at = skip_bracket(selector, at);
            continue;
        }
        size_t from = at + (c == '.' || c == '#' || c == ':');
        size_t end = from;
        while (end < selector.len && is_name_byte(selector.ptr[end])) {
            end++;
        }
        if (end == from) {
            at = end > at ? end : at + 1;
            continue;
        }
        brv_str word = brv_str_slice(selector, from, end);
        if (c == '.' || c == '#') {
            has_class = true;
            add_word(&out, word);
            end_word(&out);
        } else if (c != ':') {
            bool is_compound_with_class =
                end < selector.len && (selector.ptr[end] == '.' || selector.ptr[end] == '#');
            if (!is_compound_with_class) {
                add_word(&out, element_word(word));
                end_word(&out);
            }
        }
        at = end;
    }
    if (!has_class) { // "p" or "h2" says no more than the role does
        brv_buf_clear(&out);
    }
    return finish_name(docx, &out);
}

// Commas and semicolons part aliases in Word's dialogs.
brv_str brv_docx_name_clean(struct docx *docx, brv_str name)
{
    struct brv_buf out = { 0 };
    bool is_plain = name.len <= DOCX_NAME_LIMIT;
    for (size_t i = 0; i < name.len && is_plain; i++) { // as nearly all are
        char c = name.ptr[i];
        is_plain = brv_is_alnum(c) || (c == ' ' && i > 0 && i + 1 < name.len);
    }
    for (size_t i = 0; i < name.len && out.len < DOCX_NAME_LIMIT && !is_plain; i++) {
        char c = name.ptr[i];
        if ((unsigned char)c >= 0x20 && !strchr(",;{}\"\\", c)) {
            brv_buf_add_byte(&out, c);
        }
    }
    return is_plain ? name : finish_name(docx, &out);
}

// ---- by where a paragraph stands

// A name that begins with a capital, as those of our own do.
brv_str brv_docx_capitalised(struct docx *docx, const char *name)
{
    char *copy = brv_arena_cstr(docx->arena, brv_str_from_cstr(name));
    copy[0] = copy[0] >= 'a' && copy[0] <= 'z' ? (char)(copy[0] - 'a' + 'A') : copy[0];
    for (char *c = copy; *c; c++) {
        if (c[0] == ' ' && c[1] >= 'a' && c[1] <= 'z') {
            c[1] = (char)(c[1] - 'a' + 'A');
        }
    }
    return brv_str_from_cstr(copy);
}

// The last compound of a selector: "p.lead" of "section > p.lead".
static brv_str last_compound(brv_str selector)
{
    size_t from = selector.len;
    int depth = 0;
    while (from > 0) {
        char c = selector.ptr[from - 1];
        depth += c == ')' || c == ']' ? 1 : c == '(' || c == '[' ? -1 : 0;
        if (depth == 0 && (c == ' ' || c == '>' || c == '+' || c == '~')) {
            break;
        }
        from--;
    }
    return brv_str_slice(selector, from, selector.len);
}

bool brv_docx_is_meant(const struct brv_styled *element)
{
    const struct brv_node *node = element->node;
    brv_str compound = last_compound(element->selector);
    for (size_t at = 0; (at = brv_str_find_byte(compound, at, '.')) < compound.len; at++) {
        for (size_t i = 0; node && i < node->class_count; i++) {
            brv_str rest = brv_str_slice(compound, at + 1, compound.len);
            if (brv_str_starts_with(rest, node->classes[i])) {
                return true;
            }
        }
    }
    return false;
}

brv_str brv_docx_class_name(struct docx *docx, const struct brv_styled *element)
{
    const struct brv_node *node = element->node;
    return brv_docx_is_meant(element)
               ? brv_docx_name_from_selector(docx, last_compound(element->selector))
           : node && node->class_count > 0 ? brv_docx_name_from_class(docx, node->classes[0])
                                           : (brv_str){ 0 };
}

static bool names_class(brv_str selector, brv_str name)
{
    for (size_t at = 0; (at = brv_str_find_byte(selector, at, '.')) < selector.len; at++) {
        brv_str rest = brv_str_from(selector, at + 1);
        bool is_whole =
            rest.len == name.len || (rest.len > name.len && !is_name_byte(rest.ptr[name.len]));
        if (is_whole && brv_str_starts_with(rest, name)) {
            return true;
        }
    }
    return false;
}

brv_str brv_docx_name_from_cells(struct docx *docx, const struct docx_table *table)
{
    const struct brv_node *node = table->source->node;
    size_t class_count = node ? node->class_count : 0;
    for (const struct docx_row *row = class_count > 0 ? table->first : NULL; row; row = row->next) {
        for (const struct docx_cell *cell = row->first; cell; cell = cell->next) {
            for (size_t i = 0; i < class_count && cell->first; i++) {
                if (names_class(cell->first->selector, node->classes[i])) {
                    return brv_docx_name_from_class(docx, node->classes[i]);
                }
            }
        }
    }
    return (brv_str){ 0 };
}

// "Callout" for a paragraph in aside.callout.
static brv_str box_name(struct docx *docx, const struct docx_paragraph *paragraph)
{
    const struct brv_styled *box = paragraph->place;
    if (!box) {
        return (brv_str){ 0 };
    }
    if (box->style->brv_word_style.len > 0) {
        return box->style->brv_word_style;
    }
    if (box->node && box->node->kind != BRV_KIND_SECTION && box->node->class_count > 0) {
        return brv_docx_class_name(docx, box);
    }
    return brv_docx_name_from_selector(docx, box->selector);
}

static brv_str role_noun(struct docx *docx, enum docx_role role)
{
    return role == DOCX_ROLE_BODY ? BRV_S("Text")
                                  : brv_docx_capitalised(docx, brv_docx_role_name(role));
}

brv_str brv_docx_joined_name(struct docx *docx, brv_str first, brv_str second)
{
    if (first.len == 0 || brv_str_equal(first, second)) {
        return second;
    }
    if (first.len > second.len && brv_str_ends_with(first, second) &&
        first.ptr[first.len - second.len - 1] == ' ') {
        return first; // "Intense Quote"
    }
    return brv_arena_printf(
        docx->arena, "%" BRV_STR_F " %" BRV_STR_F, BRV_STR_ARG(first), BRV_STR_ARG(second));
}

static bool has_selector_name(const struct docx_paragraph *paragraph, enum docx_role role)
{
    return paragraph->source && paragraph->source->selector.len > 0 &&
           role != DOCX_ROLE_LIST_BULLET && role != DOCX_ROLE_LIST_NUMBER;
}

brv_str brv_docx_odd_name(struct docx *docx, enum brv_kind around, brv_str base)
{
    brv_str word = element_word(brv_str_from_cstr(brv_kind_name(around)));
    return brv_docx_joined_name(docx,
                                brv_docx_name_from_class(docx, word),
                                brv_docx_capitalised(docx, brv_arena_cstr(docx->arena, base)));
}

brv_str brv_docx_context_name(struct docx *docx, const struct docx_paragraph *paragraph)
{
    if (paragraph->page.len > 0) {
        return brv_docx_joined_name(docx,
                                    role_noun(docx, paragraph->role),
                                    brv_docx_name_from_class(docx, paragraph->page));
    }
    brv_str box = box_name(docx, paragraph);
    const struct brv_node *node = paragraph->source ? paragraph->source->node : NULL;
    bool is_plain = paragraph->role == DOCX_ROLE_BODY || brv_docx_is_cell_role(paragraph->role);
    if (node && node->class_count > 0 && is_plain && paragraph->source != paragraph->place) {
        return brv_docx_joined_name(docx, box, brv_docx_class_name(docx, paragraph->source));
    }
    if (box.len > 0) {
        return brv_docx_joined_name(docx, box, role_noun(docx, paragraph->role));
    }
    if (has_selector_name(paragraph, paragraph->role)) {
        brv_str name = brv_docx_name_from_selector(docx, paragraph->source->selector);
        if (name.len > 0) {
            return name;
        }
    }
    const char *align = paragraph->format->align == BRV_ALIGN_END      ? "Right"
                        : paragraph->format->align == BRV_ALIGN_CENTER ? "Centered"
                                                                       : NULL;
    if (align && brv_docx_is_cell_role(paragraph->role)) {
        return brv_arena_printf(docx->arena, "%s %s", brv_docx_role_name(paragraph->role), align);
    }
    for (const struct brv_styled *around = paragraph->source; around; around = around->parent) {
        if (around->node && around->node->kind == BRV_KIND_FOOTNOTE) {
            break; // a note has nothing of where it is called
        }
        if (around->node && around->node->kind == BRV_KIND_FIGURE &&
            paragraph->role == DOCX_ROLE_BODY) {
            return BRV_S("Figure");
        }
        // A section's class is the slug of its heading: a word of the document, not of the sheet.
        if (around->kind == BRV_STYLED_ELEMENT && around->node &&
            around->node->kind != BRV_KIND_SECTION && around->node->kind != BRV_KIND_ARTICLE &&
            around->node->class_count > 0) {
            return brv_docx_joined_name(
                docx, brv_docx_class_name(docx, around), role_noun(docx, paragraph->role));
        }
    }
    return (brv_str){ 0 };
}
