// An object with one interface in the place of one with another, although the
// two have a method of the same type in the same slot.
interface Reader { fn get() -> int; }
interface Secret { fn key() -> int; }
struct File { size: int }
struct Vault { pin: int }
impl Reader for File { fn get() -> int { return self.size; } }
impl Secret for Vault { fn key() -> int { return self.pin; } }

fn read(reader: Reader) -> int { return reader.get(); }

fn main() -> int {
  print read(File { size: 3 });
  let secret: Secret = Vault { pin: 1234 };
  print read(secret as! Reader);
  return 0;
}
