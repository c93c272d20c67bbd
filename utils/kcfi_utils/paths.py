#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Where the project and the tools of LLVM are."""

import os

UTILS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ROOT = os.path.dirname(UTILS)

# Debian keeps each LLVM version apart; PATH may hold another version.
LLVM_TOOLS = "/usr/lib/llvm-22/bin"
