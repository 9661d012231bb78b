"""The map in a real Chromium, with everything outside this machine refused.

The harness app (apps/map_app.py) invents the areas; an area, a service and the title
carry hostile text.
"""

from __future__ import annotations

import re

import pytest
from PIL import Image

from needsmap.draw import palettes

pytestmark = pytest.mark.browser

_COLOURS = """() => {
    const canvas = document.querySelector('.leaflet-overlay-pane canvas');
    const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
    const seen = {};
    for (let i = 0; i < data.length; i += 4) {
        if (data[i + 3] < 255) continue;
        const hex = '#' + [0, 1, 2].map((k) => data[i + k].toString(16).padStart(2, '0')).join('');
        seen[hex] = (seen[hex] || 0) + 1;
    }
    return seen;
}"""


_ROOT = "document.querySelector('.needs-map')"


def _shown(frame):
    return frame.evaluate(f"{_ROOT}.dataset.shown")


def _switch(watched, frame, name):
    before = _shown(frame)
    watched.page.get_by_text(name, exact=True).first.click()
    frame.wait_for_function(f"(old) => {_ROOT}.dataset.shown !== old", arg=before, timeout=10_000)


def test_the_map_draws_its_colours_with_the_network_cut(visit, harness_address):
    watched = visit(harness_address)

    frame = watched.map_shown()

    seen = frame.evaluate(_COLOURS)
    for colour in palettes.VOICE:
        assert seen.get(colour, 0) > 200, f"{colour} is not on the map"
    assert watched.refused == []
    assert watched.failed == []
    assert watched.errors == []


def test_a_change_of_layer_shows_other_colours_in_the_same_frame_without_a_blank(
    visit, harness_address
):
    watched = visit(harness_address)
    frame = watched.map_shown()
    frame.evaluate("""() => {
        document.querySelector('.needs-map').same = true;
        window.fewest = Infinity;
        const canvas = document.querySelector('.leaflet-overlay-pane canvas');
        const look = () => {
            const pen = canvas.getContext('2d');
            const data = pen.getImageData(0, 0, canvas.width, canvas.height).data;
            let painted = 0;
            for (let i = 3; i < data.length; i += 4 * 97) painted += data[i] > 0;
            window.fewest = Math.min(window.fewest, painted);
            requestAnimationFrame(look);
        };
        look();
    }""")
    full = frame.evaluate("window.fewest")

    _switch(watched, frame, "index")
    frame.wait_for_timeout(300)

    assert frame.evaluate(f"{_ROOT}.same") is True
    assert frame.evaluate("window.fewest") > 0.8 * full > 0
    seen = frame.evaluate(_COLOURS)
    assert all(seen.get(colour, 0) > 200 for colour in palettes.INDEX)


def test_a_change_of_layer_fetches_nothing_and_keeps_the_place_in_view(visit, harness_address):
    watched = visit(harness_address)
    frame = watched.map_shown()
    before = frame.evaluate(f"[{_ROOT}.view.map.getZoom(), {_ROOT}.view.map.getCenter().lat]")
    fetched = []
    watched.page.on("request", lambda request: fetched.append(request.url))

    _switch(watched, frame, "heard")

    assert fetched == []
    after = frame.evaluate(f"[{_ROOT}.view.map.getZoom(), {_ROOT}.view.map.getCenter().lat]")
    # one pixel at zoom 11: 360 / 256 / 2^11 degrees, times the cosine of 53 degrees north
    assert after == pytest.approx(before, abs=4.1e-4)


def _middle_of(frame, code):
    """Return where an area's middle lies in the map's box, from its published outline."""
    return frame.evaluate(
        """async (code) => {
            const view = document.querySelector('.needs-map').view, o = view.layer.outlines;
            const i = o.number.get(code);
            const at = view.map.unproject(L.point(o.middleX[i], o.middleY[i]), 0);
            const p = view.map.latLngToContainerPoint(at);
            return [p.x, p.y];
        }""",
        code,
    )


def test_a_click_chooses_the_area_under_it_and_escape_lets_go(visit, harness_address):
    watched = visit(harness_address)
    frame = watched.map_shown()
    x, y = _middle_of(frame, "X00000042")

    frame.locator(".needs-box").click(position={"x": x, "y": y})

    watched.page.get_by_text("Chosen: X00000042").wait_for(timeout=10_000)
    frame.locator(".needs-box").press("Escape")
    watched.page.get_by_text("Chosen: none").wait_for(timeout=10_000)


