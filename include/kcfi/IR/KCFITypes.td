//===- KCFITypes.td - Types -*- tablegen -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_IR_KCFITYPES_TD
#define KCFI_IR_KCFITYPES_TD

include "kcfi/IR/KCFIAttributes.td"

/// A type without a mnemonic of its own. In place of `extraClassDeclaration`,
/// definitions have `members`.
class KCFI_PlainType<string name, list<Trait> traits = []>
    : TypeDef<KCFI_Dialect, name, traits> {
  code members = "";
  let extraClassDeclaration =
    members # KCFI_Parameters<cppClassName, parameters>.declaration;
}

class KCFI_Type<string name, string typeMnemonic, list<Trait> traits = []>
    : KCFI_PlainType<name, traits> {
  let mnemonic = typeMnemonic;
}

//===----------------------------------------------------------------------===//
// Signatures
//===----------------------------------------------------------------------===//

def KCFI_FnType : KCFI_Type<"Fn", "fn"> {
  let summary = "function type of the C or C++ family";
  let description = [{
    Parameters, result and everything else that makes two function types
    different. A literal `...` as last parameter makes it variadic. After the
    result follow, in this order and all optional:

    | modifier | meaning |
    | --- | --- |
    | `unprototyped` | C's `int f()` before C23 |
    | `const` `volatile` `restrict` `lvalue` `rvalue` | qualifiers of a member function |
    | `noexcept` | C++17: the type does not throw |
    | `noreturn` `cfi_unchecked_callee` `no_caller_saved_registers` `nocf_check` `cmse_nonsecure_call` | attributes that make a type of its own but print nothing |
    | `cc(ms_abi)` | calling convention other than the target's usual one |
    | `regparm(3)` | i386: number of register parameters, as an attribute (prints nothing) |
    | `sme(5)` | the AAPCS64 `__SME_ATTRS` number |
    | `salt("x")` | `cfi_salt` attribute |

    Parameters may be written unadjusted (arrays, functions, top-level
    qualifiers, typedefs): encoding works on the canonical type. Attributes of a
    parameter that are a part of the function type stand among its qualifiers:
    `qual<noescape ptr<c.int>>`. A parameter of the outermost function that has
    the type of a transparent union is given as the type of its first member.

    ```mlir
    // int open(const char *, int, ...)
    kcfi.signature @open : !kcfi.fn<(ptr<qual<const c.char>>, c.int, ...) -> c.int>
    // void F(void (*)() noexcept) __attribute__((cfi_salt("pepper")))
    kcfi.signature @F : !kcfi.fn<(ptr<fn<() -> c.void noexcept>>) -> c.void salt("pepper")>
    ```
  }];
  let parameters = (ins ArrayRefParameter<"::mlir::Type">:$params,
                        "::mlir::Type":$result, "FnFlags":$flags,
                        "CallConv":$callConv, "unsigned":$sme,
                        "unsigned":$regParm,
                        OptionalParameter<"::mlir::StringAttr">:$salt);
  // `...` among the parameters and the modifiers, in any order, share $flags.
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1;
  let builders = [
    TypeBuilder<(ins "::llvm::ArrayRef<::mlir::Type>":$params,
                     "::mlir::Type":$result,
                     CArg<"FnFlags", "FnFlags::None">:$flags), [{
      return $_get($_ctxt, params, result, flags, CallConv::Default,
                   /*sme=*/0u, /*regParm=*/0u, ::mlir::StringAttr());
    }]>
  ];
  let members = [{
    bool hasFlag(FnFlags flag) const {
      return bitEnumContainsAny(getFlags(), flag);
    }
    /// The argument of `regparm`, which may be 0. Stored plus one.
    std::optional<unsigned> getRegParmCount() const {
      return getRegParm() ? std::optional<unsigned>(getRegParm() - 1)
                          : std::nullopt;
    }
    bool isVariadic() const { return hasFlag(FnFlags::Variadic); }
    bool isUnprototyped() const { return hasFlag(FnFlags::Unprototyped); }
    /// The same type with other flags.
    FnType withFlags(FnFlags flags) const;
    /// The same type with one more.
    FnType withVariadic() const { return withFlag(FnFlags::Variadic); }
    FnType withConst() const { return withFlag(FnFlags::Const); }
    FnType withVolatile() const { return withFlag(FnFlags::Volatile); }
    FnType withLValueRef() const { return withFlag(FnFlags::LValueRef); }
    FnType withRValueRef() const { return withFlag(FnFlags::RValueRef); }
    FnType withNoExcept() const { return withFlag(FnFlags::NoExcept); }
    FnType withNoReturn() const { return withFlag(FnFlags::NoReturn); }
    FnType withFlag(FnFlags flag) const { return withFlags(getFlags() | flag); }
    FnType withCallConv(CallConv callConv) const;
    FnType withSalt(::llvm::StringRef salt) const;
    /// The text between `fn<` and `>`.
    static ::mlir::Type parseBody(::mlir::AsmParser &parser);
    void printBody(::mlir::AsmPrinter &printer) const;
  }];
}

