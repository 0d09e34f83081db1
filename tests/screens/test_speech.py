"""What is said: numbers, sums and days as offices write them, and sentences with what is filled in."""

from datetime import UTC, date, datetime

import pandas as pd
import pytest

from phusong.screens.speech import LANGUAGES, Speech
from phusong.vocabulary.book import Role

VI, EN = Speech("vi"), Speech("en")


@pytest.mark.parametrize(
    ("said", "vietnamese", "english"),
    [
        (lambda s: s.number(1234567), "1.234.567", "1,234,567"),
        (lambda s: s.decimal(1234.5, 2), "1.234,50", "1,234.50"),
        (lambda s: s.share(0.873), "87,3%", "87.3%"),
        (lambda s: s.money(12_500_000), "12.500.000\u00a0₫", "12,500,000\u00a0₫"),
        (lambda s: s.day("2026-03-02"), "02/03/2026", "02/03/2026"),
        (lambda s: s.day(date(2026, 3, 2)), "02/03/2026", "02/03/2026"),
        (
            lambda s: s.moment(datetime(2026, 3, 2, 20, 5, tzinfo=UTC)),
            "03:05 03/03/2026",
            "03:05 03/03/2026",
        ),
        (lambda s: s.term(Role.SCHOOL), "nhà trường", "school"),
        (
            lambda s: s.say("{n} of {all} hamlets", n=1200, all=1400),
            "1.200 / 1.400 thôn, tổ dân phố",
            "1,200 of 1,400 hamlets",
        ),
        (lambda s: s.count("{n} kite", "{n} kites", 1), "1 kite", "1 kite"),
        (lambda s: s.count("{n} kite", "{n} kites", 2), "2 kites", "2 kites"),
    ],
)
def test_it_is_written_as_the_language_writes_it(said, vietnamese, english):
    assert (said(VI), said(EN)) == (vietnamese, english)


@pytest.mark.parametrize("nothing", [None, float("nan"), pd.NA, pd.NaT])
def test_what_is_not_known_is_a_dash(nothing):
    for language in LANGUAGES:
        speech = Speech(language)
        for said in (speech.number, speech.share, speech.money, speech.day, speech.moment):
            assert said(nothing) == "–"


def test_a_sentence_that_no_catalogue_has_stays_as_it_is():
    assert VI.say("Nothing of the kind") == "Nothing of the kind"


def test_braces_in_what_is_filled_in_are_left_alone():
    assert VI.say("Download {name}", name="{x}") == "Tải về {x}"
