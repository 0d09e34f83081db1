"""Archives made to harm."""

import struct
import zipfile

CENTRAL = b"PK\x01\x02"


def quote_entry(path, outer, inner, data):
    """An archive whose first entry holds the whole second one, head and all, as its own bytes.

    The directory then names both, so that the bytes of the second come out twice.
    """
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(inner, data)
    held = path.read_bytes()[: path.read_bytes().index(CENTRAL)]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(outer, held)
        archive.writestr(inner, data)
    packed = path.read_bytes()
    end = packed.rindex(b"PK\x05\x06")
    second = packed.rindex(CENTRAL, 0, end)
    offset = struct.pack("<I", packed.index(held))
    path.write_bytes(packed[: second + 42] + offset + packed[second + 46 :])
    return path


def name_twice(path, first, second, data):
    """An archive with one entry that its directory names twice, under two names of one length."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(first, data)
        archive.writestr(second, data)
    packed = path.read_bytes()
    end = packed.rindex(b"PK\x05\x06")
    at = packed.rindex(CENTRAL, 0, end)
    path.write_bytes(packed[: at + 42] + struct.pack("<I", 0) + packed[at + 46 :])
    return path
