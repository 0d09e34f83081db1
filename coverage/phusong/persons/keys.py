"""The key of the pseudonyms, in a file that its owner alone can read, and the keyed hash.

A pseudonym is HMAC-SHA256 (RFC 2104, FIPS 198-1) of what identifies a pupil, cut to 128 bits and written in
base32. Without the key nobody can test a guessed number against it; with the key and the raw files
everybody can, so the key is kept away from the results.
"""

from __future__ import annotations

import base64
import hmac
import os
import re
import secrets
import stat
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from phusong.vocabulary.errors import SourceFault

#: What is hashed, and how its pseudonyms begin: học sinh, hộ, định danh, đã xóa.
STUDENT, HOUSEHOLD, TOKEN, ERASED = "student", "household", "token", "erased"
PREFIX = {STUDENT: "hs-", HOUSEHOLD: "ho-", TOKEN: "dd-", ERASED: "dx-"}
KEY_BYTES, HASH_BYTES = 32, 16
OWNER_ONLY, OTHERS = 0o600, 0o077
#: Whether files carry modes and owners; on Windows the folder's access list alone protects what lies in it.
KNOWS_MODES = os.name == "posix"
#: Refuse a link, and do not wait at a pipe; systems without these flags have no such things in a folder.
NO_LINK, NO_WAIT = getattr(os, "O_NOFOLLOW", 0), getattr(os, "O_NONBLOCK", 0)
#: Base32: its letters, what the bits of one are worth, and how many digests are written at once.
_LETTERS = np.frombuffer(b"abcdefghijklmnopqrstuvwxyz234567", dtype=np.uint8)
_WEIGHTS = np.array([16, 8, 4, 2, 1], dtype=np.uint8)
_CHUNK = 65_536
_WRITTEN = re.compile(rf"[0-9a-f]{{{2 * KEY_BYTES}}}\n?")


def open_key(path: Path) -> bytes:
    """Return the key of the pseudonyms; a new one is made where there is no file.

    Parameters
    ----------
    path : 32 random bytes in hexadecimal, readable by the owner alone.

    Raises
    ------
    SourceFault
        If others may read the file, or it is a link, no file at all, somebody else's, or no key.
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | NO_LINK, OWNER_ONLY)
    except FileExistsError:
        return _read_key(path)
    except OSError as error:
        raise _refuse(path, f"the key cannot be made here ({error.strerror})") from error
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(secrets.token_hex(KEY_BYTES) + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    return _read_key(path)


def _read_key(path: Path) -> bytes:
    """Return the key of a file that is as closed as it must be."""
    try:
        handle = os.open(path, os.O_RDONLY | NO_LINK | NO_WAIT)
    except OSError as error:
        cure = "put the key itself there, not a link to it"
        raise _refuse(path, f"the key cannot be opened ({error.strerror})", cure) from error
    with os.fdopen(handle, "rb") as stream:
        _check_status(path, os.fstat(stream.fileno()))
        text = stream.read(4 * KEY_BYTES).decode("ascii", "replace")
    if not _WRITTEN.fullmatch(text):
        cure = "take it back from the safe copy; a new key would give every pupil a new pseudonym"
        raise _refuse(path, f"this is no key of {2 * KEY_BYTES} hexadecimal signs", cure)
    return bytes.fromhex(text.strip())


def _check_status(path: Path, status: os.stat_result) -> None:
    """Refuse a key that is no plain file, is somebody else's, or that others may read."""
    if not stat.S_ISREG(status.st_mode):
        raise _refuse(path, "the key is no plain file")
    if not KNOWS_MODES:
        return
    if status.st_uid != os.geteuid():
        raise _refuse(path, "the key belongs to somebody else", "run as its owner")
    if status.st_mode & OTHERS:
        raise _refuse(path, "others may read the key", f"close it: chmod 600 {path.name}")


def _refuse(
    path: Path, what: str, cure: str = "say in the province file where it may lie"
) -> SourceFault:
    """Return the fault of a key that is not used."""
    return SourceFault(what, file=str(path), cure=cure)


def hash_identity(key: bytes, kind: str, text: str) -> str:
    """Return the pseudonym of what identifies a pupil or a household.

    Parameters
    ----------
    key : from `open_key`.
    kind : ``student``, ``household`` or ``token``; the same text of another kind has another pseudonym.
    text : what identifies them.

    Returns
    -------
    `hs-` (pupil), `ho-` (household) or `dd-` (token) and 26 letters and digits.
    """
    digest = hmac.digest(key, f"{kind}\x1f{text}".encode(), "sha256")[:HASH_BYTES]
    return PREFIX[kind] + base64.b32encode(digest).decode("ascii").rstrip("=").lower()


def hash_identities(key: bytes, kind: str, texts: Iterable[str]) -> list[str]:
    """Return the pseudonyms of many texts, in their order, as `hash_identity` does one by one."""
    head, start = PREFIX[kind], f"{kind}\x1f"
    listed = list(texts)
    named: list[str] = []
    for first in range(0, len(listed), _CHUNK):
        digests = b"".join(
            hmac.digest(key, (start + text).encode(), "sha256")[:HASH_BYTES]
            for text in listed[first : first + _CHUNK]
        )
        named += [head + word for word in _write_base32(digests)]
    return named


def _write_base32(digests: bytes) -> list[str]:
    """Return digests that follow each other, each as base32 in small letters without padding (RFC 4648)."""
    bits = np.unpackbits(np.frombuffer(digests, dtype=np.uint8).reshape(-1, HASH_BYTES), axis=1)
    whole = np.pad(bits, ((0, 0), (0, -bits.shape[1] % len(_WEIGHTS))))
    letters = _LETTERS[whole.reshape(len(bits), -1, len(_WEIGHTS)) @ _WEIGHTS]
    return letters.view(f"S{letters.shape[1]}").ravel().astype("U").tolist()
