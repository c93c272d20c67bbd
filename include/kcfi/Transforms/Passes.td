//===- Passes.td - Passes on the kcfi dialect -*- tablegen -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_TRANSFORMS_PASSES_TD
#define KCFI_TRANSFORMS_PASSES_TD

include "mlir/Pass/PassBase.td"

def KCFIExpandCoercions : Pass<"kcfi-expand-coercions", "::mlir::ModuleOp"> {
  let summary = "make the functions and vtables behind closures and fn pointers";
  let description = [{
    Replaces `kcfi.closure_as_fn` and `kcfi.as_fn_object` by addresses of private
    functions and vtables, one of a kind in a module, with the signature and the
    callable kind that rustc gives to them:

    | kind | what it does |
    | --- | --- |
    | `closure_once_shim` | for a fn pointer: calls the body of a closure that has no captures |
    | `fn_ptr_shim` | drops `self` and calls the item, or calls the fn pointer that `self` points to, which is checked |
    | `vtable_shim` | for `self` by value: calls the body with the address of the captures, then drop glue unless the body has used the captures up |
    | `reify_vtable_shim` | calls the body of a closure through a trait of which it has not the type id, such as an `Fn` closure as `dyn FnMut`. Rustc has the body itself in this slot, and the call traps |

    The functions are `func.func` or `llvm.func`, like the one they call or, for
    fn pointers, the one around the operation.

    ```mlir
    #Fn = #kcfi.rs.item<"core" "sgEmfK2I1SDT_" ["ops", "function", "Fn"]>
    #f = #kcfi.rs.item<"app" "s1_" [value "f"]>
    kcfi.trait @Fn : !kcfi.rs.dyn<[trait #Fn args [rs.tuple<rs.i32>]]> dyn_compatible {
      kcfi.method @call : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>, rs.i32) -> rs.i32> vtable_safe
    }
    func.func private @f(i32) -> i32 attributes {kcfi.sig = !kcfi.rs.fn<(rs.i32) -> rs.i32>}
    func.func @get() -> !llvm.ptr {
      // becomes: kcfi.vtable_address @f.as.Fn, with slots [@f.Fn.call]
      %vt = kcfi.as_fn_object @f as @Fn for !kcfi.rs.fn_item<#f>
      return %vt : !llvm.ptr
    }
    ```
  }];
  let statistics = [
    Statistic<"numFunctions", "functions", "Functions made">,
    Statistic<"numVTables", "vtables", "Vtables made">
  ];
  let dependentDialects = ["::mlir::kcfi::KCFIDialect",
                           "::mlir::LLVM::LLVMDialect"];
}

def KCFIAssignTypeIds : Pass<"kcfi-assign-type-ids", "::mlir::ModuleOp"> {
  let summary = "compute the type ids of functions and checked calls";
  let description = [{
    Encodes the signature of every function that needs an id, of every extra
    entry (`kcfi.entry`), checked call and `kcfi.signature`, and stores the id
    with its string: `kcfi.type_id`, and `id` on calls. The options come
    from the module's `#kcfi.encoding` and `llvm.target_triple`.

    As in clang, a function needs no id when it cannot be called indirectly: it
    is defined here, has local linkage, and no operation refers to it other than
    by calling it.

    Errors: a type that cannot be encoded outside of the front end (tags without
    a name), an id that the target cannot use, an `encoded` string whose suffix
    contradicts the encoding, an id that is there already and is not the
    signature's, a missing or unsupported target.

    ```mlir
    module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
      // becomes: func.func private @inc(i32) -> i32 attributes {kcfi.sig = ...,
      //            kcfi.type_id = #kcfi.type_id<0x00050794, "_ZTSFiiE">}
      func.func private @inc(i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>}
    }
    ```
  }];
  let dependentDialects = ["::mlir::kcfi::KCFIDialect"];
}

