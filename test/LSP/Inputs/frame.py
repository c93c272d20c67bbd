"""Frames the messages of a test as an editor does: with their length in front."""

import sys

message = ""
for line in open(sys.argv[1], encoding="utf-8").read().splitlines() + ["// -----"]:
    if line == "// -----":
        data = message.encode()
        if data:
            sys.stdout.buffer.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        message = ""
    elif not line.startswith("//"):
        message += line.strip()
