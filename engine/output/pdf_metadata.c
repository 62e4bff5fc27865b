// Brevier — what a PDF says about itself: information, XMP, language, colours.
// SPDX-License-Identifier: MIT
//
// The same facts stand twice, in the information dictionary that every reader knows and in XMP,
// which PDF/A and PDF/UA ask for; both are written from one struct, so they agree.
#include "output/pdf.h"
#include "output/pdf_write.h"

struct metadata {
    brv_str title;
    brv_str author;
    brv_str subject;
    brv_str keywords;
    brv_str language;
    brv_str producer;
    long long date; // negative: none
};

// A value on one line: XML would turn its line ends into others than PDF does.
static brv_str metadata_line(const struct brv_pdf *pdf, brv_str value)
{
    struct brv_buf *line = brv_buf_new_in(pdf->arena);
    brv_str word;
    while (brv_str_next_word(&value, &word)) {
        if (line->len)
            brv_buf_add_byte(line, ' ');
        brv_buf_add_str(line, word);
    }
    return brv_buf_str(line);
}

// A meta value as one text: a list is joined by commas.
static brv_str metadata_joined(const struct brv_pdf *pdf, brv_str key)
{
    const struct brv_meta *meta = brv_document_meta(pdf->job->document, key);
    if (!meta || meta->value_count == 0)
        return (brv_str){ 0 };
    struct brv_buf *joined = brv_buf_new_in(pdf->arena);
    for (size_t i = 0; i < meta->value_count; i++) {
        if (i)
            brv_buf_add_cstr(joined, ", ");
        brv_buf_add_str(joined, meta->values[i]);
    }
    return metadata_line(pdf, brv_buf_str(joined));
}

static struct metadata metadata_from_job(const struct brv_pdf *pdf)
{
    const struct brv_document *document = pdf->job->document;
    struct metadata data = {
        .title = metadata_line(pdf, document->title),
        .author = metadata_joined(pdf, BRV_S("authors")),
        .subject = metadata_line(pdf, document->kind_title),
        .keywords = metadata_joined(pdf, BRV_S("tags")),
        .language = document->lang,
        .producer = BRV_S("Brevier " BRV_VERSION),
        .date = pdf->job->options.date,
    };
    if (data.title.len == 0) // a window needs a title
        data.title = data.subject.len ? data.subject : BRV_S("Analysis");
    return data;
}

bool brv_pdf_is_language(brv_str tag)
{
    size_t first_len = brv_str_find_byte(tag, 0, '-');
    bool is_private = first_len == 1 && first_len < tag.len && brv_to_lower(tag.ptr[0]) == 'x';
    return brv_lang_is_tag(tag) && (first_len > 1 || is_private);
}

// ---- the information dictionary

static void metadata_add_info(struct brv_buf *out, const char *key, brv_str value)
{
    if (value.len == 0)
        return;
    brv_buf_printf(out, "/%s", key);
    brv_pdf_add_text(out, value);
}

static void metadata_write_info(struct brv_pdf *pdf, const struct metadata *data)
{
    struct brv_buf *out = &pdf->scratch;
    metadata_add_info(out, "Title", data->title);
    metadata_add_info(out, "Author", data->author);
    metadata_add_info(out, "Subject", data->subject);
    metadata_add_info(out, "Keywords", data->keywords);
    metadata_add_info(out, "Creator", data->producer);
    metadata_add_info(out, "Producer", data->producer);
    if (data->date >= 0) {
        brv_buf_add_cstr(out, "/CreationDate(");
        brv_pdf_add_date(out, data->date);
        brv_buf_add_cstr(out, ")/ModDate(");
        brv_pdf_add_date(out, data->date);
        brv_buf_add_byte(out, ')');
    }
    brv_pdf_file_put(pdf->file, brv_pdf_file_info(pdf->file), brv_buf_str(out));
    brv_buf_clear(out);
}

// ---- XMP

static void xmp_add_text(struct brv_buf *out, const char *name, brv_str value)
{
    if (value.len == 0)
        return;
    brv_buf_printf(out, "<%s>", name);
    brv_buf_add_xml(out, value);
    brv_buf_printf(out, "</%s>\n", name);
}

// A value in a container: Alt with the default language, or Seq.
static void xmp_add_item(struct brv_buf *out, const char *name, const char *container,
                         brv_str value)
{
    if (value.len == 0)
        return;
    bool is_alt = strcmp(container, "Alt") == 0;
    brv_buf_printf(
        out, "<%s><rdf:%s><rdf:li%s>", name, container, is_alt ? " xml:lang=\"x-default\"" : "");
    brv_buf_add_xml(out, value);
    brv_buf_printf(out, "</rdf:li></rdf:%s></%s>\n", container, name);
}

