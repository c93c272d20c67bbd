// RUN: kcfi-opt --kcfi-check-interop --split-input-file --verify-diagnostics %s

// Each row of the comparison of clang and rustc, function by function.

#Int = #kcfi.rs.item<"app" "s1_" ["Int"] transparent field rs.i32 cfi_encoding("i")>
#Point = #kcfi.rs.item<"app" "s1_" ["Point"] repr_c>
#Opaque = #kcfi.rs.item<"app" "s1_" [extern, "Opaque"]>
#c_void = #kcfi.rs.item<"core" "s2_" ["ffi", "c_void"] lang(c_void)>
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-warning @+4 {{'plain' has different type ids: 'int (int)' of C is 0x00050794 ("_ZTSFiiE"), 'extern "C" fn(i32) -> i32' of Rust is 0x9ca52654 ("_ZTSFu3i32S_E")}}
  // expected-note @+3 {{the result is 'int' ("i") in C, 'i32' ("u3i32") in Rust}}
  // expected-note @+2 {{to make the ids equal: compile both languages with normalised integers}}
  // expected-note @+1 {{to make the ids equal: declare it in Rust as 'extern "C" fn(CInt) -> CInt' with '#[cfi_encoding = "i"] #[repr(transparent)] pub struct CInt(pub i32);'}}
  func.func private @plain(i32) -> i32 attributes {
    kcfi.sig = !kcfi.fn<(c.int) -> c.int>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.i32) -> rs.i32 abi("C")>]}
  func.func private @newtype(i32) -> i32 attributes {
    kcfi.sig = !kcfi.fn<(c.int) -> c.int>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.adt<#Int>) -> rs.adt<#Int> abi("C")>]}
  func.func private @point(!llvm.ptr, !llvm.ptr) -> !llvm.ptr attributes {
    kcfi.sig = !kcfi.fn<(ptr<tag<struct "Point">>, ptr<qual<const tag<struct "Point">>>) -> ptr<tag<struct "Point">>>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.ptr<mut rs.adt<#Point>>, rs.ptr<const rs.adt<#Point>>) -> rs.ptr<mut rs.adt<#Point>> abi("C")>]}
  func.func private @opaque(!llvm.ptr) attributes {
    kcfi.sig = !kcfi.fn<(ptr<tag<struct "Opaque">>) -> c.void>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.ptr<mut rs.foreign<#Opaque>>) -> rs.unit abi("C")>]}
}

// -----

// The same with normalised integers: what was wrong is right, and the new type
// is wrong.
#Int = #kcfi.rs.item<"app" "s1_" ["Int"] transparent field rs.i32 cfi_encoding("i")>
#c_void = #kcfi.rs.item<"core" "s2_" ["ffi", "c_void"] lang(c_void)>
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu",
                   kcfi.encoding = #kcfi.encoding<hash = xxhash64, normalize_integers>} {
  func.func private @plain(i32) -> i32 attributes {
    kcfi.sig = !kcfi.fn<(c.int) -> c.int>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.i32) -> rs.i32 abi("C")>]}
  // expected-warning @+4 {{'newtype' has different type ids: 'int (int)' of C is 0xcdde824b ("_ZTSFu3i32S_E.normalized"), 'extern "C" fn(Int) -> Int' of Rust is 0x85bb0f80 ("_ZTSFiiE.normalized")}}
  // expected-note @+3 {{the result is 'int' ("u3i32") in C, 'Int' ("i") in Rust}}
  // expected-note @+2 {{to make the ids equal: compile both languages without normalised integers}}
  // expected-note @+1 {{to make the ids equal: declare it in Rust as 'extern "C" fn(i32) -> i32'}}
  func.func private @newtype(i32) -> i32 attributes {
    kcfi.sig = !kcfi.fn<(c.int) -> c.int>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.adt<#Int>) -> rs.adt<#Int> abi("C")>]}
  llvm.func @variadic(i32, ...) -> i32 attributes {
    kcfi.sig = !kcfi.fn<(c.int, ...) -> c.int>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.i32, ...) -> rs.i32 abi("C")>]}
  func.func private @truth(i1, !llvm.ptr) -> i1 attributes {
    kcfi.sig = !kcfi.fn<(c.bool, ptr<qual<const c.bool>>) -> c.bool>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.bool, rs.ptr<const rs.bool>) -> rs.bool abi("C")>]}
  func.func private @callback(!llvm.ptr) attributes {
    kcfi.sig = !kcfi.fn<(ptr<fn<(c.int, ptr<c.void>) -> c.int>>) -> c.void>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.fn<(rs.i32, rs.ptr<mut rs.adt<#c_void>>) -> rs.i32 abi("C")>) -> rs.unit abi("C")>]}
}

// -----

// Generalised pointers: rustc makes another pointer of a fn pointer than clang.
// No fn type has clang's text. A new type has it, but is of no use before another
// pointer, which in C is the same type; there only a raw pointer helps.
#Int = #kcfi.rs.item<"app" "s1_" ["Int"] transparent field rs.i32 cfi_encoding("i")>
#c_void = #kcfi.rs.item<"core" "s2_" ["ffi", "c_void"] lang(c_void)>
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu",
                   kcfi.encoding = #kcfi.encoding<hash = xxhash64, generalize_pointers>} {
  // expected-warning @+4 {{'callback' has different type ids: 'void (int (*)(int), void *)' of C is 0xf88b7420 ("_ZTSFvPvS_E.generalized"), 'extern "C" fn(extern "C" fn(Int) -> Int, *mut c_void)' of Rust is 0x325b0392 ("_ZTSFvPKvPvE.generalized")}}
  // expected-note @+3 {{parameter #0 is 'int (*)(int)' ("Pv") in C, 'extern "C" fn(Int) -> Int' ("PKv") in Rust}}
  // expected-note @+2 {{to make the ids equal: compile both languages without generalised pointers}}
  // expected-note @+1 {{to make the ids equal: declare it in Rust as 'extern "C" fn(*mut c_void, *mut c_void)'}}
  func.func private @callback(!llvm.ptr, !llvm.ptr) attributes {
    kcfi.sig = !kcfi.fn<(ptr<fn<(c.int) -> c.int>>, ptr<c.void>) -> c.void>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.fn<(rs.adt<#Int>) -> rs.adt<#Int> abi("C")>, rs.ptr<mut rs.adt<#c_void>>) -> rs.unit abi("C")>]}
  // expected-warning @+4 {{'alone' has different type ids}}
  // expected-note @+3 {{parameter #0 is 'void (*)(void)' ("Pv") in C, 'extern "C" fn()' ("PKv") in Rust}}
  // expected-note @+2 {{to make the ids equal: compile both languages without generalised pointers}}
  // expected-note @+1 {{to make the ids equal: declare it in Rust as 'extern "C" fn(CVoidVoid)' with '#[cfi_encoding = "Pv"] #[repr(transparent)] pub struct CVoidVoid(pub extern "C" fn());'}}
  func.func private @alone(!llvm.ptr) attributes {
    kcfi.sig = !kcfi.fn<(ptr<fn<() -> c.void>>) -> c.void>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.fn<() -> rs.unit abi("C")>) -> rs.unit abi("C")>]}
}

