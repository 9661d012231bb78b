"""Wishes in Spanish and Welsh are understood, and each language is told by its words.

The sentences were judged by hand; each names at least the theme beside it.
"""

from __future__ import annotations

import pytest

from needsmap.errors import NeedsmapError
from needsmap.intake.choices import Choices
from needsmap.intake.matching import Matcher, guess_language
from needsmap.intake.survey import inspect
from needsmap.intake.themes import known_languages, load_theme_list, load_themes

SPANISH = {
    "Más autobuses por la noche": "buses", "Vivienda asequible": "homes",
    "Un parque con columpios para los pequeños": "play", "Un dentista cerca": "health",
    "Calles limpias y sin basura": "streets", "Más policía, me siento insegura": "safety",
    "Ayuda con las facturas de la luz": "money", "Clases de español para adultos": "skills",
    "Banco de alimentos": "food", "Salud mental": "mental_health", "Moho en las paredes": "damp",
    "Empleo para todos": "jobs", "Una guardería pública": "childcare", "Un carril bici": "traffic",
    "Un centro comunitario": "community_space", "Mejores escuelas": "schools",
    "Apoyo a las personas mayores": "care", "La soledad de los ancianos": "loneliness",
    "Conocer a mis vecinos": "belonging", "Más tiendas en el barrio": "shops",
    "Abrir la biblioteca los domingos": "culture", "Árboles y jardines": "green",
    "Algo para los jóvenes": "youth",
}  # fmt: skip
WELSH = {
    "Mwy o fysiau gyda'r nos": "buses", "Tai fforddiadwy i bobl leol": "homes",
    "Lle i bobl ifanc": "youth", "Deintydd sy'n cymryd cleifion": "health",
    "Llwybr beicio": "traffic", "Cadw'r llyfrgell ar agor": "culture", "Banc bwyd": "food",
    "Cymorth iechyd meddwl": "mental_health", "Swyddi da": "jobs", "Gofal plant": "childcare",
    "Gwersi Cymraeg": "skills", "Mannau gwyrdd a choed": "green", "Costau byw": "money",
    "Lleithder yn y tŷ": "damp", "Sbwriel ar y strydoedd": "streets",
    "Neuadd bentref": "community_space",
    "Siopau ar y stryd fawr": "shops", "Teimlo'n ddiogel yn y nos": "safety",
    "Gofal i bobl hŷn": "care", "Unigrwydd": "loneliness", "Maes chwarae newydd": "play",
    "Ysgol Gymraeg": "schools", "Cymdogion da": "belonging",
}  # fmt: skip


@pytest.fixture(scope="module")
def matchers() -> dict[str, Matcher]:
    return {language: Matcher(load_theme_list(language)) for language in known_languages()}


@pytest.mark.parametrize(("language", "wishes"), [("es", SPANISH), ("cy", WELSH)])
def test_wishes_of_every_theme_are_understood(
    matchers: dict[str, Matcher], language: str, wishes: dict[str, str]
) -> None:
    missed = {
        wish: matchers[language].match(wish).themes
        for wish, theme in wishes.items()
        if theme not in matchers[language].match(wish).themes
    }

    assert missed == {}
    assert set(wishes.values()) == {theme.id for theme in load_themes()}
    assert guess_language(wishes, matchers) == language


def test_labels_are_in_the_language_and_the_rest_is_shared() -> None:
    english, welsh = load_themes(), load_themes("cy")

    assert [theme.id for theme in welsh] == [theme.id for theme in english]
    assert not {theme.label for theme in welsh} & {theme.label for theme in english}
    assert [(t.domain, t.services) for t in welsh] == [(t.domain, t.services) for t in english]


def test_the_language_can_be_chosen() -> None:
    text = ("What do you need?\n" + "Bwyd\n" * 4 + "Tai\n" * 4).encode()

    assert inspect(text, "x.csv").language == "cy"
    assert inspect(text, "x.csv", language="es").language == "es"
    assert inspect(text, "x.csv", choices=Choices(language="fi")).language == "fi"
    with pytest.raises(NeedsmapError, match="no theme list"):
        inspect(text, "x.csv", language="xx")
