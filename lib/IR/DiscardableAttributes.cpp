//===- DiscardableAttributes.cpp - Attributes on operations -----*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The attributes that the dialect puts on operations of any dialect, and what
// each of them demands.
//
//===----------------------------------------------------------------------===//

#include "kcfi/IR/KCFIDialect.h"
#include "kcfi/IR/KCFIOps.h"
#include "kcfi/IR/MachineTypes.h"
#include "kcfi/IR/ModuleOptions.h"
#include "kcfi/IR/ReadableType.h"
#include "kcfi/IR/SignatureCarrier.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/StringMap.h"

using namespace mlir;
using namespace mlir::kcfi;

static LogicalResult verifyUnit(Operation *op, NamedAttribute attribute) {
  if (isa<UnitAttr>(attribute.getValue()))
    return success();
  return op->emitError() << "'" << attribute.getName().getValue()
                         << "' must be a unit attribute";
}

static LogicalResult verifyOnFunction(Operation *op, StringRef name) {
  if (isa<FunctionOpInterface>(op))
    return success();
  return op->emitError() << "'" << name << "' belongs on a function, not on '"
                         << op->getName() << "'";
}

/// A signature must fit the machine types of its function.
static LogicalResult verifySignature(Operation *op, Type signature) {
  std::optional<helpers::SourceSignature> source =
      helpers::SourceSignature::get(signature);
  if (!source)
    return success();

  // Attributes are verified before the operation is. What it says about its own
  // types cannot be read before it is known to be a function at all.
  if (failed(op->getName().verifyInvariants(op)))
    return failure();
  auto function = cast<FunctionOpInterface>(op);
  helpers::MachineSignature machine;
  machine.inputs = function.getArgumentTypes();
  machine.results = function.getResultTypes();
  machine.hasImplicitObject = op->hasAttr(KCFIDialect::kImplicitObjectAttrName);
  if (auto llvmFunction = dyn_cast<LLVM::LLVMFuncOp>(op))
    machine.isVariadic = llvmFunction.isVarArg();
  return helpers::verifyMachineTypes([&] { return op->emitError(); }, *source,
                                     machine, op);
}

static bool isSignatureAttr(Attribute attribute) {
  auto type = dyn_cast<TypeAttr>(attribute);
  return type && isSignature(type.getValue());
}

static LogicalResult verifyIsSignature(Operation *op,
                                       NamedAttribute attribute) {
  if (isSignatureAttr(attribute.getValue()))
    return success();
  return op->emitError() << "'" << attribute.getName().getValue()
                         << "' must be a " << kSignatureTypes << " type, found "
                         << attribute.getValue();
}

static LogicalResult verifySig(Operation *op, NamedAttribute attribute) {
  if (failed(verifyOnFunction(op, attribute.getName().getValue())) ||
      failed(verifyIsSignature(op, attribute)))
    return failure();
  return verifySignature(op, cast<TypeAttr>(attribute.getValue()).getValue());
}

static LogicalResult verifyEntrySig(Operation *op, NamedAttribute attribute) {
  StringRef name = attribute.getName().getValue();
  if (!isa<MethodOp>(op) && !op->hasAttr(KCFIDialect::kSigAttrName))
    return op->emitError() << "'" << name << "' needs '"
                           << KCFIDialect::kSigAttrName << "'";
  return verifyIsSignature(op, attribute);
}

static LogicalResult verifyWeight(Operation *op, NamedAttribute attribute) {
  StringRef name = attribute.getName().getValue();
  if (!isa<AddressOfOp, VTableOp>(op))
    return op->emitError() << "'" << name
                           << "' belongs on 'kcfi.address_of' or "
                              "'kcfi.vtable', not on '"
                           << op->getName() << "'";
  auto weight = dyn_cast<IntegerAttr>(attribute.getValue());
  if (weight && weight.getType().isSignlessInteger(64) && weight.getInt() >= 0)
    return success();
  return op->emitError() << "'" << name
                         << "' must be a 64-bit number that is not negative, "
                            "found "
                         << attribute.getValue();
}

