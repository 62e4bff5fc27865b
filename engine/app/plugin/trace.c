// Brevier — `--trace`: what each plugin took.
// SPDX-License-Identifier: MIT
#include "app/plugin/trace.h"

#include <stdio.h>
#include <stdlib.h>

struct trace_row {
    brv_str plugin;
    struct brv_plugin_use use;
};

enum { US_NS = 1000, MS_NS = 1000 * US_NS };

// ---- forms

static void add_table(struct brv_buf *out, brv_str about, const struct trace_row *rows,
                      size_t count)
{
    size_t width = 0;
    for (size_t i = 0; i < count; i++)
        width = rows[i].plugin.len > width ? rows[i].plugin.len : width;
    brv_buf_add_cstr(out, "trace of ");
    brv_buf_add_visible(out, about);
    brv_buf_add_byte(out, '\n');
    brv_buf_add_repeated(out, ' ', width + 2);
    brv_buf_add_cstr(out, "   calls  CPU ms       steps  peak KiB  elements\n");
    for (size_t i = 0; i < count; i++) {
        const struct brv_plugin_use *use = &rows[i].use;
        brv_buf_add_cstr(out, "  ");
        brv_buf_add_str(out, rows[i].plugin);
        brv_buf_add_repeated(out, ' ', width - rows[i].plugin.len);
        brv_buf_printf(out,
                       " %7zu %4lld.%02lld %11llu %9zu %9zu\n",
                       use->calls,
                       (long long)(use->cpu_ns / MS_NS),
                       (long long)(use->cpu_ns % MS_NS / (MS_NS / 100)),
                       (unsigned long long)use->gas,
                       use->memory_bytes >> 10,
                       use->elements);
    }
}

static void add_json(struct brv_buf *out, brv_str about, const struct trace_row *row)
{
    const struct brv_plugin_use *use = &row->use;
    brv_buf_add_cstr(out, "{\"trace\":");
    brv_buf_add_json_string(out, about);
    brv_buf_add_cstr(out, ",\"plugin\":");
    brv_buf_add_json_string(out, row->plugin);
    brv_buf_printf(out,
                   ",\"calls\":%zu,\"cpu_us\":%lld,\"steps\":%llu,\"peak_bytes\":%zu,"
                   "\"elements\":%zu}\n",
                   use->calls,
                   (long long)(use->cpu_ns / US_NS),
                   (unsigned long long)use->gas,
                   use->memory_bytes,
                   use->elements);
}

static void print(const struct brv_cli *cli, brv_str about, const struct trace_row *rows,
                  size_t count)
{
    struct brv_buf out = { 0 };
    if (!cli->has_json_diagnostics)
        add_table(&out, about, rows, count);
    for (size_t i = 0; cli->has_json_diagnostics && i < count; i++)
        add_json(&out, about, &rows[i]);
    if (out.len > 0)
        fwrite(out.ptr, 1, out.len, stderr);
    brv_buf_deinit(&out);
}

// ---- a document

static int compare_rows(const void *a, const void *b)
{
    const struct trace_row *one = a;
    const struct trace_row *two = b;
    if (one->use.cpu_ns != two->use.cpu_ns)
        return one->use.cpu_ns < two->use.cpu_ns ? 1 : -1;
    return brv_str_compare(one->plugin, two->plugin);
}

void brv_trace_job(const struct brv_cli *cli, const struct brv_job *job, brv_str name)
{
    if (!cli->is_traced || !job->run)
        return;
    const struct brv_host *host = job->tools->host;
    size_t plugins = brv_host_plugin_count(host);
    struct trace_row *rows = BRV_NEW_ARRAY(job->arena, struct trace_row, plugins);
    size_t count = 0;
    for (size_t i = 0; i < plugins; i++)
        if (brv_run_has_used(job->run, i))
            rows[count++] =
                (struct trace_row){ brv_host_plugin(host, i)->name, brv_run_use(job->run, i) };
    qsort(rows, count, sizeof *rows, compare_rows);
    brv_str about =
        brv_arena_printf(job->arena, "%" BRV_STR_F " as %s", BRV_STR_ARG(name), job->output->name);
    print(cli, about, rows, count);
}

// ---- a plugin

void brv_trace_plugin(const struct brv_cli *cli, brv_str about, brv_str plugin,
                      const struct brv_plugin_use *use)
{
    const struct trace_row row = { plugin, *use };
    if (cli->is_traced)
        print(cli, about, &row, 1);
}

void brv_trace_add(struct brv_plugin_use *sum, const struct brv_plugin_use *use)
{
    sum->calls += use->calls;
    sum->gas += use->gas;
    sum->gas_most = use->gas_most > sum->gas_most ? use->gas_most : sum->gas_most;
    sum->memory_bytes =
        use->memory_bytes > sum->memory_bytes ? use->memory_bytes : sum->memory_bytes;
    sum->elements += use->elements;
    sum->cpu_ns += use->cpu_ns;
}
