# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Pass managers, passes in Python, rewrite patterns."""

from __future__ import annotations

import gc
import warnings
from typing import Any, Callable, List

import pytest

from mlir_kcfi import _kcfi, ir, passmanager, remarks, report, rewrite
from mlir_kcfi.dialects import arith, func, kcfi

from conftest import SUM


def run(module: ir.Module, function: Any, **options: Any) -> None:
    manager = passmanager.PassManager("builtin.module")
    manager.add(function, **options)
    manager.run(module)


def body(module: ir.Module) -> ir.Block:
    f = module.body.operations[0]
    assert isinstance(f, func.FuncOp)
    return f.entry_block


# --- Pass managers -----------------------------------------------------------


def test_pipelines(quickstart: ir.Module) -> None:
    manager = passmanager.PassManager.parse("builtin.module(kcfi-assign-type-ids)")
    manager.add("canonicalize")
    assert str(manager).startswith("builtin.module(kcfi-assign-type-ids,canonicalize")
    manager.run(quickstart)
    assert "0x00050794" in str(quickstart)
    for bad in ("builtin.module(absent)", "builtin.module(", "nothing"):
        with pytest.raises(ValueError):
            passmanager.PassManager.parse(bad)
    with pytest.raises(ValueError, match="absent"):
        manager.add("absent")
    with pytest.raises(TypeError):
        manager.run(1)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="another context"):
        manager.run(ir.Module.parse("module {}", ir.Context()))


def test_wrong_anchor(summing: ir.Module) -> None:
    manager = passmanager.PassManager("func.func")
    with pytest.raises(ir.MLIRError, match="can't run"):
        manager.run(summing)


def test_failing_pass_has_a_location(ctx: ir.Context) -> None:
    module = ir.Module.parse(
        "module attributes {llvm.target_triple = \"x86_64-unknown-linux-gnu\"} {\n"
        "  func.func private @f(!llvm.ptr) attributes {kcfi.sig = "
        '!kcfi.fn<(ptr<tag<struct unnamed>>) -> c.void>}\n}'
    )
    with pytest.raises(ir.MLIRError) as caught:
        passmanager.PassManager.parse("builtin.module(kcfi-assign-type-ids)").run(module)
    assert caught.value.error_diagnostics[0].location.start_line == 2


def test_printing_and_timing(summing: ir.Module, capfd: pytest.CaptureFixture[str]) -> None:
    manager = passmanager.PassManager.parse("builtin.module(canonicalize)")
    manager.enable_ir_printing(print_before_all=True)
    manager.enable_timing()
    manager.run(summing)
    del manager
    gc.collect()
    written = capfd.readouterr()
    assert "IR Dump Before" in written.err and "Execution time" in written.err


def test_invalid_ir_is_not_run(summing: ir.Module) -> None:
    terminator = body(summing).terminator
    assert terminator is not None
    terminator.erase()
    with pytest.raises(ir.MLIRError, match="Verification failed"):
        passmanager.PassManager.parse("builtin.module(canonicalize)").run(summing)


# --- Functions as passes -----------------------------------------------------


def test_python_pass_does_real_work(quickstart: ir.Module) -> None:
    """Takes the checks off calls of functions that only pass on arguments."""
    changed: List[str] = []

    def uncheck(op: func.FuncOp, pass_: passmanager.ExternalPass) -> None:
        if op.symbol_name != "dispatch":
            return
        for call in op.entry_block:
            if isinstance(call, kcfi.CallOp):
                call.unchecked = True
                changed.append(op.symbol_name)

    manager = passmanager.PassManager("builtin.module")
    manager.add(uncheck, argument="test-uncheck", description="d", op_name="func.func")
    assert "func.func(test-uncheck)" in str(manager)
    manager.add("kcfi-lower-pipeline")
    manager.run(quickstart)
    assert changed == ["dispatch"]
    assert 'op_bundle_tags = ["kcfi"]' not in str(quickstart)
    assert "llvm.call" in str(quickstart)


def test_exception_in_a_pass(summing: ir.Module) -> None:
    ran: List[str] = []

    def fail(op: ir.OpView, pass_: passmanager.ExternalPass) -> None:
        raise KeyError("mine")

    manager = passmanager.PassManager("builtin.module")
    manager.add(fail)
    manager.add(lambda op, pass_: ran.append(op.name))
    with pytest.raises(KeyError, match="mine"):
        manager.run(summing)
    assert ran == []
    with pytest.raises(KeyError, match="mine"):
        manager.run(summing)


