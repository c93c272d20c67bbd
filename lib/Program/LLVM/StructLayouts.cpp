//===- StructLayouts.cpp - Structs in LLVM IR and where their fields are --*-
//C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StructLayouts.h"

#include "kcfi/Encoding/TypeIdString.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/IR/Constants.h"

using namespace mlir;
using namespace mlir::kcfi;

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

/// The name of a struct of the source language; empty for unions, whose members
/// IR types do not list, and for types without a name.
static StringRef getStructName(const llvm::StructType *type) {
  if (!type->hasName())
    return "";
  StringRef name = type->getName();
  if (!name.consume_front("struct.") && !name.consume_front("class."))
    if (name.starts_with("union."))
      return "";
  // LLVM tells types of one name apart by a number.
  StringRef rest, number;
  std::tie(rest, number) = name.rsplit('.');
  if (!number.empty() && llvm::all_of(number, llvm::isDigit))
    name = rest;
  // The layout of a C++ class without the padding at its end.
  name.consume_back(".base");
  return name == "anon" ? "" : name;
}

/// The same for a type of TBAA: clang writes the mangled name in C++, where IR
/// types have the readable one without template arguments.
static std::string getStructName(StringRef name) {
  if (!name.starts_with("_ZTS"))
    return name.str();
  std::string readable = demangleTypeIdString(name);
  std::string result;
  unsigned depth = 0;
  for (char c : readable) {
    depth += c == '<';
    if (depth == 0)
      result += c;
    depth -= c == '>' && depth != 0;
  }
  return result;
}

//===----------------------------------------------------------------------===//
// TBAA
//===----------------------------------------------------------------------===//

/// Fields of a TBAA type node: pairs of type and offset behind the name.
static const llvm::MDNode *getField(const llvm::MDNode *type,
                                    uint64_t &offset) {
  const llvm::MDNode *found = nullptr;
  uint64_t start = 0;
  for (unsigned i = 1; i + 1 < type->getNumOperands(); i += 2) {
    auto *field = llvm::dyn_cast_or_null<llvm::MDNode>(type->getOperand(i));
    auto *at = llvm::mdconst::dyn_extract_or_null<llvm::ConstantInt>(
        type->getOperand(i + 1));
    if (!field || !at || at->getZExtValue() > offset)
      break;
    found = field;
    start = at->getZExtValue();
  }
  offset -= start;
  return found;
}

static StringRef getTypeName(const llvm::MDNode *type) {
  if (type->getNumOperands() == 0)
    return "";
  auto *name = llvm::dyn_cast_or_null<llvm::MDString>(type->getOperand(0));
  return name ? name->getString() : "";
}

/// `p1 int`: a pointer to a known type of data. Pointers to functions, `void`
/// and others are `any pointer`.
static bool isDataPointer(const llvm::MDNode *type) {
  StringRef name = getTypeName(type);
  return name.consume_front("p") && !name.empty() && llvm::isDigit(name[0]) &&
         name.contains(' ');
}

static bool isScalar(const llvm::MDNode *type) {
  StringRef name = getTypeName(type);
  return name == "omnipotent char" || name == "any pointer" ||
         isDataPointer(type);
}

AccessTag::AccessTag(const llvm::MDNode *tag) {
  if (!tag || tag->getNumOperands() < 3)
    return;
  auto *at =
      llvm::mdconst::dyn_extract_or_null<llvm::ConstantInt>(tag->getOperand(2));
  if (!at)
    return;
  base = llvm::dyn_cast_or_null<llvm::MDNode>(tag->getOperand(0));
  access = llvm::dyn_cast_or_null<llvm::MDNode>(tag->getOperand(1));
  offset = at->getZExtValue();
}

bool AccessTag::isDataPointer() const {
  return access && ::isDataPointer(access);
}

//===----------------------------------------------------------------------===//
// Positions
//===----------------------------------------------------------------------===//

