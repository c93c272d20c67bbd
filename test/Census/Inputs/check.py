# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compares a census of linked programs with what their symbol tables say.

  check.py CENSUS.json SYMBOL DISTANCE

Each object must have exactly one look-alike, DISTANCE bytes behind SYMBOL, and
its address must be that of the symbol as llvm-nm prints it.
"""

import json
import os
import shutil
import subprocess
import sys

NM = shutil.which("llvm-nm") or "/usr/lib/llvm-22/bin/llvm-nm"


def main():
    path, symbol, distance = sys.argv[1], sys.argv[2], int(sys.argv[3])
    with open(path, encoding="utf-8") as file:
        census = json.load(file)
    assert census["format"] == "kcfi-census 1", census["format"]
    assert census["objects"], "no objects"
    for item in census["objects"]:
        table = subprocess.run([NM, item["name"]], check=True, text=True,
                               stdout=subprocess.PIPE).stdout
        addresses = {fields[2]: int(fields[0], 16)
                     for fields in map(str.split, table.splitlines())
                     if len(fields) == 3}
        counts = {"function": 0, "extra entry": 0, "look-alike": 0}
        for landing in item["landings"]:
            address = landing["address"]
            if landing["expected"]:
                counts[landing["kind"]] += 1
            if landing["kind"] != "look-alike":
                for name in landing["symbols"]:
                    assert addresses[name] == address, (item["name"], landing)
                continue
            assert landing["symbols"] == [symbol], landing
            assert landing["distance"] == distance, landing
            assert address == addresses[symbol] + distance, landing
        assert counts["look-alike"] == item["look_alikes"] == 1, counts
        assert counts["function"] == item["functions"], counts
        assert counts["extra entry"] == item["extra_entries"], counts
        assert os.path.getsize(item["name"]) > item["code_bytes"] > 0
        print(os.path.basename(item["name"]), counts)


main()
