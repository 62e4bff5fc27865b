// Brevier — what the outputs of a run depend on besides the analyses, as digests.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_BATCH_CLOSURE_H
#define BRV_APP_BATCH_CLOSURE_H

#include "app/batch/stamps.h"
#include "app/cli.h"

// Digests of program, stylesheets, plugins' manifests, fonts and options; of files by their stamps.
struct brv_closure brv_closure_of(struct brv_cli *cli, struct brv_tools *tools,
                                  struct brv_stamps *stamps);

// Every file that stylesheets name in url(), fonts, images, a Word template: as it is written
// there, and its path, which lives as long as the call. What is none of these is given as well.
typedef void brv_closure_url_fn(void *user, brv_str url, brv_str path);
void brv_closure_each_url(const struct brv_stylesheets *sheets, brv_closure_url_fn *each,
                          void *user);

// `brevier fonts digests`: what an installation knows of the fonts, see brv_stamps_read().
enum brv_exit brv_closure_fonts(struct brv_cli *cli);

// The digest of each plugin's files, by the host's index.
const brv_str *brv_closure_plugins(struct brv_arena *arena, const struct brv_host *host);

// What of these parts of two closures differs, in words; "" when nothing.
enum {
    BRV_CLOSURE_SHEETS = 1,
    BRV_CLOSURE_SELECTION = 2,
    BRV_CLOSURE_OPTIONS = 4,
    BRV_CLOSURE_FONTS = 8,
    BRV_CLOSURE_ENGINE = 16,
    BRV_CLOSURE_ALL = 31,
};
brv_str brv_closure_difference(struct brv_arena *arena, const struct brv_closure *before,
                               const struct brv_closure *now, unsigned parts);

#endif
