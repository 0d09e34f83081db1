"""Addresses of every province of both maps, with made-up hamlets in the real communes of the register.

Run it from the source tree: `python -m benchmarks.provinces [CODE …]`. Nothing here knows how the matcher
works: hamlets have the kinds and names of their region, addresses are written as offices write them, and the
truth is known. `unfindable` addresses (a commune or a province elsewhere, a hamlet that nobody lists) must
not be matched at all; they count against precision alone.
"""

from __future__ import annotations

import random
import re
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

import pandas as pd

from phusong.places.addresses import make_gazetteer, match_addresses
from phusong.places.registers import read_register

BEFORE, AFTER = "2025-06-30", "2025-07-01"
SEED, EACH, COUNT = 20250701, 5, 1_000
FIRST = "An Bình Cao Châu Đại Đông Đồng Đức Hạ Hòa Hưng Kim Lạc Liên Long Mai Nam Ngọc Phú Quan Tân Văn Yên"
SECOND = "Bảo Cầu Chung Cốc Giang Hội Khê Lâm Mỹ Phong Quang Quế Sơn Thành Thịnh Thọ Tiến Trạch Trì Xá Ích"
HIGH_FIRST = "Ea|Đắk|Krông|Ia|Plei|Bu|Kon|Chư|Y|Đạ"
HIGH_SECOND = "Tur|Kla|N'Drung|R'Tang|Blang|Mơ Nông|Sar|H'Yông|Kmrơng|Ngông|Rsai|Jrai"
#: Kinds by region, the usual ones first; of communes, then of wards and townships.
REGIONS = {
    "north": ("thôn thôn xóm bản khu", "tổ dân phố|tổ dân phố|khu phố"),
    "middle": ("thôn thôn xóm bản làng", "tổ dân phố|khối|khối phố|tiểu khu"),
    "highlands": ("thôn buôn bon làng", "tổ dân phố|thôn|buôn"),
    "south": ("ấp ấp ấp sóc thôn phum", "khu phố|khóm|khu vực|ấp"),
}
WRITTEN = {
    "tổ dân phố": ("Tổ dân phố", "TDP", "tổ dân phố"),
    "khu phố": ("Khu phố", "KP", "khu phố"),
    "thôn": ("Thôn", "thôn", "Th."),
    "xã": ("xã", "Xã", "X."),
    "phường": ("phường", "Phường", "P."),
    "thị trấn": ("thị trấn", "TT", "TT."),
    "đặc khu": ("đặc khu", "Đặc khu"),
    "huyện": ("huyện", "H.", ""),
    "quận": ("quận", "Q."),
    "thị xã": ("thị xã", "TX"),
    "thành phố": ("thành phố", "TP", "TP."),
    "tỉnh": ("tỉnh", "", "Tỉnh"),
}
SHORT = {"Hồ Chí Minh": "TPHCM", "Hà Nội": "HN", "Bà Rịa - Vũng Tàu": "BR-VT", "Huế": "TT Huế"}
#: Spelling → what others write for it.
VARIANTS = {
    "Đắk": ("Đăk", "Đak", "Dak"),
    "Krông": ("Krong", "Krông"),
    "oà": ("òa", "oà"),
    "òa": ("oà", "òa"),
    "uỷ": ("ủy",),
    "ý": ("í",),
    "'": ("’", "' ", ""),
    "Ea ": ("Ea", "Ea "),
}
ELSEWHERE = ("Tân Hiệp", "Phước Vinh", "Xuân Trường", "Cẩm Lộc")


class Unit(NamedTuple):
    """Hold a commune with all that stands above it; district is empty from July 2025."""

    code: str
    kind: str
    name: str
    district_kind: str
    district: str
    province_kind: str
    province: str


class Hamlet(NamedTuple):
    """Hold a made-up hamlet with its commune before July 2025 and after."""

    hamlet_id: str
    kind: str
    name: str
    old: Unit
    new: Unit


