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
    const char *const *grants;      /* "PLUGIN:clock" or "PLUGIN:read=FOLDER": what a plugin asks
                                       for and may do; default: nothing */
    int is_strict;                  /* failed plugins and unknown properties fail a document */
};

/* Never NULL. Faults of sheets and plugins are in brv_engine_messages(); an engine without a usable
   stylesheet fails every document. `options` may be NULL. */
BRV_API struct brv_engine *brv_engine_new(const struct brv_engine_options *options);
BRV_API void brv_engine_free(struct brv_engine *engine); /* accepts NULL */

/* What was found while the engine was made, as the program prints it; "" when nothing. */
BRV_API const char *brv_engine_messages(const struct brv_engine *engine);

/* A file that travels in a PDF. */
struct brv_attached_file {
    const char *name; /* as readers show it */
    const char *bytes;
    size_t length;
    const char *relationship; /* "source", "data", "alternative" or "supplement" of the document;
                                 default: unspecified */
};

/* What `brevier render` can be asked for one document. What makes no sense fails it. */
struct brv_request {
    const char *name;  /* for messages; default: "<memory>" */
    const char *bytes; /* the analysis: archive form, Markdown or JSON; need not end in NUL */
    size_t length;
    const char *format; /* "pdf", "docx" or "text" */
    const char *date;   /* ISO 8601; default: the document's, then SOURCE_DATE_EPOCH, then none */
    const char *asset_root; /* folder that pictures are taken from; default: none is shown */
    int reports_loss; /* messages tell what the format drops or approximates of the stylesheet */

    int toc_depth; /* levels of headings in a table of contents, at most 5; -1: none; default: as
                      the document says */
    int has_figure_list; /* of figures; default: as the document says */
    int has_table_list;  /* of tables that have a caption */

    size_t text_width;  /* columns, 20 to 1000; default: 80, or 72 of a mail */
    size_t page_length; /* lines of a page, 10 to 1000, with form feeds; default: no pages */
    int is_ascii;       /* no character beyond ASCII */
    int is_flowed;      /* for mail: paragraphs that fill again (format=flowed, RFC 3676) */
    int is_delsp; /* and those of a script without spaces, in mail that says delsp=yes as well */

    const char *pdf_standard; /* "a-2a", "ua-1", "a-2a,ua-1", …, "none": a PDF that falls short of
                                 it fails; default: it claims what it meets */
    const struct brv_attached_file *attached; /* which makes it PDF/A-3, if dated */
    size_t attached_count;

    const char *word_template; /* path of a Word file whose styles, theme, page, headers and footers
                                  a Word document takes over */
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
