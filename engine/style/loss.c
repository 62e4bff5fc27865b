// Brevier — what an output cannot honour of a sheet.
// A declaration is lost when it won for some element, the output does not honour its property (the
// `outputs` of props.def) and its value differs from the initial one, which is what an output that
// knows nothing of the property does anyway. The built-in sheet is not the author's, and -brv-
// properties speak to one output on purpose: both stay out.
// SPDX-License-Identifier: MIT
#include "style/cascade.h"

#include <stdlib.h>

static const char letters[] = {
    [BRV_MEDIA_PDF] = 'P', [BRV_MEDIA_DOCX] = 'W', [BRV_MEDIA_TEXT] = 'T'
};
static const char *const media_names[] = {
    [BRV_MEDIA_PDF] = "pdf",
    [BRV_MEDIA_DOCX] = "docx",
    [BRV_MEDIA_TEXT] = "text",
};

// Headers and footers have three parts each; the other margin boxes have no place in Word.
enum {
    BOXES_OF_WORD = 1 << BRV_BOX_TOP_LEFT | 1 << BRV_BOX_TOP_CENTER | 1 << BRV_BOX_TOP_RIGHT |
                    1 << BRV_BOX_BOTTOM_LEFT | 1 << BRV_BOX_BOTTOM_CENTER |
                    1 << BRV_BOX_BOTTOM_RIGHT,
};

enum extent { HONOURED, APPROXIMATED, DROPPED };

static enum extent extent_of(const struct brv_css_property *property, enum brv_media media)
{
    const char letter = letters[media];
    if (strchr(property->outputs, letter))
        return HONOURED;
    return strchr(property->outputs, letter - 'A' + 'a') ? APPROXIMATED : DROPPED;
}

struct losses {
    const struct brv_stylesheets *sheets;
    enum brv_media media;
    // The properties that the output does not honour, and what was lost of them: by serial, so that
    // the report follows the order of the sheets.
    const struct brv_css_property *properties[BRV_PROP_COUNT];
    size_t property_count;
    const struct brv_css_declaration **declarations;
    struct brv_sink *sink;
};

