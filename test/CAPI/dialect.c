//===- dialect.c - Common types, wrong parameters, registration -*- C -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// RUN: %capi/dialect | FileCheck %s

#include "Inputs/Test.h"

static MlirLocation location;

/* True if `type` is the one with that text. */
static int is(MlirType type, const char *text) {
  if (mlirTypeIsNull(type))
    return 0;
  MlirType expected = parseType(mlirTypeGetContext(type), text);
  return !mlirTypeIsNull(expected) && mlirTypeEqual(type, expected);
}

static MlirType builtin(const char *name) {
  return kcfiCBuiltinTypeGetChecked(location, STR(name));
}

static MlirType primitive(const char *name) {
  return kcfiRustPrimitiveTypeGetChecked(location, STR(name));
}

static void testCommon(MlirContext context) {
  MlirStringRef none = STR("");
  MlirAttribute noAttr = {NULL};
  MlirType charType = builtin("char"), intType = builtin("int");
  EXPECT(is(intType, "!kcfi.c.int"));
  MlirType constChar =
      kcfiQualTypeGetChecked(location, STR("const"), 0, charType);
  MlirType string = kcfiPtrTypeGetChecked(location, constChar);
  EXPECT(is(string, "!kcfi.ptr<qual<const c.char>>"));
  EXPECT(
      is(kcfiQualTypeGetChecked(location, STR("const|volatile"), 256, intType),
         "!kcfi.qual<const volatile addrspace(256) c.int>"));

  MlirType params[] = {string, intType};
  MlirType fn = kcfiFnTypeGetChecked(location, 2, params, intType,
                                     STR("variadic"), none, noAttr);
  EXPECT(is(fn, "!kcfi.fn<(ptr<qual<const c.char>>, c.int, ...) -> c.int>"));
  EXPECT(kcfiTypeIsSignature(fn) && !kcfiTypeIsSignature(intType));
  EXPECT(kcfiFnTypeGetNumParams(fn) == 2);
  EXPECT(mlirTypeEqual(kcfiFnTypeGetParam(fn, 1), intType));
  EXPECT(mlirTypeIsNull(kcfiFnTypeGetParam(fn, 2)));
  EXPECT(mlirTypeIsNull(kcfiFnTypeGetParam(fn, -1)));
  EXPECT(mlirTypeEqual(kcfiFnTypeGetResult(fn), intType));
  EXPECT(kcfiFnTypeGetNumParams(intType) == -1);
  EXPECT(mlirTypeIsNull(kcfiFnTypeGetParam(intType, 0)));
  EXPECT(mlirTypeIsNull(kcfiFnTypeGetResult(intType)));
  EXPECT(is(kcfiFnTypeGetChecked(location, 0, NULL, builtin("void"),
                                 STR("noexcept|noreturn"), STR("ms_abi"),
                                 mlirStringAttrGet(context, STR("pepper"))),
            "!kcfi.fn<() -> c.void noexcept noreturn cc(ms_abi) "
            "salt(\"pepper\")>"));
  EXPECT(is(kcfiFnPtrTypeGetChecked(location, fn),
            "!kcfi.fnptr<(ptr<qual<const c.char>>, c.int, ...) -> c.int>"));
  EXPECT(is(kcfiEncodedTypeGetChecked(location, STR("_ZTSFiiE")),
            "!kcfi.encoded<\"_ZTSFiiE\">"));
  EXPECT(is(kcfiRawTypeGetChecked(location, 0x50794), "!kcfi.raw<0x50794>"));
  EXPECT(is(kcfiTagTypeGetChecked(location, STR("struct"), STR("S")),
            "!kcfi.tag<struct \"S\">"));
  EXPECT(is(kcfiCArrayTypeGetChecked(location, 10, intType),
            "!kcfi.c.array<10, c.int>"));
  EXPECT(is(kcfiCArrayTypeGetChecked(location, -1, intType),
            "!kcfi.c.array<?, c.int>"));

  MlirType u8 = primitive("u8");
  EXPECT(is(u8, "!kcfi.rs.u8"));
  MlirType reference = kcfiRustRefTypeGetChecked(location, true, u8);
  EXPECT(is(reference, "!kcfi.rs.ref<mut rs.u8>"));
  EXPECT(is(kcfiRustPtrTypeGetChecked(location, false, u8),
            "!kcfi.rs.ptr<const rs.u8>"));
  MlirType elements[] = {u8, reference};
  MlirType unit = kcfiRustTupleTypeGetChecked(location, 0, NULL);
  EXPECT(is(kcfiRustTupleTypeGetChecked(location, 2, elements),
            "!kcfi.rs.tuple<rs.u8, rs.ref<mut rs.u8>>"));
  MlirType rustFn =
      kcfiRustFnTypeGetChecked(location, 2, elements, unit, STR("C"), none);
  EXPECT(is(rustFn, "!kcfi.rs.fn<(rs.u8, rs.ref<mut rs.u8>) -> rs.unit "
                    "abi(\"C\")>"));
  EXPECT(kcfiFnTypeGetNumParams(rustFn) == 2);
  EXPECT(mlirTypeEqual(kcfiFnTypeGetResult(rustFn), unit));
  MlirAttribute item = mlirAttributeParseGet(
      context, STR("#kcfi.rs.item<\"app\" \"s_\" [\"Thing\"]>"));
  EXPECT(is(kcfiRustAdtTypeGetChecked(location, item, noAttr),
            "!kcfi.rs.adt<#kcfi.rs.item<\"app\" \"s_\" [\"Thing\"]>>"));
  MlirAttribute predicate = mlirAttributeParseGet(
      context, STR("#kcfi.rs.predicate<trait #kcfi.rs.item<\"app\" \"s_\" "
                   "[\"Thing\"]>>"));
  EXPECT(is(kcfiRustDynTypeGetChecked(location,
                                      mlirArrayAttrGet(context, 1, &predicate)),
            "!kcfi.rs.dyn<[trait #kcfi.rs.item<\"app\" \"s_\" [\"Thing\"]>]>"));

  MlirAttribute encoding =
      kcfiEncodingAttrGetChecked(location, STR("fnv1a"), true, false);
  EXPECT(kcfiAttributeIsA(encoding, KCFIAttributeKindEncoding));
  MlirAttribute hash = kcfiAttributeGetParameterByName(encoding, STR("hash"));
  EXPECT(mlirStringRefEqual(mlirStringAttrGetValue(hash), STR("fnv1a")));
  MlirAttribute id = kcfiTypeIdAttrGetChecked(
      location, 0x50794, mlirStringAttrGet(context, STR("_ZTSFiiE")));
  EXPECT(kcfiTypeIdAttrGetValue(id) == 0x50794);
  EXPECT(kcfiTypeIdAttrGetValue(encoding) == 0);
  EXPECT(kcfiTypeIdAttrGetValue(noAttr) == 0);
}

