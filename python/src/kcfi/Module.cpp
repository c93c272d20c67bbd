//===- Module.cpp - The extension module ----------------------------------===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KCFI.h"

#include "kcfi-c/Dialect.h"
#include "kcfi-c/Passes.h"

using namespace mlir::python;
using namespace mlir::kcfi::python;

NB_MODULE(_kcfi, m) {
  m.doc() = "MLIR and the kcfi dialect; mlir_kcfi has the names to use.";
  // Objects may outlive the interpreter's modules; that is no error of theirs.
  nb::set_leak_warnings(false);
  bindContext(m,
              {"mlir_kcfi._errors", "kcfi", [](MlirDialectRegistry registry) {
                 kcfiRegisterAllDialects(registry);
                 kcfiRegisterAllPasses();
               }});
  bindTypes(m);
  bindAttributes(m);
  bindIR(m);
  bindPass(m);
  bindRewrite(m);
  m.def(
      "get_version", [] { return toString(kcfiGetVersion()); },
      "The version of the project.");
  bindKinds(m);
  bindEncoding(m);
  bindTranslation(m);
  bindPrograms(m);
  bindRemarks(m);
}
