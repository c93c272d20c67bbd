//===- MakeOperation.h - Operations made by Python --------------*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_PYTHON_MLIR_MAKEOPERATION_H
#define KCFI_PYTHON_MLIR_MAKEOPERATION_H

#include "Core.h"

namespace mlir::python {

/// Makes an operation of any name.
nb::object createOperation(const std::string &name, nb::object results,
                           nb::object operands, nb::object attributes,
                           nb::object successors, unsigned regions,
                           nb::object loc, nb::object ip, bool inferType);

/// The constructor of the generated classes of operations.
void initView(OpView *self, const std::string &name,
              std::pair<int, bool> regionSpec, nb::object operandSegments,
              nb::object resultSegments, nb::object attributes,
              nb::object results, nb::object operands, nb::object successors,
              std::optional<int> regions, nb::object loc, nb::object ip);

} // namespace mlir::python

#endif // KCFI_PYTHON_MLIR_MAKEOPERATION_H
