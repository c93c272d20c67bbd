//===- ImportProtection.cpp - Flags and symbols of KCFI -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ImportProtection.h"
#include "kcfi/Encoding/Hash.h"
#include "kcfi/IR/KCFIAttributes.h"
#include "kcfi/TargetInfo/LLVMNames.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace mlir::kcfi;

LogicalResult mlir::kcfi::takeFlags(ModuleOp imported,
                                    const Inventory &inventory) {
  MLIRContext *context = imported.getContext();
  std::optional<HashKind> hash;
  bool isKCFI = false, normalize = false, arity = false;
  uint32_t offset = 0;
  SmallVector<Attribute> others;
  SmallVector<LLVM::ModuleFlagsOp> operations;
  for (auto op : imported.getOps<LLVM::ModuleFlagsOp>()) {
    operations.push_back(op);
    for (auto flag : op.getFlags().getAsRange<LLVM::ModuleFlagAttr>()) {
      StringRef key = flag.getKey().getValue();
      auto number = dyn_cast<IntegerAttr>(flag.getValue());
      bool isSet = number && !number.getValue().isZero();
      if (key == llvmnames::kFlag) {
        isKCFI = true;
      } else if (key == llvmnames::kHashFlag) {
        auto text = dyn_cast<StringAttr>(flag.getValue());
        hash = parseHashFlagValue(text ? text.getValue() : "");
        if (!hash)
          return op.emitError() << "module flag \"kcfi-hash\" names an unknown "
                                   "hash: "
                                << flag.getValue();
      } else if (key == llvmnames::kNormalizeIntegersFlag) {
        normalize = isSet;
      } else if (key == llvmnames::kArityFlag) {
        arity = isSet;
      } else if (key == llvmnames::kOffsetFlag && number) {
        offset = number.getValue().getZExtValue();
      } else {
        others.push_back(flag);
      }
    }
  }
  for (auto [index, op] : llvm::enumerate(operations))
    if (index || others.empty())
      op.erase();
    else
      op.setFlagsAttr(ArrayAttr::get(context, others));
  if (!isKCFI) {
    // Back ends ignore ids and checks without the flag: the module is not
    // protected, however many it has.
    if (inventory.ids || inventory.checks)
      return imported.emitError()
             << "the module has " << inventory.ids << " type ids and "
             << inventory.checks
             << " checks, but no module flag \"kcfi\": LLVM would ignore them";
    return success();
  }
  // Modules of compilers before LLVM 22, and of rustc, do not name the hash.
  imported->setAttr(
      KCFIDialect::kEncodingAttrName,
      EncodingAttr::get(context, hash.value_or(HashKind::XXHash64), normalize,
                        /*generalizePointers=*/false));
  if (offset || arity)
    imported->setAttr(
        KCFIDialect::kCodegenAttrName,
        CodegenAttr::get(context, offset, /*patchableEntry=*/0, arity));
  return success();
}

/// The symbol and value of a line `.set __kcfi_typeid_<name>, <id> ...`, or the
/// symbol of a line `.weak __kcfi_typeid_<name>`.
static std::pair<StringRef, std::optional<uint32_t>>
parseTypeIdLine(StringRef line) {
  line = line.trim();
  bool isWeak = line.consume_front(".weak ");
  if ((!isWeak && !line.consume_front(".set ")) ||
      !line.consume_front(llvmnames::kTypeIdSymbolPrefix))
    return {};
  if (isWeak)
    return {line, std::nullopt};
  auto [name, rest] = line.split(',');
  uint32_t id;
  rest = rest.trim();
  if (rest.consumeInteger(10, id))
    return {};
  return {name, id};
}

LogicalResult mlir::kcfi::takeTypeIdSymbols(ModuleOp imported) {
  MLIRContext *context = imported.getContext();
  StringAttr name =
      StringAttr::get(context, LLVM::LLVMDialect::getModuleLevelAsmAttrName());
  auto lines = imported->getAttrOfType<ArrayAttr>(name);
  if (!lines)
    return success();
  SymbolTable symbols(imported);
  auto getDeclaration = [&](StringRef symbol) -> LLVM::LLVMFuncOp {
    auto function = symbols.lookup<LLVM::LLVMFuncOp>(symbol);
    return function && function.isExternal() &&
                   function->hasAttr(KCFIDialect::kTypeIdAttrName)
               ? function
               : LLVM::LLVMFuncOp();
  };
  SmallVector<Attribute> others;
  for (Attribute line : lines) {
    auto [symbol, id] = parseTypeIdLine(cast<StringAttr>(line).getValue());
    LLVM::LLVMFuncOp function =
        symbol.empty() ? LLVM::LLVMFuncOp() : getDeclaration(symbol);
    if (!function) {
      others.push_back(line);
      continue;
    }
    auto own =
        function->getAttrOfType<TypeIdAttr>(KCFIDialect::kTypeIdAttrName);
    if (id && *id != own.getValue())
      return function.emitError()
             << "symbol '" << llvmnames::kTypeIdSymbolPrefix << symbol
             << "' is " << formatTypeId(*id) << ", the function has type id "
             << formatTypeId(own.getValue());
    // Export writes both lines again.
    function->setAttr(KCFIDialect::kAddressTakenAttrName,
                      UnitAttr::get(context));
  }
  if (others.empty())
    imported->removeAttr(name);
  else
    imported->setAttr(name, ArrayAttr::get(context, others));
  return success();
}
