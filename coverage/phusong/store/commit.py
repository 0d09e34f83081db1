"""Put the results of a run in place all at once, or not at all.

A run writes into a folder of its own. When everything is there and on the disk, a list of what is to be
moved is written: from then on the run counts as done. A kill before that list leaves the previous results
as they were; a kill after it is mended by whoever next opens the folder, to read or to write. The files
that say what the results are, the manifest and the plans, move last: whoever keeps answers by `stamp_results`
never keeps a mixture under the new stamp.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from phusong.store.folder_lock import FolderBusy, hold_folder, is_held
from phusong.store.locks import flush_file, flush_folder
from phusong.store.manifest import MANIFEST_NAME, hash_file, hash_value
from phusong.vocabulary.errors import FolderFault

STAGING_NAME = ".next"
LIST_NAME = "moves.json"
#: What says what the results are: a stamp is made of these.
SIGNS = (MANIFEST_NAME, "plan/*.json", "plan/*/*.json")
#: How long a reader waits for results that are taking their place [s], and how often it asks.
PATIENCE_S, PAUSE_S = 30.0, 0.02
#: How often something is read again because new results took their place meanwhile.
MOST_TRIES = 5
Answer = TypeVar("Answer")


class Commit:
    """Gather a run's files beside the results and move them in together.

    Parameters
    ----------
    folder : output folder; whoever begins a commit holds it, see `hold_folder`.
    """

    def __init__(self, folder: Path) -> None:
        finish_commit(folder)
        self.folder = folder
        self.staging = folder / STAGING_NAME / f"{os.getpid()}-{secrets.token_hex(4)}"

    def begin(self) -> None:
        """Start a run: what one that was killed left unfinished is thrown away.

        Raises
        ------
        RuntimeError
            If the folder is not held: a bug of ours.
        """
        if not is_held(self.folder):
            raise RuntimeError(f"{self.folder} is written without being held")
        finish_commit(self.folder)
        shutil.rmtree(self.folder / STAGING_NAME, ignore_errors=True)
        self.staging.mkdir(parents=True)

    def path_of(self, name: Path) -> Path:
        """Return where the newest version of a file lies: staged in this run, or already in place."""
        staged = self.staging / name
        return staged if staged.exists() else self.folder / name

    def complete(self, removed: list[str]) -> None:
        """Make the run's files the results, and remove those that no longer have a source.

        Parameters
        ----------
        removed : paths, relative to the output folder, that must go.
        """
        found = list(self.staging.rglob("*"))
        files = [p.relative_to(self.staging).as_posix() for p in found if p.is_file()]
        for path in found:
            (flush_file if path.is_file() else flush_folder)(path)
        flush_folder(self.staging)
        moves = {"from": self.staging.name, "move": sorted(files, key=_rank), "remove": removed}
        root = self.staging.parent
        draft = root / f"{LIST_NAME}.part"
        draft.write_text(json.dumps(moves), encoding="utf-8")
        flush_file(draft)
        draft.replace(root / LIST_NAME)
        flush_folder(root)
        finish_commit(self.folder)


def _rank(name: str) -> tuple[bool, bool, str]:
    """Return what sorts files so that those which say what the results are come last."""
    return name == MANIFEST_NAME, name.endswith(".json"), name


def finish_commit(folder: Path) -> bool:
    """Finish the moves of a run that was cut off while moving, or wait until it has moved.

    Parameters
    ----------
    folder : output folder.

    Returns
    -------
    Whether moves were finished here.

    Raises
    ------
    FolderFault
        If the moves have not ended after `PATIENCE_S`, and cannot be finished here.
    """
    listing = folder / STAGING_NAME / LIST_NAME
    deadline = time.monotonic() + PATIENCE_S
    while listing.exists():
        try:
            with hold_folder(folder, "finish", patience_s=0.0):
                return listing.exists() and _move_files(folder)
        except FolderFault as fault:
            if time.monotonic() > deadline:
                raise _refuse_half(folder, fault) from fault
            time.sleep(PAUSE_S)
    return False


def _refuse_half(folder: Path, fault: FolderFault) -> FolderFault:
    """Return the fault of a folder whose results have moved in half and cannot be moved further."""
    if isinstance(fault, FolderBusy):
        return fault
    return FolderFault(
        "the newest results have only half taken their place, and this folder cannot be written",
        file=str(folder),
        cure="open it once where it can be written: phusong status DIR",
    )


def _move_files(folder: Path) -> bool:
    """Do what the list of moves says, as far as it has not been done."""
    root = folder / STAGING_NAME
    moves = json.loads((root / LIST_NAME).read_text(encoding="utf-8"))
    staging = root / moves.get("from", "")
    places = {folder}
    for name in moves["remove"]:
        (folder / name).unlink(missing_ok=True)
        places.add((folder / name).parent)
    for name in moves["move"]:
        source, target = staging / name, folder / name
        if source.exists():
            _make_folder(target.parent, like=source.parent)
            source.replace(target)
        places.add(target.parent)
    for place in places:
        if place.is_dir():
            flush_folder(place)
    (root / LIST_NAME).unlink()
    shutil.rmtree(root, ignore_errors=True)
    return True


def _make_folder(folder: Path, *, like: Path) -> None:
    """Make a folder, as open or as closed to others as the staged one."""
    if not folder.exists():
        folder.mkdir(parents=True)
        folder.chmod(like.stat().st_mode & 0o777)


def stamp_results(folder: Path) -> str:
    """Return what changes when results or plans change, once all of them are in place.

    Parameters
    ----------
    folder : output folder.

    Raises
    ------
    FolderFault
        See `finish_commit`.
    """
    finish_commit(folder)
    paths = sorted(path for sign in SIGNS for path in folder.glob(sign))
    return hash_value([(p.relative_to(folder).as_posix(), _hash_sign(p)) for p in paths])


def _hash_sign(path: Path) -> str:
    """Return the hash of a file, which is read again only where it was replaced or changed."""
    now = path.stat()
    return _hash_as_of(path, now.st_ino, now.st_mtime_ns, now.st_size)


@lru_cache(maxsize=256)
def _hash_as_of(path: Path, inode: int, changed_ns: int, size: int) -> str:  # noqa: ARG001
    """Return the hash of a file as it was at a time."""
    return hash_file(path)


def read_whole(folder: Path, read: Callable[..., Answer], *given: Any, **named: Any) -> Answer:
    """Return what a function reads of the results, all of it of one run.

    It is read again where new results took their place meanwhile.

    Parameters
    ----------
    folder : output folder.
    read : the function; it changes nothing.
    given, named : what it takes.

    Raises
    ------
    FolderFault
        If the results change faster than they can be read.
    """
    for _ in range(MOST_TRIES):
        before = stamp_results(folder)
        try:
            answer = read(*given, **named)
        except Exception:
            if stamp_results(folder) == before:
                raise
            continue
        if stamp_results(folder) == before:
            return answer
    what = "the results change faster than they can be read"
    raise FolderFault(what, file=str(folder), cure="try again when the runs have ended")