class Written(NamedTuple):
    """Hold one address; the true hamlet is empty where nobody can know it."""

    address: str
    hamlet_id: str
    commune: str
    noise: str


def strip_marks(text: str) -> str:
    """Return text without diacritics."""
    spread = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in spread if not unicodedata.combining(c))


def fold(text: str) -> str:
    """Return what is left of a name for a person who looks at its letters alone."""
    bare = re.sub(r"[^a-z0-9]", "", strip_marks(text).lower())
    return re.sub(r"y$", "i", bare)


@cache
def list_units(edition: str) -> dict[str, Unit]:
    """Return the communes of an edition by code."""
    register = read_register()
    provinces = _list_above(register.provinces(edition))
    districts = _list_above(register.districts(edition))
    rows = register.units(edition)
    columns = ("code", "kind", "name", "district_code", "province_code")
    return {
        str(code): Unit(
            str(code), kind, name, *districts.get(district, ("", "")), *provinces[province]
        )
        for code, kind, name, district, province in zip(*(rows[c] for c in columns), strict=True)
    }


def _list_above(rows: pd.DataFrame) -> dict[str, tuple[str, str]]:
    """Return kind and name by code."""
    pairs = zip(rows["kind"], rows["name"], strict=True)
    return dict(zip(rows["code"], pairs, strict=True))


def find_region(lon: float, lat: float) -> str:
    """Return the region of a place [°]."""
    if lat > 20.2:
        return "north"
    if 11.4 < lat < 15.2 and 107.2 < lon < 108.75:
        return "highlands"
    return "middle" if lat > 11.6 else "south"


def draw_name(region: str, rng: random.Random) -> str:
    """Return a hamlet's name: two words, a number, or a name of the highlands."""
    if rng.random() < 0.25:
        return str(rng.randrange(1, 15)) + rng.choice(("", "", "", "A"))
    if region == "highlands" and rng.random() < 0.6:
        return f"{rng.choice(HIGH_FIRST.split('|'))} {rng.choice(HIGH_SECOND.split('|'))}"
    return f"{rng.choice(FIRST.split())} {rng.choice(SECOND.split())}"


def make_hamlets(province: str, edition: str, rng: random.Random, each: int = EACH) -> list[Hamlet]:
    """Return hamlets in all communes of a province; no two of a commune of either map look alike."""
    register = read_register()
    old, new = list_units(BEFORE), list_units(AFTER)
    trace = register.lineage(BEFORE, AFTER)
    whole = trace[trace["share"] == 1]
    home = dict(zip(whole["from_code"], whole["to_code"], strict=True))
    rows = register.units(BEFORE)
    if edition == AFTER:
        inside = set(register.units(AFTER, province, since=AFTER)["code"])
        rows = rows[rows["code"].map(lambda c: home.get(c) in inside)]
    else:
        rows = rows[(rows["province_code"] == province) & rows["code"].isin(home)]
    taken: set[tuple[str, str]] = set()
    hamlets = []
    for row in rows.itertuples():
        region = find_region(float(row.lon), float(row.lat))
        rural, urban = REGIONS[region]
        kinds = rural.split() if row.kind == "xã" else urban.split("|")
        for at in range(each):
            name, kind = draw_name(region, rng), rng.choice(kinds)
            key = fold(name)
            if (home[row.code], key) in taken or key == fold(row.name):
                continue
            taken.add((home[row.code], key))
            hamlets.append(
                Hamlet(f"{row.code}-{at}", kind, name, old[row.code], new[home[row.code]])
            )
    return hamlets


def write_kind(kind: str, rng: random.Random, *, plain: bool = False) -> str:
    """Return one way to write a kind; its own word where it must be plain."""
    return kind if plain else rng.choice(WRITTEN.get(kind, (kind, kind.capitalize())))


