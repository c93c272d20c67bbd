//===- example.c - The example of docs/CAPI.md -*- C -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// RUN: %capi/example | FileCheck %s
// CHECK: int (int): _ZTSFiiE, 0x00050794

#include "kcfi-c/Dialect.h"
#include "kcfi-c/Encoding.h"

#include <stdio.h>

static void print(MlirStringRef text, void *file) {
  fwrite(text.data, 1, text.length, file);
}

int main(void) {
  MlirContext context = mlirContextCreate();
  mlirDialectHandleLoadDialect(mlirGetDialectHandle__kcfi__(), context);
  MlirLocation here = mlirLocationUnknownGet(context);

  /* int f(int) */
  MlirStringRef none = mlirStringRefCreateFromCString("");
  MlirAttribute noSalt = {NULL};
  MlirType type =
      kcfiCBuiltinTypeGetChecked(here, mlirStringRefCreateFromCString("int"));
  MlirType signature =
      kcfiFnTypeGetChecked(here, 1, &type, type, none, none, noSalt);
  if (mlirTypeIsNull(signature))
    return 1; /* The context's diagnostics said why. */

  kcfiTypePrintReadable(signature, print, stdout);
  printf(": ");
  MlirAttribute defaults = {NULL};
  uint32_t id;
  MlirLogicalResult result =
      kcfiEncode(signature, defaults,
                 mlirStringRefCreateFromCString("x86_64-unknown-linux-gnu"),
                 /*numDefinitions=*/0, /*definitions=*/NULL, print, stdout, &id,
                 print, stderr);
  if (mlirLogicalResultIsSuccess(result))
    printf(", 0x%08x\n", id);
  mlirContextDestroy(context);
  return mlirLogicalResultIsFailure(result);
}
