# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The dialect: types, attributes, builders; ids, reports, translation."""

from __future__ import annotations

import inspect
import json
import pathlib
import re
from typing import Any, Dict, Iterator, List, Tuple, Type

import pytest

import mlir_kcfi
from mlir_kcfi import _kcfi, encoding, ir, passmanager, report, translate
from mlir_kcfi.dialects import kcfi

from conftest import SOURCE, TWICE

INT_FN = "!kcfi.fn<(c.int) -> c.int>"

# --- Types and attributes ----------------------------------------------------


def kind_classes() -> List[Tuple[str, Type[Any]]]:
    classes: List[Any] = [cls for cls in vars(kcfi).values() if inspect.isclass(cls)]
    return [(cls.KIND, cls) for cls in classes if getattr(cls, "KIND", "")]


def test_every_kind_has_a_class_with_its_parameters() -> None:
    """The classes come from ODS, the C API is another reader of it."""
    classes = kind_classes()
    types = {kind for kind, cls in classes if issubclass(cls, ir.Type)}
    attributes = {kind for kind, cls in classes if issubclass(cls, ir.Attribute)}
    assert types == {name for name, _ in _kcfi.get_type_kinds()}
    assert attributes == {name for name, _ in _kcfi.get_attribute_kinds()}
    for kind, cls in classes:
        known = (
            _kcfi.get_type_parameters(kind)
            if issubclass(cls, ir.Type)
            else _kcfi.get_attribute_parameters(kind)
        )
        given = {name.replace("_", "") for name in inspect.signature(cls.get).parameters}
        given -= {"loc", "context"}
        assert given == {name.lower() for name, _ in known}, kind
        assert "kcfi." in (cls.__doc__ or "")


def example_modules() -> Iterator[ir.Module]:
    """The modules of the dialect's own tests that are valid, and an import."""
    carried = SOURCE / "test" / "Target" / "LLVMIR" / "import-carry.ll"
    yield mlir_kcfi.import_llvm_ir_file(carried)
    for directory in ("IR", "Transforms"):
        for path in sorted((SOURCE / "test" / directory).glob("*.mlir")):
            text = path.read_text(encoding="utf-8")
            for part in re.split(r"^// -----.*$", text, flags=re.M):
                try:
                    yield ir.Module.parse(part)
                except (ir.MLIRError, ValueError):
                    # A test of errors.
                    continue


def collect_nested(value: Any, found: List[Any]) -> None:
    """An object and all that its parameters hold."""
    if isinstance(value, (list, tuple)):
        for each in value:
            collect_nested(each, found)
    elif isinstance(value, ir.TypeAttr):
        collect_nested(value.value, found)
    elif isinstance(value, ir.DictAttr):
        collect_nested([each.attr for each in value], found)
    elif isinstance(value, ir.ArrayAttr):
        collect_nested(list(value), found)
    elif getattr(value, "KIND", ""):
        found.append(value)
        for name in inspect.signature(type(value).get).parameters:
            if name not in ("loc", "context"):
                collect_nested(getattr(value, name), found)


def test_every_object_can_be_taken_apart_and_made_again(ctx: ir.Context) -> None:
    """get() with the values of all accessors gives the same object."""
    found: List[Any] = []
    for module in example_modules():
        operations: List[ir.Operation] = []
        module.operation.walk(operations.append)
        for op in operations:
            collect_nested(op.attributes.values(), found)
            collect_nested(op.results.types + op.operands.types, found)
    assert len(found) > 500
    for value in set(found):
        cls = type(value)
        parameters = {
            name: getattr(value, name)
            for name in inspect.signature(cls.get).parameters
            if name not in ("loc", "context")
        }
        assert cls.get(**parameters) == value, str(value)
        assert cls.isinstance(value) and cls(value) == value
    seen = {type(value).__name__ for value in found}
    missing = {cls.__name__ for _, cls in kind_classes()} - seen
    assert not missing