def KCFICoalesceTypes : Pass<"kcfi-coalesce-types", "::mlir::ModuleOp"> {
  let summary = "put the representative of its class in place of each signature";
  let description = [{
    Signatures that the chosen equivalences make equal are a class
    (docs/Equivalences.md gives for each equivalence its reason and an example).
    The pass replaces the signatures of functions, `kcfi.signature` and function
    pointers by the representatives of their classes, and gives functions with
    `kcfi.callable` the signature that their id is made of as `kcfi.entry_sig`.
    Casts with reason `coalesced` whose sides have become one type go away. The
    module remembers the equivalences in `kcfi.equivalences`, functions and calls
    their own signature in `kcfi.source_sig`, from which `kcfi-report` tells what
    met and what each equivalence costs. A remark for each class says which
    signatures met in it.

    `preset` is a list of equivalences with a name; `equivalences` adds (`+name`)
    to it and takes away (`-name`). `normalized_integers` and
    `generalized_pointers` change the module's `#kcfi.encoding`, because strings
    tell of them.

    Without this pass ids are those of `rustc-1.95`.

    Errors: an unknown equivalence; a signature without representative; other
    equivalences than those that the module was coalesced with before; a type id
    that is there already and would change; two definitions of one item.

    ```mlir
    // with preset=rustc-1.95 the signature becomes fn(*mut u8), that of @close
    #Handle = #kcfi.rs.item<"app" "s1_" ["Handle"] transparent field rs.ptr<mut rs.u8>>
    module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
      func.func private @open(!llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.adt<#Handle>) -> rs.unit>}
      func.func private @close(!llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ptr<mut rs.u8>) -> rs.unit>}
    }
    ```
  }];
  let options = [
    Option<"preset", "preset", "::mlir::kcfi::EquivalencePreset",
           /*default=*/"::mlir::kcfi::kDefaultPreset", "The list of equivalences", [{ ::mlir::kcfi::getEquivalencePresetValues() }]>,
    ListOption<"equivalences", "equivalences", "std::string",
               "Changes of the list: '+name' adds, '-name' takes away">
  ];
  let dependentDialects = ["::mlir::kcfi::KCFIDialect"];
}

def KCFIFoldShims : Pass<"kcfi-fold-shims", "::mlir::ModuleOp"> {
  let summary = "remove shims that rustc made and the module does not need";
  let description = [{
    For LLVM IR of rustc, raised or not. rustc makes a shim for each fn pointer
    to a method that could be in a vtable, since it does not know whether it is.
    The pass finds those that only call their target, by rustc's names, and

    * removes a shim whose target has the same type id;
    * removes a shim whose target is local (with `world=closed`: defined here)
      and used by nothing but direct calls: the target takes on the shim's id;
    * replaces any other one by a `kcfi.entry` of the target, made as `form`
      says: an id in front of the function instead of one more function.

    Shims stay whose address may be compared or seen from outside, whose target
    is defined elsewhere or may be replaced by the linker, and those that
    something other than an address or a call refers to. The remark `Shim` tells
    the fate of each with its reason, `Shims` the numbers.

    ```mlir
    // <S as T>::m::{shim:reify_fnptr#0} and <S as T>::m, which is in no vtable:
    // the method gets the id of the shim, and the shim goes.
    llvm.func internal unnamed_addr @_RNSNvXCs1_1sNtB4_1SNtB4_1T1m11reify_fnptrB4_(%s: !llvm.ptr)
        attributes {kcfi.type_id = #kcfi.type_id<0x00000022>} {
      llvm.call @_RNvXCs1_1sNtB2_1SNtB2_1T1m(%s) : (!llvm.ptr) -> ()
      llvm.return
    }
    llvm.func internal @_RNvXCs1_1sNtB2_1SNtB2_1T1m(%s: !llvm.ptr)
        attributes {kcfi.type_id = #kcfi.type_id<0x00000011>} {
      llvm.return
    }
    ```
  }];
  let options = [
    Option<"form", "form", "::mlir::kcfi::EntryForm",
           /*default=*/"::mlir::kcfi::EntryForm::Auto", "Form of the entries",
           [{ ::mlir::kcfi::getEntryFormValues() }]>,
    Option<"alignment", "alignment", "unsigned", /*default=*/"1",
           "Alignment of the entries in bytes: a power of two up to 1024">,
    Option<"world", "world", "::mlir::kcfi::World",
           /*default=*/"::mlir::kcfi::World::Symbols",
           "What code outside of the module relies on",
           [{ ::mlir::kcfi::getWorldValues() }]>
  ];
  let dependentDialects = ["::mlir::kcfi::KCFIDialect"];
}

