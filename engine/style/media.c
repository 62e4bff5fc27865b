// Brevier — media queries.
// A query is a set of media known when the sheet is read, so a list of queries is a bit mask:
// `pdf`, `docx`, `text`, `print` (pdf and docx), `all`, each with `only` or `not` before it.
// SPDX-License-Identifier: MIT
#include "style/sheet.h"

static const struct {
    const char *name;
    unsigned media;
} names[] = {
    { "all", BRV_MEDIUM_ALL },   { "print", BRV_MEDIUM_PDF | BRV_MEDIUM_DOCX },
    { "pdf", BRV_MEDIUM_PDF },   { "docx", BRV_MEDIUM_DOCX },
    { "text", BRV_MEDIUM_TEXT }, { "screen", 0 }, // known, but nothing of ours
};

// Unknown queries hold for nothing.
static unsigned parse_query(const struct brv_css_reading *reading, struct brv_css_range range)
{
    bool is_negated = false;
    if (brv_css_at(range, BRV_CSS_IDENT) &&
        (brv_css_is_ident(range.at, "not") || brv_css_is_ident(range.at, "only"))) {
        is_negated = brv_css_is_ident(range.at, "not");
        range.at++;
    }
    const struct brv_css_token *token = brv_css_only(range);
    for (size_t i = 0; token && i < BRV_COUNT(names); i++) {
        if (brv_css_is_ident(token, names[i].name))
            return is_negated ? BRV_MEDIUM_ALL & ~names[i].media : names[i].media;
    }
    struct brv_diag *diag = brv_report(reading->sink,
                                       BRV_WARNING,
                                       BRV_CODE_STYLE,
                                       brv_css_span_of(reading->source, brv_css_trim(range)),
                                       "unknown medium, expected pdf, docx, text, print or all");
    if (token && token->kind == BRV_CSS_IDENT) {
        const char *hints[BRV_COUNT(names)];
        for (size_t i = 0; i < BRV_COUNT(names); i++)
            hints[i] = names[i].name;
        brv_diag_hint_nearest(reading->sink, diag, token->text, hints, BRV_COUNT(names) - 1);
    }
    return 0;
}

unsigned brv_css_parse_media(const struct brv_css_reading *reading, struct brv_css_range range)
{
    range = brv_css_trim(range);
    if (range.at >= range.end)
        return BRV_MEDIUM_ALL;
    unsigned media = 0;
    struct brv_css_range item;
    while (brv_css_next_item(&range, &item))
        media |= parse_query(reading, item);
    return media;
}
