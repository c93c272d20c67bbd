//===- kinds.c - Every type and attribute is taken apart and made again -*- C
//-*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// clang-format off: the lines are for lit.
/*
   Each type and attribute of the files is made again of its parameters, with
   all that is in them; together they have all kinds.
   RUN: %capi/kinds --round-trip %S/../IR/types.mlir %S/../IR/attributes.mlir \
   RUN:   %S/../IR/rust-types.mlir %S/../IR/ops.mlir \
   RUN:   %S/../IR/equivalences.mlir %S/../IR/objects.mlir

   The table of kinds has what the definitions of the dialect have.
   RUN: llvm-tblgen --dump-json -I %kcfi_src/include -I %llvm_bin/../include \
   RUN:   %kcfi_src/include/kcfi/IR/KCFIOps.td -o %t.json
   RUN: %capi/kinds --list > %t.kinds
   RUN: %python %S/Inputs/check-kinds.py %t.json %t.kinds
*/
// clang-format on

#include "Inputs/Test.h"

static int seenTypes[KCFITypeKindNone], seenAttributes[KCFIAttributeKindNone];

static void visitAttribute(MlirAttribute attr);

static void visitType(MlirType type) {
  KCFITypeKind kind = kcfiTypeGetKind(type);
  if (kind == KCFITypeKindNone) {
    EXPECT(mlirAttributeIsNull(kcfiTypeGetParameter(type, 0)));
    return;
  }
  ++seenTypes[kind];
  EXPECT(kcfiTypeIsA(type, kind));
  EXPECT(!kcfiTypeIsA(type, (KCFITypeKind)((kind + 1) % KCFITypeKindNone)));
  EXPECT(mlirTypeIDEqual(mlirTypeGetTypeID(type), kcfiTypeKindGetTypeID(kind)));
  intptr_t count = kcfiTypeKindGetNumParameters(kind);
  MlirAttribute *parameters = malloc(count * sizeof(*parameters));
  for (intptr_t i = 0; i < count; ++i) {
    parameters[i] = kcfiTypeGetParameter(type, i);
    EXPECT(mlirAttributeEqual(
        parameters[i], kcfiTypeGetParameterByName(
                           type, kcfiTypeKindGetParameterName(kind, i))));
    EXPECT(!mlirAttributeIsNull(parameters[i]) ||
           kcfiTypeKindIsParameterOptional(kind, i));
    visitAttribute(parameters[i]);
  }
  MlirLocation location = mlirLocationUnknownGet(mlirTypeGetContext(type));
  EXPECT(mlirTypeEqual(type,
                       kcfiTypeGetChecked(location, kind, count, parameters)));
  /* One too few. */
  EXPECT(mlirTypeIsNull(
      kcfiTypeGetChecked(location, kind, count - 1, parameters)));
  free(parameters);
}

static void visitAttribute(MlirAttribute attr) {
  if (mlirAttributeIsNull(attr))
    return;
  if (mlirAttributeIsAType(attr))
    visitType(mlirTypeAttrGetValue(attr));
  if (mlirAttributeIsAArray(attr))
    for (intptr_t i = 0; i < mlirArrayAttrGetNumElements(attr); ++i)
      visitAttribute(mlirArrayAttrGetElement(attr, i));
  if (mlirAttributeIsADictionary(attr))
    for (intptr_t i = 0; i < mlirDictionaryAttrGetNumElements(attr); ++i)
      visitAttribute(mlirDictionaryAttrGetElement(attr, i).attribute);

  KCFIAttributeKind kind = kcfiAttributeGetKind(attr);
  if (kind == KCFIAttributeKindNone) {
    EXPECT(mlirAttributeIsNull(kcfiAttributeGetParameter(attr, 0)));
    return;
  }
  ++seenAttributes[kind];
  EXPECT(kcfiAttributeIsA(attr, kind));
  EXPECT(mlirTypeIDEqual(mlirAttributeGetTypeID(attr),
                         kcfiAttributeKindGetTypeID(kind)));
  intptr_t count = kcfiAttributeKindGetNumParameters(kind);
  MlirAttribute *parameters = malloc(count * sizeof(*parameters));
  for (intptr_t i = 0; i < count; ++i) {
    parameters[i] = kcfiAttributeGetParameter(attr, i);
    EXPECT(mlirAttributeEqual(
        parameters[i], kcfiAttributeGetParameterByName(
                           attr, kcfiAttributeKindGetParameterName(kind, i))));
    EXPECT(!mlirAttributeIsNull(parameters[i]) ||
           kcfiAttributeKindIsParameterOptional(kind, i));
    visitAttribute(parameters[i]);
  }
  MlirLocation location = mlirLocationUnknownGet(mlirAttributeGetContext(attr));
  EXPECT(mlirAttributeEqual(
      attr, kcfiAttributeGetChecked(location, kind, count, parameters)));
  EXPECT(mlirAttributeIsNull(
      kcfiAttributeGetChecked(location, kind, count - 1, parameters)));
  free(parameters);
}