static LogicalResult verifySourceSig(Operation *op, NamedAttribute attribute) {
  if (!SignatureCarrier::get(op))
    return op->emitError() << "'" << attribute.getName().getValue()
                           << "' belongs on a function, a call, "
                              "'kcfi.signature', 'kcfi.entry' or "
                              "'kcfi.trait', not on '"
                           << op->getName() << "'";
  return verifyIsSignature(op, attribute);
}

static LogicalResult verifyForeignSigs(Operation *op,
                                       NamedAttribute attribute) {
  StringRef name = attribute.getName().getValue();
  if (failed(verifyOnFunction(op, name)))
    return failure();
  auto sigs = dyn_cast<ArrayAttr>(attribute.getValue());
  if (!sigs || !llvm::all_of(sigs, isSignatureAttr))
    return op->emitError() << "'" << name << "' must be an array of "
                           << kSignatureTypes << " types, found "
                           << attribute.getValue();
  if (!op->hasAttr(KCFIDialect::kSigAttrName))
    return op->emitError() << "'" << name << "' needs a '"
                           << KCFIDialect::kSigAttrName
                           << "', the signature in the function's own language";
  for (auto sig : sigs.getAsRange<TypeAttr>())
    if (failed(verifySignature(op, sig.getValue())))
      return failure();
  return success();
}

static LogicalResult verifyTypeId(Operation *op, NamedAttribute attribute) {
  StringRef name = attribute.getName().getValue();
  if (!SignatureCarrier::takesTypeIdAttribute(op))
    return op->emitError()
           << "'" << name
           << "' belongs on a function, 'llvm.call', "
              "'llvm.invoke', 'kcfi.signature' or 'kcfi.entry', not on '"
           << op->getName() << "'";
  auto id = dyn_cast<TypeIdAttr>(attribute.getValue());
  if (!id)
    return op->emitError() << "'" << name
                           << "' must be a '#kcfi.type_id', found "
                           << attribute.getValue();
  auto sig = op->getAttrOfType<TypeAttr>(KCFIDialect::kSigAttrName);
  if (sig && isa<RawType>(sig.getValue()) &&
      cast<RawType>(sig.getValue()).getId() != id.getValue())
    return op->emitError() << "'" << name << "' " << formatTypeId(id.getValue())
                           << " contradicts the signature " << sig.getValue();
  return success();
}

static LogicalResult verifyChecked(Operation *op, NamedAttribute attribute) {
  StringRef name = attribute.getName().getValue();
  if (!isa<LLVM::CallOp, LLVM::InvokeOp>(op))
    return op->emitError() << "'" << name
                           << "' belongs on 'llvm.call' or 'llvm.invoke', "
                              "not on '"
                           << op->getName() << "'";
  if (!isa<TypeIdAttr>(attribute.getValue()))
    return op->emitError() << "'" << name
                           << "' must be a '#kcfi.type_id', found "
                           << attribute.getValue();
  return success();
}

static LogicalResult verifyCallable(Operation *op, NamedAttribute attribute) {
  StringRef name = attribute.getName().getValue();
  if (failed(verifyOnFunction(op, name)))
    return failure();
  if (!isa<RustCallableAttr>(attribute.getValue()))
    return op->emitError() << "'" << name
                           << "' must be a '#kcfi.rs.callable', found "
                           << attribute.getValue();
  auto sig = op->getAttrOfType<TypeAttr>(KCFIDialect::kSigAttrName);
  if (!sig || !isa<RustFnType>(sig.getValue()))
    return op->emitError() << "'" << name
                           << "' needs a '!kcfi.rs.fn' as signature";
  return success();
}

/// Modules of other dialects count as well; traits have symbols, too.
static LogicalResult verifyOnModule(Operation *op, StringRef name) {
  if (op->hasTrait<OpTrait::SymbolTable>() && !isa<TraitOp>(op))
    return success();
  return op->emitError() << "'" << name << "' belongs on a module, not on '"
                         << op->getName() << "'";
}

