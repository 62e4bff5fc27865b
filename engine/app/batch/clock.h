// Brevier — the clock of a batch: for deadlines, progress and timings, never for what is rendered.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_BATCH_CLOCK_H
#define BRV_APP_BATCH_CLOCK_H

#include <stdint.h>
#include <time.h>

// Microseconds since some moment; never backwards.
static inline int64_t brv_clock_micros(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static inline int64_t brv_clock_ms(void)
{
    return brv_clock_micros() / 1000;
}

#endif
