//===- kcfi-lsp-server.cpp - Language server for editors -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// MLIR's server with all dialects, and more to say when the mouse is over a
// signature. MLIR's server has no hook for that, so its standard input is a
// stream that this program reads first: requests that it can answer are
// answered between two messages and not passed on.
//
//===----------------------------------------------------------------------===//

#include "Hover.h"
#include "kcfi/InitAll.h"
#include "kcfi/Tools/ToolSetup.h"
#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/Tools/mlir-lsp-server/MlirLspServerMain.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/LSP/Transport.h"
#include "llvm/Support/raw_ostream.h"

#include <cstdio>
#include <cstring>

using namespace mlir;

namespace {

/// The messages of the client that are for MLIR's server.
class Filter {
public:
  Filter(std::FILE *input, llvm::lsp::JSONStreamStyle style, bool pretty,
         const DialectRegistry &registry)
      : input(input, style), style(style),
        replies(/*In=*/nullptr, llvm::outs(), pretty), registry(registry) {}

  /// Reads like `fread`, never further than to the end of a message: what comes
  /// behind it must not be answered before.
  size_t read(char *buffer, size_t size) {
    if (rest.empty()) {
      std::string message;
      do {
        if (input.isEndOfInput() || input.hasError())
          return 0;
        if (failed(input.readMessage(message)))
          continue;
      } while (message.empty() || answer(message));
      frame(message);
    }
    size = std::min(size, rest.size());
    std::memcpy(buffer, rest.data(), size);
    rest = rest.drop_front(size);
    return size;
  }

private:
  void frame(StringRef message) {
    current = style == llvm::lsp::Delimited
                  ? (message + "\n// -----\n").str()
                  : ("Content-Length: " + Twine(message.size()) + "\r\n\r\n" +
                     message)
                        .str();
    rest = current;
  }

  /// Keeps track of documents; true if the message has been answered.
  bool answer(StringRef message) {
    llvm::Expected<llvm::json::Value> json = llvm::json::parse(message);
    if (!json) {
      // The server says so.
      llvm::consumeError(json.takeError());
      return false;
    }
    const llvm::json::Object *object = json->getAsObject();
    const llvm::json::Object *params =
        object ? object->getObject("params") : nullptr;
    const llvm::json::Object *document =
        params ? params->getObject("textDocument") : nullptr;
    std::optional<StringRef> method =
        object ? object->getString("method") : std::nullopt;
    std::optional<StringRef> uri =
        document ? document->getString("uri") : std::nullopt;
    if (!method || !uri)
      return false;
    if (*method == "textDocument/didOpen") {
      if (std::optional<StringRef> text = document->getString("text"))
        documents[*uri] = text->str();
    } else if (*method == "textDocument/didChange") {
      // Changes are the whole text: the server asks for nothing else.
      if (const llvm::json::Array *changes = params->getArray("contentChanges"))
        for (const llvm::json::Value &change : *changes)
          if (const llvm::json::Object *content = change.getAsObject())
            if (std::optional<StringRef> text = content->getString("text"))
              documents[*uri] = text->str();
    } else if (*method == "textDocument/didClose") {
      documents.erase(*uri);
    } else if (*method == "textDocument/hover") {
      auto it = documents.find(*uri);
      const llvm::json::Value *position = params->get("position"),
                              *id = object->get("id");
      llvm::lsp::Position parsed;
      llvm::json::Path::Root root;
      if (it == documents.end() || !position || !id ||
          !llvm::lsp::fromJSON(*position, parsed, root))
        return false;
      std::optional<llvm::lsp::Hover> hover =
          kcfi::getSignatureHover(it->second, parsed, registry);
      if (!hover)
        return false;
      replies.reply(*id, llvm::lsp::toJSON(*hover));
      return true;
    }
    return false;
  }

  llvm::lsp::JSONTransportInputOverFile input;
  llvm::lsp::JSONStreamStyle style;
  llvm::lsp::JSONTransport replies;
  const DialectRegistry &registry;
  llvm::StringMap<std::string> documents;
  /// The message that is being read.
  std::string current;
  StringRef rest;
};

} // namespace

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  kcfi::setUpTool();
  DialectRegistry registry;
  registerAllDialects(registry);
  registerAllExtensions(registry);
  kcfi::registerAll(registry);

  // The options are those of MLIR's server, which parses them.
  llvm::lsp::JSONStreamStyle style = llvm::lsp::Standard;
  bool pretty = false;
  for (StringRef arg : llvm::ArrayRef(argv + 1, argc - 1)) {
    arg = arg.ltrim('-');
    if (arg == "lit-test" || arg == "input-style=delimited")
      style = llvm::lsp::Delimited;
    if (arg == "lit-test" || arg == "pretty")
      pretty = true;
  }
  Filter filter(stdin, style, pretty, registry);
  cookie_io_functions_t functions = {};
  functions.read = [](void *cookie, char *buffer, size_t size) -> ssize_t {
    return static_cast<Filter *>(cookie)->read(buffer, size);
  };
  std::FILE *filtered = fopencookie(&filter, "r", functions);
  if (!filtered) {
    llvm::errs() << "error: cannot read the standard input: "
                 << std::strerror(errno) << "\n";
    return EXIT_FAILURE;
  }
  stdin = filtered;
  return failed(MlirLspServerMain(argc, argv, registry));
}
