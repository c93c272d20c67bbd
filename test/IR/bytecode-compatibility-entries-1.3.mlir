// Entries as frozen by version 1.3, the first with alignments of entries, are read for ever. The frozen
// file was made from this module with `kcfi-opt --strip-debuginfo
// --emit-bytecode`; it is never made again.

// RUN: kcfi-opt %s -o %t.text.mlir
// RUN: kcfi-opt %S/Inputs/version-1.3-entries.mlirbc -o %t.frozen.mlir
// RUN: diff %t.text.mlir %t.frozen.mlir
// RUN: FileCheck %s < %t.frozen.mlir
// CHECK: kcfi.entry private @f.as.long of @f : !kcfi.raw<0x00000007> form jump align 32 because ["a call", "a table"]

func.func private @f(i32) attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.void>}
kcfi.entry private @f.as.long of @f : !kcfi.raw<0x7> form jump align 32 because ["a call", "a table"] {kcfi.type_id = #kcfi.type_id<0x7>}
kcfi.entry @f.as.uint of @f : !kcfi.fn<(c.uint) -> c.void>
