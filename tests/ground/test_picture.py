"""The Picture: the link and back again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from needsmap.picture import LAYERS, Picture, Viewpoint, from_query

name = st.from_regex(r"[a-z][a-z0-9_ -]{0,20}[a-z0-9]", fullmatch=True)
pictures = st.builds(
    Picture,
    place=name,
    surveys=st.lists(name, unique=True, max_size=3).map(tuple),
    level=name,
    show=st.sampled_from(LAYERS),
    theme=name,
    indicator=name,
    groups=st.lists(st.tuples(name, name), unique=True, max_size=2).map(tuple),
    services=st.lists(name, unique=True, max_size=4).map(tuple),
    area=name,
    offer=name,
    steadied=st.booleans(),
    against=st.lists(name, unique=True, max_size=2).map(tuple),
    steps=st.lists(name, unique=True, max_size=6).map(tuple),
    years=st.one_of(
        st.just(()),
        st.lists(st.integers(1000, 9999), min_size=2, max_size=2).map(sorted).map(tuple),
    ),
    view=st.one_of(
        st.none(),
        st.builds(
            Viewpoint,
            st.integers(-9000000, 9000000).map(lambda n: n / 100000),
            st.integers(-18000000, 18000000).map(lambda n: n / 100000),
            st.integers(0, 80).map(lambda quarters: quarters / 4),
        ),
    ),
)


@given(pictures)
def test_a_link_restores_exactly_the_picture(picture: Picture) -> None:
    assert from_query(picture.query()) == picture


@given(st.dictionaries(st.text(max_size=12), st.text(max_size=200), max_size=12))
def test_any_link_from_a_stranger_gives_a_picture_and_never_an_error(
    parameters: dict[str, str],
) -> None:
    picture = from_query(parameters)

    assert from_query(picture.query()) == picture


@given(st.text())
def test_nothing_that_could_run_survives_in_a_link(text: str) -> None:
    picture = from_query({"area": text, "theme": text, "people": f"{text}:{text}"})

    assert not set('{}<>$`"\\') & set(picture.link() + picture.area + picture.theme)


def test_the_usual_picture_has_an_empty_link() -> None:
    assert Picture().link() == ""


def test_steadied_is_asked_for_by_1_and_leaves_other_marks_as_they_were() -> None:
    assert from_query({"steadied": "1"}).steadied
    assert not from_query({"steadied": "yes please"}).steadied
    usual = Picture().mark(release="1 a", pack_version="b")
    assert Picture(steadied=True).mark(release="1 a", pack_version="b") != usual
    # Printed by the release before the field existed.
    assert usual == "DDBE-B9"


def test_years_read_in_any_order_and_leave_other_marks_as_they_were() -> None:
    assert from_query({"years": "2024_2021"}).years == (2021, 2024)
    assert from_query({"years": "2024"}).years == (2024, 2024)
    assert from_query({"years": "0099_x"}).years == ()
    usual = Picture().mark(release="1 a", pack_version="b")
    assert Picture(years=(2021, 2024)).mark(release="1 a", pack_version="b") != usual


def test_a_link_keeps_at_most_two_groups() -> None:
    picture = from_query({"people": "age:16-24~gender:woman~tenure:rent"})

    assert picture.groups == (("age", "16-24"), ("gender", "woman"))


def test_an_unknown_layer_falls_back_to_what_people_said() -> None:
    assert from_query({"show": "league table"}).show == "voice"


def test_a_viewpoint_outside_the_world_falls_away() -> None:
    assert from_query({"view": "91_0_5"}).view is None
    assert from_query({"view": "north_0_5"}).view is None
    assert from_query({"view": "nan_0_5"}).view is None


def test_a_zoom_past_the_ends_is_clamped() -> None:
    assert from_query({"view": "50_0_99"}).view == Viewpoint(50.0, 0.0, 20)


class TestTheMark:
    picture = Picture(place="testham", theme="buses")

    def test_is_the_same_for_the_same_picture_release_and_pack(self) -> None:
        again = Picture(place="testham", theme="buses")

        assert self.mark() == again.mark(release="r1", pack_version="p1")

    def test_does_not_depend_on_where_the_map_looks(self) -> None:
        moved = self.picture.but(view=Viewpoint(50, 0, 9))

        assert moved.mark(release="r1", pack_version="p1") == self.mark()

    def test_changes_with_the_question_the_release_and_the_pack(self) -> None:
        others = {
            self.picture.but(theme="play").mark(release="r1", pack_version="p1"),
            self.picture.mark(release="r2", pack_version="p1"),
            self.picture.mark(release="r1", pack_version="p2"),
        }

        assert len(others | {self.mark()}) == 4

    def test_is_short_enough_to_read_out_in_a_hall(self) -> None:
        mark = self.mark()

        assert len(mark) == 7 and mark[4] == "-"

    def mark(self) -> str:
        return self.picture.mark(release="r1", pack_version="p1")
