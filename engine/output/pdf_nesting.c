// Brevier — how elements of a PDF's structure may nest.
// SPDX-License-Identifier: MIT
//
// Most of them may stand anywhere. Those of tables, lists and tables of contents may not (ISO
// 32000-1, tables 333, 336 and 337), and a sheet that shows such an element as something else can
// take it from where it belongs.
#include "output/pdf_nesting.h"

enum { WORDS_MAX = 5 };

static const struct nesting_rule {
    const char *type;
    const char *parents[WORDS_MAX]; // none: any
    const char *kids[WORDS_MAX];    // none: any, and text
} nesting_rules[] = {
    { "L", { NULL }, { "L", "LI", "Caption" } },
    { "LBody", { "LI" }, { NULL } },
    { "LI", { "L" }, { "Lbl", "LBody" } },
    { "TBody", { "Table" }, { "TR" } },
    { "TD", { "TR" }, { NULL } },
    { "TFoot", { "Table" }, { "TR" } },
    { "TH", { "TR" }, { NULL } },
    { "THead", { "Table" }, { "TR" } },
    { "TOC", { NULL }, { "TOC", "TOCI", "Caption" } },
    { "TOCI", { "TOC" }, { "Lbl", "Reference", "NonStruct", "P", "TOC" } },
    { "TR", { "Table", "THead", "TBody", "TFoot" }, { "TH", "TD" } },
    { "Table", { NULL }, { "TR", "THead", "TBody", "TFoot", "Caption" } },
};

static const struct nesting_rule *nesting_rule_of(const char *type)
{
    for (size_t i = 0; i < BRV_COUNT(nesting_rules); i++)
        if (strcmp(type, nesting_rules[i].type) == 0)
            return &nesting_rules[i];
    return NULL;
}

static bool nesting_allows(const char *const *words, const char *type)
{
    for (size_t i = 0; words[0] && i < WORDS_MAX && words[i]; i++)
        if (strcmp(words[i], type) == 0)
            return true;
    return !words[0];
}

static size_t nesting_count(const struct brv_tag *tag, const char *type)
{
    size_t count = 0;
    for (const struct brv_tag *kid = tag->first; kid; kid = kid->next)
        count += strcmp(kid->type, type) == 0;
    return count;
}

// A caption comes first, that of a table may come last.
static bool nesting_caption_is_amiss(const struct brv_tag *tag)
{
    bool may_end = strcmp(tag->type, "Table") == 0;
    for (const struct brv_tag *kid = tag->first; kid; kid = kid->next)
        if (strcmp(kid->type, "Caption") == 0 && kid != tag->first && (!may_end || kid->next))
            return true;
    return false;
}

brv_str brv_pdf_nesting_fault(const struct brv_pdf *pdf, const struct brv_tag *tag)
{
    if (tag->type[0] != 'T' && tag->type[0] != 'L')
        return (brv_str){ 0 };
    const struct nesting_rule *rule = nesting_rule_of(tag->type);
    if (!rule)
        return (brv_str){ 0 };
    const char *parent = tag->parent ? tag->parent->type : "the root";
    if (!nesting_allows(rule->parents, parent))
        return brv_arena_printf(pdf->arena, "%s stands in %s", tag->type, parent);
    for (const struct brv_tag *kid = tag->first; kid; kid = kid->next)
        if (!nesting_allows(rule->kids, kid->type))
            return brv_arena_printf(pdf->arena, "%s holds %s", tag->type, kid->type);
    if (rule->kids[0] && brv_pdf_structure_has_content(pdf->structure, tag))
        return brv_arena_printf(pdf->arena, "%s holds text", tag->type);
    if (nesting_caption_is_amiss(tag))
        return brv_arena_printf(pdf->arena, "a Caption stands within %s", tag->type);
    if (strcmp(tag->type, "Table") == 0) {
        size_t heads = nesting_count(tag, "THead");
        size_t feet = nesting_count(tag, "TFoot");
        if (heads > 1 || feet > 1)
            return BRV_S("Table holds several THead or TFoot");
        if (heads + feet > 0 && nesting_count(tag, "TBody") == 0)
            return BRV_S("Table holds no TBody");
    }
    return (brv_str){ 0 };
}
