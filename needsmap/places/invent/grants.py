"""Invented grants under 360Giving headings, coded as unevenly as real ones."""

from __future__ import annotations

from needsmap.places.invent.dice import Dice

HEADINGS = (
    "Identifier", "Title", "Description", "Currency", "Amount Awarded", "Award Date",
    "Planned Dates:Start Date", "Planned Dates:Duration (months)", "Recipient Org:Identifier",
    "Recipient Org:Name", "Recipient Org:Postal Code", "Beneficiary Location:Name",
    "Beneficiary Location:Country Code", "Beneficiary Location:Geographic Code",
    "Beneficiary Location:Geographic Code Type", "Funding Org:Identifier", "Funding Org:Name",
    "Grant Programme:Title", "Data Source",
)  # fmt: skip

FUNDERS = (
    ("KFBC", "Kindleford Borough Council (invented)", "Ward Chest"),
    ("KINDLETRUST", "The Kindle Trust (invented)", "Better Together"),
    ("HARBOURFUND", "Harbour Community Fund (invented)", "Small Sparks"),
    ("SKERRYLOT", "Skerry Good Causes (invented)", "Places and Spaces"),
)
_WORK = (
    ("Youth nights", "Weekly open evenings for young people aged 11 to 18 with youth workers."),
    ("New play area", "Swings, a sand pit and seats so that families can meet and play."),
    ("Men's shed", "A workshop where people on their own find company and repair things."),
    ("Warm hub", "A warm room with soup and company two days a week through the winter."),
    ("Community fridge", "Food that would be wasted, shared with anybody who wants it."),
    ("Seaside tree planting", "Trees and benches along the green, planted by neighbours."),
    ("Hall roof", "Mending the roof of the hall so that groups can meet there again."),
    ("Village minibus", "A volunteer-driven bus to the shops, the surgery and the station."),
    ("Money advice sessions", "Debt and benefits advice at the food bank, by appointment."),
    ("Back to work club", "Help with applications, interviews and computer skills."),
    ("English together", "Free English lessons with childcare for people new to the town."),
    ("Minds matter", "Walks and talks for people with low mood, led by trained volunteers."),
    ("Summer carnival", "Music, art and a procession made by residents of all ages."),
    ("Safer streets", "Lighting and evening patrols asked for by residents."),
    ("Damp and draughts", "Home visits to find and mend damp, and small repairs for tenants."),
    ("After-school club", "Care and homework help until six o'clock for working parents."),
    ("Carers' café", "A monthly morning for people who look after somebody."),
    ("Football for all", "Coaching for girls and boys, boots lent free."),
)
_CLUBS = ("Friends of {}", "{} Residents' Association", "{} Community Trust", "{} Together",
          "{} Action Group")  # fmt: skip


def make_grants(
    area_codes: list[str],
    ward_of: dict[str, tuple[str, str]],
    postcode_of: dict[str, str],
    authority: tuple[str, str],
    seed: int,
    how_many: int = 80,
) -> list[tuple[str, ...]]:
    """Return grants as texts, one row a grant, columns `HEADINGS`.

    About a quarter each carry an LSOA or a ward code; three in ten only the authority's;
    the rest only the postcode of whoever received them. `ward_of`: area code → (ward code,
    ward name); `authority`: (code, name).
    """
    dice = Dice(seed, "grants")
    rows: list[tuple[str, ...]] = []
    for number in range(1, how_many + 1):
        key, funder, programme = dice.pick(FUNDERS, (4, 2, 2, 1))
        title, description = dice.pick(_WORK)
        area = dice.pick(area_codes)
        ward_code, ward_name = ward_of[area]
        short = ward_name.split(" / ")[0].split(" and ")[0]
        club = dice.pick(_CLUBS).format(short)
        how = dice.pick(("area", "ward", "authority", "postcode"), (22, 25, 30, 23))
        name, code, kind = {
            "area": (ward_name, area, "LSOA"),
            "ward": (ward_name, ward_code, "WD"),
            "authority": (authority[1], authority[0], "MD"),
            "postcode": ("", "", ""),
        }[how]
        amount = dice.pick((500, 1000, 2000, 3500, 5000, 9950, 15000, 40000, 120000),
                           (6, 9, 12, 10, 12, 10, 8, 4, 1))  # fmt: skip
        awarded = f"{dice.whole(2021, 2025)}-{dice.whole(1, 12):02d}-{dice.whole(1, 28):02d}"
        if number % 9 == 0:
            awarded = f"2026-{dice.whole(1, 3):02d}-{dice.whole(1, 28):02d}"
        postcode = postcode_of[area] if how == "postcode" or dice.happens(0.6) else ""
        club_id = "".join(letter for letter in club.lower() if letter.isalnum())
        rows.append((
            f"360G-invented-{key}-{number:03d}", f"{title}, {short}", description, "GBP",
            str(amount), awarded, awarded, str(dice.pick((6, 12, 12, 24, 36))),
            f"XX-INVENTED-{club_id}", club, postcode, name, "GB" if name else "", code, kind,
            f"XX-INVENTED-{key}", funder, programme, "https://example.org/invented-grants",
        ))  # fmt: skip
    return rows
