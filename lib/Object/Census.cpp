//===- Census.cpp - Where checked calls can land ----------------*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Object/Census.h"
#include "kcfi/Audit/Report.h"
#include "kcfi/Encoding/Encoding.h"
#include "kcfi/TargetInfo/TargetInfo.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/BinaryFormat/Magic.h"
#include "llvm/Object/ELFObjectFile.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"

#include <unordered_map>

using namespace mlir;
using namespace mlir::kcfi;
using llvm::object::ELFObjectFileBase;
using llvm::object::SectionRef;

namespace {

/// An id that is looked for.
struct WantedId {
  uint32_t id;
  bool isExpected;
};

/// Function symbols of a section by offset.
using Symbols = std::map<uint64_t, SmallVector<std::string, 1>>;

/// Takes the census of one object.
class CensusTaker {
public:
  CensusTaker(const Program &program, const ELFObjectFileBase &object)
      : program(program), object(object) {}

  llvm::Expected<Census> run();

private:
  llvm::Error setUpTarget();
  llvm::Error readSymbols();
  template <typename ELFT>
  llvm::Error readSymbols(const llvm::object::ELFFile<ELFT> &file);
  llvm::Error scan(const SectionRef &section, Census &census);
  /// The function into which the code of an entry leads; empty if it is none.
  std::string findFunctionBehind(ArrayRef<uint8_t> code, uint64_t offset,
                                 const Symbols &symbols) const;

  const Program &program;
  const ELFObjectFileBase &object;
  std::unique_ptr<TargetInfo> target;
  /// By the bytes that stand in front of an entry.
  std::unordered_map<uint32_t, WantedId> wanted;
  /// By index of the section.
  std::map<uint64_t, Symbols> symbolsOf;
  /// Extra entries that the modules name, with their function.
  llvm::StringMap<StringRef> knownEntries;
  /// From the end of an id to the entry.
  uint64_t prefixBytes = 0;
  uint64_t step = 0;
};

} // namespace

/// What stands in front of an entry is at most as much, in prefix data of any
/// use.
static constexpr uint64_t kMaxPrefixBytes = 4096;

size_t Census::count(LandingKind kind, bool isExpected) const {
  return llvm::count_if(landings, [&](const Landing &landing) {
    return landing.kind == kind && landing.isExpected == isExpected;
  });
}

/// The triple as far as the file tells it.
static std::string getTriple(const ELFObjectFileBase &object) {
  llvm::Triple::ArchType arch = object.getArch();
  bool is32Bit = object.getBytesInAddress() == 4;
  if (arch == llvm::Triple::x86_64 && is32Bit)
    return "x86_64-unknown-linux-gnux32";
  if (llvm::Triple(llvm::Triple::getArchTypeName(arch)).isMIPS() &&
      object.getPlatformFlags() & llvm::ELF::EF_MIPS_ABI2)
    arch =
        object.isLittleEndian() ? llvm::Triple::mips64el : llvm::Triple::mips64;
  return (llvm::Triple::getArchTypeName(arch) + "-unknown-linux-gnu").str();
}

static bool hasCompressedCode(const ELFObjectFileBase &object) {
  switch (object.getEMachine()) {
  case llvm::ELF::EM_RISCV:
    return object.getPlatformFlags() & llvm::ELF::EF_RISCV_RVC;
  case llvm::ELF::EM_MIPS:
    return object.getPlatformFlags() &
           (llvm::ELF::EF_MIPS_MICROMIPS | llvm::ELF::EF_MIPS_ARCH_ASE_M16);
  default:
    return false;
  }
}

llvm::Error CensusTaker::setUpTarget() {
  std::string triple = getTriple(object);
  for (const UnitRecord &unit : program.summary.units)
    if (!unit.target.empty()) {
      if (getMachine(unit.target) != getMachine(triple))
        return llvm::createStringError("it is code for " + getMachine(triple) +
                                       ", the modules are for " +
                                       getMachine(unit.target));
      triple = unit.target;
      break;
    }
  llvm::Expected<std::unique_ptr<TargetInfo>> found =
      TargetInfo::lookup(triple);
  if (!found)
    return found.takeError();
  target = std::move(*found);
  bool isCompressed = hasCompressedCode(object);
  prefixBytes = uint64_t(program.getOptions().patchablePrefix) *
                target->getPrefixNopBytes(isCompressed);
  step = target->getCodeAlignment(isCompressed);
  for (const auto &[id, members] : program.classes)
    if (!members.functions.empty() || !members.sites.empty())
      wanted.insert({target->getStoredId(id), {id, !members.sites.empty()}});
  for (const Symbol &symbol : program.symbols)
    if (StringRef function = symbol.getEntryOf(); !function.empty())
      knownEntries[symbol.name] = function;
  return llvm::Error::success();
}

