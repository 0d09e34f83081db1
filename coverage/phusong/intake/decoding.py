"""Turn bytes into text: the encodings that offices have used since the 1990s, asked about when in doubt."""

from __future__ import annotations

import codecs

from phusong.intake.diagnosis import ReadOptions
from phusong.intake.findings import Findings
from phusong.intake.rules import add_to_both, describe_rule, refuse
from phusong.vietnamese.detection import guess_encoding
from phusong.vietnamese.legacy import decode

#: Every encoding that ``--encoding`` takes.
ENCODINGS = ("utf-8", "utf-16", "cp1258", "tcvn3", "vni", "viscii")
LEGACY = ("tcvn3", "vni", "viscii", "cp1258")
#: How much of a doubtful file is weighed and shown.
SAMPLE_LINES, SAMPLE_LETTERS = 500, 80
#: What stands for a letter that could not be read.
LOST = "\ufffd"


def decode_bytes(data: bytes, options: ReadOptions, findings: Findings, *, file: str) -> str | None:
    """Return the text of a file; None where a person must say in which encoding it is.

    Bytes that are not UTF-8 are never guessed at: the question shows what each encoding would make of
    them. In a file that is UTF-8 but for a few lines, the letters lost stand as U+FFFD.

    Parameters
    ----------
    data : the file.
    options : encoding, where the user states one.
    findings : notebook of this reading.
    file : the file as the user named it.

    Raises
    ------
    SourceFault
        If the encoding stated is unknown or does not fit.
    """
    if options.encoding:
        return _decode_as(data, options.encoding.lower(), file)
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            findings.skip("byte_order_mark", 1, name)
            return _decode_as(data, name, file)
    wide = guess_wide(data)
    if wide:
        findings.skip("wide_text", 1, wide)
        return _decode_as(data, wide, file)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_doubtful(data, findings)


def _decode_as(data: bytes, encoding: str, file: str) -> str:
    """Return the text in a stated encoding; a Unicode file in a legacy font is mended cell by cell later."""
    name = {"utf8": "utf-8", "utf-8": "utf-8-sig", "utf16": "utf-16", "windows-1258": "cp1258"}.get(
        encoding, encoding
    )
    if name.startswith("utf-16") and not data.startswith(
        (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    ):
        name = guess_wide(data) or "utf-16-le"
    try:
        if name in LEGACY:
            return data.decode("utf-8-sig") if _is_utf8(data) else decode(data, name)
        if name.startswith("utf-"):
            return data.decode(name)
    except UnicodeDecodeError as error:
        row = data[: error.start].count(b"\n") + 1
        raise refuse("wrong_encoding", file=file, row=row, value=encoding) from error
    raise refuse("unknown_encoding", file=file, value=encoding, choices=", ".join(ENCODINGS))


def guess_wide(data: bytes) -> str:
    """Return the UTF-16 that bytes without a mark are in, told by its zeros, or nothing."""
    head = data[:4096]
    if len(head) < 4:
        return ""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > len(head) // 8 and even < odd // 8:
        return "utf-16-le"
    return "utf-16-be" if even > len(head) // 8 and odd < even // 8 else ""


def _decode_doubtful(data: bytes, findings: Findings) -> str | None:
    """Return text that is UTF-8 but for a few lines; ask about any other."""
    lines = data.splitlines()
    foreign = [line for line in lines if not line.isascii()]
    broken = [line for line in foreign if not _is_utf8(line)]
    if 2 * len(broken) < len(foreign):
        return data.decode("utf-8", errors="replace")
    _ask_encoding(broken, findings)
    return None


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _ask_encoding(lines: list[bytes], findings: Findings) -> None:
    """Ask in which encoding the file is, with a line of it in each, the likeliest first."""
    guesses = [g for g in guess_encoding(b"\n".join(lines[:SAMPLE_LINES])) if g.encoding in LEGACY]
    shown = "; ".join(
        f"{g.encoding}: “{g.sample.splitlines()[0][:SAMPLE_LETTERS]}”" for g in guesses
    )
    why = describe_rule("legacy_bytes")
    findings.ask("encoding", [g.encoding for g in guesses], add_to_both(why, shown))
