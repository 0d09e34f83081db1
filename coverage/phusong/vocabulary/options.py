"""The words of a rollout: what can be built for a hamlet, and what becomes of it."""

from __future__ import annotations

from phusong.vocabulary.terms import Term


class OptionKind(Term):
    """Say by what a hamlet is connected."""

    FIBRE = "fibre", "kéo cáp quang dọc đường", "fibre along the road"
    NEW_SITE = "new_site", "xây trạm thu phát sóng mới", "a new mast"
    UPGRADE = "upgrade", "nâng cấp 4G tại trạm hiện có", "4G on an existing mast"
    SMALL_CELL = "small_cell", "trạm nhỏ kéo xa bằng cáp quang", "a remote sector on fibre"
    REPEATER = "repeater", "trạm lặp", "a repeater"
    SATELLITE = (
        "satellite",
        "vệ tinh quỹ đạo thấp tại nhà văn hóa",
        "satellite at the culture house",
    )
    NOTHING = "nothing", "chưa có phương án trong ngân sách", "nothing within the budget"


class CostPart(Term):
    """Say what money is spent on."""

    MAST = "mast", "cột, nhà trạm, thiết bị", "mast, shelter, equipment"
    BACKHAUL = "backhaul", "truyền dẫn", "backhaul"
    POWER = "power", "nguồn điện", "power"
    ACCESS = "access", "đường vào trạm", "access track"
    TRENCH = "trench", "tuyến cáp quang", "fibre route"
    CABINET = "cabinet", "tủ chia quang", "splitter cabinet"
    TERMINAL = "terminal", "thiết bị vệ tinh", "satellite terminal"
