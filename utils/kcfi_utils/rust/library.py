#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The items of crates and of the Rust library that generated crates name."""

import collections

from kcfi_utils.compilers.rustc import REVEAL
from kcfi_utils.rust.generator import ERASED

PREAMBLE = (
    """\
#![feature(cfi_encoding, f16, f128, abi_unadjusted, gen_blocks)]
#![allow(warnings)]
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll};
"""
    + REVEAL
)

SELF = ["param", "Self"]

LOCATION = ["ref", ERASED, ["adt", "core:Location", [["lt", ERASED]]], False]

# Definitions of the standard library: crate and path.
STD = {
    "core:Option": ("core", ["option", "Option"]),
    "core:Poll": ("core", ["task", "poll", "Poll"]),
    "core:Context": ("core", ["task", "wake", "Context"]),
    "core:Location": ("core", ["panic", "location", "Location"]),
    "core:Future": ("core", ["future", "future", "Future"]),
    "core:Future.Output": ("core", ["future", "future", "Future", "Output"]),
    "core:Fn": ("core", ["ops", "function", "Fn"]),
    "core:FnMut": ("core", ["ops", "function", "FnMut"]),
    "core:FnOnce": ("core", ["ops", "function", "FnOnce"]),
    "core:FnOnce.Output": ("core", ["ops", "function", "FnOnce", "Output"]),
    "core:Iterator": ("core", ["iter", "traits", "iterator", "Iterator"]),
    "core:Iterator.Item": ("core", ["iter", "traits", "iterator", "Iterator", "Item"]),
    "core:Drop": ("core", ["ops", "drop", "Drop"]),
    "core:Send": ("core", ["marker", "Send"]),
    "core:Pin": ("core", ["pin", "Pin"]),
    "alloc:Vec": ("alloc", ["vec", "Vec"]),
    "alloc:Box": ("alloc", ["boxed", "Box"]),
    "alloc:Rc": ("alloc", ["rc", "Rc"]),
    "alloc:RcInner": ("alloc", ["rc", "RcInner"]),
    "alloc:Arc": ("alloc", ["sync", "Arc"]),
    "alloc:ArcInner": ("alloc", ["sync", "ArcInner"]),
    "alloc:Global": ("alloc", ["alloc", "Global"]),
}

Trait = collections.namedtuple("Trait", "name argument assoc parent methods is_object")

Method = collections.namedtuple(
    "Method", "name receiver params result is_provided is_safe"
)

# Kind of receiver -> text in a declaration, text of its type over {} and node
# of its type over a node; what a trait object passes.
RECEIVERS = {
    "ref": ("&self", "&{}", lambda of: ["ref", ERASED, of, False]),
    "mut": ("&mut self", "&mut {}", lambda of: ["ref", ERASED, of, True]),
    "box": ("self: Box<Self>", "Box<{}>", lambda of: in_heap("Box", of)),
    "rc": ("self: Rc<Self>", "Rc<{}>", lambda of: in_heap("Rc", of)),
    "arc": ("self: Arc<Self>", "Arc<{}>", lambda of: in_heap("Arc", of)),
    "pin": (
        "self: Pin<&mut Self>",
        "Pin<&mut {}>",
        lambda of: pin(["ref", ERASED, of, True]),
    ),
    "value": ("self", "{}", lambda of: of),
}


def in_heap(name, of):
    return ["adt", f"alloc:{name}", [["ty", of], ["ty", ["adt", "alloc:Global", []]]]]


def box(of):
    return in_heap("Box", of)


def pin(of):
    return ["adt", "core:Pin", [["ty", of]]]


def object_receiver(kind):
    """The receiver as an object passes it: the pointer deep in a box."""
    if kind == "box":
        return ["ptr", SELF, False]
    if kind in ("rc", "arc"):
        return ["ptr", ["adt", f"alloc:{kind.title()}Inner", [["ty", SELF]]], False]
    return RECEIVERS[kind][2](SELF)
