//===- Rewrite.cpp - Rewrite patterns in Python -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Core.h"

#include "mlir-c/Rewrite.h"

using namespace mlir::python;

using OptionalContext = std::optional<ContextPtr>;

namespace {
struct PatternData {
  ContextPtr context;
  nb::callable callback;
};

/// Handed to a pattern's function while it runs.
struct PatternRewriter {
  ContextPtr context;
  MlirRewriterBase raw;
  OperationPtr matched;
  bool active = true;

  MlirRewriterBase get() const {
    if (!active)
      throw ObjectInvalid("the rewriter's pattern has ended");
    return raw;
  }
};

class FrozenRewritePatternSet {
public:
  FrozenRewritePatternSet(ContextPtr context, MlirFrozenRewritePatternSet raw)
      : context(std::move(context)), raw(raw) {}
  ~FrozenRewritePatternSet() { mlirFrozenRewritePatternSetDestroy(raw); }
  FrozenRewritePatternSet(const FrozenRewritePatternSet &) = delete;
  FrozenRewritePatternSet &operator=(const FrozenRewritePatternSet &) = delete;

  ContextPtr context;
  MlirFrozenRewritePatternSet raw;
};

class RewritePatternSet {
public:
  explicit RewritePatternSet(ContextPtr context)
      : context(std::move(context)),
        raw(mlirRewritePatternSetCreate(this->context->raw)) {}
  ~RewritePatternSet() {
    if (raw.ptr)
      mlirRewritePatternSetDestroy(raw);
  }
  RewritePatternSet(const RewritePatternSet &) = delete;
  RewritePatternSet &operator=(const RewritePatternSet &) = delete;

  MlirRewritePatternSet get() const {
    if (!raw.ptr)
      throw ObjectInvalid("the patterns are frozen already");
    return raw;
  }
  std::shared_ptr<FrozenRewritePatternSet> freeze() {
    MlirRewritePatternSet set = get();
    raw.ptr = nullptr;
    return std::make_shared<FrozenRewritePatternSet>(
        context, mlirFreezeRewritePattern(set));
  }

  ContextPtr context;

private:
  MlirRewritePatternSet raw;
};
} // namespace

static MlirLogicalResult matchAndRewrite(MlirRewritePattern, MlirOperation op,
                                         MlirPatternRewriter rewriter,
                                         void *raw) {
  auto *data = static_cast<PatternData *>(raw);
  ContextPtr context = data->context;
  nb::callable callback = data->callback;
  // After an exception nothing more is rewritten.
  if (context->captures.back()->hasException())
    return mlirLogicalResultFailure();
  MlirOperation root = context->guards.back().root;
  auto handle = std::make_shared<PatternRewriter>();
  handle->context = context;
  handle->raw = mlirPatternRewriterAsBase(rewriter);
  bool matched = false;
  callGuarded(*context, [&] {
    nb::object view = makeView(context, op);
    handle->matched = toOperation(view);
    nb::object answer = callback(view, handle);
    // As upstream: a true value says that the pattern does not apply.
    matched = answer.is_none() || !nb::cast<bool>(nb::bool_(answer));
  });
  handle->active = false;
  handle->matched = nullptr;
  // The driver goes on and may erase any of the operations that were seen.
  context->invalidate(root, /*inclusive=*/false);
  return matched ? mlirLogicalResultSuccess() : mlirLogicalResultFailure();
}

static void addPattern(RewritePatternSet &self, const std::string &name,
                       nb::callable callback, unsigned benefit) {
  constexpr unsigned mostBenefit = 65534;
  if (benefit > mostBenefit)
    throw nb::value_error("a benefit is at most 65534");
  MlirRewritePatternSet set = self.get();
  if (name.empty())
    throw nb::value_error("a pattern's root has a name");
  MlirRewritePatternCallbacks callbacks = {};
  callbacks.destruct = [](void *raw) {
    delete static_cast<PatternData *>(raw);
  };
  callbacks.matchAndRewrite = matchAndRewrite;
  mlirRewritePatternSetAdd(
      set, mlirOpRewritePatternCreate(
               toRef(name), benefit, self.context->raw, callbacks,
               new PatternData{self.context, std::move(callback)},
               /*nGeneratedNames=*/0, /*generatedNames=*/nullptr));
}

