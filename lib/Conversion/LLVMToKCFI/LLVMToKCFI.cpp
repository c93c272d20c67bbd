//===- LLVMToKCFI.cpp - Raise imported LLVM modules -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Conversion/Passes.h"
#include "kcfi/Encoding/Encoding.h"
#include "kcfi/Encoding/IdMap.h"
#include "kcfi/IR/KCFIOps.h"
#include "kcfi/IR/MachineTypes.h"
#include "kcfi/IR/ModuleOptions.h"
#include "kcfi/IR/ReadableType.h"
#include "mlir/IR/Remarks.h"
#include "mlir/Support/FileUtilities.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/LineIterator.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/ToolOutputFile.h"

#include <map>

namespace mlir::kcfi {
#define GEN_PASS_DEF_KCFIRAISEFROMLLVM
#include "kcfi/Conversion/Passes.h.inc"
} // namespace mlir::kcfi

using namespace mlir;
using namespace mlir::kcfi;

namespace {

/// Where a signature comes from, in the order of preference.
enum class Source : uint8_t {
  DebugInfo,
  ModuleDebugInfo,
  TypeMetadata,
  Strings,
  None,
};
constexpr size_t kNumSources = 5;

/// The name of a source in the report.
StringRef getSourceName(Source source) {
  switch (source) {
  case Source::DebugInfo:
    return "debug_info";
  case Source::ModuleDebugInfo:
    return "module_debug_info";
  case Source::TypeMetadata:
    return "type_metadata";
  case Source::Strings:
    return "strings";
  case Source::None:
    return "raw";
  }
  llvm_unreachable("unknown source");
}

/// A signature that has the id of a function or call.
struct Found {
  Type signature;
  StringAttr string; // null for raw
  Source source = Source::None;
};

/// Numbers of functions or calls by source.
struct Tally {
  unsigned bySource[kNumSources] = {};
  unsigned getTotal() const {
    unsigned total = 0;
    for (unsigned number : bySource)
      total += number;
    return total;
  }
  void print(llvm::json::OStream &json) const;
};

void Tally::print(llvm::json::OStream &json) const {
  json.attribute("total", getTotal());
  for (size_t index = 0; index < kNumSources; ++index)
    json.attribute(getSourceName(static_cast<Source>(index)), bySource[index]);
}

/// Raises one module.
class Raiser {
public:
  explicit Raiser(ModuleOp module)
      : module(module), context(module.getContext()),
        encoding(getEncoding(module)), target(lookupTargetQuietly(module)) {}

  void addStrings(StringRef text);
  void run();
  void printReport(llvm::raw_ostream &os) const;

  Tally functions, definitions, calls;
  unsigned numAddresses = 0;

private:
  using Encoded = std::pair<uint32_t, StringAttr>;

  /// Id and string of a signature, or the reason why it has none.
  llvm::Expected<Encoded> encode(Type signature);
  void add(Type signature, Source source);
  void addString(StringAttr string, Source source);
  void detectGeneralization();
  void buildTable();
  Found find(uint32_t id);

  void raiseFunction(LLVM::LLVMFuncOp function);
  /// Why the debug info of a function does not give its id; empty if it does.
  std::string getGap(LLVM::LLVMFuncOp function, uint32_t id);
  template <typename LLVMOpT>
  void raiseCall(LLVMOpT call);
  void replaceCall(LLVM::CallOp call, Found found, bool implicitObject,
                   IntegerAttr fixed);
  void replaceCall(LLVM::InvokeOp call, Found found, bool implicitObject,
                   IntegerAttr fixed);
  template <typename FromT, typename ToT>
  void finishCall(FromT from, ToT to);
  Value launder(OpBuilder &builder, Location loc, Value callee, Type signature);
  void raiseAddress(LLVM::AddressOfOp address, SymbolTable &symbols);

  ModuleOp module;
  MLIRContext *context;
  EncodingAttr encoding;
  std::unique_ptr<TargetInfo> target;
  std::string strings;
  IdMap<Found> table;
  /// Functions with debug info of which it is not the type, by reason.
  std::map<std::string, unsigned> gaps;
  unsigned numWithDebugInfo = 0, numExact = 0, numMisfits = 0;
  std::map<std::string, unsigned> callsLeft;
  struct Untyped {
    std::string name;
    uint32_t id;
    std::string reason;
  };
  SmallVector<Untyped> untyped;
};

} // namespace

