//===- report.c - Programs -*- C -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// clang-format off: the lines are for lit.
/*
   RUN: rm -rf %t && split-file %S/Inputs/program.txt %t
   RUN: %capi/report %t/module.mlir %t/a.ll %t/b.ll %t/other-hash.ll \
   RUN:   %t/broken.ll %t/summary.ndjson \
   RUN:   %S/../BadInput/Inputs/reader-crash.mlirbc %t/entries.mlir \
   RUN:   %t/module.json %t/module.txt | FileCheck %s

   A module's report is what the pass prints, but for the name of the file.
   RUN: kcfi-opt %t/entries.mlir -o %t/out.mlir \
   RUN:   --kcfi-report='format=json output=%t/pass.json' \
   RUN:   --kcfi-report=output=%t/pass.txt
   RUN: grep -q '"entries"' %t/pass.json
   RUN: grep -q '"equivalences"' %t/pass.json
   RUN: grep -q 'widening: @area.unused' %t/pass.txt
   RUN: sed -i 's|%t/entries.mlir:|FILE:|' %t/pass.json %t/pass.txt
   RUN: sed -i 's|[^ "]*:\([0-9]*:[0-9]*\)|FILE:\1|' \
   RUN:   %t/module.json %t/module.txt
   RUN: diff %t/pass.json %t/module.json
   RUN: diff %t/pass.txt %t/module.txt
*/
// clang-format on

#include "Inputs/Test.h"

static void explainPart(KCFIExplanationKind kind, MlirStringRef text,
                        MlirStringRef location, void *userData) {
  ++*(int *)userData;
  printf("  %d ", kind);
  printString(text, NULL);
  printf(" at ");
  printLine(location, "");
}

static void testModule(MlirContext context, const char *path) {
  Text source = readFile(path);
  MlirModule module = mlirModuleCreateParse(context, STR(source.data));
  clear(&source);
  MlirOperation op = mlirModuleGetOperation(module);
  Text report = {NULL, 0};
  EXPECT(mlirLogicalResultIsSuccess(
      kcfiModulePrintReportJSON(op, append, &report)));
  EXPECT(contains(&report, "_ZTSFiiE") && contains(&report, "twice"));
  clear(&report);

  KCFIProgram program = kcfiProgramCreateFromModule(op, STR("unit"));
  EXPECT(!kcfiProgramIsNull(program));
  // What is no module gives no program.
  // CHECK: error: expected a module
  // CHECK: error: expected a module
  // CHECK: error: expected a module
  MlirOperation function =
      mlirBlockGetFirstOperation(mlirModuleGetBody(module));
  EXPECT(kcfiProgramIsNull(kcfiProgramCreateFromModule(function, STR("u"))));
  EXPECT(mlirLogicalResultIsFailure(
      kcfiModulePrintReportJSON(function, append, &report)));
  EXPECT(mlirLogicalResultIsFailure(
      kcfiModulePrintReport(function, append, &report)));
  EXPECT(!report.length);
  // The program is data of its own.
  mlirModuleDestroy(module);

  // CHECK:      explanation
  // CHECK-NEXT:   0 int (int) at {{$}}
  // CHECK-NEXT:   1 _ZTSFiiE at {{$}}
  // CHECK-NEXT:   3 declared at {{.*}}:2:3
  // CHECK-NEXT:   2 twice at {{.*}}:4:3
  // CHECK-NEXT:   4 call at {{.*}}:10:10
  puts("explanation");
  int parts = 0;
  EXPECT(kcfiProgramExplain(program, 0x50794, explainPart, &parts));
  EXPECT(parts == 5);
  EXPECT(!kcfiProgramExplain(program, 1, explainPart, &parts));
  EXPECT(parts == 5);
  // CHECK-NEXT: 0x00050794: int (int)
  // CHECK-NEXT:   string: _ZTSFiiE
  // CHECK-NEXT:   function: @declared (declared) at
  // CHECK-NEXT:   function: @twice at
  // CHECK-NEXT:   call site: in @call at
  // CHECK-NEXT: 0x00000001: unknown id: no function and no call has it
  EXPECT(kcfiProgramPrintExplanation(program, 0x50794, printString, NULL));
  EXPECT(!kcfiProgramPrintExplanation(program, 1, printString, NULL));

  EXPECT(mlirLogicalResultIsSuccess(kcfiProgramPrintReportJSON(
      program, append, &report, printString, lineEnd)));
  EXPECT(contains(&report, "_ZTSFiiE"));
  clear(&report);
  kcfiProgramDestroy(program);
}