//===----------------------------------------------------------------------===//
// The rewriter
//===----------------------------------------------------------------------===//

/// Throws unless the driver copes with the end of `op`.
static void checkRewritable(const PatternRewriter &self, MlirOperation op) {
  self.get();
  const Guard &guard = self.context->guards.back();
  if (op.ptr == guard.root.ptr || !isInside(op, guard.root))
    throw std::runtime_error("only operations below the one that patterns are "
                             "applied to can be erased or replaced");
  if (guard.kind == Guard::Walk && !isInside(op, self.matched->raw()))
    throw std::runtime_error("a walk cannot erase or replace other operations "
                             "than the matched one and those in it");
}

static void eraseOp(const PatternRewriter &self, nb::handle object) {
  OperationPtr operation = toOperation(object);
  MlirOperation op = operation->raw();
  checkRewritable(self, op);
  checkUnused(op);
  MlirRewriterBase raw = self.get();
  self.context->invalidate(op, /*inclusive=*/true);
  mlirRewriterBaseEraseOp(raw, op);
}

static void replaceOp(const PatternRewriter &self, nb::handle object,
                      nb::handle with) {
  OperationPtr operation = toOperation(object);
  MlirOperation op = operation->raw();
  checkRewritable(self, op);
  std::vector<Value> values;
  if (nb::isinstance<Operation>(with) || nb::isinstance<OpView>(with)) {
    OperationPtr replacement = toOperation(with);
    for (intptr_t i = 0, e = mlirOperationGetNumResults(replacement->raw());
         i < e; ++i) {
      Value value;
      value.operation = replacement;
      value.value = mlirOperationGetResult(replacement->raw(), i);
      values.push_back(value);
    }
  } else if (nb::isinstance<Value>(with)) {
    values.push_back(toValue(with));
  } else {
    for (nb::handle item : with)
      values.push_back(toValue(item));
  }
  if (static_cast<intptr_t>(values.size()) != mlirOperationGetNumResults(op))
    throw nb::value_error("another number of values than the operation has "
                          "results");
  std::vector<MlirValue> raw;
  for (size_t i = 0; i < values.size(); ++i) {
    checkContext(self.context, values[i].context(), "a value");
    MlirValue value = values[i].raw();
    MlirOperation definer =
        mlirValueIsAOpResult(value)
            ? mlirOpResultGetOwner(value)
            : mlirBlockGetParentOperation(mlirBlockArgumentGetOwner(value));
    if (isInside(definer, op))
      throw nb::value_error("the operation cannot be replaced by itself");
    if (!mlirTypeEqual(mlirValueGetType(value),
                       mlirValueGetType(mlirOperationGetResult(op, i))))
      throw nb::value_error("a value has another type than the result that it "
                            "replaces");
    raw.push_back(value);
  }
  // The results are replaced; what is inside of the operation is not.
  checkUnused(op, /*resultsToo=*/false);
  MlirRewriterBase rewriter = self.get();
  self.context->invalidate(op, /*inclusive=*/true);
  mlirRewriterBaseReplaceOpWithValues(rewriter, op, raw.size(), raw.data());
}

//===----------------------------------------------------------------------===//
// Drivers
//===----------------------------------------------------------------------===//

/// Runs a driver on IR that is valid, with the guard that belongs to it.
template <typename Drive>
static void drive(nb::handle object, const FrozenRewritePatternSet &patterns,
                  Guard::Kind kind, Drive run) {
  OperationPtr operation = toOperation(object);
  MlirOperation op = operation->raw();
  const ContextPtr &context = patterns.context;
  OperationPtr root = beginProcessing(context, operation, kind);
  Capture capture(context);
  MlirLogicalResult status = run(op);
  context->guards.pop_back();
  capture.finish(mlirLogicalResultIsSuccess(status),
                 "Pattern application failed to converge");
}