/// Options of a module: one value for the module and all that is in it, since
/// ids made with different options never match.
template <typename AttrT>
static LogicalResult verifyModuleOption(Operation *op, NamedAttribute attribute,
                                        StringRef what) {
  StringRef name = attribute.getName().getValue();
  if (failed(verifyOnModule(op, name)))
    return failure();
  auto option = dyn_cast<AttrT>(attribute.getValue());
  if (!option)
    return op->emitError() << "'" << name << "' must be a '#kcfi."
                           << AttrT::getMnemonic() << "', found "
                           << attribute.getValue();
  for (Operation *parent = op->getParentOp(); parent;
       parent = parent->getParentOp()) {
    Attribute outer = parent->getAttr(name);
    if (outer && outer != option) {
      InFlightDiagnostic diag = op->emitError()
                                << "mixed " << what << ": " << option
                                << " in a module with " << outer;
      diag.attachNote(parent->getLoc()) << "enclosing module is here";
      return diag;
    }
  }
  return success();
}

static LogicalResult verifyMergedClasses(Operation *op,
                                         NamedAttribute attribute) {
  StringRef name = attribute.getName().getValue();
  if (failed(verifyOnModule(op, name)))
    return failure();
  auto pairs = dyn_cast<ArrayAttr>(attribute.getValue());
  if (pairs && llvm::all_of(pairs, [](Attribute element) {
        auto pair = dyn_cast<ArrayAttr>(element);
        return pair && pair.size() == 2 && llvm::all_of(pair, isSignatureAttr);
      }))
    return success();
  return op->emitError() << "'" << name
                         << "' must be an array of pairs of signatures, found "
                         << attribute.getValue();
}

static LogicalResult verifyCarried(Operation *op, NamedAttribute attribute) {
  StringRef name = attribute.getName().getValue();
  auto function = dyn_cast<LLVM::LLVMFuncOp>(op);
  auto global = dyn_cast<LLVM::GlobalOp>(op);
  bool isDeclaration = function ? function.isExternal()
                                : global && !global.getValueAttr() &&
                                      global.getInitializerRegion().empty();
  if (!isDeclaration)
    return op->emitError() << "'" << name
                           << "' belongs on a declaration, an 'llvm.func' or "
                              "'llvm.mlir.global' without a body";
  if (!isa<StringAttr>(attribute.getValue()))
    return op->emitError() << "'" << name
                           << "' must be a string that says why, found "
                           << attribute.getValue();
  return success();
}

static bool isFnTypeAttr(Attribute attribute) {
  auto type = dyn_cast<TypeAttr>(attribute);
  return type && isa<FnType>(type.getValue());
}

static LogicalResult verifyDebugSig(Operation *op, NamedAttribute attribute) {
  StringRef name = attribute.getName().getValue();
  if (failed(verifyOnFunction(op, name)))
    return failure();
  if (isFnTypeAttr(attribute.getValue()) ||
      isa<StringAttr>(attribute.getValue()))
    return success();
  return op->emitError() << "'" << name
                         << "' must be a '!kcfi.fn' type, or a string that "
                            "says why there is none, found "
                         << attribute.getValue();
}

static LogicalResult verifyDebugTypes(Operation *op, NamedAttribute attribute) {
  StringRef name = attribute.getName().getValue();
  if (failed(verifyOnModule(op, name)))
    return failure();
  auto types = dyn_cast<ArrayAttr>(attribute.getValue());
  if (types && llvm::all_of(types, isFnTypeAttr))
    return success();
  return op->emitError() << "'" << name
                         << "' must be an array of '!kcfi.fn' types";
}

static LogicalResult verifyTypeMetadata(Operation *op,
                                        NamedAttribute attribute) {
  StringRef name = attribute.getName().getValue();
  if (!isa<FunctionOpInterface, LLVM::GlobalOp>(op))
    return op->emitError() << "'" << name
                           << "' belongs on a function or 'llvm.mlir.global', "
                              "not on '"
                           << op->getName() << "'";
  auto isEntry = [](Attribute entry) {
    auto pair = dyn_cast<ArrayAttr>(entry);
    auto offset = pair && pair.size() == 2 ? dyn_cast<IntegerAttr>(pair[0])
                                           : IntegerAttr();
    return offset && offset.getType().isSignlessInteger(64) &&
           isa<StringAttr>(pair[1]);
  };
  auto entries = dyn_cast<ArrayAttr>(attribute.getValue());
  if (entries && llvm::all_of(entries, isEntry))
    return success();
  return op->emitError() << "'" << name
                         << "' must be an array of pairs, each a 64-bit offset "
                            "and a string";
}

