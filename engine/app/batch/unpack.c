// Brevier — the unpacker: a process that opens the containers of a feed.
//
//     supervisor ── the container's path ──────────────► unpacker
//                ◄─ opened | refused, entry, …, end ────
//
// The child is a copy of this process, made after the feed: addresses mean the same in both.
// SPDX-License-Identifier: MIT
#include "app/batch/unpack.h"

#include "app/batch/child.h"
#include "app/batch/clock.h"
#include "app/batch/wire.h"
#include "base/file.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ENTRY_SECONDS = 30, PATIENCE_MS = 120 * 1000, CHUNK_BYTES = 64 << 10 };
static const size_t kept_bytes = 1 << 20; // of a buffer, for the next message

enum reply { REPLY_OPENED, REPLY_REFUSED, REPLY_ENTRY, REPLY_END };

struct brv_unpacker {
    struct brv_child child;
    struct brv_buf in;
    size_t taken; // of `in`
    struct brv_confine_options confined;
    brv_str *listed; // the container of a list that it may read, one of those; NULL without a list
};

// A container that the child goes through, as the feed sees it.
struct unpacked {
    struct brv_unpacker *unpacker;
    brv_str path;
    size_t limit_bytes;  // of an entry
    int64_t deadline_ms; // of the next message
    bool is_open;
    bool is_over;
};

// ---- the child

// Tests bring the unpacker down from within, as they do a worker.
static void fault_provoke(brv_str name)
{
#ifndef NDEBUG
    if (!getenv("BREVIER_TEST_FAULTS"))
        return;
    if (brv_str_find(name, 0, BRV_S("test-fault-crash")) < name.len)
        raise(SIGSEGV);
    if (brv_str_find(name, 0, BRV_S("test-fault-memory")) < name.len)
        for (struct brv_arena *arena = brv_arena_new();;)
            brv_arena_alloc(arena, 1 << 20);
#else
    (void)name;
#endif
}

static void reply_begin(struct brv_buf *out, enum reply reply, const struct brv_sink *sink)
{
    brv_wire_add(out, reply);
    brv_wire_add(out, sink->kept);
    for (const struct brv_diag *diag = sink->first; diag; diag = diag->next) {
        brv_wire_add(out, diag->code);
        brv_wire_add_str(out, diag->message);
    }
}

static void reply_send(int socket, struct brv_buf *out)
{
    brv_wire_end(out, 0);
    brv_child_send(socket, brv_buf_str(out));
    if (out->capacity > kept_bytes)
        brv_buf_deinit(out);
    brv_buf_clear(out);
}

// What is asked for: the container to open, with what the supervisor would have opened it.
struct request {
    brv_feed_open_fn *open;
    const struct brv_feed_options *options;
    brv_str path, prefix;
};

static void request_write(struct brv_buf *out, const struct request *request)
{
    size_t begin = brv_wire_begin(out);
    brv_wire_add_str(out, (brv_str){ (const char *)&request->open, sizeof request->open });
    brv_wire_add_str(out, (brv_str){ (const char *)&request->options, sizeof request->options });
    brv_wire_add_str(out, request->path);
    brv_wire_add_str(out, request->prefix);
    brv_wire_end(out, begin);
}

// Ends the process when it makes no sense.
static struct request request_read(brv_str message)
{
    struct brv_wire wire = { message, false };
    struct request request = { 0 };
    brv_str address = brv_wire_read_str(&wire);
    if (address.len == sizeof request.open)
        memcpy(&request.open, address.ptr, sizeof request.open);
    address = brv_wire_read_str(&wire);
    if (address.len == sizeof request.options)
        memcpy(&request.options, address.ptr, sizeof request.options); // NOLINT: the address itself
    request.path = brv_wire_read_str(&wire);
    request.prefix = brv_wire_read_str(&wire);
    if (wire.is_bad || !request.open || !request.options)
        _exit(EXIT_FAILURE);
    return request;
}

