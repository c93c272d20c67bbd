//===- Summary.cpp - What a module contains, as records -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Program/Summary.h"
#include "kcfi/IR/KCFIAttributes.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/JSON.h"

using namespace mlir;
using namespace mlir::kcfi;

//===----------------------------------------------------------------------===//
// Places
//===----------------------------------------------------------------------===//

static constexpr PlaceKind kPlaceKinds[] = {
    PlaceKind::Function, PlaceKind::Parameter, PlaceKind::Result,
    PlaceKind::Field,    PlaceKind::Global,    PlaceKind::Elements,
    PlaceKind::Site,     PlaceKind::Argument,  PlaceKind::Returned,
    PlaceKind::Elsewhere};

static StringRef getPrefix(PlaceKind kind) {
  switch (kind) {
  case PlaceKind::Function:
    return "function";
  case PlaceKind::Parameter:
    return "param";
  case PlaceKind::Result:
    return "result";
  case PlaceKind::Field:
    return "field";
  case PlaceKind::Global:
    return "global";
  case PlaceKind::Elements:
    return "elements";
  case PlaceKind::Site:
    return "site";
  case PlaceKind::Argument:
    return "argument";
  case PlaceKind::Returned:
    return "returned";
  case PlaceKind::Elsewhere:
    return "elsewhere";
  }
  llvm_unreachable("unknown kind of place");
}

/// What stands between name and number, 0 for kinds without a number.
static char getSeparator(PlaceKind kind) {
  switch (kind) {
  case PlaceKind::Parameter:
  case PlaceKind::Site:
  case PlaceKind::Argument:
    return '#';
  case PlaceKind::Field:
  case PlaceKind::Global:
  case PlaceKind::Elements:
    return '+';
  case PlaceKind::Function:
  case PlaceKind::Result:
  case PlaceKind::Returned:
  case PlaceKind::Elsewhere:
    return 0;
  }
  llvm_unreachable("unknown kind of place");
}

static bool hasId(PlaceKind kind) {
  return kind == PlaceKind::Argument || kind == PlaceKind::Returned;
}

std::string Place::str() const {
  std::string text = getPrefix(kind).str();
  if (kind == PlaceKind::Elsewhere)
    return text;
  text += ':';
  text += hasId(kind) ? formatTypeId(id) : name;
  if (char separator = getSeparator(kind)) {
    text += separator;
    text += std::to_string(number);
  }
  return text;
}

/// The inverse of `formatTypeId`.
static std::optional<uint32_t> parseTypeId(StringRef text) {
  uint32_t id;
  StringRef digits = text;
  if (!digits.consume_front("0x") || digits.getAsInteger(16, id) ||
      formatTypeId(id) != text)
    return std::nullopt;
  return id;
}

std::optional<Place> Place::parse(StringRef text) {
  Place place;
  StringRef prefix, rest;
  std::tie(prefix, rest) = text.split(':');
  const PlaceKind *kind = llvm::find_if(
      kPlaceKinds, [&](PlaceKind kind) { return getPrefix(kind) == prefix; });
  if (kind == std::end(kPlaceKinds))
    return std::nullopt;
  place.kind = *kind;
  if (char separator = getSeparator(place.kind)) {
    // Names may contain the separator, numbers do not.
    StringRef number;
    std::tie(rest, number) = rest.rsplit(separator);
    if (number.getAsInteger(10, place.number))
      return std::nullopt;
  }
  if (hasId(place.kind)) {
    std::optional<uint32_t> id = parseTypeId(rest);
    if (!id)
      return std::nullopt;
    place.id = *id;
  } else {
    place.name = rest.str();
  }
  // One place has one text.
  if (place.str() != text)
    return std::nullopt;
  return place;
}

//===----------------------------------------------------------------------===//
// Records: kinds, keys and values, for writer and reader
//===----------------------------------------------------------------------===//

static constexpr CheckState kStates[] = {
    CheckState::Unchecked, CheckState::Pending, CheckState::Bundle,
    CheckState::Expanded};

static StringRef getKind(const UnitRecord *) { return "unit"; }
static StringRef getKind(const FunctionRecord *) { return "function"; }
static StringRef getKind(const AliasRecord *) { return "alias"; }
static StringRef getKind(const GlobalRecord *) { return "global"; }
static StringRef getKind(const ClassRecord *) { return "class"; }
static StringRef getKind(const ViewRecord *) { return "view"; }
static StringRef getKind(const SiteRecord *) { return "site"; }
static StringRef getKind(const CallRecord *) { return "call"; }
static StringRef getKind(const FlowRecord *) { return "flow"; }
static StringRef getKind(const ChecksRecord *) { return "checks"; }
static StringRef getKind(const PromotionRecord *) { return "promotion"; }
static StringRef getKind(const DamageRecord *) { return "damage"; }

