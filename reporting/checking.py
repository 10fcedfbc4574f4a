"""What stands between a draft and its submission (docs/regels/controle-rapportage.md). No queries.

An error blocks. A warning asks for a sentence, and blocks until it has one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from django.core.exceptions import ValidationError

from agenda.models import check_bounds
from contracts.constants import SectionKind
from contracts.terms import BudgetTerms, Series
from core.bsn import find_bsn
from core.values import Value, ValueType, format_euro
from reporting.asked import answer_key, is_about
from reporting.deviation import judge_kpi
from reporting.models import Attachment, Remark
from reporting.sections import GRADES, LONGEST, NARRATIVES
from reporting.sheet import Block, Section, member_prefix

# Where the draft keeps why numbers that look like those of a person are something else.
BSN_RULE, BSN_KEY = 8, "bsn-explanation"
FILES = ""  # the section of what is about a file
JUMP = Decimal("0.5")  # half as much again, or half of it gone; from nothing to something
JUMP_POINTS = Decimal(20)  # of a percentage: from 2% to 4% is no jump, from 60% to 85% is one


@dataclass(frozen=True)
class Finding:
    """One thing to mend or to explain. ``anchor`` is the id of the field in its section.

    ``section`` is empty for a file: those are on a page of their own.
    """

    rule: int
    section: str
    anchor: str
    label: str
    text: str
    is_warning: bool = False
    is_answered: bool = False

    @property
    def blocks(self) -> bool:
        return not self.is_answered


def check(
    sections: tuple[Section, ...],
    former: Mapping[Series, Value],
    answers: Mapping[str, str] = MappingProxyType({}),
    remarks: Iterable[Remark] = (),
    files: Iterable[Attachment] = (),
) -> tuple[Finding, ...]:
    """Everything that stands out, in the order of the report; its files last.

    ``former`` holds what was last reported per series, for the same length of period;
    ``answers`` what was typed, ``remarks`` what the municipality asked about the round before.
    """
    asked = list(remarks)
    return (
        *(
            finding
            for section in sections
            for finding in (
                *_of_section(section, former, answers),
                *_remarks(section, answers, asked),
            )
        ),
        *(finding for file in files for finding in _file(file, answers)),
    )


def may_submit(findings: tuple[Finding, ...]) -> bool:
    return not any(finding.blocks for finding in findings)


def _of_section(
    section: Section, former: Mapping[Series, Value], answers: Mapping[str, str]
) -> Iterator[Finding]:
    for block in section.blocks:
        yield from _typed(section, block, answers)
        if block.kpi is not None:
            yield from _kpi(section, block, former.get(block.kpi.series))
        elif block.line is not None:
            yield from _spending(section, block)
        elif section.is_repeated:
            yield from _half_filled(section, block)
        elif section.kind == SectionKind.COMPLAINTS:
            yield from _complaints(section, block)
        elif (
            (section.kind in NARRATIVES or section.kind == SectionKind.CLIENT_EXPERIENCE)
            and not block.words("text")
            and not block.is_optional
        ):
            yield _error(2, section, block, "text", "Vul dit onderdeel in; de opdracht vraagt het.")
        if section.kind == SectionKind.CLIENT_EXPERIENCE:
            yield from _grades(section, block)
    asks_one = section.kind in (SectionKind.NUMBERS, SectionKind.ACTIVITIES)
    if asks_one and not section.filled and not section.blocks[0].is_optional:
        name = {SectionKind.NUMBERS: "label", SectionKind.ACTIVITIES: "heading"}[
            SectionKind(section.kind)
        ]
        yield _error(2, section, section.blocks[0], name, "Vul er ten minste één in.")


def _error(rule: int, section: Section, block: Block, name: str, text: str) -> Finding:
    field = block.form[name]
    label = str(field.label)
    if block.title.lower() != section.title.lower():
        label = f"{block.title}: {label[:1].lower()}{label[1:]}"
    return Finding(rule, section.slug, f"div_{field.auto_id}", label, text)


def _warning(
    rule: int, section: Section, block: Block, name: str, text: str, *, answer: str
) -> Finding:
    found = _error(rule, section, block, name, text)
    return Finding(
        found.rule,
        found.section,
        found.anchor,
        found.label,
        found.text,
        is_warning=True,
        is_answered=bool(answer),
    )


def _typed(section: Section, block: Block, answers: Mapping[str, str]) -> Iterator[Finding]:
    """Rules 1 and 8: what does not fit its field, and numbers that may be those of a person."""
    for name, errors in block.form.errors.items():
        for error in errors:
            yield _error(1, section, block, name, str(error))
    for row in block.rows():
        name = row.key.removeprefix(f"{block.prefix}-")
        for number in find_bsn(row.text):
            found = _error(8, section, block, name, "")
            why = _why(answers)
            yield _about_a_person(number, why, found.section, found.anchor, found.label)


def _remarks(
    section: Section, answers: Mapping[str, str], remarks: Iterable[Remark]
) -> Iterator[Finding]:
    """Rule 9, and rules 1 and 8 for these fields: what the municipality asked here is answered.

    A remark on the report as a whole, or on a field that is not asked any more, has no field.
    """
    for remark in remarks:
        if not any(is_about(remark, block) for block in section.blocks):
            continue
        key = answer_key(remark)
        text = answers.get(key, "").strip()
        label = f"Uw antwoord bij {remark.label}"
        for number in find_bsn(text):
            yield _about_a_person(number, _why(answers), section.slug, f"id_{key}", label)
        found = []
        if not text:
            found.append((9, "Geef antwoord op wat de gemeente hier vraagt."))
        if len(text) > LONGEST:
            found.append((1, f"Deze tekst heeft {len(text)} tekens; er passen er {LONGEST}."))
        for rule, words in found:
            yield Finding(rule, section.slug, f"id_{key}", label, words)


def bsn_key(member: int) -> str:
    """Where ``member`` of the coalition says why numbers in its part are no person's."""
    return f"{member_prefix(member)}{BSN_KEY}"


