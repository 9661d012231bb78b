"""What was changed by hand goes to JSON and back, and nonsense is refused in words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from needsmap.errors import NeedsmapError
from needsmap.intake.choices import KINDS, ROLES, Choices

positions = st.integers(1, 500)
# NUL and half characters are taken out when JSON comes in: no store can keep them.
texts = st.characters(exclude_characters="\x00", exclude_categories=("Cs",))
choices = st.builds(
    Choices,
    encoding=st.none() | st.sampled_from(["utf-8", "cp1252"]),
    delimiter=st.none() | st.sampled_from([",", ";", "\t"]),
    sheet=st.none() | st.text(texts, min_size=1),
    header_row=st.none() | positions,
    title=st.text(texts),
    asked=st.none() | st.dates(),
    roles=st.dictionaries(positions, st.sampled_from(ROLES)),
    kinds=st.dictionaries(positions, st.sampled_from(KINDS)),
    separators=st.dictionaries(positions, st.text(texts, max_size=2)),
    options=st.dictionaries(positions, st.lists(st.text(texts)).map(tuple)),
    groups=st.dictionaries(positions, st.text(texts, min_size=1)),
    themes=st.dictionaries(st.text(texts), st.lists(st.text(texts, min_size=1)).map(tuple)),
    keep_personal=st.dictionaries(positions, st.text(texts)),
    drop=st.frozensets(positions),
)


@given(choices)
def test_choices_survive_json(chosen):
    assert Choices.from_json(chosen.to_json()) == chosen


def test_only_what_was_changed_is_written():
    assert Choices(asked=date(2025, 3, 31)).to_json() == '{\n  "asked": "2025-03-31"\n}'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("nonsense", "not JSON"),
        ("[]", "not a JSON object"),
        ('{"colour": 1}', "'colour'"),
        ('{"roles": {"1": "boss"}}', "'boss'"),
        ('{"roles": {"0": "need"}}', "'roles'"),
        ('{"asked": "yesterday"}', "'yesterday' is not a date"),
        ('{"options": {"1": "x"}}', "'options'"),
        ('{"drop": [1.5]}', "'drop'"),
        ('{"delimiter": ""}', "'delimiter'"),
    ],
)
def test_nonsense_is_refused_with_its_place(text, says):
    with pytest.raises(NeedsmapError) as refused:
        Choices.from_json(text)

    assert says in refused.value.what
    assert refused.value.fix


def test_characters_no_store_can_keep_are_taken_out():
    odd = r'{"title": "a\u0000b\ud800", "themes": {"x\u0000": ["green\u0000"]}}'

    chosen = Choices.from_json(odd)

    assert (chosen.title, dict(chosen.themes)) == ("ab?", {"x": ("green",)})
