// Brevier — the parts that hold the package together: types, relationships, settings, fonts.
// SPDX-License-Identifier: MIT
#include "output/docx_parts.h"

#include "output/docx_numbering.h"
#include "output/docx_picture.h"
#include "output/docx_styles.h"
#include "output/docx_xml.h"

#define WORD_TYPE "application/vnd.openxmlformats-officedocument.wordprocessingml."
#define OFFICE_RELATION "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define PACKAGE_NAMESPACE "http://schemas.openxmlformats.org/package/2006/"

// ---- content types

static void write_type(struct brv_buf *out, const char *part, const char *type)
{
    brv_buf_add_cstr(out, "<Override PartName=\"/");
    brv_buf_add_cstr(out, part);
    brv_buf_add_cstr(out, "\" ContentType=\"");
    brv_buf_add_cstr(out, type);
    brv_buf_add_cstr(out, "\"/>\n");
}

// Calls `write` for each header and footer.
static void for_each_page_part(const struct docx *docx, struct brv_buf *out,
                               void (*write)(struct brv_buf *out, const char *type, brv_str name))
{
    for (const struct docx_pages *pages = docx->first_pages; pages; pages = pages->next) {
        for (int i = 0; i < DOCX_PAGE_KINDS * 2; i++) {
            if (brv_docx_has_page_part(pages, i / 2, i % 2)) {
                write(out,
                      i % 2 == 0 ? "header" : "footer",
                      brv_docx_page_part(docx->arena, pages, i / 2, i % 2));
            }
        }
    }
}

static void write_page_type(struct brv_buf *out, const char *type, brv_str name)
{
    brv_buf_add_cstr(out, "<Override PartName=\"/word/");
    brv_buf_add_str(out, name);
    brv_buf_add_cstr(out, ".xml\" ContentType=\"" WORD_TYPE);
    brv_buf_add_cstr(out, type);
    brv_buf_add_cstr(out, "+xml\"/>\n");
}

