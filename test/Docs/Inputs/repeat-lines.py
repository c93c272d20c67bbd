# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes a file's lines; one that ends in `// times N` comes N times."""

import re
import sys

for line in open(sys.argv[1], encoding="utf-8"):
    match = re.fullmatch(r"(.*?) *// times (\d+)\n", line)
    sys.stdout.write((match[1] + "\n") * int(match[2]) if match else line)
