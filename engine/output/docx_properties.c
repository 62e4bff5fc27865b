// Brevier — document properties.
// SPDX-License-Identifier: MIT
#include "output/docx_parts.h"

#include "output/docx_xml.h"

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
