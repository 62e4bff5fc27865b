// Brevier — the formats of tables and their cells as XML.
// SPDX-License-Identifier: MIT
#include "output/docx_styles.h"

#include "output/docx_xml.h"

static void write_cell_margins(struct brv_buf *out, const char *name, const int16_t padding[4])
{
    static const char *const names[] = { "<w:top", "<w:left", "<w:bottom", "<w:right" };
    brv_buf_printf(out, "<w:%s>", name);
    for (int i = DOCX_TOP; i <= DOCX_RIGHT; i++) {
        brv_buf_add_cstr(out, names[i]);
        brv_xml_attr_int(out, "w:w", padding[i]);
        brv_buf_add_cstr(out, " w:type=\"dxa\"/>");
    }
    brv_buf_printf(out, "</w:%s>", name);
}

void brv_docx_write_cell_members(const struct docx *docx, struct brv_buf *out,
                                 const struct docx_cell_format *format, uint32_t members)
{
    static const char *const names[] = { "w:top", "w:left", "w:bottom", "w:right" };
    if (members & DOCX_CELL_BORDERS) {
        brv_buf_add_cstr(out, "<w:tcBorders>");
        for (int i = DOCX_TOP; i <= DOCX_RIGHT; i++) {
            if (members & (1u << i)) {
                brv_docx_write_border(docx, out, names[i], &format->borders[i]);
            }
        }
        brv_buf_add_cstr(out, "</w:tcBorders>");
    }
    if (members & DOCX_CELL_SHADE) {
        brv_docx_write_shade(docx, out, format->shade);
    }
    if (members & DOCX_CELL_PADDING) {
        write_cell_margins(out, "tcMar", format->padding);
    }
    if (members & DOCX_CELL_VALIGN) {
        brv_xml_val(out,
                    "w:vAlign",
                    format->valign == BRV_VERTICAL_MIDDLE   ? "center"
                    : format->valign == BRV_VERTICAL_BOTTOM ? "bottom"
                                                            : "top");
    }
}

static void write_table_border(const struct docx *docx, struct brv_buf *out, const char *name,
                               const struct docx_border *first, const struct docx_border *second)
{
    const struct docx_border *border = first->style != BRV_BORDER_NONE ? first : second;
    if (border->style != BRV_BORDER_NONE) {
        brv_docx_write_border(docx, out, name, border);
    }
}

// What a row of its own kind has: all that can be seen of it or of the body, and its padding.
static uint32_t row_members(const struct docx_cell_format *format,
                            const struct docx_cell_format *body)
{
    uint32_t members = DOCX_CELL_PADDING | brv_docx_cell_difference(format, body);
    for (int i = DOCX_TOP; i <= DOCX_RIGHT; i++) {
        members |= format->borders[i].style != BRV_BORDER_NONE ? 1u << i : 0;
    }
    members |= format->shade != DOCX_NO_COLOR ? DOCX_CELL_SHADE : 0;
    members |= format->valign != BRV_VERTICAL_TOP ? DOCX_CELL_VALIGN : 0;
    return members;
}

// Whether all rows are shaded but the header. LibreOffice cannot take the shade of a table off its
// header: it is the bands' that have no part in that.
static bool is_shaded_below(const struct docx_table_format *format)
{
    return format->has_header && format->header.shade == DOCX_NO_COLOR &&
           format->body.shade != DOCX_NO_COLOR &&
           (!format->has_bands || format->even.shade != DOCX_NO_COLOR);
}

// The text in a part, or in the head of a column, and what its cells have.
static void write_part(const struct docx *docx, struct brv_buf *out, const char *type,
                       const struct docx_run_format *text, uint32_t text_members,
                       const struct docx_cell_format *cell, uint32_t members)
{
    brv_buf_printf(out, "<w:tblStylePr w:type=\"%s\">", type);
    brv_docx_write_run_format(docx, out, text, text_members, DOCX_RUN_OF_TEXT);
    if (members != 0) {
        brv_buf_add_cstr(out, "<w:tcPr>");
        brv_docx_write_cell_members(docx, out, cell, members);
        brv_buf_add_cstr(out, "</w:tcPr>");
    }
    brv_buf_add_cstr(out, "</w:tblStylePr>");
}

