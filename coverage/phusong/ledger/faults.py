"""The faults of the book: what it refuses, and what may be done instead."""

from __future__ import annotations

from typing import Any

from phusong.vocabulary.errors import SourceFault


class LedgerFault(SourceFault):
    """Refuse a command; nothing of it has been written."""


class Refusal(LedgerFault):
    """Refuse a command on the programme's own rules; the journal keeps that it was tried.

    Parameters
    ----------
    message : what is refused.
    kind, subject : what it is about, such as ``pupil`` and a pseudonym.
    cure : what to do instead.
    """

    def __init__(self, message: str, *, kind: str, subject: str, cure: str = "") -> None:
        self.kind, self.subject = kind, subject
        super().__init__(message, cure=cure)

    @property
    def told(self) -> dict[str, Any]:
        """Return what the journal keeps of it."""
        return {"about": self.kind, "told": str(self)}


class AlreadyAwarded(Refusal):
    """Refuse a second award to a pupil or a household, and cite the first.

    Parameters
    ----------
    pupil : pseudonym of the pupil who was to be given another.
    award, dated, lot_id, state : the award that stands.
    because : by what the two were found to be the same: ``pupil``, ``token`` or ``household``.
    """

    def __init__(
        self, pupil: str, *, award: int, dated: str, lot_id: str, state: str, because: str
    ) -> None:
        self.award, self.dated, self.lot_id = award, dated, lot_id
        self.state, self.because = state, because
        what = {"household": "household"}.get(because, "pupil")
        known = " (the same identity under another pseudonym)" if because == "token" else ""
        super().__init__(
            f"{pupil}: this {what} already has award {award} of {dated}, "
            f"{lot_id or 'a package'}, {state}{known}",
            kind="pupil",
            subject=pupil,
            cure="a second one needs a recorded decision that frees the pupil from the first",
        )

    @property
    def told(self) -> dict[str, Any]:
        """Return what the journal keeps of it, the first award included."""
        names = ("award", "dated", "lot_id", "state", "because")
        return {**super().told, "first": {n: str(getattr(self, n)) for n in names}}


class NotAllowed(Refusal):
    """Refuse somebody who may not do this, or not do it to what is their own."""


class OutOfStock(LedgerFault):
    """Refuse to take more from a lot than lies there."""


class Unavailable(LedgerFault):
    """Say that the book cannot be read or written just now: disk, rights, or somebody else at work."""


class Damaged(LedgerFault):
    """Say that a book does not verify."""
