//===- KCFIOps.cpp - Operations -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/IR/KCFIOps.h"
#include "AsmHelpers.h"
#include "kcfi/IR/KCFIVersion.h"
#include "kcfi/IR/MachineTypes.h"
#include "kcfi/IR/ReadableType.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/IR/OpImplementation.h"

using namespace mlir;
using namespace mlir::kcfi;

static ParseResult parseCastReason(OpAsmParser &parser,
                                   CastReasonAttr &reason) {
  CastReason value;
  if (helpers::parseKeyword(parser, value, "reason", "of a cast"))
    return failure();
  reason = CastReasonAttr::get(parser.getContext(), value);
  return success();
}

static void printCastReason(OpAsmPrinter &printer, Operation *,
                            CastReasonAttr reason) {
  printer << stringifyCastReason(reason.getValue());
}

static ParseResult parseVisibility(OpAsmParser &parser,
                                   StringAttr &visibility) {
  StringRef keyword;
  if (succeeded(parser.parseOptionalKeyword(&keyword,
                                            {"public", "private", "nested"})))
    visibility = parser.getBuilder().getStringAttr(keyword);
  return success();
}

static void printVisibility(OpAsmPrinter &printer, Operation *,
                            StringAttr visibility) {
  if (visibility)
    printer << visibility.getValue() << " ";
}

static ParseResult parseSlots(OpAsmParser &parser, ArrayAttr &slots) {
  SmallVector<Attribute> elements;
  auto parseSlot = [&]() -> ParseResult {
    if (succeeded(parser.parseOptionalKeyword("vacant"))) {
      elements.push_back(parser.getBuilder().getUnitAttr());
      return success();
    }
    FlatSymbolRefAttr symbol;
    if (parser.parseAttribute(symbol))
      return failure();
    elements.push_back(symbol);
    return success();
  };
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, parseSlot))
    return failure();
  slots = parser.getBuilder().getArrayAttr(elements);
  return success();
}

static void printSlots(OpAsmPrinter &printer, Operation *, ArrayAttr slots) {
  printer << "[";
  llvm::interleaveComma(slots, printer, [&](Attribute slot) {
    if (isa<UnitAttr>(slot))
      printer << "vacant";
    else
      printer.printAttribute(slot);
  });
  printer << "]";
}

static ParseResult parseTypes(OpAsmParser &parser, ArrayAttr &types) {
  SmallVector<Type> elements;
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Paren, [&] {
        return parser.parseType(elements.emplace_back());
      }))
    return failure();
  types = parser.getBuilder().getTypeArrayAttr(elements);
  return success();
}

static void printTypes(OpAsmPrinter &printer, Operation *, ArrayAttr types) {
  printer << "(";
  llvm::interleaveComma(types.getAsValueRange<TypeAttr>(), printer);
  printer << ")";
}

#include "kcfi/IR/KCFIInterfaces.cpp.inc"

#define GET_OP_CLASSES
#include "kcfi/IR/KCFIOps.cpp.inc"

//===----------------------------------------------------------------------===//
// AdtOp
//===----------------------------------------------------------------------===//

LogicalResult AdtOp::verify() {
  if (getItem().getRecursive())
    return emitOpError() << "defines an item that is marked as the mention of "
                            "another definition";
  return success();
}

//===----------------------------------------------------------------------===//
// CarriedBodiesOp
//===----------------------------------------------------------------------===//

StringRef CarriedBodiesOp::getBytes() {
  AsmResourceBlob *blob = getBitcode().getRawHandle().getBlob();
  if (!blob)
    return {};
  ArrayRef<char> data = blob->getData();
  return {data.data(), data.size()};
}

LogicalResult CarriedBodiesOp::verify() {
  // A resource may be elided when a module is printed; a module without it has
  // lost the bodies.
  if (getBytes().empty())
    return emitOpError() << "has no bitcode: the resource is not in the file";
  // Plain, or in the wrapper that some targets want.
  if (!getBytes().starts_with("BC\xC0\xDE") &&
      !getBytes().starts_with("\xDE\xC0\x17\x0B"))
    return emitOpError() << "has a resource that is no bitcode";
  for (NamedAttribute symbol : getSymbols())
    if (!isa<FlatSymbolRefAttr>(symbol.getValue()))
      return emitOpError() << "needs a symbol for '"
                           << symbol.getName().getValue() << "', found "
                           << symbol.getValue();
  for (CarriedBodiesOp other : (*this)->getBlock()->getOps<CarriedBodiesOp>())
    if (other != *this && other->isBeforeInBlock(*this))
      return emitOpError() << "stands twice in one module";
  return success();
}

LogicalResult
CarriedBodiesOp::verifySymbolUses(SymbolTableCollection &symbolTable) {
  for (NamedAttribute symbol : getSymbols()) {
    auto reference = cast<FlatSymbolRefAttr>(symbol.getValue());
    if (!symbolTable.lookupNearestSymbolFrom(*this, reference))
      return emitOpError() << "symbol '" << reference.getValue()
                           << "' is not defined";
  }
  return success();
}

