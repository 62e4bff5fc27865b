// Brevier — what Word wants to know of a language.
// SPDX-License-Identifier: MIT
#include "output/docx_styles.h"

#include "base/direction.h"

brv_str brv_docx_lang(brv_str lang)
{
    static const char *const rows[][2] = {
        { "en", "en-US" }, { "de", "de-DE" }, { "fr", "fr-FR" }, { "es", "es-ES" },
        { "it", "it-IT" }, { "pt", "pt-PT" }, { "nl", "nl-NL" }, { "pl", "pl-PL" },
        { "cs", "cs-CZ" }, { "sv", "sv-SE" }, { "da", "da-DK" }, { "fi", "fi-FI" },
        { "el", "el-GR" }, { "ru", "ru-RU" }, { "uk", "uk-UA" }, { "tr", "tr-TR" },
        { "ar", "ar-SA" }, { "he", "he-IL" }, { "fa", "fa-IR" }, { "ur", "ur-PK" },
        { "hi", "hi-IN" }, { "th", "th-TH" }, { "zh", "zh-CN" }, { "ja", "ja-JP" },
        { "ko", "ko-KR" },
    };
    for (size_t i = 0; i < BRV_COUNT(rows); i++) {
        if (brv_str_is_nocase(lang, rows[i][0])) {
            return brv_str_from_cstr(rows[i][1]);
        }
    }
    return lang.len > 0 ? lang : BRV_S("en-US");
}

static bool is_one_of(brv_str lang, const char *const *names, size_t count)
{
    brv_str primary = brv_str_slice(lang, 0, brv_str_find_byte(lang, 0, '-'));
    for (size_t i = 0; i < count; i++) {
        if (brv_str_is_nocase(primary, names[i])) {
            return true;
        }
    }
    return false;
}

bool brv_docx_lang_is_east_asian(brv_str lang)
{
    static const char *const names[] = { "zh", "ja", "ko" };
    return is_one_of(lang, names, BRV_COUNT(names));
}

bool brv_docx_lang_is_complex(brv_str lang)
{
    static const char *const names[] = { "hi", "th", "bn", "ta", "te", "ml", "kn",
                                         "gu", "pa", "or", "mr", "ne", "sa", "as",
                                         "si", "km", "lo", "my", "bo", "dz", "ku" };
    return brv_lang_is_rtl(lang) || is_one_of(lang, names, BRV_COUNT(names));
}

bool brv_docx_lang_has_decimal_comma(brv_str lang)
{
    static const char *const names[] = {
        "af", "az", "be", "bg", "bs", "ca", "cs", "da", "de", "el", "es", "et", "eu", "fi", "fr",
        "gl", "hr", "hu", "hy", "id", "is", "it", "ka", "kk", "lt", "lv", "mk", "nb", "nl", "nn",
        "no", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "tr", "uk", "uz", "vi",
    };
    static const char *const others[] = {
        // where these write a point
        "de-CH", "de-LI", "it-CH", "es-DO", "es-GT", "es-HN", "es-MX",
        "es-NI", "es-PA", "es-PE", "es-PR", "es-SV", "es-US",
    };
    for (size_t i = 0; i < BRV_COUNT(others); i++) {
        if (brv_str_is_nocase(lang, others[i])) {
            return false;
        }
    }
    return is_one_of(lang, names, BRV_COUNT(names)) || brv_str_is_nocase(lang, "en-ZA");
}