static void testNothing(MlirContext context) {
  MlirType noType = {NULL};
  MlirAttribute noAttr = {NULL};
  MlirType i32 = mlirIntegerTypeGet(context, 32);
  EXPECT(kcfiTypeGetKind(noType) == KCFITypeKindNone);
  EXPECT(kcfiTypeGetKind(i32) == KCFITypeKindNone);
  EXPECT(!kcfiTypeIsA(noType, KCFITypeKindNone));
  EXPECT(!kcfiTypeIsA(i32, KCFITypeKindNone));
  EXPECT(!kcfiTypeIsSignature(noType));
  EXPECT(kcfiAttributeGetKind(noAttr) == KCFIAttributeKindNone);
  EXPECT(!kcfiAttributeIsA(noAttr, KCFIAttributeKindNone));
  EXPECT(kcfiFnTypeGetNumParams(noType) == -1);
  EXPECT(mlirAttributeIsNull(kcfiTypeGetParameter(noType, 0)));
  EXPECT(mlirAttributeIsNull(kcfiAttributeGetParameter(noAttr, 0)));
  EXPECT(mlirAttributeIsNull(kcfiTypeGetParameterByName(noType, STR("x"))));
  EXPECT(
      mlirAttributeIsNull(kcfiAttributeGetParameterByName(noAttr, STR("x"))));
  MlirType intType = builtin("int");
  EXPECT(mlirAttributeIsNull(kcfiTypeGetParameterByName(intType, STR("x"))));
  EXPECT(mlirAttributeIsNull(kcfiTypeGetParameter(intType, 1)));
  EXPECT(mlirAttributeIsNull(kcfiTypeGetParameter(intType, -1)));
}

