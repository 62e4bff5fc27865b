// Brevier — lines of the text output.
// SPDX-License-Identifier: MIT
#include "output/text_flow.h"

#include "base/width.h"

// Deeper prefixes are not drawn: by then no room is left for them anyway.
enum { PREFIXES_DRAWN = 128 };

static void flow_add_prefixes(struct brv_flow *flow, struct brv_prefix *innermost, bool is_blank)
{
    struct brv_prefix *stack[PREFIXES_DRAWN];
    size_t count = 0;
    for (struct brv_prefix *p = innermost; p && count < PREFIXES_DRAWN; p = p->outer)
        stack[count++] = p;
    while (count-- > 0) {
        struct brv_prefix *prefix = stack[count];
        brv_buf_add_str(flow->out, is_blank || prefix->is_used ? prefix->rest : prefix->first);
        if (!is_blank)
            prefix->is_used = true;
    }
}

static void flow_end_line(struct brv_flow *flow, size_t start)
{
    struct brv_buf *out = flow->out;
    while (out->len > start && (out->ptr[out->len - 1] == ' ' || out->ptr[out->len - 1] == '\t'))
        out->len--;
    brv_buf_add_byte(out, '\n');
}

size_t brv_flow_room(const struct brv_flow *flow)
{
    size_t used = flow->prefix ? flow->prefix->total : 0;
    return flow->width > used ? flow->width - used : 1;
}

void brv_flow_push(struct brv_flow *flow, struct brv_prefix *prefix, brv_str first, brv_str rest)
{
    *prefix = (struct brv_prefix){
        .outer = flow->prefix,
        .first = first,
        .rest = rest,
        .total = (flow->prefix ? flow->prefix->total : 0) + brv_str_width(rest),
        .is_used = brv_str_equal(first, rest),
    };
    flow->prefix = prefix;
}

void brv_flow_pop(struct brv_flow *flow)
{
    struct brv_prefix *prefix = flow->prefix;
    if (!prefix->is_used)
        brv_flow_line(flow, (brv_str){ 0 });
    flow->prefix = prefix->outer;
    if (flow->gap_prefix == prefix)
        flow->gap_prefix = prefix->outer;
}

void brv_flow_gap(struct brv_flow *flow, float gap_pt)
{
    if (gap_pt > flow->gap_pt)
        flow->gap_pt = gap_pt;
}

void brv_flow_join(struct brv_flow *flow)
{
    flow->is_joined = true;
}

// A gap of less than a third of a line is none: it only loosens a list on paper.
static size_t blank_lines(const struct brv_flow *flow)
{
    float lines = flow->gap_pt / flow->line_pt;
    if (!flow->has_lines || flow->is_joined || !(lines >= 0.3f))
        return 0;
    return lines < 1.5f ? 1 : 2;
}

void brv_flow_line(struct brv_flow *flow, brv_str line)
{
    for (size_t i = blank_lines(flow); i > 0; i--) {
        size_t start = flow->out->len;
        flow_add_prefixes(flow, flow->gap_prefix, true);
        flow_end_line(flow, start);
    }
    size_t start = flow->out->len;
    flow_add_prefixes(flow, flow->prefix, false);
    brv_buf_add_str(flow->out, line);
    flow_end_line(flow, start);
    size_t columns = brv_str_width(line) + (flow->prefix ? flow->prefix->total : 0);
    if (columns > flow->widest)
        flow->widest = columns;
    flow->gap_pt = 0;
    flow->is_joined = false;
    flow->gap_prefix = flow->prefix;
    flow->has_lines = true;
}
