//===- With.h - `with` statements of Python ---------------------*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_PYTHON_MLIR_WITH_H
#define KCFI_PYTHON_MLIR_WITH_H

#include "Core.h"

namespace mlir::python {

/// What one `with` has set.
struct Frame {
  nb::object entered;
  ContextPtr context;
  std::optional<Location> location;
  std::optional<InsertionPoint> point;
};

void enter(Frame frame);
void leave(nb::handle object);

/// What the innermost `with` statements of this thread have set.
ContextPtr currentContext();
std::optional<Location> currentLocation();
std::optional<InsertionPoint> currentInsertionPoint();

/// The frame of a `with` that enters this.
inline Frame makeFrame(nb::object entered, const ContextPtr &context) {
  return {std::move(entered), context, std::nullopt, std::nullopt};
}
inline Frame makeFrame(nb::object entered, const Location &location) {
  return {std::move(entered), location.context, location, std::nullopt};
}
inline Frame makeFrame(nb::object entered, const InsertionPoint &point) {
  return {std::move(entered), point.block->context, std::nullopt, point};
}

/// What a class needs that `with` statements enter. `Held` is what a frame
/// keeps of an object, `current` finds that of the innermost statement.
template <typename Held, typename Class>
void bindWith(nb::class_<Class> &type, const std::string &name,
              const std::string &noun, std::optional<Held> (*current)()) {
  type.def(
          "__enter__",
          [](nb::object self) {
            enter(makeFrame(self, nb::cast<Held>(self)));
            return self;
          },
          nb::sig(("def __enter__(self) -> " + name).c_str()))
      .def(
          "__exit__",
          [](nb::object self, nb::handle, nb::handle, nb::handle) {
            leave(self);
          },
          nb::arg("exc_type").none(), nb::arg("exc_value").none(),
          nb::arg("traceback").none())
      .def_prop_ro_static(
          "current",
          [current, noun](nb::handle) {
            std::optional<Held> found = current();
            if (!found)
              throw nb::value_error(("there is no current " + noun).c_str());
            return *found;
          },
          nb::sig(("def current(/) -> " + name).c_str()),
          ("The " + noun + " of the innermost `with`.").c_str());
}

} // namespace mlir::python

#endif // KCFI_PYTHON_MLIR_WITH_H
