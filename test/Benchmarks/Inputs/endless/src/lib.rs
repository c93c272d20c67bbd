// A test that does not end.

#[test]
fn waits() {
    loop {
        std::thread::park();
    }
}
