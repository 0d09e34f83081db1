"""The rates of coverage among changed hamlets on the former and on the present list, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from phusong.views.figures import format_date, format_number, format_share
from phusong.views.labels import tell
from phusong.vocabulary.terms import ListedWhen, Term


class ChangedLine(Term):
    """Name the sentences about the former and the present list of hamlets."""

    HEAD = "head", "{title} · sóng ngày {day} · {edition}", "{title} · signal of {day} · {edition}"
    TITLE = (
        "title",
        "Trên danh sách thôn cũ và mới",
        "On the former and the present list of hamlets",
    )
    FORMER = (
        "former",
        "Danh sách cũ (đến {day}), thôn được phủ sóng",
        "Former list (until {day}), hamlets with mobile coverage",
    )
    PRESENT = (
        "present",
        "Danh sách mới (ngày {day}), thôn được phủ sóng",
        "Present list (on {day}), hamlets with mobile coverage",
    )
    RATE = (
        "rate",
        "{name}: {done}/{of} ({share}); trắng sóng {white}, không có dữ liệu {unknown}",
        "{name}: {done}/{of} ({share}); in a white gap {white}, no data {unknown}",
    )
    NOTE = (
        "note",
        "Chỉ tính các thôn đã sáp nhập, chia tách, đổi tên hoặc chuyển xã. Cả hai tỷ lệ đều theo sóng ngày "
        "{day}: khác nhau là do danh sách thôn thay đổi, không do có thêm trạm.",
        "Only of hamlets that were merged, split, renamed or moved. Both rates are by the signal of {day}: "
        "where they differ, the list of hamlets changed, and no site was added.",
    )


_LABELS = {str(ListedWhen.BEFORE): ChangedLine.FORMER, str(ListedWhen.AFTER): ChangedLine.PRESENT}


def label_list(rate: Mapping[str, Any], language: str) -> str:
    """Return which list a rate counts, with the list's day.

    Parameters
    ----------
    rate : listed, listed_on, as `changed_coverage` of `summary.json` holds them.
    language : ``vi`` or ``en``.
    """
    return tell(_LABELS[rate["listed"]], language, day=format_date(rate["listed_on"]))


def note_lists(rate: Mapping[str, Any], language: str) -> str:
    """Return of which hamlets the rates are, and by the signal of which day.

    Parameters
    ----------
    rate : as_of.
    language : ``vi`` or ``en``.
    """
    return tell(ChangedLine.NOTE, language, day=format_date(rate["as_of"]))


def changed_lines(rates: list[dict[str, Any]], edition: str, language: str) -> list[str]:
    """Return a title, a line for each list and what it is of; nothing where no hamlet changed.

    Parameters
    ----------
    rates : `changed_coverage` of `summary.json`.
    edition : label of the edition of the administrative map.
    language : ``vi`` or ``en``.
    """
    if not rates:
        return []
    title, day = tell(ChangedLine.TITLE, language), format_date(rates[0]["as_of"])
    head = tell(ChangedLine.HEAD, language, title=title, day=day, edition=edition)
    lines = [*(_format_rate(rate, language) for rate in rates), note_lists(rates[0], language)]
    return [head, *(f"  {line}" for line in lines)]


def _format_rate(rate: Mapping[str, Any], language: str) -> str:
    """Return a rate with its list, numerator and denominator, and what is white or unknown."""
    names = {"done": "numerator", "of": "denominator", "white": "white", "unknown": "unknown"}
    counts = {n: format_number(rate[key], language=language) for n, key in names.items()}
    share = format_share(rate["share"], language=language)
    return tell(ChangedLine.RATE, language, name=label_list(rate, language), share=share, **counts)
