//===- Facts.cpp - What MLIR has no form for -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Facts.h"
#include "AttributeForms.h"
#include "kcfi/IR/KCFIDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Target/LLVMIR/ModuleImport.h"
#include "mlir/Target/LLVMIR/ModuleTranslation.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/GlobalVariable.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Module.h"
#include "llvm/IR/Operator.h"
#include "llvm/Support/ModRef.h"

using namespace mlir;
using namespace mlir::kcfi;

bool mlir::kcfi::hasConventionForm(unsigned convention) {
  return !LLVM::cconv::stringifyCConv(static_cast<LLVM::CConv>(convention))
              .empty();
}

//===----------------------------------------------------------------------===//
// Flags of instructions
//===----------------------------------------------------------------------===//

namespace {
/// A flag of an instruction, by LLVM's name.
struct InstructionFlag {
  StringLiteral name;
  bool (*has)(const llvm::Instruction &);
  void (*set)(llvm::Instruction &);
  /// True if the operation has a form for the flag.
  bool (*hasForm)(Operation *);
};
} // namespace

template <typename InstT>
static bool is(const llvm::Instruction &instruction) {
  return llvm::isa<InstT>(instruction);
}

template <typename... OpTs>
static bool isOp(Operation *op) {
  return isa<OpTs...>(op);
}

static bool hasOverflowFlags(const llvm::Instruction &instruction) {
  return llvm::isa<llvm::OverflowingBinaryOperator, llvm::TruncInst>(
      instruction);
}

static llvm::GEPNoWrapFlags getWrap(const llvm::Instruction &instruction) {
  auto *gep = llvm::dyn_cast<llvm::GetElementPtrInst>(&instruction);
  return gep ? gep->getNoWrapFlags() : llvm::GEPNoWrapFlags::none();
}

static void addWrap(llvm::Instruction &instruction,
                    llvm::GEPNoWrapFlags flags) {
  if (auto *gep = llvm::dyn_cast<llvm::GetElementPtrInst>(&instruction))
    gep->setNoWrapFlags(gep->getNoWrapFlags() | flags);
}

static bool hasMath(const llvm::Instruction &instruction) {
  return llvm::isa<llvm::FPMathOperator>(instruction);
}

using llvm::GEPNoWrapFlags;
using llvm::Instruction;

/// All of them.
static constexpr InstructionFlag kFlags[] = {
    {"nuw",
     [](const Instruction &i) {
       return (hasOverflowFlags(i) && i.hasNoUnsignedWrap()) ||
              getWrap(i).hasNoUnsignedWrap();
     },
     [](Instruction &i) {
       if (hasOverflowFlags(i))
         i.setHasNoUnsignedWrap();
       addWrap(i, GEPNoWrapFlags::noUnsignedWrap());
     },
     isOp<LLVM::IntegerOverflowFlagsInterface, LLVM::GEPOp>},
    {"nsw",
     [](const Instruction &i) {
       return hasOverflowFlags(i) && i.hasNoSignedWrap();
     },
     [](Instruction &i) {
       if (hasOverflowFlags(i))
         i.setHasNoSignedWrap();
     },
     isOp<LLVM::IntegerOverflowFlagsInterface>},
    {"nusw",
     [](const Instruction &i) { return getWrap(i).hasNoUnsignedSignedWrap(); },
     [](Instruction &i) { addWrap(i, GEPNoWrapFlags::noUnsignedSignedWrap()); },
     isOp<LLVM::GEPOp>},
    {"inbounds", [](const Instruction &i) { return getWrap(i).isInBounds(); },
     [](Instruction &i) { addWrap(i, GEPNoWrapFlags::inBounds()); },
     isOp<LLVM::GEPOp>},
    {"exact",
     [](const Instruction &i) {
       return is<llvm::PossiblyExactOperator>(i) && i.isExact();
     },
     [](Instruction &i) {
       if (is<llvm::PossiblyExactOperator>(i))
         i.setIsExact();
     },
     isOp<LLVM::ExactFlagInterface>},
    {"disjoint",
     [](const Instruction &i) {
       auto *op = llvm::dyn_cast<llvm::PossiblyDisjointInst>(&i);
       return op && op->isDisjoint();
     },
     [](Instruction &i) {
       if (auto *op = llvm::dyn_cast<llvm::PossiblyDisjointInst>(&i))
         op->setIsDisjoint(true);
     },
     isOp<LLVM::DisjointFlagInterface>},
    {"nneg",
     [](const Instruction &i) {
       return is<llvm::PossiblyNonNegInst>(i) && i.hasNonNeg();
     },
     [](Instruction &i) {
       if (is<llvm::PossiblyNonNegInst>(i))
         i.setNonNeg();
     },
     isOp<LLVM::NonNegFlagInterface>},
    {"samesign",
     [](const Instruction &i) {
       auto *compare = llvm::dyn_cast<llvm::ICmpInst>(&i);
       return compare && compare->hasSameSign();
     },
     [](Instruction &i) {
       if (auto *compare = llvm::dyn_cast<llvm::ICmpInst>(&i))
         compare->setSameSign();
     },
     [](Operation *) { return false; }},
    {"reassoc",
     [](const Instruction &i) { return hasMath(i) && i.hasAllowReassoc(); },
     [](Instruction &i) {
       if (hasMath(i))
         i.setHasAllowReassoc(true);
     },
     isOp<LLVM::FastmathFlagsInterface>},
    {"nnan", [](const Instruction &i) { return hasMath(i) && i.hasNoNaNs(); },
     [](Instruction &i) {
       if (hasMath(i))
         i.setHasNoNaNs(true);
     },
     isOp<LLVM::FastmathFlagsInterface>},
    {"ninf", [](const Instruction &i) { return hasMath(i) && i.hasNoInfs(); },
     [](Instruction &i) {
       if (hasMath(i))
         i.setHasNoInfs(true);
     },
     isOp<LLVM::FastmathFlagsInterface>},
    {"nsz",
     [](const Instruction &i) { return hasMath(i) && i.hasNoSignedZeros(); },
     [](Instruction &i) {
       if (hasMath(i))
         i.setHasNoSignedZeros(true);
     },
     isOp<LLVM::FastmathFlagsInterface>},
    {"arcp",
     [](const Instruction &i) { return hasMath(i) && i.hasAllowReciprocal(); },
     [](Instruction &i) {
       if (hasMath(i))
         i.setHasAllowReciprocal(true);
     },
     isOp<LLVM::FastmathFlagsInterface>},
    {"contract",
     [](const Instruction &i) { return hasMath(i) && i.hasAllowContract(); },
     [](Instruction &i) {
       if (hasMath(i))
         i.setHasAllowContract(true);
     },
     isOp<LLVM::FastmathFlagsInterface>},
    {"afn",
     [](const Instruction &i) { return hasMath(i) && i.hasApproxFunc(); },
     [](Instruction &i) {
       if (hasMath(i))
         i.setHasApproxFunc(true);
     },
     isOp<LLVM::FastmathFlagsInterface>},
    {"swifterror",
     [](const Instruction &i) {
       auto *slot = llvm::dyn_cast<llvm::AllocaInst>(&i);
       return slot && slot->isSwiftError();
     },
     [](Instruction &i) {
       if (auto *slot = llvm::dyn_cast<llvm::AllocaInst>(&i))
         slot->setSwiftError(true);
     },
     [](Operation *) { return false; }},
};

