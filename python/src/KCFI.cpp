//===- KCFI.cpp - The project's own functions in Python -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Core.h"

#include "kcfi-c/Dialect.h"
#include "kcfi-c/Encoding.h"
#include "kcfi-c/Passes.h"
#include "kcfi-c/Report.h"
#include "kcfi-c/Translation.h"

#include <cstring>

using namespace mlir::kcfi::python;

using OptionalContext = std::optional<ContextPtr>;

/// Appends text to the string behind `data`.
static void append(MlirStringRef text, void *data) {
  static_cast<std::string *>(data)->append(text.data, text.length);
}

static std::string strip(std::string text) {
  while (!text.empty() && text.back() == '\n')
    text.pop_back();
  return text;
}

//===----------------------------------------------------------------------===//
// Types and attributes
//===----------------------------------------------------------------------===//

namespace {
/// Types and attributes have the same functions of other names.
struct TypeTraits {
  using Raw = MlirType;
  using Object = Type;
  using Kind = KCFITypeKind;
  static constexpr Kind none = KCFITypeKindNone;
  static constexpr auto name = kcfiTypeKindGetName;
  static constexpr auto fullName = kcfiTypeKindGetFullName;
  static constexpr auto typeId = kcfiTypeKindGetTypeID;
  static constexpr auto numParameters = kcfiTypeKindGetNumParameters;
  static constexpr auto parameterName = kcfiTypeKindGetParameterName;
  static constexpr auto isOptional = kcfiTypeKindIsParameterOptional;
  static constexpr auto getByName = kcfiTypeGetParameterByName;
  static constexpr auto getChecked = kcfiTypeGetChecked;
};

struct AttributeTraits {
  using Raw = MlirAttribute;
  using Object = Attribute;
  using Kind = KCFIAttributeKind;
  static constexpr Kind none = KCFIAttributeKindNone;
  static constexpr auto name = kcfiAttributeKindGetName;
  static constexpr auto fullName = kcfiAttributeKindGetFullName;
  static constexpr auto typeId = kcfiAttributeKindGetTypeID;
  static constexpr auto numParameters = kcfiAttributeKindGetNumParameters;
  static constexpr auto parameterName = kcfiAttributeKindGetParameterName;
  static constexpr auto isOptional = kcfiAttributeKindIsParameterOptional;
  static constexpr auto getByName = kcfiAttributeGetParameterByName;
  static constexpr auto getChecked = kcfiAttributeGetChecked;
};
} // namespace

static bool isKind(const Type &type, KCFITypeKind kind) {
  return kcfiTypeIsA(type.raw, kind);
}
static bool isKind(const Attribute &attribute, KCFIAttributeKind kind) {
  return kcfiAttributeIsA(attribute.raw, kind);
}

template <typename Traits>
static typename Traits::Kind findKind(const std::string &name) {
  for (int i = 0; i < Traits::none; ++i) {
    auto kind = static_cast<typename Traits::Kind>(i);
    if (toString(Traits::name(kind)) == name)
      return kind;
  }
  throw nb::value_error(("there is no kind '" + name + "'").c_str());
}