def KCFIPlaceEntries : Pass<"kcfi-place-entries", "::mlir::ModuleOp"> {
  let summary = "choose the id of each function and the extra entries it needs";
  let description = [{
    From classes (L1) to placed entries (L2). An address has one type id; a
    function that is used as pointers of two classes, a method in a vtable and as
    a fn pointer, needs two. The pass decides which class the function itself
    has, which becomes its `kcfi.entry_sig`, makes a private `kcfi.entry` behind
    it for each other class, and lets `kcfi.address_of` and the slots of vtables
    refer to the entry of their class. `because` of an entry tells the two views
    that force it.

    | policy | the function's own id | extra entries |
    | --- | --- | --- |
    | `minimal` | that of the views that weigh most (`kcfi.weight`, or a profile) | one for each other class: no placement has fewer |
    | `none` | the same | an error where there would be one |
    | `reify` | what its `kcfi.callable` makes | each fn pointer to a method of a dyn-compatible trait, as in rustc, and what else needs one |
    | `vtable-subset` | that of its signature | each slot of a vtable with another class (rust-lang/rust#122573) |
    | `all-virtual` | that of its signature | each slot of a vtable (rust-lang/rust#121962) |

    A function's own id stays what it is where something else relies on it: code
    in other modules, which `world` is about, a definition that the linker may
    replace, an operation that uses the address without a type,
    `kcfi.address_taken`, an id that the function has already. `form` is how
    entries are made; those of functions that are not defined here, or that the
    linker may replace, can only jump. `alignment` is that of their addresses.

    `max-class-growth` trades precision for entries: two classes of which a
    function has views get one id, so that it needs no entry for the second, as
    long as no checked call reaches more than this percentage of functions above
    what it reached before. 0 merges classes that reach the same functions. The
    merges are recorded in `kcfi.merged_classes` of the module. Classes that code
    outside of the module, or an id that is there already, relies on keep their
    ids; therefore it needs `world=closed` and a policy that leaves the own ids
    free. The merges are chosen one by one, those that save most entries first.

    Remarks: `ExtraEntry` for each entry, with the two views; `MergedClasses` for
    each merge, with what it saves and how many functions calls could reach and
    can reach now; `Entries` with the number of views, entries, and the number
    that no placement can go below without merges.

    Errors: policy `none` where an entry is needed; a signature without class;
    `max-class-growth` with another world or policy;
    `kcfi.closure_as_fn` and `kcfi.as_fn_object`, which `kcfi-expand-coercions`
    has to replace first.

    ```mlir
    #Shape = #kcfi.rs.item<"shapes" "s1_" ["Shape"]>
    #Square = #kcfi.rs.item<"shapes" "s1_" ["Square"]>
    module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
      kcfi.trait @Shape : !kcfi.rs.dyn<[trait #Shape]> dyn_compatible {
        kcfi.method @area : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.f64> vtable_safe
      }
      // becomes: kcfi.entry private @area.as.fn of @area : ...
      func.func private @area(!llvm.ptr) -> f64 attributes {
        kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>,
        kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #Shape]>, receiver rs.ref<rs.param<"Self">>>}
      kcfi.vtable private @Square.as.Shape : @Shape for !kcfi.rs.adt<#Square> size 8 align 8 slots [@area]
      func.func @get() -> !kcfi.fnptr<rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>> {
        %f = kcfi.address_of @area : !kcfi.fnptr<rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>>
        return %f : !kcfi.fnptr<rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>>
      }
    }
    ```
  }];
  let options = [
    Option<"policy", "policy", "::mlir::kcfi::EntryPolicy",
           /*default=*/"::mlir::kcfi::EntryPolicy::Minimal",
           "Which views get an entry",
           [{ ::mlir::kcfi::getEntryPolicyValues() }]>,
    Option<"form", "form", "::mlir::kcfi::EntryForm",
           /*default=*/"::mlir::kcfi::EntryForm::Auto", "Form of the entries",
           [{ ::mlir::kcfi::getEntryFormValues() }]>,
    Option<"alignment", "alignment", "unsigned", /*default=*/"1",
           "Alignment of the entries in bytes: a power of two up to 1024">,
    Option<"world", "world", "::mlir::kcfi::World",
           /*default=*/"::mlir::kcfi::World::Symbols",
           "What code outside of the module relies on",
           [{ ::mlir::kcfi::getWorldValues() }]>,
    Option<"maxClassGrowth", "max-class-growth", "int", /*default=*/"-1",
           "Percentage by which merges may enlarge what a call reaches; "
           "negative: no merges">
  ];
  let statistics = [
    Statistic<"numEntries", "entries", "Extra entries made">,
    Statistic<"numMerges", "merges", "Classes merged with another one">
  ];
  let dependentDialects = ["::mlir::kcfi::KCFIDialect"];
}

def KCFIExpandChecks : Pass<"kcfi-expand-checks", "::mlir::ModuleOp"> {
  let summary = "make checks explicit where LLVM cannot or must not lower them";
  let description = [{
    Works on the LLVM dialect, on calls with `kcfi.type_id`. A check becomes a
    load of the id in front of the callee, a comparison and `llvm.trap` (which,
    unlike the trap of LLVM's generic pass, does not return):

    * on targets without native support for the `"kcfi"` bundle;
    * for single calls that LLVM 22 gets wrong on a target with support
      (`llvm.invoke` on x86-64, `nest` arguments, calling conventions other than
      C's, Thumb1, small RISC-V ids, RISC-V functions with `minsize`;
      docs/LLVMHazards.md);
    * everywhere with `all`.

    The call keeps a note of its check in `kcfi.checked`. A call whose callee is
    known to have another id is replaced by a trap, with a warning: LLVM would
    make it a direct call and drop the check without comparing.

    ```mlir
    module attributes {llvm.target_triple = "loongarch64-unknown-linux-gnu"} {
      llvm.func @apply(%f: !llvm.ptr, %x: i32) -> i32 {
        // becomes: load i32 at %f - 4; add -329620, which LLVM cannot see; trap unless 0
        %r = llvm.call %f(%x) {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, (i32) -> i32
        llvm.return %r : i32
      }
    }
    ```
  }];
  let options = [
    Option<"all", "all", "bool", /*default=*/"false",
           "Expand every check, also where LLVM lowers it natively">
  ];
  let dependentDialects = ["::mlir::kcfi::KCFIDialect",
                           "::mlir::LLVM::LLVMDialect"];
}

def KCFIAttachBundles : Pass<"kcfi-attach-bundles", "::mlir::ModuleOp"> {
  let summary = "turn the ids of calls into operand bundles (last pass)";
  let description = [{
    Replaces `kcfi.type_id` on `llvm.call` and `llvm.invoke` by a `"kcfi"` bundle
    with a constant operand. From here on the id is an SSA value, which
    aggressive region simplification may merge into a block argument: run no
    transformation between this pass and the translation to LLVM IR.

    Also gives every function the patchable prefix that `#kcfi.codegen` asks
    for. Errors: a call that the target cannot check natively (run
    `kcfi-expand-checks` first), a call with a `"ptrauth"` bundle, functions
    with different patchable prefixes, a bundle that is already there but has
    another or no constant id.

    ```mlir
    module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
      llvm.func @apply(%f: !llvm.ptr, %x: i32) -> i32 {
        // becomes: llvm.call %f(%x) ["kcfi"(%id : i32)] : !llvm.ptr, (i32) -> i32
        %r = llvm.call %f(%x) {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, (i32) -> i32
        llvm.return %r : i32
      }
    }
    ```
  }];
  let dependentDialects = ["::mlir::kcfi::KCFIDialect",
                           "::mlir::LLVM::LLVMDialect"];
}

#endif // KCFI_TRANSFORMS_PASSES_TD
