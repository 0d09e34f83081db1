"""A made-up province of hamlets and clerks who write their addresses badly; knows nothing of the matcher."""

import unicodedata

import pandas as pd

from phusong.places.editions import list_units

FIRST = [
    "An",
    "Bình",
    "Cao",
    "Châu",
    "Đại",
    "Đông",
    "Đồng",
    "Đức",
    "Hạ",
    "Hòa",
    "Hoàng",
    "Hưng",
    "Kim",
    "Lạc",
    "Liên",
    "Long",
    "Lương",
    "Mai",
    "Nam",
    "Ngọc",
    "Phú",
    "Phúc",
    "Quan",
    "Tân",
    "Thạch",
    "Thái",
    "Thanh",
    "Thượng",
    "Tiên",
    "Trung",
    "Văn",
    "Vân",
    "Xuân",
    "Yên",
]
SECOND = [
    "An",
    "Bảo",
    "Cầu",
    "Chung",
    "Cốc",
    "Dương",
    "Giang",
    "Hà",
    "Hội",
    "Khê",
    "Lâm",
    "Lĩnh",
    "Mỹ",
    "Ngạc",
    "Phong",
    "Quang",
    "Quế",
    "Sơn",
    "Thành",
    "Thịnh",
    "Thọ",
    "Tiến",
    "Trạch",
    "Trì",
    "Tự",
    "Vượng",
    "Xá",
    "Ích",
    "Oai",
    "Khoan",
]
SHORT = {
    "thôn": ["Thôn ", "thon ", "Th. ", "T. "],
    "tổ dân phố": ["TDP ", "Tổ dân phố ", "tdp "],
    "khu": ["Khu ", "K. "],
    "xóm": ["Xóm ", "xom "],
}
UNIT = {
    "xã": ["xã ", "X. ", "Xã ", "X."],
    "phường": ["phường ", "P. ", "P."],
    "thị trấn": ["thị trấn ", "TT ", "TT. "],
}
DISTRICT = {"huyện": ["huyện ", "H. ", "H.", ""], "thành phố": ["TP ", "thành phố ", "Tp. ", ""]}


def strip_marks(text):
    spread = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in spread if not unicodedata.combining(c))


def drop_tone(text, rng):
    spread = unicodedata.normalize("NFD", text)
    marks = [i for i, c in enumerate(spread) if c in "\u0300\u0301\u0303\u0309\u0323"]
    if not marks:
        return text
    at = rng.choice(marks)
    return unicodedata.normalize(
        "NFC", spread[:at] + rng.choice("\u0300\u0301\u0303\u0309\u0323") + spread[at + 1 :]
    )


def slip(text, rng):
    at = rng.randrange(1, len(text))
    kind = rng.randrange(4)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + text[at] + text[at:]
    if kind == 2 and at + 1 < len(text):
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + rng.choice("aeiouhnmtc") + text[at + 1 :]


def make_hamlets(rng, *, edition="2021-01-01", each=10):
    rows = []
    for unit in list_units(edition).itertuples():
        kind = "thôn" if unit.kind == "xã" else "tổ dân phố"
        pool = rng.sample([f"{a} {b}" for a in FIRST for b in SECOND if a != b], each - 2)
        names = [*pool, "1", "2"] if rng.random() < 0.5 else [*pool, unit.name, "Mới"]
        for at, name in enumerate(dict.fromkeys(names)):
            rows.append((f"{unit.code}-{at:02d}", kind, name, unit.code, edition, ""))
    return pd.DataFrame(
        rows, columns=["hamlet_id", "kind", "name", "commune_code", "edition", "aliases"]
    )


def spoil_names(name, commune, rng):
    """Return the names of a hamlet and its commune, one of them misspelt now and then, and the noise."""
    roll = rng.random()
    if roll < 0.08 and len(name) > 5:
        return slip(name, rng), commune, ["slip in the hamlet"]
    if roll < 0.14:
        return name, slip(commune, rng), ["slip in the commune"]
    if roll < 0.22:
        return drop_tone(name, rng), commune, ["wrong tone"]
    if roll < 0.26:
        return name, drop_tone(commune, rng), ["wrong tone in the commune"]
    return name, commune, []


def spoil_writing(text, rng):
    """Return a whole address without marks, in other letters, decomposed, or with a telephone."""
    number = f"{text} - 09{rng.randrange(10**8):08d}"
    ways = [
        strip_marks(text),
        strip_marks(text),
        text.upper(),
        text.lower(),
        unicodedata.normalize("NFD", text),
        number,
    ]
    return rng.choice(ways) if rng.random() < 0.55 else text


def write_address(hamlet, unit, rng):
    """Return an address and the noises in it."""
    district_kind = next(kind for kind in DISTRICT if unit.district.startswith(kind))
    name, commune, noises = spoil_names(hamlet.name, unit.name, rng)
    parts = [rng.choice(SHORT[hamlet.kind]) + name, rng.choice(UNIT[unit.kind]) + commune]
    if rng.random() < 0.75:
        parts.append(rng.choice(DISTRICT[district_kind]) + unit.district[len(district_kind) + 1 :])
    else:
        noises.append("no district")
    if rng.random() < 0.6:
        parts.append(rng.choice(["Vĩnh Phúc", "tỉnh Vĩnh Phúc", "VP"]))
    return spoil_writing(rng.choice([", ", " - ", " ", "; ", ","]).join(parts), rng), noises


def make_addresses(hamlets, rng, count):
    units = {unit.code: unit for unit in list_units("2021-01-01").itertuples()}
    rows = []
    for at in range(count):
        hamlet = next(hamlets.iloc[[rng.randrange(len(hamlets))]].itertuples())
        text, noises = write_address(hamlet, units[hamlet.commune_code], rng)
        rows.append((at, text, hamlet.hamlet_id, hamlet.commune_code, ", ".join(noises)))
    return pd.DataFrame(
        rows, columns=["row_id", "address", "true_hamlet", "true_commune", "noises"]
    )