template <typename IO>
static void describe(IO &io, UnitRecord &record) {
  io.version("version");
  io.text("unit", record.unit);
  io.text("target", record.target);
  io.flag("protected", record.isProtected);
  io.hash("hash", record.hash);
  io.flag("normalize", record.normalizeIntegers);
  io.number("prefix", record.patchablePrefix, /*isOptional=*/true);
  io.flag("arity", record.arity);
  io.optionalText("equivalences", record.equivalences);
}
template <typename IO>
static void describe(IO &io, FunctionRecord &record) {
  io.text("unit", record.unit);
  io.text("name", record.name);
  io.flag("defined", record.isDefined);
  io.flag("local", record.isLocal);
  io.flag("weak", record.isWeak);
  io.flag("taken", record.isAddressTaken);
  io.flag("compared", record.isCompared);
  io.id("id", record.id);
  io.digest("body", record.body);
  io.optionalText("shape", record.shape);
  io.optionalText("entry_of", record.entryOf);
  io.optionalText("location", record.location);
}
template <typename IO>
static void describe(IO &io, AliasRecord &record) {
  io.text("unit", record.unit);
  io.text("name", record.name);
  io.text("target", record.target);
  io.flag("local", record.isLocal);
  io.flag("ifunc", record.isIFunc);
  io.optionalText("shape", record.shape);
}
template <typename IO>
static void describe(IO &io, GlobalRecord &record) {
  io.text("unit", record.unit);
  io.text("name", record.name);
  io.flag("local", record.isLocal);
}
template <typename IO>
static void describe(IO &io, ClassRecord &record) {
  io.requiredId("id", record.id);
  io.optionalText("string", record.string);
  io.optionalText("type", record.type);
}
template <typename IO>
static void describe(IO &io, ViewRecord &record) {
  io.text("unit", record.unit);
  io.text("function", record.function);
  io.place("place", record.place);
  io.optionalText("location", record.location);
}
template <typename IO>
static void describe(IO &io, SiteRecord &record) {
  io.text("unit", record.unit);
  io.text("caller", record.caller);
  io.number("index", record.index, /*isOptional=*/false);
  io.state("state", record.state);
  io.id("id", record.id);
  io.number("slot", record.slot, /*isOptional=*/true);
  io.optionalText("shape", record.shape);
  io.optionalText("location", record.location);
}
template <typename IO>
static void describe(IO &io, CallRecord &record) {
  io.text("unit", record.unit);
  io.text("caller", record.caller);
  io.text("callee", record.callee);
  io.id("id", record.id);
  io.optionalText("location", record.location);
}
template <typename IO>
static void describe(IO &io, FlowRecord &record) {
  io.text("unit", record.unit);
  io.place("from", record.from);
  io.place("to", record.to);
}
template <typename IO>
static void describe(IO &io, ChecksRecord &record) {
  io.text("unit", record.unit);
  io.requiredId("id", record.id);
  io.number("before", record.before, /*isOptional=*/true);
  io.number("after", record.after, /*isOptional=*/true);
}
template <typename IO>
static void describe(IO &io, PromotionRecord &record) {
  io.text("unit", record.unit);
  io.text("caller", record.caller);
  io.text("callee", record.callee);
  io.requiredId("id", record.id);
}
template <typename IO>
static void describe(IO &io, DamageRecord &record) {
  io.text("unit", record.unit);
  io.text("damage", record.damage);
  io.text("message", record.message);
  io.optionalText("location", record.location);
}

//===----------------------------------------------------------------------===//
// Names of any bytes in JSON, which is Unicode
//===----------------------------------------------------------------------===//

/// Bytes that are not UTF-8, and the escape character itself, as LLVM IR writes
/// them: `\` and two hex digits.
static std::string escape(StringRef text) {
  if (!text.contains('\\') && llvm::json::isUTF8(text))
    return text.str();
  std::string result;
  while (!text.empty()) {
    // The longest sequence of UTF-8 is four bytes.
    size_t length = 1;
    while (length < 4 && length < text.size() &&
           !llvm::json::isUTF8(text.take_front(length)))
      ++length;
    StringRef character = text.take_front(length);
    if (character == "\\" || !llvm::json::isUTF8(character)) {
      result += '\\';
      result += llvm::toHex(text.take_front(1));
      text = text.drop_front(1);
      continue;
    }
    result += character;
    text = text.drop_front(length);
  }
  return result;
}

