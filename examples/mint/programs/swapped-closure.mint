// A closure of another type in the place of the expected one.
fn run(f: closure(int) -> int) -> int { return f(2); }

fn main() -> int {
  let k = 1;
  print run(|x: int| -> int { return x + k; });
  let other = |a: int, b: bool| -> int { return a + k; };
  print run(other as! closure(int) -> int);
  return 0;
}
