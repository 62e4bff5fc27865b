// Brevier — custom properties and var().
//
// A value is resolved when its element is styled: every var() in it is replaced by tokens, so what
// is inherited never refers to anything. References between the custom properties of one element
// are followed depth first; meeting a name that is still being resolved makes every name since then
// invalid, as they form a cycle. Token ranges hold relative skips, so a resolved value can be
// copied into another without looking into its blocks.
// SPDX-License-Identifier: MIT
#include "style/cascade.h"

// References in a row, and blocks inside each other. Their product bounds the recursion.
enum { MAX_DEPTH = 64, MAX_NESTING = 32 };

enum progress { UNVISITED, ACTIVE, DONE };

struct resolver {
    struct brv_css_substitution *substitution;
    const struct brv_css_variables *parent;
    const struct brv_css_declaration *const *winners;
    struct brv_css_range *values;
    uint8_t *progress;
    uint32_t active[MAX_DEPTH]; // numbers being resolved, outermost first
    size_t active_count;
    size_t cycle_from; // index in `active` from which all belong to a cycle
    brv_css_fault_fn *on_fault;
    void *user;
};

struct builder {
    struct brv_css_token *tokens;
    size_t count;
    size_t capacity;
};

static bool resolve(struct resolver *resolver, uint32_t id);

static bool fail(struct brv_css_substitution *substitution, int fault, brv_str culprit)
{
    substitution->fault = (uint8_t)fault;
    substitution->culprit = culprit;
    return false;
}

static bool append(struct brv_css_substitution *substitution, struct builder *builder,
                   const struct brv_css_token *tokens, size_t count)
{
    if (count > BRV_CSS_MAX_VALUE_TOKENS - builder->count ||
        count > BRV_CSS_MAX_EXPANDED_TOKENS - *substitution->expanded_tokens)
        return fail(substitution, BRV_VAR_TOO_LONG, (brv_str){ 0 });
    *substitution->expanded_tokens += count;
    builder->tokens = brv_arena_grow(substitution->arena,
                                     builder->tokens,
                                     &builder->capacity,
                                     builder->count + count,
                                     sizeof *builder->tokens);
    for (size_t i = 0; i < count; i++)
        builder->tokens[builder->count + i] = tokens[i];
    builder->count += count;
    return true;
}

// The value of a name, resolved first if need be. *range->at stays NULL when it is not set.
static bool look_up(struct resolver *resolver, const struct brv_css_variables *variables,
                    struct brv_css_substitution *substitution, brv_str name,
                    struct brv_css_range *range)
{
    uint32_t id = 0;
    *range = (struct brv_css_range){ 0 };
    if (!brv_css_custom_find(substitution->sheets, name, &id))
        return true;
    if (resolver) {
        if (!resolve(resolver, id))
            return false;
        *range = resolver->values[id];
    } else if (variables) {
        *range = variables->values[id];
    }
    return true;
}

static bool expand(struct resolver *resolver, const struct brv_css_variables *variables,
                   struct brv_css_substitution *substitution, struct builder *builder,
                   struct brv_css_range range, int depth);

// var(--name, fallback?)
static bool expand_var(struct resolver *resolver, const struct brv_css_variables *variables,
                       struct brv_css_substitution *substitution, struct builder *builder,
                       const struct brv_css_token *function, int depth)
{
    struct brv_css_range inside = brv_css_skip_space(brv_css_inside(function));
    if (!brv_css_at(inside, BRV_CSS_IDENT) || !brv_str_starts_with(inside.at->text, BRV_S("--")))
        return fail(substitution, BRV_VAR_SYNTAX, (brv_str){ 0 });
    brv_str name = inside.at->text;
    inside.at++;
    inside = brv_css_skip_space(inside);
    bool has_fallback = brv_css_at(inside, BRV_CSS_COMMA);
    if (!has_fallback && inside.at < inside.end)
        return fail(substitution, BRV_VAR_SYNTAX, name);
    struct brv_css_range value;
    if (!look_up(resolver, variables, substitution, name, &value))
        return false;
    if (value.at)
        return append(substitution, builder, value.at, (size_t)(value.end - value.at));
    if (!has_fallback)
        return fail(substitution, BRV_VAR_UNSET, name);
    inside.at++;
    return expand(resolver, variables, substitution, builder, brv_css_trim(inside), depth);
}

