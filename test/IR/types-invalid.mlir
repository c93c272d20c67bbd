// Types that cannot exist, and spellings that are none.

// RUN: kcfi-opt --split-input-file --verify-diagnostics %s

// expected-error@+1 {{unknown type 'fnord' in dialect 'kcfi'}}
kcfi.signature @f : !kcfi.fnord<c.int>

// -----

// expected-error@+1 {{unknown type 'c.integer' in dialect 'kcfi'}}
kcfi.signature @f : !kcfi.fn<(c.integer) -> c.void>

// -----

// expected-error@+1 {{unknown type 'int' in dialect 'kcfi'}}
kcfi.signature @f : !kcfi.fn<(int) -> c.void>

// -----

// expected-error@+1 {{expected '<'}}
kcfi.signature @f : !kcfi.fn<(ptr) -> c.void>

// -----

// expected-error@+1 {{unbalanced '<' character in pretty dialect name}}
kcfi.signature @f : !kcfi.fn<(ptr<c.int) -> c.void>

// -----

// expected-error@+1 {{expected valid keyword}}
kcfi.signature @f : !kcfi.fn<(ptr<>) -> c.void>

// -----

// expected-error@+1 {{parameter type 'i32' cannot be a part of a signature}}
kcfi.signature @f : !kcfi.fn<(i32) -> c.void>

// -----

// expected-error@+1 {{parameter type '!kcfi.fnptr<() -> c.void>' cannot be a part of a signature; write 'ptr<fn<...>>' instead of 'fnptr<...>'}}
kcfi.signature @f : !kcfi.fn<(!kcfi.fnptr<() -> c.void>) -> c.void>

// -----

// expected-error@+1 {{parameter type '!kcfi.raw<0x00000001>' cannot be a part of a signature}}
kcfi.signature @f : !kcfi.fn<(raw<0x1>) -> c.void>

// -----

// expected-error@+1 {{cannot be a part of a signature}}
kcfi.signature @f : !kcfi.fn<(encoded<"_ZTSFvvE">) -> c.void>

// -----

// expected-error@+1 {{result type 'i32' cannot be a part of a signature}}
kcfi.signature @f : !kcfi.fn<() -> i32>

// -----

// expected-error@+1 {{pointee 'i8' cannot be a part of a signature}}
kcfi.signature @f : !kcfi.fn<(ptr<i8>) -> c.void>

// -----

// expected-error@+1 {{pointee 'i8' cannot be a part of a signature}}
kcfi.signature @f : !kcfi.fn<(c.block<i8>) -> c.void>

// -----

// expected-error@+1 {{a block pointer points to a function}}
kcfi.signature @f : !kcfi.fn<(c.block<c.int>) -> c.void>

// -----

// expected-error@+1 {{referenced type 'i8' cannot be a part of a signature}}
kcfi.signature @f : !kcfi.fn<(lref<i8>) -> c.void>

// -----

// expected-error@+1 {{referenced type 'i8' cannot be a part of a signature}}
kcfi.signature @f : !kcfi.fn<(rref<i8>) -> c.void>

// -----

// expected-error@+1 {{a pointer to member needs a class, found '!kcfi.c.int'}}
kcfi.signature @f : !kcfi.fn<(memptr<c.int, c.int>) -> c.void>

// -----

// expected-error@+1 {{a pointer to member needs a class, found 'i8'}}
kcfi.signature @f : !kcfi.fn<(memptr<i8, c.int>) -> c.void>

// -----

// expected-error@+1 {{type of the member 'i8' cannot be a part of a signature}}
kcfi.signature @f : !kcfi.fn<(memptr<tag<struct "S">, i8>) -> c.void>

// -----

// expected-error@+1 {{parameter type must not be void; a function without parameters is 'fn<() -> ...>'}}
kcfi.signature @f : !kcfi.fn<(c.void) -> c.void>

// -----

// expected-error@+1 {{parameter type must not be void}}
kcfi.signature @f : !kcfi.fn<(qual<const c.typedef<"V", c.void>>) -> c.void>

// -----

// expected-error@+1 {{a function cannot return a function or an array}}
kcfi.signature @f : !kcfi.fn<() -> fn<() -> c.void>>

// -----

// expected-error@+1 {{a function cannot return a function or an array}}
kcfi.signature @f : !kcfi.fn<() -> c.array<3, c.int>>

// -----

// expected-error@+1 {{an unprototyped function has no parameters}}
kcfi.signature @f : !kcfi.fn<(c.int) -> c.void unprototyped>

