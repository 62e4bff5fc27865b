# Brevier — tests of `brevier batch`: what an output depends on, and what it does not.
# SPDX-License-Identifier: MIT
import os
import re
import shutil
import subprocess

from batch_rig import (BREVIER, SOURCE, analysis, check, events, ledger, make_tree, outputs, path, query, read, rendered,
                       run, run_tests, whys, write, zip_of)


ASIDE = "nothing that bears on it changed"
FONTS = "the installed fonts or hyphenations changed"

# ---- where things lie

def test_called_otherwise():
    """A source that is called otherwise, or lies elsewhere, is the same; the ledger tells what it is called now."""
    make_tree("called/in", 4)
    write("called/in/met.md", "# Research: M\n\n## Summary\n\n![a dot](dot.png)\n")
    write("called/in/met.txt", "# Research: M\n\n## Summary\n\n![a dot](gone.png)\n\n## Placed\n\nText.\n")
    shutil.copy(SOURCE + "/stylesheets/logo.png", path("called/in/dot.png"))
    zip_of("called/pack.zip", [(f"{i}.md", analysis(i)) for i in range(3)])
    write("called/plugins/placed.lua",
          'local e = require "brevier.element"\nreturn { api = 1, name = "placed", version = "1.0.0", '
          'summary = "s", sections = { "placed" },\nrender = function(s) '
          'return e.section { s.heading, e.p(s.source.file) } end }\n')
    os.symlink("called", path("linked"))
    def batch(cwd, base, out):
        return run("batch", base + "in", base + "pack.zip", "-o", base + out, "-t", "text,docx", "--json",
                   "--asset-root", base + "in", "--plugin-path", base + "plugins", status=3, cwd=cwd)
    batch(path("called"), "", "out")
    made = outputs("called/out")
    names = ((path("called"), "./"), (path(), "called/"), (path("called/in"), "../"), (path(), "linked/"),
             ("/", path("called") + "/"), (path("called"), ""))
    for number, (cwd, base) in enumerate(names):
        again = batch(cwd, base, "out")
        check(rendered(again) == [], f"{base} from {cwd}: {whys(again)}")
        batch(cwd, base, f"fresh{number}")
        check(ledger("called/out") == ledger(f"called/fresh{number}"), f"the ledger, of {base} from {cwd}")
        check(outputs(f"called/fresh{number}") == made, f"outputs of {base} from {cwd}")
        shutil.rmtree(path(f"called/fresh{number}"))
    check({row[0] for row in query("called/out", "SELECT DISTINCT file FROM diagnostics WHERE line > 0")} ==
          {"in/met.txt"}, "the places of diagnostics")
    os.rename(path("called"), path("moved"))
    check(rendered(batch(path("moved"), "", "out")) == [], "source and outputs moved")
    os.rename(path("moved/in"), path("elsewhere"))
    os.symlink(path("elsewhere"), path("moved/in"))
    check(rendered(batch(path("moved"), "", "out")) == [], "the source moved")
    run("batch", "in", "pack.zip", "-o", "out", "-t", "text,docx", "--asset-root", "in", "--plugin-path", "plugins",
        "--verify", status=3, cwd=path("moved"))


# ---- what bears on an output

KINDS = ("text", "docx", "pdf")


def made(done):
    """Which formats were rendered of which item."""
    return {e["name"]: sorted(o["format"] for o in e["outputs"]) for e in events(done)
            if e["event"] == "item" and not e["unchanged"]}


def fresh_is_alike(name, common):
    """What stands after changes is what a run from nothing makes, outputs and ledger."""
    run(*common, "-o", path("afresh"))
    check(outputs("afresh") == outputs(name), "outputs are not those of a run from nothing")
    rows, afresh = ledger(name), ledger("afresh")
    for table in rows:
        check(rows[table] == afresh[table], f"the ledger's {table}:\n{set(rows[table]) ^ set(afresh[table])}")
    shutil.rmtree(path("afresh"))