template <typename ELFT>
llvm::Error CensusTaker::readSymbols(const llvm::object::ELFFile<ELFT> &file) {
  // The iterators of ObjectFile end the process when the table is damaged.
  auto sections = file.sections();
  if (!sections)
    return sections.takeError();
  auto table = llvm::find_if(*sections, [](const auto &section) {
    return section.sh_type == llvm::ELF::SHT_SYMTAB;
  });
  if (table == sections->end())
    return llvm::createStringError("it has no symbol table, without which "
                                   "functions are like what looks like them");
  // Of files with very many sections.
  llvm::ArrayRef<typename ELFT::Word> indexTable;
  for (const auto &section : *sections)
    if (section.sh_type == llvm::ELF::SHT_SYMTAB_SHNDX) {
      auto found = file.getSHNDXTable(section, *sections);
      if (!found)
        return found.takeError();
      indexTable = *found;
    }
  auto symbols = file.symbols(&*table);
  if (!symbols)
    return symbols.takeError();
  llvm::Expected<StringRef> names =
      file.getStringTableForSymtab(*table, *sections);
  if (!names)
    return names.takeError();
  bool isRelocatable = object.isRelocatableObject();
  bool hasFlag = target->needsPointerMask();
  for (const auto &symbol : *symbols) {
    if (symbol.getType() != llvm::ELF::STT_FUNC &&
        symbol.getType() != llvm::ELF::STT_GNU_IFUNC)
      continue;
    llvm::Expected<uint32_t> index = file.getSectionIndex(
        symbol, *symbols,
        llvm::object::DataRegion<typename ELFT::Word>(indexTable));
    if (!index)
      return index.takeError();
    // Declared, or absolute.
    if (*index == 0)
      continue;
    llvm::Expected<StringRef> name = symbol.getName(*names);
    if (!name)
      return name.takeError();
    // LLVM's names of x86 prefixes are no entries.
    if (name->starts_with(kPrefixSymbol))
      continue;
    uint64_t offset = symbol.st_value;
    if (hasFlag)
      offset &= ~uint64_t(1);
    if (!isRelocatable && *index < sections->size())
      offset -= (*sections)[*index].sh_addr;
    symbolsOf[*index][offset].push_back(name->str());
  }
  for (auto &section : symbolsOf)
    for (auto &place : section.second)
      llvm::sort(place.second);
  return llvm::Error::success();
}

llvm::Error CensusTaker::readSymbols() {
  using namespace llvm::object;
  if (auto *file = llvm::dyn_cast<ELF32LEObjectFile>(&object))
    return readSymbols(file->getELFFile());
  if (auto *file = llvm::dyn_cast<ELF32BEObjectFile>(&object))
    return readSymbols(file->getELFFile());
  if (auto *file = llvm::dyn_cast<ELF64LEObjectFile>(&object))
    return readSymbols(file->getELFFile());
  return readSymbols(llvm::cast<ELF64BEObjectFile>(&object)->getELFFile());
}

std::string CensusTaker::findFunctionBehind(ArrayRef<uint8_t> code,
                                            uint64_t offset,
                                            const Symbols &symbols) const {
  std::string function;
  for (auto it = symbols.upper_bound(offset);
       it != symbols.end() && it->first - offset <= kMaxPrefixBytes &&
       it->first <= code.size();
       ++it)
    // Of several entries in front of a function, all but the last lead to
    // another entry first.
    if (target->isEntryCode(code.slice(offset, it->first - offset)))
      function = it->second.front();
  return function;
}

