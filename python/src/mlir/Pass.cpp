//===- Pass.cpp - Pass managers and passes in Python -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Core.h"

#include "mlir-c/Pass.h"

using namespace mlir::python;

using OptionalContext = std::optional<ContextPtr>;

namespace {
class PassManager {
public:
  PassManager(ContextPtr context, std::string anchor)
      : context(std::move(context)), anchor(std::move(anchor)),
        raw(mlirPassManagerCreateOnOperation(this->context->raw,
                                             toRef(this->anchor))) {}
  ~PassManager() { mlirPassManagerDestroy(raw); }
  PassManager(const PassManager &) = delete;
  PassManager &operator=(const PassManager &) = delete;

  void checkIdle() const {
    if (running)
      throw std::runtime_error("the pass manager is running");
  }

  ContextPtr context;
  std::string anchor;
  MlirPassManager raw;
  bool running = false;
};

/// What a Python function as a pass needs; MLIR keeps pointers to the strings.
struct PassData {
  ContextPtr context;
  nb::callable callback;
  std::string name, argument, description, operation;
  /// The passes' identity towards MLIR.
  MlirTypeIDAllocator ids;
};

/// Handed to the function while it runs.
struct ExternalPass {
  MlirExternalPass raw;
  bool active = true;

  void signalFailure() {
    if (!active)
      throw ObjectInvalid("the pass has ended");
    mlirExternalPassSignalFailure(raw);
  }
};
} // namespace

static void runCallback(MlirOperation op, MlirExternalPass raw, void *data) {
  auto *pass = static_cast<PassData *>(data);
  // The function may end the life of what it is called by.
  ContextPtr context = pass->context;
  nb::callable callback = pass->callback;
  auto handle = std::make_shared<ExternalPass>(ExternalPass{raw});
  context->guards.push_back({Guard::Pass, op});
  bool ok =
      callGuarded(*context, [&] { callback(makeView(context, op), handle); });
  handle->active = false;
  context->guards.pop_back();
  if (!ok)
    mlirExternalPassSignalFailure(raw);
  // The next pass changes what the function has seen. The root of the whole
  // run stays.
  MlirOperation outermost = op;
  for (const Guard &guard : context->guards)
    if (isInside(op, guard.root)) {
      outermost = guard.root;
      break;
    }
  context->invalidate(op, /*inclusive=*/op.ptr != outermost.ptr);
}

static MlirPass createPass(const PassManager &manager, nb::callable callback,
                           std::string name, std::string argument,
                           std::string description, std::string operation) {
  auto *data = new PassData{manager.context,
                            std::move(callback),
                            std::move(name),
                            std::move(argument),
                            std::move(description),
                            std::move(operation),
                            mlirTypeIDAllocatorCreate()};
  MlirExternalPassCallbacks callbacks = {};
  callbacks.construct = [](void *) {};
  callbacks.destruct = [](void *raw) {
    auto *data = static_cast<PassData *>(raw);
    mlirTypeIDAllocatorDestroy(data->ids);
    delete data;
  };
  callbacks.clone = [](void *raw) -> void * {
    auto *copy = new PassData(*static_cast<PassData *>(raw));
    copy->ids = mlirTypeIDAllocatorCreate();
    return copy;
  };
  callbacks.run = runCallback;
  return mlirCreateExternalPass(
      mlirTypeIDAllocatorAllocateTypeID(data->ids), toRef(data->name),
      toRef(data->argument), toRef(data->description), toRef(data->operation),
      /*nDependentDialects=*/0, /*dependentDialects=*/nullptr, callbacks, data);
}

static void addFunction(PassManager &self, nb::callable callback,
                        std::optional<std::string> name,
                        const std::string &argument,
                        const std::string &description,
                        const std::string &operation) {
  self.checkIdle();
  if (!name) {
    name = nb::hasattr(callback, "__name__")
               ? nb::cast<std::string>(nb::str(callback.attr("__name__")))
               : "PythonPass";
  }
  MlirPass pass = createPass(self, std::move(callback), *name, argument,
                             description, operation);
  // MLIR aborts if a pass is put on operations of another name.
  if (operation.empty() || operation == self.anchor)
    mlirPassManagerAddOwnedPass(self.raw, pass);
  else
    mlirOpPassManagerAddOwnedPass(
        mlirPassManagerGetNestedUnder(self.raw, toRef(operation)), pass);
}

/// The messages of the pipeline parser.
static void checkPipeline(MlirLogicalResult status, std::string message) {
  if (mlirLogicalResultIsSuccess(status))
    return;
  while (!message.empty() && message.back() == '\n')
    message.pop_back();
  throw nb::value_error(message.empty() ? "invalid pass pipeline"
                                        : message.c_str());
}

