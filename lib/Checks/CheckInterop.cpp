//===- CheckInterop.cpp - Ids of one function in two languages -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// A pair of signatures, one of C and one of Rust, for what is one function at
// run time. If their ids differ, repairs are tried: each changes something in
// the Rust declaration or in the options of both compilers, and a set of
// repairs is offered only if the ids are equal with it. What is tried never
// lets a parameter be passed in another way.
//
//===----------------------------------------------------------------------===//

#include "kcfi/Analysis/ModuleInfo.h"
#include "kcfi/Checks/Passes.h"
#include "kcfi/Encoding/Encoding.h"
#include "kcfi/Encoding/Rust/Equivalence.h"
#include "kcfi/IR/KCFIOps.h"
#include "kcfi/IR/ModuleOptions.h"
#include "kcfi/IR/ReadableType.h"
#include "mlir/IR/Remarks.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/ADT/StringExtras.h"

namespace mlir::kcfi {
#define GEN_PASS_DEF_KCFICHECKINTEROP
#include "kcfi/Checks/Passes.h.inc"
} // namespace mlir::kcfi

using namespace mlir;
using namespace mlir::kcfi;

//===----------------------------------------------------------------------===//
// Parts of signatures
//===----------------------------------------------------------------------===//

/// The only argument of an `Option`, or null.
static Type getOptionArgument(Type rust) {
  auto adt = dyn_cast<RustAdtType>(rust);
  if (!adt || adt.getItem().getName() != "Option" || adt.getArgs().size() != 1)
    return {};
  auto arg = dyn_cast<TypeAttr>(adt.getArgs()[0]);
  return arg ? arg.getValue() : Type();
}

/// What a wrapper without type parameters contains, or null.
static Type getWrappedType(Type rust) {
  auto adt = dyn_cast<RustAdtType>(rust);
  if (!adt || adt.getItem().getRepr() != RustRepr::Transparent ||
      !adt.getItem().getGenerics().empty())
    return {};
  return adt.getItem().getField();
}

/// The fn pointer that a Rust type is passed as, or null.
static RustFnType getFnPointer(Type rust) {
  while (Type wrapped = getWrappedType(rust))
    rust = wrapped;
  if (Type argument = getOptionArgument(rust))
    return getFnPointer(argument);
  return dyn_cast<RustFnType>(rust);
}

/// True if values of a type are known to be passed like a pointer.
static bool isPointerLike(Type rust) {
  if (Type argument = getOptionArgument(rust))
    return isPointerLike(argument);
  if (auto adt = dyn_cast<RustAdtType>(rust))
    return adt.getItem().getField() && isPointerLike(adt.getItem().getField());
  return isa<RustPtrType, RustRefType, RustFnType>(rust);
}

/// The type that a C pointer points to, with its qualifiers; null for others.
static Type getPointee(Type c) {
  auto ptr = dyn_cast<PtrType>(stripSugarAndQualifiers(c));
  return ptr ? ptr.getPointee() : Type();
}

static bool isVoid(Type c) {
  auto builtin = dyn_cast<CBuiltinType>(c);
  return builtin && builtin.getKind() == BuiltinKind::Void;
}

static bool isNever(Type rust) {
  auto primitive = dyn_cast<RustPrimitiveType>(rust);
  return primitive && primitive.getKind() == RustPrimitive::Never;
}

static bool isInteger(Type rust) {
  auto primitive = dyn_cast<RustPrimitiveType>(rust);
  return primitive && primitive.getKind() >= RustPrimitive::I8 &&
         primitive.getKind() <= RustPrimitive::USize;
}

/// `core::ffi::c_void`. In which build of core does not count.
static Type getCVoid(MLIRContext *context) {
  auto getName = [&](StringRef name) -> Attribute {
    return RustSegmentAttr::get(context, RustPathTag::Type, 0,
                                StringAttr::get(context, name));
  };
  auto none = ArrayAttr::get(context, {});
  return RustAdtType::get(
      context,
      RustItemAttr::get(
          context, StringAttr::get(context, "core"),
          StringAttr::get(context, "s_"),
          ArrayAttr::get(context, {getName("ffi"), getName("c_void")}), none,
          RustRepr::Rust, Type(), StringAttr(), RustLangItem::CVoid,
          /*recursive=*/false),
      none);
}

