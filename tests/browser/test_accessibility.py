"""Every page against axe's rules (WCAG 2 A and AA): wide, on a phone, enlarged, dark, in a hall."""

from __future__ import annotations

import pytest
from axe_playwright_python.base import AXE_FILE_PATH

from needsmap.ui import menu

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# 400 % zoom of a 1280 × 1024 window leaves 320 × 256 CSS pixels (WCAG 1.4.10).
SIZES = {"wide": (1280, 900), "phone": (390, 844), "400 per cent": (320, 256)}
SCHEMES = {"light": "rgb(255, 255, 255)", "dark": "rgb(21, 23, 26)"}
"""Scheme → the page's ground in .streamlit/config.toml: what shows that it was taken up."""

MEETING = "meeting?step=3"
ADDRESSES = [
    *("" if entry == menu.ENTRIES[0] else entry.address for entry in menu.existing()),
    MEETING, "compare?against=heard", "compare?area=K05000006&other=K05000004",
    "area?area=K05000006",
]  # fmt: skip


@pytest.fixture(scope="module")
def tab(chromium):
    """Give one tab for all pages."""
    context = chromium.new_context(bypass_csp=True)
    # The first page of a cold server on a busy machine takes its time: no rule is about that.
    context.set_default_timeout(120_000)
    yield context.new_page()
    context.close()


def faults(page) -> list[str]:
    """Return what axe finds, one line a rule: its name and the first places."""
    page.add_script_tag(path=str(AXE_FILE_PATH))
    found = page.evaluate(
        "(tags) => axe.run(document, { runOnly: { type: 'tag', values: tags } })", RULES
    )
    return [
        f"{rule['id']} ×{len(rule['nodes'])}: "
        + " | ".join(node["html"][:140] for node in rule["nodes"][:3])
        for rule in found["violations"]
    ]


def settle(page, address: str) -> None:
    """Wait until a page has drawn all it will draw."""
    page.wait_for_selector("h1", timeout=60_000)
    page.wait_for_selector('.stApp[data-test-script-state="notRunning"]', timeout=60_000)
    page.wait_for_selector('[data-testid="stSidebarContent"] a', state="attached", timeout=60_000)
    if address == MEETING:
        page.wait_for_selector(".needs-hall[data-step]", timeout=60_000)
    page.wait_for_timeout(400)


@pytest.mark.parametrize("size", list(SIZES))
@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address or "map")
def test_a_page_breaks_no_rule_in_light_and_dark(tab, two_waves, address, size):
    width, height = SIZES[size]
    tab.set_viewport_size({"width": width, "height": height})
    found = {}
    tab.goto(two_waves + address)
    settle(tab, address)
    # A page takes up another scheme as it stands: loading it again would show nothing else.
    for scheme, ground in SCHEMES.items():
        tab.emulate_media(color_scheme=scheme)
        tab.wait_for_function(
            "ground => getComputedStyle(document.querySelector('.stApp')).backgroundColor"
            " === ground",
            arg=ground,
        )
        # A page still laying itself out may scroll for a moment; what stays is a fault.
        for _ in range(8):
            found[scheme] = faults(tab)
            if not found[scheme]:
                break
            tab.wait_for_timeout(1000)

    assert found == {"light": [], "dark": []}


def test_two_maps_stand_under_one_another_on_a_phone(tab, two_waves):
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.goto(two_waves + "compare?against=heard")
    tab.locator(".needs-map[data-shown]").nth(1).wait_for(timeout=60_000)

    first, second = (tab.locator(".needs-map").nth(i).bounding_box() for i in (0, 1))

    assert second["y"] >= first["y"] + first["height"]
    assert first["width"] <= 390 and abs(first["x"] - second["x"]) < 2
