"""Whether a pupil's home connection can carry a live lesson, judged together with what their hamlet has.

What is stated is believed as far as the hamlet can carry it:

=============  =========  ==========================  =====================  =======
stated         K1–K3      K4                          K5                     KU
=============  =========  ==========================  =====================  =======
fixed, wifi    yes        by the hamlet's fibre       by the hamlet's fibre  unknown
4G             yes        disputed                    disputed               unknown
3G             too slow   too slow                    too slow               too slow
kind not said  yes        unknown                     disputed               unknown
none           no         no                          no                     no
not stated     unknown    no, where nothing is there  the same               unknown
=============  =========  ==========================  =====================  =======

By the hamlet's fibre: in part → yes; none → disputed; unknown → unknown. 3G is too slow as long as what an
operator assures with it is less than a live lesson asks for; once it is not, 3G counts wherever the hamlet
has a signal. A disputed or unknown connection is neither had nor lacked. Down each row from K1 to K5 the
answer never improves, so a worse hamlet never makes an eligible pupil ineligible.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from phusong.gaps.pupils.policy import NeedPolicy
from phusong.vocabulary.parameters import Learning
from phusong.vocabulary.pupils import HomeConnection, Reason
from phusong.vocabulary.terms import GapClass, Status

#: Hamlets in which 4G reaches all or some of the people.
WITH_4G = [str(c) for c in (GapClass.K1, GapClass.K2, GapClass.K3)]
GOOD_FIBRE = [str(s) for s in (Status.FULL, Status.PARTIAL)]


def judge_connections(
    connection: pd.Series,
    hamlet_class: pd.Series,
    fibre: pd.Series,
    *,
    policy: NeedPolicy,
    learning: Learning,
) -> pd.DataFrame:
    """Return whether each home's connection is adequate, and why not.

    Parameters
    ----------
    connection : what the pupil states.
    hamlet_class : K1…K5, KU; empty where the pupil's hamlet is not known.
    fibre : status of fibre in the hamlet; empty where the hamlet is not known.
    policy : what a hamlet without data, or no hamlet, does to a statement.
    learning : what a live lesson asks for, and what mobile networks assure.

    Returns
    -------
    adequate (empty: not known), and one boolean column for each reason: no_connection, slow_connection,
    no_signal, connection_unknown, connection_disputed.
    """
    fast_4g, fast_3g = _compare_rates(learning)
    carries = _carry(hamlet_class, fibre, policy, fast_4g=fast_4g, fast_3g=fast_3g)
    stated = {str(c): (connection == c).to_numpy(dtype=bool) for c in HomeConnection}
    slow = stated[HomeConnection.MOBILE_3G] & (not fast_3g)
    slow |= stated[HomeConnection.MOBILE_4G] & (not fast_4g)
    adequate = np.full(len(connection), np.nan)
    disputed = np.zeros(len(connection), dtype=bool)
    for kind, (yes, no) in carries.items():
        adequate[stated[kind] & yes] = 1
        disputed |= stated[kind] & no & ~slow
    none = stated[HomeConnection.NONE]
    dead = _find_dead(hamlet_class, fibre, fast_4g=fast_4g, fast_3g=fast_3g)
    silent = connection.isna().to_numpy() & dead
    adequate[slow | none | silent] = 0
    unknown = np.isnan(adequate)
    return pd.DataFrame(
        {
            "adequate": pd.Series(adequate).astype("boolean").array,
            str(Reason.NO_CONNECTION): none,
            str(Reason.SLOW_CONNECTION): slow,
            str(Reason.NO_SIGNAL): silent | (none & dead),
            str(Reason.CONNECTION_UNKNOWN): unknown & ~disputed,
            str(Reason.CONNECTION_DISPUTED): disputed,
        },
        index=connection.index,
    )


def _compare_rates(learning: Learning) -> tuple[bool, bool]:
    """Return whether what 4G and 3G assure is enough for a live lesson."""
    wanted = learning.number("live_lesson_mbps")
    return learning.number("assured_4g_mbps") >= wanted, learning.number(
        "assured_3g_mbps"
    ) >= wanted


def _carry(
    hamlet_class: pd.Series, fibre: pd.Series, policy: NeedPolicy, *, fast_4g: bool, fast_3g: bool
) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Return, for each stated kind, where it is believed and where the hamlet contradicts it."""
    on_4g = hamlet_class.isin(WITH_4G).to_numpy(dtype=bool)
    k4 = (hamlet_class == GapClass.K4).to_numpy(dtype=bool)
    k5 = (hamlet_class == GapClass.K5).to_numpy(dtype=bool)
    trusted = _trust(hamlet_class, policy)
    some_fibre = fibre.isin(GOOD_FIBRE).to_numpy(dtype=bool)
    no_fibre = (fibre == Status.NONE).to_numpy(dtype=bool)
    air = (on_4g & fast_4g) | ((on_4g | k4) & fast_3g)
    return {
        str(HomeConnection.FIXED): (
            trusted | air | some_fibre,
            (k4 | k5) & no_fibre & ~air,
        ),
        str(HomeConnection.MOBILE_4G): ((trusted | on_4g) & fast_4g, (k4 | k5)),
        str(HomeConnection.MOBILE_3G): ((trusted | on_4g | k4) & fast_3g, k5),
        str(HomeConnection.UNSPECIFIED): (air | (on_4g & some_fibre), k5 & ~some_fibre),
    }


def _trust(hamlet_class: pd.Series, policy: NeedPolicy) -> np.ndarray:
    """Return where a statement of a known kind stands by itself, for want of a hamlet's data."""
    nowhere = hamlet_class.isna().to_numpy(dtype=bool) & (policy.unknown.unplaced == "stated")
    silent = (hamlet_class == GapClass.KU).to_numpy(dtype=bool)
    return nowhere | (silent & (policy.unknown.no_data == "stated"))


def _find_dead(
    hamlet_class: pd.Series, fibre: pd.Series, *, fast_4g: bool, fast_3g: bool
) -> np.ndarray:
    """Return the hamlets known to have nothing that carries a live lesson."""
    dead = hamlet_class == GapClass.K5
    if not fast_3g:
        dead |= hamlet_class == GapClass.K4
        if not fast_4g:
            dead |= hamlet_class.isin([str(GapClass.K2), str(GapClass.K3)])
    return (dead & (fibre == Status.NONE)).to_numpy(dtype=bool)
