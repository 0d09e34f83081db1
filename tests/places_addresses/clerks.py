"""Clerks who write every noise that offices know, one at a time, of hamlets with awkward names.

Knows nothing of the matcher: the encoders are those of the script's own tests, the parents come from the
register. Each clerk is a function of a Place and a random source; it returns the cells of a row, or None
where its noise does not apply. `RIGHT` clerks write what can be found; `NEVER` clerks write what nobody can
know, so that any hamlet but the true one is wrong.
"""

import unicodedata
from typing import NamedTuple

import pandas as pd
from tests.vietnamese.writing import show, type_keys, write

from phusong.places.editions import list_units, trace_lineage

EDITION = "2021-01-01"
AWKWARD = (
    """
Tân Lập|Đồng Tâm|Đoàn Kết|Xóm Mới|Thượng|Trung|Hạ|Làng Chanh|Xóm Đình|Xóm Chùa|Phân Lân Thượng|Phân Lân Hạ
An Lão Xuôi|An Lão Ngược|Đồng Giếng|Vĩnh Ninh|Minh Quang|T80|Đồi Thông|Lò Cang|Yên Trình|Gia Khau|Bảo Sơn
Núc Thượng|Núc Hạ|Hòa Loan|Lý Nhân|Hữu Thủ|Giã Bàng|Đại Định|Phú Nông|Thụy Sơn|Yên Mỹ|Quán Tiên|Chợ Nội
Phố Mới|Ga|Bến|Chùa|Gò Dài|Ấp Bắc|Bản Long|Nhân Vực|Cầu Tre|Đình Hương|Quyết Thắng|Thống Nhất|Hoàng Oanh
Khâu|Sơn Cao|Trại Mới|Xuân Đông|Xuân Đoài|Ngoại Trạch 1|Ngoại Trạch 2|Đông Thôn|Nam Thôn|Tiên Xá|Vườn Tràng
Phường Trù|Tây Hạ|Hạ Chuế|Đội Cấn|Bắc Sơn|Tam Dương|Hương Đà|Tổ Chim|Sáu Vó|Thành Công|Lập Đinh|Mậu Thông
Đường Sắt|Số 8|Khu Phố Chợ|Cẩm Trạch|Lũng Hữu|Xóm Giữa|Giữa|Đồng Bùa|Đồng Pheo|Tích Cực|Ngọc Bảo|Vân Giang
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
NUMBERED = [*map(str, range(1, 13)), "3A", "số 5"]
FOREIGN = [
    "xã Ký Phú, huyện Đại Từ, tỉnh Thái Nguyên",
    "xã Tân Lập, huyện Đan Phượng, Hà Nội",
    "phường Gia Cẩm, TP Việt Trì, tỉnh Phú Thọ",
    "xã Sơn Dương, huyện Sơn Dương, tỉnh Tuyên Quang",
    "phường Xuân Hòa, quận Ba Đình, thành phố Hà Nội",
]


class Place(NamedTuple):
    """One hamlet with everything that stands above it."""

    hamlet_id: str
    kind: str
    name: str
    alias: str
    unit: tuple  # kind, name, code, district kind, district name
    later: tuple  # kind, name, code of July 2025
    homonym: bool  # whether another hamlet of the commune has the same letters
    numbered: bool


def strip_marks(text):
    spread = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in spread if not unicodedata.combining(c))


def make_hamlets(rng, *, each=10, real=None):
    """Hamlets in all communes: awkward names, numbers, names of communes; `real` are (name, code) to add."""
    units = list(list_units(EDITION).itertuples())
    communes = [unit.name for unit in units]
    rows = []
    for unit in units:
        kind = "thôn" if unit.kind == "xã" else "tổ dân phố"
        names = [name for name, code in real or [] if code == unit.code]
        names += rng.sample(AWKWARD, each - 4)
        names += [str(n) for n in rng.sample(range(1, 13), 2)] if rng.random() < 0.4 else []
        names += [unit.name] if rng.random() < 0.2 else []
        names += [rng.choice(communes)] if rng.random() < 0.2 else []
        names += ["3A"] if rng.random() < 0.1 else []
        names += rng.choice([["Đông Hà", "Đồng Hạ"], ["Phú Thứ", "Phù Thu"], [], [], []])
        keys = {}
        for name in names:
            keys.setdefault(name.lower().replace("y", "i"), name)
        for at, name in enumerate(keys.values()):
            alias = rng.choice(["Gò Cháy", "Trại Ổi", "Đồng Quýt"]) if at == 1 else ""
            mine = rng.choice([kind, kind, kind, "khu"]) if unit.kind != "xã" else kind
            rows.append((f"{unit.code}-{at:02d}", mine, name, unit.code, EDITION, alias))
    columns = ["hamlet_id", "kind", "name", "commune_code", "edition", "aliases"]
    return pd.DataFrame(rows, columns=columns)


def list_places(hamlets):
    units = {u.code: u for u in list_units(EDITION).itertuples()}
    later = {u.code: u for u in list_units("2025-07-01").itertuples()}
    trace = trace_lineage(EDITION, "2025-07-01").set_index("from_code")["to_code"]
    places = []
    for row in hamlets.itertuples():
        unit = units[row.commune_code]
        kind = "huyện" if unit.district.startswith("huyện") else "thành phố"
        district = unit.district[len(kind) + 1 :]
        new = later[trace[unit.code]]
        places.append(
            Place(
                row.hamlet_id, row.kind, row.name, row.aliases,
                (unit.kind, unit.name, unit.code, kind, district), (new.kind, new.name, new.code),
                False, any(c.isdigit() for c in row.name),
            )
        )  # fmt: skip
    return places


def parts(p, rng, *, province=True):
    kind, name, _, district_kind, district = p.unit
    out = [f"{p.kind.capitalize()} {p.name}", f"{kind} {name}", f"{district_kind} {district}"]
    return [*out, "tỉnh Vĩnh Phúc"] if province else out


def whole(p, rng, joint=", "):
    return joint.join(parts(p, rng))


def swap_words(text, table):
    """Every word that begins with a key begins with its value."""
    words = []
    for word in text.split(" "):
        changed = word
        for old, new in table.items():
            if word.lower().startswith(old):
                changed = (new.capitalize() if word[0].isupper() else new) + word[len(old) :]
                break
        words.append(changed)
    return " ".join(words)


def on_hamlet(p, rng, change):
    name = change(p.name)
    if name is None or name == p.name:
        return None
    return ", ".join([f"{p.kind.capitalize()} {name}", *parts(p, rng)[1:]])


def old_tones(text):
    table = {
        "òa": "oà",
        "óa": "oá",
        "ỏa": "oả",
        "ọa": "oạ",
        "úy": "uý",
        "ùy": "uỳ",
        "ụy": "uỵ",
        "ủy": "uỷ",
    }
    turned = text
    for old, new in table.items():
        turned = turned.replace(old, "\0" + new) if old in turned else turned.replace(new, old)
    return turned.replace("\0", "")


def wrong_tone(name, rng):
    spread = unicodedata.normalize("NFD", name)
    marks = [i for i, c in enumerate(spread) if c in "\u0300\u0301\u0303\u0309\u0323"]
    if not marks:
        return None
    at = rng.choice(marks)
    other = rng.choice([c for c in "\u0300\u0301\u0303\u0309\u0323" if c != spread[at]])
    return unicodedata.normalize("NFC", spread[:at] + other + spread[at + 1 :])


def slip(name, rng):
    if len(name.replace(" ", "")) < 6 or not name.replace(" ", "").isalpha():
        return None
    at = rng.randrange(1, len(name) - 1)
    kind = rng.randrange(3)
    if kind == 0:
        return name[:at] + name[at + 1 :] if name[at] != " " else None
    if kind == 1:
        return name[:at] + name[at] + name[at:] if name[at] != " " else None
    other = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return other if " " not in name[at : at + 2] and other != name else None


ROMAN = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
SPELT = ["", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"]


def partly(text, rng):
    """Some words without diacritics."""
    return " ".join(strip_marks(w) if rng.random() < 0.4 else w for w in text.split(" "))


def number(p, rng, write_number):
    if not p.name.isdigit():
        return None
    written = write_number(int(p.name))
    return written and ", ".join([f"{p.kind.capitalize()} {written}", *parts(p, rng)[1:]])


def keyed(p, rng, method):
    words = whole(p, rng).lower().replace(",", " ,").split()
    return " ".join(type_keys(w, method) if w.isalpha() else w for w in words)


def mojibake(p, rng):
    """UTF-8 read as Windows-1252, in which five bytes are nothing."""
    shown = whole(p, rng).encode().decode("cp1252", "ignore")
    return None if shown == whole(p, rng) else shown


def alone(*cells):
    return dict(
        zip(("address", "hamlet", "commune", "district", "province", "as_of"), cells, strict=False)
    )


def columnar(p, rng, hamlet=None, **more):
    kind, name, _, district_kind, district = p.unit
    cells = {
        "hamlet": hamlet or p.name,
        "commune": name,
        "district": district,
        "province": "Vĩnh Phúc",
    }
    return cells | more


RIGHT = {
    "plain": whole,
    "no province": lambda p, r: ", ".join(parts(p, r, province=False)),
    "no district": lambda p, r: ", ".join(parts(p, r)[:2]),
    "dashes": lambda p, r: whole(p, r, " - "),
    "en dashes": lambda p, r: whole(p, r, " – "),
    "semicolons": lambda p, r: whole(p, r, ";"),
    "slashes": lambda p, r: whole(p, r, "/"),
    "new lines": lambda p, r: whole(p, r, "\n"),
    "full stops": lambda p, r: whole(p, r, ". "),
    "spaces": lambda p, r: whole(p, r, " "),
    "spaces, bare": lambda p, r: strip_marks(whole(p, r, " ")).lower(),
    "capitals": lambda p, r: whole(p, r).upper(),
    "small": lambda p, r: whole(p, r).lower(),
    "no marks": lambda p, r: strip_marks(whole(p, r)),
    "no marks in the hamlet": lambda p, r: ", ".join([strip_marks(parts(p, r)[0]), *parts(p, r)[1:]]),
    "no marks above": lambda p, r: ", ".join([parts(p, r)[0], *map(strip_marks, parts(p, r)[1:])]),
    "NFD": lambda p, r: unicodedata.normalize("NFD", whole(p, r)),
    "zero width": lambda p, r: "\u200b".join(whole(p, r)[i : i + 3] for i in range(0, len(whole(p, r)), 3)),
    "no-break spaces": lambda p, r: whole(p, r).replace(" ", "\u00a0"),
    "Cyrillic": lambda p, r: whole(p, r).translate(str.maketrans("aoeTXH", "аоеТХН")),
    "full width": lambda p, r: whole(p, r).translate({48 + i: 0xFF10 + i for i in range(10)}),
    "Icelandic": lambda p, r: whole(p, r).replace("Đ", "Ð").replace("đ", "ð"),
    "TCVN3": lambda p, r: show(write(whole(p, r), "tcvn3")),
    "VNI font": lambda p, r: show(write(whole(p, r), "vni")),
    "VISCII": lambda p, r: show(write(whole(p, r), "viscii")),
    "mojibake": mojibake,
    "Telex": lambda p, r: keyed(p, r, "telex"),
    "VNI keys": lambda p, r: keyed(p, r, "vni"),
    "VIQR": lambda p, r: keyed(p, r, "viqr"),
    "tone placement": lambda p, r: old_tones(whole(p, r)),
    "i for y": lambda p, r: swap_words(whole(p, r), {"mỹ": "mĩ", "lý": "lí", "kỳ": "kì", "vĩnh": "vỹnh"}),
    "hỏi and ngã": lambda p, r: on_hamlet(p, r, lambda n: n.translate(str.maketrans("ũẽãễữ", "ủẻảểử"))),
    "l for n": lambda p, r: on_hamlet(p, r, lambda n: swap_words(n, {"l": "n"})),
    "x for s": lambda p, r: on_hamlet(p, r, lambda n: swap_words(n, {"s": "x"})),
    "ch for tr": lambda p, r: on_hamlet(p, r, lambda n: swap_words(n, {"tr": "ch"})),
    "d for gi": lambda p, r: on_hamlet(p, r, lambda n: swap_words(n, {"gi": "d"})),
    "wrong tone": lambda p, r: on_hamlet(p, r, lambda n: wrong_tone(n, r)),
    "slip in the hamlet": lambda p, r: on_hamlet(p, r, lambda n: slip(n, r)),
    "slip in the district": lambda p, r: ", ".join(
        [*parts(p, r)[:2], f"{p.unit[3]} {slip(p.unit[4], r) or p.unit[4]}", "Vĩnh Phúc"]
    ),
    "padded": lambda p, r: number(p, r, lambda n: f"{n:02d}"),
    "Roman": lambda p, r: number(p, r, lambda n: ROMAN[n]),
    "spelt": lambda p, r: number(p, r, lambda n: SPELT[n].capitalize() if n < 11 else None),
    "số": lambda p, r: number(p, r, lambda n: f"số {n}"),
    "float": lambda p, r: columnar(p, r, f"{p.name}.0") if p.name.isdigit() else None,
    "glued number": lambda p, r: number(p, r, str) and whole(p, r).replace(f" {p.name},", f"{p.name},"),
    "glued": lambda p, r: whole(p, r).title().replace(" ", ""),
    "reversed": lambda p, r: ", ".join(parts(p, r)[::-1]),
    "reversed, bare": lambda p, r: None if p.numbered else ", ".join(
        ["Vĩnh Phúc", p.unit[4], f"{p.unit[0]} {p.unit[1]}", p.name]
    ),
    "commune twice": lambda p, r: ", ".join([parts(p, r)[1], parts(p, r)[1], parts(p, r)[0], *parts(p, r)[2:]]),
    "commune again": lambda p, r: ", ".join([*parts(p, r)[:2], p.unit[1], *parts(p, r)[2:]]),
    "abbreviations": lambda p, r: whole(p, r)
    .replace("Thôn ", r.choice(["Th. ", "T. ", "Thg "]))
    .replace("Tổ dân phố ", r.choice(["TDP ", "T.D.P ", "TDF ", "Tổ DP ", "TDP: "]))
    .replace("Khu ", r.choice(["K. ", "KDC "]))
    .replace("xã ", r.choice(["X. ", "x.", "X."])).replace("phường ", r.choice(["P. ", "P.", "F. "]))
    .replace("thị trấn ", r.choice(["TT ", "TT. ", "T.T ", "Ttr "])).replace("huyện ", r.choice(["H. ", "H."]))
    .replace("thành phố ", r.choice(["TP ", "TP. ", "T.P ", "Tp."])).replace("tỉnh Vĩnh Phúc", "VP"),
    "initial of the district": lambda p, r: ", ".join(
        [*parts(p, r)[:2], ".".join([p.unit[4].split()[0][0], p.unit[4].split()[1]]), "VP"]
    ),
    "bare names": lambda p, r: None if p.numbered else f"{p.name}, {p.unit[1]}, {p.unit[4]}",
    "bare names, Vĩnh Phúc": lambda p, r: None if p.numbered else f"{p.name}, {p.unit[1]}, {p.unit[4]}, Vĩnh Phúc",
    "bare names, dashes": lambda p, r: None if p.numbered else f"{p.name} - {p.unit[1]} - {p.unit[4]} - VP",
    "bare hamlet and commune": lambda p, r: None if p.numbered else f"{p.name}, {p.unit[1]}",
    "old name": lambda p, r: ", ".join([p.alias, *parts(p, r)[1:]]) if p.alias else None,
    "street": lambda p, r: f"Số {r.randrange(1, 99)} ngõ {r.randrange(1, 9)} đường Mê Linh, {whole(p, r)}",
    "house": lambda p, r: f"SN {r.randrange(1, 99)}, {whole(p, r)}",
    "alley": lambda p, r: f"Ngách {r.randrange(1, 99)}/{r.randrange(1, 9)}, {whole(p, r)}",
    "team": lambda p, r: f"Đội {r.randrange(1, 9)}, {whole(p, r)}",
    "sub-hamlet": lambda p, r: f"Xóm Bờ Ao, {whole(p, r)}",
    "telephone": lambda p, r: f"{whole(p, r)} - 0900 000 {r.randrange(1000):03d}",
    "telephone first": lambda p, r: f"0900000{r.randrange(1000):03d} {whole(p, r)}",
    "ĐT": lambda p, r: f"{whole(p, r)} (ĐT: 0900.000.{r.randrange(1000):03d})",
    "HKTT and current": lambda p, r: f"HKTT: thôn Bờ Ao, xã Hợp Lý, Lập Thạch; chỗ ở hiện nay: {whole(p, r)}",
    "current and HKTT": lambda p, r: f"Nơi ở hiện tại: {whole(p, r)}. HKTT: thôn Bờ Ao, xã Hợp Lý, Lập Thạch",
    "talk": lambda p, r: f"ở với ông bà tại {whole(p, r)}",
    "country": lambda p, r: f"{whole(p, r)}, Việt Nam",
    "town in a city": lambda p, r: whole(p, r).replace("thành phố Phúc Yên", "TX Phúc Yên"),
    "another kind": lambda p, r: None if p.numbered else ", ".join(
        [f"{r.choice(['xóm', 'khu', 'làng'])} {p.name}", *parts(p, r)[1:]]
    ),
    "2025": lambda p, r: f"{parts(p, r)[0]}, {p.later[0]} {p.later[1]}, tỉnh Phú Thọ",
    "2025 dated": lambda p, r: {
        "address": f"{parts(p, r)[0]}, {p.later[0]} {p.later[1]}, tỉnh Phú Thọ", "as_of": "2025-09-15",
    },
    "2025 columns": lambda p, r: {
        "hamlet": parts(p, r)[0], "commune": p.later[1], "province": "Phú Thọ", "as_of": "2025-09-15",
    },
    "old commune, Phú Thọ": lambda p, r: None if p.unit[1] in SHARED else f"{parts(p, r)[0]}, {p.unit[0]} {p.unit[1]}, tỉnh Phú Thọ",
    "partly marked": lambda p, r: partly(whole(p, r), r),
    "number, bare": lambda p, r: f"{p.name}, {p.unit[1]}, {p.unit[4]}" if p.name.isdigit() else None,
    "letter and number": lambda p, r: f"{p.kind[0].upper()}{p.name} {p.unit[1]}, {p.unit[4]}"
    if p.name.isdigit() and p.kind in ("thôn", "khu") else None,
    "2025 commune, Vĩnh Phúc": lambda p, r: f"{parts(p, r)[0]}, {p.later[0]} {p.later[1]}, tỉnh Vĩnh Phúc"
    if p.later[1] not in OLD else None,
    "January 2025": lambda p, r: {
        "address": f"{parts(p, r)[0]}, {JANUARY[p.unit[2]]}, {p.unit[3]} {p.unit[4]}", "as_of": "2025-03-01",
    } if JANUARY[p.unit[2]] else None,
    "Vĩnh Phú": lambda p, r: ", ".join([*parts(p, r)[:3], "tỉnh Vĩnh Phú"]),
    "upper and no marks, dashes": lambda p, r: strip_marks(whole(p, r, " - ")).upper(),
    "no-marks columns": lambda p, r: {k: strip_marks(v) for k, v in columnar(p, r).items()},
    "hamlet glued": lambda p, r: whole(p, r).replace(p.name, p.name.replace(" ", ""))
    if p.name.istitle() and " " in p.name else None,
    "hamlet and kind glued": lambda p, r: whole(p, r).replace(f"{p.kind.capitalize()} ", p.kind.capitalize())
    if p.name.istitle() else None,
    "post of the hamlet": lambda p, r: f"Nhà văn hóa {whole(p, r)}",
    "brackets": lambda p, r: f"{parts(p, r)[0]} ({parts(p, r)[1]}), {', '.join(parts(p, r)[2:])}",
    "columns": columnar,
    "columns with kinds": lambda p, r: dict(
        zip(("hamlet", "commune", "district", "province"), parts(p, r), strict=True)
    ),
    "all in the hamlet column": lambda p, r: {"hamlet": whole(p, r)},
    "hamlet and commune in one column": lambda p, r: columnar(p, r, f"{parts(p, r)[0]}, {p.unit[1]}"),
    "dated 2021": lambda p, r: {"address": whole(p, r), "as_of": "2021-10-01"},
    "slip in the commune": lambda p, r: ", ".join(
        [parts(p, r)[0], f"{p.unit[0]} {slip(p.unit[1], r) or p.unit[1]}", *parts(p, r)[2:]]
    ),
    "wrong tone in the commune": lambda p, r: ", ".join(
        [parts(p, r)[0], f"{p.unit[0]} {wrong_tone(p.unit[1], r) or p.unit[1]}", *parts(p, r)[2:]]
    ),
    "wrong kind of commune": lambda p, r: ", ".join(
        [parts(p, r)[0], f"{r.choice(['xã', 'phường', 'thị trấn'])} {p.unit[1]}", *parts(p, r)[2:]]
    ),
}  # fmt: skip
#: Names that a commune of old Phú Thọ or Hòa Bình has too.
SHARED = [
    "Hoa Sơn",
    "Liễn Sơn",
    "Cao Phong",
    "Ngọc Mỹ",
    "Tân Lập",
    "Đồng Tâm",
    "Hùng Vương",
    "Đồng Xuân",
    "Quang Yên",
    "Liên Hòa",
    "Yên Lập",
    "Đồng Thịnh",
    "Tam Sơn",
    "Yên Dương",
    "Tân Phú",
]
OLD = {unit.name for e in (EDITION, "2025-01-01") for unit in list_units(e).itertuples()}


def list_january():
    """By code of 2021 the commune of January 2025 where it has another name."""
    later = {u.code: (u.kind, u.name) for u in list_units("2025-01-01").itertuples()}
    trace = trace_lineage(EDITION, "2025-01-01").set_index("from_code")["to_code"]
    names = {u.code: u.name for u in list_units(EDITION).itertuples()}
    return {c: " ".join(later[t]) if later[t][1] != names[c] else "" for c, t in trace.items()}


JANUARY = list_january()
DISTRICTS = ["Lập Thạch", "Tam Dương", "Tam Đảo", "Bình Xuyên", "Yên Lạc", "Vĩnh Tường", "Sông Lô"]


def other_district(p, rng):
    other = rng.choice([d for d in DISTRICTS if d != p.unit[4]])
    return ", ".join([*parts(p, rng)[:2], f"huyện {other}", "Vĩnh Phúc"])


NEVER = {
    "another district": other_district,
    "unknown hamlet": lambda p, r: ", ".join(["Thôn Bịa Đặt", *parts(p, r)[1:]]),
    "unknown number": lambda p, r: ", ".join([f"{p.kind} 47", *parts(p, r)[1:]]),
    "no hamlet": lambda p, r: ", ".join(parts(p, r)[1:]),
    "neighbours": lambda p, r: f"{parts(p, r)[0]}, {r.choice(FOREIGN)}",
    "columns disagree": lambda p, r: {"address": whole(p, r), "commune": "Hợp Lý" if p.unit[1] != "Hợp Lý" else "Đạo Trù"},
    "institution": lambda p, r: f"KTX công nhân KCN Khai Quang, {', '.join(parts(p, r)[1:])}",
    "hamlet alone": lambda p, r: p.name,
    "district alone": lambda p, r: ", ".join(parts(p, r)[2:]),
    "excel date": lambda p, r: columnar(p, r, "2021-05-03 00:00:00"),
    "ditto": lambda p, r: r.choice(["nt", "-nt-", '"', "như trên", "x", "Không", "KXĐ", "36", "…", "-"]),
    "only the district": lambda p, r: f"{parts(p, r)[0]}, {p.unit[3]} {p.unit[4]}",
    "only the province": lambda p, r: f"{parts(p, r)[0]}, tỉnh Vĩnh Phúc",
    "slip in the commune, no district": lambda p, r: f"{parts(p, r)[0]}, {p.unit[0]} {slip(p.unit[1], r) or 'Đạo Tr'}",
    "wrong tone in the commune, no district": lambda p, r: f"{parts(p, r)[0]}, {p.unit[0]} {wrong_tone(p.unit[1], r) or 'Đạo Tr'}",
    "bare names without the commune": lambda p, r: f"{p.name}, {p.unit[4]}, Vĩnh Phúc",
    "bare commune": lambda p, r: f"{p.unit[1]}, {p.unit[4]}",
}  # fmt: skip


def other_commune(p, rng, places):
    """The hamlet with a commune of another place, in whose list no such name may stand."""
    other = rng.choice(places)
    return ", ".join([parts(p, rng)[0], *parts(other, rng)[1:]]), other


def write_rows(hamlets, rng, *, each):
    """Return `each` rows of every clerk: cells, label, true hamlet, the codes its commune may have."""
    places = list_places(hamlets)
    trace = {e: trace_lineage(EDITION, e).set_index("from_code")["to_code"] for e in
             ("2023-04-10", "2025-01-01", "2025-07-01")}  # fmt: skip
    rows = []
    for wanted, clerks in ((True, RIGHT), (False, NEVER)):
        for label, clerk in clerks.items():
            made = 0
            for place in rng.sample(places, min(len(places), 30 * each)):
                cells = clerk(place, rng)
                if not cells:
                    continue
                cells = {"address": cells} if isinstance(cells, str) else cells
                code = place.unit[2]
                codes = {code, *(t[code] for t in trace.values())}
                rows.append(cells | {"label": label, "wanted": wanted, "true_hamlet": place.hamlet_id,
                                     "true_name": place.name, "codes": codes, "codes_2021": code})  # fmt: skip
                made += 1
                if made == each:
                    break
    for _ in range(4 * each):
        text, other = other_commune(rng.choice(places), rng, places)
        code = other.unit[2]
        rows.append({"address": text, "label": "another commune", "wanted": False, "true_hamlet": "",
                     "true_name": "", "codes": {code, *(t[code] for t in trace.values())}, "codes_2021": code})  # fmt: skip
    table = pd.DataFrame(rows).fillna(
        dict.fromkeys(("address", "hamlet", "commune", "district", "province", "as_of"), "")
    )
    return table.assign(row_id=range(len(table)))
