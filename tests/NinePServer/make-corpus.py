#!/usr/bin/env python3
"""Writes the fuzzer's first inputs: what a guest says for one task each.

usage: make-corpus.py FOLDER
"""

import pathlib
import struct
import sys


def text(value):
    data = value if isinstance(value, bytes) else value.encode()
    return struct.pack("<H", len(data)) + data


def message(kind, layout, *values):
    body = b""
    for code, value in zip(layout, values):
        body += text(value) if code == "s" else struct.pack("<" + code, value)
    return struct.pack("<IBH", 7 + len(body), kind, 1) + body


def walk(fid, new, *names):
    return message(110, "IIH" + "s" * len(names), fid, new, len(names), *names)


def setattr_(fid, valid, size):
    return message(26, "IIIIIQQQQQ", fid, valid, 0o644, 0, 0, size, 1, 2, 3, 4)


HELLO = message(100, "Is", 65536, "9P2000.L") + message(104, "IIssI", 0, 0xFFFFFFFF, "user", "", 0)
OLD = message(100, "Is", 65536, "9P2000.u") + message(104, "IIssI", 0, 0xFFFFFFFF, "user", "", 0)
BYE = message(120, "I", 1)

INPUTS = {
    "read": HELLO + walk(0, 1, "file") + message(12, "II", 1, 0) + message(116, "IQI", 1, 0, 100) + BYE,
    "write": HELLO + walk(0, 1, "file") + message(12, "II", 1, 1) + message(118, "IQIs", 1, 2, 4, "ab") + BYE,
    "list": HELLO + walk(0, 1, "folder") + message(12, "II", 1, 0) + message(40, "IQI", 1, 0, 4096) + BYE,
    "create": HELLO + walk(0, 1) + message(14, "IsIII", 1, "new", 0o102, 0o644, 0) + message(50, "II", 1, 0) + BYE,
    "folders": HELLO + message(72, "IsII", 0, "made", 0o755, 0) + message(76, "IsI", 0, "made", 0x200),
    "rename": HELLO + message(74, "IsIs", 0, "file", 0, "other") + walk(0, 1, "other") + message(20, "IIs", 1, 0, "file"),
    "links": HELLO + message(16, "IssI", 0, "to", "/etc/passwd", 0) + walk(0, 1, "to") + message(22, "I", 1),
    "hard-links": HELLO + walk(0, 1, "file") + message(70, "IIs", 0, 1, "second"),
    "special": HELLO + message(18, "IsIIII", 0, "fifo", 0o10644, 0, 0, 0) + walk(0, 1, "fifo") + message(12, "II", 1, 0),
    "attributes": HELLO + walk(0, 1, "file") + message(24, "IQ", 1, 0x7FF) + setattr_(1, 0x1FF, 10) + message(8, "I", 1),
    "extended": HELLO + walk(0, 1, "file") + message(30, "IIs", 1, 2, "user.test") + message(32, "IsQI", 1, "user.test", 4, 0),
    "lock": HELLO + walk(0, 1, "file") + message(12, "II", 1, 2) + message(52, "IBIQQIs", 1, 0, 0, 0, 0, 1, "a")
    + message(54, "IBQQIs", 1, 0, 0, 0, 1, "a"),
    "remove": HELLO + walk(0, 1, "file") + message(122, "I", 1) + message(108, "H", 1),
    "up": HELLO + walk(0, 1, "..", "..", "folder", "..", "..") + walk(0, 2, "link") + walk(0, 3, "folder", "../../canary"),
    "windows": HELLO + b"".join(
        walk(0, 1, name) for name in ("CON", "aux.txt", "a\\b", "..\\x", "n:s", "x.", "COM1", "C:", "\\\\?\\x", b"\xff\xfe")),
    "many-names": HELLO + walk(0, 1, *["folder", ".."] * 8),
    "old-stat": OLD + walk(0, 1, "file") + message(124, "I", 1) + message(112, "IB", 1, 2) + message(116, "IQI", 1, 0, 100),
    "old-create": OLD + walk(0, 1) + message(114, "IsIBs", 1, "new", 0o644, 2, "") + message(118, "IQI", 1, 0, 0) + BYE,
    "old-special": OLD + walk(0, 1) + message(114, "IsIBs", 1, "node", 0x00800000 | 0o644, 0, "b 1 2"),
}


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in INPUTS.items():
        (folder / name).write_bytes(data)


if __name__ == "__main__":
    main()