namespace {
enum class Strictness { AnyOp, ExistingAndNewOps, ExistingOps };
enum class Simplification { Disabled, Normal, Aggressive };

struct GreedyRewriteConfig {
  int64_t maxIterations = 10;
  int64_t maxNumRewrites = -1;
  bool useTopDownTraversal = true;
  bool enableFolding = true;
  bool enableConstantCSE = true;
  Strictness strictness = Strictness::AnyOp;
  Simplification simplification = Simplification::Aggressive;
};
} // namespace

static void applyGreedily(nb::handle object,
                          const FrozenRewritePatternSet &patterns,
                          const std::optional<GreedyRewriteConfig> &given) {
  GreedyRewriteConfig config = given.value_or(GreedyRewriteConfig());
  drive(object, patterns, Guard::Greedy, [&](MlirOperation op) {
    MlirGreedyRewriteDriverConfig raw = mlirGreedyRewriteDriverConfigCreate();
    mlirGreedyRewriteDriverConfigSetMaxIterations(raw, config.maxIterations);
    mlirGreedyRewriteDriverConfigSetMaxNumRewrites(raw, config.maxNumRewrites);
    mlirGreedyRewriteDriverConfigSetUseTopDownTraversal(
        raw, config.useTopDownTraversal);
    mlirGreedyRewriteDriverConfigEnableFolding(raw, config.enableFolding);
    mlirGreedyRewriteDriverConfigEnableConstantCSE(raw,
                                                   config.enableConstantCSE);
    mlirGreedyRewriteDriverConfigSetStrictness(
        raw, static_cast<MlirGreedyRewriteStrictness>(config.strictness));
    mlirGreedyRewriteDriverConfigSetRegionSimplificationLevel(
        raw, static_cast<MlirGreedySimplifyRegionLevel>(config.simplification));
    MlirLogicalResult status =
        mlirApplyPatternsAndFoldGreedilyWithOp(op, patterns.raw, raw);
    mlirGreedyRewriteDriverConfigDestroy(raw);
    return status;
  });
}

