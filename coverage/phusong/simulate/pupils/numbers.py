"""Numbers by which offices know a pupil: the personal number of twelve digits, and the sector's code."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from phusong.simulate.demonstration import Demonstration

#: Digits of a province in a personal number.
PROVINCE_DIGITS = 3


def list_elsewhere(demonstration: Demonstration) -> list[str]:
    """Return where else pupils were registered at birth: neighbours, and where parents had gone to work."""
    stated = (
        demonstration.stated.pupils.born_elsewhere or demonstration.country.pupils.born_elsewhere
    )
    return [code for code in stated if code != demonstration.code.zfill(PROVINCE_DIGITS)]


def draw_personal_ids(
    girl: np.ndarray,
    birth_date: np.ndarray,
    demonstration: Demonstration,
    *,
    born_here: float,
    rng: np.random.Generator,
) -> np.ndarray:
    """Return personal numbers, no two alike [n].

    Province of registration, a digit for century and sex, two digits of the year of birth, and six digits
    at random (Nghị định 137/2015/NĐ-CP, điều 13; Thông tư 59/2021/TT-BCA, điều 4).

    Parameters
    ----------
    girl, birth_date : of each pupil [n].
    demonstration : whose pupils they are.
    born_here : share of those registered in this province.
    rng : stream of random numbers.
    """
    count = len(girl)
    year = birth_date.astype("datetime64[Y]").astype(int) + 1970
    others = np.array(list_elsewhere(demonstration))
    elsewhere = others[rng.integers(0, len(others), count)]
    here = demonstration.code.zfill(PROVINCE_DIGITS)
    province = np.where(rng.random(count) < born_here, here, elsewhere)
    century = 2 * (year // 100 - 19) + girl
    head = np.char.add(np.char.add(province, century.astype(str)), _pad(year % 100, 2))
    return _differ(lambda n: _pad(rng.integers(0, 10**6, n), 6), head).astype(object)


def draw_student_codes(count: int, province: str, *, rng: np.random.Generator) -> np.ndarray:
    """Return codes of ten digits that begin with those of the province, no two alike [count]."""
    return np.char.add(province, _pad(rng.choice(10**8, count, replace=False), 8)).astype(object)


def _pad(numbers: np.ndarray, digits: int) -> np.ndarray:
    """Return numbers with leading zeros [n]."""
    return np.char.zfill(numbers.astype(str), digits)


def _differ(draw: Callable[[int], np.ndarray], head: np.ndarray) -> np.ndarray:
    """Return heads with something drawn behind each, drawn again as long as two are alike [n]."""
    whole = np.char.add(head, draw(len(head)))
    while True:
        again = np.ones(len(whole), dtype=bool)
        again[np.unique(whole, return_index=True)[1]] = False
        if not again.any():
            return whole
        whole[again] = np.char.add(head[again], draw(int(again.sum())))
