// Brevier — files that travel in a PDF, as PDF/A-3 wants them.
// SPDX-License-Identifier: MIT
#include "output/pdf.h"
#include "output/pdf_tree.h"
#include "output/pdf_write.h"

// "/application#2Fjson": a name object.
static void attach_add_name(struct brv_buf *out, brv_str name)
{
    brv_buf_add_byte(out, '/');
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        bool is_plain = brv_is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                        c == '-' || c == '.' || c == '+';
        if (is_plain)
            brv_buf_add_byte(out, c);
        else
            brv_buf_printf(out, "#%02X", (unsigned)(unsigned char)c);
    }
}

static uint32_t attach_file(struct brv_pdf *pdf, const struct brv_attachment *attachment)
{
    struct brv_buf *out = &pdf->scratch;
    brv_buf_add_cstr(out, "/Type/EmbeddedFile/Subtype");
    attach_add_name(out, attachment->type);
    brv_buf_printf(out, "/Params<</Size %zu", attachment->bytes.len);
    if (pdf->job->options.date >= 0) {
        brv_buf_add_cstr(out, "/ModDate(");
        brv_pdf_add_date(out, pdf->job->options.date);
        brv_buf_add_byte(out, ')');
    }
    brv_buf_add_cstr(out, ">>");
    uint32_t id = brv_pdf_file_reserve(pdf->file);
    brv_pdf_file_put_stream(pdf->file, id, brv_buf_str(out), attachment->bytes, BRV_PDF_DEFLATE);
    brv_buf_clear(out);
    return id;
}

static uint32_t attach_specification(struct brv_pdf *pdf, const struct brv_attachment *attachment)
{
    uint32_t file_id = attach_file(pdf, attachment);
    struct brv_buf *out = &pdf->scratch;
    brv_buf_add_cstr(out, "/Type/Filespec/F");
    brv_pdf_add_text(out, attachment->name);
    brv_buf_add_cstr(out, "/UF");
    brv_pdf_add_text(out, attachment->name);
    brv_buf_add_cstr(out, "/AFRelationship");
    attach_add_name(out, attachment->relationship);
    brv_buf_add_cstr(out, "/EF<</F");
    brv_pdf_add_ref(out, file_id);
    brv_buf_add_cstr(out, "/UF");
    brv_pdf_add_ref(out, file_id);
    brv_buf_add_cstr(out, ">>");
    uint32_t id = brv_pdf_file_reserve(pdf->file);
    brv_pdf_file_put(pdf->file, id, brv_buf_str(out));
    brv_buf_clear(out);
    return id;
}

void brv_pdf_attachments_write(struct brv_pdf *pdf, struct brv_buf *catalog, struct brv_buf *names)
{
    const struct brv_output_options *options = &pdf->job->options;
    if (options->attachment_count == 0)
        return;
    struct brv_pdf_tree_entry *entries =
        BRV_NEW_ARRAY(pdf->arena, struct brv_pdf_tree_entry, options->attachment_count);
    brv_buf_add_cstr(catalog, "/AF[");
    for (size_t i = 0; i < options->attachment_count; i++) {
        uint32_t id = attach_specification(pdf, &options->attachments[i]);
        brv_pdf_add_ref(catalog, id);
        // Keys of one length in the order of the command line, so they are sorted.
        entries[i].key = brv_arena_printf(pdf->arena, "(file-%08zx)", i + 1);
        entries[i].value = brv_arena_printf(pdf->arena, "%u 0 R", id);
    }
    brv_buf_add_byte(catalog, ']');
    brv_buf_add_cstr(names, "/EmbeddedFiles<<");
    brv_buf_add_str(names, brv_pdf_tree_write(pdf, "Names", entries, options->attachment_count));
    brv_buf_add_cstr(names, ">>");
}
