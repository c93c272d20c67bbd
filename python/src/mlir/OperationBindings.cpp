//===- OperationBindings.cpp - Operations and modules of Python -----------===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Lists.h"
#include "MakeOperation.h"

using namespace mlir::python;

using OptionalContext = std::optional<ContextPtr>;

//===----------------------------------------------------------------------===//
// Classes of operations
//===----------------------------------------------------------------------===//

static nb::dict &getOperationClasses() {
  // Never freed: the interpreter may end before its objects do.
  static auto *classes = new nb::dict();
  return *classes;
}

nb::object mlir::python::makeView(const OperationPtr &operation) {
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

nb::object mlir::python::makeView(const ContextPtr &context, MlirOperation op) {
  return makeView(Operation::get(context, op));
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

static void bindOperation(nb::module_ &m) {
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
}

static void bindView(nb::module_ &m) {
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
}

static void bindModule(nb::module_ &m) {
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
}

void mlir::python::bindOperations(nb::module_ &m) {
  bindOperation(m);
  bindView(m);
  bindModule(m);
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

void mlir::python::bindWalks(nb::module_ &m) {
  nb::enum_<WalkOrder>(m, "WalkOrder", "The order of a walk.")
      .value("PRE_ORDER", WalkOrder::PreOrder)
      .value("POST_ORDER", WalkOrder::PostOrder);
  nb::enum_<WalkResult>(m, "WalkResult", "How a walk goes on.")
      .value("ADVANCE", WalkResult::Advance)
      .value("INTERRUPT", WalkResult::Interrupt)
      .value("SKIP", WalkResult::Skip);
}
