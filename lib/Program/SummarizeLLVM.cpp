//===- SummarizeLLVM.cpp - The summary of LLVM IR -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Program/SummarizeLLVM.h"
#include "kcfi/Analysis/ModuleInfo.h"
#include "kcfi/Encoding/Encoding.h"
#include "kcfi/Encoding/Hash.h"
#include "kcfi/Encoding/TypeIdString.h"
#include "kcfi/LLVMFacts/BodyDigest.h"
#include "kcfi/LLVMFacts/EntryAliases.h"
#include "kcfi/TargetInfo/LLVMNames.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SCCIterator.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Demangle/Demangle.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/GetElementPtrTypeIterator.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Module.h"
#include "llvm/IR/Operator.h"

#include <deque>

using namespace mlir;
using namespace mlir::kcfi;

//===----------------------------------------------------------------------===//
// Names of structs
//===----------------------------------------------------------------------===//

/// The name of a struct of the source language; empty for unions, whose members
/// IR types do not list, and for types without a name.
static StringRef getStructName(const llvm::StructType *type) {
  if (!type->hasName())
    return "";
  StringRef name = type->getName();
  if (!name.consume_front("struct.") && !name.consume_front("class."))
    if (name.starts_with("union."))
      return "";
  // LLVM tells types of one name apart by a number.
  StringRef rest, number;
  std::tie(rest, number) = name.rsplit('.');
  if (!number.empty() && llvm::all_of(number, llvm::isDigit))
    name = rest;
  // The layout of a C++ class without the padding at its end.
  name.consume_back(".base");
  return name == "anon" ? "" : name;
}

/// The same for a type of TBAA: clang writes the mangled name in C++, where IR
/// types have the readable one without template arguments.
static std::string getStructName(StringRef name) {
  if (!name.starts_with("_ZTS"))
    return name.str();
  std::string readable = demangleTypeIdString(name);
  std::string result;
  unsigned depth = 0;
  for (char c : readable) {
    depth += c == '<';
    if (depth == 0)
      result += c;
    depth -= c == '>' && depth != 0;
  }
  return result;
}

namespace {

/// A position inside of an object of a known type.
struct Position {
  /// From the start of the object; elements of arrays count as the first,
  /// members of unions as their start.
  uint64_t offset = 0;
  /// The innermost struct with a name, empty if there is none, and the offset
  /// in it.
  std::string structName;
  uint64_t structOffset = 0;
  /// An array has to do with it.
  bool isInArray = false;
};

//===----------------------------------------------------------------------===//
// The graph of pointers in one function
//===----------------------------------------------------------------------===//

constexpr unsigned kNone = ~0u;

/// A value or a part of a local variable, and where its content comes from.
struct Node {
  llvm::SmallVector<Node *, 2> origins;
  /// Index of the place that this is, or kNone.
  unsigned place = kNone;
  /// Something is loaded or stored through it: no pointer to a function.
  bool isData = false;
  /// Whether origins of data are data: not for parts of aggregates.
  bool isWhole = true;
  /// The set of places that the pointer can come from.
  unsigned sources = kNone;
};

} // namespace

template <>
struct llvm::GraphTraits<Node *> {
  using NodeRef = Node *;
  using ChildIteratorType = llvm::SmallVector<Node *, 2>::iterator;
  static NodeRef getEntryNode(Node *node) { return node; }
  static ChildIteratorType child_begin(Node *node) {
    return node->origins.begin();
  }
  static ChildIteratorType child_end(Node *node) { return node->origins.end(); }
};

namespace {

//===----------------------------------------------------------------------===//
// One module
//===----------------------------------------------------------------------===//

class Summarizer {
public:
  Summarizer(const llvm::Module &module, StringRef unit)
      : module(module), unit(unit.str()), layout(module.getDataLayout()),
        digests(this->unit) {}

  llvm::Expected<Summary> run();

private:
  friend class FunctionFlows;

  llvm::Error addUnit();
  void addFunctions();
  void addAliases();
  void addGlobals();
  void addTypeIdSymbols();
  void addFlows();

  std::string getName(const llvm::GlobalValue &value);
  Position locate(llvm::Type *type, uint64_t offset);
  Position locateByTag(const llvm::MDNode *type, uint64_t offset,
                       const llvm::MDNode *access);
  unsigned getPlace(Place place);
  unsigned getGlobalPlace(const llvm::GlobalVariable &global, uint64_t offset,
                          bool isConstant = true);
  bool escapes(const llvm::Value *memory);
  bool isIndexed(const llvm::AllocaInst *local);
  unsigned getFieldPlace(StringRef structName, uint64_t offset);
  void addView(const llvm::GlobalValue &function, const Place &place,
               std::string location);
  void addFlow(unsigned from, unsigned to) { flows.insert({from, to}); }
  ArrayRef<const llvm::GlobalValue *>
  getFunctionsIn(const llvm::Constant *constant);
  void addInitializer(const llvm::GlobalVariable &global,
                      const llvm::Constant *initializer, uint64_t offset,
                      const std::string &location);
  template <typename FnT>
  void forEachPointer(llvm::Type *type, uint64_t offset, bool withIntegers,
                      FnT fn);
  bool holdsPointer(llvm::Type *type);

  const llvm::Module &module;
  std::string unit;
  const llvm::DataLayout &layout;
  BodyDigests digests;
  Summary result;
  HashKind hash = HashKind::XXHash64;

  llvm::DenseMap<const llvm::GlobalValue *, unsigned> nameless;
  llvm::SmallPtrSet<const llvm::GlobalValue *, 32> taken, compared;
  /// By text, for `getPlace`.
  llvm::StringMap<unsigned> placeIndices;
  std::vector<Place> places;
  /// What the names in places of functions and global variables stand for.
  llvm::StringMap<const llvm::GlobalValue *> symbols;
  llvm::SetVector<std::pair<unsigned, unsigned>> flows;
  /// Flows between names of the same memory: from places in global variables to
  /// fields, back, and from elements of arrays to all elements.
  llvm::SetVector<std::pair<unsigned, unsigned>> fieldReads, fieldWrites,
      elements;
  llvm::DenseMap<const llvm::Value *, bool> escaping;
  llvm::DenseMap<const llvm::AllocaInst *, bool> indexed;
  /// Names of structs that have none in TBAA, since only a typedef names them.
  llvm::DenseMap<const llvm::MDNode *, std::string> typedefNames;
  llvm::DenseSet<unsigned> dataPlaces, viewedPlaces;
  llvm::DenseMap<const llvm::Constant *,
                 llvm::SmallVector<const llvm::GlobalValue *, 1>>
      functionsIn;
  llvm::DenseMap<std::pair<llvm::Type *, uint64_t>, Position> positions;
};

//===----------------------------------------------------------------------===//
// One function
//===----------------------------------------------------------------------===//

class FunctionFlows {
public:
  FunctionFlows(Summarizer &summarizer, const llvm::Function &function)
      : s(summarizer), function(function), name(s.getName(function)) {}

  /// Finds names of structs for `Summarizer::typedefNames`.
  void learnNames();
  void run();

private:
  /// Memory that a load or store reaches.
  struct Memory {
    /// A local variable and the offset in it.
    const llvm::AllocaInst *local = nullptr;
    uint64_t offset = 0;
    /// Other places of the same memory.
    llvm::SmallVector<unsigned, 2> places;
    /// It may be anything.
    bool isUnknown = false;
  };
  /// What the computation of an address says.
  struct Address {
    const llvm::Value *base;
    /// Sum of the constant parts; elements of arrays whose index varies count
    /// as the first.
    int64_t offset = 0;
    bool isConstant = true;
    Position position;
  };
  struct Sink {
    unsigned place;
    Node *node;
    const llvm::Instruction *instruction;
  };

  Address getAddress(const llvm::Value *pointer);
  uint32_t getSlot(const llvm::Value *callee);
  Memory getMemory(const llvm::Value *pointer, uint64_t extra,
                   const llvm::MDNode *tag, bool isAnyElement);
  bool isArgumentArea(const llvm::Value *pointer);
  void learnStructs();

