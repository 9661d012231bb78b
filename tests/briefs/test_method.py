"""The worked examples people read are the ones the code must meet (data/method)."""

import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from needsmap.analysis import access, clusters, comparison, deprivation, disclosure, money
from needsmap.analysis.coverage import areas_heard
from needsmap.analysis.shares import wilson
from needsmap.analysis.voice import compile_voice
from needsmap.briefs.method import METHOD_FOLDER, load_methods
from tests.analysis.test_voice import LEVELS, MEMBERSHIP, survey
from tests.briefs.worked_priorities import PRIORITIES, order

FILES = sorted(METHOD_FOLDER.glob("*.toml"))
CASES = [
    pytest.param(path.stem, example, id=f"{path.stem} {number}")
    for path in FILES
    for number, example in enumerate(tomllib.loads(path.read_text("utf-8"))["example"], 1)
]
SAID = {2: "more", 1: "about the same", 0: "less", -1: "not clear yet", -2: "too few"}


def rounding(people: list[int]) -> dict[str, Any]:
    return {"shown": [disclosure.publish_count(n).words for n in people]}


def share(named: int, answered: int) -> dict[str, Any]:
    table = disclosure.publish_shares([named], answered)
    return {"share": disclosure.one_share(table, 0).words}


def how_sure(named: int, answered: int) -> dict[str, Any]:
    low, high = wilson(named, answered)
    return {"low": round(float(low), 4), "high": round(float(high), 4)}


def fair_share(answers: list[int], people: list[int]) -> dict[str, Any]:
    wards = [("ward", "W1")] * answers[0] + [("ward", "W2")] * answers[1]
    given = survey([["bus"]] * len(wards), wards, [None] * len(wards))
    voice = compile_voice([given], MEMBERSHIP, LEVELS)
    lived = pd.Series(people, index=["W1", "W2"], dtype=float)
    table, _ = areas_heard(voice, ["s1"], "ward", lived)
    return {"index": table["index"].tolist(), "more": table["more"].tolist()}


def index_score(area: str, ranks: list[int], of: int) -> dict[str, Any]:
    table = pd.DataFrame([ranks], columns=list(deprivation.WEIGHTS))
    return {"score": round(float(deprivation.overall_score(table, of=of)[0]), 3)}


def tenths(rank: list[int], of: int) -> dict[str, Any]:
    return {"tenth": deprivation.tenth(rank, of=of).tolist()}


def said_and_measured(named: list[int], answered: list[int], place_share: float) -> dict[str, Any]:
    shares = disclosure.publish_shares(named, answered, confidence=comparison.CONFIDENCE)
    return {"said": [SAID[int(c)] for c in comparison.voice_class(shares, place_share)]}


def walking(metres: list[int]) -> dict[str, Any]:
    return {"minutes": access.walking_minutes(metres).round(4).tolist()}


def within_reach(people: list[int], places: list[int], **how: Any) -> dict[str, Any]:
    weights = how["weights"] if "weights" in how else access.step_weights(how["minutes"])
    found = access.two_step(people=people, supply=places, weights=weights)
    return {"within_reach": found.round(6 if "weights" in how else 5).tolist()}


def money_by_wish(amounts: list[float], wishes: list[str]) -> dict[str, Any]:
    found = money.share_out(amounts, [w.split() for w in wishes])
    return found.rename({"": "not_known"}).to_dict()


def money_by_area(amount: float, people: list[int]) -> dict[str, Any]:
    given = amount * money.split_by_people(people)
    return {"money": given.tolist(), "a_head": money.per_head(given, people).tolist()}


def money_and_wishes(wishes: list[int], **other: list[int]) -> dict[str, Any]:
    return {"apart": round(money.apart(wishes, other["money"]), 3)}


def clustered(chances: list[float]) -> dict[str, Any]:
    largest = clusters.false_discoveries(chances)
    return {"kept": sum(c <= largest for c in chances), "largest": largest}


WORKED = {
    "01_rounding": rounding,
    "02_share": share,
    "03_how_sure": how_sure,
    "04_order": order,
    "05_fair_share": fair_share,
    "06_index_score": index_score,
    "07_tenths": tenths,
    "08_said_and_measured": said_and_measured,
    **PRIORITIES,
    "31_walking": walking,
    "32_within_reach": within_reach,
    "33_money_by_wish": money_by_wish,
    "34_money_by_area": money_by_area,
    "35_money_and_wishes": money_and_wishes,
    "36_clusters": clustered,
}


@pytest.mark.parametrize(("method", "example"), CASES)
def test_worked_examples_come_out(method: str, example: dict[str, Any]) -> None:
    assert WORKED[method](**example["given"]) == example["result"]


def test_every_method_has_an_example_a_source_and_a_date() -> None:
    methods = load_methods()

    assert [path.stem for path in FILES] == list(WORKED)
    assert all(m.examples and m.source and m.date and m.words and m.formula for m in methods)


def test_every_method_is_described_for_people(project: Path) -> None:
    text = (project / "docs" / "method.md").read_text("utf-8")

    assert [m.title for m in load_methods() if m.title not in text] == []
    assert np.all([rule in text for rule in disclosure.policy_sentences()])