//===----------------------------------------------------------------------===//
// Sources
//===----------------------------------------------------------------------===//

void Raiser::addStrings(StringRef text) { strings += text; }

llvm::Expected<Raiser::Encoded> Raiser::encode(Type signature) {
  if (!target)
    return llvm::createStringError("the target is not known");
  llvm::Expected<std::string> string =
      encodeSignature(signature, encoding, *target);
  if (!string)
    return string.takeError();
  return Encoded(hashTypeIdString(*string, encoding.getHash()),
                 StringAttr::get(context, *string));
}

/// Enters a signature; the first one of an id stays.
void Raiser::add(Type signature, Source source) {
  llvm::Expected<Encoded> encoded = encode(signature);
  // What has no string cannot explain an id.
  if (!encoded)
    return llvm::consumeError(encoded.takeError());
  table.try_emplace(encoded->first, Found{signature, encoded->second, source});
}

static FnType getDebugSig(Operation *op) {
  auto type = op->getAttrOfType<TypeAttr>(KCFIDialect::kDebugSigAttrName);
  return type ? cast<FnType>(type.getValue()) : FnType();
}

static TypeIdAttr getTypeId(Operation *op) {
  return op->getAttrOfType<TypeIdAttr>(KCFIDialect::kTypeIdAttrName);
}

void Raiser::addString(StringAttr string, Source source) {
  // What is no type-id string explains no id.
  ScopedDiagnosticHandler handler(context,
                                  [](Diagnostic &) { return success(); });
  if (Type type = EncodedType::getChecked([&] { return module.emitError(); },
                                          context, string))
    add(type, source);
}

/// Finds out from functions with debug info whether pointers are generalised: a
/// module has no flag for it.
void Raiser::detectGeneralization() {
  if (encoding.getGeneralizePointers())
    return;
  auto other = EncodingAttr::get(context, encoding.getHash(),
                                 encoding.getNormalizeIntegers(),
                                 /*generalizePointers=*/true);
  unsigned plain = 0, generalized = 0;
  for (auto function : module.getOps<LLVM::LLVMFuncOp>()) {
    FnType fn = getDebugSig(function);
    TypeIdAttr id = getTypeId(function);
    if (!fn || !id)
      continue;
    auto matches = [&](EncodingAttr option) {
      std::swap(encoding, option);
      llvm::Expected<Encoded> encoded = encode(fn);
      std::swap(encoding, option);
      if (encoded)
        return encoded->first == id.getValue();
      llvm::consumeError(encoded.takeError());
      return false;
    };
    plain += matches(encoding);
    generalized += matches(other);
  }
  if (generalized <= plain)
    return;
  encoding = other;
  module->setAttr(KCFIDialect::kEncodingAttrName, encoding);
  remark::analysis(module.getLoc(),
                   remark::RemarkOpts::name("Generalized").category("kcfi"))
      << remark::add("the ids are those of generalised pointers");
}

void Raiser::buildTable() {
  for (auto function : module.getOps<LLVM::LLVMFuncOp>())
    if (FnType fn = getDebugSig(function))
      add(fn, Source::ModuleDebugInfo);
  if (auto types =
          module->getAttrOfType<ArrayAttr>(KCFIDialect::kDebugTypesAttrName))
    for (auto type : types.getAsValueRange<TypeAttr>())
      add(type, Source::ModuleDebugInfo);
  for (auto function : module.getOps<LLVM::LLVMFuncOp>())
    if (auto entries = function->getAttrOfType<ArrayAttr>(
            KCFIDialect::kTypeMetadataAttrName))
      for (auto entry : entries.getAsRange<ArrayAttr>())
        addString(cast<StringAttr>(entry[1]), Source::TypeMetadata);
  SmallVector<StringRef> lines;
  StringRef(strings).split(lines, '\n');
  for (StringRef line : lines)
    addString(StringAttr::get(context, line.rtrim("\r")), Source::Strings);
}

