// Brevier — the crew: the worker processes of a batch.
// A worker has a queue, so that it never waits for the supervisor: of as many items as keep it busy
// while a group is synced to disk, judged by what the last ones took. It works through them in
// order; when it dies, the first is the one to blame, and the others go back to waiting.
// SPDX-License-Identifier: MIT
#include "app/batch/crew.h"

#include "app/batch/child.h"
#include "app/batch/clock.h"
#include "app/batch/death.h"
#include "app/batch/sight.h"
#include "base/system.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { QUEUE_LENGTH = 128, QUEUE_LEAST = 2, QUEUE_FIRST = 8, ATTEMPTS = 2, GATHER_MS = 4 };
static const uint64_t queue_micros = 200000;      // of work
static const uint64_t gather_micros = 10000;      // … that a worker needs to be left alone
static const size_t queue_bytes = 1 << 20;        // waiting in our memory for room in the socket
static const size_t reply_limit_bytes = 64 << 20; // a worker that says more went wrong

struct worker {
    struct brv_child child;
    uint64_t queue[QUEUE_LENGTH]; // positions, the one in hand first
    size_t queued;
    bool has_served;  // an item
    bool is_filling;  // the queue ran low
    bool is_alone;    // with an item that brought a worker down before
    bool is_late;     // killed by us for its time
    bool is_refused;  // … for what it said
    bool is_missing;  // the system had no more processes
    int64_t deadline; // of the item in hand, in milliseconds
    struct brv_buf in;
    struct brv_buf out;
    size_t sent;      // of `out`
    uint64_t horizon; // its folders are those of items before this position
};

struct brv_crew {
    struct brv_batch *batch;
    struct worker *workers;
    size_t count;
    struct pollfd *polls; // of the signals, the feed's source and the workers
    int signals;
    unsigned interruptions;
    int64_t looked_ms; // when we last looked at the workers
    uint64_t micros;   // that an item takes, of late; 0: not known
};

// ---- birth and death

static void worker_live(void *user, int socket)
{
    brv_worker_run(user, socket);
}

static bool worker_start(struct brv_crew *crew, struct worker *worker)
{
    struct brv_arena *arena = brv_arena_new();
    struct brv_confine_options options = brv_sight_of_worker(crew->batch, arena);
    bool is_started = brv_child_start(&worker->child, &options, worker_live, crew->batch);
    int error = errno;
    brv_arena_free(arena);
    errno = error;
    if (!is_started)
        return false;
    worker->horizon = brv_sight_grows(crew->batch) ? crew->batch->window.next : UINT64_MAX;
    return true;
}

static void worker_end(struct worker *worker, int *status)
{
    brv_child_end(&worker->child, status);
    brv_buf_deinit(&worker->in);
    brv_buf_deinit(&worker->out);
    *worker = (struct worker){ 0 };
}

// ---- items

// By when an item that comes to hand now has to be done.
static int64_t deadline_from_now(void)
{
    return brv_clock_ms() + (int64_t)BRV_ITEM_SECONDS * 1000;
}

// An item that was sent waits again.
static void slot_return(struct brv_batch *batch, struct brv_slot *slot)
{
    slot->state = BRV_SLOT_WAITING;
    if (slot->row.position < batch->unsent)
        batch->unsent = slot->row.position;
}

// An item that was to be rendered is done with; one that is left out does not count for --limit.
static void slot_answer(struct brv_batch *batch, struct brv_slot *slot,
                        enum brv_item_outcome outcome, brv_str reason)
{
    brv_slot_finish(slot, outcome, reason);
    batch->pending--;
    batch->begun -= slot->is_left_out;
}

// An item at which a worker died.
static void slot_blame(struct brv_batch *batch, struct brv_slot *slot,
                       const struct brv_death *death)
{
    if (++slot->attempts < ATTEMPTS)
        return; // it waits for another
    slot->row.plugins = (brv_str){ 0 };
    slot->kept = 0;
    if (brv_death_is_felling(death))
        slot->row.closure = (brv_str){ 0 }; // the next run tries again
    slot_answer(batch, slot, BRV_ITEM_QUARANTINED, brv_death_reason(slot->arena, death));
}