Position StructLayouts::locate(llvm::Type *type, uint64_t offset) {
  auto [it, isNew] = positions.try_emplace({type, offset});
  Position &position = it->second;
  if (!isNew)
    return position;
  while (true) {
    if (auto *array = llvm::dyn_cast<llvm::ArrayType>(type)) {
      type = array->getElementType();
      uint64_t size = layout.getTypeAllocSize(type).getKnownMinValue();
      if (size)
        offset %= size;
      position.isInArray = true;
      continue;
    }
    auto *record = llvm::dyn_cast<llvm::StructType>(type);
    if (!record || record->isOpaque() ||
        layout.getTypeAllocSize(record).isScalable())
      break;
    StringRef name = getStructName(record);
    if (!name.empty()) {
      position.structName = name.str();
      position.structOffset = 0;
    } else if (record->hasName() && record->getName().starts_with("union.")) {
      // The type names one member, the access may be to another; TBAA does not
      // tell them apart either.
      return position;
    }
    const llvm::StructLayout *fields = layout.getStructLayout(record);
    if (offset >= fields->getSizeInBytes())
      break;
    unsigned index = fields->getElementContainingOffset(offset);
    uint64_t start = fields->getElementOffset(index);
    position.offset += start;
    position.structOffset += start;
    offset -= start;
    type = record->getElementType(index);
  }
  position.offset += offset;
  position.structOffset += offset;
  return position;
}

void StructLayouts::forEachPointer(
    llvm::Type *type, uint64_t offset, bool withIntegers,
    llvm::function_ref<void(uint64_t)> fn) const {
  auto mayBePointer = [&](llvm::Type *type) {
    return type->isPointerTy() ||
           (withIntegers &&
            type->isIntegerTy(layout.getPointerSizeInBits(/*AS=*/0)));
  };
  if (mayBePointer(type)) {
    fn(offset);
  } else if (auto *vector = llvm::dyn_cast<llvm::FixedVectorType>(type)) {
    llvm::Type *element = vector->getElementType();
    uint64_t size = layout.getTypeStoreSize(element);
    if (mayBePointer(element))
      for (unsigned i = 0, e = vector->getNumElements(); i < e; ++i)
        fn(offset + i * size);
  } else if (auto *array = llvm::dyn_cast<llvm::ArrayType>(type)) {
    // All elements count as the first.
    if (array->getNumElements())
      forEachPointer(array->getElementType(), offset, withIntegers, fn);
  } else if (auto *record = llvm::dyn_cast<llvm::StructType>(type)) {
    if (record->isOpaque() || layout.getTypeAllocSize(record).isScalable())
      return;
    const llvm::StructLayout *fields = layout.getStructLayout(record);
    for (auto [index, element] : llvm::enumerate(record->elements()))
      forEachPointer(element, offset + fields->getElementOffset(index),
                     withIntegers, fn);
  }
}

bool StructLayouts::holdsPointer(llvm::Type *type) {
  if (type->isPtrOrPtrVectorTy())
    return true;
  return type->isAggregateType() &&
         llvm::any_of(type->subtypes(),
                      [&](llvm::Type *inner) { return holdsPointer(inner); });
}

Position StructLayouts::locateByTag(const llvm::MDNode *type, uint64_t offset,
                                    const llvm::MDNode *access) const {
  Position position;
  position.offset = offset;
  position.structOffset = offset;
  while (type && type != access && !isScalar(type)) {
    std::string name = getStructName(getTypeName(type));
    if (name.empty())
      name = typedefNames.lookup(type);
    if (!name.empty()) {
      position.structName = std::move(name);
      position.structOffset = offset;
    }
    // The parent of a scalar type stands where a struct has its first field.
    type = getField(type, offset);
  }
  // TBAA does not look into arrays and unions.
  if (type && type != access && isScalar(type)) {
    position.offset -= offset;
    position.structOffset -= offset;
  }
  return position;
}

bool StructLayouts::isNameless(const llvm::MDNode *type) const {
  return getTypeName(type).empty() && !typedefNames.contains(type);
}
