"""What the app serves: only named files, kept well, guarded."""

from __future__ import annotations

import gzip
import json
import urllib.error
import urllib.request

import pytest

from needsmap.draw import assets

pytestmark = pytest.mark.browser


def ask(address: str, **headers: str):
    """Return (status, headers, body) of an address."""
    request = urllib.request.Request(
        address, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.headers, refused.read()


def test_every_listed_asset_is_served_compressed_and_may_be_kept_for_ever(harness_address):
    for name in assets.names():
        status, headers, body = ask(
            harness_address + assets.address(name).removeprefix("/"), Accept_Encoding="gzip"
        )

        assert status == 200
        assert "immutable" in headers["Cache-Control"]
        assert gzip.decompress(body) == assets.find(name).plain


def test_an_asset_the_browser_has_is_not_sent_again(harness_address):
    _, headers, _ = ask(harness_address + "assets/map.js")

    status, _, body = ask(harness_address + "assets/map.js", If_None_Match=headers["ETag"])

    assert (status, body) == (304, b"")


@pytest.mark.parametrize(
    "path",
    ["assets/nothing.js", "assets/..%2f..%2fsettings.py", "assets/apps.py", "outlines/x.json",
     "outlines/..%2f..%2fetc%2fpasswd"],
)  # fmt: skip
def test_nothing_else_is_served_there(harness_address, path):
    status, _, _ = ask(harness_address + path)

    assert status in {400, 404}


def test_health_says_that_the_app_runs(harness_address):
    status, _, body = ask(harness_address + "health")

    assert status == 200
    assert json.loads(body)["status"] == "ok"


@pytest.mark.parametrize("path", ["", "health", "assets/map.js", "_stcore/health"])
def test_every_answer_carries_the_guards(harness_address, path):
    _, headers, _ = ask(harness_address + path)

    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy and "object-src 'none'" in policy
    assert "unsafe-eval" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
