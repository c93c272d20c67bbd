// The usual ways to declare a C function `void f(T)` in Rust, 19 of them. Their ids
// are compared with those of the compilers by test/Live/interop.test.
//
// RUN: sed -e 's/, OPTIONS//' %s | kcfi-opt --kcfi-check-interop --remarks-filter='kcfi.*' -o /dev/null 2>&1 | FileCheck %s --check-prefix=DEFAULT --implicit-check-not="different type ids"
// RUN: sed -e 's/OPTIONS/normalize_integers/' %s | kcfi-opt --kcfi-check-interop --remarks-filter='kcfi.*' -o /dev/null 2>&1 | FileCheck %s --check-prefix=NORM --implicit-check-not="different type ids"
// RUN: sed -e 's/OPTIONS/generalize_pointers/' %s | kcfi-opt --kcfi-check-interop --remarks-filter='kcfi.*' -o /dev/null 2>&1 | FileCheck %s --check-prefix=GEN
//
// As errors; a module without findings passes.
// RUN: sed -e 's/OPTIONS/normalize_integers/' %s | not kcfi-opt --kcfi-check-interop=severity=error -o /dev/null 2>&1 | FileCheck %s --check-prefix=ERROR
// RUN: sed -e 's/OPTIONS/normalize_integers/' -e '/@f1[23]/,+2d' %s | kcfi-opt --kcfi-check-interop=severity=error --remarks-filter='kcfi.*' -o /dev/null 2>&1 | FileCheck %s --check-prefix=NONE --implicit-check-not=error

// The attribute is no obstacle on the way to LLVM IR and in bytecode.
// RUN: sed -e 's/, OPTIONS//' %s | kcfi-opt --emit-bytecode | kcfi-opt --kcfi-lower-pipeline | kcfi-translate --kcfi-to-llvmir | FileCheck %s --check-prefix=LLVM
// LLVM: declare !kcfi_type !{{[0-9]+}} void @f0(i8)