def test_the_keyboard_alone_reaches_and_chooses_an_area(visit, harness_address):
    watched = visit(harness_address)
    frame = watched.map_shown()

    frame.locator(".needs-box").focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown"):
        frame.locator(".needs-box").press(key)
    spoken = frame.locator(".needs-spoken").text_content()
    frame.locator(".needs-box").press("Enter")

    area = re.match(r"Area (\d+): ", spoken)
    assert area, spoken
    watched.page.get_by_text(f"Chosen: X{int(area.group(1)):08d}").wait_for(timeout=10_000)


def test_hostile_words_show_as_themselves_and_run_nowhere(visit, harness_address):
    watched = visit(harness_address)
    frame = watched.map_shown()
    watched.page.get_by_text("Services", exact=True).click()
    frame.get_by_text("Doctors").wait_for(timeout=10_000)
    x, y = _middle_of(frame, "X00000000")

    frame.locator(".needs-box").hover(position={"x": x, "y": y})

    hostile = "{{7*7}} ${alert(1)} `x` <img src=x onerror=window.top.ran=1> {% raw %}"
    assert frame.locator(".needs-pointer strong").text_content() == hostile
    assert hostile in frame.locator(".needs-legend p").text_content()
    assert frame.locator(".needs-pointer img, .needs-legend img").count() == 0
    assert watched.page.evaluate("window.ran === undefined")
    assert watched.dialogs == [] and watched.errors == []


def test_the_map_fits_a_phone_without_sideways_scrolling(visit, harness_address):
    watched = visit(harness_address, width=390, height=844)
    frame = watched.map_shown()

    width, shown = frame.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert width <= shown


def test_the_map_draws_below_a_base_path(visit, start_app):
    from tests.browser.conftest import HARNESS

    watched = visit(start_app(HARNESS, MAP_APP_AREAS="30", base="council/needs"))

    watched.map_shown()

    assert watched.failed == [] and watched.errors == []


def _counting(watched):
    """Count what goes to the server from now on: requests and messages.

    Chromium looks at the page's icon again when its address changes. It is kept for a year;
    here it is asked for, because Playwright's guard of requests puts the cache out of use.
    """
    sent = []

    def note(request):
        if not request.url.endswith("/favicon.png"):
            sent.append(request.url)

    watched.page.on("request", note)
    watched.page.evaluate("""() => {
        const given = WebSocket.prototype.send;
        window.messages = 0;
        WebSocket.prototype.send = function (data) {
            window.messages += 1;
            given.call(this, data);
        };
    }""")
    return sent


def test_a_layer_seen_before_comes_back_without_asking_the_server(visit, harness_address):
    watched = visit(harness_address)
    page = watched.map_shown()
    _switch(watched, page, "heard")
    sent = _counting(watched)

    page.locator(".needs-tools button", has_text="voice").click()
    page.wait_for_function(
        f"{_ROOT}.querySelector('.needs-legend p').textContent.startsWith('voice')"
    )

    seen = page.evaluate(_COLOURS)
    assert all(seen.get(colour, 0) > 200 for colour in palettes.VOICE)
    assert page.locator(".needs-tools-title").text_content() == "Looking back. Go to:"
    assert sent == [] and page.evaluate("window.messages") == 0


def test_panning_and_zooming_cost_the_server_nothing(visit, harness_address):
    watched = visit(harness_address)
    page = watched.map_shown()
    sent = _counting(watched)

    page.locator(".needs-box").hover(position={"x": 200, "y": 150})
    page.mouse.wheel(0, -300)
    page.mouse.down()
    page.mouse.move(400, 300, steps=5)
    page.mouse.up()
    page.wait_for_timeout(800)

    assert page.evaluate(f"{_ROOT}.view.moved") is True
    assert sent == [] and page.evaluate("window.messages") == 0


def test_a_click_runs_the_page_once(visit, harness_address):
    watched = visit(harness_address)
    page = watched.map_shown()
    x, y = _middle_of(page, "X00000042")
    _counting(watched)

    page.locator(".needs-box").click(position={"x": x, "y": y})
    watched.page.get_by_text("Chosen: X00000042").wait_for(timeout=10_000)

    assert page.evaluate("window.messages") == 1


