//===- TypeBuildersTest.cpp - Signatures in one line ----------------------===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Encoding/TypeId.h"
#include "mlir/IR/MLIRContext.h"

#include "gtest/gtest.h"

using namespace mlir;
using namespace mlir::kcfi;

namespace {

constexpr StringLiteral kTriple = "x86_64-unknown-linux-gnu";

/// The type as the assembly writes it.
std::string print(Type type) {
  std::string text;
  llvm::raw_string_ostream(text) << type;
  return text;
}

/// String and id, or the error.
std::string encode(Type signature, StringRef triple = kTriple,
                   EncodingAttr encoding = {}, RustCallableAttr callable = {}) {
  llvm::Expected<TypeIdAttr> id =
      encodeTypeId(signature, triple, encoding, callable);
  if (!id)
    return "error: " + llvm::toString(id.takeError());
  return (id->getString() ? id->getString().getValue() : "-").str() + " " +
         formatTypeId(id->getValue());
}

/// The string alone.
std::string encodeString(Type signature, EncodingAttr encoding = {}) {
  return StringRef(encode(signature, kTriple, encoding)).split(' ').first.str();
}

TEST(CTypes, Prototypes) {
  MLIRContext context;
  CTypes c(&context);
  EXPECT_EQ(encode(c.fn({c.IntTy}, c.IntTy)), "_ZTSFiiE 0x00050794");
  EXPECT_EQ(encode(c.fn({c.ptr(c.withConst(c.CharTy))}, c.IntTy)),
            "_ZTSFiPKcE 0xb605e861");
  FnType printf = c.fn({c.ptr(c.withConst(c.CharTy))}, c.IntTy).withVariadic();
  EXPECT_EQ(print(printf), "!kcfi.fn<(ptr<qual<const c.char>>, ...) -> c.int>");
  FnType apply = c.fn({c.ptr(c.fn({c.IntTy}, c.IntTy)), c.IntTy}, c.IntTy);
  EXPECT_EQ(print(apply),
            "!kcfi.fn<(ptr<fn<(c.int) -> c.int>>, c.int) -> c.int>");
  EXPECT_EQ(print(c.fn({c.array(4, c.LongTy), c.incompleteArray(c.CharTy),
                        c.typedefTo("size_t", c.ULongTy)},
                       c.VoidTy)),
            "!kcfi.fn<(c.array<4, c.long>, c.array<?, c.char>, "
            "c.typedef<\"size_t\", c.ulong>) -> c.void>");
  EXPECT_EQ(print(c.fn({}, c.VoidTy).withNoReturn().withSalt("pepper")),
            "!kcfi.fn<() -> c.void noreturn salt(\"pepper\")>");
  EXPECT_EQ(print(c.fn({}, c.VoidTy).withCallConv(CallConv::MSABI)),
            "!kcfi.fn<() -> c.void cc(ms_abi)>");
}

TEST(CTypes, QualifiersAddUp) {
  MLIRContext context;
  CTypes c(&context);
  QualType type = c.withConst(c.withVolatile(c.IntTy));
  EXPECT_EQ(type.getQualifiers(), Qualifiers::Const | Qualifiers::Volatile);
  EXPECT_EQ(type.getType(), c.IntTy);
  QualType gs = QualType::get(&context, Qualifiers::Const, 256, c.IntTy);
  EXPECT_EQ(c.withRestrict(gs).getAddressSpace(), 256u);
  EXPECT_EQ(c.withConst(gs), gs);
}

TEST(CTypes, CPlusPlus) {
  MLIRContext context;
  CTypes c(&context);
  // int S::m(int) const noexcept
  FnType method = c.fn({c.IntTy}, c.IntTy).withConst().withNoExcept();
  EXPECT_EQ(print(method), "!kcfi.fn<(c.int) -> c.int const noexcept>");
  // void f(const ns::S &, ns::S &&)
  TagType s = c.structTag("S", {"ns"});
  EXPECT_EQ(encodeString(c.fn({c.lref(c.withConst(s)), c.rref(s)}, c.VoidTy)),
            "_ZTSFvRKN2ns1SEOS0_E");
  Attribute intArg = TypeAttr::get(c.IntTy);
  Attribute allocator =
      TypeAttr::get(c.tag(TagKind::Class, "allocator", {"std"}, {intArg}));
  TagType vector =
      c.tag(TagKind::Class, "vector", {"std"}, {intArg, allocator});
  EXPECT_EQ(encodeString(c.fn({c.lref(vector)}, c.VoidTy)),
            "_ZTSFvRSt6vectorIiSaIiEEE");
  EXPECT_EQ(print(c.fn({c.memberPtr(s, c.IntTy)}, c.VoidTy)),
            "!kcfi.fn<(memptr<tag<struct \"S\" in [\"ns\"]>, c.int>) -> "
            "c.void>");
}

TEST(RustTypes, Signatures) {
  MLIRContext context;
  RustTypes rs(&context, "shapes", "s1_");
  RustItemAttr square = rs.item({"geometry", "Square"});
  EXPECT_EQ(print(rs.fn({rs.ref(rs.adt(square)), rs.F64Ty})),
            "!kcfi.rs.fn<(rs.ref<rs.adt<#kcfi.rs.item<\"shapes\" \"s1_\" "
            "[\"geometry\", \"Square\"]>>>, rs.f64) -> rs.unit>");
  EXPECT_EQ(print(rs.fn({rs.refMut(rs.slice(rs.U8Ty)), rs.mutPtr(rs.I32Ty)},
                        rs.NeverTy)
                      .withAbi(RustAbi::C)
                      .withUnsafe()),
            "!kcfi.rs.fn<(rs.ref<mut rs.slice<rs.u8>>, rs.ptr<mut rs.i32>) -> "
            "rs.never abi(\"C\") unsafe>");
  EXPECT_EQ(print(rs.fn({rs.UnitTy, rs.I32Ty}).withZstParams({0})),
            "!kcfi.rs.fn<(zst rs.unit, rs.i32) -> rs.unit>");
  EXPECT_EQ(print(rs.fn({rs.constPtr(rs.U8Ty)}, rs.I32Ty)
                      .withAbi(RustAbi::C)
                      .withVariadic()),
            "!kcfi.rs.fn<(rs.ptr<const rs.u8>, ...) -> rs.i32 abi(\"C\")>");
}

TEST(RustTypes, MethodIsEncodedWithItsObject) {
  MLIRContext context;
  RustTypes rs(&context, "shapes", "s1_");
  RustDynType shape = rs.dyn(rs.item({"Shape"}));
  auto getId = [&](StringRef name) {
    return encode(rs.fn({rs.ref(rs.adt(rs.item({name})))}, rs.F64Ty), kTriple,
                  {}, rs.implMethod(shape, rs.ref(rs.SelfTy)));
  };
  // What the vtable's slot expects, for any type that implements the trait.
  EXPECT_EQ(getId("Square"), getId("Circle"));
  EXPECT_EQ(getId("Square"), encode(rs.fn({rs.ref(shape)}, rs.F64Ty)));
  EXPECT_NE(getId("Square"),
            encode(rs.fn({rs.ref(rs.adt(rs.item({"Square"})))}, rs.F64Ty)));
}

TEST(RustTypes, Closures) {
  MLIRContext context;
  RustTypes rs(&context, "app", "s1_"), core(&context, "core", "sx_");
  RustFnType fn = rs.fn({rs.I32Ty}, rs.I32Ty);
  RustItemAttr item = rs.closureItem(rs.functionItem({"m", "make"}), 2);
  RustClosureType closure =
      rs.closure(RustClosureKind::FnMut, item, fn, {rs.I64Ty});
  EXPECT_EQ(print(closure),
            "!kcfi.rs.closure<fn_mut #kcfi.rs.item<\"app\" \"s1_\" [\"m\", "
            "value \"make\", closure(2)]>, signature "
            "rs.fn<(rs.tuple<rs.i32>) -> rs.i32 abi(\"rust-call\")>, "
            "captures [rs.i64]>");
  RustFnType body = rs.closureBody(closure);
  EXPECT_EQ(body, rs.fn({rs.refMut(closure), rs.I32Ty}, rs.I32Ty));
  RustDynType object = core.dynFn(RustClosureKind::FnMut, fn);
  RustCallableAttr callable =
      rs.closureCallable(RustClosureKind::FnMut, object);
  EXPECT_EQ(callable.getReceiver(), rs.refMut(rs.SelfTy));
  // Calls through the object find the body.
  std::string id = encode(body, kTriple, {}, callable);
  RustItemAttr other = rs.closureItem(rs.functionItem({"other"}));
  RustClosureType plain = rs.closure(RustClosureKind::FnMut, other, fn, {});
  EXPECT_EQ(id, encode(rs.closureBody(plain), kTriple, {}, callable));
  EXPECT_EQ(rs.closureReceiver(RustClosureKind::FnOnce, rs.SelfTy), rs.SelfTy);
}

TEST(EncodeTypeId, OptionsAndErrors) {
  MLIRContext context;
  CTypes c(&context);
  FnType fn = c.fn({c.LongTy}, c.IntTy);
  EncodingAttr normalized =
      EncodingAttr::get(&context, HashKind::FNV1a, /*normalizeIntegers=*/true,
                        /*generalizePointers=*/false);
  EXPECT_EQ(encodeString(fn, normalized), "_ZTSFu3i32u3i64E.normalized");
  EXPECT_NE(encode(fn, "i686-linux-gnu", normalized),
            encode(fn, kTriple, normalized));
  EXPECT_EQ(encode(RawType::get(&context, 7)), "- 0x00000007");
  EXPECT_EQ(encode(fn, "wasm32-unknown-unknown").substr(0, 7), "error: ");
}

} // namespace
