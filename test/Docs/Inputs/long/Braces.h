void f() {
  if (true) {
}
