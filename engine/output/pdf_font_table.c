// Brevier — the tables of a PDF font: widths and the way back to text.
// SPDX-License-Identifier: MIT
#include "output/pdf_font.h"
#include "output/pdf_write.h"

enum {
    PDF_SAME_WIDTHS_MIN = 4,  // from here on "first last width" is shorter than a list
    PDF_CMAP_BLOCK_MAX = 100, // entries between beginbfchar and endbfchar
};

static bool pdf_width_equal(const struct brv_pdf_code *a, const struct brv_pdf_code *b)
{
    return !(a->width < b->width) && !(a->width > b->width);
}

// The number of codes from `from` on that follow each other and have one width.
static size_t pdf_same_widths(const struct brv_pdf_code *codes, size_t from, size_t count)
{
    size_t end = from + 1;
    while (end < count && codes[end].code == codes[end - 1].code + 1 &&
           pdf_width_equal(&codes[from], &codes[end]))
        end++;
    return end - from;
}

static void pdf_add_width(struct brv_buf *out, float width)
{
    brv_buf_add_byte(out, ' ');
    brv_buf_add_number(out, (double)width, 2);
}

// "c [w w w]" lists widths of codes in a row, "c1 c2 w" gives one width to a row.
void brv_pdf_add_widths(struct brv_buf *out, const struct brv_pdf_code *codes, size_t count)
{
    brv_buf_add_cstr(out, "/W[");
    for (size_t i = 0; i < count;) {
        size_t same = pdf_same_widths(codes, i, count);
        brv_buf_add_byte(out, ' ');
        brv_buf_add_int(out, codes[i].code);
        if (same >= PDF_SAME_WIDTHS_MIN) {
            brv_buf_add_byte(out, ' ');
            brv_buf_add_int(out, codes[i + same - 1].code);
            pdf_add_width(out, codes[i].width);
            i += same;
            continue;
        }
        brv_buf_add_byte(out, '[');
        do {
            pdf_add_width(out, codes[i].width);
            i++;
        } while (i < count && codes[i].code == codes[i - 1].code + 1 &&
                 pdf_same_widths(codes, i, count) < PDF_SAME_WIDTHS_MIN);
        brv_buf_add_byte(out, ']');
    }
    brv_buf_add_byte(out, ']');
}

void brv_pdf_add_tounicode(struct brv_buf *out, const struct brv_pdf_code *codes, size_t count)
{
    brv_buf_add_cstr(out,
                     "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                     "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
                     "/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
                     "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n");
    for (size_t i = 0; i < count; i++) {
        if (i % PDF_CMAP_BLOCK_MAX == 0) {
            size_t left = count - i;
            brv_buf_printf(out,
                           "%s%zu beginbfchar\n",
                           i ? "endbfchar\n" : "",
                           left < PDF_CMAP_BLOCK_MAX ? left : PDF_CMAP_BLOCK_MAX);
        }
        brv_buf_add_byte(out, '<');
        brv_pdf_add_hex16(out, codes[i].code);
        brv_buf_add(out, "><", 2);
        brv_pdf_add_utf16(out, codes[i].text);
        brv_buf_add(out, ">\n", 2);
    }
    brv_buf_add_cstr(out,
                     "endbfchar\nendcmap\nCMapName currentdict/CMap defineresource pop\nend\nend");
}