//===----------------------------------------------------------------------===//
// EntryOp
//===----------------------------------------------------------------------===//

LogicalResult EntryOp::readProperties(DialectBytecodeReader &reader,
                                      OperationState &state) {
  auto &properties = state.getOrAddProperties<Properties>();
  if (failed(reader.readOptionalAttribute(properties.because)) ||
      failed(reader.readAttribute(properties.callee)) ||
      failed(reader.readOptionalAttribute(properties.form)) ||
      failed(reader.readAttribute(properties.signature)) ||
      failed(reader.readAttribute(properties.sym_name)) ||
      failed(reader.readOptionalAttribute(properties.sym_visibility)))
    return failure();
  auto version = reader.getDialectVersion<KCFIDialect>();
  if (succeeded(version) &&
      !static_cast<const KCFIDialectVersion *>(*version)->isAtLeast(1, 3))
    return success();
  return reader.readOptionalAttribute(properties.alignment);
}

void EntryOp::writeProperties(DialectBytecodeWriter &writer) {
  const Properties &properties = getProperties();
  writer.writeOptionalAttribute(properties.because);
  writer.writeAttribute(properties.callee);
  writer.writeOptionalAttribute(properties.form);
  writer.writeAttribute(properties.signature);
  writer.writeAttribute(properties.sym_name);
  writer.writeOptionalAttribute(properties.sym_visibility);
  writer.writeOptionalAttribute(properties.alignment);
}

LogicalResult EntryOp::verifySymbolUses(SymbolTableCollection &symbolTables) {
  Operation *symbol =
      symbolTables.lookupNearestSymbolFrom(*this, getCalleeAttr());
  if (!symbol)
    return emitOpError() << "symbol '" << getCallee() << "' is not defined";
  if (isa<FunctionOpInterface>(symbol))
    return success();
  InFlightDiagnostic diag = emitOpError()
                            << "'" << getCallee() << "' is not a function";
  diag.attachNote(symbol->getLoc()) << "symbol is here";
  return diag;
}

//===----------------------------------------------------------------------===//
// AddressOfOp
//===----------------------------------------------------------------------===//

LogicalResult
AddressOfOp::verifySymbolUses(SymbolTableCollection &symbolTable) {
  Operation *symbol =
      symbolTable.lookupNearestSymbolFrom(*this, getCalleeAttr());
  if (!symbol)
    return emitOpError() << "symbol '" << getCallee() << "' is not defined";
  std::optional<Type> signature;
  if (auto entry = dyn_cast<EntryOp>(symbol)) {
    signature = entry.getSignature();
  } else if (!isa<FunctionOpInterface>(symbol)) {
    InFlightDiagnostic diag = emitOpError()
                              << "'" << getCallee() << "' is not a function";
    diag.attachNote(symbol->getLoc()) << "symbol is here";
    return diag;
  } else if (auto sig =
                 symbol->getAttrOfType<TypeAttr>(KCFIDialect::kSigAttrName)) {
    signature = sig.getValue();
  }
  if (!signature) {
    InFlightDiagnostic diag = emitOpError()
                              << "function '" << getCallee() << "' has no '"
                              << KCFIDialect::kSigAttrName
                              << "': its signature is not known";
    diag.attachNote(symbol->getLoc()) << "function is here";
    return diag;
  }
  Type expected = getResult().getType().getSignature();
  if (*signature != expected) {
    InFlightDiagnostic diag =
        emitOpError() << "function '" << getCallee() << "' has signature '"
                      << getReadableType(*signature)
                      << "', the result points to '"
                      << getReadableType(expected)
                      << "'; take the address with the function's own "
                         "signature and change it by 'kcfi.cast'";
    diag.attachNote(symbol->getLoc()) << "function is here";
    return diag;
  }
  return success();
}

//===----------------------------------------------------------------------===//
// CastOp
//===----------------------------------------------------------------------===//

/// A value that may hold an untyped pointer: not a function pointer of this
/// dialect and not a builtin type that no target stores pointers in.
static bool isUntypedPointer(Type type) {
  return !isa<FnPtrType, FloatType, FunctionType, ShapedType, TupleType,
              mlir::ComplexType, NoneType>(type);
}

