//===- MachineTypes.cpp - Signatures against machine types -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/IR/MachineTypes.h"
#include "kcfi/IR/Builders.h"
#include "kcfi/IR/ModuleOptions.h"
#include "kcfi/IR/ReadableType.h"
#include "mlir/Dialect/LLVMIR/LLVMTypes.h"
#include "mlir/IR/BuiltinTypes.h"

using namespace mlir;
using namespace mlir::kcfi;
using namespace mlir::kcfi::helpers;

namespace {
/// How a source type is passed.
enum class PassKind : uint8_t {
  Nothing, // void
  Integer, // `bits` wide; 0: of unknown width
  Float,
  Pointer,
  ByABI, // the front end's ABI code decides
};

struct Passing {
  PassKind kind;
  unsigned bits = 0;
};
} // namespace

/// Width of a builtin integer; 0 where it depends on a target that is not
/// known.
static Passing classifyBuiltin(BuiltinKind kind, const TargetInfo *target) {
  std::optional<CTypeFacts> facts;
  if (target)
    facts = target->getCTypeFacts();
  switch (kind) {
  case BuiltinKind::Void:
    return {PassKind::Nothing};
  case BuiltinKind::Bool:
    return {PassKind::Integer, 1};
  case BuiltinKind::Char:
  case BuiltinKind::SChar:
  case BuiltinKind::UChar:
  case BuiltinKind::Char8:
    return {PassKind::Integer, 8};
  case BuiltinKind::Short:
  case BuiltinKind::UShort:
  case BuiltinKind::Char16:
    return {PassKind::Integer, 16};
  case BuiltinKind::Char32:
    return {PassKind::Integer, 32};
  case BuiltinKind::Int:
  case BuiltinKind::UInt:
    return {PassKind::Integer, facts ? facts->intWidth : 0};
  case BuiltinKind::Long:
  case BuiltinKind::ULong:
    return {PassKind::Integer, facts ? facts->longWidth : 0};
  case BuiltinKind::LongLong:
  case BuiltinKind::ULongLong:
    return {PassKind::Integer, 64};
  case BuiltinKind::WChar:
    return {PassKind::Integer, facts ? facts->wcharWidth : 0};
  case BuiltinKind::Float:
    return {PassKind::Float, 32};
  case BuiltinKind::Double:
    return {PassKind::Float, 64};
  case BuiltinKind::NullPtr:
    return {PassKind::Pointer};
  // Passed differently from ABI to ABI.
  case BuiltinKind::Int128:
  case BuiltinKind::UInt128:
  case BuiltinKind::Float16:
  case BuiltinKind::BF16:
  case BuiltinKind::LongDouble:
  case BuiltinKind::Float128:
  case BuiltinKind::Ibm128:
  case BuiltinKind::Half:
  case BuiltinKind::MFloat8:
  case BuiltinKind::VaList:
    return {PassKind::ByABI};
  }
  llvm_unreachable("unknown builtin kind");
}

static Passing classifyPrimitive(RustPrimitive kind, const TargetInfo *target) {
  switch (kind) {
  case RustPrimitive::Bool:
    return {PassKind::Integer, 1};
  case RustPrimitive::I8:
  case RustPrimitive::U8:
    return {PassKind::Integer, 8};
  case RustPrimitive::I16:
  case RustPrimitive::U16:
    return {PassKind::Integer, 16};
  case RustPrimitive::Char:
  case RustPrimitive::I32:
  case RustPrimitive::U32:
    return {PassKind::Integer, 32};
  case RustPrimitive::I64:
  case RustPrimitive::U64:
    return {PassKind::Integer, 64};
  case RustPrimitive::ISize:
  case RustPrimitive::USize:
    return {PassKind::Integer,
            target ? target->getCTypeFacts().pointerWidth : 0};
  case RustPrimitive::F32:
    return {PassKind::Float, 32};
  case RustPrimitive::F64:
    return {PassKind::Float, 64};
  case RustPrimitive::Never:
    return {PassKind::Nothing};
  // Passed differently from ABI to ABI, or not at all.
  case RustPrimitive::I128:
  case RustPrimitive::U128:
  case RustPrimitive::F16:
  case RustPrimitive::F128:
  case RustPrimitive::Str:
    return {PassKind::ByABI};
  }
  llvm_unreachable("unknown primitive type");
}

