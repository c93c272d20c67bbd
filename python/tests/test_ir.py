# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Contexts, modules, operations, regions, blocks, values, symbols."""

from __future__ import annotations

import gc
import pathlib
import threading
from typing import List

import pytest

from mlir_kcfi import ir
from mlir_kcfi.dialects import arith, cf, func, llvm


def function(module: ir.Module) -> func.FuncOp:
    op = module.body.operations[0]
    assert isinstance(op, func.FuncOp)
    return op


# --- Contexts ----------------------------------------------------------------


def test_context() -> None:
    with pytest.raises(ValueError, match="no current context"):
        ir.Context.current
    with ir.Context() as outer:
        assert ir.Context.current is outer
        with ir.Context() as inner:
            assert ir.Context.current is inner
        assert ir.Context.current is outer
    with pytest.raises(RuntimeError, match="there is no context"):
        ir.Type.parse("i32")
    with pytest.raises(RuntimeError, match="another order"):
        outer.__exit__(None, None, None)
    assert outer.is_registered_operation("kcfi.call")
    assert not outer.is_registered_operation("kcfi.nothing")
    outer.load_all_available_dialects()
    assert ir.Context is not None and outer._get_live_operation_count() == 0


def test_unregistered_dialects(ctx: ir.Context) -> None:
    assert not ctx.allow_unregistered_dialects
    with pytest.raises(ir.MLIRError, match="allow_unregistered|unregistered"):
        ir.Module.parse('"foo.bar"() : () -> ()')
    with pytest.raises(ValueError, match="unknown operation 'foo.bar'"):
        ir.Operation.create("foo.bar")
    ctx.allow_unregistered_dialects = True
    assert ir.Operation.create("foo.bar").name == "foo.bar"


def test_threads_have_their_own_context(ctx: ir.Context) -> None:
    seen: List[BaseException] = []

    def work() -> None:
        try:
            ir.Context.current
        except ValueError as error:
            seen.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert len(seen) == 1 and ir.Context.current is ctx


def test_contexts_do_not_mix(ctx: ir.Context, summing: ir.Module) -> None:
    other = ir.Context()
    with other:
        foreign = ir.IntegerType.get_signless(32)
        unit = ir.UnitAttr.get()
        location = ir.Location.unknown()
        module = ir.Module.parse("module {}")
    f = function(summing)
    with pytest.raises(ValueError, match="another context"):
        f.attributes["x"] = unit
    with pytest.raises(ValueError, match="another context"):
        f.location = location
    with pytest.raises(ValueError, match="another context"):
        ir.FunctionType.get([foreign, ir.IndexType.get()], [])
    with pytest.raises(ValueError, match="another context"):
        f.entry_block.add_argument(foreign, ir.Location.unknown())
    with pytest.raises(ValueError, match="another context"):
        ir.Operation.create("builtin.module", results=[foreign])
    with pytest.raises(ValueError, match="another context"):
        summing.body.append(module.operation)
    with pytest.raises(ValueError, match="another context"):
        ir.ArrayAttr.get([unit, ir.UnitAttr.get()])


def test_location(ctx: ir.Context) -> None:
    file = ir.Location.file("a.c", 3, 7)
    assert str(file) == 'loc("a.c":3:7)' and file.context is ctx
    assert (file.filename, file.start_line, file.start_col) == ("a.c", 3, 7)
    unknown = ir.Location.unknown()
    assert unknown.filename is None
    assert unknown.start_line is None and unknown.start_col is None
    named = ir.Location.name("n", childLoc=file)
    assert str(named) == 'loc("n"("a.c":3:7))'
    assert "callsite" in str(ir.Location.callsite(file, [named, unknown]))
    assert "fused" in str(ir.Location.fused([file, named]))
    assert file == ir.Location.file("a.c", 3, 7) and file != named
    assert hash(file) == hash(ir.Location.file("a.c", 3, 7))
    with file:
        assert ir.Location.current == file
        assert ir.Module.create().operation.location == file
    with pytest.raises(ValueError, match="at least one caller"):
        ir.Location.callsite(file, [])
    with ir.Context():
        with pytest.raises(ValueError, match="no current location"):
            ir.Location.current


