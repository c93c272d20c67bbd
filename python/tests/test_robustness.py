# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Whatever is called with whatever raises, or works; it never crashes."""

from __future__ import annotations

import gc
import inspect
import itertools
import random
import warnings
from typing import Any, Callable, Dict, Iterator, List, Tuple

import pytest

from mlir_kcfi import _kcfi, ir, passmanager, report, rewrite

from conftest import BRANCH, SUM, TWICE

# These write to the standard error stream or wait for Python's own protocol.
LEFT_OUT = {"enable_ir_printing", "enable_timing", "register_operation_class"}
LEFT_OUT |= {"register_type_class", "register_attribute_class"}


def objects(ctx: ir.Context) -> List[Any]:
    """An object of each kind, some of which are dead."""
    module, other = ir.Module.parse(TWICE), ir.Module.parse(SUM)
    f, g = module.body.operations[1], other.body.operations[0]
    block = f.regions[0].blocks[0]
    call = block.operations[0]
    branch = ir.Module.parse(BRANCH)
    with ir.Context():
        foreign = ir.Module.parse(SUM)
        foreign_type: Any = ir.Type.parse("i32")
    dead = other.body.operations[0].clone(ip=False)
    dead_block = dead.regions[0].blocks[0]
    dead_values = [dead_block.arguments[0], dead_block.operations[0].results[0]]
    dead_lists = [dead.regions, dead.attributes, dead_block.operations]
    dead_lists += [dead_block.operations[0].results, dead.regions[0]]
    dead.erase()
    frozen = rewrite.RewritePatternSet().freeze()
    return [
        ctx, module, f, f.operation, block, call, call.operands, call.results,
        call.results[0], block.arguments, block.arguments[0], f.regions, f.regions[0],
        f.regions[0].blocks, block.operations, f.attributes, f.attributes[0], g,
        call.successors, branch.body.operations[0].regions[0].blocks[0].terminator,
        ir.SymbolTable(module), ir.InsertionPoint(block), ir.InsertionPoint(call),
        ir.Location.unknown(), ir.Location.file("f", 1, 2), foreign, foreign_type,
        passmanager.PassManager("builtin.module"), rewrite.RewritePatternSet(), frozen,
        rewrite.GreedyRewriteConfig(), report.program(module), dead, dead_block,
        *dead_values, *dead_lists, ctx.attach_diagnostic_handler(lambda each: True),
        *map(ir.Attribute.parse, ("1 : i32", "true", '"s"', "[1]", "{a = 1}", "unit",
             "@f", "@f::@g", "i32", "1.0 : f32", "array<i32: 1, 2>",
             "dense<1> : vector<2xi32>", "#kcfi.type_id<5>")),
        *map(ir.Type.parse, ("i32", "index", "f32", "(i32) -> i32", "vector<2xi32>",
             "tuple<i32>", "complex<f32>", "tensor<*xf32>", "!llvm.ptr", "none",
             "!llvm.struct<(i32)>", "!kcfi.fn<(c.int) -> c.int>", "!kcfi.c.int")),
    ]  # fmt: skip


JUNK: List[Any] = [
    None, 0, -1, 2**70, 1.5, "", "x", "builtin.module(canonicalize)", b"\xff", "a\0b",
    [], [None], {}, {"a": 1}, object(), int, len, lambda *arguments: None, slice(0, 1),
]  # fmt: skip


def callables(pool: List[Any]) -> Iterator[Tuple[str, Callable[..., Any]]]:
    """All methods of the objects, functions, constructors, properties."""
    for name, value in vars(_kcfi).items():
        if not name.startswith("_") and name not in LEFT_OUT and callable(value):
            yield name, value
            if inspect.isclass(value):
                for member in vars(value):
                    if member != "current" and member[0] != "_" and member not in LEFT_OUT:
                        static = getattr(value, member)
                        if callable(static):
                            yield f"{name}.{member}", static
    for item in pool:
        for member in dir(item):
            if member in LEFT_OUT or member == "current":
                continue
            if member.startswith("__") and member not in (
                "__len__", "__getitem__", "__setitem__", "__delitem__", "__iter__",
                "__contains__", "__eq__", "__hash__", "__str__", "__repr__", "__init__",
            ):  # fmt: skip
                continue

            def access(*arguments: Any, item: Any = item, member: str = member) -> Any:
                value = getattr(item, member)
                return value(*arguments) if callable(value) else value

            yield f"{type(item).__name__}.{member}", access


@pytest.mark.parametrize("seed", range(4))
def test_anything(ctx: ir.Context, seed: int) -> None:
    chance = random.Random(seed)
    calls: Dict[str, int] = {}
    pool = objects(ctx)
    for name, function in list(callables(pool)):
        choices = pool + JUNK
        attempts: List[Tuple[Any, ...]] = [()]
        attempts += [(chance.choice(choices),) for _ in range(8)]
        attempts += [
            tuple(chance.choice(choices) for _ in range(count))
            for count in itertools.chain([2] * 6, [3] * 4)
        ]
        for arguments in attempts:
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    function(*arguments)
            except Exception as error:
                # What nanobind and the package raise, all of it ordinary.
                assert not isinstance(error, SystemError), (name, error)
            calls[name] = calls.get(name, 0) + 1
    assert len(calls) > 300
    # The survivors are still whole.
    for item in pool:
        try:
            str(item)
        except (RuntimeError, ir.MLIRError):
            continue
    del pool
    gc.collect()
