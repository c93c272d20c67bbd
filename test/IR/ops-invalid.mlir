// Operations that contradict themselves or what they refer to.

// RUN: kcfi-opt --split-input-file --verify-diagnostics %s

// expected-error@+1 {{'kcfi.signature' op attribute 'type' failed to satisfy constraint: a '!kcfi.fn', '!kcfi.rs.fn', '!kcfi.encoded' or '!kcfi.raw' type (found '!kcfi.c.int')}}
kcfi.signature @f : !kcfi.c.int

// -----

// expected-error@+1 {{'kcfi.signature' op attribute 'type' failed to satisfy constraint: a '!kcfi.fn', '!kcfi.rs.fn', '!kcfi.encoded' or '!kcfi.raw' type (found 'i32')}}
kcfi.signature @f : i32

// -----

// expected-note@+1 {{see existing symbol definition here}}
kcfi.signature @f : !kcfi.raw<0x1>
// expected-error@+1 {{redefinition of symbol named 'f'}}
kcfi.signature @f : !kcfi.raw<0x2>

// -----

func.func @test() {
  // expected-error@+1 {{'kcfi.address_of' op symbol 'gone' is not defined}}
  %a = kcfi.address_of @gone : !kcfi.fnptr<() -> c.void>
  return
}

// -----

// expected-note@+1 {{symbol is here}}
llvm.mlir.global external @data() : i32
func.func @test() {
  // expected-error@+1 {{'kcfi.address_of' op 'data' is not a function}}
  %a = kcfi.address_of @data : !kcfi.fnptr<() -> c.void>
  return
}

// -----

// expected-note@+1 {{symbol is here}}
kcfi.signature @s : !kcfi.fn<() -> c.void>
func.func @test() {
  // expected-error@+1 {{'kcfi.address_of' op 's' is not a function}}
  %a = kcfi.address_of @s : !kcfi.fnptr<() -> c.void>
  return
}

// -----

// expected-note@+1 {{function is here}}
func.func private @g()
func.func @test() {
  // expected-error@+1 {{'kcfi.address_of' op function 'g' has no 'kcfi.sig': its signature is not known}}
  %a = kcfi.address_of @g : !kcfi.fnptr<() -> c.void>
  return
}

// -----

// expected-note@+1 {{function is here}}
func.func private @g() -> i32 attributes {kcfi.sig = !kcfi.fn<() -> c.int>}
func.func @test() {
  // expected-error@+1 {{'kcfi.address_of' op function 'g' has signature 'int (void)', the result points to 'void (void)'; take the address with the function's own signature and change it by 'kcfi.cast'}}
  %a = kcfi.address_of @g : !kcfi.fnptr<() -> c.void>
  return
}

// -----

func.func @test() {
  // expected-error@+1 {{result #0 must be}}
  %a = "kcfi.address_of"() {callee = @test} : () -> i32
  return
}

// -----

func.func @test(%p: !llvm.ptr) {
  // expected-error@+1 {{unknown reason 'because' of a cast, expected 'coalesced', 'reinterpret', 'launder' or 'unchecked'}}
  %a = kcfi.cast because %p : !llvm.ptr to !kcfi.fnptr<() -> c.void>
  return
}

// -----

func.func @test(%p: !llvm.ptr) {
  // expected-error@+1 {{'kcfi.cast' op with reason 'coalesced' needs function pointers on both sides, found '!llvm.ptr' and '!kcfi.fnptr<() -> c.void>'; use 'launder' or 'unchecked' for untyped values}}
  %a = kcfi.cast coalesced %p : !llvm.ptr to !kcfi.fnptr<() -> c.void>
  return
}

// -----

func.func @test(%f: !kcfi.fnptr<(c.int) -> c.int>) {
  // expected-error@+1 {{'kcfi.cast' op with reason 'reinterpret' needs function pointers on both sides, found '!kcfi.fnptr<(c.int) -> c.int>' and 'i64'}}
  %a = kcfi.cast reinterpret %f : !kcfi.fnptr<(c.int) -> c.int> to i64
  return
}

// -----

func.func @test(%f: !kcfi.fnptr<(c.int) -> c.int>) {
  // expected-error@+1 {{'kcfi.cast' op with reason 'launder' goes from a pointer or integer to a function pointer, found '!kcfi.fnptr<(c.int) -> c.int>' and '!kcfi.fnptr<() -> c.void>'}}
  %a = kcfi.cast launder %f : !kcfi.fnptr<(c.int) -> c.int> to !kcfi.fnptr<() -> c.void>
  return
}

// -----

func.func @test(%x: f32) {
  // expected-error@+1 {{'kcfi.cast' op with reason 'launder' goes from a pointer or integer to a function pointer, found 'f32'}}
  %a = kcfi.cast launder %x : f32 to !kcfi.fnptr<() -> c.void>
  return
}

// -----

