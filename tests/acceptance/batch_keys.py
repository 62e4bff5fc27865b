# Brevier — tests of `brevier batch`: what an output depends on, and what it does not.
# SPDX-License-Identifier: MIT
import os
import re
import shutil
import subprocess

from batch_rig import (BREVIER, SOURCE, analysis, check, events, ledger, make_tree, outputs, path, query, read, rendered,
                       run, run_tests, whys, write, zip_of)


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
        check(whys(run(*common, "text", env=home)) == {"nothing changed"}, "text has no fonts")
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
