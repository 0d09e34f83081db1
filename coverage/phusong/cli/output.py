"""What a command writes where it was told to: checked before the work, in place only when whole."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from phusong.vocabulary.errors import ParameterFault

SCREEN = "-"
#: Parameters of commands that name what is written, and how they are typed.
TARGETS = {"out": "--out", "rejected": "--rejected", "json_file": "--json"}


def check_targets(given: Mapping[str, Any]) -> None:
    """Refuse before the work to write over what a command reads, or a file that cannot be made.

    Parameters
    ----------
    given : parameters of a command, by name.

    Raises
    ------
    ParameterFault
        Naming the option.
    """
    targets = {n: p for n in TARGETS if isinstance(p := given.get(n), Path) and str(p) != SCREEN}
    read = [p for n, p in given.items() if n not in TARGETS and isinstance(p, Path)]
    for name, path in targets.items():
        others = [*read, *(p for n, p in targets.items() if n != name)]
        if any(_is_same(path, other) for other in others):
            raise ParameterFault(
                f"{TARGETS[name]} {path}: this is read or written besides → choose another name"
            )
    for name in ("json_file", "rejected"):
        target = targets.get(name)
        if target is not None and (target.is_dir() or not target.parent.is_dir()):
            raise ParameterFault(f"{TARGETS[name]} {target}: name a file in a folder that is there")


def _is_same(one: Path, other: Path) -> bool:
    """Return whether two names are of one file."""
    try:
        return one.samefile(other)
    except (OSError, ValueError):
        return one.absolute() == other.absolute()


def write_json(path: Path | None, data: Any) -> None:
    """Write what was found for machines: to a file, to the screen for ``-``, or nowhere.

    Parameters
    ----------
    path : of the file, `-`, or None.
    data : plain values.
    """
    if path is None:
        return
    text = json.dumps(data, ensure_ascii=False, indent=1, default=str) + "\n"
    if str(path) == SCREEN:
        sys.stdout.write(text)
        return
    with replace_whole(path) as draft:
        draft.write_text(text, encoding="utf-8")


@contextmanager
def replace_whole(path: Path) -> Iterator[Path]:
    """Yield a file to write into, which takes its place when it is whole; until then the earlier one stands.

    Parameters
    ----------
    path : where it is to lie; a device or a pipe is written as it is.
    """
    if path.exists() and not path.is_file():
        yield path
        return
    draft = path.with_name(f".{path.stem}.{os.getpid()}{path.suffix}")
    try:
        yield draft
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