def test_errors_of_kinds(ctx: ir.Context) -> None:
    i = kcfi.CBuiltinType.get("int")
    with pytest.raises(ir.MLIRError, match="Invalid 'kcfi.c.builtin'|keyword"):
        kcfi.CBuiltinType.get("float17")
    with pytest.raises(ir.MLIRError, match="Invalid"):
        kcfi.PtrType.get(ir.IndexType.get())
    with pytest.raises(ir.MLIRError, match="Invalid"):
        kcfi.RawType.get(0)
    with pytest.raises(TypeError):
        kcfi.FnType.get([object()], i)  # type: ignore[list-item]
    with pytest.raises(ValueError, match="cannot cast type to FnType"):
        kcfi.FnType(i)
    with pytest.raises(ValueError, match="cannot cast attribute"):
        kcfi.TypeIdAttr(ir.UnitAttr.get())
    with pytest.raises(ValueError, match="another context"):
        kcfi.FnType.get([i], i, context=ir.Context())
    with pytest.raises(ValueError, match="no kind"):
        _kcfi.make_type("Absent", [])
    assert _kcfi.is_type_kind(i, "CBuiltin") and not _kcfi.is_type_kind(i, "Fn")
    unit = kcfi.TypeIdAttr.get(5, string="s")
    assert _kcfi.is_attribute_kind(unit, "TypeId") and unit.value == 5
    assert _kcfi.get_type_parameter(i, "absent") is None
    assert _kcfi.get_attribute_parameter(unit, "string") == ir.StringAttr.get("s")
    assert _kcfi.make_attribute("TypeId", [unit and ir.IntegerAttr.get(
        ir.IntegerType.get_signless(64), 5), ir.StringAttr.get("s")]) == unit
    assert i.readable == "int" and _kcfi.readable(ir.IndexType.get()) == ""
    with pytest.raises(ValueError, match="no kind"):
        _kcfi.register_type_class("Absent", kcfi.FnType)
    with pytest.raises(ValueError, match="no kind"):
        _kcfi.register_attribute_class("Absent", kcfi.TypeIdAttr)
    with pytest.raises(TypeError, match="derive from OpView"):
        _kcfi.register_operation_class("a.b", int)  # type: ignore[arg-type]


# --- Builders ----------------------------------------------------------------


def kcfi_operations() -> List[Type[ir.OpView]]:
    return [
        cls
        for cls in vars(kcfi).values()
        if inspect.isclass(cls) and issubclass(cls, ir.OpView) and cls is not ir.OpView
    ]


def rebuild(op: ir.OpView) -> ir.OpView:
    """The same operation by the constructor of its class."""
    cls: Any = type(op)
    arguments: Dict[str, Any] = {}
    successors = list(op.successors)
    for name in inspect.signature(cls.__init__).parameters:
        if name == "results_":
            arguments[name] = [result.type for result in op.results]
        elif name in ("normalDest", "unwindDest"):
            arguments[name] = successors.pop(0)
        elif name not in ("self", "loc", "ip"):
            value = getattr(op, name)
            if isinstance(value, ir.OpResult) and value in list(op.results):
                value = value.type
            arguments[name] = value
    return cls(**arguments, loc=op.location)  # type: ignore[no-any-return]


def test_builders_of_all_operations(ctx: ir.Context) -> None:
    built = set()
    for module in example_modules():
        operations: List[ir.Operation] = []
        module.operation.walk(operations.append)
        for operation in operations:
            op = operation.opview
            if not op.name.startswith("kcfi."):
                continue
            with ir.InsertionPoint(op):
                twin = rebuild(op)
            kept = {name: value for name, value in op.attributes.items()}
            for name, value in kept.items():
                if name not in twin.attributes:
                    # Only attributes that no argument stands for are missing.
                    assert not hasattr(type(op), name), name
                    twin.attributes[name] = value
            assert dict(twin.attributes.items()) == kept, op.name
            assert list(twin.operands) == list(op.operands)
            assert twin.results.types == op.results.types
            assert list(twin.successors) == list(op.successors)
            assert len(twin.regions) == len(op.regions)
            built.add(type(op).__name__)
            twin.erase()
    assert {cls.__name__ for cls in kcfi_operations()} <= built