  Node *makeNode() { return &nodes.emplace_back(); }
  Node *getSource(unsigned place);
  Node *getNode(const llvm::Value *value);
  Node *getElement(const llvm::Value *vector, unsigned index);
  Node *getLocal(const llvm::AllocaInst *local, uint64_t offset);
  void expand(const llvm::Value *value, Node *node);
  void expandCall(const llvm::CallBase &call, Node *node);
  void expandLoad(Node *node, const llvm::Value *pointer, llvm::Type *type,
                  const llvm::MDNode *tag, uint64_t start = 0);
  void addSink(Place place, const llvm::Value *value,
               const llvm::Instruction &instruction);
  void addStore(const llvm::Value *pointer, const llvm::Value *value,
                const llvm::MDNode *tag, const llvm::Instruction &instruction);
  void addOrigins(Node *node, const Memory &memory);
  void storeNode(const Memory &memory, Node *node,
                 const llvm::Instruction &instruction);
  void addCopy(const llvm::MemTransferInst &copy);
  void addCall(const llvm::CallBase &call);
  void visit(const llvm::Instruction &instruction);
  void expandAll();
  void markData();
  void collect();

  Summarizer &s;
  const llvm::Function &function;
  std::string name;
  unsigned sites = 0;
  std::deque<Node> nodes;
  llvm::DenseMap<const llvm::Value *, Node *> values;
  llvm::DenseMap<std::pair<const llvm::AllocaInst *, uint64_t>, Node *> locals;
  llvm::DenseMap<unsigned, Node *> sources;
  llvm::SmallVector<const llvm::Value *> worklist;
  llvm::SmallVector<Sink> sinks;
  /// Arguments of llvm.va_start.
  llvm::SmallPtrSet<const llvm::Value *, 1> argumentLists;
  /// The TBAA type of what a pointer points to.
  llvm::DenseMap<const llvm::Value *, const llvm::MDNode *> structs;
};

} // namespace

//===----------------------------------------------------------------------===//
// Types and places
//===----------------------------------------------------------------------===//

Position Summarizer::locate(llvm::Type *type, uint64_t offset) {
  auto [it, isNew] = positions.try_emplace({type, offset});
  Position &position = it->second;
  if (!isNew)
    return position;
  while (true) {
    if (auto *array = llvm::dyn_cast<llvm::ArrayType>(type)) {
      type = array->getElementType();
      uint64_t size = layout.getTypeAllocSize(type).getKnownMinValue();
      if (size)
        offset %= size;
      position.isInArray = true;
      continue;
    }
    auto *record = llvm::dyn_cast<llvm::StructType>(type);
    if (!record || record->isOpaque() ||
        layout.getTypeAllocSize(record).isScalable())
      break;
    StringRef name = getStructName(record);
    if (!name.empty()) {
      position.structName = name.str();
      position.structOffset = 0;
    } else if (record->hasName() && record->getName().starts_with("union.")) {
      // The type names one member, the access may be to another; TBAA does not
      // tell them apart either.
      return position;
    }
    const llvm::StructLayout *fields = layout.getStructLayout(record);
    if (offset >= fields->getSizeInBytes())
      break;
    unsigned index = fields->getElementContainingOffset(offset);
    uint64_t start = fields->getElementOffset(index);
    position.offset += start;
    position.structOffset += start;
    offset -= start;
    type = record->getElementType(index);
  }
  position.offset += offset;
  position.structOffset += offset;
  return position;
}

/// Calls `fn` with the offset of each pointer in a value of `type`, and of each
/// integer that may have been one.
template <typename FnT>
void Summarizer::forEachPointer(llvm::Type *type, uint64_t offset,
                                bool withIntegers, FnT fn) {
  auto mayBePointer = [&](llvm::Type *type) {
    return type->isPointerTy() ||
           (withIntegers &&
            type->isIntegerTy(layout.getPointerSizeInBits(/*AS=*/0)));
  };
  if (mayBePointer(type)) {
    fn(offset);
  } else if (auto *vector = llvm::dyn_cast<llvm::FixedVectorType>(type)) {
    llvm::Type *element = vector->getElementType();
    uint64_t size = layout.getTypeStoreSize(element);
    if (mayBePointer(element))
      for (unsigned i = 0, e = vector->getNumElements(); i < e; ++i)
        fn(offset + i * size);
  } else if (auto *array = llvm::dyn_cast<llvm::ArrayType>(type)) {
    // All elements count as the first.
    if (array->getNumElements())
      forEachPointer(array->getElementType(), offset, withIntegers, fn);
  } else if (auto *record = llvm::dyn_cast<llvm::StructType>(type)) {
    if (record->isOpaque() || layout.getTypeAllocSize(record).isScalable())
      return;
    const llvm::StructLayout *fields = layout.getStructLayout(record);
    for (auto [index, element] : llvm::enumerate(record->elements()))
      forEachPointer(element, offset + fields->getElementOffset(index),
                     withIntegers, fn);
  }
}

bool Summarizer::holdsPointer(llvm::Type *type) {
  if (type->isPtrOrPtrVectorTy())
    return true;
  return type->isAggregateType() &&
         llvm::any_of(type->subtypes(),
                      [&](llvm::Type *inner) { return holdsPointer(inner); });
}

std::string Summarizer::getName(const llvm::GlobalValue &value) {
  if (value.hasName())
    return value.getName().str();
  // As LLVM writes globals that have none.
  return "@" + std::to_string(
                   nameless.try_emplace(&value, nameless.size()).first->second);
}

unsigned Summarizer::getPlace(Place place) {
  auto [it, isNew] = placeIndices.try_emplace(place.str(), places.size());
  if (isNew)
    places.push_back(std::move(place));
  return it->second;
}

unsigned Summarizer::getFieldPlace(StringRef structName, uint64_t offset) {
  return getPlace({PlaceKind::Field, structName.str(), offset, 0});
}

/// The place at an offset, and what else names the same memory.
unsigned Summarizer::getGlobalPlace(const llvm::GlobalVariable &global,
                                    uint64_t offset, bool isConstant) {
  Position position = locate(global.getValueType(), offset);
  std::string name = getName(global);
  symbols.try_emplace(name, &global);
  isConstant |= !position.isInArray;
  unsigned place =
      isConstant ? getPlace({PlaceKind::Global, name, offset, 0})
                 : getPlace({PlaceKind::Elements, name, position.offset, 0});
  if (isConstant && position.isInArray)
    elements.insert(
        {place, getPlace({PlaceKind::Elements, name, position.offset, 0})});
  // Code that has the variable's address knows its fields by their struct.
  if (!position.structName.empty() &&
      (!global.hasLocalLinkage() || escapes(&global))) {
    unsigned field = getFieldPlace(position.structName, position.structOffset);
    fieldReads.insert({place, field});
    if (!global.isConstant())
      fieldWrites.insert({field, place});
  }
  return place;
}

/// True if the address of a local or global variable is more than the operand
/// of loads and stores.
bool Summarizer::escapes(const llvm::Value *memory) {
  auto [it, isNew] = escaping.try_emplace(memory, false);
  if (!isNew)
    return it->second;
  llvm::SmallVector<const llvm::Value *> pointers = {memory};
  bool result = false;
  while (!pointers.empty() && !result) {
    for (const llvm::Use &use : pointers.pop_back_val()->uses()) {
      const llvm::User *user = use.getUser();
      // Copies of memory are flows of their own.
      if (llvm::isa<llvm::LoadInst, llvm::MemIntrinsic>(user))
        continue;
      if (auto *store = llvm::dyn_cast<llvm::StoreInst>(user);
          store && use.getOperandNo() == store->getPointerOperandIndex())
        continue;
      if (auto *intrinsic = llvm::dyn_cast<llvm::IntrinsicInst>(user);
          intrinsic && intrinsic->isLifetimeStartOrEnd())
        continue;
      if (llvm::isa<llvm::GEPOperator>(user)) {
        pointers.push_back(user);
        continue;
      }
      result = true;
    }
  }
  return escaping[memory] = result;
}

