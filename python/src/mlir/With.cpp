//===- With.cpp - `with` statements of Python -----------------------------===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "With.h"

using namespace mlir::python;

/// The frames of this thread. Freed when the last one is left, since a thread
/// must not end with Python objects.
static thread_local std::vector<Frame> *frames = nullptr;

void mlir::python::enter(Frame frame) {
  if (!frames)
    frames = new std::vector<Frame>();
  frames->push_back(std::move(frame));
}

void mlir::python::leave(nb::handle object) {
  if (!frames || !frames->back().entered.is(object))
    throw std::runtime_error("`with` statements are left in another order than "
                             "they were entered");
  // The frame's objects may run Python code when they go.
  Frame last = std::move(frames->back());
  frames->pop_back();
  if (frames->empty()) {
    delete frames;
    frames = nullptr;
  }
}

static const Frame *findFrame(bool (*matches)(const Frame &)) {
  if (frames)
    for (auto it = frames->rbegin(); it != frames->rend(); ++it)
      if (matches(*it))
        return &*it;
  return nullptr;
}

ContextPtr mlir::python::currentContext() {
  return frames ? frames->back().context : nullptr;
}

std::optional<Location> mlir::python::currentLocation() {
  const Frame *frame =
      findFrame([](const Frame &frame) { return frame.location.has_value(); });
  // A location of another context is hidden by the inner `with`.
  if (frame && frame->context == currentContext())
    return frame->location;
  return std::nullopt;
}

std::optional<InsertionPoint> mlir::python::currentInsertionPoint() {
  const Frame *frame =
      findFrame([](const Frame &frame) { return frame.point.has_value(); });
  if (frame && frame->context == currentContext())
    return frame->point;
  return std::nullopt;
}

ContextPtr
mlir::python::resolveContext(const std::optional<ContextPtr> &given) {
  if (given && *given)
    return *given;
  if (ContextPtr context = currentContext())
    return context;
  throw std::runtime_error(
      "there is no context: give one, or use `with Context():`");
}

Location mlir::python::resolveLocation(const std::optional<Location> &given,
                                       const ContextPtr &context) {
  if (given)
    return *given;
  if (auto location = currentLocation())
    if (!context || location->context == context)
      return *location;
  ContextPtr home = context ? context : resolveContext(std::nullopt);
  return {home, mlirLocationUnknownGet(home->raw)};
}

std::optional<InsertionPoint>
mlir::python::resolveInsertionPoint(nb::handle given) {
  if (given.is_none())
    return currentInsertionPoint();
  if (nb::isinstance<nb::bool_>(given) && !nb::cast<bool>(given))
    return std::nullopt;
  InsertionPoint *point;
  if (!nb::try_cast(given, point) || !point)
    throw nb::type_error("ip must be an InsertionPoint, None or False");
  return *point;
}
