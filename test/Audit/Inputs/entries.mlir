module attributes {kcfi.codegen = CODEGEN, kcfi.encoding = #kcfi.encoding<hash = xxhash64>,
                   llvm.target_triple = "TRIPLE"} {
  llvm.func @f(%x: i32) -> i32 attributes {kcfi.sig = !kcfi.raw<0x10000001>, kcfi.type_id = #kcfi.type_id<0x10000001>} {
    llvm.return %x : i32
  }
  kcfi.entry private @second of @f : !kcfi.raw<0x20000002> form FORM {kcfi.type_id = #kcfi.type_id<0x20000002>}
  llvm.mlir.global external @table() : !llvm.ptr {
    %f = kcfi.address_of @second : !kcfi.fnptr<raw<0x20000002>>
    %p = kcfi.cast unchecked %f : !kcfi.fnptr<raw<0x20000002>> to !llvm.ptr
    llvm.return %p : !llvm.ptr
  }
  llvm.func @right(%x: i32) -> i32 {
    %t = llvm.mlir.addressof @table : !llvm.ptr
    %p = llvm.load %t : !llvm.ptr -> !llvm.ptr
    %f = kcfi.cast launder %p : !llvm.ptr to !kcfi.fnptr<raw<0x20000002>>
    %r = kcfi.call %f(%x) : !kcfi.fnptr<raw<0x20000002>>, (i32) -> i32
    llvm.return %r : i32
  }
  llvm.func @wrong(%x: i32) -> i32 {
    %t = llvm.mlir.addressof @table : !llvm.ptr
    %p = llvm.load %t : !llvm.ptr -> !llvm.ptr
    %f = kcfi.cast launder %p : !llvm.ptr to !kcfi.fnptr<raw<0x30000003>>
    %r = kcfi.call %f(%x) : !kcfi.fnptr<raw<0x30000003>>, (i32) -> i32
    llvm.return %r : i32
  }
}