/// True if addresses in a local variable are computed that are not constant.
bool Summarizer::isIndexed(const llvm::AllocaInst *local) {
  auto [it, isNew] = indexed.try_emplace(local, false);
  if (!isNew)
    return it->second;
  llvm::SmallVector<const llvm::Value *> pointers = {local};
  while (!pointers.empty())
    for (const llvm::User *user : pointers.pop_back_val()->users())
      if (auto *address = llvm::dyn_cast<llvm::GEPOperator>(user)) {
        it->second |= !address->hasAllConstantIndices();
        pointers.push_back(address);
      }
  return it->second;
}

static std::string getLocation(const llvm::DILocation *location) {
  if (!location)
    return "";
  return (location->getFilename() + ":" + llvm::Twine(location->getLine()) +
          ":" + llvm::Twine(location->getColumn()))
      .str();
}

/// Definitions have lines, no columns.
template <typename NodeT>
static std::string getDefinitionLocation(const NodeT *node) {
  if (!node)
    return "";
  return (node->getFilename() + ":" + llvm::Twine(node->getLine()) + ":0")
      .str();
}

/// Functions, also by the name of an alias, can be called.
static bool isFunction(const llvm::GlobalValue *value) {
  if (llvm::isa<llvm::Function, llvm::GlobalIFunc>(value))
    return true;
  auto *alias = llvm::dyn_cast<llvm::GlobalAlias>(value);
  return alias && llvm::isa_and_nonnull<llvm::Function, llvm::GlobalIFunc>(
                      alias->getAliaseeObject());
}

/// The functions whose address is part of a constant. Variables that it refers
/// to have their own initializers; the address of a block is none of a
/// function.
ArrayRef<const llvm::GlobalValue *>
Summarizer::getFunctionsIn(const llvm::Constant *constant) {
  if (llvm::isa<llvm::ConstantData, llvm::GlobalVariable, llvm::BlockAddress>(
          constant))
    return {};
  if (auto it = functionsIn.find(constant); it != functionsIn.end())
    return it->second;
  llvm::SmallSetVector<const llvm::GlobalValue *, 4> found;
  if (auto *global = llvm::dyn_cast<llvm::GlobalValue>(constant)) {
    if (isFunction(global))
      found.insert(global);
  } else {
    for (const llvm::Use &operand : constant->operands())
      if (auto *inner = llvm::dyn_cast<llvm::Constant>(operand.get()))
        for (const llvm::GlobalValue *function : getFunctionsIn(inner))
          found.insert(function);
  }
  auto &entry = functionsIn[constant];
  entry.assign(found.begin(), found.end());
  return entry;
}

void Summarizer::addView(const llvm::GlobalValue &function, const Place &place,
                         std::string location) {
  taken.insert(&function);
  result.views.push_back({unit, getName(function), place, std::move(location)});
}

//===----------------------------------------------------------------------===//
// Records of the module
//===----------------------------------------------------------------------===//

static bool isFlagSet(const llvm::Module &module, StringRef key) {
  auto *flag = llvm::mdconst::dyn_extract_or_null<llvm::ConstantInt>(
      module.getModuleFlag(key));
  return flag && !flag->isZero();
}

llvm::Error Summarizer::addUnit() {
  UnitRecord record;
  record.unit = unit;
  record.target = module.getTargetTriple().str();
  // Back ends ask whether the flag exists.
  record.isProtected = module.getModuleFlag(llvmnames::kFlag) != nullptr;
  if (llvm::Metadata *flag = module.getModuleFlag(llvmnames::kHashFlag)) {
    auto *text = llvm::dyn_cast<llvm::MDString>(flag);
    std::optional<HashKind> kind =
        parseHashFlagValue(text ? text->getString() : "");
    if (!kind)
      return llvm::createStringError("module flag \"kcfi-hash\" of '" +
                                     module.getModuleIdentifier() +
                                     "' names an unknown hash");
    hash = record.hash = *kind;
  }
  record.normalizeIntegers =
      isFlagSet(module, llvmnames::kNormalizeIntegersFlag);
  record.arity = isFlagSet(module, llvmnames::kArityFlag);
  if (auto *offset = llvm::mdconst::dyn_extract_or_null<llvm::ConstantInt>(
          module.getModuleFlag(llvmnames::kOffsetFlag)))
    record.patchablePrefix = offset->getZExtValue();
  result.units.push_back(std::move(record));
  return llvm::Error::success();
}

static std::optional<uint32_t> getId(const llvm::Function &function) {
  llvm::MDNode *node = function.getMetadata(llvm::LLVMContext::MD_kcfi_type);
  if (!node || node->getNumOperands() == 0)
    return std::nullopt;
  auto *id = llvm::mdconst::dyn_extract_or_null<llvm::ConstantInt>(
      node->getOperand(0));
  if (!id)
    return std::nullopt;
  return static_cast<uint32_t>(id->getZExtValue());
}

/// The id that a call checks. LLVM ignores 0.
static std::optional<uint32_t> getId(const llvm::CallBase &call) {
  std::optional<llvm::OperandBundleUse> bundle =
      call.getOperandBundle(llvm::LLVMContext::OB_kcfi);
  if (!bundle || bundle->Inputs.empty())
    return std::nullopt;
  auto *id = llvm::dyn_cast<llvm::ConstantInt>(bundle->Inputs[0]);
  if (!id || id->isZero())
    return std::nullopt;
  return static_cast<uint32_t>(id->getZExtValue());
}

/// The machine type of a function or call, as LLVM writes it.
static std::string getShape(const llvm::Type *type) {
  std::string text;
  llvm::raw_string_ostream(text) << *type;
  return text;
}

void Summarizer::addFunctions() {
  llvm::StringSet<> strings;
  llvm::SmallVector<llvm::MDNode *> types;
  for (const llvm::Function &function : module) {
    if (function.isIntrinsic())
      continue;
    FunctionRecord record;
    record.unit = unit;
    record.name = getName(function);
    // Another unit has the code that the linker takes.
    record.isDefined = !function.isDeclarationForLinker();
    record.isLocal = function.hasLocalLinkage();
    record.isWeak = record.isDefined && function.isWeakForLinker();
    record.isAddressTaken = taken.contains(&function);
    record.isCompared = compared.contains(&function);
    record.id = getId(function);
    if (record.isDefined && record.isAddressTaken && record.id)
      record.shape = getShape(function.getFunctionType());
    if (!function.isDeclaration())
      record.body = digests.get(function);
    record.location = getDefinitionLocation(function.getSubprogram());
    if (llvm::Attribute entryOf = function.getFnAttribute(kEntryOfAttrName);
        entryOf.isValid())
      record.entryOf = entryOf.getValueAsString();
    if (record.id) {
      types.clear();
      function.getMetadata(llvm::LLVMContext::MD_type, types);
      for (llvm::MDNode *type : types) {
        auto *string = type->getNumOperands() > 1
                           ? llvm::dyn_cast<llvm::MDString>(type->getOperand(1))
                           : nullptr;
        // The same function has strings of other encodings too.
        if (string && strings.insert(string->getString()).second &&
            hashTypeIdString(string->getString(), hash) == *record.id)
          result.classes.push_back({*record.id, string->getString().str(),
                                    demangleTypeIdString(string->getString())});
      }
    }
    result.functions.push_back(std::move(record));
  }
}

void Summarizer::addAliases() {
  for (const llvm::GlobalAlias &alias : module.aliases()) {
    const llvm::GlobalObject *target = alias.getAliaseeObject();
    if (!target || !isFunction(&alias))
      continue;
    taken.insert(target);
    result.aliases.push_back({unit, getName(alias), getName(*target),
                              alias.hasLocalLinkage(), /*isIFunc=*/false,
                              getShape(alias.getValueType())});
  }
  for (const llvm::GlobalIFunc &ifunc : module.ifuncs()) {
    const llvm::Function *resolver = ifunc.getResolverFunction();
    if (!resolver)
      continue;
    taken.insert(resolver);
    result.aliases.push_back({unit, getName(ifunc), getName(*resolver),
                              ifunc.hasLocalLinkage(), /*isIFunc=*/true,
                              /*shape=*/""});
  }
}

