// Brevier — a worker of a batch.
// SPDX-License-Identifier: MIT
#include "app/batch/worker.h"

#include "app/batch/bearing.h"
#include "app/batch/child.h"
#include "app/batch/clock.h"
#include "app/batch/depends.h"
#include "app/batch/digest.h"
#include "app/batch/findings.h"
#include "app/date.h"
#include "app/strict.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/system.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

// ---- rendering

// Not synced: the supervisor syncs whole groups.
static bool staged_write(const char *path, brv_str bytes)
{
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666);
    bool is_good = file >= 0;
    while (is_good && bytes.len > 0) {
        ssize_t written = write(file, bytes.ptr, bytes.len);
        if (written < 0 && errno == EINTR)
            continue;
        is_good = written > 0;
        if (is_good)
            bytes = brv_str_slice(bytes, (size_t)written, bytes.len);
    }
    if (file >= 0 && close(file) != 0)
        is_good = false;
    return is_good;
}

static brv_str first_error(const struct brv_sink *sink)
{
    for (const struct brv_diag *diag = sink->first; diag; diag = diag->next)
        if (diag->severity == BRV_ERROR)
            return diag->message;
    return (brv_str){ 0 };
}

static bool is_too_old(const struct brv_batch *batch, const struct brv_document *document)
{
    long long since;
    long long date;
    return batch->options->since.len > 0 && brv_date_parse(batch->options->since, &since) &&
           document && brv_date_parse(document->date, &date) && date < since;
}

static void outcome_add(struct brv_worker_reply *reply, enum brv_item_outcome outcome,
                        brv_str reason)
{
    if (outcome <= reply->row.outcome)
        return;
    reply->row.outcome = outcome;
    reply->row.reason = reason;
}

// Puts an output into its temporary file.
static void output_stage(const struct brv_batch *batch, struct brv_arena *arena,
                         const struct brv_output *output, brv_str bytes,
                         struct brv_worker_reply *reply)
{
    brv_str staged = brv_batch_staged(batch, arena, reply->position, output->extension);
    if (batch->options->verifies || staged_write(brv_arena_cstr(arena, staged), bytes))
        return;
    reply->has_broken = true;
    reply->row.reason = brv_arena_printf(
        arena, "cannot write \"%" BRV_STR_F "\": %s", BRV_STR_ARG(staged), brv_system_error(errno));
}

// One format of a document that is loaded; `loading` is what loading it gave.
static void format_render(const struct brv_batch *batch, struct brv_job *job,
                          const struct brv_sink *loading, struct brv_worker_reply *reply,
                          struct brv_findings *findings, struct brv_depends *depends)
{
    struct brv_arena *arena = findings->arena;
    const struct brv_output *output = job->output;
    struct brv_sink sink = brv_sink_init(arena);
    struct brv_buf bytes = { 0 };
    int64_t start = brv_clock_micros();
    struct brv_style_use *use = brv_style_use_new(arena);
    brv_stylesheets_watch(job->tools->sheets, use);
    enum brv_status status = brv_job_render(job, &bytes, &sink);
    brv_stylesheets_watch(job->tools->sheets, NULL);
    brv_str error = first_error(brv_sink_has_errors(loading) ? loading : &sink);
    if (status == BRV_OK) {
        struct brv_made *made = &reply->made[reply->made_count++];
        made->output = output;
        made->row.bytes = bytes.len;
        made->row.digest = brv_digest_of(arena, brv_buf_str(&bytes));
        struct brv_buf *elements = brv_buf_new_in(arena);
        brv_style_use_print(use, elements);
        made->elements = brv_buf_str(elements);
        made->row.micros = (uint64_t)(brv_clock_micros() - start);
        output_stage(batch, arena, output, brv_buf_str(&bytes), reply);
        if (job->is_degraded || brv_sink_has_errors(&sink) || brv_sink_has_errors(loading))
            outcome_add(reply, BRV_ITEM_DEGRADED, error);
    } else {
        outcome_add(reply, BRV_ITEM_FAILED, error);
    }
    brv_buf_deinit(&bytes);
    brv_depends_add(depends, job);
    brv_findings_add_all(findings, loading, output->name);
    brv_findings_add_all(findings, &sink, output->name);
}

