"""What a newcomer fills in, and the verdicts that follow from it, worked out by hand.

Three hospitals in their third round, so that every indicator is open. Every kind of indicator has an answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tests.e2e.filling import Form
from tests.e2e.running import Ran, here

CODE, NAME = "waterland", "Oncologienetwerk Waterland"
HOSPITALS = {"NO": "Ziekenhuis Noord", "OO": "Ziekenhuis Oost", "ZU": "Ziekenhuis Zuid"}
OWN = (
    "Huid",
    "Endocrien en neuro-endocrien",
    "Maag-darm-lever",
    "Gynaecologisch",
    "Hoofd-hals",
    "Long",
    "Borst",
    "Urologisch",
)
OTHER = {
    "Bot en weke delen": "ondergebracht bij ander netwerk",
    "Hersenen": "behandeld maar nog geen netwerk",
    "Oog": "niet behandeld",
}
WITH_SYSTEMIC_THERAPY = ("Maag-darm-lever", "Long", "Borst", "Urologisch")
TREATED_IN = {"NO": (*OWN, "Hersenen"), "OO": ("Maag-darm-lever", "Long", "Borst"), "ZU": ("Borst",)}
SECOND_ECHELON = {
    ("OO", "Maag-darm-lever"): "volledig",
    ("OO", "Borst"): "alternatief vastgelegd",
    ("ZU", "Borst"): "nee",
}
REGISTERS = (
    "Documenten",
    "Deelnemers",
    "Overlegvormen",
    "Zorgaanbod",
    "Afspraken",
    "Volumes",
    "Stem van de PAR",
)
"""Registers that are declared complete; Tumortypenetwerken is not, so that its empty cells stay open."""

KNOWN = {
    "N1.1": "met",  # 3 of 3 members under agreement A1
    "N1.2": "met",  # yes, with a document
    "N1.3": "met",  # 4 meetings, all hospitals
    "N1.4": "partly_met",  # 9 of 10 groups; 100 % asked, partly from 75 %
    "N1.5": "met",  # 31 months old, 48 allowed
    "N1.6": "met",  # 2 meetings
    "N1.7": "partly_met",  # level 2; 3 asked, partly from 2
    "N1.8": "met",  # 18 June, before 1 July
    "N2.1": "met",
    "N2.2": "not_met",  # 1 of 2 points answered; 90 %, partly from 67.5 %
    "N2.3": "met",  # 7 of 8; 80 %
    "N2.4": "met",
    "N2.5": "met",
    "N2.6": "met",
    "N2.7": "not_met",  # the only agreement ran out
    "N3.1": "not_met",  # more than 36 months old
    "N3.2": "not_met",  # 2 of 3; 100 %, partly from 90 %
    "N3.4": "partly_met",  # 120 of 160 is 75 %; 80 %, partly from 60 %
    "N3.5": "met",
    "N3.6": "partly_met",  # 6 of 8; 100 %, partly from 75 %
    "N3.7": "not_met",  # level 1; 4, partly from 3
    "N3.8": "met",  # 8 of 10 is 80 %
    "N4.1": "met",
    "N4.3": "met",  # 360 of 400 is 90 %
    "N4.4": "not_met",  # 2 of 3; 100 %, partly from 75 %
    "N4.5": "met",
    "N4.7": "not_met",  # 2 of 3
    "N4.8": "not_met",  # 1 of 2
    "N5.1": "unknown",  # yes, without a document
    "N5.2": "own_approach",
    "N5.3": "informative",
    "N5.4": "met",  # 2 of at least 1
    "N5.5": "not_applicable",
    "N5.6": "met",
    "N6.1": "not_met",  # 2 of 3; 100 %, partly from 75 %
    "N6.2": "met",  # 6 of 8; 75 %
    "N6.3": "partly_met",  # 4 of 8, the other 4 in part
    "N6.4": "met",
    "N6.5": "unknown",  # 5 yes, 3 empty, so between 5 of 8 and 8 of 8; 75 %, partly from 56.25 %
    "N6.6": "met",
}
"""Verdicts worked out by hand from docs/method.md."""


@dataclass(frozen=True, slots=True)
class Journey:
    """A newcomer's day: the folder, the workbook, the documents, and what the program said at each step."""

    folder: Path
    workbook: Path
    out: Path
    made: Ran
    checked: Ran
    assessed: Ran