LogicalResult CastOp::verify() {
  Type from = getSource().getType(), to = getResult().getType();
  bool fromTyped = isa<FnPtrType>(from), toTyped = isa<FnPtrType>(to);
  StringRef reason = stringifyCastReason(getReason());
  switch (getReason()) {
  case CastReason::Coalesced:
  case CastReason::Reinterpret:
    if (fromTyped && toTyped)
      return success();
    return emitOpError() << "with reason '" << reason
                         << "' needs function pointers on both sides, found "
                         << from << " and " << to
                         << "; use 'launder' or 'unchecked' for untyped values";
  case CastReason::Launder:
    if (isUntypedPointer(from) && toTyped)
      return success();
    return emitOpError() << "with reason '" << reason
                         << "' goes from a pointer or integer to a function "
                            "pointer, found "
                         << from << " and " << to;
  case CastReason::Unchecked:
    if (fromTyped && isUntypedPointer(to))
      return success();
    return emitOpError() << "with reason '" << reason
                         << "' goes from a function pointer to a pointer or "
                            "integer, found "
                         << from << " and " << to;
  }
  llvm_unreachable("unknown reason");
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

namespace {
/// What CallOp and InvokeOp have in common.
template <typename OpT>
LogicalResult verifyCall(OpT op) {
  Type signature = op.getSignature();
  std::optional<helpers::SourceSignature> source =
      helpers::SourceSignature::get(signature);
  if (op->getNumResults() > 1)
    return op.emitOpError() << "has more than one result";
  if (op.getTypeId()) {
    if (op.getUnchecked())
      return op.emitOpError() << "is unchecked and has a type id";
    auto raw = dyn_cast<RawType>(signature);
    if (raw && raw.getId() != op.getTypeId()->getValue())
      return op.emitOpError()
             << "type id " << formatTypeId(op.getTypeId()->getValue())
             << " contradicts the signature " << signature;
  }
  if (source && source->isUnprototyped && !op.getUnchecked())
    return op.emitOpError()
           << "calls through a pointer without a prototype, '"
           << getReadableType(signature)
           << "', which cannot be checked: mark the call 'unchecked' or give "
              "the pointer a prototype";
  if (std::optional<uint32_t> fixed = op.getFixed()) {
    if (source && !source->isVariadic)
      return op.emitOpError()
             << "has 'fixed', but its signature '" << getReadableType(signature)
             << "' is not variadic";
    if (*fixed > op.getArgs().size())
      return op.emitOpError()
             << "has " << op.getArgs().size() << " argument(s), of which "
             << *fixed << " cannot be fixed";
  } else if (source && source->isVariadic && !source->hasDirectParameters()) {
    return op.emitOpError()
           << "needs 'fixed(n)': the number of fixed arguments does not follow "
              "from '"
           << getReadableType(signature) << "'";
  }
  auto verifyCount = [&](std::optional<ArrayAttr> attrs, size_t count,
                         StringRef what) -> LogicalResult {
    if (attrs && attrs->size() != count)
      return op.emitOpError()
             << "has " << attrs->size() << " attribute dictionaries for "
             << count << " " << what << "(s)";
    return success();
  };
  if (failed(verifyCount(op.getArgAttrs(), op.getArgs().size(), "argument")) ||
      failed(verifyCount(op.getResAttrs(), op->getNumResults(), "result")))
    return failure();
  if (!source)
    return success();
  helpers::MachineSignature machine;
  machine.inputs = op.getArgs().getTypes();
  machine.results = op->getResultTypes();
  machine.hasImplicitObject = op.getImplicitObject();
  machine.isCall = true;
  return helpers::verifyMachineTypes([&] { return op.emitOpError(); }, *source,
                                     machine, op);
}

template <typename OpT>
std::optional<unsigned> getFixedCount(OpT op) {
  if (std::optional<uint32_t> fixed = op.getFixed())
    return *fixed;
  std::optional<helpers::SourceSignature> source =
      helpers::SourceSignature::get(op.getSignature());
  if (source && source->isVariadic)
    return source->params.size() + (op.getImplicitObject() ? 1 : 0);
  return std::nullopt;
}
} // namespace

LogicalResult CallOp::verify() { return verifyCall(*this); }
LogicalResult InvokeOp::verify() { return verifyCall(*this); }

std::optional<unsigned> CallOp::getFixedArgumentCount() {
  return getFixedCount(*this);
}
std::optional<unsigned> InvokeOp::getFixedArgumentCount() {
  return getFixedCount(*this);
}

CallInterfaceCallable CallOp::getCallableForCallee() { return getCallee(); }
CallInterfaceCallable InvokeOp::getCallableForCallee() { return getCallee(); }

void CallOp::setCalleeFromCallable(CallInterfaceCallable callee) {
  getCalleeMutable().assign(cast<Value>(callee));
}
void InvokeOp::setCalleeFromCallable(CallInterfaceCallable callee) {
  getCalleeMutable().assign(cast<Value>(callee));
}

Operation::operand_range CallOp::getArgOperands() { return getArgs(); }
Operation::operand_range InvokeOp::getArgOperands() { return getArgs(); }

MutableOperandRange CallOp::getArgOperandsMutable() { return getArgsMutable(); }
MutableOperandRange InvokeOp::getArgOperandsMutable() {
  return getArgsMutable();
}

SuccessorOperands InvokeOp::getSuccessorOperands(unsigned index) {
  return SuccessorOperands(index == 0 ? getNormalDestOperandsMutable()
                                      : getUnwindDestOperandsMutable());
}
