"""Make text harmless: no formula in a spreadsheet, no markup in a page."""

from __future__ import annotations

import numpy as np
import pandas as pd

from phusong.intake.findings import Findings

_FORMULA = r"^[\s\x00]*[=+\-@\t\r\n\x00＝＋－＠]"
_TRUE_NUMBER = r"^[+-]?\d+(?:[.,]\d+)*$"
_SIGNS = str.maketrans({"<": "‹", ">": "›"})


def neutralise_text(cells: pd.Series) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Return text that is safe to show, and which cells were a formula or markup.

    An apostrophe goes before text that a spreadsheet would work out, except a true number; angle brackets
    become single quotation marks of the same shape.

    Parameters
    ----------
    cells : text, missing where empty.

    Returns
    -------
    safe : the text.
    formulas, markup : boolean, which cells were changed for which reason.
    """
    text = cells.fillna("").astype("str")
    formulas, markup = _find_formulas(text), text.str.contains("[<>]")
    if not (formulas.any() or markup.any()):
        return cells, formulas, markup
    safe = text.copy()
    safe[markup.to_numpy()] = text[markup.to_numpy()].str.translate(_SIGNS)
    safe[formulas.to_numpy()] = "'" + safe[formulas.to_numpy()]
    return safe.astype("object").where(cells.notna(), None), formulas, markup


def _find_formulas(text: pd.Series) -> pd.Series:
    """Find what a spreadsheet would work out; a letter or digit in front makes it none."""
    doubtful = (~text.str[:1].str.isalnum() & (text != "")).to_numpy()
    found = np.zeros(len(text), dtype=bool)
    told = text[doubtful]
    found[doubtful] = told.str.match(_FORMULA) & ~told.str.match(_TRUE_NUMBER)
    return pd.Series(found, index=text.index)


def neutralise_table(frame: pd.DataFrame, names: list[str], findings: Findings) -> pd.DataFrame:
    """Return the table with its text made harmless; what was changed is listed.

    Parameters
    ----------
    frame : accepted rows.
    names : columns of free text.
    findings : notebook of this reading.
    """
    safe = {}
    for name in names:
        cells, formulas, markup = neutralise_text(frame[name])
        before = frame[name].fillna("").astype("str")
        findings.fix("formula_neutralised", name, before[formulas], cells[formulas])
        findings.fix(
            "markup_neutralised", name, before[markup & ~formulas], cells[markup & ~formulas]
        )
        safe[name] = cells
    return frame.assign(**safe)
