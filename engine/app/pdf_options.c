// Brevier — the options that concern PDF alone: standards, attachments, and a password refused.
// SPDX-License-Identifier: MIT
#include "app/pdf_options.h"

#include "app/attachment.h"
#include "base/file.h"
#include "base/hash.h"

enum { ATTACHMENT_BYTES_MAX = 64 << 20 };

static enum brv_status standard_parse(struct brv_cli *cli, brv_str value)
{
    brv_str name = { 0 };
    if (brv_pdf_standard_parse(value, &cli->pdf_standard, &name))
        return BRV_OK;
    for (size_t i = 0; i < brv_pdf_standard_count; i++) {
        if (!brv_str_is(name, brv_pdf_standard_names[i]))
            continue;
        brv_cli_fault(cli,
                      "--pdf-standard cannot join \"%" BRV_STR_F "\" with the others, expected one "
                      "of PDF/A and ua-1, or none alone",
                      BRV_STR_ARG(name));
        return BRV_FAILED;
    }
    struct brv_diag *diag =
        brv_report(cli->sink,
                   BRV_ERROR,
                   BRV_CODE_USAGE,
                   brv_span_none(),
                   "--pdf-standard does not know \"%" BRV_STR_F
                   "\", expected a-2a, a-2u, a-2b, a-3a, a-3u, a-3b, ua-1 or none",
                   BRV_STR_ARG(name));
    brv_diag_hint_nearest(cli->sink, diag, name, brv_pdf_standard_names, brv_pdf_standard_count);
    return BRV_FAILED;
}

enum brv_status brv_pdf_option_apply(struct brv_cli *cli, brv_str name, brv_str value)
{
    if (brv_str_is(name, "pdf-standard"))
        return standard_parse(cli, value);
    if (brv_str_is(name, "attach")) {
        brv_cli_list_add(cli, &cli->attach, value);
        return BRV_OK;
    }
    brv_cli_fault(cli,
                  "a PDF cannot be given a password here: AES-256 is not available, and the older "
                  "ciphers would protect nothing; encrypt the finished file with a tool of your "
                  "own");
    return BRV_FAILED;
}

// ---- attached files

// "FILE:relationship"; a colon may also be part of the file's name.
static enum brv_status attachment_split(struct brv_cli *cli, brv_str value, brv_str *path,
                                        brv_str *relationship)
{
    *path = value;
    *relationship = brv_attachment_relationship((brv_str){ 0 });
    size_t colon = value.len;
    for (size_t i = 0; i < value.len; i++)
        if (value.ptr[i] == ':')
            colon = i;
    if (colon == value.len || brv_file_exists(value))
        return BRV_OK;
    brv_str word = brv_str_slice(value, colon + 1, value.len);
    brv_str known = word.len > 0 ? brv_attachment_relationship(word) : word;
    if (known.len > 0) {
        *path = brv_str_slice(value, 0, colon);
        *relationship = known;
        return BRV_OK;
    }
    struct brv_diag *diag = brv_report(cli->sink,
                                       BRV_ERROR,
                                       BRV_CODE_USAGE,
                                       brv_span_none(),
                                       "--attach does not know the relationship \"%" BRV_STR_F
                                       "\", expected source, data, alternative, supplement or "
                                       "unspecified",
                                       BRV_STR_ARG(word));
    brv_diag_hint_nearest(
        cli->sink, diag, word, brv_attachment_relationships, brv_attachment_relationship_count);
    return BRV_FAILED;
}

static enum brv_status attachment_read(struct brv_cli *cli, brv_str value,
                                       struct brv_attachment *attachment)
{
    brv_str path;
    if (attachment_split(cli, value, &path, &attachment->relationship))
        return BRV_FAILED;
    attachment->name = brv_attachment_name(cli->arena, path);
    attachment->type = brv_str_from_cstr(brv_attachment_type(attachment->name));
    return brv_file_read(
        cli->arena, path, ATTACHMENT_BYTES_MAX, BRV_CODE_INPUT, &attachment->bytes, cli->sink);
}

static enum brv_status attachments_read(struct brv_cli *cli)
{
    struct brv_map names = { .arena = cli->arena };
    cli->attachments = BRV_NEW_ARRAY(cli->arena, struct brv_attachment, cli->attach.count);
    for (size_t i = 0; i < cli->attach.count; i++) {
        struct brv_attachment *attachment = &cli->attachments[i];
        if (attachment_read(cli, cli->attach.items[i], attachment))
            return BRV_FAILED;
        void **slot = brv_map_at(&names, attachment->name);
        if (*slot) {
            brv_cli_fault(cli,
                          "two attached files are called \"%" BRV_STR_F "\"",
                          BRV_STR_ARG(attachment->name));
            return BRV_FAILED;
        }
        *slot = attachment;
    }
    return BRV_OK;
}

enum brv_status brv_pdf_options_settle(struct brv_cli *cli, const struct brv_output *output)
{
    if (output->media != BRV_MEDIA_PDF && (cli->pdf_standard.is_named || cli->attach.count > 0)) {
        brv_cli_fault(cli,
                      "--%s is for PDF, and the output is %s",
                      cli->attach.count > 0 ? "attach" : "pdf-standard",
                      output->name);
        return BRV_FAILED;
    }
    if (cli->attach.count > 0 && cli->pdf_standard.part == 2) {
        brv_cli_fault(cli,
                      "PDF/A-2 does not admit attached files of any kind, use --pdf-standard a-3%c",
                      brv_to_lower(cli->pdf_standard.level));
        return BRV_FAILED;
    }
    return attachments_read(cli);
}
