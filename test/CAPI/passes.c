//===- passes.c - Passes, pipelines and remarks -*- C -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// RUN: %capi/passes | FileCheck %s

#include "Inputs/Test.h"
#include "mlir-c/Pass.h"

static const char *const source =
    "module attributes {llvm.target_triple = \"x86_64-unknown-linux-gnu\"} {\n"
    "  func.func @apply(%f: !kcfi.fnptr<(c.int) -> c.int>, %x: i32) -> i32\n"
    "    attributes {kcfi.sig = !kcfi.fn<(ptr<fn<(c.int) -> c.int>>, c.int) -> "
    "c.int>} {\n"
    "    %r = kcfi.call %f(%x) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32\n"
    "    return %r : i32\n"
    "  }\n"
    "}\n";

/* Runs passes over the module of that text; success or not. */
static int runPasses(MlirContext context, MlirPassManager passes,
                     MlirModule *result) {
  MlirModule module = mlirModuleCreateParse(context, STR(source));
  EXPECT(!mlirModuleIsNull(module));
  int ok = mlirLogicalResultIsSuccess(
      mlirPassManagerRunOnOp(passes, mlirModuleGetOperation(module)));
  mlirPassManagerDestroy(passes);
  if (result)
    *result = module;
  else
    mlirModuleDestroy(module);
  return ok;
}

static int runPass(MlirContext context, MlirPass pass) {
  MlirPassManager passes = mlirPassManagerCreate(context);
  mlirPassManagerAddOwnedPass(passes, pass);
  return runPasses(context, passes, NULL);
}

/* All creators; what they make can run alone on this module or says why not. */
static void testCreators(MlirContext context) {
  puts("creators");
  EXPECT(runPass(context, mlirCreateKCFITransformsKCFIAssignTypeIds()));
  EXPECT(runPass(context, mlirCreateKCFITransformsKCFICheckInterop()));
  EXPECT(runPass(context, mlirCreateKCFITransformsKCFICoalesceTypes()));
  EXPECT(runPass(context, mlirCreateKCFITransformsKCFIExpandCoercions()));
  EXPECT(runPass(context, mlirCreateKCFITransformsKCFIFoldShims()));
  EXPECT(runPass(context, mlirCreateKCFITransformsKCFIPlaceEntries()));
  EXPECT(runPass(context, mlirCreateKCFITransformsKCFIVerifyLevel()));
  EXPECT(runPass(context, mlirCreateKCFITransformsKCFIAttachBundles()));
  EXPECT(runPass(context, mlirCreateKCFITransformsKCFIExpandChecks()));
  EXPECT(runPass(context, mlirCreateKCFITransformsKCFIReport()));
  EXPECT(runPass(context, mlirCreateKCFIConversionKCFIRaiseFromLLVM()));
  // CHECK: {{^}}creators
  // CHECK-NEXT: error: option 'before' names no file to compare with
  EXPECT(!runPass(context, mlirCreateKCFITransformsKCFIVerifyAgainst()));
  // CHECK-NEXT: error: 'kcfi.call' op has no type id
  // CHECK-NEXT: error: failed to legalize operation 'kcfi.call'
  EXPECT(!runPass(context, mlirCreateKCFIConversionConvertKCFIToLLVM()));
  // CHECK-NEXT: error: 'kcfi.call' op has no type id
  // CHECK-NEXT: error: failed to legalize operation 'kcfi.call'
  EXPECT(!runPass(context, mlirCreateKCFIConversionKCFIConvertRest()));
}

/* Each alone, all of a library, and all; more than once. */
static void testRegistration(void) {
  mlirRegisterKCFITransformsKCFIAssignTypeIds();
  mlirRegisterKCFITransformsKCFIAttachBundles();
  mlirRegisterKCFITransformsKCFICheckInterop();
  mlirRegisterKCFITransformsKCFICoalesceTypes();
  mlirRegisterKCFITransformsKCFIExpandChecks();
  mlirRegisterKCFITransformsKCFIExpandCoercions();
  mlirRegisterKCFITransformsKCFIFoldShims();
  mlirRegisterKCFITransformsKCFIPlaceEntries();
  mlirRegisterKCFITransformsKCFIReport();
  mlirRegisterKCFITransformsKCFIVerifyAgainst();
  mlirRegisterKCFITransformsKCFIVerifyLevel();
  mlirRegisterKCFIConversionConvertKCFIToLLVM();
  mlirRegisterKCFIConversionKCFIConvertRest();
  mlirRegisterKCFIConversionKCFIRaiseFromLLVM();
  mlirRegisterKCFITransformsPasses();
  mlirRegisterKCFIConversionPasses();
  kcfiRegisterPipelines();
  kcfiRegisterAllPasses();
  kcfiRegisterAllPasses();
  kcfiRegisterPipelines();
}

static MlirPassManager parse(MlirContext context, const char *pipeline) {
  MlirPassManager passes = mlirPassManagerCreate(context);
  EXPECT(mlirLogicalResultIsSuccess(
      mlirParsePassPipeline(mlirPassManagerGetAsOpPassManager(passes),
                            STR(pipeline), printString, lineEnd)));
  return passes;
}

