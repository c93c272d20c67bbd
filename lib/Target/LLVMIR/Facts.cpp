//===- Facts.cpp - What MLIR has no form for -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Facts.h"
#include "AttributeForms.h"
#include "InstructionFlags.h"
#include "SymbolFacts.h"
#include "kcfi/IR/KCFIDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Target/LLVMIR/ModuleImport.h"
#include "mlir/Target/LLVMIR/ModuleTranslation.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/GlobalVariable.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Module.h"
#include "llvm/IR/Operator.h"
#include "llvm/Support/ModRef.h"

using namespace mlir;
using namespace mlir::kcfi;
using llvm::Instruction;

bool mlir::kcfi::hasConventionForm(unsigned convention) {
  return !LLVM::cconv::stringifyCConv(static_cast<LLVM::CConv>(convention))
              .empty();
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
  if (callee && callee->isIntrinsic() && !reader.keepsRepetitions)
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

//===----------------------------------------------------------------------===//
// Loops with places in the source
//===----------------------------------------------------------------------===//

// Their nodes refer to the debug info of the function around them, which the
// export makes anew. So they stay MLIR's, and a number says which of them are
// one node.

static constexpr StringLiteral kLoopKey = "loop";

static bool hasLocations(const llvm::MDNode &loop) {
  return llvm::any_of(loop.operands(), [](const llvm::MDOperand &operand) {
    return llvm::isa_and_nonnull<llvm::DILocation>(operand.get());
  });
}

static Attribute readLoop(const Instruction &instruction, Operation *op,
                          FactReader &reader) {
  const llvm::MDNode *loop =
      instruction.getMetadata(llvm::LLVMContext::MD_loop);
  if (!loop || !hasLocations(*loop) || !op->hasAttr("loop_annotation"))
    return {};
  auto number = reader.loops.try_emplace(loop, reader.loops.size()).first;
  return Builder(reader.context).getI32IntegerAttr(number->second);
}

static LogicalResult applyLoop(Operation *, Attribute value,
                               Instruction &instruction) {
  llvm::MDNode *made = instruction.getMetadata(llvm::LLVMContext::MD_loop);
  if (!made)
    return success();
  llvm::NamedMDNode *place = instruction.getModule()->getOrInsertNamedMetadata(
      (kDistinctNode + kLoopKey + "." +
       llvm::Twine(cast<IntegerAttr>(value).getInt()))
          .str());
  if (!place->getNumOperands()) {
    SmallVector<llvm::Metadata *> operands(made->op_begin(), made->op_end());
    llvm::MDNode *own =
        llvm::MDNode::getDistinct(instruction.getContext(), operands);
    own->replaceOperandWith(0, own);
    place->addOperand(own);
  }
  instruction.setMetadata(llvm::LLVMContext::MD_loop, place->getOperand(0));
  return success();
}

/// The node of a loop without its places, where MLIR has no form for the loop.
static const llvm::MDNode &stripLocations(const llvm::MDNode &loop,
                                          FactReader &reader) {
  const llvm::MDNode *&stripped = reader.strippedLoops[&loop];
  if (stripped)
    return *stripped;
  SmallVector<llvm::Metadata *> operands;
  for (const llvm::MDOperand &operand : loop.operands())
    if (!llvm::isa_and_nonnull<llvm::DILocation>(operand.get()))
      operands.push_back(operand.get());
  llvm::MDNode *own = llvm::MDNode::getDistinct(loop.getContext(), operands);
  own->replaceOperandWith(0, own);
  stripped = own;
  return *own;
}

/// `op` is null for phis.
static Attribute readInstructionMetadata(const Instruction &instruction,
                                         Operation *op, FactReader &reader) {
  if (!instruction.hasMetadataOtherThanDebugLoc())
    return {};
  SmallVector<std::pair<unsigned, llvm::MDNode *>> metadata;
  instruction.getAllMetadataOtherThanDebugLoc(metadata);
  SmallVector<NamedAttribute> entries;
  for (auto [kind, node] : metadata) {
    const llvm::MDNode *written = node;
    if (kind == llvm::LLVMContext::MD_loop && hasLocations(*node)) {
      if (op->hasAttr("loop_annotation"))
        continue;
      written = &stripLocations(*node, reader);
    }
    if (!op || !hasMetadataForm(op, kind, *node, reader.acceptsInexactForms))
      entries.emplace_back(
          StringAttr::get(reader.context, reader.kindNames[kind]),
          reader.metadata.write(*written));
  }
  return entries.empty() ? Attribute()
                         : DictionaryAttr::get(reader.context, entries);
}

static LogicalResult applyMetadata(Operation *op, Attribute value,
                                   Instruction &instruction) {
  llvm::Module &module = *instruction.getModule();
  for (NamedAttribute entry : cast<DictionaryAttr>(value)) {
    if (dropIfGone(op, entry.getName(), entry.getValue(), module))
      continue;
    FailureOr<llvm::MDNode *> node = readNode(op, entry.getValue(), module);
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
    {kFlagsKey,
     [](const Instruction &instruction, Operation *op, FactReader &reader) {
       return readFlags(instruction, op, reader.context);
     },
     ignoring<applyFlags>},
    {kFunctionKey, readCallAttributes,
     applyCallAttributes<llvm::AttributeList::FunctionIndex>},
    {kLoopKey, readLoop, ignoring<applyLoop>},
    {kMetadataKey, readInstructionMetadata, ignoring<applyMetadata>},
    {kResultKey, readResultAttributes,
     applyCallAttributes<llvm::AttributeList::ReturnIndex>},
    {"tail", readTail, ignoring<applyTail>},
};

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

FactReader::FactReader(MLIRContext *context, llvm::LLVMContext &llvmContext,
                       MetadataWriter &metadata, CarryMode carry)
    : context(context), metadata(metadata),
      acceptsInexactForms(carry == CarryMode::None),
      keepsRepetitions(carry == CarryMode::Exact) {
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

/// Reads the facts of an instruction that `op`, which is null for phis, does
/// not say.
static void readFacts(const Instruction &instruction, Operation *op,
                      FactReader &reader,
                      SmallVectorImpl<NamedAttribute> &facts) {
  for (const InstructionFact &fact : kInstructionFacts)
    if (Attribute value = fact.read(instruction, op, reader))
      facts.emplace_back(StringAttr::get(reader.context, fact.name), value);
}

void FactReader::setFacts(const llvm::Instruction &instruction, Operation *op) {
  SmallVector<NamedAttribute> facts;
  readFacts(instruction, op, *this, facts);
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
    readFacts(phi, /*op=*/nullptr, *this, facts);
    hasFacts |= !facts.empty();
    phis.push_back(DictionaryAttr::get(context, facts));
  }
  if (hasFacts)
    addFacts(terminator, {{StringAttr::get(context, kPhisKey),
                           ArrayAttr::get(context, phis)}});
}

void FactReader::setFacts(const llvm::GlobalValue &symbol, Operation *op) {
  SmallVector<NamedAttribute> facts;
  readSymbolFacts(symbol, op, *this, facts);
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
