// Brevier — documents made of dice, for tests of what pages look like.
// SPDX-License-Identifier: MIT
#include "prose.h"

struct dice {
    uint32_t state;
};

static uint32_t roll(struct dice *dice, uint32_t sides)
{
    dice->state = dice->state * 1664525u + 1013904223u;
    return (dice->state >> 8) % sides;
}

// In running text most words are short.
static const char short_words[] =
    "the a of and to in for with on by from as at is was are were its their that which not but or "
    "after before within";
static const char long_words[] =
    "file mail site user host port data week month team role plan step test list call year group "
    "phone office south paper point analyst attackers campaign certificate communication "
    "compromised "
    "connection controller credentials customers delivery deployment detection encrypted "
    "environment "
    "evidence exfiltration infrastructure intelligence investigation malicious management "
    "monitoring "
    "network notification operators organisation outage password persistence process production "
    "provider published quickly ransomware recovery registered remained report researchers "
    "responsibility scheduled sensitive server several severity signature supplier system "
    "temporary "
    "transmission unauthorised update vulnerability weeks workstation “rotated” (unconfirmed) "
    "two-factor 1,180 CVE-2026-1187 2026-03-14 46";

static brv_str pick_word(struct dice *dice, const char *list)
{
    brv_str words = brv_str_from_cstr(list);
    size_t from = roll(dice, (uint32_t)words.len);
    while (from > 0 && words.ptr[from - 1] != ' ') {
        from--;
    }
    return brv_str_slice(words, from, brv_str_find_byte(words, from, ' '));
}

static const char *const indicators[] = {
    "`9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08`",
    "`https://cdn.example.org/share/7f3a9c/update_2026-07.bin?session=0d41f7a2b9`",
    "`HKEY_LOCAL_MACHINE\\Software\\Microsoft\\Windows\\CurrentVersion\\Run\\Updater`",
    "`C:\\Users\\Public\\Libraries\\Transport\\client-helper.exe`",
    "`2001:db8:85a3:8d3:1319:8a2e:370:7348`",
    "`198.51.100.73`",
};

static void add_sentence(struct dice *dice, struct brv_buf *out)
{
    uint32_t count = 5 + roll(dice, 22);
    for (uint32_t i = 0; i < count; i++) {
        brv_buf_add_cstr(out, i > 0 ? " " : "");
        if (roll(dice, 200) == 0) {
            brv_buf_add_cstr(out, indicators[roll(dice, BRV_COUNT(indicators))]);
        } else {
            brv_buf_add_str(out, pick_word(dice, roll(dice, 5) < 3 ? short_words : long_words));
            brv_buf_add_cstr(out, i + 1 < count && roll(dice, 14) == 0 ? "," : "");
        }
    }
    brv_buf_add_cstr(out, ". ");
}

static void add_sentences(struct dice *dice, struct brv_buf *out, uint32_t most)
{
    for (uint32_t i = 1 + roll(dice, most); i > 0; i--) {
        add_sentence(dice, out);
    }
}

static void add_block(struct dice *dice, struct brv_buf *out)
{
    switch (roll(dice, 8)) {
    case 0:
        brv_buf_add_cstr(out, roll(dice, 2) ? "## " : "### ");
        brv_buf_add_str(out, pick_word(dice, long_words));
        brv_buf_add_cstr(out, "\n\n");
        add_sentences(dice, out, 5);
        break;
    case 1:
        for (uint32_t i = 2 + roll(dice, 6); i > 0; i--) {
            brv_buf_add_cstr(out, "- ");
            add_sentences(dice, out, 2);
            brv_buf_add_cstr(out, "\n");
        }
        break;
    case 2:
        brv_buf_add_cstr(out, "| Type | Value | Note |\n|---|---|---|\n");
        for (uint32_t i = 2 + roll(dice, 12); i > 0; i--) {
            brv_buf_add_cstr(out, "| ");
            brv_buf_add_str(out, pick_word(dice, long_words));
            brv_buf_add_cstr(out, " | ");
            brv_buf_add_cstr(out, indicators[roll(dice, BRV_COUNT(indicators))]);
            brv_buf_add_cstr(out, " | ");
            add_sentence(dice, out);
            brv_buf_add_cstr(out, "|\n");
        }
        break;
    case 3:
        brv_buf_add_cstr(out, "> ");
        add_sentences(dice, out, 3);
        break;
    default:
        add_sentences(dice, out, 7);
        break;
    }
    brv_buf_add_cstr(out, "\n\n");
}

brv_str prose_document(struct fixture *fixture, uint32_t number)
{
    struct dice dice = { .state = number * 2654435761u + 1 };
    struct brv_buf *out = brv_buf_new_in(fixture->arena);
    for (uint32_t blocks = 5 + roll(&dice, 20); blocks > 0; blocks--) {
        add_block(&dice, out);
    }
    return brv_buf_str(out);
}
