"""Brevier — the manual page knows every command and option that the program knows, and no other.

usage: man.py PROGRAM PAGE
"""
# SPDX-License-Identifier: MIT
import re
import shutil
import subprocess
import sys

program, page = sys.argv[1:]


def shown(*arguments):
    return subprocess.run([program, "help", *arguments], capture_output=True, text=True, check=True).stdout


def heads(section):
    """What the entries (.TP) of a section are called."""
    with open(page, encoding="utf-8") as file:
        text = file.read().replace("\\-", "-")
    body = re.search(rf"^\.SH {section}\n(.*?)(?=^\.SH |\Z)", text, re.M | re.S)
    return " ".join(re.findall(r"^\.TP\n(.*)", body[1], re.M)) if body else ""


commands = re.findall(r"^  ([a-z]+)  ", shown(), re.M)
options = {option for command in commands for option in re.findall(r"^  (?:-\w,|   ) (--[a-z-]+)", shown(command), re.M)}
named = set(re.findall(r"--[a-z][a-z-]*", heads("OPTIONS") + heads("OPTIONS OF BATCH")))
faults = [f"the manual page lacks {option}" for option in sorted(options - named)]
faults += [f"the program does not know {option}" for option in sorted(named - options)]
faults += [f"the manual page lacks \"{command}\"" for command in commands if not re.search(rf"\b{command}\b", heads("COMMANDS"))]
if len(commands) < 7 or len(options) < 40:
    faults.append(f"only {len(commands)} commands and {len(options)} options: help is not understood")
if shutil.which("groff"):
    result = subprocess.run(["groff", "-man", "-ww", "-z", "-Kutf8", page], capture_output=True, text=True)
    faults += [line for line in result.stderr.splitlines() if "font" not in line]
print("\n".join(faults) or f"{len(commands)} commands, {len(options)} options")
sys.exit(bool(faults))