func.func @test(%x: () -> ()) {
  // expected-error@+1 {{'kcfi.cast' op with reason 'launder' goes from a pointer or integer to a function pointer, found '() -> ()'}}
  %a = kcfi.cast launder %x : () -> () to !kcfi.fnptr<() -> c.void>
  return
}

// -----

func.func @test(%p: !llvm.ptr) {
  // expected-error@+1 {{'kcfi.cast' op with reason 'unchecked' goes from a function pointer to a pointer or integer, found '!llvm.ptr' and 'i64'}}
  %a = kcfi.cast unchecked %p : !llvm.ptr to i64
  return
}

// -----

func.func @test(%f: !kcfi.fnptr<(c.int) -> c.int>) {
  // expected-error@+1 {{'kcfi.cast' op with reason 'unchecked' goes from a function pointer to a pointer or integer, found '!kcfi.fnptr<(c.int) -> c.int>' and 'vector<2xi32>'}}
  %a = kcfi.cast unchecked %f : !kcfi.fnptr<(c.int) -> c.int> to vector<2xi32>
  return
}

// -----

func.func @test(%f: !kcfi.fnptr<(c.int) -> c.int>, %x: i32) {
  // expected-error@+1 {{'kcfi.call' op has more than one result}}
  %a:2 = kcfi.call %f(%x) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> (i32, i32)
  return
}

// -----

func.func @test(%f: !kcfi.fnptr<(c.int) -> c.int>, %x: i32) {
  // expected-error@+1 {{'kcfi.call' op is unchecked and has a type id}}
  %a = kcfi.call unchecked %f(%x) id <0x1> : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
  return
}

// -----

func.func @test(%f: !kcfi.fnptr<raw<0x2>>) {
  // expected-error@+1 {{'kcfi.call' op type id 0x00000001 contradicts the signature '!kcfi.raw<0x00000002>'}}
  kcfi.call %f() id <0x1> : !kcfi.fnptr<raw<0x2>>, () -> ()
  return
}

// -----

func.func @test(%f: !kcfi.fnptr<() -> c.int unprototyped>) {
  // expected-error@+1 {{'kcfi.call' op calls through a pointer without a prototype, 'int ()', which cannot be checked: mark the call 'unchecked' or give the pointer a prototype}}
  %a = kcfi.call %f() : !kcfi.fnptr<() -> c.int unprototyped>, () -> i32
  return
}

// -----

func.func @test(%f: !kcfi.fnptr<(c.int) -> c.int>, %x: i32) {
  // expected-error@+1 {{'kcfi.call' op has 'fixed', but its signature 'int (int)' is not variadic}}
  %a = kcfi.call %f(%x) fixed(1) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
  return
}

// -----

func.func @test(%f: !kcfi.fnptr<(c.int, ...) -> c.int>, %x: i32) {
  // expected-error@+1 {{'kcfi.call' op has 1 argument(s), of which 2 cannot be fixed}}
  %a = kcfi.call %f(%x) fixed(2) : !kcfi.fnptr<(c.int, ...) -> c.int>, (i32) -> i32
  return
}

// -----

func.func @test(%f: !kcfi.fnptr<(c.int, ...) -> c.int>, %x: i32) {
  // expected-error@+1 {{'kcfi.call' op has 1 argument(s), of which 4294967295 cannot be fixed}}
  %a = kcfi.call %f(%x) fixed(-1) : !kcfi.fnptr<(c.int, ...) -> c.int>, (i32) -> i32
  return
}

// -----

func.func @test(%f: !kcfi.fnptr<(tag<struct "S">, ...) -> c.int>, %x: i32) {
  // expected-error@+1 {{'kcfi.call' op needs 'fixed(n)': the number of fixed arguments does not follow from 'int (struct S, ...)'}}
  %a = kcfi.call %f(%x) : !kcfi.fnptr<(tag<struct "S">, ...) -> c.int>, (i32) -> i32
  return
}

// -----

func.func @test(%f: !kcfi.fnptr<(c.int) -> c.int>, %x: i32) {
  // expected-error@+1 {{'kcfi.call' op has 2 attribute dictionaries for 1 argument(s)}}
  %a = kcfi.call %f(%x) {arg_attrs = [{}, {}]} : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
  return
}

// -----

func.func @test(%f: !kcfi.fnptr<(c.int) -> c.int>, %x: i32) {
  // expected-error@+1 {{'kcfi.call' op has 0 attribute dictionaries for 1 result(s)}}
  %a = kcfi.call %f(%x) {res_attrs = []} : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
  return
}

// -----

func.func @test(%f: !kcfi.fnptr<(c.int) -> c.int>) {
  // expected-error@+1 {{'kcfi.call' op signature 'int (int)' has 1 parameter(s), the call has 0}}
  %a = kcfi.call %f() : !kcfi.fnptr<(c.int) -> c.int>, () -> i32
  return
}

// -----

