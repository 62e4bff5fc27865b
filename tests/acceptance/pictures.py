"""Brevier — pictures made for a test, and what they look like on a page.

usage: pictures.py make             writes good.md and hostile.md with their pictures, and good.css
       pictures.py look PAGES PPM…  are the pictures of good.md on the pages (72 dpi) as they must be?

Each good picture has four quarters: red and green above, blue and yellow below, as its kind can show them. The page
behind them is of one colour, which shows where they have none.
"""
# SPDX-License-Identifier: MIT
import os
import struct
import sys
import zlib

RED, GREEN, BLUE, YELLOW = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0)
QUARTERS = ((RED, GREEN), (BLUE, YELLOW))
BEHIND = (200, 220, 240)
SIZE = 32  # pixels of a side


def quarter(x, y, size=SIZE):
    return QUARTERS[int(y * 2 // size)][int(x * 2 // size)]


def grey(color):
    return (color[0] * 2 + color[1] * 5 + color[2]) // 8


# ---- PNG

ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def pack(samples, bits):
    """Samples of a row as bytes."""
    value = total = 0
    for sample in samples:
        value, total = value << bits | sample, total + bits
    pad = -total % 8
    return (value << pad).to_bytes((total + pad) // 8, "big")


def png(kind, bits, pixel, interlaced=False, chunks=()):
    """`pixel` gives the samples at (x, y)."""
    rows = b""
    for x0, y0, dx, dy in ADAM7 if interlaced else ((0, 0, 1, 1),):
        for y in range(y0, SIZE, dy):
            samples = [sample for x in range(x0, SIZE, dx) for sample in pixel(x, y)]
            rows += b"\0" + pack(samples, bits)
    data = zlib.compress(rows, 9)
    body = chunk(b"IHDR", struct.pack(">IIBBBBB", SIZE, SIZE, bits, kind, 0, 0, interlaced))
    body += b"".join(chunk(name, content) for name, content in chunks)
    body += chunk(b"IDAT", data[:20]) + chunk(b"IDAT", data[20:]) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def over(color, alpha):
    return tuple((c * alpha + b * (255 - alpha)) // 255 for c, b in zip(color, BEHIND))


def scaled(color, bits):
    return tuple(c * ((1 << bits) - 1) // 255 for c in color)


def screen(light):
    """What sRGB makes of light."""
    return 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055


def linear_profile():
    """A profile of sRGB's three colours without its curve, the least that a profile is."""
    def xyz(*values):
        return b"XYZ " + bytes(4) + struct.pack(">3i", *(round(value * 65536) for value in values))

    def text(words):
        return b"desc" + bytes(4) + struct.pack(">I", len(words) + 1) + words + bytes(1 + 8 + 2 + 1 + 67)

    curve = b"curv" + bytes(4) + struct.pack(">IH", 1, 256) + bytes(2)
    tags = {
        b"desc": text(b"plain") + bytes(-len(text(b"plain")) % 4),
        b"cprt": b"text" + bytes(4) + b"none" + bytes(4),
        b"wtpt": xyz(0.9642, 1, 0.8249),
        b"rXYZ": xyz(0.4361, 0.2225, 0.0139), b"gXYZ": xyz(0.3851, 0.7169, 0.0971), b"bXYZ": xyz(0.1431, 0.0606, 0.7141),
        b"rTRC": curve, b"gTRC": curve, b"bTRC": curve,
    }
    table, data = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for name, body in tags.items():
        table += name + struct.pack(">II", start + len(data), len(body))
        data += body
    header = struct.pack(">I4sI4s4s4s12x4s4x4x4x4x8x4x3i4x44x", start + len(data), bytes(4), 0x02100000, b"mntr", b"RGB ", b"XYZ ",
                         b"acsp", round(0.9642 * 65536), 65536, round(0.8249 * 65536))
    return header + table + data


def pngs():
    """(name, bytes, the colour that (x, y) must have)."""
    palette = bytes(RED + GREEN + BLUE + YELLOW)
    index = {RED: 0, GREEN: 1, BLUE: 2, YELLOW: 3}
    fade = {RED: 255, GREEN: 128, BLUE: 0, YELLOW: 255}
    for interlaced in False, True:
        suffix = "-interlaced" if interlaced else ""
        for bits in 1, 2, 4, 8, 16:
            def level(color, bits=bits):
                return grey(color) * ((1 << bits) - 1) // 255
            yield (f"grey{bits}{suffix}", png(0, bits, lambda x, y: (level(quarter(x, y)),), interlaced),
                   lambda c, bits=bits, level=level: (level(c) * 255 // ((1 << bits) - 1),) * 3)
        for bits in 2, 4, 8:
            yield (f"palette{bits}{suffix}", png(3, bits, lambda x, y: (index[quarter(x, y)],), interlaced, [(b"PLTE", palette)]),
                   lambda c: c)
            yield (f"palette{bits}-fading{suffix}",
                   png(3, bits, lambda x, y: (index[quarter(x, y)],), interlaced,
                       [(b"PLTE", palette), (b"tRNS", bytes((255, 128, 0)))]),
                   lambda c: over(c, fade[c]))
        for bits in 8, 16:
            yield (f"rgb{bits}{suffix}", png(2, bits, lambda x, y: scaled(quarter(x, y), bits), interlaced), lambda c: c)
            hole = struct.pack(">HHH", *scaled(GREEN, bits))
            yield (f"rgb{bits}-hole{suffix}", png(2, bits, lambda x, y: scaled(quarter(x, y), bits), interlaced, [(b"tRNS", hole)]),
                   lambda c: BEHIND if c == GREEN else c)
            yield (f"rgba{bits}{suffix}",
                   png(6, bits, lambda x, y: scaled(quarter(x, y) + (fade[quarter(x, y)],), bits), interlaced),
                   lambda c: over(c, fade[c]))
            yield (f"grey{bits}-alpha{suffix}",
                   png(4, bits, lambda x, y: scaled((grey(quarter(x, y)), fade[quarter(x, y)]), bits), interlaced),
                   lambda c: over((grey(c),) * 3, fade[c]))
    # What their figures or a profile say: twice as bright, by the curve of a screen; white stays white.
    linear = (b"gAMA", struct.pack(">I", 100000))
    wide = (b"cHRM", struct.pack(">8I", 31270, 32900, 64000, 33000, 21000, 71000, 15000, 6000))
    profile = (b"iCCP", b"plain\0\0" + zlib.compress(linear_profile()))

    def lit(c):
        return tuple(round(screen(level / 255) * 255) for level in c)

    def dim(x, y):
        return tuple(level // 4 for level in quarter(x, y))

    yield "rgb8-linear", png(2, 8, dim, False, [linear]), lambda c: lit([level // 4 for level in c])
    yield "rgb8-linear-interlaced", png(2, 8, dim, True, [linear]), lambda c: lit([level // 4 for level in c])
    yield "rgb8-profile", png(2, 8, dim, False, [profile]), lambda c: lit([level // 4 for level in c])
    yield "grey8-linear", png(0, 8, lambda x, y: (grey(quarter(x, y)),), False, [linear]), lambda c: lit((grey(c),) * 3)
    yield ("grey8-wide", png(0, 8, lambda x, y: (grey(quarter(x, y)),), False, [wide, linear]), lambda c: lit((grey(c),) * 3))
    yield ("palette2-linear", png(3, 2, lambda x, y: (index[quarter(x, y)],), False,
                                  [linear, (b"PLTE", bytes(level // 4 for level in palette))]),
           lambda c: lit([level // 4 for level in c]))

# ---- JPEG: blocks of one colour, coded by a table of sizes alone

def segment(marker, data):
    return bytes((0xFF, marker)) + struct.pack(">H", len(data) + 2) + data


def scan(rows, channels):
    bits, before = "", [0] * channels
    for row in rows:
        for samples in row:
            for i, sample in enumerate(samples):
                step, before[i] = sample - 128 - before[i], sample - 128
                size = abs(step).bit_length()
                bits += f"{size:04b}"
                if size:
                    bits += f"{step if step > 0 else step + (1 << size) - 1:0{size}b}"
                bits += "0"
    bits += "1" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big").replace(b"\xff", b"\xff\0")


def jpeg(rows, channels, *segments, names=b"\1\2\3\4"):
    """`rows` of blocks, each of which is a tuple of samples."""
    frame = struct.pack(">BHHB", 8, 8 * len(rows), 8 * len(rows[0]), channels)
    frame += b"".join(bytes((names[i], 0x11, 0)) for i in range(channels))
    codes = b"\0" + bytes((0, 0, 0, 12)) + bytes(12) + bytes(range(12)) + b"\x10\1" + bytes(15) + b"\0"
    start = bytes((channels,)) + b"".join(bytes((names[i], 0)) for i in range(channels)) + b"\0\x3f\0"
    return (b"\xff\xd8" + b"".join(segments) + segment(0xDB, b"\0" + b"\x08" * 64) + segment(0xC0, frame) + segment(0xC4, codes)
            + segment(0xDA, start) + scan(rows, channels) + b"\xff\xd9")


def ycc(color):
    r, g, b = color
    values = (0.299 * r + 0.587 * g + 0.114 * b, 128 - 0.168736 * r - 0.331264 * g + 0.5 * b, 128 + 0.5 * r - 0.418688 * g - 0.081312 * b)
    return tuple(max(0, min(255, round(value))) for value in values)


def exif(orientation):
    return segment(0xE1, b"Exif\0\0MM\0*\0\0\0\x08\0\1" + struct.pack(">HHIHH", 0x112, 3, 1, orientation, 0) + bytes(4))


# How an upright picture of rows is stored, by orientation.
STORED = {
    1: lambda rows: rows,
    2: lambda rows: [row[::-1] for row in rows],
    3: lambda rows: [row[::-1] for row in rows[::-1]],
    4: lambda rows: rows[::-1],
    5: lambda rows: [list(row) for row in zip(*rows)],
    6: lambda rows: [list(row) for row in zip(*rows)][::-1],
    7: lambda rows: [list(row)[::-1] for row in zip(*rows)][::-1],
    8: lambda rows: [list(row)[::-1] for row in zip(*rows)],
}
# What the reader shows for the inks of a press.
INKS = {RED: ((0, 255, 255, 0), (237, 28, 36)), GREEN: ((255, 0, 255, 0), (0, 166, 81)),
        BLUE: ((255, 255, 0, 0), (46, 49, 146)), YELLOW: ((0, 0, 255, 0), (255, 242, 0))}


def jpegs():
    blocks = [[quarter(x * 8, y * 8) for x in range(4)] for y in range(4)]
    for orientation, stored in STORED.items():
        rows = stored([[ycc(color) for color in row] for row in blocks])
        yield f"turned{orientation}", jpeg(rows, 3, exif(orientation)), lambda c: c
    yield "grey", jpeg([[(grey(color),) for color in row] for row in blocks], 1), lambda c: (grey(c),) * 3
    yield "rgb", jpeg(blocks, 3, segment(0xEE, b"Adobe\0d\0\0\0\0\0")), lambda c: c
    yield "rgb-named", jpeg(blocks, 3, names=b"RGB"), lambda c: c
    inks = [[INKS[color][0] for color in row] for row in blocks]
    yield "cmyk", jpeg(inks, 4), lambda c: INKS[c][1]
    inverted = [[tuple(255 - ink for ink in color) for color in row] for row in inks]
    yield "cmyk-adobe", jpeg(inverted, 4, segment(0xEE, b"Adobe\0d\0\0\0\0\0")), lambda c: INKS[c][1]


# ---- a drawing, by a plugin

PLUGIN = """
local e = require "brevier.element"
return {
  api = 1, name = "draw", version = "1.0.0", summary = "A drawing", sections = { "drawing" },
  render = function()
    return e.drawing { width = 200, height = 100, alt = "shapes", draw = function(g)
      g:rect(0, 0, 50, 50, { fill = "#ff0000" })
      g:rect(50, 0, 50, 50, { fill = "#0000ff80" })
      g:path({ "M", 100, 0, "L", 150, 0, "L", 150, 50, "L", 100, 50, "Z",
               "M", 110, 10, "L", 140, 10, "L", 140, 40, "L", 110, 40, "Z" }, { fill = "#00ff00", rule = "evenodd" })
      g:rect(150, 0, 50, 50, { fill = { linear = { 150, 0, 200, 0 }, stops = { { 0, "#000000" }, { 1, "#ffffff" } } } })
      g:group({ clip = { 0, 50, 25, 50 } }, function(c) c:rect(0, 50, 50, 50, { fill = "#ff0000" }) end)
      g:circle(75, 75, 20, { stroke = "#ff00ff", width = 10 })
      g:rect(100, 50, 50, 50, { fill = { radial = { 125, 75, 25 }, stops = { { 0, "#ff0000" }, { 1, "#ff000000" } } } })
      g:group({ translate = { 150, 50 }, rotate = 90 }, function(c) c:rect(0, -50, 50, 25, { fill = "#00ffff" }) end)
    end }
  end,
}
"""
# What must be seen at a place of it.
SHAPES = {
    (25, 25): RED, (75, 25): over(BLUE, 128), (105, 25): GREEN, (125, 25): BEHIND, (151, 25): (5, 5, 5), (175, 25): (127, 127, 127),
    (198, 25): (250, 250, 250), (12, 75): RED, (37, 75): BEHIND, (75, 55): (255, 0, 255), (75, 75): BEHIND, (92, 75): (255, 0, 255),
    (125, 75): RED, (101, 51): BEHIND, (112, 75): over(RED, 123), (162, 75): BEHIND, (187, 75): (0, 255, 255),
}


# ---- hostile files

def hostile():
    good = png(2, 8, lambda x, y: quarter(x, y))
    photo = jpeg([[(90,)] * 3] * 3, 1)
    head = b"\x89PNG\r\n\x1a\n"

    def header(width, height):
        return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))

    yield "checksum", good[:60] + bytes((good[60] ^ 1,)) + good[61:]
    yield "truncated", good[:-30]
    yield "nothing", b""
    yield "zero", head + header(0, 7) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    yield "giant", head + header(100000, 100000) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    yield "bomb", head + header(8, 8) + chunk(b"IDAT", zlib.compress(bytes(200_000_000), 9)) + chunk(b"IEND", b"")
    yield "short", head + header(6000, 6000) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    yield "unpaletted", head + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 3, 0, 0, 0)) + good[33:]
    yield "garbled", head + header(32, 32) + chunk(b"IDAT", b"\x78\x9c" + bytes(range(256))) + chunk(b"IEND", b"")
    yield "endless", head + header(8, 8) + b"\x7f\xff\xff\xffIDAT"
    yield "photo-truncated", photo[:-2]
    yield "photo-empty-segment", photo[:2] + b"\xff\xe1\0\0" + photo[2:]
    yield "photo-arithmetic", photo.replace(b"\xff\xc0", b"\xff\xc9")
    yield "photo-giant", photo.replace(struct.pack(">HH", 24, 24), struct.pack(">HH", 65535, 65535), 1)
    yield "gif", b"GIF89a" + bytes(20)
    yield "svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"
    yield "text", b"no picture at all\n"


def make():
    with open("good.md", "w", encoding="utf-8") as document:
        document.write("# Pictures\n")
        for suffix, pictures in (".png", pngs()), (".jpg", jpegs()):
            for name, data, _ in pictures:
                with open(name + suffix, "wb") as file:
                    file.write(data)
                document.write(f"\n![{name}]({name}{suffix})\n")
        document.write("\n## Drawing\n\nShapes.\n")
    os.makedirs("plugins")
    with open("plugins/draw.lua", "w", encoding="utf-8") as plugin:
        plugin.write(PLUGIN)
    with open("good.css", "w", encoding="utf-8") as sheet:
        sheet.write("@page { background: #c8dcf0 } img { width: 16pt } drawing { break-before: page }\n")
    with open("hostile.md", "w", encoding="utf-8") as document:
        document.write("# Hostile\n")
        for name, data in hostile():
            with open(name + ".png", "wb") as file:
                file.write(data)
            document.write(f"\n![{name}]({name}.png)\n")


# ---- looking

def load(path):
    with open(path, "rb") as file:
        magic, size, _, pixels = file.read().split(b"\n", 3)
    assert magic == b"P6"
    return int(size.split()[0]), pixels


def color_at(page, x, y):
    width, pixels = page
    at = (int(y) * width + int(x)) * 3
    return tuple(pixels[at:at + 3])


def differs(got, want, by=3):
    return any(abs(a - b) > by for a, b in zip(got, want))


def look_at_drawing(page, left, top):
    for (x, y), want in SHAPES.items():
        got = color_at(page, left + x, top + y)
        if differs(got, want, 14):  # gradients, by a pixel
            yield f"drawing: at {x}, {y} is {got}, not {want}"


def look(pages_path, images):
    wanted = {name + suffix: color for suffix, list_ in ((".png", pngs()), (".jpg", jpegs())) for name, _, color in list_}
    faults, seen, page = [], set(), None
    images = iter(images)
    with open(pages_path, encoding="utf-8") as file:
        for line in file:
            if line.startswith("page "):
                page = load(next(images))
            words = line.split()
            if line.startswith("  path ") and "drawing" not in seen:
                seen.add("drawing")
                faults += look_at_drawing(page, float(words[1]), float(words[2]))
            if not line.startswith("  image "):
                continue
            left, top, width, height = map(float, words[1:5])
            name = words[-1].strip('"')
            seen.add(name)
            for x in 0.25, 0.75:
                for y in 0.25, 0.75:
                    got, want = color_at(page, left + x * width, top + y * height), wanted[name](quarter(x, y, 1))
                    if differs(got, want):
                        faults.append(f"{name}: at {x}, {y} is {got}, not {want}")
    faults += [f"{name}: is on no page" for name in sorted({*wanted, "drawing"} - seen)]
    print("\n".join(faults) or f"{len(seen)} pictures")
    sys.exit(1 if faults else 0)


if sys.argv[1] == "make":
    make()
else:
    look(sys.argv[2], sys.argv[3:])
