module attributes {llvm.target_triple = "TRIPLE"} {
  kcfi.signature @f : !kcfi.fn<(c.int) -> c.int>
}