def test_rules_that_bear():
    """A change of a sheet has those formats of those items rendered again that it can bear on."""
    write("ruled/plain.md", "# Industry News: A\n\n## Summary\n\nText.\n")
    write("ruled/table.md", "# Industry News: B\n\n## Summary\n\n| a | b |\n|---|---|\n| c | d |\n")
    write("ruled/actor.md", "# Threat Actor: C\n\n## Outlook\n\nText with `code`.\n")
    sheet = ':root {{ --own: {own}; --idle: {idle} }}\narticle.threat-actor p {{ color: var(--own) }}\n{more}\n'
    def change(own="#222222", idle="1pt", more=""):
        write("rules/ours.css", '@import "briefing";\n' + sheet.format(own=own, idle=idle, more=more))
    common = ("batch", path("ruled"), "-t", "pdf,docx,text", "--json", "-s", path("rules/ours.css"))
    change("#111111")
    run(*common, "-o", path("ruled-out"))
    every = {f"{name}.md": sorted(KINDS) for name in ("actor", "plain", "table")}
    paragraphs = ("actor.md", "plain.md")  # the table has none; but Word's own styles do
    for what, changes, wanted in (
            ("nothing", {"own": "#111111"}, {}),
            ("a variable that nobody asks for", {"own": "#111111", "idle": "2pt"}, {}),
            ("a variable of one kind", {"idle": "2pt"}, {"actor.md": sorted(KINDS)}),
            ("a comment", {"more": "/* new */"}, {}),
            ("a rule for PDF", {"more": "@media pdf { p { color: #333333 } }"}, {n: ["pdf"] for n in paragraphs}),
            ("… and for text", {"more": "@media pdf { p { color: #333333 } } @media text { p { margin: 3pt } }"},
             {n: ["text"] for n in paragraphs}),
            ("neither", {}, {n: ["pdf", "text"] for n in paragraphs}),
            ("a rule for tables", {"more": "@media pdf, text { td { padding: 1pt } }"}, {"table.md": ["pdf", "text"]}),
            ("a rule for a class that nothing has", {"more": "@media pdf, text { td { padding: 1pt } } .no { color: red }"},
             {}),
            ("a rule for everything", {"more": "* { orphans: 3 }"}, every),
            ("a page", {"more": "* { orphans: 3 } @media pdf { @page { margin-left: 31mm } }"},
             {n: ["pdf"] for n in every})):
        change(**changes)
        done = run(*common, "-o", path("ruled-out"))
        check(made(done) == wanted, f"{what}: {made(done)}, not {wanted}")
        check(whys(done) <= {"the stylesheet changed", "nothing changed", ASIDE}, f"{whys(done)}")
        check(whys(run(*common, "-o", path("ruled-out"))) == {"nothing changed"}, f"after {what}")
        fresh_is_alike("ruled-out", common)
    # One format after the other, and the sheet changed between them.
    def turns():
        shutil.rmtree(path("turns"), ignore_errors=True)
        for kind in KINDS:
            change(more=f"@media {kind} {{ p {{ margin: 2pt }} }}")
            run("batch", path("ruled"), "-t", kind, "-s", path("rules/ours.css"), "-o", path("turns"))
    turns()
    told = run(*common[:4], *common[5:], "-o", path("turns"), "--explain").stdout
    check("actor.md: rendered to docx, text: " in told and "table.md: rendered to docx: " in told, told)
    turns()
    done = run(*common, "-o", path("turns"))
    check(made(done) == {"table.md": ["docx"], **{n: ["docx", "text"] for n in paragraphs}},
          f"what was made for PDF still stands: {made(done)}")
    fresh_is_alike("turns", common)