# --- Diagnostics -------------------------------------------------------------


def test_errors_have_locations(ctx: ir.Context) -> None:
    with pytest.raises(ir.MLIRError) as caught:
        ir.Module.parse("func.func @f() {\n  oops\n}")
    error = caught.value
    assert error.message == "Unable to parse module assembly"
    (diagnostic,) = error.error_diagnostics
    assert diagnostic.severity == ir.DiagnosticSeverity.ERROR
    assert diagnostic.location.start_line == 2
    assert diagnostic.message in str(error) and str(diagnostic)
    assert diagnostic.notes == []


def test_notes(ctx: ir.Context) -> None:
    with pytest.raises(ir.MLIRError) as caught:
        ir.Module.parse("func.func @f() { return }\nfunc.func @f() { return }")
    assert caught.value.error_diagnostics[0].notes
    assert "note" in str(caught.value)


def test_errors_do_not_print_operations(ctx: ir.Context) -> None:
    """Debug info, written out in place, makes that gigabytes in real modules."""
    with pytest.raises(ir.MLIRError) as caught:
        ir.Module.parse("func.func @f() attributes {kcfi.encoding} { return }")
    (diagnostic,) = caught.value.error_diagnostics
    assert diagnostic.notes == []
    assert "current operation" not in str(caught.value)


def test_diagnostic_handler(ctx: ir.Context) -> None:
    seen: List[ir.Diagnostic] = []

    def handle(diagnostic: ir.Diagnostic) -> bool:
        seen.append(diagnostic)
        return True

    with ctx.attach_diagnostic_handler(handle) as handler:
        assert isinstance(handler, ir.DiagnosticHandler)
        assert handler.attached and not handler.had_error
        ir.Location.file("a.c", 1, 2).emit_error("bad")
        assert handler.had_error
    assert not handler.attached
    handler.detach()
    assert [str(each) for each in seen] == ["bad"]
    assert seen[0].location.filename == "a.c"


def test_handlers_cannot_look_at_operations(summing: ir.Module) -> None:
    caught: List[BaseException] = []

    def handle(diagnostic: ir.Diagnostic) -> bool:
        try:
            summing.body.operations[0].erase()
        except RuntimeError as error:
            caught.append(error)
        return True

    with summing.context.attach_diagnostic_handler(handle):
        ir.Location.unknown().emit_error("bad")
    assert "cannot look at operations" in str(caught[0])
    assert len(summing.body.operations) == 1


# --- Modules -----------------------------------------------------------------


def test_module(ctx: ir.Context, tmp_path: pathlib.Path) -> None:
    module = ir.Module.create()
    assert module.context is ctx and len(module.body.operations) == 0
    assert module.operation.name == "builtin.module"
    assert module == module and hash(module) == hash(module.operation)
    assert module != 1
    path = tmp_path / "m.mlir"
    path.write_text("module @file {}")
    assert "@file" in str(ir.Module.parseFile(str(path)))
    with pytest.raises(ir.MLIRError):
        ir.Module.parseFile(str(tmp_path / "absent.mlir"))
    with pytest.raises(TypeError):
        ir.Module.parse(17)  # type: ignore[arg-type]


def test_bytecode(summing: ir.Module) -> None:
    data = summing.operation.write_bytecode()
    assert data.startswith(b"ML\xefR")
    assert str(ir.Module.parse(data)) == str(summing)
    add = function(summing).entry_block.operations[1]
    with pytest.raises(ValueError, match="values or blocks of others"):
        add.write_bytecode()
    with pytest.raises(ir.MLIRError):
        ir.Module.parse(data[:40])


def test_deep_nesting_is_no_crash(ctx: ir.Context) -> None:
    with pytest.raises(ValueError, match="nests too deeply"):
        ir.Type.parse("tuple<" * 100000)
    with pytest.raises(ValueError, match="nests too deeply"):
        ir.Attribute.parse("[" * 100000)
    with pytest.raises(ValueError, match="nests too deeply"):
        ir.Module.parse("module {" * 100000)


