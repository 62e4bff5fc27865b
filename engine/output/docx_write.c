// Brevier — blocks as XML.
//
// Nothing here decides how anything looks: paragraphs, runs and tables name their styles.
// SPDX-License-Identifier: MIT
#include "output/docx_write.h"

#include "base/direction.h"

#include "output/docx_naming.h"
#include "output/docx_styles.h"
#include "output/docx_xml.h"

// ---- paragraphs

// All that a paragraph says beyond its style.
static void write_direct(struct docx_writer *writer, const struct docx_paragraph *paragraph)
{
    const struct docx_style *style = paragraph->style;
    const struct docx_paragraph_format *base = &style->base->paragraph;
    struct docx_run_delta delta = brv_docx_run_delta(&base->run, &style->paragraph.run);
    brv_docx_write_paragraph_members(writer->docx, writer->out, style, base, paragraph->is_rtl);
    brv_docx_write_run_format( // of its number
        writer->docx,
        writer->out,
        &delta.format,
        delta.members,
        DOCX_RUN_OF_HEADING);
}

static void write_number_and_side(struct docx_writer *writer,
                                  const struct docx_paragraph *paragraph)
{
    struct brv_buf *out = writer->out;
    if (paragraph->num && !brv_docx_is_numbered_by_style(paragraph)) {
        brv_buf_add_cstr(out, "<w:numPr>");
        brv_xml_val_int(out, "w:ilvl", paragraph->num_level);
        brv_xml_val_int(out, "w:numId", paragraph->num->id);
        brv_buf_add_cstr(out, "</w:numPr>");
    }
    if (paragraph->is_rtl) {
        brv_buf_add_cstr(out, "<w:bidi/>");
    }
}

static void write_paragraph(struct docx_writer *writer, const struct docx_paragraph *paragraph)
{
    struct brv_buf *out = writer->out;
    brv_buf_add_cstr(out, "<w:p><w:pPr>");
    brv_xml_val_str(out, "w:pStyle", paragraph->style->id);
    if (paragraph->style->is_direct) {
        write_direct(writer, paragraph);
    } else {
        write_number_and_side(writer, paragraph);
    }
    brv_buf_add_str(out, paragraph->section_xml);
    brv_buf_add_cstr(out, "</w:pPr>");
    brv_docx_write_items(writer, paragraph);
    brv_buf_add_cstr(out, "</w:p>\n");
}

// ---- tables

// What the table's style does not say of a cell. LibreOffice knows the rule below the heads, but
// not at the lower end of one that spans their rows.
static uint32_t stated_members(const struct docx_table *table, const struct docx_row *row,
                               const struct docx_cell *cell)
{
    struct docx_cell_format usual = brv_docx_usual_cell(table, row, cell);
    uint32_t members = brv_docx_cell_difference(&usual, &cell->format);
    bool ends_head = row->is_header && cell->continues_merge && row->next && !row->next->is_header;
    bool has_rule = cell->format.borders[DOCX_BOTTOM].style != BRV_BORDER_NONE;
    return ends_head && has_rule ? members | 1u << DOCX_BOTTOM : members;
}

static void write_cell(struct docx_writer *writer, const struct docx_table *table,
                       const struct docx_row *row, const struct docx_cell *cell)
{
    struct brv_buf *out = writer->out;
    int32_t width = 0;
    for (unsigned i = 0; i < cell->columns; i++) {
        width += table->widths[cell->column + i];
    }
    brv_buf_add_cstr(out, "<w:tc><w:tcPr><w:tcW");
    brv_xml_attr_int(out, "w:w", width);
    brv_buf_add_cstr(out, " w:type=\"dxa\"/>");
    if (cell->columns > 1) {
        brv_xml_val_int(out, "w:gridSpan", cell->columns);
    }
    if (cell->starts_merge) {
        brv_xml_val(out, "w:vMerge", "restart");
    } else if (cell->continues_merge) {
        brv_buf_add_cstr(out, "<w:vMerge/>");
    }
    brv_docx_write_cell_members(writer->docx, out, &cell->format, stated_members(table, row, cell));
    brv_buf_add_cstr(out, "</w:tcPr>");
    if (cell->flow) {
        brv_docx_write_flow(writer, cell->flow);
    } else {
        brv_buf_add_cstr(out, "<w:p/>");
    }
    brv_buf_add_cstr(out, "</w:tc>");
}

static void write_row(struct docx_writer *writer, const struct docx_table *table,
                      const struct docx_row *row)
{
    struct brv_buf *out = writer->out;
    brv_buf_add_cstr(out, "<w:tr>");
    if (row->keep || row->is_header) {
        brv_buf_add_cstr(out, "<w:trPr>");
        brv_buf_add_cstr(out, "<w:cantSplit/>");
        brv_buf_add_cstr(out, row->is_header ? "<w:tblHeader/>" : "");
        brv_buf_add_cstr(out, "</w:trPr>");
    }
    for (const struct docx_cell *cell = row->first; cell; cell = cell->next) {
        write_cell(writer, table, row, cell);
    }
    brv_buf_add_cstr(out, "</w:tr>\n");
}