def test_plugins_that_bear():
    """A plugin that comes or goes has those items rendered again that it would be chosen for."""
    write("chosen/one.md", "# Industry News: A\n\n## Special\n\nText.\n\n### Deep Down\n\nText.\n")
    write("chosen/other.md", "# Research: B\n\n## Summary\n\nText.\n")
    os.makedirs(path("choosers"))
    common = ("batch", path("chosen"), "-t", "text,docx", "--json", "--plugin-path", path("choosers"))
    def plugin(name, what):
        write(f"choosers/{name}.lua", 'local e = require "brevier.element"\nreturn { api = 1, name = "' + name +
              '", version = "1.0.0", summary = "s", ' + what + ' }\n')
    shown = 'render = function(s) return e.section { s.heading, e.p "shown" } end'
    run(*common, "-o", path("chosen-out"))
    for name, what, wanted in (
            ("nowhere", 'sections = { "nowhere" }, ' + shown, []),
            ("special", 'sections = { "special" }, ' + shown, ["one.md"]),
            ("again", 'sections = { "special" }, kinds = { "research" }, ' + shown, []),
            ("deep", 'sections = { "deep-down" }, ' + shown, ["one.md"]),
            ("asked", 'match = function(s) return false end, ' + shown, None),
            ("covers", 'kinds = { "research" }, cover = function(c) return { e.p "cover" } end', ["other.md"]),
            ("turns", 'kinds = { "incident" }, transform = function(a) return a end', [])):
        before = outputs("chosen-out")
        plugin(name, what)
        for _ in range(2):  # it comes, it goes, it is back
            done = run(*common, "-o", path("chosen-out"))
            check(wanted is None or rendered(done) == wanted, f"{name} came: {rendered(done)}")
            check(rendered(run(*common, "-o", path("chosen-out"))) == [], f"after {name} came")
            fresh_is_alike("chosen-out", common)
            os.rename(path(f"choosers/{name}.lua"), path("aside.lua"))
            done = run(*common, "-o", path("chosen-out"))
            check(wanted is None or rendered(done) == wanted, f"{name} went: {rendered(done)}")
            check(outputs("chosen-out") == before, f"as if {name} had never been")
            os.rename(path("aside.lua"), path(f"choosers/{name}.lua"))
        run(*common, "-o", path("chosen-out"))


def test_transforms_that_bear():
    """A change of what transforms tables concerns analyses with one; that it comes or goes, all of its kinds."""
    write("turned/table.md", "# Research: A\n\n## Summary\n\n| a | b |\n|---|---|\n| c | d |\n")
    write("turned/text.md", "# Research: B\n\n## Summary\n\nText.\n")
    write("turned/other.md", "# Incident: C\n\n## Summary\n\n| a | b |\n|---|---|\n| c | d |\n")
    os.makedirs(path("turners"))
    common = ("batch", path("turned"), "-o", path("turned-out"), "-t", "text", "--json", "--plugin-path", path("turners"))
    def plugin(elements, body):
        write("turners/turner.lua", 'local e = require "brevier.element"\nreturn { api = 1, name = "turner", version = '
              f'"1.0.0", summary = "s", kinds = {{ "research" }}, {elements} transform = function(t) {body}\nend }}\n')
    run(*common)
    for elements, body, wanted in (('elements = { "table" },', "return nil", ["table.md", "text.md"]),
                                   ('elements = { "table" },', "return nil -- as before", ["table.md"]),
                                   ('elements = { "table" },', 'return e.p "a table"', ["table.md"]),
                                   ("", "return t", ["table.md", "text.md"]),
                                   ("", "return t -- as before", ["table.md", "text.md"])):
        plugin(elements, body)
        check(rendered(run(*common)) == wanted, f"{elements} {body}")
        check(rendered(run(*common)) == [], f"after {elements} {body}")
        fresh_is_alike("turned-out", common[:2] + common[4:])


def test_faults_bear():
    """Of what had something said of a sheet or a plugin it is not known what else would have mattered."""
    write("faulty/a.md", "# Research: A\n\n## Summary\n\nText.\n")
    write("faults/ours.css", '@import "briefing";\np { color: var(--nobody) }\n')
    common = ("batch", path("faulty"), "-t", "text", "--json", "-s", path("faults/ours.css"))
    run(*common, "-o", path("faulty-out"))
    write("faults/ours.css", '/* a line */\n@import "briefing";\np { color: var(--nobody) }\n')
    check(rendered(run(*common, "-o", path("faulty-out"))) == ["a.md"], "a sheet with a fault")
    fresh_is_alike("faulty-out", common)


# ---- files beside the analysis