static void xmp_add_date(struct brv_buf *out, const char *name, long long date)
{
    brv_buf_printf(out, "<%s>", name);
    brv_pdf_add_date_iso(out, date);
    brv_buf_printf(out, "</%s>\n", name);
}

// PDF/A knows no PDF/UA, so its one property must be described.
static const char xmp_pdfua_schema[] =
    "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n"
    "<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>\n"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\n"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\n"
    "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n"
    "<pdfaProperty:name>part</pdfaProperty:name>\n"
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\n"
    "<pdfaProperty:category>internal</pdfaProperty:category>\n"
    "<pdfaProperty:description>The part of PDF/UA</pdfaProperty:description>\n"
    "</rdf:li></rdf:Seq></pdfaSchema:property>\n"
    "</rdf:li></rdf:Bag></pdfaExtension:schemas>\n";

static uint32_t metadata_write_xmp(struct brv_pdf *pdf, const struct metadata *data)
{
    struct brv_buf *out = &pdf->scratch;
    // The mark, the id and the frame are given by the XMP specification.
    brv_buf_add_cstr(out,
                     "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                     "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                     "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                     "<rdf:Description rdf:about=\"\"\n"
                     " xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
                     " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n"
                     " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"\n"
                     " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\"\n"
                     " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\"\n"
                     " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\"\n"
                     " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\"\n"
                     " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n"
                     "<dc:format>application/pdf</dc:format>\n");
    xmp_add_item(out, "dc:title", "Alt", data->title);
    xmp_add_item(out, "dc:creator", "Seq", data->author);
    xmp_add_item(out, "dc:description", "Alt", data->subject);
    if (brv_pdf_is_language(data->language))
        xmp_add_item(out, "dc:language", "Bag", data->language);
    xmp_add_text(out, "pdf:Keywords", data->keywords);
    xmp_add_text(out, "pdf:Producer", data->producer);
    xmp_add_text(out, "xmp:CreatorTool", data->producer);
    if (data->date >= 0) {
        xmp_add_date(out, "xmp:CreateDate", data->date);
        xmp_add_date(out, "xmp:ModifyDate", data->date);
    }
    struct brv_pdf_standard standard = brv_pdf_claim(pdf);
    if (standard.part)
        brv_buf_printf(out,
                       "<pdfaid:part>%d</pdfaid:part>\n"
                       "<pdfaid:conformance>%c</pdfaid:conformance>\n",
                       standard.part,
                       standard.level);
    if (standard.is_ua) {
        brv_buf_add_cstr(out, "<pdfuaid:part>1</pdfuaid:part>\n");
        brv_buf_add_cstr(out, xmp_pdfua_schema);
    }
    brv_buf_add_cstr(out, "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
    uint32_t id = brv_pdf_file_reserve(pdf->file);
    brv_pdf_file_put_stream(
        pdf->file, id, BRV_S("/Type/Metadata/Subtype/XML"), brv_buf_str(out), BRV_PDF_PLAIN);
    brv_buf_clear(out);
    return id;
}

// ---- the catalog's part

static void metadata_write_intent(struct brv_pdf *pdf, struct brv_buf *catalog)
{
    struct brv_buf *out = &pdf->scratch;
    brv_pdf_profile_add(out, NULL, false);
    uint32_t id = brv_pdf_file_reserve(pdf->file);
    brv_pdf_file_put_stream(pdf->file, id, BRV_S("/N 3"), brv_buf_str(out), BRV_PDF_DEFLATE);
    brv_buf_clear(out);
    brv_buf_add_cstr(catalog,
                     "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1"
                     "/OutputConditionIdentifier(sRGB IEC61966-2.1)/Info(sRGB IEC61966-2.1)"
                     "/DestOutputProfile");
    brv_pdf_add_ref(catalog, id);
    brv_buf_add_cstr(catalog, ">>]");
}

void brv_pdf_metadata_write(struct brv_pdf *pdf, struct brv_buf *catalog)
{
    struct metadata data = metadata_from_job(pdf);
    metadata_write_info(pdf, &data);
    metadata_write_intent(pdf, catalog);
    brv_buf_add_cstr(catalog, "/Metadata");
    brv_pdf_add_ref(catalog, metadata_write_xmp(pdf, &data));
    if (brv_pdf_is_language(data.language)) {
        brv_buf_add_cstr(catalog, "/Lang");
        brv_pdf_add_bytes(catalog, data.language);
    }
    brv_buf_add_cstr(catalog, "/ViewerPreferences<</DisplayDocTitle true>>");
}
