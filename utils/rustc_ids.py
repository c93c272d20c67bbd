#!/usr/bin/env python3
#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Asks rustc and kcfi-opt for type ids; used by the checks against rustc.

As a program: prints what type ids have for the disambiguator of a crate, read
from the LLVM IR of a crate that mentions it.

  rustc_ids.py CRATE FILE
"""

import sys

# The source tree stays as it is, and may be read-only.
sys.dont_write_bytecode = True

from kcfi_utils.compilers.rustc import main

if __name__ == "__main__":
    sys.exit(main(__doc__))
