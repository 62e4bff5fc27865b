// Brevier — lines of the text output.
//
// A mail reader that knows format=flowed (RFC 3676) joins a line that ends with a space with the
// next one; where it was told delsp=yes, without that space, so that lines of a script that has
// none can be joined as well. Only paragraphs without an indentation can flow, as the spaces that
// make a line hang would end up within its text; the signs of quotations stand without spaces
// between them, and a line that begins like one, with a space or with "From " is stuffed with a
// space.
// SPDX-License-Identifier: MIT
#include "output/text_flow.h"

#include "base/width.h"

// Deeper prefixes are not drawn: by then no room is left for them anyway.
enum { PREFIXES_DRAWN = 128 };

// ---- prefixes

static void flow_add_prefixes(struct brv_flow *flow, struct brv_prefix *innermost, bool is_blank)
{
    struct brv_prefix *stack[PREFIXES_DRAWN];
    size_t count = 0;
    for (struct brv_prefix *p = innermost; p && count < PREFIXES_DRAWN; p = p->outer)
        stack[count++] = p;
    bool is_quoting = flow->is_mail; // in the signs that a mail reader counts
    while (count-- > 0) {
        struct brv_prefix *prefix = stack[count];
        if (prefix->is_rtl && (is_blank || prefix->is_used))
            continue;
        if (is_quoting && prefix->is_quote) {
            brv_buf_add_byte(flow->out, '>');
            if (count == 0 || !stack[count - 1]->is_quote)
                brv_buf_add_byte(flow->out, ' ');
        } else {
            brv_buf_add_str(flow->out, is_blank || prefix->is_used ? prefix->rest : prefix->first);
            is_quoting = false;
        }
        if (!is_blank)
            prefix->is_used = true;
    }
}

// True when only signs of quotation stand before the line.
static bool prefixes_flow(const struct brv_prefix *innermost)
{
    for (const struct brv_prefix *p = innermost; p; p = p->outer)
        if (!p->is_quote && p->rest.len > 0)
            return false;
    return true;
}

static bool begins_with_quote(const struct brv_prefix *innermost)
{
    const struct brv_prefix *p = innermost;
    while (p && p->outer)
        p = p->outer;
    return p && p->is_quote;
}

// ---- lines

// Puts a space before what a mail reader would otherwise take for a sign, and before what stands in
// columns with other lines that may need one: it is not seen where it is known, and moves all of
// them where it is not.
static void flow_stuff(struct brv_buf *out, size_t start, bool is_fixed)
{
    brv_str line = brv_str_slice(brv_buf_str(out), start, out->len);
    bool needs = line.len > 0 && (is_fixed || line.ptr[0] == ' ' || line.ptr[0] == '>' ||
                                  brv_str_starts_with(line, BRV_S("From ")));
    if (!needs)
        return;
    brv_buf_add_byte(out, ' ');
    memmove(out->ptr + start + 1, out->ptr + start, out->len - start - 1);
    out->ptr[start] = ' ';
}

// Spaces at the end of a line that begins at `start` are not seen.
static void flow_trim(struct brv_buf *out, size_t start)
{
    while (out->len > start && (out->ptr[out->len - 1] == ' ' || out->ptr[out->len - 1] == '\t'))
        out->len--;
}

static void flow_end_line(struct brv_flow *flow, const struct brv_prefix *prefix, size_t start,
                          bool is_fixed, size_t soft)
{
    struct brv_buf *out = flow->out;
    if (flow->is_mail) {
        bool is_signature = brv_str_is(brv_str_slice(brv_buf_str(out), start, out->len), "--");
        bool flows = prefixes_flow(prefix);
        if (!begins_with_quote(prefix))
            flow_stuff(out, start, is_fixed || !flows);
        if (flows && !is_signature)
            brv_buf_add_repeated(out, ' ', soft);
    }
    brv_buf_add_byte(out, '\n');
}

static void flow_mark(struct brv_flow *flow, bool is_blank)
{
    struct brv_flow_marks *marks = flow->marks;
    if (!marks)
        return;
    bool is_held = flow->held_from > 0 && flow->line_count >= flow->held_from;
    BRV_PUSH(marks->arena, marks->items, marks->count, marks->capacity) = (struct brv_flow_mark){
        .offset = flow->out->len,
        .is_blank = is_blank,
        .breaks = !is_blank && flow->breaks,
        .keeps = !is_blank && (flow->keeps || is_held),
        .page = flow->page,
    };
}

// A gap of less than a third of a line is none: it only loosens a list on paper.
static size_t blank_lines(const struct brv_flow *flow)
{
    float lines = flow->gap_pt / flow->line_pt;
    if (flow->line_count == 0 || flow->is_joined || !(lines >= 0.3f))
        return 0;
    return lines < 1.5f ? 1 : 2;
}

// Nothing but what stands before the lines of both blocks.
static void flow_put_blank(struct brv_flow *flow)
{
    flow_mark(flow, true);
    size_t start = flow->out->len;
    flow_add_prefixes(flow, flow->gap_prefix, true);
    flow_trim(flow->out, start);
    flow_end_line(flow, flow->gap_prefix, start, false, 0);
    if (!flow->on_wide || !flow->gap_prefix || flow->gap_prefix->total <= flow->limit)
        return;
    brv_str line = brv_str_slice(brv_buf_str(flow->out), start, flow->out->len - 1);
    if (brv_str_width(line) > flow->limit)
        flow->on_wide(flow->user, line);
}

