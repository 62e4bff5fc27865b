// Brevier — a worker of a batch.
// SPDX-License-Identifier: MIT
#include "app/batch/worker.h"

#include "app/batch/confine.h"
#include "app/batch/digest.h"
#include "app/date.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/system.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

// ---- requests and replies

void brv_worker_request(struct brv_buf *out, const struct brv_slot *slot)
{
    size_t begin = brv_wire_begin(out);
    brv_wire_add(out, slot->row.position);
    brv_wire_add(out, slot->wanted);
    brv_wire_add_str(out, slot->row.origin);
    brv_wire_add_str(out, slot->folder);
    brv_wire_add_str(out, slot->bytes);
    brv_wire_end(out, begin);
}

struct request {
    uint64_t position;
    unsigned wanted;
    brv_str origin;
    brv_str folder;
    brv_str bytes;
};

static bool request_read(brv_str message, struct request *request)
{
    struct brv_wire wire = { message, false };
    request->position = brv_wire_read(&wire);
    request->wanted = (unsigned)brv_wire_read(&wire);
    request->origin = brv_wire_read_str(&wire);
    request->folder = brv_wire_read_str(&wire);
    request->bytes = brv_wire_read_str(&wire);
    return !wire.is_bad;
}

static void reply_write(struct brv_buf *out, const struct brv_batch *batch,
                        const struct brv_worker_reply *reply)
{
    size_t begin = brv_wire_begin(out);
    brv_wire_add(out, reply->position);
    brv_wire_add(out, reply->has_broken);
    brv_wire_add(out, reply->is_left_out);
    brv_wire_add(out, reply->row.outcome);
    brv_wire_add_str(out, reply->row.reason);
    brv_wire_add_str(out, reply->row.kind);
    brv_wire_add_str(out, reply->row.title);
    brv_wire_add_str(out, reply->row.date);
    brv_wire_add_str(out, reply->row.plugins);
    brv_wire_add_str(out, reply->row.assets);
    brv_wire_add(out, reply->made_count);
    for (size_t i = 0; i < reply->made_count; i++) {
        const struct brv_made *made = &reply->made[i];
        size_t format = 0;
        while (batch->formats[format] != made->output)
            format++;
        brv_wire_add(out, format);
        brv_wire_add(out, made->row.bytes);
        brv_wire_add(out, made->row.micros);
        brv_wire_add_str(out, made->row.digest);
    }
    brv_wire_add(out, reply->diagnostic_count);
    for (size_t i = 0; i < reply->diagnostic_count; i++) {
        const struct brv_diag_row *row = &reply->diagnostics[i];
        brv_wire_add_str(out, row->formats);
        brv_wire_add_str(out, row->severity);
        brv_wire_add_str(out, row->code);
        brv_wire_add_str(out, row->file);
        brv_wire_add(out, row->line);
        brv_wire_add(out, row->column);
        brv_wire_add_str(out, row->message);
        brv_wire_add_str(out, row->hint);
    }
    brv_wire_end(out, begin);
}

static brv_str read_copy(struct brv_wire *wire, struct brv_arena *arena)
{
    return brv_arena_str(arena, brv_wire_read_str(wire));
}

bool brv_worker_read_reply(const struct brv_batch *batch, struct brv_arena *arena, brv_str message,
                           struct brv_worker_reply *reply)
{
    struct brv_wire wire = { message, false };
    *reply = (struct brv_worker_reply){ .position = brv_wire_read(&wire) };
    reply->has_broken = brv_wire_read(&wire) != 0;
    reply->is_left_out = brv_wire_read(&wire) != 0;
    uint64_t outcome = brv_wire_read(&wire);
    reply->row.outcome =
        outcome <= BRV_ITEM_QUARANTINED ? (enum brv_item_outcome)outcome : BRV_ITEM_FAILED;
    reply->row.reason = read_copy(&wire, arena);
    reply->row.kind = read_copy(&wire, arena);
    reply->row.title = read_copy(&wire, arena);
    reply->row.date = read_copy(&wire, arena);
    reply->row.plugins = read_copy(&wire, arena);
    reply->row.assets = read_copy(&wire, arena);
    uint64_t count = brv_wire_read(&wire);
    if (wire.is_bad || count > batch->format_count)
        return false;
    for (; reply->made_count < count; reply->made_count++) {
        uint64_t format = brv_wire_read(&wire);
        if (format >= batch->format_count)
            return false;
        struct brv_made *made = &reply->made[reply->made_count];
        made->output = batch->formats[format];
        made->row.format = brv_str_from_cstr(made->output->name);
        made->row.bytes = brv_wire_read(&wire);
        made->row.micros = brv_wire_read(&wire);
        made->row.digest = read_copy(&wire, arena);
    }
    count = brv_wire_read(&wire);
    if (wire.is_bad || count > message.len)
        return false;
    reply->diagnostics = BRV_NEW_ARRAY(arena, struct brv_diag_row, count);
    for (; reply->diagnostic_count < count; reply->diagnostic_count++) {
        struct brv_diag_row *row = &reply->diagnostics[reply->diagnostic_count];
        row->formats = read_copy(&wire, arena);
        row->severity = read_copy(&wire, arena);
        row->code = read_copy(&wire, arena);
        row->file = read_copy(&wire, arena);
        row->line = brv_wire_read(&wire);
        row->column = brv_wire_read(&wire);
        row->message = read_copy(&wire, arena);
        row->hint = read_copy(&wire, arena);
    }
    return !wire.is_bad;
}