// -----

// A nullable callback and a reference: two findings for the callback, since the
// call through it is checked, too. Regions of a fn pointer are no difference
// (its second parameter is abbreviated when it is called).
#Option = #kcfi.rs.item<"core" "s2_" ["option", "Option"]>
#Point = #kcfi.rs.item<"app" "s1_" ["Point"] repr_c>
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-warning @+8 {{'nullable' has different type ids: 'void (void (*)(int))' of C is}}
  // expected-note @+7 {{parameter #0 is 'void (*)(int)' ("PFviE") in C, 'Option<extern "C" fn(i32)>' ("u27NtNtC}}
  // expected-note @+6 {{to make the ids equal: declare it in Rust as 'extern "C" fn(CVoidInt)' with '#[cfi_encoding = "PFviE"] #[repr(transparent)] pub struct CVoidInt(pub Option<extern "C" fn(i32)>);'}}
  // expected-note @+5 {{to make the ids equal: compile both languages with normalised integers and declare it in Rust as 'extern "C" fn(extern "C" fn(i32))'}}
  // expected-warning @+4 {{fn pointer in parameter #0 of 'nullable' has different type ids: 'void (int)' of C is 0x019c0cac ("_ZTSFviE"), 'extern "C" fn(i32)' of Rust is}}
  // expected-note @+3 {{parameter #0 is 'int' ("i") in C, 'i32' ("u3i32") in Rust}}
  // expected-note @+2 {{to make the ids equal: compile both languages with normalised integers}}
  // expected-note @+1 {{to make the ids equal: declare it in Rust as 'extern "C" fn(CInt)'}}
  func.func private @nullable(!llvm.ptr) attributes {
    kcfi.sig = !kcfi.fn<(ptr<fn<(c.int) -> c.void>>) -> c.void>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.adt<#Option, [rs.fn<(rs.i32) -> rs.unit abi("C")>]>) -> rs.unit abi("C")>]}
  // expected-warning @+3 {{'reference' has different type ids}}
  // expected-note @+2 {{parameter #0 is 'const struct Point *' ("PK5Point") in C, '&Point' ("u3refI5PointE") in Rust}}
  // expected-note @+1 {{to make the ids equal: declare it in Rust as 'extern "C" fn(*const Point)'}}
  func.func private @reference(!llvm.ptr) attributes {
    kcfi.sig = !kcfi.fn<(ptr<qual<const tag<struct "Point">>>) -> c.void>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.ref<rs.adt<#Point>>) -> rs.unit abi("C")>]}
  // expected-warning @+6 {{'regions' has different type ids: 'void (void (*)(const struct Point *, const struct Point *))' of C is}}
  // expected-note @+5 {{parameter #0 is 'void (*)(const struct Point *, const struct Point *)'}}
  // expected-note @+4 {{to make the ids equal: declare it in Rust as 'extern "C" fn(extern "C" fn(*const Point, *const Point))'}}
  // expected-warning @+3 {{fn pointer in parameter #0 of 'regions' has different type ids: 'void (const struct Point *, const struct Point *)' of C is 0x1d418e78 ("_ZTSFvPK5PointS1_E"), 'extern "C" fn(&Point, &Point)' of Rust is 0xaa47d388 ("_ZTSFvu3refI5PointES0_E")}}
  // expected-note @+2 {{parameter #0 is}}
  // expected-note @+1 {{to make the ids equal: declare it in Rust as 'extern "C" fn(*const Point, *const Point)'}}
  func.func private @regions(!llvm.ptr) attributes {
    kcfi.sig = !kcfi.fn<(ptr<fn<(ptr<qual<const tag<struct "Point">>>, ptr<qual<const tag<struct "Point">>>) -> c.void>>) -> c.void>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.fn<(rs.ref<bound(0, 0) rs.adt<#Point>>, rs.ref<bound(0, 1) rs.adt<#Point>>) -> rs.unit abi("C")>) -> rs.unit abi("C")>]}
}

// -----

// In C a function is a component besides the pointer to it, in Rust it is not:
// behind a callback the abbreviations of clang have other numbers than rustc's.
// Only a raw pointer has two components.
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  func.func private @once(!llvm.ptr) attributes {
    kcfi.sig = !kcfi.fn<(ptr<fn<() -> c.void>>) -> c.void>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.fn<() -> rs.unit abi("C")>) -> rs.unit abi("C")>]}
  // expected-warning @+3 {{'twice' has different type ids: 'void (void (*)(void), void (*)(void))' of C is 0x453705cd ("_ZTSFvPFvvES0_E"), 'extern "C" fn(extern "C" fn(), extern "C" fn())' of Rust is 0xd8b5785f ("_ZTSFvPFvvES_E")}}
  // expected-note @+2 {{each part is the same}}
  // expected-note @+1 {{to make the ids equal: declare it in Rust as 'extern "C" fn(*mut CVoidVoid, *mut CVoidVoid)' with '#[cfi_encoding = "FvvE"] #[repr(transparent)] pub struct CVoidVoid(pub c_void);'}}
  func.func private @twice(!llvm.ptr, !llvm.ptr) attributes {
    kcfi.sig = !kcfi.fn<(ptr<fn<() -> c.void>>, ptr<fn<() -> c.void>>) -> c.void>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.fn<() -> rs.unit abi("C")>, rs.fn<() -> rs.unit abi("C")>) -> rs.unit abi("C")>]}
}

