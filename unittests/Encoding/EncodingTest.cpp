//===- EncodingTest.cpp - Strings, ids and canonical types ----------------
//===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Encoding/Encoding.h"
#include "kcfi/IR/KCFIDialect.h"
#include "mlir/AsmParser/AsmParser.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"

#include "gtest/gtest.h"

#include <random>

using namespace mlir;
using namespace mlir::kcfi;

namespace {

class Encoding : public ::testing::Test {
protected:
  Encoding() { context.loadDialect<KCFIDialect>(); }

  std::unique_ptr<TargetInfo> getTarget(StringRef triple) {
    auto target = TargetInfo::lookup(triple);
    if (!target) {
      ADD_FAILURE() << llvm::toString(target.takeError());
      return nullptr;
    }
    return std::move(*target);
  }

  Type parse(StringRef text) {
    Type type = parseType(("!kcfi." + text).str(), &context);
    EXPECT_TRUE(type) << "cannot parse " << text.str();
    return type;
  }

  EncodingAttr getOptions(bool normalize = false, bool generalize = false) {
    return EncodingAttr::get(&context, HashKind::XXHash64, normalize,
                             generalize);
  }

  /// The string, or "error: " and the message.
  std::string encode(Type type, EncodingAttr options,
                     StringRef triple = "x86_64-linux-gnu") {
    std::unique_ptr<TargetInfo> target = getTarget(triple);
    if (!type || !target)
      return "error: no type or target";
    llvm::Expected<std::string> string =
        encodeSignature(type, options, *target);
    if (!string)
      return "error: " + llvm::toString(string.takeError());
    return *string;
  }

  std::string encode(StringRef text, StringRef triple = "x86_64-linux-gnu") {
    return encode(parse(text), getOptions(), triple);
  }

  bool contains(const std::string &text, StringRef part) {
    return StringRef(text).contains(part);
  }

