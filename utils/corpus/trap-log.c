//===- trap-log.c - Log failed checks and go on ------------------*- C -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A library for LD_PRELOAD. Where a check of KCFI fails, it appends one line to
// the file KCFI_TRAP_LOG names, and lets the call happen: a program with
// several wrong calls shows all of them in one run. A line has the module and
// the offset of the trap, and those of the function that was to be called, or
// "?" if the instructions before the trap are not those of a check.
//
// x86-64 Linux only. The check is
//     addl -offset(%target), %r10d      (%r11d if the target is in %r10)
//     je   +2
//     ud2
//
//===----------------------------------------------------------------------===//

#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>
#include <unistd.h>

static const int kRegisters[16] = {
    REG_RAX, REG_RCX, REG_RDX, REG_RBX, REG_RSP, REG_RBP, REG_RSI, REG_RDI,
    REG_R8,  REG_R9,  REG_R10, REG_R11, REG_R12, REG_R13, REG_R14, REG_R15};

static int logFile = -1;

/// The register with the call's target, or -1.
static int findTarget(const unsigned char *trap) {
  if (trap[-2] != 0x74 || trap[-1] != 0x02)
    return -1;
  // REX, 03, ModRM with an 8-bit displacement; %rsp and %r12 need a SIB byte.
  for (int size = 4; size <= 5; ++size) {
    const unsigned char *add = trap - 2 - size;
    if ((add[0] & 0xfe) != 0x44 || add[1] != 0x03 || (add[2] & 0xc0) != 0x40)
      continue;
    if (((add[2] & 7) == 4) != (size == 5))
      continue;
    int compared = ((add[2] >> 3) & 7) + 8;
    if (compared != 10 && compared != 11)
      continue;
    return (add[2] & 7) | ((add[0] & 1) << 3);
  }
  return -1;
}

static int describe(char *text, size_t size, const void *address) {
  Dl_info info;
  if (!address || !dladdr(address, &info) || !info.dli_fname)
    return snprintf(text, size, "?\t0");
  return snprintf(
      text, size, "%s\t%lx", info.dli_fname,
      (unsigned long)((const char *)address - (const char *)info.dli_fbase));
}

static void onIllegalInstruction(int number, siginfo_t *info, void *context) {
  greg_t *registers = ((ucontext_t *)context)->uc_mcontext.gregs;
  const unsigned char *trap = (const unsigned char *)registers[REG_RIP];
  (void)info;
  if (trap[0] != 0x0f || trap[1] != 0x0b) {
    signal(number, SIG_DFL);
    return;
  }
  int target = findTarget(trap);
  // A trap that is no check does not have to be survivable.
  if (target < 0)
    signal(number, SIG_DFL);
  char line[1024];
  int length = describe(line, sizeof(line) / 2, trap);
  line[length++] = '\t';
  length +=
      describe(line + length, sizeof(line) / 2 - 2,
               target < 0 ? 0 : (const void *)registers[kRegisters[target]]);
  line[length++] = '\n';
  if (write(logFile, line, length) != length)
    _exit(127);
  if (target >= 0)
    registers[REG_RIP] += 2;
}

__attribute__((constructor)) static void start(void) {
  const char *name = getenv("KCFI_TRAP_LOG");
  if (!name)
    return;
  logFile = open(name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (logFile < 0) {
    perror(name);
    _exit(127);
  }
  struct sigaction action;
  memset(&action, 0, sizeof(action));
  action.sa_sigaction = onIllegalInstruction;
  action.sa_flags = SA_SIGINFO;
  sigaction(SIGILL, &action, 0);
}