def test_a_module_from_nothing(ctx: ir.Context) -> None:
    from mlir_kcfi.dialects import func

    i32 = ir.IntegerType.get_signless(32)
    c_int = kcfi.CBuiltinType.get("int")
    signature = kcfi.FnType.get([c_int], c_int)
    pointer = kcfi.FnPtrType.get(signature)
    module = ir.Module.create()
    module.operation.attributes["llvm.target_triple"] = ir.StringAttr.get(
        "x86_64-unknown-linux-gnu"
    )
    with ir.InsertionPoint(module.body):
        inc = func.FuncOp("inc", ([i32], [i32]), visibility="private")
        inc.attributes["kcfi.sig"] = ir.TypeAttr.get(signature)
        caller = func.FuncOp("call_inc", ([i32], [i32]))
    with ir.InsertionPoint(caller.add_entry_block()):
        callee = kcfi.address_of(pointer, "inc")
        call = kcfi.CallOp([i32], callee, [caller.arguments[0]], implicit_object=False)
        func.ReturnOp(call.results)
    passmanager.PassManager.parse("builtin.module(kcfi-lower-pipeline)").run(module)
    text = translate.export_llvm_ir(module)
    assert '[ "kcfi"(i32 329620) ]' in text


def test_builders_take_python_values(ctx: ir.Context) -> None:
    pointer = kcfi.FnPtrType.get(ir.Type.parse(INT_FN))
    with ir.InsertionPoint(ir.Module.create().body):
        f = kcfi.address_of(pointer, "f")
        cast = kcfi.cast(pointer, "reinterpret", f)
        call = kcfi.CallOp([], cast, [], type_id=7, CConv="fastcc", TailCallKind="tail")
        entry = kcfi.EntryOp("e", "f", ir.Type.parse(INT_FN), form="jump", alignment=32)
    assert "fast" in str(call.CConv) and call.type_id == kcfi.TypeIdAttr.get(7)
    assert isinstance(entry.form, ir.IntegerAttr) and entry.form.value == 1
    assert isinstance(entry.alignment, ir.IntegerAttr) and entry.alignment.value == 32
    with pytest.raises(ValueError, match="none of auto, jump"):
        kcfi.EntryOp("e", "f", ir.Type.parse(INT_FN), form="absent")
    with pytest.raises(ValueError, match="is no keyword"):
        kcfi.cast(pointer, "a b", f)
    with pytest.raises(ir.MLIRError):
        kcfi.cast(pointer, "absent", f)


# --- Ids ---------------------------------------------------------------------


def test_encode(ctx: ir.Context) -> None:
    assert mlir_kcfi.encode(INT_FN) == ("_ZTSFiiE", 0x00050794)
    signature = ir.Type.parse(INT_FN)
    options = encoding.encoding(hash="fnv1a", normalize_integers=True)
    string, number = encoding.encode(signature, options)
    assert string == "_ZTSFu3i32S_E.normalized"
    assert number == mlir_kcfi.hash_type_id_string(string, "fnv1a")
    assert encoding.encode(signature, str(options)) == (string, number)
    assert encoding.encode(signature, encoding.encoding(generalize_pointers=True))
    arm = encoding.encode(signature, target="aarch64-unknown-linux-gnu")
    assert arm[0] == "_ZTSFiiE" and encoding.DEFAULT_TARGET.startswith("x86_64")


def test_encode_without_a_context() -> None:
    assert mlir_kcfi.encode(INT_FN)[1] == 0x00050794


def test_encode_rust(ctx: ir.Context) -> None:
    known = ir.Attribute.parse(
        '#kcfi.rs.item<"app" "s1_" ["Handle"] transparent field rs.ptr<mut rs.u8>>'
    )
    mention = '!kcfi.rs.fn<(rs.adt<#kcfi.rs.item<"app" "s1_" ["Handle"]>>) -> rs.unit>'
    plain = mlir_kcfi.encode(mention)
    assert mlir_kcfi.encode(mention, definitions=[known]) != plain
    method = ir.Attribute.parse("#kcfi.rs.callable<item>")
    assert mlir_kcfi.encode(mention, callable=method) == plain