/// A Rust pointer is one machine pointer only if its pointee has a size, which
/// a definition does not say.
static Passing classifyPointee(Type pointee) {
  auto primitive = dyn_cast<RustPrimitiveType>(pointee);
  bool isThin = primitive ? primitive.getKind() != RustPrimitive::Str
                          : isa<RustRefType, RustPtrType, RustFnType,
                                RustArrayType, RustForeignType>(pointee);
  return {isThin ? PassKind::Pointer : PassKind::ByABI};
}

static Passing classify(Type type, const TargetInfo *target);

static Passing classifyC(Type type, const TargetInfo *target) {
  switch (getCTypeKind(type)) {
  case CTypeKind::CBuiltin:
    return classifyBuiltin(cast<CBuiltinType>(type).getKind(), target);
  case CTypeKind::Ptr:
  case CTypeKind::CBlockPtr:
  case CTypeKind::LValueRef:
  case CTypeKind::RValueRef:
  // Written parameters may be unadjusted.
  case CTypeKind::Fn:
  case CTypeKind::CArray:
    return {PassKind::Pointer};
  case CTypeKind::Tag:
    // An enumeration has some integer type.
    if (cast<TagType>(type).getKind() == TagKind::Enum)
      return {PassKind::Integer, 0};
    return {PassKind::ByABI};
  case CTypeKind::MemberPtr:
  case CTypeKind::CVector:
  case CTypeKind::CMatrix:
  case CTypeKind::CComplex:
  case CTypeKind::CBitInt:
  case CTypeKind::CSizeless:
    return {PassKind::ByABI};
  case CTypeKind::CAtomic:
    return classify(cast<CAtomicType>(type).getElement(), target);
  case CTypeKind::Qual:
  case CTypeKind::CTypedef:
    break;
  }
  llvm_unreachable("not a component without sugar");
}

static Passing classifyRust(Type type, const TargetInfo *target) {
  switch (getRustTypeKind(type)) {
  case RustTypeKind::RustPrimitive:
    return classifyPrimitive(cast<RustPrimitiveType>(type).getKind(), target);
  case RustTypeKind::RustRef:
    return classifyPointee(cast<RustRefType>(type).getReferent());
  case RustTypeKind::RustPtr:
    return classifyPointee(cast<RustPtrType>(type).getPointee());
  case RustTypeKind::RustFn:
  case RustTypeKind::RustReceiver:
    return {PassKind::Pointer};
  case RustTypeKind::RustTuple:
    if (cast<RustTupleType>(type).isUnit())
      return {PassKind::Nothing};
    return {PassKind::ByABI};
  case RustTypeKind::RustFnItem:
  case RustTypeKind::RustClosure:
  case RustTypeKind::RustCoroutine:
  case RustTypeKind::RustSlice:
  case RustTypeKind::RustArray:
  case RustTypeKind::RustPat:
  case RustTypeKind::RustAdt:
  case RustTypeKind::RustForeign:
  case RustTypeKind::RustDyn:
  case RustTypeKind::RustParam:
    return {PassKind::ByABI};
  }
  llvm_unreachable("unknown Rust type kind");
}

static Passing classify(Type type, const TargetInfo *target) {
  type = stripSugarAndQualifiers(type);
  switch (getTypeFamily(*getTypeKind(type))) {
  case TypeFamily::C:
    return classifyC(type, target);
  case TypeFamily::Rust:
    return classifyRust(type, target);
  case TypeFamily::None:
    break;
  }
  llvm_unreachable("not a component");
}