def test_signal_pass_failure(summing: ir.Module) -> None:
    kept: List[passmanager.ExternalPass] = []

    def fail(op: ir.OpView, pass_: passmanager.ExternalPass) -> None:
        op.location.emit_error("this is wrong")
        pass_.signal_pass_failure()
        kept.append(pass_)

    with pytest.raises(ir.MLIRError, match="this is wrong"):
        run(summing, fail)
    with pytest.raises(ir.ObjectInvalid, match="has ended"):
        kept[0].signal_pass_failure()


def test_objects_of_a_pass_end_with_it(summing: ir.Module) -> None:
    before = body(summing).operations[0]
    kept: List[Any] = []

    def keep(op: ir.OpView, pass_: passmanager.ExternalPass) -> None:
        with pytest.raises(ir.ObjectInvalid):
            before.name
        f = op.regions[0].blocks[0].operations[0]
        block = f.regions[0].blocks[0]
        kept.extend([op, f, block, block.operations[0], block.arguments[0]])
        kept.append(block.operations[0].results[0])

    run(summing, keep)
    root, f, block, constant, argument, result = kept
    assert root.name == "builtin.module"
    uses: List[Callable[[], object]] = [
        lambda: f.name,
        lambda: block.operations[0],
        lambda: constant.erase(),
        lambda: argument.type,
        lambda: result.type,
    ]
    for use in uses:
        with pytest.raises(ir.ObjectInvalid):
            use()


def test_passes_must_not_remove_what_they_run_on(ctx: ir.Context) -> None:
    module = ir.Module.parse(SUM + SUM.replace("@sum", "@other"))
    messages: List[str] = []

    def attempt(op: ir.OpView, pass_: passmanager.ExternalPass) -> None:
        parent = op.parent
        assert parent is not None
        sibling = [each for each in parent.regions[0].blocks[0] if each != op][0]
        actions: List[Callable[[], object]] = [
            op.erase,
            parent.erase,
            op.detach_from_parent,
            sibling.erase,
            sibling.detach_from_parent,
            lambda: sibling.move_before(op),
            lambda: manager.run(parent),
            lambda: manager.add(attempt),
            lambda: ir.Module.create().body.append(parent),
        ]
        for action in actions:
            with pytest.raises(RuntimeError) as caught:
                action()
            messages.append(str(caught.value))

    manager = passmanager.PassManager("builtin.module")
    manager.add(attempt, op_name="func.func")
    manager.run(module)
    assert len(messages) == 18 and len(module.body.operations) == 2


def test_nested_runs(summing: ir.Module) -> None:
    def simplify(op: ir.OpView, pass_: passmanager.ExternalPass) -> None:
        inner = passmanager.PassManager("builtin.module", op.context)
        inner.add("canonicalize")
        inner.run(op)

    run(summing, simplify)
    assert len(body(summing).operations) == 3


def test_the_module_may_be_dropped_in_a_pass(ctx: ir.Context) -> None:
    modules = [ir.Module.parse(SUM)]

    def drop(op: ir.OpView, pass_: passmanager.ExternalPass) -> None:
        modules.clear()
        gc.collect()
        assert len(op.regions[0].blocks[0].operations) == 1

    run(modules[0], drop)
    gc.collect()


def test_pass_that_breaks_the_ir(summing: ir.Module) -> None:
    def break_it(op: ir.OpView, pass_: passmanager.ExternalPass) -> None:
        block = op.regions[0].blocks[0].operations[0].regions[0].blocks[0]
        block.operations[-1].erase()

    with pytest.raises(ir.MLIRError, match="Failure while executing"):
        run(summing, break_it)


# --- Patterns ----------------------------------------------------------------


def patterns(root: Any, function: Any, benefit: int = 1) -> rewrite.FrozenRewritePatternSet:
    result = rewrite.RewritePatternSet()
    result.add(root, function, benefit)
    frozen = result.freeze()
    with pytest.raises(ir.ObjectInvalid, match="frozen already"):
        result.add(root, function)
    with pytest.raises(ir.ObjectInvalid, match="frozen already"):
        result.freeze()
    return frozen


def strength_reduce(op: arith.AddIOp, rewriter: rewrite.PatternRewriter) -> Any:
    if op.lhs != op.rhs:
        return True
    with rewriter.ip:
        two = arith.constant(op.lhs.type, 1)
        new = arith.ShLIOp(op.lhs, two)
    rewriter.replace_op(op, new)
    return None


