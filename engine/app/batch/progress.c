// Brevier — the line that tells on a terminal how far a batch is.
// SPDX-License-Identifier: MIT
#include "app/batch/progress.h"

// ---- speed

static struct brv_progress_mark *mark_at(struct brv_progress *progress, size_t number)
{
    return &progress->marks[number % BRV_PROGRESS_MARKS];
}

// Items in a second since the oldest mark; leaves a mark.
static double rate_take(struct brv_progress *progress, uint64_t seen, int64_t now_ms)
{
    size_t count = progress->count;
    size_t oldest = count > BRV_PROGRESS_MARKS ? count - BRV_PROGRESS_MARKS : 0;
    struct brv_progress_mark before = *mark_at(progress, oldest);
    *mark_at(progress, progress->count++) = (struct brv_progress_mark){ now_ms, seen };
    return now_ms > before.ms ? 1000 * (double)(seen - before.seen) / (double)(now_ms - before.ms)
                              : 0;
}

// ---- parts

static void add_time(struct brv_buf *out, uint64_t seconds)
{
    enum { MINUTE = 60, HOUR = 3600, EXACT = 10 * MINUTE };
    if (seconds >= HOUR)
        brv_buf_printf(out, "%llu h ", (unsigned long long)(seconds / HOUR));
    if (seconds >= MINUTE)
        brv_buf_printf(out, "%llu min ", (unsigned long long)(seconds % HOUR / MINUTE));
    if (seconds < EXACT)
        brv_buf_printf(out, "%llu s ", (unsigned long long)(seconds % MINUTE));
    brv_buf_add_cstr(out, "left");
}

static void add_bar(struct brv_buf *out, uint64_t seen, uint64_t total, size_t room)
{
    enum { LEAST = 4, MOST = 20, FRAME = 3 };
    if (room < LEAST + FRAME)
        return;
    uint64_t cells = room - FRAME < MOST ? room - FRAME : MOST;
    uint64_t full = seen * cells / total;
    brv_buf_add_byte(out, '[');
    brv_buf_add_repeated(out, '=', (size_t)full);
    brv_buf_add_repeated(out, ' ', (size_t)(cells - full));
    brv_buf_add_cstr(out, "] ");
}

// ---- exported

struct brv_progress brv_progress_init(int64_t now_ms)
{
    return (struct brv_progress){ .marks = { { now_ms, 0 } }, .count = 1 };
}

void brv_progress_add_line(struct brv_progress *progress, struct brv_buf *out,
                           const struct brv_counts *counts, uint64_t total, int64_t now_ms,
                           size_t columns)
{
    enum { PARTS = 6 };
    uint64_t seen = counts->items + counts->left_out;
    double rate = rate_take(progress, seen, now_ms);
    bool is_known = total > 0 && seen <= total; // else the source has grown since it was counted
    struct brv_buf parts = { 0 };
    size_t ends[PARTS];
    size_t count = 0;
    if (is_known)
        brv_buf_printf(&parts, "%llu %%, ", (unsigned long long)(seen * 100 / total));
    brv_buf_printf(&parts, "%.0f/s", rate);
    ends[count++] = parts.len;
    if (is_known && seen < total && rate > 0) {
        brv_buf_add_cstr(&parts, ", ");
        add_time(&parts, (uint64_t)((double)(total - seen) / rate) + 1);
        ends[count++] = parts.len;
    }
    const struct {
        uint64_t count;
        const char *what;
    } counted[] = {
        { counts->failed + counts->quarantined, "failed" },
        { counts->degraded, "degraded" },
        { counts->done, "done" },
        { counts->unchanged, "unchanged" },
    };
    for (size_t i = 0; i < BRV_COUNT(counted); i++) {
        brv_buf_printf(&parts, ", %llu %s", (unsigned long long)counted[i].count, counted[i].what);
        ends[count++] = parts.len;
    }
    size_t room = columns > 0 ? columns - 1 : SIZE_MAX; // the last cell would begin a line
    while (count > 0 && ends[count - 1] > room)
        count--;
    size_t len = count > 0 ? ends[count - 1] : 0;
    if (is_known)
        add_bar(out, seen, total, room - len);
    brv_buf_add_str(out, brv_str_slice(brv_buf_str(&parts), 0, len));
    brv_buf_deinit(&parts);
}
