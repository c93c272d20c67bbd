//===- KCFI.h - The project's own functions in Python -----------*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_PYTHON_KCFI_KCFI_H
#define KCFI_PYTHON_KCFI_KCFI_H

#include "../mlir/Core.h"

namespace mlir::kcfi::python {

namespace nb = nanobind;

/// Appends text to the string behind `data`.
inline void append(MlirStringRef text, void *data) {
  static_cast<std::string *>(data)->append(text.data, text.length);
}

/// The text without line breaks at its end.
inline std::string strip(std::string text) {
  while (!text.empty() && text.back() == '\n')
    text.pop_back();
  return text;
}

void bindKinds(nb::module_ &m);
void bindEncoding(nb::module_ &m);
void bindTranslation(nb::module_ &m);
void bindPrograms(nb::module_ &m);
void bindRemarks(nb::module_ &m);

} // namespace mlir::kcfi::python

#endif // KCFI_PYTHON_KCFI_KCFI_H
