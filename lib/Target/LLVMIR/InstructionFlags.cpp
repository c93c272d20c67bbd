//===- InstructionFlags.cpp - Flags without a form -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "InstructionFlags.h"
#include "kcfi/IR/KCFIDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/Operator.h"

using namespace mlir;
using namespace mlir::kcfi;

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

using llvm::GEPNoWrapFlags;
using llvm::Instruction;

/// The row of a flag of floating-point operations.
template <bool (Instruction::*Has)() const, void (Instruction::*Set)(bool)>
static constexpr InstructionFlag mathFlag(StringLiteral name) {
  return {name,
          [](const Instruction &i) {
            return llvm::isa<llvm::FPMathOperator>(i) && (i.*Has)();
          },
          [](Instruction &i) {
            if (llvm::isa<llvm::FPMathOperator>(i))
              (i.*Set)(true);
          },
          isOp<LLVM::FastmathFlagsInterface>};
}

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
    mathFlag<&Instruction::hasAllowReassoc, &Instruction::setHasAllowReassoc>(
        "reassoc"),
    mathFlag<&Instruction::hasNoNaNs, &Instruction::setHasNoNaNs>("nnan"),
    mathFlag<&Instruction::hasNoInfs, &Instruction::setHasNoInfs>("ninf"),
    mathFlag<&Instruction::hasNoSignedZeros, &Instruction::setHasNoSignedZeros>(
        "nsz"),
    mathFlag<&Instruction::hasAllowReciprocal,
             &Instruction::setHasAllowReciprocal>("arcp"),
    mathFlag<&Instruction::hasAllowContract, &Instruction::setHasAllowContract>(
        "contract"),
    mathFlag<&Instruction::hasApproxFunc, &Instruction::setHasApproxFunc>(
        "afn"),
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

Attribute mlir::kcfi::readFlags(const Instruction &instruction, Operation *op,
                                MLIRContext *context) {
  // Most instructions have none.
  if (!instruction.getRawSubclassOptionalData() &&
      !llvm::isa<llvm::AllocaInst>(instruction))
    return {};
  SmallVector<Attribute> names;
  for (const InstructionFlag &flag : kFlags)
    if (flag.has(instruction) && (!op || !flag.hasForm(op)))
      names.push_back(StringAttr::get(context, flag.name));
  return names.empty() ? Attribute() : ArrayAttr::get(context, names);
}

LogicalResult mlir::kcfi::applyFlags(Operation *op, Attribute value,
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
