//===- Passes.td - Passes that only look -*- tablegen -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_CHECKS_PASSES_TD
#define KCFI_CHECKS_PASSES_TD

include "mlir/Pass/PassBase.td"

def KCFICheckInterop : Pass<"kcfi-check-interop", "::mlir::ModuleOp"> {
  let summary = "compare the type ids of one function in several languages";
  let description = [{
    A call from one language into another traps if the two compilers make
    different ids of one function. The pass computes the ids of both sides with
    the module's `#kcfi.encoding` and compares them, for

    * functions: `kcfi.sig` with each signature of `kcfi.foreign_sigs`;
    * fn pointers in the parameters and results of those, as signatures of their
      own, since a call through the pointer has a check, too;
    * each `kcfi.cast` from a C signature to a Rust one or back.

    A difference is a warning, or with `severity=error` an error that makes the
    pass fail. It says which part differs first, and, between C and Rust, how
    the ids become equal. Such fixes are found by trying: integers normalised,
    or not, by both compilers; raw pointers in place of references; `fn` in
    place of `Option<fn>`; new types with `cfi_encoding`. Only sets of changes
    that make the ids equal are shown, none that contains a smaller one, and
    none that lets a value be passed in another way. docs/Interop.md has the
    rules behind them.

    Remarks: `InteropMismatch` for each difference, `Interop` with the counts.

    ```mlir
    module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
      // warning: 'area' has different type ids: 'long (int)' of C is ...
      func.func private @area(i32) -> i64 attributes {
        kcfi.sig = !kcfi.fn<(c.int) -> c.long>,
        kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.i32) -> rs.i64 abi("C")>]}
    }
    ```
  }];
  let options = [
    Option<"severity", "severity", "::mlir::DiagnosticSeverity",
           /*default=*/"::mlir::DiagnosticSeverity::Warning",
           "What a difference is", [{
             ::llvm::cl::values(
               clEnumValN(::mlir::DiagnosticSeverity::Warning, "warning",
                          "a warning"),
               clEnumValN(::mlir::DiagnosticSeverity::Error, "error",
                          "an error, with which the pass fails"))
           }]>
  ];
  let dependentDialects = ["::mlir::kcfi::KCFIDialect"];
}

def KCFIVerifyLevel : Pass<"kcfi-verify-level", "::mlir::ModuleOp"> {
  let summary = "check the invariants of a level";
  let description = [{
    | level | what holds |
    | --- | --- |
    | `L0` | function pointers change their signature by `kcfi.cast` only; what an operation takes the address of has a signature |
    | `L1` | both sides of a `coalesced` cast have one type id |
    | `L2` | each view refers to a function or extra entry with its type id, also in vtables; no function has two extra entries with one id; an entry that says why it exists names two views |
    | `L3` | functions and checked calls have ids, equal to the hash of their signature's string; no id is reserved |
    | `L4` | no operation of the dialect is left; checked calls have an id, a bundle with a constant id or an expanded check |

    A level includes those below it where their operations still exist. The pass
    changes nothing and fails with one error for each violation.

    ```mlir
    module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
      // L3: the id is the hash of the string
      func.func private @inc(i32) -> i32
        attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>,
                    kcfi.type_id = #kcfi.type_id<0x00050794, "_ZTSFiiE">}
    }
    ```
  }];
  let options = [
    Option<"level", "level", "::mlir::kcfi::Level",
           /*default=*/"::mlir::kcfi::Level::L0", "The level to check", [{
             ::llvm::cl::values(
               clEnumValN(::mlir::kcfi::Level::L0, "L0", "typed"),
               clEnumValN(::mlir::kcfi::Level::L1, "L1", "classes"),
               clEnumValN(::mlir::kcfi::Level::L2, "L2", "placed entries"),
               clEnumValN(::mlir::kcfi::Level::L3, "L3", "identified"),
               clEnumValN(::mlir::kcfi::Level::L4, "L4", "LLVM dialect"))
           }]>
  ];
  let dependentDialects = ["::mlir::kcfi::KCFIDialect"];
}

def KCFIReport : Pass<"kcfi-report", "::mlir::ModuleOp"> {
  let summary = "report functions, calls, classes and sizes";
  let description = [{
    Prints what a module contains: functions with and without id, checked and
    unchecked indirect calls, the classes with their members, call sites and
    readable types, and the bytes that prefixes and checks take on the target.
    Works on any level; signatures without an id are encoded for the report.
    Of Rust functions it tells the sizes of classes under each preset of
    equivalences, what each equivalence costs, and which signatures met; of extra
    entries, what they add to classes. An entry that adds a function to a class
    in which no view needs it gets the remark `WideningEntry`. The JSON form is
    described in docs/Report.md.

    ```mlir
    module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
      // one function, one class: 0x00050794 int (int)
      func.func private @inc(i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>}
    }
    ```
  }];
  let options = [
    Option<"format", "format", "::mlir::kcfi::ReportFormat",
           /*default=*/"::mlir::kcfi::ReportFormat::Text", "Form of the report", [{
             ::llvm::cl::values(
               clEnumValN(::mlir::kcfi::ReportFormat::Text, "text", "for people"),
               clEnumValN(::mlir::kcfi::ReportFormat::JSON, "json", "for programs"))
           }]>,
    Option<"output", "output", "std::string", /*default=*/"\"-\"",
           "File to write the report to; '-' is the standard error stream, so "
           "that the module can go to the standard output">
  ];
  let dependentDialects = ["::mlir::kcfi::KCFIDialect"];
}

def KCFIVerifyAgainst : Pass<"kcfi-verify-against", "::mlir::ModuleOp"> {
  let summary = "check that no id and no check was lost since a file was written";
  let description = [{
    Compares the module with what it was before other passes ran, by ids, views
    and checks of functions of the same name. `before` names a module (LLVM IR or
    MLIR, text or binary) or a summary. Deleted, inlined and copied code and
    checked calls that became direct calls of functions with the same id are in
    order; all else is an error. docs/Guard.md lists the kinds.

    ```mlir
    module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
      // An error if @inc had another id before:
      llvm.func @inc(%x: i32) -> i32 attributes {kcfi.type_id = #kcfi.type_id<0x00050794>} {
        llvm.return %x : i32
      }
    }
    ```
  }];
  let options = [
    Option<"before", "before", "std::string", /*default=*/"",
           "The file with the module or summary before">
  ];
  let dependentDialects = ["::mlir::kcfi::KCFIDialect"];
}

#endif // KCFI_CHECKS_PASSES_TD