def test_encode_errors(ctx: ir.Context) -> None:
    signature = ir.Type.parse(INT_FN)
    with pytest.raises(ir.MLIRError):
        encoding.encode("!kcfi.c.int")
    with pytest.raises(ir.MLIRError):
        encoding.encode("!kcfi.fn<(ptr<tag<struct unnamed>>) -> c.void>")
    with pytest.raises(ir.MLIRError):
        encoding.encode(signature, target="nowhere")
    with pytest.raises(ir.MLIRError):
        encoding.encode("oops")
    with pytest.raises(TypeError, match="kcfi.encoding"):
        encoding.encode(signature, ir.UnitAttr.get())
    with pytest.raises(TypeError, match="rs.callable"):
        encoding.encode(signature, callable=ir.UnitAttr.get())
    with pytest.raises(TypeError, match="rs.item"):
        encoding.encode(signature, definitions=[ir.UnitAttr.get()])
    with pytest.raises(TypeError):
        encoding.encode(1)  # type: ignore[arg-type]
    with ir.Context():
        with pytest.raises(ValueError, match="another context"):
            encoding.encode(signature, ir.Attribute.parse("#kcfi.encoding<hash = fnv1a>"))


def test_ids_and_strings() -> None:
    assert mlir_kcfi.hash_type_id_string("_ZTSFiiE") == 0x00050794
    assert mlir_kcfi.parse_type_id("0x00050794") == 329620
    assert mlir_kcfi.parse_type_id("-1") == 2**32 - 1
    assert mlir_kcfi.demangle("_ZTSFiiE") == "int (int)"
    assert mlir_kcfi.demangle("nonsense") == ""
    assert mlir_kcfi.get_version() == mlir_kcfi.__version__
    with pytest.raises(ValueError, match="no type id"):
        mlir_kcfi.parse_type_id("oops")
    with pytest.raises(ValueError, match="no hash"):
        mlir_kcfi.hash_type_id_string("x", "md5")


# --- Reports -----------------------------------------------------------------


def test_explain(quickstart: ir.Module, tmp_path: pathlib.Path) -> None:
    path = tmp_path / "dispatch.mlir"
    path.write_text(str(quickstart))
    for source in (quickstart, quickstart.operation, path, [str(path)]):
        answers = mlir_kcfi.explain("0x00050794", source)
        kinds = [answer.kind for answer in answers]
        assert kinds[:2] == [report.ExplanationKind.TYPE, report.ExplanationKind.STRING]
        assert answers[0].text == "int (int)" and answers[0].location == ""
        names = {
            answer.text
            for answer in answers
            if answer.kind == report.ExplanationKind.FUNCTION
        }
        assert {"square", "negate"} <= names
        assert any(
            answer.location and answer.kind == report.ExplanationKind.CALL_SITE
            for answer in answers
        )
        assert isinstance(answers[0], report.Explanation)
    assert mlir_kcfi.explain(1, quickstart) == []
    for bad in (-1, 2**32):
        with pytest.raises(ValueError, match="32-bit"):
            mlir_kcfi.explain(bad, quickstart)
    with pytest.raises(ValueError, match="no type id"):
        mlir_kcfi.explain("oops", quickstart)


def test_report(quickstart: ir.Module) -> None:
    answer = report.report(quickstart)
    assert [each["id"] for each in answer["classes"]] and answer["totals"]
    program = report.program(quickstart)
    assert isinstance(program, mlir_kcfi.Program)
    assert report.program(program) is program
    assert json.loads(program.report_json()) == answer
    assert "functions: 5 defined" in program.report_text()
    assert "more" in program.report_text(limit=0) or program.report_text(limit=0)
    assert report.audit(program) == json.loads(program.audit_json())
    assert program.audit_text(all=True)
    assert "{" in program.summary()
    assert report.explain(329620, program)
    # An optional dependency. scripts/build.sh installs it (requirements-dev.txt),
    # so that lit runs this.
    pandas = pytest.importorskip("pandas")
    frame = report.to_dataframe(answer["classes"])
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame["id"]) == [each["id"] for each in answer["classes"]]


