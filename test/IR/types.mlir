// Every component type, with each of its parameters, survives all forms in which
// a module can be written.

// RUN: kcfi-opt --verify-roundtrip %s | FileCheck %s
// RUN: kcfi-opt %s | kcfi-opt | FileCheck %s
// RUN: kcfi-opt --mlir-print-op-generic %s | kcfi-opt | FileCheck %s
// RUN: kcfi-opt --emit-bytecode %s -o %t.mlirbc
// RUN: kcfi-opt %t.mlirbc | FileCheck %s

// --- Builtin types
// CHECK: kcfi.signature @t001 : !kcfi.fn<(c.bool) -> c.void>
kcfi.signature @t001 : !kcfi.fn<(c.bool) -> c.void>
// CHECK: kcfi.signature @t002 : !kcfi.fn<(c.char) -> c.void>
kcfi.signature @t002 : !kcfi.fn<(c.char) -> c.void>
// CHECK: kcfi.signature @t003 : !kcfi.fn<(c.schar) -> c.void>
kcfi.signature @t003 : !kcfi.fn<(c.schar) -> c.void>
// CHECK: kcfi.signature @t004 : !kcfi.fn<(c.uchar) -> c.void>
kcfi.signature @t004 : !kcfi.fn<(c.uchar) -> c.void>
// CHECK: kcfi.signature @t005 : !kcfi.fn<(c.short) -> c.void>
kcfi.signature @t005 : !kcfi.fn<(c.short) -> c.void>
// CHECK: kcfi.signature @t006 : !kcfi.fn<(c.ushort) -> c.void>
kcfi.signature @t006 : !kcfi.fn<(c.ushort) -> c.void>
// CHECK: kcfi.signature @t007 : !kcfi.fn<(c.int) -> c.void>
kcfi.signature @t007 : !kcfi.fn<(c.int) -> c.void>
// CHECK: kcfi.signature @t008 : !kcfi.fn<(c.uint) -> c.void>
kcfi.signature @t008 : !kcfi.fn<(c.uint) -> c.void>
// CHECK: kcfi.signature @t009 : !kcfi.fn<(c.long) -> c.void>
kcfi.signature @t009 : !kcfi.fn<(c.long) -> c.void>
// CHECK: kcfi.signature @t010 : !kcfi.fn<(c.ulong) -> c.void>
kcfi.signature @t010 : !kcfi.fn<(c.ulong) -> c.void>
// CHECK: kcfi.signature @t011 : !kcfi.fn<(c.longlong) -> c.void>
kcfi.signature @t011 : !kcfi.fn<(c.longlong) -> c.void>
// CHECK: kcfi.signature @t012 : !kcfi.fn<(c.ulonglong) -> c.void>
kcfi.signature @t012 : !kcfi.fn<(c.ulonglong) -> c.void>
// CHECK: kcfi.signature @t013 : !kcfi.fn<(c.int128) -> c.void>
kcfi.signature @t013 : !kcfi.fn<(c.int128) -> c.void>
// CHECK: kcfi.signature @t014 : !kcfi.fn<(c.uint128) -> c.void>
kcfi.signature @t014 : !kcfi.fn<(c.uint128) -> c.void>
// CHECK: kcfi.signature @t015 : !kcfi.fn<(c.float16) -> c.void>
kcfi.signature @t015 : !kcfi.fn<(c.float16) -> c.void>
// CHECK: kcfi.signature @t016 : !kcfi.fn<(c.bf16) -> c.void>
kcfi.signature @t016 : !kcfi.fn<(c.bf16) -> c.void>
// CHECK: kcfi.signature @t017 : !kcfi.fn<(c.float) -> c.void>
kcfi.signature @t017 : !kcfi.fn<(c.float) -> c.void>
// CHECK: kcfi.signature @t018 : !kcfi.fn<(c.double) -> c.void>
kcfi.signature @t018 : !kcfi.fn<(c.double) -> c.void>
// CHECK: kcfi.signature @t019 : !kcfi.fn<(c.longdouble) -> c.void>
kcfi.signature @t019 : !kcfi.fn<(c.longdouble) -> c.void>
// CHECK: kcfi.signature @t020 : !kcfi.fn<(c.float128) -> c.void>
kcfi.signature @t020 : !kcfi.fn<(c.float128) -> c.void>
// CHECK: kcfi.signature @t021 : !kcfi.fn<(c.nullptr) -> c.void>
kcfi.signature @t021 : !kcfi.fn<(c.nullptr) -> c.void>
// CHECK: kcfi.signature @t022 : !kcfi.fn<(c.wchar) -> c.void>
kcfi.signature @t022 : !kcfi.fn<(c.wchar) -> c.void>
// CHECK: kcfi.signature @t023 : !kcfi.fn<(c.char8) -> c.void>
kcfi.signature @t023 : !kcfi.fn<(c.char8) -> c.void>
// CHECK: kcfi.signature @t024 : !kcfi.fn<(c.char16) -> c.void>
kcfi.signature @t024 : !kcfi.fn<(c.char16) -> c.void>
// CHECK: kcfi.signature @t025 : !kcfi.fn<(c.char32) -> c.void>
kcfi.signature @t025 : !kcfi.fn<(c.char32) -> c.void>
// CHECK: kcfi.signature @t026 : !kcfi.fn<(c.va_list) -> c.void>
kcfi.signature @t026 : !kcfi.fn<(c.va_list) -> c.void>
// CHECK: kcfi.signature @t027 : !kcfi.fn<() -> c.void>
kcfi.signature @t027 : !kcfi.fn<() -> c.void>
// CHECK: kcfi.signature @t028 : !kcfi.fn<() -> c.int>
kcfi.signature @t028 : !kcfi.fn<() -> c.int>