static std::optional<std::string> unescape(StringRef text) {
  std::string result;
  while (true) {
    size_t position = text.find('\\');
    result += text.take_front(position);
    if (position == StringRef::npos)
      return result;
    std::string byte;
    if (!llvm::tryGetFromHex(text.substr(position + 1, 2), byte) ||
        text.size() < position + 3)
      return std::nullopt;
    result += byte;
    text = text.drop_front(position + 3);
  }
}

//===----------------------------------------------------------------------===//
// Writer
//===----------------------------------------------------------------------===//

namespace {

class Writer {
public:
  explicit Writer(llvm::json::OStream &json) : json(json) {}

  void version(StringRef key) { json.attribute(key, kSummaryVersion); }
  void text(StringRef key, const std::string &value) {
    json.attribute(key, escape(value));
  }
  void optionalText(StringRef key, const std::string &value) {
    if (!value.empty())
      text(key, value);
  }
  void flag(StringRef key, bool value) {
    if (value)
      json.attribute(key, true);
  }
  void number(StringRef key, uint32_t value, bool isOptional) {
    if (!isOptional || value)
      json.attribute(key, value);
  }
  void requiredId(StringRef key, uint32_t value) {
    json.attribute(key, formatTypeId(value));
  }
  void id(StringRef key, std::optional<uint32_t> value) {
    if (value)
      requiredId(key, *value);
  }
  void digest(StringRef key, uint64_t value) {
    if (value)
      json.attribute(key,
                     llvm::utohexstr(value, /*LowerCase=*/true, /*Width=*/16));
  }
  void place(StringRef key, const Place &value) { text(key, value.str()); }
  void state(StringRef key, CheckState value) {
    json.attribute(key, getStateName(value));
  }
  void hash(StringRef key, HashKind value) {
    json.attribute(key, stringifyHashKind(value));
  }

private:
  llvm::json::OStream &json;
};

} // namespace

template <typename RecordT>
static std::string getLine(const RecordT &record) {
  std::string line;
  llvm::raw_string_ostream os(line);
  llvm::json::OStream json(os);
  json.object([&] {
    json.attribute("kind", getKind(&record));
    Writer writer(json);
    // The description is shared with the reader, which fills in the record.
    describe(writer, const_cast<RecordT &>(record));
  });
  return line;
}

/// Calls `fn` with each list of records, in the order of their lines.
template <typename SummaryT, typename FnT>
static void forEachList(SummaryT &summary, FnT fn) {
  fn(summary.aliases);
  fn(summary.calls);
  fn(summary.checks);
  fn(summary.classes);
  fn(summary.damages);
  fn(summary.flows);
  fn(summary.functions);
  fn(summary.globals);
  fn(summary.promotions);
  fn(summary.sites);
  fn(summary.units);
  fn(summary.views);
}

void Summary::write(llvm::raw_ostream &os) const {
  forEachList(*this, [&](const auto &records) {
    for (const auto &record : records)
      os << getLine(record) << '\n';
  });
}

//===----------------------------------------------------------------------===//
// Merge
//===----------------------------------------------------------------------===//

template <typename RecordT>
static void append(std::vector<RecordT> &to, std::vector<RecordT> &&from) {
  if (to.empty()) {
    to = std::move(from);
    return;
  }
  to.insert(to.end(), std::make_move_iterator(from.begin()),
            std::make_move_iterator(from.end()));
}

void Summary::merge(Summary &&other) {
  append(units, std::move(other.units));
  append(functions, std::move(other.functions));
  append(aliases, std::move(other.aliases));
  append(globals, std::move(other.globals));
  append(classes, std::move(other.classes));
  append(views, std::move(other.views));
  append(sites, std::move(other.sites));
  append(calls, std::move(other.calls));
  append(flows, std::move(other.flows));
  append(checks, std::move(other.checks));
  append(promotions, std::move(other.promotions));
  append(damages, std::move(other.damages));
}

void Summary::renameUnit(StringRef from, StringRef to) {
  forEachList(*this, [&](auto &records) {
    using RecordT = typename std::decay_t<decltype(records)>::value_type;
    if constexpr (!std::is_same_v<RecordT, ClassRecord>)
      for (RecordT &record : records)
        if (record.unit == from)
          record.unit = to.str();
  });
}

