# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Memory: what is dropped is freed, what is used stays."""

from __future__ import annotations

import gc
import os
from typing import Callable

import pytest

from mlir_kcfi import ir, passmanager, rewrite

from conftest import SUM

MODULES = int(os.environ.get("MLIR_KCFI_TEST_MODULES", "100000"))


def resident() -> int:
    """Resident memory in bytes."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def assert_no_growth(work: Callable[[], None], times: int, per_call: int) -> None:
    """Memory grows by less than `per_call` bytes a call, after a start."""
    for _ in range(times // 10):
        work()
    gc.collect()
    before = resident()
    for _ in range(times):
        work()
    gc.collect()
    assert (resident() - before) / times < per_call


def test_modules_are_freed(ctx: ir.Context) -> None:
    def work() -> None:
        module = ir.Module.parse(SUM)
        for op in module.body.operations[0].regions[0].blocks[0]:
            op.name

    # A module takes about 2 kB.
    assert_no_growth(work, MODULES, per_call=20)
    assert ctx._get_live_operation_count() == 0


def test_contexts_are_freed() -> None:
    def work() -> None:
        with ir.Context():
            ir.Module.parse(SUM)

    assert_no_growth(work, max(MODULES // 500, 1), per_call=4000)


def test_passes_and_patterns_are_freed(ctx: ir.Context) -> None:
    module = ir.Module.parse(SUM)
    payload = [b"x" * 1000]

    def work() -> None:
        manager = passmanager.PassManager()
        mine = bytes(payload[0])
        manager.add(lambda op, pass_: len(mine) and None)
        manager.run(module)
        patterns = rewrite.RewritePatternSet()
        patterns.add("arith.addi", lambda op, rewriter: mine and True)
        rewrite.walk_and_apply_patterns(module, patterns.freeze())

    assert_no_growth(work, max(MODULES // 20, 1), per_call=100)


def test_errors_leave_nothing(ctx: ir.Context) -> None:
    def work() -> None:
        with pytest.raises(ir.MLIRError):
            ir.Module.parse("func.func @f() {\n %a = arith.constant 1 : i32 }")

    assert_no_growth(work, max(MODULES // 20, 1), per_call=100)


def test_operations_keep_their_tree(ctx: ir.Context) -> None:
    op = ir.Module.parse(SUM).body.operations[0]
    gc.collect()
    assert op.name == "func.func" and op.parent is not None
    assert ir.Module.parse(SUM).body.operations[0].regions[0].blocks[0].terminator


def test_moved_operations_die_with_their_new_tree(ctx: ir.Context) -> None:
    first, second = ir.Module.parse(SUM), ir.Module.create()
    f = first.body.operations[0]
    constant = f.regions[0].blocks[0].operations[0]
    block = f.regions[0].blocks[0]
    second.body.append(f)
    assert constant.name == "arith.constant"
    del f, second
    gc.collect()
    with pytest.raises(ir.ObjectInvalid):
        constant.name
    with pytest.raises(ir.ObjectInvalid):
        block.operations[0]
    assert first.operation.verify()


def test_objects_outlive_their_context() -> None:
    with ir.Context() as context:
        type_ = ir.Type.parse("tuple<i32>")
        module = ir.Module.parse(SUM)
    operation = module.body.operations[0]
    del context, module
    gc.collect()
    assert str(type_) == "tuple<i32>" and type_.context
    assert "arith.addi" in str(operation)


def test_many_live_objects(ctx: ir.Context) -> None:
    body = "".join(f"  %c{i} = arith.constant {i} : i32\n" for i in range(2000))
    module = ir.Module.parse(f"func.func @f() {{\n{body}  return\n}}")
    f = module.body.operations[0]
    operations = list(f.regions[0].blocks[0])
    assert ctx._get_live_operation_count() == 2003
    for op in operations[:1000]:
        op.erase()
    passmanager.PassManager.parse("builtin.module(canonicalize)").run(module)
    for op in operations:
        with pytest.raises(ir.ObjectInvalid):
            op.name
    with pytest.raises(ir.ObjectInvalid):
        f.name
    assert ctx._get_live_operation_count() == 1
