// Brevier — Word documents.
// The three passes of docx_tree.h in order, and the package they end in.
// SPDX-License-Identifier: MIT
#include "base/utf8.h"
#include "output/docx_naming.h"
#include "output/docx_numbering.h"
#include "output/docx_package.h"
#include "output/docx_parts.h"
#include "output/docx_picture.h"
#include "output/docx_styles.h"
#include "output/docx_template.h"
#include "output/docx_theme.h"
#include "output/docx_write.h"
#include "output/docx_xml.h"

enum { BOOKMARK_LIMIT = 40 };

// ---- bookmarks

// Word's names begin with a letter, hold letters and digits of any script and "_", and have at most
// 40 characters, in UTF-16.
static brv_str bookmark_name(struct docx *docx, brv_str id)
{
    struct brv_buf name = { 0 };
    size_t length = 0;
    for (size_t at = 0; at < id.len && length < BOOKMARK_LIMIT - 8;) {
        size_t from = at;
        uint32_t c = brv_utf8_next(id, &at);
        bool is_word = brv_is_word(c);
        if (from == 0 && (!is_word || brv_is_digit(id.ptr[0]))) {
            brv_buf_add_cstr(&name, "b_");
            length = name.len;
        }
        brv_buf_add_str(&name, is_word ? brv_str_slice(id, from, at) : BRV_S("_"));
        length += c > 0xFFFF ? 2 : 1;
    }
    brv_str result = brv_arena_str(docx->arena, brv_buf_str(&name));
    brv_buf_deinit(&name);
    return result;
}

// Whether a name could be one of those that get a number: "x_n2".
static bool ends_in_number(brv_str name)
{
    size_t end = name.len;
    while (end > 0 && brv_is_digit(name.ptr[end - 1])) {
        end--;
    }
    return end < name.len && brv_str_ends_with(brv_str_slice(name, 0, end), BRV_S("_n"));
}

struct docx_bookmark *brv_docx_bookmark(struct docx *docx, brv_str id,
                                        const struct docx_paragraph *home)
{
    void **slot = brv_map_at(&docx->bookmarks, id);
    if (*slot) {
        return NULL; // an id names one place, its first
    }
    struct docx_bookmark *bookmark = BRV_NEW(docx->arena, struct docx_bookmark);
    *slot = bookmark;
    bookmark->id = id;
    bookmark->home = home;
    bookmark->number = docx->bookmark_count++;
    bookmark->name = bookmark_name(docx, id);
    brv_str folded =
        brv_text_transformed(docx->arena, bookmark->name, BRV_TRANSFORM_LOWERCASE, (brv_str){ 0 });
    void **taken = brv_map_at(&docx->bookmark_names, folded);
    if (*taken || ends_in_number(folded)) { // these numbers are unique, and only we give them
        bookmark->name = brv_arena_printf(
            docx->arena, "%" BRV_STR_F "_n%d", BRV_STR_ARG(bookmark->name), bookmark->number);
    }
    *taken = bookmark;
    return bookmark;
}

// ---- the package

// What the document has with many others is told from what it has for itself.
enum share { OWN, COMMON };

struct package {
    struct docx *docx;
    struct brv_package *file;
};

static struct brv_buf *part_new(struct package *package)
{
    return brv_buf_new_in(package->docx->arena);
}

static void add_part(struct package *package, const char *name, const struct brv_buf *content,
                     enum share share)
{
    const struct brv_package_entry entry = {
        .name = name,
        .content = brv_buf_str(content),
        .is_common = share == COMMON,
    };
    brv_package_add(package->file, &entry);
}

static void add_links(struct package *package, const char *name, const struct docx_part *links)
{
    struct brv_buf *part = part_new(package);
    brv_docx_write_link_relations(package->docx, links, part);
    add_part(package, name, part, COMMON);
}

// Every image once, whichever parts show it.
static void add_images(struct package *package, struct brv_map *seen, const struct docx_part *links)
{
    struct brv_arena *arena = package->docx->arena;
    for (size_t i = 0; i < links->image_count; i++) {
        const struct brv_image *image = links->images[i];
        brv_str image_path = brv_docx_image_path(package->docx, image);
        brv_str path = brv_arena_printf(arena, "word/%" BRV_STR_F, BRV_STR_ARG(image_path));
        void **slot = brv_map_at(seen, path);
        if (!*slot) {
            *slot = package;
            const struct brv_package_entry entry = {
                .name = brv_arena_cstr(arena, path),
                .content = image->bytes,
                .is_stored = true,
            };
            brv_package_add(package->file, &entry);
        }
    }
}