// --- Pointers and references
// CHECK: kcfi.signature @t029 : !kcfi.fn<(ptr<c.void>) -> c.void>
kcfi.signature @t029 : !kcfi.fn<(ptr<c.void>) -> c.void>
// CHECK: kcfi.signature @t030 : !kcfi.fn<(ptr<ptr<ptr<c.char>>>) -> c.void>
kcfi.signature @t030 : !kcfi.fn<(ptr<ptr<ptr<c.char>>>) -> c.void>
// CHECK: kcfi.signature @t031 : !kcfi.fn<(ptr<fn<(c.int) -> c.int>>) -> c.void>
kcfi.signature @t031 : !kcfi.fn<(ptr<fn<(c.int) -> c.int>>) -> c.void>
// CHECK: kcfi.signature @t032 : !kcfi.fn<(c.block<fn<(c.int) -> c.int>>) -> c.void>
kcfi.signature @t032 : !kcfi.fn<(c.block<fn<(c.int) -> c.int>>) -> c.void>
// CHECK: kcfi.signature @t033 : !kcfi.fn<(c.block<c.typedef<"F", fn<() -> c.void>>>) -> c.void>
kcfi.signature @t033 : !kcfi.fn<(c.block<c.typedef<"F", fn<() -> c.void>>>) -> c.void>
// CHECK: kcfi.signature @t034 : !kcfi.fn<(lref<c.int>) -> c.void>
kcfi.signature @t034 : !kcfi.fn<(lref<c.int>) -> c.void>
// CHECK: kcfi.signature @t035 : !kcfi.fn<(rref<c.int>) -> c.void>
kcfi.signature @t035 : !kcfi.fn<(rref<c.int>) -> c.void>
// CHECK: kcfi.signature @t036 : !kcfi.fn<(lref<rref<c.int>>) -> c.void>
kcfi.signature @t036 : !kcfi.fn<(lref<rref<c.int>>) -> c.void>
// CHECK: kcfi.signature @t037 : !kcfi.fn<(lref<fn<() -> c.void>>) -> c.void>
kcfi.signature @t037 : !kcfi.fn<(lref<fn<() -> c.void>>) -> c.void>
// CHECK: kcfi.signature @t038 : !kcfi.fn<(memptr<tag<struct "S">, c.int>) -> c.void>
kcfi.signature @t038 : !kcfi.fn<(memptr<tag<struct "S">, c.int>) -> c.void>
// CHECK: kcfi.signature @t039 : !kcfi.fn<(memptr<tag<class "C" in ["ns"]>, fn<(c.int) -> c.int const>>) -> c.void>
kcfi.signature @t039 : !kcfi.fn<(memptr<tag<class "C" in ["ns"]>, fn<(c.int) -> c.int const>>) -> c.void>
// CHECK: kcfi.signature @t040 : !kcfi.fn<(memptr<c.typedef<"Alias", tag<struct "S">>, ptr<c.int>>) -> c.void>
kcfi.signature @t040 : !kcfi.fn<(memptr<c.typedef<"Alias", tag<struct "S">>, ptr<c.int>>) -> c.void>

