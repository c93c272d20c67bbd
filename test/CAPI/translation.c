//===- translation.c - From and to LLVM IR -*- C -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// RUN: %capi/translation | FileCheck %s

#include "Inputs/Test.h"
#include "mlir-c/Pass.h"

static const char *const source =
    "target datalayout = \"e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-"
    "i128:128-f80:128-n8:16:32:64-S128\"\n"
    "target triple = \"x86_64-unknown-linux-gnu\"\n"
    "define i32 @call(ptr %p, i32 %x) !kcfi_type !1 {\n"
    "  %r = call i32 %p(i32 %x) [ \"kcfi\"(i32 329620) ]\n"
    "  ret i32 %r\n"
    "}\n"
    "!llvm.module.flags = !{!0}\n"
    "!0 = !{i32 4, !\"kcfi\", i32 1}\n"
    "!1 = !{i32 77}\n";

static const char *const withPrefix =
    "define void @f() prefix i32 7 {\n  ret void\n}\n";

static const char *const withCallBr =
    "define void @f() {\n"
    "  callbr void asm sideeffect \"\", \"!i\"() to label %a [label %a]\n"
    "a:\n"
    "  ret void\n"
    "}\n";

static MlirModule import(MlirContext context, const char *text,
                         const char *carry, const char *loss) {
  MlirStringRef losses[] = {STR(loss)};
  return kcfiImportLLVMIR(context, STR(text), STR("input.ll"), STR(carry),
                          *loss != 0, losses);
}

static void expectNone(MlirModule module) { EXPECT(mlirModuleIsNull(module)); }

int main(void) {
  kcfiRegisterAllPasses();
  MlirContext context = makeContext();
  MlirModule module = import(context, source, "", "");
  EXPECT(!mlirModuleIsNull(module));
  MlirOperation op = mlirModuleGetOperation(module);

  // Not ready: its check is no bundle yet.
  // CHECK: error: {{.*}}
  Text text = {NULL, 0};
  EXPECT(mlirLogicalResultIsFailure(kcfiExportLLVMIR(op, append, &text)));
  EXPECT(!text.length);

  MlirPassManager passes = mlirPassManagerCreate(context);
  EXPECT(mlirLogicalResultIsSuccess(mlirParsePassPipeline(
      mlirPassManagerGetAsOpPassManager(passes),
      STR("builtin.module(kcfi-roundtrip-pipeline)"), printString, lineEnd)));
  EXPECT(mlirLogicalResultIsSuccess(mlirPassManagerRunOnOp(passes, op)));
  mlirPassManagerDestroy(passes);
  EXPECT(mlirLogicalResultIsSuccess(kcfiExportLLVMIR(op, append, &text)));
  EXPECT(contains(&text, "[ \"kcfi\"(i32 329620) ]") &&
         contains(&text, "!kcfi_type"));

  // Bitcode is a way to the same module.
  Text bitcode = {NULL, 0};
  EXPECT(mlirLogicalResultIsSuccess(kcfiExportBitcode(op, append, &bitcode)));
  EXPECT(bitcode.length > 4 && !memcmp(bitcode.data, "BC\xC0\xDE", 4));
  MlirModule again = kcfiImportLLVMIR(
      context, mlirStringRefCreate(bitcode.data, bitcode.length),
      STR("input.bc"), STR("exact"), 0, NULL);
  EXPECT(!mlirModuleIsNull(again));
  mlirModuleDestroy(again);
  // Cut off in the middle.
  // CHECK-NEXT: error: {{.+}}
  expectNone(kcfiImportLLVMIR(
      context, mlirStringRefCreate(bitcode.data, bitcode.length / 2),
      STR("input.bc"), STR(""), 0, NULL));
  clear(&bitcode);
  clear(&text);

  // Not a module.
  // CHECK-NEXT: error: expected a module
  EXPECT(mlirLogicalResultIsFailure(kcfiExportBitcode(
      mlirBlockGetFirstOperation(mlirModuleGetBody(module)), append, &text)));
  EXPECT(!text.length);
  mlirModuleDestroy(module);

  // What MLIR has no form for is a fact, carried, refused or dropped.
  MlirModule kept = import(context, withPrefix, "none", "");
  EXPECT(!mlirModuleIsNull(kept));
  mlirModuleDestroy(kept);
  // CHECK: remark: 1 instruction or constant is carried as LLVM bitcode
  MlirModule carried = import(context, withCallBr, "needed", "");
  EXPECT(!mlirModuleIsNull(carried));
  mlirModuleDestroy(carried);
  // CHECK: error: function 'f' has no MLIR form: instruction 'callbr'
  expectNone(import(context, withCallBr, "none", ""));
  // CHECK: warning: {{.*}}
  MlirModule dropped = import(context, withPrefix, "none", "prefix-data");
  EXPECT(!mlirModuleIsNull(dropped));
  mlirModuleDestroy(dropped);

  puts("invalid");
  // CHECK: {{^}}invalid
  // CHECK-NEXT: error: {{.+}}
  expectNone(import(context, "define nonsense", "", ""));
  // CHECK-NEXT: error: invalid LLVM IR: {{.+}}
  expectNone(import(context,
                    "define void @f() {\n  ret void\n}\n"
                    "!llvm.module.flags = !{!0}\n!0 = !{i32 1}\n",
                    "", ""));
  // CHECK: error: 'everything' is not what an import can carry, expected
  // 'none', 'needed' or 'exact'
  expectNone(import(context, source, "everything", ""));
  // CHECK-NEXT: error: 'honour' is no kind of loss
  expectNone(import(context, source, "", "honour"));
  // An empty text is an empty module to LLVM.
  MlirModule empty = import(context, "", "", "");
  EXPECT(!mlirModuleIsNull(empty));
  mlirModuleDestroy(empty);
  mlirContextDestroy(context);

  // A context without anything: the import brings what it needs.
  context = mlirContextCreate();
  module = import(context, source, "", "");
  EXPECT(!mlirModuleIsNull(module));
  mlirModuleDestroy(module);
  mlirContextDestroy(context);
  // CHECK: 0 failures
  printf("%d failures\n", failures);
  return failures != 0;
}