def write_parts(
    hamlet: Hamlet, unit: Unit, rng: random.Random, *, plain: bool = False
) -> list[str]:
    """Return hamlet, commune, district if there is one, and province."""
    numbered = unit.name.isdigit() or unit.district.isdigit()
    parts = [
        f"{write_kind(hamlet.kind, rng, plain=plain)} {hamlet.name}",
        f"{write_kind(unit.kind, rng, plain=plain or numbered)} {unit.name}",
    ]
    if unit.district:
        parts.append(
            f"{write_kind(unit.district_kind, rng, plain=plain or numbered)} {unit.district}"
        )
    parts.append(f"{write_kind(unit.province_kind, rng, plain=plain)} {unit.province}")
    return [part.strip() for part in parts]


def slip(name: str, rng: random.Random) -> str:
    """Return a name with one letter doubled, dropped or swapped with the next."""
    at = rng.randrange(1, len(name) - 1)
    ways = (
        name[:at] + name[at] + name[at:],
        name[:at] + name[at + 1 :],
        name[:at] + name[at + 1] + name[at] + name[at + 2 :],
    )
    return rng.choice(ways)


class World:
    """Hold a province's hamlets and what may be confused with them."""

    def __init__(self, province: str, edition: str, rng: random.Random, each: int = EACH) -> None:
        self.edition, self.rng = edition, rng
        self.hamlets = make_hamlets(province, edition, rng, each)
        olds = {h.old.code: h.old for h in self.hamlets}.values()
        news = {h.new.code: h.new for h in self.hamlets}.values()
        #: Communes of either map that have a name.
        self.named: dict[str, set[tuple[str, str]]] = {}
        for unit in (*olds, *news):
            self.named.setdefault(fold(unit.name), set()).add((unit.code, unit.district))
        self.places = {h.hamlet_id: (h.old.code, h.new.code) for h in self.hamlets}
        self.homes: dict[str, set[str]] = {}
        for hamlet in self.hamlets:
            self.homes.setdefault(fold(hamlet.name), set()).add(hamlet.hamlet_id)
        own = {unit.province for unit in (*olds, *news)}
        self.strangers = [u for u in list_units(BEFORE).values() if u.province not in own]

    def tabulate(self) -> pd.DataFrame:
        """Return the hamlets as a gazetteer's rows."""
        rows = [(h.hamlet_id, h.kind, h.name, self.home(h), self.edition, "") for h in self.hamlets]
        columns = ["hamlet_id", "kind", "name", "commune_code", "edition", "aliases"]
        return pd.DataFrame(rows, columns=columns)

    def home(self, hamlet: Hamlet) -> str:
        """Return the code of a hamlet's commune in the edition of the gazetteer."""
        return (hamlet.new if self.edition == AFTER else hamlet.old).code

    def is_sole(self, unit: Unit) -> bool:
        """Return whether no other commune of either map has a commune's name."""
        return len({code for code, _ in self.named[fold(unit.name)]}) == 1

    def write(self) -> Written:
        """Return one address with one noise, or without any."""
        hamlet = self.rng.choice(self.hamlets)
        modern = self.rng.random() < (0.7 if self.edition == AFTER else 0.15)
        unit = hamlet.new if modern else hamlet.old
        noise = self.rng.choices(list(WAYS), [weight for _, weight in WAYS.values()])[0]
        text = WAYS[noise][0](self, hamlet, unit)
        if text is None:
            noise, text = "plain", ", ".join(write_parts(hamlet, unit, self.rng))
        known = "" if noise in UNFINDABLE else hamlet.hamlet_id
        return Written(text, known, self.home(hamlet) if known else "", noise)


Way = Callable[[World, Hamlet, Unit], str | None]


def _plain(world: World, hamlet: Hamlet, unit: Unit) -> str:
    return ", ".join(write_parts(hamlet, unit, world.rng))


def _unmarked(world: World, hamlet: Hamlet, unit: Unit) -> str:
    text = strip_marks(_plain(world, hamlet, unit))
    return world.rng.choice((text, text.lower(), text.upper()))


