//===- IR.cpp - The classes of IR, in the order of their uses -------------===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Core.h"

#include <nanobind/typing.h>

using namespace mlir::python;

void mlir::python::bindIR(nb::module_ &m) {
  bindWalks(m);
  m.attr("_T") = nb::type_var("_T");
  bindValues(m);
  bindLists(m);
  bindAttributeMap(m);
  bindBlocks(m);
  bindOperations(m);
  bindSymbols(m);
}
