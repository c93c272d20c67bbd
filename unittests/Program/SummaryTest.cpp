//===- SummaryTest.cpp - Summaries as sets and as text -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Program/Summary.h"

#include "gtest/gtest.h"

#include <random>
#include <set>

using namespace mlir::kcfi;

namespace {

/// Random records over few names, so that repetitions are frequent.
class Generator {
public:
  explicit Generator(unsigned seed) : random(seed) {}

  unsigned below(unsigned bound) { return random() % bound; }
  bool coin() { return below(2); }

  std::string name() {
    // Separators of places, escapes, quotes, control characters, bytes that
    // are not UTF-8, the end of a string in C.
    static const std::string kNames[] = {
        "f",    "a#1",      "b+2",       "c:d",  "\\",
        "\\5C", "\"q\"",    "\x01",      "\xff", "\xc3\xa9",
        "",     " ",        {"x\0y", 3}, "\xc3", "\n",
        "\t",   "\xed\xa0", "é+",        "#",    "\xf0\x9f\x98\x80"};
    return kNames[below(std::size(kNames))];
  }
  std::string unit() { return "unit" + std::to_string(below(4)); }
  std::optional<uint32_t> id() {
    if (coin())
      return std::nullopt;
    return below(3) * 0x7fffffff;
  }
  std::string location() { return coin() ? "" : "a.c:1:" + name(); }

  Place place() {
    Place result;
    result.kind = static_cast<PlaceKind>(
        below(static_cast<unsigned>(PlaceKind::Elsewhere) + 1));
    switch (result.kind) {
    case PlaceKind::Function:
    case PlaceKind::Result:
      result.name = name();
      break;
    case PlaceKind::Parameter:
    case PlaceKind::Site:
    case PlaceKind::Field:
    case PlaceKind::Global:
    case PlaceKind::Elements:
      result.name = name();
      result.number = coin() ? below(3) : UINT64_MAX;
      break;
    case PlaceKind::Argument:
      result.number = below(3);
      result.id = below(3);
      break;
    case PlaceKind::Returned:
      result.id = below(3);
      break;
    case PlaceKind::Elsewhere:
      break;
    }
    return result;
  }

  Summary summary() {
    Summary result;
    // What a unit is follows from its name.
    for (unsigned i = 0; i < 4; ++i) {
      UnitRecord record;
      record.unit = "unit" + std::to_string(i);
      record.target = "x86_64";
      record.isProtected = i & 1;
      record.hash = i & 2 ? HashKind::FNV1a : HashKind::XXHash64;
      record.normalizeIntegers = i & 2;
      record.patchablePrefix = i;
      record.arity = i == 3;
      record.equivalences = i & 1 ? "none" : "";
      result.units.push_back(record);
    }
    for (unsigned i = 0, e = below(30); i < e; ++i) {
      result.functions.push_back(
          {unit(), name(), coin(), coin(), coin(), coin(), coin(), id(),
           below(2) * (random() | 1), location(), location(), location()});
      result.aliases.push_back(
          {unit(), name(), name(), coin(), coin(), location()});
      result.globals.push_back({unit(), name(), coin()});
      result.classes.push_back({below(3), name(), name()});
      result.views.push_back({unit(), name(), place(), location()});
      result.sites.push_back({unit(), name(), below(3),
                              static_cast<CheckState>(below(4)), id(), below(3),
                              location(), location()});
      result.calls.push_back({unit(), name(), name(), id(), location()});
      result.flows.push_back({unit(), place(), place()});
    }
    return result;
  }

private:
  std::mt19937_64 random;
};

std::string write(const Summary &summary) {
  std::string text;
  llvm::raw_string_ostream os(text);
  summary.write(os);
  return text;
}

std::string normalized(Summary summary) {
  llvm::Error error = summary.normalize();
  EXPECT_FALSE(static_cast<bool>(error)) << llvm::toString(std::move(error));
  return write(summary);
}

Summary merged(Summary left, Summary right) {
  left.merge(std::move(right));
  return left;
}

Summary read(const std::string &text) {
  llvm::Expected<Summary> summary =
      Summary::read(llvm::MemoryBufferRef(text, "text"));
  if (!summary) {
    ADD_FAILURE() << llvm::toString(summary.takeError());
    return {};
  }
  return std::move(*summary);
}

/// What `LC_ALL=C sort -u` does.
std::string sortLines(llvm::StringRef text) {
  std::set<std::string> lines;
  while (!text.empty()) {
    auto [line, rest] = text.split('\n');
    lines.insert(line.str());
    text = rest;
  }
  std::string result;
  for (const std::string &line : lines)
    result += line + "\n";
  return result;
}

TEST(Summary, MergeIsUnion) {
  for (unsigned seed = 0; seed < 50; ++seed) {
    Generator generator(seed);
    Summary a = generator.summary(), b = generator.summary(),
            c = generator.summary();
    EXPECT_EQ(normalized(merged(a, b)), normalized(merged(b, a)));
    EXPECT_EQ(normalized(merged(merged(a, b), c)),
              normalized(merged(a, merged(b, c))));
    EXPECT_EQ(normalized(merged(a, a)), normalized(a));
    EXPECT_EQ(normalized(merged(a, Summary())), normalized(a));
    // Nothing gets lost.
    EXPECT_NE(normalized(merged(a, b)), normalized(Summary()));
  }
}

TEST(Summary, MergeOfTextsIsSort) {
  for (unsigned seed = 0; seed < 50; ++seed) {
    Generator generator(seed);
    Summary a = generator.summary(), b = generator.summary();
    std::string left = normalized(a), right = normalized(b);
    EXPECT_EQ(sortLines(left), left);
    EXPECT_EQ(sortLines(left + right), normalized(merged(a, b)));
  }
}

TEST(Summary, RoundTrip) {
  for (unsigned seed = 0; seed < 50; ++seed) {
    Generator generator(seed);
    std::string text = normalized(generator.summary());
    EXPECT_EQ(write(read(text)), text);
    // Lines in any order, repeated.
    EXPECT_EQ(write(read(text + text)), text);
  }
}

TEST(Summary, Places) {
  for (const char *text :
       {"function:f", "param:qsort#3", "result:a:b", "field:list+8",
        "global:a+b+0", "elements:a+b+8", "site:a#b#0", "argument:0x00050794#1",
        "returned:0x00050794", "elsewhere", "field:+0"}) {
    std::optional<Place> place = Place::parse(text);
    ASSERT_TRUE(place) << text;
    EXPECT_EQ(place->str(), text);
  }
  std::optional<Place> place = Place::parse("global:a+b+24");
  ASSERT_TRUE(place);
  EXPECT_EQ(place->kind, PlaceKind::Global);
  EXPECT_EQ(place->name, "a+b");
  EXPECT_EQ(place->number, 24u);
  for (const char *text :
       {"", "f", "param:f", "param:f#", "param:f#-1", "param:f#01", "field:f#1",
        "argument:50794#1", "argument:0x50794#1", "argument:0x00050794",
        "returned:0x0005079G", "elsewhere:", "elsewhere:f", "Function:f",
        "global:g+18446744073709551616"})
    EXPECT_FALSE(Place::parse(text)) << text;
}

} // namespace
