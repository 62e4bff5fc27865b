# Brevier — tests of `brevier batch`: what its operator is told, of the command line, the end and an item's.
# SPDX-License-Identifier: MIT
import itertools
import json
import os

from batch_rig import FAULTS, analysis, check, items_of, make_tree, path, run, run_tests, write


# ---- options

# Each option that only batch has, with a value that leaves the run something to do.
OPTIONS = {
    "--jobs": "1", "--nice": "1", "--include": "*", "--exclude": "none", "--shard": "1/1", "--since": "2000-01-01",
    "--limit": "1", "--json": None, "--explain": None, "--only-failed": None, "--verify": None, "--prune": None,
    "--yes": None, "--from": "base.sqlite", "--query": "SELECT id, body FROM reports",
}
# Those that go with some others only, and these. (With --json the reasons that --explain asks for are there already.)
COMPANIONS = {
    "--verify": {"--jobs", "--nice", "--include", "--exclude", "--shard", "--since", "--limit", "--json"},
    "--prune": {"--jobs", "--nice", "--include", "--exclude", "--shard", "--json", "--yes"},
    "--yes": {"--prune"},
    "--from": {"--query"},
    "--query": {"--from"},
}


def written(*names):
    return [word for name in names for word in (name, OPTIONS[name]) if word is not None]


def go_together(one, other):
    return all(b in COMPANIONS.get(a, OPTIONS) for a, b in ((one, other), (other, one)))


def test_options_that_go_together():
    """Each pair of options does what both say, or is refused by a line that names one of them."""
    make_tree("paired", 2)
    common = ("batch", "paired", "-o", "paired-out", "-t", "text")
    run(*common)
    help_page = run("help", "batch").stdout
    check(all(f"{name} " in help_page or f"{name}\n" in help_page for name in OPTIONS), "options that are none")
    for pair in itertools.combinations(OPTIONS, 2):
        if set(pair) == {"--from", "--query"}:
            continue  # test_queries has them
        done = run(*common, *written(*pair), status=None)
        if go_together(*pair):
            check(done.returncode in (0, 1) and done.stdout, f"{pair}: {done}")
        else:
            check(done.returncode == 2 and done.stderr.startswith("brevier: error: ") and not done.stdout
                  and done.stderr.count("\n") == 1 and any(name in done.stderr for name in pair), f"{pair}: {done}")
    # Nor does one pass unseen behind many.
    done = run(*common, *("--include", "*") * 40, "--update", status=2)
    check(done.stderr == 'brevier: error: "batch" takes no --update\n', f"{done}")
    check(run(*common, "--verify", "--json").stdout.count('"mismatch"') == 0, "they were looked at")


def test_options_of_merging():
    """Merging has no options but that of the form of its messages."""
    make_tree("joined", 2)
    run("batch", "joined", "-o", "joined-out", "-t", "text", "--shard", "1/1")
    more = {"--output": "joined-out", "--to": "text", "--sheet": "briefing", "--set": "a=b", "--strict": None}
    for name, value in {**OPTIONS, **more}.items():
        done = run("batch", "merge", "joined-out", *([name] if value is None else [name, value]), status=2)
        check(done.stderr == f'brevier: error: "batch merge" takes no {name}\n', f"{name}: {done}")
    run("batch", "merge", "joined-out", "--diagnostics", "json")


# ---- the end

def test_summary_is_narrow():
    """No line of it is wider than a terminal of 80 columns, but for the ledger's path."""
    make_tree("wide", 14)
    for name, content in (("a.md", analysis(1)), ("a.txt", analysis(2)), ("b.md", "---\na: b: c\n---\n"),
                          ("c.md", bytes(100)), ("d.md", analysis(3) + "\ntest-fault: crash\n")):
        write("wide/" + name, content)
    write("wide.css", '@import "none.css";\n')
    common = ("batch", "wide", "-o", "wide-out", "-t", "text")
    said = ""
    for options in (("--limit", "3"), ("--limit", "1", "--only-failed"), ("-s", "wide.css"), (), ("--only-failed",),
                    ("--since", "2025-11-05"), ("--shard", "1/2"), ("--shard", "1/2", "--since", "2025-11-05"),
                    ("--verify", "--limit", "3"), ("--prune",), ("--include", "*.txt")):
        if options == ("--prune",):
            write("wide-out/0/0000.txt", "altered")
            os.unlink(path("wide/1/0001.md"))
        said += run(*common, *options, status=None, env=FAULTS).stdout
    write("wide-out/2/0002.txt", "altered")
    said += run(*common, "--verify", status=1, env=FAULTS).stdout
    lines = [line for line in said.splitlines() if not line.startswith("ledger: ")]
    check(max(map(len, lines)) <= 80, f"{max(lines, key=len)}")
    rows = {line[2:14].rstrip() for line in lines if line.startswith("  ")}
    wanted = {"done", "degraded", "failed", "skipped", "unchanged", "left out", "mismatches", "faults"}
    check(wanted <= rows, f"{rows}")
    check("an earlier run left items" in said and "goes on where" in said and "was not compared" in said, "the last line")


def test_events_of_what_is_unchanged():
    """They tell of no outputs and no diagnostics, which the ledger has."""
    write("still/a.md", analysis(1) + "\n<b>raw</b>\n")
    common = ("batch", "still", "-o", "still-out", "-t", "text", "--json")
    first, second = (items_of(run(*common, status=None))["a.md"] for _ in range(2))
    check(first["outputs"] and first["diagnostics"] and second["unchanged"], f"{first}")
    check(second["outputs"] == second["diagnostics"] == [], f"{second}")


# ---- an item's end

def test_want_of_memory():
    """It is told of the item, in the form that was asked for, and by nobody else."""
    if os.environ.get("SANITIZE"):
        print("a sanitizer's worker has no limit")
        return
    make_tree("greedy", 1)
    write("greedy/1.md", analysis(1) + "\ntest-fault: memory\n")
    common = ("batch", "greedy", "-t", "text", "-o")
    done = run(*common, "greedy-out", status=None, env=FAULTS)
    if done.returncode == 0:
        print("a release build provokes no faults")
        return
    why = "it wanted more memory than a worker has, twice"
    check(done.stderr == f"greedy/1.md: quarantined: {why}\n", f"{done}")
    done = run(*common, "greedy-json", "--diagnostics", "json", status=3, env=FAULTS)
    said = [json.loads(line) for line in done.stderr.splitlines()]
    check([(d["severity"], d["item"], d["outcome"], d["message"]) for d in said]
          == [("error", "greedy/1.md", "quarantined", why)], f"{said}")
    done = run(*common, "greedy-events", "--json", status=3, env=FAULTS)
    check(not done.stderr and items_of(done)["1.md"]["reason"] == why, f"{done}")


run_tests(globals())
