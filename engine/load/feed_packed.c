// Brevier — telling archives and other packed files by how they begin.
// SPDX-License-Identifier: MIT
#include "load/feed_source.h"

#include <zlib.h>

#define EXPECTED "expected .zip, .tar, .tar.gz, .tar.bz2, .tar.xz or .tar.zst"
#define PACKED(kind) "it is packed (" kind "), " EXPECTED

static uint64_t number_at(brv_str bytes, size_t at, size_t len)
{
    uint64_t number = 0;
    while (len-- > 0)
        number = number << 8 | (unsigned char)bytes.ptr[at + len];
    return number;
}

// A text may begin as an archive does: what else stands at its head tells them apart.

static bool is_zip(brv_str bytes)
{
    // The program that packs an office document puts one of these first, as those of Java do.
    static const brv_str documents[] = {
        BRV_S_INIT("[Content_Types].xml"),
        BRV_S_INIT("_rels/"),
        BRV_S_INIT("docProps/"),
        BRV_S_INIT("word/"),
        BRV_S_INIT("xl/"),
        BRV_S_INIT("ppt/"),
        BRV_S_INIT("customXml/"),
        BRV_S_INIT("mimetype"),
        BRV_S_INIT("META-INF/"),
    };
    enum { NAME_AT = 30 };
    for (size_t i = 0; i < BRV_COUNT(documents); i++)
        if (brv_str_starts_with(brv_str_from(bytes, NAME_AT), documents[i]))
            return false;
    return true;
}

// The first entry's header ends with a mark of its own; an archive may have none.
static bool is_ar(brv_str bytes)
{
    enum { MAGIC_BYTES = 8, MARK_AT = 66 };
    return bytes.len == MAGIC_BYTES ||
           brv_str_starts_with(brv_str_from(bytes, MARK_AT), BRV_S("`\n"));
}

// The header is summed up in octal digits, which count as blanks.
static bool is_tar(brv_str bytes)
{
    enum { HEADER_BYTES = 512, SUM_AT = 148, SUM_BYTES = 8 };
    if (bytes.len < HEADER_BYTES)
        return false;
    unsigned sum = 0;
    for (size_t i = 0; i < HEADER_BYTES; i++)
        sum += i - SUM_AT < SUM_BYTES ? ' ' : (unsigned char)bytes.ptr[i];
    unsigned said = 0;
    for (size_t i = SUM_AT; i < SUM_AT + SUM_BYTES; i++)
        if (bytes.ptr[i] >= '0' && bytes.ptr[i] <= '7')
            said = said * 8 + (unsigned)(bytes.ptr[i] - '0');
    return said == sum;
}

// The size of the dictionary is 2^n or 2^n + 2^(n-1), that of the content sensible or unknown, and
// the first byte of what is packed 0.
static bool is_lzma(brv_str bytes)
{
    enum { DICTIONARY_AT = 1, SIZE_AT = 5, CONTENT_AT = 13 };
    const uint64_t most_bytes = (uint64_t)1 << 40;
    if (bytes.len <= CONTENT_AT)
        return false;
    uint64_t dictionary = number_at(bytes, DICTIONARY_AT, 4);
    uint64_t low = dictionary & (0 - dictionary);
    uint64_t size = number_at(bytes, SIZE_AT, 8);
    return (dictionary == low || dictionary == 3 * low) &&
           (size == UINT64_MAX || size < most_bytes) && bytes.ptr[CONTENT_AT] == 0;
}

// The header is as long as it says, and its checksum behind it.
static bool is_arj(brv_str bytes)
{
    enum { SIZE_AT = 2, HEADER_AT = 4, MOST_BYTES = 2600, SUM_BYTES = 4 };
    if (bytes.len < HEADER_AT)
        return false;
    size_t size = (size_t)number_at(bytes, SIZE_AT, 2);
    return size > 0 && size <= MOST_BYTES && bytes.len >= HEADER_AT + size + SUM_BYTES &&
           crc32(0, (const unsigned char *)bytes.ptr + HEADER_AT, (unsigned)size) ==
               number_at(bytes, HEADER_AT + size, SUM_BYTES);
}

// ---- exported

const char *brv_feed_packed_fault(brv_str bytes, bool is_text)
{
    static const struct {
        size_t at;
        brv_str magic;
        const char *fault;
        bool (*fits)(brv_str bytes); // NULL: what is a text otherwise is one
    } kinds[] = {
        { 0, BRV_S_INIT("PK\3\4"), "it is a zip, expected a name that ends in .zip", is_zip },
        { 257, BRV_S_INIT("ustar"), "it is a tar, expected a name that ends in .tar", is_tar },
        { 257, BRV_S_INIT("ustar"), "it is a tar, expected a name that ends in .tar", NULL },
        { 0, BRV_S_INIT("!<arch>\n"), PACKED("ar"), is_ar },
        { 0, BRV_S_INIT("\x60\xea"), PACKED("arj"), is_arj },
        { 0, BRV_S_INIT("\x5d\0\0"), PACKED("lzma"), is_lzma },
        { 0, BRV_S_INIT("7z\xbc\xaf\x27\x1c"), PACKED("7z"), NULL },
        { 0, BRV_S_INIT("Rar!\x1a\x07"), PACKED("rar"), NULL },
        { 0, BRV_S_INIT("\x1f\x8b\x08"), PACKED("gzip"), NULL },
        { 0, BRV_S_INIT("\x1f\x9d"), PACKED("compress"), NULL },
        { 0, BRV_S_INIT("BZh"), PACKED("bzip2"), NULL },
        { 0, BRV_S_INIT("\xfd\x37zXZ\0"), PACKED("xz"), NULL },
        { 0, BRV_S_INIT("\x28\xb5\x2f\xfd"), PACKED("zstd"), NULL },
        { 0, BRV_S_INIT("\x04\x22\x4d\x18"), PACKED("lz4"), NULL },
        { 0, BRV_S_INIT("\x89LZO\0\r\n\x1a\n"), PACKED("lzop"), NULL },
        { 0, BRV_S_INIT("LZIP\1"), PACKED("lzip"), NULL },
        { 0, BRV_S_INIT("MSCF\0\0\0\0"), PACKED("cab"), NULL },
        { 0, BRV_S_INIT("070707"), PACKED("cpio"), NULL },
        { 0, BRV_S_INIT("070701"), PACKED("cpio"), NULL },
        { 0,
          BRV_S_INIT("SQLite format 3\0"),
          "it is a database, which is read with --from and --query",
          NULL },
    };
    for (size_t i = 0; i < BRV_COUNT(kinds); i++)
        if (brv_str_starts_with(brv_str_from(bytes, kinds[i].at), kinds[i].magic) &&
            (kinds[i].fits ? kinds[i].fits(bytes) : !is_text))
            return kinds[i].fault;
    return NULL;
}