def test_pattern_does_real_work(ctx: ir.Context) -> None:
    module = ir.Module.parse(
        "func.func @f(%x: i32) -> i32 {\n  %a = arith.addi %x, %x : i32\n"
        "  %b = arith.addi %a, %a : i32\n  %c = arith.addi %b, %x : i32\n"
        "  return %c : i32\n}"
    )
    rewrite.apply_patterns_and_fold_greedily(module, patterns(arith.AddIOp, strength_reduce))
    names = [op.name for op in body(module)]
    assert names.count("arith.shli") == 2 and names.count("arith.addi") == 1
    assert module.operation.verify()


def test_pattern_on_kcfi(twice: ir.Module) -> None:
    """A call of a known function needs no check."""

    def devirtualize(op: kcfi.CallOp, rewriter: rewrite.PatternRewriter) -> Any:
        with rewriter.ip:
            call = func.CallOp(list(op.results.types), "twice", list(op.args))
        rewriter.replace_op(op, list(call.results))
        return None

    rewrite.walk_and_apply_patterns(twice, patterns("kcfi.call", devirtualize))
    assert "call @twice(%arg1)" in str(twice) and "kcfi.call" not in str(twice)


def test_erase_op(summing: ir.Module) -> None:
    f = body(summing)
    f.operations[2].operands[0] = f.arguments[0]

    def erase_unused(op: arith.AddIOp, rewriter: rewrite.PatternRewriter) -> Any:
        if op.result.uses:
            with pytest.raises(RuntimeError, match="has uses"):
                rewriter.erase_op(op)
            return True
        rewriter.erase_op(op)
        return None

    rewrite.walk_and_apply_patterns(summing, patterns(arith.AddIOp, erase_unused))
    assert len([op for op in body(summing) if op.name == "arith.addi"]) == 1


def test_wrong_replacements(summing: ir.Module) -> None:
    seen: List[str] = []

    def attempt(op: arith.AddIOp, rewriter: rewrite.PatternRewriter) -> bool:
        with rewriter.ip:
            wide = arith.constant(ir.IntegerType.get_signless(64), 1)
        for with_ in ([], [op.lhs, op.lhs], op, [wide]):
            with pytest.raises(ValueError) as caught:
                rewriter.replace_op(op, with_)
            seen.append(str(caught.value))
        with pytest.raises(TypeError):
            rewriter.replace_op(op, [1])  # type: ignore[list-item]
        parent = op.parent
        assert parent is not None
        for bad in (parent.parent, parent):
            with pytest.raises(RuntimeError):
                rewriter.erase_op(bad)  # type: ignore[arg-type]
        with pytest.raises(RuntimeError, match="by the rewriter"):
            op.erase()
        with pytest.raises(RuntimeError, match="by the rewriter"):
            op.detach_from_parent()
        with pytest.raises(RuntimeError, match="processed already"):
            passmanager.PassManager().run(parent)
        return True

    rewrite.walk_and_apply_patterns(summing, patterns(arith.AddIOp, attempt))
    assert any("another number" in each for each in seen)
    assert any("by itself" in each for each in seen)
    assert any("another type" in each for each in seen)


def test_objects_of_a_pattern_end_with_it(summing: ir.Module) -> None:
    kept: List[Any] = []

    def keep(op: ir.OpView, rewriter: rewrite.PatternRewriter) -> bool:
        kept.extend([op, rewriter])
        return True

    rewrite.apply_patterns_and_fold_greedily(summing, patterns("arith.addi", keep))
    with pytest.raises(ir.ObjectInvalid):
        kept[0].name
    with pytest.raises(ir.ObjectInvalid, match="has ended"):
        kept[1].ip
    with pytest.raises(ir.ObjectInvalid):
        kept[1].erase_op(kept[0])


def test_exception_in_a_pattern(summing: ir.Module) -> None:
    calls: List[str] = []

    def fail(op: ir.OpView, rewriter: rewrite.PatternRewriter) -> bool:
        calls.append(op.name)
        raise KeyError("mine")

    frozen = patterns("arith.addi", fail)
    for driver in (rewrite.apply_patterns_and_fold_greedily, rewrite.walk_and_apply_patterns):
        calls.clear()
        with pytest.raises(KeyError, match="mine"):
            driver(summing, frozen)
        assert calls == ["arith.addi"]