// --- Qualifiers: one order in print, any order in text
// CHECK: kcfi.signature @t041 : !kcfi.fn<(ptr<qual<const c.int>>) -> c.void>
kcfi.signature @t041 : !kcfi.fn<(ptr<qual<const c.int>>) -> c.void>
// CHECK: kcfi.signature @t042 : !kcfi.fn<(ptr<qual<volatile c.int>>) -> c.void>
kcfi.signature @t042 : !kcfi.fn<(ptr<qual<volatile c.int>>) -> c.void>
// CHECK: kcfi.signature @t043 : !kcfi.fn<(ptr<qual<restrict ptr<c.int>>>) -> c.void>
kcfi.signature @t043 : !kcfi.fn<(ptr<qual<restrict ptr<c.int>>>) -> c.void>
// CHECK: kcfi.signature @t044 : !kcfi.fn<(ptr<qual<addrspace(3) c.int>>) -> c.void>
kcfi.signature @t044 : !kcfi.fn<(ptr<qual<addrspace(3) c.int>>) -> c.void>
// CHECK: kcfi.signature @t045 : !kcfi.fn<(ptr<qual<const volatile restrict addrspace(4294967295) ptr<c.int>>>) -> c.void>
kcfi.signature @t045 : !kcfi.fn<(ptr<qual<const volatile restrict addrspace(4294967295) ptr<c.int>>>) -> c.void>
// CHECK: kcfi.signature @t046 : !kcfi.fn<(ptr<qual<const volatile restrict addrspace(256) ptr<c.int>>>) -> c.void>
kcfi.signature @t046 : !kcfi.fn<(ptr<qual<addrspace(0x100) restrict volatile const ptr<c.int>>>) -> c.void>
// CHECK: kcfi.signature @t047 : !kcfi.fn<(qual<noescape ptr<c.int>>) -> c.void>
kcfi.signature @t047 : !kcfi.fn<(qual<noescape ptr<c.int>>) -> c.void>
// CHECK: kcfi.signature @t048 : !kcfi.fn<(qual<swift_context ptr<c.int>>) -> c.void>
kcfi.signature @t048 : !kcfi.fn<(qual<swift_context ptr<c.int>>) -> c.void>
// CHECK: kcfi.signature @t049 : !kcfi.fn<(qual<swift_async_context ptr<c.int>>) -> c.void>
kcfi.signature @t049 : !kcfi.fn<(qual<swift_async_context ptr<c.int>>) -> c.void>
// CHECK: kcfi.signature @t050 : !kcfi.fn<(qual<swift_error_result ptr<c.int>>) -> c.void>
kcfi.signature @t050 : !kcfi.fn<(qual<swift_error_result ptr<c.int>>) -> c.void>
// CHECK: kcfi.signature @t051 : !kcfi.fn<(qual<swift_indirect_result ptr<c.int>>) -> c.void>
kcfi.signature @t051 : !kcfi.fn<(qual<swift_indirect_result ptr<c.int>>) -> c.void>
// CHECK: kcfi.signature @t052 : !kcfi.fn<(qual<noescape const ptr<c.int>>) -> c.void>
kcfi.signature @t052 : !kcfi.fn<(qual<const noescape ptr<c.int>>) -> c.void>
// CHECK: kcfi.signature @t053 : !kcfi.fn<(ptr<qual<const qual<volatile c.int>>>) -> c.void>
kcfi.signature @t053 : !kcfi.fn<(ptr<qual<const qual<volatile c.int>>>) -> c.void>
// CHECK: kcfi.signature @t054 : !kcfi.fn<(qual<const c.int>) -> c.void>
kcfi.signature @t054 : !kcfi.fn<(qual<const c.int>) -> c.void>

