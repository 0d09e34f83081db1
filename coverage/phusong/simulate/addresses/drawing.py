"""Draw addresses by the thousand, ordinary and noisy, and tell of each what it means."""

from __future__ import annotations

from random import Random

import numpy as np
import pandas as pd

from phusong.simulate.addresses.places import Book, Place, open_book
from phusong.simulate.addresses.shapes import Written, write_ordinary
from phusong.simulate.addresses.spoiling import (
    LETTERS,
    LOSSY,
    MARKS,
    SPELLINGS,
    WHOLE,
    glue_words,
    respell,
    spoil_name,
    spoil_number,
    spoil_whole,
)
from phusong.simulate.addresses.telling import TELLINGS
from phusong.simulate.seeds import seed_part

#: How often each change of letters is drawn; the others once.
WEIGHTS = {
    "no_marks": 6,
    "no_marks_lower": 4,
    "some_marks": 4,
    "nfd": 4,
    "tcvn3": 3,
    "telex": 3,
    "tone_place": 3,
    "i_y": 3,
    "tone_confused": 4,
    "typo": 5,
    "l_n": 2,
    "s_x": 2,
    "ch_tr": 2,
    "d_gi_r": 2,
    "numbers": 8,
}
#: Of the drawn addresses, those that come in columns.
COLUMNAR = 0.2

_NUMBERS, _GLUED = "numbers", "words_glued"
_TELLERS = {name: teller for name, (teller, _) in TELLINGS.items()}
_KINDS = (*WHOLE, *LOSSY, *SPELLINGS, *MARKS, *LETTERS, _NUMBERS, _GLUED, *TELLINGS)
_CHANCES = {name: weight for name, (_, weight) in TELLINGS.items()} | WEIGHTS
_DRAW = [_CHANCES.get(name, 1) for name in _KINDS]

#: Every name that the column `noise` can hold.
NOISES = tuple(sorted(_KINDS))

COLUMNS = ("row_id", "address", "hamlet", "commune", "district", "province", "as_of")
TRUTH = ("true_hamlet", "true_commune", "expected_status", "noise")


def simulate_addresses(
    hamlets: pd.DataFrame, *, count: int, share: float, seed: int
) -> pd.DataFrame:
    """Return different addresses with what each of them truly means.

    Parameters
    ----------
    hamlets : gazetteer: hamlet_id, kind, name, commune_code, edition (one for all), aliases (by |).
    count : how many addresses, no two of them written alike.
    share : of these, those that are noisy; the others are ordinary.
    seed : another seed draws others.

    Returns
    -------
    addresses : row_id, address, hamlet, commune, district, province, as_of (texts, empty where there is
        nothing), true_hamlet (filled where expected_status is MATCHED), true_commune (there and where it
        is COMMUNE_ONLY; a code of the gazetteer's edition), expected_status, noise (empty where ordinary).
        After the noises `wrong_commune` and `wrong_district` any outcome but MATCHED is truthful.
    """
    book = open_book(hamlets)
    rng = _python_stream(seed_part(seed, "addresses"))
    noisy = rng.sample(range(count), round(share * count))
    wanted = [False] * count
    for i in noisy:
        wanted[i] = True
    seen: set[Written] = set()
    rows = []
    for i, bad in enumerate(wanted):
        place, written = _draw_new(book, rng, bad, seen)
        rows.append((str(i), *written[:6], *_tell_truth(place, written)))
    return pd.DataFrame(rows, columns=[*COLUMNS, *TRUTH], dtype="str")


def _draw_new(book: Book, rng: Random, bad: bool, seen: set[Written]) -> tuple[Place, Written]:
    """Return an address that was not written before, and add it to those."""
    while True:
        place = rng.choice(book.places)
        columns = rng.random() < COLUMNAR
        draw = write_noisy if bad else _write_plain
        written = draw(place, rng, book, columns=columns)
        key = Written(*written[:6])
        if key not in seen:
            seen.add(key)
            return place, written


def write_noisy(place: Place, rng: Random, book: Book, *, columns: bool) -> Written:
    """Return an address with one noise that fits the hamlet.

    Parameters
    ----------
    place : the hamlet.
    rng : stream of random numbers.
    book : all hamlets.
    columns : whether the source has a column for each level.
    """
    while True:
        kind = rng.choices(_KINDS, _DRAW)[0]
        written = _spoil(place, rng, book, kind, columns)
        if written is not None:
            return written._replace(noise=kind)


def _spoil(place: Place, rng: Random, book: Book, kind: str, columns: bool) -> Written | None:
    """Return an address with the noise asked for; nothing where it does not fit."""
    if kind in _TELLERS:
        return _TELLERS[kind](place, rng, book, columns)
    if kind == _NUMBERS:
        return spoil_number(place, rng, columns=columns)
    if kind == _GLUED:
        return glue_words(place, rng, columns=columns)
    if kind in SPELLINGS:
        return respell(place, rng, kind, columns=columns)
    spoil = spoil_whole if kind in WHOLE or kind in LOSSY else spoil_name
    return spoil(place, rng, kind, columns=columns)


def _write_plain(place: Place, rng: Random, _book: Book, *, columns: bool) -> Written:
    """Return an ordinary address."""
    return write_ordinary(place, rng, columns=columns)


def _tell_truth(place: Place, written: Written) -> tuple[str, str, str, str]:
    """Return the hamlet and the commune that an address means, what a careful reader finds, the noise."""
    hamlet = place.hamlet_id if written.status == "MATCHED" else ""
    commune = place.code if written.status in ("MATCHED", "COMMUNE_ONLY") else ""
    return hamlet, commune, written.status, written.noise


def _python_stream(rng: np.random.Generator) -> Random:
    """Return a stream of single draws, which the standard library makes faster than numpy."""
    return Random(int(rng.integers(0, 2**63)))