def _dashed(world: World, hamlet: Hamlet, unit: Unit) -> str:
    return world.rng.choice((" - ", "; ", " / ")).join(write_parts(hamlet, unit, world.rng))


def _unparted(world: World, hamlet: Hamlet, unit: Unit) -> str:
    return " ".join(write_parts(hamlet, unit, world.rng, plain=True))


def _reversed(world: World, hamlet: Hamlet, unit: Unit) -> str:
    return ", ".join(write_parts(hamlet, unit, world.rng, plain=True)[::-1])


def _without_province(world: World, hamlet: Hamlet, unit: Unit) -> str | None:
    parts = write_parts(hamlet, unit, world.rng, plain=True)[:-1]
    return ", ".join(parts) if unit.district or world.is_sole(unit) else None


def _without_district(world: World, hamlet: Hamlet, unit: Unit) -> str | None:
    if not unit.district or not world.is_sole(unit) or unit.name.isdigit():
        return None
    parts = write_parts(hamlet, unit, world.rng)
    return ", ".join([*parts[:2], f"tỉnh {unit.province}" if "tỉnh" in parts[-1] else parts[-1]])


def _hamlet_slip(world: World, hamlet: Hamlet, unit: Unit) -> str | None:
    name = slip(hamlet.name, world.rng) if len(hamlet.name) > 7 else hamlet.name
    if fold(name) in world.homes and name != hamlet.name:
        return None
    return _plain(world, hamlet._replace(name=name), unit)


def _commune_slip(world: World, hamlet: Hamlet, unit: Unit) -> str | None:
    if len(unit.name) < 7 or not unit.district:
        return None
    name = slip(unit.name, world.rng)
    return None if fold(name) in world.named else _plain(world, hamlet, unit._replace(name=name))


def _house(world: World, hamlet: Hamlet, unit: Unit) -> str:
    before = world.rng.choice(("Số 12, ", "Đội 3, ", "Hẻm 4, ", "Kiệt 15, ", "Số 4 Quốc lộ 1, "))
    return before + _plain(world, hamlet, unit)


def _both_maps(world: World, hamlet: Hamlet, _: Unit) -> str | None:
    if fold(hamlet.new.name) == fold(hamlet.old.name) or hamlet.old.name.isdigit():
        return None
    old = ", ".join(write_parts(hamlet, hamlet.old, world.rng, plain=True))
    new = ", ".join(write_parts(hamlet, hamlet.new, world.rng, plain=True)[1:])
    first = ", ".join(write_parts(hamlet, hamlet.new, world.rng, plain=True))
    behind = ", ".join(write_parts(hamlet, hamlet.old, world.rng, plain=True)[1:])
    return world.rng.choice((f"{old} (nay là {new})", f"{first} (trước đây là {behind})"))


def _stranger(world: World, hamlet: Hamlet, _: Unit) -> str:
    other = world.rng.choice(world.strangers)
    return ", ".join(write_parts(hamlet, other, world.rng))


def _moved(world: World, hamlet: Hamlet, unit: Unit) -> str | None:
    """Write a hamlet in a commune of the province that has none of its name, on either map."""
    other = world.rng.choice(world.hamlets)
    if not (world.is_sole(other.new) and world.is_sole(other.old)):
        return None  # the commune of the same name on the other map may have it
    if {other.old.code, other.new.code} & {
        h for i in world.homes[fold(hamlet.name)] for h in world.places[i]
    }:
        return None
    return ", ".join(write_parts(hamlet, other.new if not unit.district else other.old, world.rng))


def _shortened(world: World, hamlet: Hamlet, unit: Unit) -> str:
    parts = write_parts(hamlet, unit, world.rng)
    short = SHORT.get(unit.province) or "".join(
        w[0] for w in unit.province.split() if w[0].isalpha()
    )
    return ", ".join([*parts[:-1], short])


