//===- KCFIDialect.cpp - The kcfi dialect -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/IR/KCFIDialect.h"
#include "kcfi/IR/KCFIOps.h"
#include "kcfi/IR/MachineTypes.h"
#include "kcfi/IR/ModuleOptions.h"
#include "kcfi/IR/ReadableType.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Transforms/InliningUtils.h"

using namespace mlir;
using namespace mlir::kcfi;

#include "kcfi/IR/KCFIDialect.cpp.inc"

/// Whether the calls of the function around `op` or `region` are not checked.
template <typename T>
static bool isExempt(T &inside) {
  auto function = inside.template getParentOfType<FunctionOpInterface>();
  return function && function->hasAttr(KCFIDialect::kNoCheckAttrName);
}

namespace {
/// Everything of the dialect may be inlined: calls keep their check, addresses
/// and casts have no effects. But a call whose check depends on its function
/// must not come into one with another rule, where it would lose or gain the
/// check. (The hook for the call that is replaced would not do: it is that of
/// the dialect of this call, `func` or `llvm`.)
struct KCFIInlinerInterface : public DialectInlinerInterface {
  using DialectInlinerInterface::DialectInlinerInterface;
  bool isLegalToInline(Operation *op, Region *dest, bool,
                       IRMapping &) const final {
    auto call = dyn_cast<CheckedCallOpInterface>(op);
    return !call || call.getUnchecked() || isExempt(*op) == isExempt(*dest);
  }
};

/// A Rust item is long and is mentioned often: it gets a name of its own.
struct KCFIAsmInterface : public OpAsmDialectInterface {
  using OpAsmDialectInterface::OpAsmDialectInterface;
  AliasResult getAlias(Attribute attr, raw_ostream &os) const final {
    auto item = dyn_cast<RustItemAttr>(attr);
    // A recursive mention stands inside of what has the name.
    if (!item || item.getRecursive())
      return AliasResult::NoAlias;
    os << item.getName();
    return AliasResult::OverridableAlias;
  }
};
} // namespace

void KCFIDialect::initialize() {
  registerTypes();
  registerAttributes();
  addOperations<
#define GET_OP_LIST
#include "kcfi/IR/KCFIOps.cpp.inc"
      >();
  registerBytecode();
  addInterfaces<KCFIInlinerInterface, KCFIAsmInterface>();
}

//===----------------------------------------------------------------------===//
// Discardable attributes
//===----------------------------------------------------------------------===//

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
  if (!isa<FunctionOpInterface, SignatureOp, EntryOp, CheckedCallOpInterface,
           TraitOp, LLVM::CallOp, LLVM::InvokeOp>(op))
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
  if (!isa<FunctionOpInterface, LLVM::CallOp, LLVM::InvokeOp, SignatureOp,
           EntryOp>(op))
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

LogicalResult KCFIDialect::verifyOperationAttribute(Operation *op,
                                                    NamedAttribute attribute) {
  StringRef name = attribute.getName().getValue();
  if (name == kSigAttrName)
    return verifySig(op, attribute);
  if (name == kForeignSigsAttrName)
    return verifyForeignSigs(op, attribute);
  if (name == kTypeIdAttrName)
    return verifyTypeId(op, attribute);
  if (name == kCheckedAttrName)
    return verifyChecked(op, attribute);
  if (name == kCarriedAttrName)
    return verifyCarried(op, attribute);
  if (name == kDebugSigAttrName)
    return verifyDebugSig(op, attribute);
  if (name == kDebugTypesAttrName)
    return verifyDebugTypes(op, attribute);
  if (name == kTypeMetadataAttrName)
    return verifyTypeMetadata(op, attribute);
  if (name == kPrefixDataAttrName)
    return verifyPrefixData(op, attribute);
  if (name == kLLVMPropertiesAttrName)
    return verifyLLVMProperties(op, attribute);
  if (name == kCallableAttrName)
    return verifyCallable(op, attribute);
  if (name == kEntrySigAttrName)
    return verifyEntrySig(op, attribute);
  if (name == kWeightAttrName)
    return verifyWeight(op, attribute);
  if (name == kMergedClassesAttrName)
    return verifyMergedClasses(op, attribute);
  if (name == kSourceFilenameAttrName)
    return verifySourceFilename(op, attribute);
  if (name == kSourceSigAttrName)
    return verifySourceSig(op, attribute);
  if (name == kEquivalencesAttrName)
    return verifyModuleOption<EquivalencesAttr>(op, attribute, "equivalences");
  if (name == kEncodingAttrName)
    return verifyModuleOption<EncodingAttr>(op, attribute, "encodings");
  if (name == kCodegenAttrName)
    return verifyModuleOption<CodegenAttr>(op, attribute,
                                           "patchable prefixes or arities");
  if (name == kAddressTakenAttrName || name == kNoCheckAttrName ||
      name == kImplicitObjectAttrName) {
    if (failed(verifyOnFunction(op, name)))
      return failure();
    return verifyUnit(op, attribute);
  }
  return op->emitError() << "unknown attribute '" << name
                         << "' of dialect 'kcfi'";
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