llvm::Error CensusTaker::scan(const SectionRef &section, Census &census) {
  llvm::Expected<StringRef> name = section.getName();
  llvm::Expected<StringRef> contents = section.getContents();
  if (!name || !contents)
    return llvm::joinErrors(name.takeError(), contents.takeError());
  ArrayRef<uint8_t> code = llvm::arrayRefFromStringRef(*contents);
  ++census.sections;
  census.codeBytes += code.size();
  llvm::endianness endian = object.isLittleEndian() ? llvm::endianness::little
                                                    : llvm::endianness::big;
  const Symbols &symbols = symbolsOf[section.getIndex()];
  uint64_t start = section.getAddress();
  uint64_t distance = 4 + prefixBytes;
  for (uint64_t offset = llvm::alignTo(start + distance, step) - start;
       offset < code.size(); offset += step) {
    auto found = wanted.find(
        llvm::support::endian::read32(&code[offset - distance], endian));
    if (found == wanted.end())
      continue;
    Landing landing;
    landing.id = found->second.id;
    landing.isExpected = found->second.isExpected;
    landing.section = name->str();
    landing.address = start + offset;
    auto after = symbols.upper_bound(offset);
    landing.distance = offset;
    if (after != symbols.begin()) {
      auto nearest = std::prev(after);
      landing.symbols = nearest->second;
      landing.distance = offset - nearest->first;
      if (landing.distance == 0) {
        landing.kind = LandingKind::Function;
        for (StringRef symbol : landing.symbols)
          if (StringRef function = knownEntries.lookup(symbol);
              !function.empty())
            landing.entryOf = function.str();
        if (landing.entryOf.empty())
          landing.entryOf = findFunctionBehind(code, offset, symbols);
        if (!landing.entryOf.empty())
          landing.kind = LandingKind::ExtraEntry;
      }
    }
    // Nothing lands where no check lets it.
    if (landing.isExpected || landing.kind != LandingKind::LookAlike)
      census.landings.push_back(std::move(landing));
  }
  return llvm::Error::success();
}

llvm::Expected<Census> CensusTaker::run() {
  if (llvm::Error error = setUpTarget())
    return error;
  Census census;
  census.name = object.getFileName().str();
  census.machine = target->getName().str();
  auto isCode = [](const SectionRef &section) {
    return section.isText() && !section.isVirtual();
  };
  if (llvm::none_of(object.sections(), isCode))
    return llvm::createStringError("it has no executable section");
  if (llvm::Error error = readSymbols())
    return error;
  for (const SectionRef &section : object.sections())
    if (isCode(section))
      if (llvm::Error error = scan(section, census))
        return error;
  return census;
}

llvm::Expected<Census> mlir::kcfi::takeCensus(const Program &program,
                                              llvm::MemoryBufferRef buffer) {
  auto fail = [&](llvm::Error error) {
    return llvm::createStringError("no census of '" +
                                   buffer.getBufferIdentifier() +
                                   "': " + llvm::toString(std::move(error)));
  };
  switch (llvm::identify_magic(buffer.getBuffer())) {
  case llvm::file_magic::elf_relocatable:
  case llvm::file_magic::elf_executable:
  case llvm::file_magic::elf_shared_object:
    break;
  default:
    return fail(llvm::createStringError(
        "it is no ELF object, executable or shared library"));
  }
  llvm::Expected<std::unique_ptr<llvm::object::ObjectFile>> object =
      llvm::object::ObjectFile::createELFObjectFile(buffer);
  if (!object)
    return fail(object.takeError());
  llvm::Expected<Census> census =
      CensusTaker(program, *llvm::cast<ELFObjectFileBase>(object->get())).run();
  if (!census)
    return fail(census.takeError());
  return census;
}

//===----------------------------------------------------------------------===//
// Output
//===----------------------------------------------------------------------===//

static StringRef getKindName(LandingKind kind) {
  switch (kind) {
  case LandingKind::Function:
    return "function";
  case LandingKind::ExtraEntry:
    return "extra entry";
  case LandingKind::LookAlike:
    return "look-alike";
  }
  llvm_unreachable("unknown kind of landing");
}

/// The number of ids of a program that checked calls expect, and of others.
static std::pair<unsigned, unsigned> countIds(const Program &program) {
  unsigned expected = 0, other = 0;
  for (const auto &[id, members] : program.classes) {
    expected += !members.sites.empty();
    other += members.sites.empty() && !members.functions.empty();
  }
  return {expected, other};
}

