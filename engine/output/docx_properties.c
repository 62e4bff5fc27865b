// Brevier — theme and document properties.
// SPDX-License-Identifier: MIT
#include "output/docx_parts.h"

#include "output/docx_styles.h"
#include "output/docx_template.h"
#include "output/docx_xml.h"

// ---- theme

static const struct docx_style *find_style(const struct docx *docx, enum docx_role role)
{
    for (const struct docx_style *style = docx->first_style; style; style = style->next) {
        if (style->role == role) {
            return style;
        }
    }
    return NULL;
}

static void write_color(struct brv_buf *out, const char *name, uint32_t rgb)
{
    brv_buf_printf(out, "<a:%s><a:srgbClr", name);
    brv_xml_attr_rgb(out, "val", rgb == DOCX_NO_COLOR ? 0 : rgb);
    brv_buf_printf(out, "/></a:%s>", name);
}

static void write_theme_font(struct brv_buf *out, const char *name, const struct docx_font *font)
{
    brv_buf_printf(out, "<a:%s><a:latin", name);
    brv_xml_attr(out, "typeface", font->name);
    brv_buf_add_cstr(out, "/><a:ea");
    brv_xml_attr(out, "typeface", font->east_asian);
    brv_buf_add_cstr(out, "/><a:cs");
    brv_xml_attr(out, "typeface", font->complex);
    brv_buf_printf(out, "/></a:%s>", name);
}

void brv_docx_write_theme(const struct docx *docx, struct brv_buf *out)
{
    if (docx->template && docx->template->theme) {
        brv_docx_template_write_theme(docx->template, out);
        return;
    }
    const struct docx_run_format *body = &docx->normal->paragraph.run;
    const struct docx_style *first = find_style(docx, DOCX_ROLE_HEADING_1);
    const struct docx_style *second = find_style(docx, DOCX_ROLE_HEADING_2);
    const struct docx_style *link = find_style(docx, DOCX_ROLE_HYPERLINK);
    first = first ? first : second;
    second = second ? second : first;
    const struct docx_run_format *major = first ? &first->paragraph.run : body;
    const struct docx_run_format *accent = second ? &second->paragraph.run : body;
    uint32_t link_color =
        link && link->run.members & DOCX_RUN_COLOR ? link->run.format.color : 0x0563C1;
    static const struct {
        const char *name;
        uint32_t rgb;
    } accents[] = {
        { "accent2", 0x4F6D7A }, { "accent3", 0x7A8B99 }, { "accent4", 0xC08A3E },
        { "accent5", 0x5B7F5B }, { "accent6", 0x8C4A4A },
    };
    brv_buf_add_cstr(out,
                     BRV_XML_DECLARATION
                     "<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
                     "name=\"Brevier\"><a:themeElements><a:clrScheme name=\"Brevier\">");
    write_color(out, "dk1", body->color);
    write_color(out, "lt1", 0xFFFFFF);
    write_color(out, "dk2", major->color);
    write_color(out, "lt2", 0xEEF1F4);
    write_color(out, "accent1", accent->color);
    for (size_t i = 0; i < BRV_COUNT(accents); i++) {
        write_color(out, accents[i].name, accents[i].rgb);
    }
    write_color(out, "hlink", link_color);
    write_color(out, "folHlink", link_color);
    brv_buf_add_cstr(out, "</a:clrScheme>\n<a:fontScheme name=\"Brevier\">");
    write_theme_font(out, "majorFont", &docx->fonts[major->font]);
    write_theme_font(out, "minorFont", &docx->fonts[body->font]);
    brv_buf_add_cstr(out, "</a:fontScheme>\n<a:fmtScheme name=\"Brevier\"><a:fillStyleLst>");
    static const char fill[] = "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>";
    for (int i = 0; i < 3; i++) {
        brv_buf_add_cstr(out, fill);
    }
    brv_buf_add_cstr(out, "</a:fillStyleLst><a:lnStyleLst>");
    for (int i = 1; i <= 3; i++) {
        brv_buf_printf(out, "<a:ln w=\"%d\">%s</a:ln>", i * 6350, fill);
    }
    brv_buf_add_cstr(out, "</a:lnStyleLst><a:effectStyleLst>");
    for (int i = 0; i < 3; i++) {
        brv_buf_add_cstr(out, "<a:effectStyle><a:effectLst/></a:effectStyle>");
    }
    brv_buf_add_cstr(out, "</a:effectStyleLst><a:bgFillStyleLst>");
    for (int i = 0; i < 3; i++) {
        brv_buf_add_cstr(out, fill);
    }
    brv_buf_add_cstr(out, "</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>\n");
}

