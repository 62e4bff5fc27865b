/* Brevier — the C library: an analysis in, a PDF briefing, a Word document or plain text out.

   An engine holds what many documents share: stylesheets, plugins, fonts. It is used by one thread
   at a time; several engines may be used by several threads. All strings are UTF-8.

       struct brv_engine *engine = brv_engine_new(NULL);
       struct brv_result *result = brv_engine_render(
           engine, &(struct brv_request){ .name = "report.md", .bytes = text, .length = length,
                                          .format = "pdf" });
       if (brv_result_outcome(result) != BRV_OUTCOME_FAILED)
           fwrite(brv_result_bytes(result), 1, brv_result_length(result), file);
       else
           fputs(brv_result_messages(result), stderr);
       brv_result_free(result);
       brv_engine_free(engine);

   SPDX-License-Identifier: MIT */
#ifndef BREVIER_H
#define BREVIER_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#define BRV_API __attribute__((visibility("default")))

/* The version of the library, "MAJOR.MINOR.PATCH". */
BRV_API const char *brv_version(void);

struct brv_engine;
struct brv_result;

/* Zero means the default everywhere. Lists end with NULL. Everything is copied. */
struct brv_engine_options {
    const char *const *sheets;      /* names or paths, in cascade order; default: "briefing" */
    const char *const *plugin_path; /* folders searched before the standard ones */
    const char *const *settings;    /* "KEY=VALUE", as for --set of the program */
    int is_strict;                  /* failed plugins and unknown properties fail a document */
};

/* Never NULL. Faults of sheets and plugins are in brv_engine_messages(); an engine without a usable
   stylesheet fails every document. `options` may be NULL. */
BRV_API struct brv_engine *brv_engine_new(const struct brv_engine_options *options);
BRV_API void brv_engine_free(struct brv_engine *engine); /* accepts NULL */

/* What was found while the engine was made, as the program prints it; "" when nothing. */
BRV_API const char *brv_engine_messages(const struct brv_engine *engine);

struct brv_request {
    const char *name;  /* for messages; default: "<memory>" */
    const char *bytes; /* the analysis: archive form, Markdown or JSON; need not end in NUL */
    size_t length;
    const char *format; /* "pdf", "docx" or "text" */
    size_t text_width;  /* columns of text; default: 80 */
    int is_ascii;       /* text with no character beyond ASCII */
    const char *date;   /* ISO 8601; default: the document's, then SOURCE_DATE_EPOCH, then none */
    const char *asset_root; /* folder that pictures are taken from; default: none is shown */
    int toc_depth; /* levels of headings in a table of contents, at most 5; -1: none; default: as
                      the document says */
    const char *pdf_standard; /* "a-2a", "ua-1", "a-2a,ua-1", …, "none": a PDF that falls short of
                                 it fails; default: it claims what it meets */
};

/* Never NULL. */
BRV_API struct brv_result *brv_engine_render(struct brv_engine *engine,
                                             const struct brv_request *request);
BRV_API void brv_result_free(struct brv_result *result); /* accepts NULL */

enum brv_outcome {
    BRV_OUTCOME_DONE = 0,
    BRV_OUTCOME_FAILED = 1,   /* there are no bytes */
    BRV_OUTCOME_DEGRADED = 3, /* there are bytes; a section shows its own content with a notice */
};
BRV_API enum brv_outcome brv_result_outcome(const struct brv_result *result);

/* The file; valid until the result is freed. */
BRV_API const char *brv_result_bytes(const struct brv_result *result);
BRV_API size_t brv_result_length(const struct brv_result *result);

/* All messages as the program prints them; "" when there are none. */
BRV_API const char *brv_result_messages(const struct brv_result *result);
/* The same as JSON, one object a line. */
BRV_API const char *brv_result_messages_json(const struct brv_result *result);

#ifdef __cplusplus
}
#endif

#endif