/* Everything that is wrong gives null and one error. */
static void testErrors(MlirContext context) {
  MlirType noType = {NULL};
  MlirAttribute noAttr = {NULL};
  MlirType intType = builtin("int");
  puts("errors");

  // CHECK: {{^}}errors
  // CHECK-NEXT: error: parameter 'pointee' of 'kcfi.ptr' is missing
  EXPECT(mlirTypeIsNull(kcfiPtrTypeGetChecked(location, noType)));
  // CHECK-NEXT: error: parameter 'kind' of 'kcfi.c.builtin' has to be one of
  // its keywords, not "integer"
  EXPECT(mlirTypeIsNull(builtin("integer")));
  // CHECK-NEXT: error: parameter 'qualifiers' of 'kcfi.qual' has to be one of
  // its keywords, not "const|nice"
  EXPECT(mlirTypeIsNull(
      kcfiQualTypeGetChecked(location, STR("const|nice"), 0, intType)));
  // CHECK-NEXT: error: parameter 'params' of 'kcfi.fn' has to be a list, each
  // element a type, not [unit]
  EXPECT(mlirTypeIsNull(kcfiFnTypeGetChecked(location, 1, &noType, intType,
                                             STR(""), STR(""), noAttr)));
  // CHECK-NEXT: error: parameter 'salt' of 'kcfi.fn' has to be a string, not
  // unit
  EXPECT(mlirTypeIsNull(kcfiFnTypeGetChecked(
      location, 0, NULL, intType, STR(""), STR(""), mlirUnitAttrGet(context))));
  // The type's own rules.
  // CHECK-NEXT: error: {{.*}}0
  EXPECT(mlirTypeIsNull(kcfiRawTypeGetChecked(location, 0)));
  // CHECK-NEXT: error: {{.*}}i32
  EXPECT(mlirTypeIsNull(
      kcfiPtrTypeGetChecked(location, mlirIntegerTypeGet(context, 32))));
  // Numbers that do not fit.
  MlirType i64 = mlirIntegerTypeGet(context, 64);
  MlirAttribute parameters[] = {mlirIntegerAttrGet(i64, -1),
                                mlirBoolAttrGet(context, false)};
  // CHECK-NEXT: error: parameter 'bits' of 'kcfi.c.bitint' has to be a number
  // of 32 bits, not -1 : i64
  EXPECT(mlirTypeIsNull(
      kcfiTypeGetChecked(location, KCFITypeKindCBitInt, 2, parameters)));
  parameters[0] = mlirIntegerAttrGet(i64, 7);
  EXPECT(!mlirTypeIsNull(
      kcfiTypeGetChecked(location, KCFITypeKindCBitInt, 2, parameters)));
  parameters[1] = parameters[0];
  // CHECK-NEXT: error: parameter 'isUnsigned' of 'kcfi.c.bitint' has to be a
  // bool, not 7 : i64
  EXPECT(mlirTypeIsNull(
      kcfiTypeGetChecked(location, KCFITypeKindCBitInt, 2, parameters)));
  // CHECK-NEXT: error: 'kcfi.c.bitint' has 2 parameters, not 1
  EXPECT(mlirTypeIsNull(
      kcfiTypeGetChecked(location, KCFITypeKindCBitInt, 1, parameters)));
  // CHECK-NEXT: error: there is no kind 36 in the kcfi dialect
  EXPECT(
      mlirTypeIsNull(kcfiTypeGetChecked(location, KCFITypeKindNone, 0, NULL)));
  // CHECK-NEXT: error: there is no kind 99 in the kcfi dialect
  EXPECT(mlirAttributeIsNull(
      kcfiAttributeGetChecked(location, (KCFIAttributeKind)99, 0, NULL)));
  // CHECK-NEXT: error: parameter 'item' of 'kcfi.rs.adt' has to be a
  // 'kcfi.rs.item', not unit
  EXPECT(mlirTypeIsNull(
      kcfiRustAdtTypeGetChecked(location, mlirUnitAttrGet(context), noAttr)));
  // CHECK-NEXT: error: parameter 'args' of 'kcfi.pack' has to be a list, not
  // {{.*}}
  MlirAttribute list = mlirArrayAttrGet(context, 1, &noAttr);
  EXPECT(mlirAttributeIsNull(kcfiAttributeGetChecked(
      location, KCFIAttributeKindTemplatePack, 1, &list)));

  // CHECK-NEXT: error: parameter 'pointee' of 'kcfi.ptr' belongs to another
  // context
  MlirContext other = mlirContextCreate();
  MlirAttribute foreign = mlirTypeAttrGet(mlirIntegerTypeGet(other, 32));
  EXPECT(mlirTypeIsNull(
      kcfiTypeGetChecked(location, KCFITypeKindPtr, 1, &foreign)));
  // CHECK-NEXT: error: the kcfi dialect is not loaded in this context
  // CHECK-NEXT: error: the kcfi dialect is not loaded in this context
  mlirContextAttachDiagnosticHandler(other, printDiagnostic, NULL, NULL);
  MlirLocation elsewhere = mlirLocationUnknownGet(other);
  EXPECT(mlirTypeIsNull(kcfiCBuiltinTypeGetChecked(elsewhere, STR("int"))));
  EXPECT(mlirTypeIsNull(kcfiRustRefTypeGetChecked(
      elsewhere, false, mlirIntegerTypeGet(other, 32))));
  mlirContextDestroy(other);

  // CHECK-NEXT: error: 'kcfi.ptr' would be nested more than 256 levels deep
  MlirType deep = intType;
  int depth = 0;
  while (!mlirTypeIsNull(deep) && depth < 1000) {
    deep = kcfiPtrTypeGetChecked(location, deep);
    ++depth;
  }
  EXPECT(depth == 256);
}

