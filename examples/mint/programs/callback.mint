// Functions go to C and come back (callback.c).
extern fn c_apply(f: fn(int) -> int, x: int) -> int;
extern fn c_get(which: int) -> fn(int) -> int;
extern fn c_negate(x: int) -> int;

fn inc(x: int) -> int { return x + 1; }

fn main() -> int {
  print c_apply(inc, 1);
  print c_apply(c_negate, 2);
  print c_get(0)(3);
  // Not of this type.
  print c_get(1)(3);
  return 0;
}
