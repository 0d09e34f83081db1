"""Raw files at the door, and the forms that offices fill in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from phusong.intake.diagnosis import Checked, ReadOptions
from phusong.intake.door import check_source
from phusong.views.kit import TEMPLATES, render_template
from phusong.views.kit.fields import Value
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.parameters import load_parameters


def check(kind: str, file: Path | str, **options: Any) -> Checked:
    """Return the diagnosis of one raw file with its accepted and quarantined rows.

    Parameters
    ----------
    kind : source kind.
    file : the raw file.
    options : what the file does not say itself: crs, sheet, layer, encoding, province, edition, operator,
        technology, complete, as_of.

    Examples
    --------
    >>> form = ps.write_form("schools", tmp / "truong.xlsx")
    >>> checked = ps.check("schools", form)
    >>> checked.diagnosis.status, len(checked.accepted)
    ('accepted', 1)
    """
    return check_source(kind, Path(file), ReadOptions(**options), load_parameters())


def write_form(
    kind: str, file: Path | str, rows: Sequence[Mapping[str, Value]] | None = None
) -> Path:
    """Write the form of a source kind, and return where.

    Parameters
    ----------
    kind : source kind that has a form.
    file : ending in ``.xlsx``.
    rows : what is filled in, by column; None: the made-up row alone.

    Raises
    ------
    ParameterFault
        If the kind has no form.
    KeyError
        If a row has a column that the form does not ask for.
    """
    if kind not in TEMPLATES:
        raise ParameterFault(f"“{kind}” has no form; there are: {', '.join(TEMPLATES)}")
    place = Path(file)
    place.write_bytes(render_template(TEMPLATES[kind], rows))
    return place
