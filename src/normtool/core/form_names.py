"""Names in the evidence workbook that the program itself depends on, in both languages.

They are a contract: forms that are out in the field carry them. Register sheets and their headers are not here,
they come from the framework.
"""

from __future__ import annotations

from dataclasses import dataclass

from normtool.core.registers import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class FormName:
    """A sheet, a header or a label: how it is written, and other spellings that are understood."""

    id: str
    text: Text
    also: tuple[str, ...] = ()


def _name(name_id: str, nl: str, en: str, *also: str) -> FormName:
    return FormName(id=name_id, text=Text(nl=nl, en=en), also=also)


GUIDE_SHEET = _name("guide", "Invulwijzer", "Guide", "Leeswijzer")
NETWORK_SHEET = _name("network", "Netwerk", "Network")
INDICATORS_SHEET = _name("indicators", "Indicatoren", "Indicators")
RETURNED_SHEET = _name("returned", "Na te kijken", "To correct")
HIDDEN_SHEET = "_normtool"
OFFERS_SHEET = "_aangeboden"
"""What stands ready to be confirmed, as a program reads it; hidden, and by this name in every language."""

NO_PATIENT_DATA = "no_patient_data"
WITHHELD = _name("withheld", "[niet getoond]", "[not shown]")
"""What stands in the place of a value that may be about a patient."""

NETWORK_ITEM = _name("item", "Gegeven", "Item", "Sleutel", "Key", "Veld")
NETWORK_VALUE = _name("value", "Waarde", "Value", "Antwoord", "Answer", "Invullen")

NETWORK_KEYS = (
    _name("code", "Code", "Code", "Netwerkcode", "Afkorting"),
    _name("name", "Naam", "Name", "Naam netwerk", "Naam van het netwerk", "Netwerk"),
    _name("region", "Regio", "Region"),
    _name("layer", "Laag", "Layer", "Niveau", "Regio of deelnetwerk"),
    _name("unit_of_review", "Eenheid van toetsing", "Unit of review", "Toetseenheid"),
    _name("assessment_year", "Toetsjaar", "Assessment year"),
    _name("reporting_year", "Verslagjaar", "Reporting year"),
    _name("reference_date", "Peildatum", "Reference date"),
    _name("first_assessment_year", "Eerste toetsjaar", "First assessment year"),
    _name("nature", "Aard van de gegevens", "Nature of the data", "Soort gegevens"),
    _name("contact_role", "Contactpersoon (functie)", "Contact (role)", "Contact (functie)", "Contact role"),
    _name("features", "Kenmerken van de regio", "Features of the region"),
    _name(
        "own_term_tumour_type_network",
        "Eigen woord voor tumortypenetwerk",
        "Own word for tumour-type network",
        "Eigen termen",
        "Own terms",
    ),
    _name(
        NO_PATIENT_DATA,
        "Bevestigd: geen patiëntgegevens",
        "Confirmed: no patient data",
        "Geen patiëntgegevens",
        "No patient data",
        "Bevestiging geen patiëntgegevens",
    ),
)

NATURES = (
    _name("network", "netwerk", "network", "echt", "eigen netwerk", "real"),
    _name("fictional", "fictief", "fictional", "verzonnen", "invented"),
    _name("public_exercise", "oefening op openbare teksten", "exercise on public texts", "oefening", "exercise"),
)

NETWORK_LAYERS = (
    _name("region", "regio", "region", "oncologieregio", "regionaal netwerk", "CCN"),
    _name("sub_network", "deelnetwerk", "sub-network", "subnetwerk", "sub-netwerk", "subnetwork"),
)

INDICATOR_COLUMNS = (
    _name("id", "Id", "Id", "Nr", "Nummer", "Indicator"),
    _name("standard", "Standaard", "Standard"),
    _name("class", "Klasse", "Class"),
    _name("question", "Vraag", "Question"),
    _name("norm", "Norm", "Norm"),
    _name("where", "Waar", "Where"),
    _name("answer", "Antwoord", "Answer"),
    _name("numerator", "Teller", "Numerator"),
    _name("denominator", "Noemer", "Denominator"),
    _name("year", "Over jaar", "Year", "Jaar"),
    _name("source", "Bron", "Source"),
    _name("documents", "Documenten", "Documents", "Document"),
    _name("explanation", "Toelichting", "Explanation"),
    _name("reason_not_applicable", "Reden n.v.t.", "Reason n.a.", "Reden nvt", "Reason n/a"),
    _name("own_aim", "Eigen aanpak: doel", "Own approach: aim"),
    _name("own_what", "Eigen aanpak: wat", "Own approach: what"),
    _name("own_proof", "Eigen aanpak: werkt het", "Own approach: proof"),
    _name("own_until", "Eigen aanpak: tot", "Own approach: until"),
    _name("bottleneck", "Knelpunt", "Bottleneck"),
    _name("last_year", "Vorig jaar", "Last year"),
    _name("delivered", "Aangeleverd", "Delivered"),
    _name("confirmed", "Bevestigd", "Confirmed"),
)

OFFER_COLUMNS = tuple(column for column in INDICATOR_COLUMNS if column.id in ("last_year", "delivered", "confirmed"))
"""Columns that a register also gets, at its right, in a form in which something stands ready."""

SHOWN_COLUMNS = frozenset({"id", "standard", "class", "question", "norm", "where", "last_year", "delivered"})
"""Columns of the indicator sheet that the form fills itself; nobody answers in them."""

COMPLETE_LABEL = _name(
    "complete",
    "Dit overzicht is volledig",
    "This overview is complete",
    "Overzicht volledig",
    "Overview complete",
)