static EncodingAttr withOptions(EncodingAttr encoding, bool normalizeIntegers,
                                bool generalizePointers) {
  return EncodingAttr::get(encoding.getContext(), encoding.getHash(),
                           normalizeIntegers, generalizePointers);
}

namespace {
/// Where a part of a signature stands, which decides how it is encoded alone.
enum class Place : uint8_t { Param, Result, Pointee };

/// Encodes parts as if they were the only ones. What is tried has most parts in
/// common, so results are kept.
class PartEncoder {
public:
  PartEncoder(const TargetInfo &target, const DefinitionTable &definitions)
      : target(target), definitions(definitions) {}

  /// The text of a part, or nothing if it has none.
  std::optional<std::string> encode(Type part, Place place, RustAbi abi,
                                    EncodingAttr encoding);

private:
  const TargetInfo &target;
  const DefinitionTable &definitions;
  using Key = std::tuple<Type, Attribute, unsigned, unsigned>;
  llvm::DenseMap<Key, std::optional<std::string>> known;
};
} // namespace

std::optional<std::string> PartEncoder::encode(Type part, Place place,
                                               RustAbi abi,
                                               EncodingAttr encoding) {
  MLIRContext *context = part.getContext();
  bool isRust = getTypeFamily(*getTypeKind(part)) == TypeFamily::Rust;
  auto [it, isNew] =
      known.try_emplace(Key(part, encoding, static_cast<unsigned>(place),
                            static_cast<unsigned>(abi)));
  if (!isNew)
    return it->second;
  StringRef before = "_ZTSFv", after = "E";
  switch (place) {
  case Place::Param:
    break;
  case Place::Result:
    before = "_ZTSF";
    after = "vE";
    break;
  case Place::Pointee:
    // Only behind a pointer can it be anything.
    before = "_ZTSFvP";
    part = isRust ? Type(RustPtrType::get(context, /*isMut=*/true, part))
                  : Type(PtrType::get(context, part));
    encoding = withOptions(encoding, encoding.getNormalizeIntegers(),
                           /*generalizePointers=*/false);
    break;
  }
  SmallVector<Type, 1> params;
  if (place != Place::Result)
    params.push_back(part);
  Type signature;
  if (isRust)
    signature = RustFnType::get(
        context, params,
        params.empty() ? part : RustTupleType::getUnit(context), abi);
  else
    signature = FnType::get(
        context, params,
        params.empty() ? part : CBuiltinType::get(context, BuiltinKind::Void));
  llvm::Expected<std::string> string =
      encodeSignature(signature, encoding, target, definitions);
  if (!string) {
    llvm::consumeError(string.takeError());
    return std::nullopt;
  }
  StringRef text = *string;
  if (text.consume_back(encoding.getSuffix()) && text.consume_front(before) &&
      text.consume_back(after))
    it->second = text.str();
  return it->second;
}

//===----------------------------------------------------------------------===//
// Repairs
//===----------------------------------------------------------------------===//

/// What is tried, as bits. The order is that in which fixes are offered.
namespace {
enum Repair : unsigned {
  /// Both compilers change the option.
  NormalizeIntegers = 1,
  GeneralizePointers = 2,
  /// `extern "C"` on the function and on fn pointers in it.
  CAbi = 4,
  /// The raw pointers of C in place of references and of other raw pointers.
  RawPointers = 8,
  /// `fn` in place of `Option<fn>`.
  FnPointers = 16,
  /// What a type with `cfi_encoding` contains in its place, `()` for `!`.
  PlainTypes = 32,
  /// A new type whose `cfi_encoding` is the text of the C type.
  CfiEncodings = 64,
  /// A raw pointer in place of a fn pointer, which no one wants to call. Only
  /// such a one is abbreviated like a fn pointer of C, of which the function
  /// itself is a component, or is generalised like one.
  RawCallbacks = 128,
};
constexpr unsigned kAllRepairs = 255;

/// Makes a Rust signature that is more like one of C.
class Rewriter {
public:
  Rewriter(unsigned repairs, EncodingAttr encoding, PartEncoder &parts,
           const llvm::DenseSet<Type> &enums)
      : repairs(repairs), encoding(encoding), parts(parts), enums(enums) {}

