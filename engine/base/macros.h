// Brevier — compiler attributes and small macros shared by every room.
// SPDX-License-Identifier: MIT
#ifndef BRV_BASE_MACROS_H
#define BRV_BASE_MACROS_H

#define BRV_WARN_UNUSED __attribute__((warn_unused_result))
#define BRV_PRINTF(format_index, first_argument)                                                   \
    __attribute__((format(printf, format_index, first_argument)))
#define BRV_NORETURN __attribute__((noreturn))

// Number of elements of a true array (not of a pointer).
#define BRV_COUNT(array) (sizeof(array) / sizeof((array)[0]))

// A function that does work in the world succeeds or has reported why it did not: a failure always
// left at least one error in the sink it was given.
enum brv_status { BRV_OK = 0, BRV_FAILED = 1 };

#endif
