//===- KCFIAttributes.td - Attributes -*- tablegen -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_IR_KCFIATTRIBUTES_TD
#define KCFI_IR_KCFIATTRIBUTES_TD

include "kcfi/IR/KCFIEnums.td"

/// Declares the parameters of a C++ class, for code that goes over all of them:
/// `visitParameters(visitor)` calls `visitor.visit<&T::getA, &T::getB>("a b?")`,
/// with a `?` after the names of those that may be null.
class KCFI_Parameters<string cppClass, dag parameters> {
  defvar indices = !range(!size(parameters));
  defvar getters = !foreach(i, indices,
    !toupper(!substr(!getdagname(parameters, i), 0, 1)) #
    !substr(!getdagname(parameters, i), 1));
  defvar names = !foreach(i, indices, !getdagname(parameters, i) #
    !if(!initialized(!getdagarg<OptionalParameter>(parameters, i)), "?", ""));
  code declaration = [{
    template <typename VisitorT>
    static auto visitParameters(VisitorT &&visitor) {
      return visitor.template visit<}] #
    !interleave(!foreach(g, getters, "&" # cppClass # "::get" # g), ", ") #
    ">(\"" # !interleave(names, " ") # "\");\n    }\n";
}

/// In place of `extraClassDeclaration`, definitions have `members`.
class KCFI_Attr<string name, string attrMnemonic, list<Trait> traits = []>
    : AttrDef<KCFI_Dialect, name, traits> {
  let mnemonic = attrMnemonic;
  code members = "";
  let extraClassDeclaration =
    members # KCFI_Parameters<cppClassName, parameters>.declaration;
}

//===----------------------------------------------------------------------===//
// Parameters
//
// Formats read and print parameters by `custom` directives, whose functions
// lib/IR/AsmHelpers.h, C/CAsmHelpers.h and Rust/RustAsmHelpers.h declare. A
// parser of a parameter itself would add an error for each level of nesting.
//===----------------------------------------------------------------------===//

/// A nested type, spelled without `!kcfi.`: `custom<Nested>`.
def KCFI_Nested : TypeParameter<"::mlir::Type", "component type">;

/// A nested type that may be absent.
def KCFI_OptionalNested : OptionalParameter<"::mlir::Type", "component type">;

/// An enumerator that the text omits if it is `value`: `custom<Keyword>`.
class KCFI_DefaultKeyword<string enumType, string value> :
  DefaultValuedParameter<enumType, enumType # "::" # value>;

/// A number that the text omits if it is 0.
class KCFI_DefaultZero<string type> : DefaultValuedParameter<type, "0">;

/// True if the literal in front of the parameter is there, in an optional group:
/// (`mut` $isMut^)?
def KCFI_Presence : DefaultValuedParameter<"bool", "false"> {
  let parser = "::mlir::FailureOr<bool>(true)";
  let printer = "(void)$_self";
}

/// A list that the text omits if it is empty.
def KCFI_DefaultEmpty : DefaultValuedParameter<
  "::mlir::ArrayAttr", "$_builder.getArrayAttr({})">;

/// The same for types.
def KCFI_DefaultNoTypes : ArrayRefParameter<"::mlir::Type"> {
  let defaultValue = "::llvm::SmallVector<::mlir::Type>()";
  let comparator = "$_lhs == ::llvm::ArrayRef<::mlir::Type>($_rhs)";
}

//===----------------------------------------------------------------------===//
// Attributes of modules and operations
//===----------------------------------------------------------------------===//

def KCFI_EncodingAttr : KCFI_Attr<"Encoding", "encoding"> {
  let summary = "how signatures become strings and ids";
  let description = [{
    Stands on a module as `kcfi.encoding`. All modules of a program must agree
    on it: ids made with different options never match.

    * `hash`: `xxhash64` (clang's and rustc's default, the low half of XXH64
      with seed 0) or `fnv1a` (32-bit FNV-1a);
    * `normalize_integers`: builtin integer types are named by signedness and
      width (clang: `-fsanitize-cfi-icall-experimental-normalize-integers`);
      strings end in `.normalized`;
    * `generalize_pointers`: pointer parameters and results lose their pointee
      (clang: `-fsanitize-cfi-icall-generalize-pointers`); strings end in
      `.generalized`.

    ```mlir
    module attributes {kcfi.encoding = #kcfi.encoding<hash = xxhash64, normalize_integers>,
                       llvm.target_triple = "x86_64-unknown-linux-gnu"} {}
    ```
  }];
  let parameters = (ins EnumParameter<KCFI_HashKind>:$hash,
                        "bool":$normalizeIntegers, "bool":$generalizePointers);
  let assemblyFormat = [{
    `<` `hash` `=` custom<Keyword>($hash, "\"hash\"") ``
    custom<EncodingOptions>($normalizeIntegers, $generalizePointers) `>`
  }];
  // The default.
  let builders = [AttrBuilder<(ins), [{
    return $_get($_ctxt, HashKind::XXHash64, /*normalizeIntegers=*/false,
                 /*generalizePointers=*/false);
  }]>];
  let members = [{
    /// The suffix that the options add to every string, possibly empty.
    ::llvm::StringRef getSuffix() const;
  }];
}

def KCFI_CodegenAttr : KCFI_Attr<"Codegen", "codegen"> {
  let summary = "patchable prefixes and arity";
  let description = [{
    Stands on a module as `kcfi.codegen` and corresponds to clang's
    `-fpatchable-function-entry=N,M` and `-fsanitize-kcfi-arity`:
    `patchable_prefix` is M, the NOPs between the type id and the entry point,
    `patchable_entry` is N - M, the NOPs after it. A check looks for the id in
    front of the *caller's* prefix, so one link set has one prefix.

    ```mlir
    // -fpatchable-function-entry=16,11 -fsanitize-kcfi-arity
    module attributes {kcfi.codegen = #kcfi.codegen<patchable_prefix = 11, patchable_entry = 5, arity>,
                       llvm.target_triple = "x86_64-unknown-linux-gnu"} {}
    ```
  }];
  let parameters = (ins "unsigned":$patchablePrefix,
                        "unsigned":$patchableEntry, "bool":$arity);
  let assemblyFormat = [{
    `` custom<CodegenOptions>($patchablePrefix, $patchableEntry, $arity)
  }];
}

def KCFI_TypeIdAttr : KCFI_Attr<"TypeId", "type_id"> {
  let summary = "a type id and the string that it is the hash of";
  let description = [{
    The string is absent for ids whose type is not known (`!kcfi.raw`).

    ```mlir
    module {
      func.func private @inc(i32) -> i32
        attributes {kcfi.type_id = #kcfi.type_id<0x00050794, "_ZTSFiiE">}
    }
    ```
  }];
  let parameters = (ins "uint32_t":$value,
                        OptionalParameter<"::mlir::StringAttr">:$string);
  let assemblyFormat = "`<` custom<Id>($value) (`,` custom<String>($string)^)? `>`";
  let genVerifyDecl = 1;
  let builders = [AttrBuilder<(ins "uint32_t":$value)>];
}

//===----------------------------------------------------------------------===//
// Parts of C++ names. They occur inside of !kcfi.tag only, where they are
// written without `#kcfi.`.
//===----------------------------------------------------------------------===//

def KCFI_ScopeAttr : KCFI_Attr<"Scope", "scope"> {
  let summary = "one enclosing name of a tagged type";
  let description = [{
    A namespace, a class, or a class template specialisation (then `args` is
    present); without a name the anonymous namespace.

    ```mlir
    // namespace { template <class T> struct Outer { struct In; }; }   Outer<int>::In
    kcfi.signature @f : !kcfi.fn<(tag<struct "In" in [anonymous, "Outer" args [c.int]]>) -> c.void>
    ```
  }];
  let parameters = (ins OptionalParameter<"::mlir::StringAttr">:$name,
                        OptionalParameter<"::mlir::ArrayAttr">:$args);
  let assemblyFormat = "`<` custom<ScopeBody>($name, $args) `>`";
  let genVerifyDecl = 1;
  let members = [{
    bool isAnonymousNamespace() const { return !getName(); }
  }];
}

def KCFI_TemplateValueAttr : KCFI_Attr<"TemplateValue", "value"> {
  let summary = "a template argument that is a value";
  let description = [{
    Integers, characters and enumerators as decimal numbers, `bool` as 0 and 1.

    ```mlir
    // Arr<-7>
    kcfi.signature @f : !kcfi.fn<(tag<struct "Arr" args [value<c.int, "-7">]>) -> c.void>
    ```
  }];
  let parameters = (ins KCFI_Nested:$type, "::mlir::StringAttr":$value);
  let assemblyFormat = "`<` custom<Nested>($type) `,` custom<String>($value) `>`";
  let genVerifyDecl = 1;
}

def KCFI_TemplatePackAttr : KCFI_Attr<"TemplatePack", "pack"> {
  let summary = "an argument pack of a template";
  let description = [{
    ```mlir
    // Tuple<int, char>
    kcfi.signature @f : !kcfi.fn<(tag<class "Tuple" args [pack<c.int, c.char>]>) -> c.void>
    ```
  }];
  let parameters = (ins "::mlir::ArrayAttr":$args);
  let assemblyFormat = "`` custom<TemplatePack>($args)";
  let genVerifyDecl = 1;
}

def KCFI_TemplateNameAttr : KCFI_Attr<"TemplateName", "template"> {
  let summary = "a template as an argument of a template";
  let description = [{
    ```mlir
    // Apply<ns::Box>
    kcfi.signature @f : !kcfi.fn<(tag<struct "Apply" args [template<"Box" in ["ns"]>]>) -> c.void>
    ```
  }];
  let parameters = (ins "::mlir::StringAttr":$name,
                        OptionalParameter<"::mlir::ArrayAttr">:$scope);
  let assemblyFormat = "`<` custom<String>($name) (`in` custom<Scopes>($scope)^)? `>`";
  let genVerifyDecl = 1;
}

#endif // KCFI_IR_KCFIATTRIBUTES_TD
