#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Reads what two kernels could have printed."""

import sys

sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])

from kcfi_utils.corpus.linux import boot

TEXT = """\
tsc: Detected %(clock)s MHz processor
Freeing memory at %(address)s
one
%(word)s
== lkdtm
CFI failure at lkdtm_indirect_call+0x%(offset)s/0x20 (target: \
lkdtm_increment_int+0x0/0x20; expected type: 0x7e0c52a5)
RAX: %(address)s
Call Trace:
 ? %(address)s
== wrong-in
nothing
== end
"""


def console(clock, address, word="two", offset="16"):
    return TEXT % {"clock": clock, "address": address, "word": word, "offset": offset}


before = console("2100.001", "ffffffff8129b6d6")
again = console("2099.998", "ffffffff8129b6d6")
after = console("2100.2", "ffffffff8130b6d6", offset="18")
other = console("2100.2", "ffffffff8130b6d6", word="three")
print("same:", boot.differences(before, again, after))
print("other:", boot.differences(before, again, other))
for name in ("lkdtm", "wrong-in"):
    found = boot.failed_check(before, name)
    print("%s: %s" % (name, found and (*found[:2], "0x%08x" % found[2])))
