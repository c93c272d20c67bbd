//===- IR.cpp - Operations, regions, blocks, values of Python -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Core.h"

#include "mlir-c/BuiltinAttributes.h"
#include "mlir-c/BuiltinTypes.h"
#include "mlir-c/Interfaces.h"

#include <nanobind/typing.h>

using namespace mlir::kcfi::python;

using OptionalContext = std::optional<ContextPtr>;

//===----------------------------------------------------------------------===//
// Classes of operations
//===----------------------------------------------------------------------===//

static nb::dict &getOperationClasses() {
  // Never freed: the interpreter may end before its objects do.
  static auto *classes = new nb::dict();
  return *classes;
}

static std::string getName(MlirOperation op) {
  return toString(mlirIdentifierStr(mlirOperationGetName(op)));
}

nb::object mlir::kcfi::python::makeView(const OperationPtr &operation) {
  nb::str name(getName(operation->raw()).c_str());
  nb::dict &classes = getOperationClasses();
  if (!classes.contains(name))
    return nb::cast(OpView{operation});
  nb::object type = classes[name];
  nb::object result = nb::inst_alloc(type);
  new (nb::inst_ptr<OpView>(result)) OpView{operation};
  nb::inst_mark_ready(result);
  return result;
}

nb::object mlir::kcfi::python::makeView(const ContextPtr &context,
                                        MlirOperation op) {
  return makeView(Operation::get(context, op));
}

//===----------------------------------------------------------------------===//
// Making operations
//===----------------------------------------------------------------------===//

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

static MlirAttribute getAttribute(MlirOperation op, MlirStringRef name) {
  return mlirOperationGetAttributeByName(op, name);
}

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