def test_get_asm(summing: ir.Module) -> None:
    f = function(summing)
    assert "loc(" in f.get_asm(enable_debug_info=True)
    assert "loc(" not in f.get_asm(enable_debug_info=True, pretty_debug_info=True)
    assert '"func.func"' in f.get_asm(print_generic_op_form=True)
    assert "arith" not in f.get_asm(skip_regions=True, use_local_scope=True)
    text = '"a" = dense<[1, 2, 3]> : vector<3xi32>'
    f.attributes["x"] = ir.Attribute.parse(text[6:])
    assert "__elided__" in f.get_asm(large_elements_limit=2)


def test_verify(summing: ir.Module) -> None:
    assert summing.operation.verify()
    f = function(summing)
    f.entry_block.terminator.erase()  # type: ignore[union-attr]
    with pytest.raises(ir.MLIRError, match="Verification failed"):
        f.verify()
    # What is not valid is printed in generic form.
    assert '"func.func"' in str(f)


# --- Operations --------------------------------------------------------------


def test_operation_properties(summing: ir.Module) -> None:
    f = function(summing)
    add = f.entry_block.operations[1]
    assert isinstance(add, arith.AddIOp) and add.name == "arith.addi"
    assert add.operation.opview == add and add == add.operation
    assert add.result == add.results[0]
    assert add.parent == f and add.block == f.entry_block and add.attached
    assert summing.operation.parent is None and summing.operation.block is None
    assert len(add.operands) == 2 and len(add.regions) == 0
    assert len(add.successors) == 0
    with pytest.raises(ValueError, match="one result"):
        f.result
    assert add != add.operands[0] and len({add, add.operation}) == 1


def test_create(ctx: ir.Context) -> None:
    i32 = ir.IntegerType.get_signless(32)
    one = ir.IntegerAttr.get(i32, 1)
    c = ir.Operation.create("arith.constant", [i32], attributes={"value": one})
    assert not c.attached and str(c).strip().endswith("arith.constant 1 : i32")
    d = ir.Operation.create("arith.addi", operands=[c, c.result], infer_type=True)
    assert d.results.types == [i32]
    with pytest.raises(ir.MLIRError, match="infer"):
        ir.Operation.create("arith.addi", infer_type=True)
    with pytest.raises(TypeError, match="is no Attribute"):
        ir.Operation.create("arith.constant", attributes={"value": 1})  # type: ignore[dict-item]
    with pytest.raises(TypeError, match="a Value"):
        ir.Operation.create("arith.addi", operands=[1])  # type: ignore[list-item]
    with pytest.raises(TypeError, match="by their types"):
        ir.Operation.create("arith.constant", results=[1])  # type: ignore[list-item]
    with pytest.raises(TypeError, match="successors are blocks"):
        ir.Operation.create("cf.br", successors=[1])  # type: ignore[list-item]
    with pytest.raises(TypeError, match="loc must be"):
        ir.Operation.create("arith.constant", loc=3)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="ip must be"):
        ir.Operation.create("arith.addi", operands=[c, c], ip=3)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="has a name"):
        ir.Operation.create("")
    del c
    gc.collect()


def test_operation_parse(ctx: ir.Context) -> None:
    f = ir.Operation.parse(
        "func.func @f() { return }", source_name="text.mlir", context=ctx
    )
    assert isinstance(f, func.FuncOp) and f.location.filename == "text.mlir"
    assert ir.Operation.parse(f.write_bytecode()) != f
    with pytest.raises(ir.MLIRError, match="Unable to parse operation"):
        ir.Operation.parse("func.func @f")