void Summarizer::addInitializer(const llvm::GlobalVariable &global,
                                const llvm::Constant *initializer,
                                uint64_t offset, const std::string &location) {
  if (getFunctionsIn(initializer).empty())
    return;
  if (auto *aggregate = llvm::dyn_cast<llvm::ConstantAggregate>(initializer)) {
    auto *record = llvm::dyn_cast<llvm::StructType>(aggregate->getType());
    for (const llvm::Use &operand : aggregate->operands()) {
      unsigned index = operand.getOperandNo();
      uint64_t start =
          record ? uint64_t(
                       layout.getStructLayout(record)->getElementOffset(index))
                 : index * layout.getTypeAllocSize(operand->getType());
      addInitializer(global, llvm::cast<llvm::Constant>(operand.get()),
                     offset + start, location);
    }
    return;
  }
  // Lists of what has to stay are read by nobody.
  bool isList = global.getName() == "llvm.used" ||
                global.getName() == "llvm.compiler.used";
  unsigned place = isList ? getPlace({}) : getGlobalPlace(global, offset);
  viewedPlaces.insert(place);
  for (const llvm::GlobalValue *function : getFunctionsIn(initializer))
    addView(*function, places[place], location);
}

void Summarizer::addGlobals() {
  for (const llvm::GlobalVariable &global : module.globals()) {
    if (!global.hasInitializer())
      continue;
    llvm::SmallVector<llvm::DIGlobalVariableExpression *, 1> infos;
    global.getDebugInfo(infos);
    addInitializer(global, global.getInitializer(), /*offset=*/0,
                   infos.empty()
                       ? ""
                       : getDefinitionLocation(infos.front()->getVariable()));
  }
}

/// `__kcfi_typeid_<name>`: assembly of this or other units puts the id of a
/// function in front of it, or refers to it; clang writes such symbols for
/// declarations whose address is taken.
void Summarizer::addTypeIdSymbols() {
  StringRef text = module.getModuleInlineAsm();
  static constexpr StringRef kPrefix = llvmnames::kTypeIdSymbolPrefix;
  while (true) {
    size_t position = text.find(kPrefix);
    if (position == StringRef::npos)
      return;
    text = text.drop_front(position + kPrefix.size());
    StringRef name = text.take_until(
        [](char c) { return llvm::isSpace(c) || c == ',' || c == '"'; });
    if (const llvm::Function *function = module.getFunction(name))
      taken.insert(function);
  }
}

//===----------------------------------------------------------------------===//
// Addresses
//===----------------------------------------------------------------------===//

FunctionFlows::Address FunctionFlows::getAddress(const llvm::Value *pointer) {
  Address address{pointer, 0, true, {}};
  // What later steps add to the object that is looked for.
  uint64_t pending = 0;
  while (true) {
    const llvm::Value *value =
        address.base->stripPointerCastsSameRepresentation();
    if (auto *intrinsic = llvm::dyn_cast<llvm::IntrinsicInst>(value);
        intrinsic &&
        intrinsic->getIntrinsicID() == llvm::Intrinsic::threadlocal_address)
      value = intrinsic->getArgOperand(0);
    if (auto *alias = llvm::dyn_cast<llvm::GlobalAlias>(value))
      value = alias->getAliasee()->stripPointerCasts();
    address.base = value;
    auto *gep = llvm::dyn_cast<llvm::GEPOperator>(value);
    if (!gep || gep->getType()->isVectorTy())
      return address;
    int64_t first = 0, inside = 0;
    bool isFirst = true;
    for (auto it = llvm::gep_type_begin(gep), e = llvm::gep_type_end(gep);
         it != e; ++it) {
      if (llvm::StructType *record = it.getStructTypeOrNull()) {
        unsigned index =
            llvm::cast<llvm::ConstantInt>(it.getOperand())->getZExtValue();
        inside += s.layout.getStructLayout(record)->getElementOffset(index);
      } else if (auto *index =
                     llvm::dyn_cast<llvm::ConstantInt>(it.getOperand())) {
        int64_t step =
            index->getSExtValue() *
            it.getSequentialElementStride(s.layout).getKnownMinValue();
        (isFirst ? first : inside) += step;
      } else {
        address.isConstant = false;
      }
      isFirst = false;
    }
    if (address.position.structName.empty()) {
      llvm::Type *type = gep->getSourceElementType();
      if (type->isSized() && inside >= 0)
        address.position = s.locate(type, inside + pending);
      pending += first + inside;
    }
    address.offset += first + inside;
    address.base = gep->getPointerOperand();
  }
}

/// The type of a local or global variable, null for other values.
static llvm::Type *getVariableType(const llvm::Value *value) {
  if (auto *local = llvm::dyn_cast<llvm::AllocaInst>(value))
    return local->getAllocatedType();
  if (auto *global = llvm::dyn_cast<llvm::GlobalVariable>(value))
    return global->getValueType();
  return nullptr;
}

/// Fields of a TBAA type node: pairs of type and offset behind the name.
static const llvm::MDNode *getField(const llvm::MDNode *type,
                                    uint64_t &offset) {
  const llvm::MDNode *found = nullptr;
  uint64_t start = 0;
  for (unsigned i = 1; i + 1 < type->getNumOperands(); i += 2) {
    auto *field = llvm::dyn_cast_or_null<llvm::MDNode>(type->getOperand(i));
    auto *at = llvm::mdconst::dyn_extract_or_null<llvm::ConstantInt>(
        type->getOperand(i + 1));
    if (!field || !at || at->getZExtValue() > offset)
      break;
    found = field;
    start = at->getZExtValue();
  }
  offset -= start;
  return found;
}

static StringRef getTypeName(const llvm::MDNode *type) {
  if (type->getNumOperands() == 0)
    return "";
  auto *name = llvm::dyn_cast_or_null<llvm::MDString>(type->getOperand(0));
  return name ? name->getString() : "";
}

/// `p1 int`: a pointer to a known type of data. Pointers to functions, `void`
/// and others are `any pointer`.
static bool isDataPointer(const llvm::MDNode *type) {
  StringRef name = getTypeName(type);
  return name.consume_front("p") && !name.empty() && llvm::isDigit(name[0]) &&
         name.contains(' ');
}

static bool isScalar(const llvm::MDNode *type) {
  StringRef name = getTypeName(type);
  return name == "omnipotent char" || name == "any pointer" ||
         isDataPointer(type);
}

/// Base type, type of the access, and offset of an access tag.
struct AccessTag {
  const llvm::MDNode *base = nullptr, *access = nullptr;
  uint64_t offset = 0;

  explicit AccessTag(const llvm::MDNode *tag) {
    if (!tag || tag->getNumOperands() < 3)
      return;
    auto *at = llvm::mdconst::dyn_extract_or_null<llvm::ConstantInt>(
        tag->getOperand(2));
    if (!at)
      return;
    base = llvm::dyn_cast_or_null<llvm::MDNode>(tag->getOperand(0));
    access = llvm::dyn_cast_or_null<llvm::MDNode>(tag->getOperand(1));
    offset = at->getZExtValue();
  }
  bool isStruct() const { return base && access && base != access; }
};

/// Where in a table of unknown type a callee stands: the methods behind a
/// pointer to a Rust trait object. 0 if it comes from elsewhere.
uint32_t FunctionFlows::getSlot(const llvm::Value *callee) {
  auto *load = llvm::dyn_cast<llvm::LoadInst>(callee);
  if (!load)
    return 0;
  Address address = getAddress(load->getPointerOperand());
  AccessTag tag(load->getMetadata(llvm::LLVMContext::MD_tbaa));
  if (!address.isConstant || !address.position.structName.empty() ||
      tag.isStruct() || getVariableType(address.base) ||
      !llvm::isUInt<32>(address.offset))
    return 0;
  return address.offset;
}

/// The innermost struct at an offset of a TBAA type.
Position Summarizer::locateByTag(const llvm::MDNode *type, uint64_t offset,
                                 const llvm::MDNode *access) {
  Position position;
  position.offset = offset;
  position.structOffset = offset;
  while (type && type != access && !isScalar(type)) {
    std::string name = getStructName(getTypeName(type));
    if (name.empty())
      name = typedefNames.lookup(type);
    if (!name.empty()) {
      position.structName = std::move(name);
      position.structOffset = offset;
    }
    // The parent of a scalar type stands where a struct has its first field.
    type = getField(type, offset);
  }
  // TBAA does not look into arrays and unions.
  if (type && type != access && isScalar(type)) {
    position.offset -= offset;
    position.structOffset -= offset;
  }
  return position;
}

