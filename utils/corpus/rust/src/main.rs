// Every kind of indirect call that Rust makes: trait objects, closures as trait
// objects, function pointers, drop glue, formatting, iterators, threads. Prints
// what it computes, so that runs can be compared.

use std::any::Any;
use std::collections::{BTreeMap, HashMap};
use std::fmt::{self, Debug, Display, Write as _};
use std::io::{Read, Write as _};
use std::rc::Rc;
use std::sync::{mpsc, Arc, Mutex};

trait Shape {
    fn area(&self) -> f64;
    fn name(&self) -> String {
        "shape".to_string()
    }
    fn consume(self: Box<Self>) -> f64;
}

struct Circle(f64);
struct Square(f64);

impl Shape for Circle {
    fn area(&self) -> f64 {
        self.0 * self.0 * 3.0
    }
    fn consume(self: Box<Self>) -> f64 {
        self.0
    }
}

impl Shape for Square {
    fn area(&self) -> f64 {
        self.0 * self.0
    }
    fn name(&self) -> String {
        "square".to_string()
    }
    fn consume(self: Box<Self>) -> f64 {
        self.0
    }
}

struct Dropped<'a>(&'a str, Rc<std::cell::RefCell<String>>);

impl Drop for Dropped<'_> {
    fn drop(&mut self) {
        write!(self.1.borrow_mut(), "{} ", self.0).unwrap();
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Token {
    Number(u64),
    Name(String),
    End,
}

impl Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Token::Number(n) => write!(f, "{n:>4}"),
            Token::Name(s) => f.pad(s),
            Token::End => f.write_str("."),
        }
    }
}

fn add(a: i64, b: i64) -> i64 {
    a + b
}

fn multiply(a: i64, b: i64) -> i64 {
    a * b
}

fn apply(f: &dyn Fn(i64) -> i64, n: i64) -> i64 {
    f(n)
}

fn main() {
    let shapes: Vec<Box<dyn Shape>> = vec![Box::new(Circle(2.0)), Box::new(Square(3.0))];
    for shape in &shapes {
        println!("{} {:.1}", shape.name(), shape.area());
    }
    println!("consumed {}", shapes.into_iter().map(|s| s.consume()).sum::<f64>());

    let table: [(&str, fn(i64, i64) -> i64); 2] = [("add", add), ("multiply", multiply)];
    for (name, function) in std::hint::black_box(table) {
        println!("{name} {}", function(6, 7));
    }
    let offset = 5;
    println!("closure {}", apply(&|n| n + offset, 37));
    let mut counter: Box<dyn FnMut() -> u32> = Box::new({
        let mut n = 0;
        move || {
            n += 1;
            n
        }
    });
    println!("counter {} {}", counter(), counter());
    let once: Box<dyn FnOnce(String) -> usize> = Box::new(|s| s.len());
    println!("once {}", once("five!".into()));

    let log = Rc::new(std::cell::RefCell::new(String::new()));
    {
        let things: Vec<Box<dyn Any>> = vec![Box::new(1u8), Box::new("text")];
        println!("any {:?} {}", things[0].downcast_ref::<u8>(), things[1].is::<&str>());
        let _first = Dropped("first", log.clone());
        let _boxed: Box<Dropped> = Box::new(Dropped("boxed", log.clone()));
    }
    println!("dropped {}", log.borrow());

    let mut tokens = vec![Token::Name("x".into()), Token::Number(42), Token::End];
    tokens.sort_by(|a, b| b.cmp(a));
    println!("{tokens:?} {:#?}", tokens.first());
    println!("{}|{:6}|{}", tokens[2], tokens[1], tokens[0]);
    let debuggable: Vec<&dyn Debug> = vec![&tokens, &1.5f32, &"text", &Some(3)];
    println!("{debuggable:?}");

    let words = "one two three two one two".split(' ');
    let mut counts: HashMap<&str, usize> = HashMap::new();
    words.for_each(|w| *counts.entry(w).or_default() += 1);
    println!("{:?}", counts.into_iter().collect::<BTreeMap<_, _>>());
    let iterator: Box<dyn Iterator<Item = u32>> = Box::new((1..10).filter(|n| n % 3 == 0).map(|n| n * n));
    println!("{:?}", iterator.collect::<Vec<_>>());

    let total = Arc::new(Mutex::new(0));
    let (sender, receiver) = mpsc::channel();
    let threads: Vec<_> = (0..4)
        .map(|n| {
            let (total, sender) = (total.clone(), sender.clone());
            std::thread::spawn(move || {
                *total.lock().unwrap() += n;
                sender.send(n * n).unwrap();
            })
        })
        .collect();
    threads.into_iter().for_each(|t| t.join().unwrap());
    drop(sender);
    println!("threads {} {}", total.lock().unwrap(), receiver.iter().sum::<i32>());

    let path = std::env::temp_dir().join(format!("corpus-{}", std::process::id()));
    std::fs::File::create(&path).and_then(|mut f| writeln!(f, "written")).unwrap();
    let mut text = String::new();
    std::fs::File::open(&path).and_then(|mut f| f.read_to_string(&mut text)).unwrap();
    std::fs::remove_file(&path).unwrap();
    print!("file {text}");
    let error: Box<dyn std::error::Error> = "7x".parse::<i32>().unwrap_err().into();
    println!("error {error}");
}
