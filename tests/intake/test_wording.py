"""What headings ask for. Each was judged by hand: would its answer be somebody's wish?"""

from __future__ import annotations

import pytest

from needsmap.intake.wording import may_be_a_wish, role_of_facts, role_of_meaning


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("What are the most important issues facing residents?", "need"),
        ("Which are most important to you to make this a place you are happy to call home?",
         "need"),
        ("What would help to reduce loneliness here?", "need"),
        ("What should the council spend more on?", "need"),
        ("Where should money be invested first?", "need"),
        ("What could you not do without here?", None),
        ("What do you like least about living here?", "need"),
        ("For public safety, which of these would you support reducing funding?", "other"),
        ("Which services should be cut to balance the budget?", "other"),
        ("What would you spend less on?", "other"),
        ("Which of these is the least important to you?", "other"),
        ("In the last 5 years, how has the budget most impacted your household?", "other"),
        ("How have the changes to bus services affected you?", "other"),
        ("What difference did the grant make?", "other"),
        ("What impact has the cost of living had on your family?", "other"),
        ("How much time do you spend on caring?", "other"),
        ("What else could reduce expenses or raise money that you would like us to consider?",
         "other"),
        ("¿Cómo le ha afectado el cierre de la biblioteca?", "other"),
        ("What is good about living here?", "strength"),
        ("Could you help at the hall?", "offer"),
    ],
)  # fmt: skip
def test_a_heading_asks_for_a_wish_or_only_sounds_like_one(heading: str, role: str | None) -> None:
    assert role_of_meaning(heading) == role


@pytest.mark.parametrize(
    ("heading", "may"),
    [
        ("Pick three", True),
        ("Which of these would make a difference on your street?", True),
        ("Your top three for the estate", True),
        ("Which of these services do you use?", False),
        ("Where do you go for advice?", False),
        ("Which of these describes you?", False),
        ("Which of these would you support cutting the budget of?", False),
        ("Data source", False),
    ],
)
def test_a_choice_may_be_a_wish_unless_it_asks_what_people_do(heading: str, may: bool) -> None:
    assert may_be_a_wish(heading) is may


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("What does your area need most?", None),
        ("What would make your street better?", None),
        ("What is good about your neighbourhood?", None),
        ("Which area do you live in?", "location"),
        ("What is your neighbourhood?", "location"),
        ("Your ward", "location"),
    ],
)
def test_a_wish_for_an_area_is_not_where_somebody_lives(heading: str, role: str | None) -> None:
    assert role_of_facts(heading)[0] == role
