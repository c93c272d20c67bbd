//===- rust.rs - The Rust half of the rust-*.test programs --*- Rust -*----===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The right calls come first, in both directions; then the one wrong call that
// `--cfg` selects:
//
//   wrong_in_dialect    rust.mlir calls a Rust function of another type
//   wrong_in_rust       Rust calls a function of rust.mlir by another type
//   wrong_language      Rust calls a function of rust.mlir that has the type of
//                       C by a Rust type that is passed alike
//   wrong_method        rust.mlir calls an entry for trait objects by the type of
//                       the method itself
//   wrong_unchecked     as wrong_in_dialect, without a check: nothing happens
//
//===----------------------------------------------------------------------===//

#![no_std]
#![feature(cfi_encoding)]
#![allow(improper_ctypes, unexpected_cfgs)]

// The compiler must not know which function is called.
use core::hint::black_box as hide;

/// What `kcfi-check-interop` proposes for C's `int`.
#[cfi_encoding = "i"]
#[repr(transparent)]
#[derive(Clone, Copy)]
pub struct CInt(pub i32);

type Unary = extern "C" fn(i32) -> i32;
type Unsigned = extern "C" fn(u32) -> u32;
type RustUnary = fn(i32) -> i32;
type CUnary = extern "C" fn(CInt) -> CInt;

unsafe extern "C" {
    safe fn rt_print(text: *const u8);

    safe fn dialect_twice(x: i32) -> i32;
    safe fn dialect_unsigned(x: u32) -> u32;
    safe fn dialect_c_twice(x: CInt) -> CInt;
    safe fn dialect_get(number: i32) -> Unary;
    safe fn dialect_get_rust() -> RustUnary;
    safe fn dialect_apply(f: Unary, x: i32) -> i32;
    safe fn dialect_apply_unchecked(f: Unary, x: i32) -> i32;
    safe fn dialect_apply_rust(f: RustUnary, x: i32) -> i32;
    safe fn dialect_apply_c(f: CUnary, x: CInt) -> CInt;
    safe fn dialect_area(object: &dyn Shape, area: *const (), scale: i32) -> i32;
    safe fn dialect_area_concrete(object: &Square, area: *const (), scale: i32) -> i32;
}

#[unsafe(no_mangle)]
extern "C" fn rust_next(x: i32) -> i32 {
    x.wrapping_add(1)
}

extern "C" fn square(x: i32) -> i32 {
    x.wrapping_mul(x)
}

extern "C" fn unsigned(x: u32) -> u32 {
    x.wrapping_add(7)
}

fn rust_square(x: i32) -> i32 {
    x.wrapping_mul(x)
}

// With the body of `square`, rustc's optimiser would make one function of both,
// with the id of one of them (docs/LLVMHazards.md, H18).
extern "C" fn c_cube(x: CInt) -> CInt {
    CInt(x.0.wrapping_mul(x.0).wrapping_mul(x.0))
}

pub trait Shape {
    fn area(&self, scale: i32) -> i32;
}

pub struct Square(pub i32);

impl Shape for Square {
    fn area(&self, scale: i32) -> i32 {
        self.0.wrapping_mul(self.0).wrapping_mul(scale)
    }
}

/// What the vtable of a `&dyn Shape` with one method has as its first function.
fn vtable_entry(object: &dyn Shape) -> *const () {
    unsafe {
        let (_, vtable): (*const (), *const *const ()) = core::mem::transmute(object);
        *vtable.wrapping_add(3)
    }
}

#[unsafe(no_mangle)]
extern "C" fn main() -> i32 {
    if dialect_apply(hide(square), 12) != 144 {
        return 1;
    }
    let twice: Unary = hide(dialect_twice);
    if twice(21) != 42 || dialect_apply(twice, 5) != 10 {
        return 2;
    }
    let local = hide(dialect_get(0));
    if local(14) != 42 || dialect_apply(local, 5) != 15 {
        return 3;
    }
    let next = hide(dialect_get(1));
    if next(41) != 42 || dialect_apply(next, 5) != 6 {
        return 4;
    }
    if dialect_apply_rust(hide(rust_square), 5) != 25 || hide(dialect_get_rust())(9) != 99 {
        return 5;
    }
    let c_twice: CUnary = hide(dialect_c_twice);
    if c_twice(CInt(8)).0 != 16 || dialect_apply_c(hide(c_cube), CInt(3)).0 != 27 {
        return 6;
    }
    let unsigned_slot: Unsigned = hide(dialect_unsigned);
    if unsigned_slot(1) != 2 || hide(unsigned as Unsigned)(1) != 8 {
        return 7;
    }
    let square = Square(4);
    let object: &dyn Shape = hide(&square);
    let entry = hide(vtable_entry(object));
    if dialect_area(object, entry, 2) != 32 {
        return 8;
    }
    rt_print(b"right calls returned\n\0".as_ptr());

    if cfg!(wrong_in_dialect) || cfg!(wrong_unchecked) {
        let wrong: Unary = unsafe { core::mem::transmute(hide(unsigned as Unsigned)) };
        let apply = if cfg!(wrong_in_dialect) { dialect_apply } else { dialect_apply_unchecked };
        if apply(wrong, 1) != 8 {
            return 9;
        }
    } else if cfg!(wrong_in_rust) {
        let wrong: Unary = unsafe { core::mem::transmute(hide(unsigned_slot)) };
        if hide(wrong)(1) != 2 {
            return 10;
        }
    } else if cfg!(wrong_language) {
        let wrong: Unary = unsafe { core::mem::transmute(hide(c_twice)) };
        if hide(wrong)(8) != 16 {
            return 11;
        }
    } else if cfg!(wrong_method) {
        if dialect_area_concrete(&square, entry, 2) != 32 {
            return 12;
        }
    }
    rt_print(b"end\n\0".as_ptr());
    0
}
