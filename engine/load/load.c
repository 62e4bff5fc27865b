// Brevier — the one entry for all input forms.
// SPDX-License-Identifier: MIT
#include "load/load.h"

#include "base/utf8.h"
#include "load/archive.h"
#include "load/front.h"
#include "load/json.h"
#include "load/line.h"
#include "load/title.h"

static bool is_json(brv_str text)
{
    size_t at = 0;
    while (at < text.len && brv_is_space(text.ptr[at])) {
        at++;
    }
    return at < text.len && text.ptr[at] == '{';
}

// "---", then a line like "key: value", and nothing that closes it: meant as front matter.
static bool is_front_unclosed(brv_str text)
{
    struct brv_line line = brv_line_first(text);
    if (!brv_str_is(brv_line_text(text, line), "---") || !brv_line_next(text, &line)) {
        return false;
    }
    brv_str content = brv_line_text(text, line);
    size_t colon = brv_str_find_byte(content, 0, ':');
    if (colon == 0 || colon >= content.len) {
        return false;
    }
    for (size_t i = 0; i < colon; i++) {
        char c = brv_to_lower(content.ptr[i]);
        if (!((c >= 'a' && c <= 'z') || c == '_' || c == '-' || c == '.')) {
            return false;
        }
    }
    return true;
}

static enum brv_status read_text(struct brv_document *document, struct brv_markdown *markdown)
{
    brv_str text = markdown->source->text;
    brv_str yaml;
    brv_str body = text;
    struct brv_metadata metadata;
    brv_metadata_init(&metadata, markdown->arena, markdown->sink);
    if (brv_front_split(text, &yaml, &body)) {
        if (brv_front_read(markdown->source, yaml, &metadata)) {
            return BRV_FAILED;
        }
    } else if (is_front_unclosed(text)) {
        brv_report(markdown->sink,
                   BRV_ERROR,
                   BRV_CODE_INPUT,
                   brv_span_of(markdown->source, brv_str_slice(text, 0, 3)),
                   "front matter is not closed by a line \"---\"");
        return BRV_FAILED;
    }
    brv_metadata_apply(&metadata, document);
    brv_archive_read(document, markdown, body);
    return BRV_OK;
}

// What the title block would show is lost without a title: says so at the first such key.
static void check_title(const struct brv_document *document, struct brv_sink *sink)
{
    static const char *const shown[] = { "tlp", "date", "id", "authors" };
    if (brv_document_title_section(document)) {
        return;
    }
    for (size_t i = 0; i < BRV_COUNT(shown); i++) {
        const struct brv_meta *meta = brv_document_meta(document, brv_str_from_cstr(shown[i]));
        if (meta && meta->value_count > 0) {
            struct brv_diag *diag =
                brv_report(sink,
                           BRV_WARNING,
                           BRV_CODE_INPUT,
                           meta->span,
                           "\"%s\" is shown with the title, and this analysis has none",
                           shown[i]);
            brv_diag_hint(sink, diag, "add \"title: …\" to the metadata or a line \"# …\"");
            return;
        }
    }
}

struct brv_document *brv_document_load(struct brv_arena *arena, brv_str name, brv_str bytes,
                                       const struct brv_load_options *options,
                                       struct brv_sink *sink)
{
    struct brv_limits limits = options && options->limits ? *options->limits : brv_limits_default();
    enum brv_input_form form = options ? options->form : BRV_FORM_AUTO;
    struct brv_source *source = brv_source_new(arena, name, (brv_str){ 0 });
    if (bytes.len > limits.input_bytes || bytes.len > UINT32_MAX / 4) {
        brv_report(sink,
                   BRV_ERROR,
                   BRV_CODE_LIMIT,
                   brv_span_none(),
                   "\"%" BRV_STR_F "\" has %zu bytes, at most %zu are allowed",
                   BRV_STR_ARG(name),
                   bytes.len,
                   limits.input_bytes);
        return NULL;
    }
    brv_source_set_text(source, bytes.ptr ? bytes : BRV_S(""), arena, BRV_ERROR, sink);
    struct brv_document *document = BRV_NEW(arena, struct brv_document);
    document->source = source;
    struct brv_markdown markdown = {
        .arena = arena, .source = source, .limits = &limits, .sink = sink
    };
    bool as_json = form == BRV_FORM_JSON || (form == BRV_FORM_AUTO && is_json(source->text));
    if (as_json ? brv_json_read(document, &markdown) : read_text(document, &markdown)) {
        return NULL;
    }
    brv_document_finish(document, arena);
    check_title(document, sink);
    if (!document->first) {
        brv_report(sink,
                   BRV_WARNING,
                   BRV_CODE_INPUT,
                   brv_span_of(source, brv_str_slice(source->text, 0, 0)),
                   "document is empty");
    }
    return document;
}

bool brv_json_lines_next(brv_str *rest, brv_str *line, size_t *line_number)
{
    while (rest->len > 0) {
        size_t end = brv_str_find_byte(*rest, 0, '\n');
        *line = brv_str_trim(brv_str_slice(*rest, 0, end));
        *rest = brv_str_slice(*rest, end < rest->len ? end + 1 : end, rest->len);
        ++*line_number;
        if (line->len > 0) {
            return true;
        }
    }
    return false;
}

struct brv_node *brv_markdown_parse(struct brv_arena *arena, const struct brv_source *source,
                                    brv_str text, const struct brv_limits *limits,
                                    struct brv_sink *sink)
{
    struct brv_limits defaults = brv_limits_default();
    struct brv_markdown markdown = {
        .arena = arena, .source = source, .limits = limits ? limits : &defaults, .sink = sink
    };
    return brv_markdown_read(&markdown, text.ptr ? text : BRV_S(""));
}
