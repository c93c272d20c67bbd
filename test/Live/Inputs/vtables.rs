// Vtables of all shapes of supertraits, and calls and upcasts through them. The same traits are in vtables.mlir.

#![crate_type = "lib"]
#![no_std]

pub trait A {
    fn a1(&self) -> u8;
    fn sized(&self)
    where
        Self: Sized,
    {
    }
    fn a2(&mut self);
}
pub trait B {
    fn b(&self);
}
pub trait Empty {}
pub trait OverB: B {}
pub trait Chain: A {
    fn chain(&self);
}
pub trait Two: A + B {
    fn two(&self);
}
pub trait Left: A {
    fn left(&self);
}
pub trait Right: A {
    fn right(&self);
}
pub trait Diamond: Left + Right {
    fn diamond(&self);
}
pub trait EmptyFirst: Empty + B {
    fn empty_first(&self);
}
pub trait EmptyBetween: A + Empty + B {
    fn empty_between(&self);
}
pub trait NoOwn: A + OverB {
    fn no_own(&self);
}
pub trait Deep: Chain + Diamond {
    fn deep(&self);
}

pub struct S;

macro_rules! method {
    ($trait:ident, $name:ident) => {
        impl $trait for S {
            #[no_mangle]
            fn $name(&self) {}
        }
    };
}
impl A for S {
    #[no_mangle]
    fn a1(&self) -> u8 {
        1
    }
    #[no_mangle]
    fn a2(&mut self) {}
}
impl Empty for S {}
impl OverB for S {}
method!(B, b);
method!(Chain, chain);
method!(Two, two);
method!(Left, left);
method!(Right, right);
method!(Diamond, diamond);
method!(EmptyFirst, empty_first);
method!(EmptyBetween, empty_between);
method!(NoOwn, no_own);
method!(Deep, deep);

macro_rules! object {
    ($trait:ident, $name:ident) => {
        #[no_mangle]
        pub fn $name(s: &S) -> &dyn $trait {
            s
        }
    };
}
object!(Chain, as_chain);
object!(Two, as_two);
object!(Diamond, as_diamond);
object!(EmptyFirst, as_empty_first);
object!(EmptyBetween, as_empty_between);
object!(NoOwn, as_no_own);
object!(Deep, as_deep);

#[no_mangle]
pub fn call_b(s: &dyn NoOwn) {
    s.b()
}
#[no_mangle]
pub fn call_deep(s: &dyn Deep) {
    s.deep()
}
#[no_mangle]
pub fn call_right(s: &dyn Deep) {
    s.right()
}
#[no_mangle]
pub fn upcast_deep(s: &dyn Deep) -> &dyn Diamond {
    s
}
#[no_mangle]
pub fn upcast_no_own(s: &dyn NoOwn) -> &dyn OverB {
    s
}
#[no_mangle]
pub fn upcast_start(s: &dyn Deep) -> &dyn Chain {
    s
}
#[no_mangle]
pub fn upcast_two(s: &dyn Two) -> &dyn B {
    s
}