  MLIRContext context;
};

TEST_F(Encoding, Suffixes) {
  Type type = parse("fn<(ptr<c.int>) -> c.void salt(\"pepper\")>");
  EXPECT_EQ(encode(type, getOptions()), "_ZTSFvPiE.pepper");
  EXPECT_EQ(encode(type, getOptions(true)), "_ZTSFvPu3i32E.pepper.normalized");
  EXPECT_EQ(encode(type, getOptions(false, true)),
            "_ZTSFvPvE.pepper.generalized");
  EXPECT_EQ(encode(type, getOptions(true, true)),
            "_ZTSFvPvE.pepper.normalized.generalized");
}

TEST_F(Encoding, ConventionsOfATarget) {
  // What the target uses anyway is no convention of its own, not even for
  // abbreviations.
  StringRef both = "fn<(ptr<fn<(c.int) -> c.int cc(sysv_abi)>>, "
                   "ptr<fn<(c.int) -> c.int cc(ms_abi)>>, "
                   "ptr<fn<(c.int) -> c.int>>) -> c.void>";
  EXPECT_EQ(encode(both), "_ZTSFvPFiiEPU6ms_abiFiiES0_E");
  EXPECT_EQ(encode(both, "x86_64-w64-mingw32"),
            "_ZTSFvPU8sysv_abiFiiEPFiiES2_E");
}

TEST_F(Encoding, UnprototypedFunctionsHaveAResultOnly) {
  EXPECT_EQ(encode("fn<(ptr<fn<() -> c.int unprototyped cc(ms_abi)>>) -> "
                   "c.void>"),
            "_ZTSFvPFiEE");
  EXPECT_EQ(encode("fn<(ptr<fn<() -> c.int cc(ms_abi)>>) -> c.void>"),
            "_ZTSFvPU6ms_abiFivEE");
  EXPECT_EQ(encode("fn<(ptr<fn<() -> c.int cc(stdcall)>>, "
                   "ptr<fn<() -> c.int cc(thiscall)>>) -> c.void>",
                   "i686-linux-gnu"),
            "_ZTSFvPU7stdcallFivEPFivEE");
}

TEST_F(Encoding, UnprintedAttributesMakeTypes) {
  for (StringRef attribute :
       {"noreturn", "cfi_unchecked_callee", "no_caller_saved_registers",
        "nocf_check", "cmse_nonsecure_call", "regparm(0)", "cc(preserve_all)",
        "salt(\"x\")"})
    EXPECT_EQ(encode(("fn<(ptr<fn<(c.int) -> c.int " + attribute +
                      ">>, ptr<fn<(c.int) -> c.int>>) -> c.void>")
                         .str()),
              "_ZTSFvPFiiEPFiiEE")
        << attribute.str();
}

TEST_F(Encoding, AttributesOfParameters) {
  // The attribute is no part of a type that could be abbreviated.
  EXPECT_EQ(encode("fn<(ptr<fn<(qual<noescape ptr<c.int>>) -> c.void>>, "
                   "ptr<fn<(ptr<c.int>) -> c.void>>) -> c.void>"),
            "_ZTSFvPFvU8noescapePiEPFvS_EE");
  EXPECT_EQ(encode("fn<(qual<swift_context const ptr<c.void>>) -> c.void "
                   "cc(swiftcall)>"),
            "_ZTSU9swiftcallFvU13swift_contextPvE");
  EXPECT_EQ(encode(parse("fn<(qual<noescape ptr<qual<const c.int>>>) -> "
                         "c.void>"),
                   getOptions(false, true)),
            "_ZTSFvU8noescapePKvE.generalized");
  ScopedDiagnosticHandler quiet(&context, [](Diagnostic &) {});
  EXPECT_FALSE(
      parseType("!kcfi.fn<(ptr<qual<noescape c.int>>) -> c.void>", &context));
  EXPECT_FALSE(
      parseType("!kcfi.fn<() -> qual<noescape ptr<c.int>>>", &context));
}

TEST_F(Encoding, NamesWithABITags) {
  EXPECT_EQ(encode("fn<(ptr<tag<struct \"AT[abi:x]\">>, ptr<tag<struct \"In\" "
                   "in [\"AT[abi:x]\"]>>) -> c.void>"),
            "_ZTSFvP2ATB1xPNS_2InEE");
  EXPECT_EQ(encode("fn<(ptr<tag<struct \"A[abi:b][abi:a][abi:b]\">>) -> "
                   "c.void>"),
            "_ZTSFvP1AB1aB1bE");
}

TEST_F(Encoding, FixedLengthVectors) {
  EXPECT_EQ(encode("fn<(c.sizeless<sve \"__SVInt32_t\", 512>, c.sizeless<sve "
                   "\"__SVInt32_t\">, c.sizeless<sve \"__SVInt32_t\", 512>) "
                   "-> c.void>",
                   "aarch64-linux-gnu"),
            "_ZTSFv9__SVE_VLSIu11__SVInt32_tLj512EEu11__SVInt32_tS_E");
}

TEST_F(Encoding, Errors) {
  EXPECT_TRUE(contains(encode("raw<0x00050794>"), "error: the type behind"));
  EXPECT_TRUE(contains(encode("fn<() -> c.void>", "x86_64-pc-windows-msvc"),
                       "uses the Microsoft mangling"));
  EXPECT_TRUE(
      contains(encode("fn<(ptr<tag<struct unnamed>>) -> c.void>"), "no name"));
  // Unnamed members are numbered unless they have internal linkage.
  EXPECT_EQ(encode("fn<(ptr<tag<struct unnamed cxx in [\"S\"]>>) -> c.void>"),
            "_ZTSFvPN1SUt_EE");
  EXPECT_TRUE(contains(encode("fn<(ptr<tag<struct unnamed cxx in [anonymous, "
                              "\"S\"]>>) -> c.void>"),
                       "no name"));
  EXPECT_TRUE(contains(encode("fn<(ptr<tag<struct unnamed cxx in [\"S\" args "
                              "[tag<struct \"H\" in [anonymous]>]]>>) -> "
                              "c.void>"),
                       "no name"));
  EXPECT_TRUE(contains(encode("fn<(c.int128) -> c.void>", "i686-linux-gnu"),
                       "has no type '__int128'"));
}

TEST_F(Encoding, SuffixesOfEncodedStrings) {
  Type plain = parse("encoded<\"_ZTSFiiE\">");
  Type both = parse("encoded<\"_ZTSFvvE.normalized.generalized\">");
  EXPECT_EQ(encode(plain, getOptions()), "_ZTSFiiE");
  EXPECT_EQ(encode(both, getOptions(true, true)),
            "_ZTSFvvE.normalized.generalized");
  // Given strings are not computed, so every target will do.
  EXPECT_EQ(encode(parse("encoded<\"?6AHH@Z\">"), getOptions(),
                   "x86_64-pc-windows-msvc"),
            "?6AHH@Z");
  for (EncodingAttr options :
       {getOptions(true), getOptions(false, true), getOptions(true, true)})
    EXPECT_TRUE(contains(encode(plain, options), "made with other options"));
  for (EncodingAttr options :
       {getOptions(), getOptions(true), getOptions(false, true)})
    EXPECT_TRUE(contains(encode(both, options), "made with other options"));
}

TEST_F(Encoding, DeepTypesAreRefused) {
  Type type = CBuiltinType::get(&context, BuiltinKind::Int);
  for (unsigned i = 0; i < 100; ++i)
    type = PtrType::get(&context, type);
  Type result = CBuiltinType::get(&context, BuiltinKind::Void);
  EXPECT_EQ(encode(FnType::get(&context, {type}, result), getOptions()),
            "_ZTSFv" + std::string(100, 'P') + "iE");
  for (unsigned i = 0; i < 100000; ++i)
    type = PtrType::get(&context, type);
  EXPECT_TRUE(
      contains(encode(FnType::get(&context, {type}, result), getOptions()),
               "levels deep"));
}

TEST_F(Encoding, TypeIdCache) {
  std::unique_ptr<TargetInfo> target = getTarget("x86_64-linux-gnu");
  ASSERT_TRUE(target);
  TypeIdCache cache(getOptions(), *target);
  for (unsigned round = 0; round < 2; ++round) {
    llvm::Expected<TypeIdAttr> id =
        cache.getTypeId(parse("fn<(c.int) -> c.int>"));
    ASSERT_TRUE(static_cast<bool>(id)) << llvm::toString(id.takeError());
    EXPECT_EQ(id->getValue(), 0x00050794u);
    EXPECT_EQ(id->getString().getValue(), "_ZTSFiiE");
    llvm::Expected<TypeIdAttr> raw = cache.getTypeId(parse("raw<0x00000007>"));
    ASSERT_TRUE(static_cast<bool>(raw)) << llvm::toString(raw.takeError());
    EXPECT_EQ(raw->getValue(), 7u);
    EXPECT_FALSE(raw->getString());
    // An error stays one.
    llvm::Expected<TypeIdAttr> bad =
        cache.getTypeId(parse("fn<(ptr<tag<struct unnamed>>) -> c.void>"));
    EXPECT_FALSE(static_cast<bool>(bad));
    llvm::consumeError(bad.takeError());
  }
  TypeIdCache other(EncodingAttr::get(&context, HashKind::FNV1a, false, false),
                    *target);
  llvm::Expected<TypeIdAttr> id =
      other.getTypeId(parse("fn<(c.int) -> c.int>"));
  ASSERT_TRUE(static_cast<bool>(id)) << llvm::toString(id.takeError());
  EXPECT_EQ(id->getValue(), 0xb8360626u);
}

TEST_F(Encoding, TypeIdCacheOfMergedClasses) {
  std::unique_ptr<TargetInfo> target = getTarget("x86_64-linux-gnu");
  ASSERT_TRUE(target);
  // Any number may be an id.
  std::pair<Type, Type> merged[] = {
      {parse("raw<0xffffffff>"), parse("raw<0xfffffffe>")},
      {parse("raw<0xfffffffe>"), parse("raw<0x00000007>")}};
  TypeIdCache cache(getOptions(), *target, {}, merged);
  for (auto [type, expected] :
       {std::pair("raw<0xffffffff>", 7u), std::pair("raw<0xfffffffe>", 7u),
        std::pair("fn<(c.int) -> c.int>", 0x00050794u)}) {
    llvm::Expected<TypeIdAttr> id = cache.getTypeId(parse(type));
    ASSERT_TRUE(static_cast<bool>(id)) << llvm::toString(id.takeError());
    EXPECT_EQ(id->getValue(), expected) << type;
  }
}

/// Makes random types, sugared and unadjusted ones too.
class RandomTypes {
public:
  RandomTypes(MLIRContext *context, unsigned seed)
      : context(context), random(seed) {}

