"""Read the attributes that map programs write into a KML description as a table of HTML.

ArcGIS (Layer To KML) and Google Earth's tables put name and value of each attribute side by side in a row;
the whole may stand inside another table, under a row with the title.
"""

from __future__ import annotations

from html.parser import HTMLParser

_PAIR = 2


class _RowParser(HTMLParser):
    """Collect the rows of two cells of the innermost tables, in order.

    A row inside which another table stands has no cells of its own.
    """

    def __init__(self) -> None:
        """Start with no row."""
        super().__init__(convert_charrefs=True)
        self.attributes: dict[str, str] = {}
        self._rows: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Begin a row or a cell."""
        if tag == "tr":
            self._rows.append([])
        elif tag in ("td", "th") and self._rows:
            self._rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        """End a row: two cells, the first of them filled, are name and value."""
        if tag != "tr" or not self._rows:
            return
        cells = [" ".join(cell.split()) for cell in self._rows.pop()]
        if len(cells) == _PAIR and cells[0]:
            self.attributes.setdefault(cells[0].rstrip(":"), cells[1])

    def handle_data(self, data: str) -> None:
        """Add text to the cell in which it stands."""
        if self._rows and self._rows[-1]:
            self._rows[-1][-1] += data


def parse_description(description: str) -> dict[str, str]:
    """Return the attributes that a description holds as rows of a table, by name.

    Parameters
    ----------
    description : text of a KML ``description``, HTML or plain.
    """
    if "<t" not in description.lower():
        return {}
    parser = _RowParser()
    parser.feed(description)
    parser.close()
    return parser.attributes