// --- Tags
// CHECK: kcfi.signature @t055 : !kcfi.fn<(ptr<tag<struct "T">>) -> c.void>
kcfi.signature @t055 : !kcfi.fn<(ptr<tag<struct "T">>) -> c.void>
// CHECK: kcfi.signature @t056 : !kcfi.fn<(ptr<tag<union "T">>) -> c.void>
kcfi.signature @t056 : !kcfi.fn<(ptr<tag<union "T">>) -> c.void>
// CHECK: kcfi.signature @t057 : !kcfi.fn<(ptr<tag<enum "T">>) -> c.void>
kcfi.signature @t057 : !kcfi.fn<(ptr<tag<enum "T">>) -> c.void>
// CHECK: kcfi.signature @t058 : !kcfi.fn<(ptr<tag<class "T">>) -> c.void>
kcfi.signature @t058 : !kcfi.fn<(ptr<tag<class "T">>) -> c.void>
// CHECK: kcfi.signature @t059 : !kcfi.fn<(ptr<tag<struct unnamed>>) -> c.void>
kcfi.signature @t059 : !kcfi.fn<(ptr<tag<struct unnamed>>) -> c.void>
// CHECK: kcfi.signature @t060 : !kcfi.fn<(ptr<tag<union unnamed(1)>>) -> c.void>
kcfi.signature @t060 : !kcfi.fn<(ptr<tag<union unnamed(1)>>) -> c.void>
// CHECK: kcfi.signature @t061 : !kcfi.fn<(ptr<tag<enum unnamed cxx>>) -> c.void>
kcfi.signature @t061 : !kcfi.fn<(ptr<tag<enum unnamed cxx>>) -> c.void>
// CHECK: kcfi.signature @t062 : !kcfi.fn<(ptr<tag<struct unnamed(4294967295) cxx in ["Nest"]>>) -> c.void>
kcfi.signature @t062 : !kcfi.fn<(ptr<tag<struct unnamed(4294967295) cxx in ["Nest"]>>) -> c.void>
// CHECK: kcfi.signature @t063 : !kcfi.fn<(ptr<tag<struct unnamed in ["Nest"]>>) -> c.void>
kcfi.signature @t063 : !kcfi.fn<(ptr<tag<struct unnamed in ["Nest"]>>) -> c.void>
// CHECK: kcfi.signature @t064 : !kcfi.fn<(ptr<tag<struct "Local" function "g">>) -> c.void>
kcfi.signature @t064 : !kcfi.fn<(ptr<tag<struct "Local" function "g">>) -> c.void>
// CHECK: kcfi.signature @t065 : !kcfi.fn<(ptr<tag<struct "A" in ["ns"]>>) -> c.void>
kcfi.signature @t065 : !kcfi.fn<(ptr<tag<struct "A" in ["ns"]>>) -> c.void>
// CHECK: kcfi.signature @t066 : !kcfi.fn<(ptr<tag<struct "A" in ["outer", "inner"]>>) -> c.void>
kcfi.signature @t066 : !kcfi.fn<(ptr<tag<struct "A" in ["outer", "inner"]>>) -> c.void>
// CHECK: kcfi.signature @t067 : !kcfi.fn<(ptr<tag<struct "A" in [anonymous]>>) -> c.void>
kcfi.signature @t067 : !kcfi.fn<(ptr<tag<struct "A" in [anonymous]>>) -> c.void>
// CHECK: kcfi.signature @t068 : !kcfi.fn<(ptr<tag<struct "A" in ["ns", anonymous, "B" args [c.int]]>>) -> c.void>
kcfi.signature @t068 : !kcfi.fn<(ptr<tag<struct "A" in ["ns", anonymous, "B" args [c.int]]>>) -> c.void>
// CHECK: kcfi.signature @t069 : !kcfi.fn<(ptr<tag<class "vector" args [c.int, tag<class "allocator" args [c.int] in ["std"]>] in ["std"]>>) -> c.void>
kcfi.signature @t069 : !kcfi.fn<(ptr<tag<class "vector" args [c.int, tag<class "allocator" args [c.int] in ["std"]>] in ["std"]>>) -> c.void>
// CHECK: kcfi.signature @t070 : !kcfi.fn<(ptr<tag<struct "E" args []>>) -> c.void>
kcfi.signature @t070 : !kcfi.fn<(ptr<tag<struct "E" args []>>) -> c.void>
// CHECK: kcfi.signature @t071 : !kcfi.fn<(ptr<tag<struct "Arr" args [value<c.int, "-7">]>>) -> c.void>
kcfi.signature @t071 : !kcfi.fn<(ptr<tag<struct "Arr" args [value<c.int, "-7">]>>) -> c.void>
// CHECK: kcfi.signature @t072 : !kcfi.fn<(ptr<tag<struct "Arr" args [value<tag<enum "Color">, "18446744073709551615">, value<c.bool, "1">]>>) -> c.void>
kcfi.signature @t072 : !kcfi.fn<(ptr<tag<struct "Arr" args [value<tag<enum "Color">, "18446744073709551615">, value<c.bool, "1">]>>) -> c.void>
// CHECK: kcfi.signature @t073 : !kcfi.fn<(ptr<tag<class "Tuple" args [pack<>]>>) -> c.void>
kcfi.signature @t073 : !kcfi.fn<(ptr<tag<class "Tuple" args [pack<>]>>) -> c.void>
// CHECK: kcfi.signature @t074 : !kcfi.fn<(ptr<tag<class "Tuple" args [pack<c.int, c.char>, c.long]>>) -> c.void>
kcfi.signature @t074 : !kcfi.fn<(ptr<tag<class "Tuple" args [pack<c.int, c.char>, c.long]>>) -> c.void>
// CHECK: kcfi.signature @t075 : !kcfi.fn<(ptr<tag<class "Tuple" args [pack<pack<>, value<c.int, "0">, template<"Box">>]>>) -> c.void>
kcfi.signature @t075 : !kcfi.fn<(ptr<tag<class "Tuple" args [pack<pack<>, value<c.int, "0">, template<"Box">>]>>) -> c.void>
// CHECK: kcfi.signature @t076 : !kcfi.fn<(ptr<tag<struct "Apply" args [template<"Box">]>>) -> c.void>
kcfi.signature @t076 : !kcfi.fn<(ptr<tag<struct "Apply" args [template<"Box">]>>) -> c.void>
// CHECK: kcfi.signature @t077 : !kcfi.fn<(ptr<tag<struct "Apply" args [template<"Box" in ["ns"]>]>>) -> c.void>
kcfi.signature @t077 : !kcfi.fn<(ptr<tag<struct "Apply" args [template<"Box" in ["ns"]>]>>) -> c.void>
// CHECK: kcfi.signature @t078 : !kcfi.fn<(ptr<tag<struct "Apply" args [template<"Box" in [anonymous, "T" args [c.int]]>]>>) -> c.void>
kcfi.signature @t078 : !kcfi.fn<(ptr<tag<struct "Apply" args [template<"Box" in [anonymous, "T" args [c.int]]>]>>) -> c.void>
// CHECK: kcfi.signature @t079 : !kcfi.fn<(ptr<tag<struct "L" args [c.int] function "f">>) -> c.void>
kcfi.signature @t079 : !kcfi.fn<(ptr<tag<struct "L" args [c.int] function "f">>) -> c.void>
// CHECK: kcfi.signature @t080 : !kcfi.fn<(ptr<tag<struct "quote\22 backslash\\ tab\09 \C3\A4">>) -> c.void>
kcfi.signature @t080 : !kcfi.fn<(ptr<tag<struct "quote\22 backslash\\ tab\09 \C3\A4">>) -> c.void>

