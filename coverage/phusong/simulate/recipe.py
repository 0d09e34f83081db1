"""The knobs of the made-up world, each with its reason; nothing here claims to be measured.

A recipe is data: `dataclasses.replace` makes another one. Lengths are metres, shares are 0 to 1.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from phusong.simulate.pupils.recipe import SMALL, PupilRecipe, SchoolConfig
from phusong.vocabulary.terms import HamletKind, Operator

Point = tuple[float, float]
Shares = tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class GroundRecipe:
    """Say how communes get an outline from their rough positions.

    Parameters
    ----------
    hull_ratio : how closely the outline follows the outermost positions, 0 closest, 1 convex.
    buffer_m : and how far it reaches beyond them.
    apart_m : positions rounded onto each other are drawn this far apart.
    grain_m : outlines have a vertex at least this often, so that they can wind.
    winding_m, winding_length_m : borders wind by this much over this length; the ratio stays far
        under 1, so that no border can cross itself.
    """

    hull_ratio: float = 0.5
    buffer_m: float = 2200.0
    apart_m: float = 700.0
    grain_m: float = 150.0
    winding_m: float = 140.0
    winding_length_m: float = 2600.0


@dataclass(frozen=True)
class ReliefRecipe:
    """Say what the made-up land looks like: a delta, hills at its side, a ridge at its far end.

    Parameters
    ----------
    towards : across the ridge, from the delta to the mountains: a unit vector, east and north.
    margin_m : the tile reaches this far beyond the province.
    delta_low_m, delta_rise_m : the Red River delta lies at 8 to 20 m.
    hills_m : rolling hills of Sông Lô and Lập Thạch, 30 to 150 m.
    hills_from, hills_to : they rise between these shares of the way along the ridge, to the left of who looks
        at it.
    hills_length_m : from one hill to the next.
    ridge_height_m : a Tam Đảo-like crest of about 1,400 m.
    ridge_inset_m : the crest runs this far inside the north-eastern border, so that people live behind.
    ridge_width_m : distance from the crest at which two thirds of its height are lost.
    spur_length_m : from one spur of the ridge to the next.
    back_valley_m : from the crest to the middle of the valley behind it.
    back_floor_m, back_relief_m : height of that valley, and of the hills that divide it.
    rivers : each from one point to another, as shares of the province's box, west and south being 0.
    river_width_m, river_bank_m, meander_m, meander_length_m : their width, banks and bends.
    voids, void_steepness : unknown cells of the tile, on the steepest share of the ground, as radar
        leaves them.
    """

    towards: Point = (0.67, 0.742)
    margin_m: float = 4000.0
    delta_low_m: float = 8.0
    delta_rise_m: float = 12.0
    hills_m: float = 130.0
    hills_from: float = 0.42
    hills_to: float = 0.72
    hills_length_m: float = 2600.0
    ridge_height_m: float = 1250.0
    ridge_inset_m: float = 5200.0
    ridge_width_m: float = 2000.0
    spur_length_m: float = 2400.0
    back_valley_m: float = 3300.0
    back_floor_m: float = 110.0
    back_relief_m: float = 420.0
    rivers: tuple[tuple[Point, Point], ...] = (
        ((0.02, 0.98), (0.16, 0.18)),
        ((0.04, 0.20), (0.95, -0.02)),
        ((0.40, 0.72), (0.30, 0.12)),
    )
    river_width_m: float = 160.0
    river_bank_m: float = 500.0
    meander_m: float = 900.0
    meander_length_m: float = 7000.0
    voids: int = 360
    void_steepness: float = 0.03


@dataclass(frozen=True)
class SettlementRecipe:
    """Say where and how people live.

    Parameters
    ----------
    hamlets : of the whole province; about 950 people each.
    fewest : hamlets of the smallest commune.
    household_persons : persons in a household.
    size_spread : spread of hamlet sizes within a commune, as the deviation of a logarithm.
    steep_slope : people avoid slopes beyond this rise over run.
    high_ground_m : and ground this far above the nearest valley.
    valley_m : width over which a valley is felt.
    apart_share : nearest hamlets keep this share of the mean spacing.
    hill_relief_m : a commune whose ground spans more than this counts as hill country.
    land_reach_m : no hamlet owns ground farther than this from its centre: forest has other owners.
    clusters_low, clusters_high : residential clusters of a hamlet.
    cluster_spread : of the mean spacing of hamlets, how far clusters lie from the centre.
    cluster_reach_m : and never farther than this.
    outlined : share of hamlets whose outline was surveyed.
    unplaced : hamlets of which only the commune is known.
    without_power : hill hamlets without grid power.
    special_share : share of hill hamlets on the list of special difficulty.
    renamed_share : hamlets merged in 2019, whose old names live on.
    numbered_share : communes that number their hamlets instead of naming them.
    village_kinds, town_kinds : what hamlets are called, and in which share of communes.
    upland_kind : what some hamlets of hill communes are called.
    """

    hamlets: int = 1250
    fewest: int = 2
    household_persons: float = 3.7
    size_spread: float = 0.28
    steep_slope: float = 0.10
    high_ground_m: float = 25.0
    valley_m: float = 1500.0
    apart_share: float = 0.45
    hill_relief_m: float = 250.0
    land_reach_m: float = 1500.0
    clusters_low: int = 2
    clusters_high: int = 6
    cluster_spread: float = 0.28
    cluster_reach_m: float = 700.0
    outlined: float = 0.8
    unplaced: int = 5
    without_power: int = 6
    special_share: float = 0.3
    renamed_share: float = 0.18
    numbered_share: float = 0.2
    village_kinds: Shares = ((str(HamletKind.THON), 0.85), (str(HamletKind.XOM), 0.15))
    town_kinds: Shares = ((str(HamletKind.TO_DAN_PHO), 0.8), (str(HamletKind.KHU), 0.2))
    upland_kind: str = str(HamletKind.BAN)


@dataclass(frozen=True)
class RoadRecipe:
    """Say which places a road links.

    Parameters
    ----------
    spare_share : of the links that are not needed to hold the network together, this share is built.
    longest_spare_m : but none longer than this.
    climb_factor : a metre of climb costs as much as this many metres of road.
    bend_share : a road leaves the straight line by this share of its length.
    trunks : national roads, each from one share of the province's box to another.
    """

    spare_share: float = 0.45
    longest_spare_m: float = 3000.0
    climb_factor: float = 8.0
    bend_share: float = 0.07
    trunks: tuple[tuple[Point, Point], ...] = (
        ((0.05, 0.55), (0.98, 0.25)),
        ((0.55, 0.02), (0.50, 0.95)),
    )


@dataclass(frozen=True)
class OperatorRecipe:
    """Say what one operator has built.

    Parameters
    ----------
    operator : whose.
    share : of all listings of masts; the same mast listed by two operators counts twice.
    sharing : of its sites, those on a mast that another operator already has.
    has_2g, has_3g, has_4g : of its sites, those with the technology.
    low_3g : of its 3G sites in the plain, those in the 900 MHz band instead of 2,100 MHz.
    high_4g : of its 4G sites in towns, those in the 2,600 MHz band instead of 1,800 MHz.
    bandwidth_mhz, ports : of its 4G carriers; a narrow one sends less in all for the same reference signal.
    """

    operator: Operator
    share: float
    sharing: float
    has_2g: float
    has_3g: float
    has_4g: float
    low_3g: float = 0.0
    high_4g: float = 0.0
    bandwidth_mhz: float = 20.0
    ports: int = 2


@dataclass(frozen=True)
class RadioRecipe:
    """Say where operators built, and where they did not.

    Parameters
    ----------
    masts : distinct masts, about 1,050; they host about 3,150 units of operator and technology.
    operators : who builds, the first first.
    cover_m : an operator first builds until a mast stands this near to every place it can serve.
    crowd_power : what is left is built where people are, in proportion to persons to this power.
    spots, spot_low_m, spot_high_m : places for a mast looked at around a hamlet, and how far from it.
    town_density_km2 : above this many persons per km² masts stand on roofs.
    density_reach_m : radius over which persons are counted for it.
    mast_m, rooftop_m : heights of antennas above ground, from and to.
    hidden, pocket, pocket_reach_m : hamlets that no mast serves, in pockets of this many neighbours
        not farther than this from the first: valleys nobody has built into.
    old_radio : hamlets that 3G serves and 4G does not: masts in sight of them were never upgraded.
    shelter_reach_m : how far one looks around to see how walled-in a place is.
    far_m : beyond this a mast is out of mind.
    probe_m : a pocket is probed at its centre and this far around it, for the clusters live there.
    step_m : spacing of the profile between mast and probe.
    edge_2100_dbm, edge_1800_dbm : a mast counts as serving a probe above these, 3G pilot and 4G
        reference signal.
    carrier_2g_dbm, pilot_dbm, reference_dbm : EIRP of the 2G carrier, the 3G pilot, one 4G resource element.
    pilot_share_db : how far the 3G pilot lies below its carrier.
    subcarriers_per_mhz : of 4G.
    receiver_m, clutter_m : heights of the handset, and of trees and roofs along the way.
    shared_offset_m : one mast listed twice differs by up to this.
    not_live : of the units, those being built, planned or switched off, a share each.
    remote : of the sites in hills, those with one sector that looks at the hamlet.
    """

    masts: int = 1050
    operators: tuple[OperatorRecipe, ...] = (
        OperatorRecipe(Operator.VIETTEL, 0.36, 0.0, 0.95, 0.95, 0.97, low_3g=0.2, high_4g=0.1),
        OperatorRecipe(Operator.VNPT, 0.31, 0.15, 0.93, 0.95, 0.95, low_3g=0.1, high_4g=0.1),
        OperatorRecipe(Operator.MOBIFONE, 0.25, 0.15, 0.9, 0.93, 0.93),
        OperatorRecipe(Operator.VIETNAMOBILE, 0.08, 0.3, 0.85, 0.9, 0.15, bandwidth_mhz=10.0),
    )
    cover_m: float = 1700.0
    crowd_power: float = 1.0
    spots: int = 4
    spot_low_m: float = 60.0
    spot_high_m: float = 420.0
    town_density_km2: float = 3000.0
    density_reach_m: float = 1500.0
    mast_m: tuple[float, float] = (30.0, 45.0)
    rooftop_m: tuple[float, float] = (18.0, 24.0)
    hidden: int = 15
    pocket: int = 3
    pocket_reach_m: float = 1800.0
    old_radio: int = 22
    shelter_reach_m: float = 4000.0
    far_m: float = 14000.0
    probe_m: float = 450.0
    step_m: float = 120.0
    edge_2100_dbm: float = -100.0
    edge_1800_dbm: float = -112.0
    carrier_2g_dbm: float = 62.0
    pilot_dbm: float = 49.0
    pilot_share_db: float = 10.0
    subcarriers_per_mhz: float = 60.0
    reference_dbm: float = 31.2
    receiver_m: float = 1.5
    clutter_m: float = 10.0
    shared_offset_m: float = 30.0
    not_live: float = 0.006
    remote: float = 0.2


@dataclass(frozen=True)
class FibreRecipe:
    """Say where fibre is.

    Parameters
    ----------
    dark_hills : the most walled-in share of all hamlets has none: the poles were never set.
    dark_pockets, pocket_reach_m : and these many spots of the plain, with all hamlets this near.
    first_share, second_share : of the hamlets reached, those with a node of VNPT, and of Viettel; every
        one has one of them.
    near_m : the node stands within this distance of the centre.
    exchanges : hamlets for each optical line terminal.
    boxes : splitter boxes of an operator in a hamlet reached, at most.
    later_share : of the hamlets not reached, those with a node being built or planned.
    passing_share : of the hamlets not reached, those where the backbone passes without an outlet.
    not_live : of the nodes elsewhere, those out of service.
    ports : ports of a box.
    full_share : boxes without a free port.
    """

    dark_hills: float = 0.1
    dark_pockets: int = 20
    pocket_reach_m: float = 1500.0
    first_share: float = 0.8
    second_share: float = 0.7
    near_m: float = 350.0
    exchanges: int = 35
    boxes: int = 3
    later_share: float = 0.3
    passing_share: float = 0.15
    not_live: float = 0.01
    ports: tuple[int, ...] = (8, 16, 32)
    full_share: float = 0.02


@dataclass(frozen=True)
class PaperRecipe:
    """Say what operators put on paper: coverage maps, statements, and rows of the crowd.

    Parameters
    ----------
    paper_covered : hidden hamlets that the published 4G polygon takes in all the same.
    field_step_m, field_share : such a hamlet is dark at its homes and, on a grid of this spacing, at all
        but this share of its fields.
    paper_margin_m : how far beyond their ground the polygon reaches.
    honest_margin_m : how far it stays away from the ground of the other hidden hamlets.
    claimed_4g_m, claimed_3g_m : radius of the published polygon around a mast.
    smooth_m : how coarsely the published outline is drawn.
    claims_vnpt, claims_fpt : hamlets about which they wrote, all over, and in towns.
    fpt_share : of the town hamlets with any fibre, those with FPT's too.
    contradictions : statements against what the list of nodes says.
    named_only : share of statements that give a hamlet's name and not its code.
    crowd_rows : cells that phones have heard of.
    crowd_error_m : how far their estimated positions are off.
    """

    paper_covered: int = 3
    field_step_m: float = 250.0
    field_share: float = 0.1
    paper_margin_m: float = 250.0
    honest_margin_m: float = 250.0
    claimed_4g_m: float = 2300.0
    claimed_3g_m: float = 3000.0
    smooth_m: float = 120.0
    claims_vnpt: int = 320
    claims_fpt: int = 140
    fpt_share: float = 0.85
    contradictions: int = 12
    named_only: float = 0.06
    crowd_rows: int = 1800
    crowd_error_m: float = 350.0


@dataclass(frozen=True)
class NationRecipe:
    """Say how large the made-up nation's tables are.

    Parameters
    ----------
    hamlets, cells, provinces : rows of the tables, and provinces laid out as a grid of squares.
    persons : of a hamlet, in the middle.
    province_side_m : side of a square.
    """

    hamlets: int = 100_000
    cells: int = 300_000
    provinces: int = 64
    persons: float = 900.0
    province_side_m: float = 72_000.0


@dataclass(frozen=True)
class Recipe:
    """Hold every knob of a made-up world.

    Parameters
    ----------
    corner : whether the world is confined to a corner of the province, two communes of it.
    promises : what operators have promised by the campaign's first week; 0: no such list is delivered.
    """

    corner: bool = False
    ground: GroundRecipe = GroundRecipe()
    relief: ReliefRecipe = ReliefRecipe()
    settlements: SettlementRecipe = SettlementRecipe()
    roads: RoadRecipe = RoadRecipe()
    radio: RadioRecipe = RadioRecipe()
    fibre: FibreRecipe = FibreRecipe()
    paper: PaperRecipe = PaperRecipe()
    schools: SchoolConfig = SchoolConfig()
    pupils: PupilRecipe = PupilRecipe()
    nation: NationRecipe = NationRecipe()
    promises: int = 60


def recipe_of(size: str) -> Recipe:
    """Return the recipe of a size: the whole province, or a corner of it for tests.

    Parameters
    ----------
    size : ``hamlet`` or ``province``; the nation uses the province's.
    """
    whole = Recipe()
    if size != "hamlet":
        return whole
    return replace(
        whole,
        pupils=SMALL,
        promises=0,
        corner=True,
        ground=replace(whole.ground, buffer_m=2500.0),
        relief=replace(
            whole.relief,
            margin_m=1500.0,
            ridge_inset_m=3300.0,
            ridge_width_m=900.0,
            ridge_height_m=900.0,
            back_valley_m=1900.0,
            rivers=(),
            voids=20,
        ),
        settlements=replace(whole.settlements, hamlets=14, unplaced=1, without_power=1),
        radio=replace(whole.radio, masts=12, hidden=2, pocket=2, old_radio=1),
        fibre=replace(whole.fibre, exchanges=7, dark_hills=0.35, dark_pockets=0),
        paper=replace(
            whole.paper,
            paper_covered=1,
            claims_vnpt=7,
            claims_fpt=3,
            contradictions=1,
            crowd_rows=25,
        ),
        schools=SchoolConfig(
            primary=2,
            lower=1,
            upper=1,
            primary_lower=1,
            lower_upper=0,
            pupils_primary=1580,
            pupils_lower=1000,
            pupils_upper=410,
            offline=1,
        ),
    )