// ---- core properties

static void write_element(struct brv_buf *out, const char *name, brv_str text)
{
    if (text.len > 0) {
        brv_buf_printf(out, "<%s>", name);
        brv_xml_text(out, text);
        brv_buf_printf(out, "</%s>\n", name);
    }
}

// The values of a key, joined.
static brv_str meta_text(const struct docx *docx, const char *key)
{
    const struct brv_meta *meta =
        docx->job->document ? brv_document_meta(docx->job->document, brv_str_from_cstr(key)) : NULL;
    struct brv_buf text = { 0 };
    for (size_t i = 0; meta && i < meta->value_count; i++) {
        brv_buf_add_cstr(&text, i > 0 ? "; " : "");
        brv_buf_add_str(&text, meta->values[i]);
    }
    brv_str result = brv_arena_str(docx->arena, brv_buf_str(&text));
    brv_buf_deinit(&text);
    return result;
}

// Days since 1970 as a civil date (proleptic Gregorian).
static void civil_from_days(long long days, long long *year, int *month, int *day)
{
    days += 719468;
    long long era = (days >= 0 ? days : days - 146096) / 146097;
    int of_era = (int)(days - era * 146097);
    int year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int shifted = (5 * of_year + 2) / 153;
    *day = of_year - (153 * shifted + 2) / 5 + 1;
    *month = shifted < 10 ? shifted + 3 : shifted - 9;
    *year = year_of_era + era * 400 + (*month <= 2);
}

static void write_date(struct brv_buf *out, const char *name, long long seconds)
{
    long long year;
    int month;
    int day;
    civil_from_days(seconds / 86400, &year, &month, &day);
    int of_day = (int)(seconds % 86400);
    brv_buf_printf(out,
                   "<dcterms:%s xsi:type=\"dcterms:W3CDTF\">%04lld-%02d-%02dT%02d:%02d:%02dZ"
                   "</dcterms:%s>\n",
                   name,
                   year,
                   month,
                   day,
                   of_day / 3600,
                   of_day / 60 % 60,
                   of_day % 60,
                   name);
}

void brv_docx_write_core(const struct docx *docx, struct brv_buf *out)
{
    static const long long year_9999_end = 253402300799;
    const struct brv_document *document = docx->job->document;
    long long date = docx->job->options.date;
    brv_buf_add_cstr(
        out,
        BRV_XML_DECLARATION
        "<cp:coreProperties "
        "xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" "
        "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
        "xmlns:dcterms=\"http://purl.org/dc/terms/\" "
        "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n");
    if (document) {
        write_element(out, "dc:title", document->title);
        write_element(out, "dc:subject", document->kind_title);
    }
    write_element(out, "dc:creator", meta_text(docx, "authors"));
    write_element(out, "cp:keywords", meta_text(docx, "tags"));
    write_element(out, "dc:language", docx->lang);
    if (date >= 0 && date <= year_9999_end) {
        write_date(out, "created", date);
        write_date(out, "modified", date);
    }
    brv_buf_add_cstr(out, "</cp:coreProperties>\n");
}

void brv_docx_write_app(struct brv_buf *out)
{
    brv_buf_add_cstr(
        out,
        BRV_XML_DECLARATION
        "<Properties "
        "xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">"
        "<Application>Brevier</Application></Properties>\n");
}

// ---- custom properties

void brv_docx_write_custom(const struct docx *docx, struct brv_buf *out)
{
    const struct brv_document *document = docx->job->document;
    struct {
        const char *name;
        brv_str value;
    } rows[] = {
        { "Document ID", document ? document->id : (brv_str){ 0 } },
        { "Kind", document ? document->kind : (brv_str){ 0 } },
        { "Date", document ? document->date : (brv_str){ 0 } },
        { "TLP", document ? document->tlp : (brv_str){ 0 } },
    };
    brv_buf_add_cstr(
        out,
        BRV_XML_DECLARATION
        "<Properties "
        "xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\" "
        "xmlns:vt=\"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes\">\n");
    int number = 2; // Word's own numbers begin here
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        if (rows[i].value.len > 0) {
            brv_buf_printf(out,
                           "<property fmtid=\"{D5CDD505-2E9C-101B-9397-08002B2CF9AE}\" "
                           "pid=\"%d\" name=\"%s\"><vt:lpwstr>",
                           number++,
                           rows[i].name);
            brv_xml_text(out, rows[i].value);
            brv_buf_add_cstr(out, "</vt:lpwstr></property>\n");
        }
    }
    brv_buf_add_cstr(out, "</Properties>\n");
}