template <typename Traits>
static void bindKinds(nb::module_ &m, const char *prefix) {
  std::string text = prefix;
  m.def(("get_" + text + "_kinds").c_str(),
        [] {
          std::vector<std::pair<std::string, std::string>> result;
          for (int i = 0; i < Traits::none; ++i) {
            auto kind = static_cast<typename Traits::Kind>(i);
            result.emplace_back(toString(Traits::name(kind)),
                                toString(Traits::fullName(kind)));
          }
          return result;
        },
        "Names of all kinds, and their names with the dialect.");
  m.def(("get_" + text + "_parameters").c_str(),
        [](const std::string &name) {
          auto kind = findKind<Traits>(name);
          std::vector<std::pair<std::string, bool>> result;
          for (intptr_t i = 0, e = Traits::numParameters(kind); i < e; ++i)
            result.emplace_back(toString(Traits::parameterName(kind, i)),
                                Traits::isOptional(kind, i));
          return result;
        },
        nb::arg("kind"),
        "Names of the parameters, and whether they may be None.");
  m.def(("is_" + text + "_kind").c_str(),
        [](const typename Traits::Object &object, const std::string &name) {
          return isKind(object, findKind<Traits>(name));
        },
        nb::arg("object"), nb::arg("kind"), "Whether an object is of a kind.");
  m.def(("get_" + text + "_parameter").c_str(),
        [](const typename Traits::Object &object,
           const std::string &name) -> std::optional<nb::object> {
          MlirAttribute value = Traits::getByName(object.raw, toRef(name));
          if (!value.ptr)
            return std::nullopt;
          return wrap(object.context, value);
        },
        nb::arg("object"), nb::arg("name"),
        nb::sig(strdup(("def get_" + text + "_parameter(object: " +
                        (text == "type" ? "Type" : "Attribute") +
                        ", name: str) -> Attribute | None")
                           .c_str())),
        "A parameter by name.");
  m.def(("make_" + text).c_str(),
        [](const std::string &name,
           const std::vector<std::optional<Attribute>> &parameters,
           std::optional<Location> loc, OptionalContext given) {
          auto kind = findKind<Traits>(name);
          ContextPtr context = given && *given ? *given : nullptr;
          if (!context && loc)
            context = loc->context;
          for (const auto &parameter : parameters)
            if (!context && parameter)
              context = parameter->context;
          Location location =
              loc ? *loc
                  : resolveLocation(std::nullopt, resolveContext(context));
          std::vector<MlirAttribute> raw;
          for (const auto &parameter : parameters) {
            if (parameter)
              checkContext(location.context, parameter->context, "a parameter");
            raw.push_back(parameter ? parameter->raw : MlirAttribute{nullptr});
          }
          Capture capture(location.context);
          typename Traits::Raw result =
              Traits::getChecked(location.raw, kind, raw.size(), raw.data());
          capture.finish(result.ptr,
                         "Invalid '" + toString(Traits::fullName(kind)) + "'");
          return wrap(location.context, result);
        },
        nb::arg("kind"), nb::arg("parameters"), nb::arg("loc") = nb::none(),
        nb::arg("context") = nb::none(),
        nb::sig(strdup(("def make_" + text +
                        "(kind: str, parameters: "
                        "collections.abc.Sequence[Attribute | None], loc: "
                        "Location | None = None, context: Context | None = "
                        "None) -> " +
                        (text == "type" ? "Type" : "Attribute"))
                           .c_str())),
        "Makes an object of a kind from all parameters.");
  m.def(
      ("register_" + text + "_class").c_str(),
      [](const std::string &name, nb::type_object cls) {
        registerDialectClass(Traits::typeId(findKind<Traits>(name)).ptr, cls);
      },
      nb::arg("kind"), nb::arg("cls"),
      nb::sig(strdup(("def register_" + text + "_class(kind: str, cls: type[" +
                      (text == "type" ? "Type" : "Attribute") + "]) -> None")
                         .c_str())),
      "Gives the objects of a kind their class.");
}

//===----------------------------------------------------------------------===//
// Ids
//===----------------------------------------------------------------------===//

static std::pair<std::string, uint32_t>
encode(const Type &signature, std::optional<Attribute> encoding,
       const std::string &target, const std::vector<Attribute> &definitions,
       std::optional<Attribute> callable) {
  const ContextPtr &context = signature.context;
  std::vector<MlirAttribute> raw;
  for (const Attribute &definition : definitions) {
    checkContext(context, definition.context, "a definition");
    if (!kcfiAttributeIsA(definition.raw, KCFIAttributeKindRustItem))
      throw nb::type_error("definitions are #kcfi.rs.item attributes");
    raw.push_back(definition.raw);
  }
  if (encoding) {
    checkContext(context, encoding->context, "the encoding");
    if (!kcfiAttributeIsA(encoding->raw, KCFIAttributeKindEncoding))
      throw nb::type_error("the encoding is a #kcfi.encoding attribute");
  }
  if (callable) {
    checkContext(context, callable->context, "the callable");
    if (!kcfiAttributeIsA(callable->raw, KCFIAttributeKindRustCallable))
      throw nb::type_error("the callable is a #kcfi.rs.callable attribute");
  }
  std::string string, error;
  uint32_t id = 0;
  Capture capture(context);
  MlirLogicalResult status = kcfiEncodeFunction(
      signature.raw, callable ? callable->raw : MlirAttribute{nullptr},
      encoding ? encoding->raw : MlirAttribute{nullptr}, toRef(target),
      raw.size(), raw.data(), append, &string, &id, append, &error);
  capture.finish(mlirLogicalResultIsSuccess(status), strip(error));
  return {string, id};
}

