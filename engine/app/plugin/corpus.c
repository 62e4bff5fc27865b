// Brevier — sections that renderers are seldom written for; `brevier plugin check` shows them to
// each.
// SPDX-License-Identifier: MIT
#include "app/plugin/plugin.h"

const struct brv_awkward_section brv_awkward_sections[] = {
    { "an empty section", "", 0 },
    { "one word", "Word.\n", 0 },
    { "facts without values", "- Key:\n- **Other key:**\n- : value\n", 0 },
    { "facts with lists in them", "- Key: value\n  - inner\n    1. deeper\n- plain\n", 0 },
    { "the same fact twice", "- Date: today\n- Date: tomorrow\n", 0 },
    { "a table alone", "| a | b |\n|---|--:|\n| 1 | 2 |\n| | |\n", 0 },
    { "a table of one column", "| a |\n|---|\n| *1* |\n", 0 },
    { "subsections",
      "Lead.\n\n### First\n\n- Key: value\n\n### Second\n\n#### Deeper\n\nText.\n\n",
      0 },
    { "subsections without text", "### First\n\n### First\n\n### \n\n", 0 },
    { "code, a quotation and a rule", "```yaml\nkey: [1, 2]\n```\n\n> Said.\n\n---\n", 0 },
    { "lists of all sorts",
      "1. one\n2. two\n   - three\n\n     four\n\n- [x] done\n- [ ] open\n",
      0 },
    { "nesting", "> - > 1. > - > deep\n", 0 },
    { "right-to-left text", "- תאריך: 4 במרץ\n- الحالة: مفتوح\n\nنص عربي مع English.\n", 0 },
    { "text of East Asia", "- 日付：三月四日\n\n中文段落，没有空格。\n", 0 },
    { "emoji and combining marks", "- Mood: 👩‍💻 e\xCC\x81 Z\xCC\xA7\xCC\x81\n", 0 },
    { "marks of every kind",
      "A *b **c** d* `e` ~~f~~ <https://x.example> [g](#nowhere)\\\nh[^1].\n\n[^1]: Note.\n",
      0 },
    { "numbers that are none",
      "- CVSS: n/a\n- Count: 1e309\n- Share: −12,5 %\n- Date: 31 February\n",
      0 },
    { "a word without end",
      "- Hash: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n",
      0 },
    { "a chart", "```chart\nbar: Title\nFirst: 1\nSecond: −2\n```\n", 0 },
    { "many paragraphs",
      "A sentence that is repeated, with a [link](https://example.org/).\n\n",
      1500 },
    { "many facts", "- Key: value of *this* fact\n", 2000 },
};
const size_t brv_awkward_section_count = BRV_COUNT(brv_awkward_sections);
