#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Finds the diagnostics of the sources and the tests that expect them."""

import os
import re

SOURCES = (
    "include",
    "lib",
    "kcfi-clang-plugin",
    "kcfi-lsp-server",
    "kcfi-opt",
    "kcfi-plugin",
    "kcfi-report",
    "kcfi-translate",
)

TEST_SUFFIXES = (".mlir", ".ll", ".c", ".cpp", ".test", ".py")

# Text of the diagnostic: why there is no test.
UNREACHABLE = {
    "the type behind a 'raw' id": "answers C++ callers; the cache of ids, which "
    "all passes use, does not ask",
    "not a signature": "answers C++ callers; from text the verifier refuses "
    "such types before",
    "type id is not a 32-bit constant": "LLVM's verifier runs before the "
    "import and refuses it",
    "': LLVM would ignore the id;": "answers C++ callers "
    "that translate without exportModule, which says it for the whole module",
    "the import lost protection:": "compares what MLIR's importer made with "
    "the input; nothing known to us makes them differ",
    "the translation lost protection:": "the same for the way back",
    "error: cannot read the standard input:": "no memory is left for a stream",
    "LLVM was built without": "Debian's LLVM has zstd and zlib",
    "cannot be linked:": "symbols and their types are compared before; nothing "
    "known to us makes the link fail",
}

# What makes a statement a diagnostic. The text follows as an argument or is
# streamed.
STARTERS = re.compile(
    r"\b(?:emitError|emitOpError|emitWarning|emitRemark|createStringError"
    r"|attachNote|refuseTarget|violation|fail)\s*\("
    r"|\bdiag\s*<<|\berrs\(\)\s*<<"
)

# Definitions and declarations of functions with such names.
DECLARATION = re.compile(r"(?:\bvoid|\bError|InFlightDiagnostic|>|\bauto)\s+$")

TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(?P<d>[^(\s]*)\((?P<raw>.*?)\)(?P=d)"'
    r"|\"(?P<text>(?:[^\"\\\n]|\\.)*)\"|'(?:[^'\\\n]|\\.)+'",
    re.DOTALL,
)

ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\", "'": "'"}

EXPECTATION = re.compile(
    r"expected-(?:error|warning|remark|note)|^\s*(?://|#|;)\s*[A-Z][A-Z0-9_-]*:"
)

# A literal with fewer letters says nothing.
LETTERS = 4

# So much of it is looked for as a check line should repeat.
PREFIX = 40


class Literal:
    def __init__(self, start, end, text):
        self.start, self.end, self.text = start, end, text


def unescape(text):
    return re.sub(r"\\(.)", lambda m: ESCAPES.get(m.group(1), m.group(0)), text)


def scan(text):
    """Literals of a C++ source, and the source with comments and literals
    replaced by blanks of the same length."""
    literals = []
    blanked = []
    last = 0
    for match in TOKEN.finditer(text):
        blanked.append(text[last : match.start()])
        blanked.append(re.sub(r"[^\n]", " ", match.group(0)))
        last = match.end()
        if match.group("raw") is not None:
            literals.append(Literal(match.start(), match.end(), match.group("raw")))
        elif match.group("text") is not None:
            literals.append(
                Literal(match.start(), match.end(), unescape(match.group("text")))
            )
    blanked.append(text[last:])
    return literals, "".join(blanked)


def statement_end(code, position):
    """The end of the statement around `position`: a semicolon outside of all
    parentheses opened since, or the end of what encloses it."""
    depth = 0
    for index in range(position, len(code)):
        char = code[index]
        if char in "([{":
            depth += 1
        elif char in ")]}":
            depth -= 1
            if depth < 0:
                return index
        elif char == ";" and depth == 0:
            return index
    return len(code)


def letters(text):
    """Number of letters, 0 where they are too few to recognise a message by."""
    count = sum(char.isalpha() for char in text)
    return count if count >= LETTERS else 0


def diagnostics(text):
    """Line and text of each diagnostic in a C++ source."""
    literals, code = scan(text)
    found = []
    taken: set[int] = set()
    for match in STARTERS.finditer(code):
        if DECLARATION.search(code[max(0, match.start() - 80) : match.start()]):
            continue
        end = statement_end(code, match.end() - (match.group(0)[-1] == "("))
        inside = [
            literal for literal in literals if match.start() <= literal.start < end
        ]
        joined: list[Literal] = []
        for literal in inside:
            if joined and not code[joined[-1].end : literal.start].strip():
                joined[-1] = Literal(
                    joined[-1].start, literal.end, joined[-1].text + literal.text
                )
            else:
                joined.append(literal)
        spoken = [
            literal
            for literal in joined
            if letters(literal.text) and literal.start not in taken
        ]
        if spoken:
            longest = max(spoken, key=lambda literal: letters(literal.text))
            taken.update(literal.start for literal in spoken)
            line = code.count("\n", 0, longest.start) + 1
            found.append((line, longest.text))
    return found


def normalize(text):
    return " ".join(text.split())


def key(text):
    """The start of a diagnostic, up to a word boundary."""
    text = normalize(text)
    if len(text) > PREFIX:
        text = text[:PREFIX].rsplit(" ", 1)[0]
    return text


def files(root, directories, suffixes):
    for directory in directories:
        for path, names, entries in os.walk(os.path.join(root, directory)):
            names.sort()
            for entry in sorted(entries):
                if entry.endswith(suffixes):
                    yield os.path.join(path, entry)
