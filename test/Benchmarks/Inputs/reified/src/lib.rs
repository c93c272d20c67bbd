pub trait Shape {
    fn area(&self) -> u32;
    fn sides(&self) -> u32;
}

pub struct Square(pub u32);

impl Shape for Square {
    // In a vtable and behind a fn pointer: needs two ids.
    #[inline(never)]
    fn area(&self) -> u32 {
        self.0 * self.0
    }
    #[inline(never)]
    fn sides(&self) -> u32 {
        4
    }
}

#[inline(never)]
pub fn as_object(square: &Square) -> &dyn Shape {
    square
}

#[inline(never)]
pub fn as_pointer() -> fn(&Square) -> u32 {
    Square::area
}
