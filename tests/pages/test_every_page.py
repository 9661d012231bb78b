"""Every page, full and empty, through the front door."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from needsmap.ui import menu

PAGES = {
    "map": "What do people ask for, and where?",
    "area": "What would people change here, and what is good?",
    "compare": "How do these two differ?",
    "change": "What has changed since last time?",
    "services": "What is asked for, and far away?",
    "add-a-survey": "Bring in what people told you",
    "priorities": "What matters most, and how sure are we?",
    "who-we-heard": "Who is missing from this picture?",
    "strengths": "What is good here, and who can help?",
    "quotes": "What do people say in their own words?",
    "money": "Does money go where people ask?",
    "manage": "Looking after this place",
    "meeting": "What shall we show tonight?",
    "method": "How do we know?",
    "sources": "Where is it from?",
}
Visit = Callable[..., AppTest]
MARK = re.compile(r"Picture [0-9A-F]{4}-[0-9A-F]{2}")


def words(app: AppTest) -> str:
    """Return everything said on the page as one text, Markdown's escapes taken out."""
    parts = [*app.title, *app.subheader, *app.markdown, *app.caption, *app.info, *app.error]
    return "\n".join([part.value for part in parts] + passages(app)).replace("\\", "")


def passages(app: AppTest) -> list[str]:
    """Return the texts of what is written as markup, top down."""
    bodies = (one.proto.body for one in app.main.get("html"))
    return [html.unescape(re.sub(r"<[^>]+>", " ", body)) for body in bodies]


def order(app: AppTest) -> list[str]:
    """Return the kinds of elements of the page from the top down."""
    found: list[str] = []

    def walk(block: object) -> None:
        for child in getattr(block, "children", {}).values():
            found.append(child.type)
            walk(child)

    walk(app.main)
    return found


@pytest.mark.parametrize("address", list(PAGES))
def test_a_page_with_answers_asks_its_question_and_bears_its_mark(
    address: str, visit: Visit, with_answers: None
) -> None:
    app = visit(address)

    assert not app.exception
    assert not app.error
    assert app.title[0].value.replace("\\", "") == PAGES[address]
    assert MARK.search(words(app))
    assert "Invented place" in words(app)


@pytest.mark.parametrize("address", list(PAGES))
def test_a_page_without_answers_says_so_and_does_not_fail(address: str, visit: Visit) -> None:
    app = visit(address)

    assert not app.exception
    assert not app.error
    assert app.title[0].value.replace("\\", "") == PAGES[address]
    assert MARK.search(words(app))


@pytest.mark.parametrize(
    "address", ["map", "who-we-heard", "change", "services", "strengths", "money"]
)
def test_the_finding_stands_in_words_before_the_map(
    address: str, visit: Visit, with_answers: None
) -> None:
    app = visit(address)
    kinds = order(app)

    picture = next(n for n, kind in enumerate(kinds) if "component" in kind or kind == "iframe")
    if "markdown" not in kinds[:picture]:
        assert "html" in kinds[:picture]
        assert re.search(r"asked for .*\(\d+%", passages(app)[0])
    assert kinds.index("title") < picture


@pytest.mark.parametrize("address", list(PAGES))
def test_a_bad_link_falls_back_and_says_so_once(
    address: str, visit: Visit, with_answers: None
) -> None:
    app = visit(
        address,
        place="nowhere",
        by="<img src=x onerror=alert(1)>",
        theme="{{7*7}}",
        area="../../etc/passwd",
        view="1e400_x_99",
    )

    assert not app.exception
    assert not app.error
    assert len(app.info) == 1
    assert "49" not in app.info[0].value


def test_a_link_to_a_folder_opens_no_pack_that_is_not_on_the_list(
    visit: Visit, project: Path
) -> None:
    app = visit("map", place=str(project / "data" / "places" / "testham"))

    assert not app.exception
    assert "Kindleford" in str([box.value for box in app.selectbox]) + words(app) or (
        "kindleford" in str([box.value for box in app.selectbox])
    )


def test_a_choice_is_written_into_the_link(visit: Visit, with_answers: None) -> None:
    app = visit("map")

    app.selectbox(key="choice-level").select("lsoa").run()

    assert app.query_params["by"] == "lsoa"
    assert not app.exception


def test_the_same_link_gives_the_same_mark_and_another_choice_another(
    visit: Visit, with_answers: None
) -> None:
    first = MARK.search(words(visit("map", theme="youth")))
    again = MARK.search(words(visit("map", theme="youth")))
    other = MARK.search(words(visit("map", theme="buses")))

    assert first and again and other
    assert first.group() == again.group() != other.group()


def test_every_page_of_the_menu_is_tried_here() -> None:
    assert {entry.address for entry in menu.existing()} == set(PAGES)


@pytest.mark.parametrize("address", list(PAGES))
def test_nobody_has_answered_is_said_at_most_once(address: str, visit: Visit) -> None:
    assert words(visit(address)).count("Nobody has answered yet") <= 1


def test_before_anybody_answered_the_map_shows_the_index_and_services(visit: Visit) -> None:
    app = visit("map")

    assert app.selectbox(key="choice-show").value[0] == "index"
    assert app.multiselect(key="choice-services").value
    assert "The index" in " ".join(app.dataframe(key="map-table").value.columns) or (
        app.dataframe(key="map-table").value["In words"].str.contains("deprived").any()
    )


def test_services_turned_off_before_anybody_answered_stay_off(visit: Visit) -> None:
    app = visit("map")

    app.multiselect(key="choice-services").set_value([]).run()

    assert app.multiselect(key="choice-services").value == []
    assert app.selectbox(key="choice-show").value[0] == "index"


def test_the_lead_is_about_the_wish_on_the_map(visit: Visit, with_answers: None) -> None:
    app = visit("map", theme="jobs")

    assert "asked for jobs" in passages(app)[0]


def test_two_areas_stand_side_by_side_and_only_clear_differences_lead(
    visit: Visit, with_answers: None
) -> None:
    # Kindleford's generator makes young people's places the wish of Corrow-on-the-Hill.
    app = visit("compare", by="ward", area="K05000006", other="K05000017")

    assert not app.exception and not app.error
    assert {"Dunmoor", "Corrow-on-the-Hill"} <= {
        title.value.replace("\\", "") for title in app.subheader
    }
    assert "More people ask for" in words(app)


def test_an_area_opens_its_card_with_what_people_asked_for(
    visit: Visit, with_answers: None
) -> None:
    app = visit("map")
    map_table = app.dataframe(key="map-table").value
    area = map_table.iloc[0]["Area"]

    app.text_input(key="find").set_value(area).run()

    assert not app.exception
    assert any(said.strip().startswith(area) for said in passages(app))