/// IR types have the names of typedefs: compares the types of variables with
/// the tags of accesses to them.
void FunctionFlows::learnNames() {
  for (const llvm::Instruction &instruction : llvm::instructions(function)) {
    const llvm::Value *pointer = llvm::getLoadStorePointerOperand(&instruction);
    if (!pointer)
      continue;
    AccessTag tag(instruction.getMetadata(llvm::LLVMContext::MD_tbaa));
    if (!tag.isStruct() || !getTypeName(tag.base).empty() ||
        s.typedefNames.contains(tag.base))
      continue;
    Address address = getAddress(pointer);
    Position position = address.position;
    if (llvm::Type *type = getVariableType(address.base))
      position = s.locate(type, address.offset);
    if (!position.structName.empty() && position.structOffset == tag.offset)
      s.typedefNames[tag.base] = position.structName;
  }
}

/// Finds out what pointers point to from accesses that say so, for accesses to
/// the same object that do not: unions, arrays, copies.
void FunctionFlows::learnStructs() {
  for (const llvm::Instruction &instruction : llvm::instructions(function)) {
    if (auto *start = llvm::dyn_cast<llvm::VAStartInst>(&instruction))
      argumentLists.insert(start->getArgOperand(0)->stripPointerCasts());
    const llvm::Value *pointer = llvm::getLoadStorePointerOperand(&instruction);
    if (!pointer)
      continue;
    AccessTag tag(instruction.getMetadata(llvm::LLVMContext::MD_tbaa));
    if (!tag.isStruct())
      continue;
    Address address = getAddress(pointer);
    if (address.isConstant &&
        static_cast<uint64_t>(address.offset) == tag.offset)
      structs.try_emplace(address.base, tag.base);
  }
}

/// True if a pointer points to the variable arguments of the function: it was
/// loaded from the list that llvm.va_start fills in.
bool FunctionFlows::isArgumentArea(const llvm::Value *pointer) {
  if (argumentLists.empty())
    return false;
  const llvm::Value *base = getAddress(pointer).base;
  llvm::SmallVector<const llvm::Value *> candidates = {base};
  if (auto *phi = llvm::dyn_cast<llvm::PHINode>(base))
    candidates.assign(phi->op_begin(), phi->op_end());
  return llvm::any_of(candidates, [&](const llvm::Value *candidate) {
    auto *load = llvm::dyn_cast<llvm::LoadInst>(getAddress(candidate).base);
    return load &&
           argumentLists.contains(getAddress(load->getPointerOperand()).base);
  });
}

/// `extra` bytes behind `pointer`; with `isAnyElement` in any element of the
/// arrays there.
FunctionFlows::Memory FunctionFlows::getMemory(const llvm::Value *pointer,
                                               uint64_t extra,
                                               const llvm::MDNode *tagNode,
                                               bool isAnyElement) {
  Memory memory;
  Address address = getAddress(pointer);
  uint64_t offset = address.offset + extra;
  if (auto *local = llvm::dyn_cast<llvm::AllocaInst>(address.base)) {
    Position position = s.locate(local->getAllocatedType(), offset);
    memory.local = local;
    memory.offset = local->isArrayAllocation() ? 0 : position.offset;
    // Bytes are how rustc writes memory of any type.
    if (auto *array =
            llvm::dyn_cast<llvm::ArrayType>(local->getAllocatedType());
        array && array->getElementType()->isIntegerTy(8) && !s.isIndexed(local))
      memory.offset = offset;
    if (!s.escapes(local))
      return memory;
    if (position.structName.empty())
      memory.isUnknown = true;
    else
      memory.places.push_back(
          s.getFieldPlace(position.structName, position.structOffset));
    return memory;
  }
  if (auto *global = llvm::dyn_cast<llvm::GlobalVariable>(address.base)) {
    memory.places.push_back(
        s.getGlobalPlace(*global, offset, address.isConstant && !isAnyElement));
    return memory;
  }
  AccessTag tag(tagNode);
  Position position = address.position;
  position.structOffset += extra;
  if (tag.isStruct())
    position = s.locateByTag(tag.base, tag.offset + extra, tag.access);
  // No struct with a name: what else is known of the object?
  if (position.structName.empty()) {
    auto it = structs.find(address.base);
    if (it != structs.end() && address.offset >= 0)
      position = s.locateByTag(it->second, offset, /*access=*/nullptr);
  }
  if (!position.structName.empty())
    memory.places.push_back(
        s.getFieldPlace(position.structName, position.structOffset));
  else if (isArgumentArea(pointer))
    memory.places.push_back(
        s.getPlace({PlaceKind::Parameter, name, function.arg_size(), 0}));
  else
    memory.isUnknown = true;
  return memory;
}

//===----------------------------------------------------------------------===//
// Nodes
//===----------------------------------------------------------------------===//

Node *FunctionFlows::getSource(unsigned place) {
  Node *&node = sources[place];
  if (!node) {
    node = makeNode();
    node->place = place;
  }
  return node;
}

Node *FunctionFlows::getLocal(const llvm::AllocaInst *local, uint64_t offset) {
  Node *&node = locals[{local, offset}];
  if (!node)
    node = makeNode();
  return node;
}

Node *FunctionFlows::getNode(const llvm::Value *value) {
  Node *&node = values[value];
  if (!node) {
    node = makeNode();
    worklist.push_back(value);
  }
  return node;
}

void FunctionFlows::addOrigins(Node *node, const Memory &memory) {
  if (memory.local)
    node->origins.push_back(getLocal(memory.local, memory.offset));
  for (unsigned place : memory.places)
    node->origins.push_back(getSource(place));
  if (memory.isUnknown)
    node->origins.push_back(getSource(s.getPlace({})));
}

/// One element of a vector: neighbouring fields are often moved together.
Node *FunctionFlows::getElement(const llvm::Value *vector, unsigned index) {
  while (true) {
    if (auto *constant = llvm::dyn_cast<llvm::Constant>(vector)) {
      const llvm::Constant *element = constant->getAggregateElement(index);
      return getNode(element ? element : constant);
    }
    if (auto *load = llvm::dyn_cast<llvm::LoadInst>(vector)) {
      llvm::Type *element = load->getType()->getScalarType();
      Node *node = makeNode();
      expandLoad(node, load->getPointerOperand(), element,
                 load->getMetadata(llvm::LLVMContext::MD_tbaa),
                 index * s.layout.getTypeStoreSize(element));
      return node;
    }
    if (auto *insert = llvm::dyn_cast<llvm::InsertElementInst>(vector)) {
      auto *at = llvm::dyn_cast<llvm::ConstantInt>(insert->getOperand(2));
      if (!at)
        return getNode(vector);
      if (at->getZExtValue() == index)
        return getNode(insert->getOperand(1));
      vector = insert->getOperand(0);
      continue;
    }
    if (auto *shuffle = llvm::dyn_cast<llvm::ShuffleVectorInst>(vector)) {
      auto *type = llvm::dyn_cast<llvm::FixedVectorType>(
          shuffle->getOperand(0)->getType());
      int from = shuffle->getMaskValue(index);
      if (!type || from < 0)
        return getNode(vector);
      unsigned count = type->getNumElements();
      bool isFirst = static_cast<unsigned>(from) < count;
      vector = shuffle->getOperand(isFirst ? 0 : 1);
      index = isFirst ? from : from - count;
      continue;
    }
    return getNode(vector);
  }
}

void FunctionFlows::expandLoad(Node *node, const llvm::Value *pointer,
                               llvm::Type *type, const llvm::MDNode *tag,
                               uint64_t start) {
  node->isWhole = !type->isAggregateType() && !type->isVectorTy();
  s.forEachPointer(type, start, /*withIntegers=*/true, [&](uint64_t offset) {
    Memory memory = getMemory(pointer, offset, tag, type->isAggregateType());
    addOrigins(node, memory);
  });
}

