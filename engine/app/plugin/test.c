// Brevier — `brevier plugin test`: samples of a plugin, and what must come of them.
// Beside each NAME.md of the tests lie NAME.elements, the elements as `inspect` prints them, and
// NAME.txt, the text output; what lies there is compared. The other outputs must be written.
// SPDX-License-Identifier: MIT
#include "app/plugin/plugin.h"
#include "app/plugin/trace.h"

#include "base/file.h"

#include <string.h>

enum { GOLDEN_BYTES = 16 << 20, DIFFERENCE_LINES = 40 };

struct golden {
    const char *suffix;
    brv_str got;
};

// ---- differences

static brv_str line_at(brv_str text, size_t at)
{
    return brv_str_slice(text, at, brv_str_find_byte(text, at, '\n'));
}

static void add_lines(struct brv_buf *out, char sign, brv_str text)
{
    size_t count = 0;
    for (size_t at = 0; at < text.len && count <= DIFFERENCE_LINES; count++) {
        brv_str line = line_at(text, at);
        at += line.len + 1;
        if (count == DIFFERENCE_LINES)
            brv_buf_printf(out, "%c …\n", sign);
        else
            brv_buf_printf(out, "%c %" BRV_STR_F "\n", sign, BRV_STR_ARG(line));
    }
}

// The lines that differ: what is the same at the beginning and at the end is left out.
static void show_difference(struct brv_buf *out, brv_str path, brv_str want, brv_str got)
{
    size_t start = 0;
    for (size_t i = 0; i < want.len && i < got.len && want.ptr[i] == got.ptr[i]; i++)
        if (want.ptr[i] == '\n')
            start = i + 1;
    size_t end = 0; // bytes from the end, whole lines
    for (size_t i = 1; i <= want.len - start && i <= got.len - start; i++) {
        if (want.ptr[want.len - i] != got.ptr[got.len - i])
            break;
        if (want.ptr[want.len - i] == '\n')
            end = i - 1;
    }
    size_t line = 1;
    for (size_t i = 0; i < start; i++)
        line += got.ptr[i] == '\n';
    brv_buf_printf(out, "%" BRV_STR_F ", line %zu:\n", BRV_STR_ARG(path), line);
    add_lines(out, '-', brv_str_slice(want, start, want.len - end));
    add_lines(out, '+', brv_str_slice(got, start, got.len - end));
}

// ---- one sample

// Renders for one output; the sink has what was wrong. Its errors, degradation among them, fail it.
static enum brv_status render(const struct brv_plugin_subject *subject, struct brv_arena *arena,
                              const struct brv_output *output, brv_str path, brv_str *elements,
                              brv_str *bytes)
{
    struct brv_sink *sink = subject->cli->sink;
    struct brv_job job = brv_plugin_job(subject, arena, output);
    struct brv_buf *out = brv_buf_new_in(arena);
    size_t errors = sink->counts[BRV_ERROR];
    brv_str source;
    if (brv_file_read(arena, path, GOLDEN_BYTES, BRV_CODE_INPUT, &source, sink))
        return BRV_FAILED;
    enum brv_status status = brv_job_run(&job, path, source, out, sink);
    brv_trace_job(subject->cli, &job, path);
    if (status != BRV_OK || job.is_degraded || sink->counts[BRV_ERROR] > errors)
        return BRV_FAILED;
    struct brv_buf *tree = brv_buf_new_in(arena);
    brv_tree_dump(job.article, false, tree);
    *elements = brv_buf_str(tree);
    *bytes = brv_buf_str(out);
    return BRV_OK;
}

// Compares, or writes, one expectation. True when it holds now.
static bool settle(const struct brv_plugin_subject *subject, struct brv_arena *arena, brv_str stem,
                   const struct golden *golden, bool is_update, bool *is_there, struct brv_buf *out)
{
    struct brv_sink *sink = subject->cli->sink;
    brv_str path = brv_arena_printf(arena, "%" BRV_STR_F "%s", BRV_STR_ARG(stem), golden->suffix);
    brv_str want = BRV_S("");
    bool exists = brv_file_exists(path);
    *is_there = *is_there || exists;
    if (!exists && !is_update)
        return true;
    if (exists && brv_file_read(arena, path, GOLDEN_BYTES, BRV_CODE_INPUT, &want, sink))
        return false;
    if (exists && brv_str_equal(want, golden->got))
        return true;
    if (out)
        show_difference(out, path, want, golden->got);
    if (is_update)
        return brv_file_write(path, golden->got, sink) == BRV_OK;
    brv_report(sink,
               BRV_ERROR,
               BRV_CODE_PLUGIN,
               brv_span_none(),
               "\"%" BRV_STR_F "\" is not what the plugin makes",
               BRV_STR_ARG(path));
    return false;
}