/// `op` is null for phis, which are arguments of blocks.
static Attribute readFlags(const Instruction &instruction, Operation *op,
                           FactReader &reader) {
  // Most instructions have none.
  if (!instruction.getRawSubclassOptionalData() &&
      !llvm::isa<llvm::AllocaInst>(instruction))
    return {};
  SmallVector<Attribute> names;
  for (const InstructionFlag &flag : kFlags)
    if (flag.has(instruction) && (!op || !flag.hasForm(op)))
      names.push_back(StringAttr::get(reader.context, flag.name));
  // `inbounds` implies `nusw`.
  return names.empty() ? Attribute() : ArrayAttr::get(reader.context, names);
}

static LogicalResult applyFlags(Operation *op, Attribute value,
                                Instruction &instruction) {
  for (auto name : cast<ArrayAttr>(value).getAsRange<StringAttr>()) {
    const InstructionFlag *flag =
        llvm::find_if(kFlags, [&](const InstructionFlag &flag) {
          return flag.name == name.getValue();
        });
    if (flag == std::end(kFlags))
      return op->emitError() << "unknown flag '" << name.getValue() << "' in '"
                             << KCFIDialect::kLLVMFactsAttrName << "'";
    flag->set(instruction);
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Attributes of calls
//===----------------------------------------------------------------------===//

/// True if MLIR wrote an attribute of the call itself on `op`.
static bool hasCallForm(Operation *op, llvm::Attribute attribute,
                        bool calleeHasEffects) {
  if (attribute.isStringAttribute() || !isa<LLVM::CallOp>(op))
    return false;
  static constexpr std::pair<llvm::Attribute::AttrKind, StringLiteral>
      kForms[] = {{llvm::Attribute::Convergent, "convergent"},
                  {llvm::Attribute::NoUnwind, "no_unwind"},
                  {llvm::Attribute::WillReturn, "will_return"},
                  {llvm::Attribute::NoInline, "no_inline"},
                  {llvm::Attribute::AlwaysInline, "always_inline"},
                  {llvm::Attribute::InlineHint, "inline_hint"}};
  // MLIR's form is that of callee and call together; it holds where the callee
  // says nothing.
  if (attribute.getKindAsEnum() == llvm::Attribute::Memory)
    return !calleeHasEffects;
  for (const auto &[kind, name] : kForms)
    if (kind == attribute.getKindAsEnum())
      return static_cast<bool>(op->getInherentAttr(name).value_or(nullptr));
  return false;
}

/// True if the dictionary that MLIR made for an argument or result has the
/// attribute.
static bool hasArgumentForm(Attribute dictionary, llvm::Attribute attribute) {
  auto known = dyn_cast_if_present<DictionaryAttr>(dictionary);
  if (!known || attribute.isStringAttribute())
    return false;
  // MLIR knows of captures whether there are none.
  if (attribute.hasKindAsEnum() &&
      attribute.getKindAsEnum() == llvm::Attribute::Captures)
    return llvm::capturesNothing(attribute.getCaptureInfo()) &&
           known.contains(LLVM::LLVMDialect::getNoCaptureAttrName());
  return known.contains(("llvm." + llvm::Attribute::getNameFromAttrKind(
                                       attribute.getKindAsEnum()))
                            .str());
}

static Attribute getElement(ArrayAttr list, unsigned index) {
  return list && index < list.size() ? list[index] : Attribute();
}

static Attribute readCallAttributes(const Instruction &instruction,
                                    Operation *op, FactReader &reader) {
  auto *call = llvm::dyn_cast<llvm::CallBase>(&instruction);
  if (!call || call->getAttributes().isEmpty())
    return {};
  llvm::AttributeSet known;
  const llvm::Function *callee = call->getCalledFunction();
  bool calleeHasEffects =
      callee && callee->hasFnAttribute(llvm::Attribute::Memory);
  // LLVM gives its intrinsics their attributes itself.
  if (callee && callee->isIntrinsic())
    known = callee->getAttributes().getFnAttrs();
  return writeAttributes(
      call->getAttributes().getFnAttrs(), *reader.import, reader.context,
      [&](llvm::Attribute attribute) {
        return hasCallForm(op, attribute, calleeHasEffects) ||
               (!attribute.isStringAttribute() &&
                known.getAttribute(attribute.getKindAsEnum()) == attribute);
      });
}

static Attribute readResultAttributes(const Instruction &instruction,
                                      Operation *op, FactReader &reader) {
  auto *call = llvm::dyn_cast<llvm::CallBase>(&instruction);
  if (!call)
    return {};
  ArrayAttr results;
  if (auto owner = dyn_cast<ArgAndResultAttrsOpInterface>(op))
    results = owner.getResAttrsAttr();
  return writeAttributes(call->getAttributes().getRetAttrs(), *reader.import,
                         reader.context, [&](llvm::Attribute attribute) {
                           return hasArgumentForm(getElement(results, 0),
                                                  attribute);
                         });
}

/// The attributes of arguments or parameters, up to the last that has any.
static Attribute readParameters(llvm::AttributeList attributes, unsigned count,
                                ArrayAttr arguments, FactReader &reader) {
  SmallVector<Attribute> result;
  for (unsigned index = 0; index < count; ++index) {
    llvm::AttributeSet set = attributes.getParamAttrs(index);
    if (!set.hasAttributes())
      continue;
    Attribute written = writeAttributes(
        set, *reader.import, reader.context, [&](llvm::Attribute attribute) {
          return hasArgumentForm(getElement(arguments, index), attribute);
        });
    if (!written)
      continue;
    result.resize(index, DictionaryAttr::get(reader.context));
    result.push_back(written);
  }
  return result.empty() ? Attribute() : ArrayAttr::get(reader.context, result);
}

static Attribute readArgumentAttributes(const Instruction &instruction,
                                        Operation *op, FactReader &reader) {
  auto *call = llvm::dyn_cast<llvm::CallBase>(&instruction);
  if (!call || call->getAttributes().isEmpty())
    return {};
  ArrayAttr arguments;
  if (auto owner = dyn_cast<ArgAndResultAttrsOpInterface>(op))
    arguments = owner.getArgAttrsAttr();
  return readParameters(call->getAttributes(), call->arg_size(), arguments,
                        reader);
}

static Attribute readConvention(const Instruction &instruction, Operation *,
                                FactReader &reader) {
  auto *call = llvm::dyn_cast<llvm::CallBase>(&instruction);
  if (!call || hasConventionForm(call->getCallingConv()))
    return {};
  return Builder(reader.context).getI32IntegerAttr(call->getCallingConv());
}

static Attribute readTail(const Instruction &instruction, Operation *op,
                          FactReader &reader) {
  auto *call = llvm::dyn_cast<llvm::CallInst>(&instruction);
  if (!call || isa<LLVM::CallOp, LLVM::InlineAsmOp>(op))
    return {};
  switch (call->getTailCallKind()) {
  case llvm::CallInst::TCK_None:
    return {};
  case llvm::CallInst::TCK_Tail:
    return StringAttr::get(reader.context, "tail");
  case llvm::CallInst::TCK_MustTail:
    return StringAttr::get(reader.context, "musttail");
  case llvm::CallInst::TCK_NoTail:
    return StringAttr::get(reader.context, "notail");
  }
  llvm_unreachable("unknown kind of tail call");
}

static LogicalResult applyTail(Operation *op, Attribute value,
                               Instruction &instruction) {
  auto *call = llvm::dyn_cast<llvm::CallInst>(&instruction);
  auto kind = llvm::StringSwitch<std::optional<llvm::CallInst::TailCallKind>>(
                  cast<StringAttr>(value).getValue())
                  .Case("tail", llvm::CallInst::TCK_Tail)
                  .Case("musttail", llvm::CallInst::TCK_MustTail)
                  .Case("notail", llvm::CallInst::TCK_NoTail)
                  .Default(std::nullopt);
  if (!kind)
    return op->emitError() << "unknown kind of tail call " << value;
  if (call)
    call->setTailCallKind(*kind);
  return success();
}

//===----------------------------------------------------------------------===//
// Metadata of instructions
//===----------------------------------------------------------------------===//

namespace {
/// A kind of metadata that MLIR has attributes for.
struct MetadataForm {
  unsigned kind;
  /// The attributes, one of which an operation has.
  std::array<StringLiteral, 2> names;
  /// True if they say all that the node says.
  bool (*isExact)(const llvm::MDNode &node);
};
} // namespace

static bool isAlways(const llvm::MDNode &) { return true; }
static bool isNever(const llvm::MDNode &) { return false; }

static constexpr MetadataForm kMetadataForms[] = {
    {llvm::LLVMContext::MD_tbaa, {"tbaa", ""}, isAlways},
    {llvm::LLVMContext::MD_alias_scope, {"alias_scopes", ""}, isAlways},
    {llvm::LLVMContext::MD_noalias, {"noalias_scopes", ""}, isAlways},
    {llvm::LLVMContext::MD_access_group, {"access_groups", ""}, isAlways},
    // MLIR takes loops with the same properties for one loop.
    {llvm::LLVMContext::MD_loop, {"loop_annotation", ""}, isNever},
    // MLIR drops who expected the weights.
    {llvm::LLVMContext::MD_prof,
     {"branch_weights", "weights"},
     [](const llvm::MDNode &node) {
       return node.getNumOperands() > 1 &&
              !llvm::isa<llvm::MDString>(node.getOperand(1));
     }},
    {llvm::LLVMContext::MD_dereferenceable, {"dereferenceable", ""}, isAlways},
    {llvm::LLVMContext::MD_dereferenceable_or_null,
     {"dereferenceable", ""},
     isAlways},
    {llvm::LLVMContext::MD_mmra, {"llvm.mmra", ""}, isAlways},
    {llvm::LLVMContext::MD_invariant_load, {"invariant", ""}, isAlways},
    {llvm::LLVMContext::MD_invariant_group,
     {"invariantGroup", ""},
     [](const llvm::MDNode &node) { return node.getNumOperands() == 0; }},
    {llvm::LLVMContext::MD_nontemporal, {"nontemporal", ""}, isAlways},
};

/// True if MLIR wrote the metadata on `op`. Takes off what says less than it.
static bool hasMetadataForm(Operation *op, unsigned kind,
                            const llvm::MDNode &node,
                            bool acceptsInexactForms) {
  const MetadataForm *form =
      llvm::find_if(kMetadataForms, [&](const MetadataForm &form) {
        return form.kind == kind;
      });
  if (form == std::end(kMetadataForms))
    return false;
  bool hasForm = false;
  for (StringRef name : form->names) {
    if (name.empty())
      continue;
    Attribute attribute =
        op->getInherentAttr(name).value_or(op->getDiscardableAttr(name));
    if (!attribute)
      continue;
    if (acceptsInexactForms || form->isExact(node))
      hasForm = true;
    else
      op->removeAttr(name);
  }
  return hasForm;
}

/// `op` is null for phis.
static Attribute readInstructionMetadata(const Instruction &instruction,
                                         Operation *op, FactReader &reader) {
  if (!instruction.hasMetadataOtherThanDebugLoc())
    return {};
  SmallVector<std::pair<unsigned, llvm::MDNode *>> metadata;
  instruction.getAllMetadataOtherThanDebugLoc(metadata);
  SmallVector<NamedAttribute> entries;
  for (auto [kind, node] : metadata)
    if (!op || !hasMetadataForm(op, kind, *node, reader.acceptsInexactForms))
      entries.emplace_back(
          StringAttr::get(reader.context, reader.kindNames[kind]),
          reader.metadata.write(*node));
  return entries.empty() ? Attribute()
                         : DictionaryAttr::get(reader.context, entries);
}

static LogicalResult applyMetadata(Operation *op, Attribute value,
                                   Instruction &instruction) {
  for (NamedAttribute entry : cast<DictionaryAttr>(value)) {
    FailureOr<llvm::MDNode *> node =
        readNode(op, entry.getValue(), *instruction.getModule());
    if (failed(node))
      return failure();
    instruction.setMetadata(entry.getName().getValue(), *node);
  }
  return success();
}

//===----------------------------------------------------------------------===//
// The table of facts of instructions
//===----------------------------------------------------------------------===//

namespace {
struct InstructionFact {
  StringLiteral name;
  /// Returns null if there is nothing that `op` does not say.
  Attribute (*read)(const Instruction &, Operation *op, FactReader &);
  LogicalResult (*apply)(Operation *op, Attribute value, Instruction &,
                         LLVM::ModuleTranslation &);
};
} // namespace

template <LogicalResult (*Apply)(Operation *, Attribute, Instruction &)>
static LogicalResult ignoring(Operation *op, Attribute value,
                              Instruction &instruction,
                              LLVM::ModuleTranslation &) {
  return Apply(op, value, instruction);
}

/// Adds attributes to those that the translation made.
template <typename OwnerT>
static LogicalResult addAttributes(Operation *op, unsigned index,
                                   Attribute value, OwnerT &owner,
                                   LLVM::ModuleTranslation &translation) {
  llvm::AttrBuilder builder(owner.getContext());
  if (failed(readAttributes(op, cast<DictionaryAttr>(value), translation,
                            builder)))
    return failure();
  owner.setAttributes(owner.getAttributes().addAttributesAtIndex(
      owner.getContext(), index, builder));
  return success();
}

template <typename OwnerT>
static LogicalResult addParameters(Operation *op, Attribute value,
                                   unsigned count, OwnerT &owner,
                                   LLVM::ModuleTranslation &translation) {
  auto list = cast<ArrayAttr>(value);
  if (list.size() > count)
    return op->emitError() << "has attributes of " << list.size()
                           << " arguments in '"
                           << KCFIDialect::kLLVMFactsAttrName << "', but only "
                           << count << " arguments";
  for (auto [index, attributes] : llvm::enumerate(list))
    if (failed(addAttributes(op, llvm::AttributeList::FirstArgIndex + index,
                             attributes, owner, translation)))
      return failure();
  return success();
}

template <unsigned Index>
static LogicalResult applyCallAttributes(Operation *op, Attribute value,
                                         Instruction &instruction,
                                         LLVM::ModuleTranslation &translation) {
  auto *call = llvm::dyn_cast<llvm::CallBase>(&instruction);
  return call ? addAttributes(op, Index, value, *call, translation) : success();
}

static LogicalResult
applyArgumentAttributes(Operation *op, Attribute value,
                        Instruction &instruction,
                        LLVM::ModuleTranslation &translation) {
  auto *call = llvm::dyn_cast<llvm::CallBase>(&instruction);
  return call ? addParameters(op, value, call->arg_size(), *call, translation)
              : success();
}

static LogicalResult applyConvention(Operation *, Attribute value,
                                     Instruction &instruction) {
  if (auto *call = llvm::dyn_cast<llvm::CallBase>(&instruction))
    call->setCallingConv(cast<IntegerAttr>(value).getInt());
  return success();
}

static constexpr StringLiteral kFunctionKey = "function", kResultKey = "result",
                               kArgumentsKey = "arguments",
                               kMetadataKey = "metadata", kFlagsKey = "flags",
                               kConventionKey = "convention", kPhisKey = "phis",
                               kOrderKey = "order";

static constexpr InstructionFact kInstructionFacts[] = {
    {kArgumentsKey, readArgumentAttributes, applyArgumentAttributes},
    {kConventionKey, readConvention, ignoring<applyConvention>},
    {kFlagsKey, readFlags, ignoring<applyFlags>},
    {kFunctionKey, readCallAttributes,
     applyCallAttributes<llvm::AttributeList::FunctionIndex>},
    {kMetadataKey, readInstructionMetadata, ignoring<applyMetadata>},
    {kResultKey, readResultAttributes,
     applyCallAttributes<llvm::AttributeList::ReturnIndex>},
    {"tail", readTail, ignoring<applyTail>},
};

//===----------------------------------------------------------------------===//
// Facts of functions and variables
//===----------------------------------------------------------------------===//

/// Attachments of one kind may be several.
static Attribute readAttachments(const llvm::GlobalValue &symbol, Operation *op,
                                 FactReader &reader) {
  auto *object = llvm::dyn_cast<llvm::GlobalObject>(&symbol);
  if (!object)
    return {};
  SmallVector<std::pair<unsigned, llvm::MDNode *>> metadata;
  object->getAllMetadata(metadata);
  llvm::MapVector<unsigned, SmallVector<Attribute>> entries;
  auto isKept = [&](unsigned kind, const llvm::MDNode &node) {
    switch (kind) {
    case llvm::LLVMContext::MD_dbg:
    case llvm::LLVMContext::MD_kcfi_type:
      return true;
    case llvm::LLVMContext::MD_type:
      return op->hasAttr(KCFIDialect::kTypeMetadataAttrName);
    default:
      return false;
    }
  };
  for (auto [kind, node] : metadata)
    if (!isKept(kind, *node))
      entries[kind].push_back(reader.metadata.write(*node));
  if (entries.empty())
    return {};
  SmallVector<NamedAttribute> result;
  for (const auto &[kind, nodes] : entries)
    result.emplace_back(StringAttr::get(reader.context, reader.kindNames[kind]),
                        ArrayAttr::get(reader.context, nodes));
  return DictionaryAttr::get(reader.context, result);
}

static LogicalResult applyAttachments(Operation *op, Attribute value,
                                      llvm::GlobalValue &symbol) {
  auto &object = llvm::cast<llvm::GlobalObject>(symbol);
  for (NamedAttribute entry : cast<DictionaryAttr>(value)) {
    object.eraseMetadata(
        object.getContext().getMDKindID(entry.getName().getValue()));
    for (Attribute form : cast<ArrayAttr>(entry.getValue())) {
      FailureOr<llvm::MDNode *> node = readNode(op, form, *symbol.getParent());
      if (failed(node))
        return failure();
      object.addMetadata(entry.getName().getValue(), **node);
    }
  }
  return success();
}

namespace {
struct SymbolFact {
  StringLiteral name;
  Attribute (*read)(const llvm::GlobalValue &, Operation *, FactReader &);
  LogicalResult (*apply)(Operation *, Attribute, llvm::GlobalValue &);
};
} // namespace

static Attribute getNumber(FactReader &reader, unsigned value) {
  return Builder(reader.context).getI32IntegerAttr(value);
}

static unsigned getNumber(Attribute value) {
  return cast<IntegerAttr>(value).getInt();
}

/// A fact that only variables have.
template <typename ReadT>
static Attribute readVariable(const llvm::GlobalValue &symbol, ReadT read) {
  auto *variable = llvm::dyn_cast<llvm::GlobalVariable>(&symbol);
  return variable ? read(*variable) : Attribute();
}

template <typename ReadT>
static Attribute readFunction(const llvm::GlobalValue &symbol, ReadT read) {
  auto *function = llvm::dyn_cast<llvm::Function>(&symbol);
  return function ? read(*function) : Attribute();
}

/// Those that functions and variables have alike, and those of one of them.
/// Enumerations are written as LLVM numbers them.
static constexpr SymbolFact kSymbolFacts[] = {
    {kMetadataKey, readAttachments, applyAttachments},
    {"partition",
     [](const llvm::GlobalValue &symbol, Operation *,
        FactReader &reader) -> Attribute {
       return symbol.hasPartition()
                  ? StringAttr::get(reader.context, symbol.getPartition())
                  : StringAttr();
     },
     [](Operation *, Attribute value, llvm::GlobalValue &symbol) {
       symbol.setPartition(cast<StringAttr>(value).getValue());
       return success();
     }},
    {"dll_storage_class",
     [](const llvm::GlobalValue &symbol, Operation *,
        FactReader &reader) -> Attribute {
       return symbol.getDLLStorageClass() ==
                      llvm::GlobalValue::DefaultStorageClass
                  ? Attribute()
                  : getNumber(reader, symbol.getDLLStorageClass());
     },
     [](Operation *, Attribute value, llvm::GlobalValue &symbol) {
       symbol.setDLLStorageClass(
           static_cast<llvm::GlobalValue::DLLStorageClassTypes>(
               getNumber(value)));
       return success();
     }},
    {"thread_local_mode",
     [](const llvm::GlobalValue &symbol, Operation *, FactReader &reader) {
       return readVariable(
           symbol, [&](const llvm::GlobalVariable &variable) -> Attribute {
             llvm::GlobalValue::ThreadLocalMode mode =
                 variable.getThreadLocalMode();
             return mode == llvm::GlobalValue::NotThreadLocal ||
                            mode == llvm::GlobalValue::GeneralDynamicTLSModel
                        ? Attribute()
                        : getNumber(reader, mode);
           });
     },
     [](Operation *, Attribute value, llvm::GlobalValue &symbol) {
       symbol.setThreadLocalMode(
           static_cast<llvm::GlobalValue::ThreadLocalMode>(getNumber(value)));
       return success();
     }},
    {"code_model",
     [](const llvm::GlobalValue &symbol, Operation *, FactReader &reader) {
       return readVariable(
           symbol, [&](const llvm::GlobalVariable &variable) -> Attribute {
             std::optional<llvm::CodeModel::Model> model =
                 variable.getCodeModel();
             return model ? getNumber(reader, *model) : Attribute();
           });
     },
     [](Operation *, Attribute value, llvm::GlobalValue &symbol) {
       if (auto *variable = llvm::dyn_cast<llvm::GlobalVariable>(&symbol))
         variable->setCodeModel(
             static_cast<llvm::CodeModel::Model>(getNumber(value)));
       return success();
     }},
    {"sanitizer",
     [](const llvm::GlobalValue &symbol, Operation *,
        FactReader &reader) -> Attribute {
       if (!symbol.hasSanitizerMetadata())
         return {};
       const auto &data = symbol.getSanitizerMetadata();
       return getNumber(reader, data.NoAddress | data.NoHWAddress << 1 |
                                    data.Memtag << 2 | data.IsDynInit << 3);
     },
     [](Operation *, Attribute value, llvm::GlobalValue &symbol) {
       unsigned bits = getNumber(value);
       llvm::GlobalValue::SanitizerMetadata data;
       data.NoAddress = bits & 1;
       data.NoHWAddress = bits >> 1 & 1;
       data.Memtag = bits >> 2 & 1;
       data.IsDynInit = bits >> 3 & 1;
       symbol.setSanitizerMetadata(data);
       return success();
     }},
    {kConventionKey,
     [](const llvm::GlobalValue &symbol, Operation *, FactReader &reader) {
       return readFunction(
           symbol, [&](const llvm::Function &function) -> Attribute {
             return hasConventionForm(function.getCallingConv())
                        ? Attribute()
                        : getNumber(reader, function.getCallingConv());
           });
     },
     [](Operation *, Attribute value, llvm::GlobalValue &symbol) {
       if (auto *function = llvm::dyn_cast<llvm::Function>(&symbol))
         function->setCallingConv(getNumber(value));
       return success();
     }},
    {"prefix",
     [](const llvm::GlobalValue &symbol, Operation *, FactReader &reader) {
       return readFunction(
           symbol, [&](const llvm::Function &function) -> Attribute {
             return function.hasPrefixData()
                        ? reader.metadata.write(*function.getPrefixData())
                        : Attribute();
           });
     },
     [](Operation *op, Attribute value, llvm::GlobalValue &symbol) {
       FailureOr<llvm::Constant *> data =
           readConstant(op, value, *symbol.getParent());
       if (succeeded(data))
         llvm::cast<llvm::Function>(symbol).setPrefixData(*data);
       return LogicalResult(data);
     }},
    {"prologue",
     [](const llvm::GlobalValue &symbol, Operation *, FactReader &reader) {
       return readFunction(
           symbol, [&](const llvm::Function &function) -> Attribute {
             return function.hasPrologueData()
                        ? reader.metadata.write(*function.getPrologueData())
                        : Attribute();
           });
     },
     [](Operation *op, Attribute value, llvm::GlobalValue &symbol) {
       FailureOr<llvm::Constant *> data =
           readConstant(op, value, *symbol.getParent());
       if (succeeded(data))
         llvm::cast<llvm::Function>(symbol).setPrologueData(*data);
       return LogicalResult(data);
     }},
};

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

FactReader::FactReader(MLIRContext *context, llvm::LLVMContext &llvmContext,
                       MetadataWriter &metadata, bool acceptsInexactForms)
    : context(context), metadata(metadata),
      acceptsInexactForms(acceptsInexactForms) {
  llvmContext.getMDKindNames(kindNames);
}

void FactReader::setBlocks(ArrayRef<llvm::BasicBlock *> blocks) {
  places.clear();
  for (auto [place, block] : llvm::enumerate(blocks))
    places[block] = place;
}

static void addFacts(Operation *op, ArrayRef<NamedAttribute> added) {
  if (added.empty())
    return;
  NamedAttrList facts(
      op->getAttrOfType<DictionaryAttr>(KCFIDialect::kLLVMFactsAttrName));
  for (NamedAttribute fact : added)
    facts.set(fact.getName(), fact.getValue());
  op->setDiscardableAttr(KCFIDialect::kLLVMFactsAttrName,
                         facts.getDictionary(op->getContext()));
}

void FactReader::setFacts(const llvm::Instruction &instruction, Operation *op) {
  SmallVector<NamedAttribute> facts;
  for (const InstructionFact &fact : kInstructionFacts)
    if (Attribute value = fact.read(instruction, op, *this))
      facts.emplace_back(StringAttr::get(context, fact.name), value);
  addFacts(op, facts);
}

/// The order in which the export makes operands: that of their blocks.
static SmallVector<int32_t>
getOrder(const llvm::PHINode &phi,
         llvm::function_ref<unsigned(const llvm::BasicBlock *)> getPlace) {
  SmallVector<int32_t> sorted(phi.getNumIncomingValues());
  std::iota(sorted.begin(), sorted.end(), 0);
  llvm::stable_sort(sorted, [&](int32_t left, int32_t right) {
    return getPlace(phi.getIncomingBlock(left)) <
           getPlace(phi.getIncomingBlock(right));
  });
  return sorted;
}

void FactReader::setPhiFacts(const llvm::BasicBlock &block,
                             Operation *terminator) {
  SmallVector<Attribute> phis;
  bool hasFacts = false;
  for (const llvm::PHINode &phi : block.phis()) {
    SmallVector<NamedAttribute> facts;
    SmallVector<int32_t> sorted = getOrder(
        phi, [&](const llvm::BasicBlock *block) { return places.at(block); });
    if (!llvm::is_sorted(sorted)) {
      // Where each operand is among the sorted ones.
      SmallVector<int32_t> order(sorted.size());
      for (auto [place, operand] : llvm::enumerate(sorted))
        order[operand] = place;
      facts.emplace_back(StringAttr::get(context, kOrderKey),
                         DenseI32ArrayAttr::get(context, order));
    }
    if (Attribute flags = readFlags(phi, nullptr, *this))
      facts.emplace_back(StringAttr::get(context, kFlagsKey), flags);
    if (Attribute metadata = readInstructionMetadata(phi, nullptr, *this))
      facts.emplace_back(StringAttr::get(context, kMetadataKey), metadata);
    hasFacts |= !facts.empty();
    phis.push_back(DictionaryAttr::get(context, facts));
  }
  if (hasFacts)
    addFacts(terminator, {{StringAttr::get(context, kPhisKey),
                           ArrayAttr::get(context, phis)}});
}

void FactReader::setFacts(const llvm::GlobalValue &symbol, Operation *op) {
  SmallVector<NamedAttribute> facts;
  for (const SymbolFact &fact : kSymbolFacts)
    if (Attribute value = fact.read(symbol, op, *this))
      facts.emplace_back(StringAttr::get(context, fact.name), value);
  if (auto *function = llvm::dyn_cast<llvm::Function>(&symbol)) {
    auto owner = cast<FunctionOpInterface>(op);
    llvm::AttributeList attributes = function->getAttributes();
    if (Attribute result = writeAttributes(
            attributes.getRetAttrs(), *import, context,
            [&](llvm::Attribute attribute) {
              return hasArgumentForm(getElement(owner.getResAttrsAttr(), 0),
                                     attribute);
            }))
      facts.emplace_back(StringAttr::get(context, kResultKey), result);
    if (Attribute parameters = readParameters(attributes, function->arg_size(),
                                              owner.getArgAttrsAttr(), *this))
      facts.emplace_back(StringAttr::get(context, kArgumentsKey), parameters);
  }
  addFacts(op, facts);
}

//===----------------------------------------------------------------------===//
// Giving back
//===----------------------------------------------------------------------===//

/// The instruction that an operation is about: its call, else the last one that
/// was made for it.
static llvm::Instruction *
findInstruction(ArrayRef<llvm::Instruction *> instructions) {
  for (llvm::Instruction *instruction : llvm::reverse(instructions))
    if (llvm::isa<llvm::CallBase>(instruction))
      return instruction;
  return instructions.empty() ? nullptr : instructions.back();
}

static LogicalResult applySymbolFacts(Operation *op, DictionaryAttr facts,
                                      llvm::GlobalValue &symbol) {
  for (const SymbolFact &fact : kSymbolFacts)
    if (Attribute value = facts.get(fact.name))
      if (failed(fact.apply(op, value, symbol)))
        return failure();
  return success();
}

static LogicalResult applyFunctionFacts(LLVM::LLVMFuncOp op,
                                        DictionaryAttr facts,
                                        LLVM::ModuleTranslation &translation) {
  llvm::Function &function = *translation.lookupFunction(op.getSymName());
  if (failed(applySymbolFacts(op, facts, function)))
    return failure();
  if (Attribute value = facts.get(kResultKey))
    if (failed(addAttributes(op, llvm::AttributeList::ReturnIndex, value,
                             function, translation)))
      return failure();
  Attribute parameters = facts.get(kArgumentsKey);
  return parameters ? addParameters(op, parameters, function.arg_size(),
                                    function, translation)
                    : success();
}

LogicalResult mlir::kcfi::applyFacts(Operation *op, DictionaryAttr facts,
                                     ArrayRef<llvm::Instruction *> instructions,
                                     LLVM::ModuleTranslation &translation) {
  if (auto function = dyn_cast<LLVM::LLVMFuncOp>(op))
    return applyFunctionFacts(function, facts, translation);
  // They are translated before the nodes are there.
  if (isa<ModuleOp, LLVM::GlobalOp, LLVM::AliasOp, LLVM::IFuncOp>(op))
    return success();
  llvm::Instruction *instruction = findInstruction(instructions);
  if (!instruction) {
    // A builder folds operations on constants.
    op->emitRemark() << "makes no instruction; '"
                     << KCFIDialect::kLLVMFactsAttrName << "' is dropped";
    return success();
  }
  for (const InstructionFact &fact : kInstructionFacts)
    if (Attribute value = facts.get(fact.name))
      if (failed(fact.apply(op, value, *instruction, translation)))
        return failure();
  return success();
}

/// Sorts the operands of a phi and brings them into the order that `facts`
/// gives, if the number is still the same.
static void orderOperands(
    llvm::PHINode &phi, DictionaryAttr facts,
    const llvm::DenseMap<const llvm::BasicBlock *, unsigned> &places) {
  SmallVector<int32_t> sorted =
      getOrder(phi, [&](const llvm::BasicBlock *b) { return places.at(b); });
  DenseI32ArrayAttr order =
      facts ? facts.getAs<DenseI32ArrayAttr>(kOrderKey) : DenseI32ArrayAttr();
  if (order && order.size() != static_cast<int64_t>(sorted.size()))
    order = {};
  if (!order && llvm::is_sorted(sorted))
    return;
  SmallVector<std::pair<llvm::Value *, llvm::BasicBlock *>> operands;
  for (size_t index = 0, e = sorted.size(); index < e; ++index) {
    int32_t operand = sorted[order ? order[index] : index];
    operands.emplace_back(phi.getIncomingValue(operand),
                          phi.getIncomingBlock(operand));
  }
  for (auto [index, operand] : llvm::enumerate(operands)) {
    phi.setIncomingValue(index, operand.first);
    phi.setIncomingBlock(index, operand.second);
  }
}

static LogicalResult applyPhiFacts(LLVM::LLVMFuncOp op,
                                   llvm::Function &function) {
  llvm::DenseMap<const llvm::BasicBlock *, unsigned> places;
  for (auto [place, block] : llvm::enumerate(function))
    places[&block] = place;
  for (auto [from, to] : llvm::zip(op.getBody(), function)) {
    if (to.phis().empty())
      continue;
    Operation *terminator = from.getTerminator();
    ArrayAttr list;
    if (auto facts = terminator->getAttrOfType<DictionaryAttr>(
            KCFIDialect::kLLVMFactsAttrName))
      list = facts.getAs<ArrayAttr>(kPhisKey);
    for (auto [index, phi] : llvm::enumerate(to.phis())) {
      auto facts = dyn_cast_if_present<DictionaryAttr>(getElement(list, index));
      orderOperands(phi, facts, places);
      if (!facts)
        continue;
      if (Attribute flags = facts.get(kFlagsKey))
        if (failed(applyFlags(terminator, flags, phi)))
          return failure();
      if (Attribute metadata = facts.get(kMetadataKey))
        if (failed(applyMetadata(terminator, metadata, phi)))
          return failure();
    }
  }
  return success();
}

LogicalResult mlir::kcfi::applyModuleFacts(ModuleOp module,
                                           llvm::Module &translated) {
  auto getFacts = [](Operation *op) {
    return op->getAttrOfType<DictionaryAttr>(KCFIDialect::kLLVMFactsAttrName);
  };
  if (DictionaryAttr facts = getFacts(module))
    if (failed(applyFacts(module, facts, translated)))
      return failure();
  for (Operation &op : *module.getBody()) {
    if (auto function = dyn_cast<LLVM::LLVMFuncOp>(op)) {
      llvm::Function *body = translated.getFunction(function.getSymName());
      if (body && !function.isExternal() &&
          failed(applyPhiFacts(function, *body)))
        return failure();
      continue;
    }
    DictionaryAttr facts = getFacts(&op);
    auto symbol = dyn_cast<SymbolOpInterface>(op);
    llvm::GlobalValue *value =
        facts && symbol ? translated.getNamedValue(symbol.getName()) : nullptr;
    if (value && failed(applySymbolFacts(&op, facts, *value)))
      return failure();
  }
  return success();
}
