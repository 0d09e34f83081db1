"""What schools and communes send about persons: rows as their software writes them."""

from tests.intake.offices import check, write_csv, write_xlsx

#: Two rows of headings with merged groups, as the sector database exports them.
TOP = [
    "STT", "Mã trường", "Lớp", "Mã định danh Bộ GD&ĐT", "Số định danh cá nhân", "Họ và tên", "Ngày sinh",
    "Giới tính", "Dân tộc", "Trạng thái", "Chỗ ở hiện nay", "", "", "", "Cha", "", "Mẹ", "", "Đối tượng",
    "Có thiết bị", "Kết nối Internet",
]  # fmt: skip
BELOW = [
    "", "", "", "", "", "", "", "", "", "", "Tỉnh", "Huyện", "Xã", "Thôn/Xóm", "Họ tên", "SĐT", "Họ tên", "SĐT",
    "", "", "",
]  # fmt: skip


def pupil(
    number=1, code="2600000001", person="026213000123", name="Nguyễn Văn An", born="12/03/2013", sex="Nam",
    people="Kinh", school_class="3A", state="Đang học", hamlet="Đồng Giếng", classes="", device="Không có",
    net="Không",
):  # fmt: skip
    """Return one row of the sector database."""
    return [
        number, "26001", school_class, code, person, name, born, sex, people, state, "Vĩnh Phúc", "Tam Đảo",
        "Đạo Trù", hamlet, "Nguyễn Văn Bình", "0900000111", "Lê Thị Chi", "0900000222", classes, device, net,
    ]  # fmt: skip


def list_pupils(tmp_path, *rows, **options):
    """Return what the door says of a list of the sector database."""
    titled = [["DANH SÁCH HỌC SINH"], [], TOP, BELOW, *rows]
    return check("students", write_xlsx(tmp_path / "hs.xlsx", titled), **options)


def list_plainly(tmp_path, head, *rows, kind="students", name="hs.csv", **options):
    """Return what the door says of a table with one row of headings, of which nobody names the school."""
    options.setdefault("school", "none")
    return check(kind, write_csv(tmp_path / name, [head, *rows]), **options)