// Sends the next entry of a container, or its end; then it is false.
static bool entry_serve(int socket, struct brv_feed_source *source, struct brv_buf *out)
{
    struct brv_arena *arena = brv_arena_new();
    struct brv_feed_entry entry = { 0 };
    struct brv_sink faults = brv_sink_init(arena);
    bool has_entry = source->next(source, arena, &entry, &faults);
    fault_provoke(entry.name);
    brv_wire_begin(out);
    reply_begin(out, has_entry ? REPLY_ENTRY : REPLY_END, &faults);
    brv_wire_add(out, source->passed_over);
    if (has_entry) {
        brv_wire_add(out, source->gone);
        brv_wire_add(out, source->size);
        brv_wire_add_str(out, entry.name);
        brv_wire_add(out, entry.state);
        brv_wire_add_str(out, entry.reason);
        brv_wire_add_str(out, entry.bytes);
    }
    reply_send(socket, out);
    brv_arena_free(arena);
    return has_entry;
}

static void container_serve(int socket, brv_str message)
{
    const struct request request = request_read(message);
    struct brv_buf out = { 0 };
    struct brv_arena *arena = brv_arena_new();
    struct brv_feed_source source = { .arena = arena, .prefix = request.prefix };
    struct brv_sink sink = brv_sink_init(arena);
    uint64_t allowed = 0;
    brv_confine_item_begin(ENTRY_SECONDS, &allowed);
    enum brv_status status = request.open(&source, request.path, request.options, &sink);
    brv_wire_begin(&out);
    reply_begin(&out, status ? REPLY_REFUSED : REPLY_OPENED, &sink);
    reply_send(socket, &out);
    for (bool goes_on = status == BRV_OK; goes_on;) {
        brv_confine_item_begin(ENTRY_SECONDS, &allowed);
        goes_on = entry_serve(socket, &source, &out);
    }
    brv_arena_free(arena);
    brv_buf_deinit(&out);
}

static void child_live(void *user, int socket)
{
    (void)user;
    struct brv_buf in = { 0 };
    for (;;) {
        brv_str message;
        size_t len = brv_wire_first(brv_buf_str(&in), &message);
        if (len > 0) {
            container_serve(socket, message);
            brv_buf_clear(&in); // there is one request at a time
            continue;
        }
        brv_buf_reserve(&in, CHUNK_BYTES);
        ssize_t got = read(socket, in.ptr + in.len, CHUNK_BYTES);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            _exit(EXIT_SUCCESS);
        in.len += (size_t)got;
    }
}

// ---- the supervisor's side

// Its end: what it had sent and was not read is gone.
static void child_mourn(struct unpacked *unpacked, const char *how, struct brv_sink *sink)
{
    struct brv_unpacker *unpacker = unpacked->unpacker;
    int status = 0;
    brv_child_end(&unpacker->child, &status);
    brv_buf_deinit(&unpacker->in);
    unpacker->taken = 0;
    unpacked->is_over = true;
    if (!sink)
        return;
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
        how = "takes too long";
    else if (brv_child_lacked_memory(status))
        how = "wants more memory than its reader has";
    brv_report(sink,
               BRV_ERROR,
               BRV_CODE_INPUT,
               brv_span_none(),
               "reading the archive \"%" BRV_STR_F "\" %s, its rest is left unread",
               BRV_STR_ARG(unpacked->path),
               how);
}

// Reads what the child has sent, waiting for it as long as `timeout_ms`. Less than 0: there is
// nothing more to come; 0: not yet.
static int child_read(struct unpacked *unpacked, int timeout_ms)
{
    struct brv_unpacker *unpacker = unpacked->unpacker;
    struct brv_buf *in = &unpacker->in;
    struct pollfd ready = { .fd = unpacker->child.socket, .events = POLLIN };
    int count = poll(&ready, 1, timeout_ms);
    if (count <= 0)
        return 0;
    brv_str rest = brv_str_from(brv_buf_str(in), unpacker->taken);
    if (unpacker->taken > 0)
        memmove(in->ptr, rest.ptr, rest.len);
    in->len = rest.len;
    unpacker->taken = 0;
    if (in->len == 0 && in->capacity > kept_bytes)
        brv_buf_deinit(in);
    brv_buf_reserve(in, CHUNK_BYTES);
    ssize_t got = recv(unpacker->child.socket, in->ptr + in->len, CHUNK_BYTES, 0);
    if (got < 0 && errno == EINTR)
        return 0;
    if (got <= 0 || in->len > unpacked->limit_bytes)
        return -1;
    in->len += (size_t)got;
    unpacked->deadline_ms = brv_clock_ms() + PATIENCE_MS;
    return 1;
}

