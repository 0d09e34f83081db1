"""The seal of the journal: every line hashes what it says together with the seal of the line before.

The hash is SHA-256 (FIPS 180-4) over canonical JSON: sorted keys, no spaces, UTF-8.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from phusong.ledger.faults import LedgerFault

#: What stands before the first line.
GENESIS = "0" * 64


@dataclass(frozen=True)
class Anchor:
    """Name a line of the journal and its seal: printed on a report, it holds the book to what it said.

    Parameters
    ----------
    number : the line; 0 for an empty book.
    hash : its seal.
    """

    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"

    @classmethod
    def of(cls, text: str) -> Anchor:
        """Return the anchor that a report prints.

        Raises
        ------
        LedgerFault
            If the text is none.
        """
        number, _, seal = text.strip().partition(":")
        if not number.isdigit() or len(seal) != len(GENESIS):
            raise LedgerFault(f"“{text}” is no anchor", cure="copy NUMBER:HASH from the report")
        return cls(int(number), seal)


def write_canonical(value: Any) -> str:
    """Return a value as the one JSON text that stands for it."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def seal_line(line: Mapping[str, Any]) -> str:
    """Return the seal of a line of the journal, from everything it says, the previous seal included."""
    told = {name: value for name, value in line.items() if name != "hash"}
    return hashlib.sha256(write_canonical(told).encode()).hexdigest()
