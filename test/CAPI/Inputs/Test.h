//===- Test.h - What the C tests share -*- C -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_TEST_CAPI_TEST_H
#define KCFI_TEST_CAPI_TEST_H

#include "kcfi-c/Dialect.h"
#include "kcfi-c/Encoding.h"
#include "kcfi-c/Passes.h"
#include "kcfi-c/Report.h"
#include "kcfi-c/Translation.h"
#include "mlir-c/BuiltinAttributes.h"
#include "mlir-c/BuiltinTypes.h"
#include "mlir-c/Diagnostics.h"
#include "mlir-c/IR.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failures = 0;

/* A failed expectation is printed and makes the program fail. */
#define EXPECT(condition)                                                      \
  do {                                                                         \
    if (!(condition)) {                                                        \
      printf("%s:%d: not true: %s\n", __FILE__, __LINE__, #condition);         \
      ++failures;                                                              \
    }                                                                          \
  } while (0)

#define STR(text) mlirStringRefCreateFromCString(text)

/* A callback; ends the line if `userData` is `lineEnd`. */
static char lineEnd[1];

static inline void printString(MlirStringRef string, void *userData) {
  fwrite(string.data, 1, string.length, stdout);
  if (userData == lineEnd)
    puts("");
}

static inline void printLine(MlirStringRef string, const char *suffix) {
  printString(string, NULL);
  puts(suffix);
}

/* A growing string, for callbacks. */
typedef struct Text {
  char *data;
  size_t length;
} Text;

static inline void append(MlirStringRef string, void *text) {
  Text *to = text;
  to->data = realloc(to->data, to->length + string.length + 1);
  memcpy(to->data + to->length, string.data, string.length);
  to->length += string.length;
  to->data[to->length] = 0;
}

static inline void clear(Text *text) {
  free(text->data);
  text->data = NULL;
  text->length = 0;
}

static inline int contains(const Text *text, const char *part) {
  return text->data && strstr(text->data, part);
}

/* Prints diagnostics with their severity and without notes. */
static inline MlirLogicalResult printDiagnostic(MlirDiagnostic diagnostic,
                                                void *userData) {
  (void)userData;
  static const char *const names[] = {"error", "warning", "note", "remark"};
  printf("%s: ", names[mlirDiagnosticGetSeverity(diagnostic)]);
  mlirDiagnosticPrint(diagnostic, printString, NULL);
  puts("");
  fflush(stdout);
  return mlirLogicalResultSuccess();
}

/* A context with everything, whose diagnostics go to the standard output. */
static inline MlirContext makeContext(void) {
  MlirDialectRegistry registry = mlirDialectRegistryCreate();
  kcfiRegisterAllDialects(registry);
  MlirContext context = mlirContextCreateWithRegistry(registry, false);
  mlirDialectRegistryDestroy(registry);
  mlirContextAttachDiagnosticHandler(context, printDiagnostic, NULL, NULL);
  mlirDialectHandleLoadDialect(mlirGetDialectHandle__kcfi__(), context);
  return context;
}

/* The text of a file; ends the program if there is none. */
static inline Text readFile(const char *path) {
  Text text = {NULL, 0};
  FILE *file = fopen(path, "rb");
  if (!file) {
    perror(path);
    exit(2);
  }
  char buffer[4096];
  size_t size;
  append(STR(""), &text);
  while ((size = fread(buffer, 1, sizeof(buffer), file)))
    append(mlirStringRefCreate(buffer, size), &text);
  fclose(file);
  return text;
}

/* The type with that text. */
static inline MlirType parseType(MlirContext context, const char *text) {
  return mlirTypeParseGet(context, STR(text));
}

#endif
