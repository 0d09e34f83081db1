"""What offices do to the letters of an address: fonts, keys, marks, slips, digits."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from phusong.simulate.addresses import fonts, keyboards, spelling
from phusong.simulate.addresses.places import Place
from phusong.simulate.addresses.shapes import (
    HAMLET_KINDS,
    Parts,
    Written,
    change_parts,
    draft_full,
    finish,
)

#: A change of letters; it returns the text unchanged where it finds nothing to do.
Change = Callable[[str, Random], str]

_WORDS = ["không", "Một", "Hai", "Ba", "Bốn", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười"]
_ROMAN = ["0", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]


def _plainly(change: Callable[[str], str]) -> Change:
    """Return a change that needs no dice."""
    return lambda text, _: change(text)


#: Changes of the whole address after which every letter can still be told.
WHOLE: dict[str, Change] = {
    "nfd": spelling.decompose,
    "hidden_signs": spelling.hide_signs,
    "cyrillic": spelling.borrow_letters,
    "full_width": _plainly(spelling.widen_digits),
    "tcvn3": _plainly(fonts.write_tcvn3),
    "vni_font": _plainly(fonts.write_vni),
    "viqr": _plainly(keyboards.write_viqr),
    "mojibake": lambda text, _: fonts.write_mojibake(text, lossy=False),
    "telex": _plainly(keyboards.write_telex),
    "vni_keys": _plainly(keyboards.write_vni_keys),
    "eth": _plainly(spelling.use_eth),
    "upper": _plainly(str.upper),
}

#: Changes of the whole address that lose letters or marks.
LOSSY: dict[str, Change] = {
    "no_marks": _plainly(spelling.strip_marks),
    "no_marks_lower": lambda text, _: spelling.strip_marks(text).lower(),
    "some_marks": spelling.strip_some,
    "d_for_dd": lambda text, _: text.replace("đ", "d").replace("Đ", "D"),
    "mojibake_lossy": lambda text, _: fonts.write_mojibake(text, lossy=True),
    "glued": lambda text, _: text.replace(" ", ""),
}

#: Changes of one of the two lowest names after which it is spelled otherwise and reads the same.
SPELLINGS: dict[str, Callable[[str], str]] = {
    "tone_place": spelling.move_tones,
    "i_y": spelling.swap_i_and_y,
}

#: Changes of the hamlet's name alone: other marks on the same letters, and other letters.
MARKS: dict[str, Change] = {
    "tone_confused": _plainly(spelling.confuse_tones),
    "tone_wrong": spelling.wrong_tone,
}
LETTERS: dict[str, Change] = {
    "typo": spelling.mistype,
    "l_n": lambda text, _: spelling.confuse_onsets(text, "l_n"),
    "s_x": lambda text, _: spelling.confuse_onsets(text, "s_x"),
    "ch_tr": lambda text, _: spelling.confuse_onsets(text, "ch_tr"),
    "d_gi_r": lambda text, _: spelling.confuse_onsets(text, "d_gi_r"),
}


def spoil_whole(place: Place, rng: Random, kind: str, *, columns: bool) -> Written | None:
    """Return the address with a change of all of it; nothing where the change would change nothing.

    Parameters
    ----------
    place : the hamlet.
    rng : stream of random numbers.
    kind : one of `WHOLE` or `LOSSY`; the latter only where the hamlet can still be told from others.
    columns : whether the source has a column for each level.
    """
    if kind in LOSSY and not place.plain:
        return None
    change = WHOLE.get(kind) or LOSSY[kind]
    parts = draft_full(place, rng)
    if columns:
        changed = change_parts(parts, lambda text: change(text, rng))
        return finish(changed, columns=True) if changed != parts else None
    line = finish(parts, columns=False).address
    changed_line = change(line, rng)
    return Written(address=changed_line) if changed_line != line else None


def spoil_name(place: Place, rng: Random, kind: str, *, columns: bool) -> Written | None:
    """Return the address with a change of the hamlet's name; nothing where there is nothing to change.

    Parameters
    ----------
    place : the hamlet.
    rng : stream of random numbers.
    kind : one of `MARKS` or `LETTERS`; never one after which it may be taken for another hamlet.
    columns : whether the source has a column for each level.
    """
    change = MARKS.get(kind) or LETTERS[kind]
    if not (place.plain if kind in MARKS else place.lonely):
        return None
    name = change(place.name, rng)
    if name == place.name:
        return None
    return finish(draft_full(place, rng, name=name), columns=columns)


def respell(place: Place, rng: Random, kind: str, *, columns: bool) -> Written | None:
    """Return the address with the other spelling of its hamlet or its commune; nothing where both have one.

    Parameters
    ----------
    place : the hamlet.
    rng : stream of random numbers.
    kind : one of `SPELLINGS`.
    columns : whether the source has a column for each level.
    """
    change, parts = SPELLINGS[kind], draft_full(place, rng)
    changed = parts._replace(hamlet=change(parts.hamlet), commune=change(parts.commune))
    return finish(changed, columns=columns) if changed != parts else None


def spoil_number(place: Place, rng: Random, *, columns: bool) -> Written | None:
    """Return the address of a numbered hamlet with its number in another way; nothing for the others."""
    if not 1 <= place.number <= 10:
        return None
    number = place.number
    form = rng.choice(("zero", "roman", "word", "so", "float" if columns else "glued"))
    parts = draft_full(place, rng)
    kind = parts.hamlet.removesuffix(place.name)
    hamlet = {
        "zero": f"{kind}{number:02d}",
        "roman": f"{kind}{_ROMAN[number]}",
        "word": f"{kind}{_WORDS[number]}",
        "so": f"{kind}số {number}",
        "float": f"{number}.0",
        "glued": f"{_glue(place, rng)}{number}",
    }[form]
    return finish(parts._replace(hamlet=hamlet), columns=columns)


def _glue(place: Place, rng: Random) -> str:
    """Return the kind as it is written without a space before a number: TDP5, thôn3."""
    kinds = HAMLET_KINDS.get(place.kind, (place.kind,))
    return rng.choice(kinds[:2]).strip().replace("tổ dân phố", "TDP").replace("Tổ dân phố", "TDP")


def glue_words(place: Place, rng: Random, *, columns: bool) -> Written | None:
    """Return the address with hamlet and commune as one word each, ĐạoTrù; only where both are told apart."""
    if not place.plain or place.number or " " not in place.name or not place.bare:
        return None
    parts: Parts = draft_full(place, rng)
    glued = parts._replace(
        hamlet=parts.hamlet.replace(" ", ""), commune=parts.commune.replace(" ", "")
    )
    return finish(glued, columns=columns)