def test_files_behind_options():
    """What is in a file that is attached, or that a sheet names in whatever way, is in the key."""
    make_tree("keyed", 2)
    logo = read(SOURCE, "stylesheets/logo.png")
    for name in ("a)b.png", "upper.png"):
        write("sheets/" + name, logo)
    write("sheets/ours.css", 'h1::before { content: url("a)b.png") }\nh2::before { content: URL(upper.png) }\n')
    write("data.csv", "a,b\n")
    common = ("batch", path("keyed"), "-o", path("keyed-out"), "-t", "pdf", "--json", "-s",
              path("sheets/ours.css"), "--attach", path("data.csv") + ":Data")
    run(*common)
    check(whys(run(*common)) == {"nothing changed"}, "a second run")
    for name, why in (("data.csv", "the options changed"), ("sheets/a)b.png", "the stylesheet changed"),
                      ("sheets/upper.png", "the stylesheet changed")):
        write(name, read(name) + b"\n")
        check(whys(run(*common)) == {why}, f"{name} changed")


def test_fonts():
    """A font is told by its bytes, wherever they change and whatever its times say; text depends on none."""
    make_tree("typeset", 2)
    font = subprocess.run(["fc-match", "-f", "%{file}", "Noto Sans Mono"], capture_output=True,
                          text=True).stdout
    if not font.endswith(".ttf"):
        print("no TrueType font to change: not tried")
        return
    with open(font, "rb") as file:
        content = bytearray(file.read())
    write("home/.local/share/fonts/own.ttf", bytes(content))
    home = {"HOME": path("home"), "XDG_DATA_HOME": path("home/.local/share"),
            "XDG_CACHE_HOME": path("home/.cache")}
    common = ("batch", path("typeset"), "-o", path("typeset-out"), "--json", "-t")
    run(*common, "pdf,text", env=home)
    check(whys(run(*common, "text", env=home)) == {"nothing changed"}, "text alone")
    own = path("home/.local/share/fonts/own.ttf")
    for place in (12 + 4, len(content) - 100):  # the checksum of its first table; its end
        times = os.stat(own).st_atime_ns, os.stat(own).st_mtime_ns
        content[place] ^= 1
        write(own, bytes(content))
        os.utime(own, ns=times)
        check(whys(run(*common, "text", env=home)) == {ASIDE}, "text has no fonts")
        check(whys(run(*common, "pdf,text", env=home)) == {FONTS}, f"a font, at {place}")
        check(whys(run(*common, "pdf,text", env=home)) == {"nothing changed"}, "and nothing after it")


def test_hyphenation():
    """The patterns by which words part count as well."""
    folder = "/usr/share/hyphen"
    namespace = ("unshare", "--mount", "sh", "-c", f'mount --bind "$0" {folder} && exec "$@"', path("hyphens"))
    make_tree("parted", 2)
    os.makedirs(path("hyphens"))
    if not os.path.isdir(folder) or subprocess.run([*namespace, "true"], capture_output=True).returncode:
        print("no namespace to change patterns in: not tried")
        return
    common = ("batch", path("parted"), "-o", path("parted-out"), "--json", "-t", "pdf")
    write("hyphens/hyph_en_US.dic", "UTF-8\na1b\n")
    run(*common, prefix=namespace)
    check(whys(run(*common, prefix=namespace)) == {"nothing changed"}, "a second run")
    write("hyphens/hyph_en_US.dic", "UTF-8\na1c\n")
    check(whys(run(*common, prefix=namespace)) == {FONTS}, "other patterns")


def test_files_are_read_once():
    """What a run was told of by the ledger and is as it was is not read again; nor what the installation knows."""
    digests = os.path.join(os.path.dirname(os.path.dirname(BREVIER)), "lib/brevier/fonts.digests")
    unknown = ("unshare", "--mount", "sh", "-c", 'mount --bind /dev/null "$0" && exec "$@"', digests)
    if not shutil.which("strace") or os.environ.get("SANITIZE") or \
            subprocess.run([*unknown, "true"], capture_output=True).returncode:
        print("no strace, or no namespace to be without digests in: not tried")
        return
    make_tree("stamped", 2)
    def fonts_opened(out, *prefix):
        run("batch", path("stamped"), "-o", path(out), "--json", "-t", "pdf",
            prefix=(*prefix, "strace", "-f", "-qq", "-e", "trace=openat", "-o", path("trace")))
        return {line.split('"')[1] for line in read("trace").decode(errors="replace").splitlines()
                if re.search(r"\.(ttf|otf|ttc|dic)\"", line)}
    first, second = (len(fonts_opened("stamped-out", *unknown)) for _ in range(2))
    check(first > 20 and second < 12, f"fonts that were opened: {first}, then {second}")
    installed = len(fonts_opened("stamped-installed"))
    check(installed < 12, f"fonts that were opened, which the installation knows: {installed}")


