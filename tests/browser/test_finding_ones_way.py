"""Finding one's way: typed, by link, back and forth, by position; side by side; in a hall."""

from __future__ import annotations

import csv
import io
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image

from tests.browser.conftest import PROJECT

pytestmark = pytest.mark.browser

PACK = PROJECT / "data/places/kindleford"
LOOKING = """() => {
    const map = document.querySelector('.needs-map').view.map, at = map.getCenter();
    return [at.lat, at.lng, map.getZoom()];
}"""
BOTH = """() => [...document.querySelectorAll('.needs-map')].map((root) => {
    const map = root.view.map, at = map.getCenter();
    return [at.lat.toFixed(3), at.lng.toFixed(3), map.getZoom()];
})"""


def rows(name: str) -> list[dict[str, str]]:
    with (PACK / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def asked(page) -> dict[str, str]:
    """Return what the page's address asks for."""
    return {name: value[0] for name, value in parse_qs(urlsplit(page.url).query).items()}


def look_for(page, text: str) -> None:
    box = page.get_by_label("Find", exact=True)
    box.fill(text)
    box.press("Enter")


def test_a_postcode_leads_to_its_ward_and_the_map_goes_there(visit, two_waves):
    known = next(row for row in rows("lookups.csv") if row["kind"] == "postcode")
    ward = next(
        row["parent_code"] for row in rows("levels.csv")
        if row["area_code"] == known["area_code"] and row["level"] == "ward"
    )  # fmt: skip
    page = visit(two_waves).map_shown()
    before = page.evaluate(LOOKING)

    look_for(page, f"{known['key'][:-3].lower()} {known['key'][-3:]}")

    page.get_by_text("is in").first.wait_for()
    page.wait_for_url(f"**area={ward}**")
    page.wait_for_timeout(1000)
    assert page.evaluate(LOOKING)[2] > before[2] + 1
    assert known["key"] not in page.url.upper(), "what was typed stays out of the link"


def test_a_service_is_chosen_from_a_list_by_keyboard_alone(visit, two_waves):
    page = visit(two_waves).map_shown()
    look_for(page, "library")
    page.locator(".st-key-found button").first.wait_for()

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    page.wait_for_url("**services=library**")
    page.wait_for_url("**view=**")


def test_what_is_not_here_is_said_in_words(visit, two_waves):
    page = visit(two_waves).map_shown()

    look_for(page, "SW1A 1AA")

    page.get_by_text("SW1A 1AA is not among the postcodes of Kindleford").wait_for()
    assert "view" not in asked(page)


def spots(view: str) -> list[float]:
    """Return latitude, longitude and zoom of a link's viewpoint."""
    return [float(part) for part in view.split("_")]


def test_the_link_holds_the_viewpoint_and_back_goes_back(visit, two_waves):
    watched = visit(two_waves + "?theme=buses")
    page = watched.map_shown()
    page.locator(".needs-box").hover(position={"x": 200, "y": 150})
    page.mouse.wheel(0, -400)
    page.wait_for_url("**view=**")
    page.wait_for_timeout(800)
    looked, view = page.evaluate(LOOKING), asked(page)["view"]

    other = visit(page.url).map_shown()
    page.get_by_label("by", exact=True).first.click()
    page.get_by_role("option", name="LSOA").click()
    page.wait_for_url("**by=lsoa*view=**")
    kept = asked(page)["view"]
    page.go_back()
    page.wait_for_url(lambda address: "by=lsoa" not in address and "view=" in address)
    page.wait_for_timeout(1500)

    assert other.evaluate(LOOKING) == pytest.approx(looked, abs=1e-3)
    # Leaflet rounds the middle to a whole pixel: at this zoom 0.00003 degrees.
    assert spots(kept) == pytest.approx(spots(view), abs=1e-4), "another level moves no map"
    assert asked(page)["view"] == view and "by" not in asked(page)
    assert watched.errors == []


def test_keyboard_and_pointer_are_told_figure_base_and_reliability(visit, two_waves):
    page = visit(two_waves + "?theme=buses&by=ward").map_shown()
    page.locator(".needs-box").focus()

    page.keyboard.press("ArrowRight")

    said = page.locator(".needs-spoken", has_text="People who answered")
    said.wait_for(state="attached")
    words = said.text_content()
    name = words.partition(":")[0]
    assert name in {row["parent_name"] for row in rows("levels.csv")}
    assert "Share:" in words
    assert page.locator(".needs-pointer.needs-on strong").text_content() == name


def phone(chromium, **more):
    return chromium.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True,
        user_agent="Mozilla/5.0 (Linux; Android 13) Chrome/120 Mobile Safari/537.36", **more,
    )  # fmt: skip