def _why(answers: Mapping[str, str]) -> str:
    """What was explained of numbers, by the lead and by members of the coalition."""
    told = (text.strip() for key, text in answers.items() if key.endswith(BSN_KEY))
    return "\n".join(filter(None, told))


def _about_a_person(number: str, why: str, section: str, anchor: str, label: str) -> Finding:
    """Rule 8. A number is explained where the explanation names it, however it is written."""
    named = {_digits(held) for held in (*find_bsn(why), *re.findall(r"\d+", why))}
    explained = _digits(number) in named and len(why) <= LONGEST
    if explained:
        text = f"Uitleg: {why}"
    elif len(why) > LONGEST:
        text = f"De uitleg heeft {len(why)} tekens; er passen er {LONGEST}."
    elif why:
        text = "Noem dit nummer in de uitleg, of haal gegevens van personen weg."
    else:
        text = "Haal gegevens van personen weg."
    text = f"‘{number}’ kan een burgerservicenummer zijn. {text}"
    return Finding(BSN_RULE, section, anchor, label, text, is_warning=True, is_answered=explained)


def _file(file: Attachment, answers: Mapping[str, str]) -> Iterator[Finding]:
    """Rule 8 for what was read in a file when it came in (core/uploads)."""
    anchor = f"bijlage-{file.pk}"
    for number, place in file.numbers:
        label = f"In bestand {file.name}, {place}"
        yield _about_a_person(number, _why(answers), FILES, anchor, label)
    if file.more_numbers:
        # Nobody explains a list of people one by one: the explanation names the file.
        why = _why(answers)
        explained = file.name in why and len(why) <= LONGEST
        text = f"Nog {file.more_numbers} nummers kunnen een burgerservicenummer zijn. " + (
            f"Uitleg: {why}"
            if explained
            else "Haal gegevens van personen weg, of noem in uw uitleg de naam van het bestand."
        )
        label = f"In bestand {file.name}"
        yield Finding(BSN_RULE, FILES, anchor, label, text, is_warning=True, is_answered=explained)


def _digits(text: str) -> str:
    """The digits alone; a sheet drops the noughts at the start, and a person writes them."""
    return "".join(letter for letter in text if letter.isdecimal()).lstrip("0")