Found Raiser::find(uint32_t id) {
  auto it = table.find(id);
  if (it != table.end())
    return it->second;
  return {RawType::get(context, id), {}, Source::None};
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

/// True if the signature says nothing that the machine types contradict: LLVM
/// may have changed the parameters of a function that lost its address, while
/// the id stays. A call without a prototype has no check, so one that has is
/// not such a call.
static bool fits(Type signature, const helpers::MachineSignature &machine,
                 Operation *op) {
  auto source = helpers::SourceSignature::get(signature);
  if (!source)
    return true;
  if (source->isUnprototyped && machine.isCall)
    return false;
  // A misfit is no error.
  ScopedDiagnosticHandler handler(op->getContext(),
                                  [](Diagnostic &) { return success(); });
  return succeeded(helpers::verifyMachineTypes([&] { return op->emitError(); },
                                               *source, machine, op));
}

std::string Raiser::getGap(LLVM::LLVMFuncOp function, uint32_t id) {
  FnType fn = getDebugSig(function);
  if (!fn)
    return cast<StringAttr>(function->getAttr(KCFIDialect::kDebugSigAttrName))
        .str();
  llvm::Expected<Encoded> encoded = encode(fn);
  if (!encoded)
    return llvm::toString(encoded.takeError());
  if (encoded->first != id)
    return "debug info gives another type than the id";
  return "";
}

void Raiser::raiseFunction(LLVM::LLVMFuncOp function) {
  TypeIdAttr id = getTypeId(function);
  if (!id || function->hasAttr(KCFIDialect::kSigAttrName))
    return;
  Found found = find(id.getValue());
  std::string reason = "no debug info";
  if (function->hasAttr(KCFIDialect::kDebugSigAttrName)) {
    ++numWithDebugInfo;
    reason = getGap(function, id.getValue());
    if (reason.empty()) {
      ++numExact;
      found.signature = getDebugSig(function);
      found.source = Source::DebugInfo;
    } else {
      ++gaps[reason];
    }
  }
  ++functions.bySource[static_cast<size_t>(found.source)];
  if (!function.isExternal())
    ++definitions.bySource[static_cast<size_t>(found.source)];
  if (found.source == Source::None) {
    untyped.push_back({function.getName().str(), id.getValue(), reason});
    remark::missed(
        function.getLoc(),
        remark::RemarkOpts::name("Untyped").category("kcfi").function(
            function.getName()))
        << remark::add("{0}", reason);
  }

  helpers::MachineSignature machine;
  machine.inputs = function.getArgumentTypes();
  machine.results = function.getResultTypes();
  machine.isVariadic = function.isVarArg();
  machine.hasImplicitObject =
      function->hasAttr(KCFIDialect::kImplicitObjectAttrName);
  if (!fits(found.signature, machine, function)) {
    ++numMisfits;
    found.signature = EncodedType::get(context, found.string);
  }
  function->setAttr(KCFIDialect::kSigAttrName, TypeAttr::get(found.signature));
  function->setAttr(KCFIDialect::kTypeIdAttrName,
                    TypeIdAttr::get(context, id.getValue(), found.string));
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

Value Raiser::launder(OpBuilder &builder, Location loc, Value callee,
                      Type signature) {
  return CastOp::create(builder, loc, FnPtrType::get(context, signature),
                        CastReason::Launder, callee);
}

/// Moves what the raised operation has no place for. LLVM's defaults need none.
template <typename FromT, typename ToT>
void Raiser::finishCall(FromT from, ToT to) {
  for (NamedAttribute attribute : from->getDiscardableAttrs())
    if (attribute.getName() != KCFIDialect::kTypeIdAttrName)
      to->setDiscardableAttr(attribute.getName(), attribute.getValue());
  typename FromT::Properties defaults;
  FromT::populateDefaultProperties(from->getName(), defaults);
  auto usual = dyn_cast_or_null<DictionaryAttr>(
      FromT::getPropertiesAsAttr(context, defaults));
  SmallVector<NamedAttribute> others;
  for (NamedAttribute property :
       cast<DictionaryAttr>(from->getPropertiesAsAttribute()))
    if (!isPropertyOfCheckedCall(property.getName()) &&
        !(usual && usual.get(property.getName()) == property.getValue()))
      others.push_back(property);
  to->setDiscardableAttr(KCFIDialect::kLLVMPropertiesAttrName,
                         DictionaryAttr::get(context, others));
  from->replaceAllUsesWith(to);
  from->erase();
}

void Raiser::replaceCall(LLVM::CallOp call, Found found, bool implicitObject,
                         IntegerAttr fixed) {
  OpBuilder builder(call);
  auto raised = CallOp::create(
      builder, call.getLoc(), call->getResultTypes(), /*unchecked=*/false,
      launder(builder, call.getLoc(), call.getCalleeOperands().front(),
              found.signature),
      call.getArgOperands(), fixed,
      TypeIdAttr::get(context, getTypeId(call).getValue(), found.string),
      implicitObject, call.getCConv(), call.getTailCallKind(),
      call.getArgAttrsAttr(), call.getResAttrsAttr());
  finishCall(call, raised);
}

void Raiser::replaceCall(LLVM::InvokeOp call, Found found, bool implicitObject,
                         IntegerAttr fixed) {
  OpBuilder builder(call);
  auto raised = InvokeOp::create(
      builder, call.getLoc(), call->getResultTypes(), /*unchecked=*/false,
      launder(builder, call.getLoc(), call.getCalleeOperands().front(),
              found.signature),
      call.getArgOperands(), call.getNormalDestOperands(),
      call.getUnwindDestOperands(), fixed,
      TypeIdAttr::get(context, getTypeId(call).getValue(), found.string),
      implicitObject, call.getCConv(), call.getArgAttrsAttr(),
      call.getResAttrsAttr(), call.getNormalDest(), call.getUnwindDest());
  finishCall(call, raised);
}

template <typename LLVMOpT>
void Raiser::raiseCall(LLVMOpT call) {
  TypeIdAttr id = getTypeId(call);
  // A direct call with an id is LLVM's affair: it drops the check.
  if (!id || call.getCalleeAttr())
    return;
  auto leave = [&](StringRef reason) {
    ++callsLeft[reason.str()];
    auto caller = call->template getParentOfType<LLVM::LLVMFuncOp>();
    remark::missed(call.getLoc(),
                   remark::RemarkOpts::name("CallNotRaised")
                       .category("kcfi")
                       .function(caller ? caller.getName() : StringRef()))
        << remark::add("{0}", reason);
  };
  if (!call.getOpBundleOperands().empty())
    return leave("the call has another operand bundle");
  Value callee = call.getCalleeOperands().front();
  if (callee.getType() != LLVM::LLVMPointerType::get(context))
    return leave("the callee is in an address space");

  Found found = find(id.getValue());
  ++calls.bySource[static_cast<size_t>(found.source)];
  std::optional<LLVM::LLVMFunctionType> variadic = call.getVarCalleeType();
  helpers::MachineSignature machine;
  machine.inputs = call.getArgOperands().getTypes();
  machine.results = call->getResultTypes();
  machine.isVariadic = variadic && variadic->isVarArg();
  machine.isCall = true;
  // Called through a pointer to member.
  bool isObjectFirst = false;
  if (!fits(found.signature, machine, call)) {
    machine.hasImplicitObject = isObjectFirst = true;
    if (!fits(found.signature, machine, call)) {
      ++numMisfits;
      isObjectFirst = false;
      found.signature = EncodedType::get(context, found.string);
    }
  }
  IntegerAttr fixed;
  if (variadic && variadic->isVarArg())
    fixed = Builder(context).getI32IntegerAttr(variadic->getNumParams());
  replaceCall(call, found, isObjectFirst, fixed);
}

//===----------------------------------------------------------------------===//
// Addresses
//===----------------------------------------------------------------------===//

void Raiser::raiseAddress(LLVM::AddressOfOp address, SymbolTable &symbols) {
  auto function = symbols.lookup<LLVM::LLVMFuncOp>(address.getGlobalName());
  auto sig = function
                 ? function->getAttrOfType<TypeAttr>(KCFIDialect::kSigAttrName)
                 : TypeAttr();
  // An alias is another name of the function, not a use of its address.
  if (!sig || address.getType() != LLVM::LLVMPointerType::get(context) ||
      isa<LLVM::AliasOp, LLVM::IFuncOp>(address->getParentOp()))
    return;
  OpBuilder builder(address);
  auto view = AddressOfOp::create(builder, address.getLoc(),
                                  FnPtrType::get(context, sig.getValue()),
                                  address.getGlobalNameAttr());
  view->setDiscardableAttrs(address->getDiscardableAttrDictionary());
  auto value = CastOp::create(builder, address.getLoc(), address.getType(),
                              CastReason::Unchecked, view);
  address.replaceAllUsesWith(value.getResult());
  address.erase();
  ++numAddresses;
}

//===----------------------------------------------------------------------===//
// The module
//===----------------------------------------------------------------------===//

void Raiser::run() {
  detectGeneralization();
  buildTable();
  for (auto function : module.getOps<LLVM::LLVMFuncOp>())
    raiseFunction(function);
  SymbolTable symbols(module);
  module.walk([&](Operation *op) {
    if (auto call = dyn_cast<LLVM::CallOp>(op))
      raiseCall(call);
    else if (auto invoke = dyn_cast<LLVM::InvokeOp>(op))
      raiseCall(invoke);
    else if (auto address = dyn_cast<LLVM::AddressOfOp>(op))
      raiseAddress(address, symbols);
  });
  // Their work is done.
  module->removeAttr(KCFIDialect::kDebugTypesAttrName);
  for (auto function : module.getOps<LLVM::LLVMFuncOp>())
    function->removeAttr(KCFIDialect::kDebugSigAttrName);
}

void Raiser::printReport(llvm::raw_ostream &os) const {
  llvm::json::OStream json(os, /*IndentSize=*/2);
  auto printCounts = [&](StringRef name,
                         const std::map<std::string, unsigned> &counts) {
    json.attributeObject(name, [&] {
      for (const auto &[text, number] : counts)
        json.attribute(text, number);
    });
  };
  json.object([&] {
    json.attributeObject("functions", [&] { functions.print(json); });
    json.attributeObject("definitions", [&] { definitions.print(json); });
    json.attributeObject("calls", [&] { calls.print(json); });
    json.attribute("addresses", numAddresses);
    json.attribute("machine_misfits", numMisfits);
    json.attributeObject("own_debug_info", [&] {
      json.attribute("functions", numWithDebugInfo);
      json.attribute("exact", numExact);
      printCounts("gaps", gaps);
    });
    printCounts("calls_left", callsLeft);
    json.attributeArray("untyped", [&] {
      for (const Untyped &entry : untyped)
        json.object([&] {
          json.attribute("function", entry.name);
          json.attribute("id", formatTypeId(entry.id));
          json.attribute("reason", entry.reason);
        });
    });
  });
  os << '\n';
}

namespace {
struct RaiseFromLLVM
    : public mlir::kcfi::impl::KCFIRaiseFromLLVMBase<RaiseFromLLVM> {
  using KCFIRaiseFromLLVMBase::KCFIRaiseFromLLVMBase;
  void runOnOperation() final;

private:
  LogicalResult readStrings(Raiser &raiser);
  LogicalResult writeReport(const Raiser &raiser);
};
} // namespace

LogicalResult RaiseFromLLVM::readStrings(Raiser &raiser) {
  if (strings.empty())
    return success();
  std::string message;
  std::unique_ptr<llvm::MemoryBuffer> file = openInputFile(strings, &message);
  if (!file)
    return getOperation().emitError() << message;
  raiser.addStrings(file->getBuffer());
  return success();
}

LogicalResult RaiseFromLLVM::writeReport(const Raiser &raiser) {
  if (report.empty())
    return success();
  std::string message;
  std::unique_ptr<llvm::ToolOutputFile> file = openOutputFile(report, &message);
  if (!file)
    return getOperation().emitError() << message;
  raiser.printReport(file->os());
  file->os().flush();
  if (std::error_code error = file->os().error()) {
    file->os().clear_error();
    return getOperation().emitError()
           << "cannot write '" << report << "': " << error.message();
  }
  file->keep();
  return success();
}

void RaiseFromLLVM::runOnOperation() {
  ModuleOp module = getOperation();
  Raiser raiser(module);
  if (failed(readStrings(raiser)))
    return signalPassFailure();
  raiser.run();
  if (failed(writeReport(raiser)))
    return signalPassFailure();

  auto count = [&](Source source) {
    return raiser.functions.bySource[static_cast<size_t>(source)];
  };
  numDebugInfo = count(Source::DebugInfo);
  numModuleDebugInfo = count(Source::ModuleDebugInfo);
  numTypeMetadata = count(Source::TypeMetadata);
  numStrings = count(Source::Strings);
  numRaw = count(Source::None);
  numCalls = raiser.calls.getTotal();
  numAddresses = raiser.numAddresses;
  remark::analysis(module.getLoc(),
                   remark::RemarkOpts::name("Raise").category("kcfi"))
      << remark::metric("Functions", raiser.functions.getTotal())
      << remark::metric("DebugInfo", count(Source::DebugInfo))
      << remark::metric("ModuleDebugInfo", count(Source::ModuleDebugInfo))
      << remark::metric("TypeMetadata", count(Source::TypeMetadata))
      << remark::metric("Strings", count(Source::Strings))
      << remark::metric("Raw", count(Source::None))
      << remark::metric("Calls", raiser.calls.getTotal())
      << remark::metric("Addresses", raiser.numAddresses);
}
