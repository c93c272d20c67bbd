//===- Location.cpp - Locations of Python ---------------------------------===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Core.h"
#include "With.h"

#include "mlir-c/BuiltinAttributes.h"

using namespace mlir::python;

static std::string printLocation(MlirLocation location) {
  return printToString([&](MlirStringCallback callback, void *data) {
    mlirLocationPrint(location, callback, data);
  });
}

static void defineMakers(nb::class_<Location> &location) {
  using OptionalContext = std::optional<ContextPtr>;
  location
      .def_static(
          "unknown",
          [](OptionalContext context) {
            ContextPtr home = resolveContext(context);
            return Location{home, mlirLocationUnknownGet(home->raw)};
          },
          nb::arg("context") = nb::none(), "A location that says nothing.")
      .def_static(
          "file",
          [](const std::string &file, unsigned line, unsigned col,
             OptionalContext context) {
            ContextPtr home = resolveContext(context);
            return Location{home, mlirLocationFileLineColGet(
                                      home->raw, toRef(file), line, col)};
          },
          nb::arg("filename"), nb::arg("line"), nb::arg("col"),
          nb::arg("context") = nb::none(), "A place in a file.")
      .def_static(
          "name",
          [](const std::string &name, std::optional<Location> child,
             OptionalContext context) {
            ContextPtr home = resolveContext(context);
            if (child)
              checkContext(home, child->context, "childLoc");
            return Location{
                home,
                mlirLocationNameGet(home->raw, toRef(name),
                                    child ? child->raw
                                          : mlirLocationUnknownGet(home->raw))};
          },
          nb::arg("name"), nb::arg("childLoc") = nb::none(),
          nb::arg("context") = nb::none(), "A named place.")
      .def_static(
          "callsite",
          [](const Location &callee, const std::vector<Location> &stack) {
            if (stack.empty())
              throw nb::value_error("a call site has at least one caller");
            MlirLocation caller = stack.back().raw;
            for (const Location &each : stack)
              checkContext(callee.context, each.context, "a caller");
            for (size_t i = stack.size() - 1; i-- > 0;)
              caller = mlirLocationCallSiteGet(stack[i].raw, caller);
            return Location{callee.context,
                            mlirLocationCallSiteGet(callee.raw, caller)};
          },
          nb::arg("callee"), nb::arg("frames"),
          "A place that was inlined into callers, innermost first.")
      .def_static(
          "fused",
          [](const std::vector<Location> &locations, OptionalContext context) {
            ContextPtr home = resolveContext(context);
            std::vector<MlirLocation> raw;
            for (const Location &each : locations) {
              checkContext(home, each.context, "a location");
              raw.push_back(each.raw);
            }
            return Location{home, mlirLocationFusedGet(home->raw, raw.size(),
                                                       raw.data(),
                                                       mlirAttributeGetNull())};
          },
          nb::arg("locations"), nb::arg("context") = nb::none(),
          "Several places at once.");
}

void mlir::python::bindLocation(nb::module_ &m) {
  nb::class_<Location> location(m, "Location", "Where something comes from.");
  defineMakers(location);
  location
      .def_prop_ro(
          "context", [](const Location &self) { return self.context; },
          "The context that the location belongs to.")
      .def_prop_ro(
          "filename",
          [](const Location &self) -> std::optional<std::string> {
            if (!mlirLocationIsAFileLineColRange(self.raw))
              return std::nullopt;
            return toString(mlirIdentifierStr(
                mlirLocationFileLineColRangeGetFilename(self.raw)));
          },
          "The file's name, or None if the location is no place in a file.")
      .def_prop_ro(
          "start_line",
          [](const Location &self) -> std::optional<int> {
            if (!mlirLocationIsAFileLineColRange(self.raw))
              return std::nullopt;
            return mlirLocationFileLineColRangeGetStartLine(self.raw);
          },
          "The line, or None if the location is no place in a file.")
      .def_prop_ro(
          "start_col",
          [](const Location &self) -> std::optional<int> {
            if (!mlirLocationIsAFileLineColRange(self.raw))
              return std::nullopt;
            return mlirLocationFileLineColRangeGetStartColumn(self.raw);
          },
          "The column, or None if the location is no place in a file.")
      .def(
          "emit_error",
          [](const Location &self, const std::string &message) {
            mlirEmitError(self.raw, message.c_str());
          },
          nb::arg("message"),
          "Reports an error here: to the call of MLIR that is running, which "
          "raises it as an MLIRError, or to the diagnostic handlers.")
      .def(
          "__eq__",
          [](const Location &self, nb::handle other) {
            const Location *rhs;
            return nb::try_cast(other, rhs) && rhs &&
                   mlirLocationEqual(self.raw, rhs->raw);
          },
          nb::arg("other").none(),
          nb::sig("def __eq__(self, other: object, /) -> bool"))
      .def("__hash__",
           [](const Location &self) {
             return std::hash<const void *>()(self.raw.ptr);
           })
      .def("__str__",
           [](const Location &self) { return decode(printLocation(self.raw)); })
      .def("__repr__", [](const Location &self) {
        return decode(printLocation(self.raw));
      });
  bindWith<Location>(location, "Location", "location", currentLocation);
}
