// Brevier — CSS tokens.
// The tokenizer of CSS Syntax Level 3. Tokens lie flat in one array; a token that opens a function
// or a block knows how many tokens it spans, so nested content is a range of the same array and
// nothing that walks it needs recursion. Comments leave no token.
// SPDX-License-Identifier: MIT
#ifndef BRV_STYLE_TOKEN_H
#define BRV_STYLE_TOKEN_H

#include "base/arena.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

enum brv_css_kind {
    BRV_CSS_IDENT,
    BRV_CSS_AT_KEYWORD,
    BRV_CSS_HASH,
    BRV_CSS_STRING,
    BRV_CSS_BAD_STRING,
    BRV_CSS_URL,
    BRV_CSS_BAD_URL,
    BRV_CSS_DELIM,
    BRV_CSS_NUMBER,
    BRV_CSS_PERCENTAGE,
    BRV_CSS_DIMENSION,
    BRV_CSS_UNICODE_RANGE,
    BRV_CSS_INCLUDE_MATCH,
    BRV_CSS_DASH_MATCH,
    BRV_CSS_PREFIX_MATCH,
    BRV_CSS_SUFFIX_MATCH,
    BRV_CSS_SUBSTRING_MATCH,
    BRV_CSS_COLUMN,
    BRV_CSS_SPACE,
    BRV_CSS_CDO,
    BRV_CSS_CDC,
    BRV_CSS_COLON,
    BRV_CSS_SEMICOLON,
    BRV_CSS_COMMA,
    // These three and the function open something; the next three close it. A closing token that
    // is met while walking siblings matches nothing: it is an error value.
    BRV_CSS_FUNCTION,
    BRV_CSS_CURLY,
    BRV_CSS_SQUARE,
    BRV_CSS_PAREN,
    BRV_CSS_CLOSE_CURLY,
    BRV_CSS_CLOSE_SQUARE,
    BRV_CSS_CLOSE_PAREN,
};

enum {
    BRV_CSS_IS_INTEGER = 1, // a number without point and exponent
    BRV_CSS_IS_SIGNED = 2,  // a number written with its sign
    BRV_CSS_IS_ID = 4,      // a hash that is an identifier
    BRV_CSS_IS_CLOSED = 8,  // an opener whose closing token is present
    BRV_CSS_AT_END = 16,    // a string or url that the end of the text cut short
};

struct brv_css_token {
    uint32_t offset; // bytes [offset, offset + length) of the text, without the content of blocks
    uint32_t length;
    uint32_t skip; // from this token to its next sibling
    uint8_t kind;  // enum brv_css_kind
    uint8_t flags;
    brv_str text; // unescaped: name, string, url, the delimiter, the unit of a dimension
    union {
        double number;
        uint32_t range[2];
    };
};

// Tokens [at, end): a list of component values.
struct brv_css_range {
    const struct brv_css_token *at;
    const struct brv_css_token *end;
};

static inline const struct brv_css_token *brv_css_next(const struct brv_css_token *token)
{
    return token + token->skip;
}

// The content of a function or block.
static inline struct brv_css_range brv_css_inside(const struct brv_css_token *token)
{
    return (struct brv_css_range){
        token + 1,
        token + token->skip - (token->flags & BRV_CSS_IS_CLOSED ? 1 : 0),
    };
}

static inline bool brv_css_at(struct brv_css_range range, enum brv_css_kind kind)
{
    return range.at < range.end && range.at->kind == kind;
}

static inline bool brv_css_at_delim(struct brv_css_range range, char delim)
{
    return brv_css_at(range, BRV_CSS_DELIM) && range.at->text.len == 1 &&
           range.at->text.ptr[0] == delim;
}

static inline bool brv_css_is_ident(const struct brv_css_token *token, const char *name)
{
    return token->kind == BRV_CSS_IDENT && brv_str_is_nocase(token->text, name);
}

static inline bool brv_css_is_function(const struct brv_css_token *token, const char *name)
{
    return token->kind == BRV_CSS_FUNCTION && brv_str_is_nocase(token->text, name);
}

// Leaves a range without white space at its start, or at both ends. Most have none.
static inline struct brv_css_range brv_css_skip_space(struct brv_css_range range)
{
    while (brv_css_at(range, BRV_CSS_SPACE))
        range.at++;
    return range;
}

struct brv_css_range brv_css_trim_end(struct brv_css_range range);
static inline struct brv_css_range brv_css_trim(struct brv_css_range range)
{
    range = brv_css_skip_space(range);
    return range.at < range.end && range.end[-1].kind == BRV_CSS_SPACE ? brv_css_trim_end(range)
                                                                       : range;
}

// The single component value of a trimmed range, NULL when there is none or more than one.
static inline const struct brv_css_token *brv_css_only(struct brv_css_range range)
{
    range = brv_css_trim(range);
    return range.at < range.end && brv_css_next(range.at) == range.end ? range.at : NULL;
}
// The values before the next top-level comma; moves *range past the comma. False at the end.
bool brv_css_next_item(struct brv_css_range *range, struct brv_css_range *item);

// The token that holds the path of url(path) or url("path"), which may not be empty; NULL when
// `token` is neither.
const struct brv_css_token *brv_css_url_token(const struct brv_css_token *token);

// All tokens of a text. `text` must outlive them.
struct brv_css_range brv_css_tokenize(struct brv_arena *arena, brv_str text);

// Tokens of a text in parts, each over the one before it: a sheet of four thousand tokens of 40
// bytes needs the memory of its longest rule. Set the first three; the tokens' own text, where it
// is unescaped, stays in `arena`.
struct brv_css_tokenizer {
    struct brv_arena *arena;
    struct brv_arena *scratch; // of the tokens
    brv_str text;
    size_t at;           // read so far
    size_t open_comment; // set to where one begins that nothing closes
    struct brv_css_token *tokens;
    size_t count;
    size_t capacity;
    uint32_t *open; // indices of the blocks and functions not closed yet
    size_t open_count;
    size_t open_capacity;
};
// For token_part.c: the kind and content of the token at t->at, which is none of the simple ones.
// False for a comment, which is no token.
bool brv_css_read_token(struct brv_css_tokenizer *t, struct brv_css_token *token);

// The tokens up to the end of the next top-level rule, as brv_css_next_rule() takes them. False at
// the end of the text.
bool brv_css_tokenize_rule(struct brv_css_tokenizer *t, struct brv_css_range *rule);
// The tokens of the rest.
struct brv_css_range brv_css_tokenize_rest(struct brv_css_tokenizer *t);
// A copy that stays when the tokenizer goes on.
struct brv_css_range brv_css_keep(struct brv_arena *arena, struct brv_css_range range);

// A name for messages: "identifier", "string", "{}-block".
const char *brv_css_kind_name(enum brv_css_kind kind);

#endif
