// Brevier — the link policy applied while loading.
// SPDX-License-Identifier: MIT
#include "load/link.h"

#include "model/document.h"

bool brv_link_check(struct brv_sink *sink, brv_str target, struct brv_span span)
{
    if (brv_url_is_allowed(target)) {
        return true;
    }
    struct brv_diag *diag = brv_report(sink,
                                       BRV_WARNING,
                                       BRV_CODE_INPUT,
                                       span,
                                       "\"%" BRV_STR_F "\" may not be a link; shown as text",
                                       BRV_STR_ARG(target));
    brv_diag_hint(sink, diag, "links begin with http, https, mailto, tel or #");
    return false;
}

void brv_link_refuse(struct brv_arena *arena, struct brv_node *holder, brv_str target)
{
    brv_str shown = brv_node_plain_text(arena, holder);
    if (brv_str_equal(brv_str_trim(shown), target)) {
        return; // a bare link shows its target already
    }
    brv_str text = brv_arena_printf(arena, " (%" BRV_STR_F ")", BRV_STR_ARG(target));
    brv_node_append(holder, brv_node_new_text(arena, text, holder->span));
}
