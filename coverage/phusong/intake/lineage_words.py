"""What a list of changes of hamlets calls its columns, and what may be wrong with its rows."""

from __future__ import annotations

#: Canonical column → what it may be called, best first.
HEADINGS: dict[str, tuple[str, ...]] = {
    "from_hamlet_id": (
        "Mã thôn cũ", "Mã thôn trước sắp xếp", "Mã thôn trước", "ma_thon_cu", "from_id", "Old hamlet id",
    ),
    "from_hamlet": (
        "Tên thôn cũ", "Thôn cũ", "Thôn trước sắp xếp", "Thôn trước khi sắp xếp", "Tên thôn trước sắp xếp",
        "Thôn, tổ dân phố cũ", "Thôn, tổ dân phố trước sắp xếp", "Thôn trước sáp nhập", "Old hamlet",
        "Former name", "from_name",
    ),
    "from_commune_code": ("Mã xã cũ", "Mã xã trước sắp xếp", "Mã xã", "Old commune code", "Commune code"),
    "from_commune": (
        "Xã cũ", "Xã của thôn cũ", "Xã, phường cũ", "Xã trước sắp xếp", "Xã", "Tên xã", "Xã/phường",
        "Xã, phường", "Xã/phường/thị trấn", "Old commune", "Former commune", "Commune",
    ),
    "to_hamlet_id": ("Mã thôn mới", "Mã thôn sau sắp xếp", "Mã thôn sau", "ma_thon_moi", "to_id"),
    "to_hamlet": (
        "Tên thôn mới", "Thôn mới", "Thôn sau sắp xếp", "Thôn sau khi sắp xếp", "Tên thôn sau sắp xếp",
        "Thôn, tổ dân phố mới", "Thôn, tổ dân phố sau sắp xếp", "Thôn sau sáp nhập", "New name", "to_name",
    ),
    "to_commune_code": ("Mã xã mới", "Mã xã sau sắp xếp"),
    "to_commune": ("Xã mới", "Xã của thôn mới", "Xã, phường mới", "Xã sau sắp xếp", "New commune"),
    "share": ("Tỷ lệ", "Tỉ lệ", "Tỷ lệ (%)", "Tỷ lệ hộ chuyển sang", "Tỷ lệ hộ", "Share of households"),
    "households": ("Số hộ chuyển sang", "Số hộ", "Số hộ chuyển", "Số hộ sáp nhập", "so_ho", "Households"),
    "decision": (
        "Số nghị quyết, quyết định", "Nghị quyết", "Quyết định", "Số quyết định", "Số nghị quyết", "Căn cứ",
        "Văn bản", "Nghị quyết số", "Decision number", "Resolution",
    ),
    "changed_on": (
        "Ngày có hiệu lực", "Ngày hiệu lực", "Hiệu lực từ", "Ngày thực hiện", "Từ ngày", "Ngày", "date",
        "Effective date", "Effective from",
    ),
}  # fmt: skip

#: Rule → (Vietnamese, English), as those of the other kinds.
LINEAGE_RULES: dict[str, tuple[str, str]] = {
    "lineage_shares": (
        "các phần của thôn cũ này vào ngày đó cộng lại bằng {total}, phải bằng 1 (100 %), hãy sửa tỷ lệ, "
        "hoặc ghi cho đủ các thôn mới",
        "the parts of this former hamlet on that day sum to {total} and not to 1 (100 %): correct the "
        "shares, or list every new hamlet",
    ),
    "lineage_shares_unstated": (
        "thôn chia tách mà chưa ghi tỷ lệ hoặc số hộ từng phần: số liệu của thôn cũ không chia được, hãy ghi "
        "số hộ chuyển sang từng thôn mới",
        "a split hamlet without shares or households of every part: what was counted for the whole cannot be "
        "divided: state the households that went to each new hamlet",
    ),
    "lineage_cycle": (
        "các dòng cùng ngày chuyển vòng tròn, thôn lại thành chính nó, hãy đặt mã mới cho thôn mới",
        "rows of one day lead in a circle back to the same hamlet: give the new hamlets ids of their own",
    ),
    "lineage_undated": (
        "chưa ghi ngày có hiệu lực, hãy ghi ngày theo nghị quyết, quyết định",
        "no date of effect: write the day that the decision states",
    ),
    "lineage_undecided": (
        "chưa ghi số nghị quyết, quyết định; hãy ghi để người xem tra được",
        "no decision is named: write its number, so that it can be looked up",
    ),
    "lineage_unknown_hamlet": (
        "không có thôn nào như vậy trong danh sách thôn, hãy ghi mã thôn, hoặc tên thôn và xã đúng như danh "
        "sách, hoặc gửi kèm danh sách thôn cũ hay mới",
        "no list of hamlets has such a hamlet: write its id, or name and commune as listed, or deliver the "
        "former or the new list too",
    ),
    "lineage_commune_divided": (
        "mã xã theo danh mục khác, xã đó thuộc nhiều xã trong danh sách thôn và tên thôn không cho biết xã "
        "nào, hãy ghi mã thôn, hoặc mã xã theo danh mục của danh sách thôn",
        "the commune code is of another edition, that commune is in several of the list of hamlets and the "
        "hamlet's name does not tell which: write the hamlet's id, or the commune code in the edition of the "
        "list of hamlets",
    ),
    "lineage_ended_listed": (
        "thôn đã hết hiệu lực từ {day} mà danh sách ngày {listed} vẫn còn, hãy bỏ dòng này, hoặc sửa ngày "
        "của danh sách",
        "a hamlet that ended on {day} is still in the list of {listed}: take the row out, or correct the "
        "date of the list",
    ),
}