// -----

// expected-error@+1 {{an unprototyped function cannot be variadic}}
kcfi.signature @f : !kcfi.fn<(...) -> c.void unprototyped>

// -----

// expected-error@+1 {{a member function has one ref-qualifier at most}}
kcfi.signature @f : !kcfi.fn<() -> c.void lvalue rvalue>

// -----

// expected-error@+1 {{sme(512) is outside of the AAPCS64 encoding of __SME_ATTRS}}
kcfi.signature @f : !kcfi.fn<() -> c.void sme(512)>

// -----

// expected-error@+1 {{expected a number of at most 32 bits}}
kcfi.signature @f : !kcfi.fn<() -> c.void sme(4294967296)>

// -----

// expected-error@+1 {{i386 has 3 registers to pass parameters in}}
kcfi.signature @f : !kcfi.fn<() -> c.void regparm(4)>

// -----

// expected-error@+1 {{a salt must not be empty}}
kcfi.signature @f : !kcfi.fn<() -> c.void salt("")>

// -----

// expected-error@+1 {{a salt must not contain a null character}}
kcfi.signature @f : !kcfi.fn<() -> c.void salt("a\00b")>

// -----

// expected-error@+1 {{'...' must be the last parameter}}
kcfi.signature @f : !kcfi.fn<(..., c.int) -> c.void>

// -----

// expected-error@+1 {{'...' must be the last parameter}}
kcfi.signature @f : !kcfi.fn<(..., ...) -> c.void>

// -----

// expected-error@+1 {{'noexcept' is given twice}}
kcfi.signature @f : !kcfi.fn<() -> c.void noexcept noexcept>

// -----

// expected-error@+1 {{unknown calling convention 'cdecl', expected 'ms_abi', 'sysv_abi', 'vectorcall', 'regcall', 'preserve_most', 'preserve_all', 'preserve_none', 'swiftcall', 'swiftasynccall', 'aarch64_vector_pcs', 'aarch64_sve_pcs', 'riscv_vector_cc', 'aapcs', 'aapcs_vfp', 'stdcall', 'fastcall', 'thiscall' or 'pascal'}}
kcfi.signature @f : !kcfi.fn<() -> c.void cc(cdecl)>

// -----

// expected-error@+1 {{unknown calling convention 'default', expected 'ms_abi', 'sysv_abi'}}
kcfi.signature @f : !kcfi.fn<() -> c.void cc(default)>

// -----

// expected-error@+1 {{unknown modifier 'inline' of a function type}}
kcfi.signature @f : !kcfi.fn<() -> c.void inline>

// -----

// expected-error@+1 {{unknown modifier 'none' of a function type}}
kcfi.signature @f : !kcfi.fn<() -> c.void none>

// -----

// expected-error@+1 {{unknown modifier 'variadic' of a function type}}
kcfi.signature @f : !kcfi.fn<() -> c.void variadic>

// -----

// expected-error@+1 {{expected '->'}}
kcfi.signature @f : !kcfi.fn<() c.void>

// -----

// expected-error@+1 {{type-id string must not be empty}}
kcfi.signature @f : !kcfi.encoded<"">

// -----

// expected-error@+1 {{type-id string must not contain a null character}}
kcfi.signature @f : !kcfi.encoded<"_ZTS\00">

// -----

// expected-error@+1 {{expected string}}
kcfi.signature @f : !kcfi.encoded<_ZTSFvvE>

// -----

// expected-error@+1 {{type id 0 is reserved: it means "no type" and would disable the check}}
kcfi.signature @f : !kcfi.raw<0>

// -----

// expected-error@+1 {{expected a number of at most 32 bits}}
kcfi.signature @f : !kcfi.raw<0x100000000>

// -----

// expected-error@+1 {{expected a number of at most 32 bits}}
kcfi.signature @f : !kcfi.raw<-1>

// -----

// expected-error@+1 {{expected '('}}
func.func private @f(!kcfi.fnptr<c.int>)

// -----

// expected-error@+1 {{type id 0 is reserved}}
func.func private @f(!kcfi.fnptr<raw<0>>)

// -----

// expected-error@+1 {{a qualified type needs a qualifier}}
kcfi.signature @f : !kcfi.fn<(ptr<qual<c.int>>) -> c.void>

// -----

// expected-error@+1 {{address space 0 is that of unqualified types}}
kcfi.signature @f : !kcfi.fn<(ptr<qual<addrspace(0) c.int>>) -> c.void>

