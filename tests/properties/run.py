"""Brevier — does every property change every output that it claims, and does it change it as it should?

usage: run.py PROGRAM SCRATCH [--update] [CASE…]

The cases are the Markdown files beside this one (README.md tells their form). What a property claims is asked of the program
(`brevier help properties`): a property without a case fails, and so does an output without a golden. A golden is the
difference between what the sheet makes and what it makes without the declarations of the property, so it shows the effect and
nothing else. Each declaration must have an effect by itself in each claimed output, unless its @media leaves the output out;
an output that is not claimed must stay as it was.
"""
# SPDX-License-Identifier: MIT
import concurrent.futures
import glob
import os
import re
import shutil
import subprocess
import sys

from cases import read_cases, write_goldens
from outputs import OUTPUTS, difference
from sheet import declarations, without

HERE = os.path.dirname(os.path.abspath(__file__))
LINES_MAX = 48  # of a golden; an effect that takes more is one that nobody reads


def claims(program):
    """{property: outputs that honour it, exactly or nearly}"""
    told = subprocess.run([program, "help", "properties"], check=True, capture_output=True, text=True).stdout
    found, name = {}, None
    for line in told.split("\n"):
        if match := re.match(r"([a-z-]+): ", line):
            name = match[1]
        elif match := re.search(r"; PDF (yes|near|no), Word (yes|near|no), text (yes|near|no)$", line):
            found[name] = [output for output, claim in zip(OUTPUTS, match.groups()) if claim != "no"]
    return found


class Job:
    """One case: a folder with its files, and what each output makes of a sheet in it."""

    def __init__(self, program, scratch, case, claimed):
        self.program, self.case, self.claimed = program, case, claimed
        self.folder = os.path.join(scratch, re.sub(r"\W+", "_", case.name).strip("_"))
        self.faults, self.messages, self.goldens, self.made = [], set(), {}, {}
        self.was_told = False

    def fault(self, text):
        self.faults.append(f"{os.path.relpath(self.case.path)}:{self.case.line}: {self.case.name}: {text}")

    def make(self, output, sheet, options=()):
        """The lines of OUTPUT under a sheet; an error or a warning is a fault."""
        key = output, sheet, tuple(options)
        if key not in self.made:
            name = os.path.join(self.folder, f"{len(self.made)}.css")
            with open(name, "w", encoding="utf-8") as file:
                file.write(sheet)
            lines, messages = OUTPUTS[output](self.program, self.folder, name, options)
            if self.case.messages and self.case.messages in messages:
                self.was_told = True
            elif messages and messages not in self.messages:
                self.messages.add(messages)
                self.fault(f"{output}: the program said\n{messages}")
            self.made[key] = lines
        return self.made[key]

    def make_template(self, name, sheet):
        path = os.path.join(self.folder, name + ".css")
        with open(path, "w", encoding="utf-8") as file:
            file.write(sheet)
        subprocess.run([self.program, "render", "in.md", "-s", path, "-t", "docx", "-o", name], cwd=self.folder, check=True)

    def effects(self):
        """What shows in each output, and whether every declaration has a part in it."""
        case, sheet = self.case, self.case.sheet
        if case.before is not None or case.options:
            before = case.before if case.before is not None else sheet
            return {output: difference(self.make(output, before), self.make(output, sheet, case.options))
                    for output in OUTPUTS}
        found = [d for d in declarations(sheet) if d.name == case.property]
        if not found:
            self.fault("the sheet does not declare the property")
        shown = {}
        for output in OUTPUTS:
            whole = self.make(output, sheet)
            shown[output] = difference(self.make(output, without(sheet, found)), whole)
            if output in self.claimed:
                applying = [d for d in found if d.applies_to(output)]
                if not applying:
                    self.fault(f"{output}: claimed, but no declaration is for it")
                for declaration in applying:
                    if self.make(output, without(sheet, [declaration])) == whole:
                        self.fault(f"{output}: claimed, but \"{declaration}\" has no effect")
            elif shown[output]:
                self.fault(f"{output}: not claimed, but there is an effect:\n" + "\n".join(shown[output][:8]))
        return {output: shown[output] for output in self.claimed}

    def run(self):
        os.makedirs(os.path.join(self.folder, "plugins"))
        for name, text in self.case.files.items():
            path = os.path.join(self.folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
        for name, sheet in self.case.templates.items():
            self.make_template(name, sheet)
        self.goldens = self.effects()
        if self.case.messages and not self.was_told:
            self.fault(f"the program did not say \"{self.case.messages}\"")
        for output, lines in self.goldens.items():
            if not lines:
                self.fault(f"{output}: no effect")
            if len(lines) > LINES_MAX:
                self.fault(f"{output}: the golden has {len(lines)} lines; a smaller analysis would do")
        return self

    def compare(self):
        for output in sorted(self.goldens.keys() | self.case.goldens.keys()):
            wanted, got = self.case.goldens.get(output), self.goldens.get(output)
            if wanted is None:
                self.fault(f"{output}: claimed, but there is no golden")
            elif got is None:
                self.fault(f"{output}: a golden, but no claim")
            elif wanted != got:
                self.fault("\n".join([f"{output}: wanted", *wanted, "got", *got]))


def main():
    arguments = [a for a in sys.argv[1:] if a != "--update"]
    update = "--update" in sys.argv
    program, scratch, wanted = os.path.abspath(arguments[0]), os.path.abspath(arguments[1]), arguments[2:]
    shutil.rmtree(scratch, ignore_errors=True)
    claimed = claims(program)
    cases = [case for path in sorted(set(glob.glob(os.path.join(HERE, "*.md"))) - {os.path.join(HERE, "README.md")}) for case in read_cases(path)]
    faults = [f"{name}: a property without a case" for name in claimed if claimed[name] and name not in {case.property for case in cases}]
    for case in cases:
        if case.property not in claimed and case.before is None and not case.options:
            faults.append(f"{os.path.relpath(case.path)}:{case.line}: \"{case.name}\" is not a property")
    jobs = [Job(program, scratch, case, claimed.get(case.property, list(OUTPUTS))) for case in cases
            if not wanted or case.name in wanted]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(Job.run, jobs))
    if update:
        write_goldens(jobs)
    else:
        for job in jobs:
            job.compare()
    faults += [fault for job in jobs for fault in job.faults]
    for fault in faults:
        print(fault)
    print(f"{len(jobs)} cases, {sum(len(job.goldens) for job in jobs)} goldens, {len(faults)} faults")
    sys.exit(1 if faults or not jobs else 0)


if __name__ == "__main__":
    main()
