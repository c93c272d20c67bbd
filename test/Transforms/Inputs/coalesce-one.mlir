module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  func.func private @f() attributes {kcfi.sig = !kcfi.rs.fn<() -> rs.unit>}
}
