use reified::{as_object, as_pointer, Square};

#[test]
fn through_object() {
    assert!(as_object(&Square(3)).area() == 9 && as_object(&Square(3)).sides() == 4);
}

#[test]
fn through_pointer() {
    assert!(as_pointer()(&Square(4)) == 16);
}

#[test]
#[should_panic]
fn failing() {
    assert!(as_pointer()(&Square(4)) == 17);
}

// Fails: the checked call traps.
#[test]
fn through_wrong_pointer() {
    let wrong: fn(u64, &Square) = unsafe { std::mem::transmute(as_pointer()) };
    wrong(1, &Square(2));
}