// -----

// Other parts: ABI, constness, names, C's void, results, what cannot be fixed.
#Point = #kcfi.rs.item<"app" "s1_" ["Point"] repr_c>
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-warning @+3 {{'abi' has different type ids}}
  // expected-note @+2 {{parameter #0 is 'struct Point *' ("P5Point") in C, '*mut Point' ("Pu}}
  // expected-note @+1 {{to make the ids equal: declare it in Rust as 'extern "C" fn(*mut Point)'}}
  func.func private @abi(!llvm.ptr) attributes {
    kcfi.sig = !kcfi.fn<(ptr<tag<struct "Point">>) -> c.void>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.ptr<mut rs.adt<#Point>>) -> rs.unit>]}
  // expected-warning @+3 {{'constness' has different type ids}}
  // expected-note @+2 {{parameter #0 is}}
  // expected-note @+1 {{to make the ids equal: declare it in Rust as 'extern "C" fn(*const f64)'}}
  func.func private @constness(!llvm.ptr) attributes {
    kcfi.sig = !kcfi.fn<(ptr<qual<const c.double>>) -> c.void>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.ptr<mut rs.f64>) -> rs.unit abi("C")>]}
  // expected-warning @+3 {{'name' has different type ids}}
  // expected-note @+2 {{parameter #0 is 'struct point *' ("P5point") in C, '*mut Point' ("P5Point") in Rust}}
  // expected-note @+1 {{to make the ids equal: declare it in Rust as 'extern "C" fn(*mut CPoint)' with '#[cfi_encoding = "5point"] #[repr(transparent)] pub struct CPoint(pub Point);'}}
  func.func private @name(!llvm.ptr) attributes {
    kcfi.sig = !kcfi.fn<(ptr<tag<struct "point">>) -> c.void>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.ptr<mut rs.adt<#Point>>) -> rs.unit abi("C")>]}
  // expected-warning @+3 {{'nothing' has different type ids}}
  // expected-note @+2 {{parameter #0 is}}
  // expected-note @+1 {{to make the ids equal: declare it in Rust as 'extern "C" fn(*mut c_void)'}}
  func.func private @nothing(!llvm.ptr) attributes {
    kcfi.sig = !kcfi.fn<(ptr<c.void>) -> c.void>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.ptr<mut rs.adt<#Point>>) -> rs.unit abi("C")>]}
  // expected-warning @+3 {{'enumeration' has different type ids}}
  // expected-note @+2 {{parameter #0 is 'color_t' ("5Color") in C, 'u32' ("u3u32") in Rust}}
  // expected-note @+1 {{to make the ids equal: declare it in Rust as 'extern "C" fn(CColor)' with '#[cfi_encoding = "5Color"] #[repr(transparent)] pub struct CColor(pub u32);'}}
  func.func private @enumeration(i32) attributes {
    kcfi.sig = !kcfi.fn<(c.typedef<"color_t", tag<enum "Color">>) -> c.void>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.u32) -> rs.unit abi("C")>]}
  // expected-warning @+3 {{'never' has different type ids}}
  // expected-note @+2 {{the result is 'void' ("v") in C, '!' ("u5never") in Rust}}
  // expected-note @+1 {{to make the ids equal: declare it in Rust as 'extern "C" fn()'}}
  func.func private @never() attributes {
    kcfi.sig = !kcfi.fn<() -> c.void noreturn>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<() -> rs.never abi("C")>]}
  // expected-warning @+3 {{'sign' has different type ids}}
  // expected-note @+2 {{parameter #0 is 'int' ("i") in C, 'u32' ("u3u32") in Rust}}
  // expected-note @+1 {{no other Rust type that is passed alike, and no option, makes the ids equal}}
  func.func private @sign(i32) attributes {
    kcfi.sig = !kcfi.fn<(c.int) -> c.void>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.u32) -> rs.unit abi("C")>]}
  // Two Rust types for one of C become one.
  // expected-warning @+4 {{'several_types' has different type ids}}
  // expected-note @+3 {{parameter #0 is}}
  // expected-note @+2 {{to make the ids equal: compile both languages with normalised integers}}
  // expected-note @+1 {{to make the ids equal: declare it in Rust as 'extern "C" fn(CUnsignedInt, CUnsignedInt)' with '#[cfi_encoding = "j"] #[repr(transparent)] pub struct CUnsignedInt(pub u32);'}}
  func.func private @several_types(i32, i32) attributes {
    kcfi.sig = !kcfi.fn<(c.uint, c.uint) -> c.void>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.u32, rs.char) -> rs.unit abi("C")>]}
  // expected-warning @+3 {{'no_enumeration' has different type ids}}
  // expected-note @+2 {{parameter #0 is 'struct Point' ("5Point") in C, 'u32' ("u3u32") in Rust}}
  // expected-note @+1 {{no other Rust type}}
  func.func private @no_enumeration(i32) attributes {
    kcfi.sig = !kcfi.fn<(tag<struct "Point">) -> c.void>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.u32) -> rs.unit abi("C")>]}
  // A struct is no pointer, a box and a wrapper of a pointer are.
  // expected-warning @+3 {{'by_value' has different type ids}}
  // expected-note @+2 {{parameter #0 is 'void *' ("Pv") in C, 'Point' ("5Point") in Rust}}
  // expected-note @+1 {{no other Rust type}}
  func.func private @by_value(!llvm.ptr) attributes {
    kcfi.sig = !kcfi.fn<(ptr<c.void>) -> c.void>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.adt<#Point>) -> rs.unit abi("C")>]}
  // expected-warning @+3 {{'box' has different type ids}}
  // expected-note @+2 {{parameter #0 is 'struct Point *' ("P5Point") in C, 'Box<Point>' (}}
  // expected-note @+1 {{to make the ids equal: declare it in Rust as 'extern "C" fn(CStructPoint)' with '#[cfi_encoding = "P5Point"] #[repr(transparent)] pub struct CStructPoint(pub Box<Point>);'}}
  func.func private @box(!llvm.ptr) attributes {
    kcfi.sig = !kcfi.fn<(ptr<tag<struct "Point">>) -> c.void>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.adt<#kcfi.rs.item<"alloc" "s3_" ["boxed", "Box"] generics ["T"] field rs.ptr<const rs.param<"T">>>, [rs.adt<#Point>]>) -> rs.unit abi("C")>]}
  // expected-warning @+3 {{'salted' has different type ids}}
  // expected-note @+2 {{each part is the same; attributes of the function differ, or which parts have the same type}}
  // expected-note @+1 {{no other Rust type}}
  func.func private @salted() attributes {
    kcfi.sig = !kcfi.fn<() -> c.void salt("pepper")>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<() -> rs.unit abi("C")>]}
  // expected-warning @+3 {{'variadic' has different type ids}}
  // expected-note @+2 {{only the C function is variadic}}
  // expected-note @+1 {{no other Rust type}}
  func.func private @variadic(f32) attributes {
    kcfi.sig = !kcfi.fn<(c.float, ...) -> c.void>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.f32) -> rs.unit abi("C")>]}
  // expected-warning @+3 {{'old' has different type ids}}
  // expected-note @+2 {{the C function has no prototype}}
  // expected-note @+1 {{no other Rust type}}
  func.func private @old() attributes {
    kcfi.sig = !kcfi.fn<() -> c.void unprototyped>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<() -> rs.unit abi("C")>]}
  // The same seen from Rust.
  // expected-warning-re @+4 {{'from_rust' has different type ids: 'extern "C" fn(i32)' of Rust is 0x{{[0-9a-f]+}} ("_ZTSFvu3i32E"), 'void (int)' of C is 0x019c0cac ("_ZTSFviE")}}
  // expected-note @+3 {{parameter #0 is 'int' ("i") in C, 'i32' ("u3i32") in Rust}}
  // expected-note @+2 {{compile both languages with normalised integers}}
  // expected-note @+1 {{declare it in Rust as 'extern "C" fn(CInt)'}}
  func.func private @from_rust(i32) attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.i32) -> rs.unit abi("C")>,
    kcfi.foreign_sigs = [!kcfi.fn<(c.int) -> c.void>]}
  // A parameter without size is none, two foreign declarations, and ids without
  // types.
  // expected-warning-re @+1 {{'several' has different type ids: 'void (float)' of C is 0x{{[0-9a-f]+}} ("_ZTSFvfE"), 'function of unknown type, id 0x00000001' of an unknown language is 0x00000001}}
  func.func private @several(f32) attributes {
    kcfi.sig = !kcfi.fn<(c.float) -> c.void>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(zst rs.unit, rs.f32) -> rs.unit abi("C")>, !kcfi.raw<0x00000001>, !kcfi.encoded<"_ZTSFvfE">]}
}