// A worker is dead: the item in hand has used up an attempt, the others wait again.
static void worker_mourn(struct brv_crew *crew, struct worker *worker)
{
    struct brv_batch *batch = crew->batch;
    struct worker dead = *worker;
    struct brv_death death = { .is_late = dead.is_late, .is_refused = dead.is_refused };
    worker_end(worker, &death.status);
    for (size_t i = 0; i < dead.queued; i++)
        slot_return(batch, brv_batch_slot(batch, dead.queue[i]));
    if (dead.queued > 0)
        slot_blame(batch, brv_batch_slot(batch, dead.queue[0]), &death);
}

static void item_queue(struct worker *worker, struct brv_slot *slot)
{
    if (worker->queued == 0)
        worker->deadline = deadline_from_now();
    worker->queue[worker->queued++] = slot->row.position;
    worker->is_alone = slot->attempts > 0;
    worker->has_served = true;
    slot->state = BRV_SLOT_SENT;
    brv_worker_write_order(&worker->out, slot);
}

// How many items a worker may have.
static size_t queue_length(const struct brv_crew *crew)
{
    if (crew->micros == 0)
        return QUEUE_FIRST;
    uint64_t length = queue_micros / crew->micros;
    return length < QUEUE_LEAST ? QUEUE_LEAST : length > QUEUE_LENGTH ? QUEUE_LENGTH : length;
}

static void micros_learn(struct brv_crew *crew, const struct brv_worker_reply *reply)
{
    enum { WEIGHT = 8 };
    uint64_t micros = 1;
    for (size_t i = 0; i < reply->made_count; i++)
        micros += reply->made[i].row.micros;
    if (reply->made_count > 0)
        crew->micros =
            crew->micros > 0 ? (crew->micros * (WEIGHT - 1) + micros) / WEIGHT + 1 : micros;
}

// The surroundings failed a worker; the item is for the next run.
static void break_note(struct brv_batch *batch, struct brv_slot *slot, brv_str why)
{
    batch->has_broken = true;
    slot_return(batch, slot);
    brv_report(
        batch->sink, BRV_ERROR, BRV_CODE_OUTPUT, brv_span_none(), "%" BRV_STR_F, BRV_STR_ARG(why));
}

// After a signal: the worker had an item in hand, the rest of its queue is for the next run.
static void worker_stop(struct brv_batch *batch, struct worker *worker)
{
    while (worker->queued > 0)
        slot_return(batch, brv_batch_slot(batch, worker->queue[--worker->queued]));
    kill(worker->child.pid, SIGKILL);
}

static void reply_take(struct brv_crew *crew, struct worker *worker, brv_str message)
{
    struct brv_batch *batch = crew->batch;
    struct brv_slot *slot = brv_batch_slot(batch, worker->queue[0]);
    struct brv_worker_reply reply;
    bool is_good = worker->queued > 0 && brv_worker_reply_position(message) == worker->queue[0] &&
                   brv_worker_read_reply(batch, slot->arena, message, &reply);
    if (!is_good) {
        worker->is_refused = true;
        kill(worker->child.pid, SIGKILL); // found dead at its next turn
        return;
    }
    worker->queued--;
    memmove(worker->queue, worker->queue + 1, worker->queued * sizeof *worker->queue);
    worker->deadline = deadline_from_now();
    worker->is_alone = false;
    if (reply.has_broken) {
        break_note(batch, slot, reply.row.reason);
        return;
    }
    brv_slot_take(slot, &reply);
    micros_learn(crew, &reply);
    slot_answer(batch, slot, reply.row.outcome, reply.row.reason);
    if (batch->is_stopping)
        worker_stop(batch, worker);
}

// ---- sockets

static void worker_write(struct worker *worker)
{
    while (worker->sent < worker->out.len) {
        ssize_t sent = send(worker->child.socket,
                            worker->out.ptr + worker->sent,
                            worker->out.len - worker->sent,
                            MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return; // full, or dead: found out by reading
        worker->sent += (size_t)sent;
    }
    brv_buf_clear(&worker->out);
    worker->sent = 0;
}

// Replies that are whole. What a worker said before it died holds.
static void replies_take(struct brv_crew *crew, struct worker *worker)
{
    size_t at = 0;
    brv_str message;
    size_t len;
    while ((len = brv_wire_first(brv_str_slice(brv_buf_str(&worker->in), at, worker->in.len),
                                 &message)) > 0) {
        reply_take(crew, worker, message);
        at += len;
    }
    if (at > 0)
        memmove(worker->in.ptr, worker->in.ptr + at, worker->in.len - at);
    worker->in.len -= at;
}

static void worker_read(struct brv_crew *crew, struct worker *worker)
{
    enum { CHUNK_BYTES = 64 << 10 };
    while (worker->in.len < reply_limit_bytes) {
        brv_buf_reserve(&worker->in, CHUNK_BYTES);
        ssize_t got =
            recv(worker->child.socket, worker->in.ptr + worker->in.len, CHUNK_BYTES, MSG_DONTWAIT);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0 && errno == EAGAIN)
            break;
        if (got <= 0) {
            replies_take(crew, worker);
            worker_mourn(crew, worker);
            return;
        }
        worker->in.len += (size_t)got;
    }
    replies_take(crew, worker);
    if (worker->in.len >= reply_limit_bytes) {
        worker->is_refused = true;
        worker_mourn(crew, worker);
    }
}

