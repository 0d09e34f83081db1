"""Put the model and the operators' statements together: one probability a point, nothing thrown away.

A statement multiplies the odds that a place is served. With the model's probability p and a statement
whose odds ratio is r, the pooled probability is p·r / (p·r + 1 − p): Bayes' rule for one witness.
Where no model speaks, p starts at even odds. A polygon over a valley that physics calls dark thus does
not make it bright, and is listed as a disagreement.
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr

EVEN = 0.5


def signal_probability(
    signal_dbm: np.ndarray, edge_dbm: np.ndarray, *, shadowing_db: float
) -> np.ndarray:
    """Return the probability that the signal exceeds its edge under log-normal shadowing.

    Parameters
    ----------
    signal_dbm : median signal [n, layers] [dBm]; −inf where no carrier is in range.
    edge_dbm : what each layer needs [layers] [dBm].
    shadowing_db : standard deviation of shadowing [dB].

    Notes
    -----
    P = Φ((median − edge) / σ), with σ the standard deviation of 3GPP TR 38.901 table 7.4.1-1.
    """
    return ndtr((signal_dbm.astype(float) - edge_dbm) / shadowing_db)


def pool_statement(
    probability: np.ndarray, stated: np.ndarray, *, yes_odds: float, no_odds: float
) -> np.ndarray:
    """Return the probability once the operator has spoken.

    Parameters
    ----------
    probability : before the statement [any shape]; NaN where nothing is known (even odds).
    stated : 1 where the operator says yes, 0 where it says no, NaN where it says nothing [same shape].
    yes_odds, no_odds : how a yes or a no multiplies the odds.
    """
    known = np.where(np.isnan(probability), EVEN, probability)
    ratio = np.where(stated == 1, yes_odds, no_odds)
    pooled = known * ratio / (known * ratio + 1 - known)
    return np.where(np.isnan(stated), probability, pooled)


def believe_check(probability: np.ndarray, found: np.ndarray, *, certainty: float) -> np.ndarray:
    """Return the probability once somebody was on the spot.

    Whoever stood there and had the signal knows more than map and model, whose errors all points of a valley
    share: what was found takes the place of both, and is believed as far as such a finding is right.

    Parameters
    ----------
    probability : before the finding [any shape].
    found : 1 where there was a signal, 0 where there was none, NaN where nobody was [same shape].
    certainty : probability that a finding is right.
    """
    believed = np.where(found == 1, certainty, 1 - certainty)
    return np.where(np.isnan(found), probability, believed)
