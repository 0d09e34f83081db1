"""Let raw files in: read, checked, listed, and never silently repaired."""

import os

#: Drivers of GDAL that reach beyond the file, run what it says, or could take a file for another of ours.
#: GDAL reads the list once, when it is first loaded, which is why it stands before every other import.
SHUT_DRIVERS = (
    *("OGR_VRT", "GDALG", "WFS", "OAPIF", "CSW", "HTTP", "Carto", "Elasticsearch", "AmigoCloud"),
    *("NGW", "PLSCENES", "EEDA", "OGCAPI", "GTFS", "PDF", "PGDUMP", "PMTiles", "MVT", "ADBC"),
    *("SQLite", "MBTiles", "GML", "KML", "LIBKML", "GeoRSS", "GPX", "LVBAG", "GPSBabel", "OSM"),
)

_asked = [name for name in os.environ.get("OGR_SKIP", "").split(",") if name]
os.environ["OGR_SKIP"] = ",".join(dict.fromkeys([*_asked, *SHUT_DRIVERS]))