static bool expand(struct resolver *resolver, const struct brv_css_variables *variables,
                   struct brv_css_substitution *substitution, struct builder *builder,
                   struct brv_css_range range, int depth)
{
    if (depth > MAX_NESTING)
        return fail(substitution, BRV_VAR_TOO_LONG, (brv_str){ 0 });
    for (const struct brv_css_token *t = range.at; t < range.end; t = brv_css_next(t)) {
        bool is_block = t->kind >= BRV_CSS_FUNCTION && t->kind <= BRV_CSS_PAREN;
        if (brv_css_is_function(t, "var")) {
            if (!expand_var(resolver, variables, substitution, builder, t, depth + 1))
                return false;
            continue;
        }
        size_t opener = builder->count;
        if (!append(substitution, builder, t, 1))
            return false;
        if (!is_block)
            continue;
        if (!expand(resolver, variables, substitution, builder, brv_css_inside(t), depth + 1))
            return false;
        if ((t->flags & BRV_CSS_IS_CLOSED) && !append(substitution, builder, t + t->skip - 1, 1))
            return false;
        builder->tokens[opener].skip = (uint32_t)(builder->count - opener);
    }
    return true;
}

static struct brv_css_range built(const struct builder *builder)
{
    static const struct brv_css_token nothing; // an empty value is set all the same
    const struct brv_css_token *tokens = builder->tokens ? builder->tokens : &nothing;
    return (struct brv_css_range){ tokens, tokens + builder->count };
}

// Fills values[id]. False only when `id` is part of a cycle that is being unwound.
static bool resolve(struct resolver *resolver, uint32_t id)
{
    struct brv_css_substitution *substitution = resolver->substitution;
    if (resolver->progress[id] == DONE)
        return true;
    if (resolver->progress[id] == ACTIVE) {
        size_t from = resolver->active_count;
        while (resolver->active[from - 1] != id)
            from--;
        if (from - 1 < resolver->cycle_from)
            resolver->cycle_from = from - 1;
        return fail(substitution, BRV_VAR_CYCLE, resolver->substitution->sheets->custom_names[id]);
    }
    if (resolver->active_count == MAX_DEPTH) {
        resolver->values[id] = (struct brv_css_range){ 0 };
        return true;
    }
    const struct brv_css_declaration *declaration = resolver->winners[id];
    struct brv_css_range inherited =
        resolver->parent ? resolver->parent->values[id] : (struct brv_css_range){ 0 };
    struct brv_css_range value = { 0 };
    bool is_ok = true;
    if (!declaration || declaration->value.kind == BRV_CSS_INHERIT ||
        declaration->value.kind == BRV_CSS_UNSET || declaration->value.kind == BRV_CSS_REVERT) {
        value = inherited;
    } else if (declaration->value.kind == BRV_CSS_PENDING) {
        struct builder builder = { 0 };
        resolver->progress[id] = ACTIVE;
        resolver->active[resolver->active_count++] = id;
        if (!brv_css_has_var(declaration->value.pending)) {
            value = declaration->value.pending;
            value = value.at < value.end ? value : built(&builder);
        } else {
            is_ok = expand(resolver, NULL, substitution, &builder, declaration->value.pending, 0);
            value = is_ok ? built(&builder) : (struct brv_css_range){ 0 };
        }
        resolver->active_count--;
    }
    resolver->progress[id] = DONE;
    bool is_in_cycle = !is_ok && resolver->active_count >= resolver->cycle_from;
    resolver->values[id] = value;
    if (!is_ok)
        resolver->on_fault(resolver->user, declaration, substitution);
    // The head of the cycle ends the unwinding; to names outside it, this one is merely not set.
    if (is_in_cycle && resolver->active_count > resolver->cycle_from)
        return false;
    resolver->cycle_from = SIZE_MAX;
    return true;
}

bool brv_css_substitute(struct brv_css_substitution *substitution,
                        const struct brv_css_variables *variables, struct brv_css_range range,
                        struct brv_css_range *result)
{
    struct builder builder = { 0 };
    if (!expand(NULL, variables, substitution, &builder, range, 0))
        return false;
    *result = built(&builder);
    return true;
}

const struct brv_css_variables *brv_css_variables_new(
    struct brv_css_substitution *substitution, const struct brv_css_variables *parent,
    const struct brv_css_declaration *const *winners, brv_css_fault_fn *on_fault, void *user)
{
    size_t count = substitution->sheets->custom_count;
    struct resolver resolver = {
        .substitution = substitution,
        .parent = parent,
        .winners = winners,
        .values = BRV_NEW_ARRAY(substitution->arena, struct brv_css_range, count),
        .progress = BRV_NEW_ARRAY(substitution->arena, uint8_t, count),
        .cycle_from = SIZE_MAX,
        .on_fault = on_fault,
        .user = user,
    };
    for (uint32_t id = 0; id < count; id++)
        (void)resolve(&resolver, id);
    bool is_same = parent != NULL;
    for (size_t id = 0; id < count && is_same; id++)
        is_same = resolver.values[id].at == parent->values[id].at &&
                  resolver.values[id].end == parent->values[id].end;
    if (is_same)
        return parent;
    struct brv_css_variables *variables = BRV_NEW(substitution->arena, struct brv_css_variables);
    variables->values = resolver.values;
    return variables;
}
