// Brevier — fuzz target: any bytes as a document. What loads is sound, survives the way through
// JSON, and comes out of it the same.
// SPDX-License-Identifier: MIT
#include "base/buf.h"
#include "base/utf8.h"
#include "load/load.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
    if (!holds) {
        abort();
    }
}

static void check_sections(const struct brv_document *document, struct brv_sink *sink)
{
    for (const struct brv_section *at = document->first; at; at = brv_section_next(at)) {
        check(brv_tree_check(at->blocks, 100, BRV_CODE_INTERNAL, sink) == BRV_OK);
        check(at->id.len > 0 && at->path.len > 0 && brv_utf8_is_valid(at->path));
        for (const struct brv_fact *fact = at->facts; fact; fact = fact->next) {
            check(brv_utf8_is_valid(fact->value) && fact->key.len > 0);
        }
        for (const struct brv_node *node = at->blocks; node;
             node = brv_node_walk_next(at->blocks, node)) {
            const struct brv_source *source = node->span.source;
            check(!source || (size_t)node->span.offset + node->span.length <= source->text.len);
            check(node->kind != BRV_KIND_TEXT || node->text.len > 0);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct brv_arena *arena = brv_arena_new();
    struct brv_sink sink = brv_sink_init(arena);
    brv_str bytes = { (const char *)data, size };
    struct brv_document *first = brv_document_load(arena, BRV_S("fuzz"), bytes, NULL, &sink);
    check(first || brv_sink_has_errors(&sink));
    if (first) {
        struct brv_sink second_sink = brv_sink_init(arena);
        check_sections(first, &second_sink);
        struct brv_buf *json = brv_buf_new_in(arena);
        brv_document_to_json(first, json);
        check(brv_utf8_is_valid(brv_buf_str(json)));
        struct brv_document *second =
            brv_document_load(arena, BRV_S("fuzz"), brv_buf_str(json), NULL, &second_sink);
        check(second && !brv_sink_has_errors(&second_sink));
        struct brv_buf *again = brv_buf_new_in(arena);
        brv_document_to_json(second, again);
        check(brv_str_equal(brv_buf_str(json), brv_buf_str(again)));
    }
    brv_arena_free(arena);
    return 0;
}