  RustFnType rewrite(FnType c, RustFnType rust);

  /// Definitions of the new types in the rewritten signature.
  ArrayRef<std::string> getDefinitions() const { return definitions; }

private:
  bool has(Repair repair) const { return repairs & repair; }
  Type rewrite(Type c, Type rust, Place place);
  Type rewritePointer(Type pointee, Type rust);
  bool isPassedAlike(Type c, Type rust, Place place) const;
  bool isPassedAlike(FnType c, RustFnType rust) const;
  Type makeNewtype(Type c, Type rust, StringRef text);

  unsigned repairs;
  EncodingAttr encoding;
  PartEncoder &parts;
  /// The tags that are those of enumerations; canonical types do not say it.
  const llvm::DenseSet<Type> &enums;
  /// Of the function around the current part.
  RustAbi abi = RustAbi::C;
  unsigned depth = 0;
  SmallVector<std::string> definitions;
  llvm::StringMap<RustAdtType> newtypes;
};
} // namespace

/// True if C code may have the type `rust` for `c`, up to names.
bool Rewriter::isPassedAlike(Type c, Type rust, Place place) const {
  c = stripSugarAndQualifiers(c);
  while (Type wrapped = getWrappedType(rust))
    rust = wrapped;
  bool isPrimitive = isa<RustPrimitiveType, RustTupleType>(rust);
  if (isa<TagType>(c))
    return isa<RustAdtType, RustForeignType>(rust) ||
           (enums.contains(c) && isInteger(rust));
  if (auto array = dyn_cast<CArrayType>(c)) {
    auto rustArray = dyn_cast<RustArrayType>(rust);
    return rustArray &&
           static_cast<int64_t>(rustArray.getSize()) == array.getSize() &&
           isPassedAlike(array.getElement(), rustArray.getElement(),
                         Place::Pointee);
  }
  if (Type pointee = getPointee(c)) {
    if (isVoid(stripSugarAndQualifiers(pointee)))
      return isPointerLike(rust);
    if (auto fn = dyn_cast<FnType>(pointee)) {
      RustFnType rustFn = getFnPointer(rust);
      return rustFn && isPassedAlike(fn, rustFn);
    }
    if (auto ptr = dyn_cast<RustPtrType>(rust))
      return isPassedAlike(pointee, ptr.getPointee(), Place::Pointee);
    return isPointerLike(rust);
  }
  if (!isPrimitive)
    return false;
  // Normalised integers say how large they are.
  EncodingAttr normalized = withOptions(encoding, /*normalizeIntegers=*/true,
                                        /*generalizePointers=*/false);
  std::optional<std::string> text = parts.encode(c, place, abi, normalized);
  return text && text == parts.encode(rust, place, abi, normalized);
}

bool Rewriter::isPassedAlike(FnType c, RustFnType rust) const {
  SmallVector<unsigned> indices = rust.getPassedParams();
  if (indices.size() != c.getParams().size())
    return false;
  for (auto [index, param] : llvm::zip_equal(indices, c.getParams()))
    if (!isPassedAlike(param, rust.getParams()[index], Place::Param))
      return false;
  return isPassedAlike(c.getResult(), rust.getResult(), Place::Result);
}

Type Rewriter::makeNewtype(Type c, Type rust, StringRef text) {
  // `CUnsignedLong`, and `CPoint` for `struct Point`.
  auto tag = dyn_cast<TagType>(c);
  std::string spelling =
      tag && tag.getName() ? tag.getName().str() : getReadableType(c);
  std::string name = "C";
  bool startsWord = true;
  for (char letter : spelling) {
    if (llvm::isAlnum(letter))
      name += startsWord ? llvm::toUpper(letter) : letter;
    startsWord = !llvm::isAlnum(letter);
  }
  // One type of C is one type of Rust, also where it stands for several.
  std::string unique = name;
  for (unsigned number = 2;; ++number) {
    RustAdtType known = newtypes.lookup(unique);
    if (!known)
      break;
    if (known.getItem().getCfiEncoding() == text)
      return known;
    unique = name + std::to_string(number);
  }
  definitions.push_back("#[cfi_encoding = \"" + text.str() +
                        "\"] #[repr(transparent)] pub struct " + unique +
                        "(pub " + getReadableType(rust) + ");");
  MLIRContext *context = rust.getContext();
  auto none = ArrayAttr::get(context, {});
  auto path = ArrayAttr::get(
      context, RustSegmentAttr::get(context, RustPathTag::Type,
                                    /*disambiguator=*/0,
                                    StringAttr::get(context, unique)));
  auto item = RustItemAttr::get(
      context, StringAttr::get(context, "c"), StringAttr::get(context, "s_"),
      path, none, RustRepr::Transparent, rust, StringAttr::get(context, text),
      RustLangItem::None, /*recursive=*/false);
  return newtypes[unique] = RustAdtType::get(context, item, none);
}

