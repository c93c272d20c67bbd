"""Prints what the policy says of a directory of tests."""

import os
import sys

from kcfi_utils.lit import policy

found = list(
    policy.problems(sys.argv[1], [".mlir", ".py"], ["lit.cfg.py"], {"clang", "lld"})
)
for problem in sorted(found):
    print(os.path.relpath(problem, sys.argv[1]))
print("%d problem(s)" % len(found))