def KCFI_EncodedType : KCFI_Type<"Encoded", "encoded"> {
  let summary = "signature given by its complete type-id string";
  let description = [{
    For front ends that bring their own mangler. The string is hashed as it is,
    including a salt and the suffixes `.normalized` and `.generalized`, which
    must agree with the module's `#kcfi.encoding`.

    ```mlir
    kcfi.signature @f : !kcfi.encoded<"_ZTSFiiE">
    ```
  }];
  let parameters = (ins "::mlir::StringAttr":$string);
  let assemblyFormat = "`<` custom<String>($string) `>`";
  let genVerifyDecl = 1;
}

def KCFI_RawType : KCFI_Type<"Raw", "raw"> {
  let summary = "signature of which only the id is known";
  let description = [{
    Stands for the type of a function or call imported from LLVM IR. The id is
    32 bits wide and never 0, which LLVM and Linux take for "no type".

    ```mlir
    kcfi.signature @f : !kcfi.raw<0x00050794>
    ```
  }];
  let parameters = (ins "uint32_t":$id);
  let assemblyFormat = "`<` custom<Id>($id) `>`";
  let genVerifyDecl = 1;
}

def KCFI_FnPtrType : KCFI_Type<"FnPtr", "fnptr"> {
  let summary = "value that points to a function of a signature";
  let description = [{
    The type of function pointers as values. Lowered to `!llvm.ptr`. Inside of
    a signature the same C type is written `ptr<fn<...>>`. The angle brackets
    contain what would stand in those of `fn`, or a `raw` or `encoded` type.

    ```mlir
    func.func private @apply(!kcfi.fnptr<(c.int) -> c.int>, i32) -> i32
      attributes {kcfi.sig = !kcfi.fn<(ptr<fn<(c.int) -> c.int>>, c.int) -> c.int>}
    func.func private @unknown(!kcfi.fnptr<raw<0x00050794>>)
    ```
  }];
  let parameters = (ins "::mlir::Type":$signature);
  let assemblyFormat = "`<` custom<SignatureBody>($signature) `>`";
  let genVerifyDecl = 1;
}

//===----------------------------------------------------------------------===//
// Components of the C family
//===----------------------------------------------------------------------===//

def KCFI_CBuiltinType : KCFI_PlainType<"CBuiltin"> {
  let typeName = "kcfi.c.builtin";
  let summary = "builtin type of C or C++";
  let description = [{
    `c.void c.bool c.char c.schar c.uchar c.short c.ushort c.int c.uint c.long
    c.ulong c.longlong c.ulonglong c.int128 c.uint128 c.float16 c.bf16 c.float
    c.double c.longdouble c.float128 c.nullptr`, in C++ also
    `c.wchar c.char8 c.char16 c.char32` (in C these names are typedefs of
    other builtins), and `c.va_list`, which stands for the target's `va_list`.
    `c.fp16` is the storage-only `__fp16`, `c.mfloat8` AArch64's `__mfp8`,
    `c.ibm128` PowerPC's `__ibm128`.

    ```mlir
    kcfi.signature @f : !kcfi.fn<(c.ulong, c.bool) -> c.void>
    ```
  }];
  let parameters = (ins "BuiltinKind":$kind);
  let members = [{
    bool isVoid() const { return getKind() == BuiltinKind::Void; }
  }];
}