def test_attributes_of_operations(twice: ir.Module) -> None:
    f = function(twice)
    attributes = f.attributes
    assert "sym_name" in attributes and "absent" not in attributes
    assert str(attributes["sym_name"]) == '"twice"'
    assert attributes[0].name in attributes.keys()
    assert len(attributes) == len(attributes.keys()) == len(list(attributes))
    assert ("sym_name", attributes["sym_name"]) in attributes.items()
    assert attributes["sym_name"] in attributes.values()
    attributes["mine"] = ir.UnitAttr.get()
    assert attributes.get("mine") == ir.UnitAttr.get()
    del attributes["mine"]
    assert attributes.get("mine") is None
    assert attributes.get("mine", ir.UnitAttr.get()) is not None
    for bad in ("absent", ""):
        with pytest.raises(KeyError):
            attributes[bad]
        with pytest.raises(KeyError):
            del attributes[bad]
    with pytest.raises(IndexError):
        attributes[99]
    with pytest.raises(ValueError, match="cannot have this value"):
        attributes["sym_name"] = ir.UnitAttr.get()
    assert str(attributes["sym_name"]) == '"twice"'
    with pytest.raises(TypeError):
        attributes["x"] = 1  # type: ignore[assignment]
    with pytest.raises(ValueError, match="cannot have this value"):
        ir.Operation.create("func.func", attributes={"sym_name": ir.UnitAttr.get()}, regions=1)


def test_erase(summing: ir.Module) -> None:
    f = function(summing)
    constant, add, *_ = f.entry_block.operations
    with pytest.raises(RuntimeError, match="has uses"):
        constant.erase()
    assert constant.verify()
    f.erase()
    for dead in (f, constant, add):
        with pytest.raises(ir.ObjectInvalid, match="erased"):
            dead.name
        with pytest.raises(ir.ObjectInvalid):
            str(dead)
        with pytest.raises(ir.ObjectInvalid):
            dead.erase()
    assert len(summing.body.operations) == 0


def test_detach_and_insert(ctx: ir.Context, summing: ir.Module) -> None:
    f = function(summing)
    detached = f.detach_from_parent()
    assert detached == f and not f.attached and len(summing.body.operations) == 0
    with pytest.raises(ValueError, match="no parent"):
        f.detach_from_parent()
    other = ir.Module.create()
    ir.InsertionPoint(other.body).insert(f)
    assert f.attached and f.parent == other
    with pytest.raises(ValueError, match="attached already"):
        ir.InsertionPoint(other.body).insert(f)
    summing.body.append(f)
    assert f.parent == summing
    with pytest.raises(ValueError, match="into itself"):
        summing.operation.regions[0].blocks[0].append(summing.operation)


def test_move(summing: ir.Module) -> None:
    f = function(summing)
    constant, add, second, ret = f.entry_block.operations
    second.move_before(add)
    assert [op.name for op in f.entry_block][1:3] == ["arith.addi"] * 2
    assert f.entry_block.operations[1] == second
    second.move_after(add)
    assert f.entry_block.operations[2] == second
    with pytest.raises(ValueError, match="next to itself"):
        add.move_before(add)
    with pytest.raises(ValueError, match="in blocks"):
        add.move_after(summing.operation)
    with pytest.raises(ValueError, match="into itself"):
        f.move_before(add)


def test_clone(summing: ir.Module, branching: ir.Module) -> None:
    f = function(summing)
    copy = f.clone()
    assert not copy.attached and str(copy).strip() == str(f).strip()
    with ir.InsertionPoint(summing.body):
        assert f.clone().attached
        assert not f.clone(ip=False).attached
    branch = function(branching).entry_block.terminator
    assert branch is not None
    with pytest.raises(ValueError, match="successors"):
        branch.clone()
    with pytest.raises(ValueError, match="successors"):
        branch.clone(ip=ir.InsertionPoint(summing.body))


def test_successors_stay_in_their_region(branching: ir.Module, summing: ir.Module) -> None:
    f = function(branching)
    branch = f.entry_block.terminator
    assert isinstance(branch, cf.BranchOp)
    assert list(branch.successors) == [f.regions[0].blocks[1]]
    with pytest.raises(ValueError, match="must stay"):
        branch.detach_from_parent()
    with pytest.raises(ValueError, match="must stay"):
        branch.move_before(function(summing).entry_block.operations[0])
    target = f.regions[0].blocks[1]
    with pytest.raises(ValueError, match="needs an insertion point"):
        ir.Operation.create("cf.br", operands=branch.operands, successors=[target])
    with pytest.raises(ValueError, match="in another region"):
        with ir.InsertionPoint(function(summing).entry_block):
            cf.BranchOp([], target)


