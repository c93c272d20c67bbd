//===- Passes.td - Conversions from the kcfi dialect -*- tablegen -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_CONVERSION_PASSES_TD
#define KCFI_CONVERSION_PASSES_TD

include "mlir/Pass/PassBase.td"

def ConvertKCFIToLLVM : Pass<"convert-kcfi-to-llvm", "::mlir::ModuleOp"> {
  let summary = "convert operations and types of the kcfi dialect to LLVM";
  let description = [{
    Function pointers become `!llvm.ptr`, calls become `llvm.call` and
    `llvm.invoke` with the id as attribute `kcfi.type_id`. Functions, calls and
    branches of the `func` and `cf` dialects are converted with them, since
    function pointers occur in their types. Run `kcfi-assign-type-ids` first: a
    checked call without an id is an error.

    What `kcfi-raise-from-llvm` made is replaced in place. In functions that
    need more than that, blocks that cannot be reached are erased with the calls
    in them: a conversion does not visit them.

    A `kcfi.entry` becomes a function or an alias, in the form that it asks for
    or the best one that its target has; see EntryForms.md.

    The same patterns, but not the lowering of entries, run in the stock pass
    `convert-to-llvm`.

    ```mlir
    module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
      func.func @apply(%f: !kcfi.fnptr<(c.int) -> c.int>, %x: i32) -> i32 {
        // becomes: llvm.call %f(%x) {kcfi.type_id = ...} : !llvm.ptr, (i32) -> i32
        %r = kcfi.call %f(%x) id <0x00050794, "_ZTSFiiE"> : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
        return %r : i32
      }
    }
    ```
  }];
  let options = [
    Option<"arithmetic", "arithmetic", "bool", /*default=*/"false",
           "also convert the dialects arith, index and ub, which saves a pass">
  ];
  let dependentDialects = ["::mlir::LLVM::LLVMDialect"];
}

def KCFIConvertRest : Pass<"kcfi-convert-rest", "::mlir::ModuleOp"> {
  let summary = "run convert-to-llvm if something is left for it";
  let description = [{
    Runs the stock passes `convert-to-llvm` and `reconcile-unrealized-casts` on
    the module if there is an operation of another dialect than LLVM's, or a
    cast that a conversion left. Otherwise the pass costs one look at the
    module: the stock passes would convert nothing, and MLIR would verify the
    whole module after each of them.

    ```mlir
    module {
      func.func @increment(%x: i32) -> i32 {
        // becomes: llvm.mlir.constant, llvm.add
        %one = arith.constant 1 : i32
        %y = arith.addi %x, %one : i32
        return %y : i32
      }
    }
    ```
  }];
  let dependentDialects = ["::mlir::LLVM::LLVMDialect"];
}

def KCFIRaiseFromLLVM : Pass<"kcfi-raise-from-llvm", "::mlir::ModuleOp"> {
  let summary = "give functions and calls with ids their signatures back";
  let description = [{
    Works on a module that `kcfi-translate --import-llvm-ir` made. Functions
    with a `kcfi.type_id` get a `kcfi.sig`, indirect `llvm.call` and
    `llvm.invoke` with an id become `kcfi.call` and `kcfi.invoke`, and where the
    address of a function with a signature is taken, in functions and in
    initializers of globals, there is a `kcfi.address_of`. The signature comes
    from the first of these sources whose encoding has exactly the id:

    1. the function's own type in debug info (`kcfi.debug_sig`);
    2. any function type in the module's debug info (`kcfi.debug_types`);
    3. `!type` metadata of functions (`kcfi.type_metadata`);
    4. `strings`, a file with one type-id string a line.

    Without one it is `raw<id>`. The string of 3 and 4, and of a type that the
    optimiser's changes of the parameters do not fit to, becomes an `encoded`
    type. Where ids are those of generalised pointers, of which no module flag
    tells, the module's `#kcfi.encoding` says so afterwards.

    Calls without an id (virtual calls of C++, calls in functions that are not
    to be checked) stay as they are, and so do those with another operand bundle
    and those through pointers of an address space, with a remark. Everything
    that an `llvm.call` says beyond what `kcfi.call` does is kept in
    `kcfi.llvm_properties`; `convert-kcfi-to-llvm` gives the same module back.

    ```mlir
    module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
      // becomes: kcfi.sig = !kcfi.fn<(c.int) -> c.int>
      llvm.func @inc(i32) -> i32 attributes {kcfi.debug_sig = !kcfi.fn<(c.int) -> c.int>,
                                             kcfi.type_id = #kcfi.type_id<0x00050794>}
      llvm.func @apply(%f: !llvm.ptr, %x: i32) -> i32 {
        // becomes: %g = kcfi.cast launder %f : !llvm.ptr to !kcfi.fnptr<(c.int) -> c.int>
        //          kcfi.call %g(%x) id <0x00050794, "_ZTSFiiE"> ...
        %r = llvm.call %f(%x) {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, (i32) -> i32
        llvm.return %r : i32
      }
    }
    ```
  }];
  let options = [
    Option<"strings", "strings", "std::string", /*default=*/"",
           "File with type-id strings, one a line">,
    Option<"report", "report", "std::string", /*default=*/"",
           "File to write numbers and reasons to, as JSON; '-' is the standard "
           "output">
  ];
  let statistics = [
    Statistic<"numDebugInfo", "own-debug-info",
              "Functions typed by their own debug info">,
    Statistic<"numModuleDebugInfo", "module-debug-info",
              "Functions typed by another function type in debug info">,
    Statistic<"numTypeMetadata", "type-metadata",
              "Functions typed by !type metadata">,
    Statistic<"numStrings", "strings", "Functions typed by the list of strings">,
    Statistic<"numRaw", "raw", "Functions of which only the id is known">,
    Statistic<"numCalls", "calls", "Calls raised">,
    Statistic<"numAddresses", "addresses", "Address-taken uses raised">
  ];
  let dependentDialects = ["::mlir::kcfi::KCFIDialect"];
}

#endif // KCFI_CONVERSION_PASSES_TD