def KCFI_PtrType : KCFI_Type<"Ptr", "ptr"> {
  let summary = "pointer";
  let description = [{
    ```mlir
    // void f(const char *)
    kcfi.signature @f : !kcfi.fn<(ptr<qual<const c.char>>) -> c.void>
    ```
  }];
  let parameters = (ins KCFI_Nested:$pointee);
  let assemblyFormat = "`<` custom<Nested>($pointee) `>`";
  let genVerifyDecl = 1;
}

def KCFI_CBlockPtrType : KCFI_Type<"CBlockPtr", "c.block"> {
  let summary = "pointer to a block";
  let description = [{
    `int (^)(int)` of `-fblocks`.

    ```mlir
    kcfi.signature @f : !kcfi.fn<(c.block<fn<(c.int) -> c.int>>) -> c.void>
    ```
  }];
  let parameters = (ins KCFI_Nested:$pointee);
  let assemblyFormat = "`<` custom<Nested>($pointee) `>`";
  let genVerifyDecl = 1;
}

def KCFI_LValueRefType : KCFI_Type<"LValueRef", "lref"> {
  let summary = "C++ lvalue reference";
  let description = [{
    ```mlir
    // void f(const S &)
    kcfi.signature @f : !kcfi.fn<(lref<qual<const tag<struct "S">>>) -> c.void>
    ```
  }];
  let parameters = (ins KCFI_Nested:$pointee);
  let assemblyFormat = "`<` custom<Nested>($pointee) `>`";
  let genVerifyDecl = 1;
}

def KCFI_RValueRefType : KCFI_Type<"RValueRef", "rref"> {
  let summary = "C++ rvalue reference";
  let description = [{
    ```mlir
    // void f(S &&)
    kcfi.signature @f : !kcfi.fn<(rref<tag<struct "S">>) -> c.void>
    ```
  }];
  let parameters = (ins KCFI_Nested:$pointee);
  let assemblyFormat = "`<` custom<Nested>($pointee) `>`";
  let genVerifyDecl = 1;
}

def KCFI_MemberPtrType : KCFI_Type<"MemberPtr", "memptr"> {
  let summary = "C++ pointer to member";
  let description = [{
    The class, then the type of the member; for a member function a `fn` that
    may have `const`, `volatile`, `lvalue` or `rvalue`.

    ```mlir
    // void f(int S::*, int (S::*)(int) const)
    kcfi.signature @f : !kcfi.fn<(memptr<tag<struct "S">, c.int>, memptr<tag<struct "S">, fn<(c.int) -> c.int const>>) -> c.void>
    ```
  }];
  let parameters = (ins KCFI_Nested:$classType, KCFI_Nested:$pointee);
  let assemblyFormat = "`<` custom<Nested>($classType) `,` custom<Nested>($pointee) `>`";
  let genVerifyDecl = 1;
}

def KCFI_QualType : KCFI_Type<"Qual", "qual"> {
  let summary = "qualified type";
  let description = [{
    One or more of `const`, `volatile`, `restrict` and `addrspace(n)` (the
    target address space number), then the type. A parameter of a function may
    also have the attributes `noescape`, `swift_context`, `swift_async_context`,
    `swift_error_result` and `swift_indirect_result`, which are written as
    qualifiers.

    ```mlir
    // void f(const volatile int __seg_gs *)
    kcfi.signature @f : !kcfi.fn<(ptr<qual<const volatile addrspace(256) c.int>>) -> c.void>
    ```
  }];
  let parameters = (ins "Qualifiers":$qualifiers,
                        "unsigned":$addressSpace, KCFI_Nested:$type);
  let assemblyFormat = [{
    `<` custom<Qualifiers>($qualifiers, $addressSpace) custom<Nested>($type) `>`
  }];
  let genVerifyDecl = 1;
}

