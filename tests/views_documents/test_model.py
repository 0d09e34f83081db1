"""What may not be said cannot be made: percentages without a whole, totals of unlike things, names."""

import dataclasses
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phusong.views.documents import cells, model
from phusong.views.documents.model import (
    Amount,
    Column,
    FigureLine,
    Gap,
    Kind,
    Share,
    SignatureBlock,
    Table,
    add_total,
)

DAY, EDITION = date(2021, 9, 26), "2021-01-01"
COUNTS = (Column("name", "Xã"), Column("part", "Có", Kind.INT), Column("whole", "Tổng", Kind.INT))
RATE = Column("rate", "Tỷ lệ", Kind.SHARE, "%", ("part", "whole"))


@pytest.mark.parametrize("whole", [None, 12.0, True, "12", float("nan")])
def test_a_percentage_without_a_denominator_cannot_be_made(whole):
    with pytest.raises(TypeError):
        Share(3, whole)


def test_a_figure_is_made_of_a_share_and_has_date_and_edition():
    with pytest.raises(TypeError):
        FigureLine("4G", 0.9, "thôn", DAY, EDITION)
    with pytest.raises(TypeError):
        FigureLine("4G", Share(9, 10), "thôn", None, EDITION)
    with pytest.raises(ValueError, match="edition"):
        FigureLine("4G", Share(9, 10), "thôn", DAY, "")
    with pytest.raises(ValueError, match="no share"):
        Amount("4G", 90, Kind.SHARE)


def test_a_share_column_needs_its_two_columns_and_a_basis():
    rows = (("Đạo Trù", 7, 12),)
    with pytest.raises(ValueError, match="names its two"):
        Column("rate", "Tỷ lệ", Kind.SHARE)
    with pytest.raises(ValueError, match="beside it"):
        Table("t", "t", (*COUNTS[:2], RATE), (("Đạo Trù", 7),), as_of=DAY, edition=EDITION)
    with pytest.raises(TypeError):
        Table("t", "t", (*COUNTS, RATE), rows)
    table = Table("t", "t", (*COUNTS, RATE), rows, as_of=DAY, edition=EDITION)
    assert table.shares() == [("Đạo Trù", 7, 12, Share(7, 12))]


def test_a_part_is_never_more_than_its_whole():
    with pytest.raises(ValueError, match="more than the whole"):
        Share(13, 12)
    with pytest.raises(ValueError, match="more than the whole"):
        Table("t", "t", (*COUNTS, RATE), (("a", 13, 12),), as_of=DAY, edition=EDITION)


@settings(max_examples=200)
@given(st.integers(0, 300_000), st.integers(1, 300_000))
def test_percentages_are_rounded_half_up_and_exactly(part, whole):
    part = min(part, whole)
    exact = Fraction(1000 * part, whole)
    tenths = Share(part, whole).tenths
    assert tenths - Fraction(1, 2) <= exact < tenths + Fraction(1, 2)


def test_the_figure_that_the_press_cut_off_is_rounded():
    assert cells.write_percentage(Share(703, 734), language="vi") == "95,8%"
    assert cells.write_percentage(Share(1, 2000), language="vi") == "0,1%"
    assert cells.write_percentage(Share(545, 545), language="en") == "100.0%"


@pytest.mark.parametrize("share", [Share(Gap.HIDDEN, 9), Share(3, Gap.HIDDEN), Share(0, 0)])
def test_a_share_that_cannot_be_told_is_a_dash(share):
    assert cells.write_percentage(share, language="vi") == "–"


def test_totals_stand_where_asked_and_a_gap_makes_a_gap():
    table = Table("t", "t", COUNTS, (("a", 1, 5), ("b", Gap.HIDDEN, 6)))
    assert table.total is None
    assert add_total(table, "part", "whole", label="Tổng").total == ("Tổng", Gap.HIDDEN, 11)
    assert add_total(table, "whole", label="Tổng").total == ("Tổng", None, 11)


def test_texts_shares_and_unlike_rows_have_no_total():
    table = Table("t", "t", (*COUNTS, RATE), (("a", 1, 5),), as_of=DAY, edition=EDITION)
    for name in ("name", "rate"):
        with pytest.raises(ValueError, match="have totals"):
            add_total(table, name, label="Tổng")
    apart = Table("t", "t", COUNTS, (("a", 1, 5),), apart=True)
    with pytest.raises(ValueError, match="different kinds"):
        add_total(apart, "whole", label="Tổng")


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("1", Kind.INT),
        (1.5, Kind.MONEY),
        (True, Kind.INT),
        (3, Kind.TEXT),
        ("2021-09-26", Kind.DATE),
    ],
)
def test_a_cell_is_what_its_column_holds(cell, kind):
    with pytest.raises(TypeError):
        Table("t", "t", (Column("x", "x", kind),), ((cell,),))


def test_whoever_signs_is_a_role():
    assert [field.name for field in dataclasses.fields(SignatureBlock)] == ["lines", "note"]


def test_every_part_is_frozen():
    for name in model.__all__:
        part = getattr(model, name)
        if dataclasses.is_dataclass(part):
            assert part.__dataclass_params__.frozen, name