def test_no_convergence(summing: ir.Module) -> None:
    def endless(op: arith.ConstantOp, rewriter: rewrite.PatternRewriter) -> None:
        with rewriter.ip:
            new = arith.ConstantOp(op.value, results=[op.result.type])
        rewriter.replace_op(op, new)

    config = rewrite.GreedyRewriteConfig()
    config.max_iterations = 2
    config.max_num_rewrites = 5
    config.enable_folding = False
    config.enable_constant_cse = False
    config.use_top_down_traversal = False
    config.strictness = rewrite.GreedyRewriteStrictness.ANY_OP
    config.region_simplification_level = rewrite.GreedySimplifyRegionLevel.DISABLED
    with pytest.raises(ir.MLIRError, match="converge"):
        rewrite.apply_patterns_and_fold_greedily(
            summing, patterns(arith.ConstantOp, endless), config
        )


def test_wrong_patterns(ctx: ir.Context) -> None:
    patterns_ = rewrite.RewritePatternSet(ctx)
    wrong: List[Any] = [1, int, ir.OpView]
    for root in wrong:
        with pytest.raises(TypeError):
            patterns_.add(root, lambda op, rewriter: None)
    with pytest.raises(ValueError, match="benefit"):
        patterns_.add("a.b", lambda op, rewriter: None, 100000)
    with pytest.raises(ValueError, match="has a name"):
        patterns_.add("", lambda op, rewriter: None)
    assert rewrite.FrozenRewritePatternSet is not None


# --- Remarks -----------------------------------------------------------------


def test_remarks(quickstart: ir.Module) -> None:
    manager = passmanager.PassManager.parse("builtin.module(kcfi-lower-pipeline)")
    with remarks.collect("kcfi.*") as collected:
        manager.run(quickstart)
    assert len(collected) > 0 and len(list(collected)) == len(collected)
    first = next(iter(collected))
    assert isinstance(first, remarks.Remark) and first.category.startswith("kcfi")
    record = remarks.record(first)
    assert record == collected.records()[0]
    assert record["name"] == first.name and record["kind"] == first.kind.name.lower()
    assert record["message"] == first.message and record["function"] == first.function
    assert first.location.context is quickstart.context
    assert {f"args.{key}" for key, _ in first.arguments} <= set(record)
    assert first.kind == remarks.RemarkKind.ANALYSIS
    # An optional dependency. scripts/build.sh installs it (requirements-dev.txt),
    # so that lit runs this.
    pandas = pytest.importorskip("pandas")
    frame = collected.to_dataframe()
    assert isinstance(frame, pandas.DataFrame) and len(frame) == len(collected)


def test_exception_in_a_remark_handler(quickstart: ir.Module) -> None:
    def fail(remark: remarks.Remark) -> None:
        raise KeyError("mine")

    manager = passmanager.PassManager.parse("builtin.module(kcfi-lower-pipeline)")
    with pytest.raises(KeyError, match="mine"):
        with remarks.collect(callback=fail, context=quickstart.context):
            manager.run(quickstart)
    with pytest.raises(ir.MLIRError, match="Invalid categories"):
        with remarks.collect("("):
            pass
    assert remarks.Collector is not None


def test_remark_handlers_do_not_change_while_passes_run(quickstart: ir.Module) -> None:
    caught: List[str] = []

    def attempt(op: ir.OpView, pass_: passmanager.ExternalPass) -> None:
        actions: List[Callable[[], object]] = [
            lambda: _kcfi.set_remark_handler(op.context, "", print),
            lambda: _kcfi.remove_remark_handler(op.context),
        ]
        for action in actions:
            with pytest.raises(RuntimeError, match="passes are running"):
                action()
            caught.append(op.name)

    run(quickstart, attempt)
    assert len(caught) == 2


def test_warnings_are_not_lost(ctx: ir.Context) -> None:
    """A signature whose id cannot be computed is left out of the report."""
    module = ir.Module.parse(
        'module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {\n'
        "  func.func private @f(!llvm.ptr) attributes {kcfi.sig = "
        "!kcfi.fn<(ptr<tag<struct unnamed>>) -> c.void>}\n}"
    )
    with pytest.warns(ir.MLIRWarning):
        report.report(module)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(ir.MLIRWarning):
            report.report(module)
    with ctx.attach_diagnostic_handler(lambda diagnostic: True):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            report.report(module)