def KCFI_TagType : KCFI_Type<"Tag", "tag"> {
  let summary = "struct, union, enum or class";
  let description = [{
    The keyword, the name (or `unnamed`), then optionally `args [...]` with the
    template arguments, `in [...]` with the enclosing names (outermost first)
    and `function "f"` for a tag that is declared in the parameter list or body
    of a C function. The keyword does not enter the string. In C, named tags
    have no enclosing names wherever they are declared.

    A tag without any name has a number that depends on its translation unit;
    a front end that knows it gives the compiler's name (`"$_0"`). An unnamed
    member type of a named record can be encoded: `unnamed in ["Nest"]`, with
    `unnamed(1)` for the second one of that record, and `unnamed(1) cxx` where
    C++ mangles it, which unlike C prints the number. ABI tags are a part of the
    name as demanglers write them: `"failure[abi:cxx11]"`.

    ```mlir
    // void f(struct S *, std::vector<int> &)
    kcfi.signature @f : !kcfi.fn<(ptr<tag<struct "S">>, lref<tag<class "vector" args [c.int, tag<class "allocator" args [c.int] in ["std"]>] in ["std"]>>) -> c.void>
    // void g(struct Local { int a; } *)
    kcfi.signature @g : !kcfi.fn<(ptr<tag<struct "Local" function "g">>) -> c.void>
    ```
  }];
  let parameters = (ins "TagKind":$kind,
                        OptionalParameter<"::mlir::StringAttr">:$name,
                        "unsigned":$unnamedIndex, "bool":$unnamedInCxx,
                        OptionalParameter<"::mlir::ArrayAttr">:$args,
                        OptionalParameter<"::mlir::ArrayAttr">:$scope,
                        OptionalParameter<"::mlir::StringAttr">:$function);
  let assemblyFormat = [{
    `<` custom<Keyword>($kind, "\"kind of tag\"")
    custom<TagName>($name, $unnamedIndex, $unnamedInCxx)
    (`args` custom<TemplateArgs>($args)^)? (`in` custom<Scopes>($scope)^)?
    (`function` custom<String>($function)^)? `>`
  }];
  let genVerifyDecl = 1;
  let builders = [
    TypeBuilder<(ins "TagKind":$kind, "::llvm::StringRef":$name), [{
      return $_get($_ctxt, kind, ::mlir::StringAttr::get($_ctxt, name),
                   /*unnamedIndex=*/0u, /*unnamedInCxx=*/false,
                   ::mlir::ArrayAttr(), ::mlir::ArrayAttr(),
                   ::mlir::StringAttr());
    }]>
  ];
  let members = [{
    bool isUnnamed() const { return !getName(); }
  }];
}

def KCFI_CArrayType : KCFI_Type<"CArray", "c.array"> {
  let summary = "array";
  let description = [{
    The number of elements, `?` for an incomplete array (`T[]`) or `*` for one
    of variable length (`T[n]`), then the element type. Two
    arrays of variable length are never the same type. (clang takes those of one
    typedef for the same; no type of this dialect says that.)

    ```mlir
    // void f(int (*)[10], int (*)[])
    kcfi.signature @f : !kcfi.fn<(ptr<c.array<10, c.int>>, ptr<c.array<?, c.int>>) -> c.void>
    ```
  }];
  let parameters = (ins "int64_t":$size, KCFI_Nested:$element);
  let assemblyFormat = "`<` custom<ArraySize>($size) `,` custom<Nested>($element) `>`";
  let genVerifyDecl = 1;
  let members = [{
    static constexpr int64_t kIncomplete = -1;
    static constexpr int64_t kVariable = -2;
    bool isIncomplete() const { return getSize() == kIncomplete; }
    bool isVariable() const { return getSize() == kVariable; }
  }];
}

def KCFI_CVectorType : KCFI_Type<"CVector", "c.vector"> {
  let summary = "fixed-length vector";
  let description = [{
    Lanes, element type and the attribute that made it: `gcc` (`vector_size`,
    the default), `ext` (`ext_vector_type`), `neon` (`neon_vector_type`),
    `neon_poly` (`neon_polyvector_type`), or the keyword of AltiVec and ZVector:
    `altivec` (`__vector int`), `altivec_bool` (`__vector __bool int`, here with
    elements of `unsigned int`) and `altivec_pixel` (of `unsigned short`).

    ```mlir
    kcfi.signature @f : !kcfi.fn<(c.vector<4, c.int>, c.vector<4, c.int, ext>) -> c.void>
    ```
  }];
  let parameters = (ins "unsigned":$lanes, KCFI_Nested:$element,
                        KCFI_DefaultKeyword<"VectorFlavor", "GCC">:$flavor);
  let assemblyFormat = [{
    `<` custom<U32>($lanes) `,` custom<Nested>($element)
    (`,` custom<Flavor>($flavor)^)? `>`
  }];
  let genVerifyDecl = 1;
}

