# What run-corpus calls the difference of two lines of LLVM IR, which a blank line
# follows.
import sys

from kcfi_utils.corpus.classify import classify
from kcfi_utils.corpus.module import Module


def module(line):
    header = line if line.startswith("define") else "define void @f()"
    body = "  ret void" if header is line else "  " + line + "\n  ret void"
    return Module(header.rstrip("{ ") + " {\n" + body + "\n}\n")


for pair in sys.stdin.read().strip().split("\n\n"):
    old, new = (module(line.strip()) for line in pair.splitlines())
    print(", ".join(sorted(classify(old, new, "f"))))