def _kpi(section: Section, block: Block, former: Value | None) -> Iterator[Finding]:
    """Rules 1 and 3 to 5: what cannot be, no value, a deviation from the target, a jump."""
    assert block.kpi is not None  # noqa: S101 - a block of a KPI
    if "value" in block.form.errors:
        return
    value = block.value("value")
    explained = block.words("explanation")
    if not isinstance(value, Value):
        yield _error(3, section, block, "value", "Vul een waarde in, of kies waarom die ontbreekt.")
        return
    if not value.is_present:
        yield _warning(
            3,
            section,
            block,
            "explanation",
            f"Er is geen waarde ({value.display()}). Schrijf in één zin waarom.",
            answer=explained,
        )
        return
    try:
        check_bounds(value, block.kpi)
    except ValidationError as error:
        yield _error(1, section, block, "value", error.messages[0])
        return
    outcome = judge_kpi(value, block.kpi)
    if outcome.deviates:
        for name, question in (
            ("explanation", "Schrijf waarom dit het resultaat is."),
            ("improvement", "Schrijf wat u gaat verbeteren."),
        ):
            if not block.words(name):
                yield _error(4, section, block, name, f"{_sentence(outcome.words)} {question}")
    elif former is not None and _jumps(value, former):
        yield _warning(
            5,
            section,
            block,
            "explanation",
            f"Vorige keer was dit {former.display()}, nu {value.display()}. "
            "Schrijf in één zin wat er veranderde.",
            answer=explained,
        )


def _jumps(value: Value, former: Value) -> bool:
    now, then = value.quantity, former.quantity
    if now is None or then is None or value.type is not former.type:
        return False
    if value.type is ValueType.PERCENTAGE:
        return abs(now - then) > JUMP_POINTS
    return abs(now - then) > JUMP * abs(then)


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."


def _spending(section: Section, block: Block) -> Iterator[Finding]:
    """Rule 6: what was spent, what will be, and why it will be more than there is."""
    assert block.line is not None  # noqa: S101 - a block of a budget line
    for name in ("spent", "forecast"):
        if block.value(name) is None and name not in block.form.errors:
            yield _error(6, section, block, name, "Vul een bedrag in; 0 mag ook.")
    forecast, amount = block.value("forecast"), block.line.a_year
    if isinstance(forecast, Decimal) and amount is not None and forecast > amount:
        yield _warning(
            6,
            section,
            block,
            "note",
            f"U verwacht meer dan de begroting van {_a_year(block.line)}. "
            "Schrijf in één zin waarom.",
            answer=block.words("note"),
        )


def _a_year(line: BudgetTerms) -> str:
    whole, part = line.amount.display(), line.a_year
    if line.years == 1 or part is None:
        return whole
    return f"{whole} voor {line.years} jaar, dat is {format_euro(round(part, 0))} per jaar"


def _complaints(section: Section, block: Block) -> Iterator[Finding]:
    """Rule 7: a number, 0 too; and about what, when there were any."""
    for name in ("complaints", "incidents"):
        number = block.value(name)
        if number is None and name not in block.form.errors:
            yield _error(7, section, block, name, "Vul een aantal in; 0 mag ook.")
        elif isinstance(number, Decimal) and number > 0 and not block.words(f"{name}_nature"):
            yield _error(7, section, block, f"{name}_nature", "Schrijf kort waar het om ging.")


def _grades(section: Section, block: Block) -> Iterator[Finding]:
    """Rule 2: a grade says how many gave it, and a number of people what they gave."""
    for grade in GRADES:
        for name, other, text in (
            (grade, f"{grade}_number", "Vul ook het rapportcijfer in."),
            (f"{grade}_number", grade, "Vul ook in hoeveel mensen dit cijfer gaven."),
        ):
            if block.words(other) and not block.words(name):
                yield _error(2, section, block, name, text)


def _half_filled(section: Section, block: Block) -> Iterator[Finding]:
    """Rule 2: whoever starts a block fills in all of it."""
    if not block.is_filled:
        return
    for row in block.rows():
        name = row.key.removeprefix(f"{block.prefix}-")
        if not row.text and name not in block.form.errors:
            yield _error(2, section, block, name, "Vul ook dit in, of maak het hele blok leeg.")
