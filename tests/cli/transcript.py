"""Brevier — runs a transcript: what the program is asked, and what it must answer.

usage: transcript.py PROGRAM TRANSCRIPT SCRATCH

A transcript is Markdown. A fenced block whose info string names a file ("```md report.md") writes that file into an empty
folder; a block marked "console" runs there:

    $ brevier check report.md           a command for the shell; `brevier` is the program
    < a line of standard input
    a line of standard output
    2> a line of standard error
    => 3                                the exit status, 0 when there is none

A line that is "…" stands for any number of lines, and "…" within a line for any text.
"""
# SPDX-License-Identifier: MIT
import os
import re
import shutil
import subprocess
import sys

FENCE = re.compile(r"^```(\S+)(?:\s+(\S+))?\s*$")


class Command:
    def __init__(self, line_number, text):
        self.line_number, self.text = line_number, text
        self.stdin, self.stdout, self.stderr, self.status = [], [], [], 0


def blocks(lines):
    """(line number, language, file name, lines) of each fenced block."""
    start = None
    for number, line in enumerate(lines, 1):
        if start is None:
            match = FENCE.match(line)
            if match:
                start = (number, match[1], match[2], [])
        elif line == "```":
            yield start
            start = None
        else:
            start[3].append(line)
    if start:
        sys.exit(f"line {start[0]}: the block does not end")


def commands(first_line, lines):
    found = []
    for number, line in enumerate(lines, first_line + 1):
        if line.startswith("$ "):
            found.append(Command(number, line[2:]))
        elif not found:
            sys.exit(f"line {number}: no command yet")
        elif line.startswith("< "):
            found[-1].stdin.append(line[2:])
        elif line.startswith("2> "):
            found[-1].stderr.append(line[3:])
        elif line.startswith("=> "):
            found[-1].status = int(line[3:])
        else:
            found[-1].stdout.append(line)
    return found


def pattern(lines):
    parts = [r"(?:.*\n)*?" if line == "…" else ".*".join(map(re.escape, line.split("…"))) + r"\n" for line in lines]
    return re.compile("".join(parts))


def show(name, wanted, got):
    print(f"  {name}, wanted:")
    for line in wanted:
        print(f"    {line}")
    print(f"  {name}, got:")
    for line in got.split("\n"):
        print(f"    {line}")


def run(command, folder, environment):
    text = "".join(line + "\n" for line in command.stdin)
    done = subprocess.run(["sh", "-c", command.text], cwd=folder, env=environment, input=text.encode(),
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
    stdout, stderr = done.stdout.decode(), done.stderr.decode()
    faults = [("exit status", [str(command.status)], str(done.returncode))] if done.returncode != command.status else []
    if not pattern(command.stdout).fullmatch(stdout):
        faults.append(("standard output", command.stdout, stdout))
    if not pattern(command.stderr).fullmatch(stderr):
        faults.append(("standard error", command.stderr, stderr))
    return faults


def main():
    program, transcript, scratch = map(os.path.abspath, sys.argv[1:])
    shutil.rmtree(scratch, ignore_errors=True)
    folder = os.path.join(scratch, "work")
    tools = os.path.join(scratch, "bin")
    os.makedirs(folder)
    os.makedirs(tools)
    os.symlink(program, os.path.join(tools, "brevier"))
    environment = {"PATH": tools + ":" + os.environ["PATH"], "HOME": scratch, "LC_ALL": "C.UTF-8"}
    ran = failed = 0
    with open(transcript, encoding="utf-8") as file:
        lines = file.read().split("\n")
    for number, language, name, content in blocks(lines):
        if name:
            path = os.path.join(folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as file:
                file.write("".join(line + "\n" for line in content))
        elif language == "console":
            for command in commands(number, content):
                ran += 1
                faults = run(command, folder, environment)
                if faults:
                    failed += 1
                    print(f"{os.path.relpath(transcript)}:{command.line_number}: {command.text}")
                    for fault in faults:
                        show(*fault)
    if ran == 0:
        sys.exit("the transcript holds no command")
    sys.exit(1 if failed else 0)


main()
