"""What files of demonstrations say: the country's for every province, a province's own before it."""

from __future__ import annotations

from datetime import date
from functools import cache

from pydantic import BaseModel, ConfigDict, ValidationError

from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.offices import Wording
from phusong.vocabulary.packaged import list_packaged, read_packaged_toml


class _Stated(BaseModel):
    """Be a table of the file; what it does not know is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Codes(_Stated):
    """Say what stands in made-up codes for the province; empty: initials of its name.

    Parameters
    ----------
    site : in the codes of masts and cabinets.
    letter : behind the numbers of letters.
    """

    site: str = ""
    letter: str = ""


class CampaignStated(_Stated):
    """Say under which number and which plan the made-up campaign goes."""

    number: str = ""
    basis: str = ""


class AddressesStated(_Stated):
    """Say how addresses of the province are written; what is not said is taken from the register.

    Parameters
    ----------
    written : what the province is called behind everything else.
    former, later : the province of former times, and of the map after this one, with their kinds.
    former_share : of the addresses in one line, those that name the unit before the last merger.
    outside : hamlet, commune, district and province of places in other provinces.
    initials : of districts in short.
    far : a district that no old map ever confused with another.
    """

    written: tuple[str, ...] = ()
    former: str = ""
    later: str = ""
    former_share: float = 0.0
    outside: tuple[tuple[str, str, str, str], ...] = ()
    initials: dict[str, str] = {}
    far: dict[str, str] = {}


class PupilsStated(_Stated):
    """Say where pupils were registered at birth, and in which form each district lists them.

    Parameters
    ----------
    born_elsewhere : codes of provinces, three digits.
    forms : by district; one that is not named delivers from the sector's database.
    turns : forms in turn, where no district is named.
    """

    born_elsewhere: tuple[str, ...] = ()
    forms: dict[str, str] = {}
    turns: tuple[str, ...] = ()


class WrongStated(_Stated):
    """Say what stands in rows that are wrong on purpose; what is not said is made of a right row."""

    northing_m: float | None = None
    half_position: str = ""
    commune: str = "Không Có Xã Này"


class FarPlace(_Stated):
    """Hold a place [°] far outside a province."""

    lon: float
    lat: float
    name: str


class HamletKinds(_Stated):
    """Say what hamlets are called in some provinces: kinds of village and town by share of communes."""

    provinces: tuple[str, ...]
    village: dict[str, float]
    town: dict[str, float]
    upland: str
    source: str


class Land(_Stated):
    """Say which form the made-up land of some provinces has, and on which side its ridge stands."""

    provinces: tuple[str, ...]
    form: str
    towards: str


class OperatorStated(_Stated):
    """Say under which name an office lists an operator."""

    name: str


class DemonstrationFile(_Stated):
    """Hold one file of demonstrations.

    Parameters
    ----------
    name, provinces : under which it is cited; codes of the provinces for which it is, none: all.
    edition, day : of the data.
    day_before : of the data of a province that is no more on `day`.
    corner : codes of the communes of the smallest size; none: two that lie next to each other.
    apart_km : a unit farther from all others is left out.
    persons : for so many the counts of a whole province's recipe are made.
    codes, campaign, addresses, pupils, wrong, operators : see their classes.
    persons_of, persons_share : persons of a commune by kind, with and without districts, and the share of
        them by form of the land.
    far, wording, hamlet_kinds, land, relief, small, towards : see the country's file.
    """

    name: str
    provinces: tuple[str, ...] = ()
    edition: str = ""
    day: date
    day_before: date | None = None
    corner: tuple[str, ...] = ()
    apart_km: float = 0.0
    persons: int = 0
    codes: Codes = Codes()
    campaign: CampaignStated = CampaignStated()
    addresses: AddressesStated = AddressesStated()
    pupils: PupilsStated = PupilsStated()
    wrong: WrongStated = WrongStated()
    operators: dict[str, OperatorStated] = {}
    persons_of: tuple[dict[str, int | bool], ...] = ()
    persons_share: dict[str, float] = {}
    far: tuple[FarPlace, ...] = ()
    wording: dict[str, tuple[Wording, ...]] = {}
    hamlet_kinds: tuple[HamletKinds, ...] = ()
    land: tuple[Land, ...] = ()
    relief: dict[str, dict[str, float]] = {}
    small: dict[str, dict[str, dict[str, int]]] = {}
    towards: dict[str, tuple[float, float]] = {}


@cache
def list_demonstration_files() -> tuple[DemonstrationFile, ...]:
    """Return the packaged files of demonstrations.

    Raises
    ------
    ParameterFault
        If one says what no file of demonstrations says.
    """
    files = []
    for name in list_packaged("parameters", "demonstrations", suffix=".toml"):
        try:
            data = read_packaged_toml("parameters", "demonstrations", f"{name}.toml")
            files.append(DemonstrationFile.model_validate(data))
        except ValidationError as error:
            lines = [f"{'.'.join(str(p) for p in e['loc'])}: {e['msg']}" for e in error.errors()]
            raise ParameterFault(f"{name}.toml: " + "; ".join(lines)) from error
    return tuple(files)