static nb::object createOperation(const std::string &name, nb::object results,
                                  nb::object operands, nb::object attributes,
                                  nb::object successors, unsigned regions,
                                  nb::object loc, nb::object ip,
                                  bool inferType) {
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

/// The constructor of the generated classes of operations.
static void initView(OpView *self, const std::string &name,
                     std::pair<int, bool> regionSpec,
                     nb::object operandSegments, nb::object resultSegments,
                     nb::object attributes, nb::object results,
                     nb::object operands, nb::object successors,
                     std::optional<int> regions, nb::object loc,
                     nb::object ip) {
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

//===----------------------------------------------------------------------===//
// Text and bytecode
//===----------------------------------------------------------------------===//

static std::string printAsm(MlirOperation op, bool debugInfo, bool prettyDebug,
                            bool generic, bool localScope, bool skipRegions,
                            std::optional<int64_t> elementsLimit) {
  MlirOpPrintingFlags flags = mlirOpPrintingFlagsCreate();
  if (elementsLimit)
    mlirOpPrintingFlagsElideLargeElementsAttrs(flags, *elementsLimit);
  if (debugInfo)
    mlirOpPrintingFlagsEnableDebugInfo(flags, /*enable=*/true, prettyDebug);
  if (generic)
    mlirOpPrintingFlagsPrintGenericOpForm(flags);
  if (localScope)
    mlirOpPrintingFlagsUseLocalScope(flags);
  if (skipRegions)
    mlirOpPrintingFlagsSkipRegions(flags);
  std::string text =
      printToString([&](MlirStringCallback callback, void *data) {
        mlirOperationPrintWithFlags(op, flags, callback, data);
      });
  mlirOpPrintingFlagsDestroy(flags);
  return text;
}

static std::string print(const OperationPtr &operation) {
  // Printing verifies, and what is wrong is printed in generic form.
  Capture capture(operation->context);
  return printAsm(operation->raw(), false, false, false, false, false,
                  std::nullopt);
}

/// The text of a source, which may be bytecode.
static std::string
toSource(const std::variant<std::string, nb::bytes> &source) {
  if (const auto *bytes = std::get_if<nb::bytes>(&source)) {
    std::string result(bytes->c_str(), bytes->size());
    if (!isBytecode(result))
      checkNesting(result);
    return result;
  }
  checkNesting(std::get<std::string>(source));
  return std::get<std::string>(source);
}

static OperationPtr parseModule(const ContextPtr &context,
                                const std::string &source) {
  Capture capture(context);
  MlirModule module = mlirModuleCreateParse(context->raw, toRef(source));
  capture.finish(module.ptr, "Unable to parse module assembly");
  return Operation::own(context, mlirModuleGetOperation(module));
}

//===----------------------------------------------------------------------===//
// Lists
//===----------------------------------------------------------------------===//

namespace {
/// Views of lists in IR; they look at the IR anew for every access.
struct OpOperandList {
  static constexpr const char *element = "OpResult | BlockArgument";
  OperationPtr operation;
  intptr_t size() const {
    return mlirOperationGetNumOperands(operation->raw());
  }
  nb::object at(intptr_t index) const {
    return wrap(operation->context,
                mlirOperationGetOperand(operation->raw(), index));
  }
};

struct OpResultList {
  static constexpr const char *element = "OpResult";
  OperationPtr operation;
  intptr_t size() const { return mlirOperationGetNumResults(operation->raw()); }
  nb::object at(intptr_t index) const {
    return wrap(operation->context,
                mlirOperationGetResult(operation->raw(), index));
  }
};

struct OpSuccessors {
  static constexpr const char *element = "Block";
  OperationPtr operation;
  intptr_t size() const {
    return mlirOperationGetNumSuccessors(operation->raw());
  }
  nb::object at(intptr_t index) const {
    return nb::cast(
        Block::get(operation->context,
                   mlirOperationGetSuccessor(operation->raw(), index)));
  }
};

struct RegionSequence {
  static constexpr const char *element = "Region";
  OperationPtr operation;
  intptr_t size() const { return mlirOperationGetNumRegions(operation->raw()); }
  nb::object at(intptr_t index) const {
    return nb::cast(Region{operation, index});
  }
};

struct BlockArgumentList {
  static constexpr const char *element = "BlockArgument";
  BlockPtr block;
  intptr_t size() const { return mlirBlockGetNumArguments(block->raw()); }
  nb::object at(intptr_t index) const {
    return wrap(block->context, mlirBlockGetArgument(block->raw(), index));
  }
};

struct BlockList {
  static constexpr const char *element = "Block";
  Region region;
  intptr_t size() const {
    intptr_t count = 0;
    for (MlirBlock block = mlirRegionGetFirstBlock(region.raw()); block.ptr;
         block = mlirBlockGetNextInRegion(block))
      ++count;
    return count;
  }
  nb::object at(intptr_t index) const {
    MlirBlock block = mlirRegionGetFirstBlock(region.raw());
    while (index-- > 0)
      block = mlirBlockGetNextInRegion(block);
    return nb::cast(Block::get(region.operation->context, block));
  }
};

struct OperationList {
  static constexpr const char *element = "OpView";
  BlockPtr block;
  intptr_t size() const {
    intptr_t count = 0;
    for (MlirOperation op = mlirBlockGetFirstOperation(block->raw()); op.ptr;
         op = mlirOperationGetNextInBlock(op))
      ++count;
    return count;
  }
  nb::object at(intptr_t index) const {
    MlirOperation op = mlirBlockGetFirstOperation(block->raw());
    while (index-- > 0)
      op = mlirOperationGetNextInBlock(op);
    return makeView(block->context, op);
  }
};
} // namespace

/// All elements, as they are now.
template <typename List>
static nb::list snapshot(const List &self) {
  nb::list result;
  for (intptr_t i = 0, e = self.size(); i < e; ++i)
    result.append(self.at(i));
  return result;
}

// Linked lists are walked once.
static nb::list snapshot(const BlockList &self) {
  nb::list result;
  for (MlirBlock block = mlirRegionGetFirstBlock(self.region.raw()); block.ptr;
       block = mlirBlockGetNextInRegion(block))
    result.append(Block::get(self.region.operation->context, block));
  return result;
}

static nb::list snapshot(const OperationList &self) {
  nb::list result;
  for (MlirOperation op = mlirBlockGetFirstOperation(self.block->raw()); op.ptr;
       op = mlirOperationGetNextInBlock(op))
    result.append(makeView(self.block->context, op));
  return result;
}

/// nanobind keeps the pointer.
static const char *keep(const std::string &signature) {
  return (new std::string(signature))->c_str();
}

template <typename List>
static nb::class_<List> bindList(nb::module_ &m, const char *name,
                                 const char *doc) {
  std::string element = List::element;
  nb::class_<List> result(m, name, doc);
  result.def("__len__", [](const List &self) { return self.size(); })
      .def(
          "__getitem__",
          [](const List &self, intptr_t index) {
            return self.at(checkIndex(index, self.size()));
          },
          nb::arg("index"),
          nb::sig(keep("def __getitem__(self, index: int) -> " + element)))
      .def(
          "__getitem__",
          [](const List &self, nb::slice slice) {
            return nb::steal(
                PyObject_GetItem(snapshot(self).ptr(), slice.ptr()));
          },
          nb::arg("index"),
          nb::sig(keep("def __getitem__(self, index: slice) -> list[" +
                       element + "]")))
      .def(
          "__iter__", [](const List &self) { return nb::iter(snapshot(self)); },
          nb::sig(keep("def __iter__(self) -> collections.abc.Iterator[" +
                       element + "]")));
  return result;
}

template <typename List>
static nb::list typesOf(const List &self) {
  nb::list result;
  for (intptr_t i = 0, e = self.size(); i < e; ++i)
    result.append(self.at(i).attr("type"));
  return result;
}

static void bindLists(nb::module_ &m) {
  bindList<OpOperandList>(m, "OpOperandList", "The operands of an operation.")
      .def(
          "__setitem__",
          [](const OpOperandList &self, intptr_t index, nb::handle item) {
            Value value = toValue(item);
            checkContext(self.operation->context, value.context(),
                         "the operand");
            mlirOperationSetOperand(self.operation->raw(),
                                    checkIndex(index, self.size()),
                                    value.raw());
          },
          nb::arg("index"), nb::arg("value"),
          nb::sig("def __setitem__(self, index: int, value: Value | Operation "
                  "| OpView) -> None"))
      .def_prop_ro("types", &typesOf<OpOperandList>,
                   nb::sig("def types(self) -> list[Type]"), "Their types.");
  bindList<OpResultList>(m, "OpResultList", "The results of an operation.")
      .def_prop_ro("types", &typesOf<OpResultList>,
                   nb::sig("def types(self) -> list[Type]"), "Their types.");
  bindList<OpSuccessors>(m, "OpSuccessors", "The targets of a branch.");
  bindList<RegionSequence>(m, "RegionSequence", "The regions of an operation.");
  bindList<BlockArgumentList>(m, "BlockArgumentList",
                              "The arguments of a block.")
      .def_prop_ro("types", &typesOf<BlockArgumentList>,
                   nb::sig("def types(self) -> list[Type]"), "Their types.");
  bindList<BlockList>(m, "BlockList", "The blocks of a region.")
      .def(
          "append",
          [](const BlockList &self, nb::args types) {
            const ContextPtr &context = self.region.operation->context;
            std::vector<MlirType> raw;
            for (nb::handle item : types) {
              Type *type;
              if (!nb::try_cast(item, type) || !type)
                throw nb::type_error("block arguments are given by types");
              checkContext(context, type->context, "a type");
              raw.push_back(type->raw);
            }
            std::vector<MlirLocation> locations(
                raw.size(), resolveLocation(std::nullopt, context).raw);
            MlirRegion region = self.region.raw();
            MlirBlock block =
                mlirBlockCreate(raw.size(), raw.data(), locations.data());
            mlirRegionAppendOwnedBlock(region, block);
            return Block::get(context, block);
          },
          nb::arg("args"), nb::sig("def append(self, *args: Type) -> Block"),
          "Adds a block with arguments of these types.");
  bindList<OperationList>(m, "OperationList", "The operations of a block.");
}

//===----------------------------------------------------------------------===//
// Attributes of operations
//===----------------------------------------------------------------------===//

namespace {
struct OpAttributeMap {
  OperationPtr operation;
};
} // namespace

static void setAttribute(const OpAttributeMap &self, const std::string &name,
                         const Attribute &value) {
  MlirOperation op = self.operation->raw();
  checkContext(self.operation->context, value.context, "the attribute");
  if (name.empty())
    throw nb::value_error("attributes have names");
  MlirAttribute old = getAttribute(op, toRef(name));
  mlirOperationSetAttributeByName(op, toRef(name), value.raw);
  if (mlirAttributeEqual(getAttribute(op, toRef(name)), value.raw))
    return;
  // MLIR drops properties of another kind without a word.
  if (old.ptr)
    mlirOperationSetAttributeByName(op, toRef(name), old);
  throw nb::value_error(
      ("'" + getName(op) + "' cannot have this value as '" + name + "'")
          .c_str());
}

/// Names and values, in the order of the printed form.
static std::vector<MlirNamedAttribute> listAttributes(MlirOperation op) {
  std::vector<MlirNamedAttribute> result;
  for (intptr_t i = 0, e = mlirOperationGetNumAttributes(op); i < e; ++i)
    result.push_back(mlirOperationGetAttribute(op, i));
  return result;
}

static void bindAttributeMap(nb::module_ &m) {
  nb::class_<OpAttributeMap>(m, "OpAttributeMap",
                             "The attributes of an operation, by name.")
      .def("__len__",
           [](const OpAttributeMap &self) {
             return mlirOperationGetNumAttributes(self.operation->raw());
           })
      .def(
          "__contains__",
          [](const OpAttributeMap &self, const std::string &name) {
            return getAttribute(self.operation->raw(), toRef(name)).ptr !=
                   nullptr;
          },
          nb::arg("name"))
      .def(
          "__getitem__",
          [](const OpAttributeMap &self, const std::string &name) {
            MlirAttribute found =
                getAttribute(self.operation->raw(), toRef(name));
            if (!found.ptr)
              throw nb::key_error(name.c_str());
            return wrap(self.operation->context, found);
          },
          nb::arg("name"),
          nb::sig("def __getitem__(self, name: str) -> Attribute"))
      .def(
          "__getitem__",
          [](const OpAttributeMap &self, intptr_t index) {
            MlirOperation op = self.operation->raw();
            return makeNamedAttribute(
                self.operation->context,
                mlirOperationGetAttribute(
                    op, checkIndex(index, mlirOperationGetNumAttributes(op))));
          },
          nb::arg("index"),
          nb::sig("def __getitem__(self, index: int) -> NamedAttribute"))
      .def("__setitem__", &setAttribute, nb::arg("name"), nb::arg("attr"))
      .def(
          "__delitem__",
          [](const OpAttributeMap &self, const std::string &name) {
            if (!mlirOperationRemoveAttributeByName(self.operation->raw(),
                                                    toRef(name)))
              throw nb::key_error(name.c_str());
          },
          nb::arg("name"))
      .def(
          "__iter__",
          [](const OpAttributeMap &self) {
            nb::list names;
            for (const auto &each : listAttributes(self.operation->raw()))
              names.append(toString(mlirIdentifierStr(each.name)));
            return nb::iter(names);
          },
          nb::sig("def __iter__(self) -> collections.abc.Iterator[str]"))
      .def(
          "keys",
          [](const OpAttributeMap &self) {
            std::vector<std::string> names;
            for (const auto &each : listAttributes(self.operation->raw()))
              names.push_back(toString(mlirIdentifierStr(each.name)));
            return names;
          },
          "The names.")
      .def(
          "values",
          [](const OpAttributeMap &self) {
            nb::list values;
            for (const auto &each : listAttributes(self.operation->raw()))
              values.append(wrap(self.operation->context, each.attribute));
            return values;
          },
          nb::sig("def values(self) -> list[Attribute]"), "The values.")
      .def(
          "items",
          [](const OpAttributeMap &self) {
            nb::list items;
            for (const auto &each : listAttributes(self.operation->raw()))
              items.append(nb::make_tuple(
                  toString(mlirIdentifierStr(each.name)),
                  wrap(self.operation->context, each.attribute)));
            return items;
          },
          nb::sig("def items(self) -> list[tuple[str, Attribute]]"),
          "Names and values.")
      .def(
          "get",
          [](const OpAttributeMap &self, const std::string &name,
             nb::object fallback) {
            MlirAttribute found =
                getAttribute(self.operation->raw(), toRef(name));
            return found.ptr ? wrap(self.operation->context, found) : fallback;
          },
          nb::arg("name"), nb::arg("default") = nb::none(),
          nb::sig("def get(self, name: str, default: Attribute | None = None) "
                  "-> Attribute | None"),
          "The attribute of that name, or the default.");
}

//===----------------------------------------------------------------------===//
// Walking
//===----------------------------------------------------------------------===//

namespace {
enum class WalkOrder { PreOrder, PostOrder };
enum class WalkResult { Advance, Interrupt, Skip };

struct WalkStep {
  OperationPtr operation;
  /// In pre-order: the first step behind the operation's own tree.
  size_t end;
};
} // namespace

static void collectSteps(const ContextPtr &context, MlirOperation op,
                         WalkOrder order, std::vector<WalkStep> &steps) {
  size_t index = steps.size();
  if (order == WalkOrder::PreOrder)
    steps.push_back({Operation::get(context, op), 0});
  for (intptr_t i = 0, e = mlirOperationGetNumRegions(op); i < e; ++i) {
    MlirRegion region = mlirOperationGetRegion(op, i);
    for (MlirBlock block = mlirRegionGetFirstBlock(region); block.ptr;
         block = mlirBlockGetNextInRegion(block))
      for (MlirOperation nested = mlirBlockGetFirstOperation(block); nested.ptr;
           nested = mlirOperationGetNextInBlock(nested))
        collectSteps(context, nested, order, steps);
  }
  if (order == WalkOrder::PreOrder)
    steps[index].end = steps.size();
  else
    steps.push_back({Operation::get(context, op), steps.size() + 1});
}

/// Visits the operations that are there now; those that the function erases
/// are left out.
static void walk(nb::handle self, nb::callable callback, WalkOrder order) {
  OperationPtr root = toOperation(self);
  std::vector<WalkStep> steps;
  collectSteps(root->context, root->raw(), order, steps);
  for (size_t i = 0; i < steps.size();) {
    if (!steps[i].operation->isValid()) {
      ++i;
      continue;
    }
    nb::object answer = callback(steps[i].operation);
    WalkResult result = WalkResult::Advance;
    if (!answer.is_none() && !nb::try_cast(answer, result))
      throw nb::type_error("the function of a walk returns a WalkResult");
    switch (result) {
    case WalkResult::Advance:
      ++i;
      break;
    case WalkResult::Interrupt:
      return;
    case WalkResult::Skip:
      if (order == WalkOrder::PostOrder)
        throw nb::value_error("SKIP has a meaning in PRE_ORDER only");
      i = steps[i].end;
      break;
    }
  }
}

//===----------------------------------------------------------------------===//
// Operations and modules
//===----------------------------------------------------------------------===//

static bool verify(nb::handle self) {
  OperationPtr operation = toOperation(self);
  MlirOperation op = operation->raw();
  Capture capture(operation->context);
  bool ok = mlirOperationVerify(op);
  capture.finish(ok, "Verification failed");
  return true;
}

static nb::object cloneOperation(nb::handle self, nb::handle ip) {
  OperationPtr operation = toOperation(self);
  MlirOperation op = operation->raw();
  std::optional<InsertionPoint> point = resolveInsertionPoint(ip);
  // Checked before there is a clone that refers to blocks.
  if (mlirOperationGetNumSuccessors(op) > 0) {
    if (!point)
      throw nb::value_error("an operation with successors needs an insertion "
                            "point in their region");
    Operation::checkDestination(op, point->block->raw());
  }
  OperationPtr clone =
      Operation::own(operation->context, mlirOperationClone(op));
  if (point) {
    try {
      point->insert(*clone);
    } catch (...) {
      clone->erase();
      throw;
    }
  }
  return makeView(clone);
}

/// True if `op`, or an operation below it, uses a value that is defined outside
/// of `root`.
static bool usesOutside(MlirOperation op, MlirOperation root) {
  for (intptr_t i = 0, e = mlirOperationGetNumOperands(op); i < e; ++i) {
    MlirValue value = mlirOperationGetOperand(op, i);
    MlirOperation definer =
        mlirValueIsAOpResult(value)
            ? mlirOpResultGetOwner(value)
            : mlirBlockGetParentOperation(mlirBlockArgumentGetOwner(value));
    if (!isInside(definer, root))
      return true;
  }
  for (intptr_t i = 0, e = mlirOperationGetNumRegions(op); i < e; ++i)
    for (MlirBlock block =
             mlirRegionGetFirstBlock(mlirOperationGetRegion(op, i));
         block.ptr; block = mlirBlockGetNextInRegion(block))
      for (MlirOperation nested = mlirBlockGetFirstOperation(block); nested.ptr;
           nested = mlirOperationGetNextInBlock(nested))
        if (usesOutside(nested, root))
          return true;
  return false;
}

static nb::bytes writeBytecode(nb::handle self) {
  OperationPtr operation = toOperation(self);
  MlirOperation op = operation->raw();
  // The writer relies on both.
  Capture capture(operation->context);
  bool ok = mlirOperationVerify(op);
  capture.finish(ok, "Verification failed");
  if (usesOutside(op, op) || mlirOperationGetNumSuccessors(op) > 0)
    throw nb::value_error(
        "the operation uses values or blocks of others, which "
        "bytecode cannot name");
  std::string bytes =
      printToString([&](MlirStringCallback callback, void *data) {
        mlirOperationWriteBytecode(op, callback, data);
      });
  return nb::bytes(bytes.data(), bytes.size());
}

/// What Operation, OpView and Module have in common.
template <typename T, typename... Extra>
static void defineOperationMethods(nb::class_<T, Extra...> &c) {
  c.def_prop_ro(
       "context", [](nb::handle self) { return toOperation(self)->context; },
       nb::sig("def context(self) -> Context"),
       "The context that the operation belongs to.")
      .def_prop_ro(
          "operation", [](nb::handle self) { return toOperation(self); },
          nb::sig("def operation(self) -> Operation"),
          "The operation without its class.")
      .def(
          "get_asm",
          [](nb::handle self, bool enableDebugInfo, bool prettyDebugInfo,
             bool printGenericOpForm, bool useLocalScope, bool skipRegions,
             std::optional<int64_t> elementsLimit) {
            OperationPtr operation = toOperation(self);
            MlirOperation op = operation->raw();
            Capture capture(operation->context);
            return decode(printAsm(op, enableDebugInfo, prettyDebugInfo,
                                   printGenericOpForm, useLocalScope,
                                   skipRegions, elementsLimit));
          },
          nb::kw_only(), nb::arg("enable_debug_info") = false,
          nb::arg("pretty_debug_info") = false,
          nb::arg("print_generic_op_form") = false,
          nb::arg("use_local_scope") = false, nb::arg("skip_regions") = false,
          nb::arg("large_elements_limit") = nb::none(),
          "The text of the operation; in generic form if it is not valid.")
      .def("write_bytecode", &writeBytecode,
           nb::sig("def write_bytecode(self) -> bytes"),
           "The operation as MLIR bytecode.")
      .def("verify", &verify, nb::sig("def verify(self) -> bool"),
           "Returns True, or raises an MLIRError that says what is wrong.")
      .def("walk", &walk, nb::arg("callback"),
           nb::arg("walk_order") = WalkOrder::PostOrder,
           nb::sig("def walk(self, callback: collections.abc.Callable["
                   "[Operation], WalkResult | None], walk_order: WalkOrder = "
                   "...) -> None"),
           "Calls a function with the operation and all below it.")
      .def(
          "__str__",
          [](nb::handle self) { return decode(print(toOperation(self))); },
          nb::sig("def __str__(self) -> str"))
      .def(
          "__eq__",
          [](nb::handle self, nb::handle other) {
            if (!nb::isinstance<Operation>(other) &&
                !nb::isinstance<OpView>(other) &&
                !nb::isinstance<Module>(other))
              return false;
            return toOperation(self) == toOperation(other);
          },
          nb::arg("other").none(),
          nb::sig("def __eq__(self, other: object, /) -> bool"))
      .def(
          "__hash__",
          [](nb::handle self) {
            return std::hash<OperationPtr>()(toOperation(self));
          },
          nb::sig("def __hash__(self) -> int"));
}

template <typename T>
static void defineOperationProperties(nb::class_<T> &c) {
  defineOperationMethods(c);
  c.def_prop_ro(
       "name",
       [](nb::handle self) { return getName(toOperation(self)->raw()); },
       nb::sig("def name(self) -> str"), "The name with its dialect.")
      .def_prop_rw(
          "location",
          [](nb::handle self) {
            OperationPtr operation = toOperation(self);
            return Location{operation->context,
                            mlirOperationGetLocation(operation->raw())};
          },
          [](nb::handle self, const Location &location) {
            OperationPtr operation = toOperation(self);
            checkContext(operation->context, location.context, "the location");
            mlirOperationSetLocation(operation->raw(), location.raw);
          },
          nb::for_getter(nb::sig("def location(self) -> Location")),
          nb::for_setter(
              nb::sig("def location(self, value: Location, /) -> None")),
          "Where the operation comes from.")
      .def_prop_ro(
          "attributes",
          [](nb::handle self) { return OpAttributeMap{toOperation(self)}; },
          nb::sig("def attributes(self) -> OpAttributeMap"), "The attributes.")
      .def_prop_ro(
          "operands",
          [](nb::handle self) { return OpOperandList{toOperation(self)}; },
          nb::sig("def operands(self) -> OpOperandList"), "The operands.")
      .def_prop_ro(
          "results",
          [](nb::handle self) { return OpResultList{toOperation(self)}; },
          nb::sig("def results(self) -> OpResultList"), "The results.")
      .def_prop_ro(
          "result",
          [](nb::handle self) {
            Value value = toValue(self);
            return wrap(value.context(), value.raw());
          },
          nb::sig("def result(self) -> OpResult"), "The only result.")
      .def_prop_ro(
          "successors",
          [](nb::handle self) { return OpSuccessors{toOperation(self)}; },
          nb::sig("def successors(self) -> OpSuccessors"),
          "The targets of a branch.")
      .def_prop_ro(
          "regions",
          [](nb::handle self) { return RegionSequence{toOperation(self)}; },
          nb::sig("def regions(self) -> RegionSequence"), "The regions.")
      .def_prop_ro(
          "parent",
          [](nb::handle self) -> std::optional<nb::object> {
            OperationPtr operation = toOperation(self);
            MlirOperation parent =
                mlirOperationGetParentOperation(operation->raw());
            if (!parent.ptr)
              return std::nullopt;
            return makeView(operation->context, parent);
          },
          nb::sig("def parent(self) -> OpView | None"),
          "The operation around this one; None if there is none.")
      .def_prop_ro(
          "block",
          [](nb::handle self) -> std::optional<BlockPtr> {
            OperationPtr operation = toOperation(self);
            MlirBlock block = mlirOperationGetBlock(operation->raw());
            if (!block.ptr)
              return std::nullopt;
            return Block::get(operation->context, block);
          },
          nb::sig("def block(self) -> Block | None"),
          "The block that the operation is in; None if it is in none.")
      .def_prop_ro(
          "attached",
          [](nb::handle self) {
            return mlirOperationGetBlock(toOperation(self)->raw()).ptr !=
                   nullptr;
          },
          nb::sig("def attached(self) -> bool"),
          "Whether the operation is in a block.")
      .def(
          "erase", [](nb::handle self) { toOperation(self)->erase(); },
          nb::sig("def erase(self) -> None"),
          "Ends the life of an operation, whose results must be unused.")
      .def(
          "detach_from_parent",
          [](nb::handle self) {
            OperationPtr operation = toOperation(self);
            operation->detach();
            return makeView(operation);
          },
          nb::sig("def detach_from_parent(self) -> OpView"),
          "Takes the operation out of its block.")
      .def(
          "move_before",
          [](nb::handle self, nb::handle other) {
            toOperation(self)->moveNextTo(*toOperation(other), /*after=*/false);
          },
          nb::arg("other"),
          nb::sig("def move_before(self, other: Operation | OpView) -> None"),
          "Moves the operation in front of another one.")
      .def(
          "move_after",
          [](nb::handle self, nb::handle other) {
            toOperation(self)->moveNextTo(*toOperation(other), /*after=*/true);
          },
          nb::arg("other"),
          nb::sig("def move_after(self, other: Operation | OpView) -> None"),
          "Moves the operation behind another one.")
      .def("clone", &cloneOperation, nb::arg("ip") = nb::none(),
           nb::sig("def clone(self, ip: InsertionPoint | typing.Literal[False] "
                   "| None = None) -> OpView"),
           "A copy of the operation and all below it.");
}

static const char *createSignature =
    "def create(name: str, results: collections.abc.Iterable[Type] | None = "
    "None, operands: collections.abc.Iterable[Value | Operation | OpView] | "
    "None = None, attributes: dict[str, Attribute] | None = None, successors: "
    "collections.abc.Iterable[Block] | None = None, regions: int = 0, loc: "
    "Location | None = None, ip: InsertionPoint | typing.Literal[False] | None "
    "= None, infer_type: bool = False) -> Operation";

static void bindOperations(nb::module_ &m) {
  nb::class_<Operation> operation(m, "Operation",
                                  "An operation, whatever its class.",
                                  nb::is_weak_referenceable());
  defineOperationProperties(operation);
  operation
      .def_static("create", &createOperation, nb::arg("name"),
                  nb::arg("results") = nb::none(),
                  nb::arg("operands") = nb::none(),
                  nb::arg("attributes") = nb::none(),
                  nb::arg("successors") = nb::none(), nb::arg("regions") = 0,
                  nb::arg("loc") = nb::none(), nb::arg("ip") = nb::none(),
                  nb::arg("infer_type") = false, nb::sig(createSignature),
                  "Makes an operation of any name.")
      .def_static(
          "parse",
          [](std::variant<std::string, nb::bytes> source,
             const std::string &sourceName, OptionalContext context) {
            ContextPtr home = resolveContext(context);
            std::string text = toSource(source);
            Capture capture(home);
            MlirOperation op = mlirOperationCreateParse(home->raw, toRef(text),
                                                        toRef(sourceName));
            capture.finish(op.ptr, "Unable to parse operation assembly");
            return makeView(Operation::own(home, op));
          },
          nb::arg("source"), nb::kw_only(), nb::arg("source_name") = "",
          nb::arg("context") = nb::none(),
          nb::sig("def parse(source: str | bytes, *, source_name: str = '', "
                  "context: Context | None = None) -> OpView"),
          "The operation that a text or bytecode stands for.")
      .def_prop_ro(
          "opview",
          [](OperationPtr self) {
            self->raw();
            return makeView(self);
          },
          nb::sig("def opview(self) -> OpView"),
          "The operation as an object of its class.");

  nb::class_<OpView> view(m, "OpView", "The base of the classes of operations.",
                          nb::dynamic_attr(), nb::is_weak_referenceable());
  view.def(
      "__init__", &initView, nb::arg("name"), nb::arg("ods_regions"),
      nb::arg("operand_segment_spec").none() = nb::none(),
      nb::arg("result_segment_spec").none() = nb::none(),
      nb::arg("attributes") = nb::none(), nb::arg("results") = nb::none(),
      nb::arg("operands") = nb::none(), nb::arg("successors") = nb::none(),
      nb::arg("regions") = nb::none(), nb::arg("loc") = nb::none(),
      nb::arg("ip") = nb::none(),
      nb::sig("def __init__(self, name: str, ods_regions: tuple[int, bool], "
              "operand_segment_spec: collections.abc.Sequence[int] | None = "
              "None, result_segment_spec: collections.abc.Sequence[int] | "
              "None = None, attributes: dict[str, Attribute] | None = None, "
              "results: collections.abc.Sequence[object] | None = None, "
              "operands: collections.abc.Sequence[object] | None = None, "
              "successors: collections.abc.Sequence[Block] | None = None, "
              "regions: int | None = None, loc: Location | None = None, ip: "
              "InsertionPoint | typing.Literal[False] | None = None) -> None"));
  defineOperationProperties(view);
  view.attr("_ODS_OPERAND_SEGMENTS") = nb::none();
  view.attr("_ODS_RESULT_SEGMENTS") = nb::none();

  nb::class_<Module> module(m, "Module", "A `builtin.module`.",
                            nb::is_weak_referenceable());
  defineOperationMethods(module);
  module
      .def_static(
          "parse",
          [](std::variant<std::string, nb::bytes> source,
             OptionalContext context) {
            ContextPtr home = resolveContext(context);
            return Module{parseModule(home, toSource(source))};
          },
          nb::arg("asm"), nb::arg("context") = nb::none(),
          "The module that a text or bytecode stands for.")
      .def_static(
          "parseFile",
          [](const std::string &path, OptionalContext context) {
            ContextPtr home = resolveContext(context);
            checkFileNesting(path);
            Capture capture(home);
            MlirModule module =
                mlirModuleCreateParseFromFile(home->raw, toRef(path));
            capture.finish(module.ptr, "Unable to parse module assembly");
            return Module{Operation::own(home, mlirModuleGetOperation(module))};
          },
          nb::arg("path"), nb::arg("context") = nb::none(),
          "The module in a file of text or bytecode.")
      .def_static(
          "create",
          [](std::optional<Location> loc) {
            Location location = resolveLocation(loc);
            return Module{Operation::own(
                location.context,
                mlirModuleGetOperation(mlirModuleCreateEmpty(location.raw)))};
          },
          nb::arg("loc") = nb::none(), "An empty module.")
      .def_prop_ro(
          "body",
          [](const Module &self) {
            MlirOperation op = self.operation->raw();
            return Block::get(
                self.operation->context,
                mlirRegionGetFirstBlock(mlirOperationGetRegion(op, 0)));
          },
          "The block that is the module's contents.");

  m.def(
      "register_operation_class",
      [](const std::string &name, nb::type_object cls) {
        if (!nb::issubclass(cls, nb::type<OpView>()))
          throw nb::type_error("classes of operations derive from OpView");
        getOperationClasses()[nb::str(name.c_str())] = cls;
      },
      nb::arg("name"), nb::arg("cls"),
      nb::sig("def register_operation_class(name: str, cls: type[OpView]) -> "
              "None"),
      "Gives the operations of a name their class.");
}

//===----------------------------------------------------------------------===//
// Regions, blocks, values
//===----------------------------------------------------------------------===//

static void bindRegions(nb::module_ &m) {
  nb::class_<Region>(m, "Region", "A list of blocks within an operation.")
      .def_prop_ro(
          "blocks", [](const Region &self) { return BlockList{self}; },
          nb::sig("def blocks(self) -> BlockList"), "The blocks.")
      .def_prop_ro(
          "owner",
          [](const Region &self) {
            self.raw();
            return makeView(self.operation);
          },
          nb::sig("def owner(self) -> OpView"), "The operation.")
      .def(
          "__iter__",
          [](const Region &self) {
            return nb::iter(snapshot(BlockList{self}));
          },
          nb::sig("def __iter__(self) -> collections.abc.Iterator[Block]"))
      .def(
          "__eq__",
          [](const Region &self, nb::handle other) {
            const Region *rhs;
            return nb::try_cast(other, rhs) && rhs &&
                   self.operation == rhs->operation && self.index == rhs->index;
          },
          nb::arg("other").none(),
          nb::sig("def __eq__(self, other: object, /) -> bool"))
      .def("__hash__", [](const Region &self) {
        return std::hash<OperationPtr>()(self.operation) + self.index;
      });

  nb::class_<Block>(m, "Block", "A list of operations with arguments.",
                    nb::is_weak_referenceable())
      .def_static(
          "create_at_start",
          [](const Region &parent, const std::vector<Type> &types) {
            const ContextPtr &context = parent.operation->context;
            std::vector<MlirType> raw;
            for (const Type &type : types) {
              checkContext(context, type.context, "a type");
              raw.push_back(type.raw);
            }
            std::vector<MlirLocation> locations(
                raw.size(), resolveLocation(std::nullopt, context).raw);
            MlirRegion region = parent.raw();
            MlirBlock block =
                mlirBlockCreate(raw.size(), raw.data(), locations.data());
            mlirRegionInsertOwnedBlock(region, 0, block);
            return Block::get(context, block);
          },
          nb::arg("parent"), nb::arg("arg_types") = nb::list(),
          nb::sig("def create_at_start(parent: Region, arg_types: "
                  "collections.abc.Sequence[Type] = []) -> Block"),
          "Puts a new block at the start of a region.")
      .def_prop_ro(
          "owner",
          [](const Block &self) {
            return makeView(self.context,
                            mlirBlockGetParentOperation(self.raw()));
          },
          nb::sig("def owner(self) -> OpView"),
          "The operation that the block is in.")
      .def_prop_ro(
          "arguments", [](BlockPtr self) { return BlockArgumentList{self}; },
          nb::sig("def arguments(self) -> BlockArgumentList"), "The arguments.")
      .def_prop_ro(
          "operations", [](BlockPtr self) { return OperationList{self}; },
          nb::sig("def operations(self) -> OperationList"), "The operations.")
      .def_prop_ro(
          "terminator",
          [](const Block &self) -> std::optional<nb::object> {
            MlirOperation op = mlirBlockGetTerminator(self.raw());
            if (!op.ptr)
              return std::nullopt;
            return makeView(self.context, op);
          },
          nb::sig("def terminator(self) -> OpView | None"),
          "The terminator; None if there is none.")
      .def(
          "add_argument",
          [](const Block &self, const Type &type, const Location &loc) {
            checkContext(self.context, type.context, "the type");
            checkContext(self.context, loc.context, "the location");
            return wrap(self.context,
                        mlirBlockAddArgument(self.raw(), type.raw, loc.raw));
          },
          nb::arg("type"), nb::arg("loc"),
          nb::sig("def add_argument(self, type: Type, loc: Location) -> "
                  "BlockArgument"),
          "Adds an argument.")
      .def(
          "erase_argument",
          [](const Block &self, intptr_t index) {
            MlirBlock block = self.raw();
            index = checkIndex(index, mlirBlockGetNumArguments(block));
            if (!mlirOpOperandIsNull(
                    mlirValueGetFirstUse(mlirBlockGetArgument(block, index))))
              throw std::runtime_error("the argument has uses");
            mlirBlockEraseArgument(block, index);
          },
          nb::arg("index"), "Removes an argument that nobody uses.")
      .def(
          "append",
          [](BlockPtr self, nb::handle operation) {
            OperationPtr op = toOperation(operation);
            if (op->raw().ptr && mlirOperationGetBlock(op->raw()).ptr)
              op->detach();
            op->insertInto(self, {nullptr});
          },
          nb::arg("operation"),
          nb::sig("def append(self, operation: Operation | OpView) -> None"),
          "Puts an operation at the end, taking it from where it was.")
      .def(
          "__iter__",
          [](BlockPtr self) { return nb::iter(snapshot(OperationList{self})); },
          nb::sig("def __iter__(self) -> collections.abc.Iterator[OpView]"))
      .def(
          "__eq__",
          [](BlockPtr self, nb::handle other) {
            BlockPtr rhs;
            return nb::try_cast(other, rhs) && self == rhs;
          },
          nb::arg("other").none(),
          nb::sig("def __eq__(self, other: object, /) -> bool"))
      .def("__hash__",
           [](BlockPtr self) { return std::hash<BlockPtr>()(self); })
      .def("__str__", [](const Block &self) {
        MlirBlock block = self.raw();
        return decode(
            printToString([&](MlirStringCallback callback, void *data) {
              mlirBlockPrint(block, callback, data);
            }));
      });
}

static nb::object getOwner(const Value &self) {
  if (self.block) {
    self.raw();
    return nb::cast(self.block);
  }
  self.raw();
  return makeView(self.operation);
}

static void bindValues(nb::module_ &m) {
  nb::class_<Value>(m, "Value", "Something that an operation can use.",
                    nb::is_generic(), nb::sig("class Value(object)"))
      .def_prop_ro(
          "context", [](const Value &self) { return self.context(); },
          "The context that the value belongs to.")
      .def_prop_ro(
          "type",
          [](const Value &self) {
            return wrap(self.context(), mlirValueGetType(self.raw()));
          },
          nb::sig("def type(self) -> Type"), "The type.")
      .def(
          "set_type",
          [](const Value &self, const Type &type) {
            checkContext(self.context(), type.context, "the type");
            mlirValueSetType(self.raw(), type.raw);
          },
          nb::arg("type"), "Changes the type.")
      .def_prop_ro("owner", &getOwner,
                   nb::sig("def owner(self) -> OpView | Block"),
                   "The operation or the block that defines the value.")
      .def_prop_ro(
          "uses",
          [](const Value &self) {
            nb::list result;
            for (MlirOpOperand use = mlirValueGetFirstUse(self.raw());
                 !mlirOpOperandIsNull(use); use = mlirOpOperandGetNextUse(use))
              result.append(nb::make_tuple(
                  makeView(self.context(), mlirOpOperandGetOwner(use)),
                  mlirOpOperandGetOperandNumber(use)));
            return result;
          },
          nb::sig("def uses(self) -> list[tuple[OpView, int]]"),
          "The users, with the numbers of their operands.")
      .def(
          "replace_all_uses_with",
          [](const Value &self, nb::handle with) {
            Value other = toValue(with);
            checkContext(self.context(), other.context(), "the other value");
            // MLIR would not come to an end.
            if (!mlirValueEqual(self.raw(), other.raw()))
              mlirValueReplaceAllUsesOfWith(self.raw(), other.raw());
          },
          nb::arg("with_"),
          nb::sig("def replace_all_uses_with(self, with_: Value | Operation | "
                  "OpView) -> None"),
          "Makes all users use another value.")
      .def(
          "get_name",
          [](const Value &self) {
            Value value = self;
            MlirOperation op =
                value.block ? mlirBlockGetParentOperation(value.block->raw())
                            : value.operation->raw();
            Capture capture(value.context());
            MlirOpPrintingFlags flags = mlirOpPrintingFlagsCreate();
            MlirAsmState state =
                mlirAsmStateCreateForOperation(getRoot(op), flags);
            std::string name =
                printToString([&](MlirStringCallback callback, void *data) {
                  mlirValuePrintAsOperand(value.raw(), state, callback, data);
                });
            mlirAsmStateDestroy(state);
            mlirOpPrintingFlagsDestroy(flags);
            return decode(name);
          },
          "What the value is called in the text, e.g. `%0`.")
      .def(
          "__eq__",
          [](const Value &self, nb::handle other) {
            const Value *rhs;
            return nb::try_cast(other, rhs) && rhs &&
                   mlirValueEqual(self.raw(), rhs->raw());
          },
          nb::arg("other").none(),
          nb::sig("def __eq__(self, other: object, /) -> bool"))
      .def("__hash__",
           [](const Value &self) {
             return std::hash<const void *>()(self.value.ptr);
           })
      .def("__str__", [](const Value &self) {
        Capture capture(self.context());
        MlirValue value = self.raw();
        return decode(
            printToString([&](MlirStringCallback callback, void *data) {
              mlirValuePrint(value, callback, data);
            }));
      });
  nb::class_<OpResult, Value>(m, "OpResult", "A result of an operation.",
                              nb::is_generic(),
                              nb::sig("class OpResult(Value)"))
      .def_prop_ro(
          "result_number",
          [](const OpResult &self) {
            return mlirOpResultGetResultNumber(self.raw());
          },
          "Which result it is.")
      .def_prop_ro("owner", &getOwner, nb::sig("def owner(self) -> OpView"),
                   "The operation.");
  nb::class_<BlockArgument, Value>(m, "BlockArgument",
                                   "An argument of a block.", nb::is_generic(),
                                   nb::sig("class BlockArgument(Value)"))
      .def_prop_ro(
          "arg_number",
          [](const BlockArgument &self) {
            return mlirBlockArgumentGetArgNumber(self.raw());
          },
          "Which argument it is.")
      .def_prop_ro("owner", &getOwner, nb::sig("def owner(self) -> Block"),
                   "The block.");
}

//===----------------------------------------------------------------------===//
// Symbols
//===----------------------------------------------------------------------===//

namespace {
/// Looks names up in an operation, anew for every access.
struct SymbolTable {
  OperationPtr operation;
};

/// A table of MLIR for one access.
struct ScopedTable {
  explicit ScopedTable(MlirOperation op) : raw(mlirSymbolTableCreate(op)) {}
  ~ScopedTable() {
    if (raw.ptr)
      mlirSymbolTableDestroy(raw);
  }
  MlirSymbolTable raw;
};
} // namespace

static MlirOperation lookUp(const SymbolTable &self, const std::string &name) {
  MlirOperation op = self.operation->raw();
  MlirStringRef attribute = mlirSymbolTableGetSymbolAttributeName();
  MlirRegion region = mlirOperationGetRegion(op, 0);
  for (MlirBlock block = mlirRegionGetFirstBlock(region); block.ptr;
       block = mlirBlockGetNextInRegion(block))
    for (MlirOperation nested = mlirBlockGetFirstOperation(block); nested.ptr;
         nested = mlirOperationGetNextInBlock(nested)) {
      MlirAttribute found = mlirOperationGetAttributeByName(nested, attribute);
      if (found.ptr && mlirAttributeIsAString(found) &&
          toString(mlirStringAttrGetValue(found)) == name)
        return nested;
    }
  return {nullptr};
}

static void bindSymbols(nb::module_ &m) {
  nb::class_<SymbolTable>(m, "SymbolTable",
                          "Finds operations by their symbol names.")
      .def(
          "__init__",
          [](SymbolTable *self, nb::handle operation) {
            OperationPtr op = toOperation(operation);
            if (mlirSymbolTableIsNull(ScopedTable(op->raw()).raw))
              throw nb::value_error("the operation is no symbol table");
            new (self) SymbolTable{op};
          },
          nb::arg("operation"),
          nb::sig("def __init__(self, operation: Operation | OpView | Module) "
                  "-> None"))
      .def(
          "__contains__",
          [](const SymbolTable &self, const std::string &name) {
            return lookUp(self, name).ptr != nullptr;
          },
          nb::arg("name"))
      .def(
          "__getitem__",
          [](const SymbolTable &self, const std::string &name) {
            MlirOperation found = lookUp(self, name);
            if (!found.ptr)
              throw nb::key_error(name.c_str());
            return makeView(self.operation->context, found);
          },
          nb::arg("name"),
          nb::sig("def __getitem__(self, name: str) -> OpView"))
      .def(
          "insert",
          [](const SymbolTable &self, nb::handle operation) {
            OperationPtr op = toOperation(operation);
            checkContext(self.operation->context, op->context, "the operation");
            MlirAttribute name = mlirOperationGetAttributeByName(
                op->raw(), mlirSymbolTableGetSymbolAttributeName());
            if (!name.ptr || !mlirAttributeIsAString(name))
              throw nb::value_error("the operation has no symbol name");
            MlirRegion region =
                mlirOperationGetRegion(self.operation->raw(), 0);
            MlirBlock block = mlirRegionGetFirstBlock(region);
            if (!block.ptr)
              throw nb::value_error("the symbol table has no block");
            if (!mlirOperationGetBlock(op->raw()).ptr)
              op->insertInto(Block::get(self.operation->context, block),
                             mlirBlockGetTerminator(block));
            else if (mlirOperationGetParentOperation(op->raw()).ptr !=
                     self.operation->raw().ptr)
              throw nb::value_error("the operation is attached elsewhere");
            // It is there; this makes its name unique.
            ScopedTable table(self.operation->raw());
            return wrap(self.operation->context,
                        mlirSymbolTableInsert(table.raw, op->raw()));
          },
          nb::arg("operation"),
          nb::sig(
              "def insert(self, operation: Operation | OpView) -> Attribute"),
          "Adds a symbol; it is renamed if its name is taken.")
      .def(
          "erase",
          [](const SymbolTable &, nb::handle operation) {
            toOperation(operation)->erase();
          },
          nb::arg("operation"),
          nb::sig("def erase(self, operation: Operation | OpView) -> None"),
          "Erases a symbol.")
      .def_static(
          "replace_all_symbol_uses",
          [](const std::string &oldName, const std::string &newName,
             nb::handle from) {
            OperationPtr op = toOperation(from);
            if (mlirLogicalResultIsFailure(mlirSymbolTableReplaceAllSymbolUses(
                    toRef(oldName), toRef(newName), op->raw())))
              throw std::runtime_error("not all uses of the symbol are known");
          },
          nb::arg("old_symbol"), nb::arg("new_symbol"), nb::arg("from_root_op"),
          nb::sig("def replace_all_symbol_uses(old_symbol: str, new_symbol: "
                  "str, from_root_op: Operation | OpView | Module) -> None"),
          "Renames the references below an operation.");
}

void mlir::kcfi::python::bindIR(nb::module_ &m) {
  nb::enum_<WalkOrder>(m, "WalkOrder", "The order of a walk.")
      .value("PRE_ORDER", WalkOrder::PreOrder)
      .value("POST_ORDER", WalkOrder::PostOrder);
  nb::enum_<WalkResult>(m, "WalkResult", "How a walk goes on.")
      .value("ADVANCE", WalkResult::Advance)
      .value("INTERRUPT", WalkResult::Interrupt)
      .value("SKIP", WalkResult::Skip);
  m.attr("_T") = nb::type_var("_T");
  bindValues(m);
  bindLists(m);
  bindAttributeMap(m);
  bindRegions(m);
  bindOperations(m);
  bindSymbols(m);
}
