"""Compares what the headers of the C API declare with what its tests call.

  check-functions.py SOURCE_ROOT BUILD_ROOT
"""

import pathlib
import re
import sys

DECLARATION = re.compile(r"\b((?:kcfi|mlir)\w+)\s*\(")


def strip_comments(text):
    return re.sub(r"/\*.*?\*/|//[^\n]*", "", text, flags=re.DOTALL)


def get_declared(headers):
    names = set()
    for header in headers:
        text = header.read_text(encoding="utf-8")
        code = strip_comments(text)
        if re.search(r"MLIR_DECLARE_CAPI_DIALECT_REGISTRATION\(KCFI, kcfi\)", code):
            names.add("mlirGetDialectHandle__kcfi__")
        for statement in re.split(r"[;{}]", code):
            if "MLIR_CAPI_EXPORTED" in statement or "static inline" in statement:
                names.add(DECLARATION.search(statement).group(1))
    return names


def main():
    source, build = (pathlib.Path(path) for path in sys.argv[1:])
    headers = sorted((source / "include/kcfi-c").glob("*.h"))
    generated = sorted((build / "include").glob("**/Passes.capi.h.inc"))
    declared = get_declared(headers + generated)
    called = set()
    for test in sorted((source / "test/CAPI").glob("*.c")):
        called |= set(DECLARATION.findall(strip_comments(test.read_text("utf-8"))))
    called |= set(
        DECLARATION.findall(
            strip_comments((source / "test/CAPI/Inputs/Test.h").read_text("utf-8"))
        )
    )
    ok = len(headers) == 5 and len(generated) == 2
    for name in sorted(declared - called):
        print("no test calls", name)
        ok = False
    for name in sorted(name for name in called - declared if name.startswith("kcfi")):
        print("no header declares", name)
        ok = False

    page = (source / "docs/CAPI.md").read_text("utf-8")
    example = re.search(r"```c\n(.*?)```", page, re.DOTALL).group(1)
    if example not in (source / "test/CAPI/example.c").read_text("utf-8"):
        print("docs/CAPI.md: the example is not the tested one")
        ok = False
    return not ok


sys.exit(main())
