"""Pupils by tier and outcome of an allocation, as reports may tell them: rounded like all counts.

They are made against those of the last allocation, whose true counts lie beside them for the owner alone: an
allocation can be made again where the province file is not at hand, so nothing of it is needed here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from phusong.pipeline.result_files import TOKENS, personal_name
from phusong.pipeline.settings import merge_overlays, read_settings
from phusong.store import read_table
from phusong.store.manifest import hash_file
from phusong.views.disclosure_tables import RoundedFigures, round_crosstab
from phusong.views.documents.forms.allocation import SERVED, WAITING
from phusong.vocabulary.book import Outcome
from phusong.vocabulary.parameters import load_parameters
from phusong.vocabulary.pupils import CountedUnit, Tier
from phusong.vocabulary.tables.pupils import ALL_LEVELS, PUPIL_COUNTS_PUBLIC

COUNTS_NAME, REFERENCE_NAME = "outcome_counts.json", "outcome_reference.json"
OWNER_ONLY = 0o600
#: Outcomes that a report adds up; together they are all.
GROUPS = {
    "served": [str(o) for o in SERVED],
    "waiting": [str(o) for o in WAITING],
    "declined": [str(o) for o in Outcome if o not in (*SERVED, *WAITING)],
}


@dataclass(frozen=True)
class OutcomeCounts:
    """Hold pupils by tier and outcome as multiples of k, by the names of `round_crosstab`."""

    k: int
    figures: RoundedFigures


def round_outcomes(
    folder: Path, devices: pd.DataFrame, *, before: OutcomeCounts | None
) -> OutcomeCounts:
    """Return pupils by tier and outcome, rounded as the public counts are.

    Parameters
    ----------
    folder : output folder of the run that was allocated for.
    devices : table `devices`.
    before : of the last allocation, if there was one.
    """
    _, province, _ = read_settings(folder)
    disclosure = load_parameters(merge_overlays(province.parameters)).disclosure
    k = int(disclosure.number("k_outside"))
    figures = round_crosstab(
        cross_outcomes(devices),
        groups=GROUPS,
        k=k,
        secret=read_secret(folder),
        before=before.figures if before and before.k == k else None,
        fixed=_read_tiers(folder),
    )
    return OutcomeCounts(k, figures)


def read_secret(folder: Path) -> bytes:
    """Return what hangs on it whether a count is rounded up or down: nobody outside can know it.

    Parameters
    ----------
    folder : output folder of a run; without pupils there is nothing to hide.
    """
    tokens = folder / personal_name(TOKENS)
    return hash_file(tokens).encode() if tokens.exists() else b""


def cross_outcomes(devices: pd.DataFrame) -> pd.DataFrame:
    """Return the eligible pupils, tiers by outcomes.

    Parameters
    ----------
    devices : table `devices`.
    """
    placed = devices[devices["tier"].notna()]
    wide = pd.crosstab(placed["tier"], placed["outcome"])
    return wide.reindex(
        index=[str(t) for t in Tier], columns=[str(o) for o in Outcome], fill_value=0
    )


def _read_tiers(folder: Path) -> dict[str, int]:
    """Return the pupils of each tier as they are published, so that a report tells each once."""
    public = read_table(folder, PUPIL_COUNTS_PUBLIC.name)
    lines = public[(public["unit"] == CountedUnit.PROVINCE) & (public["level"] == ALL_LEVELS)]
    if lines.empty:
        return {}
    line = lines.iloc[0].fillna(0)
    return {str(tier): int(line[f"tier_{n}"]) for n, tier in enumerate(Tier, start=1)}


def write_counts(place: Path, counts: OutcomeCounts) -> None:
    """Write the counts, and the true ones against which the next are made, for their owner alone.

    Parameters
    ----------
    place : folder of the allocation.
    counts : from `round_outcomes`.
    """
    files = {COUNTS_NAME: {"k": counts.k, "pupils": counts.figures.shown}}
    files[REFERENCE_NAME] = {"k": counts.k, "pupils": counts.figures.reference}
    for name, content in files.items():
        (place / name).touch(mode=OWNER_ONLY)
        text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
        (place / name).write_text(text, encoding="utf-8")


def read_counts(place: Path) -> OutcomeCounts | None:
    """Return the counts that are kept; None where there are none.

    Parameters
    ----------
    place : folder of the allocation.
    """
    if not (place / REFERENCE_NAME).exists():
        return None
    shown, reference = (
        json.loads((place / name).read_text(encoding="utf-8"))
        for name in (COUNTS_NAME, REFERENCE_NAME)
    )
    return OutcomeCounts(shown["k"], RoundedFigures(shown["pupils"], reference["pupils"]))
