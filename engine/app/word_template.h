// Brevier — the Word file whose look a document takes over.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_WORD_TEMPLATE_H
#define BRV_APP_WORD_TEMPLATE_H

#include "app/job.h"

// Reads the template of a styled job: the one that --word-template names, else the one that the
// sheet's -brv-word-template names on the root, beneath the sheet's folder. Both results are empty
// when nobody asks for one. Fails, with an error, when it cannot be read.
enum brv_status brv_word_template_read(const struct brv_job *job, brv_str *name, brv_str *bytes,
                                       struct brv_sink *sink) BRV_WARN_UNUSED;

#endif
