"""Every page against axe's rules (WCAG 2 A and AA): wide, on a phone, enlarged, dark."""

from __future__ import annotations

import pytest
from axe_playwright_python.base import AXE_FILE_PATH

from needsmap.ui import menu
from tests.browser.conftest import PROJECT

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# 400 % zoom of a 1280 × 1024 window leaves 320 × 256 CSS pixels (WCAG 1.4.10).
SIZES = {"wide": (1280, 900), "phone": (390, 844), "400 per cent": (320, 256)}
SURVEY = PROJECT / "data/places/kindleford/surveys/kindleford_spring_2026.csv"


@pytest.fixture(scope="module")
def filled_address(start_app, tmp_path_factory):
    """Return the address of the real app with a survey in it."""
    import os
    import subprocess
    import sys

    home = tmp_path_factory.mktemp("filled")
    subprocess.run(
        [sys.executable, "-m", "needsmap", "survey", "import", str(SURVEY), "--place",
         "kindleford", "--title", "Spring", "--asked", "2026-03-02"],
        cwd=PROJECT, env={**os.environ, "NEEDSMAP_HOME": str(home)}, check=True,
        capture_output=True,
    )  # fmt: skip
    return start_app(PROJECT / "dashboard.py", NEEDSMAP_HOME=str(home))


@pytest.fixture(scope="module")
def open_tab(chromium):
    """Give a function that returns one tab a size and scheme, used for every page."""
    tabs = {}

    def tab(size: str, scheme: str):
        if (size, scheme) not in tabs:
            width, height = SIZES[size]
            context = chromium.new_context(
                viewport={"width": width, "height": height}, color_scheme=scheme, bypass_csp=True
            )
            tabs[size, scheme] = context.new_page()
        return tabs[size, scheme]

    yield tab
    for page in tabs.values():
        page.context.close()


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", list(SIZES))
@pytest.mark.parametrize("entry", menu.existing(), ids=lambda entry: entry.address)
def test_a_page_breaks_no_rule(open_tab, filled_address, entry, size, scheme):
    page = open_tab(size, scheme)
    page.goto(filled_address + ("" if entry == menu.ENTRIES[0] else entry.address))
    page.wait_for_selector("h1", timeout=60_000)
    page.wait_for_selector('.stApp[data-test-script-state="notRunning"]', timeout=60_000)
    page.wait_for_selector('[data-testid="stSidebarContent"] a', state="attached", timeout=60_000)
    page.wait_for_timeout(600)

    # A page that is still laying itself out may scroll for a moment; what stays is a fault.
    found = faults(page)
    for _ in range(3):
        if not found:
            break
        page.wait_for_timeout(1500)
        found = faults(page)

    assert found == []
