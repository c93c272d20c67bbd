// The traits and closures of Integration/Inputs/objects.mlir, which is linked
// with this: each side calls through the other's vtables.

#![no_std]
#![crate_type = "lib"]
#![crate_name = "shapes"]

use core::mem::transmute;

pub trait Named {
    fn id(&self) -> i32;
}
pub trait Scale {
    fn scale(&mut self, k: i32);
}
pub trait Shape: Named + Scale {
    fn area(&self, k: i32) -> i32;
}

pub struct Square(i32);

impl Named for Square {
    fn id(&self) -> i32 {
        7
    }
}
impl Scale for Square {
    fn scale(&mut self, k: i32) {
        self.0 = self.0.wrapping_mul(k);
    }
}
impl Shape for Square {
    fn area(&self, k: i32) -> i32 {
        self.0.wrapping_mul(self.0).wrapping_add(k)
    }
}
impl Drop for Square {
    fn drop(&mut self) {
        self.0 = -1;
    }
}

// What a wide pointer is made of.
type Parts = (*mut (), *const ());

#[no_mangle]
pub extern "C" fn rust_square_vtable() -> *const () {
    let object: *const dyn Shape = 8 as *const Square;
    unsafe { transmute::<_, Parts>(object).1 }
}
#[no_mangle]
pub unsafe extern "C" fn rust_call_area(data: *mut (), vtable: *const (), k: i32) -> i32 {
    transmute::<Parts, &dyn Shape>((data, vtable)).area(k)
}
#[no_mangle]
pub unsafe extern "C" fn rust_call_id(data: *mut (), vtable: *const ()) -> i32 {
    transmute::<Parts, &dyn Shape>((data, vtable)).id()
}
#[no_mangle]
pub unsafe extern "C" fn rust_upcast_and_scale(data: *mut (), vtable: *const (), k: i32) {
    let scale: &mut dyn Scale = transmute::<Parts, &mut dyn Shape>((data, vtable));
    scale.scale(k)
}
#[no_mangle]
pub unsafe extern "C" fn rust_drop_object(data: *mut (), vtable: *const ()) {
    core::ptr::drop_in_place(transmute::<Parts, *mut dyn Scale>((data, vtable)))
}

fn get_vtable<F: Fn(i32) -> i32>(f: &F) -> *const () {
    unsafe { transmute::<&dyn Fn(i32) -> i32, Parts>(f).1 }
}
#[no_mangle]
pub extern "C" fn rust_adder_vtable() -> *const () {
    let k = 1;
    get_vtable(&move |x: i32| x.wrapping_add(k))
}
#[no_mangle]
pub unsafe extern "C" fn rust_call_fn(data: *mut (), vtable: *const (), x: i32) -> i32 {
    transmute::<Parts, &dyn Fn(i32) -> i32>((data, vtable))(x)
}
#[no_mangle]
pub unsafe extern "C" fn rust_call_fn_mut(data: *mut (), vtable: *const (), x: i32) -> i32 {
    transmute::<Parts, &mut dyn FnMut(i32) -> i32>((data, vtable))(x)
}
