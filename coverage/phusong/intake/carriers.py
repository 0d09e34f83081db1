"""Read what a mast carries: technologies, bands and directions, and which goes with which."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from phusong.intake.diagnosis import ReadOptions
from phusong.intake.findings import Findings
from phusong.intake.headings import MatchedTable
from phusong.intake.numbers import show_number
from phusong.intake.values import parse_flag
from phusong.intake.words import BAND_HOLDERS, HOME_BANDS, TECHNOLOGY_WORDS
from phusong.vocabulary.tables.accepted import CELLS
from phusong.vocabulary.terms import Severity, Technology

Bands = tuple[float, ...]
Layers = tuple[tuple[Technology, Bands], ...]

MARKS = {
    "has_2g": Technology.G2,
    "has_3g": Technology.G3,
    "has_4g": Technology.G4,
    "has_5g": Technology.G5,
}
#: Letters that network engineers put before a band: G900, U2100, L1800, N3500.
_PREFIXES = {"g": Technology.G2, "u": Technology.G3, "l": Technology.G4, "n": Technology.G5}
_TOKEN = re.compile(
    r"(?P<tech>[2345]\s?g|lte|umts|wcdma|hspa|gsm|5?g?nr)(?![a-z])|(?P<prefix>[guln])(?=\d{3,4})|(?P<band>\d{3,4})(?!\d)"
)
_AZIMUTH = re.compile(r"\d+(?:\.\d+)?")
#: Ports as engineers write them: 2, 2T2R, 4x4, 4T4R (transmit first).
#: As many digits as tell that a number is no number of ports.
_DIGITS = 9
_PORTS = re.compile(r"(\d+)(?:[.,]0+)?\s*(?:t\s*\d+\s*r|[x×]\s*\d+|tx|cổng|ports?)?")
#: Technologies whose power is spread over subcarriers and ports.
_WIDE = (Technology.G4.value, Technology.G5.value)
FULL_TURN = 360.0


def read_layers(table: MatchedTable, findings: Findings, options: ReadOptions) -> pd.Series:
    """Return the technologies of each row, each with its bands.

    Parameters
    ----------
    table : the raw table, matched; ``technology``, the crosses ``has_2g`` to ``has_5g`` and ``band``.
    findings : notebook of this reading.
    options : technology of the whole file.

    Returns
    -------
    tuples of (technology, bands [MHz]) on the index of the rows; empty where no technology is known.
    """
    crossed = _read_crosses(table, findings)
    named, bands = table.cells("technology"), table.cells("band")
    keys = pd.Series(list(zip(crossed, named, bands, strict=True)), index=named.index)
    whole = parse_layers(options.technology or "")
    parsed = {key: combine_layers(*key, whole=whole) for key in keys.unique()}
    parsed = _drop_foreign_bands(table, findings, keys, parsed)
    layers = keys.map(lambda k: parsed[k][0]).astype("object")
    _list_matches(table, findings, keys, parsed)
    none = layers.map(len) == 0
    choices = "2G, 3G, 4G, 5G"
    table.fault(findings, "unknown_term", "technology", none & (named != ""), choices=choices)
    column = next((n for n in ("technology", "has_4g", *MARKS) if table.has(n)), "technology")
    table.fault(findings, "required_empty", column, none & (named == ""))
    return layers


def _read_crosses(table: MatchedTable, findings: Findings) -> list[tuple[Technology, ...]]:
    """Return the technologies that are crossed in each row; a count above zero is a cross."""
    found: list[list[Technology]] = [[] for _ in table.raw.frame.index]
    for name, technology in MARKS.items():
        if not table.has(name):
            continue
        cells = table.cells(name)
        flags = {text: _parse_cross(text) for text in cells.unique()}
        wrong = cells.map(lambda t, flags=flags: flags[t] is None).astype(bool)
        table.fault(findings, "not_a_flag", name, wrong)
        for place, text in enumerate(cells):
            if flags[text]:
                found[place].append(technology)
    return [tuple(f) for f in found]


def _parse_cross(text: str) -> bool | None:
    if text in ("", "-", "–"):
        return False
    flag = parse_flag(text)
    return float(text) > 0 if flag is None and text.isdecimal() else flag


def parse_layers(text: str) -> dict[Technology, Bands]:
    """Return the technologies that a text names, each with the bands written after it."""
    plain = re.sub(r"(?<=\d)\.(?=\d{3})", "", text.lower())
    layers: dict[Technology, Bands] = {}
    current: Technology | None = None
    for token in _TOKEN.finditer(plain):
        if token["band"]:
            if current:
                layers[current] = (*layers[current], float(token["band"]))
            continue
        word = (token["tech"] or "").replace(" ", "")
        current = _PREFIXES.get(token["prefix"] or "") or TECHNOLOGY_WORDS.get(word)
        if current:
            layers.setdefault(current, ())
    return layers


def combine_layers(
    crossed: tuple[Technology, ...], named: str, bands: str, *, whole: dict[Technology, Bands]
) -> tuple[Layers, str]:
    """Return the technologies of a row with their bands, and how the bands were matched.

    Parameters
    ----------
    crossed : technologies with a cross.
    named : text of the technology column.
    bands : text of the band column.
    whole : technologies stated for the whole file.

    Returns
    -------
    layers : technologies in order, each with its bands.
    how : empty, ``band_matched`` or ``band_unmatched``.
    """
    layers = dict.fromkeys(crossed, ()) | parse_layers(named) or dict(whole)
    stated = {t: b for t, b in parse_layers(bands).items() if b}
    if stated:
        layers |= {t: b for t, b in stated.items() if t in layers or not layers}
        return _ordered(layers), ""
    listed = [float(b) for b in re.findall(r"\d{3,4}", re.sub(r"(?<=\d)\.(?=\d{3})", "", bands))]
    if not listed or any(layers.values()):
        return _ordered(layers), ""
    if len(layers) == 1:
        return _ordered(dict.fromkeys(layers, tuple(dict.fromkeys(listed)))), ""
    return match_bands(list(layers), listed)


def _ordered(layers: dict[Technology, Bands]) -> Layers:
    return tuple((t, tuple(layers[t])) for t in Technology if t in layers)


def match_bands(technologies: list[Technology], bands: list[float]) -> tuple[Layers, str]:
    """Return which of several bands belongs to which of several technologies.

    As many bands as technologies, each of which may run in the band at its place, go one to one. Else each
    technology first takes the band that Vietnamese networks use most for it, and a band left over goes to the
    one technology that may hold it. What remains unclear is left empty.

    Parameters
    ----------
    technologies : two or more, in the order of the row.
    bands : [MHz], in the order of the row.
    """
    if len(bands) == len(technologies) and all(
        t in BAND_HOLDERS.get(b, ()) for t, b in zip(technologies, bands, strict=True)
    ):
        return _ordered({t: (b,) for t, b in zip(technologies, bands, strict=True)}), "band_matched"
    left = list(dict.fromkeys(bands))
    layers: dict[Technology, Bands] = {t: () for t in Technology if t in technologies}
    for technology in layers:
        home = HOME_BANDS.get(technology)
        if home in left:
            left.remove(home)
            layers[technology] = (home,)
    for band in list(left):
        holders = [t for t in layers if t in BAND_HOLDERS.get(band, ())]
        lacking = [t for t in holders if not layers[t]]
        choice = lacking if len(lacking) == 1 else holders
        if len(choice) == 1:
            layers[choice[0]] = (*layers[choice[0]], band)
            left.remove(band)
    return _ordered(layers), "band_unmatched" if left else "band_matched"


def _drop_foreign_bands(
    table: MatchedTable,
    findings: Findings,
    keys: pd.Series,
    parsed: dict[object, tuple[Layers, str]],
) -> dict[object, tuple[Layers, str]]:
    """Return layers without the bands in which no network sends, such as widths; rows are warned of."""
    band = CELLS.column("band_mhz")
    low, high = float(band.ge or 0), float(band.le or np.inf)
    kept = {
        key: (tuple((t, tuple(b for b in bands if low <= b <= high)) for t, bands in layers), how)
        for key, (layers, how) in parsed.items()
    }
    foreign = keys.map(lambda k: kept[k] != parsed[k]).astype(bool)
    bounds = {"low": show_number(low), "high": show_number(high)}
    table.fault(findings, "out_of_bounds", "band", foreign, severity=Severity.WARNING, **bounds)
    return kept


def _list_matches(
    table: MatchedTable,
    findings: Findings,
    keys: pd.Series,
    parsed: dict[object, tuple[Layers, str]],
) -> None:
    """List the bands that were matched to technologies, and warn of those that were not."""
    how = keys.map(lambda k: parsed[k][1]).astype("object")
    cells = table.cells("band")
    matched = how == "band_matched"
    after = keys[matched].head(1).map(lambda k: _show_layers(parsed[k][0]))
    findings.fix("band_matched", table.heading("band"), cells[matched], after)
    table.fault(
        findings, "band_unmatched", "band", how == "band_unmatched", severity=Severity.WARNING
    )


def _show_layers(layers: Layers) -> str:
    return ", ".join(" ".join([t.value, *(show_number(b) for b in bands)]) for t, bands in layers)


def read_azimuths(table: MatchedTable, findings: Findings) -> pd.Series:
    """Return the directions in which each row sends; one that is no direction is left out and warned of.

    Parameters
    ----------
    table : the raw table, matched.
    findings : notebook of this reading.

    Returns
    -------
    tuples of azimuths [°] on the index of the rows; empty where none is given.
    """
    cells = table.cells("azimuth")
    parsed = {text: parse_azimuths(text) for text in cells.unique()}
    wrong = cells.map(lambda t: any(not 0 <= a <= FULL_TURN for a in parsed[t])).astype(bool)
    warn = {"severity": Severity.WARNING, "low": 0, "high": 360}
    table.fault(findings, "out_of_bounds", "azimuth", wrong, **warn)  # type: ignore[arg-type]
    return cells.map(lambda t: tuple(a for a in parsed[t] if 0 <= a <= FULL_TURN)).astype("object")


def parse_azimuths(text: str) -> Bands:
    """Return the different directions that a cell names [°], in order."""
    found = [float(a) for a in _AZIMUTH.findall(re.sub(r"[°º˚]", " ", text))]
    if found and re.match(
        r"\s*-\s?\d", text
    ):  # behind nothing it is a sign, behind a number it parts two
        found[0] = -found[0]
    return tuple(dict.fromkeys(found))


def read_ports(table: MatchedTable, findings: Findings) -> pd.Series:
    """Return the transmit ports of each row; what is no number of ports is left out and warned of.

    Parameters
    ----------
    table : the raw table, matched; ``ports`` holds a number, or a scheme such as 2T2R or 4x4.
    findings : notebook of this reading.
    """
    column = CELLS.column("ports")
    cells = table.cells("ports")
    parsed = {text: parse_ports(text) for text in cells.unique()}
    ports = cells.map(parsed).astype("Int64")
    table.fault(
        findings,
        "not_a_number",
        "ports",
        ports.isna() & (cells != ""),
        severity=Severity.WARNING,
    )
    outside = ~ports.between(column.ge, column.le).fillna(value=True).astype(bool)
    bounds = {"low": show_number(column.ge or 0), "high": show_number(column.le or 0)}
    table.fault(findings, "out_of_bounds", "ports", outside, severity=Severity.WARNING, **bounds)
    return ports.mask(outside)


def parse_ports(text: str) -> int | None:
    """Return the transmit ports that a cell names, or None; of a number beyond bounds its first digits."""
    found = _PORTS.fullmatch(text.strip().lower())
    return int(found[1].lstrip("0")[:_DIGITS] or 0) if found else None


def keep_spread(cells: pd.DataFrame) -> pd.DataFrame:
    """Return cells that state width and ports where the power is spread over them: for 4G and 5G alone.

    A row of several technologies states one of each, which its 2G and 3G do not have.

    Parameters
    ----------
    cells : technology, bandwidth_mhz, ports.
    """
    wide = cells["technology"].isin(_WIDE)
    return cells.assign(
        bandwidth_mhz=cells["bandwidth_mhz"].where(wide), ports=cells["ports"].where(wide)
    )