uint64_t brv_worker_reply_position(brv_str message)
{
    struct brv_wire wire = { message, false };
    return brv_wire_read(&wire);
}

// ---- diagnostics

struct findings {
    struct brv_arena *arena;
    struct brv_map known; // by what is said and where
    struct brv_diag_row *rows;
    size_t count;
    size_t capacity;
};

// What several outputs say alike is one row.
static void findings_add(struct findings *findings, const struct brv_sink *sink, const char *format)
{
    for (const struct brv_diag *diag = sink->first; diag; diag = diag->next) {
        struct brv_diag_row row = {
            .formats = brv_str_from_cstr(format),
            .severity = brv_str_from_cstr(brv_severity_name(diag->severity)),
            .code = brv_str_from_cstr(brv_code_name(diag->code)),
            .message = brv_arena_str(findings->arena, diag->message),
            .hint = brv_arena_str(findings->arena, diag->hint),
        };
        if (diag->span.source) {
            struct brv_location at = brv_span_locate(diag->span);
            row.file = brv_arena_str(findings->arena, diag->span.source->name);
            row.line = at.line;
            row.column = at.column;
        }
        brv_str key = brv_arena_printf(findings->arena,
                                       "%" BRV_STR_F ":%zu:%zu:%" BRV_STR_F ":%" BRV_STR_F,
                                       BRV_STR_ARG(row.file),
                                       (size_t)row.line,
                                       (size_t)row.column,
                                       BRV_STR_ARG(row.severity),
                                       BRV_STR_ARG(row.message));
        void **slot = brv_map_at(&findings->known, key);
        if (*slot) {
            struct brv_diag_row *known = &findings->rows[(size_t)*slot - 1];
            brv_str last = brv_str_slice(known->formats,
                                         known->formats.len - (strlen(format) < known->formats.len
                                                                   ? strlen(format)
                                                                   : known->formats.len),
                                         known->formats.len);
            if (!brv_str_is(last, format))
                known->formats = brv_arena_printf(
                    findings->arena, "%" BRV_STR_F ",%s", BRV_STR_ARG(known->formats), format);
            continue;
        }
        BRV_PUSH(findings->arena, findings->rows, findings->count, findings->capacity) = row;
        *slot = (void *)findings->count; // NOLINT: a number, from 1
    }
}

// ---- what an outcome depends on

static brv_str plugins_used(const struct brv_batch *batch, struct brv_arena *arena, bool *used)
{
    struct brv_buf *list = brv_buf_new_in(arena);
    for (size_t i = 0; i < brv_host_plugin_count(batch->tools->host); i++)
        if (used[i])
            brv_buf_printf(list,
                           "%" BRV_STR_F " %" BRV_STR_F "\n",
                           BRV_STR_ARG(brv_host_plugin(batch->tools->host, i)->name),
                           BRV_STR_ARG(batch->plugin_digests[i]));
    return brv_buf_str(list);
}

static brv_str assets_used(struct brv_arena *arena, const struct brv_node *article)
{
    struct brv_buf *list = brv_buf_new_in(arena);
    struct brv_map known = { .arena = arena };
    for (const struct brv_node *node = article; node; node = brv_node_walk_next(article, node)) {
        brv_str source =
            node->kind == BRV_KIND_IMG ? brv_node_attr(node, BRV_ATTR_SRC) : (brv_str){ 0 };
        if (source.len == 0 || brv_str_starts_with(source, BRV_S("data:")))
            continue;
        void **slot = brv_map_at(&known, source);
        if (*slot)
            continue;
        *slot = &known;
        brv_str digest = node->image ? brv_digest_of(arena, node->image->bytes) : BRV_S("-");
        brv_buf_printf(
            list, "%" BRV_STR_F " %" BRV_STR_F "\n", BRV_STR_ARG(source), BRV_STR_ARG(digest));
    }
    return brv_buf_str(list);
}

// ---- rendering

