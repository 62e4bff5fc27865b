// Brevier — what the app room lends to plugins, which see neither load nor style.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_SERVICES_H
#define BRV_APP_SERVICES_H

#include "app/job.h"

// The services of a job whose article is being built. They live as long as the job's arena.
const struct brv_plugin_services *brv_job_services(struct brv_job *job);

// The settings for plugins: front matter's ("timeline: { columns: 3 }" or "timeline.columns: 3"),
// then the command line's, which count more.
const struct brv_plugin_setting *brv_job_settings(const struct brv_job *job, size_t *count);

#endif
