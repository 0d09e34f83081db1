"""Words of the history of runs: what a run is made with, and how that can differ from the run before."""

from __future__ import annotations

from phusong.vocabulary.terms import Term


class RunFact(Term):
    """Name the kinds of things that a run is made with."""

    SOURCE = "source", "nguồn số liệu", "source"
    PARAMETER = "parameter", "tham số", "parameter"
    HEAD = "head", "mục trong tệp tỉnh", "entry of the province file"
    CHECKS = "checks", "kết quả kiểm tra thực địa", "findings on the spot"
    DECISIONS = "decisions", "quyết định về địa chỉ", "decisions about addresses"
    POLICY = "policy", "chính sách", "policy"
    VERSION = "version", "phiên bản chương trình", "version of the program"


class RunChange(Term):
    """Say how a thing differs from the run before."""

    ADDED = "added", "thêm", "added"
    WITHDRAWN = "withdrawn", "rút", "withdrawn"
    CHANGED = "changed", "thay đổi", "changed"


class HeadEntry(Term):
    """Name the entries of the head of a province file on which figures depend."""

    AS_OF = "as_of", "ngày số liệu", "day of the data"
    CODE = "code", "mã tỉnh", "code of the province"
    EDITION = "edition", "danh mục hành chính", "edition of the map"
    METRIC_CRS = "metric_crs", "hệ tọa độ phẳng", "metric system"
    OPERATORS = "operators", "doanh nghiệp", "operators"
