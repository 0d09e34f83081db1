"""How wide text is, and so the columns of a printed table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from phusong.views.documents.measures import read_measures

#: Mean widths of the letters of Times New Roman [of their size]: capitals, figures, the others; bold adds.
CAPITAL_EM: Final = 0.69
FIGURE_EM: Final = 0.5
LETTER_EM: Final = 0.46
BOLD: Final = 1.06
#: Room on both sides of a cell, its lines included [of the size of the letters].
PADDING_EM: Final = 0.7
#: Lines that a heading may stand on; a cell would rather stand on one.
HEAD_LINES: Final = 2.0
#: A column of running text never asks for more than this part of the table.
WIDEST: Final = 0.3
POINT_MM: Final = 25.4 / 72


def measure_em(text: str, *, bold: bool = False) -> float:
    """Return about how wide a line of text is [of the size of its letters].

    Parameters
    ----------
    text : one line.
    bold : whether it is bold.
    """
    wide = sum(
        CAPITAL_EM if letter.isupper() else FIGURE_EM if letter.isdigit() else LETTER_EM
        for letter in text
    )
    return wide * (BOLD if bold else 1)


def measure_room(*, landscape: bool) -> float:
    """Return how wide a table may be [of the size of its letters].

    Parameters
    ----------
    landscape : whether the page lies on its side.
    """
    size = read_measures()
    page = size["page_height_mm" if landscape else "page_width_mm"]
    letters = size["broad_table_pt" if landscape else "table_pt"] * POINT_MM
    return (page - size["margin_left_mm"] - size["margin_right_mm"]) / letters


def share_width(
    heads: Sequence[dict[str, str]],
    rows: Sequence[Sequence[str]],
    aligns: Sequence[str],
    *,
    room: float,
) -> list[float]:
    """Return the width of each column as a share of the table's; the shares sum to 1.

    Every column first gets what its longest word, number or date asks for; what is left goes to those
    that want more, by how much they want. Where not even the first will fit, all shrink alike.

    Parameters
    ----------
    heads : label and unit of each column.
    rows : texts of the cells.
    aligns : left for running text, which may be broken at blanks.
    room : of the table [of the size of its letters].
    """
    least, wanted, widest = [], [], WIDEST * room
    for at, (head, align) in enumerate(zip(heads, aligns, strict=True)):
        cells = [row[at] for row in rows]
        words = [w for cell in cells for w in (cell.split() if align == "left" else [cell])]
        longest = max((measure_em(w, bold=align != "left") for w in words), default=0.0)
        titles = [measure_em(w, bold=True) for w in (head["label"] + " " + head["unit"]).split()]
        floor = min(max([longest, *titles]), widest) + PADDING_EM
        line = max((measure_em(cell) for cell in cells), default=0.0)
        wish = min(line, widest)
        label = measure_em(head["label"], bold=True) / HEAD_LINES
        least.append(floor)
        wanted.append(max(floor, wish + PADDING_EM, min(label, widest) + PADDING_EM))
    spare = room - sum(least)
    greed = [wish - floor for wish, floor in zip(wanted, least, strict=True)]
    give = min(1.0, max(0.0, spare) / sum(greed)) if sum(greed) else 0.0
    wide = [floor + give * more for floor, more in zip(least, greed, strict=True)]
    return [width / sum(wide) for width in wide]
