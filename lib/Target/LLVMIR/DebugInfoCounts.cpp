//===- DebugInfoCounts.cpp - Debug info by kind -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DebugInfoCounts.h"
#include "llvm/BinaryFormat/Dwarf.h"
#include "llvm/IR/DebugInfo.h"
#include "llvm/IR/DebugProgramInstruction.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Module.h"

#include <map>

using namespace mlir;
using namespace mlir::kcfi;

using Counts = std::map<std::string, uint64_t>;

static void countTypes(const llvm::DebugInfoFinder &finder, Counts &counts) {
  for (const llvm::DIType *type : finder.types()) {
    StringRef tag = llvm::dwarf::TagString(type->getTag());
    tag.consume_front("DW_TAG_");
    ++counts[("types '" + tag + "'").str()];
    auto *composite = llvm::dyn_cast<llvm::DICompositeType>(type);
    if (!composite)
      continue;
    for (const llvm::DINode *element : composite->getElements())
      counts["enumerators"] +=
          llvm::isa_and_nonnull<llvm::DIEnumerator>(element);
  }
}

static void countUnits(const llvm::DebugInfoFinder &finder, Counts &counts) {
  llvm::SmallPtrSet<const llvm::DIFile *, 16> files;
  auto add = [&](const llvm::DIFile *file) {
    if (file && files.insert(file).second)
      counts["checksums of files"] += file->getChecksum().has_value();
  };
  for (const llvm::DICompileUnit *unit : finder.compile_units()) {
    ++counts["compile units"];
    counts["enumerations of compile units"] += unit->getEnumTypes().size();
    counts["retained types"] += unit->getRetainedTypes().size();
    counts["imported entities"] += unit->getImportedEntities().size();
    counts["macros"] += unit->getMacros().size();
    add(unit->getFile());
  }
  for (const llvm::DISubprogram *program : finder.subprograms()) {
    ++counts["functions"];
    add(program->getFile());
  }
  for (const llvm::DIType *type : finder.types())
    add(type->getFile());
  for (const llvm::DIScope *scope : finder.scopes())
    add(scope->getFile());
  counts["global variables"] += finder.global_variable_count();
}

static void countRecords(const llvm::Module &module, Counts &counts) {
  for (const llvm::Function &function : module)
    for (const llvm::Instruction &instruction : llvm::instructions(function)) {
      if (const llvm::DebugLoc &loc = instruction.getDebugLoc())
        counts["groups of locations"] += loc->getAtomGroup() != 0;
      if (const llvm::MDNode *loop =
              instruction.getMetadata(llvm::LLVMContext::MD_loop))
        for (const llvm::MDOperand &operand : loop->operands())
          counts["places of loops"] +=
              llvm::isa_and_nonnull<llvm::DILocation>(operand.get());
      for (const llvm::DbgRecord &record : instruction.getDbgRecordRange()) {
        auto *variable = llvm::dyn_cast<llvm::DbgVariableRecord>(&record);
        if (!variable)
          ++counts["labels"];
        else if (variable->getNumVariableLocationOps() > 1)
          ++counts["locations of several values"];
        else
          ++counts["locations of variables"];
      }
    }
}

static Counts count(const llvm::Module &module) {
  Counts counts;
  llvm::DebugInfoFinder finder;
  finder.processModule(module);
  countUnits(finder, counts);
  countTypes(finder, counts);
  countRecords(module, counts);
  return counts;
}

SmallVector<std::string>
mlir::kcfi::findLostDebugInfo(const llvm::Module &before,
                              const llvm::Module &after) {
  SmallVector<std::string> result;
  if (before.debug_compile_units().empty())
    return result;
  Counts left = count(after);
  for (const auto &[kind, number] : count(before)) {
    uint64_t now = left[kind];
    if (now < number)
      result.push_back(
          (Twine(number - now) + " of " + Twine(number) + " " + kind).str());
    else if (now > number)
      result.push_back(
          (Twine(number) + " " + kind + " became " + Twine(now)).str());
  }
  return result;
}
