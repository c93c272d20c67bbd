// Two extra entries of a function. FORM and the words in capitals are replaced.

module attributes {kcfi.encoding = #kcfi.encoding<hash = xxhash64>,
                   CODEGENllvm.target_triple = "TRIPLE"} {
  FLAGS
  llvm.func @f(%x: i32) -> i32 attributes {ATTRkcfi.type_id = #kcfi.type_id<0x11223344>} {
    llvm.return %x : i32
  }
  kcfi.entry @e1 of @f : !kcfi.raw<0x55667788> form FORM {kcfi.type_id = #kcfi.type_id<0x55667788>}
  kcfi.entry @e2 of @f : !kcfi.raw<0x05e1f00d> form FORM {kcfi.type_id = #kcfi.type_id<0x05e1f00d>}
}
