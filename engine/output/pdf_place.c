// Brevier — named places and page labels of a PDF.
// SPDX-License-Identifier: MIT
#include "output/pdf.h"
#include "output/pdf_tree.h"
#include "output/pdf_write.h"

void brv_pdf_add_place(const struct brv_pdf *pdf, struct brv_buf *out, size_t page, float y_pt)
{
    if (page >= pdf->pages->page_count)
        page = pdf->pages->page_count - 1;
    double height = (double)pdf->pages->pages[page].height_pt;
    brv_buf_add_byte(out, '[');
    brv_pdf_add_ref(out, pdf->page_ids[page]);
    brv_buf_add_cstr(out, "/XYZ null");
    brv_pdf_add_pt(out, height - (double)y_pt);
    brv_buf_add_cstr(out, " null]");
}

void brv_pdf_destinations_write(struct brv_pdf *pdf, struct brv_buf *names)
{
    const struct brv_pages *pages = pdf->pages;
    if (pages->destination_count == 0)
        return;
    struct brv_pdf_tree_entry *entries =
        BRV_NEW_ARRAY(pdf->arena, struct brv_pdf_tree_entry, pages->destination_count);
    struct brv_buf *out = &pdf->scratch;
    for (size_t i = 0; i < pages->destination_count; i++) {
        const struct brv_destination *destination = &pages->destinations[i];
        brv_pdf_add_bytes(out, destination->id);
        entries[i].key = brv_arena_str(pdf->arena, brv_buf_str(out));
        brv_buf_clear(out);
        brv_pdf_add_place(pdf, out, destination->page, destination->y_pt);
        entries[i].value = brv_arena_str(pdf->arena, brv_buf_str(out));
        brv_buf_clear(out);
    }
    brv_str tree = brv_pdf_tree_write(pdf, "Names", entries, pages->destination_count);
    brv_buf_add_cstr(names, "/Dests<<");
    brv_buf_add_str(names, tree);
    brv_buf_add_cstr(names, ">>");
}

// ---- page labels

// A label as PDF writes it: a prefix, then a number in a style ('D' decimal, 'r' and 'R' Roman),
// or no number (0).
struct place_label {
    brv_str prefix;
    char style;
    size_t number;
};

static size_t place_roman(size_t number, char *out)
{
    static const struct {
        size_t value;
        const char *letters;
    } parts[] = {
        { 1000, "m" }, { 900, "cm" }, { 500, "d" }, { 400, "cd" }, { 100, "c" },
        { 90, "xc" },  { 50, "l" },   { 40, "xl" }, { 10, "x" },   { 9, "ix" },
        { 5, "v" },    { 4, "iv" },   { 1, "i" },
    };
    size_t len = 0;
    for (size_t i = 0; i < BRV_COUNT(parts); i++)
        for (; number >= parts[i].value; number -= parts[i].value)
            for (const char *letter = parts[i].letters; *letter; letter++)
                out[len++] = *letter;
    return len;
}

// The value of a Roman number in lower-case letters, 0 when it is none in its usual form.
static size_t place_from_roman(brv_str text)
{
    enum { ROMAN_MAX = 3999, ROMAN_LETTERS_MAX = 15 };
    static const char letters[] = "ivxlcdm";
    static const size_t values[] = { 1, 5, 10, 50, 100, 500, 1000 };
    size_t sum = 0;
    size_t after = 0;
    if (text.len == 0 || text.len > ROMAN_LETTERS_MAX)
        return 0;
    for (size_t i = text.len; i-- > 0;) {
        const char *letter = text.ptr[i] ? strchr(letters, text.ptr[i]) : NULL;
        if (!letter)
            return 0;
        size_t value = values[letter - letters];
        if (value < after) {
            if (sum <= value)
                return 0;
            sum -= value;
        } else {
            sum += value;
        }
        after = value;
    }
    char usual[ROMAN_LETTERS_MAX + 1];
    if (sum > ROMAN_MAX || !brv_str_equal(text, (brv_str){ usual, place_roman(sum, usual) }))
        return 0;
    return sum;
}

static struct place_label place_label_parse(struct brv_arena *arena, brv_str text)
{
    enum { LABEL_DIGITS_MAX = 8 };
    size_t end = text.len;
    while (end > 0 && text.len - end < LABEL_DIGITS_MAX && brv_is_digit(text.ptr[end - 1]))
        end--;
    while (end < text.len && text.ptr[end] == '0') // "007" is a prefix "00" and a 7
        end++;
    struct place_label label = { .prefix = text };
    if (end < text.len && brv_str_to_size(brv_str_slice(text, end, text.len), &label.number)) {
        label.prefix.len = end;
        label.style = 'D';
        return label;
    }
    brv_str lower = brv_arena_lower(arena, text);
    label.number = place_from_roman(lower);
    if (label.number) {
        bool is_lower = text.ptr[0] == lower.ptr[0];
        for (size_t i = 0; i < text.len; i++)
            if ((text.ptr[i] == lower.ptr[i]) != is_lower)
                return (struct place_label){ .prefix = text };
        label.prefix.len = 0;
        label.style = is_lower ? 'r' : 'R';
    }
    return label;
}

void brv_pdf_page_labels_write(struct brv_pdf *pdf, struct brv_buf *catalog)
{
    const struct brv_pages *pages = pdf->pages;
    struct brv_pdf_tree_entry *entries = NULL;
    size_t count = 0;
    size_t capacity = 0;
    struct place_label before = { 0 };
    bool is_usual = true; // 1, 2, 3 …: what readers show anyway
    for (size_t i = 0; i < pages->page_count; i++) {
        struct place_label label = place_label_parse(pdf->arena, pages->pages[i].label);
        is_usual &= label.style == 'D' && label.prefix.len == 0 && label.number == i + 1;
        bool goes_on = i > 0 && label.style && label.style == before.style &&
                       label.number == before.number + 1 &&
                       brv_str_equal(label.prefix, before.prefix);
        before = label;
        if (goes_on)
            continue;
        struct brv_buf *out = &pdf->scratch;
        brv_buf_add_cstr(out, "<<");
        if (label.style)
            brv_buf_printf(out, "/S/%c/St %zu", label.style, label.number);
        if (label.prefix.len) {
            brv_buf_add_cstr(out, "/P");
            brv_pdf_add_text(out, label.prefix);
        }
        brv_buf_add_cstr(out, ">>");
        struct brv_pdf_tree_entry *entry = &BRV_PUSH(pdf->arena, entries, count, capacity);
        entry->key = brv_arena_printf(pdf->arena, "%zu", i);
        entry->value = brv_arena_str(pdf->arena, brv_buf_str(out));
        brv_buf_clear(out);
    }
    if (is_usual)
        return;
    brv_str tree = brv_pdf_tree_write(pdf, "Nums", entries, count);
    brv_buf_add_cstr(catalog, "/PageLabels<<");
    brv_buf_add_str(catalog, tree);
    brv_buf_add_cstr(catalog, ">>");
}
