# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Pipelines of passes, in which Python functions may take part."""

from ._kcfi import ExternalPass, PassManager

__all__ = ["ExternalPass", "PassManager"]