// Time in which we did not look (a slow disk, a stopped terminal) is not held against the items.
static void deadlines_shift(struct brv_crew *crew, int64_t now, int timeout_ms)
{
    enum { SLACK_MS = 1000 };
    int64_t missed = now - crew->looked_ms - timeout_ms;
    for (size_t i = 0; i < crew->count && missed > SLACK_MS; i++)
        crew->workers[i].deadline += missed;
    crew->looked_ms = now;
}

// Whether all have enough to do for a while. Then replies may gather: to be woken for each of them,
// and to look at the feed and the ledger after each, costs a small part of rendering, a bunch of
// them costs no more than one.
static bool can_gather(const struct brv_crew *crew)
{
    for (size_t i = 0; i < crew->count; i++)
        if (!crew->workers[i].is_missing && crew->workers[i].queued * crew->micros < gather_micros)
            return false;
    return true;
}

// ---- handing out

// The first item that waits; NULL when none does.
static struct brv_slot *slot_waiting(struct brv_batch *batch)
{
    for (; batch->unsent < batch->window.next; batch->unsent++) {
        struct brv_slot *slot = brv_batch_slot(batch, batch->unsent);
        if (slot->state == BRV_SLOT_WAITING)
            return slot;
    }
    return NULL;
}

static bool worker_takes(const struct worker *worker, size_t load)
{
    return worker->queued == load && worker->is_filling && !worker->is_alone && !worker->is_late &&
           !worker->is_missing && worker->out.len - worker->sent < queue_bytes;
}

// A worker could not be started: those that there are do its work, if there are any.
static void workers_miss(struct brv_crew *crew)
{
    struct brv_batch *batch = crew->batch;
    const char *why = brv_system_error(errno);
    size_t count = 0;
    for (size_t i = 0; i < crew->count; i++) {
        struct worker *worker = &crew->workers[i];
        worker->is_missing = worker->child.pid == 0;
        count += !worker->is_missing;
    }
    batch->has_broken = count == 0;
    if (count == 0)
        brv_report(batch->sink,
                   BRV_ERROR,
                   BRV_CODE_OUTPUT,
                   brv_span_none(),
                   "cannot start a worker process: %s",
                   why);
    else
        brv_report(batch->sink,
                   BRV_WARNING,
                   BRV_CODE_OUTPUT,
                   brv_span_none(),
                   "cannot start more than %zu worker processes: %s",
                   count,
                   why);
}

// Hands out what waits; least loaded first, so that queues fill evenly.
static void queues_fill(struct brv_crew *crew, size_t length)
{
    struct brv_batch *batch = crew->batch;
    for (size_t load = 0; load < length; load++) {
        for (size_t w = 0; w < crew->count; w++) {
            struct worker *worker = &crew->workers[w];
            if (!worker_takes(worker, load))
                continue;
            struct brv_slot *slot = slot_waiting(batch);
            if (!slot || (slot->attempts > 0 && load > 0))
                return;
            bool is_out_of_sight = slot->path.len > 0 && slot->row.position >= worker->horizon;
            if (is_out_of_sight && load > 0)
                continue; // until it has served what it has
            if (worker->has_served && (slot->attempts > 0 || is_out_of_sight)) {
                int status;
                worker_end(worker, &status);
                worker->is_filling = true;
            }
            if (worker->child.pid == 0 && !worker_start(crew, worker)) {
                workers_miss(crew);
                if (batch->has_broken)
                    return;
                continue;
            }
            item_queue(worker, slot);
        }
    }
}

// ---- waiting

