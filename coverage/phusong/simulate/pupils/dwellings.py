"""Where pupils say that they live, record by record, in the form that each list asks for."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import numpy as np
import pandas as pd

from phusong.simulate.addresses.customs import describe_customs
from phusong.simulate.addresses.drawing import write_noisy
from phusong.simulate.addresses.places import Book, Place, open_book
from phusong.simulate.addresses.shapes import Written, write_ordinary
from phusong.simulate.addresses.telling import DITTOS
from phusong.simulate.demonstration import Demonstration
from phusong.simulate.pupils.forms import FORMS, Form
from phusong.simulate.pupils.recipe import RecordRecipe
from phusong.simulate.pupils.variants import python_stream
from phusong.vocabulary.pupils import MatchStatus

DITTO = "ditto"
#: Of the records with a registered address, those where it is that of the residence, and of another hamlet.
REGISTERED_HERE, REGISTERED_AWAY = 0.75, 0.05


def open_gazetteer(hamlets: pd.DataFrame, demonstration: Demonstration) -> Book:
    """Return the hamlets of the made-up world as those know them who write addresses."""
    known = hamlets[["hamlet_id", "kind", "name", "commune_code"]]
    described = known.assign(edition=demonstration.edition, aliases=hamlets["former_names"])
    return open_book(described, describe_customs(demonstration))


def write_dwellings(
    place: np.ndarray,
    form: Sequence[str],
    sheet: np.ndarray,
    book: Book,
    *,
    recipe: RecordRecipe,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Return the addresses of records in the order of their lists, and what each truly means.

    A sign for “as above” stands only under a record from the same hamlet on the same sheet.

    Parameters
    ----------
    place : hamlet of each record, as a row of the book [n].
    form : one of `FORMS` [n].
    sheet : number of the sheet on which each record stands [n].
    book : all hamlets.
    recipe : how many are noisy.
    rng : stream of random numbers.

    Returns
    -------
    dwellings : address, hamlet, commune, district, province, registered (texts, empty where there is
        nothing), expected_status, noise.
    """
    count = len(place)
    noisy = np.zeros(count, dtype=bool)
    noisy[rng.choice(count, round(recipe.address_noise * count), replace=False)] = True
    ditto = _choose_dittos(place, sheet, noisy, round(recipe.dittos * count), rng)
    stream = python_stream(rng)
    rows = []
    for i in range(count):
        home, shape = book.places[place[i]], FORMS[form[i]]
        if ditto[i]:
            written = _write_ditto(stream.choice(DITTOS), shape)
        elif noisy[i]:
            written = _write_fitting(home, stream, book, shape)
        else:
            written = write_ordinary(home, stream, columns=shape.columns)
        registered = _register(home, stream, book, written) if shape.registered else ""
        rows.append((*written[:5], registered, _judge(written, registered), written.noise))
    names = ["address", "hamlet", "commune", "district", "province", "registered"]
    return pd.DataFrame(rows, columns=[*names, "expected_status", "noise"])


def _choose_dittos(
    place: np.ndarray, sheet: np.ndarray, noisy: np.ndarray, wanted: int, rng: np.random.Generator
) -> np.ndarray:
    """Return the records that say “as above”, where the one above names the same hamlet plainly [n]."""
    same = (place[1:] == place[:-1]) & (sheet[1:] == sheet[:-1]) & ~noisy[1:] & ~noisy[:-1]
    fitting = np.flatnonzero(same) + 1
    fitting = fitting[np.diff(fitting, prepend=-1) > 1]
    ditto = np.zeros(len(place), dtype=bool)
    ditto[rng.choice(fitting, min(wanted, len(fitting)), replace=False)] = True
    return ditto


def _write_ditto(sign: str, form: Form) -> Written:
    """Return a sign for “as above”, in every column that a clerk would fill with it."""
    written = Written(hamlet=sign, commune=sign) if form.columns else Written(address=sign)
    return written._replace(status=str(MatchStatus.EMPTY), noise=DITTO)


def _write_fitting(home: Place, stream: Random, book: Book, form: Form) -> Written:
    """Return a noisy address that the form can hold, on a record of the day of the list."""
    while True:
        written = write_noisy(home, stream, book, columns=form.columns)
        if written.noise != DITTO and not written.as_of and written.noise not in form.unwritable:
            return written


def _register(home: Place, stream: Random, book: Book, written: Written) -> str:
    """Return the registered address: mostly that of the residence; nothing that would mislead."""
    dice = stream.random()
    if dice < REGISTERED_HERE:
        at = home
    elif dice < REGISTERED_HERE + REGISTERED_AWAY and written.address:
        at = stream.choice(book.places)
    else:
        return ""
    return write_ordinary(at, stream, columns=False).address


def _judge(written: Written, registered: str) -> str:
    """Return what a careful reader finds: where no residence is written, the registered one."""
    nothing = not any(written[:5])
    return str(MatchStatus.MATCHED) if nothing and registered else written.status