// --- Function types
// CHECK: kcfi.signature @t081 : !kcfi.fn<(...) -> c.void>
kcfi.signature @t081 : !kcfi.fn<(...) -> c.void>
// CHECK: kcfi.signature @t082 : !kcfi.fn<(c.int, ...) -> c.void>
kcfi.signature @t082 : !kcfi.fn<(c.int, ...) -> c.void>
// CHECK: kcfi.signature @t083 : !kcfi.fn<() -> c.int unprototyped>
kcfi.signature @t083 : !kcfi.fn<() -> c.int unprototyped>
// CHECK: kcfi.signature @t084 : !kcfi.fn<() -> c.void const>
kcfi.signature @t084 : !kcfi.fn<() -> c.void const>
// CHECK: kcfi.signature @t085 : !kcfi.fn<() -> c.void volatile>
kcfi.signature @t085 : !kcfi.fn<() -> c.void volatile>
// CHECK: kcfi.signature @t086 : !kcfi.fn<() -> c.void lvalue>
kcfi.signature @t086 : !kcfi.fn<() -> c.void lvalue>
// CHECK: kcfi.signature @t087 : !kcfi.fn<() -> c.void rvalue>
kcfi.signature @t087 : !kcfi.fn<() -> c.void rvalue>
// CHECK: kcfi.signature @t088 : !kcfi.fn<() -> c.void noexcept>
kcfi.signature @t088 : !kcfi.fn<() -> c.void noexcept>
// CHECK: kcfi.signature @t089 : !kcfi.fn<() -> c.void noreturn>
kcfi.signature @t089 : !kcfi.fn<() -> c.void noreturn>
// CHECK: kcfi.signature @t090 : !kcfi.fn<() -> c.void cfi_unchecked_callee>
kcfi.signature @t090 : !kcfi.fn<() -> c.void cfi_unchecked_callee>
// CHECK: kcfi.signature @t091 : !kcfi.fn<() -> c.void no_caller_saved_registers>
kcfi.signature @t091 : !kcfi.fn<() -> c.void no_caller_saved_registers>
// CHECK: kcfi.signature @t092 : !kcfi.fn<() -> c.void cc(ms_abi)>
kcfi.signature @t092 : !kcfi.fn<() -> c.void cc(ms_abi)>
// CHECK: kcfi.signature @t093 : !kcfi.fn<() -> c.void cc(sysv_abi)>
kcfi.signature @t093 : !kcfi.fn<() -> c.void cc(sysv_abi)>
// CHECK: kcfi.signature @t094 : !kcfi.fn<() -> c.void cc(vectorcall)>
kcfi.signature @t094 : !kcfi.fn<() -> c.void cc(vectorcall)>
// CHECK: kcfi.signature @t095 : !kcfi.fn<() -> c.void cc(regcall)>
kcfi.signature @t095 : !kcfi.fn<() -> c.void cc(regcall)>
// CHECK: kcfi.signature @t096 : !kcfi.fn<() -> c.void cc(preserve_most)>
kcfi.signature @t096 : !kcfi.fn<() -> c.void cc(preserve_most)>
// CHECK: kcfi.signature @t097 : !kcfi.fn<() -> c.void cc(preserve_all)>
kcfi.signature @t097 : !kcfi.fn<() -> c.void cc(preserve_all)>
// CHECK: kcfi.signature @t098 : !kcfi.fn<() -> c.void cc(preserve_none)>
kcfi.signature @t098 : !kcfi.fn<() -> c.void cc(preserve_none)>
// CHECK: kcfi.signature @t099 : !kcfi.fn<() -> c.void cc(swiftcall)>
kcfi.signature @t099 : !kcfi.fn<() -> c.void cc(swiftcall)>
// CHECK: kcfi.signature @t100 : !kcfi.fn<() -> c.void cc(swiftasynccall)>
kcfi.signature @t100 : !kcfi.fn<() -> c.void cc(swiftasynccall)>
// CHECK: kcfi.signature @t101 : !kcfi.fn<() -> c.void cc(aarch64_vector_pcs)>
kcfi.signature @t101 : !kcfi.fn<() -> c.void cc(aarch64_vector_pcs)>
// CHECK: kcfi.signature @t102 : !kcfi.fn<() -> c.void cc(aarch64_sve_pcs)>
kcfi.signature @t102 : !kcfi.fn<() -> c.void cc(aarch64_sve_pcs)>
// CHECK: kcfi.signature @t103 : !kcfi.fn<() -> c.void cc(riscv_vector_cc)>
kcfi.signature @t103 : !kcfi.fn<() -> c.void cc(riscv_vector_cc)>
// CHECK: kcfi.signature @t104 : !kcfi.fn<() -> c.void cc(aapcs)>
kcfi.signature @t104 : !kcfi.fn<() -> c.void cc(aapcs)>
// CHECK: kcfi.signature @t105 : !kcfi.fn<() -> c.void cc(aapcs_vfp)>
kcfi.signature @t105 : !kcfi.fn<() -> c.void cc(aapcs_vfp)>
// CHECK: kcfi.signature @t106 : !kcfi.fn<() -> c.void cc(stdcall)>
kcfi.signature @t106 : !kcfi.fn<() -> c.void cc(stdcall)>
// CHECK: kcfi.signature @t107 : !kcfi.fn<() -> c.void cc(fastcall)>
kcfi.signature @t107 : !kcfi.fn<() -> c.void cc(fastcall)>
// CHECK: kcfi.signature @t108 : !kcfi.fn<() -> c.void cc(thiscall)>
kcfi.signature @t108 : !kcfi.fn<() -> c.void cc(thiscall)>
// CHECK: kcfi.signature @t109 : !kcfi.fn<() -> c.void cc(pascal)>
kcfi.signature @t109 : !kcfi.fn<() -> c.void cc(pascal)>
// CHECK: kcfi.signature @t110 : !kcfi.fn<() -> c.void sme(1)>
kcfi.signature @t110 : !kcfi.fn<() -> c.void sme(1)>
// CHECK: kcfi.signature @t111 : !kcfi.fn<() -> c.void sme(511)>
kcfi.signature @t111 : !kcfi.fn<() -> c.void sme(511)>
// CHECK: kcfi.signature @t112 : !kcfi.fn<() -> c.void salt("pepper")>
kcfi.signature @t112 : !kcfi.fn<() -> c.void salt("pepper")>
// CHECK: kcfi.signature @t113 : !kcfi.fn<(c.int, ...) -> c.void const volatile rvalue noexcept noreturn cfi_unchecked_callee no_caller_saved_registers cc(sysv_abi) sme(5) salt("x")>
kcfi.signature @t113 : !kcfi.fn<(c.int, ...) -> c.void const volatile rvalue noexcept noreturn cfi_unchecked_callee no_caller_saved_registers cc(sysv_abi) sme(5) salt("x")>
// CHECK: kcfi.signature @t114 : !kcfi.fn<(c.int, ...) -> c.void const volatile rvalue noexcept noreturn cfi_unchecked_callee no_caller_saved_registers cc(sysv_abi) sme(5) salt("x")>
kcfi.signature @t114 : !kcfi.fn<(c.int, ...) -> c.void salt("x") sme(5) cc(sysv_abi) no_caller_saved_registers cfi_unchecked_callee noreturn noexcept rvalue volatile const>
// CHECK: kcfi.signature @t115 : !kcfi.fn<() -> c.void>
kcfi.signature @t115 : !kcfi.fn<() -> c.void sme(0)>
// CHECK: kcfi.signature @t116 : !kcfi.fn<() -> c.void regparm(0)>
kcfi.signature @t116 : !kcfi.fn<() -> c.void regparm(0)>
// CHECK: kcfi.signature @t117 : !kcfi.fn<() -> c.void regparm(3)>
kcfi.signature @t117 : !kcfi.fn<() -> c.void regparm(3)>
// CHECK: kcfi.signature @t118 : !kcfi.fn<() -> c.void sme(1) regparm(2) salt("x")>
kcfi.signature @t118 : !kcfi.fn<() -> c.void sme(1) regparm(2) salt("x")>
// CHECK: kcfi.signature @t119 : !kcfi.fn<(fn<() -> c.void>) -> c.void>
kcfi.signature @t119 : !kcfi.fn<(fn<() -> c.void>) -> c.void>
// CHECK: kcfi.signature @t120 : !kcfi.fn<(ptr<fn<(ptr<fn<() -> c.void>>) -> ptr<fn<() -> c.int>>>>) -> ptr<fn<() -> c.int noexcept>>>
kcfi.signature @t120 : !kcfi.fn<(ptr<fn<(ptr<fn<() -> c.void>>) -> ptr<fn<() -> c.int>>>>) -> ptr<fn<() -> c.int noexcept>>>

