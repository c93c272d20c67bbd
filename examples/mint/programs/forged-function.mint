// A pointer that is taken for one of another type: the call traps.
fn sum(a: int, b: int) -> int { return a + b; }
fn run(f: fn(int) -> int) -> int { return f(1); }

fn main() -> int {
  print sum(1, 2);
  print run(sum as! fn(int) -> int);
  return 0;
}
