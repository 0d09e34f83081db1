"""The nine invariants, checked on what lies on disk and in the book, not on what the program remembers."""

from __future__ import annotations

import re
import sys
import unicodedata
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from html import unescape
from pathlib import Path

import pandas as pd

from phusong.ledger.queries import list_awards, sum_contributions
from phusong.ledger.verifying import verify_ledger
from phusong.persons.vault import Vault
from phusong.pipeline.devices import allocate_shelf
from phusong.pipeline.replay.awarding import LIVING
from phusong.pipeline.replay.stage import Stage, tell_counts
from phusong.pipeline.replay.words import Day, Must
from phusong.pipeline.result_files import PERSONAL_FOLDER
from phusong.pipeline.shelves import read_shelf
from phusong.vocabulary.book import AllocationUnit, ContributionForm
from phusong.vocabulary.pupils import CountedUnit
from phusong.vocabulary.tables.pupils import ALL_LEVELS
from phusong.vocabulary.terms import Status, Technology

#: Events by which Python tells that somebody wants to reach another machine.
REACHING = ("socket.connect", "socket.getaddrinfo", "socket.sendto")
#: Files that anybody may be shown; a PDF says what the Word file beside it says, and packs it.
PUBLIC = (
    "map.html",
    "summary.json",
    "reports/bao_cao*.docx",
    "reports/bao_cao*.xlsx",
    "plan/*/rollout.*",
)
#: Words of a name that no document of ours holds by chance, and how many words a name or number has.
NAME_WORDS = 3
PHRASES = range(1, 8)

_heard: list[str] = []
_listening = False


@contextmanager
def hear_sockets() -> Iterator[list[str]]:
    """Give the list of the network connections that were tried meanwhile."""
    global _listening  # noqa: PLW0603 -- an audit hook cannot be taken off again
    if not _listening:
        sys.addaudithook(lambda event, _: _heard.append(event) if event in REACHING else None)
        _listening = True
    _heard.clear()
    yield _heard


def check_invariants(stage: Stage, day: Day) -> None:
    """Check I1 to I8 and the chain of the book.

    Parameters
    ----------
    stage : with run, book and documents.
    day : on which they are checked.
    """
    shelf, unit = read_shelf(stage.out, stage.ledger), AllocationUnit.PER_STUDENT
    plan = allocate_shelf(shelf, unit=unit)
    outcomes = int(plan.reconciliation["pupils"].sum())
    stage.check(day, Must.I1, outcomes == len(shelf.students), tell_counts((outcomes,)))
    awards = list_awards(stage.ledger)
    living = awards[awards["state"].isin(LIVING)]
    stage.check(day, Must.I2, living["student_key"].is_unique, tell_counts((len(living),)))
    gap = f"{100 * plan.gap:.2f} %".replace(".", ",")
    stage.check(day, Must.I3, plan.gap == 0.0, gap)
    _check_money(stage, day)
    _check_unknown(stage, day)
    _check_totals(stage, day)
    mixed = replace(shelf, students=_shuffle(shelf.students), lots=_shuffle(shelf.lots))
    other = allocate_shelf(mixed, unit=unit).devices.sort_values("student_key", ignore_index=True)
    same = other.equals(plan.devices.sort_values("student_key", ignore_index=True))
    stage.check(day, Must.I7, same, tell_counts((len(other),)))
    _check_silence(stage, day)
    verdict = verify_ledger(stage.ledger)
    stage.check(day, Must.CHAIN, verdict.sound, f"{verdict.lines} · {verdict.anchor}")