/// A pointer to `pointee` in C.
Type Rewriter::rewritePointer(Type pointee, Type rust) {
  MLIRContext *context = rust.getContext();
  if (Type argument = getOptionArgument(rust)) {
    if (has(FnPointers) && isa<RustFnType>(argument) && isa<FnType>(pointee))
      rust = argument;
    else if (has(RawPointers) && isa<RustRefType>(argument))
      rust = argument;
  }
  if (has(RawCallbacks) && isa<FnType>(pointee)) {
    RustFnType fn = getFnPointer(rust);
    if (!fn || !isPassedAlike(cast<FnType>(pointee), fn))
      return rust;
    std::optional<std::string> text =
        parts.encode(pointee, Place::Pointee, RustAbi::C, encoding);
    if (!text)
      return rust;
    Type target = getCVoid(context);
    if (!encoding.getGeneralizePointers() || depth > 1)
      target = makeNewtype(pointee, target, *text);
    return RustPtrType::get(context, /*isMut=*/true, target);
  }
  if (auto fn = dyn_cast<RustFnType>(rust))
    return isa<FnType>(pointee) ? rewrite(cast<FnType>(pointee), fn) : Type(fn);
  auto qual = dyn_cast<QualType>(pointee);
  bool isConst =
      qual && bitEnumContainsAny(qual.getQualifiers(), Qualifiers::Const);
  if (auto ptr = dyn_cast<RustPtrType>(rust))
    return RustPtrType::get(context,
                            has(RawPointers) ? !isConst : ptr.getIsMut(),
                            rewrite(pointee, ptr.getPointee(), Place::Pointee));
  if (auto ref = dyn_cast<RustRefType>(rust)) {
    Type referent = rewrite(pointee, ref.getReferent(), Place::Pointee);
    if (has(RawPointers))
      return RustPtrType::get(context, !isConst, referent);
    return RustRefType::get(context, ref.getRegion(), ref.getIsMut(), referent);
  }
  return rust;
}

Type Rewriter::rewrite(Type c, Type rust, Place place) {
  c = stripSugarAndQualifiers(c);
  MLIRContext *context = rust.getContext();
  auto adt = dyn_cast<RustAdtType>(rust);
  bool isEncoded = adt && adt.getItem().getCfiEncoding();
  // A new type takes the place of an old one, too.
  if (isEncoded && (has(PlainTypes) || has(CfiEncodings)))
    if (Type wrapped = getWrappedType(rust))
      rust = wrapped;
  if (isVoid(c) && isNever(rust))
    return has(PlainTypes) ? RustTupleType::getUnit(context) : rust;
  if (Type pointee = getPointee(c))
    rust = rewritePointer(pointee, rust);

  // Only the pointers of the function itself are generalised.
  EncodingAttr options = encoding;
  if (depth > 1)
    options = withOptions(encoding, encoding.getNormalizeIntegers(),
                          /*generalizePointers=*/false);
  std::optional<std::string> text = parts.encode(c, place, abi, options);
  if (!text || text == parts.encode(rust, place, abi, options))
    return rust;
  if (place == Place::Pointee && isVoid(c) && has(RawPointers))
    return getCVoid(context);
  // A type with a reference in it has a lifetime, one without a size has a wide
  // pointer; raw pointers are spelled as they are.
  bool isNoCType =
      isa<RustPtrType>(rust) ||
      rust.walk([](Type part) {
            auto primitive = dyn_cast<RustPrimitiveType>(part);
            bool isStr = primitive && primitive.getKind() == RustPrimitive::Str;
            return isStr || isa<RustRefType, RustDynType, RustSliceType>(part)
                       ? WalkResult::interrupt()
                       : WalkResult::advance();
          })
          .wasInterrupted();
  if (!has(CfiEncodings) || isNoCType || !isPassedAlike(c, rust, place))
    return rust;
  return makeNewtype(c, rust, *text);
}

