"""Replaces one sequence of bytes in a file.

  replace_bytes.py OLD NEW INPUT OUTPUT

OLD and NEW are hexadecimal. OLD must occur exactly once: a test must not go on
with a file that it did not change, or changed at a place that it did not mean.
"""

import sys

old, new = bytes.fromhex(sys.argv[1]), bytes.fromhex(sys.argv[2])
with open(sys.argv[3], "rb") as file:
    data = file.read()
if data.count(old) != 1:
    sys.exit("%s occurs %d times" % (sys.argv[1], data.count(old)))
with open(sys.argv[4], "wb") as file:
    file.write(data.replace(old, new))
