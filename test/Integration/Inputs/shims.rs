// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Methods as fn pointers: of a type that is a trait object as well, and of one that
// is none. With `wrong`, a fn pointer of another type ends where a method is called.
#![no_std]

pub trait Shape {
    fn area(&self, k: i32) -> i32;
}
pub struct Square(i32);
struct Circle(i32);
impl Shape for Square {
    #[inline(never)]
    fn area(&self, k: i32) -> i32 {
        self.0.wrapping_mul(self.0).wrapping_add(k)
    }
}
impl Shape for Circle {
    #[inline(never)]
    fn area(&self, k: i32) -> i32 {
        self.0.wrapping_mul(3).wrapping_add(k)
    }
}

#[inline(never)]
fn call_square(f: fn(&Square, i32) -> i32, s: &Square) -> i32 {
    f(s, 1)
}
#[inline(never)]
fn call_circle(f: fn(&Circle, i32) -> i32, c: &Circle) -> i32 {
    f(c, 2)
}
#[inline(never)]
pub fn call_object(s: &dyn Shape) -> i32 {
    s.area(3)
}

#[unsafe(no_mangle)]
pub extern "C" fn right() -> i32 {
    call_square(<Square as Shape>::area, &Square(2))
        .wrapping_add(call_circle(<Circle as Shape>::area, &Circle(4)))
        .wrapping_add(call_object(&Square(5)))
}

#[unsafe(no_mangle)]
pub extern "C" fn wrong() -> i32 {
    // SAFETY: none; the check has to stop it.
    call_square(
        unsafe { core::mem::transmute(<Circle as Shape>::area as fn(&Circle, i32) -> i32) },
        &Square(2),
    )
}
