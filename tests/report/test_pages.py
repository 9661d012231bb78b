"""Paper: what is on it, that nothing of it runs, and that it loads nothing."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pandas as pd
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from needsmap.report.export import Export, make_export
from needsmap.report.pages import as_html, as_pdf


class _Page(HTMLParser):
    """Collects the tags and texts of a page."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.texts: list[str] = []
        self.feed(page.decode("utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


_TAGS = {
    "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "div",
    "table", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd",
}  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=30) | st.sampled_from(["</style><script>", "{{7*7}}", "${1}", "<b>"]))
def test_any_text_shows_as_itself_and_makes_no_tag(text: str) -> None:
    table = pd.DataFrame({text: [text]})

    page = _Page(as_html(Export(text, (text,), {text: table}, ((text, text),), (text,))))

    assert {tag for tag, _ in page.tags} <= _TAGS


@pytest.mark.parametrize("text", ["{{7*7}}", "${1}", "<img src=x onerror=alert(1)>", "{% raw %}"])
def test_hostile_texts_are_read_as_they_were_written(text: str) -> None:
    page = _Page(as_html(Export("T", (text,), {"t": pd.DataFrame({text: [text]})}, ())))

    assert page.texts.count(text) == 3


def test_a_page_loads_nothing_and_says_whose_figures_these_are(export: Export) -> None:
    data = as_html(export)
    page = _Page(data)

    assert not any({"src", "href", "srcset"} & set(attributes) for _, attributes in page.tags)
    assert b"url(" not in data and b"@import" not in data
    for text in ("Testham (invented place)", "7F3A-21", "Most people asked for parks."):
        assert text in page.texts
    assert page.texts.count("What matters most · Testham (invented place)") == 2
    assert ("html", {"lang": "en"}) in page.tags
    heads = [attributes for tag, attributes in page.tags if tag == "th"]
    assert heads and all(attributes["scope"] == "col" for attributes in heads)


def test_a_pdf_is_tagged_titled_and_says_its_language(export: Export) -> None:
    data = as_pdf(export)

    assert data.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in data
    assert b"/Lang" in data
    assert b"pdfuaid" in data


@pytest.mark.parametrize(
    "text", ["#panic()", '#read("/etc/passwd")', "*bold", "$x", "= H", "\\", "<a>", "@b", "]"]
)
def test_text_is_never_markup_on_paper(text: str) -> None:
    table = pd.DataFrame({text: [text, json.dumps(text)]})

    data = as_pdf(Export(text, (text,), {text: table}, ((text, text),), (text,)))

    assert data.startswith(b"%PDF-")


def test_an_empty_table_is_said_on_paper_and_page() -> None:
    export = Export("T", (), {"t": pd.DataFrame({"a": []})}, ())

    assert "Nothing to show." in _Page(as_html(export)).texts
    assert as_pdf(export).startswith(b"%PDF-")


def _read_back(data: bytes) -> list[str]:
    """Return the text of each page, blanks made one: lines end where the paper does."""
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    return [re.sub(r"\s+", " ", page.extract_text()) for page in pages]


def test_the_text_of_a_pdf_can_be_read_back(export: Export) -> None:
    data = as_pdf(export)

    [page] = _read_back(data)
    title = "What matters most · Testham (invented place)"
    assert page.startswith(title)
    sentence = page.index("Most people asked for parks.")
    assert sentence < page.index("Wishes") < page.index("Notes") < page.index("Mark: 7F3A-21")
    assert "Parks 65 0.5" in page
    assert "Link: ?place=testham&by=ward" in page
    assert "Source and licence: Indices · 2025 · OGL v3" in page
    assert pypdf.PdfReader(io.BytesIO(data)).metadata.title == title


def test_every_printed_page_says_the_place_the_mark_and_its_number(export: Export) -> None:
    rows = pd.DataFrame({"Area": [f"Area {number}" for number in range(150)], "People": 20})

    pages = _read_back(as_pdf(replace(export, tables={"areas": rows})))

    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        assert "Testham (invented place) · mark 7F3A-21" in page
        assert f"Page {number} of {len(pages)}" in page
    # The heading comes again on each page the table covers.
    assert sum("Area People" in page for page in pages) >= len(pages) - 1
    assert all(f"Area {number} 20" in " ".join(pages) for number in range(150))


def test_a_wide_table_goes_on_below_with_its_first_column_and_loses_nothing() -> None:
    wide = pd.DataFrame({"Area": ["North"]} | {f"c{n}": [1000 + n] for n in range(18)})

    text = " ".join(_read_back(as_pdf(Export("T", (), {"by area": wide}, ()))))

    for part in (1, 2, 3):
        assert f"By area ({part} of 3)" in text
    assert text.count("North") == 3
    for number in range(18):
        assert text.count(f"1,0{number:02}") == 1


def test_a_column_without_any_text_is_not_printed() -> None:
    table = pd.DataFrame({"Area": ["North"], "Note": [""], "People": [15_250.0]})

    page = _Page(as_html(Export("T", (), {"t": table}, ())))

    assert "Note" not in page.texts
    assert "15,250" in page.texts


@pytest.mark.parametrize(
    ("title", "shown"),
    [("Testham", "Testham (invented place)"), ("Fair (invented place)", "Fair (invented place)")],
)
def test_an_invented_place_is_called_so_once(brief: object, title: str, shown: str) -> None:
    provenance = replace(brief.provenance, place_title=title)

    made = make_export(replace(brief, provenance=provenance), "Who we heard")

    assert made.title == f"Who we heard · {shown}"
    assert dict(made.notes)["Place"] == shown
