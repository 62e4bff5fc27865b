// Brevier — what a PDF promises: the parts of PDF/A and PDF/UA, and the files attached to it.
// SPDX-License-Identifier: MIT
#include "output/pdf_standard.h"

#include "base/file.h"

const char *const brv_pdf_standard_names[] = {
    "a-2a", "a-2u", "a-2b", "a-3a", "a-3u", "a-3b", "ua-1", "none",
};
const size_t brv_pdf_standard_count = BRV_COUNT(brv_pdf_standard_names);

const char *const brv_attachment_relationships[] = {
    "Source", "Data", "Alternative", "Supplement", "Unspecified",
};
const size_t brv_attachment_relationship_count = BRV_COUNT(brv_attachment_relationships);

static const struct {
    const char *suffix;
    const char *type;
} attachment_types[] = {
    { "csv", "text/csv" },
    { "css", "text/css" },
    { "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
    { "html", "text/html" },
    { "jpg", "image/jpeg" },
    { "jpeg", "image/jpeg" },
    { "json", "application/json" },
    { "md", "text/markdown" },
    { "pdf", "application/pdf" },
    { "png", "image/png" },
    { "rules", "text/plain" },
    { "stix", "application/stix+json" },
    { "txt", "text/plain" },
    { "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
    { "xml", "application/xml" },
    { "yaml", "application/yaml" },
    { "yml", "application/yaml" },
    { "yar", "text/plain" },
    { "yara", "text/plain" },
    { "zip", "application/zip" },
};

struct brv_pdf_standard brv_pdf_standard_usual(bool has_attachments)
{
    return (struct brv_pdf_standard){
        .part = has_attachments ? 3 : 2,
        .level = 'A',
        .is_ua = true,
    };
}

static bool is_name(brv_str text)
{
    for (size_t i = 0; i < brv_pdf_standard_count; i++)
        if (brv_str_is(text, brv_pdf_standard_names[i]))
            return true;
    return false;
}

bool brv_pdf_standard_parse(brv_str text, struct brv_pdf_standard *standard, brv_str *unknown)
{
    *standard = (struct brv_pdf_standard){ .is_named = true };
    for (size_t at = 0; at <= text.len;) {
        size_t end = brv_str_find_byte(text, at, ',');
        brv_str name = brv_str_trim(brv_str_slice(text, at, end));
        at = end + 1;
        *unknown = name;
        bool is_archive = brv_str_starts_with(name, BRV_S("a-"));
        if (!is_name(name) || (is_archive && standard->part))
            return false;
        if (brv_str_is(name, "none"))
            return text.len == name.len;
        if (is_archive) {
            standard->part = name.ptr[2] - '0';
            standard->level = (char)(name.ptr[3] - ('a' - 'A'));
        } else {
            standard->is_ua = true;
        }
    }
    return true;
}

brv_str brv_pdf_standard_text(struct brv_arena *arena, const struct brv_pdf_standard *standard)
{
    const char *ua = standard->is_ua ? "PDF/UA-1" : "";
    if (!standard->part)
        return brv_str_from_cstr(ua);
    return brv_arena_printf(arena,
                            "PDF/A-%d%c%s%s",
                            standard->part,
                            brv_to_lower(standard->level),
                            standard->is_ua ? " and " : "",
                            ua);
}

const char *brv_attachment_type(brv_str name)
{
    brv_str suffix = brv_path_extension(name);
    for (size_t i = 0; i < BRV_COUNT(attachment_types); i++)
        if (brv_str_is_nocase(suffix, attachment_types[i].suffix))
            return attachment_types[i].type;
    return "application/octet-stream";
}