def test_names_of_pictures():
    """A picture is found again by whatever an analysis calls it, and looked at when it could not be shown."""
    logo = read(SOURCE, "stylesheets/logo.png")
    for name, content in (("plain.png", logo), ("my plan.png", logo), ("damaged.png", logo[:90])):
        write("named/" + name, content)
    names = ("plain.png", "./plain.png", "my%20plan.png", "damaged.png", "missing.png",
             "https://example.org/a.png", "data:image/png;base64,AAAA")
    write("named/a.md", "# Research: A\n\n## Summary\n\n" +
          "\n\n".join(f"![it]({name})" for name in names) + "\n")
    common = ("batch", path("named"), "-o", path("named-out"), "-t", "text", "--json", "--include", "*.md")
    run(*common, status=3)
    check(rendered(run(*common, status=3)) == [], "a second run")
    for name, content in (("my plan.png", read(SOURCE, "samples/briefing.png")), ("damaged.png", logo),
                          ("missing.png", logo)):
        write("named/" + name, content)
        check(whys(run(*common, status=3)) == {f'the picture "{name.replace(" ", "%20")}" changed'}, name)
        check(rendered(run(*common, status=3)) == [], f"after {name} changed")


# ---- formats one by one

def test_formats_one_by_one():
    """Formats that are asked for in turns know of each other: each is rendered once, whatever only one
    of them shows or says."""
    form_plugin = ('local e = require "brevier.element"\nreturn { api = 1, name = "%s", version = "1.0.0", '
                   'summary = "s", sections = { "%s" },\nrender = function(s, context) '
                   'return e.section { s.heading, context.output == "%s" and '
                   'e.p(e.img { src = "dot.png", alt = "a dot" }) or e.p "no dot" } end }\n')
    for form in ("pdf", "text"):
        write(f"turns-plugins/{form}.lua", form_plugin % (form + "-dot", form + "-dot", form))
        write(f"turns/{form}.md", f"# Research: {form}\n\n## {form.capitalize()} Dot\n\nText.\n")
    make_tree("turns", 3)
    shutil.copy(SOURCE + "/samples/research.md", path("turns"))
    common = ("batch", path("turns"), "--json", "--plugin-path", path("turns-plugins"), "--include", "*.md")
    def turn(form, wanted, folder="turns-out", status=None):
        done = run(*common, "-o", path(folder), "-t", form, status=status)
        found = rendered(done)
        check(len(found) == wanted, f"{form}: {found}, {whys(done)}")
    for form, wanted in (("pdf", 6), ("text", 6), ("pdf", 0), ("text", 0), ("docx", 6), ("pdf,docx,text", 0)):
        turn(form, wanted)
    turn("pdf,docx,text", 6, "turns-once")
    check(outputs("turns-out") == outputs("turns-once"), "outputs of turns")
    check(ledger("turns-out") == ledger("turns-once"), "ledger of turns")
    os.unlink(path("turns-out/pdf.pdf"))
    made = [(e["name"], [o["format"] for o in e["outputs"]])
            for e in events(run(*common, "-o", path("turns-out"), "-t", "pdf,docx,text", status=3))
            if e["event"] == "item" and not e["unchanged"]]
    check(made == [("pdf.md", ["pdf"])], f"one file is gone: {made}")
    check(ledger("turns-out") == ledger("turns-once"), "ledger of turns, after a file was gone")
    shutil.copy(SOURCE + "/stylesheets/logo.png", path("turns/dot.png"))
    turn("text", 2)  # either form shows it: the ledger does not tell which
    turn("pdf", 2)
    turn("docx", 2)
    turn("pdf,docx,text", 0)


run_tests(globals())