static bool has_message(const struct unpacked *unpacked)
{
    brv_str message;
    const struct brv_unpacker *unpacker = unpacked->unpacker;
    return brv_wire_first(brv_str_from(brv_buf_str(&unpacker->in), unpacker->taken), &message) > 0;
}

// Reads on as long as there is something to be read, until there is a whole message.
static bool unpacked_is_ready(struct brv_feed_source *source, int *descriptor)
{
    struct unpacked *unpacked = source->state;
    *descriptor = unpacked->unpacker->child.socket;
    while (!unpacked->is_over && !has_message(unpacked)) {
        int got = child_read(unpacked, 0);
        if (got == 0 && brv_clock_ms() < unpacked->deadline_ms)
            return false;
        if (got <= 0)
            return true; // its end, which is next
    }
    return true;
}

// The next message, valid until the one after it; false, with an error reported, when the child
// has none any more.
static bool message_take(struct unpacked *unpacked, brv_str *message, struct brv_sink *sink)
{
    struct brv_unpacker *unpacker = unpacked->unpacker;
    struct brv_buf *in = &unpacker->in;
    for (;;) {
        brv_str rest = brv_str_slice(brv_buf_str(in), unpacker->taken, in->len);
        size_t len = brv_wire_first(rest, message);
        unpacker->taken += len;
        if (len > 0)
            return true;
        int64_t left_ms = unpacked->deadline_ms - brv_clock_ms();
        int got = child_read(unpacked, left_ms > 0 ? (int)left_ms : 0);
        if (got < 0 || (got == 0 && brv_clock_ms() >= unpacked->deadline_ms)) {
            child_mourn(unpacked, got == 0 ? "takes too long" : "brought its reader down", sink);
            return false;
        }
    }
}

// The kind of a message; what went wrong on the way to it is reported.
static enum reply reply_read(struct brv_wire *wire, struct brv_sink *sink)
{
    uint64_t reply = brv_wire_read(wire);
    uint64_t count = brv_wire_read(wire);
    for (uint64_t i = 0; i < count && !wire->is_bad; i++) {
        enum brv_code code =
            brv_wire_read(wire) == BRV_CODE_USAGE ? BRV_CODE_USAGE : BRV_CODE_INPUT;
        brv_str text = brv_wire_read_str(wire);
        brv_report(sink, BRV_ERROR, code, brv_span_none(), "%" BRV_STR_F, BRV_STR_ARG(text));
    }
    return wire->is_bad || reply > REPLY_END ? REPLY_END : (enum reply)reply;
}

static bool unpacked_next(struct brv_feed_source *source, struct brv_arena *arena,
                          struct brv_feed_entry *entry, struct brv_sink *sink)
{
    struct unpacked *unpacked = source->state;
    brv_str message;
    if (unpacked->is_over || !message_take(unpacked, &message, sink))
        return false;
    struct brv_wire wire = { message, false };
    enum reply reply = reply_read(&wire, sink);
    if (!unpacked->is_open && reply == REPLY_OPENED) {
        unpacked->is_open = true;
        if (!message_take(unpacked, &message, sink))
            return false;
        wire = (struct brv_wire){ message, false };
        reply = reply_read(&wire, sink);
    }
    const uint64_t passed_over = brv_wire_read(&wire);
    if (!wire.is_bad)
        source->passed_over = passed_over;
    if (reply != REPLY_ENTRY) {
        unpacked->is_over = true;
        return false;
    }
    source->gone = brv_wire_read(&wire);
    source->size = brv_wire_read(&wire);
    *entry = (struct brv_feed_entry){ .name = brv_arena_str(arena, brv_wire_read_str(&wire)) };
    uint64_t state = brv_wire_read(&wire);
    entry->state = state <= BRV_FEED_LOST ? (enum brv_feed_state)state : BRV_FEED_FAILED;
    entry->reason = brv_arena_str(arena, brv_wire_read_str(&wire));
    entry->bytes = brv_arena_str(arena, brv_wire_read_str(&wire));
    return true;
}