def test_walk(summing: ir.Module) -> None:
    names: List[str] = []
    summing.operation.walk(lambda op: names.append(op.name))
    assert names[-1] == "builtin.module" and names[0] == "arith.constant"

    def skip(op: ir.Operation) -> ir.WalkResult:
        names.append(op.name)
        if op.name == "func.func":
            return ir.WalkResult.SKIP
        return ir.WalkResult.ADVANCE

    names.clear()
    summing.operation.walk(skip, ir.WalkOrder.PRE_ORDER)
    assert names == ["builtin.module", "func.func"]
    names.clear()

    def stop(op: ir.Operation) -> ir.WalkResult:
        names.append(op.name)
        return ir.WalkResult.INTERRUPT

    summing.operation.walk(stop)
    assert len(names) == 1
    with pytest.raises(ValueError, match="PRE_ORDER"):
        summing.operation.walk(lambda op: ir.WalkResult.SKIP, ir.WalkOrder.POST_ORDER)
    with pytest.raises(TypeError, match="WalkResult"):
        summing.operation.walk(lambda op: 3)  # type: ignore[arg-type, return-value]

    def fail(op: ir.Operation) -> None:
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        summing.operation.walk(fail)


def test_walk_may_erase(summing: ir.Module) -> None:
    seen: List[str] = []

    def erase(op: ir.Operation) -> None:
        seen.append(op.name)
        if op.name == "func.func":
            op.erase()

    summing.operation.walk(erase, ir.WalkOrder.PRE_ORDER)
    assert seen == ["builtin.module", "func.func"]


# --- Lists, regions, blocks --------------------------------------------------


def test_lists(summing: ir.Module) -> None:
    f = function(summing)
    operations = f.entry_block.operations
    assert operations[-1].name == "func.return"
    assert [op.name for op in operations[:2]] == ["arith.constant", "arith.addi"]
    for bad in (4, -5):
        with pytest.raises(IndexError):
            operations[bad]
    with pytest.raises(IndexError):
        f.regions[1]
    assert isinstance(f.regions, ir.RegionSequence)
    assert isinstance(f.entry_block.arguments, ir.BlockArgumentList)
    assert isinstance(operations, ir.OperationList)
    assert isinstance(f.regions[0].blocks, ir.BlockList)
    assert isinstance(operations[1].operands, ir.OpOperandList)
    assert isinstance(operations[1].results, ir.OpResultList)
    assert isinstance(operations[1].successors, ir.OpSuccessors)
    assert isinstance(f.attributes, ir.OpAttributeMap)


def test_erasing_in_a_loop(summing: ir.Module) -> None:
    for op in reversed(list(function(summing).entry_block)):
        op.erase()
    assert len(function(summing).entry_block.operations) == 0


def test_region(branching: ir.Module) -> None:
    f = function(branching)
    region = f.regions[0]
    assert isinstance(region, ir.Region) and region.owner == f
    assert region == f.regions[0] and region != 1
    assert hash(region) == hash(f.regions[0])
    assert list(region) == list(region.blocks)
    f.erase()
    with pytest.raises(ir.ObjectInvalid):
        region.blocks[0]


def test_block(ctx: ir.Context, branching: ir.Module) -> None:
    f = function(branching)
    i32 = ir.IntegerType.get_signless(32)
    block = f.regions[0].blocks.append(i32, i32)
    assert block.arguments.types == [i32, i32] and block.owner == f
    assert block.terminator is None and "^bb" in str(block)
    argument = block.add_argument(i32, ir.Location.unknown())
    assert argument.arg_number == 2 and argument.owner == block
    block.erase_argument(2)
    with pytest.raises(ir.ObjectInvalid, match="argument"):
        argument.type
    with pytest.raises(IndexError):
        block.erase_argument(2)
    with pytest.raises(RuntimeError, match="has uses"):
        f.regions[0].blocks[1].erase_argument(0)
    first = ir.Block.create_at_start(f.regions[0], [i32])
    assert f.entry_block == first and first != block and hash(first)
    with pytest.raises(TypeError, match="by types"):
        f.regions[0].blocks.append(1)  # type: ignore[arg-type]
    f.erase()
    for dead in (first, block):
        with pytest.raises(ir.ObjectInvalid):
            dead.operations[0]


