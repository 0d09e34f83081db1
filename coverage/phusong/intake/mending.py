"""Mend letters that a Unicode file holds in a legacy font, or that were read in the wrong encoding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from phusong.intake.decoding import LEGACY, LOST, SAMPLE_LETTERS
from phusong.intake.diagnosis import ReadOptions
from phusong.intake.findings import Findings
from phusong.intake.headings import locate_header, match_heading
from phusong.intake.masking import show_heads
from phusong.intake.reading import Grid
from phusong.intake.rules import add_to_both, describe_rule
from phusong.vietnamese.detection import Repair, guess_repair, score
from phusong.vietnamese.legacy import repair
from phusong.vocabulary.tables.persons import PERSONAL

#: How many different cells of a column are weighed.
SAMPLE_CELLS = 2000
#: How many first words of a list of persons are shown.
SAMPLE_HEADS = 6
_FOREIGN = r"[^\x00-\x7f]"


def mend_letters(
    grid: Grid,
    kind: str,
    options: ReadOptions,
    findings: Findings,
    *,
    search_rows: int,
    telling_share: float,
) -> Grid:
    """Return the grid with its letters mended, column by column; asks where a person must decide.

    UTF-8 that was read as Windows-1252 is mended and listed, for it is certain; a row of which letters were
    lost is broken. A legacy font (``Th«n §ång GiÕng``) is mended only as ``--encoding`` says. Headings
    are mended by the same rule before columns are sought; those that are known as they stand are left alone.

    Parameters
    ----------
    grid : a table as text.
    kind : source kind, whose headings are looked for.
    options : encoding, where the user states one.
    findings : notebook of this reading.
    search_rows : how many rows may stand above the headings.
    telling_share : share of words that must be Vietnamese in another reading before it is asked about, 0..1.
    """
    stated = options.encoding if options.encoding in LEGACY else None
    grid = locate_header(grid, kind, search_rows=search_rows)
    grid = _repair_top(grid, kind, stated, findings, search_rows=search_rows)
    frame, broken, doubts = grid.frame.copy(), dict(grid.broken), []
    names, head_rows = _known_headings(grid)
    body = frame.index[head_rows:]
    for column, name in zip(frame.columns, names, strict=True):
        cells = frame.loc[body, column]
        foreign = cells[cells.str.contains(_FOREIGN)].drop_duplicates()
        if foreign.empty:
            continue
        sample = "\n".join(foreign.head(SAMPLE_CELLS))
        encoding, doubt = _choose_repair(sample, stated, telling_share)
        doubts += [doubt] if doubt else []
        if encoding:
            mended = _mend_column(cells, foreign, encoding, name, findings)
            frame.loc[body, column] = mended
            lost = cells.index[mended.str.contains(LOST, regex=False)]
            broken.update(dict.fromkeys(lost, "lost_characters"))
    if doubts:
        _ask_font(doubts, findings, personal=kind in PERSONAL)
    top = slice(0, search_rows + 1)
    changed = not any(names) and not frame.iloc[top].equals(grid.frame.iloc[top])
    return replace(grid, frame=frame, broken=broken, header=None if changed else grid.header)


def _repair_top(
    grid: Grid, kind: str, stated: str | None, findings: Findings, *, search_rows: int
) -> Grid:
    """Return the grid with its headings, and what stands above them, mended; listed once.

    A column whose cells have no accents tells nothing of its font, so that the headings are weighed together
    with the first rows. In a stated font they are judged by whether more columns are known under them.
    """
    top = grid.frame.iloc[: search_rows + 1]
    foreign = [text for text in dict.fromkeys(top.to_numpy().ravel()) if not text.isascii()]
    encoding = stated or _choose_repair("\n".join(foreign), None, 1.0)[0]
    if encoding is None:
        return grid
    table = {text: _read_heading(text, kind, encoding) for text in foreign}
    mended = pd.concat([top.map(lambda text: table.get(text, text)), grid.frame.iloc[len(top) :]])
    header = locate_header(Grid(mended), kind, search_rows=search_rows).header
    before = grid.header.score if grid.header else 0
    if header is None or header.score < max(before + bool(stated), 1):
        return grid
    end = header.position + header.height
    frame = pd.concat([mended.iloc[:end], grid.frame.iloc[end:]])
    rows = slice(header.position, end)
    old, new = grid.frame.iloc[rows].to_numpy().ravel(), frame.iloc[rows].to_numpy().ravel()
    changed = [(o, n) for o, n in zip(old, new, strict=True) if o != n]
    if changed:
        shown = (", ".join(texts) for texts in zip(*changed, strict=True))
        findings.fix_shapes("headings_mended", "", len(changed), *shown)
    return replace(grid, frame=frame, header=header)


def _read_heading(text: str, kind: str, encoding: str) -> str:
    """Return a cell as it reads in an encoding, unless it is a known heading as it stands."""
    if match_heading(text, kind):
        return text
    meant = repair(text, encoding)
    return meant if meant and LOST not in meant else text


def _known_headings(grid: Grid) -> tuple[list[str], int]:
    """Return the headings and how many rows they end, where they are known as they stand; else none."""
    header = grid.header
    if header and header.score > 1:
        return header.names, header.position + header.height
    return [""] * grid.frame.shape[1], 0


def _choose_repair(
    sample: str, stated: str | None, telling_share: float
) -> tuple[str | None, list[Repair]]:
    """Return how a column is to be mended, or the readings between which a person must choose."""
    repairs = guess_repair(sample)
    if stated:
        return (stated if any(r.encoding == stated for r in repairs) else None), []
    if not repairs:
        return None, []
    if repairs[0].encoding == "utf-8" and (repairs[0].certain or repairs[0].lost):
        return "utf-8", []
    telling = repairs[0].score >= telling_share > score(sample)
    return None, [r for r in repairs if r.encoding in LEGACY] if telling else []


def _mend_column(
    cells: pd.Series, foreign: pd.Series, encoding: str, heading: str, findings: Findings
) -> pd.Series:
    """Return a column as it was meant; a cell that lost letters shows it."""
    table = {text: _mend_cell(text, encoding) for text in foreign}
    mended = cells.map(lambda t: table.get(t, t)).astype("str")
    changed = mended != cells
    findings.fix("letters_mended", heading, cells[changed], mended[changed])
    return mended


def _mend_cell(text: str, encoding: str) -> str:
    """Return a cell as it was meant, unless it is Vietnamese only as it stands; lost letters are marked."""
    meant = repair(text, encoding)
    if meant is None:
        return f"{text}{LOST}"
    return text if score(text) == 1 > score(meant) else meant


def _ask_font(doubts: Sequence[Sequence[Repair]], findings: Findings, *, personal: bool) -> None:
    """Ask in which legacy font the text is, with the fullest column in each; of persons first words alone."""
    best = {found.encoding: found for found in max(doubts, key=lambda found: len(found[0].text))}
    pieces = {
        name: show_heads(r.text, count=SAMPLE_HEADS) if personal else r.text.splitlines()[0]
        for name, r in best.items()
    }
    shown = "; ".join(f"{name}: “{piece[:SAMPLE_LETTERS]}”" for name, piece in pieces.items())
    findings.ask("encoding", list(best), add_to_both(describe_rule("legacy_font"), shown))
