// Brevier — the part of a Word package that says how lists and headings are numbered.
// SPDX-License-Identifier: MIT
#include "output/docx_numbering.h"
#include "output/docx_styles.h"
#include "output/docx_template.h"
#include "output/docx_xml.h"

enum { STEP = 360 }; // of the indent of a level that no list has used

static const char *number_format(enum brv_list_style style)
{
    switch (style) {
    case BRV_LIST_DECIMAL:
        return "decimal";
    case BRV_LIST_DECIMAL_LEADING_ZERO:
        return "decimalZero";
    case BRV_LIST_LOWER_ALPHA:
        return "lowerLetter";
    case BRV_LIST_UPPER_ALPHA:
        return "upperLetter";
    case BRV_LIST_LOWER_ROMAN:
        return "lowerRoman";
    case BRV_LIST_UPPER_ROMAN:
        return "upperRoman";
    case BRV_LIST_NONE:
        return "none";
    case BRV_LIST_DISC:
    case BRV_LIST_CIRCLE:
    case BRV_LIST_SQUARE:
    case BRV_LIST_STRING:
        break;
    }
    return "bullet";
}

// A level that no list has used: what a Word user gets by pressing Tab.
static struct docx_level usual_level(const struct docx *docx, const struct docx_abstract *abstract,
                                     int at)
{
    static const brv_str bullets[] = { BRV_S_INIT("•"), BRV_S_INIT("◦"), BRV_S_INIT("▪") };
    static const enum brv_list_style numbers[] = { BRV_LIST_DECIMAL,
                                                   BRV_LIST_LOWER_ALPHA,
                                                   BRV_LIST_LOWER_ROMAN };
    struct docx_level level;
    memset(&level, 0, sizeof level);
    if (abstract->kind == DOCX_HEADING_NUMBERS) {
        level.style = BRV_LIST_NONE;
        level.suffix = DOCX_SUFFIX_NONE;
        return level;
    }
    level.left = (at + 1) * STEP;
    level.hanging = STEP;
    for (int i = at; i >= 0; i--) {
        if (abstract->is_set[i]) {
            level.left = abstract->levels[i].left + (at - i) * STEP;
            break;
        }
    }
    if (abstract->kind == DOCX_LIST_NUMBERS) {
        level.style = numbers[at % 3];
        level.text = brv_arena_printf(docx->arena, "%%%d.", at + 1);
    } else {
        level.style = BRV_LIST_STRING;
        level.text = bullets[at % 3];
    }
    return level;
}

static void write_level(const struct docx *docx, const struct docx_abstract *abstract, int at,
                        struct brv_buf *out)
{
    struct docx_level level =
        abstract->is_set[at] ? abstract->levels[at] : usual_level(docx, abstract, at);
    brv_buf_add_cstr(out, "<w:lvl");
    brv_xml_attr_int(out, "w:ilvl", at);
    brv_buf_add_byte(out, '>');
    brv_xml_val_int(out, "w:start", level.start > 0 ? level.start : 1);
    brv_xml_val(out, "w:numFmt", number_format(level.style));
    if (level.goes_on) {
        brv_xml_val_int(out, "w:lvlRestart", 0);
    }
    if (level.paragraph_style) {
        brv_xml_val_str(out, "w:pStyle", level.paragraph_style->id);
    }
    if (level.is_legal) {
        brv_buf_add_cstr(out, "<w:isLgl/>");
    }
    if (level.suffix != DOCX_SUFFIX_TAB) {
        brv_xml_val(out, "w:suff", level.suffix == DOCX_SUFFIX_SPACE ? "space" : "nothing");
    }
    brv_xml_val_str(out, "w:lvlText", level.text);
    brv_buf_add_cstr(out, "<w:lvlJc w:val=\"left\"/><w:pPr>");
    if (level.hanging > 0) {
        brv_buf_add_cstr(out, "<w:tabs><w:tab w:val=\"num\"");
        brv_xml_attr_int(out, "w:pos", level.left);
        brv_buf_add_cstr(out, "/></w:tabs>");
    }
    brv_buf_add_cstr(out, "<w:ind");
    brv_xml_attr_int(out, "w:left", level.left);
    brv_xml_attr_int(out, "w:hanging", level.hanging);
    brv_buf_add_cstr(out, "/></w:pPr>");
    if (level.run.members != 0) {
        brv_buf_add_cstr(out, "<w:rPr>");
        brv_docx_write_run_members(
            docx, out, &level.run.format, level.run.members, DOCX_RUN_OF_TEXT);
        brv_buf_add_cstr(out, "</w:rPr>");
    }
    brv_buf_add_cstr(out, "</w:lvl>");
}

// The numbering of a later list has the one level that it uses; the first of a kind has all, for
// whoever goes on writing.
static int level_count(const struct docx_abstract *abstract)
{
    bool is_single =
        abstract->kind == DOCX_LIST_NUMBERS && abstract->is_set[0] && !abstract->is_whole;
    for (int at = 1; at < DOCX_LIST_LEVELS; at++) {
        is_single &= !abstract->is_set[at];
    }
    return is_single ? 1 : DOCX_LIST_LEVELS;
}

bool brv_docx_has_numbering(const struct docx *docx)
{
    return docx->first_num || (docx->template && docx->template->numbering);
}

void brv_docx_write_numbering(const struct docx *docx, struct brv_buf *out)
{
    brv_buf_add_cstr(out, BRV_XML_DECLARATION "<w:numbering xmlns:w=\"" DOCX_MAIN_NAMESPACE "\">");
    const struct docx_template *template = docx->template;
    for (const struct docx_abstract *abstract = docx->first_abstract; abstract;
         abstract = abstract->next) {
        int levels = level_count(abstract);
        brv_buf_printf(out,
                       "<w:abstractNum w:abstractNumId=\"%d\">"
                       "<w:multiLevelType w:val=\"%s\"/>",
                       abstract->id,
                       levels == 1                              ? "singleLevel"
                       : abstract->kind == DOCX_HEADING_NUMBERS ? "multilevel"
                                                                : "hybridMultilevel");
        for (int at = 0; at < levels; at++) {
            write_level(docx, abstract, at, out);
        }
        brv_buf_add_cstr(out, "</w:abstractNum>");
    }
    if (template) {
        brv_docx_template_write_numbering(template, "w:abstractNum", out);
    }
    for (const struct docx_num *num = docx->first_num; num; num = num->next) {
        brv_buf_printf(out, "<w:num w:numId=\"%d\">", num->id);
        brv_xml_val_int(out, "w:abstractNumId", num->abstract->id);
        if (num->start >= 0) {
            brv_buf_printf(out, "<w:lvlOverride w:ilvl=\"%d\">", num->level);
            brv_xml_val_int(out, "w:startOverride", num->start);
            brv_buf_add_cstr(out, "</w:lvlOverride>");
        }
        brv_buf_add_cstr(out, "</w:num>");
    }
    if (template) {
        brv_docx_template_write_numbering(template, "w:num", out);
    }
    brv_buf_add_cstr(out, "</w:numbering>");
}