// Writes a line of a header once more, as it stands on the pages after its own: without the marker
// of a list.
static void flow_repeat(struct brv_flow *flow, const struct brv_flow_text *line)
{
    struct brv_buf *out = flow->out;
    flow->out = flow->header;
    size_t start = flow->out->len;
    flow_add_prefixes(flow, flow->prefix, true);
    brv_buf_add_str(flow->out, line->again.len > 0 ? line->again : line->text);
    flow_trim(flow->out, start);
    flow_end_line(flow, flow->prefix, start, line->is_fixed, 0);
    flow->out = out;
}

// ---- exported

size_t brv_flow_room(const struct brv_flow *flow)
{
    size_t used = flow->prefix ? flow->prefix->total : 0;
    return flow->width > used ? flow->width - used : 1;
}

size_t brv_flow_free(const struct brv_flow *flow, bool is_rtl)
{
    size_t count = 0;
    for (const struct brv_prefix *p = flow->prefix; p && p->is_rtl == is_rtl; p = p->outer) {
        brv_str text = p->is_used ? p->rest : p->first;
        size_t end = text.len;
        while (end > 0 && text.ptr[end - 1] == ' ')
            end--;
        count += text.len - end;
        if (end > 0) // a space parts the line from what stands there
            return count > 0 ? count - 1 : 0;
    }
    return count;
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
    prefix->hangs = !prefix->is_used;
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

void brv_flow_add_rtl(struct brv_flow *flow, struct brv_buf *out)
{
    struct brv_prefix *stack[PREFIXES_DRAWN];
    size_t count = 0;
    for (struct brv_prefix *p = flow->prefix; p && count < PREFIXES_DRAWN; p = p->outer)
        if (p->is_rtl)
            stack[count++] = p;
    while (count-- > 0) {
        brv_buf_add_str(out, stack[count]->is_used ? stack[count]->rest : stack[count]->first);
        stack[count]->is_used = true;
    }
}

void brv_flow_add_rtl_again(const struct brv_flow *flow, struct brv_buf *out)
{
    for (const struct brv_prefix *p = flow->prefix; p; p = p->outer)
        if (p->is_rtl) // spaces all of them, in whatever order
            brv_buf_add_str(out, p->rest);
}

bool brv_flow_may_begin_right(const struct brv_flow *flow)
{
    for (const struct brv_prefix *p = flow->prefix; p; p = p->outer)
        if (p->hangs && !p->is_rtl)
            return false;
    return !flow->is_mail;
}

bool brv_flow_may_join(const struct brv_flow *flow)
{
    return flow->is_mail && prefixes_flow(flow->prefix);
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

void brv_flow_break(struct brv_flow *flow)
{
    brv_flow_gap(flow, 2 * flow->line_pt);
    flow->breaks = true;
}

void brv_flow_keep(struct brv_flow *flow)
{
    flow->keeps = true;
}

size_t brv_flow_hold(struct brv_flow *flow)
{
    size_t outer = flow->held_from;
    if (outer == 0)
        flow->held_from = flow->line_count + 1;
    return outer;
}

void brv_flow_release(struct brv_flow *flow, size_t outer)
{
    flow->held_from = outer;
}

void brv_flow_header_begin(struct brv_flow *flow)
{
    if (flow->marks)
        flow->header = brv_buf_new_in(flow->marks->arena);
}

void brv_flow_header_end(struct brv_flow *flow)
{
    struct brv_flow_marks *marks = flow->marks;
    if (!flow->header)
        return;
    brv_str lines = brv_buf_str(flow->header);
    size_t count = 0;
    for (size_t i = 0; i < lines.len; i++)
        count += lines.ptr[i] == '\n' ? 1 : 0;
    BRV_PUSH(marks->arena, marks->headers, marks->header_count, marks->header_capacity) =
        (struct brv_flow_header){ .end = marks->count, .line_count = count, .lines = lines };
    flow->header = NULL;
}

void brv_flow_header_drop(struct brv_flow *flow)
{
    if (flow->marks && flow->marks->header_count > 0)
        flow->marks->headers[flow->marks->header_count - 1].last = flow->marks->count;
}

void brv_flow_put(struct brv_flow *flow, const struct brv_flow_text *line)
{
    if (flow->line_count > 0 && !brv_str_equal(flow->page, flow->last_page))
        brv_flow_break(flow);
    flow->last_page = flow->page;
    for (size_t i = blank_lines(flow); i > 0; i--)
        flow_put_blank(flow);
    flow_mark(flow, false);
    size_t start = flow->out->len;
    flow_add_prefixes(flow, flow->prefix, false);
    for (size_t i = 0; i < line->outdent && !line->is_rtl && flow->out->len > start; i++)
        flow->out->len--;
    brv_buf_add_str(flow->out, line->text);
    if (!line->is_kept || line->text.len == 0 || flow->is_mail)
        flow_trim(flow->out, start);
    flow_end_line(flow, flow->prefix, start, line->is_fixed, line->soft);
    if (flow->header)
        flow_repeat(flow, line);
    size_t columns = line->width + (flow->prefix ? flow->prefix->total : 0) - line->outdent;
    if (columns > flow->widest)
        flow->widest = columns;
    if (line->shift < flow->least_shift)
        flow->least_shift = line->shift;
    if (flow->on_wide && columns > flow->limit)
        flow->on_wide(flow->user, line->text);
    flow->gap_pt = 0;
    flow->is_joined = flow->breaks = flow->keeps = false;
    flow->gap_prefix = flow->prefix;
    flow->line_count++;
}

void brv_flow_line(struct brv_flow *flow, brv_str line)
{
    brv_flow_put(flow, &(struct brv_flow_text){ .text = line, .width = brv_str_width(line) });
}
