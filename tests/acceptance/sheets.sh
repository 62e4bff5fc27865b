#!/bin/sh
# Every shipped sheet shows every sample whole and without a warning, and looks like itself. A
# variable, set or imported, changes all three outputs.
# SPDX-License-Identifier: MIT
. "$(dirname "$0")/common.sh"

files=$(samples)
for sheet in stylesheets/*.css; do
    name=$(basename "$sheet" .css)
    # shellcheck disable=SC2086 # no blanks in our names
    render_all "$SCRATCH_DIR/$name" "$name" $files
    for format in pdf docx text; do
        # shellcheck disable=SC2086
        expect_status 0 "$BREVIER" render $files -t "$format" -s "$name" --strict --diagnostics json \
            -o "$SCRATCH_DIR/strict/"
        # That a line of text is too wide, as an address can be, is a note.
        ! grep -v 'wider than 80 columns' "$SCRATCH_DIR/stderr" || fail "$name renders with messages ($format)"
    done
    for file in $files; do
        "$python" tests/acceptance/outputs.py "$file" "$SCRATCH_DIR/$name" || fail "$name lacks something of $file"
    done
    [ "$name" = briefing ] && continue
    for format in pdf docx; do
        cmp -s "$SCRATCH_DIR/briefing/research.$format" "$SCRATCH_DIR/$name/research.$format" &&
            fail "$name looks like briefing ($format)"
    done
done

# Large print is large in its contents, too.
printf -- '---\ntoc: true\nlot: true\n---\n# Note: Large\n\n## Ways\n\nOne.\n\n### By Sea\n\nTwo.\n' \
    >"$SCRATCH_DIR/large.md"
expect_status 0 "$BREVIER" inspect "$SCRATCH_DIR/large.md" -s large-print --stage pages >"$SCRATCH_DIR/large.pages"
grep -q '"By Sea' "$SCRATCH_DIR/large.pages" || fail "large print has no contents"
awk '$1 == "text" && $6 < 13 { print; n++ } END { exit n > 0 }' "$SCRATCH_DIR/large.pages" || fail "large print is small"

# A column that the source aligns to the left is on the left, whichever way its words run.
printf '# Note: Left\n\n## Words\n\n| Word | Place |\n|:--|:--|\n| one | sea |\n| חיפה | land |\n' >"$SCRATCH_DIR/left.md"
for sheet in briefing plain; do
    "$BREVIER" inspect "$SCRATCH_DIR/left.md" -s "$sheet" --stage pages >"$SCRATCH_DIR/left.pages"
    sides=$(grep -E '"(one|חיפה)"' "$SCRATCH_DIR/left.pages" | awk '{ print $2 }')
    [ "$(echo "$sides" | wc -l)" -eq 2 ] || fail "$sheet lacks a cell"
    [ "$(echo "$sides" | uniq | wc -l)" -eq 1 ] || fail "$sheet sets a word apart from its column"
done

# The three outputs of one document under a sheet and with further options.
three() {
    into=$SCRATCH_DIR/variables/$1
    shift
    mkdir -p "$into"
    for suffix in pdf docx txt; do
        expect_status 0 "$BREVIER" render samples/research.md "$@" -o "$into/research.$suffix"
    done
}
cd "$SCRATCH_DIR"
ln -s "$SOURCE_DIR/samples" samples
cat >base.css <<'CSS'
@import "briefing";
:root { --mark: "-"; --ours: #445566; }
h2 { color: var(--ours); -brv-text-rule: var(--mark) }
CSS
printf ':root { --mark: "~"; --ours: #665544; }\n' >values.css
printf '@import "base.css";\n@import "values.css";\n' >imported.css
printf '@import "values.css" layer(low);\n@import "base.css";\n' >layered.css
three base -s base.css
three set -s base.css --set mark='"~"' --set ours=#665544
three imported -s imported.css
three layered -s layered.css
for suffix in pdf docx txt; do
    cmp -s "variables/base/research.$suffix" "variables/set/research.$suffix" && fail "--set does not reach $suffix"
    cmp "variables/set/research.$suffix" "variables/imported/research.$suffix" || fail "@import is not --set in $suffix"
    cmp "variables/base/research.$suffix" "variables/layered/research.$suffix" || fail "a low layer wins in $suffix"
done

# Numbers of the sheet's own are the same in all three.
printf '# Incident: Steps\n\n## Actions\n\n1. one\n2. two\n\n- three\n' >steps.md
printf '@import "briefing";\n@counter-style greek { system: alphabetic; symbols: "α" "β"; prefix: "("; suffix: ")" }\n' >steps.css
printf 'ol { list-style: greek }\nul { list-style: symbols(cyclic "⇒") }\n' >>steps.css
for format in pdf docx txt; do
    expect_status 0 "$BREVIER" render steps.md -s steps.css --strict -o "steps.$format"
done
pdftotext steps.pdf steps-pdf.txt
unzip -p steps.docx word/document.xml word/numbering.xml >steps-docx.txt # a sign is a bullet of Word
for marker in "(α)" "(β)" "⇒"; do
    for file in steps.txt steps-pdf.txt steps-docx.txt; do
        grep -q -F "$marker" "$file" || fail "\"$marker\" is not in $file"
    done
done
