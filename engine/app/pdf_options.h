// Brevier — the options that concern PDF alone: standards, attachments, and a password refused.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_PDF_OPTIONS_H
#define BRV_APP_PDF_OPTIONS_H

#include "app/cli.h"

// Takes --pdf-standard, --attach or --password. A fault is reported as a usage error.
enum brv_status brv_pdf_option_apply(struct brv_cli *cli, brv_str name, brv_str value)
    BRV_WARN_UNUSED;

// Once all options are read: they must agree with each other and with the output, and the attached
// files are read. Fails with an error reported.
enum brv_status brv_pdf_options_settle(struct brv_cli *cli, const struct brv_output *output)
    BRV_WARN_UNUSED;

#endif