static void write_table(struct docx_writer *writer, const struct docx_table *table)
{
    struct brv_buf *out = writer->out;
    const struct docx_table_format *format = &table->format;
    brv_buf_add_cstr(out, "<w:tbl><w:tblPr>");
    brv_xml_val_str(out, "w:tblStyle", table->style->id);
    if (table->is_rtl) {
        brv_buf_add_cstr(out, "<w:bidiVisual/>");
    }
    const char *side = table->align == BRV_ALIGN_CENTER ? "<w:jc w:val=\"center\"/>"
                       : table->align == BRV_ALIGN_END  ? "<w:jc w:val=\"right\"/>"
                                                        : "";
    brv_buf_printf(out,
                   "<w:tblW w:w=\"%d\" w:type=\"dxa\"/>%s<w:tblInd w:w=\"%d\" w:type=\"dxa\"/>",
                   (int)table->width,
                   side,
                   (int)table->indent);
    bool has_first = brv_docx_has_part(format, DOCX_FIRST_COLUMN);
    bool has_last = brv_docx_has_part(format, DOCX_LAST_COLUMN);
    bool has_last_row = brv_docx_has_part(format, DOCX_LAST_ROW);
    const struct docx_style *style = table->style->twin ? table->style->twin : table->style;
    bool has_bands = brv_docx_shades_rows(&style->table);
    int look = (format->has_header ? 0x20 : 0) | (has_last_row ? 0x40 : 0) |
               (has_first ? 0x80 : 0) | (has_last ? 0x100 : 0) | (has_bands ? 0 : 0x200) | 0x400;
    brv_buf_printf(out,
                   "<w:tblLook w:val=\"%04X\" w:firstRow=\"%d\" w:lastRow=\"%d\" "
                   "w:firstColumn=\"%d\" w:lastColumn=\"%d\" w:noHBand=\"%d\" w:noVBand=\"1\"/>",
                   (unsigned)look,
                   format->has_header,
                   has_last_row,
                   has_first,
                   has_last,
                   !has_bands);
    if (table->title.len > 0) {
        brv_xml_val_str(out, "w:tblCaption", table->title);
    }
    if (table->description.len > 0) {
        brv_xml_val_str(out, "w:tblDescription", table->description);
    }
    brv_buf_add_cstr(out, "</w:tblPr><w:tblGrid>");
    for (unsigned i = 0; i < table->column_count; i++) {
        brv_buf_add_cstr(out, "<w:gridCol");
        brv_xml_attr_int(out, "w:w", table->widths[i]);
        brv_buf_add_cstr(out, "/>");
    }
    brv_buf_add_cstr(out, "</w:tblGrid>\n");
    for (const struct docx_row *row = table->first; row; row = row->next) {
        write_row(writer, table, row);
    }
    brv_buf_add_cstr(out, "</w:tbl>\n");
}

void brv_docx_write_flow(struct docx_writer *writer, const struct docx_flow *flow)
{
    for (const struct docx_block *block = flow->first; block; block = block->next) {
        if (block->opens_contents) {
            brv_buf_add_cstr(writer->out,
                             "<w:sdt><w:sdtPr><w:docPartObj>"
                             "<w:docPartGallery w:val=\"Table of Contents\"/><w:docPartUnique/>"
                             "</w:docPartObj></w:sdtPr><w:sdtContent>\n");
        }
        if (block->paragraph) {
            write_paragraph(writer, block->paragraph);
        } else {
            write_table(writer, block->table);
        }
        if (block->closes_contents) {
            brv_buf_add_cstr(writer->out, "</w:sdtContent></w:sdt>\n");
        }
    }
}

void brv_docx_write_notes(const struct docx *docx, struct docx_part *part, struct brv_buf *out)
{
    struct docx_writer writer = { .docx = docx, .part = part, .out = out, .page_number = -1 };
    // The rule above notes is where their lines begin.
    const char *side = brv_lang_is_rtl(docx->lang) ? "<w:pPr><w:bidi/></w:pPr>" : "";
    brv_buf_add_cstr(out, BRV_XML_DECLARATION "<w:footnotes " DOCX_NAMESPACES ">\n");
    brv_buf_printf(out,
                   "<w:footnote w:type=\"separator\" w:id=\"-1\"><w:p>%s<w:r><w:separator/></w:r>"
                   "</w:p></w:footnote>\n"
                   "<w:footnote w:type=\"continuationSeparator\" w:id=\"0\"><w:p>%s<w:r>"
                   "<w:continuationSeparator/></w:r></w:p></w:footnote>\n",
                   side,
                   side);
    for (const struct docx_note *note = docx->first_note; note; note = note->next) {
        brv_buf_printf(out, "<w:footnote w:id=\"%d\">", note->id);
        brv_docx_write_flow(&writer, &note->flow);
        brv_buf_add_cstr(out, "</w:footnote>\n");
    }
    brv_buf_add_cstr(out, "</w:footnotes>\n");
}
