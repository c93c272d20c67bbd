// A number that is the address of a function of another type.
fn sum(a: int, b: int) -> int { return a + b; }
fn run(f: fn(int) -> int) -> int { return f(1); }

fn main() -> int {
  let number = sum as! int;
  let right = number as! fn(int, int) -> int;
  print right(1, 2);
  print run(number as! fn(int) -> int);
  return 0;
}
