"""The map in a real browser, opened from disk with the network off."""

import re
import shutil
from pathlib import Path

import pytest
from tests.views import world

from phusong.views.labels import Label
from phusong.views.map import render_map
from phusong.views.map_data import LISTS
from phusong.views.palette import EVIDENCE, GAP_CLASSES, STATUSES, WAVES
from phusong.vocabulary.options import PlannedWave

CHROMIUM = shutil.which("chromium")
DESK, PHONE = {"width": 1400, "height": 900}, {"width": 390, "height": 844}
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no `chromium` on this machine"),
]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
#: The colour of the canvas at a spot of the world, in device pixels, averaged over a few of them.
COLOUR_AT = """([lat, lon, size]) => {
  const canvas = document.querySelector(".folium-map canvas");
  const renderer = Object.values(map_province._layers).find((layer) => layer._ctx);
  const spot = map_province.latLngToLayerPoint([lat, lon]).subtract(renderer._bounds.min);
  const ratio = canvas.width / parseFloat(canvas.style.width);
  const pen = canvas.getContext("2d");
  const half = size / 2;
  const { data } = pen.getImageData(spot.x * ratio - half, spot.y * ratio - half, size, size);
  const colours = new Set();
  for (let i = 0; i < data.length; i += 4) {
    colours.add("#" + [...data.slice(i, i + 3)].map((v) => v.toString(16).padStart(2, "0")).join(""));
  }
  return [...colours];
}"""


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("map") / "map.html"
    path.write_text(render_map(world.tables(), world.summary()), encoding="utf-8")
    return path


