# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Finds files and functions that are too long to read.

A function is counted from the first line of its declaration to its last brace.
Lambdas and classes in a function belong to it. Classes, enumerations and tables
have no limit of their own. The code must be laid out by clang-format: that tells
the brace of an initializer (`x{1}`) from that of a body (`f() {`).
"""

import re

DIRECTORIES = ("include", "lib", "kcfi-*", "python/src")
MAX_FILE = 900
MAX_FUNCTION = 120

TOKEN = re.compile(
    r"""
    (?P<skip> //[^\n]* | /\*.*?\*/ | ^[ \t]*\#(?:\\\n|[^\n])* )
  | (?P<string> R"(?P<raw>[^\s()\\]*)\(.*?\)(?P=raw)" | "(?:\\.|[^"\\\n])*"
              | (?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+' )
  | (?P<label> \b(?:public|private|protected)\s*:(?!:) )
  | [{}();]
    """,
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)
ANGLES = re.compile(r"<[^<>]*>")
ARROWS = re.compile(r"\boperator\s*[^\w\s(]+|->")
KEYWORD = re.compile(r"\b(?:class|struct|union|enum)\b")
LAMBDA = re.compile(r"\]\s*(?:\([^{}]*\))?\s*(?:mutable\b)?\s*(?:->[^{}()=]*)?$")
NAME = re.compile(r"([\w:~]+)\s*\(")


def without_angles(head):
    """The text without arguments of templates."""
    head = ARROWS.sub(lambda match: match.group().removesuffix("->")[:8], head)
    while ANGLES.search(head):
        head = ANGLES.sub("", head)
    return head


def classify(head, depth):
    """What a brace opens: 'scope', 'function', 'lambda' or 'value'.

    `head` is the text from the last statement to the brace, with `""` for every
    string; `depth` is the number of open parentheses.
    """
    if LAMBDA.search(head.rstrip()):
        return "lambda"
    if depth or not head[-1:].isspace() or head.rstrip().endswith(("=", ",")):
        return "value"
    plain = re.sub(r"\balignas\s*\([^()]*\)", "", without_angles(head))
    if re.search(r'\bnamespace\b|\bextern\s+""\s*$', plain):
        return "scope"
    if KEYWORD.search(plain) and "(" not in plain:
        return "scope"
    return "function" if "(" in plain else "value"


def find_functions(text):
    """Yields (name, first line, number of lines) of each function.

    Raises ValueError if braces do not match.
    """
    # Of each open brace: what it opens, the start of its declaration, the text of
    # that, and the number of parentheses that were open.
    stack = []
    # The declaration that is being read, and its start.
    head, start = "", None
    depth, end = 0, 0
    # Bodies are not looked into.
    inside = False

    def add(part, position):
        nonlocal head, start
        if start is None and part.strip():
            start = position + len(part) - len(part.lstrip())
        head += part

    for match in TOKEN.finditer(text):
        if not inside:
            add(text[end : match.start()], end)
        end = match.end()
        token = match.group()
        if match["skip"]:
            continue
        if match["string"]:
            if not inside:
                add('""', match.start())
        elif match["label"]:
            if not inside:
                head, start = "", None
        elif token == "{":
            kind = "inner" if inside else classify(head, depth)
            position = match.start() if start is None else start
            if kind == "lambda":
                position = text.rindex("[", 0, match.start())
            stack.append((kind, position, head, depth))
            inside = inside or kind in ("function", "lambda")
            if kind != "inner":
                depth = 0
                head, start = "", None
        elif token == "}":
            if not stack:
                raise ValueError(f"{line_of(text, match.start())}: a brace too many")
            kind, position, before, outer = stack.pop()
            if kind == "inner":
                continue
            inside, depth = False, outer
            if kind in ("function", "lambda"):
                first = line_of(text, position)
                name = "a lambda" if kind == "lambda" else name_of(before)
                yield name, first, line_of(text, end) - first + 1
            head, start = "", None
            if kind == "value":
                # The declaration goes on.
                head, start = before, position
                add('""', match.start())
        elif not inside:
            if token == ";" and not depth:
                head, start = "", None
                continue
            depth += {"(": 1, ")": -1}.get(token, 0)
            add(token, match.start())
    if stack:
        raise ValueError(f"{line_of(text, stack[-1][1])}: a brace is not closed")


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def name_of(head):
    match = NAME.search(without_angles(head))
    return match.group(1) if match else "a function"


def find_long(root):
    """Yields a line for each file and function that is too long."""
    for directory in DIRECTORIES:
        for place in sorted(root.glob(directory)):
            for path in sorted(place.rglob("*")):
                # TableGen's files are tables.
                if not path.is_file() or path.suffix == ".td":
                    continue
                yield from find_long_in(path, path.relative_to(root).as_posix())


def find_long_in(path, name):
    text = path.read_text("utf-8")
    lines = text.count("\n")
    if lines > MAX_FILE:
        yield f"{name}: {lines} lines, more than {MAX_FILE}"
    if path.suffix not in (".cpp", ".h", ".c"):
        return
    try:
        for function, line, length in find_functions(text):
            if length > MAX_FUNCTION:
                yield (
                    f"{name}:{line}: {function} has {length} lines, "
                    f"more than {MAX_FUNCTION}"
                )
    except ValueError as error:
        yield f"{name}:{error}"
