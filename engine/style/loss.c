// Brevier — what an output cannot honour of a sheet.
// A declaration is lost when it won for some element, the output does not honour its property (the
// `outputs` of props.def) or that value of it (loss_value.c), and the value differs from the
// initial one, which is what an output that knows nothing of the property does anyway. The built-in
// sheet is not the author's, and -brv- properties speak to one output on purpose: both stay out.
// SPDX-License-Identifier: MIT
#include "style/loss.h"

#include "style/cascade.h"

static const char *const media_names[] = {
    [BRV_MEDIA_PDF] = "pdf",
    [BRV_MEDIA_DOCX] = "docx",
    [BRV_MEDIA_TEXT] = "text",
};

struct losses {
    const struct brv_stylesheets *sheets;
    enum brv_media media;
    bool has_pages;
    struct brv_loss *items; // by serial, so that the report follows the order of the sheets
    struct brv_sink *sink;
};

static void report(struct losses *losses, struct brv_span span, enum brv_extent extent,
                   bool is_part, brv_str name, brv_str note)
{
    (void)brv_report(losses->sink,
                     BRV_NOTE,
                     BRV_CODE_OUTPUT,
                     span,
                     "%s %s %s\"%" BRV_STR_F "\"%s%" BRV_STR_F "%s",
                     media_names[losses->media],
                     extent == BRV_EXTENT_DROPPED ? "drops" : "approximates",
                     is_part ? "parts of " : "",
                     BRV_STR_ARG(name),
                     note.len ? " (" : "",
                     BRV_STR_ARG(note),
                     note.len ? ")" : "");
}

// What a note of the table says about one output: of "Word: all or nothing; text: no" a part, any
// other note whole.
static brv_str note_for(const char *note, enum brv_media media)
{
    static const char *const labels[] = {
        [BRV_MEDIA_PDF] = "PDF: ",
        [BRV_MEDIA_DOCX] = "Word: ",
        [BRV_MEDIA_TEXT] = "text: ",
    };
    const brv_str whole = brv_str_from_cstr(note);
    bool has_labels = false;
    for (size_t i = 0; i < BRV_COUNT(labels); i++) {
        const brv_str label = brv_str_from_cstr(labels[i]);
        size_t at = brv_str_find(whole, 0, label);
        has_labels |= at < whole.len;
        if (i == (size_t)media && at < whole.len)
            return brv_str_slice(whole, at + label.len, brv_str_find_byte(whole, at, ';'));
    }
    return has_labels ? (brv_str){ 0 } : whole;
}

// ---- elements

static void note_loss(struct losses *losses, const struct brv_styled *styled,
                      const struct brv_css_property *property)
{
    const struct brv_css_declaration *winner = styled->trace->winners[property->id];
    if (!winner || winner->serial < losses->sheets->builtin_declaration_count ||
        property->type->equal(brv_css_field(styled->style, property),
                              brv_css_field(&losses->sheets->initial, property)))
        return;
    const enum brv_extent extent =
        brv_css_value_extent(styled, property, losses->media, losses->has_pages);
    struct brv_loss *loss = &losses->items[winner->serial];
    if (extent > loss->extent)
        *loss = (struct brv_loss){ winner, BRV_PLACE_ELEMENT, extent };
}

// The name before the colon: that of the property, or of the shorthand that set it.
static brv_str name_as_written(const struct losses *losses,
                               const struct brv_css_declaration *declaration)
{
    brv_str text = brv_span_text(brv_css_declaration_span(losses->sheets, declaration));
    return brv_str_trim(brv_str_slice(text, 0, brv_str_find_byte(text, 0, ':')));
}

// What was lost of one longhand among the declarations that a shorthand became; NULL: nothing.
static const struct brv_loss *longhand_loss(const struct losses *losses,
                                            const struct brv_loss *first,
                                            const struct brv_css_property *longhand)
{
    const struct brv_loss *end = losses->items + losses->sheets->declaration_count;
    for (const struct brv_loss *loss = first; loss < end; loss++) {
        if (!loss->declaration)
            continue;
        if (loss->declaration->offset != first->declaration->offset ||
            loss->declaration->file != first->declaration->file)
            break;
        if (loss->declaration->id == longhand->id)
            return loss;
    }
    return NULL;
}

