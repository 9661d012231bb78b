"""From a file as read to questions understood: tool, blanks, codes, columns together."""

from __future__ import annotations

from dataclasses import dataclass, replace

from needsmap.errors import Problem
from needsmap.intake import tools
from needsmap.intake.ages import in_bands, no_band_told
from needsmap.intake.amounts import sums_told
from needsmap.intake.choices import Choices
from needsmap.intake.code_lists import is_list_of_codes, list_of_codes_told
from needsmap.intake.codes import apply_codes
from needsmap.intake.columns import guess_questions
from needsmap.intake.missing import blanked, find_missing, told
from needsmap.intake.ordered_cells import put_in_order
from needsmap.intake.own_forms import as_asked, laid_under, regrouped
from needsmap.intake.raw_table import RawTable
from needsmap.intake.recall import laid_over
from needsmap.intake.together import join_columns
from needsmap.intake.tools.evidence import ColumnGroup, Evidence
from needsmap.tables import Question


@dataclass(frozen=True)
class Understood:
    """How a table is understood.

    evidence
        Which tool wrote it.
    answers
        The table with marks for "not answered" blank and codes in words. Keys of rows and
        what is handed back to be mended come from the file as read, not from this.
    groups, questions
        Columns that belong together, and the question each group holds.
    problems
        What to tell: marks read as blank, amounts that do not add up.
    """

    evidence: Evidence
    answers: RawTable
    groups: tuple[ColumnGroup, ...]
    questions: tuple[Question, ...]
    problems: tuple[Problem, ...]


def understand(raw: RawTable, choices: Choices) -> Understood:
    """Understand a table as read; what was chosen by hand stands above every guess."""
    missing = {**find_missing(raw), **choices.missing}
    missing = {position: texts for position, texts in missing.items() if texts}
    answers = blanked(raw, missing)
    evidence, groups = tools.recognise(answers)
    groups, codes = as_asked(answers, groups)
    if choices.codes or codes:
        answers, groups = apply_codes(answers, groups, choices.codes or codes)
    answers, groups = put_in_order(answers, groups, choices)
    groups = join_columns(answers, regrouped(answers, groups, evidence.tool))
    answers, groups, of_ages = in_bands(answers, groups, choices)
    problems = [*told(raw, missing), *of_ages]
    known = laid_over(choices, laid_under(answers, groups))
    if is_list_of_codes(raw):
        problems.append(list_of_codes_told())
        groups = [replace(group, hint_role="other") for group in groups]
        known = choices
    questions = guess_questions(answers, groups, known)
    for question in questions:
        problems.extend(sums_told(answers, question))
        problems.extend(no_band_told(answers, question))
    return Understood(evidence, answers, tuple(groups), tuple(questions), tuple(problems))