def KCFI_CMatrixType : KCFI_Type<"CMatrix", "c.matrix"> {
  let summary = "matrix of clang's matrix extension";
  let description = [{
    ```mlir
    // int __attribute__((matrix_type(2, 3)))
    kcfi.signature @f : !kcfi.fn<(c.matrix<2, 3, c.int>) -> c.void>
    ```
  }];
  let parameters = (ins "unsigned":$rows, "unsigned":$columns,
                        KCFI_Nested:$element);
  let assemblyFormat = "`<` custom<U32>($rows) `,` custom<U32>($columns) `,` custom<Nested>($element) `>`";
  let genVerifyDecl = 1;
}

def KCFI_CComplexType : KCFI_Type<"CComplex", "c.complex"> {
  let summary = "C complex type";
  let description = [{
    ```mlir
    kcfi.signature @f : !kcfi.fn<(c.complex<c.double>) -> c.void>
    ```
  }];
  let parameters = (ins KCFI_Nested:$element);
  let assemblyFormat = "`<` custom<Nested>($element) `>`";
  let genVerifyDecl = 1;
}

def KCFI_CAtomicType : KCFI_Type<"CAtomic", "c.atomic"> {
  let summary = "C atomic type";
  let description = [{
    ```mlir
    kcfi.signature @f : !kcfi.fn<(ptr<c.atomic<c.int>>) -> c.void>
    ```
  }];
  let parameters = (ins KCFI_Nested:$element);
  let assemblyFormat = "`<` custom<Nested>($element) `>`";
  let genVerifyDecl = 1;
}

def KCFI_CBitIntType : KCFI_Type<"CBitInt", "c.bitint"> {
  let summary = "bit-precise integer";
  let description = [{
    ```mlir
    // void f(_BitInt(7), unsigned _BitInt(9))
    kcfi.signature @f : !kcfi.fn<(c.bitint<7>, c.bitint<9, unsigned>) -> c.void>
    ```
  }];
  let parameters = (ins "unsigned":$bits, KCFI_Presence:$isUnsigned);
  let assemblyFormat = "`<` custom<U32>($bits) (`,` `unsigned` `` $isUnsigned^)? `>`";
  let genVerifyDecl = 1;
}

def KCFI_CSizelessType : KCFI_Type<"CSizeless", "c.sizeless"> {
  let summary = "scalable vector type";
  let description = [{
    The family (`sve` or `rvv`) and the compiler's name of the builtin type. A
    number of bits makes it the type of fixed length that `arm_sve_vector_bits`
    or `riscv_rvv_vector_bits` derives from it.

    ```mlir
    // void f(svint32_t, svint32_t __attribute__((arm_sve_vector_bits(512))))
    kcfi.signature @f : !kcfi.fn<(c.sizeless<sve "__SVInt32_t">, c.sizeless<sve "__SVInt32_t", 512>) -> c.void>
    ```
  }];
  let parameters = (ins "SizelessFamily":$family, "::mlir::StringAttr":$name,
                        KCFI_DefaultZero<"unsigned">:$bits);
  let assemblyFormat = [{
    `<` custom<Keyword>($family, "\"family of scalable vectors\"")
    custom<String>($name) (`,` custom<VectorBits>($bits)^)? `>`
  }];
  let genVerifyDecl = 1;
}

def KCFI_CTypedefType : KCFI_Type<"CTypedef", "c.typedef"> {
  let summary = "type as the source names it";
  let description = [{
    Sugar: the encoding sees through it, diagnostics and reports show the name.

    ```mlir
    // void f(size_t)
    kcfi.signature @f : !kcfi.fn<(c.typedef<"size_t", c.ulong>) -> c.void>
    ```
  }];
  let parameters = (ins "::mlir::StringAttr":$name, KCFI_Nested:$type);
  let assemblyFormat = "`<` custom<String>($name) `,` custom<Nested>($type) `>`";
  let genVerifyDecl = 1;
}

#endif // KCFI_IR_KCFITYPES_TD