// What to wait for, into the crew's list; the time to wait, at most until the next deadline.
static nfds_t polls_fill(const struct brv_crew *crew, int source, int *timeout_ms)
{
    int64_t now = brv_clock_ms();
    crew->polls[0] = (struct pollfd){ .fd = crew->signals, .events = POLLIN };
    crew->polls[1] = (struct pollfd){ .fd = source, .events = POLLIN };
    nfds_t count = 2; // no more than there are files open: the system takes no more
    for (size_t i = 0; i < crew->count; i++) {
        const struct worker *worker = &crew->workers[i];
        if (worker->child.pid == 0)
            continue;
        const short writing = worker->out.len > worker->sent ? POLLOUT : 0;
        crew->polls[count++] =
            (struct pollfd){ .fd = worker->child.socket, .events = (short)(POLLIN | writing) };
        if (worker->queued > 0 && worker->deadline - now < *timeout_ms)
            *timeout_ms = worker->deadline > now ? (int)(worker->deadline - now) : 0;
    }
    return count;
}

static void worker_attend(struct brv_crew *crew, struct worker *worker, short events, int64_t now)
{
    if (events & POLLOUT)
        worker_write(worker);
    if (events & (POLLIN | POLLHUP | POLLERR))
        worker_read(crew, worker);
    if (worker->queued > 0 && now >= worker->deadline && !worker->is_late) {
        worker->is_late = true;
        kill(worker->child.pid, SIGKILL);
    }
}

// ---- exported

void brv_crew_assign(struct brv_crew *crew)
{
    if (crew->batch->is_stopping || crew->batch->has_broken)
        return;
    // A queue is filled when half of it is gone: messages go in bunches.
    size_t length = queue_length(crew);
    for (size_t w = 0; w < crew->count; w++)
        crew->workers[w].is_filling = crew->workers[w].queued <= length / 2;
    queues_fill(crew, length);
    for (size_t w = 0; w < crew->count; w++)
        worker_write(&crew->workers[w]);
}

unsigned brv_crew_wait(struct brv_crew *crew, int source, int timeout_ms)
{
    nfds_t count = polls_fill(crew, source, &timeout_ms);
    poll(crew->polls, count, timeout_ms);
    if (timeout_ms > 0 && can_gather(crew))
        poll(crew->polls, 1, GATHER_MS); // a signal is not waited with
    struct signalfd_siginfo signal_info;
    while (read(crew->signals, &signal_info, sizeof signal_info) == sizeof signal_info)
        crew->interruptions++;
    int64_t now = brv_clock_ms();
    deadlines_shift(crew, now, timeout_ms);
    const struct pollfd *polled = crew->polls + 2;
    for (size_t i = 0; i < crew->count; i++)
        if (crew->workers[i].child.pid > 0)
            worker_attend(crew, &crew->workers[i], (polled++)->revents, now);
    return crew->interruptions;
}

size_t brv_crew_busy(const struct brv_crew *crew)
{
    size_t busy = 0;
    for (size_t i = 0; i < crew->count; i++)
        busy += crew->workers[i].queued;
    return busy;
}

void brv_crew_dismiss(struct brv_crew *crew)
{
    for (size_t i = 0; i < crew->count; i++) {
        int status;
        if (crew->workers[i].child.pid > 0)
            worker_end(&crew->workers[i], &status);
    }
}

static void crew_close(void *ptr)
{
    struct brv_crew *crew = ptr;
    brv_crew_dismiss(crew);
    close(crew->signals);
}

struct brv_crew *brv_crew_new(struct brv_batch *batch, size_t count)
{
    struct brv_crew *crew = BRV_NEW(batch->arena, struct brv_crew);
    crew->batch = batch;
    crew->workers = BRV_NEW_ARRAY(batch->arena, struct worker, count);
    crew->polls = BRV_NEW_ARRAY(batch->arena, struct pollfd, count + 2);
    crew->count = count;
    sigset_t wanted;
    sigemptyset(&wanted);
    sigaddset(&wanted, SIGINT);
    sigaddset(&wanted, SIGTERM);
    sigaddset(&wanted, SIGHUP);
    sigprocmask(SIG_BLOCK, &wanted, NULL);
    crew->looked_ms = brv_clock_ms();
    crew->signals = signalfd(-1, &wanted, SFD_CLOEXEC | SFD_NONBLOCK);
    brv_arena_on_free(batch->arena, crew_close, crew);
    return crew;
}