static void bindEncoding(nb::module_ &m) {
  m.def("encode", &encode, nb::arg("signature"), nb::arg("encoding").none(),
        nb::arg("target"), nb::arg("definitions"), nb::arg("callable").none(),
        "The type-id string and the id of a signature.");
  m.def(
      "hash_type_id_string",
      [](const std::string &string, const std::string &hash) {
        uint32_t id;
        if (mlirLogicalResultIsFailure(
                kcfiHashTypeIdString(toRef(string), toRef(hash), &id)))
          throw nb::value_error(("there is no hash '" + hash + "'").c_str());
        return id;
      },
      nb::arg("string"), nb::arg("hash") = "xxhash64",
      "The id of a complete type-id string.");
  m.def(
      "parse_type_id",
      [](const std::string &text) {
        uint32_t id;
        if (mlirLogicalResultIsFailure(kcfiParseTypeId(toRef(text), &id)))
          throw nb::value_error(("'" + text + "' is no type id").c_str());
        return id;
      },
      nb::arg("text"),
      "The id that a text stands for: hexadecimal with 0x, decimal, or "
      "negative "
      "as in LLVM IR.");
  m.def(
      "readable",
      [](const Type &type) {
        return decode(
            printToString([&](MlirStringCallback callback, void *data) {
              kcfiTypePrintReadable(type.raw, callback, data);
            }));
      },
      nb::arg("type"),
      "A type of the dialect as C, C++ or Rust spell it; empty for others.");
  m.def(
      "demangle",
      [](const std::string &string) {
        return decode(
            printToString([&](MlirStringCallback callback, void *data) {
              kcfiDemangleTypeIdString(toRef(string), callback, data);
            }));
      },
      nb::arg("string"),
      "A type-id string as a demangler reads it; empty if it cannot.");
}

//===----------------------------------------------------------------------===//
// Translation
//===----------------------------------------------------------------------===//

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

