// Brevier — the zip package around the parts of a Word document.
// With docx_unpack.h the only files that see libzip. Entries keep the order in which they are
// added, carry the first date a zip can hold, and are deflated at one fixed level, so equal parts
// give equal bytes.
// SPDX-License-Identifier: MIT
#ifndef BRV_OUTPUT_DOCX_PACKAGE_H
#define BRV_OUTPUT_DOCX_PACKAGE_H

#include "base/buf.h"
#include "base/diag.h"

struct brv_package_entry {
    const char *name;
    brv_str content; // borrowed until the package is written
    bool is_stored;  // compressed already, as an image is
};

// Appends the package to `out`; a failure of libzip is reported as an output error.
enum brv_status brv_package_write(const struct brv_package_entry *entries, size_t count,
                                  struct brv_buf *out, struct brv_sink *sink) BRV_WARN_UNUSED;

#endif
