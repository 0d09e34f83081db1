"""The attack on published counts, written without the code that it attacks: everything shown, as one linear programme.

Unknown are the true counts of every line and measure. The attacker knows that they add up between units, levels
and editions, that they lie in each other as the definitions say, that each lies fewer than `bound` from
what is shown, and, as an insider, some lines exactly. Asked for are the least and the most of a group.
"""

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from phusong.gaps.pupils.measures import MEASURES, NESTINGS
from phusong.places.editions import list_units, trace_lineage

KEY = ["unit", "unit_code", "edition", "level"]
WIDTH = len(MEASURES)
PLACE = {name: n for n, name in enumerate(MEASURES)}


def list_sums(rows, hamlets, source):
    """Return (total, parts) by row number, as whoever reads the documentation would write them down."""
    at = {tuple(r): n for n, r in enumerate(rows[KEY].itertuples(index=False, name=None))}
    home = hamlets.set_index("hamlet_id")["commune_code"].to_dict()
    named = []
    for edition, own in rows.groupby("edition"):
        for level in sorted(set(own["level"])):
            named += _sum_places(own, home, edition, level, source)
            named += _sum_editions(own, edition, level, source)
        named += _sum_levels(own, edition)
    known = [(at.get(total), [at[p] for p in parts if p in at]) for total, parts in named]
    return [(total, parts) for total, parts in known if total is not None and parts]


def _sum_places(own, home, edition, level, source):
    """Return, by name, hamlets as parts of communes, and so on up to the province."""
    trace = trace_lineage(source, edition)
    to = trace[~trace["from_code"].duplicated(keep=False)].set_index("from_code")["to_code"]
    district = list_units(edition).set_index("code")["district_code"].to_dict()
    codes = {unit: sorted(set(part["unit_code"])) for unit, part in own.groupby("unit")}

    def name(unit, wanted, *, year=edition):
        return [(unit, code, year, level) for code in wanted]

    communes = codes.get("commune", [])
    nowhere = name("unplaced", [c for c in codes.get("unplaced", []) if not c.isdigit()])
    tops = [name("commune", communes) + nowhere, name("school", codes.get("school", []))]
    if "district" in codes:
        tops.append(name("district", codes["district"]) + nowhere)
    found = [(p, parts) for p in name("province", codes.get("province", [])) for parts in tops]
    for code in codes.get("district", []):
        lying = [c for c in communes if district.get(c) == code]
        found.append((*name("district", [code]), name("commune", lying)))
    for code in communes:
        inside = name("hamlet", [h for h, c in home.items() if to.get(c) == code])
        found.append((*name("commune", [code]), inside + name("unplaced", [code])))
        merged = sorted(c for c in set(home.values()) if to.get(c) == code)
        if edition != source:
            found += [
                (*name(unit, [code]), name(unit, merged, year=source))
                for unit in ("commune", "unplaced")
            ]
    return found


def _sum_editions(own, edition, level, source):
    """Return, by name, the lines that are the same pupils in every edition."""
    lasting = own[own["unit"].isin(["hamlet", "school", "province"]) & (own["level"] == level)]
    lines = lasting[["unit", "unit_code"]].itertuples(index=False, name=None)
    return [
        ((*line, source, level), [(*line, edition, level)]) for line in lines if edition != source
    ]


def _sum_levels(own, edition):
    """Return, by name, each level as a part of all."""
    levelled = own[own["level"] != "all"].groupby(["unit", "unit_code"])["level"].agg(list)
    return [
        ((*line, edition, "all"), [(*line, edition, level) for level in levels])
        for line, levels in levelled.items()
    ]


