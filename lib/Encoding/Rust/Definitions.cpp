//===- Definitions.cpp - Definitions in a Rust signature -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Definitions.h"
#include "RustTypeMapper.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace mlir::kcfi;

namespace {
/// Removes the facts of definitions.
class Nominalizer : public RustTypeMapper {
public:
  Nominalizer(MLIRContext *context,
              const llvm::DenseMap<RustItemAttr, RustItemAttr> &definitions,
              bool cNames)
      : RustTypeMapper(context), definitions(definitions), cNames(cNames) {}

protected:
  RustItemAttr mapItem(RustItemAttr item) override {
    // What a recursive mention shows is said by the definition.
    return definitions.lookup(item.getIdentity()).getNominal(cNames);
  }

private:
  const llvm::DenseMap<RustItemAttr, RustItemAttr> &definitions;
  bool cNames;
};

/// Moves a type under `amount` more binders.
class RegionShifter : public RustTypeMapper {
public:
  RegionShifter(MLIRContext *context, unsigned amount)
      : RustTypeMapper(context), amount(amount) {}

  RustRegionAttr mapRegion(RustRegionAttr region) override {
    if (region.getKind() != RustRegionKind::Bound ||
        region.getBinder() < binders)
      return region;
    return RustRegionAttr::get(context, RustRegionKind::Bound,
                               region.getBinder() + amount, region.getIndex(),
                               StringAttr());
  }

private:
  unsigned amount;
};

/// Puts arguments in place of the parameters of a definition.
class Substituter : public RustTypeMapper {
public:
  Substituter(RustItemAttr definition, ArrayAttr args)
      : RustTypeMapper(definition.getContext()), definition(definition),
        args(args) {}

protected:
  Type mapType(Type type) override {
    auto param = dyn_cast<RustParamType>(type);
    if (!param)
      return mapParts(type);
    auto arg = lookup<TypeAttr>(param.getName());
    return arg ? RegionShifter(context, binders).map(arg.getValue()) : type;
  }

  RustRegionAttr mapRegion(RustRegionAttr region) override {
    if (region.getKind() != RustRegionKind::Param)
      return region;
    auto arg = lookup<RustRegionAttr>(region.getName());
    return arg ? RegionShifter(context, binders).mapRegion(arg) : region;
  }

  RustConstAttr mapConst(RustConstAttr constant) override {
    if (!constant.getIsParam())
      return RustTypeMapper::mapConst(constant);
    auto arg = lookup<RustConstAttr>(constant.getValue());
    return arg ? arg : constant;
  }

  Type mapArray(RustArrayType type) override {
    if (!type.getSizeParam())
      return RustTypeMapper::mapArray(type);
    auto arg = lookup<RustConstAttr>(type.getSizeParam());
    uint64_t size = 0;
    if (arg && arg.getValue().getValue().getAsInteger(10, size))
      fail("'" + arg.getValue().getValue() + "' is not the size of an array");
    return RustArrayType::get(context, size, StringAttr(),
                              map(type.getElement()));
  }

private:
  /// The argument for a parameter, or null after an error.
  template <typename AttrT>
  AttrT lookup(StringAttr name) {
    for (auto [parameter, arg] : llvm::zip(definition.getGenerics(), args))
      if (parameter == name)
        if (auto result = dyn_cast<AttrT>(arg))
          return result;
    fail("the definition of '" + definition.getName() + "' mentions '" +
         name.getValue() + "', for which there is no argument of that kind");
    return {};
  }

  RustItemAttr definition;
  ArrayAttr args;
};
} // namespace

llvm::Error DefinitionTable::add(RustItemAttr definition) {
  auto [it, isNew] =
      definitions.try_emplace(definition.getIdentity(), definition);
  if (!isNew && it->second != definition)
    return llvm::createStringError("there are two different definitions of '" +
                                   definition.getName() + "'");
  return llvm::Error::success();
}

RustItemAttr DefinitionTable::lookup(RustItemAttr item) const {
  if (item != item.getIdentity())
    return item;
  RustItemAttr definition = definitions.lookup(item);
  return definition ? definition : item;
}

llvm::Expected<Definitions> Definitions::collect(Type type, bool cNames,
                                                 const DefinitionTable &table) {
  // Definitions of the table mention further items.
  llvm::SetVector<RustItemAttr> mentioned;
  auto mention = [&](RustItemAttr item) {
    mentioned.insert(table.lookup(item));
  };
  type.walk(mention);
  for (size_t next = 0; next < mentioned.size(); ++next)
    if (Type field = mentioned[next].getField())
      field.walk(mention);

  // What definitions show must be known before fields are made nominal.
  llvm::DenseMap<RustItemAttr, RustItemAttr> first;
  for (RustItemAttr item : mentioned)
    if (!item.getRecursive())
      first.try_emplace(item.getIdentity(), item);
  for (RustItemAttr item : mentioned)
    if (item.getRecursive() && !first.contains(item.getIdentity()))
      return llvm::createStringError("'" + item.getName() +
                                     "' is marked as recursive, but not inside "
                                     "of its definition");

  Definitions result;
  result.cNames = cNames;
  for (RustItemAttr item : mentioned) {
    if (item.getRecursive())
      continue;
    Type field;
    if (item.getField()) {
      Nominalizer nominalizer(type.getContext(), first, cNames);
      field = nominalizer.map(item.getField());
      if (!nominalizer.getError().empty())
        return llvm::createStringError(nominalizer.getError());
    }
    auto definition = RustItemAttr::get(
        type.getContext(), item.getCrate(), item.getCrateId(), item.getPath(),
        item.getGenerics(), item.getRepr(), field, item.getCfiEncoding(),
        item.getLangItem(), /*recursive=*/false);
    auto [it, isNew] =
        result.definitions.try_emplace(item.getIdentity(), definition);
    if (!isNew && it->second != definition)
      return llvm::createStringError("there are two different definitions of "
                                     "'" +
                                     item.getName() + "'");
  }
  return result;
}

Type Definitions::getNominal(Type type) const {
  return Nominalizer(type.getContext(), definitions, cNames).map(type);
}

llvm::Expected<Type> Definitions::getField(RustItemAttr definition,
                                           ArrayAttr args) {
  Substituter substituter(definition, args);
  Type field = substituter.map(definition.getField());
  if (!substituter.getError().empty())
    return llvm::createStringError(substituter.getError());
  return field;
}