static void testPipelines(MlirContext context) {
  MlirModule module;
  EXPECT(runPasses(context,
                   parse(context, "builtin.module(canonicalize,"
                                  "kcfi-lower-pipeline)"),
                   &module));
  Text text = {NULL, 0};
  mlirOperationPrint(mlirModuleGetOperation(module), append, &text);
  EXPECT(contains(&text, "[\"kcfi\"("));
  EXPECT(contains(&text, "#kcfi.type_id<"));
  clear(&text);
  mlirModuleDestroy(module);

  puts("errors");
  // CHECK: {{^}}errors
  // CHECK: 'no-such-pass' does not refer to a registered pass or pass pipeline
  MlirPassManager passes = mlirPassManagerCreate(context);
  EXPECT(mlirLogicalResultIsFailure(mlirParsePassPipeline(
      mlirPassManagerGetAsOpPassManager(passes),
      STR("builtin.module(no-such-pass)"), printString, lineEnd)));
  mlirPassManagerDestroy(passes);
}

/* What a handler has seen. */
typedef struct Seen {
  int remarks, deletions;
  int isQuiet;
} Seen;

static void see(const KCFIRemark *remark, void *userData) {
  Seen *seen = userData;
  ++seen->remarks;
  EXPECT(!seen->deletions);
  EXPECT(!mlirLocationIsNull(remark->location));
  if (seen->isQuiet)
    return;
  printf("remark %d ", remark->kind);
  printString(remark->category, NULL);
  printf(" ");
  printString(remark->name, NULL);
  printf(" in ");
  printString(remark->function, NULL);
  printf(": ");
  printLine(remark->message, "");
  for (intptr_t i = 0; i < remark->numArguments; ++i) {
    printf("  ");
    printString(remark->arguments[i].key, NULL);
    printf(" = ");
    printLine(remark->arguments[i].value,
              remark->arguments[i].attribute.ptr ? " (attribute)" : "");
  }
}

static void forget(void *userData) { ++((Seen *)userData)->deletions; }

static void testRemarks(MlirContext context) {
  puts("remarks");
  // CHECK: {{^}}remarks
  Seen first = {0, 0, 0};
  EXPECT(mlirLogicalResultIsSuccess(kcfiContextSetRemarkHandler(
      context, STR("kcfi.*"), see, &first, forget)));
  // CHECK-NEXT: remark 3 kcfi TypeIds in : {{.+}}
  // CHECK-NEXT:   Functions = 1
  // CHECK-NEXT:   ExtraEntries = 0
  // CHECK-NEXT:   CheckedCalls = 1
  // CHECK-NEXT:   UncheckedCalls = 0
  EXPECT(runPasses(
      context, parse(context, "builtin.module(kcfi-lower-pipeline)"), NULL));
  EXPECT(first.remarks == 1 && first.deletions == 0);

  // An expression that is none leaves the handler alone.
  // CHECK-NEXT: error: '(' is no regular expression for categories of remarks
  Seen second = {0, 0, 1};
  EXPECT(mlirLogicalResultIsFailure(
      kcfiContextSetRemarkHandler(context, STR("("), see, &second, forget)));
  EXPECT(first.deletions == 0 && second.deletions == 0);

  // Another handler takes its place; all categories.
  int before = first.remarks;
  EXPECT(mlirLogicalResultIsSuccess(
      kcfiContextSetRemarkHandler(context, STR(""), see, &second, forget)));
  EXPECT(first.deletions == 1);
  EXPECT(runPasses(
      context, parse(context, "builtin.module(kcfi-lower-pipeline)"), NULL));
  EXPECT(first.remarks == before && second.remarks == 1);

  // No category matches.
  Seen third = {0, 0, 1};
  EXPECT(mlirLogicalResultIsSuccess(kcfiContextSetRemarkHandler(
      context, STR("nothing"), see, &third, forget)));
  EXPECT(second.deletions == 1);
  EXPECT(runPasses(
      context, parse(context, "builtin.module(kcfi-lower-pipeline)"), NULL));
  EXPECT(third.remarks == 0);

  // No handler, twice.
  kcfiContextRemoveRemarkHandler(context);
  kcfiContextRemoveRemarkHandler(context);
  EXPECT(third.deletions == 1);
  EXPECT(runPasses(
      context, parse(context, "builtin.module(kcfi-lower-pipeline)"), NULL));
}

int main(void) {
  MlirContext context = makeContext();
  testCreators(context);
  testRegistration();
  testPipelines(context);
  testRemarks(context);

  // The context takes its handler with it.
  Seen last = {0, 0, 1};
  EXPECT(mlirLogicalResultIsSuccess(
      kcfiContextSetRemarkHandler(context, STR("kcfi"), see, &last, forget)));
  mlirContextDestroy(context);
  EXPECT(last.deletions == 1 && last.remarks == 0);
  // CHECK: 0 failures
  printf("%d failures\n", failures);
  return failures != 0;
}