static void writeFile(const char *path, const Text *text) {
  FILE *file = fopen(path, "wb");
  EXPECT(file);
  fwrite(text->data, 1, text->length, file);
  fclose(file);
}

/* What only the module tells: equivalences and extra entries. */
static void testModuleReport(MlirContext context, const char *path,
                             const char *json, const char *text) {
  Text source = readFile(path), report = {NULL, 0};
  MlirModule module = mlirModuleCreateParse(context, STR(source.data));
  clear(&source);
  MlirOperation op = mlirModuleGetOperation(module);
  EXPECT(mlirLogicalResultIsSuccess(
      kcfiModulePrintReportJSON(op, append, &report)));
  writeFile(json, &report);
  clear(&report);
  EXPECT(
      mlirLogicalResultIsSuccess(kcfiModulePrintReport(op, append, &report)));
  writeFile(text, &report);
  clear(&report);
  mlirModuleDestroy(module);
}

static KCFIProgram readProgram(MlirDialectRegistry registry, const char *first,
                               const char *second) {
  MlirStringRef paths[] = {STR(first), STR(second)};
  return kcfiProgramRead(registry, 2, paths, 1, printString, NULL);
}

int main(int argc, char **argv) {
  EXPECT(argc == 11);
  MlirContext context = makeContext();
  testModule(context, argv[1]);
  testModuleReport(context, argv[8], argv[9], argv[10]);
  mlirContextDestroy(context);

  MlirDialectRegistry registry = mlirDialectRegistryCreate();
  kcfiRegisterAllDialects(registry);
  KCFIProgram program = readProgram(registry, argv[2], argv[3]);
  EXPECT(!kcfiProgramIsNull(program));
  Text text = {NULL, 0}, errors = {NULL, 0};
  EXPECT(mlirLogicalResultIsSuccess(
      kcfiProgramPrintReport(program, -1, append, &text, append, &errors)));
  EXPECT(contains(&text, "0x00050794") && !errors.length);
  clear(&text);
  kcfiProgramPrintAuditJSON(program, append, &text);
  EXPECT(contains(&text, "\"findings\""));
  clear(&text);
  kcfiProgramPrintAudit(program, true, append, &text);
  EXPECT(text.length);
  size_t all = text.length;
  clear(&text);
  kcfiProgramPrintAudit(program, false, append, &text);
  EXPECT(text.length && text.length < all);
  clear(&text);

  // A summary says the same as what it was made of.
  kcfiProgramPrintSummary(program, append, &text);
  writeFile(argv[6], &text);
  clear(&text);
  MlirStringRef path = STR(argv[6]);
  KCFIProgram again = kcfiProgramRead(registry, 1, &path, 0, printString, NULL);
  Text before = {NULL, 0};
  kcfiProgramPrintAuditJSON(program, append, &before);
  kcfiProgramPrintAuditJSON(again, append, &text);
  EXPECT(!kcfiProgramIsNull(again) && !strcmp(before.data, text.data));
  clear(&before);
  clear(&text);
  kcfiProgramDestroy(again);
  kcfiProgramDestroy(program);

  puts("conflicts");
  // CHECK: {{^}}conflicts
  // CHECK-NEXT: {{.*}}hash{{.*}}
  program = readProgram(registry, argv[2], argv[4]);
  EXPECT(mlirLogicalResultIsFailure(
      kcfiProgramPrintReportJSON(program, append, &text, printString, NULL)));
  EXPECT(mlirLogicalResultIsFailure(
      kcfiProgramPrintReport(program, 3, append, &text, NULL, NULL)));
  EXPECT(!text.length);
  kcfiProgramDestroy(program);

  puts("unreadable");
  // CHECK: {{^}}unreadable
  // CHECK-NEXT: {{.*}}broken.ll:
  EXPECT(kcfiProgramIsNull(readProgram(registry, argv[2], argv[5])));
  // CHECK: cannot open input file 'no-such-file'
  EXPECT(kcfiProgramIsNull(readProgram(registry, argv[2], "no-such-file")));
  // CHECK: error: the bytecode is damaged: MLIR's reader crashes on it
  EXPECT(kcfiProgramIsNull(readProgram(registry, argv[2], argv[7])));
  KCFIProgram none = {NULL};
  kcfiProgramDestroy(none);
  mlirDialectRegistryDestroy(registry);
  // CHECK: 0 failures
  printf("%d failures\n", failures);
  return failures != 0;
}