def travel(folder: Path) -> Journey:
    """From an empty folder to the four documents."""
    made = here("template", CODE, "--year", "2026", "--name", NAME, "--first-year", "2024", folder=folder)
    workbook = folder / f"{CODE}-2026.xlsx"
    form = Form(workbook)
    fill_in(form)
    form.save()
    checked = here("check", workbook, folder=folder)
    assessed = here("assess", workbook.name, "-o", "uit", folder=folder)
    return Journey(folder, workbook, folder / "uit", made, checked, assessed)


def fill_in(form: Form) -> None:
    """Everything, sheet by sheet."""
    form.network("Regio", "Waterland")
    form.network("Contactpersoon (functie)", "beleidsondersteuner")
    fill_documents(form)
    fill_members(form)
    fill_meetings(form)
    fill_tumour_types(form)
    fill_care(form)
    fill_agreements(form)
    fill_volumes(form)
    fill_council(form)
    fill_indicators(form)
    form.complete(*REGISTERS)


def fill_documents(form: Form) -> None:
    documents = {
        "D1": ("Samenwerkingsovereenkomst", date(2024, 3, 14)),
        "D2": ("Bestuursreglement", date(2024, 5, 23)),
        "D3": ("Meerjarenplan", date(2023, 5, 31)),
        "D4": ("Regioplan", date(2025, 6, 18)),
        "D5": ("Kwaliteitsbeleid", date(2021, 2, 1)),
        "D6": ("Jaaroverzicht 2025", date(2025, 12, 18)),
    }
    for name, (title, day) in documents.items():
        form.put("Documenten", {"Id": name}, {"Titel": title, "Datum": day, "Inzage": "meegestuurd"})


def fill_members(form: Form) -> None:
    for name, title in HOSPITALS.items():
        values = {"Naam": title, "Soort": "ziekenhuis", "Rol": "ondertekenaar", "Van": date(2022, 1, 1)}
        exchange = "nee" if name == "ZU" else "ja"
        values |= {"Uitwisseling met alle": exchange, "Bericht huisarts": "ja", "Documenten": "D6 p. 14"}
        form.put("Deelnemers", {"Id": name}, values)


def fill_meetings(form: Form) -> None:
    rows: dict[str, dict[str, Any]] = {
        "bestuurlijk": {"Naam": "Bestuurlijk overleg", "Gehouden": 2},
        "oncologiecommissie": {
            "Naam": "Oncologiecommissie",
            "Gehouden": 4,
            "Alle ziekenhuizen vertegenwoordigd": "ja",
        },
        "PAR": {"Naam": "Patiëntenadviesraad", "Gehouden": 6, "Reglement": "Reglement PAR"},
    }
    for kind, values in rows.items():
        always = {"Sinds": date(2023, 1, 1), "Documenten": "D6 p. 2"}
        form.put("Overlegvormen", {"Soort": kind}, values | always)


def fill_tumour_types(form: Form) -> None:
    for number, group in enumerate(OWN):
        values: dict[str, Any] = {
            "Stand": "eigen netwerk",
            "Sinds": date(2023, 1, 1),
            "Bijeenkomsten": 4,
            "Cijfers besproken op": date(2025, 9, 16),
            "Zorgpad van": date(2024, 5, 1) if number < 6 else "nee",
            "Regionaal MDO": "ja",
            "MDO compleet": 45,
            "Gehouden": 50,
            "Platform": "gezamenlijk" if number < 6 else "eigen",
            "Advies binnen dagen": 3,
            "Gevolgd": "ja" if number < 4 else "nee",
            "Patiëntvertegenwoordiging": "ja" if number < 7 else "nee",
            "Patiënteninformatie van": date(2025, 6, 3),
            "Systeemtherapie": "ja" if group in WITH_SYSTEMIC_THERAPY else "nee",
            "Zonder herhaald onderzoek": "ja" if number < 5 else None,
            "Palliatieve afspraken": "ja",
            "Spiegelinformatie": "ja",
            "Verwezen op tijd": 15,
            "Verwezen": 20,
            "Documenten": "D6 p. 7",
        }
        if group in WITH_SYSTEMIC_THERAPY:
            values["Echelontabel van"] = date(2024, 12, 3)
        form.put("Tumortypenetwerken", {"Groep": group}, values)
    for group, state in OTHER.items():
        values = {"Stand": state, "Systeemtherapie": "nee", "Documenten": "D6 p. 8"}
        if state.startswith("ondergebracht"):
            values |= {"Bij": "Oncologienetwerk Bovenland", "Patiënteninformatie van": date(2025, 6, 3)}
        form.put("Tumortypenetwerken", {"Groep": group}, values)