void FunctionFlows::expandCall(const llvm::CallBase &call, Node *node) {
  if (const llvm::Value *argument = call.getReturnedArgOperand()) {
    node->origins.push_back(getNode(argument));
    return;
  }
  if (auto *intrinsic = llvm::dyn_cast<llvm::IntrinsicInst>(&call)) {
    switch (intrinsic->getIntrinsicID()) {
    case llvm::Intrinsic::expect:
    case llvm::Intrinsic::expect_with_probability:
    case llvm::Intrinsic::launder_invariant_group:
    case llvm::Intrinsic::ptr_annotation:
    case llvm::Intrinsic::ptrmask:
    case llvm::Intrinsic::ssa_copy:
    case llvm::Intrinsic::strip_invariant_group:
      node->origins.push_back(getNode(call.getArgOperand(0)));
      return;
    default:
      return;
    }
  }
  // New memory, such as that of malloc.
  if (call.hasRetAttr(llvm::Attribute::NoAlias))
    return;
  const llvm::Value *callee = call.getCalledOperand()->stripPointerCasts();
  if (auto *global = llvm::dyn_cast<llvm::GlobalValue>(callee)) {
    s.symbols.try_emplace(s.getName(*global), global);
    node->origins.push_back(
        getSource(s.getPlace({PlaceKind::Result, s.getName(*global), 0, 0})));
  } else if (std::optional<uint32_t> id = getId(call)) {
    node->origins.push_back(
        getSource(s.getPlace({PlaceKind::Returned, "", 0, *id})));
  } else {
    node->origins.push_back(getSource(s.getPlace({})));
  }
}

/// Adds what the content of a value comes from.
void FunctionFlows::expand(const llvm::Value *value, Node *node) {
  if (auto *constant = llvm::dyn_cast<llvm::Constant>(value)) {
    for (const llvm::GlobalValue *target : s.getFunctionsIn(constant)) {
      std::string targetName = s.getName(*target);
      s.symbols.try_emplace(targetName, target);
      node->origins.push_back(
          getSource(s.getPlace({PlaceKind::Function, targetName, 0, 0})));
    }
    return;
  }
  if (auto *argument = llvm::dyn_cast<llvm::Argument>(value)) {
    // Copies and places for results are memory of the caller.
    if (!argument->hasPassPointeeByValueCopyAttr() &&
        !argument->hasStructRetAttr())
      node->origins.push_back(getSource(
          s.getPlace({PlaceKind::Parameter, name, argument->getArgNo(), 0})));
    return;
  }
  auto *instruction = llvm::dyn_cast<llvm::Instruction>(value);
  if (!instruction)
    return;
  if (auto *load = llvm::dyn_cast<llvm::LoadInst>(instruction)) {
    const llvm::MDNode *tag = load->getMetadata(llvm::LLVMContext::MD_tbaa);
    expandLoad(node, load->getPointerOperand(), load->getType(), tag);
    AccessTag access(tag);
    if (access.access && isDataPointer(access.access))
      node->isData = true;
  } else if (auto *update = llvm::dyn_cast<llvm::AtomicRMWInst>(instruction)) {
    expandLoad(node, update->getPointerOperand(), update->getType(),
               update->getMetadata(llvm::LLVMContext::MD_tbaa));
  } else if (auto *exchange =
                 llvm::dyn_cast<llvm::AtomicCmpXchgInst>(instruction)) {
    expandLoad(node, exchange->getPointerOperand(),
               exchange->getNewValOperand()->getType(),
               exchange->getMetadata(llvm::LLVMContext::MD_tbaa));
  } else if (auto *select = llvm::dyn_cast<llvm::SelectInst>(instruction)) {
    node->origins = {getNode(select->getTrueValue()),
                     getNode(select->getFalseValue())};
  } else if (auto *gep = llvm::dyn_cast<llvm::GetElementPtrInst>(instruction)) {
    // Nothing is called by its address plus something.
    if (gep->hasAllZeroIndices())
      node->origins = {getNode(gep->getPointerOperand())};
  } else if (auto *call = llvm::dyn_cast<llvm::CallBase>(instruction)) {
    expandCall(*call, node);
  } else if (llvm::isa<llvm::VAArgInst>(instruction)) {
    node->origins = {getSource(
        s.getPlace({PlaceKind::Parameter, name, function.arg_size(), 0}))};
  } else if (auto *extract =
                 llvm::dyn_cast<llvm::ExtractElementInst>(instruction);
             extract &&
             llvm::isa<llvm::ConstantInt>(extract->getIndexOperand())) {
    node->origins = {
        getElement(extract->getVectorOperand(),
                   llvm::cast<llvm::ConstantInt>(extract->getIndexOperand())
                       ->getZExtValue())};
  } else if (llvm::isa<llvm::ExtractValueInst, llvm::ExtractElementInst,
                       llvm::InsertValueInst, llvm::InsertElementInst,
                       llvm::ShuffleVectorInst>(instruction)) {
    // The parts of an aggregate are not told apart.
    node->isWhole = false;
    for (const llvm::Use &operand : instruction->operands())
      if (operand->getType()->isPtrOrPtrVectorTy() ||
          operand->getType()->isAggregateType() ||
          operand->getType() == instruction->getType())
        node->origins.push_back(getNode(operand.get()));
  } else if (llvm::isa<llvm::PHINode, llvm::FreezeInst>(instruction) ||
             llvm::isa<llvm::BitCastInst, llvm::AddrSpaceCastInst,
                       llvm::IntToPtrInst, llvm::PtrToIntInst,
                       llvm::PtrToAddrInst>(instruction)) {
    for (const llvm::Use &operand : instruction->operands())
      node->origins.push_back(getNode(operand.get()));
  }
}

void FunctionFlows::expandAll() {
  while (!worklist.empty()) {
    const llvm::Value *value = worklist.pop_back_val();
    expand(value, values.lookup(value));
  }
}

//===----------------------------------------------------------------------===//
// Sinks
//===----------------------------------------------------------------------===//

void FunctionFlows::addSink(Place place, const llvm::Value *value,
                            const llvm::Instruction &instruction) {
  if (s.holdsPointer(value->getType()))
    sinks.push_back(
        {s.getPlace(std::move(place)), getNode(value), &instruction});
}

void FunctionFlows::storeNode(const Memory &memory, Node *node,
                              const llvm::Instruction &instruction) {
  if (memory.local)
    getLocal(memory.local, memory.offset)->origins.push_back(node);
  for (unsigned place : memory.places)
    sinks.push_back({place, node, &instruction});
  if (memory.isUnknown)
    sinks.push_back({s.getPlace({}), node, &instruction});
}

void FunctionFlows::addStore(const llvm::Value *pointer,
                             const llvm::Value *value, const llvm::MDNode *tag,
                             const llvm::Instruction &instruction) {
  llvm::Type *type = value->getType();
  auto *constant = llvm::dyn_cast<llvm::Constant>(value);
  bool isPointer = s.holdsPointer(type) || constant ||
                   llvm::isa<llvm::PtrToIntInst, llvm::PtrToAddrInst>(value);
  unsigned index = 0;
  auto storePart = [&](uint64_t offset) {
    Node *node =
        type->isVectorTy() ? getElement(value, index++) : getNode(value);
    Memory memory = getMemory(pointer, offset, tag, type->isAggregateType());
    // Integers are followed inside of the function only.
    if (!isPointer) {
      memory.places.clear();
      memory.isUnknown = false;
    }
    storeNode(memory, node, instruction);
  };
  s.forEachPointer(type, /*offset=*/0, /*withIntegers=*/true, storePart);
  AccessTag access(tag);
  if (access.access && isDataPointer(access.access))
    getNode(value)->isData = true;
}

