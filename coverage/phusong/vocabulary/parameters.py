"""Numbers with their unit, range and source, read into frozen groups that refuse unknown keys."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.packaged import list_packaged, read_packaged_toml
from phusong.vocabulary.terms import MOBILE_BROADBAND

Value = bool | int | float | date | str


class Parameter(BaseModel):
    """Hold one number and what makes it believable.

    Parameters
    ----------
    value : the value in force.
    unit : its unit; ``1`` for a pure ratio or count.
    low, high : the range within which a reasonable person might set it.
    source : document, measurement or reasoning behind it.
    note : what else a reader should know.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: Value
    unit: str
    low: Value | None = None
    high: Value | None = None
    source: str
    note: str = ""

    @model_validator(mode="after")
    def _in_range(self) -> Parameter:
        number = isinstance(self.value, int | float | date) and not isinstance(self.value, bool)
        if not number and self.low is not None:
            raise ValueError(f"value {self.value!r} is no number of unit {self.unit}")
        if number and (self.low is None or self.high is None):
            raise ValueError("a number needs low and high")
        if number and not self.low <= self.value <= self.high:  # type: ignore[operator]
            raise ValueError(f"value {self.value} lies outside {self.low}…{self.high}")
        return self


class Group(BaseModel):
    """Be a frozen family of parameters; an unknown name is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def number(self, name: str) -> float:
        """Return the value of a numeric parameter as a float."""
        return float(getattr(self, name).value)


class Radio(Group):
    """Hold how a signal travels, and how strong it must be."""

    model: Parameter
    receiver_height_m: Parameter
    clutter_height_m: Parameter
    maximum_range_m: Parameter
    effective_earth_radius_m: Parameter
    profile_step_m: Parameter
    tile_m: Parameter
    shadowing_db: Parameter
    served_probability: Parameter
    indoor_loss_db: Parameter
    edge_2g_dbm: Parameter
    edge_3g_dbm: Parameter
    edge_4g_dbm: Parameter
    edge_5g_dbm: Parameter
    port_power_dbm: Parameter
    pilot_3g_dbm: Parameter
    pilot_share_db: Parameter
    ports_4g: Parameter
    ports_5g: Parameter
    antenna_gain_dbi: Parameter
    feeder_loss_db: Parameter
    subcarriers_per_mhz: Parameter
    bandwidth_below_1ghz_mhz: Parameter
    bandwidth_above_1ghz_mhz: Parameter
    bandwidth_5g_mhz: Parameter
    mast_height_m: Parameter
    rooftop_height_m: Parameter
    band_2g_mhz: Parameter
    band_3g_mhz: Parameter
    band_4g_mhz: Parameter
    band_5g_mhz: Parameter
    horizontal_beamwidth_deg: Parameter
    front_to_back_db: Parameter
    built_up_density_km2: Parameter
    disc_radius_m: Parameter
    disc_probability: Parameter
    site_near_m: Parameter
    site_merge_m: Parameter
    operator_yes_odds: Parameter
    operator_no_odds: Parameter
    checked_probability: Parameter


class Fibre(Group):
    """Hold how near fibre must be to count as ready."""

    ready_distance_m: Parameter
    ports_share: Parameter
    node_probability: Parameter
    claim_probability: Parameter


class Places(Group):
    """Hold how hamlets are given ground and test points."""

    centre_weight: Parameter
    cluster_weight: Parameter
    sliver_width_m: Parameter
    border_tolerance_m: Parameter
    rounding_arcmin: Parameter
    address_candidates: Parameter


class Policy(Group):
    """Hold where the classes begin and end, and what counts as mobile broadband."""

    full_share: Parameter
    none_share: Parameter
    count_3g_until: Parameter
    official_technologies: Parameter

    @model_validator(mode="after")
    def _mobile_broadband(self) -> Policy:
        named = str(self.official_technologies.value)
        if not all(name in MOBILE_BROADBAND for name in named.split("|")):
            known = "|".join(MOBILE_BROADBAND)
            raise ValueError(
                f"official_technologies is “{named}”: name one or more of {known}, separated by |"
            )
        return self


class Intake(Group):
    """Hold what the door lets in."""

    file_cap_mb: Parameter
    row_cap: Parameter
    vertex_cap: Parameter
    archive_entries_cap: Parameter
    archive_total_cap_mb: Parameter
    archive_ratio_cap: Parameter
    province_margin_m: Parameter
    header_search_rows: Parameter
    own_commune_tolerance_m: Parameter
    duplicate_site_m: Parameter
    stray_distance_m: Parameter
    wrong_zone_share: Parameter
    far_commune_reaches: Parameter
    implausible_range_m: Parameter
    telling_share: Parameter
    column_cap: Parameter
    cell_cap: Parameter
    area_change_share: Parameter
    dear_device_vnd: Parameter
    reader_memory_mb: Parameter
    reader_memory_share: Parameter
    reader_cpu_s: Parameter
    reader_cpu_per_size: Parameter
    reader_wait_share: Parameter
    readers_at_once: Parameter
    confirm_share: Parameter


class Learning(Group):
    """Hold what a live lesson asks of a connection, and what each kind of connection is sure to give."""

    live_lesson_mbps: Parameter
    assured_3g_mbps: Parameter
    assured_4g_mbps: Parameter


class Disclosure(Group):
    """Hold below which count a figure stays inside, by audience."""

    k_inside: Parameter
    k_outside: Parameter


class Persons(Group):
    """Hold how much each agreement between two records weighs, and when they are taken for one pupil."""

    prior_bits: Parameter
    certain_probability: Parameter
    probable_probability: Parameter
    name_repeated_share: Parameter
    name_known_records: Parameter
    name_equal_bits: Parameter
    name_bare_bits: Parameter
    name_turned_bits: Parameter
    name_marks_bits: Parameter
    name_short_bits: Parameter
    name_letter_bits: Parameter
    name_core_bits: Parameter
    name_other_bits: Parameter
    birth_equal_bits: Parameter
    birth_turned_bits: Parameter
    birth_letter_bits: Parameter
    birth_year_bits: Parameter
    birth_other_bits: Parameter
    sex_equal_bits: Parameter
    sex_other_bits: Parameter
    guardians_equal_bits: Parameter
    guardians_one_bits: Parameter
    guardians_other_bits: Parameter
    phone_equal_bits: Parameter
    phone_other_bits: Parameter
    household_equal_bits: Parameter
    household_other_bits: Parameter
    place_equal_bits: Parameter
    place_commune_bits: Parameter
    place_other_bits: Parameter
    shared_number_records: Parameter
    block_records: Parameter
    household_pupils: Parameter
    memory_mb: Parameter
    threads: Parameter


class Rollout(Group):
    """Hold what may be built for a hamlet, what it costs, and in which order the plan thinks."""

    new_site_vnd: Parameter
    upgrade_vnd: Parameter
    small_cell_vnd: Parameter
    repeater_vnd: Parameter
    backhaul_detour: Parameter
    microwave_vnd: Parameter
    microwave_range_m: Parameter
    microwave_frequency_mhz: Parameter
    microwave_clearance: Parameter
    microwave_worst_k: Parameter
    off_grid_vnd: Parameter
    track_price: Parameter
    satellite_vnd: Parameter
    satellite_from: Parameter
    satellite_pupils: Parameter
    cabinet_vnd: Parameter
    poles_price: Parameter
    new_poles_price: Parameter
    buried_price: Parameter
    poles_classes: Parameter
    off_road_detour: Parameter
    off_road_m: Parameter
    snap_m: Parameter
    longest_edge_m: Parameter
    shortest_trench_m: Parameter
    river_crossing_vnd: Parameter
    weight_road: Parameter
    weight_elevation: Parameter
    weight_slope: Parameter
    weight_land: Parameter
    search_radius_m: Parameter
    hilltop_rise_m: Parameter
    candidate_apart_m: Parameter
    upgrade_range_m: Parameter
    small_cell_height_m: Parameter
    small_cell_backoff_db: Parameter
    waves: Parameter
    commune_floor: Parameter
    mip_gap: Parameter
    tree_effort: Parameter
    commitment_probability: Parameter
    building_probability: Parameter


class Devices(Group):
    """Hold what a device must have, how well it fits level and signal, and what one costs."""

    tablet_screen_in: Parameter
    primary_screen_in: Parameter
    smartphone_screen_in: Parameter
    tablet_ram_gb: Parameter
    smartphone_ram_gb: Parameter
    computer_ram_gb: Parameter
    tablet_storage_gb: Parameter
    smartphone_storage_gb: Parameter
    tablet_battery_mah: Parameter
    smartphone_modem: Parameter
    early_grade: Parameter
    early_tablet: Parameter
    early_laptop: Parameter
    early_desktop: Parameter
    early_smartphone: Parameter
    primary_tablet: Parameter
    primary_laptop: Parameter
    primary_desktop: Parameter
    primary_smartphone: Parameter
    secondary_tablet: Parameter
    secondary_laptop: Parameter
    secondary_desktop: Parameter
    secondary_smartphone: Parameter
    upper_tablet: Parameter
    upper_laptop: Parameter
    upper_desktop: Parameter
    upper_smartphone: Parameter
    never_fit: Parameter
    last_fit: Parameter
    home_tether: Parameter
    computer_in_part: Parameter
    computer_on_3g: Parameter
    hotspot_needed: Parameter
    modem_later: Parameter
    tablet_vnd: Parameter
    laptop_vnd: Parameter
    desktop_vnd: Parameter
    smartphone_vnd: Parameter
    band_factor: Parameter
    dealt_singly: Parameter
    mip_gap: Parameter


class Access(Group):
    """Hold how long somebody stays signed in, how often one may be wrong, how long refused files are kept."""

    idle_min: Parameter
    absolute_h: Parameter
    recheck_s: Parameter
    export_min: Parameter
    attempts: Parameter
    attempts_min: Parameter
    uploads_mb: Parameter
    undecided_min: Parameter
    refused_days: Parameter


class Parameters(Group):
    """Hold every group that a run depends on."""

    radio: Radio
    fibre: Fibre
    places: Places
    policy: Policy
    intake: Intake
    persons: Persons
    learning: Learning
    disclosure: Disclosure
    rollout: Rollout
    devices: Devices
    access: Access


def load_parameters(overlay: dict[str, Any] | None = None) -> Parameters:
    """Return the packaged parameters, changed where an overlay says so.

    Parameters
    ----------
    overlay : group → name → new value, as a scenario or province file gives it.

    Raises
    ------
    ParameterFault
        If the overlay names an unknown group or parameter, or a value outside its range.
    """
    groups = {name: read_packaged_toml("parameters", f"{name}.toml") for name in _group_names()}
    for group, changes in (overlay or {}).items():
        _overlay_group(groups, group, changes)
    try:
        return Parameters.model_validate(groups)
    except ValidationError as error:
        raise ParameterFault(_explain(error)) from error


def load_scenario(name: str) -> dict[str, Any]:
    """Return a packaged scenario: its labels, its reason, and its overlay under ``change``.

    Raises
    ------
    ParameterFault
        If no scenario has that name.
    """
    if name not in list_scenarios():
        raise ParameterFault(
            f"no scenario is called “{name}”; there are: {', '.join(list_scenarios())}"
        )
    return read_packaged_toml("parameters", "scenarios", f"{name}.toml")


def list_scenarios() -> list[str]:
    """Return the names of the packaged scenarios."""
    return list_packaged("parameters", "scenarios", suffix=".toml")


def _group_names() -> list[str]:
    return list(Parameters.model_fields)


def _overlay_group(groups: dict[str, Any], group: str, changes: dict[str, Any]) -> None:
    """Put the changed values of one group in place of the packaged ones."""
    if group not in groups:
        raise ParameterFault(f"no parameters are called “{group}”; there are: {', '.join(groups)}")
    for name, value in changes.items():
        if name not in groups[group]:
            raise ParameterFault(f"{group}.toml has no parameter “{name}”")
        groups[group][name] = {**groups[group][name], "value": value}


def _explain(error: ValidationError) -> str:
    """Return pydantic's findings as lines that an official can act on."""
    lines = [f"{'.'.join(str(p) for p in e['loc'])}: {e['msg']}" for e in error.errors()]
    return "parameters: " + "; ".join(lines)