// The parts in the order of the standard's own list, the later ones first to be seen. The head of a
// column Word takes for a cell of it, too: what the column says is taken back there.
static void write_parts(const struct docx *docx, struct brv_buf *out,
                        const struct docx_table_format *format)
{
    static const struct {
        enum docx_table_part part;
        const char *type, *head;
    } rows[] = {
        { DOCX_LAST_ROW, "lastRow", NULL },
        { DOCX_FIRST_COLUMN, "firstCol", "nwCell" },
        { DOCX_LAST_COLUMN, "lastCol", "neCell" },
    };
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        const struct docx_table_condition *part = &format->parts[rows[i].part];
        if (brv_docx_has_part(format, rows[i].part)) {
            write_part(docx,
                       out,
                       rows[i].type,
                       &part->text.format,
                       part->text.members,
                       &part->cell,
                       part->members);
        }
    }
    struct docx_run_format header = docx->normal->paragraph.run;
    brv_docx_run_take(&header, &format->header_text.format, format->header_text.members);
    for (size_t i = 0; i < BRV_COUNT(rows) && format->has_header; i++) {
        const struct docx_table_condition *part = &format->parts[rows[i].part];
        if (rows[i].head && brv_docx_has_part(format, rows[i].part)) {
            uint32_t members =
                brv_docx_cell_difference(&part->cell, &format->header) & part->members;
            write_part(
                docx, out, rows[i].head, &header, part->text.members, &format->header, members);
        }
    }
}

bool brv_docx_shades_rows(const struct docx_table_format *format)
{
    return format->has_bands || is_shaded_below(format);
}

void brv_docx_write_table_format(const struct docx *docx, struct brv_buf *out,
                                 const struct docx_table_format *format)
{
    // What is shaded is the band, whichever rows it is: the table itself is as plain as it can be.
    bool is_odd_band = format->has_bands && format->body.shade != DOCX_NO_COLOR &&
                       format->even.shade == DOCX_NO_COLOR;
    const struct docx_cell_format *body = is_odd_band ? &format->even : &format->body;
    const struct docx_cell_format *band = is_odd_band ? &format->body : &format->even;
    const struct docx_border *cell = body->borders;
    const bool is_below = is_shaded_below(format);
    brv_buf_add_cstr(out, "<w:tblPr>");
    if (brv_docx_shades_rows(format)) {
        brv_xml_val_int(out, "w:tblStyleRowBandSize", 1);
    }
    if (format->spacing > 0) { // Word gives each cell half of what stands between two
        brv_buf_printf(out, "<w:tblCellSpacing w:w=\"%d\" w:type=\"dxa\"/>", format->spacing / 2);
    }
    size_t start = out->len;
    brv_buf_add_cstr(out, "<w:tblBorders>");
    size_t open = out->len;
    write_table_border(docx, out, "w:top", &format->outer[DOCX_TOP], &cell[DOCX_TOP]);
    write_table_border(docx, out, "w:left", &format->outer[DOCX_LEFT], &cell[DOCX_LEFT]);
    write_table_border(docx, out, "w:bottom", &format->outer[DOCX_BOTTOM], &cell[DOCX_BOTTOM]);
    write_table_border(docx, out, "w:right", &format->outer[DOCX_RIGHT], &cell[DOCX_RIGHT]);
    write_table_border(docx, out, "w:insideH", &cell[DOCX_BOTTOM], &cell[DOCX_TOP]);
    write_table_border(docx, out, "w:insideV", &cell[DOCX_RIGHT], &cell[DOCX_LEFT]);
    if (out->len == open) {
        out->len = start;
    } else {
        brv_buf_add_cstr(out, "</w:tblBorders>");
    }
    write_cell_margins(out, "tblCellMar", body->padding);
    brv_buf_add_cstr(out, "</w:tblPr>");
    uint32_t members = (body->shade != DOCX_NO_COLOR && !is_below ? DOCX_CELL_SHADE : 0u) |
                       (body->valign != BRV_VERTICAL_TOP ? DOCX_CELL_VALIGN : 0u);
    if (members != 0) {
        brv_buf_add_cstr(out, "<w:tcPr>");
        brv_docx_write_cell_members(docx, out, body, members);
        brv_buf_add_cstr(out, "</w:tcPr>");
    }
    const struct docx_run_format *text = &format->header_text.format;
    if (format->has_header) {
        members = row_members(&format->header, body) & ~(is_below ? DOCX_CELL_SHADE : 0u);
        write_part(
            docx, out, "firstRow", text, format->header_text.members, &format->header, members);
    }
    if (is_below) {
        write_part(docx, out, "band1Horz", text, 0, body, DOCX_CELL_SHADE);
    }
    if (format->has_bands) {
        members = row_members(band, body);
        write_part(docx, out, is_odd_band ? "band1Horz" : "band2Horz", text, 0, band, members);
    } else if (is_below) {
        write_part(docx, out, "band2Horz", text, 0, body, DOCX_CELL_SHADE);
    }
    write_parts(docx, out, format);
}