// --- Arrays, vectors, matrices and the other derived types
// CHECK: kcfi.signature @t121 : !kcfi.fn<(ptr<c.array<10, c.int>>) -> c.void>
kcfi.signature @t121 : !kcfi.fn<(ptr<c.array<10, c.int>>) -> c.void>
// CHECK: kcfi.signature @t122 : !kcfi.fn<(ptr<c.array<0, c.int>>) -> c.void>
kcfi.signature @t122 : !kcfi.fn<(ptr<c.array<0, c.int>>) -> c.void>
// CHECK: kcfi.signature @t123 : !kcfi.fn<(ptr<c.array<9223372036854775807, c.char>>) -> c.void>
kcfi.signature @t123 : !kcfi.fn<(ptr<c.array<9223372036854775807, c.char>>) -> c.void>
// CHECK: kcfi.signature @t124 : !kcfi.fn<(ptr<c.array<?, c.int>>) -> c.void>
kcfi.signature @t124 : !kcfi.fn<(ptr<c.array<?, c.int>>) -> c.void>
// CHECK: kcfi.signature @t125 : !kcfi.fn<(ptr<c.array<*, c.int>>) -> c.void>
kcfi.signature @t125 : !kcfi.fn<(ptr<c.array<*, c.int>>) -> c.void>
// CHECK: kcfi.signature @t126 : !kcfi.fn<(c.array<2, c.array<?, qual<const c.int>>>) -> c.void>
kcfi.signature @t126 : !kcfi.fn<(c.array<2, c.array<?, qual<const c.int>>>) -> c.void>
// CHECK: kcfi.signature @t127 : !kcfi.fn<(c.vector<4, c.int>) -> c.void>
kcfi.signature @t127 : !kcfi.fn<(c.vector<4, c.int>) -> c.void>
// CHECK: kcfi.signature @t128 : !kcfi.fn<(c.vector<3, c.float, ext>) -> c.void>
kcfi.signature @t128 : !kcfi.fn<(c.vector<3, c.float, ext>) -> c.void>
// CHECK: kcfi.signature @t129 : !kcfi.fn<(c.vector<2, c.double, neon>) -> c.void>
kcfi.signature @t129 : !kcfi.fn<(c.vector<2, c.double, neon>) -> c.void>
// CHECK: kcfi.signature @t130 : !kcfi.fn<(c.vector<8, c.uchar, neon_poly>) -> c.void>
kcfi.signature @t130 : !kcfi.fn<(c.vector<8, c.uchar, neon_poly>) -> c.void>
// CHECK: kcfi.signature @t131 : !kcfi.fn<(c.matrix<2, 3, c.int>) -> c.void>
kcfi.signature @t131 : !kcfi.fn<(c.matrix<2, 3, c.int>) -> c.void>
// CHECK: kcfi.signature @t132 : !kcfi.fn<(c.complex<c.double>) -> c.void>
kcfi.signature @t132 : !kcfi.fn<(c.complex<c.double>) -> c.void>
// CHECK: kcfi.signature @t133 : !kcfi.fn<(c.complex<c.int>) -> c.void>
kcfi.signature @t133 : !kcfi.fn<(c.complex<c.int>) -> c.void>
// CHECK: kcfi.signature @t134 : !kcfi.fn<(c.atomic<c.int>) -> c.void>
kcfi.signature @t134 : !kcfi.fn<(c.atomic<c.int>) -> c.void>
// CHECK: kcfi.signature @t135 : !kcfi.fn<(ptr<c.atomic<ptr<c.int>>>) -> c.void>
kcfi.signature @t135 : !kcfi.fn<(ptr<c.atomic<ptr<c.int>>>) -> c.void>
// CHECK: kcfi.signature @t136 : !kcfi.fn<(c.bitint<2>) -> c.void>
kcfi.signature @t136 : !kcfi.fn<(c.bitint<2>) -> c.void>
// CHECK: kcfi.signature @t137 : !kcfi.fn<(c.bitint<8388608>) -> c.void>
kcfi.signature @t137 : !kcfi.fn<(c.bitint<8388608>) -> c.void>
// CHECK: kcfi.signature @t138 : !kcfi.fn<(c.bitint<1, unsigned>) -> c.void>
kcfi.signature @t138 : !kcfi.fn<(c.bitint<1, unsigned>) -> c.void>
// CHECK: kcfi.signature @t139 : !kcfi.fn<(c.sizeless<sve "__SVInt32_t">) -> c.void>
kcfi.signature @t139 : !kcfi.fn<(c.sizeless<sve "__SVInt32_t">) -> c.void>
// CHECK: kcfi.signature @t140 : !kcfi.fn<(c.sizeless<rvv "__rvv_int32m1_t">) -> c.void>
kcfi.signature @t140 : !kcfi.fn<(c.sizeless<rvv "__rvv_int32m1_t">) -> c.void>
// CHECK: kcfi.signature @t141 : !kcfi.fn<(c.sizeless<sve "__SVInt32_t", 512>) -> c.void>
kcfi.signature @t141 : !kcfi.fn<(c.sizeless<sve "__SVInt32_t", 512>) -> c.void>
// CHECK: kcfi.signature @t142 : !kcfi.fn<(c.sizeless<rvv "__rvv_int32m1_t", 4294967295>) -> c.void>
kcfi.signature @t142 : !kcfi.fn<(c.sizeless<rvv "__rvv_int32m1_t", 4294967295>) -> c.void>
// CHECK: kcfi.signature @t143 : !kcfi.fn<(c.typedef<"size_t", c.ulong>) -> c.void>
kcfi.signature @t143 : !kcfi.fn<(c.typedef<"size_t", c.ulong>) -> c.void>
// CHECK: kcfi.signature @t144 : !kcfi.fn<(c.typedef<"outer", c.typedef<"inner", fn<() -> c.void>>>) -> c.void>
kcfi.signature @t144 : !kcfi.fn<(c.typedef<"outer", c.typedef<"inner", fn<() -> c.void>>>) -> c.void>
// CHECK: kcfi.signature @t145 : !kcfi.fn<(c.typedef<"V", qual<const c.int>>) -> c.void>
kcfi.signature @t145 : !kcfi.fn<(c.typedef<"V", qual<const c.int>>) -> c.void>
// CHECK: kcfi.signature @t146 : !kcfi.fn<(c.vector<4, c.int>) -> c.void>
kcfi.signature @t146 : !kcfi.fn<(c.vector<4, c.int, gcc>) -> c.void>
// CHECK: kcfi.signature @t147 : !kcfi.fn<(ptr<c.int>) -> c.void>
kcfi.signature @t147 : !kcfi.fn<(!kcfi.ptr<!kcfi.c.int>) -> c.void>