def test_my_area_goes_to_the_area_and_the_point_goes_nowhere(chromium, two_waves):
    service = rows("services.csv")[0]
    here = {"latitude": float(service["latitude"]), "longitude": float(service["longitude"])}
    context = phone(chromium, permissions=["geolocation"], geolocation=here)
    page, sent = context.new_page(), []
    page.on("request", lambda request: sent.append(request.url + (request.post_data or "")))
    page.on("websocket", lambda ws: ws.on("framesent", lambda data: sent.append(str(data))))
    page.goto(two_waves)

    page.get_by_role("button", name="My area").click(timeout=60_000)

    page.wait_for_url("**area=**")
    page.wait_for_timeout(1000)
    exact = (f"{here['latitude']:.4f}", f"{here['longitude']:.4f}")
    kept = page.evaluate(
        "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])"
    )
    context.close()
    for one in exact:
        assert not any(one in each for each in sent) and one not in page.url and one not in kept


def test_who_refuses_to_say_where_they_are_is_told_what_to_do(chromium, two_waves):
    context = phone(chromium)
    page = context.new_page()
    page.goto(two_waves)

    page.get_by_role("button", name="My area").click(timeout=60_000)

    page.get_by_text("Type your postcode instead").first.wait_for(state="attached")
    url = page.url
    context.close()
    assert "area=" not in url


def test_two_maps_move_together(visit, two_waves):
    page = visit(two_waves + "compare?against=heard").map_shown()
    page.locator(".needs-map[data-shown]").nth(1).wait_for()
    page.wait_for_timeout(500)
    start = page.evaluate(BOTH)

    page.locator(".needs-box").first.hover(position={"x": 200, "y": 100})
    page.mouse.wheel(0, -300)
    page.wait_for_timeout(1000)
    first, second = page.evaluate(BOTH)

    assert first == second and first[2] > start[0][2]


def test_two_waves_stand_side_by_side_with_the_same_classes(visit, two_waves):
    page = visit(two_waves + "change?theme=streets").map_shown()
    page.locator(".needs-map[data-shown]").nth(2).wait_for()

    titles = page.locator(".needs-legend p:first-child").all_text_contents()
    words = [
        [item.partition(" (")[0] for item in legend.locator("li").all_text_contents()][:5]
        for legend in page.locator(".needs-legend").all()
    ]

    assert titles[1].startswith("Autumn 2025") and titles[2].startswith("Spring 2026")
    assert words[1] == words[2] and words[1][0].startswith("Fewer than 10%")


def test_a_meeting_goes_on_when_the_network_is_gone(visit, two_waves):
    watched = visit(two_waves + "meeting", width=1280, height=720)
    page = watched.page
    page.locator(".needs-hall-start[data-ready]").wait_for(timeout=60_000)
    page.context.set_offline(True)
    page.get_by_role("button", name="Start the meeting").click()
    page.locator(".needs-hall[data-step]").wait_for()

    questions, shares = [], []
    while True:
        page.wait_for_timeout(250)
        questions.append(page.locator(".needs-hall h1").text_content())
        box = page.locator(".needs-hall .needs-box").bounding_box()
        shares.append(box["width"] * box["height"] / (1280 * 720))
        if page.get_by_role("button", name="Next").is_disabled():
            break
        page.keyboard.press("PageDown")

    assert len(set(questions)) == len(questions) >= 5
    assert min(shares) >= 0.6, "the map is most of the screen"
    sizes = page.evaluate("""() => [...document.querySelectorAll('.needs-hall *')]
        .filter((e) => e.children.length === 0 && e.textContent.trim() && e.checkVisibility())
        .map((e) => parseFloat(getComputedStyle(e).fontSize))""")
    assert min(sizes) >= 24
    page.keyboard.press("t")
    assert page.locator(".needs-hall-table tbody tr").count() > 5
    page.keyboard.press("Escape")
    assert page.locator(".needs-hall").count() == 0
    assert watched.errors == [] or all("ERR_INTERNET" in each or "net::" in each
                                       for each in watched.errors)  # fmt: skip