static void bindTranslation(nb::module_ &m) {
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

//===----------------------------------------------------------------------===//
// Programs
//===----------------------------------------------------------------------===//

namespace {
class Program {
public:
  explicit Program(KCFIProgram raw) : raw(raw) {}
  ~Program() { kcfiProgramDestroy(raw); }
  Program(const Program &) = delete;
  Program &operator=(const Program &) = delete;

  KCFIProgram raw;
};

enum class ExplanationKind { Type, String, Function, Declaration, CallSite };

struct Explanation {
  ExplanationKind kind;
  std::string text;
  std::string location;
};
} // namespace

static ExplanationKind convert(KCFIExplanationKind kind) {
  switch (kind) {
  case KCFIExplanationType:
    return ExplanationKind::Type;
  case KCFIExplanationString:
    return ExplanationKind::String;
  case KCFIExplanationFunction:
    return ExplanationKind::Function;
  case KCFIExplanationDeclaration:
    return ExplanationKind::Declaration;
  case KCFIExplanationCallSite:
    return ExplanationKind::CallSite;
  }
  throw std::logic_error("unknown kind of explanation");
}

/// Verifies a module and calls `list` with it, which returns false after
/// errors.
template <typename List>
static void listModule(nb::handle object, List list) {
  OperationPtr operation = toOperation(object);
  MlirOperation op = operation->raw();
  Capture capture(operation->context);
  bool ok = mlirOperationVerify(op);
  capture.finish(ok, "Verification failed");
  ok = list(op);
  capture.finish(ok, "Unable to list the module");
}

static void bindPrograms(nb::module_ &m) {
  nb::enum_<ExplanationKind>(m, "ExplanationKind", "What explains an id.")
      .value("TYPE", ExplanationKind::Type)
      .value("STRING", ExplanationKind::String)
      .value("FUNCTION", ExplanationKind::Function)
      .value("DECLARATION", ExplanationKind::Declaration)
      .value("CALL_SITE", ExplanationKind::CallSite);
  nb::class_<Explanation>(m, "Explanation", "Something that has an id.")
      .def_prop_ro(
          "kind", [](const Explanation &self) { return self.kind; },
          "What it is.")
      .def_prop_ro(
          "text", [](const Explanation &self) { return decode(self.text); },
          "The type, string or name.")
      .def_prop_ro(
          "location",
          [](const Explanation &self) { return decode(self.location); },
          "Where it is; empty for types and strings.");
  nb::class_<Program>(m, "Program", "The functions and calls of some units.")
      .def_static(
          "from_module",
          [](nb::handle object, const std::string &unit) {
            std::shared_ptr<Program> result;
            listModule(object, [&](MlirOperation op) {
              result = std::make_shared<Program>(
                  kcfiProgramCreateFromModule(op, toRef(unit)));
              return result->raw.ptr != nullptr;
            });
            return result;
          },
          nb::arg("module"), nb::arg("unit") = "module",
          nb::sig("def from_module(module: Module | Operation | OpView, unit: "
                  "str = 'module') -> Program"),
          "The program of one module.")
      .def_static(
          "read",
          [](const std::vector<std::string> &files) {
            std::vector<MlirStringRef> raw;
            for (const std::string &file : files)
              raw.push_back(toRef(file));
            std::string error;
            KCFIProgram program =
                kcfiProgramRead(getRegistry(), raw.size(), raw.data(),
                                /*numThreads=*/1, append, &error);
            if (!program.ptr)
              raiseError(strip(error), {});
            return std::make_shared<Program>(program);
          },
          nb::arg("files"), "The program of files: LLVM IR, MLIR, summaries.")
      .def(
          "report_json",
          [](const Program &self) {
            std::string text, error;
            if (mlirLogicalResultIsFailure(kcfiProgramPrintReportJSON(
                    self.raw, append, &text, append, &error)))
              raiseError(strip(error), {});
            return decode(text);
          },
          "The report as JSON.")
      .def(
          "report_text",
          [](const Program &self, intptr_t limit) {
            std::string text, error;
            if (mlirLogicalResultIsFailure(kcfiProgramPrintReport(
                    self.raw, limit, append, &text, append, &error)))
              raiseError(strip(error), {});
            return decode(text);
          },
          nb::arg("limit") = -1, "The report as text.")
      .def(
          "audit_json",
          [](const Program &self) {
            std::string text;
            kcfiProgramPrintAuditJSON(self.raw, append, &text);
            return decode(text);
          },
          "The audit as JSON.")
      .def(
          "audit_text",
          [](const Program &self, bool all) {
            std::string text;
            kcfiProgramPrintAudit(self.raw, all, append, &text);
            return decode(text);
          },
          nb::kw_only(), nb::arg("all") = false, "The audit as text.")
      .def(
          "summary",
          [](const Program &self) {
            std::string text;
            kcfiProgramPrintSummary(self.raw, append, &text);
            return decode(text);
          },
          "The records of the program, which can be read again.")
      .def(
          "explain",
          [](const Program &self, uint32_t id) {
            std::vector<Explanation> result;
            kcfiProgramExplain(
                self.raw, id,
                [](KCFIExplanationKind kind, MlirStringRef text,
                   MlirStringRef location, void *data) {
                  static_cast<std::vector<Explanation> *>(data)->push_back(
                      {convert(kind), toString(text), toString(location)});
                },
                &result);
            return result;
          },
          nb::arg("id"), "What has an id; empty if nothing has it.");
  m.def(
      "module_report_json",
      [](nb::handle object) {
        std::string text;
        listModule(object, [&](MlirOperation op) {
          return mlirLogicalResultIsSuccess(
              kcfiModulePrintReportJSON(op, append, &text));
        });
        return decode(text);
      },
      nb::arg("module"),
      nb::sig("def module_report_json(module: Module | Operation | OpView) -> "
              "str"),
      "The report of the pass kcfi-report as JSON.");
}

//===----------------------------------------------------------------------===//
// Remarks
//===----------------------------------------------------------------------===//

namespace {
enum class RemarkKind { Passed, Missed, Failed, Analysis };

struct Remark {
  RemarkKind kind;
  std::string category, name, function, message;
  Location location;
  std::vector<std::pair<std::string, std::string>> arguments;
};

struct RemarkData {
  // No owner: the data belongs to the context.
  Context *context;
  nb::callable callback;
};
} // namespace

static RemarkKind convert(KCFIRemarkKind kind) {
  switch (kind) {
  case KCFIRemarkPassed:
    return RemarkKind::Passed;
  case KCFIRemarkMissed:
    return RemarkKind::Missed;
  case KCFIRemarkFailed:
    return RemarkKind::Failed;
  case KCFIRemarkAnalysis:
    return RemarkKind::Analysis;
  }
  return RemarkKind::Analysis;
}

static void handleRemark(const KCFIRemark *raw, void *data) {
  auto *self = static_cast<RemarkData *>(data);
  nb::callable callback = self->callback;
  callGuarded(*self->context, [&] {
    Remark remark{convert(raw->kind),
                  toString(raw->category),
                  toString(raw->name),
                  toString(raw->function),
                  toString(raw->message),
                  {self->context->shared_from_this(), raw->location},
                  {}};
    for (intptr_t i = 0; i < raw->numArguments; ++i)
      remark.arguments.emplace_back(toString(raw->arguments[i].key),
                                    toString(raw->arguments[i].value));
    HandlerScope scope(*self->context);
    callback(remark);
  });
}

static void bindRemarks(nb::module_ &m) {
  nb::enum_<RemarkKind>(m, "RemarkKind", "What a remark is about.")
      .value("PASSED", RemarkKind::Passed)
      .value("MISSED", RemarkKind::Missed)
      .value("FAILED", RemarkKind::Failed)
      .value("ANALYSIS", RemarkKind::Analysis);
  nb::class_<Remark>(m, "Remark", "A remark of a pass.")
      .def_prop_ro(
          "kind", [](const Remark &self) { return self.kind; },
          "What it is about.")
      .def_prop_ro(
          "category", [](const Remark &self) { return decode(self.category); },
          "The category, e.g. `kcfi`.")
      .def_prop_ro(
          "name", [](const Remark &self) { return decode(self.name); },
          "What it is called.")
      .def_prop_ro(
          "function", [](const Remark &self) { return decode(self.function); },
          "The function; empty if it is about none.")
      .def_prop_ro(
          "message", [](const Remark &self) { return decode(self.message); },
          "The text.")
      .def_prop_ro(
          "location", [](const Remark &self) { return self.location; },
          "Where it is.")
      .def_prop_ro(
          "arguments", [](const Remark &self) { return self.arguments; },
          "Keys and values.");
  m.def(
      "set_remark_handler",
      [](ContextPtr context, const std::string &categories,
         nb::callable callback) {
        if (!context->guards.empty() || context->locked)
          throw std::runtime_error("passes are running");
        Capture capture(context);
        auto *data = new RemarkData{context.get(), std::move(callback)};
        bool ok = mlirLogicalResultIsSuccess(kcfiContextSetRemarkHandler(
            context->raw, toRef(categories), handleRemark, data,
            [](void *data) { delete static_cast<RemarkData *>(data); }));
        if (!ok)
          delete data;
        capture.finish(ok, "Invalid categories");
      },
      nb::arg("context"), nb::arg("categories"), nb::arg("callback"),
      nb::sig("def set_remark_handler(context: Context, categories: str, "
              "callback: collections.abc.Callable[[Remark], object]) -> None"),
      "Calls a function with each remark of these categories.");
  m.def(
      "remove_remark_handler",
      [](ContextPtr context) {
        if (!context->guards.empty() || context->locked)
          throw std::runtime_error("passes are running");
        kcfiContextRemoveRemarkHandler(context->raw);
      },
      nb::arg("context"), "Ends the calls.");
}

void mlir::kcfi::python::bindKCFI(nb::module_ &m) {
  m.def(
      "get_version", [] { return toString(kcfiGetVersion()); },
      "The version of the project.");
  bindKinds<TypeTraits>(m, "type");
  bindKinds<AttributeTraits>(m, "attribute");
  bindEncoding(m);
  bindTranslation(m);
  bindPrograms(m);
  bindRemarks(m);
}
