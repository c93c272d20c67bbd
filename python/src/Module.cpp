//===- Module.cpp - The extension module -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Core.h"

NB_MODULE(_kcfi, m) {
  m.doc() = "MLIR and the kcfi dialect; mlir_kcfi has the names to use.";
  // Objects may outlive the interpreter's modules; that is no error of theirs.
  nanobind::set_leak_warnings(false);
  mlir::kcfi::python::bindContext(m);
  mlir::kcfi::python::bindTypes(m);
  mlir::kcfi::python::bindAttributes(m);
  mlir::kcfi::python::bindIR(m);
  mlir::kcfi::python::bindPass(m);
  mlir::kcfi::python::bindRewrite(m);
  mlir::kcfi::python::bindKCFI(m);
}