  FnType getFunction(unsigned depth) {
    SmallVector<Type> params;
    for (unsigned i = 0, count = number(4); i < count; ++i)
      params.push_back(getParameter(depth));
    return FnType::get(context, params, getObject(depth));
  }

private:
  unsigned number(unsigned bound) { return random() % bound; }

  Type getObject(unsigned depth) {
    if (depth == 0)
      return number(8) ? Type(CBuiltinType::get(context,
                                                number(2) ? BuiltinKind::Char
                                                          : BuiltinKind::ULong))
                       : Type(TagType::get(context, TagKind::Struct, "S"));
    switch (number(5)) {
    case 0:
      return getObject(0);
    case 1:
      return PtrType::get(context, getFunction(depth - 1));
    case 2:
      return CTypedefType::get(context, StringAttr::get(context, "t"),
                               getObject(depth - 1));
    case 3:
      return QualType::get(context,
                           number(2) ? Qualifiers::Const : Qualifiers::Volatile,
                           number(2), getObject(depth - 1));
    default:
      return PtrType::get(context, getParameter(depth - 1));
    }
  }

  Type getArray(unsigned depth) {
    return CArrayType::get(context, int64_t(number(3)) - 1,
                           number(4) || !depth ? getObject(depth)
                                               : getArray(depth - 1));
  }

