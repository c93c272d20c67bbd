//===- encoding.c - Ids -*- C -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// RUN: %capi/encoding | FileCheck %s

#include "Inputs/Test.h"

static const char *const x86 = "x86_64-unknown-linux-gnu";
static const MlirAttribute noAttr = {NULL};

/* Prints string and id, or the error. */
static void encode(MlirType type, MlirAttribute encoding, const char *target) {
  uint32_t id = 0;
  if (mlirLogicalResultIsSuccess(kcfiEncode(type, encoding, STR(target), 0,
                                            NULL, printString, NULL, &id,
                                            printString, lineEnd)))
    printf(" 0x%08x\n", id);
  else
    EXPECT(id == 0);
}

int main(void) {
  MlirContext context = makeContext();
  MlirLocation location = mlirLocationUnknownGet(context);
  MlirType fn = parseType(context, "!kcfi.fn<(c.int) -> c.int>");
  // The ids are those that clang 22 gives (docs/TypeIds.md).
  // CHECK: {{^}}_ZTSFiiE 0x00050794
  encode(fn, noAttr, x86);
  // CHECK-NEXT: {{^}}_ZTSFvPvE 0xa488ebfc
  encode(parseType(context, "!kcfi.fn<(ptr<c.void>) -> c.void>"), noAttr, x86);
  // CHECK-NEXT: {{^}}_ZTSFu3i32S_E.normalized 0x{{[0-9a-f]+$}}
  encode(fn, kcfiEncodingAttrGetChecked(location, STR("xxhash64"), true, false),
         x86);
  // CHECK-NEXT: {{^}}_ZTSFiiE 0xb8360626
  encode(fn, kcfiEncodingAttrGetChecked(location, STR("fnv1a"), false, false),
         x86);
  // The string is the id's only source.
  // CHECK-NEXT: {{^}}_ZTSFiiE 0x00050794
  encode(parseType(context, "!kcfi.encoded<\"_ZTSFiiE\">"), noAttr, x86);
  // A raw type has an id and no string.
  // CHECK-NEXT: {{^}} 0x12345678
  encode(parseType(context, "!kcfi.raw<0x12345678>"), noAttr, x86);

  // CHECK-NEXT: {{^}}the type to encode is no signature
  encode(parseType(context, "!kcfi.c.int"), noAttr, x86);
  // CHECK-NEXT: {{^}}the type to encode is no signature
  encode(mlirIntegerTypeGet(context, 32), noAttr, x86);
  // CHECK-NEXT: {{^}}the type to encode is no signature
  MlirType noType = {NULL};
  encode(noType, noAttr, x86);
  // CHECK-NEXT: {{^}}the encoding is no '#kcfi.encoding'
  encode(fn, mlirUnitAttrGet(context), x86);
  // CHECK-NEXT: KCFI is not possible for target 'wasm32-unknown-unknown':
  // {{.+}}
  encode(fn, noAttr, "wasm32-unknown-unknown");
  // CHECK-NEXT: KCFI is not possible for target 'nonsense': {{.+}}
  encode(fn, noAttr, "nonsense");
  // CHECK-NEXT: string "_ZTSFiiE.normalized" was made with other options
  encode(parseType(context, "!kcfi.encoded<\"_ZTSFiiE.normalized\">"), noAttr,
         x86);

  // Rust: the entry depends on what the function is, and on definitions.
  MlirAttribute callable = mlirAttributeParseGet(
      context,
      STR("#kcfi.rs.callable<impl_method, object rs.dyn<[trait "
          "#kcfi.rs.item<\"app\" "
          "\"s_\" [\"Shape\"]>]>, receiver rs.ref<rs.param<\"Self\">>>"));
  EXPECT(!mlirAttributeIsNull(callable));
  MlirType method =
      parseType(context, "!kcfi.rs.fn<(rs.ref<rs.adt<#kcfi.rs.item<\"app\" "
                         "\"s_\" [\"Square\"]>>>) -> "
                         "rs.f64>");
  Text ownText = {NULL, 0}, entryText = {NULL, 0};
  uint32_t own = 0, entry = 0;
  EXPECT(mlirLogicalResultIsSuccess(
      kcfiEncodeFunction(method, noAttr, noAttr, STR(x86), 0, NULL, append,
                         &ownText, &own, printString, lineEnd)));
  EXPECT(mlirLogicalResultIsSuccess(
      kcfiEncodeFunction(method, callable, noAttr, STR(x86), 0, NULL, append,
                         &entryText, &entry, printString, lineEnd)));
  EXPECT(own != entry && contains(&ownText, "Square") &&
         !contains(&ownText, "Shape") && contains(&entryText, "Shape"));
  uint32_t hashed = 0;
  EXPECT(mlirLogicalResultIsSuccess(
      kcfiHashTypeIdString(STR(entryText.data), STR("xxhash64"), &hashed)));
  EXPECT(hashed == entry);
  clear(&ownText);
  clear(&entryText);
  // CHECK-NEXT: {{^}}the callable is no '#kcfi.rs.callable'
  EXPECT(mlirLogicalResultIsFailure(
      kcfiEncodeFunction(method, mlirUnitAttrGet(context), noAttr, STR(x86), 0,
                         NULL, NULL, NULL, NULL, printString, lineEnd)));

  MlirAttribute wrapper = mlirAttributeParseGet(
      context, STR("#kcfi.rs.item<\"app\" \"s_\" [\"Wrapper\"] "
                   "transparent field rs.u32>"));
  EXPECT(!mlirAttributeIsNull(wrapper));
  MlirType user = parseType(
      context,
      "!kcfi.rs.fn<(rs.adt<#kcfi.rs.item<\"app\" \"s_\" [\"Wrapper\"]>>) -> "
      "rs.unit>");
  // CHECK-NEXT: {{^}}_ZTSFv{{.*}}7Wrapper{{.*}}
  // CHECK-NEXT: {{^}}_ZTSFvu3u32E{{$}}
  EXPECT(mlirLogicalResultIsSuccess(kcfiEncode(user, noAttr, STR(x86), 0, NULL,
                                               printString, lineEnd, NULL,
                                               printString, lineEnd)));
  EXPECT(mlirLogicalResultIsSuccess(kcfiEncode(user, noAttr, STR(x86), 1,
                                               &wrapper, printString, lineEnd,
                                               NULL, printString, lineEnd)));
  // CHECK-NEXT: {{^}}a definition is no '#kcfi.rs.item'
  EXPECT(mlirLogicalResultIsFailure(kcfiEncode(user, noAttr, STR(x86), 1,
                                               &noAttr, NULL, NULL, NULL,
                                               printString, lineEnd)));
  // CHECK-NEXT: {{.*}}Wrapper{{.*}}
  MlirAttribute twice[] = {
      wrapper, mlirAttributeParseGet(
                   context, STR("#kcfi.rs.item<\"app\" \"s_\" [\"Wrapper\"] "
                                "transparent field rs.u64>"))};
  EXPECT(mlirLogicalResultIsFailure(kcfiEncode(user, noAttr, STR(x86), 2, twice,
                                               NULL, NULL, NULL, printString,
                                               lineEnd)));
  // Nobody listens.
  EXPECT(mlirLogicalResultIsFailure(kcfiEncode(
      noType, noAttr, STR(x86), 0, NULL, NULL, NULL, NULL, NULL, NULL)));

  uint32_t id = 7;
  EXPECT(mlirLogicalResultIsFailure(
      kcfiHashTypeIdString(STR("_ZTSFiiE"), STR("md5"), &id)));
  EXPECT(id == 7);
  EXPECT((uint32_t)kcfiXXH64(STR("_ZTSFiiE")) == 0x50794);
  EXPECT(kcfiXXH64(STR("")) == 0xef46db3751d8e999);
  EXPECT(kcfiFNV1a32(STR("")) == 2166136261u);
  EXPECT(mlirLogicalResultIsSuccess(kcfiParseTypeId(STR("-1534530564"), &id)) &&
         id == 0xa488ebfc);
  EXPECT(mlirLogicalResultIsSuccess(kcfiParseTypeId(STR("0x00050794"), &id)) &&
         id == 0x50794);
  EXPECT(mlirLogicalResultIsFailure(kcfiParseTypeId(STR("0x100000000"), &id)));
  EXPECT(id == 0x50794);

  // CHECK-NEXT: {{^}}<int (const char *)>
  printf("<");
  kcfiTypePrintReadable(
      parseType(context, "!kcfi.fn<(ptr<qual<const c.char>>) -> c.int>"),
      printString, NULL);
  // Nothing for others.
  kcfiTypePrintReadable(noType, printString, NULL);
  kcfiTypePrintReadable(mlirIntegerTypeGet(context, 32), printString, NULL);
  puts(">");
  // CHECK-NEXT: {{^}}<int (int)>
  printf("<");
  kcfiDemangleTypeIdString(STR("_ZTSFiiE.salt"), printString, NULL);
  kcfiDemangleTypeIdString(STR("no mangling"), printString, NULL);
  puts(">");
  mlirContextDestroy(context);
  // CHECK-NEXT: 0 failures
  printf("%d failures\n", failures);
  return failures != 0;
}
