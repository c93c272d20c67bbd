//===- MakeOperation.cpp - Operations made by Python ----------------------===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MakeOperation.h"

#include "mlir-c/BuiltinAttributes.h"
#include "mlir-c/Interfaces.h"

using namespace mlir::python;

namespace {
/// What an operation is made of, checked.
struct Ingredients {
  ContextPtr context;
  std::string name;
  MlirLocation location;
  std::vector<MlirType> results;
  std::vector<MlirValue> operands;
  std::vector<MlirNamedAttribute> attributes;
  std::vector<BlockPtr> successors;
  unsigned regions = 0;
};
} // namespace

/// Infers result types by the operation's interface, which must exist.
static void inferResults(Ingredients &from) {
  Capture capture(from.context);
  std::vector<MlirRegion> regions;
  for (unsigned i = 0; i < from.regions; ++i)
    regions.push_back(mlirRegionCreate());
  MlirLogicalResult status = mlirInferTypeOpInterfaceInferReturnTypes(
      toRef(from.name), from.context->raw, from.location, from.operands.size(),
      from.operands.data(),
      mlirDictionaryAttrGet(from.context->raw, from.attributes.size(),
                            from.attributes.data()),
      /*properties=*/nullptr, regions.size(), regions.data(),
      [](intptr_t count, MlirType *types, void *data) {
        static_cast<std::vector<MlirType> *>(data)->assign(types,
                                                           types + count);
      },
      &from.results);
  for (MlirRegion region : regions)
    mlirRegionDestroy(region);
  capture.finish(mlirLogicalResultIsSuccess(status),
                 "Cannot infer the result types of '" + from.name + "'");
}

static OperationPtr makeOperation(Ingredients from, nb::handle ip) {
  const ContextPtr &context = from.context;
  if (from.name.empty() || from.name.find('\0') != std::string::npos)
    throw nb::value_error("an operation has a name");
  std::string dialect = from.name.substr(0, from.name.find('.'));
  mlirContextGetOrLoadDialect(context->raw, toRef(dialect));
  if (!mlirContextIsRegisteredOperation(context->raw, toRef(from.name)) &&
      !mlirContextGetAllowUnregisteredDialects(context->raw))
    throw nb::value_error(("unknown operation '" + from.name +
                           "': Context.allow_unregistered_dialects allows it")
                              .c_str());
  std::optional<InsertionPoint> point = resolveInsertionPoint(ip);
  if (!from.successors.empty() && !point)
    throw nb::value_error("an operation with successors needs an insertion "
                          "point in their region");
  std::vector<MlirBlock> successors;
  for (const BlockPtr &block : from.successors) {
    if (!mlirRegionEqual(mlirBlockGetParentRegion(block->raw()),
                         mlirBlockGetParentRegion(point->block->raw())))
      throw nb::value_error("a successor is in another region");
    successors.push_back(block->raw());
  }
  if (point)
    checkContext(context, point->block->context, "the insertion point");

  MlirOperationState state =
      mlirOperationStateGet(toRef(from.name), from.location);
  mlirOperationStateAddResults(&state, from.results.size(),
                               from.results.data());
  mlirOperationStateAddOperands(&state, from.operands.size(),
                                from.operands.data());
  mlirOperationStateAddAttributes(&state, from.attributes.size(),
                                  from.attributes.data());
  mlirOperationStateAddSuccessors(&state, successors.size(), successors.data());
  std::vector<MlirRegion> regions;
  for (unsigned i = 0; i < from.regions; ++i)
    regions.push_back(mlirRegionCreate());
  mlirOperationStateAddOwnedRegions(&state, regions.size(), regions.data());

  Capture capture(context);
  MlirOperation op = mlirOperationCreate(&state);
  capture.finish(op.ptr, "Operation creation failed");
  // Properties of other kinds are dropped by MLIR without a word.
  for (const MlirNamedAttribute &each : from.attributes) {
    MlirStringRef name = mlirIdentifierStr(each.name);
    if (!mlirAttributeEqual(getAttribute(op, name), each.attribute)) {
      std::string message = "'" + from.name + "' cannot have this value as '" +
                            toString(name) + "'";
      mlirOperationDestroy(op);
      throw nb::value_error(message.c_str());
    }
  }
  OperationPtr result = Operation::own(context, op);
  if (point) {
    try {
      point->insert(*result);
    } catch (...) {
      // Without its place, a branch must not outlive its targets.
      result->erase();
      throw;
    }
  }
  return result;
}

