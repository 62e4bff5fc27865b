// Brevier — the PDF output: the whole of a document, in order.
// SPDX-License-Identifier: MIT
//
// Pages come first, because writing them tells which glyphs, tags, links and alphas there are;
// then everything that refers to pages; the catalog, which refers to all of that, is last.
#include "output/pdf.h"

#include "output/pdf_structure.h"
#include "output/pdf_tree.h"
#include "output/pdf_write.h"

// The limits of a page's sides in PDF, in points.
static const float page_side_min_pt = 3;
static const float page_side_max_pt = 14400;

static bool page_side_is_sound(float side_pt)
{
    return side_pt >= page_side_min_pt && side_pt <= page_side_max_pt;
}

static enum brv_status pdf_check_pages(const struct brv_pages *pages, struct brv_sink *sink)
{
    for (size_t i = 0; i < pages->page_count; i++) {
        const struct brv_page *page = &pages->pages[i];
        if (page_side_is_sound(page->width_pt) && page_side_is_sound(page->height_pt))
            continue;
        brv_report(sink,
                   BRV_ERROR,
                   BRV_CODE_OUTPUT,
                   brv_span_none(),
                   "page %zu is %.1f by %.1f pt, expected sides of 3 to 14400 pt in a PDF",
                   i + 1,
                   (double)page->width_pt,
                   (double)page->height_pt);
        return BRV_FAILED;
    }
    return BRV_OK;
}

static void pdf_write_pages(struct brv_pdf *pdf)
{
    const size_t count = pdf->pages->page_count;
    pdf->page_ids = BRV_NEW_ARRAY(pdf->arena, uint32_t, count);
    for (size_t i = 0; i < count; i++)
        pdf->page_ids[i] = brv_pdf_file_reserve(pdf->file);
    const uint32_t *parents = brv_pdf_page_tree_write(pdf);
    for (size_t i = 0; i < count; i++)
        brv_pdf_page_write(pdf, i, parents[i / BRV_PDF_FAN_OUT]);
}

static void pdf_add_resources(const struct brv_pdf_resources *list, char letter,
                              struct brv_buf *out)
{
    for (size_t i = 0; i < list->count; i++) {
        brv_buf_printf(out, "/%c%zu", letter, i + 1);
        brv_pdf_add_ref(out, list->ids[i]);
    }
}

static void pdf_write_resources(struct brv_pdf *pdf)
{
    struct brv_buf *out = &pdf->scratch;
    brv_buf_add_cstr(out, "/Font<<");
    brv_pdf_fonts_add_resources(&pdf->fonts, out);
    brv_buf_add_cstr(out, ">>/ExtGState<<");
    for (int alpha = 0; alpha < 256; alpha++) {
        if (!pdf->has_alpha[alpha])
            continue;
        brv_buf_printf(out, "/A%d<</ca ", alpha);
        brv_buf_add_number(out, alpha / 255.0, 4);
        brv_buf_add_cstr(out, "/CA ");
        brv_buf_add_number(out, alpha / 255.0, 4);
        brv_buf_add_cstr(out, ">>");
    }
    pdf_add_resources(&pdf->masks, 'M', out);
    brv_buf_add_cstr(out, ">>/XObject<<");
    pdf_add_resources(&pdf->images, 'I', out);
    brv_buf_add_cstr(out, ">>/Shading<<");
    pdf_add_resources(&pdf->shadings, 'S', out);
    brv_buf_add_cstr(out, ">>");
    brv_pdf_file_put(pdf->file, pdf->resources_id, brv_buf_str(out));
    brv_buf_clear(out);
}

static void pdf_write_names(struct brv_pdf *pdf, struct brv_buf *catalog)
{
    struct brv_buf *names = brv_buf_new_in(pdf->arena);
    brv_pdf_destinations_write(pdf, names);
    brv_pdf_attachments_write(pdf, catalog, names);
    if (names->len == 0)
        return;
    brv_buf_add_cstr(catalog, "/Names<<");
    brv_buf_add_str(catalog, brv_buf_str(names));
    brv_buf_add_cstr(catalog, ">>");
}

static void pdf_scratch_free(void *ptr)
{
    struct brv_pdf *pdf = ptr;
    brv_buf_deinit(&pdf->scratch);
    brv_buf_deinit(&pdf->content);
    brv_arena_free(pdf->run_arena);
}

enum brv_status brv_pdf_render(const struct brv_output_job *job, struct brv_buf *out,
                               struct brv_sink *sink)
{
    if (pdf_check_pages(job->pages, sink) != BRV_OK)
        return BRV_FAILED;
    const size_t errors_before = sink->counts[BRV_ERROR];
    const size_t start = out->len;
    struct brv_arena *arena = brv_arena_new();
    struct brv_pdf *pdf = BRV_NEW(arena, struct brv_pdf);
    brv_arena_on_free(arena, pdf_scratch_free, pdf);
    pdf->job = job;
    pdf->pages = job->pages;
    pdf->arena = arena;
    pdf->run_arena = brv_arena_new();
    pdf->sink = sink;
    pdf->file = brv_pdf_file_new(arena, job->worker, out);
    pdf->resources_id = brv_pdf_file_reserve(pdf->file);
    pdf->image_places.arena = arena;
    pdf->profiles.arena = arena;
    pdf->structure = brv_pdf_structure_new(pdf);

    pdf_write_pages(pdf);
    brv_pdf_fonts_write(pdf);
    pdf_write_resources(pdf);
    struct brv_buf *catalog = brv_buf_new_in(arena);
    brv_pdf_structure_write(pdf->structure, catalog);
    brv_pdf_outline_write(pdf, catalog);
    pdf_write_names(pdf, catalog);
    brv_pdf_page_labels_write(pdf, catalog);
    brv_pdf_metadata_write(pdf, catalog);
    brv_pdf_file_put(pdf->file, brv_pdf_file_catalog(pdf->file), brv_buf_str(catalog));

    enum brv_status status = BRV_FAILED;
    if (sink->counts[BRV_ERROR] == errors_before)
        status = brv_pdf_file_finish(pdf->file, sink);
    else
        out->len = start;
    brv_arena_free(arena);
    return status;
}
