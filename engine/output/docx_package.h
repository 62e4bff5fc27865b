// Brevier — the zip package around the parts of a Word document.
// Entries keep the order in which they are added and are deflated at one fixed level, so equal
// parts give equal bytes: whoever compresses them, and whenever.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_DOCX_PACKAGE_H
#define BRV_OUTPUT_DOCX_PACKAGE_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/memo.h"
#include "base/worker.h"
#include "output/zip.h"

struct brv_package_entry {
    const char *name;
    brv_str content; // borrowed until the package is written
    bool is_stored;  // compressed already, as an image is
    bool is_common;  // many documents have the very same
};

struct brv_package; // opaque; in an arena, as long as it

// `worker` compresses what is large while the caller goes on, `memo` knows what common entries come
// to; either may be NULL.
struct brv_package *brv_package_new(struct brv_arena *arena, struct brv_worker *worker,
                                    struct brv_memo *memo);
void brv_package_add(struct brv_package *package, const struct brv_package_entry *entry);
// Appends the package to `out`; a failure is reported as an output error.
enum brv_status brv_package_write(struct brv_package *package, const struct brv_zip_source *source,
                                  struct brv_buf *out, struct brv_sink *sink) BRV_WARN_UNUSED;

#endif
