// Brevier — one document through the pipeline.
// SPDX-License-Identifier: MIT
#include "app/job.h"

#include "app/assets.h"
#include "app/date.h"
#include "app/page_numbers.h"
#include "app/services.h"
#include "app/strict.h"
#include "app/word_template.h"
#include "base/file.h"
#include "load/load.h"
#include "model/link.h"

// Elements of a section stand inside the article and its sections.
enum { NESTING_AROUND = 20 };

static const struct brv_limits *limits_of(const struct brv_job *job)
{
    return &job->tools->limits;
}

enum brv_status brv_job_load(struct brv_job *job, brv_str name, brv_str bytes,
                             struct brv_sink *sink)
{
    struct brv_load_options options = {
        .limits = limits_of(job),
        .form = brv_str_is(brv_path_extension(name), "json") ? BRV_FORM_JSON : BRV_FORM_AUTO,
    };
    job->document = brv_document_load(job->arena, name, bytes, &options, sink);
    if (!job->document)
        return BRV_FAILED;
    job->options.date = brv_date_choose(job->date, job->document->date);
    return BRV_OK;
}

// ---- building

static void article_set(struct brv_job *job, const char *name, brv_str value)
{
    if (value.len > 0)
        brv_node_set_attr(job->arena, job->article, brv_str_from_cstr(name), value);
}

static struct brv_node *article_new(struct brv_job *job)
{
    const struct brv_document *document = job->document;
    job->article = brv_node_new(job->arena, BRV_KIND_ARTICLE, brv_span_none());
    article_set(job, "kind", document->kind);
    article_set(job, "class", document->kind);
    article_set(job, "lang", document->lang);
    article_set(job, "data-title", document->title);
    article_set(job, "data-kind", document->kind_title);
    article_set(job, "data-id", document->id);
    article_set(job, "data-date", document->date);
    article_set(job, "data-tlp", document->tlp);
    return job->article;
}

// The plugin that the stylesheet names for a section, asked by an element that stands where the
// section's own will.
static brv_str section_renderer(struct brv_job *job, const struct brv_section *section)
{
    struct brv_node *prototype = brv_node_new(job->arena, BRV_KIND_SECTION, section->span);
    brv_node_set(job->arena, prototype, BRV_ATTR_CLASS, section->slug);
    brv_node_set(job->arena, prototype, BRV_ATTR_ID, section->id);
    brv_node_append(job->article, prototype);
    brv_str name = brv_stylesheets_renderer(job->tools->sheets, job->output->media, prototype);
    brv_node_remove(prototype);
    return name;
}

enum brv_status brv_job_build(struct brv_job *job, struct brv_sink *sink)
{
    enum { DEFAULT_TEXT_WIDTH = 80 };
    const struct brv_tools *tools = job->tools;
    struct brv_node *article = article_new(job);
    struct brv_render_options options = {
        .output = brv_str_from_cstr(job->output->name),
        .text_width = job->options.text_width > 0 ? job->options.text_width : DEFAULT_TEXT_WIDTH,
        .services = brv_job_services(job),
        .is_timed = job->times_plugins,
    };
    options.settings = brv_job_settings(job, &options.setting_count);
    struct brv_run *run = job->run = brv_run_new(job->arena, tools->host, job->document, &options);
    for (const struct brv_section *s = job->document->first; s; s = s->next)
        if (brv_run_section(run, s, section_renderer(job, s), article, sink))
            job->is_degraded = true; // its own content stands there instead
    if (brv_run_document(run, article, sink))
        job->is_degraded = true;
    brv_run_end(run);
    const struct brv_assets assets = { job->arena, limits_of(job), job->asset_root };
    brv_assets_bind(&assets, article, sink);
    const int nesting = limits_of(job)->nesting + NESTING_AROUND;
    if (brv_tree_check(article, nesting, BRV_CODE_PLUGIN, sink))
        return BRV_FAILED;
    brv_links_check(job->arena, article, sink);
    brv_contents_add(job->arena, job->document, article, &job->contents, sink);
    return BRV_OK;
}

// ---- styling, layout, output

static void styled_free(void *place)
{
    struct brv_arena **arena = place;
    brv_arena_free(*arena);
    *arena = NULL;
}

