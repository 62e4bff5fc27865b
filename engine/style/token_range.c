// Brevier — walking ranges of CSS tokens.
// SPDX-License-Identifier: MIT
#include "style/token.h"

// What ends in no space ends in a sibling that is none: only a block that is not closed hides one.
struct brv_css_range brv_css_trim_end(struct brv_css_range range)
{
    const struct brv_css_token *last = range.at; // the end of the last sibling that is no space
    for (const struct brv_css_token *t = range.at; t < range.end; t = brv_css_next(t)) {
        if (t->kind != BRV_CSS_SPACE)
            last = brv_css_next(t);
    }
    range.end = last;
    return range;
}

const struct brv_css_token *brv_css_url_token(const struct brv_css_token *token)
{
    enum brv_css_kind kind = BRV_CSS_URL;
    if (brv_css_is_function(token, "url")) { // has the path in quotes
        token = brv_css_only(brv_css_inside(token));
        kind = BRV_CSS_STRING;
    }
    return token && token->kind == kind && token->text.len > 0 ? token : NULL;
}

bool brv_css_next_item(struct brv_css_range *range, struct brv_css_range *item)
{
    if (!range->at)
        return false;
    const struct brv_css_token *t = range->at;
    while (t < range->end && t->kind != BRV_CSS_COMMA)
        t = brv_css_next(t);
    *item = brv_css_trim((struct brv_css_range){ range->at, t });
    range->at = t < range->end ? t + 1 : NULL;
    return true;
}

const char *brv_css_kind_name(enum brv_css_kind kind)
{
    static const char *const names[] = {
        "identifier", "at-keyword", "hash",     "string",     "bad string", "url",
        "bad url",    "delimiter",  "number",   "percentage", "dimension",  "unicode range",
        "~=",         "|=",         "^=",       "$=",         "*=",         "||",
        "space",      "<!--",       "-->",      "colon",      "semicolon",  "comma",
        "function",   "{}-block",   "[]-block", "()-block",   "}",          "]",
        ")",
    };
    return names[kind];
}
