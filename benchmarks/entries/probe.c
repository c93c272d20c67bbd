//===- probe.c - Calls entries of a program wrongly -------------*- C -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Linked into a program, it does nothing unless the environment has KCFI_PROBE,
// a list of addresses relative to `kcfi_probe_origin`. Then it prints for each
// the type id in front of it, and how a child process ends that calls it
// through a pointer of a type that no function has: "trap" is what should
// happen.
//
//===----------------------------------------------------------------------===//

#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

struct kcfi_probe_nothing;
typedef void wrong_type(struct kcfi_probe_nothing *, long double, float);

char kcfi_probe_origin = 1;

static const char *call_wrongly(const char *entry) {
  pid_t child = fork();
  if (child == 0) {
    struct rlimit no_core = {0, 0};
    setrlimit(RLIMIT_CORE, &no_core);
    signal(SIGILL, SIG_DFL);
    signal(SIGALRM, SIG_DFL);
    alarm(10); // what is called wrongly may not return
    wrong_type *volatile function = (wrong_type *)entry;
    function(0, 0, 0);
    _exit(0);
  }
  int status;
  if (child < 0 || waitpid(child, &status, 0) != child)
    return "unknown";
  if (!WIFSIGNALED(status))
    return "returned";
  switch (WTERMSIG(status)) {
  case SIGILL:
    return "trap";
  case SIGALRM:
    return "endless";
  default:
    return "crashed";
  }
}

__attribute__((constructor)) static void probe(void) {
  const char *list = getenv("KCFI_PROBE");
  if (!list)
    return;
  for (char *end; *list; list = end) {
    const char *entry = &kcfi_probe_origin + strtoll(list, &end, 10);
    if (end == list)
      break;
    uint32_t id;
    memcpy(&id, entry - sizeof id, sizeof id);
    const char *verdict = call_wrongly(entry);
    printf("0x%08x %s\n", (unsigned)id, verdict);
  }
  fflush(stdout);
  _exit(0);
}
