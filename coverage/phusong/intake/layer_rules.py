"""The rules of the door that concern map layers, archives and terrain, as `rules` has the others."""

from __future__ import annotations

#: rule → (Vietnamese, English); braces are filled with the details of the case.
LAYER_RULES: dict[str, tuple[str, str]] = {
    # shapes
    "empty_shape": (
        "không có hình, hoặc hình rỗng, hãy vẽ lại",
        "no shape, or an empty one: draw it again",
    ),
    "wrong_shape": (
        "hình không phải loại cần ({wanted_vi})",
        "not the kind of shape needed ({wanted})",
    ),
    "shape_type_unknown": (
        "loại hình lạ, không đọc được; hãy xuất lại thành điểm, đường hoặc vùng",
        "a type of shape that is not known: export it as a point, a line or an area",
    ),
    "shape_broken": (
        "tọa độ của hình không đúng với loại hình, hãy vẽ lại",
        "coordinates that do not make the shape they are said to be: draw it again",
    ),
    "not_finite": (
        "tọa độ là NaN hoặc vô cực, không phải số; hãy đo hoặc vẽ lại",
        "coordinates that are NaN or infinite, no numbers: survey or draw it again",
    ),
    "world_size": (
        "hình lớn bất thường, hãy kiểm tra hệ tọa độ",
        "an impossibly large shape: check the coordinate system",
    ),
    "area_changed": (
        "hình tự cắt, sửa xong diện tích là {after}, hãy xem lại",
        "a crossing outline; after mending its area is {after}: look at it",
    ),
    "overlap": ("chồng lấn với dòng {other}", "overlaps row {other}"),
    "gaps": (
        "{count} khe hở giữa các hình, tổng {area}",
        "{count} gaps between neighbours, {area} in all",
    ),
    "crs_overruled": (
        "hệ tọa độ của tệp được thay bằng EPSG {crs} đã ghi",
        "the file's own coordinate system is overruled by EPSG {crs} as stated",
    ),
    "edition_doubtful": (
        "mã và tên xã khớp với danh mục khác hơn danh mục đã ghi, hãy ghi --edition; số dòng khớp",
        "codes and names fit another list of communes than the one stated: state --edition; rows that fit",
    ),
    "name_disagrees": (
        "tên xã không khớp với mã; mã này là {name} trong danh mục {edition}{hint_vi}",
        "the name does not fit the code, which is {name} in the list of {edition}{hint_en}",
    ),
    "route_nowhere": (
        "đầu tuyến không ghi điểm nào",
        "an end of the route names no node",
    ),
    "route_end_apart": (
        "đầu tuyến cách điểm đã ghi {distance}",
        "this end of the route lies {distance} from the node that it names",
    ),
    "zero_length": ("tuyến dài 0 m", "a route of length 0"),
    "archive_entries": ("tệp nén có quá {cap} tệp", "an archive of more than {cap} files"),
    "archive_size": ("tệp nén giải ra quá {cap} MB", "an archive of more than {cap} MB unpacked"),
    "archive_ratio": (
        "tệp nén chặt quá {cap}:1, nghi là bom nén",
        "packed tighter than {cap}:1, as a bomb is",
    ),
    "archive_path": (
        "tên tệp trong tệp nén đi ra ngoài thư mục",
        "a name in the archive leaves its folder",
    ),
    "archive_link": ("tệp nén chứa liên kết", "the archive holds a link"),
    "archive_nested": ("tệp nén chứa tệp nén khác", "an archive within the archive"),
    "archive_layers": (
        "tệp nén không có tệp nào đọc được ({wanted}); tìm thấy: {found}",
        "the archive holds no file that could be read ({wanted}); found: {found}",
    ),
    "archive_twice": (
        "tệp nén chứa hai tệp cùng tên, hãy tách ra",
        "the archive holds two files of one name: send them apart",
    ),
    "archive_overlap": (
        "tệp nén chứa hai tệp chồng lên cùng một chỗ, như bom nén; hãy nén lại",
        "two files of the archive lie over the same bytes, as in a bomb: pack them anew",
    ),
    "reader_remark": (
        "bộ đọc ghi nhận một điều khi mở tệp, hãy xem lại",
        "the reader remarked on this while opening the file: look at it",
    ),
    "crs_linked": (
        "hệ tọa độ là một địa chỉ mạng, không mở; hãy ghi mã EPSG",
        "the coordinate system is an address, which is never fetched: name it by its EPSG code",
    ),
    "unknown_crs": (
        "không có hệ tọa độ này, hãy ghi mã EPSG như 5897",
        "there is no such coordinate system: state an EPSG code such as 5897",
    ),
    "json_no_features": (
        "tệp JSON không phải GeoJSON, hãy xuất lại thành GeoJSON",
        "JSON that is no GeoJSON: export the layer as GeoJSON",
    ),
    "form_database": (
        "cơ sở dữ liệu không phải GeoPackage, hãy xuất lại thành .gpkg",
        "a database that is no GeoPackage: export the layer as .gpkg",
    ),
    "layer_is_view": (
        "lớp là một phép tính trong cơ sở dữ liệu, hãy lưu thành bảng",
        "the layer is worked out inside the database: save it as a table",
    ),
    "shapefile_part": (
        "shapefile thiếu {missing}, hãy gửi đủ các phần cùng tên",
        "the shapefile lacks {missing}: send all parts of the same name",
    ),
    "kml_links": (
        "tệp chỉ có đường dẫn tới tệp khác (NetworkLink), không được tải về: hãy gửi các tệp đó",
        "the file only links to other files (NetworkLink), which are never fetched: send those files",
    ),
    "kml_links_beside": (
        "tệp còn có đường dẫn tới tệp khác (NetworkLink), không được tải về: hãy gửi các tệp đó nếu cần",
        "the file also links to other files (NetworkLink), which are never fetched: send them if needed",
    ),
    "mapinfo_part": (
        "bảng MapInfo thiếu {missing}, hãy gửi đủ các phần cùng tên trong một tệp .zip",
        "the MapInfo table lacks {missing}: send all parts of the same name in one .zip",
    ),
    "no_layer": ("tệp không có lớp bản đồ nào", "the file holds no map layer"),
    "no_such_layer": (
        "không có lớp này; có: {choices}",
        "there is no such layer; there are: {choices}",
    ),
    "no_shapes": ("lớp không có hình", "the layer has no shapes"),
    "too_many_vertices": (
        "quá {cap} đỉnh, hãy đơn giản hóa hình",
        "more than {cap} vertices: simplify the shapes",
    ),
    "layer_technology": (
        "không rõ công nghệ (2G, 3G, 4G, 5G), hãy ghi trong tệp hoặc --technology",
        "the technology is not stated (2G, 3G, 4G, 5G): state it in the file or by --technology",
    ),
    # terrain
    "tile_elsewhere": (
        "ô địa hình không chạm tỉnh {province}, còn cách {nearest}: tên tệp hoặc góc ô sai, hoặc là ô bên "
        "cạnh; hãy nộp ô phủ tỉnh, ô bên cạnh chỉ nộp kèm trong tệp tỉnh",
        "this tile of terrain does not touch province {province}, which is {nearest} away: its name "
        "or corner is wrong, or it is a neighbour's; deliver the tile that covers the province, and "
        "a neighbouring one only beside it in the province file",
    ),
    "tile_part": (
        "ô địa hình chỉ phủ {share} khung của tỉnh {province}: nộp thêm ô còn thiếu, nếu không những nơi phụ "
        "thuộc vào phần thiếu được ghi là chưa biết",
        "this tile of terrain covers {share} of the box of province {province}: deliver the missing ones "
        "too, or what hangs on the missing ground is unknown",
    ),
    "terrain_elsewhere": (
        "không ô địa hình nào phủ xã nào của tỉnh: tên tệp hoặc góc ô sai, hãy nộp ô phủ tỉnh hoặc bỏ "
        "[[source]] địa hình",
        "no tile of terrain covers any commune of the province: a name or corner is wrong; deliver the tiles "
        "that cover it, or take the [[source]] of terrain out",
    ),
    "raster_bands": (
        "ảnh {bands} kênh, không phải lưới độ cao",
        "a picture of {bands} bands, no elevation grid",
    ),
    "raster_picture": ("ảnh 8 bit, không phải lưới độ cao", "an 8-bit picture, no elevation grid"),
    "raster_cut": (
        "lưới bị cắt cụt hoặc có ô không phải là số ({detail}), hãy xuất lại",
        "the grid is cut short, or holds what is no number ({detail}): export it again",
    ),
    "raster_nowhere": (
        "lưới không ghi nó nằm ở đâu, hãy xuất lại có tọa độ",
        "the grid does not say where it lies: export it with its coordinates",
    ),
    "raster_too_large": (
        "lưới quá {cap} ô, hãy cắt theo tỉnh",
        "more than {cap} cells: clip the grid to the province",
    ),
    "raster_crs": (
        "lưới không ghi hệ tọa độ, hãy ghi --crs",
        "the grid does not state its coordinate system: state --crs",
    ),
    "raster_void": ("lưới không có độ cao nào", "the grid holds no height at all"),
    "raster_heights": (
        "{count} ô có độ cao không thể có, coi là trống",
        "{count} cells of impossible height, taken as void",
    ),
    "tile_name": (
        "tên mảnh SRTM phải như N21E105.hgt",
        "a tile of SRTM is named like N21E105.hgt",
    ),
}
