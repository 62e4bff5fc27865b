// Brevier — words that the engine itself puts into a document.
// SPDX-License-Identifier: MIT
#include "model/words.h"

#include "base/macros.h"

// By language tag; a longer tag stands before its shorter ones.
static const struct brv_words words[] = {
    { "ar", "المحتويات", "الأشكال", "الجداول", "حاشية" },
    { "bg", "Съдържание", "Фигури", "Таблици", "Бележка" },
    { "ca", "Índex", "Figures", "Taules", "Nota al peu" },
    { "cs", "Obsah", "Obrázky", "Tabulky", "Poznámka pod čarou" },
    { "da", "Indhold", "Figurer", "Tabeller", "Fodnote" },
    { "de", "Inhalt", "Abbildungen", "Tabellen", "Fußnote" },
    { "el", "Περιεχόμενα", "Σχήματα", "Πίνακες", "Υποσημείωση" },
    { "es", "Índice", "Figuras", "Tablas", "Nota al pie" },
    { "et", "Sisukord", "Joonised", "Tabelid", "Allmärkus" },
    { "fa", "فهرست", "شکل‌ها", "جدول‌ها", "پانویس" },
    { "fi", "Sisällys", "Kuvat", "Taulukot", "Alaviite" },
    { "fr", "Table des matières", "Figures", "Tableaux", "Note" },
    { "he", "תוכן העניינים", "איורים", "טבלאות", "הערת שוליים" },
    { "hi", "विषय-सूची", "चित्र", "सारणियाँ", "पाद टिप्पणी" },
    { "hr", "Sadržaj", "Slike", "Tablice", "Bilješka" },
    { "hu", "Tartalom", "Ábrák", "Táblázatok", "Lábjegyzet" },
    { "it", "Indice", "Figure", "Tabelle", "Nota" },
    { "ja", "目次", "図", "表", "脚注" },
    { "ko", "차례", "그림", "표", "각주" },
    { "lt", "Turinys", "Paveikslai", "Lentelės", "Išnaša" },
    { "lv", "Saturs", "Attēli", "Tabulas", "Vēre" },
    { "nb", "Innhold", "Figurer", "Tabeller", "Fotnote" },
    { "nl", "Inhoud", "Figuren", "Tabellen", "Voetnoot" },
    { "nn", "Innhald", "Figurar", "Tabellar", "Fotnote" },
    { "no", "Innhold", "Figurer", "Tabeller", "Fotnote" },
    { "pl", "Spis treści", "Rysunki", "Tabele", "Przypis" },
    { "pt", "Índice", "Figuras", "Tabelas", "Nota de rodapé" },
    { "ro", "Cuprins", "Figuri", "Tabele", "Notă de subsol" },
    { "ru", "Содержание", "Рисунки", "Таблицы", "Сноска" },
    { "sk", "Obsah", "Obrázky", "Tabuľky", "Poznámka pod čiarou" },
    { "sl", "Kazalo", "Slike", "Preglednice", "Opomba" },
    { "sv", "Innehåll", "Figurer", "Tabeller", "Fotnot" },
    { "tr", "İçindekiler", "Şekiller", "Tablolar", "Dipnot" },
    { "uk", "Зміст", "Рисунки", "Таблиці", "Виноска" },
    { "vi", "Mục lục", "Hình", "Bảng", "Chú thích" },
    { "zh-Hant", "目錄", "圖", "表", "註腳" },
    { "zh-TW", "目錄", "圖", "表", "註腳" },
    { "zh-HK", "目錄", "圖", "表", "註腳" },
    { "zh", "目录", "图", "表", "脚注" },
};
static const struct brv_words english_words = { "en", "Contents", "Figures", "Tables", "Footnote" };

const struct brv_words *brv_words_of(brv_str lang)
{
    for (size_t i = 0; i < BRV_COUNT(words); i++) {
        brv_str tag = brv_str_from_cstr(words[i].lang);
        if (lang.len >= tag.len && brv_str_equal_nocase(brv_str_slice(lang, 0, tag.len), tag) &&
            (lang.len == tag.len || lang.ptr[tag.len] == '-'))
            return &words[i];
    }
    return &english_words;
}
