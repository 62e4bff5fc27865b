// Brevier — tokens into parts: the rules of a sheet, the value of a declaration.
// A part is one run of tokens in which each opener knows where its block ends.
//
// Nine of ten tokens are white space, a name, or one character that is nothing else. They are read
// here, told by their first byte and without a look ahead; whatever may be more is left to token.c.
// SPDX-License-Identifier: MIT
#include "style/token.h"

#include "style/token_class.h"

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
    enum { USUAL_TOKENS = 64 }; // of a rule
    t->tokens =
        brv_arena_grow(t->scratch, t->tokens, &t->capacity, USUAL_TOKENS, sizeof *t->tokens);
    t->count = 0;
    t->open_count = 0;
}

// Tokens of one character.
static const uint8_t singles[256] = {
    [':'] = BRV_CSS_COLON,        [';'] = BRV_CSS_SEMICOLON,   [','] = BRV_CSS_COMMA,
    ['('] = BRV_CSS_PAREN,        [')'] = BRV_CSS_CLOSE_PAREN, ['['] = BRV_CSS_SQUARE,
    [']'] = BRV_CSS_CLOSE_SQUARE, ['{'] = BRV_CSS_CURLY,       ['}'] = BRV_CSS_CLOSE_CURLY,
};

// Where a plain identifier ends; `at` itself when it is none, or may be more: a function, one with
// escapes, u+1F.
static size_t identifier_end(brv_str text, size_t at)
{
    size_t start = at; // behind one hyphen, or two
    while (start < text.len && start - at < 2 && text.ptr[start] == '-')
        start++;
    if (start == text.len ||
        !(brv_css_classes[(unsigned char)text.ptr[start]] & BRV_BYTE_NAME_START))
        return at;
    const size_t end = brv_css_skip_class(text, at, BRV_BYTE_PLAIN);
    if (end == text.len)
        return end;
    const char next = text.ptr[end];
    return next == '(' || next == '\\' || next == '\0' || next == '+' ? at : end;
}

// What may stand between the rules of a sheet.
static bool is_between_rules(const struct brv_css_token *token)
{
    return token->kind == BRV_CSS_SPACE || token->kind == BRV_CSS_CDO || token->kind == BRV_CSS_CDC;
}

// All tokens, or those up to the end of a rule: its block, or the semicolon of an at-rule.
static void take_tokens(struct brv_css_tokenizer *t, bool is_rule)
{
    const brv_str text = t->text;
    struct brv_css_token *next = t->tokens;
    const struct brv_css_token *limit = t->tokens + t->capacity;
    bool has_begun = false;
    bool is_at_rule = false;
    bool is_done = false;
    size_t at = t->at;
    while (at < text.len && !is_done) {
        const unsigned char c = (unsigned char)text.ptr[at];
        const unsigned class = brv_css_classes[c];
        const size_t start = at;
        if (next == limit) {
            const size_t count = t->capacity;
            t->tokens =
                brv_arena_grow(t->scratch, t->tokens, &t->capacity, count + 1, sizeof *t->tokens);
            next = t->tokens + count;
            limit = t->tokens + t->capacity;
        }
        struct brv_css_token *token = next++;
        *token = (struct brv_css_token){ .offset = (uint32_t)start, .skip = 1 };
        if (class & BRV_BYTE_SPACE) {
            token->kind = BRV_CSS_SPACE;
            at = brv_css_skip_class(text, at, BRV_BYTE_SPACE);
        } else if (class & BRV_BYTE_NAME && (at = identifier_end(text, start)) > start) {
            token->kind = BRV_CSS_IDENT;
            token->text = (brv_str){ text.ptr + start, at - start };
            has_begun = true;
        } else if (singles[c]) {
            const size_t depth = t->open_count;
            token->kind = singles[c];
            at++;
            has_begun = true;
            if (token->kind > BRV_CSS_COMMA)
                track_blocks(t, token);
            is_done = is_rule && (c == '}' ? depth == 1 && t->open_count == 0
                                           : c == ';' && is_at_rule && depth == 0);
        } else {
            t->at = start;
            if (!brv_css_read_token(t, token)) {
                next--;
            } else if (!has_begun && !is_between_rules(token)) {
                has_begun = true;
                is_at_rule = token->kind == BRV_CSS_AT_KEYWORD;
            }
            at = t->at;
            if (token->kind == BRV_CSS_FUNCTION)
                track_blocks(t, token);
        }
        token->length = (uint32_t)(at - start);
    }
    t->at = at;
    t->count = (size_t)(next - t->tokens);
}

static struct brv_css_range end_part(struct brv_css_tokenizer *t)
{
    for (size_t i = 0; i < t->open_count; i++)
        t->tokens[t->open[i]].skip = (uint32_t)(t->count - t->open[i]);
    return (struct brv_css_range){ t->tokens, t->tokens + t->count };
}

bool brv_css_tokenize_rule(struct brv_css_tokenizer *t, struct brv_css_range *rule)
{
    begin_part(t);
    take_tokens(t, true);
    *rule = end_part(t);
    return t->count > 0;
}

struct brv_css_range brv_css_tokenize_rest(struct brv_css_tokenizer *t)
{
    begin_part(t);
    take_tokens(t, false);
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