static uint64_t now_micros(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

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

static void format_render(const struct brv_batch *batch, const struct request *request,
                          const struct brv_output *output, struct brv_worker_reply *reply,
                          struct findings *findings, bool *used)
{
    struct brv_arena *arena = findings->arena;
    struct brv_sink sink = brv_sink_init(arena);
    // The folder that it lies in, for its pictures; within a container it has none.
    brv_str path = request->folder.len > 0 ? request->origin : BRV_S("-");
    struct brv_job job = brv_cli_job(batch->cli, arena, batch->tools, output, path);
    struct brv_buf bytes = { 0 };
    uint64_t start = now_micros();
    enum brv_status status = brv_job_run(&job, request->origin, request->bytes, &bytes, &sink);
    uint64_t micros = now_micros() - start;
    if (is_too_old(batch, job.document)) {
        reply->is_left_out = true;
    } else if (status == BRV_OK) {
        struct brv_made *made = &reply->made[reply->made_count++];
        made->output = output;
        made->row.bytes = bytes.len;
        made->row.digest = brv_digest_of(arena, brv_buf_str(&bytes));
        made->row.micros = micros;
        brv_str staged = brv_batch_staged(batch, arena, request->position, output);
        if (!batch->options->verifies &&
            !staged_write(brv_arena_cstr(arena, staged), brv_buf_str(&bytes))) {
            reply->has_broken = true;
            reply->row.reason = brv_arena_printf(arena,
                                                 "cannot write \"%" BRV_STR_F "\": %s",
                                                 BRV_STR_ARG(staged),
                                                 brv_system_error(errno));
        }
        if (job.is_degraded || brv_sink_has_errors(&sink))
            outcome_add(reply, BRV_ITEM_DEGRADED, first_error(&sink));
    } else {
        outcome_add(reply, BRV_ITEM_FAILED, first_error(&sink));
    }
    brv_buf_deinit(&bytes);
    for (size_t i = 0; job.run && i < brv_host_plugin_count(batch->tools->host); i++)
        used[i] |= brv_run_has_used(job.run, i);
    if (job.article)
        reply->row.assets = assets_used(arena, job.article);
    if (job.document) {
        reply->row.kind = job.document->kind;
        reply->row.title = job.document->title;
        reply->row.date = job.document->date;
    }
    findings_add(findings, &sink, output->name);
}

// Tests bring a worker down from within: in debug builds, when the environment allows it, a
// document can ask for a crash, for a hang or for all memory.
static void fault_provoke(const struct request *request)
{
#ifndef NDEBUG
    if (!getenv("BREVIER_TEST_FAULTS"))
        return;
    if (brv_str_find(request->bytes, 0, BRV_S("test-fault: crash")) < request->bytes.len)
        raise(SIGSEGV);
    while (brv_str_find(request->bytes, 0, BRV_S("test-fault: hang")) < request->bytes.len)
        pause();
    if (brv_str_find(request->bytes, 0, BRV_S("test-fault: memory")) < request->bytes.len)
        for (struct brv_arena *arena = brv_arena_new();;)
            brv_arena_alloc(arena, 1 << 20);
#else
    (void)request;
#endif
}

static void request_serve(const struct brv_batch *batch, brv_str message, struct brv_buf *out)
{
    struct brv_arena *arena = brv_arena_new(); // an item sees nothing of the one before
    struct findings findings = { .arena = arena, .known = { .arena = arena } };
    struct request request;
    if (!request_read(message, &request))
        _exit(EXIT_FAILURE);
    fault_provoke(&request);
    struct brv_worker_reply reply = { .position = request.position };
    bool *used = BRV_NEW_ARRAY(arena, bool, brv_host_plugin_count(batch->tools->host));
    for (size_t i = 0; i < batch->format_count && !reply.has_broken && !reply.is_left_out; i++)
        if (request.wanted & (1u << i))
            format_render(batch, &request, batch->formats[i], &reply, &findings, used);
    reply.row.plugins = plugins_used(batch, arena, used);
    reply.diagnostics = findings.rows;
    reply.diagnostic_count = findings.count;
    reply_write(out, batch, &reply);
    brv_arena_free(arena);
}

// ---- the loop

static void send_all(int socket, brv_str bytes)
{
    while (bytes.len > 0) {
        ssize_t sent = write(socket, bytes.ptr, bytes.len);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            _exit(EXIT_FAILURE); // the supervisor is gone
        bytes = brv_str_slice(bytes, (size_t)sent, bytes.len);
    }
}

_Noreturn void brv_worker_run(struct brv_batch *batch, int socket)
{
    enum { CHUNK_BYTES = 64 << 10 };
    struct brv_buf in = { 0 };
    struct brv_buf out = { 0 };
    size_t at = 0; // what was served of `in`
    for (;;) {
        brv_str message;
        size_t len = brv_wire_first(brv_str_slice(brv_buf_str(&in), at, in.len), &message);
        if (len > 0) {
            brv_confine_item_begin(BRV_ITEM_SECONDS);
            request_serve(batch, message, &out);
            send_all(socket, brv_buf_str(&out));
            brv_buf_clear(&out);
            at += len;
            continue;
        }
        // What is left of a message moves to the front.
        memmove(in.ptr ? in.ptr : (char *)&at, in.ptr ? in.ptr + at : (char *)&at, in.len - at);
        in.len -= at;
        at = 0;
        brv_buf_reserve(&in, CHUNK_BYTES);
        ssize_t got = read(socket, in.ptr + in.len, CHUNK_BYTES);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            _exit(EXIT_SUCCESS); // no more work
        in.len += (size_t)got;
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