def test_the_map_is_saved_as_a_picture_with_title_legend_and_mark(visit, harness_address):
    watched = visit(harness_address)
    page = watched.map_shown()

    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as a picture").click()

    picture = Image.open(saved.value.path()).convert("RGB")
    size = page.evaluate(f"{_ROOT}.view.map.getSize()")
    assert saved.value.suggested_filename == "harness.png"
    assert picture.width == 2 * (size["x"] + 48)
    assert picture.height > 2 * (size["y"] + 48)
    found = {f"#{r:02x}{g:02x}{b:02x}" for _, (r, g, b) in picture.getcolors(2**24)}
    assert set(palettes.VOICE) <= found
    foot = picture.crop((0, picture.height - 100, picture.width, picture.height - 20))
    assert len(foot.getcolors(2**16)) > 5, "the lines with the mark are drawn"


def test_services_of_a_kind_are_gathered_from_afar_and_stand_alone_from_near(
    visit, harness_address
):
    watched = visit(harness_address)
    page = watched.map_shown()
    made = """(zoom) => {
        const found = [];
        for (let i = 0; i < 100; i++) found.push({
            category: i % 2 ? 'gp' : 'park', name: String(i), count: 1,
            x: 100 + (i % 10) * 1e-4, y: 80 + Math.floor(i / 10) * 1e-4,
        });
        return NeedsMap.gather(found, zoom, 2 ** zoom).map((g) => [g.category, g.count]);
    }"""

    afar, near = page.evaluate(made, 9), page.evaluate(made, 14)

    assert sum(count for _, count in afar) == len(near) == 100
    assert len(afar) <= 8 and {category for category, _ in afar} == {"gp", "park"}
    assert all(count == 1 for _, count in near)


def test_from_afar_each_pixel_shows_the_area_its_middle_lies_in(visit, harness_address):
    # Expected is what a search for the area under a point finds, which counts crossings of a
    # ray with the outline (Shimrat 1962, Algorithm 112) and knows nothing of rows of pixels.
    watched = visit(harness_address)
    page = watched.map_shown()

    seen = page.evaluate("""() => {
        const layer = document.querySelector('.needs-map').view.layer, map = layer._map;
        const outlines = layer.outlines, n = outlines.codes.length;
        layer.classes = [...Array(n).keys()].map((i) => String(i % 5)).join('');
        layer.borders = null;
        layer.services = [];
        map.setView(map.getCenter(), Math.log2(4 / outlines.typicalWidth), { animate: false });
        const pen = layer._context, { width, height } = layer._container, to = layer._to;
        const data = pen.getImageData(0, 0, width, height).data;
        const hex = (n) => n.toString(16).padStart(2, '0');
        const found = { right: 0, wrong: 0, outside: 0 };
        for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) {
            const area = outlines.at((x + 0.5 + to.x) / to.scale, (y + 0.5 + to.y) / to.scale);
            const at = 4 * (y * width + x);
            const colour = '#' + hex(data[at]) + hex(data[at + 1]) + hex(data[at + 2]);
            if (area < 0) { if (data[at + 3]) found.outside += 1; continue; }
            found[colour === layer.styles[area % 5].ground ? 'right' : 'wrong'] += 1;
        }
        return found;
    }""")

    assert seen["right"] > 1000 and seen["wrong"] == seen["outside"] == 0


def test_a_place_smaller_than_a_pixel_still_shows(visit, harness_address):
    watched = visit(harness_address)
    page = watched.map_shown()

    painted = page.evaluate("""() => {
        const layer = document.querySelector('.needs-map').view.layer, map = layer._map;
        layer.borders = null;
        map.setView(map.getCenter(), -4, { animate: false });
        const { width, height } = layer._container;
        const data = layer._context.getImageData(0, 0, width, height).data;
        let painted = 0;
        for (let i = 3; i < data.length; i += 4) painted += data[i] > 0;
        return [map.getZoom(), painted];
    }""")

    assert painted[1] >= 1, painted


def test_the_legend_stands_where_the_map_can_be_larger(visit, harness_address):
    watched = visit(harness_address)
    page = watched.map_shown()

    def lies(box):
        return page.evaluate(
            """(box) => {
                const view = document.querySelector('.needs-map').view;
                view.message = { ...view.message, box };
                NeedsMap.placeLegend(view);
                const map = view.box.getBoundingClientRect();
                const legend = view.legend.getBoundingClientRect();
                return [legend.left >= map.right, legend.top >= map.bottom];
            }""",
            box,
        )

    high, wide = [-2.2, 53.0, -2.0, 53.6], [-3.0, 53.4, -1.0, 53.5]
    assert lies(high) == [True, False]
    assert lies(wide) == [False, True]
