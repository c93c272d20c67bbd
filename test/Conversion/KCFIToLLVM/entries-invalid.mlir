// RUN: kcfi-opt %s --convert-kcfi-to-llvm --split-input-file --verify-diagnostics

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  llvm.func @f()
  // expected-error@+1 {{'kcfi.entry' op has no type id: run 'kcfi-assign-type-ids' before the conversion to LLVM}}
  kcfi.entry @e of @f : !kcfi.raw<7>
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  emitc.func private @f()
  // expected-error@+1 {{'kcfi.entry' op 'f' is still a 'emitc.func': convert it to the LLVM dialect first}}
  kcfi.entry @e of @f : !kcfi.raw<7> {kcfi.type_id = #kcfi.type_id<7>}
}

// -----

// expected-error@+1 {{type ids depend on the target, but the module has no attribute 'llvm.target_triple'}}
module {
  llvm.func @f()
  kcfi.entry @e of @f : !kcfi.raw<7> {kcfi.type_id = #kcfi.type_id<7>}
}

// -----

// What prefix data need, on any target.

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  llvm.func @f() attributes {kcfi.type_id = #kcfi.type_id<1>}
  // expected-error@+1 {{form 'fallthrough' is not possible for 'f': the function has no body here}}
  kcfi.entry @e of @f : !kcfi.raw<7> form fallthrough {kcfi.type_id = #kcfi.type_id<7>}
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  llvm.func @f() { llvm.return }
  // expected-error@+1 {{form 'fallthrough' is not possible for 'f': the function has no type id of its own}}
  kcfi.entry @e of @f : !kcfi.raw<7> form fallthrough {kcfi.type_id = #kcfi.type_id<7>}
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  llvm.func @f() attributes {kcfi.type_id = #kcfi.type_id<1>, kcfi.prefix_data = array<i8: 1>} { llvm.return }
  // expected-error@+1 {{form 'fallthrough' is not possible for 'f': the function has prefix data already}}
  kcfi.entry @e of @f : !kcfi.raw<7> form fallthrough {kcfi.type_id = #kcfi.type_id<7>}
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  llvm.func weak @f() attributes {kcfi.type_id = #kcfi.type_id<1>} { llvm.return }
  // expected-error@+1 {{form 'fallthrough' is not possible for 'f': the linker may replace the function, whose linkage is 'weak'}}
  kcfi.entry @e of @f : !kcfi.raw<7> form fallthrough {kcfi.type_id = #kcfi.type_id<7>}
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  llvm.comdat @c { llvm.comdat_selector @any any }
  llvm.func @f() comdat(@c::@any) attributes {kcfi.type_id = #kcfi.type_id<1>} { llvm.return }
  // expected-error@+1 {{form 'fallthrough' is not possible for 'f': the linker may discard the function, which is in a comdat}}
  kcfi.entry @e of @f : !kcfi.raw<7> form fallthrough {kcfi.type_id = #kcfi.type_id<7>}
}

// -----

module attributes {llvm.target_triple = "x86_64-pc-windows-gnu"} {
  llvm.func @f() attributes {kcfi.type_id = #kcfi.type_id<1>} { llvm.return }
  // expected-error@+1 {{form 'fallthrough' is not possible for 'f': only ELF objects are known}}
  kcfi.entry @e of @f : !kcfi.raw<7> form fallthrough {kcfi.type_id = #kcfi.type_id<7>}
}

// -----

// x86-64.

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  llvm.func @f() attributes {kcfi.type_id = #kcfi.type_id<1>} { llvm.return }
  // expected-error@+1 {{form 'adjacent' is not possible for 'f': x86-64 has no such entries}}
  kcfi.entry @e of @f : !kcfi.raw<7> form adjacent {kcfi.type_id = #kcfi.type_id<7>}
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  llvm.func @f(...) attributes {kcfi.type_id = #kcfi.type_id<1>} { llvm.return }
  // expected-error@+1 {{form 'fallthrough' is not possible for 'f': %al tells a variadic function how many vector registers are in use}}
  kcfi.entry @e of @f : !kcfi.raw<7> form fallthrough {kcfi.type_id = #kcfi.type_id<7>}
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  llvm.func x86_regcallcc @f(i32) attributes {kcfi.type_id = #kcfi.type_id<1>} {
  ^bb0(%x: i32):
    llvm.return
  }
  // expected-error@+1 {{form 'fallthrough' is not possible for 'f': the way into the function overwrites %eax, which calling conventions other than C's may pass arguments in}}
  kcfi.entry @e of @f : !kcfi.raw<7> form fallthrough {kcfi.type_id = #kcfi.type_id<7>}
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  llvm.func @f() attributes {kcfi.type_id = #kcfi.type_id<1>, passthrough = ["no_caller_saved_registers"]} { llvm.return }
  // expected-error@+1 {{form 'fallthrough' is not possible for 'f': the way into the function overwrites %eax, which the callers of this function rely on}}
  kcfi.entry @e of @f : !kcfi.raw<7> form fallthrough {kcfi.type_id = #kcfi.type_id<7>}
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu", kcfi.codegen = #kcfi.codegen<arity>} {
  llvm.func @f() attributes {kcfi.type_id = #kcfi.type_id<1>} { llvm.return }
  // expected-error@+1 {{form 'fallthrough' is not possible for 'f': with KCFI arity the way into the function overwrites an argument register or the stack pointer}}
  kcfi.entry @e of @f : !kcfi.raw<7> form fallthrough {kcfi.type_id = #kcfi.type_id<7>}
}

// -----

// AArch64.

module attributes {llvm.target_triple = "aarch64-unknown-linux-gnu"} {
  llvm.func @f() attributes {kcfi.type_id = #kcfi.type_id<1>} { llvm.return }
  // expected-error@+1 {{form 'fallthrough' is not possible for 'f': AArch64 has no such entries}}
  kcfi.entry @e of @f : !kcfi.raw<7> form fallthrough {kcfi.type_id = #kcfi.type_id<7>}
}

// -----

// ARM.

module attributes {llvm.target_triple = "armv7a-unknown-linux-gnueabi", kcfi.codegen = #kcfi.codegen<patchable_prefix = 2>} {
  llvm.func @f() attributes {kcfi.type_id = #kcfi.type_id<1>} { llvm.return }
  // expected-error@+1 {{form 'adjacent' is not possible for 'f': patchable prefixes do not work together with KCFI here}}
  kcfi.entry @e of @f : !kcfi.raw<7> form adjacent {kcfi.type_id = #kcfi.type_id<7>}
}

// -----

module attributes {llvm.target_triple = "armebv7a-unknown-linux-gnueabi"} {
  llvm.func @f() attributes {kcfi.type_id = #kcfi.type_id<1>} { llvm.return }
  // expected-error@+1 {{form 'adjacent' is not possible for 'f': linkers turn the bytes of instructions round for big-endian ARM, but not those of data}}
  kcfi.entry @e of @f : !kcfi.raw<7> form adjacent {kcfi.type_id = #kcfi.type_id<7>}
}

// -----

module attributes {llvm.target_triple = "thumbv7a-unknown-linux-gnueabi"} {
  llvm.module_flags [#llvm.mlir.module_flag<min, "branch-target-enforcement", 1 : i32>]
  llvm.func @f() attributes {kcfi.type_id = #kcfi.type_id<1>} { llvm.return }
  // expected-error@+1 {{form 'adjacent' is not possible for 'f': branch target enforcement is not known well enough on ARM}}
  kcfi.entry @e of @f : !kcfi.raw<7> form adjacent {kcfi.type_id = #kcfi.type_id<7>}
}

// -----

// RISC-V.

module attributes {llvm.target_triple = "riscv64-unknown-linux-gnu"} {
  llvm.module_flags [#llvm.mlir.module_flag<min, "cf-protection-branch", 1 : i32>]
  llvm.func @f() attributes {kcfi.type_id = #kcfi.type_id<1>} { llvm.return }
  // expected-error@+1 {{form 'adjacent' is not possible for 'f': the label of a landing pad (Zicfilp) is chosen by the back end}}
  kcfi.entry @e of @f : !kcfi.raw<7> form adjacent {kcfi.type_id = #kcfi.type_id<7>}
}

// -----

module attributes {llvm.target_triple = "riscv64-unknown-linux-gnu", kcfi.codegen = #kcfi.codegen<patchable_prefix = 2>} {
  llvm.func @f() attributes {kcfi.type_id = #kcfi.type_id<1>} { llvm.return }
  // expected-error@+1 {{form 'adjacent' is not possible for 'f': the size of the patchable prefix depends on the target features of the function, which has none}}
  kcfi.entry @e of @f : !kcfi.raw<7> form adjacent {kcfi.type_id = #kcfi.type_id<7>}
}

// -----

// Jumps that LLVM does not make.

module attributes {llvm.target_triple = "riscv64-unknown-linux-gnu"} {
  llvm.func @f(i32, ...)
  // expected-error@+1 {{form 'jump' is not possible for 'f': LLVM cannot hand on variable arguments on RISC-V 64}}
  kcfi.entry @e of @f : !kcfi.raw<7> form jump {kcfi.type_id = #kcfi.type_id<7>}
}

// -----

module attributes {llvm.target_triple = "riscv64-unknown-linux-gnu"} {
  llvm.func @f() -> i32 attributes {passthrough = ["returns_twice"]}
  // expected-error@+1 {{form 'jump' is not possible for 'f': a function that returns twice needs a jump that LLVM does not guarantee on RISC-V 64}}
  kcfi.entry @e of @f : !kcfi.raw<7> form jump {kcfi.type_id = #kcfi.type_id<7>}
}

// -----

// The reason why the better form is not used comes with it.

module attributes {llvm.target_triple = "riscv64-unknown-linux-gnu"} {
  llvm.func @f(i32, ...)
  // expected-error@+1 {{form 'jump' is not possible for 'f': LLVM cannot hand on variable arguments on RISC-V 64 (not 'adjacent': the function has no body here)}}
  kcfi.entry @e of @f : !kcfi.raw<7> {kcfi.type_id = #kcfi.type_id<7>}
}

// -----

// Copies.

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  llvm.func @f()
  // expected-error@+1 {{form 'clone' is not possible for 'f': the function has no body here}}
  kcfi.entry @e of @f : !kcfi.raw<7> form clone {kcfi.type_id = #kcfi.type_id<7>}
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  llvm.func @f() -> !llvm.ptr {
    %0 = llvm.blockaddress <function = @f, tag = <id = 0>> : !llvm.ptr
    llvm.br ^bb1
  ^bb1:
    llvm.blocktag <id = 0>
    llvm.return %0 : !llvm.ptr
  }
  // expected-error@+1 {{form 'clone' is not possible for 'f': the function takes the addresses of its blocks}}
  kcfi.entry @e of @f : !kcfi.raw<7> form clone {kcfi.type_id = #kcfi.type_id<7>}
}

// -----

// The attribute that the forms leave behind.

// expected-error@+1 {{'kcfi.prefix_data' belongs on an 'llvm.func' with a body}}
llvm.func @f() attributes {kcfi.prefix_data = array<i8: 1>}

// -----

// expected-error@+1 {{'kcfi.prefix_data' must be an array of bytes, 'array<i8: ...>', found [1]}}
llvm.func @f() attributes {kcfi.prefix_data = [1]} { llvm.return }

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  llvm.func @__cfi_e()
  llvm.func @f() attributes {kcfi.type_id = #kcfi.type_id<1>} { llvm.return }
  // expected-error@+1 {{'kcfi.entry' op needs the name '__cfi_e' for what stands in front of it, but it is taken}}
  kcfi.entry @e of @f : !kcfi.raw<7> form fallthrough {kcfi.type_id = #kcfi.type_id<7>}
}

// -----

module attributes {llvm.target_triple = "riscv64-unknown-linux-gnu", kcfi.codegen = #kcfi.codegen<patchable_prefix = 3>} {
  llvm.func @f() attributes {kcfi.type_id = #kcfi.type_id<1>, target_features = #llvm.target_features<["+c"]>} { llvm.return }
  // expected-error@+1 {{form 'clone' is not possible for 'f': functions cannot be aligned behind a patchable prefix of 3 NOPs}}
  kcfi.entry @e of @f : !kcfi.raw<7> form clone align 16 {kcfi.type_id = #kcfi.type_id<7>}
}
