"""The map in a real Chromium, with everything outside this machine refused.

The harness app (apps/map_app.py) invents the areas; an area, a service and the title
carry hostile text.
"""

from __future__ import annotations

import re

import pytest

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


def _shown(frame):
    return frame.evaluate("document.documentElement.dataset.shown")


def _switch(watched, frame, name):
    before = _shown(frame)
    watched.page.get_by_text(name, exact=True).first.click()
    frame.wait_for_function(
        "(old) => document.documentElement.dataset.shown !== old", arg=before, timeout=10_000
    )


def test_the_map_draws_its_colours_with_the_network_cut(visit, harness_address):
    watched = visit(harness_address)

    frame = watched.map_frame()

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
    frame = watched.map_frame()
    frame.evaluate("""() => {
        window.sameFrame = true;
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

    assert frame.evaluate("window.sameFrame") is True
    assert frame.evaluate("window.fewest") > 0.8 * full > 0
    seen = frame.evaluate(_COLOURS)
    assert all(seen.get(colour, 0) > 200 for colour in palettes.INDEX)


def test_a_change_of_layer_fetches_nothing_and_keeps_the_place_in_view(visit, harness_address):
    watched = visit(harness_address)
    frame = watched.map_frame()
    before = frame.evaluate("[map_div.getZoom(), map_div.getCenter().lat]")
    fetched = []
    watched.page.on("request", lambda request: fetched.append(request.url))

    _switch(watched, frame, "heard")

    assert fetched == []
    after = frame.evaluate("[map_div.getZoom(), map_div.getCenter().lat]")
    assert after == pytest.approx(before, abs=1e-4)  # a ten-thousandth of a degree is one pixel


def _middle_of(frame, code):
    """Return where an area's middle lies in the page, from its published outline."""
    return frame.evaluate(
        """async (code) => {
            const name = performance.getEntriesByType('resource').map((e) => e.name)
                .find((n) => n.includes('/outlines/harness-small-'));
            const o = await NeedsMap.fetchOutlines(name.split('/').pop());
            const i = o.number.get(code);
            const at = map_div.unproject(L.point(o.middleX[i], o.middleY[i]), 0);
            const p = map_div.latLngToContainerPoint(at);
            const box = map_div.getContainer().getBoundingClientRect();
            return [p.x + box.x, p.y + box.y];
        }""",
        code,
    )


def test_a_click_chooses_the_area_under_it_and_escape_lets_go(visit, harness_address):
    watched = visit(harness_address)
    frame = watched.map_frame()
    x, y = _middle_of(frame, "X00000042")

    frame.locator("#map_div").click(position={"x": x, "y": y})

    watched.page.get_by_text("Chosen: X00000042").wait_for(timeout=10_000)
    frame.locator("#map_div").press("Escape")
    watched.page.get_by_text("Chosen: none").wait_for(timeout=10_000)


def test_the_keyboard_alone_reaches_and_chooses_an_area(visit, harness_address):
    watched = visit(harness_address)
    frame = watched.map_frame()

    frame.locator("#map_div").focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown"):
        frame.locator("#map_div").press(key)
    spoken = frame.locator(".needs-spoken").text_content()
    frame.locator("#map_div").press("Enter")

    area = re.match(r"Area (\d+): ", spoken)
    assert area, spoken
    watched.page.get_by_text(f"Chosen: X{int(area.group(1)):08d}").wait_for(timeout=10_000)


def test_hostile_words_show_as_themselves_and_run_nowhere(visit, harness_address):
    watched = visit(harness_address)
    frame = watched.map_frame()
    watched.page.get_by_text("Services", exact=True).click()
    frame.get_by_text("Doctors").wait_for(timeout=10_000)
    x, y = _middle_of(frame, "X00000000")

    frame.locator("#map_div").hover(position={"x": x, "y": y})

    hostile = "{{7*7}} ${alert(1)} `x` <img src=x onerror=window.top.ran=1> {% raw %}"
    assert frame.locator(".needs-pointer strong").text_content() == hostile
    assert hostile in frame.locator(".needs-legend p").text_content()
    assert frame.locator(".needs-pointer img, .needs-legend img").count() == 0
    assert watched.page.evaluate("window.ran === undefined")
    assert watched.dialogs == [] and watched.errors == []


def test_the_map_fits_a_phone_without_sideways_scrolling(visit, harness_address):
    watched = visit(harness_address, width=390, height=844)
    frame = watched.map_frame()

    for inside in (frame, watched.page.main_frame):
        width, shown = inside.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        assert width <= shown


def test_the_map_draws_below_a_base_path(visit, start_app):
    from tests.browser.conftest import HARNESS

    watched = visit(start_app(HARNESS, MAP_APP_AREAS="30", base="council/needs"))

    watched.map_frame()

    assert watched.failed == [] and watched.errors == []