/* Registration twice, and of the dialect alone. */
static void testRegistration(void) {
  MlirDialectRegistry registry = mlirDialectRegistryCreate();
  kcfiRegisterAllDialects(registry);
  kcfiRegisterAllDialects(registry);
  mlirDialectHandleInsertDialect(mlirGetDialectHandle__kcfi__(), registry);
  MlirContext context = mlirContextCreateWithRegistry(registry, true);
  mlirDialectRegistryDestroy(registry);
  EXPECT(!mlirDialectIsNull(mlirContextGetOrLoadDialect(context, STR("kcfi"))));
  EXPECT(!mlirDialectIsNull(mlirContextGetOrLoadDialect(context, STR("func"))));
  mlirContextDestroy(context);

  context = mlirContextCreate();
  mlirDialectHandleRegisterDialect(mlirGetDialectHandle__kcfi__(), context);
  EXPECT(!mlirDialectIsNull(mlirContextGetOrLoadDialect(context, STR("kcfi"))));
  EXPECT(is(
      kcfiCBuiltinTypeGetChecked(mlirLocationUnknownGet(context), STR("void")),
      "!kcfi.c.void"));
  mlirContextDestroy(context);

  // CHECK: version {{[0-9]+\.[0-9]+\.[0-9]+$}}
  printf("version ");
  printLine(kcfiGetVersion(), "");
}

int main(void) {
  MlirContext context = makeContext();
  location = mlirLocationUnknownGet(context);
  testCommon(context);
  testNothing(context);
  testErrors(context);
  testRegistration();
  mlirContextDestroy(context);
  // CHECK-NEXT: 0 failures
  printf("%d failures\n", failures);
  return failures != 0;
}