// Loads the analysis once, renders it in each format that is wanted.
static void item_render(const struct brv_batch *batch, const struct brv_worker_order *order,
                        struct brv_worker_reply *reply, struct brv_findings *findings,
                        struct brv_depends *depends)
{
    struct brv_arena *arena = findings->arena;
    struct brv_sink loading = brv_sink_init(arena);
    // The folder that it lies in, for its pictures; within a container it has none.
    brv_str path = order->path.len > 0 ? order->path : BRV_S("-");
    struct brv_job loaded = brv_cli_job(batch->cli, arena, batch->tools, batch->formats[0], path);
    enum brv_status status = brv_job_load(&loaded, order->origin, order->bytes, &loading);
    if (is_too_old(batch, loaded.document)) {
        reply->is_left_out = true;
        return;
    }
    if (batch->tools->is_strict)
        brv_strict_promote(&loading);
    if (loaded.document) {
        reply->row.kind = loaded.document->kind;
        reply->row.title = loaded.document->title;
        reply->row.date = loaded.document->date;
        reply->sections = brv_sections_of(arena, loaded.document);
    }
    for (size_t i = 0; i < batch->format_count && !reply->has_broken; i++) {
        const struct brv_output *output = batch->formats[i];
        if (!(order->wanted & (1u << i)))
            continue;
        if (status || (batch->tools->is_strict && brv_sink_has_errors(&loading))) {
            outcome_add(reply, BRV_ITEM_FAILED, first_error(&loading));
            brv_findings_add_all(findings, &loading, output->name);
            continue;
        }
        struct brv_job job = loaded;
        job.output = output;
        format_render(batch, &job, &loading, reply, findings, depends);
    }
}

#ifndef NDEBUG
// Whether a worker may do what it should not: open "test-fault: open PATH", send signals to others.
static bool is_unconfined(brv_str bytes)
{
    brv_str mark = BRV_S("test-fault: open ");
    size_t at = brv_str_find(bytes, 0, mark);
    char path[PATH_MAX] = "";
    if (at < bytes.len) {
        brv_str name = brv_str_from(bytes, at + mark.len);
        name = brv_str_slice(name, 0, brv_str_find_byte(name, 0, '\n'));
        if (name.len > 0 && name.len < sizeof path)
            memcpy(path, name.ptr, name.len);
    }
    int file = path[0] ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (file >= 0)
        close(file);
    bool signals = brv_str_find(bytes, 0, BRV_S("test-fault: signal")) < bytes.len &&
                   (kill(getppid(), 0) == 0 || tgkill(getppid(), getppid(), 0) == 0);
    return file >= 0 || signals;
}
#endif

// Tests bring a worker down from within: in debug builds, when the environment allows it, a
// document can ask for a crash, for a hang or for all memory.
static void fault_provoke(const struct brv_worker_order *order)
{
#ifndef NDEBUG
    if (!getenv("BREVIER_TEST_FAULTS"))
        return;
    if (is_unconfined(order->bytes) ||
        brv_str_find(order->bytes, 0, BRV_S("test-fault: crash")) < order->bytes.len)
        raise(SIGSEGV);
    while (brv_str_find(order->bytes, 0, BRV_S("test-fault: hang")) < order->bytes.len)
        pause();
    if (brv_str_find(order->bytes, 0, BRV_S("test-fault: memory")) < order->bytes.len)
        for (struct brv_arena *arena = brv_arena_new();;)
            brv_arena_alloc(arena, 1 << 20);
#else
    (void)order;
#endif
}

static void order_serve(const struct brv_batch *batch, brv_str message, struct brv_buf *out)
{
    struct brv_arena *arena = brv_arena_new(); // an item sees nothing of the one before
    struct brv_findings findings = brv_findings_init(arena);
    struct brv_worker_order order;
    if (!brv_worker_read_order(message, &order))
        _exit(EXIT_FAILURE);
    fault_provoke(&order);
    struct brv_worker_reply reply = { .position = order.position };
    struct brv_depends depends = brv_depends_init(batch, arena, order.path);
    item_render(batch, &order, &reply, &findings, &depends);
    brv_depends_tell(&depends, &reply.row);
    reply.diagnostics = findings.rows;
    reply.diagnostic_count = findings.count;
    brv_worker_write_reply(out, batch, &reply);
    brv_arena_free(arena);
}

