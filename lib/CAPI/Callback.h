//===- Callback.h - Text for callbacks -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_CAPI_CALLBACK_H
#define KCFI_LIB_CAPI_CALLBACK_H

#include "mlir-c/Support.h"
#include "mlir/CAPI/Support.h"
#include "llvm/Support/raw_ostream.h"

namespace mlir::kcfi {

/// Hands text to a callback that may be null. Collects small pieces: a call
/// from Python costs more than a copy.
class CallbackStream : public llvm::raw_ostream {
public:
  CallbackStream(MlirStringCallback callback, void *userData)
      : callback(callback), userData(userData) {
    SetBufferSize(4096);
  }
  ~CallbackStream() override { flush(); }

private:
  void write_impl(const char *data, size_t size) override {
    written += size;
    if (callback)
      callback(mlirStringRefCreate(data, size), userData);
  }
  uint64_t current_pos() const override { return written; }

  MlirStringCallback callback;
  void *userData;
  uint64_t written = 0;
};

} // namespace mlir::kcfi

#endif // KCFI_LIB_CAPI_CALLBACK_H