func.func @test(%f: !kcfi.fnptr<(c.int) -> c.int>, %x: i32) {
  // expected-error@+1 {{'kcfi.call' op signature 'int (int)' has 1 parameter(s), the call has 2}}
  %a = kcfi.call %f(%x, %x) : !kcfi.fnptr<(c.int) -> c.int>, (i32, i32) -> i32
  return
}

// -----

func.func @test(%f: !kcfi.fnptr<(c.int, ...) -> c.int>) {
  // expected-error@+1 {{'kcfi.call' op signature 'int (int, ...)' has 1 parameter(s), the call has 0}}
  %a = kcfi.call %f() : !kcfi.fnptr<(c.int, ...) -> c.int>, () -> i32
  return
}

// -----

func.func @test(%f: !kcfi.fnptr<(c.int) -> c.int>, %x: f32) {
  // expected-error@+1 {{'kcfi.call' op machine type 'f32' of parameter #0 does not fit 'int' of signature 'int (int)'}}
  %a = kcfi.call %f(%x) : !kcfi.fnptr<(c.int) -> c.int>, (f32) -> i32
  return
}

// -----

func.func @test(%f: !kcfi.fnptr<(c.int) -> c.int>, %x: i32) {
  // expected-error@+1 {{'kcfi.call' op machine type 'f32' of the result does not fit 'int' of signature 'int (int)'}}
  %a = kcfi.call %f(%x) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> f32
  return
}

// -----

func.func @test(%f: !kcfi.fnptr<(c.int) -> c.int>, %x: i32) {
  // expected-error@+1 {{'kcfi.call' op missing result does not fit 'int' of signature 'int (int)'}}
  kcfi.call %f(%x) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> ()
  return
}

// -----

func.func @test(%f: !kcfi.fnptr<(c.int) -> c.int>, %x: i32) {
  // expected-error@+1 {{'kcfi.call' op 'implicit_object' needs a pointer as first parameter}}
  %a = kcfi.call %f(%x) {implicit_object} : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
  return
}

// -----

func.func @test(%p: !llvm.ptr) {
  // expected-error@+1 {{operand #0 must be}}
  "kcfi.call"(%p) : (!llvm.ptr) -> ()
  return
}

// -----

func.func @test(%f: !kcfi.fnptr<() -> c.void>) {
  // expected-error@+1 {{requires zero regions}}
  "kcfi.call"(%f) ({}) : (!kcfi.fnptr<() -> c.void>) -> ()
  return
}

// -----

llvm.func @__gxx_personality_v0(...) -> i32
llvm.func @test(%p: !llvm.ptr, %x: i32) attributes {personality = @__gxx_personality_v0} {
  %f = kcfi.cast launder %p : !llvm.ptr to !kcfi.fnptr<(c.int) -> c.int>
  // expected-error@+1 {{'kcfi.invoke' op signature 'int (int)' has 1 parameter(s), the call has 0}}
  %r = kcfi.invoke %f() to ^ok unwind ^bad : !kcfi.fnptr<(c.int) -> c.int>, () -> i32
^ok:
  llvm.return
^bad:
  %lp = llvm.landingpad cleanup : !llvm.struct<(ptr, i32)>
  llvm.resume %lp : !llvm.struct<(ptr, i32)>
}

// -----

llvm.func @__gxx_personality_v0(...) -> i32
llvm.func @test(%p: !llvm.ptr, %x: i32) attributes {personality = @__gxx_personality_v0} {
  %f = kcfi.cast launder %p : !llvm.ptr to !kcfi.fnptr<() -> c.int unprototyped>
  // expected-error@+1 {{'kcfi.invoke' op calls through a pointer without a prototype}}
  %r = kcfi.invoke %f() to ^ok unwind ^bad : !kcfi.fnptr<() -> c.int unprototyped>, () -> i32
^ok:
  llvm.return
^bad:
  %lp = llvm.landingpad cleanup : !llvm.struct<(ptr, i32)>
  llvm.resume %lp : !llvm.struct<(ptr, i32)>
}

// -----

llvm.func @__gxx_personality_v0(...) -> i32
llvm.func @test(%p: !llvm.ptr, %x: i32) attributes {personality = @__gxx_personality_v0} {
  %f = kcfi.cast launder %p : !llvm.ptr to !kcfi.fnptr<() -> c.void>
  // expected-error@+1 {{branch has 1 operands for successor #0, but target block has 0}}
  kcfi.invoke %f() to ^ok(%x : i32) unwind ^bad : !kcfi.fnptr<() -> c.void>, () -> ()
^ok:
  llvm.return
^bad:
  %lp = llvm.landingpad cleanup : !llvm.struct<(ptr, i32)>
  llvm.resume %lp : !llvm.struct<(ptr, i32)>
}

// -----

func.func @test(%f: !kcfi.fnptr<() -> c.void>) {
  // expected-error@+1 {{operation with block successors must terminate its parent block}}
  kcfi.invoke %f() to ^ok unwind ^ok : !kcfi.fnptr<() -> c.void>, () -> ()
  return
^ok:
  return
}