// A shorthand is lost in part when the output does better by another of its longhands.
static void report_shorthand(struct losses *losses, const struct brv_loss *first,
                             const struct brv_css_shorthand *shorthand)
{
    struct brv_css_expansion longhands;
    enum brv_extent worst = BRV_EXTENT_HONOURED;
    enum brv_extent best = BRV_EXTENT_DROPPED;
    brv_css_shorthand_longhands(shorthand, &longhands);
    for (size_t i = 0; i < longhands.count; i++) {
        const struct brv_css_property *longhand = longhands.properties[i];
        const struct brv_loss *loss = longhand_loss(losses, first, longhand);
        enum brv_extent extent =
            loss ? loss->extent : brv_css_extent(longhand, losses->media, first->place);
        worst = loss && extent > worst ? extent : worst;
        best = extent < best ? extent : best;
    }
    report(losses,
           brv_css_declaration_span(losses->sheets, first->declaration),
           worst,
           best < worst,
           shorthand->name,
           (brv_str){ 0 });
}

// The note says which values or elements the output knows.
static void report_longhand(struct losses *losses, const struct brv_loss *loss)
{
    const struct brv_css_property *property = brv_css_property_of(loss->declaration);
    brv_str note = { 0 };
    if (loss->place == BRV_PLACE_ELEMENT &&
        brv_css_extent(property, losses->media, loss->place) != BRV_EXTENT_DROPPED)
        note = note_for(property->note, losses->media);
    const struct brv_span span = brv_css_declaration_span(losses->sheets, loss->declaration);
    report(losses, span, loss->extent, false, property->name, note);
}

static void report_declarations(struct losses *losses)
{
    struct brv_span last = brv_span_none();
    for (size_t i = 0; i < losses->sheets->declaration_count; i++) {
        const struct brv_loss *loss = &losses->items[i];
        if (!loss->declaration)
            continue;
        const struct brv_span span = brv_css_declaration_span(losses->sheets, loss->declaration);
        const struct brv_css_shorthand *shorthand =
            brv_css_shorthand_find(name_as_written(losses, loss->declaration));
        if (!shorthand)
            report_longhand(losses, loss);
        else if (span.source != last.source || span.offset != last.offset)
            report_shorthand(losses, loss, shorthand); // its other longhands follow it
        last = span;
    }
}

static void report_rules(struct losses *losses, const struct brv_page_losses *pages)
{
    for (size_t i = 0; i < pages->count; i++) {
        const struct brv_page_loss *loss = &pages->items[i];
        report(losses,
               loss->span,
               loss->is_near ? BRV_EXTENT_APPROXIMATED : BRV_EXTENT_DROPPED,
               false,
               loss->name,
               loss->note);
    }
}

void brv_style_report_loss(const struct brv_styled *root, const struct brv_stylesheets *sheets,
                           enum brv_media media, bool has_pages, struct brv_sink *sink)
{
    struct brv_arena *arena = brv_arena_new();
    struct losses losses = {
        .sheets = sheets,
        .media = media,
        .has_pages = has_pages,
        .items = BRV_NEW_ARRAY(arena, struct brv_loss, sheets->declaration_count),
        .sink = sink,
    };
    const struct brv_styled *s = root;
    while (s) {
        for (int i = 0; s->trace && i < BRV_PROP_COUNT; i++)
            note_loss(&losses, s, brv_css_property((enum brv_css_property_id)i));
        if (s->first) {
            s = s->first;
            continue;
        }
        while (s != root && !s->next)
            s = s->parent;
        s = s == root ? NULL : s->next;
    }
    struct brv_page_losses pages = {
        .arena = arena,
        .sheets = sheets,
        .media = media,
        .root = root->style, // NOLINT: a tree has a root
        .declarations = losses.items,
    };
    brv_css_page_losses(&pages, has_pages);
    report_declarations(&losses);
    report_rules(&losses, &pages);
    brv_arena_free(arena);
}
