// Brevier — `brevier plugin check`: what can be said of a plugin without knowing what it is for.
// Its names, its behaviour on sections that nobody thought of, in all outputs; whether it does the
// same twice; what it costs; which of its classes no stylesheet knows.
// SPDX-License-Identifier: MIT
#include "app/plugin/plugin.h"
#include "app/plugin/trace.h"

#include "app/paths.h"
#include "app/strict.h"
#include "base/file.h"
#include "base/hash.h"

struct findings {
    struct brv_plugin_subject *subject;
    struct brv_map classes; // that the plugin's elements had
    brv_str *class_names;
    size_t class_count;
    size_t class_capacity;
    size_t sections;
    struct brv_plugin_use use;
    struct brv_map causes; // messages of failures that were reported
    size_t repeated;       // failures with one of these
    bool is_unsteady;
};

// ---- documents

static brv_str document_of(struct brv_arena *arena, brv_str slug,
                           const struct brv_awkward_section *section)
{
    struct brv_buf *text = brv_buf_new_in(arena);
    brv_buf_add_cstr(text, "# Analysis: A Test\n\n## ");
    for (size_t i = 0; i < slug.len; i++)
        brv_buf_add_byte(text, slug.ptr[i] == '-' ? ' ' : slug.ptr[i]);
    brv_buf_add_cstr(text, "\n\n");
    for (size_t i = 0; i < (section->repeat ? section->repeat : 1); i++)
        brv_buf_add_cstr(text, section->text);
    brv_buf_add_cstr(text, "\n## Another\n\nText.\n");
    return brv_buf_str(text);
}

// ---- one section in one output

static void note_classes(struct findings *found, const struct brv_node *article)
{
    struct brv_arena *arena = found->subject->cli->arena;
    for (const struct brv_node *node = article; node; node = brv_node_walk_next(article, node)) {
        for (size_t i = 0; i < node->class_count; i++) {
            brv_str name = brv_arena_str(arena, node->classes[i]);
            void **seen = brv_map_at(&found->classes, name);
            if (*seen)
                continue;
            *seen = found;
            BRV_PUSH(arena, found->class_names, found->class_count, found->class_capacity) = name;
        }
    }
}

static void note_use(struct findings *found, const struct brv_job *job)
{
    struct brv_plugin_use use = brv_run_use(job->run, found->subject->index);
    brv_trace_add(&found->use, &use);
}

// The elements that come of a document; false when the plugin failed, which is reported once.
static bool build(struct findings *found, struct brv_arena *arena, const struct brv_output *output,
                  const char *name, brv_str source, struct brv_sink *sink, brv_str *elements)
{
    struct brv_job job = brv_plugin_job(found->subject, arena, output);
    struct brv_buf *bytes = brv_buf_new_in(arena);
    brv_str shown = brv_arena_printf(arena, "<%s>", name);
    bool is_right = brv_job_run(&job, shown, source, bytes, sink) == BRV_OK && !job.is_degraded;
    if (job.run)
        note_use(found, &job);
    if (!job.article)
        return false;
    note_classes(found, job.article);
    struct brv_buf *tree = brv_buf_new_in(arena);
    brv_tree_dump(job.article, false, tree);
    *elements = brv_buf_str(tree);
    return is_right;
}

static void report_failure(struct findings *found, const char *name, const char *output,
                           const struct brv_sink *sink)
{
    struct brv_cli *cli = found->subject->cli;
    const struct brv_diag *cause = sink->first;
    while (cause && cause->severity != BRV_ERROR)
        cause = cause->next;
    if (cause) {
        void **seen = brv_map_at(&found->causes, brv_arena_str(cli->arena, cause->message));
        found->repeated += *seen != NULL;
        if (*seen)
            return;
        *seen = found;
    }
    // The place is copied: its source lives as long as the host, or as the arena of the document.
    bool is_in_plugin = cause && cause->code != BRV_CODE_INPUT;
    brv_report(cli->sink,
               BRV_ERROR,
               BRV_CODE_PLUGIN,
               is_in_plugin && cause->span.source && cause->span.source->name.ptr[0] != '<'
                   ? cause->span
                   : brv_span_none(),
               "with %s, as %s: %" BRV_STR_F,
               name,
               output,
               BRV_STR_ARG(cause ? cause->message : BRV_S("failed without a message")));
}