/// A copy moves the pointers of the type that source or destination is known to
/// have. Fields need no flow: struct and offset name all objects of a type.
void FunctionFlows::addCopy(const llvm::MemTransferInst &copy) {
  Address from = getAddress(copy.getRawSource());
  Address to = getAddress(copy.getRawDest());
  const Address &known = getVariableType(from.base) ? from : to;
  llvm::Type *type = getVariableType(known.base);
  if (!type)
    return;
  // Where the copy begins in it.
  uint64_t start = s.locate(type, known.offset).offset;
  auto copyPointer = [&](uint64_t offset) {
    if (offset < start)
      return;
    uint64_t distance = offset - start;
    if (auto *length = llvm::dyn_cast<llvm::ConstantInt>(copy.getLength());
        length && length->getZExtValue() <= distance)
      return;
    Memory source = getMemory(copy.getRawSource(), distance, /*tag=*/nullptr,
                              /*isAnyElement=*/true);
    Memory target = getMemory(copy.getRawDest(), distance, /*tag=*/nullptr,
                              /*isAnyElement=*/true);
    // Both sides have one type.
    Position position = s.locate(type, offset);
    for (Memory *memory : {&source, &target}) {
      if (!memory->isUnknown || position.structName.empty())
        continue;
      memory->isUnknown = false;
      memory->places.push_back(
          s.getFieldPlace(position.structName, position.structOffset));
    }
    Node *node = makeNode();
    addOrigins(node, source);
    storeNode(target, node, copy);
  };
  s.forEachPointer(type, /*offset=*/0, /*withIntegers=*/false, copyPointer);
}

void FunctionFlows::addCall(const llvm::CallBase &call) {
  for (const llvm::Use &argument : call.args())
    if (call.isByValArgument(call.getArgOperandNo(&argument)))
      getNode(argument.get())->isData = true;
  if (auto *copy = llvm::dyn_cast<llvm::MemTransferInst>(&call))
    addCopy(*copy);
  if (auto *memory = llvm::dyn_cast<llvm::MemIntrinsic>(&call)) {
    getNode(memory->getRawDest())->isData = true;
    if (auto *copy = llvm::dyn_cast<llvm::MemTransferInst>(memory))
      getNode(copy->getRawSource())->isData = true;
  }
  if (llvm::isa<llvm::IntrinsicInst>(call) || call.isInlineAsm())
    return;

  std::optional<uint32_t> id = getId(call);
  const llvm::Value *callee = call.getCalledOperand()->stripPointerCasts();
  auto *global = llvm::dyn_cast<llvm::GlobalValue>(callee);
  if (!global) {
    unsigned index = sites++;
    uint32_t slot = id ? getSlot(callee) : 0;
    s.result.sites.push_back(
        {s.unit, name, index, id ? CheckState::Bundle : CheckState::Unchecked,
         id, slot, slot ? getShape(call.getFunctionType()) : "",
         getLocation(call.getDebugLoc())});
    sinks.push_back({s.getPlace({PlaceKind::Site, name, index, 0}),
                     getNode(callee), &call});
    for (const llvm::Use &argument : call.args()) {
      unsigned number = call.getArgOperandNo(&argument);
      addSink(id ? Place{PlaceKind::Argument, "", number, *id} : Place(),
              argument.get(), call);
    }
    return;
  }

  std::string target = s.getName(*global);
  s.symbols.try_emplace(target, global);
  s.result.calls.push_back(
      {s.unit, name, target, id, id ? getLocation(call.getDebugLoc()) : ""});
  unsigned fixed = call.getFunctionType()->getNumParams();
  bool isVariadic = call.getFunctionType()->isVarArg();
  // Calls through declarations without a prototype look variadic.
  if (auto *definition = llvm::dyn_cast<llvm::Function>(global))
    isVariadic = definition->isVarArg() && fixed != 0;
  for (const llvm::Use &argument : call.args()) {
    unsigned number = call.getArgOperandNo(&argument);
    if (isVariadic)
      number = std::min(number, fixed);
    addSink({PlaceKind::Parameter, target, number, 0}, argument.get(), call);
  }
}

void FunctionFlows::visit(const llvm::Instruction &instruction) {
  if (instruction.isDebugOrPseudoInst())
    return;
  const llvm::MDNode *tag = instruction.getMetadata(llvm::LLVMContext::MD_tbaa);
  if (auto *load = llvm::dyn_cast<llvm::LoadInst>(&instruction)) {
    getNode(load->getPointerOperand())->isData = true;
  } else if (auto *store = llvm::dyn_cast<llvm::StoreInst>(&instruction)) {
    getNode(store->getPointerOperand())->isData = true;
    addStore(store->getPointerOperand(), store->getValueOperand(), tag,
             instruction);
  } else if (auto *update = llvm::dyn_cast<llvm::AtomicRMWInst>(&instruction)) {
    getNode(update->getPointerOperand())->isData = true;
    addStore(update->getPointerOperand(), update->getValOperand(), tag,
             instruction);
  } else if (auto *exchange =
                 llvm::dyn_cast<llvm::AtomicCmpXchgInst>(&instruction)) {
    getNode(exchange->getPointerOperand())->isData = true;
    addStore(exchange->getPointerOperand(), exchange->getNewValOperand(), tag,
             instruction);
  } else if (auto *gep =
                 llvm::dyn_cast<llvm::GetElementPtrInst>(&instruction)) {
    if (!gep->hasAllZeroIndices())
      getNode(gep->getPointerOperand())->isData = true;
  } else if (auto *compare = llvm::dyn_cast<llvm::ICmpInst>(&instruction)) {
    for (const llvm::Use &operand : compare->operands())
      if (auto *target =
              llvm::dyn_cast<llvm::GlobalValue>(operand->stripPointerCasts());
          target && isFunction(target) &&
          !llvm::isa<llvm::Constant>(
              compare->getOperand(1 - operand.getOperandNo())))
        s.compared.insert(target);
  } else if (auto *call = llvm::dyn_cast<llvm::CallBase>(&instruction)) {
    addCall(*call);
  } else if (auto *ret = llvm::dyn_cast<llvm::ReturnInst>(&instruction)) {
    if (const llvm::Value *value = ret->getReturnValue())
      addSink({PlaceKind::Result, name, 0, 0}, value, instruction);
  }
}

//===----------------------------------------------------------------------===//
// From nodes to views and flows
//===----------------------------------------------------------------------===//

/// What is loaded from or stored to comes from places that hold such pointers.
void FunctionFlows::markData() {
  llvm::SmallVector<Node *> pending;
  for (Node &node : nodes)
    if (node.isData)
      pending.push_back(&node);
  while (!pending.empty()) {
    Node *node = pending.pop_back_val();
    if (node->place != kNone)
      s.dataPlaces.insert(node->place);
    if (!node->isWhole)
      continue;
    for (Node *origin : node->origins) {
      if (origin->isData)
        continue;
      origin->isData = true;
      pending.push_back(origin);
    }
  }
}

void FunctionFlows::collect() {
  Node root;
  for (const Sink &sink : sinks)
    root.origins.push_back(sink.node);
  std::vector<std::vector<unsigned>> sets;
  // Origins come before what they flow to.
  for (auto it = llvm::scc_begin(&root); !it.isAtEnd(); ++it) {
    std::vector<unsigned> set;
    for (const Node *node : *it) {
      if (node == &root)
        continue;
      if (node->place != kNone)
        set.push_back(node->place);
      for (const Node *origin : node->origins)
        if (origin->sources != kNone)
          llvm::append_range(set, sets[origin->sources]);
    }
    llvm::sort(set);
    set.erase(llvm::unique(set), set.end());
    for (Node *node : *it)
      node->sources = sets.size();
    sets.push_back(std::move(set));
  }

  llvm::SmallPtrSet<const llvm::GlobalValue *, 8> seen;
  llvm::DenseSet<std::tuple<unsigned, unsigned, const llvm::Instruction *>>
      views;
  unsigned elsewhere = s.getPlace({});
  for (const Sink &sink : sinks) {
    for (unsigned source : sets[sink.node->sources]) {
      const Place &from = s.places[source];
      if (from.kind != PlaceKind::Function) {
        // Into fields and other units anything can come anyway.
        PlaceKind kind = s.places[sink.place].kind;
        bool isOpen = kind == PlaceKind::Field || kind == PlaceKind::Argument;
        if (source != sink.place && sink.place != elsewhere &&
            (source != elsewhere || !isOpen))
          s.addFlow(source, sink.place);
        continue;
      }
      const llvm::GlobalValue *target = s.symbols.lookup(from.name);
      seen.insert(target);
      s.viewedPlaces.insert(sink.place);
      if (views.insert({source, sink.place, sink.instruction}).second)
        s.addView(*target, s.places[sink.place],
                  getLocation(sink.instruction->getDebugLoc()));
    }
  }

  // Uses that are no movement, and movements to where nothing looks.
  for (const llvm::Instruction &instruction : llvm::instructions(function)) {
    auto *call = llvm::dyn_cast<llvm::CallBase>(&instruction);
    for (const llvm::Use &operand : instruction.operands()) {
      auto *constant = llvm::dyn_cast<llvm::Constant>(operand.get());
      if (!constant || (call && call->isCallee(&operand)))
        continue;
      for (const llvm::GlobalValue *target : s.getFunctionsIn(constant))
        if (seen.insert(target).second)
          s.addView(*target, Place(), getLocation(instruction.getDebugLoc()));
    }
  }
}