void mlir::python::bindRewrite(nb::module_ &m) {
  nb::enum_<Strictness>(m, "GreedyRewriteStrictness",
                        "Which operations the driver looks at.")
      .value("ANY_OP", Strictness::AnyOp)
      .value("EXISTING_AND_NEW_OPS", Strictness::ExistingAndNewOps)
      .value("EXISTING_OPS", Strictness::ExistingOps);
  nb::enum_<Simplification>(m, "GreedySimplifyRegionLevel",
                            "How much the driver simplifies control flow.")
      .value("DISABLED", Simplification::Disabled)
      .value("NORMAL", Simplification::Normal)
      .value("AGGRESSIVE", Simplification::Aggressive);

  nb::class_<GreedyRewriteConfig>(m, "GreedyRewriteConfig",
                                  "Options of the greedy driver.")
      .def(nb::init<>())
      .def_rw("max_iterations", &GreedyRewriteConfig::maxIterations,
              "Number of rounds; -1 for no limit.")
      .def_rw("max_num_rewrites", &GreedyRewriteConfig::maxNumRewrites,
              "Number of rewrites a round; -1 for no limit.")
      .def_rw("use_top_down_traversal",
              &GreedyRewriteConfig::useTopDownTraversal,
              "Whether uses come after definitions at first.")
      .def_rw("enable_folding", &GreedyRewriteConfig::enableFolding,
              "Whether operations are folded, too.")
      .def_rw("enable_constant_cse", &GreedyRewriteConfig::enableConstantCSE,
              "Whether equal constants are merged.")
      .def_rw("strictness", &GreedyRewriteConfig::strictness,
              "Which operations are looked at.")
      .def_rw("region_simplification_level",
              &GreedyRewriteConfig::simplification,
              "How much control flow is simplified.");

  nb::class_<PatternRewriter>(m, "PatternRewriter",
                              "Changes IR for a pattern, while it runs.")
      .def_prop_ro(
          "ip",
          [](const PatternRewriter &self) {
            self.get();
            MlirOperation op = self.matched->raw();
            return InsertionPoint{
                Block::get(self.context, mlirOperationGetBlock(op)),
                self.matched};
          },
          "The point before the matched operation.")
      .def("erase_op", &eraseOp, nb::arg("op"),
           nb::sig("def erase_op(self, op: Operation | OpView) -> None"),
           "Erases an operation without uses.")
      .def("replace_op", &replaceOp, nb::arg("op"), nb::arg("with_"),
           nb::sig("def replace_op(self, op: Operation | OpView, with_: "
                   "Operation | OpView | Value | "
                   "collections.abc.Sequence[Value | Operation | OpView]) -> "
                   "None"),
           "Replaces the results of an operation, and erases it.");

  nb::class_<FrozenRewritePatternSet>(m, "FrozenRewritePatternSet",
                                      "Patterns that can be applied.");
  nb::class_<RewritePatternSet>(m, "RewritePatternSet", "A list of patterns.")
      .def(
          "__init__",
          [](RewritePatternSet *self, OptionalContext context) {
            new (self) RewritePatternSet(resolveContext(context));
          },
          nb::arg("context") = nb::none())
      .def(
          "add",
          [](RewritePatternSet &self, const std::string &root,
             nb::callable callback, unsigned benefit) {
            addPattern(self, root, std::move(callback), benefit);
          },
          nb::arg("root"), nb::arg("fn"), nb::arg("benefit") = 1,
          nb::sig("def add(self, root: str, fn: collections.abc.Callable["
                  "[OpView, PatternRewriter], object], benefit: int = 1) -> "
                  "None"),
          "Adds a function as a pattern for the operations of a class or name. "
          "It returns a true value if it does not apply.")
      .def(
          "add",
          [](RewritePatternSet &self, nb::type_object root,
             nb::callable callback, unsigned benefit) {
            if (!nb::issubclass(root, nb::type<OpView>()) ||
                !nb::hasattr(root, "OPERATION_NAME"))
              throw nb::type_error("a pattern's root is a class of operations, "
                                   "or the name of one");
            addPattern(self, nb::cast<std::string>(root.attr("OPERATION_NAME")),
                       std::move(callback), benefit);
          },
          nb::arg("root"), nb::arg("fn"), nb::arg("benefit") = 1,
          nb::sig("def add(self, root: type[_T], fn: collections.abc.Callable["
                  "[_T, PatternRewriter], object], benefit: int = 1) -> None"))
      .def("freeze", &RewritePatternSet::freeze,
           "Makes the patterns applicable; the set is used up.");

  m.def("apply_patterns_and_fold_greedily", &applyGreedily, nb::arg("op"),
        nb::arg("patterns"), nb::arg("config") = nb::none(),
        nb::sig("def apply_patterns_and_fold_greedily(op: Operation | OpView | "
                "Module, patterns: FrozenRewritePatternSet, config: "
                "GreedyRewriteConfig | None = None) -> None"),
        "Applies patterns below an operation until none applies any more.");
  m.def(
      "walk_and_apply_patterns",
      [](nb::handle object, const FrozenRewritePatternSet &patterns) {
        drive(object, patterns, Guard::Walk, [&](MlirOperation op) {
          mlirWalkAndApplyPatterns(op, patterns.raw);
          return mlirLogicalResultSuccess();
        });
      },
      nb::arg("op"), nb::arg("patterns"),
      nb::sig("def walk_and_apply_patterns(op: Operation | OpView | Module, "
              "patterns: FrozenRewritePatternSet) -> None"),
      "Applies patterns once to each operation below an operation.");
}
