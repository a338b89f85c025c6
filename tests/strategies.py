"""Hypothesis strategies that make evidence for every kind of indicator, in the form of a worked case.

Small on purpose: the oracle tries every completion, and small evidence shows a fault best.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

Case = dict[str, Any]

DAYS = [
    date(2021, 12, 31),
    date(2022, 12, 30),
    date(2022, 12, 31),
    date(2024, 2, 29),
    date(2025, 1, 1),
    date(2025, 7, 1),
    date(2025, 7, 2),
    date(2025, 12, 31),
    date(2026, 1, 1),
]
DATES = st.sampled_from([*DAYS, 2022, 2024, 2025, 2026])
REFERENCE_DATES = st.sampled_from([date(2025, 12, 31), date(2025, 12, 31), date(2025, 6, 30), date(2026, 2, 28)])
YES_NO = st.sampled_from(["ja", "nee", None])
COMPLETE = st.sampled_from([None, "ja", "nee"])
GROUPS = {"Long": [], "Mamma": [], "Gastro": ["Slokdarm", "Anus"]}
STATES = ["eigen netwerk", "ondergebracht bij ander netwerk", "behandeld maar nog geen netwerk", "niet behandeld"]


def filled(**cells: Any) -> st.SearchStrategy[Case]:
    """A row; cells that come out as None are empty."""
    named = {name.replace("_", " "): strategy for name, strategy in cells.items()}
    return st.fixed_dictionaries(named).map(
        lambda row: {key: value for key, value in row.items() if value is not None}
    )


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """The same, or an empty cell."""
    return st.one_of(st.none(), strategy)


def steps(*targets: Any, bands: tuple[Any, ...] = ()) -> st.SearchStrategy[Case]:
    """A path of one to three cycles, now and then by calendar year or still to begin."""

    def path(keys: list[int], values: list[Any], band: Any) -> Case:
        made: Case = {"path": dict(zip(keys, values, strict=False))}
        if band is not None:
            made["partly_from"] = {key: min(band, value) for key, value in made["path"].items() if band < value}
        return made

    keys = st.sampled_from([[1], [1], [1, 2], [1, 2], [1, 2, 3], [1, 2, 3], [2025, 2027], [2, 3], [2027]])
    values = st.lists(st.sampled_from(targets), min_size=3, max_size=3).map(sorted)
    return st.builds(path, keys, values, st.sampled_from([None, *bands]))


SHARES = steps(0.25, 0.5, 0.6, 0.7, 0.8, 1, bands=(0.2, 0.375, 0.5, 0.525, 0.75))
NETWORKS = st.fixed_dictionaries(
    {"reference_date": REFERENCE_DATES, "first_assessment_year": st.sampled_from([None, 2026, 2026, 2025, 2024])}
)
CLASSES: st.SearchStrategy[Case] = st.sampled_from(
    [{}, {}, {}, {}, {}, {}, {}, {}, {"class": "growth"}, {"class": "growth", "opens": 3}, {"class": "informative"}]
)
OWN_APPROACHES = st.one_of(
    st.none(),
    st.none(),
    filled(
        doel=st.just("Doel"),
        wat=maybe(st.just("Aanpak")),
        werkt_het=st.just("Meting"),
        tot=st.sampled_from([date(2025, 6, 29), date(2025, 12, 30), date(2026, 3, 1), 2025, 2026]),
    ),
)
DOCUMENTS = st.lists(filled(Datum=maybe(DATES), Geldig_tot=maybe(DATES)), max_size=3).map(
    lambda rows: [{"Id": f"D{number}", "Titel": "Stuk", **row} for number, row in enumerate(rows, 1)]
)


def named(documents: list[Case]) -> st.SearchStrategy[str | None]:
    """A cell that names some of these documents."""
    ids = [row["Id"] for row in documents]
    if not ids:
        return st.none()
    some = st.lists(st.sampled_from(ids), unique=True, min_size=1).map("; ".join)
    return st.one_of(st.none(), some, some, some)


def register(rows: list[Case], complete: str | None) -> Any:
    """A sheet as a case writes it."""
    return {"complete": complete, "rows": rows} if complete else rows


@st.composite
def frame(draw: st.DrawFn, /, **indicator: Any) -> Case:
    """An indicator with a class, in some year of some network."""
    return {"indicator": {**indicator, **draw(CLASSES)}, "network": draw(NETWORKS), "sheets": {}}


@st.composite
def answers(draw: st.DrawFn, /, **cells: st.SearchStrategy[Any]) -> Case:
    """The row of the sheet Indicatoren."""
    own = draw(OWN_APPROACHES)
    bron = draw(st.sampled_from([None, None, None, None, None, "IKNL", "geen bestaande bron"]))
    row = {"Bron": bron, "Eigen aanpak": own, **{name.replace("_", " "): draw(cell) for name, cell in cells.items()}}
    return {key: value for key, value in row.items() if value is not None}


@st.composite
def with_document(draw: st.DrawFn) -> Case:
    """yes_no, document_age and maturity."""
    kinds: st.SearchStrategy[Case] = st.one_of(
        st.just({"kind": "yes_no"}),
        st.sampled_from([6, 36, 48]).map(lambda months: {"kind": "document_age", "months": months}),
        st.sampled_from([date(2025, 7, 1), date(2026, 1, 1)]).map(
            lambda deadline: {"kind": "document_age", "deadline": deadline}
        ),
        steps(1, 2, 3, 4, bands=(1, 2, 3)).map(lambda path: {"kind": "maturity", **path}),
    )
    case: Case = draw(frame(**draw(kinds)))
    documents = draw(DOCUMENTS)
    said = (
        st.integers(0, 4) if case["indicator"]["kind"] == "maturity" else st.sampled_from(["ja", "ja", "ja", "nee"])
    )
    case["answer"] = draw(answers(Antwoord=maybe(said), Documenten=named(documents)))
    case["sheets"]["Documenten"] = documents
    return case


@st.composite
def counts(draw: st.DrawFn) -> Case:
    """A number, with or without an answer."""
    case: Case = draw(frame(kind="count", **draw(steps(1, 2, 3, bands=(1, 2)))))
    case["answer"] = draw(answers(Antwoord=maybe(st.integers(0, 4))))
    return case


@st.composite
def proportions(draw: st.DrawFn) -> Case:
    """A numerator and a denominator, either of them empty now and then, the numerator now and then too large."""
    case: Case = draw(frame(kind="proportion", counts_patients=draw(st.booleans()), **draw(SHARES)))
    whole = draw(st.integers(0, 24))
    part = draw(st.one_of(st.integers(0, whole), st.integers(0, whole), st.integers(0, 25)))
    case["answer"] = draw(answers(Teller=maybe(st.just(part)), Noemer=maybe(st.just(whole))))
    return case


@st.composite
def parts_of_a_whole(draw: st.DrawFn) -> Case:
    """A numerator below its denominator: there is room for one more."""
    case: Case = draw(frame(kind="proportion", counts_patients=draw(st.booleans()), **draw(SHARES)))
    part, more = draw(st.integers(0, 23)), draw(st.integers(1, 12))
    case["answer"] = draw(answers(Teller=st.just(part), Noemer=st.just(part + more)))
    return case


def with_numbers() -> st.SearchStrategy[Case]:
    """count and proportion."""
    return st.one_of(counts(), proportions())


@st.composite
def tumour_type_rows(draw: st.DrawFn, /, **cells: st.SearchStrategy[Any]) -> list[Case]:
    """Rows of Tumortypenetwerken, some groups by sub-type."""
    names = draw(st.sampled_from([["Long", "Mamma", "Gastro"], ["Long", "Mamma", "Slokdarm", "Anus"]]))
    chosen = draw(st.lists(st.sampled_from(names), unique=True, min_size=draw(st.sampled_from([0, 2, len(names)]))))
    state = maybe(st.sampled_from([*STATES, *STATES[:1] * 4]))
    return [{"Groep": name, **draw(filled(Stand=state, **cells))} for name in chosen]


TUMOUR_TYPE_TESTS = [
    {"is": {"Patiëntvertegenwoordiging": "ja"}},
    {"is": {"Regionaal MDO": "ja"}},
    {"one_of": {"Platform": ["gezamenlijk", "eigen"]}},
    {"filled": "Advies binnen dagen"},
    {"filled": "Echelontabel van"},
    {"not_older_than_months": {"Zorgpad van": 36}},
    {"in_reporting_year": "Cijfers besproken op"},
    {"one_of": {"Stand": STATES[:2]}},
]
TUMOUR_TYPE_FILTERS = [
    [],
    [{"is": {"Stand": "eigen netwerk"}}],
    [{"is_not": {"Stand": "niet behandeld"}}],
    [{"is": {"Stand": "eigen netwerk"}}, {"is": {"Regionaal MDO": "ja"}}],
]


@st.composite
def coverage_of_groups(draw: st.DrawFn) -> Case:
    """coverage over Tumortypenetwerken."""
    tests = draw(st.lists(st.sampled_from(TUMOUR_TYPE_TESTS), min_size=1, max_size=2, unique_by=str))
    where = draw(st.sampled_from(TUMOUR_TYPE_FILTERS))
    kind = {"kind": "coverage", "register": "Tumortypenetwerken", "where": where, "tests": tests}
    case: Case = draw(frame(**kind, **draw(SHARES)))
    documents = draw(DOCUMENTS)
    rows = draw(
        tumour_type_rows(
            Patiëntvertegenwoordiging=YES_NO,
            Regionaal_MDO=YES_NO,
            Platform=maybe(st.sampled_from(["gezamenlijk", "eigen", "geen"])),
            Advies_binnen_dagen=maybe(st.integers(1, 5)),
            Echelontabel_van=maybe(DATES),
            Zorgpad_van=maybe(DATES),
            Cijfers_besproken_op=maybe(st.one_of(DATES, st.lists(DATES, min_size=1, max_size=2))),
            Sinds=st.sampled_from([None, None, None, 2023, date(2025, 3, 1), 2026, date(2026, 1, 1)]),
            Documenten=named(documents),
        )
    )
    case["tumour_groups"], case["open_groups"] = GROUPS, ["Overig"]
    case["answer"] = draw(answers())
    case["sheets"] = {"Documenten": documents, "Tumortypenetwerken": register(rows, draw(COMPLETE))}
    return case


MEMBERS = [
    {"Id": "ZA", "Naam": "Ziekenhuis A", "Soort": "ziekenhuis"},
    {"Id": "A1", "Naam": "Locatie A1", "Soort": "locatie", "Onderdeel van": "ZA"},
    {"Id": "A2", "Naam": "Locatie A2", "Soort": "locatie", "Onderdeel van": "ZA"},
    {"Id": "ZB", "Naam": "Ziekenhuis B", "Soort": "ziekenhuis"},
]
AGREEMENTS = st.lists(
    filled(
        Soort=maybe(st.sampled_from(["shared care", "SLA", "samenwerking"])),
        Partijen=maybe(st.sampled_from(["ZA", "A1", "ZA; ZB", "ZB"])),
        Groepen=maybe(st.sampled_from(["Long", "Gastro", "Long; Mamma", "Anus"])),
        Datum=maybe(DATES),
        Geldig_tot=maybe(DATES),
        Toetsbaar=YES_NO,
    ),
    max_size=3,
)


@st.composite
def agreement_rows(draw: st.DrawFn, documents: list[Case]) -> list[Case]:
    """Rows of Afspraken, most of them with a document."""
    rows = [{"Id": f"A{number}", **row} for number, row in enumerate(draw(AGREEMENTS), 1)]
    for row in rows:
        cell = draw(named(documents))
        if cell:
            row["Documenten"] = cell
    return rows


@st.composite
def coverage_of_care(draw: st.DrawFn) -> Case:
    """coverage over Zorgaanbod, with agreements."""
    tests = st.sampled_from(
        [
            [{"linked": ["shared care"], "tests": [{"is": {"Toetsbaar": "ja"}}]}],
            [{"linked": ["shared care", "SLA"]}],
            [{"is": {"Vast aanspreekpunt": "ja"}}],
            [{"one_of": {"MDO-route": ["volledig", "alternatief vastgelegd"]}}],
        ]
    )
    where = st.sampled_from(
        [
            [{"is": {"Echelon": 2}, "no_without": "Echelontabel van"}],
            [{"is": {"Echelon": 2}, "no_without": "Echelontabel van", "no_when": {"Behandelt": "nee"}}],
            [{"is": {"Echelon": 2}}],
            [{"is": {"Behandelt": "ja"}}],
        ]
    )
    kind = {"kind": "coverage", "register": "Zorgaanbod", "where": draw(where), "tests": draw(tests)}
    case: Case = draw(frame(**kind, **draw(SHARES)))
    documents = draw(DOCUMENTS)
    members = draw(st.sampled_from([MEMBERS[:1], MEMBERS[:2], MEMBERS[1:], []])) or MEMBERS[:1]
    places = [row["Id"] for row in members if row["Id"] != "ZA"] or ["ZA"]
    pairs = [(place, group) for place in places for group in ("Long", "Mamma")]
    keys = draw(st.lists(st.sampled_from(pairs), unique=True, min_size=draw(st.sampled_from([0, 1, len(pairs)]))))
    cells = filled(
        Behandelt=st.sampled_from(["ja", "ja", "nee", None]),
        Echelon=maybe(st.sampled_from([1, 2, 2, 3])),
        Vast_aanspreekpunt=YES_NO,
        **{"MDO-route": maybe(st.sampled_from(["volledig", "alternatief vastgelegd", "nee"]))},
    )
    care = [{"Locatie": place, "Groep": group, **draw(cells)} for place, group in keys]
    groups = draw(tumour_type_rows(Echelontabel_van=maybe(DATES)))
    case["tumour_groups"] = {"Long": [], "Mamma": []}
    case["answer"] = draw(answers())
    case["sheets"] = {
        "Documenten": documents,
        "Deelnemers": members if "Onderdeel van" not in members[0] else [MEMBERS[0], *members],
        "Tumortypenetwerken": register(
            [row for row in groups if row["Groep"] in case["tumour_groups"]], draw(COMPLETE)
        ),
        "Zorgaanbod": register(care, draw(COMPLETE)),
        "Afspraken": register(
            [drop_groups(row) for row in draw(agreement_rows(documents))],
            draw(COMPLETE),
        ),
    }
    known = {row["Id"] for row in case["sheets"]["Deelnemers"]}
    case["sheets"]["Afspraken"] = only_known(case["sheets"]["Afspraken"], known)
    return case


def drop_groups(row: Case) -> Case:
    """An agreement without groups that a case with two groups does not have."""
    return {key: value for key, value in row.items() if key != "Groepen" or value in ("Long", "Long; Mamma")}


def only_known(content: Any, known: set[str]) -> Any:
    """Agreements without parties that are no member."""
    rows = content["rows"] if isinstance(content, dict) else content
    kept = [
        {key: value for key, value in row.items() if key != "Partijen" or set(value.split("; ")) <= known}
        for row in rows
    ]
    return {**content, "rows": kept} if isinstance(content, dict) else kept


@st.composite
def coverage_of_members(draw: st.DrawFn) -> Case:
    """coverage over Deelnemers: an agreement covers a member or its parent."""
    where = draw(st.sampled_from([[], [{"empty": "Onderdeel van"}], [{"in_period": ["Van", "Tot"]}]]))
    tests = draw(st.sampled_from([[{"linked": ["samenwerking"]}], [{"is": {"Uitwisseling met alle": "ja"}}]]))
    case: Case = draw(frame(kind="coverage", register="Deelnemers", where=where, tests=tests, **draw(SHARES)))
    documents = draw(DOCUMENTS)
    cells = filled(Uitwisseling_met_alle=YES_NO, Van=maybe(DATES), Tot=maybe(DATES))
    members = [{**row, **draw(cells)} for row in MEMBERS[: draw(st.integers(1, 4))]]
    case["tumour_groups"] = GROUPS
    case["answer"] = draw(answers())
    case["sheets"] = {
        "Documenten": documents,
        "Deelnemers": register(members, draw(COMPLETE)),
        "Afspraken": only_known(
            register(draw(agreement_rows(documents)), draw(COMPLETE)), {row["Id"] for row in members}
        ),
    }
    return case


@st.composite
def enough_rows(draw: st.DrawFn) -> Case:
    """coverage with at_least_rows, over Overlegvormen and Afspraken."""
    documents = draw(DOCUMENTS)
    sheets: Case = {"Documenten": documents, "Deelnemers": MEMBERS}
    if draw(st.booleans()):
        tests = draw(
            st.sampled_from(
                [
                    [{"at_least": {"Gehouden": 2}}, {"is": {"Alle ziekenhuizen vertegenwoordigd": "ja"}}],
                    [{"filled": "Reglement"}, {"at_least": {"Gehouden": 1}}],
                    [{"at_least": {"Gehouden": 1}}],
                ]
            )
        )
        cells = filled(
            Soort=st.sampled_from(["PAR", "PAR", "oncologiecommissie"]),
            Sinds=st.sampled_from([None, None, 2023, 2026]),
            Gehouden=maybe(st.integers(0, 3)),
            Alle_ziekenhuizen_vertegenwoordigd=YES_NO,
            Reglement=st.sampled_from([None, "nee", "Huishoudelijk reglement"]),
            Documenten=named(documents),
        )
        rows = [{"Naam": f"Overleg {number}", **draw(cells)} for number in range(draw(st.integers(0, 3)))]
        sheets["Overlegvormen"] = register(rows, draw(COMPLETE))
        kind = {"register": "Overlegvormen", "where": [{"is": {"Soort": "PAR"}}], "tests": tests}
    else:
        tests = draw(
            st.sampled_from(
                [["valid"], ["valid", {"not_older_than_months": {"Datum": 36}}], [{"is": {"Toetsbaar": "ja"}}]]
            )
        )
        sheets["Afspraken"] = register(draw(agreement_rows(documents)), draw(COMPLETE))
        kind = {"register": "Afspraken", "where": [{"is": {"Soort": "SLA"}}], "tests": tests}
    case: Case = draw(frame(kind="coverage", at_least_rows=1, **kind))
    return {**case, "tumour_groups": GROUPS, "answer": draw(answers()), "sheets": sheets}


@st.composite
def pooled_groups(draw: st.DrawFn) -> Case:
    """pooled over Tumortypenetwerken."""
    where = draw(st.sampled_from([[], [{"is": {"Stand": "eigen netwerk"}}]]))
    kind = {"kind": "pooled", "register": "Tumortypenetwerken", "where": where}
    numbers = {"numerator": "Verwezen op tijd", "denominator": "Verwezen"}
    patients, per_group = draw(st.booleans()), draw(st.booleans())
    case: Case = draw(frame(**kind, **numbers, counts_patients=patients, per_group=per_group, **draw(SHARES)))
    rows = draw(tumour_type_rows(MDO_per_week=st.just("1")))
    for row in rows:
        whole = draw(st.sampled_from([0, 4, 9, 10, 12, 20]))
        if draw(st.integers(0, 5)):
            row["Verwezen op tijd"], row["Verwezen"] = draw(st.integers(0, whole)), whole
    case["tumour_groups"], case["open_groups"] = GROUPS, ["Overig"]
    case["answer"] = draw(answers())
    case["sheets"] = {"Tumortypenetwerken": register(rows, draw(COMPLETE))}
    return case


TREATMENTS = {"Longresectie": "intervention", "Maagresectie": "intervention", "Immunotherapie": "systemic_therapy"}


@st.composite
def volumes(draw: st.DrawFn) -> Case:
    """volume, with norms per location and per institution."""
    norm = st.fixed_dictionaries(
        {
            "treatments": st.sampled_from([["Longresectie"], ["Maagresectie"], ["Longresectie", "Maagresectie"]]),
            "minimum": st.sampled_from([10, 20]),
            "unit": st.sampled_from(["location", "institution"]),
            "years": st.sampled_from([1, 1, 2]),
            "valid_from": st.sampled_from([date(2020, 1, 1), date(2024, 7, 1), date(2025, 1, 2)]),
            "standing": st.sampled_from(["in_force", "in_force", "in_force", "intended"]),
        }
    )
    case: Case = draw(frame(kind="volume", category="intervention", **draw(steps(1, bands=(0.5, 0.9)))))
    standings: list[str | None] = draw(st.sampled_from([[None], ["voorlopig", "definitief"]]))
    keys = st.tuples(
        st.sampled_from(["A1", "A2", "ZB"]),
        st.sampled_from(list(TREATMENTS)),
        st.sampled_from([2024, 2025, 2025, 2026]),
        st.sampled_from(standings),
    )
    rows = [
        {"Locatie": place, "Behandeling": treatment, "Jaar": year, "Stand": stand, "Aantal": draw(NUMBERS)}
        for place, treatment, year, stand in draw(
            st.lists(keys, unique=True, min_size=draw(st.sampled_from([0, 3, 6])), max_size=8)
        )
    ]
    rows = [{key: value for key, value in row.items() if value is not None} for row in rows]
    case["treatments"], case["volume_norms"] = (
        TREATMENTS,
        draw(st.lists(norm, min_size=draw(st.integers(0, 2)), max_size=3)),
    )
    case["answer"] = draw(answers())
    case["sheets"] = {"Deelnemers": MEMBERS, "Volumes": register(rows, draw(COMPLETE))}
    if draw(st.booleans()):
        case["tumour_groups"], case["treatment_groups"] = GROUPS, TREATMENT_GROUPS
        case["sheets"] |= draw(who_treats_what())
    return case


TREATMENT_GROUPS = {"Longresectie": "Long", "Maagresectie": "Slokdarm", "Immunotherapie": "Gastro"}


@st.composite
def who_treats_what(draw: st.DrawFn) -> Case:
    """Zorgaanbod and Tumortypenetwerken, by group and by sub-type."""
    names = st.sampled_from(["Long", "Gastro", "Slokdarm", "Anus"])
    keys = st.lists(st.tuples(st.sampled_from(["A1", "A2", "ZB"]), names), unique=True, max_size=6)
    cells = filled(Behandelt=st.sampled_from(["ja", "nee", "nee", None]), Echelon=maybe(st.just(2)))
    care = [{"Locatie": place, "Groep": group, **draw(cells)} for place, group in draw(keys)]
    rows = draw(st.sampled_from([["Long", "Gastro"], ["Long", "Slokdarm", "Anus"]]))
    types = [
        {"Groep": name, "Stand": draw(st.sampled_from(["eigen netwerk", "niet behandeld"]))}
        for name in draw(st.lists(st.sampled_from(rows), unique=True, max_size=3))
    ]
    return {"Zorgaanbod": register(care, draw(COMPLETE)), "Tumortypenetwerken": register(types, draw(COMPLETE))}


NUMBERS = st.sampled_from([0, 5, 9, 10, 15, 20, 40, None])

KINDS: dict[str, st.SearchStrategy[Case]] = {
    "with a document": with_document(),
    "with numbers": with_numbers(),
    "coverage of tumour groups": coverage_of_groups(),
    "coverage of care": coverage_of_care(),
    "coverage of members": coverage_of_members(),
    "enough rows": enough_rows(),
    "pooled": pooled_groups(),
    "volumes": volumes(),
}

RESULTS = st.lists(
    st.one_of(
        st.sampled_from(
            [
                {"verdict": "met"},
                {"verdict": "partly_met"},
                {"verdict": "not_met"},
                {"verdict": "unknown", "worst": "not_met", "best": "met"},
                {"verdict": "unknown", "worst": "not_met", "best": "partly_met"},
                {"verdict": "unknown", "worst": "partly_met", "best": "met"},
                {"verdict": "unknown", "worst": "not_met", "best": "not_met"},
                {"verdict": "own_approach", "worst": "not_met", "best": "met"},
                {"verdict": "own_approach", "worst": "partly_met", "best": "met"},
                {"verdict": "unknown", "reason": "no_norm"},
                {"verdict": "not_applicable"},
                {"verdict": "not_met", "class": "growth"},
                {"verdict": "met", "class": "growth"},
                {"verdict": "unknown", "worst": "not_met", "best": "met", "class": "growth"},
                {"verdict": "informative", "reason": "not_yet_asked", "class": "growth"},
                {"verdict": "informative", "class": "informative"},
            ]
        )
    ),
    max_size=7,
)