static void report(struct losses *losses, struct brv_span span, enum extent extent, bool is_part,
                   brv_str name, brv_str note)
{
    (void)brv_report(losses->sink,
                     BRV_NOTE,
                     BRV_CODE_OUTPUT,
                     span,
                     "%s %s %s\"%" BRV_STR_F "\"%s%" BRV_STR_F "%s",
                     media_names[losses->media],
                     extent == DROPPED ? "drops" : "approximates",
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

static void note_losses(struct losses *losses, const struct brv_styled *styled)
{
    const struct brv_style *initial = &losses->sheets->initial;
    for (size_t i = 0; i < losses->property_count; i++) {
        const struct brv_css_property *property = losses->properties[i];
        const struct brv_css_declaration *winner = styled->trace->winners[property->id];
        if (winner && winner->serial >= losses->sheets->builtin_declaration_count &&
            !property->type->equal(brv_css_field(styled->style, property),
                                   brv_css_field(initial, property)))
            losses->declarations[winner->serial] = winner;
    }
}

// The name before the colon: that of the property, or of the shorthand that set it.
static brv_str name_as_written(const struct brv_css_declaration *declaration)
{
    brv_str text = brv_span_text(declaration->span);
    return brv_str_trim(brv_str_slice(text, 0, brv_str_find_byte(text, 0, ':')));
}

// A shorthand is dropped when the output honours nothing of it.
static void report_shorthand(struct losses *losses, const struct brv_css_declaration *declaration,
                             const struct brv_css_shorthand *shorthand)
{
    struct brv_css_expansion longhands;
    enum extent worst = HONOURED;
    bool is_part = false;
    brv_css_shorthand_longhands(shorthand, &longhands);
    for (size_t i = 0; i < longhands.count; i++) {
        enum extent extent = extent_of(longhands.properties[i], losses->media);
        is_part |= i > 0 && extent != worst;
        worst = extent > worst ? extent : worst;
    }
    report(losses, declaration->span, worst, is_part, shorthand->name, (brv_str){ 0 });
}

static void report_declarations(struct losses *losses)
{
    struct brv_span last = brv_span_none();
    for (size_t i = 0; i < losses->sheets->declaration_count; i++) {
        const struct brv_css_declaration *declaration = losses->declarations[i];
        if (!declaration)
            continue;
        const struct brv_css_shorthand *shorthand =
            brv_css_shorthand_find(name_as_written(declaration));
        if (!shorthand) {
            enum extent extent = extent_of(declaration->property, losses->media);
            report(losses,
                   declaration->span,
                   extent,
                   false,
                   declaration->property->name,
                   extent == APPROXIMATED ? note_for(declaration->property->note, losses->media)
                                          : (brv_str){ 0 });
        } else if (declaration->span.source != last.source ||
                   declaration->span.offset != last.offset) { // its other longhands follow it
            report_shorthand(losses, declaration, shorthand);
        }
        last = declaration->span;
    }
}

// ---- pages

static int compare_orders(const void *a, const void *b)
{
    const struct brv_css_page_rule *x = *(const struct brv_css_page_rule *const *)a;
    const struct brv_css_page_rule *y = *(const struct brv_css_page_rule *const *)b;
    return x->order < y->order ? -1 : x->order > y->order;
}

static void report_boxes(struct losses *losses, const struct brv_css_page_rule *rule)
{
    for (int box = 0; box < BRV_BOX_COUNT; box++) {
        const struct brv_css_block *block = rule->boxes[box];
        if (!block || block->count == 0 || (BOXES_OF_WORD & 1 << box))
            continue;
        brv_str name = brv_arena_printf(
            losses->sink->arena, "@%s", brv_css_box_name((enum brv_margin_box)box));
        report(losses, block->items[0].span, DROPPED, false, name, (brv_str){ 0 });
    }
}

static void report_pages(struct losses *losses, struct brv_arena *arena)
{
    const struct brv_stylesheets *sheets = losses->sheets;
    const struct brv_css_page_rule **rules =
        BRV_NEW_ARRAY(arena, const struct brv_css_page_rule *, sheets->page_count);
    size_t count = 0;
    for (size_t i = 0; i < sheets->page_count; i++) {
        if (sheets->pages[i].origin == BRV_ORIGIN_AUTHOR &&
            (sheets->pages[i].media & 1u << losses->media))
            rules[count++] = &sheets->pages[i];
    }
    if (count == 0)
        return;
    qsort(rules, count, sizeof(const void *), compare_orders);
    const struct brv_css_block *last = NULL; // the selectors of one rule share its block
    for (size_t i = 0; i < count; i++) {
        if (rules[i]->block == last)
            continue;
        last = rules[i]->block;
        if (losses->media == BRV_MEDIA_TEXT)
            report(
                losses, rules[i]->span, DROPPED, false, BRV_S("@page"), BRV_S("text has no pages"));
        else if (losses->media == BRV_MEDIA_DOCX)
            report_boxes(losses, rules[i]);
    }
}

void brv_style_report_loss(const struct brv_styled *root, const struct brv_stylesheets *sheets,
                           enum brv_media media, struct brv_sink *sink)
{
    struct brv_arena *arena = brv_arena_new();
    struct losses losses = {
        .sheets = sheets,
        .media = media,
        .declarations =
            BRV_NEW_ARRAY(arena, const struct brv_css_declaration *, sheets->declaration_count),
        .sink = sink,
    };
    for (int i = 0; i < BRV_PROP_COUNT; i++) {
        const struct brv_css_property *property = brv_css_property((enum brv_css_property_id)i);
        if (extent_of(property, media) != HONOURED &&
            !brv_str_starts_with(property->name, BRV_S("-brv-")))
            losses.properties[losses.property_count++] = property;
    }
    const struct brv_styled *s = root;
    while (s) {
        if (s->trace)
            note_losses(&losses, s);
        if (s->first) {
            s = s->first;
            continue;
        }
        while (s != root && !s->next)
            s = s->parent;
        s = s == root ? NULL : s->next;
    }
    report_declarations(&losses);
    report_pages(&losses, arena);
    brv_arena_free(arena);
}