bool mlir::kcfi::isPropertyOfCheckedCall(StringRef name) {
  return llvm::is_contained({"CConv", "TailCallKind", "arg_attrs", "callee",
                             "op_bundle_sizes", "op_bundle_tags",
                             "operandSegmentSizes", "res_attrs"},
                            name);
}

template <typename LLVMOpT>
static LogicalResult verifyLLVMProperties(Operation *op,
                                          NamedAttribute attribute) {
  StringRef name = attribute.getName().getValue();
  auto dictionary = dyn_cast<DictionaryAttr>(attribute.getValue());
  if (!dictionary)
    return op->emitError() << "'" << name << "' must be a dictionary, found "
                           << attribute.getValue();
  typename LLVMOpT::Properties properties;
  if (failed(LLVMOpT::setPropertiesFromAttr(properties, dictionary,
                                            [&] { return op->emitError(); })))
    return failure();
  auto known = dyn_cast_or_null<DictionaryAttr>(
      LLVMOpT::getPropertiesAsAttr(op->getContext(), properties));
  for (NamedAttribute entry : dictionary)
    if (!known || known.get(entry.getName()) != entry.getValue() ||
        isPropertyOfCheckedCall(entry.getName()))
      return op->emitError()
             << "'" << name << "' has '" << entry.getName().getValue()
             << "', which is not a property of '" << LLVMOpT::getOperationName()
             << "' that can stand there";
  return success();
}

static LogicalResult verifyLLVMProperties(Operation *op,
                                          NamedAttribute attribute) {
  if (isa<CallOp>(op))
    return verifyLLVMProperties<LLVM::CallOp>(op, attribute);
  if (isa<InvokeOp>(op))
    return verifyLLVMProperties<LLVM::InvokeOp>(op, attribute);
  return op->emitError() << "'" << attribute.getName().getValue()
                         << "' belongs on 'kcfi.call' or 'kcfi.invoke', not on "
                            "'"
                         << op->getName() << "'";
}

static LogicalResult verifyPrefixData(Operation *op, NamedAttribute attribute) {
  StringRef name = attribute.getName().getValue();
  auto function = dyn_cast<LLVM::LLVMFuncOp>(op);
  if (!function || function.isExternal())
    return op->emitError() << "'" << name
                           << "' belongs on an 'llvm.func' with a body";
  if (!isa<DenseI8ArrayAttr>(attribute.getValue()))
    return op->emitError() << "'" << name << "' must be an array of bytes, "
                           << "'array<i8: ...>', found "
                           << attribute.getValue();
  return success();
}

static LogicalResult verifyLLVMFacts(Operation *op, NamedAttribute attribute) {
  // What a fact may be depends on LLVM's operation; the export tells.
  if (isa<DictionaryAttr>(attribute.getValue()))
    return success();
  return op->emitError() << "'" << attribute.getName().getValue()
                         << "' must be a dictionary, found "
                         << attribute.getValue();
}

static LogicalResult verifyStandIn(Operation *op, NamedAttribute attribute) {
  StringRef name = attribute.getName().getValue();
  auto function = dyn_cast<LLVM::LLVMFuncOp>(op);
  if (!function || !function.isExternal())
    return op->emitError() << "'" << name
                           << "' belongs on an 'llvm.func' without a body";
  if (!isa<StringAttr>(attribute.getValue()))
    return op->emitError() << "'" << name << "' must be a string, found "
                           << attribute.getValue();
  return success();
}

static LogicalResult verifySourceFilename(Operation *op,
                                          NamedAttribute attribute) {
  StringRef name = attribute.getName().getValue();
  if (failed(verifyOnModule(op, name)))
    return failure();
  if (!isa<StringAttr>(attribute.getValue()))
    return op->emitError() << "'" << name << "' must be a string, found "
                           << attribute.getValue();
  return success();
}

static LogicalResult verifyFunctionUnit(Operation *op,
                                        NamedAttribute attribute) {
  if (failed(verifyOnFunction(op, attribute.getName().getValue())))
    return failure();
  return verifyUnit(op, attribute);
}

