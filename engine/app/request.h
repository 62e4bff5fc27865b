// Brevier — what a program that uses the C library asks for, as a job.
// SPDX-License-Identifier: MIT
#ifndef BRV_APP_REQUEST_H
#define BRV_APP_REQUEST_H

#include "app/job.h"
#include "brevier.h"

// Fills a job whose arena and tools are set; the request's strings are borrowed. Fails with a usage
// error for the first thing that makes no sense.
enum brv_status brv_request_read(const struct brv_request *request, struct brv_job *job,
                                 struct brv_sink *sink) BRV_WARN_UNUSED;

#endif