static void write_body(struct package *package, struct docx_part *part, struct brv_buf *out)
{
    brv_buf_add_cstr(out, BRV_XML_DECLARATION "<w:document " DOCX_NAMESPACES "><w:body>\n");
    struct docx *docx = package->docx;
    const struct docx_section *before = NULL;
    const struct docx_block *begin = docx->body.first;
    for (struct docx_block *block = docx->body.first; block; block = block->next) {
        if (block->paragraph && block->paragraph->ends_section) {
            struct brv_buf *xml = brv_buf_new_in(docx->arena);
            brv_docx_write_section(docx, begin, before, xml);
            block->paragraph->section_xml = brv_buf_str(xml);
            before = block->section;
            begin = block->next;
        }
    }
    struct docx_writer writer = { .docx = docx, .part = part, .out = out, .page_number = -1 };
    brv_docx_write_flow(&writer, &docx->body);
    brv_docx_write_section(docx, begin, before, out);
    brv_buf_add_cstr(out, "</w:body></w:document>\n");
}

// Headers and footers, and what they show.
static void add_pages(struct package *package, struct brv_map *images,
                      const struct docx_pages *pages)
{
    struct brv_arena *arena = package->docx->arena;
    for (int kind = 0; kind < DOCX_PAGE_KINDS; kind++) {
        for (int which = 0; which < 2; which++) {
            if (!brv_docx_has_page_part(pages, kind, which)) {
                continue;
            }
            const char *name = brv_arena_cstr(arena, brv_docx_page_part(arena, pages, kind, which));
            brv_str path = brv_arena_printf(arena, "word/%s.xml", name);
            add_part(package, brv_arena_cstr(arena, path), pages->parts[kind][which], COMMON);
            const struct docx_part *links = &pages->links[kind][which];
            if (links->image_count > 0) {
                path = brv_arena_printf(arena, "word/_rels/%s.xml.rels", name);
                add_links(package, brv_arena_cstr(arena, path), links);
                add_images(package, images, links);
            }
        }
    }
}

static void fill_package(struct package *package)
{
    struct docx *docx = package->docx;
    struct docx_part links = brv_docx_part(docx->arena);
    struct docx_part note_links = brv_docx_part(docx->arena);
    struct brv_map images = { .arena = docx->arena };
    brv_docx_write_pages(docx);
    if (docx->template) {
        docx->template->num_offset = docx->last_num ? docx->last_num->id : 0;
        docx->template->abstract_offset = docx->abstract_count;
    }
    struct brv_buf *part = part_new(package);
    brv_docx_write_content_types(docx, part);
    add_part(package, "[Content_Types].xml", part, COMMON); // readers may expect it first
    brv_docx_write_package_relations(part = part_new(package));
    add_part(package, "_rels/.rels", part, COMMON);
    write_body(package, &links, part = part_new(package));
    add_part(package, "word/document.xml", part, OWN);
    brv_docx_write_document_relations(docx, &links, part = part_new(package));
    add_part(package, "word/_rels/document.xml.rels", part, COMMON);
    add_images(package, &images, &links);
    brv_docx_write_styles(docx, part = part_new(package));
    add_part(package, "word/styles.xml", part, COMMON);
    if (brv_docx_has_numbering(docx)) {
        brv_docx_write_numbering(docx, part = part_new(package));
        add_part(package, "word/numbering.xml", part, COMMON);
    }
    if (docx->first_note) {
        brv_docx_write_notes(docx, &note_links, part = part_new(package));
        add_part(package, "word/footnotes.xml", part, OWN);
        add_links(package, "word/_rels/footnotes.xml.rels", &note_links);
        add_images(package, &images, &note_links);
    }
    for (const struct docx_pages *pages = docx->first_pages; pages; pages = pages->next) {
        add_pages(package, &images, pages);
    }
    brv_docx_write_settings(docx, part = part_new(package));
    add_part(package, "word/settings.xml", part, COMMON);
    brv_docx_write_fonts(docx, part = part_new(package));
    add_part(package, "word/fontTable.xml", part, COMMON);
    brv_docx_write_theme(docx, part = part_new(package));
    add_part(package, "word/theme/theme1.xml", part, COMMON);
    brv_docx_write_core(docx, part = part_new(package));
    add_part(package, "docProps/core.xml", part, OWN);
    brv_docx_write_app(docx, part = part_new(package));
    add_part(package, "docProps/app.xml", part, docx->job->pages ? OWN : COMMON);
    brv_docx_write_custom(docx, part = part_new(package));
    add_part(package, "docProps/custom.xml", part, OWN);
}

