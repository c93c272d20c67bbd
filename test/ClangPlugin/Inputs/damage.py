"""Writes damaged copies of a frame of records into the current folder."""

import pathlib
import sys

good = pathlib.Path(sys.argv[1]).read_bytes()
HEADER = 28


def changed(position, value):
    return good[:position] + bytes([value]) + good[position + 1 :]


copies = {
    "start": b"?" + good,
    "cut": good[:-1],
    "short": good[: HEADER - 1],
    "version": changed(7, 9),
    "compression": changed(8, 9),
    "checksum": changed(20, good[20] ^ 1),
    # No compression: what follows is no text of records.
    "text": changed(8, 0),
    "twice": good + bytes(5) + good + bytes(3),
}
for name, data in copies.items():
    pathlib.Path(name).write_bytes(data)