static void unpacked_close(void *state)
{
    struct unpacked *unpacked = state;
    if (!unpacked->is_over && unpacked->unpacker->child.pid > 0)
        child_mourn(unpacked, "", NULL); // it is in the middle of it
}

// ---- exported

enum brv_status brv_unpacker_open(void *user, brv_feed_open_fn *open,
                                  struct brv_feed_source *source, brv_str path,
                                  const struct brv_feed_options *options, struct brv_sink *sink)
{
    enum { ROOM = 1 << 20 }; // for a name and what is said of it
    struct brv_unpacker *unpacker = user;
    struct unpacked *unpacked = BRV_NEW(source->arena, struct unpacked);
    *unpacked = (struct unpacked){ .unpacker = unpacker,
                                   .path = brv_arena_str(source->arena, path),
                                   .limit_bytes = options->limits->input_bytes + ROOM,
                                   .deadline_ms = brv_clock_ms() + PATIENCE_MS };
    // Containers that a list names are read by a child each, which may read nothing else.
    if (unpacker->listed) {
        int status;
        if (unpacker->child.pid > 0)
            brv_child_end(&unpacker->child, &status);
        *unpacker->listed = unpacked->path;
    }
    if (unpacker->child.pid == 0 &&
        !brv_child_start(&unpacker->child, &unpacker->confined, child_live, NULL)) {
        brv_report(sink,
                   BRV_ERROR,
                   BRV_CODE_OUTPUT,
                   brv_span_none(),
                   "cannot start a process to open \"%" BRV_STR_F "\"",
                   BRV_STR_ARG(path));
        return BRV_FAILED;
    }
    struct brv_buf request = { 0 };
    request_write(&request, &(struct request){ open, options, path, source->prefix });
    // A request is shorter than what a socket holds. One that is dead is found out by reading.
    (void)!send(unpacker->child.socket, request.ptr, request.len, MSG_NOSIGNAL);
    brv_buf_deinit(&request);
    source->state = unpacked;
    source->next = unpacked_next;
    source->is_ready = unpacked_is_ready;
    brv_arena_on_free(source->arena, unpacked_close, unpacked);
    return BRV_OK;
}

static void unpacker_end(void *user)
{
    struct brv_unpacker *unpacker = user;
    int status;
    if (unpacker->child.pid > 0)
        brv_child_end(&unpacker->child, &status);
    brv_buf_deinit(&unpacker->in);
}

struct brv_unpacker *brv_unpacker_new(const struct brv_batch *batch)
{
    const struct brv_cli *cli = batch->cli;
    struct brv_unpacker *unpacker = BRV_NEW(batch->arena, struct brv_unpacker);
    size_t count = cli->operands.count;
    brv_str *readable = BRV_NEW_ARRAY(batch->arena, brv_str, count + 1);
    for (size_t i = 0; i < count; i++) {
        readable[i] = cli->operands.items[i];
        if (brv_str_is(readable[i], "-")) {
            readable[i] = BRV_S("/dev/null");
            unpacker->listed = &readable[i];
        }
    }
    readable[count] = BRV_S("/dev/null"); // never none, which would be all
    unpacker->confined =
        (struct brv_confine_options){ .readable = readable, .readable_count = count + 1 };
    // A database that is being written to has companions in its folder, which SQLite may make.
    if (batch->options->database.len > 0) {
        brv_str folder = brv_path_directory(batch->options->database);
        unpacker->confined.writable = folder.len > 0 ? folder : BRV_S(".");
    }
    brv_arena_on_free(batch->arena, unpacker_end, unpacker);
    return unpacker;
}