RustFnType Rewriter::rewrite(FnType c, RustFnType rust) {
  SmallVector<unsigned> indices = rust.getPassedParams();
  if (indices.size() != c.getParams().size())
    return rust;
  RustAbi outerAbi = abi;
  ++depth;
  abi = has(CAbi) ? RustAbi::C : rust.getAbi();
  SmallVector<Type> params(rust.getParams());
  for (auto [index, param] : llvm::zip_equal(indices, c.getParams()))
    params[index] = rewrite(param, params[index], Place::Param);
  Type result = rewrite(c.getResult(), rust.getResult(), Place::Result);
  auto fn = RustFnType::get(rust.getContext(), params, result, abi,
                            rust.getFlags(), rust.getZstParams());
  --depth;
  abi = outerAbi;
  return fn;
}

//===----------------------------------------------------------------------===//
// Findings
//===----------------------------------------------------------------------===//

namespace {
/// Two signatures for one function, and their ids.
struct Pair {
  Type first, second;
  TypeIdAttr firstId, secondId;
};

struct CheckInterop
    : public mlir::kcfi::impl::KCFICheckInteropBase<CheckInterop> {
  using KCFICheckInteropBase::KCFICheckInteropBase;
  void runOnOperation() final;

private:
  LogicalResult checkFunction(FunctionOpInterface function);
  /// Compares the ids of two signatures, and of the fn pointers in them.
  /// `what` names them in a message.
  LogicalResult checkPair(Operation *op, const Twine &what, Type first,
                          Type second);
  LogicalResult checkCallbacks(Operation *op, const Twine &what, Type first,
                               Type second);
  /// Reports a difference with the fixes for it.
  void report(Operation *op, const Twine &what, const Pair &pair);

  FailureOr<TypeIdAttr> getId(Operation *op, Type signature);
  /// The text that tells where two signatures differ.
  /// `written` is `c` as the program spells it.
  std::string describeDifference(FnType c, FnType written, RustFnType rust);
  SmallVector<std::string> findFixes(FnType c, RustFnType rust,
                                     const llvm::DenseSet<Type> &enums);

  EncodingAttr encoding;
  const TargetInfo *target = nullptr;
  DefinitionTable definitions;
  std::optional<TypeIdCache> cache;
  std::optional<PartEncoder> parts;
  unsigned numDeclarations, numCallbacks, numMismatches, numFixable;
};
} // namespace

static StringRef getLanguage(Type signature) {
  switch (getTypeFamily(*getTypeKind(signature))) {
  case TypeFamily::C:
    return "C";
  case TypeFamily::Rust:
    return "Rust";
  case TypeFamily::None:
    return "an unknown language";
  }
  llvm_unreachable("unknown family of types");
}

FailureOr<TypeIdAttr> CheckInterop::getId(Operation *op, Type signature) {
  llvm::Expected<TypeIdAttr> id = cache->getTypeId(signature);
  if (id)
    return *id;
  op->emitError() << "cannot compute the type id of '"
                  << getReadableType(signature)
                  << "': " << llvm::toString(id.takeError());
  return failure();
}

