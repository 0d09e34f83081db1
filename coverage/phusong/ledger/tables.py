"""The names of the book's tables and columns, for queries; the migrations alone say what they must obey."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Double, MetaData, Table, Text

METADATA = MetaData()
_INTS = frozenset({
    "number", "id", "version", "line", "counted", "decided", "publish", "quantity",
    "unit_value_vnd", "value_vnd", "pledged_vnd", "received_vnd", "amount_vnd", "pieces",
    "reverses", "pledged", "received", "allocated", "handed_over", "confirmed", "camera",
    "microphone", "modem", "set_aside", "taken", "gone", "months", "price_after_vnd",
    "install_waiver_vnd", "subsidy_vnd_month", "subsidy_months", "hotspot", "award", "per_household",
    "replaces", "subsidy", "waiver_vnd", "vnd_month", "beside", "listed", "free", "change",
})  # fmt: skip
_REALS = frozenset(["ram_gb", "storage_gb", "screen_in", "battery_mah", "gb_per_day"])


def _declare(name: str, key: str, rest: str) -> Table:
    """Return a table with its key and its other columns."""
    keys = key.split()
    columns = [Column(n, _type_of(n), primary_key=n in keys) for n in keys + rest.split()]
    return Table(name, METADATA, *columns)


def _type_of(column: str) -> type[Text] | type[BigInteger] | type[Double]:
    """Return what a column of this name holds, wherever it stands."""
    if column in _INTS:
        return BigInteger
    return Double if column in _REALS else Text


JOURNAL = _declare(
    "journal",
    "number",
    "at role organisation account action kind subject why before after command_key request result "
    "previous hash",
)
HEAD = _declare("head", "id", "number hash")

ORGANISATIONS = _declare("organisations", "organisation version", "role kind line")
CONTRIBUTIONS = _declare(
    "contributions",
    "contribution_id version",
    "given_on donor donor_kind form source_code pledged_vnd received_vnd method in_kind quantity "
    "unit_value_vnd value_vnd condition source publish note as_of counted doubt decided line",
)
ENTRIES = _declare(
    "entries",
    "number",
    "stage form source_code contribution_id item purpose dated amount_vnd pieces value_vnd reverses line",
)
BALANCES = _declare(
    "balances",
    "form source_code measure",
    "pledged received allocated handed_over confirmed",
)
LOTS = _declare(
    "lots",
    "lot_id version",
    "contribution_id kind model ram_gb storage_gb screen_in camera microphone battery_mah modem "
    "condition quantity warranty_until received_on kept_at unit_value_vnd package_id only_district "
    "only_communes only_schools only_levels wish as_of bought_from line",
)
LOT_SERIALS = _declare("lot_serials", "serial", "lot_id line")
PACKAGES = _declare(
    "packages",
    "package_id version",
    "operator name quantity gb_per_day months price_after_vnd zero_rated install_waiver_vnd "
    "subsidy_vnd_month subsidy_months audience hotspot starts_on as_of line",
)
STOCK_MOVES = _declare(
    "stock_moves", "number", "item reason received set_aside taken gone dated line"
)
STOCK = _declare("stock", "item", "received set_aside taken gone")

AWARDS = _declare(
    "awards",
    "award",
    "student_key household_key lot_id package_id tier level policy per_household replaces "
    "proposed_by proposed_on line",
)
AWARD_TOKENS = _declare("award_tokens", "award token", "line")
AWARD_MOVES = _declare("award_moves", "number", "award state dated actor record serial line")
RELEASES = _declare("releases", "award", "dated line")
STANDING = _declare("standing", "award", "state proposed_by approved_by serial")
HOLDS = _declare("holds", "token", "award")

SUBSIDIES = _declare(
    "subsidies",
    "subsidy",
    "household_key service payer package_id waiver_vnd vnd_month months starts_on ends_on beside line",
)
SUBSIDY_ENDS = _declare("subsidy_ends", "subsidy", "dated line")
SUBSIDY_HOLDS = _declare("subsidy_holds", "household_key service", "subsidy")
COMMITMENTS = _declare(
    "commitments",
    "commitment_id version",
    "operator hamlet_id hamlet commune_code edition commune technology solution due_on state on_air_on "
    "accepted_under obstacle as_of line",
)
COMMITMENT_MOVES = _declare("commitment_moves", "number", "commitment_id state dated record line")
WINDOWS = _declare("windows", "campaign version", "opens_on closes_on basis line")
PLATFORMS = _declare("platforms", "platform version", "owner address listed line")
ZERO_RATINGS = _declare("zero_ratings", "platform operator version", "free since line")
PUPIL_CHANGES = _declare(
    "pupil_changes", "change", "student_key kind school_id device award dated record line"
)
CHANGE_TOKENS = _declare("change_tokens", "change token", "line")
CHANGE_ENDS = _declare("change_ends", "change", "dated line")

#: What follows from the other tables, and may therefore change; every other table only grows.
DERIVED = (HEAD, BALANCES, STOCK, STANDING, HOLDS, SUBSIDY_HOLDS)
#: The tables whose rows the journal carries, in an order in which they can be filled.
ADDED = tuple(t for t in METADATA.tables.values() if t not in DERIVED and t is not JOURNAL)