def test_insertion_points(summing: ir.Module) -> None:
    f = function(summing)
    with pytest.raises(ValueError, match="no current insertion point"):
        ir.InsertionPoint.current
    i32 = ir.IntegerType.get_signless(32)
    second = f.entry_block.operations[1]
    with ir.InsertionPoint(second) as point:
        assert ir.InsertionPoint.current.block == f.entry_block
        assert point.ref_operation == second
        arith.constant(i32, 2)
    with ir.InsertionPoint.at_block_begin(f.entry_block):
        arith.constant(i32, 3)
    with ir.InsertionPoint.at_block_terminator(f.entry_block):
        arith.constant(i32, 4)
    with ir.InsertionPoint.after(second):
        arith.constant(i32, 5)
    values = [str(op.value) for op in f.entry_block if isinstance(op, arith.ConstantOp)]
    assert values == ["3 : i32", "1 : i32", "2 : i32", "5 : i32", "4 : i32"]
    assert ir.InsertionPoint(f.entry_block).ref_operation is None
    with pytest.raises(ValueError, match="in no block"):
        ir.InsertionPoint(summing.operation)
    with pytest.raises(ValueError, match="in no block"):
        ir.InsertionPoint.after(summing.operation)
    with pytest.raises(ValueError, match="no terminator"):
        ir.InsertionPoint.at_block_terminator(summing.body)
    with pytest.raises(TypeError):
        ir.InsertionPoint(1)  # type: ignore[arg-type]
    dead = ir.InsertionPoint(second)
    f.erase()
    with dead:
        with pytest.raises(ir.ObjectInvalid):
            arith.constant(i32, 6)


# --- Values ------------------------------------------------------------------


def test_values(summing: ir.Module) -> None:
    f = function(summing)
    constant, first, second, _ = f.entry_block.operations
    value = constant.results[0]
    assert isinstance(value, ir.OpResult) and value.owner == constant
    assert value.result_number == 0 and value.get_name() == "%c1_i32"
    assert value.context is summing.context and "arith.constant" in str(value)
    assert sorted(number for _, number in value.uses) == [1, 1]
    assert value == first.operands[1] and hash(value) == hash(first.operands[1])
    argument = first.operands[0]
    assert isinstance(argument, ir.BlockArgument) and argument.arg_number == 0
    assert isinstance(argument.owner, ir.Block) and argument != value
    second.operands[1] = f.arguments[0]
    assert len(value.uses) == 1
    value.replace_all_uses_with(value)
    value.replace_all_uses_with(f.arguments[0])
    assert value.uses == []
    with pytest.raises(IndexError):
        second.operands[2] = value
    with pytest.raises(TypeError):
        second.operands[0] = 1  # type: ignore[assignment]
    i64 = ir.IntegerType.get_signless(64)
    value.set_type(i64)
    assert value.type == i64
    constant.erase()
    with pytest.raises(ir.ObjectInvalid):
        value.type
    assert ir.Value is not None


def test_uses_beyond_a_tree_are_no_crash(ctx: ir.Context) -> None:
    i32 = ir.IntegerType.get_signless(32)
    a, b = ir.Module.parse("module {}"), ir.Module.parse("module {}")
    with ir.InsertionPoint(a.body):
        value = arith.constant(i32, 1)
    with ir.InsertionPoint(b.body):
        user = arith.AddIOp(value, value)
    with pytest.raises(RuntimeError, match="has uses"):
        value.owner.erase()
    del a, value
    gc.collect()
    assert "arith.addi" in str(user)
    assert user.operands[0].owner.name == "arith.constant"  # type: ignore[union-attr]