static void run(PassManager &self, nb::handle object) {
  self.checkIdle();
  OperationPtr operation = toOperation(object);
  MlirOperation op = operation->raw();
  const ContextPtr &context = self.context;
  OperationPtr root = beginProcessing(context, operation, Guard::Pass);
  Capture capture(context);
  self.running = true;
  MlirLogicalResult status = mlirPassManagerRunOnOp(self.raw, op);
  self.running = false;
  context->guards.pop_back();
  capture.finish(mlirLogicalResultIsSuccess(status), "Failure while executing "
                                                     "pass pipeline");
}

void mlir::python::bindPass(nb::module_ &m) {
  nb::class_<ExternalPass>(m, "ExternalPass",
                           "A running pass, as its function sees it.")
      .def("signal_pass_failure", &ExternalPass::signalFailure,
           "Lets the pass, and the run of the pass manager, fail.");

  nb::class_<PassManager>(m, "PassManager", "Runs passes on operations.")
      .def(
          "__init__",
          [](PassManager *self, const std::string &anchor,
             OptionalContext context) {
            new (self) PassManager(resolveContext(context), anchor);
          },
          nb::arg("anchor_op") = "any", nb::arg("context") = nb::none())
      .def_static(
          "parse",
          [](const std::string &pipeline, OptionalContext given) {
            ContextPtr context = resolveContext(given);
            checkNesting(pipeline);
            size_t paren = pipeline.find('(');
            if (paren == std::string::npos)
              throw nb::value_error("a pipeline looks like "
                                    "builtin.module(pass,other-pass)");
            std::string anchor = pipeline.substr(0, paren);
            anchor.erase(0, anchor.find_first_not_of(" \t\n"));
            anchor.erase(anchor.find_last_not_of(" \t\n") + 1);
            auto result = std::make_shared<PassManager>(context, anchor);
            std::string message;
            MlirLogicalResult status = mlirLogicalResultFailure();
            Capture capture(context);
            message =
                printToString([&](MlirStringCallback callback, void *data) {
                  status = mlirParsePassPipeline(
                      mlirPassManagerGetAsOpPassManager(result->raw),
                      toRef(pipeline), callback, data);
                });
            checkPipeline(status, std::move(message));
            return result;
          },
          nb::arg("pipeline"), nb::arg("context") = nb::none(),
          "The pass manager of a text, e.g. `builtin.module(canonicalize)`.")
      .def(
          "add",
          [](PassManager &self, const std::string &pipeline) {
            self.checkIdle();
            checkNesting(pipeline);
            MlirLogicalResult status = mlirLogicalResultFailure();
            Capture capture(self.context);
            std::string message =
                printToString([&](MlirStringCallback callback, void *data) {
                  status = mlirOpPassManagerAddPipeline(
                      mlirPassManagerGetAsOpPassManager(self.raw),
                      toRef(pipeline), callback, data);
                });
            checkPipeline(status, std::move(message));
          },
          nb::arg("pipeline"), "Adds the passes that a text names.")
      .def("add", &addFunction, nb::arg("run"), nb::arg("name") = nb::none(),
           nb::arg("argument") = "", nb::arg("description") = "",
           nb::arg("op_name") = "",
           nb::sig("def add(self, run: collections.abc.Callable[["
                   "typing.Any, ExternalPass], object], name: str | None = "
                   "None, argument: "
                   "str = '', description: str = '', op_name: str = '') -> "
                   "None"),
           "Adds a function as a pass: on the operations that the pass manager "
           "runs on, or on those of a name in them.")
      .def("run", &run, nb::arg("operation"),
           nb::sig("def run(self, operation: Operation | OpView | Module) -> "
                   "None"),
           "Runs the passes; raises an MLIRError, or what a function in it has "
           "raised. Objects of operations below the given one end.")
      .def(
          "enable_ir_printing",
          [](PassManager &self, bool before, bool after, bool moduleScope,
             bool afterChange, bool afterFailure) {
            self.checkIdle();
            MlirOpPrintingFlags flags = mlirOpPrintingFlagsCreate();
            mlirPassManagerEnableIRPrinting(self.raw, before, after,
                                            moduleScope, afterChange,
                                            afterFailure, flags, toRef(""));
            mlirOpPrintingFlagsDestroy(flags);
          },
          nb::kw_only(), nb::arg("print_before_all") = false,
          nb::arg("print_after_all") = true,
          nb::arg("print_module_scope") = false,
          nb::arg("print_after_change") = false,
          nb::arg("print_after_failure") = false,
          "Writes the IR to the standard error stream between passes.")
      .def(
          "enable_timing",
          [](PassManager &self) {
            self.checkIdle();
            mlirPassManagerEnableTiming(self.raw);
          },
          "Writes the times of passes to the standard error stream.")
      .def("__str__", [](const PassManager &self) {
        return decode(
            printToString([&](MlirStringCallback callback, void *data) {
              mlirPrintPassPipeline(mlirPassManagerGetAsOpPassManager(self.raw),
                                    callback, data);
            }));
      });
}
