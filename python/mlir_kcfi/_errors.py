# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What the extension module raises and warns with."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, List

if TYPE_CHECKING:
    from ._kcfi import Diagnostic

__all__ = ["MLIRError", "MLIRWarning"]


def _format(diagnostic: Diagnostic, indent: str = "") -> str:
    lines = [
        f"{indent}{diagnostic.severity.name.lower()}: {diagnostic.location}: "
        f"{diagnostic.message}"
    ]
    lines += [_format(note, indent + "  ") for note in diagnostic.notes]
    return "\n".join(lines)


class MLIRError(Exception):
    """MLIR refused something. Says what, and where."""

    def __init__(
        self, message: str, error_diagnostics: List[Diagnostic] | None = None
    ) -> None:
        self.message = message
        self.error_diagnostics: List[Diagnostic] = list(error_diagnostics or [])
        super().__init__(message, self.error_diagnostics)

    def __str__(self) -> str:
        if not self.error_diagnostics:
            return self.message
        lines = [self.message + ":"]
        lines += [_format(each, " ") for each in self.error_diagnostics]
        return "\n".join(lines)


class MLIRWarning(UserWarning):
    """A warning of MLIR that no diagnostic handler has dealt with."""


def warn(diagnostic: Diagnostic) -> None:
    """Called by the extension for such a warning."""
    warnings.warn(_format(diagnostic), MLIRWarning, stacklevel=2)