// DEFAULT: warning: 'f0' has different type ids
// DEFAULT: remark: [Missed] InteropMismatch | Category:kcfi | First=0x{{[0-9a-f]+}}, Fixes=2, Second=0x{{[0-9a-f]+}}, What='f0'
// DEFAULT: warning: 'f1' has different type ids
// DEFAULT: warning: 'f2' has different type ids
// DEFAULT: warning: 'f3' has different type ids
// DEFAULT: warning: 'f4' has different type ids
// DEFAULT: warning: 'f5' has different type ids
// DEFAULT: warning: 'f6' has different type ids
// DEFAULT: warning: 'f7' has different type ids
// DEFAULT: warning: 'f8' has different type ids
// DEFAULT: warning: 'f9' has different type ids
// DEFAULT: warning: 'f10' has different type ids
// DEFAULT: warning: 'f11' has different type ids
// DEFAULT: warning: 'f12' has different type ids
// DEFAULT: warning: fn pointer in parameter #0 of 'f12' has different type ids
// DEFAULT: warning: 'f13' has different type ids
// DEFAULT: remark: [Analysis] Interop | Category:kcfi | Callbacks=1, Casts=0, Declarations=19, Fixable=15, Mismatches=15
// NORM:    warning: 'f12' has different type ids
// NORM:    warning: 'f13' has different type ids
// NORM:    remark: [Analysis] Interop | Category:kcfi | Callbacks=1, Casts=0, Declarations=19, Fixable=2, Mismatches=2
// GEN:     warning: 'f12' has different type ids
// GEN:     note: to make the ids equal: compile both languages with normalised integers and without generalised pointers and declare it in Rust as 'extern "C" fn(extern "C" fn(i32))'
// GEN:     remark: [Analysis] Interop | Category:kcfi | Callbacks=1, Casts=0, Declarations=19, Fixable=13, Mismatches=13
// ERROR:   error: 'f12' has different type ids
// ERROR:   error: 'f13' has different type ids
// NONE:    remark: [Analysis] Interop | Category:kcfi | Callbacks=0, Casts=0, Declarations=17, Fixable=0, Mismatches=0
#Option = #kcfi.rs.item<"core" "s2_" ["option", "Option"]>
#Point = #kcfi.rs.item<"app" "s1_" ["Point"] repr_c>
#c_void = #kcfi.rs.item<"core" "s2_" ["ffi", "c_void"] lang(c_void)>
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu",
                   kcfi.encoding = #kcfi.encoding<hash = xxhash64, OPTIONS>} {
  func.func private @f0(i8) attributes {
    kcfi.sig = !kcfi.fn<(c.schar) -> c.void>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.i8) -> rs.unit abi("C")>]}
  func.func private @f1(i8) attributes {
    kcfi.sig = !kcfi.fn<(c.uchar) -> c.void>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.u8) -> rs.unit abi("C")>]}
  func.func private @f2(i16) attributes {
    kcfi.sig = !kcfi.fn<(c.short) -> c.void>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.i16) -> rs.unit abi("C")>]}
  func.func private @f3(i16) attributes {
    kcfi.sig = !kcfi.fn<(c.ushort) -> c.void>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.u16) -> rs.unit abi("C")>]}
  func.func private @f4(i32) attributes {
    kcfi.sig = !kcfi.fn<(c.int) -> c.void>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.i32) -> rs.unit abi("C")>]}
  func.func private @f5(i32) attributes {
    kcfi.sig = !kcfi.fn<(c.uint) -> c.void>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.u32) -> rs.unit abi("C")>]}
  func.func private @f6(i64) attributes {
    kcfi.sig = !kcfi.fn<(c.long) -> c.void>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.i64) -> rs.unit abi("C")>]}
  func.func private @f7(i64) attributes {
    kcfi.sig = !kcfi.fn<(c.ulong) -> c.void>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.usize) -> rs.unit abi("C")>]}
  func.func private @f8(i64) attributes {
    kcfi.sig = !kcfi.fn<(c.longlong) -> c.void>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.i64) -> rs.unit abi("C")>]}
  func.func private @f9(i64) attributes {
    kcfi.sig = !kcfi.fn<(c.ulonglong) -> c.void>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.u64) -> rs.unit abi("C")>]}
  func.func private @f10(!llvm.ptr) attributes {
    kcfi.sig = !kcfi.fn<(ptr<c.char>) -> c.void>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.ptr<mut rs.i8>) -> rs.unit abi("C")>]}
  func.func private @f11(!llvm.ptr) attributes {
    kcfi.sig = !kcfi.fn<(ptr<qual<const c.char>>) -> c.void>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.ptr<const rs.i8>) -> rs.unit abi("C")>]}
  func.func private @f12(!llvm.ptr) attributes {
    kcfi.sig = !kcfi.fn<(ptr<fn<(c.int) -> c.void>>) -> c.void>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.adt<#Option, [rs.fn<(rs.i32) -> rs.unit abi("C")>]>) -> rs.unit abi("C")>]}
  func.func private @f13(!llvm.ptr) attributes {
    kcfi.sig = !kcfi.fn<(ptr<qual<const tag<struct "Point">>>) -> c.void>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.ref<rs.adt<#Point>>) -> rs.unit abi("C")>]}
  func.func private @f14(i1) attributes {
    kcfi.sig = !kcfi.fn<(c.bool) -> c.void>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.bool) -> rs.unit abi("C")>]}
  func.func private @f15(f32) attributes {
    kcfi.sig = !kcfi.fn<(c.float) -> c.void>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.f32) -> rs.unit abi("C")>]}
  func.func private @f16(f64) attributes {
    kcfi.sig = !kcfi.fn<(c.double) -> c.void>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.f64) -> rs.unit abi("C")>]}
  func.func private @f17(!llvm.ptr) attributes {
    kcfi.sig = !kcfi.fn<(ptr<c.void>) -> c.void>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.ptr<mut rs.adt<#c_void>>) -> rs.unit abi("C")>]}
  func.func private @f18(!llvm.ptr) attributes {
    kcfi.sig = !kcfi.fn<(ptr<tag<struct "Point">>) -> c.void>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.ptr<mut rs.adt<#Point>>) -> rs.unit abi("C")>]}
}