// ---- the loop

// Orders that were sent and not served. More of them are taken in before these run out: what lies
// here is not in the way when the supervisor has more to send and then no time.
enum { CHUNK_BYTES = 64 << 10, AHEAD_BYTES = 512 << 10 };
struct inbox {
    struct brv_buf bytes;
    size_t at;       // what was served of it
    unsigned served; // orders, since more were taken in
};

static brv_str inbox_rest(const struct inbox *inbox)
{
    return brv_str_slice(brv_buf_str(&inbox->bytes), inbox->at, inbox->bytes.len);
}

static bool has_ahead(const struct inbox *inbox)
{
    return inbox_rest(inbox).len >= AHEAD_BYTES;
}

// Takes what has come, or waits until something has. Ends the process when there is no more work.
static void inbox_fill(struct inbox *inbox, int socket, bool waits)
{
    struct brv_buf *bytes = &inbox->bytes;
    ssize_t got = 0;
    inbox->served = 0;
    do {
        size_t rest = bytes->len - inbox->at;
        if (inbox->at > 0 && inbox->at >= rest) { // so that no byte is moved often
            memmove(bytes->ptr, bytes->ptr + inbox->at, rest);
            bytes->len = rest;
            inbox->at = 0;
        }
        brv_buf_reserve(bytes, CHUNK_BYTES);
        got = recv(socket, bytes->ptr + bytes->len, CHUNK_BYTES, waits ? 0 : MSG_DONTWAIT);
        if (got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN))
            _exit(EXIT_SUCCESS);
        if (got < 0 && errno == EAGAIN)
            return;
        bytes->len += got > 0 ? (size_t)got : 0;
        waits = waits && got < 0;
    } while (got < 0 || (got == CHUNK_BYTES && !has_ahead(inbox)));
}

_Noreturn void brv_worker_run(struct brv_batch *batch, int socket)
{
    enum { KEPT_BYTES = 12 << 20, BUNCH = 8 };
    brv_heap_keep(KEPT_BYTES);
    // After a few items it has what a large one takes, and what is kept of styles and parts of
    // documents as kinds of them come along: then it does not grow in the night.
    enum { FEW = 32, LARGE_BYTES = 8 << 20 };
    unsigned served = 0;
    struct inbox inbox = { 0 };
    struct brv_buf out = { 0 };
    uint64_t allowed = 0;
    for (;;) {
        brv_str message;
        bool has_order = brv_wire_first(inbox_rest(&inbox), &message) > 0;
        if (!has_order || (inbox.served >= BUNCH && !has_ahead(&inbox)))
            inbox_fill(&inbox, socket, !has_order);
        size_t len = brv_wire_first(inbox_rest(&inbox), &message);
        if (len == 0)
            continue;
        brv_confine_item_begin(BRV_ITEM_SECONDS, &allowed);
        order_serve(batch, message, &out);
        brv_child_send(socket, brv_buf_str(&out));
        brv_buf_clear(&out);
        inbox.at += len;
        inbox.served++;
        if (++served == FEW)
            brv_heap_fill(LARGE_BYTES);
    }
}

void brv_worker_warm_up(struct brv_batch *batch)
{
    static const char sample[] = "# Analysis: Warming up\n\n## Summary\n\nText *in* **all** "
                                 "`faces` [and](https://example.org).\n\n- A: b\n\n| a | b |\n"
                                 "|---|---|\n| c | d |\n";
    struct brv_arena *arena = brv_arena_new();
    for (size_t i = 0; i < batch->format_count; i++) {
        struct brv_sink quiet = brv_sink_init(arena);
        struct brv_job job =
            brv_cli_job(batch->cli, arena, batch->tools, batch->formats[i], BRV_S("-"));
        struct brv_buf *bytes = brv_buf_new_in(arena);
        if (brv_job_run(&job, BRV_S("warm-up"), brv_str_from_cstr(sample), bytes, &quiet))
            break; // the first item will say why
    }
    brv_arena_free(arena);
}