// What is larger than text of the sheet is larger than text of a template by as much.
static float scale_of(const struct docx *docx)
{
    const float least = 0.5f;
    const float most = 2;
    if (!docx->template) {
        return 1;
    }
    float scale = brv_docx_template_size_pt(docx->template) / docx->job->root->style->font_size;
    return scale < least ? least : scale > most ? most : scale;
}

static struct docx_style *normal_new(struct docx *docx)
{
    struct docx_style *normal = BRV_NEW(docx->arena, struct docx_style);
    normal->type = DOCX_PARAGRAPH_STYLE;
    normal->role = DOCX_ROLE_NORMAL;
    normal->paragraph = brv_docx_text_format(docx, docx->job->root->style);
    return normal;
}

// Styles name all that can be named; what could not is counted.
static void report_direct(const struct docx *docx)
{
    if (docx->direct_cells > 0) {
        brv_report(docx->sink,
                   BRV_NOTE,
                   BRV_CODE_OUTPUT,
                   brv_span_none(),
                   "the looks of table cells that are unlike their rows and columns are direct "
                   "formatting; there are %zu",
                   docx->direct_cells);
    }
    if (docx->typed_numbers > 0) {
        brv_report(docx->sink,
                   BRV_NOTE,
                   BRV_CODE_OUTPUT,
                   brv_span_none(),
                   "the numbers of %zu list items are typed text in Word, which cannot count so",
                   docx->typed_numbers);
    }
    if (docx->direct_count > 0) {
        brv_report(docx->sink,
                   BRV_NOTE,
                   BRV_CODE_OUTPUT,
                   brv_span_none(),
                   "the numbers of %zu list items are direct formatting, as Word's own \"restart\" "
                   "is: no more than %d lists that begin anew have styles of their own",
                   docx->direct_count,
                   DOCX_OWN_LISTS);
    }
}

// The same of what got its style's name late.
static void report_shown(const struct docx *docx)
{
    if (docx->direct_shown > 0) {
        brv_report(docx->sink,
                   BRV_NOTE,
                   BRV_CODE_OUTPUT,
                   brv_span_none(),
                   "what sets %zu paragraphs apart from others that a running head shows is direct "
                   "formatting: Word finds the text of one style",
                   docx->direct_shown);
    }
}

enum brv_status brv_docx_render(const struct brv_output_job *job, struct brv_buf *out,
                                struct brv_sink *sink)
{
    struct brv_arena *arena = job->arena;
    struct docx docx = {
        .job = job,
        .arena = arena,
        .formats = brv_arena_new(),
        .sink = sink,
        .scale = 1,
        .lang = job->document ? job->document->lang : BRV_S("en"),
        .image_numbers = &(struct brv_map){ .arena = arena },
        .style_index = { .arena = arena },
        .style_names = { .arena = arena },
        .style_leads = { .arena = arena },
        .style_tries = { .arena = arena },
        .bookmarks = { .arena = arena },
        .bookmark_names = { .arena = arena },
        .strings = { .arena = arena },
        .heading_numbers = { .arena = arena },
    };
    if (job->word_template.len > 0) {
        const struct brv_zip *zip = job->zip.open(job->zip.user, sink);
        if (!zip) {
            return BRV_FAILED;
        }
        docx.template =
            brv_docx_template_read(arena, zip, job->word_template, job->word_template_name, sink);
    }
    docx.scale = scale_of(&docx);
    docx.normal = normal_new(&docx);
    brv_docx_begin_sections(&docx);
    brv_docx_number_headings(&docx, job->root, false);
    brv_docx_build_body(&docx);
    brv_docx_settle(&docx, &docx.body, false);
    brv_docx_end_sections(&docx);
    brv_docx_style_flow(&docx, &docx.body);
    for (struct docx_note *note = docx.first_note; note; note = note->next) {
        brv_docx_settle(&docx, &note->flow, false);
        if (note->flow.last->paragraph) { // notes follow each other closely at the foot
            note->flow.last->paragraph->format->after = 0;
        }
        brv_docx_style_flow(&docx, &note->flow);
    }
    report_direct(&docx);
    brv_docx_build_pages(&docx);
    brv_docx_add_usual_styles(&docx);
    brv_docx_name_styles(&docx);
    report_shown(&docx);
    if (docx.template && docx.template->numbering) {
        brv_docx_number_entries(&docx);
    }
    brv_arena_free(docx.formats);
    docx.theme = brv_docx_theme(&docx);
    struct package package = { &docx, brv_package_new(arena, job->worker, job->memo) };
    fill_package(&package);
    return brv_package_write(package.file, &job->zip, out, sink);
}
