// What the language has. Prints the numbers behind `//=`.

interface Shape {
  fn area() -> int;
  fn grow(by: int);
}

interface Named {
  fn id() -> int;
}

struct Square { side: int }
struct Rect { width: int, height: int }

impl Shape for Square {
  fn area() -> int { return self.side * self.side; }
  fn grow(by: int) { self.side = self.side + by; }
}

impl Named for Square {
  fn id() -> int { return 4; }
}

impl Shape for Rect {
  fn area() -> int { return self.width * self.height; }
  fn grow(by: int) {
    self.width = self.width + by;
    self.height = self.height + by;
  }
}

// Functions as values.
fn inc(x: int) -> int { return x + 1; }
fn twice(f: fn(int) -> int, x: int) -> int { return f(f(x)); }

// Closures may have captured something.
fn apply(f: closure(int) -> int, x: int) -> int { return f(x); }
fn adder(k: int) -> closure(int) -> int { return |x: int| -> int { return x + k; }; }

// A struct that holds functions.
struct Table { op: fn(int) -> int, then: closure(int) -> int, next: Shape }

fn sum(first: Shape, second: Shape) -> int { return first.area() + second.area(); }

fn gcd(a: int, b: int) -> int {
  while (b != 0) {
    let rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

fn sign(x: int) -> int {
  if (x < 0) { return -1; }
  else if (x == 0 || !(x != 0)) { return 0; }
  else { return 1; }
}

fn main() -> int {
  print twice(inc, 40);                          //= 42
  print apply(adder(10), 5);                     //= 15
  print apply(inc, 1);                           //= 2
  let pointer = inc;
  print apply(pointer, 2);                       //= 3
  let base = 100;
  let outer = |x: int| -> int {
    let inner = |y: int| -> int { return y * base + x; };
    return inner(x);
  };
  print outer(3);                                //= 303
  let square = Square { side: 3 };
  let shape: Shape = square;
  shape.grow(1);
  print shape.area();                            //= 16
  let named: Named = square;
  print named.id();                              //= 4
  print sum(square, Rect { height: 2, width: 5 }); //= 26
  // A method through a vtable, directly, and as a function.
  let area = Square::area;
  print area(square) + square.area();            //= 32
  let table = Table { op: inc, then: adder(1), next: square };
  print table.then(table.op(7)) + table.next.area(); //= 25
  print gcd(12, 18);                             //= 6
  print sign(-5) + sign(0) + sign(9) * 10;       //= 9
  return 0;
}