void mlir::kcfi::printTextCensus(const Program &program,
                                 ArrayRef<Census> objects,
                                 llvm::raw_ostream &os, size_t limit) {
  auto [expected, other] = countIds(program);
  os << "ids: " << expected << " that checked calls expect, " << other
     << " other(s)\n";
  for (const Census &census : objects) {
    auto count = [&](LandingKind kind, bool isExpected = true) {
      return census.count(kind, isExpected);
    };
    size_t lookAlikes = count(LandingKind::LookAlike);
    os << "\n"
       << census.name << ": " << census.machine << ", " << census.codeBytes
       << " bytes of code in " << census.sections << " section(s)\n";
    os << "  entries with an expected id: " << count(LandingKind::Function)
       << " function(s) and " << count(LandingKind::ExtraEntry) << " extra\n";
    os << "  entries with an id that no check expects: "
       << count(LandingKind::Function, false) << " function(s) and "
       << count(LandingKind::ExtraEntry, false) << " extra\n";
    os << "  look-alikes: " << lookAlikes;
    if (lookAlikes)
      os << llvm::formatv(", {0:f1} a MB of code",
                          lookAlikes * 1e6 / census.codeBytes);
    os << "\n";
    // What must not be first, what is expected last.
    static constexpr std::pair<LandingKind, bool> kOrder[] = {
        {LandingKind::LookAlike, true},
        {LandingKind::ExtraEntry, false},
        {LandingKind::Function, false},
        {LandingKind::ExtraEntry, true},
        {LandingKind::Function, true}};
    for (auto [kind, isExpected] : kOrder) {
      LineLimit lines(os, limit, "  ");
      for (const Landing &landing : census.landings) {
        if (landing.kind != kind || landing.isExpected != isExpected ||
            !lines.take())
          continue;
        os << "  " << (isExpected ? "" : "not expected: ") << getKindName(kind)
           << " at " << llvm::format_hex(landing.address, 1) << " in "
           << landing.section;
        if (!landing.symbols.empty())
          os << ", @" << llvm::join(landing.symbols, " @");
        if (landing.kind == LandingKind::LookAlike)
          os << " + " << llvm::format_hex(landing.distance, 1);
        if (!landing.entryOf.empty())
          os << " of @" << landing.entryOf;
        os << ": " << formatTypeId(landing.id) << " "
           << program.getReadableType(landing.id) << "\n";
      }
    }
  }
}

void mlir::kcfi::printJSONCensus(const Program &program,
                                 ArrayRef<Census> objects,
                                 llvm::raw_ostream &os) {
  llvm::json::OStream json(os, /*IndentSize=*/2);
  auto text = [](StringRef value) { return llvm::json::fixUTF8(value); };
  auto [expected, other] = countIds(program);
  json.object([&, expected = expected, other = other] {
    json.attribute("format", "kcfi-census 1");
    json.attribute("ids_expected", expected);
    json.attribute("ids_other", other);
    json.attributeArray("objects", [&] {
      for (const Census &census : objects)
        json.object([&] {
          auto count = [&](LandingKind kind, bool isExpected) {
            return static_cast<int64_t>(census.count(kind, isExpected));
          };
          json.attribute("name", text(census.name));
          json.attribute("machine", census.machine);
          json.attribute("code_bytes", static_cast<int64_t>(census.codeBytes));
          json.attribute("sections", census.sections);
          json.attribute("functions", count(LandingKind::Function, true));
          json.attribute("extra_entries", count(LandingKind::ExtraEntry, true));
          json.attribute("look_alikes", count(LandingKind::LookAlike, true));
          json.attribute("functions_not_expected",
                         count(LandingKind::Function, false));
          json.attribute("extra_entries_not_expected",
                         count(LandingKind::ExtraEntry, false));
          json.attributeArray("landings", [&] {
            for (const Landing &landing : census.landings)
              json.object([&] {
                json.attribute("kind", getKindName(landing.kind));
                json.attribute("id", static_cast<int64_t>(landing.id));
                json.attribute("expected", landing.isExpected);
                json.attribute("type",
                               text(program.getReadableType(landing.id)));
                json.attribute("section", text(landing.section));
                json.attribute("address",
                               static_cast<int64_t>(landing.address));
                json.attributeArray("symbols", [&] {
                  for (StringRef symbol : landing.symbols)
                    json.value(text(symbol));
                });
                if (landing.kind == LandingKind::LookAlike)
                  json.attribute("distance",
                                 static_cast<int64_t>(landing.distance));
                if (!landing.entryOf.empty())
                  json.attribute("entry_of", text(landing.entryOf));
              });
          });
        });
    });
  });
  os << "\n";
}