std::string CheckInterop::describeDifference(FnType c, FnType written,
                                             RustFnType rust) {
  SmallVector<unsigned> indices = rust.getPassedParams();
  if (c.isUnprototyped())
    return "the C function has no prototype";
  if (c.getParams().size() != indices.size())
    return ("C has " + Twine(c.getParams().size()) +
            " parameter(s), Rust passes " + Twine(indices.size()))
        .str();
  auto compare = [&](const Twine &what, Type inC, Type spelled, Type inRust,
                     Place place) -> std::string {
    std::optional<std::string> textC =
        parts->encode(inC, place, rust.getAbi(), encoding);
    std::optional<std::string> textRust =
        parts->encode(inRust, place, rust.getAbi(), encoding);
    if (textC == textRust)
      return "";
    auto spell = [](Type part, const std::optional<std::string> &text) {
      return "'" + getReadableType(part) + "' (\"" + text.value_or("") + "\")";
    };
    return (what + " is " + spell(spelled, textC) + " in C, " +
            spell(inRust, textRust) + " in Rust")
        .str();
  };
  std::string difference =
      compare("the result", c.getResult(), written.getResult(),
              rust.getResult(), Place::Result);
  for (auto [number, index] : llvm::enumerate(indices))
    if (difference.empty())
      difference = compare("parameter #" + Twine(number), c.getParams()[number],
                           written.getParams()[number], rust.getParams()[index],
                           Place::Param);
  if (!difference.empty())
    return difference;
  if (c.isVariadic() != rust.isVariadic())
    return ("only the " + getLanguage(c.isVariadic() ? Type(c) : rust) +
            " function is variadic")
        .str();
  return "each part is the same; attributes of the function differ, or which "
         "parts have the same type";
}

/// True if a fix is found that makes a last resort unnecessary.
static bool hasBetterFix(ArrayRef<unsigned> found) {
  constexpr unsigned kOthers =
      NormalizeIntegers | GeneralizePointers | RawCallbacks;
  return llvm::any_of(found,
                      [&](unsigned repairs) { return !(repairs & kOthers); });
}

SmallVector<std::string>
CheckInterop::findFixes(FnType c, RustFnType rust,
                        const llvm::DenseSet<Type> &enums) {
  // Small sets first, and last resorts last.
  SmallVector<unsigned> candidates;
  for (bool isLastResort : {false, true})
    for (int size = 1; size <= llvm::popcount(kAllRepairs); ++size)
      for (unsigned repairs = 1; repairs <= kAllRepairs; ++repairs)
        if (llvm::popcount(repairs) == size &&
            bool(repairs & RawCallbacks) == isLastResort &&
            (encoding.getGeneralizePointers() ||
             !(repairs & GeneralizePointers)))
          candidates.push_back(repairs);

  SmallVector<unsigned> found;
  SmallVector<std::string> fixes;
  // Different ways may lead to one declaration.
  llvm::DenseSet<std::pair<Type, Attribute>> tried;
  for (unsigned repairs : candidates) {
    if ((repairs & RawCallbacks) && hasBetterFix(found))
      break;
    // More of what is enough already is no other fix.
    if (llvm::any_of(found, [&](unsigned smaller) {
          return (repairs & smaller) == smaller;
        }))
      continue;
    // Rust passes parameters in its own way.
    if (rust.getAbi() == RustAbi::Rust && !(repairs & CAbi))
      continue;
    bool normalizes = bool(repairs & NormalizeIntegers);
    bool keepsPointers = bool(repairs & GeneralizePointers);
    EncodingAttr changed =
        withOptions(encoding, encoding.getNormalizeIntegers() != normalizes,
                    encoding.getGeneralizePointers() && !keepsPointers);
    Rewriter rewriter(repairs, changed, *parts, enums);
    RustFnType repaired = rewriter.rewrite(c, rust);
    if (!tried.insert({repaired, changed}).second)
      continue;
    llvm::Expected<std::string> stringC = encodeSignature(c, changed, *target);
    llvm::Expected<std::string> stringRust =
        encodeSignature(repaired, changed, *target, definitions);
    if (!stringC || !stringRust) {
      llvm::consumeError(stringC.takeError());
      llvm::consumeError(stringRust.takeError());
      continue;
    }
    if (*stringC != *stringRust)
      continue;
    found.push_back(repairs);
    SmallVector<std::string> options, steps;
    if (normalizes)
      options.push_back(changed.getNormalizeIntegers()
                            ? "with normalised integers"
                            : "without normalised integers");
    if (keepsPointers)
      options.push_back("without generalised pointers");
    if (!options.empty())
      steps.push_back("compile both languages " + llvm::join(options, " and "));
    if (repaired != rust)
      steps.push_back("declare it in Rust as '" + getReadableType(repaired) +
                      "'");
    std::string fix = llvm::join(steps, " and ");
    if (!rewriter.getDefinitions().empty())
      fix += " with '" + llvm::join(rewriter.getDefinitions(), " ") + "'";
    fixes.push_back(std::move(fix));
  }
  return fixes;
}

