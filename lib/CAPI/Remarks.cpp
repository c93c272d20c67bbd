//===- Remarks.cpp - Remarks in C -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "mlir/IR/Remarks.h"
#include "kcfi-c/Passes.h"
#include "mlir/CAPI/IR.h"
#include "mlir/CAPI/Support.h"

#include <mutex>

using namespace mlir;

namespace {
/// Hands remarks to a callback. Belongs to the context, and with it the user
/// data.
class CallbackStreamer : public remark::detail::MLIRRemarkStreamerBase {
public:
  CallbackStreamer(KCFIRemarkCallback callback, void *userData,
                   void (*deleteUserData)(void *))
      : callback(callback), userData(userData), deleteUserData(deleteUserData) {
  }
  ~CallbackStreamer() override {
    if (deleteUserData)
      deleteUserData(userData);
  }

  void streamOptimizationRemark(const remark::detail::Remark &remark) override;

private:
  KCFIRemarkCallback callback;
  void *userData;
  void (*deleteUserData)(void *);
  // Passes on functions run in many threads.
  std::mutex mutex;
};
} // namespace

static KCFIRemarkKind getKind(const remark::detail::Remark &remark) {
  switch (remark.getRemarkType()) {
  case llvm::remarks::Type::Passed:
    return KCFIRemarkPassed;
  case llvm::remarks::Type::Missed:
    return KCFIRemarkMissed;
  case llvm::remarks::Type::Failure:
    return KCFIRemarkFailed;
  case llvm::remarks::Type::Unknown:
  case llvm::remarks::Type::Analysis:
  case llvm::remarks::Type::AnalysisFPCommute:
  case llvm::remarks::Type::AnalysisAliasing:
    return KCFIRemarkAnalysis;
  }
  llvm_unreachable("unknown kind of remark");
}

void CallbackStreamer::streamOptimizationRemark(
    const remark::detail::Remark &remark) {
  SmallVector<KCFIRemarkArgument> arguments;
  for (const remark::detail::Remark::Arg &arg : remark.getArgs())
    arguments.push_back({wrap(StringRef(arg.key)), wrap(StringRef(arg.val)),
                         wrap(arg.getAttribute())});
  std::string message = remark.getMsg();
  KCFIRemark handed;
  handed.kind = getKind(remark);
  handed.category = wrap(remark.getCombinedCategoryName());
  handed.name = wrap(remark.getRemarkName());
  // What MLIR says where the remark names no function.
  handed.function =
      wrap(remark.getFunction() == "<unknown function>" ? StringRef()
                                                        : remark.getFunction());
  handed.location = wrap(remark.getLocation());
  handed.message = wrap(StringRef(message));
  handed.numArguments = arguments.size();
  handed.arguments = arguments.data();
  std::lock_guard<std::mutex> lock(mutex);
  callback(&handed, userData);
}

MlirLogicalResult kcfiContextSetRemarkHandler(MlirContext context,
                                              MlirStringRef categories,
                                              KCFIRemarkCallback callback,
                                              void *userData,
                                              void (*deleteUserData)(void *)) {
  MLIRContext &owner = *unwrap(context);
  std::string filter =
      categories.length ? unwrap(categories).str() : std::string(".*");
  // The engine takes the expression as it is.
  std::string message;
  if (!llvm::Regex(filter).isValid(message)) {
    emitError(UnknownLoc::get(&owner))
        << "'" << filter << "' is no regular expression for categories of "
        << "remarks: " << message;
    return wrap(failure());
  }
  // An expression for all kinds is added to those of the single kinds, and a
  // kind without one of its own stays off.
  remark::RemarkCategories filters;
  filters.passed = filters.missed = filters.analysis = filters.failed = filter;
  // The engine that is there ends first, so that user data shared by both
  // handlers is not used after its deletion.
  owner.setRemarkEngine(nullptr);
  return wrap(remark::enableOptimizationRemarks(
      owner,
      std::make_unique<CallbackStreamer>(callback, userData, deleteUserData),
      std::make_unique<remark::RemarkEmittingPolicyAll>(), filters));
}

void kcfiContextRemoveRemarkHandler(MlirContext context) {
  unwrap(context)->setRemarkEngine(nullptr);
}
