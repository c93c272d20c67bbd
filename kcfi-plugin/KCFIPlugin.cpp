//===- KCFIPlugin.cpp - Dialect and passes for stock tools -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// A loadable module for tools such as mlir-opt:
//
//     mlir-opt --load-dialect-plugin=KCFIPlugin.so
//              --load-pass-plugin=KCFIPlugin.so ...
//
// It contains no MLIR: that is the tool's libMLIR.so.
//
//===----------------------------------------------------------------------===//

#include "kcfi/InitAll.h"
#include "mlir/Tools/Plugins/DialectPlugin.h"
#include "mlir/Tools/Plugins/PassPlugin.h"

extern "C" LLVM_ATTRIBUTE_WEAK mlir::DialectPluginLibraryInfo
mlirGetDialectPluginInfo() {
  return {MLIR_PLUGIN_API_VERSION, "KCFI", KCFI_VERSION_STRING,
          [](mlir::DialectRegistry *registry) {
            mlir::kcfi::registerDialect(*registry);
          }};
}

extern "C" LLVM_ATTRIBUTE_WEAK mlir::PassPluginLibraryInfo
mlirGetPassPluginInfo() {
  return {MLIR_PLUGIN_API_VERSION, "KCFI", KCFI_VERSION_STRING,
          [] { mlir::kcfi::registerAllPasses(); }};
}