void CheckInterop::report(Operation *op, const Twine &what, const Pair &pair) {
  ++numMismatches;
  InFlightDiagnostic diag = severity == DiagnosticSeverity::Error
                                ? op->emitError()
                                : op->emitWarning();
  auto describe = [&](Type signature, TypeIdAttr id) {
    diag << "'" << getReadableType(signature) << "' of "
         << getLanguage(signature) << " is " << formatTypeId(id.getValue());
    if (id.getString())
      diag << " (" << id.getString() << ")";
  };
  diag << what << " has different type ids: ";
  describe(pair.first, pair.firstId);
  diag << ", ";
  describe(pair.second, pair.secondId);

  Type first = pair.first, second = pair.second;
  if (isa<RustFnType>(first))
    std::swap(first, second);
  auto c = dyn_cast<FnType>(first);
  auto rust = dyn_cast<RustFnType>(second);
  SmallVector<std::string> fixes;
  if (c && rust) {
    // It has an id, so there is a canonical form.
    auto canonicalize = [&](Type type) {
      return llvm::cantFail(getCanonicalType(type, *target));
    };
    llvm::DenseSet<Type> enums;
    c.walk([&](TagType tag) {
      if (tag.getKind() == TagKind::Enum)
        enums.insert(canonicalize(tag));
    });
    auto canonical = cast<FnType>(canonicalize(c));
    diag.attachNote() << describeDifference(canonical, c, rust);
    fixes = findFixes(canonical, rust, enums);
    for (const std::string &fix : fixes)
      diag.attachNote() << "to make the ids equal: " << fix;
    if (fixes.empty())
      diag.attachNote() << "no other Rust type that is passed alike, and no "
                           "option, makes the ids equal";
  }
  diag.report();
  numFixable += !fixes.empty();
  remark::missed(op->getLoc(),
                 remark::RemarkOpts::name("InteropMismatch").category("kcfi"))
      << remark::metric("What", what.str())
      << remark::metric("First", formatTypeId(pair.firstId.getValue()))
      << remark::metric("Second", formatTypeId(pair.secondId.getValue()))
      << remark::metric("Fixes", fixes.size());
}

/// Calls `visit` for the fn pointers that stand in the same place of two types.
static void
forEachCallback(Type c, Type rust,
                llvm::function_ref<void(FnType c, RustFnType rust)> visit) {
  Type pointee = getPointee(c);
  if (!pointee)
    return;
  if (RustFnType pointer = getFnPointer(rust)) {
    if (auto fn = dyn_cast<FnType>(stripTypedefs(pointee)))
      visit(fn, getCallSignature(pointer));
    return;
  }
  if (auto ptr = dyn_cast<RustPtrType>(rust))
    forEachCallback(pointee, ptr.getPointee(), visit);
  else if (auto ref = dyn_cast<RustRefType>(rust))
    forEachCallback(pointee, ref.getReferent(), visit);
}

LogicalResult CheckInterop::checkCallbacks(Operation *op, const Twine &what,
                                           Type first, Type second) {
  if (isa<RustFnType>(first))
    std::swap(first, second);
  auto c = dyn_cast<FnType>(first);
  auto rust = dyn_cast<RustFnType>(second);
  if (!c || !rust)
    return success();
  SmallVector<unsigned> indices = rust.getPassedParams();
  if (indices.size() != c.getParams().size())
    return success();
  LogicalResult result = success();
  auto check = [&](const Twine &where, Type inC, Type inRust) {
    forEachCallback(inC, inRust, [&](FnType fn, RustFnType rustFn) {
      ++numCallbacks;
      if (failed(checkPair(op, "fn pointer in " + where + " of " + what, fn,
                           rustFn)))
        result = failure();
    });
  };
  check("the result", c.getResult(), rust.getResult());
  for (auto [number, index] : llvm::enumerate(indices))
    check("parameter #" + Twine(number), c.getParams()[number],
          rust.getParams()[index]);
  return result;
}

