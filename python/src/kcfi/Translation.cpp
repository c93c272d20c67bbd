//===- Translation.cpp - LLVM IR in Python --------------------------------===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KCFI.h"

#include "kcfi-c/Translation.h"

using namespace mlir::python;
using namespace mlir::kcfi::python;

using OptionalContext = std::optional<ContextPtr>;

template <MlirLogicalResult (*Export)(MlirOperation, MlirStringCallback,
                                      void *)>
static std::string exportModule(nb::handle object) {
  OperationPtr operation = toOperation(object);
  MlirOperation op = operation->raw();
  Capture capture(operation->context);
  bool ok = mlirOperationVerify(op);
  capture.finish(ok, "Verification failed");
  std::string result;
  ok = mlirLogicalResultIsSuccess(Export(op, append, &result));
  capture.finish(ok, "Unable to translate to LLVM IR");
  return result;
}

void mlir::kcfi::python::bindTranslation(nb::module_ &m) {
  m.def(
      "import_llvm_ir",
      [](nb::bytes source, const std::string &name, const std::string &carry,
         const std::vector<std::string> &allowedLosses, OptionalContext given) {
        ContextPtr context = resolveContext(given);
        std::string_view text(source.c_str(), source.size());
        // Bitcode says how long its parts are.
        if (text.substr(0, 2) != "BC" &&
            text.substr(0, 4) != "\xDE\xC0\x17\x0B")
          checkNesting(text);
        std::vector<MlirStringRef> losses;
        for (const std::string &each : allowedLosses)
          losses.push_back(toRef(each));
        Capture capture(context);
        MlirModule module = kcfiImportLLVMIR(
            context->raw, mlirStringRefCreate(source.c_str(), source.size()),
            toRef(name), toRef(carry), losses.size(), losses.data());
        capture.finish(module.ptr, "Unable to import LLVM IR");
        return Module{Operation::own(context, mlirModuleGetOperation(module))};
      },
      nb::arg("source"), nb::arg("name"), nb::arg("carry"),
      nb::arg("allowed_losses"), nb::arg("context").none() = nb::none(),
      "The module that LLVM IR, text or bitcode, stands for.");
  m.def(
      "export_llvm_ir",
      [](nb::handle module) {
        return decode(exportModule<kcfiExportLLVMIR>(module));
      },
      nb::arg("module"),
      nb::sig("def export_llvm_ir(module: Module | Operation | OpView) -> str"),
      "The LLVM IR of a lowered module as text.");
  m.def(
      "export_bitcode",
      [](nb::handle module) {
        std::string bytes = exportModule<kcfiExportBitcode>(module);
        return nb::bytes(bytes.data(), bytes.size());
      },
      nb::arg("module"),
      nb::sig(
          "def export_bitcode(module: Module | Operation | OpView) -> bytes"),
      "The LLVM IR of a lowered module as bitcode.");
}
