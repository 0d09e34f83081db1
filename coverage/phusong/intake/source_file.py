"""A raw file while it is checked: its form is detected once, and a workbook is opened once."""

from __future__ import annotations

from contextlib import ExitStack
from functools import cached_property
from pathlib import Path

from phusong.intake.archives import choose_member, unpack_archive, unpack_gzip
from phusong.intake.rules import refuse
from phusong.intake.sniffing import GZIP, Form, sniff_form
from phusong.intake.workbooks import Workbook, open_workbook
from phusong.vocabulary.parameters import Intake

MEGABYTE = 1_000_000


class SourceFile:
    """Hold what is known of a raw file, worked out when it is first needed.

    Parameters
    ----------
    kind : source kind.
    path : the file.
    intake : caps, and where to look for headings.
    layer : which file of an archive, where the user says so.
    """

    def __init__(self, kind: str, path: Path, intake: Intake, layer: str | None = None) -> None:
        self.kind, self.path, self.intake, self.layer = kind, path, intake, layer
        self._folders = ExitStack()

    def close(self) -> None:
        """Take away what was unpacked."""
        self._folders.close()

    @property
    def name(self) -> str:
        """Return the file as the user named it."""
        return str(self.path)

    @property
    def content(self) -> Path:
        """Return the file that is read: what a packed file holds, else the file itself."""
        return self._sniffed[1]

    @property
    def form(self) -> Form:
        """Return the form of what is read, told from its first bytes."""
        return self._sniffed[0]

    @cached_property
    def _sniffed(self) -> tuple[Form, Path]:
        """Detect the form of the file, and of the one file that it packs.

        Raises
        ------
        SourceFault
            If it is not there, too large, or of a form that is turned away.
        """
        check_size(self.path, self.intake)
        form = sniff_form(self.path, file=self.name)
        if form != Form.ARCHIVE:
            return form, self.path
        unpack = unpack_gzip if self.path.read_bytes()[:2] == GZIP else unpack_archive
        folder = self._folders.enter_context(unpack(self.path, self.intake, file=self.name))
        inner = choose_member(folder, self.kind, self.layer, file=self.name)
        return sniff_form(inner, file=self.name), inner

    @cached_property
    def book(self) -> Workbook:
        """Open the file as a workbook.

        Raises
        ------
        SourceFault
            If it is damaged, locked or too large.
        """
        return open_workbook(self.content, self.kind, self.intake, file=self.name)


def check_size(path: Path, intake: Intake) -> None:
    """Refuse a file that is not there, is no file, or is too large to be read safely.

    Raises
    ------
    SourceFault
        Naming the file and the cap.
    """
    if not path.is_file():
        raise refuse("no_such_file", file=str(path))
    cap = intake.number("file_cap_mb")
    if path.stat().st_size > cap * MEGABYTE:
        raise refuse(
            "file_too_large",
            file=str(path),
            value=f"{path.stat().st_size / MEGABYTE:.0f}",
            cap=f"{cap:g}",
        )