static bool run_sample(struct brv_plugin_subject *subject, brv_str path, bool is_update,
                       struct brv_buf *out)
{
    struct brv_arena *arena = brv_arena_new();
    struct golden goldens[] = { { ".elements", { 0 } }, { ".txt", { 0 } } };
    bool is_right = true;
    for (size_t i = 0; brv_outputs[i] && is_right; i++) {
        brv_str elements;
        brv_str bytes;
        is_right = render(subject, arena, brv_outputs[i], path, &elements, &bytes) == BRV_OK;
        if (is_right && brv_str_is(brv_str_from_cstr(brv_outputs[i]->name), "text")) {
            goldens[0].got = elements;
            goldens[1].got = bytes;
        }
    }
    bool is_there = is_update;
    brv_str stem = brv_str_slice(path, 0, path.len - strlen(".md"));
    bool is_rendered = is_right;
    for (size_t i = 0; i < BRV_COUNT(goldens) && is_rendered; i++)
        is_right &= settle(subject, arena, stem, &goldens[i], is_update, &is_there, out);
    if (is_right && !is_there) {
        struct brv_diag *diag = brv_report(subject->cli->sink,
                                           BRV_ERROR,
                                           BRV_CODE_PLUGIN,
                                           brv_span_none(),
                                           "nothing says what must come of \"%" BRV_STR_F "\"",
                                           BRV_STR_ARG(path));
        brv_diag_hint(subject->cli->sink, diag, "look at it, then run with --update");
        is_right = false;
    }
    brv_arena_free(arena);
    return is_right;
}

// ---- all of them

enum brv_exit brv_plugin_run_tests(struct brv_plugin_subject *subject, bool is_update,
                                   struct brv_buf *out)
{
    struct brv_cli *cli = subject->cli;
    size_t count = 0;
    size_t samples = 0;
    size_t wrong = 0;
    brv_str *names = brv_directory_list(cli->arena, subject->tests, &count);
    for (size_t i = 0; i < count; i++) {
        if (!brv_str_is(brv_path_extension(names[i]), "md"))
            continue;
        samples++;
        brv_str path = brv_path_join(cli->arena, subject->tests, names[i]);
        wrong += !run_sample(subject, path, is_update, out);
    }
    if (samples == 0) {
        brv_report(cli->sink,
                   BRV_ERROR,
                   BRV_CODE_PLUGIN,
                   brv_span_none(),
                   "plugin \"%" BRV_STR_F "\" has no tests, expected analyses in \"%" BRV_STR_F
                   "\"",
                   BRV_STR_ARG(subject->info->name),
                   BRV_STR_ARG(subject->tests));
        return BRV_EXIT_FAILED;
    }
    if (out)
        brv_buf_printf(out,
                       "%" BRV_STR_F ": %zu of %zu samples are right\n",
                       BRV_STR_ARG(subject->info->name),
                       samples - wrong,
                       samples);
    return wrong > 0 ? BRV_EXIT_FAILED : BRV_EXIT_DONE;
}

enum brv_exit brv_plugin_test(struct brv_cli *cli)
{
    enum brv_exit exit = BRV_EXIT_DONE;
    struct brv_buf *out = brv_buf_new_in(cli->arena);
    for (size_t i = 1; i < cli->operands.count; i++) {
        struct brv_plugin_subject subject;
        enum brv_exit one = BRV_EXIT_FAILED;
        if (brv_plugin_open(cli, cli->operands.items[i], &subject) == BRV_OK)
            one = brv_plugin_run_tests(&subject, cli->is_update, out);
        exit = brv_exit_worse(exit, one);
    }
    return brv_exit_worse(exit, brv_cli_show(cli, out));
}
