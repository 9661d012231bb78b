"""Stewards in a real browser: sign in, let a line out; nobody else sees any of it."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request

import pytest

from needsmap.passphrase import hashed
from tests.browser.conftest import PROJECT
from tests.browser.test_accessibility import faults

pytestmark = pytest.mark.browser

SURVEY = PROJECT / "data/places/kindleford/surveys/kindleford_spring_2026.csv"
PASSPHRASE = "kestrel over the harbour"
PRIVATE = "bus stopped running"
SIZES = {"wide": (1280, 720), "phone": (390, 844)}


@pytest.fixture(scope="module")
def kept_address(start_app, tmp_path_factory):
    """Return the address of the app with a survey and a steward's passphrase."""
    home = tmp_path_factory.mktemp("kept")
    subprocess.run(
        [sys.executable, "-m", "needsmap", "survey", "import", str(SURVEY), "--place",
         "kindleford", "--title", "Spring", "--asked", "2026-03-02"],
        cwd=PROJECT, env={**os.environ, "NEEDSMAP_HOME": str(home)}, check=True,
        capture_output=True,
    )  # fmt: skip
    return start_app(
        PROJECT / "dashboard.py", NEEDSMAP_HOME=str(home), NEEDSMAP_STEWARD=hashed(PASSPHRASE)
    )


def settled(page):
    page.wait_for_selector("h1", timeout=60_000)
    page.wait_for_selector('.stApp[data-test-script-state="notRunning"]', timeout=60_000)
    page.wait_for_timeout(800)
    return page


def sign_in(page, address):
    page.goto(address + "steward/in?theme=buses")
    page.fill("#passphrase", PASSPHRASE)
    page.press("#passphrase", "Enter")
    page.wait_for_url("**/manage?theme=buses")
    page.wait_for_selector('[role="tab"]', timeout=60_000)
    return settled(page)


def test_a_steward_signs_in_by_keyboard_and_lets_a_line_out(kept_address, visit):
    watched = visit(kept_address + "manage")
    page = settled(watched.page)
    assert PRIVATE not in page.content()
    page.get_by_role("link", name="Sign in").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#passphrase")
    page.keyboard.type("not the passphrase")
    page.keyboard.press("Enter")
    assert "not the passphrase" in page.inner_text("[role=alert]")
    page.keyboard.type(PASSPHRASE)
    page.keyboard.press("Enter")
    page.wait_for_selector('[role="tab"]', timeout=60_000)
    settled(page)

    [cookie] = [c for c in page.context.cookies() if c["name"] == "needsmap_steward"]
    assert cookie["httpOnly"] and cookie["sameSite"] == "Strict"
    page.get_by_label("Find texts with these words").fill("bus six home")
    page.keyboard.press("Enter")
    lines = '[class*="st-key-line-"]'
    # Until only lines with the words are there, others come and go under the mouse.
    page.locator(lines).filter(has_not_text=PRIVATE).first.wait_for(state="detached")
    found = settled(page).locator(lines, has_text=PRIVATE).first
    found.get_by_role("button", name="Let all read these words").click()
    page.get_by_role("button", name="Take back").first.wait_for()

    others = settled(visit(kept_address + "quotes").page)
    assert PRIVATE in others.inner_text(".nm-quotes")
    stranger = settled(visit(kept_address + "manage").page)
    assert PRIVATE not in stranger.content()
    assert stranger.get_by_role("tab").count() == 0

    page.get_by_role("tab", name="Sign out").click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("link", name="Sign in").wait_for()
    assert settled(page).get_by_role("tab").count() == 0
    page.reload()
    assert settled(page).get_by_role("tab").count() == 0
    assert not watched.refused and not watched.dialogs


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", list(SIZES))
def test_the_pages_of_stewards_break_no_rule(chromium, kept_address, size, scheme):
    width, height = SIZES[size]
    context = chromium.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, bypass_csp=True
    )
    context.set_default_timeout(90_000)
    page = context.new_page()
    page.goto(kept_address + "steward/in")
    assert faults(page) == []
    sign_in(page, kept_address)
    for tab in ("Quotes", "Grants", "Wording"):
        page.get_by_role("tab", name=tab).click()
        page.wait_for_timeout(800)
        assert faults(page) == [], tab
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(kept_address + "quotes")
    assert faults(settled(page)) == []
    context.close()


def post(address: str, **given: str) -> tuple[int, dict[str, str]]:
    """Return status and headers of a form sent to the sign-in; redirects are not followed."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: object) -> None:
            return None

    headers = {"Origin": given.pop("origin")} if "origin" in given else {}
    body = urllib.parse.urlencode(given).encode()
    request = urllib.request.Request(address + "steward/in", body, headers)
    try:
        with urllib.request.build_opener(Stay).open(request, timeout=30) as answer:
            return answer.status, dict(answer.headers)
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, dict(refused.headers)


def test_a_form_of_another_site_is_refused_and_leads_nowhere_else(kept_address):
    status, _ = post(kept_address, passphrase=PASSPHRASE, origin="https://elsewhere.example")
    assert status == 403

    status, headers = post(
        kept_address, passphrase=PASSPHRASE, back="place=//evil.example&theme=%0d%0aSet-Cookie:x"
    )
    assert status == 303
    assert headers["location"].startswith("/manage")
    assert "evil.example/" not in headers["location"]
    assert "no-store" in headers["cache-control"]


def test_without_a_passphrase_nobody_can_sign_in(app_address):
    status, headers = post(app_address, passphrase="")

    assert status == 404
    assert "set-cookie" not in headers


def test_after_five_wrong_ones_even_the_right_passphrase_waits(start_app):
    address = start_app(PROJECT / "dashboard.py", NEEDSMAP_STEWARD=hashed(PASSPHRASE, power=14))

    assert [post(address, passphrase="wrong")[0] for _ in range(5)] == [403] * 5
    assert post(address, passphrase=PASSPHRASE)[0] == 429
