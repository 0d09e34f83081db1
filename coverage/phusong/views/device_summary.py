"""An allocation of devices as lines that a person reads in a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from phusong.views.device_labels import DeviceLine
from phusong.views.figures import format_number
from phusong.views.labels import tell
from phusong.views.summary import head_lines
from phusong.vocabulary.book import AllocationUnit, Outcome, SurplusWhy
from phusong.vocabulary.pupils import DeviceKind, Tier
from phusong.vocabulary.terms import Operator

Told = Mapping[str, Any]
#: Outcomes that put a device into a pupil's hands, now or before.
SERVED = (Outcome.AWARDED, Outcome.AWARDED_OFFLINE, Outcome.KEPT)
#: Outcomes of those who lack a device and wait for one.
UNSERVED = (
    Outcome.OUT_OF_STOCK,
    Outcome.RESTRICTED,
    Outcome.NO_FIT,
    Outcome.HOUSEHOLD_WAITING,
    Outcome.HELD,
)


def device_lines(told: Told, language: str) -> list[str]:
    """Return an allocation as lines of text: outcomes, tiers, lots, packages, the waiting list, the proof.

    Parameters
    ----------
    told : as `plan.json` of the devices holds it.
    language : ``vi`` or ``en``.
    """
    source = DeviceLine.SOURCE_BOOK if told["source"] == "book" else DeviceLine.SOURCE_RUN
    unit = tell(AllocationUnit.of(told["policy"]), language)
    return [
        *head_lines(told, language),
        tell(DeviceLine.TITLE, language, policy=unit),
        "  " + tell(source, language),
        *_cash(told, language),
        "",
        *_outcomes(told, language),
        *_tiers(told, language),
        "",
        *_lots(told, language),
        *_packages(told, language),
        tell(DeviceLine.WAITING, language, n=format_number(told["waiting"], language=language)),
        tell(DeviceLine.PROOF, language, gap=_percent(told["gap"], language)),
        "",
    ]


def _percent(share: float, language: str) -> str:
    """Return a gap in per cent with two decimals."""
    return format_number(100 * share, language=language, decimals=2) + " %"


def _cash(told: Told, language: str) -> list[str]:
    """Return what money is converted, where there is some."""
    if not told["cash_vnd"]:
        return []
    cash = format_number(told["cash_vnd"], language=language)
    return ["  " + tell(DeviceLine.CASH, language, cash=cash)]


def _outcomes(told: Told, language: str) -> list[str]:
    """Return how many pupils have each outcome; those without any are left out."""
    pupils = format_number(told["pupils"], language=language)
    lines = [tell(DeviceLine.OUTCOMES, language, pupils=pupils)]
    for outcome in Outcome:
        count = _count(told, (outcome,))
        if count:
            number = format_number(count, language=language)
            lines.append(f"  {number:>9}  {tell(outcome, language)}")
    return lines


def _count(told: Told, outcomes: tuple[Outcome, ...], tier: str | None = None) -> int:
    """Return the pupils of some outcomes, of one tier or of all."""
    rows = told["reconciliation"]
    mine = [r for r in rows if r["outcome"] in outcomes and (tier is None or r["tier"] == tier)]
    return sum(int(r["pupils"]) for r in mine)


def _tiers(told: Told, language: str) -> list[str]:
    """Return how many of each tier are served, of those who need a device."""
    lines = [tell(DeviceLine.TIERS, language)]
    for tier in Tier:
        served, waiting = _count(told, SERVED, tier), _count(told, UNSERVED, tier)
        if served + waiting:
            counts = "/".join(
                format_number(n, language=language) for n in (served, served + waiting)
            )
            lines.append(f"  {counts:>15}  {tier}: {tell(tier, language)}")
    return lines


def _lots(told: Told, language: str) -> list[str]:
    """Return what became of each lot."""
    lines = [tell(DeviceLine.LOTS, language)]
    for row in told["lots"]:
        values = {
            "lot": row["lot_id"],
            "kind": tell(DeviceKind.of(row["kind"]), language),
            "why": tell(SurplusWhy.of(row["why"]), language),
            **{k: format_number(row[k], language=language)
               for k in ("received", "allocable", "kept", "given", "left")},
        }  # fmt: skip
        lines.append("  " + tell(DeviceLine.LOT, language, **values))
    return lines


def _packages(told: Told, language: str) -> list[str]:
    """Return what became of the packages."""
    lines = [tell(DeviceLine.PACKAGES, language)] if told["packages"] else []
    for row in told["packages"]:
        values = {
            "package": row["package_id"],
            "operator": tell(Operator(row["operator"]), language),
            **{k: format_number(row[k], language=language)
               for k in ("quantity", "held", "given", "kept", "left")},
        }  # fmt: skip
        lines.append("  " + tell(DeviceLine.PACKAGE, language, **values))
    return lines
