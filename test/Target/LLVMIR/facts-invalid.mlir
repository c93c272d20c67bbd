// RUN: kcfi-translate --kcfi-to-llvmir --split-input-file --verify-diagnostics %s

// Facts that no import writes, and that name what is not there.

llvm.func @f()
llvm.func @attribute() {
  // expected-error@+1 {{'nosuchattribute' with value unit in 'kcfi.llvm_facts' is no attribute of LLVM IR}}
  llvm.call @f() {kcfi.llvm_facts = {function = {nosuchattribute}}} : () -> ()
  llvm.return
}

// -----

llvm.func @tail() {
  // expected-error@+1 {{unknown kind of tail call "often"}}
  llvm.call_intrinsic "llvm.donothing"() {kcfi.llvm_facts = {tail = "often"}} : () -> ()
  llvm.return
}

// -----

llvm.func @f(i32)
llvm.func @arguments(%x: i32) {
  // expected-error@+1 {{has attributes of 2 arguments in 'kcfi.llvm_facts', but only 1 arguments}}
  llvm.call @f(%x) {kcfi.llvm_facts = {arguments = [{}, {noundef}]}} : (i32) -> ()
  llvm.return
}

// -----

llvm.func @flag(%x: i32) -> i32 {
  // expected-error@+1 {{unknown flag 'fast' in 'kcfi.llvm_facts'}}
  %0 = llvm.add %x, %x {kcfi.llvm_facts = {flags = ["fast"]}} : i32
  llvm.return %0 : i32
}

// -----

llvm.func @folded() -> i32 {
  %0 = llvm.mlir.constant(1 : i32) : i32
  // expected-remark@+1 {{makes no instruction; 'kcfi.llvm_facts' is dropped}}
  %1 = llvm.add %0, %0 {kcfi.llvm_facts = {metadata = {annotation = ["why"]}}} : i32
  llvm.return %1 : i32
}

// -----

llvm.func @f()
llvm.func @form() {
  // expected-error@+1 {{has no form of metadata: 1.000000e+00 : f32}}
  llvm.call @f() {kcfi.llvm_facts = {metadata = {annotation = [1.0 : f32]}}} : () -> ()
  llvm.return
}

// -----

llvm.func @f()
llvm.func @distinct() {
  // expected-error@+1 {{has no form of metadata: {distinct = 0 : index}}}
  llvm.call @f() {kcfi.llvm_facts = {metadata = {annotation = {distinct = 0 : index}}}} : () -> ()
  llvm.return
}

// -----

llvm.func @f()
llvm.func @symbol() {
  // expected-remark@+1 {{metadata '!annotation' is dropped: symbol 'absent', which it names, is gone}}
  llvm.call @f() {kcfi.llvm_facts = {metadata = {annotation = [@absent]}}} : () -> ()
  llvm.return
}

// -----

// expected-error@+1 {{metadata refers to symbol 'absent', which is not there}}
llvm.func @constant() attributes {kcfi.llvm_facts = {prefix = [@absent]}} {
  llvm.return
}

// -----

llvm.func @f()
llvm.func @number() {
  // expected-error@+1 {{metadata node 7 is not in the carried bitcode}}
  llvm.call @f() {kcfi.llvm_facts = {metadata = {annotation = 7 : index}}} : () -> ()
  llvm.return
}

// -----

llvm.func @f()
llvm.func @node() {
  // expected-error@+1 {{metadata must be a node, found "text"}}
  llvm.call @f() {kcfi.llvm_facts = {metadata = {annotation = "text"}}} : () -> ()
  llvm.return
}

// -----

// expected-error@+1 {{expected a constant, found ["text"]}}
llvm.func @prefix() attributes {kcfi.llvm_facts = {prefix = ["text"]}} {
  llvm.return
}