static LogicalResult verifyEquivalences(Operation *op,
                                        NamedAttribute attribute) {
  return verifyModuleOption<EquivalencesAttr>(op, attribute, "equivalences");
}

static LogicalResult verifyEncoding(Operation *op, NamedAttribute attribute) {
  return verifyModuleOption<EncodingAttr>(op, attribute, "encodings");
}

static LogicalResult verifyCodegen(Operation *op, NamedAttribute attribute) {
  return verifyModuleOption<CodegenAttr>(op, attribute,
                                         "patchable prefixes or arities");
}

namespace {
/// An attribute that the dialect puts on operations, and what checks it.
struct DiscardableAttribute {
  StringRef name;
  LogicalResult (*verify)(Operation *op, NamedAttribute attribute);
};
} // namespace

/// All of them; a new attribute is a row here.
static constexpr DiscardableAttribute kDiscardableAttributes[] = {
    {KCFIDialect::kAddressTakenAttrName, verifyFunctionUnit},
    {KCFIDialect::kCallableAttrName, verifyCallable},
    {KCFIDialect::kCarriedAttrName, verifyCarried},
    {KCFIDialect::kCheckedAttrName, verifyChecked},
    {KCFIDialect::kCodegenAttrName, verifyCodegen},
    {KCFIDialect::kDebugSigAttrName, verifyDebugSig},
    {KCFIDialect::kDebugTypesAttrName, verifyDebugTypes},
    {KCFIDialect::kEncodingAttrName, verifyEncoding},
    {KCFIDialect::kEntrySigAttrName, verifyEntrySig},
    {KCFIDialect::kEquivalencesAttrName, verifyEquivalences},
    {KCFIDialect::kForeignSigsAttrName, verifyForeignSigs},
    {KCFIDialect::kImplicitObjectAttrName, verifyFunctionUnit},
    {KCFIDialect::kLLVMFactsAttrName, verifyLLVMFacts},
    {KCFIDialect::kLLVMPropertiesAttrName, verifyLLVMProperties},
    {KCFIDialect::kMergedClassesAttrName, verifyMergedClasses},
    {KCFIDialect::kNoCheckAttrName, verifyFunctionUnit},
    {KCFIDialect::kPrefixDataAttrName, verifyPrefixData},
    {KCFIDialect::kSigAttrName, verifySig},
    {KCFIDialect::kSourceFilenameAttrName, verifySourceFilename},
    {KCFIDialect::kSourceSigAttrName, verifySourceSig},
    {KCFIDialect::kStandInAttrName, verifyStandIn},
    {KCFIDialect::kTypeIdAttrName, verifyTypeId},
    {KCFIDialect::kTypeMetadataAttrName, verifyTypeMetadata},
    {KCFIDialect::kWeightAttrName, verifyWeight},
};

LogicalResult KCFIDialect::verifyOperationAttribute(Operation *op,
                                                    NamedAttribute attribute) {
  using Verifier = decltype(DiscardableAttribute::verify);
  static const llvm::StringMap<Verifier> verifiers = [] {
    llvm::StringMap<Verifier> map;
    for (const DiscardableAttribute &row : kDiscardableAttributes)
      map.try_emplace(row.name, row.verify);
    return map;
  }();
  StringRef name = attribute.getName().getValue();
  auto it = verifiers.find(name);
  if (it == verifiers.end())
    return op->emitError() << "unknown attribute '" << name
                           << "' of dialect 'kcfi'";
  return it->second(op, attribute);
}

LogicalResult KCFIDialect::verifyRegionArgAttribute(Operation *op, unsigned,
                                                    unsigned argIndex,
                                                    NamedAttribute attribute) {
  return op->emitError() << "'" << attribute.getName().getValue()
                         << "' belongs on the function, not on argument #"
                         << argIndex;
}

LogicalResult KCFIDialect::verifyRegionResultAttribute(
    Operation *op, unsigned, unsigned resultIndex, NamedAttribute attribute) {
  return op->emitError() << "'" << attribute.getName().getValue()
                         << "' belongs on the function, not on result #"
                         << resultIndex;
}
