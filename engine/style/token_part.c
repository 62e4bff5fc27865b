// Brevier — tokens into parts: the rules of a sheet, the value of a declaration.
// A part is one run of tokens in which each opener knows where its block ends.
// SPDX-License-Identifier: MIT
#include "style/token.h"

static enum brv_css_kind closer_of(enum brv_css_kind kind)
{
    return kind == BRV_CSS_CURLY    ? BRV_CSS_CLOSE_CURLY
           : kind == BRV_CSS_SQUARE ? BRV_CSS_CLOSE_SQUARE
                                    : BRV_CSS_CLOSE_PAREN;
}

// Keeps the stack of open blocks, of a token that opens or closes one: an opener goes on it; the
// closing token that matches the innermost one takes it off. One that does not match is left as an
// error value.
static void track_blocks(struct brv_css_tokenizer *t, const struct brv_css_token *token)
{
    enum brv_css_kind kind = (enum brv_css_kind)token->kind;
    if (kind <= BRV_CSS_PAREN) {
        BRV_PUSH(t->scratch, t->open, t->open_count, t->open_capacity) =
            (uint32_t)(token - t->tokens);
    } else if (t->open_count > 0) {
        struct brv_css_token *opener = &t->tokens[t->open[t->open_count - 1]];
        if (closer_of((enum brv_css_kind)opener->kind) == kind) {
            opener->skip = (uint32_t)(token - opener) + 1;
            opener->flags |= BRV_CSS_IS_CLOSED;
            t->open_count--;
        }
    }
}

// Even no tokens have an address: a range without one is at its end.
static void begin_part(struct brv_css_tokenizer *t)
{
    enum { USUAL_TOKENS = 200 }; // of a rule
    t->tokens =
        brv_arena_grow(t->scratch, t->tokens, &t->capacity, USUAL_TOKENS, sizeof *t->tokens);
    t->count = 0;
    t->open_count = 0;
}

// Comments leave no token: NULL.
static struct brv_css_token *take_token(struct brv_css_tokenizer *t)
{
    if (t->count == t->capacity)
        t->tokens =
            brv_arena_grow(t->scratch, t->tokens, &t->capacity, t->count + 1, sizeof *t->tokens);
    struct brv_css_token *token = &t->tokens[t->count];
    if (!brv_css_read_token(t, token))
        return NULL;
    t->count++;
    if (token->kind >= BRV_CSS_FUNCTION)
        track_blocks(t, token);
    return token;
}

static struct brv_css_range end_part(struct brv_css_tokenizer *t)
{
    for (size_t i = 0; i < t->open_count; i++)
        t->tokens[t->open[i]].skip = (uint32_t)(t->count - t->open[i]);
    return (struct brv_css_range){ t->tokens, t->tokens + t->count };
}

// What may stand between the rules of a sheet.
static bool is_between_rules(const struct brv_css_token *token)
{
    return token->kind == BRV_CSS_SPACE || token->kind == BRV_CSS_CDO || token->kind == BRV_CSS_CDC;
}

bool brv_css_tokenize_rule(struct brv_css_tokenizer *t, struct brv_css_range *rule)
{
    begin_part(t);
    const struct brv_css_token *token = NULL;
    while (t->at < t->text.len && (!token || is_between_rules(token)))
        token = take_token(t);
    const bool is_at_rule = token && token->kind == BRV_CSS_AT_KEYWORD;
    bool is_done = false;
    while (t->at < t->text.len && !is_done) {
        const size_t depth = t->open_count;
        token = take_token(t);
        if (token && token->kind == BRV_CSS_CLOSE_CURLY)
            is_done = depth == 1 && t->open_count == 0;
        else if (token && token->kind == BRV_CSS_SEMICOLON)
            is_done = is_at_rule && depth == 0;
    }
    *rule = end_part(t);
    return t->count > 0;
}

struct brv_css_range brv_css_tokenize_rest(struct brv_css_tokenizer *t)
{
    begin_part(t);
    while (t->at < t->text.len)
        (void)take_token(t);
    return end_part(t);
}

struct brv_css_range brv_css_tokenize(struct brv_arena *arena, brv_str text)
{
    struct brv_css_tokenizer t = { .arena = arena, .scratch = arena, .text = text };
    return brv_css_tokenize_rest(&t);
}

struct brv_css_range brv_css_keep(struct brv_arena *arena, struct brv_css_range range)
{
    size_t count = (size_t)(range.end - range.at);
    struct brv_css_token *tokens = BRV_NEW_ARRAY(arena, struct brv_css_token, count);
    if (count > 0)
        memcpy(tokens, range.at, count * sizeof *tokens);
    return (struct brv_css_range){ tokens, tokens + count };
}
