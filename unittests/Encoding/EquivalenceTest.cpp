//===- EquivalenceTest.cpp - Each equivalence by itself -------------------===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Encoding/Rust/Equivalence.h"
#include "kcfi/IR/KCFIDialect.h"
#include "kcfi/IR/ReadableType.h"
#include "mlir/AsmParser/AsmParser.h"
#include "mlir/IR/MLIRContext.h"

#include "gtest/gtest.h"

using namespace mlir;
using namespace mlir::kcfi;

namespace {

class Equivalences : public ::testing::Test {
protected:
  Equivalences() { context.loadDialect<KCFIDialect>(); }

  /// An item of the crate `a`; `parts` follow its path.
  static std::string item(StringRef name, StringRef parts = "") {
    return ("#kcfi.rs.item<\"a\" \"s_\" [\"" + name + "\"] " + parts + ">")
        .str();
  }
  static std::string adt(StringRef name, StringRef parts = "",
                         StringRef args = "") {
    return ("rs.adt<" + item(name, parts) + (args.empty() ? "" : ", ") + args +
            ">")
        .str();
  }

  RustFnType parse(const Twine &body) {
    Type type = parseType(("!kcfi.rs.fn<" + body + ">").str(), &context);
    EXPECT_TRUE(type) << body.str();
    return dyn_cast_if_present<RustFnType>(type);
  }

  RustCallableAttr parseCallable(const Twine &body) {
    Attribute attr =
        parseAttribute(("#kcfi.rs.callable<" + body + ">").str(), &context);
    EXPECT_TRUE(attr) << body.str();
    return dyn_cast_if_present<RustCallableAttr>(attr);
  }

  /// The representative in readable form, or the error.
  std::string reduce(const Twine &body, EquivalenceSet set,
                     StringRef triple = "x86_64-linux-gnu") {
    RustFnType type = parse(body);
    auto target = TargetInfo::lookup(triple);
    if (!type || !target)
      return "error: no type or target";
    llvm::Expected<RustFnType> result =
        getClassRepresentative(type, set, **target);
    if (!result)
      return "error: " + llvm::toString(result.takeError());
    // A representative represents itself.
    llvm::Expected<RustFnType> again =
        getClassRepresentative(*result, set, **target);
    EXPECT_TRUE(static_cast<bool>(again));
    if (again) {
      EXPECT_EQ(*result, *again) << body.str();
    }
    // Also under the rules that type ids are computed with.
    EquivalenceSet more = EquivalenceSet::get(
        kDefaultPreset,
        EncodingAttr::get(&context, HashKind::XXHash64,
                          set.contains(Equivalence::NormalizedIntegers),
                          set.contains(Equivalence::GeneralizedPointers)));
    again = getClassRepresentative(*result, more, **target);
    EXPECT_TRUE(static_cast<bool>(again));
    if (again) {
      EXPECT_EQ(*result, *again) << body.str();
    }
    return getReadableType(*result);
  }

  /// With `equivalence` the types are equal, without any they are not.
  void expectJoins(Equivalence equivalence, const Twine &first,
                   const Twine &second) {
    EXPECT_EQ(reduce(first, {equivalence}), reduce(second, {equivalence}));
    EXPECT_NE(reduce(first, {}), reduce(second, {}));
  }

  void expectKeepsApart(Equivalence equivalence, const Twine &first,
                        const Twine &second) {
    EXPECT_NE(reduce(first, {equivalence}), reduce(second, {equivalence}));
  }

  std::string getEntry(const Twine &signature, const Twine &callable,
                       EquivalenceSet set) {
    RustFnType type = parse(signature);
    RustCallableAttr attr = parseCallable(callable);
    if (!type || !attr)
      return "error: no type or callable";
    llvm::Expected<RustFnType> result = getEntrySignature(type, attr, set);
    if (!result)
      return "error: " + llvm::toString(result.takeError());
    return getReadableType(*result);
  }

  std::string object = "object rs.dyn<[trait " + item("T") + ", auto " +
                       item("Send") + "]>, receiver ";