/// Whether a machine type can carry a value that is passed as `passing`. A type
/// of another dialect than builtin, LLVM and this one may mean anything.
/// In a coalesced module, the representative of a fn pointer's class is not
/// what a signature has in its place.
static bool fits(const Passing &passing, Type source, Type machine,
                 bool isCoalesced) {
  bool isInteger = isa<IntegerType, IndexType>(machine);
  bool isFloat = isa<FloatType>(machine);
  bool isPointer = isa<LLVM::LLVMPointerType, FnPtrType>(machine);
  switch (passing.kind) {
  case PassKind::ByABI:
    return true;
  case PassKind::Nothing:
    return !isInteger && !isFloat && !isPointer;
  case PassKind::Integer: {
    if (isFloat || isPointer)
      return false;
    auto integer = dyn_cast<IntegerType>(machine);
    if (!integer || passing.bits == 0 || integer.getWidth() == passing.bits)
      return true;
    // A bool is i1 as a value and i8 in memory; both are in use.
    return passing.bits == 1 && integer.getWidth() == 8;
  }
  case PassKind::Float:
    if (isInteger || isPointer)
      return false;
    return !isFloat || machine.getIntOrFloatBitWidth() == passing.bits;
  case PassKind::Pointer: {
    if (isInteger || isFloat)
      return false;
    auto fnPtr = dyn_cast<FnPtrType>(machine);
    if (!fnPtr || isCoalesced)
      return true;
    if (auto fn = dyn_cast<RustFnType>(fnPtr.getSignature()))
      // What is not passed is marked in a signature only.
      return source == RustFnType::get(fn.getContext(), fn.getParams(),
                                       fn.getResult(), fn.getAbi(),
                                       fn.getFlags());
    if (!isa<FnType>(fnPtr.getSignature()))
      return true;
    // A typed function pointer must say what the signature says.
    Type stripped = stripSugarAndQualifiers(source);
    Type pointee = stripped;
    if (auto ptr = dyn_cast<PtrType>(stripped))
      pointee = ptr.getPointee();
    else if (auto lref = dyn_cast<LValueRefType>(stripped))
      pointee = lref.getPointee();
    else if (auto rref = dyn_cast<RValueRefType>(stripped))
      pointee = rref.getPointee();
    return stripSugarAndQualifiers(pointee) == fnPtr.getSignature();
  }
  }
  llvm_unreachable("unknown kind of passing");
}

std::optional<SourceSignature> SourceSignature::get(Type signature) {
  SourceSignature source;
  source.type = signature;
  if (auto fn = dyn_cast<FnType>(signature)) {
    llvm::append_range(source.params, fn.getParams());
    source.result = fn.getResult();
    source.isVariadic = fn.isVariadic();
    source.isUnprototyped = fn.isUnprototyped();
    return source;
  }
  if (auto fn = dyn_cast<RustFnType>(signature)) {
    for (unsigned index : fn.getPassedParams())
      source.params.push_back(fn.getParams()[index]);
    source.result = fn.getResult();
    source.isVariadic = fn.isVariadic();
    return source;
  }
  return std::nullopt;
}

bool SourceSignature::hasDirectParameters() const {
  auto isByABI = [](Type type) {
    return classify(type, nullptr).kind == PassKind::ByABI;
  };
  return !isByABI(result) && llvm::none_of(params, isByABI);
}

/// The machine type that carries a value; null where the ABI decides.
static Type getMachineType(const Passing &passing, Type source) {
  MLIRContext *context = source.getContext();
  switch (passing.kind) {
  case PassKind::Nothing:
  case PassKind::ByABI:
    return {};
  case PassKind::Integer:
    return passing.bits ? IntegerType::get(context, passing.bits) : Type();
  case PassKind::Float:
    return passing.bits == 32 ? Type(Float32Type::get(context))
                              : Type(Float64Type::get(context));
  case PassKind::Pointer: {
    Type pointee = stripSugarAndQualifiers(source);
    if (auto ptr = dyn_cast<PtrType>(pointee))
      pointee = stripSugarAndQualifiers(ptr.getPointee());
    if (isa<FnType, RustFnType>(pointee))
      return FnPtrType::get(context, pointee);
    return LLVM::LLVMPointerType::get(context);
  }
  }
  llvm_unreachable("unknown kind of passing");
}

