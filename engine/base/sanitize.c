// Brevier — the text sanitiser: after it, no stage has to ask what a text may contain.
// SPDX-License-Identifier: MIT
#include "base/buf.h"
#include "base/diag.h"
#include "base/source.h"
#include "base/utf8.h"

// Offsets are 32 bits wide and a replaced byte becomes three.
static const size_t text_limit_bytes = UINT32_MAX / 3;

enum fault { FAULT_NONE, FAULT_ENCODING, FAULT_NUL, FAULT_CONTROL, FAULT_NONCHARACTER, FAULT_BIDI };
enum { FAULT_COUNT = FAULT_BIDI + 1 };

// What was found of one kind.
struct finding {
    size_t count;
    uint32_t offset; // of the first, in the result
    uint32_t length;
    uint32_t codepoint;
};

static enum fault fault_of(uint32_t codepoint, brv_str bytes)
{
    if (codepoint == BRV_REPLACEMENT)
        return brv_str_equal(bytes, BRV_S("\xEF\xBF\xBD")) ? FAULT_NONE : FAULT_ENCODING;
    if (codepoint == 0)
        return FAULT_NUL;
    if (codepoint < 0x20 || (codepoint >= 0x7F && codepoint <= 0x9F))
        return FAULT_CONTROL;
    if (brv_is_noncharacter(codepoint))
        return FAULT_NONCHARACTER;
    return brv_is_bidi_control(codepoint) ? FAULT_BIDI : FAULT_NONE;
}

static void finding_add(struct finding *finding, size_t offset, size_t length, uint32_t codepoint)
{
    if (finding->count++ == 0) {
        finding->offset = (uint32_t)offset;
        finding->length = (uint32_t)length;
        finding->codepoint = codepoint;
    }
}

// Writes the clean form to `out`, or nothing when `raw` is clean already.
static bool text_clean(brv_str raw, struct brv_buf *out, struct finding findings[FAULT_COUNT])
{
    size_t done = 0; // raw bytes before it are in `out`
    for (size_t at = brv_utf8_skip_plain(raw, 0); at < raw.len; at = brv_utf8_skip_plain(raw, at)) {
        size_t start = at;
        uint32_t codepoint = brv_utf8_next(raw, &at);
        if (codepoint == '\r') {
            brv_buf_add_str(out, brv_str_slice(raw, done, start));
            if (at < raw.len && raw.ptr[at] == '\n')
                at++;
            brv_buf_add_byte(out, '\n');
            done = at;
            continue;
        }
        enum fault fault = fault_of(codepoint, brv_str_slice(raw, start, at));
        if (fault == FAULT_NONE)
            continue;
        size_t offset = out->len + (start - done);
        if (fault == FAULT_BIDI) {
            finding_add(&findings[fault], offset, at - start, codepoint);
            continue;
        }
        brv_buf_add_str(out, brv_str_slice(raw, done, start));
        brv_buf_add_codepoint(out, BRV_REPLACEMENT);
        done = at;
        finding_add(&findings[fault], offset, out->len - offset, codepoint);
    }
    if (done == 0)
        return false;
    brv_buf_add_str(out, brv_str_slice(raw, done, raw.len));
    return true;
}

static void finding_report(enum fault fault, struct finding finding,
                           const struct brv_source *source, brv_str raw,
                           enum brv_severity malformed, struct brv_sink *sink)
{
    struct brv_span span = { source, finding.offset, finding.length };
    brv_str more = { 0 };
    if (finding.count > 1)
        more = brv_arena_printf(sink->arena, " (the first of %zu)", finding.count);
    unsigned codepoint = finding.codepoint;
    switch (fault) {
    case FAULT_NONE:
        break;
    case FAULT_ENCODING: {
        struct brv_diag *diag = brv_report(sink,
                                           malformed,
                                           BRV_CODE_INPUT,
                                           span,
                                           "invalid UTF-8, shown as U+FFFD%" BRV_STR_F,
                                           BRV_STR_ARG(more));
        if (brv_str_starts_with(raw, BRV_S("\xFF\xFE")) ||
            brv_str_starts_with(raw, BRV_S("\xFE\xFF")))
            brv_diag_hint(sink, diag, "this looks like UTF-16; save it as UTF-8");
        else
            brv_diag_hint(sink, diag, "save it as UTF-8");
        break;
    }
    case FAULT_NUL:
        brv_report(sink,
                   BRV_WARNING,
                   BRV_CODE_INPUT,
                   span,
                   "NUL character, shown as U+FFFD%" BRV_STR_F,
                   BRV_STR_ARG(more));
        break;
    case FAULT_CONTROL:
        brv_report(sink,
                   BRV_WARNING,
                   BRV_CODE_INPUT,
                   span,
                   "control character U+%04X, shown as U+FFFD%" BRV_STR_F,
                   codepoint,
                   BRV_STR_ARG(more));
        break;
    case FAULT_NONCHARACTER:
        brv_report(sink,
                   BRV_WARNING,
                   BRV_CODE_INPUT,
                   span,
                   "noncharacter U+%04X, shown as U+FFFD%" BRV_STR_F,
                   codepoint,
                   BRV_STR_ARG(more));
        break;
    case FAULT_BIDI:
        brv_report(sink,
                   BRV_WARNING,
                   BRV_CODE_INPUT,
                   span,
                   "bidirectional control U+%04X can make text read in another order than it is "
                   "stored%" BRV_STR_F,
                   codepoint,
                   BRV_STR_ARG(more));
        break;
    }
}

void brv_source_set_text(struct brv_source *source, brv_str raw, struct brv_arena *arena,
                         enum brv_severity malformed, struct brv_sink *sink)
{
    bool is_cut = raw.len > text_limit_bytes;
    if (is_cut)
        raw.len = text_limit_bytes;
    if (brv_str_starts_with(raw, BRV_S("\xEF\xBB\xBF")))
        raw = brv_str_slice(raw, 3, raw.len);

    struct brv_buf clean = { 0 };
    struct finding findings[FAULT_COUNT] = { 0 };
    bool is_changed = text_clean(raw, &clean, findings);
    brv_source_index(source, is_changed ? brv_arena_str(arena, brv_buf_str(&clean)) : raw, arena);
    brv_buf_deinit(&clean);

    if (is_cut)
        brv_report(sink,
                   BRV_ERROR,
                   BRV_CODE_LIMIT,
                   brv_span_none(),
                   "\"%" BRV_STR_F "\" is cut after %zu bytes",
                   BRV_STR_ARG(source->name),
                   text_limit_bytes);
    for (enum fault fault = FAULT_ENCODING; fault <= FAULT_BIDI; fault++)
        if (findings[fault].count)
            finding_report(fault, findings[fault], source, raw, malformed, sink);
}
