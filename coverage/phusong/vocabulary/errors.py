"""The fault tree: what can be wrong, in the words of whoever has to mend it.

- PhusongError
    - SourceFault (a raw file is refused; exit 2)
        - FolderFault (a results folder is busy, cannot be written, or misses what it was made with)
        - MachineFault (disk, rights or memory refuse; exit 2)
    - NeedsAnswer (a person must choose; exit 3)
    - TableFault (a table breaks its own schema; exit 1, a bug of ours)
    - ParameterFault (a parameter or scenario file is wrong; exit 2)
"""

from __future__ import annotations

import errno
from collections.abc import Sequence
from os import PathLike

#: What stands between Vietnamese and English where a text is in both.
BETWEEN_LANGUAGES = " · "


def choose_half(text: str, language: str) -> str:
    """Return the half of a text that is in a language; Vietnamese stands first.

    Parameters
    ----------
    text : Vietnamese, a middle dot, English; or in one language alone.
    language : ``vi`` or ``en``.
    """
    parts = text.split(BETWEEN_LANGUAGES)
    if len(parts) % 2:
        return text
    half = len(parts) // 2
    return BETWEEN_LANGUAGES.join(parts[:half] if language == "vi" else parts[half:])


class PhusongError(Exception):
    """Be the root of every fault that phusong raises on purpose.

    `exit_code` is what a command ends with; `in_both` says that the message stands in Vietnamese and English,
    with a middle dot between, so that no dot in a name is taken for that one.
    """

    exit_code, in_both = 1, False


class SourceFault(PhusongError, ValueError):
    """Refuse a raw file: say which file, row and column, what is wrong, and the cure.

    Parameters
    ----------
    message : what is wrong, in plain words.
    file : the file as the user named it.
    row : row number in the file, counted from 1 as a spreadsheet shows it.
    column : heading as it stands in the file.
    cure : what to do about it.
    """

    exit_code = 2

    def __init__(
        self,
        message: str,
        *,
        file: str = "",
        row: int | None = None,
        column: str = "",
        cure: str = "",
    ) -> None:
        self.message, self.file, self.row = message, file, row
        self.column, self.cure = column, cure
        place = [file] if file else []
        place += [f"row {row}"] if row is not None else []
        place += [f"column “{column}”"] if column else []
        text = f"{', '.join(place)}: {message}" if place else message
        super().__init__(f"{text} → {cure}" if cure else text)


class FolderFault(SourceFault):
    """Refuse work on a results folder: it is busy, cannot be written, or misses what it was made with."""


class NeedsAnswer(PhusongError, ValueError):
    """Ask a person: the input is ambiguous, and guessing would be a silent repair.

    Parameters
    ----------
    about : what is in doubt, such as ``crs`` or ``encoding``.
    choices : the answers that are possible, each as it would be typed.
    why : what speaks for each choice.
    file : the file as the user named it.
    """

    exit_code = 3

    def __init__(self, about: str, *, choices: Sequence[str], why: str, file: str = "") -> None:
        self.about, self.choices, self.why, self.file = about, list(choices), why, file
        place = f"{file}: " if file else ""
        super().__init__(f"{place}{about}? {why} Choices: {', '.join(self.choices)}")


class TableFault(PhusongError, ValueError):
    """Report every way in which a table breaks its schema, all at once.

    Parameters
    ----------
    table : name of the table.
    faults : one line per fault: column, rule, rows.
    """

    def __init__(self, table: str, faults: Sequence[str]) -> None:
        self.table, self.faults = table, list(faults)
        super().__init__(f"table {table}: " + "; ".join(self.faults))


class ParameterFault(PhusongError, ValueError):
    """Refuse a parameter, scenario or province file, naming the entry and the cure."""

    exit_code = 2


class MachineFault(SourceFault):
    """Say what the machine refuses, disk, rights or memory, and what to free or choose instead."""


_ELSEWHERE = "choose another place"
_FREE = "free some room, or choose another place; what was there before is whole"
_SLOW = "check the disk and its connection, then try again"
#: What an operating system refuses → what is wrong, and the cure. What is not here may be our own mistake.
_REFUSALS: dict[str, tuple[str, str]] = {
    "ENOSPC": ("the disk is full", _FREE),
    "EDQUOT": ("no more room is granted on this disk", _FREE),
    "EFBIG": ("the disk takes no file so large", _ELSEWHERE),
    "EROFS": ("the disk can only be read", _ELSEWHERE),
    "EACCES": ("this account may not read or write here", f"ask for the right, or {_ELSEWHERE}"),
    "EPERM": ("this account may not read or write here", f"ask for the right, or {_ELSEWHERE}"),
    "ENOENT": ("this is not there, and cannot be made", "check the name and its folder"),
    "ENOTDIR": ("a part of this path is a file, not a folder", "choose another name"),
    "EISDIR": ("this is a folder, not a file", "choose another name"),
    "EEXIST": ("this is there already, and is no folder", "choose another name"),
    "ENOTEMPTY": ("this folder is not empty", "choose another name"),
    "ENAMETOOLONG": ("this name is too long", "choose a shorter one"),
    "EILSEQ": ("the disk cannot write this name", "choose another name"),
    "ELOOP": ("this link leads back to itself", "choose another name"),
    "EXDEV": ("this lies on two disks", "choose one folder on one disk"),
    "EINVAL": ("this disk or device does not do that", _ELSEWHERE),
    "ENODEV": ("this disk or device does not do that", _ELSEWHERE),
    "ENXIO": ("this disk or device does not do that", _ELSEWHERE),
    "ENOTSUP": ("this disk or device does not do that", _ELSEWHERE),
    "EBUSY": ("another program holds this", "close it there, then try again"),
    "ETXTBSY": ("another program holds this", "close it there, then try again"),
    "ENOLCK": ("another program holds this", "close it there, then try again"),
    "EIO": ("the disk cannot be read or written", _SLOW),
    "ESTALE": ("the disk does not answer", _SLOW),
    "ETIMEDOUT": ("the disk does not answer", _SLOW),
    "EHOSTDOWN": ("the disk does not answer", _SLOW),
    "EMFILE": ("too many files are open", "close other programs, or raise the limit of open files"),
    "ENFILE": ("too many files are open", "close other programs, or raise the limit of open files"),
    "ENOMEM": ("there is not enough memory", "close other programs, or use a larger machine"),
}
_BY_NUMBER = {
    getattr(errno, name): told for name, told in _REFUSALS.items() if hasattr(errno, name)
}
#: Refused only where a file is named; without one it is as likely a mistake of ours.
_NEEDS_FILE = frozenset({errno.EINVAL, errno.ENOENT, errno.EEXIST, errno.EXDEV})


def describe_os_error(error: OSError | MemoryError, *, file: str = "") -> MachineFault | None:
    """Return what the machine refused, in words; None where it may be a mistake of the program.

    Parameters
    ----------
    error : as the operating system, or a library that hands it on, raised it.
    file : what was read or written, where the error itself names nothing.
    """
    if isinstance(error, MemoryError):
        what, cure = _REFUSALS["ENOMEM"]
        return MachineFault(what, cure=cure)
    named = [
        str(n) for n in (error.filename, error.filename2) if isinstance(n, str | bytes | PathLike)
    ]
    if error.errno not in _BY_NUMBER or (error.errno in _NEEDS_FILE and not named):
        return None
    what, cure = _BY_NUMBER[error.errno]
    return MachineFault(what, file=" → ".join(named) or file, cure=cure)
