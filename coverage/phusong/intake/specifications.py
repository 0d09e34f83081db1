"""Read what a device has out of one cell: `RAM 3GB/ROM 32GB/10.1 inch/camera 5MP/pin 6000mAh`.

Each part is looked for by its own words, so that their order says nothing. Where one thing is stated twice
the lower value stands: every device of the lot has at least that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from phusong.intake.money_words import strip_marks
from phusong.vietnamese.keys import normalise

#: A lone figure of gigabytes from here on is storage: no device that is given has so much memory [GB].
SURELY_STORAGE_GB = 32.0
_GB = {"tb": 1000.0, "t": 1000.0, "gb": 1.0, "g": 1.0, "mb": 1 / 1024}
_SIZE = r"(?<![\d.,])(?P<number>\d{1,5}(?:[.,]\d{1,2})?)\s*(?P<unit>tb|t|gb|g|mb)(?![a-z0-9])"
#: A size, or a word that says what it is the size of.
_TOKEN = re.compile(
    rf"{_SIZE}|\b(?P<ram_gb>bo nho ram|ram|lpddr\d?x?|ddr\d?l?)\b"
    r"|\b(?P<storage_gb>bo nho trong|bo nho luu tru|luu tru|dung luong|o cung|o dia|rom|ssd|hdd|emmc|ufs)\b"
)
#: Units that are also words for a network: 4G, 5G.
_SHORT = ("g", "t")
_BETWEEN = re.compile(r"[/;|\n+•·]|,(?!\d)")
_PAIR = re.compile(
    r"(?<![\d.,])(?P<ram>\d{1,2})\s*(?:gb?)?\s*[/+-]\s*(?P<disk>\d{2,4})\s*(?P<unit>gb?|tb)(?![a-z0-9])"
)
#: What a card could hold is no storage; a port or card called micro is no microphone.
_CARD = re.compile(
    r"(?:ho tro |kem )?(?:khe )?\bthe (?:nho|micro|sd|tf)\b[^/;|\n,]*|\bmicro\s?-?(?:sd|usb|sim|hdmi)\S*"
)
_SCREEN = re.compile(
    r"(?<![\d.,])(\d{1,2}(?:[.,]\d{1,2})?)\s*(?:-?\s*(?:inch(?:es)?|icnh|inh|in)\b|[\"”″]|''|’’)"
)
_SCREEN_NAMED = re.compile(
    r"\bman(?: hinh)?\s*:?\s*(\d{1,2}(?:[.,]\d{1,2})?)(?![\d.,]|\s*(?:x|gb))"
)
_BATTERY = re.compile(r"(?<![\d.,])(\d{4,5}|\d{1,2}[.,\s]\d{3})\s*(?:mah\b|m ah\b)")
_BATTERY_NAMED = re.compile(r"\bpin\s*:?\s*(\d{4,5}|\d{1,2}[.,]\d{3})(?![\d.,])")
_PARTS = {
    "camera": r"(?:webcam|camera|cam)",
    "microphone": r"(?:microphone|micro|mic)",
    "modem": r"(?:khe sim|the sim|nano sim|sim|lte|4g|5g|modem)",
}
_NO_BEFORE = r"(?:khong(?: co| kem| ho tro)?|ko(?: co)?|k co|chua co|thieu|mat|hong|no)\s+{part}\b"
_NO_BEHIND = r"\b{part}\s*:?\s*(?:khong(?! day)|ko|hong|loi|mat)\b"
_WIFI_ONLY = re.compile(
    r"\b(?:chi (?:co )?(?:wifi|wi-fi)|(?:wifi|wi-fi) only|ban (?:wifi|wi-fi))\b"
)
#: What gives a device without a SIM slot its own way to the network.
HOTSPOT = re.compile(
    r"\bbo phat(?: song)? (?:wifi|wi-fi|4g|di dong|song)|\bhotspot|\bmifi\b|\bdcom\b|\busb 4g"
)


@dataclass(frozen=True)
class Specification:
    """Hold what a cell says of a device; None where it does not say.

    Parameters
    ----------
    ram_gb, storage_gb, screen_in, battery_mah : [GB], [GB], [in], [mAh].
    camera, microphone, modem : whether there is one.
    twice : the things that are stated with two values.
    """

    ram_gb: float | None = None
    storage_gb: float | None = None
    screen_in: float | None = None
    battery_mah: float | None = None
    camera: bool | None = None
    microphone: bool | None = None
    modem: bool | None = None
    twice: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Return whether nothing was read."""
        return self == Specification()


