"""Put the results of a run in place all at once, or not at all.

A run writes into a folder of its own. When everything is there, a list of what is to be moved is
written: from then on the run counts as done, and whoever next opens the output folder finishes the
moves. A kill before that list leaves the previous results as they were; a kill after it is mended.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

STAGING_NAME = ".next"
LIST_NAME = "moves.json"


class Commit:
    """Gather a run's files beside the results and move them in together.

    Parameters
    ----------
    folder : output folder.
    """

    def __init__(self, folder: Path) -> None:
        finish_commit(folder)
        self.folder = folder
        self.staging = folder / STAGING_NAME

    def begin(self) -> None:
        """Start a run: what an earlier one left unfinished is thrown away."""
        shutil.rmtree(self.staging, ignore_errors=True)
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
        files = sorted(
            p.relative_to(self.staging).as_posix() for p in self.staging.rglob("*") if p.is_file()
        )
        draft = self.staging / f"{LIST_NAME}.part"
        draft.write_text(json.dumps({"move": files, "remove": removed}), encoding="utf-8")
        _flush(draft)
        draft.replace(self.staging / LIST_NAME)
        finish_commit(self.folder)


def finish_commit(folder: Path) -> bool:
    """Finish the moves of a run that was interrupted while moving; return whether there was one."""
    staging = folder / STAGING_NAME
    listing = staging / LIST_NAME
    if not listing.exists():
        return False
    moves = json.loads(listing.read_text(encoding="utf-8"))
    for name in moves["remove"]:
        (folder / name).unlink(missing_ok=True)
    for name in moves["move"]:
        source, target = staging / name, folder / name
        if source.exists():
            _make_folder(target.parent, like=source.parent)
            source.replace(target)
    listing.unlink()
    shutil.rmtree(staging, ignore_errors=True)
    return True


def _make_folder(folder: Path, *, like: Path) -> None:
    """Make a folder, as open or as closed to others as the staged one."""
    if not folder.exists():
        folder.mkdir(parents=True)
        folder.chmod(like.stat().st_mode & 0o777)


def _flush(path: Path) -> None:
    """Wait until the disk holds a file."""
    with path.open("rb") as stream:
        os.fsync(stream.fileno())