class Attack:
    """Hold what an attacker knows of one or more tables about the same pupils.

    `exact` is the table of the true counts, used for nothing but what insiders know and which sums are open.
    """

    def __init__(self, exact, hamlets, *tables, known=None):
        self.exact = exact.reset_index(drop=True)
        self.value = self.exact[list(MEASURES)].to_numpy(dtype=float)
        size = self.value.size
        self.low, self.high = np.zeros(size), np.full(size, np.inf)
        for shown, bound in tables:
            published = (
                shown.reset_index(drop=True)[list(MEASURES)]
                .astype("Float64")
                .fillna(0)
                .to_numpy(dtype=float)
                .ravel()
            )
            self.low = np.maximum(self.low, published - bound)
            self.high = np.minimum(self.high, published + bound)
        for row in np.flatnonzero(known) if known is not None else ():
            spot = slice(row * WIDTH, (row + 1) * WIDTH)
            self.low[spot] = self.high[spot] = self.value[row]
        source = str(hamlets["edition"].iloc[0])
        self.sums = list_sums(self.exact, hamlets, source)
        self._build()

    def _build(self):
        equal, under = [], []
        for total, parts in self.sums:
            open_ = (self.value[total] - self.value[parts].sum(axis=0)).any()
            for m in range(WIDTH):
                cells = [p * WIDTH + m for p in parts] + [total * WIDTH + m]
                (under if open_ else equal).append((cells, [1.0] * len(parts) + [-1.0]))
        for row in range(len(self.value)):
            for whole, parts in NESTINGS:
                cells = [row * WIDTH + PLACE[p] for p in parts] + [row * WIDTH + PLACE[whole]]
                under.append((cells, [1.0] * len(parts) + [-1.0]))
        self.equal, self.under = self._matrix(equal), self._matrix(under)

    def _matrix(self, lines):
        row = np.repeat(np.arange(len(lines)), [len(cells) for cells, _ in lines])
        column = np.concatenate([cells for cells, _ in lines])
        signs = np.concatenate([s for _, s in lines])
        return sparse.csr_array((signs, (row, column)), shape=(len(lines), self.value.size))

    def groups(self):
        """Return every group of pupils that is a count, or what a nesting leaves: name, weights, true size."""
        for row, line in enumerate(self.value):
            for name in MEASURES:
                yield (row, name), {row * WIDTH + PLACE[name]: 1.0}, line[PLACE[name]]
            for whole, parts in NESTINGS:
                weights = {row * WIDTH + PLACE[p]: -1.0 for p in parts} | {
                    row * WIDTH + PLACE[whole]: 1.0
                }
                rest = line[PLACE[whole]] - sum(line[PLACE[p]] for p in parts)
                yield (row, f"{whole} rest"), weights, rest

    def reach(self, weights):
        """Return the least and the most that a group can be."""
        aim = np.zeros(self.value.size)
        aim[list(weights)] = list(weights.values())
        ends = []
        for sign in (1, -1):
            answer = linprog(
                sign * aim,
                A_ub=self.under,
                b_ub=np.zeros(self.under.shape[0]),
                A_eq=self.equal,
                b_eq=np.zeros(self.equal.shape[0]),
                bounds=np.column_stack([self.low, self.high]),
            )
            assert answer.status in (0, 3), answer.message
            ends.append(np.inf if answer.status == 3 else sign * answer.fun)
        return ends[0], abs(ends[1])

    def list_small(self, k, *, rng, number, foreign=None):
        """Return some of the groups of 1…k−1 pupils."""
        found = [
            (name, weights, size)
            for name, weights, size in self.groups()
            if 0 < size < k and (foreign is None or foreign[name[0]])
        ]
        chosen = rng.permutation(len(found))[:number]
        return [found[n] for n in chosen]


def count_small_differences(table, k):
    """Return how many differences of shown counts of a line tell of 1…k−1: a whole less any of its parts."""
    found = 0
    for whole, parts in NESTINGS:
        for bits in range(1, 2 ** len(parts)):
            some = [p for n, p in enumerate(parts) if bits >> n & 1]
            rest = (table[whole] - table[some].sum(axis=1, skipna=False)).dropna()
            found += int(((rest > 0) & (rest < k)).sum())
    return found