// False after a failure; then other outputs would only repeat it.
static bool try_output(struct findings *found, const struct brv_output *output,
                       const struct brv_awkward_section *section, brv_str slug)
{
    struct brv_arena *arena = brv_arena_new();
    struct brv_sink sink = brv_sink_init(arena);
    brv_str source = document_of(arena, slug, section);
    brv_str first = BRV_S("");
    brv_str second = BRV_S("");
    bool is_right = build(found, arena, output, section->name, source, &sink, &first);
    if (!is_right) {
        report_failure(found, section->name, output->name, &sink);
    } else if (section->repeat == 0 && !found->is_unsteady) {
        (void)build(found, arena, output, section->name, source, &sink, &second);
        found->is_unsteady = !brv_str_equal(first, second);
        if (found->is_unsteady)
            brv_report(found->subject->cli->sink,
                       BRV_ERROR,
                       BRV_CODE_PLUGIN,
                       brv_span_none(),
                       "with %s, as %s: the second time something else came of it",
                       section->name,
                       output->name);
    }
    brv_arena_free(arena);
    return is_right;
}

// ---- classes

// Whether ".name" stands in a stylesheet's text, not as the beginning of a longer name.
static bool is_styled(brv_str sheet, brv_str name)
{
    for (size_t at = brv_str_find(sheet, 0, name); at < sheet.len;
         at = brv_str_find(sheet, at + 1, name)) {
        size_t end = at + name.len;
        char after = end < sheet.len ? sheet.ptr[end] : ' ';
        bool is_whole = !brv_is_digit(after) && after != '-' && after != '_' &&
                        !(brv_to_lower(after) >= 'a' && brv_to_lower(after) <= 'z');
        if (at > 0 && sheet.ptr[at - 1] == '.' && is_whole)
            return true;
    }
    return false;
}

static brv_str all_sheets(struct brv_cli *cli)
{
    struct brv_buf *text = brv_buf_new_in(cli->arena);
    struct brv_sink ignored = brv_sink_init(cli->arena);
    struct brv_paths folders = brv_paths_stylesheets(cli->arena);
    for (size_t f = 0; f < folders.count; f++) {
        size_t count = 0;
        brv_str *names = brv_directory_list(cli->arena, folders.items[f], &count);
        for (size_t i = 0; i < count; i++) {
            brv_str sheet;
            brv_str path = brv_path_join(cli->arena, folders.items[f], names[i]);
            if (brv_str_is(brv_path_extension(path), "css") &&
                !brv_file_read(cli->arena, path, 1 << 20, BRV_CODE_STYLE, &sheet, &ignored))
                brv_buf_add_str(text, sheet);
        }
    }
    for (size_t i = 0; i < cli->sheets.count; i++) {
        brv_str sheet;
        if (brv_file_exists(cli->sheets.items[i]) &&
            !brv_file_read(
                cli->arena, cli->sheets.items[i], 1 << 20, BRV_CODE_STYLE, &sheet, &ignored))
            brv_buf_add_str(text, sheet);
    }
    return brv_buf_str(text);
}

// Classes that the test documents have without the plugin are nobody's mistake.
static bool is_usual(const struct brv_plugin_info *info, brv_str name)
{
    static const char *const usual[] = {
        "analysis", "another", "awkward",       "deeper",          "first",  "headline",
        "kicker",   "label",   "title-section", "excerpt-section", "second", "section",
    };
    for (size_t i = 0; i < BRV_COUNT(usual); i++)
        if (brv_str_is(name, usual[i]))
            return true;
    for (size_t i = 0; i < info->section_count; i++)
        if (brv_str_equal(name, info->sections[i]))
            return true;
    return brv_str_starts_with(name, BRV_S("language-")) ||
           brv_str_starts_with(name, BRV_S("chart"));
}

static bool is_quote_or_space(char c)
{
    return c == '"' || c == '\'' || c == ' ';
}

// Whether the name at a place of the text stands by itself in a string, perhaps among others.
static bool is_class_word(brv_str text, size_t at, brv_str name)
{
    size_t end = at + name.len;
    return at > 0 && end < text.len && is_quote_or_space(text.ptr[at - 1]) &&
           is_quote_or_space(text.ptr[end]) && (text.ptr[at - 1] != ' ' || text.ptr[end] != ' ');
}

// Whether "class =" stands before the place, on its line and in the same field of a table.
static bool is_set_at(brv_str text, size_t at)
{
    size_t start = at;
    while (start > 0 && !strchr("\n,;{}", text.ptr[start - 1]))
        start--;
    brv_str before = brv_str_slice(text, start, at);
    size_t word = brv_str_find(before, 0, BRV_S("class"));
    brv_str rest = brv_str_trim(brv_str_from(before, word + strlen("class")));
    return word < before.len && brv_str_starts_with(rest, BRV_S("=")) &&
           !brv_str_starts_with(rest, BRV_S("=="));
}