LogicalResult CheckInterop::checkPair(Operation *op, const Twine &what,
                                      Type first, Type second) {
  FailureOr<TypeIdAttr> firstId = getId(op, first);
  FailureOr<TypeIdAttr> secondId = getId(op, second);
  if (failed(firstId) || failed(secondId))
    return failure();
  if (firstId->getValue() != secondId->getValue())
    report(op, what, {first, second, *firstId, *secondId});
  return checkCallbacks(op, what, first, second);
}

LogicalResult CheckInterop::checkFunction(FunctionOpInterface function) {
  auto foreign =
      function->getAttrOfType<ArrayAttr>(KCFIDialect::kForeignSigsAttrName);
  if (!foreign)
    return success();
  // A Rust method may have the id of its trait.
  CheckedCallee callee = getOwnCallee(
      function,
      function->getAttrOfType<TypeAttr>(KCFIDialect::kSigAttrName).getValue());
  Type own = callee.signature;
  if (callee.callable) {
    llvm::Expected<RustFnType> entry = getEntrySignature(
        cast<RustFnType>(own), callee.callable,
        EquivalenceSet::get(kDefaultPreset, encoding), definitions);
    if (!entry)
      return function.emitError()
             << "cannot compute the type id of '" << getReadableType(own)
             << "': " << llvm::toString(entry.takeError());
    own = *entry;
  }
  LogicalResult result = success();
  for (auto sig : foreign.getAsRange<TypeAttr>()) {
    ++numDeclarations;
    if (failed(checkPair(function, "'" + function.getName() + "'", own,
                         sig.getValue())))
      result = failure();
  }
  return result;
}

/// The signature of a fn pointer value, null for other values.
static Type getSignature(Value value) {
  auto pointer = dyn_cast<FnPtrType>(value.getType());
  return pointer ? pointer.getSignature() : Type();
}

/// True for casts between the signatures of two languages.
static bool isForeign(CastOp castOp) {
  Type from = getSignature(castOp.getSource());
  Type to = getSignature(castOp.getResult());
  return (isa_and_present<FnType>(from) && isa_and_present<RustFnType>(to)) ||
         (isa_and_present<RustFnType>(from) && isa_and_present<FnType>(to));
}

void CheckInterop::runOnOperation() {
  markAllAnalysesPreserved();
  ModuleOp module = getOperation();
  SmallVector<FunctionOpInterface> functions;
  SmallVector<CastOp> casts;
  module.walk([&](Operation *op) {
    if (op->hasAttr(KCFIDialect::kForeignSigsAttrName))
      functions.push_back(cast<FunctionOpInterface>(op));
    else if (auto castOp = dyn_cast<CastOp>(op); castOp && isForeign(castOp))
      casts.push_back(castOp);
  });
  // Other modules need no target.
  if (functions.empty() && casts.empty())
    return;
  numDeclarations = numCallbacks = numMismatches = numFixable = 0;
  std::unique_ptr<TargetInfo> owner = lookupTarget(module);
  FailureOr<DefinitionTable> table = collectPendingDefinitions(module);
  if (!owner || failed(table))
    return signalPassFailure();
  target = owner.get();
  definitions = std::move(*table);
  encoding = getEncoding(module);
  cache.emplace(makeTypeIdCache(module, *target, definitions));
  parts.emplace(*target, definitions);
  bool hasError = false;
  for (FunctionOpInterface function : functions)
    hasError |= failed(checkFunction(function));
  for (CastOp castOp : casts)
    hasError |= failed(checkPair(castOp, "cast between languages",
                                 getSignature(castOp.getSource()),
                                 getSignature(castOp.getResult())));
  cache.reset();
  parts.reset();
  target = nullptr;
  remark::analysis(module.getLoc(),
                   remark::RemarkOpts::name("Interop").category("kcfi"))
      << remark::metric("Declarations", numDeclarations)
      << remark::metric("Callbacks", numCallbacks)
      << remark::metric("Casts", casts.size())
      << remark::metric("Mismatches", numMismatches)
      << remark::metric("Fixable", numFixable);
  if (hasError || (severity == DiagnosticSeverity::Error && numMismatches))
    signalPassFailure();
}
