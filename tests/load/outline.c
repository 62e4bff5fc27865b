// Brevier — printing a loaded document.
// SPDX-License-Identifier: MIT
#include "outline.h"

#include "base/buf.h"

static void add_field(struct brv_buf *out, const char *name, brv_str value)
{
    if (value.len > 0) {
        brv_buf_printf(out, "%s: %" BRV_STR_F "\n", name, BRV_STR_ARG(value));
    }
}

static void outline_section(const struct brv_section *section, bool with_places,
                            struct brv_buf *out)
{
    brv_buf_printf(out,
                   "\n== %" BRV_STR_F " · class %" BRV_STR_F " · level %d\n",
                   BRV_STR_ARG(section->path),
                   BRV_STR_ARG(section->slug),
                   section->level);
    for (const struct brv_fact *fact = section->facts; fact; fact = fact->next) {
        brv_buf_printf(out,
                       "fact %" BRV_STR_F " (%" BRV_STR_F ") = %" BRV_STR_F "\n",
                       BRV_STR_ARG(fact->slug),
                       BRV_STR_ARG(fact->key),
                       BRV_STR_ARG(fact->value));
    }
    if (section->heading) {
        brv_tree_dump(section->heading, with_places, out);
    }
    for (const struct brv_node *block = section->blocks->first; block; block = block->next) {
        brv_tree_dump(block, with_places, out);
    }
}

void outline_document(const struct brv_document *document, bool with_places, struct brv_buf *out)
{
    add_field(out, "title", document->title);
    add_field(out, "id", document->id);
    add_field(out, "kind", document->kind);
    add_field(out, "kind title", document->kind_title);
    add_field(out, "summary label", document->summary_label);
    add_field(out, "date", document->date);
    add_field(out, "lang", document->lang);
    add_field(out, "tlp", document->tlp);
    for (const struct brv_meta *meta = document->meta; meta; meta = meta->next) {
        brv_buf_printf(out, "meta %" BRV_STR_F " =", BRV_STR_ARG(meta->key));
        for (size_t i = 0; i < meta->value_count; i++) {
            brv_buf_printf(out, " [%" BRV_STR_F "]", BRV_STR_ARG(meta->values[i]));
        }
        brv_buf_add_byte(out, '\n');
    }
    for (const struct brv_section *at = document->first; at; at = brv_section_next(at)) {
        outline_section(at, with_places, out);
    }
}
