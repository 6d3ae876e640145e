"""
Finds what is packed in bytes, wherever it begins: zlib, gzip, zip, bzip2, xz.

Must never write to the disk, and never unpack without a limit.
"""

from __future__ import annotations

import bz2
import lzma
import struct
import zlib
from collections.abc import Callable, Iterator
from typing import Any

MOST_BYTES = 64 * 2**20
"""Of one packed piece; what would be longer is a bomb, and cut there."""

DEEPEST = 3
ZLIB = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")
FAULTS = (zlib.error, OSError, lzma.LZMAError, EOFError, ValueError)
ZIP_HEADER = struct.Struct("<26xHH")


def unpacked(data: bytes, depth: int = DEEPEST) -> Iterator[tuple[str, bytes]]:
    """Every packed piece as what it was packed with, and its content; pieces in pieces as well."""
    if depth == 0:
        return
    for name, content in _pieces(data):
        yield name, content
        for inner, what in unpacked(content, depth - 1):
            yield f"{inner} in {name}", what


def _pieces(data: bytes) -> Iterator[tuple[str, bytes]]:
    for sign in ZLIB:
        yield from _all("zlib", data, sign, zlib.decompressobj)
    yield from _all("gzip", data, b"\x1f\x8b\x08", lambda: zlib.decompressobj(31))
    yield from _all("bzip2", data, b"BZh", bz2.BZ2Decompressor)
    yield from _all("xz", data, b"\xfd7zXZ\x00", lzma.LZMADecompressor)
    for place in _places(data, b"PK\x03\x04"):
        if len(data) >= place + 30:
            begins = place + 30 + sum(ZIP_HEADER.unpack_from(data, place))
            yield from _one("zip", data, begins, lambda: zlib.decompressobj(-15))


def _all(name: str, data: bytes, sign: bytes, unpacker: Callable[[], Any]) -> Iterator[tuple[str, bytes]]:
    for place in _places(data, sign):
        yield from _one(name, data, place, unpacker)


def _one(name: str, data: bytes, place: int, unpacker: Callable[[], Any]) -> Iterator[tuple[str, bytes]]:
    try:
        content = unpacker().decompress(data[place:], MOST_BYTES)
    except FAULTS:
        content = _until_fault(data, place, unpacker())
    if content:
        yield name, content


def _until_fault(data: bytes, place: int, unpacker: Any) -> bytes:
    """What a piece holds whose end is missing or overwritten."""
    content = bytearray()
    for each in range(place, len(data)):
        try:
            content += unpacker.decompress(data[each : each + 1])
        except FAULTS:
            break
        if len(content) >= MOST_BYTES:
            break
    return bytes(content)


def _places(data: bytes, sign: bytes) -> Iterator[int]:
    place = data.find(sign)
    while place >= 0:
        yield place
        place = data.find(sign, place + 1)
