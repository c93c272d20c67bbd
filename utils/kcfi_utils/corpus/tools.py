# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The tools that the corpus needs."""

from __future__ import annotations

import os
import shutil

from kcfi_utils.tools import ToolError


class Tools:
    """The paths of LLVM's tools and of the project's."""

    def __init__(self, llvm: str, kcfi: str | None) -> None:
        self.llvm = os.path.abspath(llvm)
        self.kcfi = kcfi
        self.clang = self.find_llvm("clang", "clang-22")
        self.clangxx = self.find_llvm("clang++", "clang-22")
        self.llc = self.find_llvm("llc")
        self.llvm_ar = self.find_llvm("llvm-ar")
        self.llvm_as = self.find_llvm("llvm-as")
        self.llvm_dis = self.find_llvm("llvm-dis")
        self.llvm_objdump = self.find_llvm("llvm-objdump")
        self.llvm_symbolizer = self.find_llvm("llvm-symbolizer")
        self.opt = self.find_llvm("opt")
        self.kcfi_translate = self.find_kcfi("kcfi-translate")
        self.kcfi_opt = self.find_kcfi("kcfi-opt")

    def find_llvm(self, name: str, package: str = "llvm-22") -> str:
        path = os.path.join(self.llvm, name)
        if not os.access(path, os.X_OK):
            raise ToolError(f"{path} is missing: install {package}")
        return path

    def find_kcfi(self, name: str) -> str:
        path = shutil.which(name, path=self.kcfi) if self.kcfi else None
        path = path or shutil.which(name)
        if not path:
            raise ToolError(
                f"{name} is missing: build the project, and give its bin directory "
                "with --kcfi-tools"
            )
        return os.path.abspath(path)


def need(program: str, package: str) -> None:
    if not shutil.which(program):
        raise ToolError(f"{program} is missing: install {package}")
