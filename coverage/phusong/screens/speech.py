"""What is said on the screen: sentences of the catalogues, numbers, sums and days, in one language.

A sentence stands in the code in English and in `words/<language>/*.po` in both languages; each page has
files of its own. The catalogues are read as they are written; nothing is compiled.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from io import BytesIO
from zoneinfo import ZoneInfo

import pandas as pd
from babel import Locale
from babel.dates import format_date, format_datetime
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from phusong.vocabulary.schema import Table
from phusong.vocabulary.terms import Edition, Operator, Term
from phusong.vocabulary.units import write_heading

LANGUAGES = ("vi", "en")
#: What each language calls itself.
LANGUAGE_NAMES = {"vi": "Tiếng Việt", "en": "English"}
LOCALES = {"vi": Locale("vi", "VN"), "en": Locale("en", "GB")}
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
#: How numbers and days are written; stated, for the usual short forms of Babel differ from offices' habits.
WHOLE, FIGURE, SHARE, MONEY = "#,##0", "#,##0.###", "#,##0.0%", "#,##0\u00a0₫"
DAY, MOMENT = "dd/MM/yyyy", "HH:mm dd/MM/yyyy"
MISSING = "–"


def word(message: str) -> str:
    """Mark a sentence that is said later, so that the test of the catalogues finds it."""
    return message


def list_catalogues(language: str) -> list[Traversable]:
    """Return the files of a language, by name."""
    folder = resources.files("phusong").joinpath("screens", "words", language)
    files = [f for f in folder.iterdir() if f.name.endswith(".po")]
    return sorted(files, key=lambda f: f.name)


@lru_cache(maxsize=len(LANGUAGES))
def read_words(language: str) -> dict[str, tuple[str, ...]]:
    """Return message → its forms in a language, from all files of the language.

    Parameters
    ----------
    language : ``vi`` or ``en``.
    """
    words: dict[str, tuple[str, ...]] = {}
    for file in list_catalogues(language):
        for message in read_file(file, language):
            if message.id:
                single, *_ = [message.id] if isinstance(message.id, str) else message.id
                forms = message.string
                words[single] = (forms,) if isinstance(forms, str) else tuple(forms or ())
    return words


def read_file(file: Traversable, language: str) -> Catalog:
    """Return one file of a language.

    Parameters
    ----------
    file : from `list_catalogues`.
    language : ``vi`` or ``en``.
    """
    return read_po(BytesIO(file.read_bytes()), locale=language, abort_invalid=True)


@dataclass(frozen=True)
class Speech:
    """Say things in one language.

    Parameters
    ----------
    language : ``vi`` or ``en``.
    """

    language: str

    def say(self, message: str, **filling: object) -> str:
        """Return a sentence, its ``{…}`` filled in; one that no catalogue has stays as it is.

        Parameters
        ----------
        message : the sentence as it stands in the code.
        filling : what its braces hold; numbers are written as the language writes them.
        """
        return self._fill(read_words(self.language).get(message, (message,))[0], filling)

    def count(self, one: str, many: str, n: int, **filling: object) -> str:
        """Return a sentence about a number of things; Vietnamese has one form, English two.

        Parameters
        ----------
        one, many : the sentence for one thing and for many, with ``{n}``.
        n : how many.
        filling : what other braces hold.
        """
        forms = read_words(self.language).get(one, (one, many))
        return self._fill(forms[0 if n == 1 else -1], {"n": n, **filling})

    def term(self, term: Term | Edition | Operator) -> str:
        """Return the label of a word of a closed list."""
        return str(getattr(term, self.language))

    def columns(self, *tables: Table) -> dict[str, str]:
        """Return column → its label, with the unit where one is needed, for tables that are shown."""
        return {c.name: write_heading(c, self.language) for t in tables for c in t.columns}

    def number(self, value: float | None) -> str:
        """Return a whole number."""
        return self._decimal(value, WHOLE)

    def decimal(self, value: float | None, places: int) -> str:
        """Return a number with some places after the comma."""
        return self._decimal(value, f"{WHOLE}.{'0' * places}")

    def figure(self, value: float | None) -> str:
        """Return a number with as many places as it has, three at most."""
        return self._decimal(value, FIGURE)

    def share(self, value: float | None) -> str:
        """Return a share of 0 to 1 as per cent with one place."""
        if value is None or _lacks(value):
            return MISSING
        return format_percent(value, SHARE, locale=LOCALES[self.language])

    def money(self, vnd: float | None) -> str:
        """Return a sum of money [VND]."""
        return self._decimal(vnd, MONEY)

    def day(self, when: date | str | None) -> str:
        """Return a day, from a date or from ISO text."""
        if _lacks(when):
            return MISSING
        day = date.fromisoformat(when[:10]) if isinstance(when, str) else when
        return format_date(day, DAY, locale=LOCALES[self.language])

    def moment(self, when: datetime | str | None) -> str:
        """Return a time of day and its date as clocks in Việt Nam have it."""
        if _lacks(when):
            return MISSING
        moment = datetime.fromisoformat(when) if isinstance(when, str) else when
        return format_datetime(moment, MOMENT, tzinfo=ZONE, locale=LOCALES[self.language])

    def _decimal(self, value: float | None, pattern: str) -> str:
        """Return a number by a pattern; a dash where there is none."""
        if value is None or _lacks(value):
            return MISSING
        return format_decimal(value, pattern, locale=LOCALES[self.language])

    def _fill(self, text: str, filling: dict[str, object]) -> str:
        """Return a sentence with its braces filled in."""
        if not filling:
            return text
        return text.format(**{name: self._write(value) for name, value in filling.items()})

    def _write(self, value: object) -> str:
        """Return what stands for a value in a sentence."""
        if isinstance(value, Term):
            return self.term(value)
        if isinstance(value, int) and not isinstance(value, bool):
            return self.number(value)
        return self.day(value) if isinstance(value, date) else str(value)


def _lacks(value: object) -> bool:
    """Return whether there is no value: None, not a number, not a time."""
    return value is None or bool(pd.isna(value))
