"""A meeting's steps say what the other briefs say, in few words."""

from __future__ import annotations

import pytest

from needsmap.briefs.meeting import MOST_NUMBERS, make_meeting
from needsmap.briefs.overview import make_overview
from needsmap.picture import Picture


@pytest.fixture(scope="module")
def spring(kindleford, make_voice):
    """Return a place, answers of known shape, and no release."""
    return kindleford, make_voice(1500), None


@pytest.fixture(scope="module")
def meeting(spring):
    return make_meeting(Picture(), *spring)


def test_a_meeting_of_ten_minutes_has_few_pictures_with_few_numbers(meeting):
    assert 5 <= len(meeting.steps) <= 10
    for step in meeting.steps:
        assert len(step.numbers) <= MOST_NUMBERS
        assert step.said and len(step.said) < 140, step.said
        assert len(step.question) < 80, step.question


def test_it_starts_with_who_was_heard_and_what_is_good(meeting):
    assert [step.id for step in meeting.steps][:2] == ["heard", "good"]


def test_a_wish_shows_the_figure_and_the_map_of_the_map_page(meeting, spring):
    step = next(step for step in meeting.steps if step.id.startswith("wish."))
    theme = step.id.removeprefix("wish.")
    page = make_overview(Picture(theme=theme), *spring)

    assert step.numbers[0][0] == next(w.share.words for w in page.wishes if w.theme == theme)
    assert step.layer.classes == page.layer.classes
    assert {step.layer.classes[code] for code in step.closer} == {
        max(key for key in step.layer.classes.values() if key.isdigit())
    }


def test_the_link_says_which_steps_and_in_which_order(meeting, spring):
    wanted = tuple(step.id for step in reversed(meeting.steps))[:3]

    chosen = make_meeting(Picture(steps=wanted), *spring)

    assert tuple(step.id for step in chosen.steps) == wanted
    assert "steps=" in chosen.picture.link()


def test_a_step_nobody_knows_is_left_out_and_said_so(spring):
    found = make_meeting(Picture(steps=("heard", "wish.unicorns", "<b>")), *spring)

    assert [step.id for step in found.steps] == ["heard"]
    assert len(found.notices) == 1


def test_without_answers_there_is_nothing_to_show(kindleford, make_voice):
    found = make_meeting(Picture(), kindleford, make_voice(0), None)

    assert found.steps == () and found.empty
