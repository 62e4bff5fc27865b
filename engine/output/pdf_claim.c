// Brevier — what keeps a PDF from the standards it is meant for.
// SPDX-License-Identifier: MIT
//
// Everything that PDF/A and PDF/UA ask for holds by construction, but for what the content decides:
// glyphs that a font lacks, figures without a description, headings that skip a level, elements
// that a sheet took from where they belong, a language that is none. A document that falls short of
// a standard that was asked for is an error at each such place. When nobody asked, the file claims
// what is left, and says why.
#include "output/pdf_nesting.h"

struct claim {
    struct brv_pdf *pdf;
    bool is_structured;               // the standard asks for tags that mean something
    struct brv_pdf_standard standard; // what is still true
    brv_str reason;                   // the first that lowered it
};

// A fault of structure: without it the text stays archivable.
static void claim_lower(struct claim *claim, brv_str reason)
{
    claim->standard.is_ua = false;
    if (claim->standard.level == 'A')
        claim->standard.level = 'U';
    if (claim->reason.len == 0)
        claim->reason = reason;
}

static enum brv_severity claim_severity(const struct claim *claim)
{
    return claim->pdf->job->options.standard.is_named ? BRV_ERROR : BRV_WARNING;
}

// ---- what content decides

// A fault of structure is told in any case.
static enum brv_severity structure_severity(const struct claim *claim)
{
    return claim->is_structured ? claim_severity(claim) : BRV_WARNING;
}

static void check_heading(struct claim *claim, const struct brv_tag *tag, int level, int before)
{
    const struct brv_span span = tag->node ? tag->node->span : brv_span_none();
    const enum brv_severity severity = structure_severity(claim);
    if (before)
        brv_report(claim->pdf->sink,
                   severity,
                   BRV_CODE_OUTPUT,
                   span,
                   "a heading of level %d follows one of level %d, expected level %d",
                   level,
                   before,
                   before + 1);
    else
        brv_report(claim->pdf->sink,
                   severity,
                   BRV_CODE_OUTPUT,
                   span,
                   "the first heading is of level %d, expected a title of level 1",
                   level);
    claim_lower(claim, BRV_S("a heading skips a level"));
}

// A missing description was told where the picture was bound, unless a standard makes it an error.
static void check_figure(struct claim *claim, const struct brv_tag *tag)
{
    if (tag->alt.len > 0)
        return;
    if (structure_severity(claim) == BRV_ERROR)
        brv_report(claim->pdf->sink,
                   BRV_ERROR,
                   BRV_CODE_OUTPUT,
                   tag->node ? tag->node->span : brv_span_none(),
                   "a figure has no description, which the standard asks for");
    claim_lower(claim, BRV_S("a figure has no description"));
}

static void check_nesting(struct claim *claim, const struct brv_tag *tag)
{
    brv_str fault = brv_pdf_nesting_fault(claim->pdf, tag);
    if (fault.len == 0)
        return;
    if (structure_severity(claim) == BRV_ERROR) {
        struct brv_diag *diag =
            brv_report(claim->pdf->sink,
                       BRV_ERROR,
                       BRV_CODE_OUTPUT,
                       tag->node ? tag->node->span : brv_span_none(),
                       "in the structure, %" BRV_STR_F ", which the standard does not allow",
                       BRV_STR_ARG(fault));
        brv_diag_hint(claim->pdf->sink,
                      diag,
                      "see what the sheet says of \"display\", \"float\" and \"-brv-tag\" there");
    }
    claim_lower(claim,
                brv_arena_printf(claim->pdf->arena,
                                 "elements stand where they may not (%" BRV_STR_F ")",
                                 BRV_STR_ARG(fault)));
}

static void check_structure(struct claim *claim)
{
    int level = 0;
    for (const struct brv_tag *tag = claim->pdf->pages->root; tag; tag = brv_pdf_tag_next(tag)) {
        if (strcmp(tag->type, "Figure") == 0 || strcmp(tag->type, "Formula") == 0)
            check_figure(claim, tag);
        check_nesting(claim, tag);
        if (tag->type[0] == 'H' && brv_is_digit(tag->type[1])) {
            int next = tag->type[1] - '0';
            if (next > level + 1)
                check_heading(claim, tag, next, level);
            level = next;
        }
    }
}

