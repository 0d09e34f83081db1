"""What goes with the devices: packages today, packages kept for the wave that connects a hamlet."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from phusong.plans.devices.coding import ABSENT, code_words
from phusong.plans.devices.deciding import Decision
from phusong.plans.devices.fitting import Situation
from phusong.plans.devices.giving import Asking, Counter, Given, read_operators
from phusong.plans.devices.standing import GONE, LAST, code_outcome
from phusong.plans.devices.stocks import PACKAGE
from phusong.vocabulary.book import Outcome
from phusong.vocabulary.parameters import Devices

#: Where a wave is still to connect the hamlet.
AWAITED = (Situation.DARK_FIBRE, Situation.DARK_MOBILE)


@dataclass(frozen=True, eq=False)
class Handed:
    """Hold devices and packages together.

    Parameters
    ----------
    decision : about devices, outcomes changed where a package is all that was needed.
    given : packages.
    modem : whether the device at hand takes a SIM [n].
    packages : package_id, operator, quantity (accepted), held (by awards), given, kept (for later), left.
    line, hotspot : which packages are for a line at home, and which bring a hotspot.
    """

    decision: Decision
    given: Given
    modem: np.ndarray
    packages: pd.DataFrame
    line: np.ndarray
    hotspot: np.ndarray


def hold_packages(
    packages: pd.DataFrame, awards: pd.DataFrame, book: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return the packages in the order of their ids, with how many awards hold and how many are free.

    Parameters
    ----------
    packages : the table `accepted_packages`.
    awards : state, package_id.
    book : item, taken, free of the book's store; None: what awards that were not cancelled hold is off.
    """
    ordered = packages.sort_values("package_id", ignore_index=True)
    if book is not None:
        mine = book.set_index("item").reindex(PACKAGE + ordered["package_id"].astype("str"))
        counts = {"held": mine["taken"], "free": mine["free"].clip(lower=0)}
        return ordered.assign(
            **{n: c.fillna(0).to_numpy(dtype=np.int64) for n, c in counts.items()}
        )
    gone = awards.loc[code_words(awards["state"], GONE) >= 0, "package_id"].value_counts()
    held = ordered["package_id"].map(gone).fillna(0).astype("int64")
    free = np.maximum(ordered["quantity"].to_numpy(dtype=np.int64) - held.to_numpy(), 0)
    return ordered.assign(held=held, free=free)


def hand_packages(
    decision: Decision,
    students: pd.DataFrame,
    awards: pd.DataFrame,
    packages: pd.DataFrame,
    rollout: pd.DataFrame,
    *,
    signals: pd.DataFrame | None,
    devices: Devices,
) -> Handed:
    """Return the packages that go with devices, and to those who need nothing else.

    Parameters
    ----------
    decision : about devices.
    students : hamlet_id, household_key.
    awards : lot_id, package_id.
    packages : as `hold_packages` returns them.
    rollout : hamlet_id, operator where known.
    signals : operators on the air; None where not delivered.
    devices : how finely the search cuts.
    """
    counter = Counter(students, packages, decision.homes.situation, signals, devices)
    lot = _find_lots(decision, awards)
    modem = np.append(decision.stock.lots["modem"].to_numpy(dtype=bool), True)[lot]
    ids = list(packages["package_id"])
    own = np.append(code_words(decision.stock.lots["package_id"], ids), ABSENT)[lot]
    now = np.append(code_words(awards["package_id"], ids), ABSENT)[decision.standing.award]
    asking = _list_asking(decision, now, modem, own)
    got, without = counter.give_now(asking)
    now[asking.row] = got
    short = np.zeros(len(now), dtype=bool)
    short[asking.row] = without
    given = np.bincount(got[got >= 0], minlength=len(ids))
    later = _list_later(decision, now, modem, own)
    then = np.full(len(now), ABSENT)
    then[later.row] = counter.keep_for_later(
        later, read_operators(students, later.row, rollout, counter.operators)
    )
    kept = np.bincount(then[then >= 0], minlength=len(ids))
    outcome = decision.outcome.copy()
    alone = (outcome == code_outcome(Outcome.CONNECTION_WAITING)) & (now >= 0)
    outcome[alone] = code_outcome(Outcome.PACKAGE_ONLY)
    table = packages[["package_id", "operator", "quantity", "held"]]
    return Handed(
        replace(decision, outcome=outcome),
        Given(now, then, short),
        modem,
        table.assign(given=given, kept=kept, left=counter.left),
        counter.line,
        counter.hotspot,
    )


def _find_lots(decision: Decision, awards: pd.DataFrame) -> np.ndarray:
    """Return the lot of the device that each pupil has been given, now or before [n]."""
    lot = decision.lot.copy()
    kept = np.flatnonzero(decision.standing.award >= 0)
    told = awards["lot_id"].iloc[decision.standing.award[kept]]
    lot[kept] = code_words(told, list(decision.stock.lots["lot_id"]))
    return lot


def _list_asking(decision: Decision, now: np.ndarray, modem: np.ndarray, own: np.ndarray) -> Asking:
    """Return who asks for a package today, by rank."""
    wanting = [Outcome.AWARDED, Outcome.KEPT, Outcome.CONNECTION_WAITING]
    asks = np.isin(decision.outcome, [code_outcome(o) for o in wanting])
    rank = decision.standing.rank
    return _line_up(asks & (now < 0) & (rank < LAST), [rank], modem, decision.bound, own)


def _list_later(decision: Decision, now: np.ndarray, modem: np.ndarray, own: np.ndarray) -> Asking:
    """Return for whom a package is kept until a wave connects their hamlet, by wave and rank."""
    wanting = [Outcome.AWARDED_OFFLINE, Outcome.KEPT, Outcome.CONNECTION_WAITING]
    asks = np.isin(decision.outcome, [code_outcome(o) for o in wanting])
    asks &= np.isin(decision.homes.situation, AWAITED)
    rank = decision.standing.rank
    order = [rank, decision.homes.wave]
    return _line_up(asks & (now < 0) & (rank < LAST), order, modem, decision.bound, own)


def _line_up(
    asks: np.ndarray,
    keys: list[np.ndarray],
    modem: np.ndarray,
    bound: np.ndarray,
    own: np.ndarray,
) -> Asking:
    """Return those who ask, in the order of the keys, the last key first."""
    row = np.flatnonzero(asks)
    row = row[np.lexsort([key[row] for key in keys])]
    return Asking(row, modem[row], bound[row], own[row])