std::optional<FunctionType>
mlir::kcfi::getMachineType(Type signature, const TargetInfo &target) {
  std::optional<SourceSignature> source = SourceSignature::get(signature);
  if (!source)
    return std::nullopt;
  SmallVector<Type> inputs, results;
  for (Type param : source->params) {
    inputs.push_back(::getMachineType(classify(param, &target), param));
    if (!inputs.back())
      return std::nullopt;
  }
  Passing passing = classify(source->result, &target);
  if (passing.kind != PassKind::Nothing) {
    results.push_back(::getMachineType(passing, source->result));
    if (!results.back())
      return std::nullopt;
  }
  return FunctionType::get(signature.getContext(), inputs, results);
}

LogicalResult
helpers::verifyMachineTypes(function_ref<InFlightDiagnostic()> emitError,
                            const SourceSignature &source,
                            const MachineSignature &machine, Operation *op) {
  if (machine.isVariadic && *machine.isVariadic && !source.isVariadic &&
      !source.isUnprototyped)
    return emitError() << "function is variadic, its signature '"
                       << getReadableType(source.type) << "' is not";
  if (machine.isVariadic && !*machine.isVariadic && source.isVariadic)
    return emitError() << "signature '" << getReadableType(source.type)
                       << "' is variadic, the function is not";
  if (!source.hasDirectParameters())
    return success();

  TypeRange inputs = machine.inputs;
  if (machine.hasImplicitObject) {
    if (inputs.empty() ||
        isa<IntegerType, IndexType, FloatType>(inputs.front()))
      return emitError() << "'implicit_object' needs a pointer as first "
                            "parameter";
    inputs = inputs.drop_front();
  }
  if (!source.isUnprototyped) {
    size_t expected = source.params.size();
    bool mayHaveMore = machine.isCall && source.isVariadic;
    if (inputs.size() < expected || (inputs.size() > expected && !mayHaveMore))
      return emitError() << "signature '" << getReadableType(source.type)
                         << "' has " << expected << " parameter(s), the "
                         << (machine.isCall ? "call" : "function") << " has "
                         << inputs.size();
  }

  std::unique_ptr<TargetInfo> target = lookupTargetQuietly(op);
  bool isCoalesced = false;
  for (Operation *parent = op; parent && !isCoalesced;
       parent = parent->getParentOp())
    isCoalesced = parent->hasAttr(KCFIDialect::kEquivalencesAttrName);
  for (auto [index, param] : llvm::enumerate(source.params))
    if (!fits(classify(param, target.get()), param, inputs[index], isCoalesced))
      return emitError() << "machine type " << inputs[index]
                         << " of parameter #" << index << " does not fit '"
                         << getReadableType(param) << "' of signature '"
                         << getReadableType(source.type) << "'";

  TypeRange results = machine.results;
  // llvm.func has a void result where others have none.
  if (results.size() == 1 && isa<LLVM::LLVMVoidType>(results.front()))
    results = results.drop_front();
  Passing result = classify(source.result, target.get());
  bool returnsNothing = result.kind == PassKind::Nothing;
  if (results.size() > 1 || returnsNothing != results.empty() ||
      (!results.empty() &&
       !fits(result, source.result, results.front(), isCoalesced))) {
    InFlightDiagnostic diag = emitError();
    if (results.empty())
      diag << "missing result";
    else if (results.size() > 1)
      diag << "more than one machine result";
    else
      diag << "machine type " << results.front() << " of the result";
    diag << " does not fit '" << getReadableType(source.result)
         << "' of signature '" << getReadableType(source.type) << "'";
    return diag;
  }
  return success();
}
