//===- old-plugin.c - A plugin of another version ---------------*- C -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Stands for this project's plugin as built for another MLIR.
//
//===----------------------------------------------------------------------===//

struct info {
  unsigned version;
  const char *name, *own_version;
  void (*callback)(void);
};

struct info mlirGetPassPluginInfo(void) {
  return (struct info){4321, "KCFI", "0.0", 0};
}

struct info mlirGetDialectPluginInfo(void) { return mlirGetPassPluginInfo(); }