  MLIRContext context;
};

TEST_F(Equivalences, TransparentWrappers) {
  auto transparent = Equivalence::TransparentWrappers;
  expectJoins(transparent,
              "(" + adt("W", "transparent field rs.i32") + ") -> rs.unit",
              "(rs.i32) -> rs.unit");
  expectJoins(transparent,
              "(rs.ref<" + adt("E", "transparent") + ">) -> rs.unit",
              "(rs.ref<rs.unit>) -> rs.unit");
  // Arguments, arrays, regions.
  EXPECT_EQ(reduce("(" +
                       adt("W",
                           "generics [\"'a\", \"T\", \"N\"] transparent field "
                           "rs.ref<param(\"'a\") rs.array<param(\"N\"), "
                           "rs.param<\"T\">>>",
                           "[erased, rs.u8, const<rs.usize, \"4\">]") +
                       ") -> rs.unit",
                   {transparent}),
            "fn(&[u8; 4])");
  // Only structs that say so, and not those which have a name of their own.
  expectKeepsApart(transparent, "(" + adt("W", "field rs.i32") + ") -> rs.unit",
                   "(rs.i32) -> rs.unit");
  expectKeepsApart(
      transparent,
      "(" + adt("W", "transparent field rs.i32 cfi_encoding(\"i\")") +
          ") -> rs.unit",
      "(rs.i32) -> rs.unit");
}

TEST_F(Equivalences, WrappersOfThemselves) {
  auto transparent = Equivalence::TransparentWrappers;
  std::string own = adt("W", "recursive");
  EXPECT_EQ(reduce("(" + adt("W", "transparent field rs.ptr<mut " + own + ">") +
                       ") -> rs.unit",
                   {transparent}),
            "fn(*mut ())");
  EXPECT_EQ(
      reduce("(" +
                 adt("W", "transparent field rs.fn<(" + own + ") -> rs.unit>") +
                 ") -> rs.unit",
             {transparent}),
      "fn(*const ())");
  // Not behind a pointer: it ends at its own name, one level deeper in a fn
  // pointer.
  std::string nested =
      adt("W", "transparent field " + adt("B", "", "[" + own + "]"));
  EXPECT_EQ(reduce("(" + nested + ") -> rs.unit", {transparent}), "fn(B<W>)");
  EXPECT_EQ(
      reduce("(rs.fn<(" + nested + ") -> rs.unit>) -> rs.unit", {transparent}),
      "fn(fn(B<B<W>>))");
  // rustc overflows its stack here.
  EXPECT_EQ(reduce("(" +
                       adt("W", "transparent field " +
                                    adt("B", "",
                                        "[rs.fn<(" + own + ") -> rs.unit>]")) +
                       ") -> rs.unit",
                   {transparent}),
            "error: the type is nested more than 256 levels deep, or contains "
            "itself without end");
}

TEST_F(Equivalences, RegionsOfArguments) {
  // fn(&u8) with the region of the fn pointer around it, under one more binder.
  std::string wrapper =
      adt("W",
          "generics [\"T\"] transparent field rs.fn<(rs.param<\"T\">) -> "
          "rs.unit>",
          "[rs.ref<bound(0, 0) rs.u8>]");
  RustFnType type = parse("(rs.fn<(" + wrapper + ") -> rs.unit>) -> rs.unit");
  auto target = TargetInfo::lookup("x86_64-linux-gnu");
  ASSERT_TRUE(static_cast<bool>(target));
  llvm::Expected<RustFnType> result = getClassRepresentative(
      type, {Equivalence::TransparentWrappers}, **target);
  ASSERT_TRUE(static_cast<bool>(result));
  EXPECT_EQ(*result, parse("(rs.fn<(rs.fn<(rs.ref<bound(1, 0) rs.u8>) -> "
                           "rs.unit>) -> rs.unit>) -> rs.unit"));
}

TEST_F(Equivalences, CVoid) {
  expectJoins(Equivalence::CVoid,
              "(rs.ptr<mut " + adt("V", "lang(c_void)") + ">) -> rs.unit",
              "(rs.ptr<mut rs.unit>) -> rs.unit");
  expectKeepsApart(Equivalence::CVoid,
                   "(rs.ptr<mut " + adt("c_void") + ">) -> rs.unit",
                   "(rs.ptr<mut rs.unit>) -> rs.unit");
}

TEST_F(Equivalences, NormalizedIntegers) {
  auto normalized = Equivalence::NormalizedIntegers;
  expectJoins(normalized, "(rs.bool, rs.char) -> rs.usize",
              "(rs.u8, rs.u32) -> rs.u64");
  expectKeepsApart(normalized, "(rs.isize) -> rs.unit",
                   "(rs.usize) -> rs.unit");
  expectKeepsApart(normalized, "(rs.i128) -> rs.unit", "(rs.u128) -> rs.unit");
  EXPECT_EQ(reduce("(rs.isize) -> rs.unit", {normalized}, "i686-linux-gnu"),
            "fn(i32)");
  EXPECT_EQ(
      reduce("(rs.usize) -> rs.unit", {normalized}, "armv7-linux-gnueabi"),
      "fn(u32)");
  // Lengths stay numbers; values and limits change with their type.
  EXPECT_EQ(reduce("(rs.array<3, rs.bool>, " +
                       adt("A", "",
                           "[const<rs.bool, \"true\">, const<rs.usize, "
                           "\"7\">]") +
                       ", rs.pat<rs.isize, \"isize::MIN..=-1\">) -> rs.unit",
                   {normalized}),
            "fn([u8; 3], A<1, 7>, i64 is i64::MIN..=-1)");
}

TEST_F(Equivalences, GeneralizedPointers) {
  auto generalized = Equivalence::GeneralizedPointers;
  expectJoins(generalized, "(rs.ref<rs.i32>, rs.ptr<mut rs.u8>) -> rs.unit",
              "(rs.ref<rs.str>, rs.ptr<mut rs.unit>) -> rs.unit");
  expectJoins(generalized, "(rs.fn<() -> rs.unit>) -> rs.unit",
              "(rs.ptr<const rs.unit>) -> rs.unit");
  expectKeepsApart(generalized, "(rs.ref<rs.i32>) -> rs.unit",
                   "(rs.ref<mut rs.i32>) -> rs.unit");
  expectKeepsApart(generalized, "(rs.ref<rs.i32>) -> rs.unit",
                   "(rs.ptr<const rs.i32>) -> rs.unit");
  expectKeepsApart(generalized,
                   "(" + adt("Vec", "", "[rs.u8]") + ") -> rs.unit",
                   "(" + adt("Vec", "", "[rs.u16]") + ") -> rs.unit");
}

TEST_F(Equivalences, CNames) {
  // They are a matter of the encoding, which sees what is left of the item.
  auto target = TargetInfo::lookup("x86_64-linux-gnu");
  ASSERT_TRUE(static_cast<bool>(target));
  RustFnType type = parse("(" + adt("P", "repr_c") + ") -> rs.unit");
  for (bool isIn : {false, true}) {
    EquivalenceSet set;
    if (isIn)
      set.insert(Equivalence::CNames);
    llvm::Expected<RustFnType> result =
        getClassRepresentative(type, set, **target);
    ASSERT_TRUE(static_cast<bool>(result));
    auto param = cast<RustAdtType>(result->getParams().front());
    EXPECT_EQ(param.getItem().getRepr() == RustRepr::C, isIn);
  }
}

TEST_F(Equivalences, IgnoredZsts) {
  auto ignored = Equivalence::IgnoredZsts;
  expectJoins(ignored, "(zst rs.unit, rs.i32, zst " + adt("Z") + ") -> rs.unit",
              "(rs.i32) -> rs.unit");
  // In a fn pointer they stay, as they do in an ABI that passes them.
  expectKeepsApart(ignored, "(rs.fn<(rs.unit) -> rs.unit>) -> rs.unit",
                   "(rs.fn<() -> rs.unit>) -> rs.unit");
  expectKeepsApart(ignored, "(zst rs.unit) -> rs.unit abi(\"win64\")",
                   "() -> rs.unit abi(\"win64\")");
  expectJoins(ignored, "(zst rs.unit) -> rs.unit abi(\"efiapi\")",
              "() -> rs.unit abi(\"efiapi\")");
}

TEST_F(Equivalences, Definitions) {
  EquivalenceSet all = {Equivalence::TransparentWrappers};
  EXPECT_EQ(reduce("(" + adt("W", "recursive") + ") -> rs.unit", all),
            "error: 'W' is marked as recursive, but not inside of its "
            "definition");
  EXPECT_EQ(
      reduce("(" + adt("W", "repr_c") + ", " + adt("W") + ") -> rs.unit", all),
      "error: there are two different definitions of 'W'");
  EXPECT_EQ(reduce("(" + adt("W", "transparent field rs.param<\"T\">") +
                       ") -> rs.unit",
                   all),
            "error: the definition of 'W' mentions 'T', for which there is no "
            "argument of that kind");
  EXPECT_EQ(reduce("(" +
                       adt("W",
                           "generics [\"N\"] transparent field "
                           "rs.array<param(\"N\"), rs.u8>",
                           "[const<rs.isize, \"-1\">]") +
                       ") -> rs.unit",
                   all),
            "error: '-1' is not the size of an array");
  // The same definition, once from the outside and once from the inside.
  std::string a =
      adt("A", "transparent field rs.ptr<mut " +
                   adt("B", "field " + adt("A", "recursive")) + ">");
  std::string b =
      adt("B", "field " + adt("A", "transparent field rs.ptr<mut " +
                                       adt("B", "recursive") + ">"));
  EXPECT_EQ(reduce("(" + a + ", " + b + ") -> rs.unit", all), "fn(*mut B, B)");
}

TEST_F(Equivalences, LargeTypes) {
  // Types that share their parts are larger than their text.
  Type type = RustPrimitiveType::get(&context, RustPrimitive::USize);
  for (unsigned depth = 0; depth < 100; ++depth)
    type = RustTupleType::get(&context, {type, type});
  auto fn = RustFnType::get(&context, {type}, RustTupleType::getUnit(&context));
  auto target = TargetInfo::lookup("x86_64-linux-gnu");
  ASSERT_TRUE(static_cast<bool>(target));
  llvm::Expected<RustFnType> result = getClassRepresentative(
      fn, {Equivalence::TransparentWrappers, Equivalence::NormalizedIntegers},
      **target);
  EXPECT_TRUE(static_cast<bool>(result));
}

TEST_F(Equivalences, ErasedSelf) {
  std::string signature = "(rs.ref<" + adt("S") + ">, rs.i32) -> rs.unit";
  for (StringRef kind :
       {"impl_method", "provided_method", "fn_ptr_shim", "reify_vtable_shim"}) {
    std::string callable =
        kind.str() + ", " + object + "rs.ref<rs.param<\"Self\">>";
    EXPECT_EQ(getEntry(signature, callable, {Equivalence::ErasedSelf}),
              "fn(&(dyn T + Send), i32)");
    EXPECT_EQ(getEntry(signature, callable,
                       {Equivalence::ErasedSelf, Equivalence::AutoTraits}),
              "fn(&dyn T, i32)");
    EXPECT_EQ(getEntry(signature, callable, {Equivalence::AutoTraits}),
              "fn(&S, i32)");
  }
  // Not in a vtable, or of a trait that has none.
  for (StringRef kind : {"item", "inherent_method", "impl_method", "foreign",
                         "reify_fn_ptr_shim", "clone_shim"})
    EXPECT_EQ(getEntry(signature, kind, {Equivalence::ErasedSelf}),
              "fn(&S, i32)");
  EXPECT_EQ(getEntry("() -> rs.unit",
                     "impl_method, " + object + "rs.ref<rs.param<\"Self\">>",
                     {Equivalence::ErasedSelf}),
            "error: 'fn()' has no parameter that could be 'self'");
}

TEST_F(Equivalences, Receivers) {
  EquivalenceSet set = {Equivalence::ErasedSelf, Equivalence::AutoTraits};
  std::string inner = adt("Inner", "", "[rs.param<\"T\">]");
  std::string nonNull =
      adt("NonNull",
          "generics [\"T\"] transparent field rs.ptr<const rs.param<\"T\">>",
          "[" + inner + "]");
  std::string rc =
      adt("Rc", "generics [\"T\"] field " + nonNull, "[rs.param<\"Self\">]");
  EXPECT_EQ(getEntry("(rs.u64) -> rs.unit", "impl_method, " + object + rc, set),
            "fn(*const Inner<dyn T>)");
  std::string pin = adt("Pin",
                        "generics [\"P\"] transparent field "
                        "rs.param<\"P\">",
                        "[rs.ref<mut rs.param<\"Self\">>]");
  EXPECT_EQ(
      getEntry("(rs.u64) -> rs.unit", "impl_method, " + object + pin, set),
      "fn(&mut dyn T)");
  EXPECT_EQ(getEntry("(rs.u64) -> rs.unit",
                     "impl_method, " + object +
                         adt("Opaque", "", "[rs.param<\"Self\">]"),
                     set),
            "error: the receiver 'Opaque<Self>' is not a pointer and has no "
            "field that is one");
}

TEST_F(Equivalences, ByValueSelf) {
  // A zero-sized `self` becomes a pointer, which has a size.
  std::string signature = "(zst " + adt("S") + ") -> rs.unit";
  std::string receiver = object + "rs.param<\"Self\">";
  EquivalenceSet erased = {Equivalence::ErasedSelf, Equivalence::AutoTraits};
  EXPECT_EQ(getEntry(signature, "impl_method, " + receiver, erased), "fn(S)");
  EXPECT_EQ(getEntry(signature, "vtable_shim, " + receiver, erased),
            "fn(*mut dyn T)");
  erased.insert(Equivalence::ByValueSelf);
  EXPECT_EQ(getEntry(signature, "impl_method, " + receiver, erased),
            "fn(*mut dyn T)");
  llvm::Expected<RustFnType> entry = getEntrySignature(
      parse(signature), parseCallable("vtable_shim, " + receiver), {});
  ASSERT_TRUE(static_cast<bool>(entry));
  EXPECT_TRUE(entry->getZstParams().empty());
}

TEST_F(Equivalences, ClosuresCoroutinesDropGlue) {
  std::string receiver = object + "rs.ref<mut rs.param<\"Self\">>";
  std::string signature = "(rs.ref<mut " + adt("S") + ">) -> rs.unit";
  const std::pair<StringRef, Equivalence> kinds[] = {
      {"closure", Equivalence::AbstractClosures},
      {"async_closure", Equivalence::AbstractClosures},
      {"async_closure_shim", Equivalence::AbstractClosures},
      {"coroutine", Equivalence::AbstractCoroutines},
      {"drop_glue", Equivalence::DropGlue},
  };
  for (auto [kind, equivalence] : kinds) {
    std::string callable = kind.str() + ", " + receiver;
    EXPECT_EQ(getEntry(signature, callable, {equivalence}),
              "fn(&mut (dyn T + Send))");
    EXPECT_EQ(getEntry(signature, callable, {Equivalence::ErasedSelf}),
              "fn(&mut S)");
  }
  // Calls through an object are what they are in any case.
  EXPECT_EQ(getEntry(signature, "virtual_method, " + receiver, {}),
            "fn(&mut (dyn T + Send))");
}

TEST_F(Equivalences, CallSignature) {
  // What the pointer binds is erased at its calls, also deep inside; what fn
  // pointers and predicates in it bind stays.
  RustFnType pointer = parse(
      "(rs.ref<bound(0, 0) rs.u8>, rs.ref<bound(0, 1) rs.u8>, "
      "rs.fn<(rs.ref<bound(0, 0) rs.u8>, rs.ref<bound(1, 0) rs.u8>) -> "
      "rs.unit>, rs.ref<rs.dyn<[trait " +
      item("T") +
      " args [rs.ref<bound(0, 0) rs.u8>, rs.ref<bound(1, 1) rs.u8>]], "
      "bound(0, 0)>>, ...) -> rs.ref<bound(0, 0) rs.u8> abi(\"C\") unsafe");
  RustFnType call =
      parse("(rs.ref<rs.u8>, rs.ref<rs.u8>, "
            "rs.fn<(rs.ref<bound(0, 0) rs.u8>, rs.ref<rs.u8>) -> rs.unit>, "
            "rs.ref<rs.dyn<[trait " +
            item("T") +
            " args [rs.ref<bound(0, 0) rs.u8>, rs.ref<rs.u8>]]>>, ...) -> "
            "rs.ref<rs.u8> abi(\"C\") unsafe");
  ASSERT_TRUE(pointer && call);
  EXPECT_EQ(getCallSignature(pointer), call);
  EXPECT_EQ(getCallSignature(call), call);
}

TEST_F(Equivalences, Presets) {
  auto options = [&](bool normalize, bool generalize) {
    return EncodingAttr::get(&context, HashKind::XXHash64, normalize,
                             generalize);
  };
  EquivalenceSet none =
      EquivalenceSet::get(EquivalencePreset::None, options(false, true));
  EXPECT_FALSE(none.contains(Equivalence::TransparentWrappers));
  EXPECT_FALSE(none.contains(Equivalence::NormalizedIntegers));
  EXPECT_TRUE(none.contains(Equivalence::GeneralizedPointers));
  for (EquivalencePreset preset :
       {EquivalencePreset::Rustc195, EquivalencePreset::Rustc197}) {
    EquivalenceSet set = EquivalenceSet::get(preset, options(true, false));
    for (uint32_t number = 0;
         std::optional<Equivalence> equivalence = symbolizeEquivalence(number);
         ++number)
      EXPECT_EQ(set.contains(*equivalence),
                *equivalence <= Equivalence::DropGlue &&
                    *equivalence != Equivalence::GeneralizedPointers);
  }
}

TEST_F(Equivalences, SetsAsAttributes) {
  auto encoding = EncodingAttr::get(&context, HashKind::XXHash64,
                                    /*normalizeIntegers=*/true,
                                    /*generalizePointers=*/false);
  for (uint32_t number = 0; number <= getMaxEnumValForEquivalencePreset();
       ++number) {
    auto preset = symbolizeEquivalencePreset(number);
    ASSERT_TRUE(preset.has_value());
    EquivalenceSet set = EquivalenceSet::get(*preset, encoding);
    // What the encoding says is not in the attribute.
    EquivalencesAttr attr = set.getAttr(&context);
    EXPECT_EQ(attr.getEquivalences().size() + 1, set.getMembers().size());
    EXPECT_TRUE(EquivalenceSet::get(attr, encoding) == set);
  }
}

} // namespace
