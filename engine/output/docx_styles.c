// Brevier — named styles as XML.
// A style states only what differs from the one that it is based on.
// SPDX-License-Identifier: MIT
#include "output/docx_styles.h"

#include "output/docx_naming.h"
#include "output/docx_template.h"
#include "output/docx_theme.h"
#include "output/docx_xml.h"

static const struct {
    const char *priority;
    bool is_quick, is_builtin;
    enum docx_role follows;
} roles[] = {
#define ROLE(enumerator, type, name, priority, quick, builtin, follows)                            \
    { #priority, quick, builtin, DOCX_ROLE_##follows },
#include "output/docx_roles.def"
#undef ROLE
};

// ---- the part

// The style that has the name of its role; where the sheet calls all that is plain otherwise, the
// best of those.
static const struct docx_style *find_role(const struct docx *docx, enum docx_role role)
{
    const struct docx_style *called = NULL;
    for (const struct docx_style *style = docx->first_style; style; style = style->next) {
        if (style->role != role || style->base || style->level > 1 || style->is_odd) {
            continue;
        }
        if (style->wanted.len == 0) {
            return style;
        }
        called = called && !brv_docx_is_better(style, called) ? called : style;
    }
    return called;
}

// What the text of a paragraph style has and its base has not; a heading always has the theme's
// heading font.
static void write_paragraph_run(const struct docx *docx, struct brv_buf *out,
                                const struct docx_style *style, const struct docx_style *base)
{
    const struct docx_run_format *run = &style->paragraph.run;
    uint32_t members = brv_docx_run_delta(&base->paragraph.run, run).members;
    bool is_heading = style->role == DOCX_ROLE_TITLE || brv_docx_is_heading_role(style->role);
    if (is_heading && !style->base && docx->theme && docx->theme->major == run->font) {
        members |= DOCX_RUN_FONT;
    }
    brv_docx_write_run_format(
        docx, out, run, members, is_heading ? DOCX_RUN_OF_HEADING : DOCX_RUN_OF_TEXT);
}

static void write_style(const struct docx *docx, struct brv_buf *out,
                        const struct docx_style *style, const struct docx_style *const *heads)
{
    static const char *const types[] = { "paragraph", "character", "table" };
    bool is_plain = style->base == NULL && style->wanted.len == 0;
    brv_buf_add_cstr(out, "<w:style");
    brv_xml_attr(out, "w:type", brv_str_from_cstr(types[style->type]));
    bool is_own = style->base != NULL || style->wanted.len > 0 || !roles[style->role].is_builtin ||
                  !brv_str_is(style->name, brv_docx_role_name(style->role));
    int levels = style->role == DOCX_ROLE_TOC ? 9 : 5; // that Word has names for
    bool is_levelled = style->level > 1 || style->role == DOCX_ROLE_TOC;
    if (is_own && !(is_plain && is_levelled && style->level <= levels)) {
        brv_xml_attr(out, "w:customStyle", BRV_S("1"));
    }
    brv_xml_attr(out, "w:styleId", style->id);
    brv_buf_add_byte(out, '>');
    brv_xml_val_str(out, "w:name", style->name);
    const struct docx_style *base = style->base ? style->base : docx->normal;
    if (style->type == DOCX_PARAGRAPH_STYLE) {
        brv_xml_val_str(out, "w:basedOn", base->id);
        const struct docx_style *next =
            brv_docx_next_style(docx, style, roles[style->role].follows, heads);
        if (next) {
            brv_xml_val_str(out, "w:next", next->id);
        }
    } else {
        brv_str table_id = docx->template ? docx->template->table_id : (brv_str){ 0 };
        brv_str font_id = docx->template ? docx->template->font_id : (brv_str){ 0 };
        table_id = table_id.len > 0 ? table_id : BRV_S("TableNormal");
        font_id = font_id.len > 0 ? font_id : BRV_S("DefaultParagraphFont");
        brv_xml_val_str(out,
                        "w:basedOn",
                        style->type == DOCX_TABLE_STYLE ? table_id
                        : style->base                   ? base->id
                                                        : font_id);
    }
    brv_xml_val(out, "w:uiPriority", roles[style->role].priority);
    if (roles[style->role].is_quick || style->wanted.len > 0) {
        brv_buf_add_cstr(out, "<w:qFormat/>");
    }
    struct docx_paragraph_format from;
    switch (style->type) {
    case DOCX_PARAGRAPH_STYLE:
        from = docx->template ? brv_docx_template_base(docx, style) : base->paragraph;
        brv_docx_write_paragraph_format(docx, out, style, &from);
        write_paragraph_run(docx, out, style, base);
        break;
    case DOCX_CHARACTER_STYLE:
        brv_docx_write_run_format(
            docx, out, &style->run.format, brv_docx_own_members(style), DOCX_RUN_OF_CHARACTERS);
        break;
    case DOCX_TABLE_STYLE:
        brv_docx_write_table_format(docx, out, &style->table);
        break;
    }
    brv_buf_add_cstr(out, "</w:style>\n");
}

// What text without any style has beyond Word's own.
static uint32_t normal_members(const struct docx *docx)
{
    const struct docx_run_format *run = &docx->normal->paragraph.run;
    struct docx_run_format plain;
    memset(&plain, 0, sizeof plain);
    plain.shade = DOCX_NO_COLOR;
    plain.color = DOCX_NO_COLOR;
    return brv_docx_run_delta(&plain, run).members;
}

// What Normal would state no style of a table could change, so it stands here; but toggles, which
// nothing could take back from here.
static void write_defaults(const struct docx *docx, struct brv_buf *out)
{
    const struct docx_run_format *run = &docx->normal->paragraph.run;
    uint32_t members = normal_members(docx) | DOCX_RUN_FONT | DOCX_RUN_SIZE;
    brv_buf_add_cstr(out, "<w:docDefaults><w:rPrDefault><w:rPr>");
    brv_docx_write_run_members(
        docx, out, run, members & ~(uint32_t)DOCX_RUN_TOGGLES, DOCX_RUN_OF_TEXT);
    // One language for each kind of script: the document's own, Word's usual ones for the others.
    brv_str lang = brv_docx_lang(docx->lang);
    bool is_east_asian = brv_docx_lang_is_east_asian(lang);
    bool is_complex = brv_docx_lang_is_complex(lang);
    brv_buf_add_cstr(out, "<w:lang");
    brv_xml_attr(out, "w:val", is_east_asian || is_complex ? BRV_S("en-US") : lang);
    brv_xml_attr(out, "w:eastAsia", is_east_asian ? lang : BRV_S("zh-CN"));
    brv_xml_attr(out, "w:bidi", is_complex ? lang : BRV_S("ar-SA"));
    brv_buf_add_cstr(out, "/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>\n");
}

static void write_latent(struct brv_buf *out)
{
    // What a document does not define stays out of the pane until somebody uses it.
    brv_buf_add_cstr(out,
                     "<w:latentStyles w:defLockedState=\"0\" w:defUIPriority=\"99\" "
                     "w:defSemiHidden=\"1\" w:defUnhideWhenUsed=\"1\" w:defQFormat=\"0\" "
                     "w:count=\"376\">");
    for (int role = 0; role < DOCX_ROLE_COUNT; role++) {
        bool is_levelled = role == DOCX_ROLE_TOC;
        for (int level = 1; roles[role].is_builtin && level <= (is_levelled ? 9 : 1); level++) {
            const char *name = brv_docx_role_name((enum docx_role)role);
            brv_buf_add_cstr(out, "<w:lsdException w:name=\"");
            brv_buf_add_cstr(out, name);
            if (is_levelled) {
                brv_buf_printf(out, " %d", level);
            }
            brv_buf_add_byte(out, '"');
            brv_xml_attr(out, "w:uiPriority", brv_str_from_cstr(roles[role].priority));
            brv_buf_add_cstr(out,
                             roles[role].is_quick ? " w:semiHidden=\"0\" w:qFormat=\"1\"/>" : "/>");
        }
    }
    // Built-in names that no document of ours defines.
    brv_buf_add_cstr(out,
                     "<w:lsdException w:name=\"heading 7\" w:uiPriority=\"9\" w:qFormat=\"1\"/>"
                     "<w:lsdException w:name=\"heading 8\" w:uiPriority=\"9\" w:qFormat=\"1\"/>"
                     "<w:lsdException w:name=\"heading 9\" w:uiPriority=\"9\" w:qFormat=\"1\"/>"
                     "<w:lsdException w:name=\"Default Paragraph Font\" w:uiPriority=\"1\"/>");
    brv_buf_add_cstr(out, "</w:latentStyles>\n");
}

static void write_normal(const struct docx *docx, struct brv_buf *out)
{
    struct docx_paragraph_format nothing;
    memset(&nothing, 0, sizeof nothing);
    nothing.shade = DOCX_NO_COLOR;
    nothing.widow_control = 1;
    brv_buf_add_cstr(out,
                     "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\">"
                     "<w:name w:val=\"Normal\"/><w:qFormat/>");
    brv_docx_write_paragraph_format(docx, out, docx->normal, &nothing);
    brv_docx_write_run_format(docx,
                              out,
                              &docx->normal->paragraph.run,
                              normal_members(docx) & DOCX_RUN_TOGGLES,
                              DOCX_RUN_OF_TEXT);
    brv_buf_add_cstr(out, "</w:style>\n");
}

// What Word wants to have besides: the styles of text, tables and lists without any other.
static void write_plain(const struct docx *docx, struct brv_buf *out)
{
    const struct docx_template *template = docx->template;
    if (!template || template->font_id.len == 0) {
        brv_buf_add_cstr(
            out,
            "<w:style w:type=\"character\" w:default=\"1\" "
            "w:styleId=\"DefaultParagraphFont\"><w:name w:val=\"Default Paragraph Font\"/>"
            "<w:uiPriority w:val=\"1\"/><w:semiHidden/><w:unhideWhenUsed/></w:style>\n");
    }
    if (!template || template->table_id.len == 0) {
        brv_buf_add_cstr(out,
                         "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\">"
                         "<w:name w:val=\"Normal Table\"/><w:uiPriority w:val=\"99\"/>"
                         "<w:semiHidden/><w:unhideWhenUsed/><w:tblPr>"
                         "<w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar>"
                         "<w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"108\" w:type=\"dxa\"/>"
                         "<w:bottom w:w=\"0\" w:type=\"dxa\"/>"
                         "<w:right w:w=\"108\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr>"
                         "</w:style>\n");
    }
    if (!template || template->list_id.len == 0) {
        brv_buf_add_cstr(out,
                         "<w:style w:type=\"numbering\" w:default=\"1\" w:styleId=\"NoList\">"
                         "<w:name w:val=\"No List\"/><w:uiPriority w:val=\"99\"/><w:semiHidden/>"
                         "<w:unhideWhenUsed/></w:style>\n");
    }
}

// The styles of a role, those based on others or those that are not.
static void write_role(const struct docx *docx, struct brv_buf *out, enum docx_role role,
                       bool is_derived, const struct docx_style *const *heads)
{
    for (const struct docx_style *style = docx->first_style; style; style = style->next) {
        if (style->role == role && !style->is_adopted && !style->is_direct &&
            !(style->twin && style->type != DOCX_PARAGRAPH_STYLE) &&
            (style->base != NULL) == is_derived) {
            write_style(docx, out, style, heads);
        }
    }
}

void brv_docx_write_styles(const struct docx *docx, struct brv_buf *out)
{
    brv_buf_add_cstr(out, BRV_XML_DECLARATION "<w:styles xmlns:w=\"" DOCX_MAIN_NAMESPACE "\">\n");
    if (docx->template) {
        brv_docx_template_write_defaults(docx->template, out);
    } else {
        write_defaults(docx, out);
    }
    write_latent(out);
    if (docx->template) {
        brv_docx_template_write_styles(docx, out);
    } else {
        write_normal(docx, out);
    }
    write_plain(docx, out);
    const struct docx_style *heads[DOCX_ROLE_COUNT];
    for (int role = 0; role < DOCX_ROLE_COUNT; role++) {
        heads[role] = find_role(docx, (enum docx_role)role);
    }
    // A style before those based on it: LibreOffice inherits from what it has read.
    for (int role = 0; role < DOCX_ROLE_COUNT; role++) {
        write_role(docx, out, (enum docx_role)role, false, heads);
        if (brv_docx_role_type((enum docx_role)role) != DOCX_CHARACTER_STYLE) {
            write_role(docx, out, (enum docx_role)role, true, heads);
        }
    }
    for (int role = 0; role < DOCX_ROLE_COUNT; role++) { // these, on styles of another role
        if (brv_docx_role_type((enum docx_role)role) == DOCX_CHARACTER_STYLE) {
            write_role(docx, out, (enum docx_role)role, true, heads);
        }
    }
    brv_buf_add_cstr(out, "</w:styles>\n");
}