def _shuffle(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows in another order."""
    return frame.sample(frac=1.0, random_state=1).reset_index(drop=True)


def _check_money(stage: Stage, day: Day) -> None:
    """I4: received − spent = balance in every source, and money of no form includes things."""
    sums = sum_contributions(stage.ledger, None)
    held = (sums["received"] - sums["handed_over"] == sums["balance"]).all()
    money = sums[(sums["form"] == ContributionForm.MONEY) & (sums["measure"] == "vnd")].iloc[0]
    told = tell_counts((int(money["received"]), int(money["handed_over"]), int(money["balance"])))
    stage.check(day, Must.I4, held, told)


def _check_unknown(stage: Stage, day: Day) -> None:
    """I5: the province's 4G counts hamlets that are covered, and none of which nothing is known."""
    signal, told = stage.table("signal"), stage.table("indicators")
    mine = signal[signal["technology"] == Technology.G4]
    full, unknown = (int((mine["status"] == s).sum()) for s in (Status.FULL, Status.UNKNOWN))
    row = told[
        (told["indicator"] == "signal_4g")
        & (told["counted"] == "hamlets")
        & (told["area_code"] == stage.survey.world.demonstration.code)
    ].iloc[0]
    held = (row["numerator"], row["unknown"]) == (full, unknown)
    stage.check(day, Must.I5, held, tell_counts((full, int(row["denominator"]), unknown)))


def _check_totals(stage: Stage, day: Day) -> None:
    """I6: pupils by commune, by district and in the province are the same, in each edition."""
    counts = stage.table("pupil_counts")
    whole = counts[counts["level"] == ALL_LEVELS]
    sums = whole.groupby(["edition", "unit"])["pupils"].sum().unstack()
    province = sums[str(CountedUnit.PROVINCE)]
    unplaced = sums[str(CountedUnit.UNPLACED)].fillna(0) if str(CountedUnit.UNPLACED) in sums else 0
    communes = sums[str(CountedUnit.COMMUNE)] + unplaced
    held = (communes == province).all() and province.nunique() == 1
    stage.check(day, Must.I6, held, tell_counts(int(n) for n in province))


def _check_silence(stage: Stage, day: Day) -> None:
    """I8: no public file holds the name or the telephone of a pupil or guardian, or a small count."""
    secrets = _list_secrets(Vault(stage.out / PERSONAL_FOLDER).read("pupils"))
    files = [p for pattern in PUBLIC for p in sorted(stage.out.glob(pattern))]
    found = [p.name for p in files if secrets & list_phrases(read_text(p))]
    counts = stage.table("pupil_counts_public")
    shown = counts[["pupils", "without_device", "eligible"]].stack().dropna()  # noqa: PD013
    small = int(((shown > 0) & (shown < 5)).sum())
    held = not found and not small and files
    stage.check(day, Must.I8, held, f"{len(files)}: {len(found)}, {small}")


def _list_secrets(pupils: pd.DataFrame) -> set[str]:
    """Return what no public file may hold, as phrases: names of at least three words, telephone numbers."""
    told = pd.concat([pupils[c].dropna() for c in ("full_name", "guardian_1", "guardian_2")])
    names = {" ".join(_split_words(n)) for n in set(told)}
    phones = {" ".join(_split_words(n)) for n in set(pupils["phone"].dropna())}
    return {n for n in names if len(n.split()) >= NAME_WORDS} | phones


def list_phrases(text: str) -> set[str]:
    """Return all runs of words of a text, with nothing but spaces between, as long as a name may be.

    Parameters
    ----------
    text : of a file.
    """
    found: set[str] = set()
    for part in re.split(r"[^\w\s]+", text):
        words = _split_words(part)
        found |= {" ".join(words[i : i + n]) for n in PHRASES for i in range(len(words) - n + 1)}
    return found


def _split_words(text: str) -> list[str]:
    """Return the words of a text in small letters, composed."""
    return re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold())


def read_text(path: Path) -> str:
    """Return what can be read in a file, of a zip archive all its parts.

    Parameters
    ----------
    path : of the file.
    """
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            parts = [archive.read(n).decode("utf-8", "replace") for n in archive.namelist()]
        return unescape(re.sub(r"<[^>]+>", " ", " ".join(parts)))
    return unescape(path.read_bytes().decode("utf-8", "replace"))