def _varied(world: World, hamlet: Hamlet, unit: Unit) -> str:
    text = _plain(world, hamlet, unit)
    for written, others in VARIANTS.items():
        text = text.replace(written, world.rng.choice(others))
    return text


def _in_columns(world: World, hamlet: Hamlet, unit: Unit) -> str:
    return "|".join([hamlet.name, *write_parts(hamlet, unit, world.rng)[1:]])


def _unlisted(world: World, hamlet: Hamlet, unit: Unit) -> str:
    name = world.rng.choice(ELSEWHERE)
    return _plain(world, hamlet._replace(name=name), unit)


#: Noise → how it is written, and its weight.
WAYS: dict[str, tuple[Way, int]] = {
    "plain": (_plain, 40),
    "unmarked": (_unmarked, 12),
    "dashed": (_dashed, 5),
    "unparted": (_unparted, 6),
    "reversed": (_reversed, 4),
    "without province": (_without_province, 6),
    "without district": (_without_district, 4),
    "slip in the hamlet": (_hamlet_slip, 4),
    "slip in the commune": (_commune_slip, 3),
    "house and street": (_house, 6),
    "both maps": (_both_maps, 4),
    "province in short": (_shortened, 4),
    "other spelling": (_varied, 6),
    "bare hamlet": (_in_columns, 4),
    "elsewhere": (_stranger, 4),
    "moved": (_moved, 4),
    "unlisted hamlet": (_unlisted, 2),
}
UNFINDABLE = {"elsewhere", "moved", "unlisted hamlet"}


def measure(
    province: str, edition: str, *, count: int = COUNT, each: int = EACH, seed: int = SEED
) -> pd.DataFrame:
    """Return addresses of a province with what the matcher made of them.

    Parameters
    ----------
    province, edition : code, and the map that the gazetteer is of.
    count, each : of addresses; of hamlets in a commune of June 2025.
    """
    rng = random.Random(f"{seed}{province}{edition}")
    world = World(province, edition, rng, each)
    rows = pd.DataFrame([world.write() for _ in range(count)]).assign(row_id=range(count))
    gazetteer = make_gazetteer(world.tabulate(), province=province)
    found = match_addresses(rows[["row_id", "address"]], gazetteer)
    found = found.rename(columns={"hamlet_id": "hamlet_id_found"})
    return rows.join(found.drop(columns="row_id"))


def rate(rows: pd.DataFrame) -> dict[str, Any]:
    """Return precision and recall of answers, and how many are in a wrong commune."""
    matched = rows["status"] == "MATCHED"
    right = matched & (rows["hamlet_id_found"] == rows["hamlet_id"])
    meant = rows["hamlet_id"] != ""
    placed = rows["status"].isin(["MATCHED", "COMMUNE_ONLY"]) & (rows["commune"] != "")
    return {
        "addresses": len(rows),
        "precision": round(float(right.sum() / max(matched.sum(), 1)), 5),
        "recall": round(float((right & meant).sum() / max(meant.sum(), 1)), 5),
        "wrong_communes": int((matched & placed & (rows["commune_code"] != rows["commune"])).sum()),
    }


def list_provinces() -> Iterator[tuple[str, str, str]]:
    """Yield code, name and edition of the provinces of both maps."""
    for edition in (AFTER, BEFORE):
        rows = read_register().provinces(edition)
        yield from (
            (str(c), str(n), edition) for c, n in zip(rows["code"], rows["name"], strict=True)
        )


def main(codes: list[str]) -> None:
    """Print the figures of the provinces that are asked for, or of all."""
    every = []
    for code, name, edition in list_provinces():
        if codes and code not in codes:
            continue
        start = time.process_time()
        rows = measure(code, edition)
        every.append(rows)
        print(edition, code, name, rate(rows), f"{time.process_time() - start:.1f} s", flush=True)
    whole = pd.concat(every)
    print("all", rate(whole))
    for noise, part in whole.groupby("noise"):
        print(" ", noise, rate(part))


if __name__ == "__main__":
    main(sys.argv[1:])