// Where the plugin's text sets the class, else where it first names it; no place when it makes the
// name of parts.
static struct brv_span place_of_class(const struct brv_plugin_subject *subject, brv_str name)
{
    const struct brv_host *host = subject->tools->host;
    struct brv_span first = brv_span_none();
    for (size_t i = 0; i < brv_host_file_count(host, subject->index); i++) {
        const struct brv_source *source = brv_host_file(host, subject->index, i);
        brv_str text = source->text;
        for (size_t at = brv_str_find(text, 0, name); at < text.len;
             at = brv_str_find(text, at + 1, name)) {
            if (!is_class_word(text, at, name))
                continue;
            struct brv_span span = { source, (uint32_t)at, (uint32_t)name.len };
            if (is_set_at(text, at))
                return span;
            if (!first.source)
                first = span;
        }
    }
    return first;
}

static void report_classes(struct findings *found)
{
    struct brv_cli *cli = found->subject->cli;
    brv_str sheets = all_sheets(cli);
    for (size_t i = 0; i < found->class_count; i++) {
        brv_str name = found->class_names[i];
        if (is_usual(found->subject->info, name) || is_styled(sheets, name))
            continue;
        brv_report(cli->sink,
                   BRV_NOTE,
                   BRV_CODE_STYLE,
                   place_of_class(found->subject, name),
                   "no stylesheet has a rule for the class \"%" BRV_STR_F
                   "\" of plugin \"%" BRV_STR_F "\"",
                   BRV_STR_ARG(name),
                   BRV_STR_ARG(found->subject->info->name));
    }
}

// ---- the whole

static void check_one(struct brv_plugin_subject *subject, struct brv_buf *out)
{
    struct brv_cli *cli = subject->cli;
    const struct brv_plugin_info *info = subject->info;
    struct findings found = { .subject = subject,
                              .classes = { .arena = cli->arena },
                              .causes = { .arena = cli->arena } };
    brv_host_lint(subject->tools->host, subject->index, cli->sink);
    size_t outputs = 0;
    while (brv_outputs[outputs])
        outputs++;
    for (size_t i = 0; i < brv_awkward_section_count; i++) {
        brv_str slug =
            info->section_count > 0 ? info->sections[i % info->section_count] : BRV_S("awkward");
        bool is_right = true;
        for (size_t o = 0; o < outputs && is_right; o++)
            is_right = try_output(&found, brv_outputs[o], &brv_awkward_sections[i], slug);
        found.sections++;
    }
    if (found.repeated > 0)
        brv_report(cli->sink,
                   BRV_NOTE,
                   BRV_CODE_PLUGIN,
                   brv_span_none(),
                   "the same happens with %zu more of the sections",
                   found.repeated);
    report_classes(&found);
    if (found.use.calls == 0)
        brv_report(cli->sink,
                   BRV_NOTE,
                   BRV_CODE_PLUGIN,
                   brv_span_none(),
                   "plugin \"%" BRV_STR_F "\" was not asked to render any of the sections",
                   BRV_STR_ARG(info->name));
    const struct brv_limits *limits = &subject->tools->limits;
    brv_buf_printf(out,
                   "%" BRV_STR_F " %" BRV_STR_F
                   ": %zu sections in %zu outputs; at most %llu steps (%.1f %%) and %zu KiB\n",
                   BRV_STR_ARG(info->name),
                   BRV_STR_ARG(info->version),
                   found.sections,
                   outputs,
                   (unsigned long long)found.use.gas_most,
                   100.0 * (double)found.use.gas_most / (double)limits->plugin_gas,
                   found.use.memory_bytes >> 10);
    brv_trace_plugin(cli, BRV_S("all sections in all outputs"), info->name, &found.use);
}

enum brv_exit brv_plugin_check(struct brv_cli *cli)
{
    enum brv_exit exit = BRV_EXIT_DONE;
    struct brv_buf *out = brv_buf_new_in(cli->arena);
    for (size_t i = 1; i < cli->operands.count; i++) {
        struct brv_plugin_subject subject;
        if (brv_plugin_open(cli, cli->operands.items[i], &subject) == BRV_OK)
            check_one(&subject, out);
        else
            exit = BRV_EXIT_FAILED;
    }
    if (cli->is_strict)
        brv_strict_promote(cli->sink);
    if (brv_sink_has_errors(cli->sink))
        exit = BRV_EXIT_FAILED;
    return brv_exit_worse(exit, brv_cli_show(cli, out));
}
