"""Two invented dossiers to look at documents with: a mixed network, and one of which hardly anything is known.

Norms are the built-in edition, verdicts come from the engine; only the evidence is made up here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import count
from typing import Any

from normtool.core.dossier import Dossier
from normtool.core.evidence import (
    Answer,
    DataNature,
    DateSpan,
    DocumentEntry,
    DocumentReference,
    Evidence,
    NetworkFacts,
    OwnApproach,
    RegisterRow,
    RegisterRows,
    Said,
    SourceFile,
    Value,
)
from normtool.core.places import CellPlace, Located
from normtool.core.scoring import assess
from normtool.core.standards import Framework
from normtool.files.standards_yaml import load_framework
from normtool.resources import data_dir

FILE = "voorbeeldland-2026.xlsx"
HOSTILE = '<script>alert("x")</script> {{ 7*7 }} </style> =1+1 \u202eomgekeerd 😀 & "aanhaling"'


@cache
def built_in() -> Framework:
    """The built-in edition."""
    framework, faults = load_framework(data_dir("standards") / "netwerknormering-voorbeeld")
    assert framework is not None, faults
    return framework


FIRST, FIRST_ADDED = 5, 500
"""The row of the first cell of a dossier, and of the first that a test adds to one."""
_rows = [count(FIRST_ADDED)]


@contextmanager
def _from_the_first_row() -> Iterator[None]:
    """Within, cells stand from the first row on, so that a dossier is the same whatever was made before it."""
    _rows[0] = count(FIRST)
    yield
    _rows[0] = count(FIRST_ADDED)


def at(sheet: str, column: int = 7) -> CellPlace:
    """The next cell of a sheet."""
    return CellPlace(file=FILE, sheet=sheet, row=next(_rows[0]), column=column)


def row(sheet: str, **values: Any) -> RegisterRow:
    """A register row; strings that name documents go under `documents`."""
    place = at(sheet, 1)
    cells: list[tuple[str, Located[Value]]] = []
    for column, (name, value) in enumerate(values.items(), 1):
        if value is not None:
            cells.append((name, Located(value=_cell_value(name, value), place=replace(place, column=column))))
    return RegisterRow(place=place, values=tuple(cells))


def _cell_value(name: str, value: Any) -> Value:
    if name == "documents":
        return tuple(DocumentReference(document=item) for item in str(value).split(";"))
    return DateSpan.of_day(value) if isinstance(value, date) else value


def rows(register: str, *found: RegisterRow, complete: bool = True) -> RegisterRows:
    """A register, declared complete or not."""
    declared = Located(value=complete, place=at(register))
    return RegisterRows(register=register, rows=found, complete=declared)


def answer(indicator: str, value: bool | int | Said | None = None, documents: str = "", **more: object) -> Answer:
    """A row of *Indicatoren*; `documents` as `D1 p. 3; D2`."""
    place = at("Indicatoren")
    references = []
    for part in filter(None, (item.strip() for item in documents.split(";"))):
        identifier, _, page = part.partition(" p. ")
        references.append(
            Located(value=DocumentReference(document=identifier, page=page), place=replace(place, column=12))
        )
    located = {
        name: Located(value=item, place=place) if not isinstance(item, OwnApproach) else item
        for name, item in more.items()
    }
    given = Located(value=value, place=place) if value is not None else None
    return Answer(indicator=indicator, place=place, answer=given, documents=tuple(references), **located)  # type: ignore[arg-type]


def document(identifier: str, title: str, day: date | None, access: str = "enclosed") -> DocumentEntry:
    """A registered document."""
    place = at("Documenten", 1)
    located = Located(value=DateSpan.of_day(day), place=place) if day else None
    return DocumentEntry(
        id=identifier,
        place=place,
        title=title,
        date=located,
        adopted_by="bestuur",
        access=access,
        location=f"map {identifier}",
    )


HOSPITALS = (("umc", "UMC Voorbeeld"), ("dewaard", "De Waard"), ("meer", "Meerlanden"), ("alba", "St. Alba"))
GROUPS = (
    "breast",
    "gastroenterological",
    "lung",
    "urological",
    "skin",
    "gynaecological",
    "head-neck",
    "brain",
    "endocrine",
)
DAY = date(2025, 6, 12)


@_from_the_first_row()
def mixed(nature: DataNature = DataNature.FICTIONAL, *, explanation: str = "") -> Dossier:
    """A network in its second cycle that does some things well and others not."""
    network = NetworkFacts(
        code="ONV",
        name="Oncologienetwerk Voorbeeldland",
        region="Voorbeeldland",
        assessment_year=2026,
        reporting_year=2025,
        reference_date=date(2025, 12, 31),
        first_assessment_year=2025,
        nature=nature,
        contact_role="beleidsondersteuner",
        features="Landelijk gebied met één universitair centrum. "
        "De reistijd naar het centrum is voor een vijfde van de patiënten meer dan een uur.",
    )
    evidence = Evidence(
        network=network,
        answers=_mixed_answers(explanation),
        registers=_mixed_registers(),
        documents=_mixed_documents(),
        files=(SourceFile(file=FILE, digest="7f3a19c2e04b" + "ab12" * 13),),
    )
    return _assessed(evidence)


@_from_the_first_row()
def nearly_unknown(nature: DataNature = DataNature.PUBLIC_EXERCISE) -> Dossier:
    """A network of which only a few public facts are known, in its first cycle."""
    network = NetworkFacts(
        code="ONZ",
        name="Oncologienetwerk Zuidwest-Nederland",
        region="Zuidwest-Nederland",
        assessment_year=2024,
        reporting_year=2023,
        reference_date=date(2023, 12, 31),
        first_assessment_year=2024,
        nature=nature,
    )
    evidence = Evidence(
        network=network,
        answers=(answer("N1.5", True, "D1"), answer("N5.4", 2, "D1")),
        registers=(
            rows(
                "members",
                row("Deelnemers", id="h1", name="Ziekenhuis Eén", kind="hospital", role="participant"),
                complete=False,
            ),
            rows(
                "meetings",
                row(
                    "Overlegvormen",
                    name="Regionale oncologiecommissie",
                    kind="oncology_committee",
                    since=date(2024, 3, 1),
                ),
                complete=False,
            ),
        ),
        documents=(document("D1", "Jaaroverzicht 2023", date(2023, 12, 15), "public"),),
        files=(SourceFile(file="onz-2023.xlsx", digest="0c" * 32),),
    )
    return _assessed(evidence)


def _assessed(evidence: Evidence) -> Dossier:
    framework = built_in()
    assessment, questions = assess(framework, evidence)
    return Dossier(
        framework=framework, evidence=evidence, assessment=assessment, diagnostics=questions, program="0.1.0"
    )


def _mixed_documents() -> tuple[DocumentEntry, ...]:
    return (
        document("D1", "Samenwerkingsovereenkomst 2023", date(2023, 3, 30), "public"),
        document("D2", "Bestuursreglement", date(2024, 5, 2)),
        document("D3", "Meerjarenplan 2023-2027", date(2023, 10, 4), "public"),
        document("D4", "MDO-overzicht 2025", date(2025, 11, 20), "on_site"),
        document("D5", "Afsprakenregister", date(2025, 9, 1), "on_site"),
        document("D6", "Jaarverslag 2025 met de cijfers van alle tumortypenetwerken", date(2025, 12, 15)),
        document("D7", "Regioplan tranche 1", date(2025, 6, 20), "public"),
        document("D8", "Kwaliteitsbeleid", date(2024, 2, 1), "on_request"),
    )


def _mixed_answers(explanation: str) -> tuple[Answer, ...]:
    place = at("Indicatoren")
    own = OwnApproach(
        aim=Located(value="elke patiënt snel op de juiste plek", place=place),
        what=Located(
            value="in plaats van een overeenkomst belt één verwijsverpleegkundige binnen twee werkdagen", place=place
        ),
        proof=Located(value="zij houdt elke verwijzing bij", place=place),
        until=Located(value=DateSpan.of_day(date(2026, 12, 31)), place=place),
    )
    return (
        answer("N1.2", True, "D2 p. 4"),
        answer("N1.5", True, "D3"),
        answer("N1.7", 2, "D6 p. 8", bottleneck="De kosten van het MDO-platform kan het netwerk niet zelf dragen."),
        answer("N1.8", True, "D7"),
        answer("N2.6", 2, "D6 p. 12"),
        answer("N3.1", True, "D8"),
        answer(
            "N3.7",
            2,
            "D6 p. 30",
            explanation=explanation or "Het programma loopt nog; de evaluatie volgt in het voorjaar.",
        ),
        answer("N4.3", no_source=Said.NO_SOURCE),
        answer("N4.8", own_approach=own),
        answer("N5.1", True, "D3 p. 20"),
        answer("N5.2", True),
        answer("N5.3", numerator=61, denominator=900, year=2025, source="trialregister"),
        answer("N5.4", 2, "D6 p. 22"),
        answer("N5.5", 1, "D6"),
    )


def _mixed_registers() -> tuple[RegisterRows, ...]:
    return (
        rows("members", *_members()),
        rows("meetings", *_meetings()),
        rows("tumour_types", *_tumour_types(), complete=False),
        rows("care", *_care()),
        rows("agreements", *_agreements()),
        rows("volumes", *_volumes()),
        rows(
            "working_groups",
            row(
                "Werkgroepen",
                name="Zorgpad darm",
                assignment="Eén regionaal zorgpad",
                result="Zorgpad vastgesteld",
                state="rolled_out",
                rolled_out_in="vier ziekenhuizen",
                next_step="evaluatie in 2026",
            ),
            row(
                "Werkgroepen",
                name="Beelduitwisseling",
                assignment="Geen cd of dvd meer",
                result="Proef in twee ziekenhuizen",
                state="pilot",
                next_step="besluit over de kosten",
            ),
        ),
        rows(
            "patient_council",
            row(
                "Stem",
                standard="2",
                noticed="Patiënten horen pas laat in welk ziekenhuis zij worden behandeld.",
                point="Geef dit bij de eerste afspraak mee, op papier.",
                date=date(2025, 5, 8),
                answer="Dat doen wij vanaf januari in alle vier de ziekenhuizen.",
                answered_on=date(2025, 9, 1),
            ),
            row(
                "Stem",
                standard="4",
                noticed="In het ene ziekenhuis mag je mee beslissen, in het andere hoor je het achteraf.",
                point="Maak hierover één afspraak.",
                date=date(2025, 10, 2),
            ),
        ),
        rows(
            "bottlenecks",
            row(
                "Knelpunten",
                description="Bekostiging van het MDO-platform",
                indicators=("N6.2",),
                owner="zorgverzekeraars",
                request="structureel bedrag",
            ),
        ),
    )


def _members() -> list[RegisterRow]:
    exchange = {"umc": True, "dewaard": True, "meer": True, "alba": False}
    return [
        row(
            "Deelnemers",
            id=code,
            name=name,
            kind="hospital",
            role="participant",
            exchange_with_all=exchange[code],
            gp_message=True,
        )
        for code, name in HOSPITALS
    ]


def _meetings() -> list[RegisterRow]:
    return [
        row(
            "Overlegvormen",
            name="Bestuurlijk overleg",
            kind="board",
            agreed_per_year=4,
            held=4,
            all_hospitals=True,
            documents="D6",
        ),
        row(
            "Overlegvormen",
            name="Regionale oncologiecommissie",
            kind="oncology_committee",
            agreed_per_year=4,
            held=3,
            all_hospitals=True,
            documents="D6",
        ),
        row(
            "Overlegvormen",
            name="Patiëntenadviesraad",
            kind="patient_council",
            agreed_per_year=6,
            held=5,
            rules="Reglement PAR",
            documents="D6",
            explanation="In augustus geen bijeenkomst.",
        ),
    ]


def _tumour_types() -> list[RegisterRow]:
    made = []
    for place, group in enumerate(GROUPS):
        made.append(
            row(
                "Tumortypenetwerken",
                group=group,
                state="placed" if group in {"brain", "endocrine"} else "own",
                placed_with="UMC Elders" if group in {"brain", "endocrine"} else None,
                figures_discussed=(DateSpan.of_day(DAY),) if place < 5 else (DateSpan.of_day(date(2024, 5, 5)),),
                pathway_date=date(2024, 4, 1) if place < 4 else None,
                regional_mdt=place != 4,
                platform="joint" if place < 3 else "own",
                patient_representative=place < 4,
                patient_information_date=None if place in {4, 7} else DAY,
                systemic_therapy=place < 7,
                echelon_table_date=DAY if place < 4 else None,
                benchmark_information=place < 2,
                no_repeated_examinations=place < 3,
                documents="D4",
            )
        )
    made.append(row("Tumortypenetwerken", group="eye", state="not_treated"))
    made.append(row("Tumortypenetwerken", group="bone-soft-tissue", state="not_treated"))
    return made


SHARES = {
    "breast": ((180, 195), (110, 120), (70, 80), (52, 60)),
    "gastroenterological": ((140, 175), (75, 93), (50, 60), (36, 60)),
    "lung": ((110, 140), (50, 62), (22, 30), (16, 30)),
    "urological": ((90, 100), (60, 70), (20, 24), (9, 16)),
    "skin": ((60, 64), (20, 22), (4, 5), (4, 6)),
    "gynaecological": ((33, 40), (5, 7), (2, 3), (1, 1)),
    "head-neck": ((41, 58), (0, 0), (0, 0), (0, 0)),
}
ECHELONS = {"breast": "1122", "gastroenterological": "1122", "lung": "1233", "urological": "1223"}


def _care() -> list[RegisterRow]:
    made = []
    for group, shares in SHARES.items():
        for place, ((code, _), (part, whole)) in enumerate(zip(HOSPITALS, shares, strict=True)):
            echelon = ECHELONS.get(group, "")[place : place + 1] or None
            made.append(
                row(
                    "Zorgaanbod",
                    location=code,
                    group=group,
                    treats=whole > 0,
                    echelon=echelon,
                    mdt_route="full" if place < 3 else "documented_alternative",
                    contact=place != 3,
                    on_time=part if whole else None,
                    treated=whole or None,
                    in_mdt=min(part + 3, whole) if whole else None,
                    new_patients=whole or None,
                )
            )
    return made


def _agreements() -> list[RegisterRow]:
    everyone = tuple(code for code, _ in HOSPITALS)
    return [
        row("Afspraken", id="A1", kind="cooperation", parties=everyone, date=date(2023, 3, 30), documents="D1"),
        row(
            "Afspraken",
            id="A2",
            kind="shared_care",
            parties=("umc", "meer"),
            groups=("breast", "gastroenterological"),
            date=date(2024, 4, 1),
            testable=True,
            documents="D5",
        ),
        row("Afspraken", id="A3", kind="data_sharing", parties=everyone, date=date(2024, 1, 1), documents="D5"),
        row("Afspraken", id="A4", kind="primary_care", parties=everyone, date=date(2024, 6, 1), documents="D5"),
    ]


def _volumes() -> list[RegisterRow]:
    numbers = {
        "prostatectomy": {"umc": 168, "dewaard": 112},
        "lung-resection": {"umc": 94, "dewaard": 55},
        "rectal-resection": {"umc": 46, "dewaard": 33, "meer": 27, "alba": 17},
        "cystectomy": {"umc": 41},
        "oesophageal-resection": {"umc": 38},
        "gastrectomy": {"umc": 24},
        "partial-nephrectomy": {"umc": 31, "dewaard": 12},
        "vulvar-cancer": {"umc": 22},
        "ercp": {"umc": 210, "dewaard": 80},
    }
    return [
        row(
            "Volumes",
            location=code,
            treatment=treatment,
            year=2025,
            number=number,
            standing="definitive",
            source="DICA",
        )
        for treatment, found in numbers.items()
        for code, number in found.items()
    ]
