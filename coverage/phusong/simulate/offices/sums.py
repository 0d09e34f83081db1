"""Sums of money as a register has them: digits in groups, millions and thousand millions, words."""

from __future__ import annotations

import numpy as np
import pandas as pd

THOUSAND, MILLION, BILLION = 10**3, 10**6, 10**9
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ((BILLION, "tỷ"), (MILLION, "triệu"), (THOUSAND, "nghìn"))


def group_digits(vnd: int) -> str:
    """Return a sum with its thousands in groups: 2.350.000."""
    return f"{vnd:,}".replace(",", ".")


def scale_down(vnd: int) -> str:
    """Return a sum in the largest unit in which a person would say it: 1,5 tỷ, 450 triệu đồng."""
    for scale, word in _SCALES[:2]:
        short = f"{vnd / scale:.12g}"
        decimals = short.partition(".")[2]
        # three decimals look like a group of thousands
        if vnd >= scale and vnd * 100 % scale == 0 and len(decimals) < 3:
            return f"{short.replace('.', ',')} {word} đồng"
    return f"{group_digits(vnd)} đồng"


def spell_out(vnd: int) -> str:
    """Return a sum in words: hai tỷ ba trăm triệu đồng.

    Parameters
    ----------
    vnd : less than a million million [VND].
    """
    words: list[str] = []
    left = vnd
    for scale, word in (*_SCALES, (1, "")):
        part, left = divmod(left, scale)
        if part:
            words += [*_spell_group(part, full=bool(words)), word]
    return " ".join(w for w in words if w) + " đồng" if words else "không đồng"


def _spell_group(number: int, *, full: bool) -> list[str]:
    """Return a number below a thousand in words; behind others its hundreds are always said."""
    hundreds, rest = divmod(number, 100)
    words = [_DIGITS[hundreds], "trăm"] if hundreds or full else []
    tens, unit = divmod(rest, 10)
    if not rest:
        return words
    if not tens:
        return [*words, "linh", _DIGITS[unit]] if words else [_DIGITS[unit]]
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    last = {0: "", 1: "một" if tens == 1 else "mốt", 5: "lăm"}.get(unit, _DIGITS[unit])
    return [*words, last]


#: The three styles of a register.
STYLES = (group_digits, scale_down, spell_out)


def write_sums(sums: pd.Series, rng: np.random.Generator) -> pd.Series:
    """Return sums as different hands write them; nothing where there is none.

    Parameters
    ----------
    sums : Int64 [VND].
    rng : stream of random numbers, for whose hand it was.
    """
    hands = rng.integers(0, len(STYLES), len(sums))
    told = [
        None if pd.isna(vnd) else STYLES[hand](int(vnd))
        for vnd, hand in zip(sums, hands, strict=True)
    ]
    return pd.Series(told, index=sums.index, dtype="object")