// --- Other signatures
// CHECK: kcfi.signature @t148 : !kcfi.encoded<"_ZTSFiiE">
kcfi.signature @t148 : !kcfi.encoded<"_ZTSFiiE">
// CHECK: kcfi.signature @t149 : !kcfi.encoded<"_ZTSFiiE.salt.normalized.generalized">
kcfi.signature @t149 : !kcfi.encoded<"_ZTSFiiE.salt.normalized.generalized">
// CHECK: kcfi.signature @t150 : !kcfi.raw<0x00050794>
kcfi.signature @t150 : !kcfi.raw<0x00050794>
// CHECK: kcfi.signature @t151 : !kcfi.raw<0xffffffff>
kcfi.signature @t151 : !kcfi.raw<4294967295>
// CHECK: kcfi.signature @t152 : !kcfi.raw<0x00000001>
kcfi.signature @t152 : !kcfi.raw<1>

// --- Function pointers
// CHECK: func.func private @t153(!kcfi.fnptr<() -> c.void>)
func.func private @t153(!kcfi.fnptr<() -> c.void>)
// CHECK: func.func private @t154(!kcfi.fnptr<(c.int, ...) -> c.int>)
func.func private @t154(!kcfi.fnptr<(c.int, ...) -> c.int>)
// CHECK: func.func private @t155(!kcfi.fnptr<(c.int) -> c.int const volatile lvalue noexcept noreturn cfi_unchecked_callee no_caller_saved_registers cc(ms_abi) sme(3) salt("s")>)
func.func private @t155(!kcfi.fnptr<(c.int) -> c.int const volatile lvalue noexcept noreturn cfi_unchecked_callee no_caller_saved_registers cc(ms_abi) sme(3) salt("s")>)
// CHECK: func.func private @t156(!kcfi.fnptr<() -> c.int unprototyped>)
func.func private @t156(!kcfi.fnptr<() -> c.int unprototyped>)
// CHECK: func.func private @t157(!kcfi.fnptr<raw<0x00050794>>)
func.func private @t157(!kcfi.fnptr<raw<0x00050794>>)
// CHECK: func.func private @t158(!kcfi.fnptr<encoded<"_ZTSFiiE">>)
func.func private @t158(!kcfi.fnptr<encoded<"_ZTSFiiE">>)

// --- Component types on their own, and as aliases
!fn = !kcfi.fn<(c.int) -> c.int>
!callback = !kcfi.ptr<!fn>
// CHECK: kcfi.signature @alias : !kcfi.fn<(ptr<fn<(c.int) -> c.int>>) -> c.void>
kcfi.signature @alias : !kcfi.fn<(!callback) -> c.void>
// CHECK: func.func private @components(!kcfi.c.int, !kcfi.ptr<c.void>, !kcfi.tag<struct "S">)
func.func private @components(!kcfi.c.int, !kcfi.ptr<c.void>, !kcfi.tag<struct "S">)
