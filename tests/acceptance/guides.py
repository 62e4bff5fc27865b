"""Brevier — runs what the guides show.

usage: guides.py GUIDE…             in a scratch folder with the samples, `brevier` on the PATH

In each guide, a fenced block whose info string is "LANGUAGE PATH" is saved as PATH; a block of `sh` is run, line by line,
and must succeed without a warning; `text` and plain blocks are only shown. A block of another language without a PATH would
not be run and is refused. A link or picture beside the guide must be there, and an inline `brevier COMMAND` must exist. What builds the project itself is run by .ci/run, so those lines
must stand there (or in the script that it calls) and are not run again.
"""
# SPDX-License-Identifier: MIT
import os
import re
import subprocess
import sys

ROOT = os.environ["SOURCE_DIR"]
BUILT = ("cc report.c", "./report")  # by install.sh, against the library as it is installed
BUILDS = ("sh samples/run.sh", "sh tests/run.sh", "cmake --preset", "cmake --build", "cmake --install")


def blocks(path):
    """(line number, info string, lines) of each fenced block."""
    info, start, lines = None, 0, []
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            line = line.rstrip("\n")
            if line.startswith("```"):
                if info is None:
                    info, start, lines = line[3:].strip(), number, []
                else:
                    yield start, info, lines
                    info = None
            elif info is not None:
                lines.append(line)
    if info is not None:
        sys.exit(f"{path}:{start}: the block does not end")


def check_prose(path):
    """Links lead to files, and commands named in passing are commands."""
    with open(path, encoding="utf-8") as file:
        text = re.sub(r"^```.*?^```", "", file.read(), flags=re.M | re.S)
    for target in re.findall(r"\]\(([^)#:\s]+)(?:\s[^)]*)?\)", text):
        if not os.path.exists(os.path.join(os.path.dirname(path), target)):
            sys.exit(f"{path}: there is no {target}")
    for command in set(re.findall(r"`brevier ([a-z]+)", text)):
        if subprocess.run(["brevier", "help", command], capture_output=True).returncode != 0:
            sys.exit(f"{path}: there is no command `brevier {command}`")


def run(path):
    check_prose(path)
    ran = 0
    for number, info, lines in blocks(path):
        language, _, name = info.partition(" ")
        if name:
            os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
            with open(name, "w", encoding="utf-8") as file:
                file.write("\n".join(lines) + "\n")
        elif language == "sh":
            for line in lines:
                if line.startswith(BUILDS + BUILT) or not line.strip():
                    continue
                result = subprocess.run(["sh", "-c", line], capture_output=True, text=True)
                ran += 1
                if result.returncode != 0 or "warning" in result.stderr:
                    sys.exit(f"{path}:{number}: `{line}` exits {result.returncode}\n{result.stderr}")
        elif language not in ("", "text"):
            sys.exit(f"{path}:{number}: nothing runs this block: give it a path, as in \"{language} house/x\"")
    print(f"{os.path.relpath(path, ROOT)}: {ran} commands")


for guide in sys.argv[1:]:
    run(guide)
