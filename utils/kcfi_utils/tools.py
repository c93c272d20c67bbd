#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What every program needs to run tools."""

TIMEOUT_SECONDS = 300


class ToolError(Exception):
    """A tool cannot be used at all; the text says why."""