def test_report_of_entries(ctx: ir.Context, tmp_path: pathlib.Path) -> None:
    text = """
      module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
        func.func @area(%x: i8) -> f64 attributes {
            kcfi.sig = !kcfi.rs.fn<(rs.u8) -> rs.f64>} {
          %r = llvm.mlir.constant(1.0 : f64) : f64
          return %r : f64
        }
        kcfi.entry private @area.wide of @area : !kcfi.rs.fn<(rs.i8) -> rs.f64> form jump
      }"""
    answer = report.report(ir.Module.parse(text))
    (entry,) = answer["entries"]["entries"]
    assert entry["name"] == "area.wide" and entry["function"] == "area"
    assert entry["widens"] is True and entry["form"] == "jump"
    assert answer["equivalences"]["presets"]
    # A program has no views with types.
    path = tmp_path / "area.mlir"
    path.write_text(text)
    of_program = report.report(path)
    assert "equivalences" not in of_program
    assert of_program["entries"]["classes"] == answer["entries"]["classes"]
    (entry,) = of_program["entries"]["entries"]
    assert "widens" not in entry and entry["function"] == "area"


def test_summaries_are_read_again(quickstart: ir.Module, tmp_path: pathlib.Path) -> None:
    path = tmp_path / "summary"
    path.write_text(mlir_kcfi.Program.from_module(quickstart, "unit").summary())
    again = mlir_kcfi.Program.read([str(path)])
    assert {each.text for each in again.explain(329620)}


def test_report_errors(quickstart: ir.Module, tmp_path: pathlib.Path) -> None:
    with pytest.raises(ir.MLIRError, match="absent"):
        report.report(tmp_path / "absent.bc")
    bad = tmp_path / "bad.ll"
    bad.write_text("define oops")
    with pytest.raises(ir.MLIRError):
        report.audit(bad)
    with pytest.raises(ir.MLIRError):
        mlir_kcfi.Program.from_module(quickstart.body.operations[0])
    with pytest.raises(ir.MLIRError):
        _kcfi.module_report_json(quickstart.body.operations[0])
    with pytest.raises(TypeError):
        report.program(1)  # type: ignore[arg-type]


# --- Translation -------------------------------------------------------------

LLVM_IR = """
target triple = "x86_64-unknown-linux-gnu"
define i32 @call(ptr %f, i32 %x) !kcfi_type !1 {
  %r = call i32 %f(i32 %x) [ "kcfi"(i32 329620) ]
  ret i32 %r
}
!llvm.module.flags = !{!0}
!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 12345}
"""


def test_round_trip_of_llvm_ir(ctx: ir.Context, tmp_path: pathlib.Path) -> None:
    module = mlir_kcfi.import_llvm_ir(LLVM_IR, name="call.ll")
    passmanager.PassManager.parse("builtin.module(kcfi-roundtrip-pipeline)").run(module)
    text = mlir_kcfi.export_llvm_ir(module)
    assert '[ "kcfi"(i32 329620) ]' in text and "i32 12345" in text
    bitcode = mlir_kcfi.export_bitcode(module)
    assert bitcode[:2] == b"BC"
    path = tmp_path / "call.bc"
    path.write_bytes(bitcode)
    again = mlir_kcfi.import_llvm_ir_file(path, carry="none")
    assert "call" in ir.SymbolTable(again.operation)
    assert str(mlir_kcfi.import_llvm_ir(bitcode, carry="exact"))


def test_translation_errors(ctx: ir.Context, tmp_path: pathlib.Path) -> None:
    with pytest.raises(ir.MLIRError) as caught:
        mlir_kcfi.import_llvm_ir("define oops", name="bad.ll")
    assert "bad.ll" in str(caught.value)
    with pytest.raises(ir.MLIRError):
        mlir_kcfi.import_llvm_ir(b"BC\xc0\xde garbage")
    with pytest.raises(ir.MLIRError):
        mlir_kcfi.import_llvm_ir(LLVM_IR, carry="sometimes")
    with pytest.raises(ir.MLIRError):
        mlir_kcfi.import_llvm_ir(LLVM_IR, allow_loss=["everything"])
    with pytest.raises(OSError):
        mlir_kcfi.import_llvm_ir_file(tmp_path / "absent.ll")
    module = ir.Module.parse(TWICE)
    for export in (mlir_kcfi.export_llvm_ir, mlir_kcfi.export_bitcode):
        with pytest.raises(ir.MLIRError, match="Unable to translate"):
            export(module)
    with pytest.raises(TypeError):
        mlir_kcfi.export_llvm_ir(1)  # type: ignore[arg-type]