def fill_care(form: Form) -> None:
    for location, treated in TREATED_IN.items():
        for group in (*OWN, *OTHER):
            values: dict[str, Any] = {"Behandelt": "nee"}
            if group in treated:
                values = {"Behandelt": "ja", "Echelon": "1", "MDO-route": "volledig", "Vast aanspreekpunt": "ja"}
                values |= {"Op tijd": 41, "Behandeld": 50, "In MDO": 55, "Nieuw": 60, "Documenten": "D6 p. 9"}
            if (location, group) in SECOND_ECHELON:
                values |= {"Echelon": "2", "MDO-route": SECOND_ECHELON[location, group]}
            form.put("Zorgaanbod", {"Locatie": location, "Groep": group}, values)


def fill_agreements(form: Form) -> None:
    everyone = "NO; OO; ZU"
    rows: dict[str, dict[str, Any]] = {
        "A1": {"Soort": "samenwerking", "Partijen": everyone},
        "A2": {"Soort": "shared care", "Partijen": everyone, "Groepen": "Borst", "Toetsbaar": "ja"},
        "A3": {"Soort": "shared care", "Partijen": everyone, "Groepen": "Maag-darm-lever", "Toetsbaar": "nee"},
        "A4": {"Soort": "gegevens delen", "Partijen": everyone},
        "A5": {"Soort": "eerste lijn", "Partijen": everyone, "Geldig tot": date(2024, 12, 31)},
        "A6": {"Soort": "onderzoek", "Partijen": everyone},
        "A7": {"Soort": "verwijzing", "Partijen": everyone, "Groepen": "Bot en weke delen"},
    }
    for name, values in rows.items():
        form.put("Afspraken", {"Id": name}, {"Datum": date(2024, 3, 14), "Documenten": "D1 p. 3"} | values)


def fill_volumes(form: Form) -> None:
    for location, treatment, number in (
        ("NO", "Slokdarmresectie", 25),
        ("NO", "Rectumresectie", 30),
        ("OO", "Rectumresectie", 18),
    ):
        key = {"Locatie": location, "Behandeling": treatment, "Jaar": 2025}
        values = {"Aantal": number, "Stand": "definitief", "Bron": "landelijke registratie"}
        if number < 20:
            values["Toelichting"] = "Twee onder de norm. Plan: samen met Noord, vóór 2027."
        form.put("Volumes", key, values)


def fill_council(form: Form) -> None:
    first = {"Standaard": "2", "Datum": date(2025, 4, 1), "Antwoord van het bestuur": "Dat doen wij."}
    form.put("Stem van de PAR", {"Punt of advies": "Eén telefoonnummer"}, first)
    form.put("Stem van de PAR", {"Punt of advies": "Wachttijd tonen"}, {"Standaard": "2", "Datum": date(2025, 5, 1)})


def fill_indicators(form: Form) -> None:
    form.answer("N1.2", Antwoord="ja", Documenten="D2 p. 3")
    form.answer("N1.5", Antwoord="ja", Documenten="D3")
    form.answer("N1.7", Antwoord=2, Documenten="D6")
    form.answer("N1.8", Antwoord="ja", Documenten="D4")
    form.answer("N2.6", Antwoord=3, Documenten="D6 p. 11")
    form.answer("N3.1", Antwoord="ja", Documenten="D5", Toelichting="Een nieuw beleid is in de maak.")
    form.answer("N3.7", Antwoord=1, Documenten="D6")
    form.answer("N3.8", Teller=8, Noemer=10, Documenten="D6 p. 20")
    form.answer("N5.1", Antwoord="ja")
    form.put(
        "Indicatoren",
        {"Id": "N5.2"},
        {
            "Antwoord": "nee",
            "Documenten": "D6",
            "Eigen aanpak: doel": "Elke patiënt hoort van onderzoek dat past",
            "Eigen aanpak: wat": "De regio sluit aan bij het register van Bovenland",
            "Eigen aanpak: werkt het": "In 2025 waren er 31 verwijzingen",
            "Eigen aanpak: tot": date(2027, 12, 31),
        },
    )
    form.put("Indicatoren", {"Id": "N5.3"}, {"Teller": 40, "Noemer": 200, "Over jaar": 2025, "Bron": "NKR"})
    form.answer("N5.4", Antwoord=2, Documenten="D6 p. 30")
    form.put(
        "Indicatoren", {"Id": "N5.5"}, {"Antwoord": "n.v.t.", "Reden n.v.t.": "Er is geen opleiding in de regio."}
    )
