//===- AttributeForms.cpp - LLVM attributes as attributes -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AttributeForms.h"
#include "kcfi/IR/KCFIDialect.h"
#include "kcfi/LLVMFacts/AttributeNames.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/Builders.h"
#include "mlir/Target/LLVMIR/ModuleImport.h"
#include "mlir/Target/LLVMIR/ModuleTranslation.h"
#include "llvm/IR/Attributes.h"
#include "llvm/IR/ConstantRange.h"
#include "llvm/IR/ConstantRangeList.h"

using namespace mlir;
using namespace mlir::kcfi;

static Attribute writeRange(const llvm::ConstantRange &range,
                            MLIRContext *context) {
  return LLVM::ConstantRangeAttr::get(context, range.getLower(),
                                      range.getUpper());
}

static Attribute writeValue(llvm::Attribute attribute,
                            LLVM::ModuleImport &import, MLIRContext *context) {
  if (attribute.isStringAttribute())
    return StringAttr::get(context, attribute.getValueAsString());
  if (attribute.isEnumAttribute())
    return UnitAttr::get(context);
  if (attribute.isIntAttribute())
    return Builder(context).getI64IntegerAttr(attribute.getValueAsInt());
  if (attribute.isTypeAttribute())
    return TypeAttr::get(import.convertType(attribute.getValueAsType()));
  if (attribute.isConstantRangeAttribute())
    return writeRange(attribute.getValueAsConstantRange(), context);
  SmallVector<Attribute> ranges;
  for (const llvm::ConstantRange &range :
       attribute.getValueAsConstantRangeList())
    ranges.push_back(writeRange(range, context));
  return ArrayAttr::get(context, ranges);
}

DictionaryAttr
mlir::kcfi::writeAttributes(llvm::AttributeSet attributes,
                            LLVM::ModuleImport &import, MLIRContext *context,
                            llvm::function_ref<bool(llvm::Attribute)> isKnown) {
  SmallVector<NamedAttribute> result;
  for (llvm::Attribute attribute : attributes) {
    if (isKnown(attribute))
      continue;
    result.emplace_back(StringAttr::get(context, getAttributeName(attribute)),
                        writeValue(attribute, import, context));
  }
  return result.empty() ? DictionaryAttr()
                        : DictionaryAttr::get(context, result);
}

static llvm::ConstantRange readRange(LLVM::ConstantRangeAttr range) {
  return {range.getLower(), range.getUpper()};
}

LogicalResult mlir::kcfi::readAttributes(Operation *op, DictionaryAttr forms,
                                         LLVM::ModuleTranslation &translation,
                                         llvm::AttrBuilder &builder) {
  for (NamedAttribute entry : forms) {
    StringRef name = entry.getName().getValue();
    Attribute value = entry.getValue();
    if (auto string = dyn_cast<StringAttr>(value)) {
      builder.addAttribute(name, string.getValue());
      continue;
    }
    llvm::Attribute::AttrKind kind = llvm::Attribute::getAttrKindFromName(name);
    if (isa<UnitAttr>(value) && llvm::Attribute::isEnumAttrKind(kind)) {
      builder.addAttribute(kind);
      continue;
    }
    if (auto number = dyn_cast<IntegerAttr>(value);
        number && llvm::Attribute::isIntAttrKind(kind)) {
      builder.addRawIntAttr(kind, number.getValue().getZExtValue());
      continue;
    }
    if (auto type = dyn_cast<TypeAttr>(value);
        type && llvm::Attribute::isTypeAttrKind(kind)) {
      builder.addTypeAttr(kind, translation.convertType(type.getValue()));
      continue;
    }
    if (auto range = dyn_cast<LLVM::ConstantRangeAttr>(value);
        range && llvm::Attribute::isConstantRangeAttrKind(kind)) {
      builder.addConstantRangeAttr(kind, readRange(range));
      continue;
    }
    if (auto list = dyn_cast<ArrayAttr>(value);
        list && llvm::Attribute::isConstantRangeListAttrKind(kind)) {
      SmallVector<llvm::ConstantRange> ranges;
      for (auto range : list.getAsRange<LLVM::ConstantRangeAttr>())
        ranges.push_back(readRange(range));
      builder.addConstantRangeListAttr(kind, ranges);
      continue;
    }
    return op->emitError() << "'" << name << "' with value " << value << " in '"
                           << KCFIDialect::kLLVMFactsAttrName
                           << "' is no attribute of LLVM IR";
  }
  return success();
}