void brv_docx_write_content_types(const struct docx *docx, struct brv_buf *out)
{
    brv_buf_add_cstr(out,
                     BRV_XML_DECLARATION
                     "<Types xmlns=\"" PACKAGE_NAMESPACE "content-types\">\n"
                     "<Default Extension=\"rels\" "
                     "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\n"
                     "<Default Extension=\"xml\" ContentType=\"application/xml\"/>\n"
                     "<Default Extension=\"png\" ContentType=\"image/png\"/>\n"
                     "<Default Extension=\"jpeg\" ContentType=\"image/jpeg\"/>\n");
    write_type(out, "word/document.xml", WORD_TYPE "document.main+xml");
    write_type(out, "word/styles.xml", WORD_TYPE "styles+xml");
    if (brv_docx_has_numbering(docx)) {
        write_type(out, "word/numbering.xml", WORD_TYPE "numbering+xml");
    }
    if (docx->first_note) {
        write_type(out, "word/footnotes.xml", WORD_TYPE "footnotes+xml");
    }
    for_each_page_part(docx, out, write_page_type);
    write_type(out, "word/settings.xml", WORD_TYPE "settings+xml");
    write_type(out, "word/fontTable.xml", WORD_TYPE "fontTable+xml");
    write_type(
        out, "word/theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml");
    write_type(
        out, "docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
    write_type(out,
               "docProps/app.xml",
               "application/vnd.openxmlformats-officedocument.extended-properties+xml");
    write_type(out,
               "docProps/custom.xml",
               "application/vnd.openxmlformats-officedocument.custom-properties+xml");
    brv_buf_add_cstr(out, "</Types>\n");
}

// ---- relationships

static void open_relations(struct brv_buf *out)
{
    brv_buf_add_cstr(
        out, BRV_XML_DECLARATION "<Relationships xmlns=\"" PACKAGE_NAMESPACE "relationships\">\n");
}

static void write_relation(struct brv_buf *out, const char *id, const char *type,
                           const char *target)
{
    brv_buf_add_cstr(out, "<Relationship");
    brv_xml_attr(out, "Id", brv_str_from_cstr(id));
    brv_xml_attr(out, "Type", brv_str_from_cstr(type));
    brv_xml_attr(out, "Target", brv_str_from_cstr(target));
    brv_buf_add_cstr(out, "/>\n");
}

static void write_links(const struct docx *docx, const struct docx_part *part, struct brv_buf *out)
{
    for (size_t i = 0; i < part->image_count; i++) {
        brv_str path = brv_docx_image_path(docx, part->images[i]);
        brv_buf_printf(out,
                       "<Relationship Id=\"rIdImage%u\" Type=\"" OFFICE_RELATION
                       "image\" Target=\"%" BRV_STR_F "\"/>\n",
                       (unsigned)part->images[i]->id,
                       BRV_STR_ARG(path));
    }
    for (size_t i = 0; i < part->count; i++) {
        brv_buf_printf(
            out, "<Relationship Id=\"rIdLink%zu\" Type=\"" OFFICE_RELATION "hyperlink\"", i + 1);
        brv_xml_attr(out, "Target", part->addresses[i]);
        brv_buf_add_cstr(out, " TargetMode=\"External\"/>\n");
    }
}

void brv_docx_write_package_relations(struct brv_buf *out)
{
    open_relations(out);
    write_relation(out, "rId1", OFFICE_RELATION "officeDocument", "word/document.xml");
    write_relation(out,
                   "rId2",
                   PACKAGE_NAMESPACE "relationships/metadata/core-properties",
                   "docProps/core.xml");
    write_relation(out, "rId3", OFFICE_RELATION "extended-properties", "docProps/app.xml");
    write_relation(out, "rId4", OFFICE_RELATION "custom-properties", "docProps/custom.xml");
    brv_buf_add_cstr(out, "</Relationships>\n");
}

static void write_page_relation(struct brv_buf *out, const char *type, brv_str name)
{
    brv_buf_add_cstr(out, "<Relationship Id=\"rId");
    brv_buf_add_str(out, name);
    brv_buf_add_cstr(out, "\" Type=\"" OFFICE_RELATION);
    brv_buf_add_cstr(out, type);
    brv_buf_add_cstr(out, "\" Target=\"");
    brv_buf_add_str(out, name);
    brv_buf_add_cstr(out, ".xml\"/>\n");
}

void brv_docx_write_document_relations(const struct docx *docx, const struct docx_part *part,
                                       struct brv_buf *out)
{
    open_relations(out);
    write_relation(out, "rIdStyles", OFFICE_RELATION "styles", "styles.xml");
    if (brv_docx_has_numbering(docx)) {
        write_relation(out, "rIdNumbering", OFFICE_RELATION "numbering", "numbering.xml");
    }
    if (docx->first_note) {
        write_relation(out, "rIdFootnotes", OFFICE_RELATION "footnotes", "footnotes.xml");
    }
    for_each_page_part(docx, out, write_page_relation);
    write_relation(out, "rIdSettings", OFFICE_RELATION "settings", "settings.xml");
    write_relation(out, "rIdFontTable", OFFICE_RELATION "fontTable", "fontTable.xml");
    write_relation(out, "rIdTheme", OFFICE_RELATION "theme", "theme/theme1.xml");
    write_links(docx, part, out);
    brv_buf_add_cstr(out, "</Relationships>\n");
}

void brv_docx_write_link_relations(const struct docx *docx, const struct docx_part *part,
                                   struct brv_buf *out)
{
    open_relations(out);
    write_links(docx, part, out);
    brv_buf_add_cstr(out, "</Relationships>\n");
}

// ---- settings

// The scripts that the fonts of the theme are chosen for.
static void write_theme_language(const struct docx *docx, struct brv_buf *out)
{
    brv_str lang = brv_docx_lang(docx->lang);
    bool is_east_asian = brv_docx_lang_is_east_asian(lang);
    bool is_complex = brv_docx_lang_is_complex(lang);
    brv_buf_add_cstr(out, "<w:themeFontLang");
    brv_xml_attr(out, "w:val", is_east_asian || is_complex ? BRV_S("en-US") : lang);
    if (is_east_asian || is_complex) {
        brv_xml_attr(out, is_east_asian ? "w:eastAsia" : "w:bidi", lang);
    }
    brv_buf_add_cstr(out, "/>\n");
}

void brv_docx_write_settings(const struct docx *docx, struct brv_buf *out)
{
    brv_buf_add_cstr(out,
                     BRV_XML_DECLARATION "<w:settings xmlns:w=\"" DOCX_MAIN_NAMESPACE "\">\n"
                                         "<w:zoom w:percent=\"100\"/>\n");
    if (brv_docx_mirrors_margins(docx)) {
        brv_buf_add_cstr(out, "<w:mirrorMargins/>\n");
    }
    brv_buf_add_cstr(out, "<w:defaultTabStop w:val=\"720\"/>\n");
    if (docx->has_hyphens) {
        brv_buf_add_cstr(out, "<w:autoHyphenation/>\n");
    }
    if (docx->has_even) {
        brv_buf_add_cstr(out, "<w:evenAndOddHeaders/>\n");
    }
    brv_buf_add_cstr(out, "<w:characterSpacingControl w:val=\"doNotCompress\"/>\n");
    if (docx->first_note) {
        brv_buf_add_cstr(out,
                         "<w:footnotePr><w:footnote w:id=\"-1\"/><w:footnote w:id=\"0\"/>"
                         "</w:footnotePr>\n");
    }
    brv_buf_add_cstr(out,
                     "<w:compat><w:compatSetting w:name=\"compatibilityMode\" "
                     "w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/>"
                     "</w:compat>\n");
    write_theme_language(docx, out);
    brv_buf_add_cstr(out,
                     "<w:clrSchemeMapping w:bg1=\"light1\" w:t1=\"dark1\" w:bg2=\"light2\" "
                     "w:t2=\"dark2\" w:accent1=\"accent1\" w:accent2=\"accent2\" "
                     "w:accent3=\"accent3\" w:accent4=\"accent4\" w:accent5=\"accent5\" "
                     "w:accent6=\"accent6\" w:hyperlink=\"hyperlink\" "
                     "w:followedHyperlink=\"followedHyperlink\"/>\n");
    bool has_comma = brv_docx_lang_has_decimal_comma(brv_docx_lang(docx->lang));
    brv_xml_val(out, "w:decimalSymbol", has_comma ? "," : ".");
    brv_xml_val(out, "w:listSeparator", has_comma ? ";" : ",");
    brv_buf_add_cstr(out, "</w:settings>\n");
}

// ---- fonts

static const char *substitute(const struct docx_font *font)
{
    switch (font->family) {
    case DOCX_FONT_MODERN:
        return "Consolas";
    case DOCX_FONT_ROMAN:
        return "Cambria";
    case DOCX_FONT_SWISS:
        break;
    }
    return "Calibri";
}

static void write_font(struct brv_map *seen, const struct docx_font *font, brv_str name,
                       struct brv_buf *out)
{
    static const char *const families[] = { "swiss", "roman", "modern" };
    void **slot = brv_map_at(seen, name);
    if (*slot) {
        return;
    }
    *slot = seen;
    brv_buf_add_cstr(out, "<w:font");
    brv_xml_attr(out, "w:name", name);
    brv_buf_add_byte(out, '>');
    if (brv_str_equal(name, font->name)) { // those for other scripts are Word's own
        brv_str usual = brv_str_from_cstr(substitute(font));
        brv_xml_val_str(out, "w:altName", font->second.len > 0 ? font->second : usual);
    }
    brv_xml_val(out, "w:family", families[font->family]);
    brv_xml_val(out, "w:pitch", font->family == DOCX_FONT_MODERN ? "fixed" : "variable");
    brv_buf_add_cstr(out, "</w:font>\n");
}

void brv_docx_write_fonts(const struct docx *docx, struct brv_buf *out)
{
    brv_buf_add_cstr(out, BRV_XML_DECLARATION "<w:fonts xmlns:w=\"" DOCX_MAIN_NAMESPACE "\">\n");
    struct brv_map seen = { .arena = docx->arena };
    for (size_t i = 0; i < docx->font_count; i++) {
        const struct docx_font *font = &docx->fonts[i];
        write_font(&seen, font, font->name, out);
        write_font(&seen, font, font->east_asian, out);
        write_font(&seen, font, font->complex, out);
    }
    brv_buf_add_cstr(out, "</w:fonts>\n");
}