def parse_specification(text: str) -> Specification:
    """Return what a cell says of a device, in whatever order.

    Parameters
    ----------
    text : such as `Core i3, 4GB, SSD 128GB, 14"`, `3GB/32GB, có SIM 4G`, `kèm bộ phát Wi-Fi`.
    """
    lines = " ; ".join(normalise(line) for line in text.splitlines())
    plain = _CARD.sub(" ", strip_marks(lines))
    found, left = _take_sizes(plain)
    found["screen_in"] = _take_numbers(left, (_SCREEN, _SCREEN_NAMED))
    found["battery_mah"] = _take_grouped(left, (_BATTERY, _BATTERY_NAMED))
    flags = {name: _find_part(left, part) for name, part in _PARTS.items()}
    if _WIFI_ONLY.search(left):
        flags["modem"] = False
    if HOTSPOT.search(left):
        flags["modem"] = True
    numbers = {name: min(values) if values else None for name, values in found.items()}
    twice = tuple(name for name, values in sorted(found.items()) if len(values) > 1)
    told: dict[str, Any] = {**numbers, **flags, "twice": twice}
    return Specification(**told)


def _take_sizes(text: str) -> tuple[dict[str, set[float]], str]:
    """Return gigabytes of memory and of storage, and the text without them: 4G of memory is no 4G."""
    found: dict[str, set[float]] = {"ram_gb": set(), "storage_gb": set()}
    for pair in _PAIR.finditer(text):
        found["ram_gb"].add(float(pair["ram"]))
        found["storage_gb"].add(_gigabytes(pair))
    parts, lone = [], set[float]()
    for part in _BETWEEN.split(_PAIR.sub(" ; ", text)):
        tokens = list(_TOKEN.finditer(part))
        named = _name_sizes(tokens)
        for token in tokens:
            if token in named:
                found[named[token]].add(_gigabytes(token))
            elif token["unit"] and token["unit"] not in _SHORT:
                lone.add(_gigabytes(token))
        taken = [t for t in tokens if t in named or (t["unit"] and t["unit"] not in _SHORT)]
        parts.append(_cut_out(part, taken))
    _share_lone(sorted(lone), found)
    return found, " ; ".join(parts)


def _name_sizes(tokens: list[re.Match[str]]) -> dict[re.Match[str], str]:
    """Return what each size is of: the word before it, or behind it where the part begins with a size."""
    forward = bool(tokens) and tokens[0]["unit"] is None
    ordered = tokens if forward else tokens[::-1]
    named: dict[re.Match[str], str] = {}
    word = None
    for token in ordered:
        if token["unit"] is None:
            word = token.lastgroup
        elif word:
            named[token], word = word, None
    return named


def _cut_out(text: str, tokens: list[re.Match[str]]) -> str:
    """Return a text without some of its tokens."""
    for token in reversed(tokens):
        text = text[: token.start()] + " ; " + text[token.end() :]
    return text


def _share_lone(lone: list[float], found: dict[str, set[float]]) -> None:
    """Give figures without a word to memory or storage: of two the lower is memory, one is what lacks."""
    if len(lone) > 1 and not any(found.values()):
        found["ram_gb"].add(lone[0])
        found["storage_gb"] |= set(lone[1:])
    elif found["storage_gb"] and not found["ram_gb"]:
        found["ram_gb"] |= set(lone)
    elif found["ram_gb"] and not found["storage_gb"]:
        found["storage_gb"] |= set(lone)
    elif not any(found.values()):
        found["storage_gb"] |= {size for size in lone if size >= SURELY_STORAGE_GB}


def _gigabytes(token: re.Match[str]) -> float:
    """Return a size [GB]."""
    number = token["disk"] if token.re is _PAIR else token["number"]
    return float(number.replace(",", ".")) * _GB[token["unit"]]


def _take_numbers(text: str, patterns: tuple[re.Pattern[str], ...]) -> set[float]:
    """Return the numbers of the first pattern that finds any; a decimal comma counts as a point."""
    for pattern in patterns:
        found = {float(m[1].replace(",", ".")) for m in pattern.finditer(text)}
        if found:
            return found
    return set()


def _take_grouped(text: str, patterns: tuple[re.Pattern[str], ...]) -> set[float]:
    """Return whole numbers, of which a mark or blank groups the thousands."""
    for pattern in patterns:
        found = {float(re.sub(r"[.,\s]", "", m[1])) for m in pattern.finditer(text)}
        if found:
            return found
    return set()


def _find_part(text: str, part: str) -> bool | None:
    """Return whether a part is there, is said not to be, or is not spoken of; a no outweighs a yes."""
    if not re.search(rf"\b{part}\b", text):
        return None
    no = re.search(r"\b" + _NO_BEFORE.format(part=part), text)
    return not (no or re.search(_NO_BEHIND.format(part=part), text))