static MlirWalkResult visitOperation(MlirOperation op, void *userData) {
  (void)userData;
  visitAttribute(mlirOperationGetAttributeByName(op, STR("kcfi.sig")));
  for (intptr_t i = 0; i < mlirOperationGetNumAttributes(op); ++i)
    visitAttribute(mlirOperationGetAttribute(op, i).attribute);
  for (intptr_t i = 0; i < mlirOperationGetNumResults(op); ++i)
    visitType(mlirValueGetType(mlirOperationGetResult(op, i)));
  return MlirWalkResultAdvance;
}

static MlirLogicalResult ignore(MlirDiagnostic diagnostic, void *userData) {
  (void)diagnostic;
  ++*(int *)userData;
  return mlirLogicalResultSuccess();
}

static void printList(void) {
  /* The numbers are dense, and those behind them are no kinds. */
  for (int kind = 0; kind <= KCFITypeKindNone + 1; ++kind) {
    MlirStringRef name = kcfiTypeKindGetName((KCFITypeKind)kind);
    if (!name.length) {
      EXPECT(kind >= KCFITypeKindNone);
      EXPECT(!kcfiTypeKindGetFullName((KCFITypeKind)kind).length);
      EXPECT(!kcfiTypeKindGetTypeID((KCFITypeKind)kind).ptr);
      EXPECT(!kcfiTypeKindGetNumParameters((KCFITypeKind)kind));
      EXPECT(!kcfiTypeKindIsParameterOptional((KCFITypeKind)kind, 0));
      continue;
    }
    printf("type ");
    printLine(name, "");
    printLine(kcfiTypeKindGetFullName((KCFITypeKind)kind), "");
    intptr_t count = kcfiTypeKindGetNumParameters((KCFITypeKind)kind);
    for (intptr_t i = 0; i < count; ++i) {
      printLine(kcfiTypeKindGetParameterName((KCFITypeKind)kind, i),
                kcfiTypeKindIsParameterOptional((KCFITypeKind)kind, i) ? "?"
                                                                       : "");
    }
    EXPECT(!kcfiTypeKindGetParameterName((KCFITypeKind)kind, count).length);
    EXPECT(!kcfiTypeKindGetParameterName((KCFITypeKind)kind, -1).length);
  }
  for (int kind = 0; kind <= KCFIAttributeKindNone + 1; ++kind) {
    MlirStringRef name = kcfiAttributeKindGetName((KCFIAttributeKind)kind);
    if (!name.length) {
      EXPECT(kind >= KCFIAttributeKindNone);
      EXPECT(!kcfiAttributeKindGetFullName((KCFIAttributeKind)kind).length);
      EXPECT(!kcfiAttributeKindGetTypeID((KCFIAttributeKind)kind).ptr);
      EXPECT(!kcfiAttributeKindGetNumParameters((KCFIAttributeKind)kind));
      continue;
    }
    printf("attribute ");
    printLine(name, "");
    printLine(kcfiAttributeKindGetFullName((KCFIAttributeKind)kind), "");
    intptr_t count = kcfiAttributeKindGetNumParameters((KCFIAttributeKind)kind);
    for (intptr_t i = 0; i < count; ++i)
      printLine(kcfiAttributeKindGetParameterName((KCFIAttributeKind)kind, i),
                kcfiAttributeKindIsParameterOptional((KCFIAttributeKind)kind, i)
                    ? "?"
                    : "");
    EXPECT(
        !kcfiAttributeKindIsParameterOptional((KCFIAttributeKind)kind, count));
  }
}

int main(int argc, char **argv) {
  if (argc == 2 && !strcmp(argv[1], "--list")) {
    printList();
    return failures != 0;
  }
  int errors = 0;
  MlirContext context = makeContext();
  for (int i = 2; i < argc; ++i) {
    Text text = readFile(argv[i]);
    MlirModule module = mlirModuleCreateParse(context, STR(text.data));
    EXPECT(!mlirModuleIsNull(module));
    /* Parameters that are missing are errors. */
    MlirDiagnosticHandlerID handler =
        mlirContextAttachDiagnosticHandler(context, ignore, &errors, NULL);
    if (!mlirModuleIsNull(module)) {
      mlirOperationWalk(mlirModuleGetOperation(module), visitOperation, NULL,
                        MlirWalkPreOrder);
      mlirModuleDestroy(module);
    }
    mlirContextDetachDiagnosticHandler(context, handler);
    clear(&text);
  }
  EXPECT(errors > KCFITypeKindNone + KCFIAttributeKindNone);
  for (int kind = 0; kind < KCFITypeKindNone; ++kind)
    if (!seenTypes[kind]) {
      printLine(kcfiTypeKindGetName((KCFITypeKind)kind), " was not seen");
      ++failures;
    }
  for (int kind = 0; kind < KCFIAttributeKindNone; ++kind)
    if (!seenAttributes[kind]) {
      printLine(kcfiAttributeKindGetName((KCFIAttributeKind)kind),
                " was not seen");
      ++failures;
    }
  mlirContextDestroy(context);
  return failures != 0;
}