template <typename RecordT>
static void sortAndUnique(std::vector<RecordT> &records) {
  std::vector<std::pair<std::string, size_t>> lines;
  lines.reserve(records.size());
  for (auto [index, record] : llvm::enumerate(records))
    lines.emplace_back(getLine(record), index);
  llvm::sort(lines);
  lines.erase(llvm::unique(lines,
                           [](const auto &left, const auto &right) {
                             return left.first == right.first;
                           }),
              lines.end());
  std::vector<RecordT> sorted;
  sorted.reserve(lines.size());
  for (const auto &[line, index] : lines)
    sorted.push_back(std::move(records[index]));
  records = std::move(sorted);
}

llvm::Error Summary::normalize() {
  forEachList(*this, [](auto &records) { sortAndUnique(records); });
  // Equal names begin their lines alike, so they are neighbours.
  for (size_t index = 1; index < units.size(); ++index)
    if (units[index - 1].unit == units[index].unit)
      return llvm::createStringError("unit '" + units[index].unit +
                                     "' has two different records");
  return llvm::Error::success();
}

//===----------------------------------------------------------------------===//
// Reader
//===----------------------------------------------------------------------===//

namespace {

class Reader {
public:
  explicit Reader(const llvm::json::Object &object) : object(object) {
    known.insert("kind");
  }

  void version(StringRef key) {
    const llvm::json::Value *value = get(key, /*isOptional=*/false);
    if (!value)
      return;
    std::optional<uint64_t> number = value->getAsUINT64();
    if (!number)
      return refuse(key, "a number");
    if (*number == kSummaryVersion)
      return;
    unknownVersion = true;
    fail("version " + Twine(*number) + " of summaries is not known, only " +
         Twine(kSummaryVersion) + " is");
  }
  void text(StringRef key, std::string &result, bool isOptional = false) {
    const llvm::json::Value *value = get(key, isOptional);
    if (!value)
      return;
    std::optional<StringRef> string = value->getAsString();
    if (!string)
      return refuse(key, "a string");
    std::optional<std::string> plain = unescape(*string);
    if (!plain)
      return refuse(key, "a string where '\\' stands before two hex digits");
    result = std::move(*plain);
  }
  void optionalText(StringRef key, std::string &result) {
    text(key, result, /*isOptional=*/true);
  }
  void flag(StringRef key, bool &result) {
    const llvm::json::Value *value = get(key, /*isOptional=*/true);
    if (!value)
      return;
    std::optional<bool> boolean = value->getAsBoolean();
    if (!boolean)
      return refuse(key, "true or false");
    result = *boolean;
  }
  void number(StringRef key, uint32_t &result, bool isOptional) {
    const llvm::json::Value *value = get(key, isOptional);
    if (!value)
      return;
    std::optional<uint64_t> number = value->getAsUINT64();
    if (!number || *number > UINT32_MAX)
      return refuse(key, "a number of 32 bits");
    result = *number;
  }
  void requiredId(StringRef key, uint32_t &result) {
    std::optional<uint32_t> optional;
    id(key, optional, /*isOptional=*/false);
    result = optional.value_or(0);
  }
  void id(StringRef key, std::optional<uint32_t> &result,
          bool isOptional = true) {
    const llvm::json::Value *value = get(key, isOptional);
    if (!value)
      return;
    result = parseTypeId(value->getAsString().value_or(""));
    if (!result)
      refuse(key, "an id such as \"0x00050794\"");
  }
  void digest(StringRef key, uint64_t &result) {
    const llvm::json::Value *value = get(key, /*isOptional=*/true);
    if (!value)
      return;
    StringRef text = value->getAsString().value_or("");
    if (text.size() != 16 || text.getAsInteger(16, result))
      refuse(key, "a string of 16 hex digits");
  }
  void place(StringRef key, Place &result) {
    std::string string;
    text(key, string);
    if (!error.empty())
      return;
    std::optional<Place> place = Place::parse(string);
    if (!place)
      return refuse(key, "a place such as \"field:list+8\"");
    result = std::move(*place);
  }
  void state(StringRef key, CheckState &result) {
    const llvm::json::Value *value = get(key, /*isOptional=*/false);
    if (!value)
      return;
    for (CheckState state : kStates) {
      if (value->getAsString() == getStateName(state)) {
        result = state;
        return;
      }
    }
    refuse(key, "a state of a check");
  }
  void hash(StringRef key, HashKind &result) {
    const llvm::json::Value *value = get(key, /*isOptional=*/false);
    if (!value)
      return;
    std::optional<HashKind> hash =
        symbolizeHashKind(value->getAsString().value_or(""));
    if (!hash)
      return refuse(key, "a hash");
    result = *hash;
  }