# --- Symbols -----------------------------------------------------------------


def test_symbol_table(twice: ir.Module) -> None:
    table = ir.SymbolTable(twice.operation)
    assert "twice" in table and "absent" not in table
    assert isinstance(table["twice"], func.FuncOp)
    with pytest.raises(KeyError):
        table["absent"]
    copy = table["twice"].clone(ip=False)
    name = ir.StringAttr(table.insert(copy)).value
    assert name != "twice" and name in table
    table.erase(copy)
    assert name not in table
    ir.SymbolTable.replace_all_symbol_uses("twice", "thrice", twice.operation)
    with pytest.raises(ValueError, match="no symbol table"):
        ir.SymbolTable(table["twice"])
    with pytest.raises(ValueError, match="no symbol name"):
        table.insert(ir.Module.create().operation)


# --- Classes of operations ---------------------------------------------------


def test_func(ctx: ir.Context) -> None:
    i32 = ir.IntegerType.get_signless(32)
    module = ir.Module.create()
    with ir.InsertionPoint(module.body):
        f = func.FuncOp("f", ([i32], [i32]), visibility="private")
    assert f.symbol_name == "f" and f.visibility == "private" and f.is_external
    assert f.type == ir.FunctionType.get([i32], [i32])
    with pytest.raises(RuntimeError, match="no body"):
        f.entry_block
    with ir.InsertionPoint(f.add_entry_block()):
        func.ReturnOp([f.arguments[0]])
    with pytest.raises(RuntimeError, match="a body already"):
        f.add_entry_block()
    assert module.operation.verify()


def test_constants(ctx: ir.Context) -> None:
    with ir.InsertionPoint(ir.Module.create().body):
        assert "1.500000e+00" in str(arith.constant(ir.F32Type.get(), 1.5).owner)
        i32 = ir.IntegerType.get_signless(32)
        assert arith.constant(i32, ir.IntegerAttr.get(i32, 3)).type == i32


def test_cf_and_llvm(branching: ir.Module) -> None:
    f = function(branching)
    pointer = llvm.PointerType.get()
    assert pointer.address_space == 0 and llvm.PointerType.isinstance(pointer)
    with ir.InsertionPoint(f.entry_block.operations[0]):
        one = arith.constant(ir.IntegerType.get_signless(1), 1)
        i32 = ir.IntegerType.get_signless(32)
        slot = llvm.AllocaOp(pointer, arith.constant(i32, 1), i32, alignment=8)
    assert "alignment = 8" in str(slot) and slot.verify()
    branch = f.entry_block.terminator
    assert branch is not None
    with ir.InsertionPoint(branch):
        target = f.regions[0].blocks[1]
        switch = cf.CondBranchOp(one, [f.arguments[0]], [f.arguments[0]], target, target)
    branch.erase()
    assert list(switch.trueDestOperands) == [f.arguments[0]]
    with pytest.raises(ValueError, match="number of regions"):
        ir.OpView("func.func", (1, True), regions=2)


def test_unfinished_class(ctx: ir.Context) -> None:
    class Lazy(ir.OpView):
        OPERATION_NAME = "arith.nothing"

        def __init__(self) -> None:
            pass

    with pytest.raises((TypeError, RuntimeError)):
        Lazy().name


def test_dialect_and_builders(ctx: ir.Context) -> None:
    assert issubclass(ir.Dialect, object)

    @ir.register_attribute_builder("TestOnlyAttr")
    def build(value: int, context: ir.Context) -> ir.Attribute:
        return ir.StringAttr.get(str(value), context)

    assert ir.AttrBuilder.contains("TestOnlyAttr")
    assert str(ir.AttrBuilder.get("TestOnlyAttr")(3, context=ctx)) == '"3"'
    with pytest.raises(RuntimeError, match="already"):
        ir.AttrBuilder.insert("TestOnlyAttr", build)
    ir.AttrBuilder.insert("TestOnlyAttr", build, replace=True)
    with pytest.raises(KeyError):
        ir.AttrBuilder.get("AbsentAttr")