static void addAttributes(Ingredients &to, nb::handle attributes) {
  if (attributes.is_none())
    return;
  nb::dict dict;
  if (!nb::try_cast(attributes, dict))
    throw nb::type_error("attributes must be a dict of names to Attribute");
  for (auto [key, value] : dict) {
    std::string name;
    Attribute *attribute;
    Type *type;
    if (!nb::try_cast(key, name) || name.empty())
      throw nb::type_error("names of attributes are strings");
    MlirAttribute raw;
    if (nb::try_cast(value, attribute) && attribute) {
      checkContext(to.context, attribute->context, "an attribute");
      raw = attribute->raw;
    } else if (nb::try_cast(value, type) && type) {
      // Builders of constrained type attributes have no stable names.
      checkContext(to.context, type->context, "a type");
      raw = mlirTypeAttrGet(type->raw);
    } else {
      throw nb::type_error(
          ("attribute '" + name + "' is no Attribute").c_str());
    }
    to.attributes.push_back(mlirNamedAttributeGet(
        mlirIdentifierGet(to.context->raw, toRef(name)), raw));
  }
}

static void addSuccessors(Ingredients &to, nb::handle successors) {
  if (successors.is_none())
    return;
  for (nb::handle item : successors) {
    BlockPtr block;
    if (!nb::try_cast(item, block) || !block)
      throw nb::type_error("successors are blocks");
    checkContext(to.context, block->context, "a successor");
    to.successors.push_back(block);
  }
}

static void addOperand(Ingredients &to, nb::handle item) {
  Value value = toValue(item);
  checkContext(to.context, value.context(), "an operand");
  to.operands.push_back(value.raw());
}

static void addResult(Ingredients &to, nb::handle item) {
  Type *type;
  if (!nb::try_cast(item, type) || !type)
    throw nb::type_error("results are given by their types");
  checkContext(to.context, type->context, "a result type");
  to.results.push_back(type->raw);
}

/// Where an operation without a location gets its context from: the current
/// one, or what it is made of.
static Location findLocation(nb::handle given) {
  if (given.is_none())
    return resolveLocation(std::nullopt);
  Location *location;
  if (!nb::try_cast(given, location) || !location)
    throw nb::type_error("loc must be a Location");
  return *location;
}

nb::object
mlir::python::createOperation(const std::string &name, nb::object results,
                              nb::object operands, nb::object attributes,
                              nb::object successors, unsigned regions,
                              nb::object loc, nb::object ip, bool inferType) {
  Location location = findLocation(loc);
  Ingredients from;
  from.context = location.context;
  from.location = location.raw;
  from.name = name;
  from.regions = regions;
  if (!results.is_none())
    for (nb::handle item : results)
      addResult(from, item);
  if (!operands.is_none())
    for (nb::handle item : operands)
      addOperand(from, item);
  addAttributes(from, attributes);
  addSuccessors(from, successors);
  if (inferType)
    inferResults(from);
  return nb::cast(makeOperation(std::move(from), ip));
}

/// Adds operands or results that a class of operations groups by segments: 1
/// is exactly one, 0 one or none, -1 a list.
template <typename Add>
static void addSegments(Ingredients &to, nb::handle items, nb::handle segments,
                        const char *attribute, Add add) {
  if (segments.is_none()) {
    for (nb::handle item : items)
      add(to, item);
    return;
  }
  std::vector<int32_t> lengths;
  auto sizes = nb::cast<std::vector<int>>(segments);
  if (nb::len(items) != sizes.size())
    throw nb::value_error("another number of groups than the operation has");
  size_t position = 0;
  for (nb::handle item : items) {
    int kind = sizes[position++];
    int32_t length = 0;
    if (kind == -1) {
      if (!item.is_none())
        for (nb::handle each : item) {
          add(to, each);
          ++length;
        }
    } else if (!item.is_none()) {
      add(to, item);
      length = 1;
    } else if (kind == 1) {
      throw nb::value_error("an operand or result that must be there is None");
    }
    lengths.push_back(length);
  }
  to.attributes.push_back(mlirNamedAttributeGet(
      mlirIdentifierGet(to.context->raw, toRef(attribute)),
      mlirDenseI32ArrayGet(to.context->raw, lengths.size(), lengths.data())));
}

void mlir::python::initView(OpView *self, const std::string &name,
                            std::pair<int, bool> regionSpec,
                            nb::object operandSegments,
                            nb::object resultSegments, nb::object attributes,
                            nb::object results, nb::object operands,
                            nb::object successors, std::optional<int> regions,
                            nb::object loc, nb::object ip) {
  Location location = findLocation(loc);
  Ingredients from;
  from.context = location.context;
  from.location = location.raw;
  from.name = name;
  auto [minimum, fixed] = regionSpec;
  int count = regions.value_or(minimum);
  if (count < minimum || (fixed && count != minimum))
    throw nb::value_error("the operation cannot have this number of regions");
  from.regions = count;
  addAttributes(from, attributes);
  if (!operands.is_none())
    addSegments(from, operands, operandSegments, "operandSegmentSizes",
                addOperand);
  bool infer = results.is_none();
  if (!infer)
    addSegments(from, results, resultSegments, "resultSegmentSizes", addResult);
  addSuccessors(from, successors);
  if (infer)
    inferResults(from);
  new (self) OpView{makeOperation(std::move(from), ip)};
}
