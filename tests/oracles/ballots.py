"""Orders and scores of made-up ballots, worked out by pref_voting: what `ballots.json` holds.

pref_voting would put numpy back, so it never stands beside the product. Run it in an
environment of its own, whenever a newer release should be the judge:

    python -m venv oracle && oracle/bin/pip install "pref_voting==1.18.2"
    oracle/bin/python tests/oracles/ballots.py
"""

from __future__ import annotations

import json
import random
from collections import Counter
from importlib.metadata import version
from pathlib import Path

from pref_voting.grade_methods import approval
from pref_voting.grade_profiles import GradeProfile
from pref_voting.profiles import Profile
from pref_voting.profiles_with_ties import ProfileWithTies
from pref_voting.scoring_methods import (
    borda_for_profile_with_ties,
    borda_ranking,
    domination_borda_scores,
    plurality_ranking,
)

FILE = Path(__file__).with_name("ballots.json")
PROFILES = 300


def make_ballots(seed: int) -> tuple[int, dict[tuple[int, ...], int]]:
    """Return how many options there are, and ballot → people; two in three stop early."""
    chance = random.Random(seed)
    options = chance.randint(3, 6)
    # Half of the towns agree somewhat, so that orders are not all near ties.
    liked = [chance.random() ** 2 if seed % 2 else 1.0 for _ in range(options)]
    ballots: Counter[tuple[int, ...]] = Counter()
    for _ in range(chance.randint(3, 40)):
        order = sorted(range(options), key=lambda o: -liked[o] * chance.random())
        ranked = options if seed % 3 == 0 else chance.randint(1, options)
        ballots[tuple(order[:ranked])] += 1
    return options, dict(sorted(ballots.items()))


def judge(options: int, ballots: dict[tuple[int, ...], int]) -> dict[str, object]:
    """Return pref_voting's scores and orders of the options, by number from 0."""
    names = list(range(options))
    ranks = [{option: place for place, option in enumerate(b, 1)} for b in ballots]
    with_ties = ProfileWithTies(ranks, rcounts=list(ballots.values()), candidates=names)
    # What a ballot leaves out stands below all it ranks, level with the rest left out.
    with_ties.use_extended_strict_preference()
    symmetric, below = with_ties.borda_scores(), domination_borda_scores(with_ties)
    grades = [{o: int(o in b) for o in names} for b in ballots]
    graded = GradeProfile(grades, [0, 1], gcounts=list(ballots.values()), candidates=names)
    first = with_ties.plurality_scores()
    found: dict[str, object] = {
        "symmetric_borda": [symmetric[o] for o in names],
        "borda_unranked_0": [below[o] for o in names],
        "borda_winners": sorted(borda_for_profile_with_ties(with_ties)),
        "plurality": [first[o] for o in names],
        "approval": [graded.sum(o) for o in names],
        "approval_winners": sorted(approval(graded)),
    }
    if all(len(b) == options for b in ballots):
        linear = Profile(list(ballots), rcounts=list(ballots.values()))
        scores = linear.borda_scores()
        found["borda"] = [scores[o] for o in names]
        for name, order in (("borda", borda_ranking), ("plurality", plurality_ranking)):
            places = order(linear).rmap
            found[f"{name}_order"] = [places[o] for o in names]
    return found


def main() -> None:
    """Write the file."""
    profiles = []
    for seed in range(PROFILES):
        options, ballots = make_ballots(seed)
        told = [["".join("ABCDEF"[o] for o in b), people] for b, people in ballots.items()]
        profiles.append({"options": options, "ballots": told, **judge(options, ballots)})
    head = {
        "made_by": f"pref_voting {version('pref_voting')}",
        "script": "tests/oracles/ballots.py",
    }
    lines = ",\n".join(json.dumps(p, separators=(",", ":"), default=int) for p in profiles)
    FILE.write_text(json.dumps(head)[:-1] + ', "profiles": [\n' + lines + "\n]}\n", "utf-8")


if __name__ == "__main__":
    main()