static void check_language(struct claim *claim)
{
    if (!brv_pdf_is_language(claim->pdf->job->document->lang))
        claim_lower(claim, BRV_S("the document's language is no language tag"));
}

// What a document need not say, but one of a named standard must.
static void check_named(const struct claim *claim)
{
    const struct brv_document *document = claim->pdf->job->document;
    static const char *const keys[] = { "title", "lang" };
    const bool is_given[] = {
        document->title.len > 0,
        brv_document_meta(document, BRV_S("lang")) && brv_pdf_is_language(document->lang),
    };
    for (size_t i = 0; i < BRV_COUNT(keys); i++) {
        if (is_given[i])
            continue;
        struct brv_span span = document->first ? document->first->span : brv_span_none();
        struct brv_diag *diag = brv_report(claim->pdf->sink,
                                           BRV_ERROR,
                                           BRV_CODE_OUTPUT,
                                           span,
                                           "the document tells no %s, which the standard asks for",
                                           i == 0 ? "title" : "language");
        brv_diag_hint(claim->pdf->sink, diag, "write \"%s: …\" in the front matter", keys[i]);
    }
}

// PDF/A-3 wants the date of an attached file, and nothing but the document or the user tells one.
static void check_attachments(struct claim *claim)
{
    const struct brv_output_options *options = &claim->pdf->job->options;
    if (options->attachment_count == 0 || options->date >= 0 || !claim->standard.part)
        return;
    if (claim_severity(claim) == BRV_ERROR) {
        struct brv_diag *diag = brv_report(claim->pdf->sink,
                                           BRV_ERROR,
                                           BRV_CODE_OUTPUT,
                                           brv_span_none(),
                                           "attached files have no date, which the standard asks "
                                           "for");
        brv_diag_hint(
            claim->pdf->sink, diag, "give --date, or write \"date: …\" in the front matter");
    }
    claim->standard.part = 0;
    if (claim->reason.len == 0)
        claim->reason = BRV_S("attached files have no date");
}

static void check_glyphs(struct claim *claim)
{
    if (!claim->pdf->has_notdef)
        return;
    if (claim_severity(claim) == BRV_ERROR)
        brv_report(claim->pdf->sink,
                   BRV_ERROR,
                   BRV_CODE_OUTPUT,
                   brv_span_none(),
                   "a character has no glyph, which the standard asks for");
    claim->reason = BRV_S("a character has no glyph");
    claim->standard = (struct brv_pdf_standard){ 0 };
}

// ---- exported

struct brv_pdf_standard brv_pdf_claim(struct brv_pdf *pdf)
{
    const struct brv_pdf_standard *named = &pdf->job->options.standard;
    struct claim claim = { .pdf = pdf, .standard = *named };
    if (!named->is_named)
        claim.standard = brv_pdf_standard_usual(pdf->job->options.attachment_count > 0);
    const struct brv_pdf_standard wanted = claim.standard;
    claim.is_structured = wanted.level == 'A' || wanted.is_ua;
    check_structure(&claim);
    if (!wanted.part && !wanted.is_ua)
        return wanted;
    if (claim.is_structured) {
        check_language(&claim);
        if (named->is_named)
            check_named(&claim);
    }
    check_attachments(&claim);
    check_glyphs(&claim);
    if (claim.reason.len > 0 && !named->is_named) {
        const struct brv_pdf_standard *left = &claim.standard;
        brv_str text = brv_pdf_standard_text(pdf->arena, left);
        if (text.len == 0)
            text = BRV_S("no standard");
        brv_str usual = brv_pdf_standard_text(pdf->arena, &wanted);
        brv_report(pdf->sink,
                   BRV_NOTE,
                   BRV_CODE_OUTPUT,
                   brv_span_none(),
                   "the PDF claims %" BRV_STR_F " instead of %" BRV_STR_F ": %" BRV_STR_F,
                   BRV_STR_ARG(text),
                   BRV_STR_ARG(usual),
                   BRV_STR_ARG(claim.reason));
    }
    return claim.standard;
}
