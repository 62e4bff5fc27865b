// Brevier — document properties.
// SPDX-License-Identifier: MIT
#include "output/docx_parts.h"

#include "base/utf8.h"
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

static brv_str joined_values(const struct docx *docx, const struct brv_meta *meta)
{
    struct brv_buf text = { 0 };
    for (size_t i = 0; meta && i < meta->value_count; i++) {
        brv_buf_add_cstr(&text, i > 0 ? "; " : "");
        brv_buf_add_str(&text, meta->values[i]);
    }
    brv_str result = brv_arena_str(docx->arena, brv_buf_str(&text));
    brv_buf_deinit(&text);
    return result;
}

static brv_str meta_text(const struct docx *docx, const char *key)
{
    const struct brv_meta *meta =
        docx->job->document ? brv_document_meta(docx->job->document, brv_str_from_cstr(key)) : NULL;
    return joined_values(docx, meta);
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

void brv_docx_write_app(const struct docx *docx, struct brv_buf *out)
{
    const struct brv_pages *pages = docx->job->pages;
    brv_buf_add_cstr(
        out,
        BRV_XML_DECLARATION
        "<Properties "
        "xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">");
    if (pages) {
        brv_buf_printf(out, "<Pages>%zu</Pages>", pages->page_count);
    }
    brv_buf_add_cstr(out, "<Application>Brevier</Application></Properties>\n");
}

// ---- custom properties

// "2026-01-31", a day that there is.
static bool is_date(brv_str text)
{
    size_t year = 0;
    size_t month = 0;
    size_t day = 0;
    bool is_formed = text.len == 10 && text.ptr[4] == '-' && text.ptr[7] == '-' &&
                     brv_str_to_size(brv_str_slice(text, 0, 4), &year) &&
                     brv_str_to_size(brv_str_slice(text, 5, 7), &month) &&
                     brv_str_to_size(brv_str_slice(text, 8, 10), &day);
    static const uint8_t days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    if (!is_formed || month < 1 || month > 12 || day < 1 || day > days[month - 1]) {
        return false;
    }
    bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return year >= 1601 && (month != 2 || day < 29 || is_leap); // from which file times count
}

// UTF-16 units of a name that Word keeps, and of them those that a number behind it may take.
enum { NAME_MAX_UNITS = 255, NUMBER_UNITS = 21 };

struct property_list {
    struct brv_buf *out;
    struct brv_sink *sink;
    struct brv_map names; // folded → how many wanted to be called so
    int next;
};

static brv_str first_units(brv_str name, size_t most)
{
    size_t end = 0;
    for (size_t at = 0, units = 0; at < name.len && units <= most;) {
        end = at;
        units += brv_utf8_next(name, &at) > 0xFFFF ? 2 : 1;
        end = units <= most ? at : end;
    }
    return brv_str_slice(name, 0, end);
}

// One more that wants a name, whose capitals do not count; how many these are.
static size_t count_name(struct property_list *list, brv_str name)
{
    void **slot = brv_map_at(&list->names, brv_arena_lower(list->names.arena, name));
    uintptr_t count = (uintptr_t)*slot + 1;
    *slot = (void *)count;
    return count;
}

// The second of "status" and "Status" is "Status 2"; what is too long is cut.
static brv_str own_name(struct property_list *list, brv_str wanted)
{
    brv_str name = first_units(wanted, NAME_MAX_UNITS);
    brv_str start = first_units(wanted, NAME_MAX_UNITS - NUMBER_UNITS);
    size_t count = count_name(list, name);
    for (bool is_taken = count > 1; is_taken; is_taken = count_name(list, name) > 1) {
        name =
            brv_arena_printf(list->names.arena, "%" BRV_STR_F " %zu", BRV_STR_ARG(start), count++);
    }
    if (!brv_str_equal(name, wanted)) {
        brv_report(list->sink,
                   BRV_NOTE,
                   BRV_CODE_OUTPUT,
                   brv_span_none(),
                   "the property \"%" BRV_STR_F "\" is called \"%" BRV_STR_F
                   "\" in Word, whose names differ in more than capitals and have no more than %d "
                   "characters",
                   BRV_STR_ARG(wanted),
                   BRV_STR_ARG(name),
                   NAME_MAX_UNITS);
    }
    return name;
}

static void write_property(struct property_list *list, brv_str wanted, brv_str value,
                           const char *type)
{
    if (value.len == 0 || wanted.len == 0) {
        return;
    }
    brv_str name = own_name(list, wanted);
    struct brv_buf *out = list->out;
    brv_buf_printf(
        out, "<property fmtid=\"{D5CDD505-2E9C-101B-9397-08002B2CF9AE}\" pid=\"%d\"", list->next++);
    brv_xml_attr(out, "name", name);
    brv_buf_printf(out, "><vt:%s>", type);
    brv_xml_text(out, value);
    brv_buf_printf(
        out, "%s</vt:%s></property>\n", strcmp(type, "filetime") == 0 ? "T00:00:00Z" : "", type);
}

// What other properties say already, and what is no fact about the document but asks for lists in
// it.
static bool is_left_out(brv_str key)
{
    static const char *const names[] = { "title", "authors", "tags", "lang", "id", "kind",
                                         "date",  "tlp",     "toc",  "lof",  "lot" };
    for (size_t i = 0; i < BRV_COUNT(names); i++) {
        if (brv_str_is(key, names[i])) {
            return true;
        }
    }
    return false;
}

// What front matter says is text, as everywhere: version 1.10 is not 1.1.
void brv_docx_write_custom(const struct docx *docx, struct brv_buf *out)
{
    const struct brv_document *document = docx->job->document;
    brv_buf_add_cstr(
        out,
        BRV_XML_DECLARATION
        "<Properties "
        "xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\" "
        "xmlns:vt=\"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes\">\n");
    // Word's own numbers begin at 2.
    struct property_list list = {
        .out = out, .sink = docx->sink, .names = { .arena = docx->arena }, .next = 2
    };
    if (document) {
        write_property(&list, BRV_S("Document ID"), document->id, "lpwstr");
        write_property(&list, BRV_S("Kind"), document->kind, "lpwstr");
        write_property(
            &list, BRV_S("Date"), document->date, is_date(document->date) ? "filetime" : "lpwstr");
        write_property(&list, BRV_S("TLP"), document->tlp, "lpwstr");
    }
    for (const struct brv_meta *meta = document ? document->meta : NULL; meta; meta = meta->next) {
        if (!is_left_out(meta->key)) {
            write_property(&list, meta->key, joined_values(docx, meta), "lpwstr");
        }
    }
    brv_buf_add_cstr(out, "</Properties>\n");
}
