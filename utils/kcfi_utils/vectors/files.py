#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Reads files of golden vectors."""

import dataclasses
import json
import os
import re

from kcfi_utils.vectors.c_types import TypePrinter
from kcfi_utils.vectors.module import options_of
from kcfi_utils.vectors.nodes import (
    FormatError,
    VectorError,
    fields,
    one_of,
    quote,
    show,
    string,
)
from kcfi_utils.vectors.rust_types import RustTypePrinter
from kcfi_utils.vectors.tables import HASHES, OPTION_SETS


@dataclasses.dataclass(frozen=True)
class Check:
    """One question to the tool: what are string and id of this type?"""

    vector: int  # index in VectorFile.names
    options: str  # key of OPTION_SETS
    hash: str
    target: str
    form: str  # "type", "written" or "string"
    text: str  # MLIR text of the type
    expected: object  # (string, id), or None if the type must be refused


@dataclasses.dataclass
class VectorFile:
    path: str
    names: list = dataclasses.field(default_factory=list)
    declarations: list = dataclasses.field(default_factory=list)
    checks: list = dataclasses.field(default_factory=list)
    # (index of the vector, why it cannot be understood)
    broken: list = dataclasses.field(default_factory=list)

    @property
    def label(self):
        return os.path.basename(self.path)


def read_file(path):
    """The VectorFile of `path`, whose format is recognised by its content."""
    try:
        with open(path, "rb") as file:
            text = file.read().decode("utf-8")
    except OSError as error:
        raise FormatError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise FormatError(f"{path}: not a UTF-8 file: {error}") from error
    if text.lstrip()[:1] == "{":
        result = _read_json(path, text)
    elif text.startswith("string\tid\tfnv"):
        result = _read_tsv(path, text)
    else:
        raise FormatError(
            f"{path}: neither JSON nor a table with the header 'string', 'id', 'fnv'"
        )
    if not result.names:
        raise FormatError(f"{path}: no vectors")
    return result


def _read_json(path, text):
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FormatError(f"{path}: malformed JSON: {error}") from error
    file_format = document.get("format")
    if file_format == "kcfi-rust-vectors 1":
        get_checks, context, declaration_field = (_rust_checks, "target", "source")
        if not isinstance(document.get("target"), str):
            raise FormatError(f"{path}: field 'target' is no string")
    elif file_format in ("kcfi-c-vectors 1", "kcfi-c++-vectors 1"):
        get_checks, context, declaration_field = (
            _json_checks,
            "targets",
            "declaration",
        )
        if not isinstance(document.get("targets"), dict):
            raise FormatError(f"{path}: field 'targets' is no object")
    else:
        raise FormatError(f"{path}: unknown format {show(file_format)}")
    if not isinstance(document.get("vectors"), list):
        raise FormatError(f"{path}: field 'vectors' is no list")

    result = VectorFile(path)
    seen = set()
    for index, vector in enumerate(document["vectors"]):
        name, declaration = f"vector number {index + 1}", ""
        if isinstance(vector, dict):
            if isinstance(vector.get("name"), str):
                name = vector["name"]
            # Several compilers and slots of one Rust function have one name.
            if file_format == "kcfi-rust-vectors 1":
                name += f" [{vector.get('slot')}, {vector.get('rustc')}]"
            if isinstance(vector.get(declaration_field), str):
                declaration = vector[declaration_field]
        result.names.append(name)
        result.declarations.append(declaration)
        try:
            if name in seen:
                raise VectorError("a second vector of this name")
            seen.add(name)
            result.checks += get_checks(vector, index, document[context])
        except VectorError as error:
            result.broken.append((index, str(error)))
        except RecursionError:
            result.broken.append((index, "the type is nested too deeply"))
    return result


def _json_checks(vector, index, targets):
    fields(
        vector,
        "vector",
        ("name", "lang", "std", "target", "declaration", "type", "expect", "fnv"),
        ("flags", "salt", "written", "note"),
    )
    one_of(vector["lang"], ("c", "c++"), "lang")
    target = string(vector["target"], "target")
    if target not in targets:
        raise VectorError(f"target '{target}' is not described in the file")

    forms = [("type", TypePrinter())]
    if "written" in vector:
        forms.append(("written", TypePrinter(written=True)))
    texts = [
        (form, printer.signature(vector[form], vector.get("salt")))
        for form, printer in forms
    ]

    return _expected_checks(vector, index, target, texts)


def _rust_checks(vector, index, target):
    fields(
        vector,
        "vector",
        (
            "name",
            "rustc",
            "slot",
            "source",
            "abi",
            "c_variadic",
            "ret",
            "params",
            "defs",
            "expect",
            "fnv",
        ),
    )
    one_of(vector["slot"], ("primary", "concrete-self"), "slot")
    text = RustTypePrinter(vector["defs"]).signature(vector)
    return _expected_checks(vector, index, target, [("type", text)])


def _expected_checks(vector, index, target, texts):
    """The checks of a vector whose type is given as pairs (form, text)."""
    expect, fnv = vector["expect"], vector["fnv"]
    if not isinstance(expect, dict) or not isinstance(fnv, dict):
        raise VectorError("'expect' and 'fnv' must be objects")
    if not expect:
        raise VectorError("'expect' is empty")
    if set(expect) != set(fnv):
        raise VectorError("'expect' and 'fnv' have different option sets")

    checks = []
    for options in expect:
        one_of(options, OPTION_SETS, "option set")
        entry = expect[options]
        if (entry is None) != (fnv[options] is None):
            raise VectorError(f"{options}: only one of 'expect' and 'fnv' is null")
        for name in HASHES:
            expected = None
            if entry is not None:
                fields(entry, f"expect of {options}", ("string", "id"))
                expected = (
                    string(entry["string"], "string"),
                    type_id(entry["id"] if name == "xxhash64" else fnv[options]),
                )
            checks += [
                Check(index, options, name, target, form, text, expected)
                for form, text in texts
            ]
    return checks


def type_id(value):
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**32:
        raise VectorError(f"not a 32-bit id: {show(value)}")
    return value


def _read_tsv(path, text):
    result = VectorFile(path)
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    for position, line in enumerate(lines):
        columns = line.split("\t")
        where = f"{path}:{position + 1}"
        if len(columns) != 3:
            raise FormatError(f"{where}: {len(columns)} columns instead of 3")
        if position == 0:
            if columns != ["string", "id", "fnv"]:
                raise FormatError(f"{where}: unknown header")
            continue
        ids = []
        for column in columns[1:]:
            if not re.fullmatch("[0-9]+", column) or int(column) >= 2**32:
                raise FormatError(f"{where}: not a 32-bit id: {column!r}")
            ids.append(int(column))
        encoded = columns[0]
        index = len(result.names)
        result.names.append(f"line {position + 1}")
        result.declarations.append(encoded)
        options = options_of(encoded)
        for name, expected_id in zip(HASHES, ids):
            # The target has no influence on a string that is given.
            result.checks.append(
                Check(
                    index,
                    options,
                    name,
                    "x86_64-unknown-linux-gnu",
                    "string",
                    f"!kcfi.encoded<{quote(encoded)}>",
                    (encoded, expected_id),
                )
            )
    return result
