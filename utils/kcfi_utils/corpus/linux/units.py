#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Sends the bitcode units of a kernel through the passes, and compares them."""

import collections
import concurrent.futures
import dataclasses
import hashlib
import json
import os
import re

from kcfi_utils.corpus.linux.kernel import read
from kcfi_utils.corpus.linux.process import Cost, must_measured, run_measured
from kcfi_utils.corpus.unit import Unit
from kcfi_utils.tools import ToolError

# As clang compiles the kernel.
LLC_FLAGS = [
    "-filetype=obj",
    "-code-model=kernel",
    "-relocation-model=static",
    "-function-sections",
    "-data-sections",
]

STAND_INS = re.compile(r"with a call in the place of each: (.*)")
WHOLE = re.compile(r"carried whole as LLVM bitcode: (.*)")
REASON = re.compile(r"(.*?) \((\d+), first in '.*?'\)(?:; |$)")


@dataclasses.dataclass
class Trip:
    """What became of one unit."""

    name: str
    before: str
    after: str
    error: str = ""
    cost: Cost = dataclasses.field(default_factory=Cost)
    stand_ins: collections.Counter = dataclasses.field(
        default_factory=collections.Counter
    )
    whole: collections.Counter = dataclasses.field(default_factory=collections.Counter)


class Units:
    def __init__(self, tools, options, store):
        self.tools = tools
        self.options = options
        self.store = store
        status = os.stat(tools.kcfi_translate)
        # Another build of the tool does all anew.
        self.identity = [status.st_size, status.st_mtime_ns, options.passes]

    def path(self, name, suffix):
        return os.path.join(self.store, name + suffix)

    def keep_original(self, kernel, name):
        path = self.path(name, ".before.bc")
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(kernel.read(name))

    def translate_all(self, names):
        with concurrent.futures.ThreadPoolExecutor(self.options.jobs) as pool:
            return list(pool.map(self.translate, names))

    def translate(self, name):
        before, after = self.path(name, ".before.bc"), self.path(name, ".after.bc")
        log, record = self.path(name, ".log"), self.path(name, ".json")
        digest = hashlib.sha256(read(before)).hexdigest()
        key = json.dumps([digest, *self.identity])
        trip = Trip(name, before, after)
        known = self.read_record(record, key)
        if known:
            trip.cost = Cost(**known["cost"])
        else:
            status, trip.cost = run_measured(
                [self.tools.kcfi_translate, "--through=" + self.options.passes]
                + [before, "-o", after],
                log,
            )
            if status != 0:
                trip.error = first_error(log, status)
                return trip
            # The link with ThinLTO needs the summary of what is there now.
            must_measured(
                [self.tools.opt, "-passes=verify", "-module-summary", "-module-hash"]
                + [after, "-o", self.path(name, ".after.o")],
                self.path(name, ".summary.log"),
            )
            with open(record, "w") as file:
                json.dump({"key": key, "cost": dataclasses.asdict(trip.cost)}, file)
        with open(log, errors="replace") as file:
            text = file.read()
        for pattern, counts in ((STAND_INS, trip.stand_ins), (WHOLE, trip.whole)):
            for reasons in pattern.findall(text):
                for reason, count in REASON.findall(reasons):
                    counts[re.sub(r"'(?!llvm\.|callbr).*?'", "...", reason)] += int(
                        count
                    )
        return trip

    @staticmethod
    def read_record(path, key):
        try:
            with open(path) as file:
                record = json.load(file)
        except (FileNotFoundError, ValueError):
            return None
        return record if record.get("key") == key else None

    def linkable(self, trip):
        return read(self.path(trip.name, ".after.o"))

    def compare_all(self, trips):
        """Each function of each unit, compiled on its own."""
        units = []
        for trip in trips:
            if not trip.error:
                units.append(KernelUnit(trip, self.path(trip.name, "")))
        with concurrent.futures.ThreadPoolExecutor(self.options.jobs) as pool:
            list(pool.map(self.compare, units))
        return units

    def compare(self, unit):
        path = unit.base + ".compared.json"
        key = json.dumps([read(self.path(unit.name, ".json")).decode(), LLC_FLAGS])
        known = self.read_record(path, key)
        if known:
            unit.numbers.update(known["numbers"])
            unit.causes.update(known["causes"])
            unit.examples.update(known["examples"])
            unit.problems += known["problems"]
            return
        try:
            unit.process(self.options, LLC_FLAGS)
        except ToolError as failure:
            unit.problems.append(str(failure))
        for suffix in (".o", ".rt.o", ".rt.bc"):
            if os.path.lexists(unit.base + suffix):
                os.remove(unit.base + suffix)
        record = {"key": key, "numbers": unit.numbers, "causes": unit.causes}
        record.update(examples=unit.examples, problems=unit.problems)
        with open(path, "w") as file:
            json.dump(record, file)


class KernelUnit(Unit):
    """A unit that has gone through already, in one process."""

    def __init__(self, trip, base):
        super().__init__(trip.name, base, trip.before, "O2")
        self.trip = trip

    def round_trip(self, settings):
        if os.path.lexists(self.base + ".rt.bc"):
            os.remove(self.base + ".rt.bc")
        os.symlink(self.trip.after, self.base + ".rt.bc")
        self.carried.update(self.trip.whole)
        return True


def first_error(log, status):
    with open(log, errors="replace") as file:
        text = file.read()
    match = re.search(r"error: (.*)", text)
    return match.group(1) if match else "exit status %d" % status
