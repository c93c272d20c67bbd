# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compares docs/Architecture.md with the libraries that there are.

  check-architecture SOURCE_ROOT [--targets KCFITargets.cmake]
  check-architecture SOURCE_ROOT --closure LIBRARY

The table of libraries in docs/Architecture.md names the directory of each
library and the libraries that it uses. Three things have to agree with it:

  what CMake links     LINK_LIBS of each directory, and INTERFACE_LINK_LIBRARIES
                       of the exported targets if their file is given
  what sources include a header of a library that is not linked is an error, and
                       so is a linked library without an included header
  the order            a library uses only libraries in lower rows of the table

Two rules need no page:

  the sizes            sizes.py: no file has more than 900 lines, no function more
                       than 120
  python/src           all sources are in mlir or kcfi, and those in mlir include
                       nothing of kcfi

Exits with 1 and a line for each difference. With --closure it prints instead
what a program links that uses LIBRARY: the project's libraries and the
components of LLVM.
"""

import argparse
import os
import pathlib
import re
import sys

from . import sizes

ROW = re.compile(r"^\| `?(\w+)`? \| `([\w/]+)` \| ([^|]*) \|", re.MULTILINE)
LIBRARY = re.compile(r"add_kcfi_library\((\w+)(.*?)\)", re.DOTALL)
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)
ANY_INCLUDE = re.compile(r'^\s*#\s*include\s+["<]([^">]+)[">]', re.MULTILINE)
KEYWORDS = ("DEPENDS", "LINK_COMPONENTS", "LINK_LIBS", "MLIR_LIBS")
# Headers of no library: the registration of everything, and the C API's.
OUTSIDE = ("kcfi/InitAll.h",)


def read_table(page):
    """Rows of the page's table: {library: (directory, set of libraries)}."""
    section = page.split("\n## Libraries\n")[1].split("\n## ")[0]
    rows = {}
    for name, directory, uses in ROW.findall(section):
        rows[name] = (directory, set(re.findall(r"KCFI\w+|LLVMToKCFI", uses)))
    return rows


def read_calls(root):
    """Yields (library, directory, {keyword: words}) of each build file."""
    for path in sorted((root / "lib").rglob("CMakeLists.txt")):
        for name, body in LIBRARY.findall(path.read_text("utf-8")):
            parts: dict[str | None, list[str]] = {None: []}
            current = None
            for word in body.split():
                if word in KEYWORDS:
                    current = word
                    parts[current] = []
                else:
                    parts[current].append(word)
            yield name, path.parent.relative_to(root).as_posix(), parts


def read_cmake(root):
    """What the build files say: {library: (directory, set of libraries)}."""
    return {
        name: (directory, set(parts.get("LINK_LIBS", ())))
        for name, directory, parts in read_calls(root)
    }


def find_closure(root, library):
    """The libraries and the components of LLVM that a user of `library` links."""
    calls = {name: parts for name, _, parts in read_calls(root)}
    if library not in calls:
        sys.exit(f"check-architecture: error: there is no library {library}")
    found, components, pending = set(), set(), [library]
    while pending:
        name = pending.pop()
        if name in found:
            continue
        found.add(name)
        components.update(calls[name].get("LINK_COMPONENTS", ()))
        pending += calls[name].get("LINK_LIBS", ())
    return found, components


def read_exported(path):
    """The same of the exported targets: {library: set of libraries}."""
    text = pathlib.Path(path).read_text("utf-8")
    exported = {}
    for name, body in re.findall(
        r"set_target_properties\((\w+) PROPERTIES(.*?)\n\)", text, re.DOTALL
    ):
        match = re.search(r'INTERFACE_LINK_LIBRARIES "([^"]*)"', body)
        exported[name] = set(match.group(1).split(";")) if match else set()
    return exported


def list_sources(root, directory, others):
    """Sources and headers of the library in `directory`."""
    places = [root / directory]
    include = root / "include/kcfi" / pathlib.Path(directory).relative_to("lib")
    if include.is_dir():
        places.append(include)
    for place in places:
        for path in sorted(place.rglob("*")):
            if path.suffix not in (".cpp", ".h"):
                continue
            parent = path.parent.relative_to(root).as_posix()
            if not any(is_below(parent, other) for other in others):
                yield path