  Type getParameter(unsigned depth) {
    switch (number(6)) {
    case 0:
      return getArray(depth);
    case 1:
      return QualType::get(context, Qualifiers::Const, 0,
                           CTypedefType::get(context,
                                             StringAttr::get(context, "array"),
                                             getArray(depth)));
    case 2:
      return depth ? Type(getFunction(depth - 1)) : getObject(0);
    case 3:
      return LValueRefType::get(context, getObject(depth));
    case 4:
      return CBuiltinType::get(context, BuiltinKind::VaList);
    default:
      return getObject(depth);
    }
  }

  MLIRContext *context;
  std::mt19937 random;
};

TEST_F(Encoding, CanonicalTypesAreCanonical) {
  std::unique_ptr<TargetInfo> target = getTarget("x86_64-linux-gnu");
  ASSERT_TRUE(target);
  RandomTypes types(&context, 1);
  unsigned changed = 0;
  for (unsigned i = 0; i < 2000; ++i) {
    FnType type = types.getFunction(4);
    llvm::Expected<Type> once = getCanonicalType(type, *target);
    ASSERT_TRUE(static_cast<bool>(once)) << llvm::toString(once.takeError());
    llvm::Expected<Type> twice = getCanonicalType(*once, *target);
    ASSERT_TRUE(static_cast<bool>(twice)) << llvm::toString(twice.takeError());
    EXPECT_EQ(*once, *twice);
    EXPECT_EQ(encode(type, getOptions()), encode(*once, getOptions()));
    once->walk([](CTypedefType) { ADD_FAILURE() << "sugar is left"; });
    changed += *once != type;
  }
  EXPECT_GT(changed, 500u);
}

} // namespace
