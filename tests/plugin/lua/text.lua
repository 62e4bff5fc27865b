-- Brevier — brevier.text, the part that is written in Lua.
-- SPDX-License-Identifier: MIT
local text = require "brevier.text"
local same = require("check").same

return {
  api = 1, name = "text", version = "1.0.0", summary = "A test", sections = { "probe" },
  render = function()
    same(text.length "Größe", 5)
    assert(text.width("Label", 7) > 14 and text.width("") == 0)
    assert(text.width "iii" < text.width "MMM")
    same(text.width("ab", 20), 2 * text.width("ab", 10))
    same(text.truncate("One two three four", 11), "One two…")
    same(text.truncate("short", 9), "short")
    same(text.truncate("ab Гг", 5), "ab Гг")
    same(text.truncate("ab Г xyz", 5), "ab Г…")
    same(text.truncate("unbreakableword", 6), "unbre…")
    same(text.truncate("Äpfel und Birnen", 10), "Äpfel und…")
    same(#text.sentences "He came, e.g. on foot. Did he? Yes! “No.” J. Doe saw it.", 5)
    same(text.sentences("One. two.")[1], "One. two.")
    same(#text.sentences "", 0)
    same(table.concat(text.lines "a\nb\n", "|"), "a|b")
    same(text.capitalized "word", "Word")
    same(text.padded("é", 3) .. "|", "é  |")
    same(text.padded("7", 3, "right"), "  7")
    same(text.padded("x", 4, "center"), " x  ")
    local bad = "see https://evil.example.org/a.b?c and mail me@evil.example"
    local safe = text.defanged(bad)
    same(safe, "see hxxps://evil[.]example[.]org/a[.]b?c and mail me[@]evil[.]example")
    same(text.defanged(safe), safe)
    same(text.refanged(safe), bad)
    same(text.defanged "10.0.0.1", "10[.]0[.]0[.]1")
    same(text.refanged "hxxp[://]x(.)y", "http://x.y")
  end,
}