void FunctionFlows::run() {
  s.symbols.try_emplace(name, &function);
  learnStructs();
  for (const llvm::Instruction &instruction : llvm::instructions(function)) {
    visit(instruction);
    expandAll();
  }
  markData();
  collect();

  for (const llvm::Use &operand : function.operands()) {
    auto *constant = llvm::dyn_cast<llvm::Constant>(operand.get());
    // The unwinder calls the personality; nobody views it.
    if (!constant || (function.hasPersonalityFn() &&
                      constant == function.getPersonalityFn()))
      continue;
    for (const llvm::GlobalValue *target : s.getFunctionsIn(constant))
      s.addView(*target, Place(),
                getDefinitionLocation(function.getSubprogram()));
  }
}

//===----------------------------------------------------------------------===//
// Flows of the module
//===----------------------------------------------------------------------===//

/// Keeps the flows through which a function can reach a call or another module.
void Summarizer::addFlows() {
  size_t count = places.size();
  // What else a module can see of a place: callers that are elsewhere, code
  // that is elsewhere.
  llvm::BitVector isOpenAtStart(count), isOpenAtEnd(count);
  for (auto [index, place] : llvm::enumerate(places)) {
    const llvm::GlobalValue *symbol = symbols.lookup(place.name);
    bool isLocal =
        symbol && (symbol->hasLocalLinkage() || symbol->hasAppendingLinkage());
    bool isReplaceable =
        !symbol || symbol->isDeclarationForLinker() || symbol->isInterposable();
    auto *function = llvm::dyn_cast_if_present<llvm::Function>(symbol);
    bool isHidden = isLocal && function && !taken.contains(function);
    switch (place.kind) {
    case PlaceKind::Function:
      break;
    case PlaceKind::Parameter:
      isOpenAtStart[index] = !isHidden;
      isOpenAtEnd[index] = !function || isReplaceable;
      break;
    case PlaceKind::Result:
      isOpenAtStart[index] = !function || isReplaceable;
      isOpenAtEnd[index] = !isHidden;
      break;
    case PlaceKind::Global:
    case PlaceKind::Elements:
      isOpenAtStart[index] = isOpenAtEnd[index] = !isLocal;
      break;
    case PlaceKind::Field:
    case PlaceKind::Argument:
    case PlaceKind::Returned:
      isOpenAtStart[index] = isOpenAtEnd[index] = true;
      break;
    case PlaceKind::Elsewhere:
      isOpenAtStart[index] = true;
      break;
    case PlaceKind::Site:
      isOpenAtEnd[index] = true;
      break;
    }
  }

  // Marks all that can be reached in one direction.
  using Edge = std::pair<unsigned, unsigned>;
  auto spread = [&](ArrayRef<Edge> edges, llvm::BitVector &marks,
                    bool isForward) {
    std::vector<llvm::SmallVector<unsigned, 2>> next(count);
    for (auto [from, to] : edges)
      next[isForward ? from : to].push_back(isForward ? to : from);
    llvm::SmallVector<unsigned> pending(marks.set_bits());
    while (!pending.empty())
      for (unsigned place : next[pending.pop_back_val()])
        if (!marks.test(place)) {
          marks.set(place);
          pending.push_back(place);
        }
  };

  // Where functions are put or called from, use as a data pointer says nothing:
  // a union, or `void *`.
  llvm::BitVector isCalled(count);
  for (auto [from, to] : flows)
    if (places[to].kind == PlaceKind::Site)
      isCalled.set(to);
  spread(flows.getArrayRef(), isCalled, /*isForward=*/false);
  auto isData = [&](unsigned place) {
    return dataPlaces.contains(place) && !viewedPlaces.contains(place) &&
           !isCalled.test(place) && places[place].kind != PlaceKind::Elsewhere;
  };
  std::vector<Edge> edges;
  for (auto [from, to] : flows)
    if (!isData(from) && !isData(to))
      edges.push_back({from, to});

  // Several names of the same memory: worth saying where the module uses the
  // name of one side, and others may use the other side.
  llvm::DenseSet<unsigned> read, written;
  llvm::DenseMap<unsigned, llvm::SmallVector<unsigned, 1>> writers;
  for (auto [from, to] : edges) {
    read.insert(from);
    written.insert(to);
    if (places[to].kind == PlaceKind::Elements)
      writers[to].push_back(from);
  }
  auto isWritten = [&](unsigned place) {
    return written.contains(place) || viewedPlaces.contains(place);
  };
  auto addLink = [&](unsigned from, unsigned to) {
    if (from != to && !isData(from) && !isData(to))
      edges.push_back({from, to});
  };
  for (auto [element, all] : elements) {
    if (isWritten(element))
      addLink(element, all);
    if (!read.contains(element))
      continue;
    // Not from other elements of the same array: what moves there mostly stays
    // in its element.
    for (unsigned writer : writers.lookup(all))
      if (places[writer].kind != PlaceKind::Elements ||
          places[writer].name != places[all].name)
        addLink(writer, element);
  }
  for (auto [place, field] : fieldReads)
    if (isWritten(place))
      addLink(place, field);
  for (auto [field, place] : fieldWrites)
    if (read.contains(place))
      addLink(field, place);

  // Places that others can reach may hold anything without being told.
  llvm::BitVector isReachable = isOpenAtStart;
  for (unsigned place : viewedPlaces)
    isOpenAtStart.set(place);
  spread(edges, isOpenAtStart, /*isForward=*/true);
  spread(edges, isOpenAtEnd, /*isForward=*/false);
  for (auto [from, to] : edges)
    if (isOpenAtStart.test(from) && isOpenAtEnd.test(to) &&
        (places[from].kind != PlaceKind::Elsewhere || !isReachable.test(to)))
      result.flows.push_back({unit, places[from], places[to]});

  // Names in places that are local to the unit.
  llvm::StringSet<> named;
  auto addGlobal = [&](const Place &place) {
    if ((place.kind != PlaceKind::Global &&
         place.kind != PlaceKind::Elements) ||
        !named.insert(place.name).second)
      return;
    const llvm::GlobalValue *global = symbols.lookup(place.name);
    result.globals.push_back(
        {unit, place.name,
         global->hasLocalLinkage() || global->hasAppendingLinkage()});
  };
  for (const ViewRecord &view : result.views)
    addGlobal(view.place);
  for (const FlowRecord &flow : result.flows) {
    addGlobal(flow.from);
    addGlobal(flow.to);
  }
}

llvm::Expected<Summary> Summarizer::run() {
  if (llvm::Error error = addUnit())
    return error;
  addTypeIdSymbols();
  addAliases();
  addGlobals();
  for (const llvm::Function &function : module)
    FunctionFlows(*this, function).learnNames();
  for (const llvm::Function &function : module)
    if (!function.isDeclaration())
      FunctionFlows(*this, function).run();
  addFunctions();
  addFlows();
  if (llvm::Error error = result.normalize())
    return error;
  return std::move(result);
}

llvm::Expected<Summary> mlir::kcfi::summarize(llvm::Module &module,
                                              StringRef unit) {
  replaceEntryAliases(module);
  return Summarizer(module, unit).run();
}