def test_the_map_page_prints_with_title_map_legend_mark_and_sources(visit, two_waves):
    page = visit(two_waves + "?theme=buses&by=ward").map_shown()
    page.wait_for_timeout(500)
    page.emulate_media(media="print")

    shown = {
        name: page.locator(selector).first.is_visible()
        for name, selector in {
            "title": "h1", "map": ".needs-box canvas", "legend": ".needs-legend",
            "mark": "text=/Picture [0-9A-F]{4}-[0-9A-F]{2}/",
            "sources": ".needs-sources", "menu": "[data-testid=stSidebar]",
            "buttons": ".needs-tools", "choices": ".st-key-choices",
        }.items()
    }  # fmt: skip
    paper = page.pdf(format="A4", print_background=True)

    assert shown == {
        "title": True, "map": True, "legend": True, "mark": True, "sources": True,
        "menu": False, "buttons": False, "choices": False,
    }  # fmt: skip
    assert paper[:5] == b"%PDF-"
    drawn = Image.open(io.BytesIO(page.locator(".needs-box").screenshot())).convert("RGB")
    assert len(drawn.getcolors(2**24)) > 20


def test_a_table_beside_a_map_is_put_in_order_by_figures_not_letters(visit, two_waves):
    page = visit(two_waves + "services").map_shown()
    ordered = page.evaluate("() => NeedsMap.inOrder(['9%', 'under 30%', '10%', '–', '100%'], true)")
    distances = page.evaluate("() => NeedsMap.inOrder(['3.2 km', '650 m', '1.0 km'], false)")
    button = page.locator(".nm-sort").first
    button.wait_for()
    button.focus()

    page.keyboard.press("Enter")

    assert ordered == [4, 2, 0, 1, 3]
    assert distances == [1, 2, 0]
    sorted_by = page.locator("th[aria-sort]").first
    column = sorted_by.evaluate("th => [...th.parentElement.children].indexOf(th)")
    cells = sorted_by.evaluate(
        "(th, i) => [...th.closest('table').tBodies[0].rows].map((r) => r.cells[i].textContent)",
        column,
    )
    assert cells == sorted(cells, key=str.casefold)


def test_the_menu_leads_on_with_the_picture_chosen_last(visit, two_waves):
    known = next(row for row in rows("levels.csv") if row["level"] == "ward")
    page = visit(two_waves).map_shown()
    link = page.get_by_role("link", name="Priorities", exact=True)
    assert known["parent_code"] not in link.get_attribute("href")

    look_for(page, known["parent_name"])
    page.wait_for_url(f"**area={known['parent_code']}**")
    link.hover()

    page.wait_for_function(
        "code => [...document.querySelectorAll('.st-key-menu a')]"
        ".every((link) => link.href.includes(code))",
        arg=known["parent_code"],
    )


def test_a_menu_link_followed_before_it_was_drawn_again_loses_nothing(visit, two_waves):
    known = next(row for row in rows("levels.csv") if row["level"] == "ward")
    page = visit(two_waves).map_shown()
    look_for(page, known["parent_name"])
    page.wait_for_url(f"**area={known['parent_code']}**")

    # As a script or a tool presses a link: no pointer and no focus reaches the menu before.
    page.get_by_role("link", name="Priorities", exact=True).evaluate("link => link.click()")

    page.wait_for_url(f"**/priorities?**area={known['parent_code']}**")
