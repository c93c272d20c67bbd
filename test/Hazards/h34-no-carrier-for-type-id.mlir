// H34: llvm.func has no place for !kcfi_type. An attribute of an unknown dialect
// is dropped without a word, a "passthrough" entry becomes a string attribute.
//
// What we do: the export interface of the dialect writes !kcfi_type from
// `kcfi.type_id`; kcfi-translate registers it, mlir-translate does not.
// If this test fails because the metadata appears or the attribute is refused:
// llvm.func may carry the id itself (`function_metadata`), and the interface can
// shrink.

// RUN: mlir-translate --mlir-to-llvmir %s 2>&1 | FileCheck %s

// CHECK-NOT:   kcfi_type
// CHECK-NOT:   {{warning|error}}
// CHECK:       declare i32 @declared(i32)
// CHECK:       define i32 @attribute(i32 %0) {
// CHECK:       define i32 @passthrough(i32 %0) [[ATTRIBUTES:#[0-9]+]] {
// CHECK-NOT:   !kcfi_type
// CHECK:       attributes [[ATTRIBUTES]] = { "kcfi_type"="305419896" }
// CHECK-NOT:   305419896

llvm.module_flags [#llvm.mlir.module_flag<override, "kcfi", 1 : i32>]

llvm.func @declared(i32) -> i32 attributes {kcfi.type_id = 305419896 : i32}

llvm.func @attribute(%x: i32) -> i32 attributes {kcfi.type_id = 305419896 : i32} {
  llvm.return %x : i32
}

llvm.func @passthrough(%x: i32) -> i32 attributes {passthrough = [["kcfi_type", "305419896"]]} {
  llvm.return %x : i32
}