// -----

// By the win64 ABIs, parameters without size are passed, as everywhere in C.
#Empty = #kcfi.rs.item<"app" "s1_" ["Empty"] repr_c>
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-warning @+3 {{'win64' has different type ids}}
  // expected-note @+2 {{parameter #0 is 'struct Empty' ("5Empty") in C, 'Empty' ("u16NtCs1_3app5Empty") in Rust}}
  // expected-note @+1 {{declare it in Rust as 'extern "win64" fn(CEmpty, f32)' with}}
  func.func private @win64(!llvm.ptr, f32) attributes {
    kcfi.sig = !kcfi.fn<(tag<struct "Empty">, c.float) -> c.void>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(zst rs.adt<#Empty>, rs.f32) -> rs.unit abi("win64")>]}
  // By the other ABI of the same processor they are not.
  func.func private @sysv64(f32) attributes {
    kcfi.sig = !kcfi.fn<(c.float) -> c.void>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(zst rs.adt<#Empty>, rs.f32) -> rs.unit abi("sysv64")>]}
}

// -----

// A module where the number of parameters differs, as far as machine types let
// it: structs are passed in any number of arguments.
#Pair = #kcfi.rs.item<"app" "s1_" ["Pair"] repr_c>
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-warning @+3 {{'split' has different type ids}}
  // expected-note @+2 {{C has 2 parameter(s), Rust passes 1}}
  // expected-note @+1 {{no other Rust type}}
  func.func private @split(i64, i64) attributes {
    kcfi.sig = !kcfi.fn<(tag<struct "Pair">, tag<struct "Pair">) -> c.void>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.adt<#Pair>) -> rs.unit abi("C")>]}
}

// -----

// Casts between the languages, whatever their reason; others are left alone.
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  func.func @cast(%f: !kcfi.fnptr<(c.int) -> c.int>, %g: !kcfi.fnptr<rs.fn<() -> rs.unit abi("C")>>) {
    // expected-warning @+4 {{cast between languages has different type ids: 'int (int)' of C is 0x00050794 ("_ZTSFiiE"), 'extern "C" fn(i32) -> i32' of Rust is}}
    // expected-note @+3 {{the result is 'int' ("i") in C}}
    // expected-note @+2 {{compile both languages with normalised integers}}
    // expected-note @+1 {{declare it in Rust as 'extern "C" fn(CInt) -> CInt'}}
    %0 = kcfi.cast reinterpret %f : !kcfi.fnptr<(c.int) -> c.int> to !kcfi.fnptr<rs.fn<(rs.i32) -> rs.i32 abi("C")>>
    %1 = kcfi.cast coalesced %g : !kcfi.fnptr<rs.fn<() -> rs.unit abi("C")>> to !kcfi.fnptr<() -> c.void>
    %2 = kcfi.cast reinterpret %f : !kcfi.fnptr<(c.int) -> c.int> to !kcfi.fnptr<() -> c.void>
    %3 = kcfi.cast unchecked %f : !kcfi.fnptr<(c.int) -> c.int> to !llvm.ptr
    return
  }
}

// -----

// A method of Rust has the id of its trait.
#Shape = #kcfi.rs.item<"shapes" "s1_" ["Shape"]>
#Square = #kcfi.rs.item<"shapes" "s1_" ["Square"] repr_c>
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-warning @+3 {{'area' has different type ids: 'extern "C" fn(&dyn Shape) -> f64' of Rust is}}
  // expected-note @+2 {{parameter #0 is 'const struct Square *' ("PK6Square") in C, '&dyn Shape' ("u3ref}}
  // expected-note @+1 {{no other Rust type}}
  func.func private @area(!llvm.ptr) -> f64 attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64 abi("C")>,
    kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #Shape]>, receiver rs.ref<rs.param<"Self">>>,
    kcfi.foreign_sigs = [!kcfi.fn<(ptr<qual<const tag<struct "Square">>>) -> c.double>]}
}

// -----

// Without a target there are no ids.
// expected-error @+1 {{type ids depend on the target, but the module has no attribute 'llvm.target_triple'}}
module {
  func.func private @f() attributes {kcfi.sig = !kcfi.fn<() -> c.void>,
                                     kcfi.foreign_sigs = [!kcfi.rs.fn<() -> rs.unit abi("C")>]}
}

// -----

// Nothing to do.
module {
  func.func private @f() attributes {kcfi.sig = !kcfi.fn<() -> c.void>}
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error @+1 {{cannot compute the type id of 'void (struct (unnamed) *)'}}
  func.func private @unnamed(!llvm.ptr) attributes {
    kcfi.sig = !kcfi.fn<(ptr<tag<struct unnamed>>) -> c.void>,
    kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.ptr<mut rs.u8>) -> rs.unit abi("C")>]}
  // expected-error @+1 {{cannot compute the type id of 'fn(u32)': }}
  func.func private @receiver(i32) attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.u32) -> rs.unit>,
    kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #kcfi.rs.item<"shapes" "s1_" ["Shape"]>]>, receiver rs.u32>,
    kcfi.foreign_sigs = [!kcfi.fn<(c.uint) -> c.void>]}
}