// -----

// expected-error@+1 {{expected a number of at most 32 bits}}
kcfi.signature @f : !kcfi.fn<(ptr<qual<addrspace(4294967296) c.int>>) -> c.void>

// -----

// expected-error@+1 {{qualified type 'i8' cannot be a part of a signature}}
kcfi.signature @f : !kcfi.fn<(ptr<qual<const i8>>) -> c.void>

// -----

// expected-error@+1 {{expected valid keyword}}
kcfi.signature @f : !kcfi.fn<(ptr<qual<const>>) -> c.void>

// -----

// expected-error@+1 {{unknown kind of tag 'namespace', expected 'struct', 'union', 'enum' or 'class'}}
kcfi.signature @f : !kcfi.fn<(tag<namespace "n">) -> c.void>

// -----

// expected-error@+1 {{name of a tag must not be empty}}
kcfi.signature @f : !kcfi.fn<(tag<struct "">) -> c.void>

// -----

// expected-error@+1 {{name of a tag must not contain a null character}}
kcfi.signature @f : !kcfi.fn<(tag<struct "a\00">) -> c.void>

// -----

// expected-error@+1 {{expected string}}
kcfi.signature @f : !kcfi.fn<(tag<struct S>) -> c.void>

// -----

// expected-error@+1 {{an unnamed tag has no template arguments}}
kcfi.signature @f : !kcfi.fn<(tag<struct unnamed args [c.int]>) -> c.void>

// -----

// expected-error@+1 {{name of the enclosing function must not be empty}}
kcfi.signature @f : !kcfi.fn<(tag<struct "S" function "">) -> c.void>

// -----

// expected-error@+1 {{a tag is declared in a function or in a scope, not in both}}
kcfi.signature @f : !kcfi.fn<(tag<struct "S" in ["ns"] function "f">) -> c.void>

// -----

// expected-error@+1 {{an unnamed tag of a function is not supported; give the name that the compiler invents}}
kcfi.signature @f : !kcfi.fn<(tag<struct unnamed function "f">) -> c.void>

// -----

// expected-error@+1 {{template argument 'i8' cannot be a part of a signature}}
kcfi.signature @f : !kcfi.fn<(tag<struct "S" args [i8]>) -> c.void>

// -----

// expected-error@+1 {{list of enclosing names must not be empty}}
kcfi.signature @f : !kcfi.fn<(tag<struct "S" in []>) -> c.void>

// -----

// expected-error@+1 {{enclosing name must not be empty}}
kcfi.signature @f : !kcfi.fn<(tag<struct "S" in [""]>) -> c.void>

// -----

// expected-error@+1 {{template argument 'i8' cannot be a part of a signature}}
kcfi.signature @f : !kcfi.fn<(tag<struct "S" in ["a" args [i8]]>) -> c.void>

// -----

// expected-error@+1 {{template value "x" is not a decimal number}}
kcfi.signature @f : !kcfi.fn<(tag<struct "S" args [value<c.int, "x">]>) -> c.void>

// -----

// expected-error@+1 {{template value "-" is not a decimal number}}
kcfi.signature @f : !kcfi.fn<(tag<struct "S" args [value<c.int, "-">]>) -> c.void>

// -----

// expected-error@+1 {{template value "" is not a decimal number}}
kcfi.signature @f : !kcfi.fn<(tag<struct "S" args [value<c.int, "">]>) -> c.void>

// -----

// expected-error@+1 {{type of a template value 'i8' cannot be a part of a signature}}
kcfi.signature @f : !kcfi.fn<(tag<struct "S" args [value<i8, "1">]>) -> c.void>

// -----

// expected-error@+1 {{name of a template must not be empty}}
kcfi.signature @f : !kcfi.fn<(tag<struct "S" args [template<"">]>) -> c.void>

// -----

// expected-error@+1 {{list of enclosing names must not be empty}}
kcfi.signature @f : !kcfi.fn<(tag<struct "S" args [template<"T" in []>]>) -> c.void>

// -----

// expected-error@+1 {{template argument 'i8' cannot be a part of a signature}}
kcfi.signature @f : !kcfi.fn<(tag<struct "S" args [pack<i8>]>) -> c.void>

// -----

// expected-error@+1 {{size of an array must not be negative}}
kcfi.signature @f : !kcfi.fn<(ptr<c.array<-1, c.int>>) -> c.void>

// -----

