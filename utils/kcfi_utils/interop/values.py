#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The types that C and Rust share, and how both spell them."""

from kcfi_utils.compilers.rustc import REVEAL

C_PREAMBLE = """\
struct Point { int x; };
struct other { int x; };
struct Opaque;
enum Color { RED };
"""

RUST_PREAMBLE = (
    """\
#![feature(cfi_encoding, extern_types)]
#![allow(warnings)]
use core::ffi::c_void;
"""
    + REVEAL
    + """\
#[repr(C)] pub struct Point { x: i32 }
#[repr(C)] pub struct Other { x: i32 }
#[repr(C)] pub enum Color { Red }
#[repr(transparent)] pub struct Handle(i32);
#[cfi_encoding = "i"] #[repr(transparent)] pub struct Int(i32);
unsafe extern "C" { pub type Opaque; }
"""
)


def item(name, rest="", crate="probe", path=None):
    path = path or f'["{name}"]'
    return f'#kcfi.rs.item<"{crate}" "@{crate}@" {path}{rest}>'


POINT = f"rs.adt<{item('Point', ' repr_c')}>"

OTHER = f"rs.adt<{item('Other', ' repr_c')}>"

COLOR = f"rs.adt<{item('Color', ' repr_c')}>"

HANDLE = f"rs.adt<{item('Handle', ' transparent field rs.i32')}>"

INT = "rs.adt<" + item("Int", ' transparent field rs.i32 cfi_encoding("i")') + ">"

OPAQUE = (
    f"rs.foreign<{item('', path='[extern, ' + chr(34) + 'Opaque' + chr(34) + ']')}>"
)

C_VOID = "rs.adt<" + item("", " lang(c_void)", "core", '["ffi", "c_void"]') + ">"

OPTION = item("", "", "core", '["option", "Option"]')

# C, its type here, Rust, its type here, machine type.
VALUES = [
    ("signed char", "c.schar", "i8", "rs.i8", "i8"),
    ("unsigned char", "c.uchar", "u8", "rs.u8", "i8"),
    ("char", "c.char", "i8", "rs.i8", "i8"),
    ("short", "c.short", "i16", "rs.i16", "i16"),
    ("unsigned short", "c.ushort", "u16", "rs.u16", "i16"),
    ("int", "c.int", "i32", "rs.i32", "i32"),
    ("int", "c.int", "Int", INT, "i32"),
    ("int", "c.int", "Handle", HANDLE, "i32"),
    ("int", "c.int", "u32", "rs.u32", "i32"),
    ("unsigned", "c.uint", "u32", "rs.u32", "i32"),
    ("unsigned", "c.uint", "char", "rs.char", "i32"),
    ("long", "c.long", "i64", "rs.i64", "i64"),
    ("long", "c.long", "isize", "rs.isize", "i64"),
    ("unsigned long", "c.ulong", "u64", "rs.u64", "i64"),
    ("unsigned long", "c.ulong", "usize", "rs.usize", "i64"),
    ("long long", "c.longlong", "i64", "rs.i64", "i64"),
    ("unsigned long long", "c.ulonglong", "u64", "rs.u64", "i64"),
    ("_Bool", "c.bool", "bool", "rs.bool", "i1"),
    ("float", "c.float", "f32", "rs.f32", "f32"),
    ("double", "c.double", "f64", "rs.f64", "f64"),
    ("enum Color", 'tag<enum "Color">', "Color", COLOR, "i32"),
    ("enum Color", 'tag<enum "Color">', "u32", "rs.u32", "i32"),
]

# What is used behind pointers only.
POINTEES = [
    ("struct Point", 'tag<struct "Point">', "Point", POINT),
    ("struct other", 'tag<struct "other">', "Other", OTHER),
    ("struct Opaque", 'tag<struct "Opaque">', "Opaque", OPAQUE),
    ("void", "c.void", "c_void", C_VOID),
    ("void", "c.void", "Point", POINT),
]


class Part:
    """A parameter or result in both languages. `c` makes a declaration."""

    def __init__(self, c, c_type, rust, rust_type, machine):
        self.c = c
        self.c_type = c_type
        self.rust = rust
        self.rust_type = rust_type
        self.machine = machine


def named(c, *rest):
    return Part(lambda name: f"{c} {name}".rstrip(), *rest)


VOID = named("void", "c.void", "()", "rs.unit", None)