class Visit:
    """A reader's browser window: what it asked of the network, and what went wrong."""

    def __init__(self, context):
        self.requests, self.errors, self.opened = [], [], None
        context.set_offline(True)
        self.page = context.new_page()
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self.listen)

    def open(self, file: Path):
        """Open the page afresh."""
        self.requests.clear()
        self.errors.clear()
        self.opened = file
        self.page.goto(file.as_uri())
        self.page.wait_for_selector("#rows tr")
        self.settle()

    def listen(self, message):
        if message.type == "error":
            self.errors.append(message.text)

    def settle(self):
        """Wait until the canvas has been drawn and no move is under way."""
        self.page.wait_for_function(
            "() => !map_province._animatingZoom && !map_province._panAnim?._inProgress"
        )
        self.page.evaluate(
            "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )

    def colours_at(self, column, row, size=1):
        lon, lat = world.degrees(column, row)
        return set(self.page.evaluate(COLOUR_AT, [lat, lon, size]))

    def legend(self):
        rows = self.page.locator("#legend .entry").all()
        return {row.get_attribute("data-value"): row.locator("b").inner_text() for row in rows}

    def names(self):
        return self.page.locator("#rows th").all_inner_texts()

    def choose(self, group, value):
        self.page.check(f'input[name="{group}"][value="{value}"]')
        self.settle()


@pytest.fixture(scope="module")
def planned_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("plan") / "map.html"
    page = render_map(world.tables(), world.summary(), plan=world.plan())
    path.write_text(page, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def windows(browser):
    """One window a size of screen."""
    sizes = {"desk": DESK, "phone": PHONE}
    contexts = {
        name: browser.new_context(viewport=size, has_touch=name == "phone", reduced_motion="reduce")
        for name, size in sizes.items()
    }
    return {name: Visit(context) for name, context in contexts.items()}


@pytest.fixture
def visit(windows, file, request):
    """A visit on a desk, or on a phone for tests marked so by their parameter."""
    visit = windows[getattr(request, "param", "desk")]
    visit.open(file)
    yield visit
    assert visit.requests == [visit.opened.as_uri()]
    assert visit.errors == []


def test_the_page_opens_and_asks_the_network_for_nothing(visit):
    assert visit.page.title() == f"{Label.TITLE.vi} · Tỉnh Vĩnh Phúc"
    assert visit.page.locator("#rows tr").count() == 10
    assert "DỮ LIỆU MÔ PHỎNG" in visit.page.locator("#banner").inner_text()
    assert (
        visit.page.locator("#subtitle")
        .inner_text()
        .startswith("Tỉnh Vĩnh Phúc · Số liệu đến ngày 21/09/2021")
    )


def test_figures_show_numerator_denominator_and_unknown(visit):
    figure = visit.page.locator("#figures li").nth(1).inner_text()
    assert re.sub(r"\s+", " ", figure) == (
        "50,0% Có sóng 4G 5/10 thôn, tổ dân phố 5.321/13.321 nhân khẩu (39,9%) Không có dữ liệu: 2"
    )


def test_legend_has_every_class_that_occurs_with_its_count(visit):
    assert visit.legend() == {"K1": "2", "K2": "3", "K3": "1", "K4": "1", "K5": "1", "KU": "2"}
    visit.choose("theme", "4G")
    assert visit.legend() == {"FULL": "5", "PARTIAL": "1", "NONE": "2", "UNKNOWN": "2"}
    assert "không có dữ liệu" in visit.page.locator("#legend").inner_text().lower()


def test_every_class_is_drawn_in_its_colour_and_no_data_is_hatched(visit):
    spots = {"K1": (2.3, 1.3), "K2": (1.7, 0.3), "K5": (2.31, 0.31)}
    for grade, spot in spots.items():
        wanted = {str(k): v for k, v in GAP_CLASSES.items()}[grade]
        assert wanted in visit.colours_at(*spot, size=9), grade
    hatched = visit.colours_at(3.4, 0.4, size=12)
    assert len(hatched) > 1
    assert GAP_CLASSES[next(k for k in GAP_CLASSES if k == "KU")] in hatched


def test_modelled_evidence_is_dotted_and_stated_evidence_is_plain(visit):
    stated, modelled = (1.7, 0.3), (0.3, 1.3)
    assert len(visit.colours_at(*stated, size=12)) == 1
    assert len(visit.colours_at(*modelled, size=12)) > 1


def test_a_yes_rests_on_the_best_witness_and_a_no_on_the_least_trusted(visit):
    visit.choose("theme", "evidence")
    wanted = {str(k): v for k, v in EVIDENCE.items()}
    assert visit.colours_at(1.7, 0.3) == {wanted["operator"]}
    assert visit.colours_at(2.7, 0.3) == {wanted["modelled"]}


def test_another_theme_colours_the_map_anew(visit):
    spot = (2.3, 1.3)
    before = visit.colours_at(*spot)
    visit.choose("theme", "evidence")
    assert (
        visit.colours_at(*spot)
        == {EVIDENCE[next(e for e in EVIDENCE if e == "operator")]}
        != before
    )


def test_each_operator_has_its_own_map(visit):
    visit.choose("theme", "4G")
    colours = {str(k): v for k, v in STATUSES.items()}
    assert colours["FULL"] in visit.colours_at(1.7, 0.3)
    visit.choose("operator", "VNPT")
    assert colours["NONE"] in visit.colours_at(1.7, 0.3, size=9)
    assert visit.legend() == {"NONE": "8", "UNKNOWN": "2"}
    visit.choose("theme", "FIBRE")
    operators = visit.page.locator('input[name="operator"]').all()
    assert [o.get_attribute("value") for o in operators] == ["", "VNPT"]


def test_a_legend_entry_hides_its_hamlets_on_map_and_in_table(visit):
    visit.page.click('#legend [data-value="K2"]')
    visit.settle()
    assert len(visit.names()) == 7
    assert "Thôn Điểm Lẻ" not in visit.names()
    assert GAP_CLASSES[next(k for k in GAP_CLASSES if k == "K2")] not in visit.colours_at(1.7, 0.3)
    assert visit.page.locator("#shown").inner_text() == "Đang hiện 7/10 thôn, tổ dân phố"


def test_filtering_by_class_and_gap_leaves_the_same_rows_in_table_and_legend(visit):
    visit.page.select_option("#filter-class", "K5")
    assert visit.names() == ["Thôn Ân Đức"]
    assert visit.legend()["K5"] == "1"
    assert visit.legend()["K1"] == "0"
    visit.page.select_option("#filter-gap", "unknown")
    assert visit.page.locator("#empty").is_visible()


def test_the_table_opens_with_those_who_are_left_out(visit):
    classes = visit.page.locator("#rows .badge").all_inner_texts()
    assert classes == ["K5", "K4", "K3", "KU", "KU", "K2", "K2", "K2", "K1", "K1"]


def test_sorting_follows_the_vietnamese_alphabet_and_turns_round(visit):
    visit.page.click('#headings [data-key="name"]')
    names = [n for n in visit.names() if re.match(r"Thôn [A-ZĐÂ]\w+ ", n)]
    assert names.index("Thôn Ân Đức") < names.index("Thôn Ba Vành") < names.index("Thôn Điểm Lẻ")
    assert names.index("Thôn Đồng Giếng") < names.index("Thôn Hòa Bình")
    before = visit.names()
    visit.page.click('#headings [data-key="name"]')
    assert visit.page.locator("#headings th").first.get_attribute("aria-sort") == "descending"
    assert visit.names()[0] == before[-1]


def test_search_without_accents_finds_the_hamlet_and_opens_it(visit):
    visit.page.fill("#search", "dong gieng")
    first = visit.page.locator("#found li").first.inner_text()
    assert first == "Thôn Đồng Giếng – Xã Đạo Trù, Tam Đảo"
    visit.page.keyboard.press("Enter")
    assert visit.page.locator("#panel-title").inner_text() == "Thôn Đồng Giếng"


@pytest.mark.parametrize(
    ("typed", "answer"),
    [("hoà bình", 2), ("HOA BINH", 2), ("go moi", 1), ("an duc tam dao", 1), ("zzz", 0)],
)
def test_search_is_as_lenient_as_a_hand(visit, typed, answer):
    visit.page.fill("#search", typed)
    assert visit.page.locator("#found li:not(.none)").count() == answer
    assert visit.page.locator("#search-said").inner_text() == f"{answer} kết quả"


def test_a_commune_becomes_a_filter_that_can_be_taken_off(visit):
    visit.page.fill("#search", "xa dao t")
    visit.page.click("#found li >> nth=0")
    assert len(visit.names()) == 6
    visit.page.click("#chips button")
    assert len(visit.names()) == 10


def test_the_editions_switch_names_of_communes_everywhere(visit):
    assert "Xã Đạo Trù" in visit.page.locator("#rows").inner_text()
    visit.choose("edition", world.NEW)
    assert set(visit.page.locator("#rows td:nth-child(2)").all_inner_texts()) == {"Xã Tam Đảo"}
    visit.page.fill("#search", "tam dao")
    assert visit.page.locator("#found li").first.inner_text() == "Xã Tam Đảo"


def test_english_leaves_no_vietnamese_sentence_of_ours(visit):
    visit.choose("layer", "sites")
    visit.page.click("#rows tr >> nth=3")
    visit.page.click("#language")
    visit.choose("theme", "4G")
    assert visit.page.evaluate("document.documentElement.lang") == "en"
    text = visit.page.locator("body").inner_text()
    extra = visit.page.evaluate(
        """() => [...document.querySelectorAll("*")].flatMap((e) =>
          ["aria-label", "title", "placeholder"].map((a) => e.getAttribute(a) || "")).join("\\n")"""
    )
    lists = [
        t for terms in (*LISTS.values(), Label) for t in terms if t.vi != t.en and len(t.vi) > 4
    ]
    ours = {re.sub(r"\{\w+\}.*", "", t.vi) for t in lists} - {"", "English", "Thôn ", "Tỉnh "}
    left = {vi for vi in ours if len(vi) > 4 and re.search(rf"\b{re.escape(vi)}\b", text + extra)}
    # names of places in the data, and the way back to Vietnamese
    assert left <= {"English", Label.LANGUAGE_HINT.vi}
    assert "1,234; 4,321" not in text
    assert "50.0%" in text
    visit.page.click("#language")
    assert "50,0%" in visit.page.locator("#figures").inner_text()


def test_a_row_opens_the_panel_with_every_technology_and_operator(visit):
    visit.page.click('#rows tr:has-text("Đồng Giếng")')
    visit.settle()
    panel = visit.page.locator("#panel")
    assert panel.is_visible()
    text = re.sub(r"\s+", " ", panel.inner_text())
    for part in (
        "K1: sẵn sàng cáp quang",
        "1.234; 4.321",
        "4G Bất kỳ doanh nghiệp nào Phủ sóng 100% 100% 850 m",
        "Viettel Phủ sóng 100% 100% Tính toán theo mô hình, 21/09/2021 1,5 km",
        "VNPT VinaPhone Phủ sóng 100% 100% Có điểm truy nhập trong bán kính, 21/09/2021",
    ):
        assert part in text
    assert visit.page.evaluate("map_province.getZoom()") >= 13


def test_a_click_on_the_map_opens_the_hamlet_and_marks_its_row(visit):
    box = visit.page.locator(".folium-map").bounding_box()
    lon, lat = world.degrees(2.5, 0.6)
    spot = visit.page.evaluate(
        "([a, o]) => map_province.latLngToContainerPoint([a, o])", [lat, lon]
    )
    visit.page.mouse.click(box["x"] + spot["x"], box["y"] + spot["y"])
    assert visit.page.locator("#panel-title").inner_text() == "Thôn Ân Đức"
    assert visit.page.locator("#rows tr[aria-current]").get_attribute("data-hamlet") == "4"
    text = visit.page.locator("#panel").inner_text()
    assert "Trắng sóng" in text
    assert "Bị núi đồi che khuất" in text


def test_the_official_gap_is_a_theme_a_filter_and_a_line_with_its_dark_clusters(visit):
    visit.choose("theme", "gap")
    assert visit.legend() == {"none": "6", "partial": "1", "white": "1", "unknown": "2"}
    assert "Trắng sóng, lõm sóng" in visit.page.locator("#legend").inner_text()
    visit.page.select_option("#filter-gap", "partial")
    assert visit.page.locator("#rows tr[data-hamlet]").count() == 1
    visit.page.locator("#rows tr[data-hamlet] button").first.click()
    text = re.sub(r"\s+", " ", visit.page.locator("#panel").inner_text())
    assert "Lõm sóng; 2/5 cụm dân cư chưa có sóng, 14 hộ; tính toán theo mô hình" in text


def test_a_hamlet_of_unknown_place_is_told_of_but_not_drawn(visit):
    visit.page.click('#rows tr:has-text("Không Rõ")')
    assert visit.page.locator("#panel-title").inner_text() == "Không Rõ"
    assert "Chưa rõ vị trí, chỉ có trong bảng: 1" in visit.page.locator("#legend").inner_text()


def test_layers_come_with_their_legend(visit):
    assert "Cột, trạm" not in visit.page.locator("#legend").inner_text()
    for layer in ("sites", "nodes", "routes"):
        visit.choose("layer", layer)
    legend = visit.page.locator("#legend").inner_text()
    for part in (
        "Cột, trạm",
        "Nhiều doanh nghiệp dùng chung",
        "Điểm cáp quang",
        "Tuyến cáp quang",
        Label.LEGEND_IDLE.vi,
    ):
        assert part in legend


def test_a_plan_colours_hamlets_and_trenches_by_wave_and_says_who_builds(visit, planned_file):
    assert visit.page.locator('input[value="plan"]').count() == 0
    visit.open(planned_file)
    headline = visit.page.locator("#figures .plan").inner_text()
    assert "trong 3 thôn chưa đủ kết nối: 2 thôn do kế hoạch, " in headline
    assert "; 0 thôn doanh nghiệp đã nhận hoặc đang xây" in headline
    visit.choose("theme", "plan")
    # two are ready; two of K2 or K3 and K4 stay out of the plan; two are to be verified
    assert visit.legend() == {"now": "2", "1": "1", "2": "1", "never": "4", "unverified": "2"}
    first, second = WAVES[PlannedWave.FIRST], WAVES[PlannedWave.SECOND]
    assert visit.colours_at(1.8, 0.2) == {first}
    assert visit.colours_at(2.2, 0.2) == {second}
    assert visit.colours_at(1.4, 0.5) == {first}
    visit.choose("operator", "VIETTEL")
    assert visit.names() == ["Thôn Ân Đức"]
    visit.page.click("#rows th button")
    panel = visit.page.locator("#panel").inner_text()
    assert "Đợt 2: xây trạm thu phát sóng mới; Viettel" in panel
    assert "300 triệu đồng (200 – 450)" in panel


def test_hostile_names_are_only_text(visit):
    for layer in ("sites", "nodes", "routes"):
        visit.choose("layer", layer)
    for row in range(10):
        visit.page.locator("#rows tr").nth(row).click()
    visit.page.fill("#search", "img src")
    assert world.IMAGE in visit.page.locator("#found li").first.inner_text()
    lon, lat = world.degrees(0.8, 0.8)
    visit.page.keyboard.press("Escape")
    visit.page.evaluate("([a, o]) => map_province.setView([a, o], 14)", [lat, lon])
    visit.settle()
    box = visit.page.locator(".folium-map").bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    visit.page.mouse.move(middle[0] - 40, middle[1])
    visit.page.wait_for_timeout(60)
    visit.page.mouse.move(*middle)
    assert world.IMAGE in "".join(visit.page.locator(".leaflet-tooltip").all_inner_texts())
    assert visit.page.locator("img, #rows script, #panel script").count() == 0
    assert visit.page.evaluate("window.hacked") is None
    assert world.SCRIPT in visit.page.locator("#source-rows").inner_text()


def test_a_script_put_into_the_file_afterwards_does_not_run(browser, file, tmp_path):
    tampered = tmp_path / "tampered.html"
    planted = "<script>window.hacked=1</script><img src=x onerror='window.hacked=2'>"
    text = file.read_text(encoding="utf-8").replace("</footer>", f"{planted}</footer>")
    tampered.write_text(text, encoding="utf-8")
    page = browser.new_page()
    refused = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(tampered.as_uri())
    page.wait_for_selector("#rows tr")
    assert page.evaluate("window.hacked") is None
    assert any("Content Security Policy" in text for text in refused)
    page.close()


def test_keyboard_alone_finds_reads_and_leaves_a_hamlet(visit):
    page = visit.page
    page.focus("#search")
    page.keyboard.type("hoa binh")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.locator("#panel-title").inner_text() in {"Thôn Hòa Bình", "Thôn Hoà Bình"}
    page.keyboard.press("Escape")
    assert page.locator("#panel").is_hidden()
    assert page.evaluate("document.activeElement.id") == "search"
    page.focus('#rows button[tabindex="0"]')
    page.keyboard.press("End")
    page.keyboard.press("ArrowUp")
    name = page.evaluate("document.activeElement.textContent")
    assert name == visit.names()[-2]
    page.keyboard.press("Enter")
    assert page.locator("#panel-title").inner_text() == name
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == name


def test_every_control_can_be_reached_and_has_a_name(visit):
    unnamed = visit.page.evaluate(
        """() => [...document.querySelectorAll("button, input, select, a, [role=button]")]
          .filter((e) => e.checkVisibility())
          .filter((e) => !(e.textContent.trim() || e.ariaLabel || e.title || e.labels?.length))
          .map((e) => e.outerHTML)"""
    )
    assert unnamed == []
    assert visit.page.locator(".folium-map").get_attribute("tabindex") == "0"


@pytest.mark.parametrize("visit", ["phone"], indirect=True)
def test_a_phone_needs_no_sideways_scrolling_and_has_room_for_a_finger(visit):
    page = visit.page
    page.click('#rows tr:has-text("Đồng Giếng") button')
    for _ in range(2):
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        small = page.evaluate(
            """() => [...document.querySelectorAll("main button, select, #search, .choice")]
              .filter((e) => e.checkVisibility() && !e.closest("thead"))
              .filter((e) => e.getBoundingClientRect().height < 43.5).map((e) => e.outerHTML)"""
        )
        assert small == []
        page.click("#language")


@pytest.mark.parametrize("visit", ["phone"], indirect=True)
def test_on_a_phone_the_panel_comes_into_view(visit):
    visit.page.click('#rows tr:has-text("Đồng Giếng") button')
    visit.page.wait_for_timeout(200)
    box = visit.page.locator("#panel-title").bounding_box()
    assert 0 <= box["y"] < PHONE["height"]
