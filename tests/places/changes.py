"""Changes of hamlets and lists of hamlets on squared paper, as the intake accepts them."""

import geopandas as gpd
import pandas as pd
import shapely

from phusong.vocabulary.schema import conform_table
from phusong.vocabulary.tables.accepted import HAMLET_LINEAGE, HAMLETS

DAY = pd.Timestamp("2026-06-01")
LATER = pd.Timestamp("2026-12-31")


def change(start, goal, share=1.0, day=DAY, **more):
    """One accepted row: who went to whom; ids alone, unless more is stated."""
    return {
        "lineage_id": f"{start}>{goal}-{day:%Y%m%d}", "from_hamlet_id": start, "to_hamlet_id": goal,
        "share": share, "changed_on": day, "decision": f"NQ {day:%m}", **more,
    }  # fmt: skip


def changes(*rows):
    frame = pd.DataFrame(list(rows), columns=[c.name for c in HAMLET_LINEAGE.columns])
    return conform_table(frame, HAMLET_LINEAGE)


def hamlet(hamlet_id, name=None, households=50, *, at=(105.5, 21.4), commune="08914", **more):
    """One accepted hamlet at a spot; without one where `at` is None."""
    lon, lat = at or (None, None)
    return {
        "hamlet_id": hamlet_id, "kind": "thôn", "name": name or hamlet_id, "commune_code": commune,
        "edition": "2021-01-01", "households": households, "population": None if households is None else 4 * households,
        "lon": lon, "lat": lat, "location_quality": "surveyed_point" if at else "commune_only",
        "geometry": None, **more,
    }  # fmt: skip


def hamlets(*rows):
    columns = list(dict.fromkeys(k for row in rows for k in row))
    frame = gpd.GeoDataFrame(list(rows), columns=columns, geometry="geometry", crs=4326)
    return conform_table(frame, HAMLETS)


def square(west, south, side=0.01):
    return shapely.box(west, south, west + side, south + side)