def is_below(path, directory):
    """True if a source or header directory belongs to the library there."""
    tail = os.path.relpath(directory, "lib")
    return any(
        path == place or path.startswith(place + "/")
        for place in (directory, "include/kcfi/" + tail)
    )


def find_owners(header, directories):
    """The libraries that may provide a header as `#include` names it.

    A header of a directory without a library of its own, such as the passes of
    all conversions, belongs to the libraries below that directory.
    """
    owners = [
        (len(tail), name)
        for name, tail in directories.items()
        if header.startswith("kcfi/" + tail + "/")
    ]
    if owners:
        return {max(owners)[1]}
    directory = os.path.dirname(header).removeprefix("kcfi/") + "/"
    return {name for name, tail in directories.items() if tail.startswith(directory)}


def compare_includes(root, libraries):
    directories = {
        name: os.path.relpath(directory, "lib")
        for name, (directory, _) in libraries.items()
    }
    for name, (directory, linked) in libraries.items():
        others = [
            other
            for other, _ in libraries.values()
            if other != directory and other.startswith(directory + "/")
        ]
        used = set()
        for path in list_sources(root, directory, others):
            for header in INCLUDE.findall(path.read_text("utf-8")):
                if not header.startswith("kcfi/") or header in OUTSIDE:
                    continue
                owners = find_owners(header, directories)
                if not owners or name in owners:
                    continue
                used |= owners
                if not owners & linked:
                    yield (
                        f"{path.relative_to(root)}: includes {header} of "
                        f"{'/'.join(sorted(owners))}, which {name} does not link"
                    )
        for owner in sorted(linked - used - {name}):
            yield f"{directory}/CMakeLists.txt: {name} links {owner}, but includes no header of it"


def compare_python(root):
    """The rooms of the extension module: kcfi uses mlir, never the other way."""
    source = root / "python/src"
    for path in sorted(source.rglob("*")):
        if path.is_dir():
            continue
        name = path.relative_to(root).as_posix()
        room = path.relative_to(source).parts[0]
        if room not in ("mlir", "kcfi"):
            yield f"{name}: is neither in mlir nor in kcfi"
        if room != "mlir":
            continue
        for header in ANY_INCLUDE.findall(path.read_text("utf-8")):
            if header.replace("../", "").startswith("kcfi"):
                yield f"{name}: includes {header}, but mlir uses nothing of kcfi"


def compare(root, targets):
    page = (root / "docs/Architecture.md").read_text("utf-8")
    table = read_table(page)
    libraries = read_cmake(root)
    if not table or not libraries:
        yield "docs/Architecture.md or lib: no library was found"
        return
    for name in sorted(set(table) | set(libraries)):
        if name not in table:
            yield f"docs/Architecture.md: {name} is missing"
        elif name not in libraries:
            yield f"docs/Architecture.md: there is no library {name}"
        elif table[name] != libraries[name]:
            yield (
                f"docs/Architecture.md: {name}: the table says {describe(table[name])}, "
                f"CMake {describe(libraries[name])}"
            )
    order = list(table)
    for name, (_, uses) in table.items():
        for used in sorted(uses):
            if used in table and order.index(used) <= order.index(name):
                yield f"docs/Architecture.md: {name} uses {used}, which is not below it"
    if targets:
        exported = read_exported(targets)
        for name, (_, linked) in libraries.items():
            real = exported.get(name, set()) & set(libraries)
            if real != linked:
                yield (
                    f"{targets}: {name} links {' '.join(sorted(real)) or 'nothing'}, "
                    f"not {' '.join(sorted(linked)) or 'nothing'}"
                )
    yield from compare_includes(root, libraries)
    yield from compare_python(root)
    yield from sizes.find_long(root)


def describe(row):
    return f"{row[0]} using {' '.join(sorted(row[1])) or 'nothing'}"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("root", type=pathlib.Path)
    parser.add_argument("--targets", help="the exported targets of a build")
    parser.add_argument("--closure", metavar="LIBRARY")
    arguments = parser.parse_args()
    if arguments.closure:
        found, components = find_closure(arguments.root, arguments.closure)
        print("libraries:", *sorted(found))
        print("components of LLVM:", *sorted(components))
        return 0
    problems = list(compare(arguments.root, arguments.targets))
    for problem in problems:
        print(problem)
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