  /// The error, empty if there is none. All keys have been asked for.
  std::string finish() {
    if (error.empty() && known.size() != object.size())
      for (const auto &[key, value] : object)
        if (!known.contains(key))
          fail("unknown key '" + StringRef(key) + "'");
    return std::move(error);
  }
  bool isUnknownVersion() const { return unknownVersion; }

private:
  const llvm::json::Value *get(StringRef key, bool isOptional) {
    const llvm::json::Value *value = object.get(key);
    if (value)
      known.insert(key);
    else if (!isOptional)
      fail("key '" + key + "' is missing");
    return value;
  }
  void refuse(StringRef key, const Twine &expected) {
    fail("key '" + key + "' is not " + expected);
  }
  void fail(const Twine &message) {
    if (error.empty())
      error = message.str();
  }

  const llvm::json::Object &object;
  llvm::StringSet<> known;
  std::string error;
  bool unknownVersion = false;
};

/// Reads the records of one text.
class LineReader {
public:
  explicit LineReader(Summary &summary) : summary(summary) {}

  /// The first error with its line; a version that is not known comes before
  /// all others, since it explains them.
  void read(StringRef line, unsigned number);
  /// Compares the units of the records with the unit records.
  void checkUnits();

  std::string error;
  unsigned errorLine = 0;

private:
  void fail(const Twine &message, unsigned number, bool isFirst = false) {
    if (!error.empty() && !isFirst)
      return;
    error = message.str();
    errorLine = number;
  }
  template <typename RecordT>
  void readRecord(const llvm::json::Object &object, unsigned number,
                  std::vector<RecordT> &records) {
    Reader reader(object);
    RecordT &record = records.emplace_back();
    describe(reader, record);
    std::string message = reader.finish();
    if (!message.empty())
      return fail(message, number, reader.isUnknownVersion());
    if constexpr (!std::is_same_v<RecordT, ClassRecord>)
      firstMention.try_emplace(record.unit, number);
  }

  Summary &summary;
  /// By unit, the first line that names it.
  llvm::StringMap<unsigned> firstMention;
};

void LineReader::read(StringRef line, unsigned number) {
  llvm::Expected<llvm::json::Value> value = llvm::json::parse(line);
  if (!value)
    return fail("not JSON: " + llvm::toString(value.takeError()), number);
  const llvm::json::Object *object = value->getAsObject();
  std::optional<StringRef> kind;
  if (object)
    kind = object->getString("kind");
  if (!kind)
    return fail("not an object with a key 'kind'", number);
  bool found = false;
  forEachList(summary, [&](auto &records) {
    if (*kind != getKind(records.data()))
      return;
    found = true;
    readRecord(*object, number, records);
  });
  if (!found)
    fail("unknown kind '" + *kind + "' of record", number);
}

void LineReader::checkUnits() {
  llvm::StringSet<> known;
  for (const UnitRecord &record : summary.units)
    known.insert(record.unit);
  std::pair<unsigned, StringRef> first(UINT_MAX, "");
  for (const auto &entry : firstMention)
    if (!known.contains(entry.getKey()))
      first = std::min(first, {entry.getValue(), entry.getKey()});
  if (first.first != UINT_MAX)
    fail("no unit record for unit '" + first.second + "'", first.first);
}

} // namespace

llvm::Expected<Summary> Summary::read(llvm::MemoryBufferRef buffer) {
  Summary summary;
  LineReader reader(summary);
  StringRef text = buffer.getBuffer();
  for (unsigned number = 1; !text.empty(); ++number) {
    StringRef line;
    std::tie(line, text) = text.split('\n');
    reader.read(line, number);
  }
  if (reader.error.empty())
    reader.checkUnits();
  if (!reader.error.empty())
    return llvm::createStringError(buffer.getBufferIdentifier() + ":" +
                                   Twine(reader.errorLine) + ": " +
                                   reader.error);
  if (llvm::Error error = summary.normalize())
    return llvm::createStringError(buffer.getBufferIdentifier() + ": " +
                                   llvm::toString(std::move(error)));
  return summary;
}
