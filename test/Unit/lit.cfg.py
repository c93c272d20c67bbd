# -*- Python -*-
#
# lit configuration of the GoogleTest programs in the build tree.

import os

import lit.formats
from lit.llvm import llvm_config

if not hasattr(config, "kcfi_obj_root"):
    lit_config.fatal("run lit on the test directory of the build tree")

suffix = "Tests"
config.name = "KCFI-Unit"
config.suffixes = []
config.test_source_root = os.path.join(config.kcfi_obj_root, "unittests")
config.test_exec_root = config.test_source_root
config.test_format = lit.formats.GoogleTest(".", suffix)
llvm_config.with_system_environment(["HOME", "TMP", "TEMP", "TMPDIR"])
# Tests that read data from the source tree find it here.
config.environment["KCFI_SRC_ROOT"] = config.kcfi_src_root

# The GoogleTest format takes programs by their suffix and says nothing about
# others, nor about finding none at all.
programs = []
for directory, subdirectories, files in os.walk(config.test_source_root):
    subdirectories[:] = [name for name in subdirectories if name != "CMakeFiles"]
    for name in files:
        path = os.path.join(directory, name)
        if not os.access(path, os.X_OK):
            continue
        with open(path, "rb") as file:
            if file.read(4) != b"\x7fELF":
                continue
        programs.append(path)
        if not name.endswith(suffix):
            lit_config.error("%s: name of a unit test must end in '%s'" % (path, suffix))
if not programs:
    lit_config.error("no unit test program below %s" % config.test_source_root)
