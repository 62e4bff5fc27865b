// Brevier — the checker that every tree passes before it is styled.
// It guards what outputs rely on: containment as kinds.def says, attribute values of the form
// attrs.def names, no link inside a link, no note inside a note, a bounded depth. Faults below a
// misplaced node are still reported, but what is too deep is not entered.
// SPDX-License-Identifier: MIT
#include "model/node.h"

enum { COUNT_MAX = 10000 };

struct check {
    enum brv_code code;
    struct brv_sink *sink;
    bool failed;
};

static void fail(struct check *check, const struct brv_node *node, const char *what, brv_str name,
                 const char *expected)
{
    brv_report(check->sink,
               BRV_ERROR,
               check->code,
               node->span,
               "%s \"%" BRV_STR_F "\" %s",
               what,
               BRV_STR_ARG(name),
               expected);
    check->failed = true;
}

static bool is_name(brv_str value)
{
    for (size_t i = 0; i < value.len; i++) {
        if (brv_is_space(value.ptr[i])) {
            return false;
        }
    }
    return value.len > 0;
}

// True when an element of the same kind is above `node`, looking no further than a footnote: what
// is in a note is read apart from the text that calls it.
static bool is_nested_in_own_kind(const struct brv_node *root, const struct brv_node *node)
{
    for (const struct brv_node *at = node; at != root && at->parent;) {
        at = at->parent;
        if (at->kind == node->kind) {
            return true;
        }
        if (at->kind == BRV_KIND_FOOTNOTE) {
            return false;
        }
    }
    return false;
}

static void check_node(struct check *check, const struct brv_node *root,
                       const struct brv_node *node)
{
    if (node != root && node->parent && !brv_kind_may_contain(node->parent->kind, node->kind)) {
        struct brv_diag *diag = brv_report(check->sink,
                                           BRV_ERROR,
                                           check->code,
                                           node->span,
                                           "\"%s\" may not stand in \"%s\"",
                                           brv_kind_name(node->kind),
                                           brv_kind_name(node->parent->kind));
        if (brv_kind_category(node->kind) == BRV_CATEGORY_ITEM) {
            brv_diag_hint(check->sink, diag, "put \"li\" in \"ul\" or \"ol\"");
        } else if (brv_kind_category(node->kind) == BRV_CATEGORY_CELL) {
            brv_diag_hint(check->sink, diag, "put cells in \"tr\"");
        }
        check->failed = true;
    }
    if ((node->kind == BRV_KIND_A || node->kind == BRV_KIND_FOOTNOTE) &&
        is_nested_in_own_kind(root, node)) {
        brv_str name = brv_str_from_cstr(brv_kind_name(node->kind));
        fail(check, node, "element", name, "may not stand in another of its kind");
    }
    for (const struct brv_attr *attr = node->attrs; attr; attr = attr->next) {
        const char *fault = brv_attr_fault(attr->id, attr->value);
        if (fault) {
            fail(check, node, "attribute", attr->name, fault);
        }
    }
}

const char *brv_attr_fault(enum brv_attr_id id, brv_str value)
{
    size_t number;
    switch (brv_attr_value_type(id)) {
    case BRV_ATTR_VALUE_TEXT:
    case BRV_ATTR_VALUE_NAMES:
    case BRV_ATTR_VALUE_URL:
        return NULL;
    case BRV_ATTR_VALUE_NAME:
        return is_name(value) ? NULL : "must be a name without white space";
    case BRV_ATTR_VALUE_LANG:
        return value.len == 0 || brv_lang_is_tag(value) ? NULL
                                                        : "must be a language tag like \"en-GB\"";
    case BRV_ATTR_VALUE_COUNT:
        return brv_str_to_size(value, &number) && number <= COUNT_MAX
                   ? NULL
                   : "must be a whole number up to 10,000";
    }
    return NULL;
}

enum brv_status brv_tree_check(const struct brv_node *root, int max_depth, enum brv_code code,
                               struct brv_sink *sink)
{
    struct check check = { .code = code, .sink = sink };
    const struct brv_node *at = root;
    int depth = 1;
    while (at) {
        check_node(&check, root, at);
        if (at->first && depth < max_depth) {
            at = at->first;
            depth++;
            continue;
        }
        if (at->first) {
            brv_report(sink,
                       BRV_ERROR,
                       BRV_CODE_LIMIT,
                       at->span,
                       "elements are nested deeper than %d",
                       max_depth);
            check.failed = true;
        }
        while (at != root && !at->next) {
            at = at->parent;
            depth--;
        }
        at = at == root ? NULL : at->next;
    }
    return check.failed ? BRV_FAILED : BRV_OK;
}
