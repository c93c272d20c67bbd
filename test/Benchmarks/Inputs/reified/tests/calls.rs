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
