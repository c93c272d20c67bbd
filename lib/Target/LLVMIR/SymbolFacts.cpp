//===- SymbolFacts.cpp - Facts of symbols -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SymbolFacts.h"
#include "Facts.h"
#include "kcfi/IR/KCFIDialect.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/Operation.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/GlobalVariable.h"
#include "llvm/IR/Module.h"

using namespace mlir;
using namespace mlir::kcfi;

/// Attachments of one kind may be several.
static Attribute readAttachments(const llvm::GlobalValue &symbol, Operation *op,
                                 FactReader &reader) {
  auto *object = llvm::dyn_cast<llvm::GlobalObject>(&symbol);
  if (!object)
    return {};
  SmallVector<std::pair<unsigned, llvm::MDNode *>> metadata;
  object->getAllMetadata(metadata);
  llvm::MapVector<unsigned, SmallVector<Attribute>> entries;
  auto isKept = [&](unsigned kind) {
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
    if (!isKept(kind))
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
      if (dropIfGone(op, entry.getName(), form, *symbol.getParent()))
        continue;
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

/// A fact of one kind of symbol only.
template <typename SymbolT, typename ReadT>
static Attribute readOf(const llvm::GlobalValue &symbol, ReadT read) {
  auto *known = llvm::dyn_cast<SymbolT>(&symbol);
  return known ? read(*known) : Attribute();
}

/// The row of a constant in front of a function or at its start.
template <bool (llvm::Function::*Has)() const,
          llvm::Constant *(llvm::Function::*Get)() const,
          void (llvm::Function::*Set)(llvm::Constant *)>
static constexpr SymbolFact constantFact(StringLiteral name) {
  return {name,
          [](const llvm::GlobalValue &symbol, Operation *, FactReader &reader) {
            return readOf<llvm::Function>(
                symbol, [&](const llvm::Function &function) {
                  return (function.*Has)()
                             ? reader.metadata.write(*(function.*Get)())
                             : Attribute();
                });
          },
          [](Operation *op, Attribute value, llvm::GlobalValue &symbol) {
            FailureOr<llvm::Constant *> data =
                readConstant(op, value, *symbol.getParent());
            if (succeeded(data))
              (llvm::cast<llvm::Function>(symbol).*Set)(*data);
            return LogicalResult(data);
          }};
}

/// All of them.
static constexpr SymbolFact kSymbolFacts[] = {
    {"metadata", readAttachments, applyAttachments},
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
    // MLIR writes no section of a declaration back.
    {"section",
     [](const llvm::GlobalValue &symbol, Operation *,
        FactReader &reader) -> Attribute {
       return symbol.isDeclaration() && symbol.hasSection()
                  ? StringAttr::get(reader.context, symbol.getSection())
                  : StringAttr();
     },
     [](Operation *, Attribute value, llvm::GlobalValue &symbol) {
       llvm::cast<llvm::GlobalObject>(symbol).setSection(
           cast<StringAttr>(value).getValue());
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
       return readOf<llvm::GlobalVariable>(
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
       return readOf<llvm::GlobalVariable>(
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
    {"convention",
     [](const llvm::GlobalValue &symbol, Operation *, FactReader &reader) {
       return readOf<llvm::Function>(
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
    constantFact<&llvm::Function::hasPrefixData, &llvm::Function::getPrefixData,
                 &llvm::Function::setPrefixData>("prefix"),
    constantFact<&llvm::Function::hasPrologueData,
                 &llvm::Function::getPrologueData,
                 &llvm::Function::setPrologueData>("prologue"),
};

void mlir::kcfi::readSymbolFacts(const llvm::GlobalValue &symbol, Operation *op,
                                 FactReader &reader,
                                 SmallVectorImpl<NamedAttribute> &facts) {
  for (const SymbolFact &fact : kSymbolFacts)
    if (Attribute value = fact.read(symbol, op, reader))
      facts.emplace_back(StringAttr::get(reader.context, fact.name), value);
}

LogicalResult mlir::kcfi::applySymbolFacts(Operation *op, DictionaryAttr facts,
                                           llvm::GlobalValue &symbol) {
  for (const SymbolFact &fact : kSymbolFacts)
    if (Attribute value = facts.get(fact.name))
      if (failed(fact.apply(op, value, symbol)))
        return failure();
  return success();
}
