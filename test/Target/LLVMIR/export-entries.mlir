// RUN: kcfi-opt --kcfi-lower-pipeline --mlir-print-debuginfo %s | kcfi-translate --kcfi-to-llvmir | FileCheck %s

// Debug info stays with the function; entries have none. Prefix data and aliases
// become those of LLVM.

// CHECK:     @t = alias void (i32), getelementptr (i8, ptr @f, i64 -16)
// CHECK:     define void @f(i32 %0) prefix [16 x i8] c"\00\00\00\00\00\00\00\00\00\00\00\B8\09\00\00\00" !dbg
// CHECK:       #dbg_value
// CHECK:     define dso_local void @j(i32 %0) #{{[0-9]+}} !kcfi_type ![[ID:[0-9]+]] {
// CHECK-NEXT:  musttail call void @f(i32 %0) #
// CHECK-NEXT:  ret void
// CHECK:     define dso_local void @c(i32 %0) !kcfi_type ![[CLONE:[0-9]+]] {
// CHECK-NEXT:  call void @g(i32 %0){{$}}
// CHECK-NEXT:  ret void{{$}}
// CHECK-DAG: ![[ID]] = !{i32 7}
// CHECK-DAG: ![[CLONE]] = !{i32 8}

#file = #llvm.di_file<"a.c" in "/">
#cu = #llvm.di_compile_unit<id = distinct[0]<>, sourceLanguage = DW_LANG_C, file = #file, isOptimized = false, emissionKind = Full>
#ty = #llvm.di_subroutine_type<>
#sp = #llvm.di_subprogram<id = distinct[1]<>, compileUnit = #cu, scope = #file, name = "f", file = #file, subprogramFlags = Definition, type = #ty>
#int = #llvm.di_basic_type<tag = DW_TAG_base_type, name = "int", sizeInBits = 32, encoding = DW_ATE_signed>
#var = #llvm.di_local_variable<scope = #sp, name = "x", file = #file, type = #int>
#loc = loc("a.c":1:1)
#floc = loc(fused<#sp>[#loc])
module attributes {kcfi.encoding = #kcfi.encoding<hash = xxhash64>, llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  llvm.func @g(i32)
  llvm.func @f(%x: i32) attributes {kcfi.type_id = #kcfi.type_id<0x11223344>} {
    llvm.intr.dbg.value #var = %x : i32 loc(#floc)
    llvm.call @g(%x) : (i32) -> () loc(#floc)
    llvm.return loc(#floc)
  } loc(#floc)
  kcfi.entry @j of @f : !kcfi.raw<7> form jump {kcfi.type_id = #kcfi.type_id<7>}
  kcfi.entry @c of @f : !kcfi.raw<8> form clone {kcfi.type_id = #kcfi.type_id<8>}
  kcfi.entry @t of @f : !kcfi.raw<9> form fallthrough {kcfi.type_id = #kcfi.type_id<9>}
}