// expected-error@+1 {{integer value too large}}
kcfi.signature @f : !kcfi.fn<(ptr<c.array<9223372036854775808, c.int>>) -> c.void>

// -----

// expected-error@+1 {{array element must not be void}}
kcfi.signature @f : !kcfi.fn<(ptr<c.array<2, c.void>>) -> c.void>

// -----

// expected-error@+1 {{array element must not be a function}}
kcfi.signature @f : !kcfi.fn<(ptr<c.array<2, fn<() -> c.void>>>) -> c.void>

// -----

// expected-error@+1 {{array element 'i8' cannot be a part of a signature}}
kcfi.signature @f : !kcfi.fn<(ptr<c.array<2, i8>>) -> c.void>

// -----

// expected-error@+1 {{a vector has at least one lane}}
kcfi.signature @f : !kcfi.fn<(c.vector<0, c.int>) -> c.void>

// -----

// expected-error@+1 {{vector element must not be void}}
kcfi.signature @f : !kcfi.fn<(c.vector<4, c.void>) -> c.void>

// -----

// expected-error@+1 {{unknown vector flavor 'sse', expected 'gcc', 'ext', 'neon', 'neon_poly', 'altivec', 'altivec_bool' or 'altivec_pixel'}}
kcfi.signature @f : !kcfi.fn<(c.vector<4, c.int, sse>) -> c.void>

// -----

// expected-error@+1 {{expected a number of at most 32 bits}}
kcfi.signature @f : !kcfi.fn<(c.vector<4294967296, c.int>) -> c.void>

// -----

// expected-error@+1 {{a matrix has at least one row and column}}
kcfi.signature @f : !kcfi.fn<(c.matrix<0, 1, c.int>) -> c.void>

// -----

// expected-error@+1 {{a matrix has at least one row and column}}
kcfi.signature @f : !kcfi.fn<(c.matrix<1, 0, c.int>) -> c.void>

// -----

// expected-error@+1 {{matrix element must not be void}}
kcfi.signature @f : !kcfi.fn<(c.matrix<1, 1, c.void>) -> c.void>

// -----

// expected-error@+1 {{part of a complex type must not be void}}
kcfi.signature @f : !kcfi.fn<(c.complex<c.void>) -> c.void>

// -----

// expected-error@+1 {{atomic type must not be void}}
kcfi.signature @f : !kcfi.fn<(c.atomic<c.void>) -> c.void>

// -----

// expected-error@+1 {{atomic type must not be a function}}
kcfi.signature @f : !kcfi.fn<(c.atomic<fn<() -> c.void>>) -> c.void>

// -----

// expected-error@+1 {{a signed bit-precise integer has at least 2 bits}}
kcfi.signature @f : !kcfi.fn<(c.bitint<1>) -> c.void>

// -----

// expected-error@+1 {{an unsigned bit-precise integer has at least 1 bit}}
kcfi.signature @f : !kcfi.fn<(c.bitint<0, unsigned>) -> c.void>

// -----

// expected-error@+1 {{expected 'unsigned'}}
kcfi.signature @f : !kcfi.fn<(c.bitint<7, signed>) -> c.void>

// -----

// expected-error@+1 {{unknown family of scalable vectors 'neon', expected 'sve' or 'rvv'}}
kcfi.signature @f : !kcfi.fn<(c.sizeless<neon "x">) -> c.void>

// -----

// expected-error@+1 {{name of a builtin type must not be empty}}
kcfi.signature @f : !kcfi.fn<(c.sizeless<sve "">) -> c.void>

// -----

// expected-error@+1 {{a vector has at least one element}}
kcfi.signature @f : !kcfi.fn<(c.sizeless<sve "__SVInt32_t", 0>) -> c.void>

// -----

// expected-error@+1 {{pointee has 'noescape', which only a parameter itself can have}}
kcfi.signature @f : !kcfi.fn<(ptr<qual<noescape ptr<c.int>>>) -> c.void>

// -----

// expected-error@+1 {{result type has 'swift_context', which only a parameter itself can have}}
kcfi.signature @f : !kcfi.fn<() -> qual<swift_context ptr<c.int>>>

// -----

// expected-error@+1 {{name of a typedef must not be empty}}
kcfi.signature @f : !kcfi.fn<(c.typedef<"", c.int>) -> c.void>

// -----

// expected-error@+1 {{type of a typedef 'i8' cannot be a part of a signature}}
kcfi.signature @f : !kcfi.fn<(c.typedef<"t", i8>) -> c.void>