enum brv_status brv_job_style(struct brv_job *job, struct brv_sink *sink)
{
    const struct brv_stylesheets *sheets = job->tools->sheets;
    enum brv_media media = job->output->media;
    struct brv_arena *arena = brv_arena_new();
    job->styled_arena = BRV_NEW(job->arena, struct brv_arena *);
    *job->styled_arena = arena;
    brv_arena_on_free(job->arena, styled_free, job->styled_arena);
    struct brv_style_cache *cache = job->tools->styles;
    if (job->is_traced || job->reports_loss)
        job->styled = brv_style_tree_traced(arena, sheets, media, job->article, sink);
    else
        job->styled = cache ? brv_style_tree_cached(arena, cache, media, job->article, sink)
                            : brv_style_tree(arena, sheets, media, job->article, sink);
    if (!job->styled)
        brv_report(sink,
                   BRV_ERROR,
                   BRV_CODE_STYLE,
                   brv_span_none(),
                   "the stylesheet shows nothing of the document: its root has display none");
    else if (job->reports_loss)
        brv_style_report_loss(job->styled, sheets, media, job->options.page_length > 0, sink);
    return job->styled ? BRV_OK : BRV_FAILED;
}

// The styled tree of a book makes room for its pages, and is made again: that takes a fraction of
// the time of a layout.
static enum brv_status quote_pages(struct brv_job *job)
{
    enum { BOOK_BYTES = 4 << 20 };
    const bool is_book = brv_arena_used_bytes(*job->styled_arena) > BOOK_BYTES;
    const bool makes_room = is_book && !job->is_traced && !job->reports_loss;
    if (makes_room) {
        job->styled = NULL;
        styled_free(job->styled_arena);
    }
    job->pages = brv_page_numbers(job, makes_room);
    struct brv_sink said = brv_sink_init(job->arena); // what there is to say of it has been said
    return makes_room ? brv_job_style(job, &said) : BRV_OK;
}

enum brv_status brv_job_lay_out(struct brv_job *job, struct brv_sink *sink)
{
    if (!job->output->wants_pages)
        return brv_page_numbers_wanted(job) ? quote_pages(job) : BRV_OK;
    struct brv_tools *tools = job->tools;
    const struct brv_module *module = brv_tools_fonts(tools, sink);
    if (!module)
        return BRV_FAILED;
    job->pages = module->lay_out(job->arena, tools->fonts, tools->sheets, job->styled, sink);
    job->styled = NULL; // pages are plain data: a book has room for its file now
    styled_free(job->styled_arena);
    return job->pages ? BRV_OK : BRV_FAILED;
}

enum brv_status brv_job_write(struct brv_job *job, struct brv_buf *out, struct brv_sink *sink)
{
    brv_render_fn *render = job->output->render;
    if (!render) {
        const struct brv_module *module = brv_tools_module(job->tools, job->output, sink);
        if (!module)
            return BRV_FAILED;
        render = module->render;
    }
    brv_str word_template = { 0 };
    brv_str word_template_name = { 0 };
    if (job->output->media == BRV_MEDIA_DOCX &&
        brv_word_template_read(job, &word_template_name, &word_template, sink))
        return BRV_FAILED;
    struct brv_output_job output = {
        .word_template = word_template,
        .word_template_name = word_template_name,
        .document = job->document,
        .sheets = job->tools->sheets,
        .root = job->styled,
        .pages = job->pages,
        .options = job->options,
        .arena = job->arena,
        .worker = job->tools->worker,
        .memo = job->tools->memo,
        .zip = { .open = brv_tools_zip, .user = job->tools },
    };
    return render(&output, out, sink);
}

enum brv_status brv_job_render(struct brv_job *job, struct brv_buf *out, struct brv_sink *sink)
{
    if (brv_job_build(job, sink) || brv_job_style(job, sink) || brv_job_lay_out(job, sink) ||
        brv_job_write(job, out, sink))
        return BRV_FAILED;
    if (!job->tools->is_strict)
        return BRV_OK;
    brv_strict_promote(sink);
    return brv_sink_has_errors(sink) ? BRV_FAILED : BRV_OK;
}

enum brv_status brv_job_run(struct brv_job *job, brv_str name, brv_str bytes, struct brv_buf *out,
                            struct brv_sink *sink)
{
    return brv_job_load(job, name, bytes, sink) ? BRV_FAILED : brv_job_render(job, out, sink);
}
