"""Every rule about what was filled in, in the smallest form that breaks it, at its exact cell."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from normtool.core import rules_answers
from normtool.core.diagnostics import Diagnostics, Rule
from normtool.core.intake import take_in
from normtool.core.places import CellRange
from normtool.core.scoring import assess
from tests.conftest import built_in
from tests.core.tables import NETWORK as NETWORK_SHEET
from tests.core.tables import form, read, said, seen, workbook

MEMBERS = """
## Deelnemers
| Id | Naam   | Soort      |
| Z1 | Alba   | ziekenhuis |
| Z2 | Beuken | ziekenhuis |
"""
DOCUMENTS = """
## Documenten
| Id | Titel | Datum      | Geldig tot |
| D1 | Visie | 2025-03-01 | …          |
"""

VALUES = {
    "NT301": (
        """
        ## Indicatoren
        | Id   | Teller | Noemer |
        | N5.3 | 51     | 48     |
        """,
        "NT301 Indicatoren!B2 numerator=51 denominator=48 (denominator: Indicatoren!C2)",
    ),
    "NT301 in a row": (
        MEMBERS
        + """
        ## Zorgaanbod
        | Locatie | Groep | Behandelt | Op tijd | Behandeld |
        | Z1      | Huid  | ja        | 12      | 11        |
        """,
        "NT301 Zorgaanbod!D2 numerator=12 denominator=11 (swapped: Zorgaanbod!E2)",
    ),
    "NT302": (
        """
        ## Indicatoren
        | Id   | Antwoord  |
        | N1.2 | misschien |
        """,
        "NT302 Indicatoren!B2 found=misschien",
    ),
    "NT303": (
        """
        ## Indicatoren
        | Id   | Antwoord  |
        | N5.4 | een of twee |
        """,
        "NT303 Indicatoren!B2 found=een of twee",
    ),
    "NT304": (
        """
        ## Indicatoren
        | Id   | Teller | Noemer |
        | N5.3 | 85%    | 100    |
        """,
        "NT304 Indicatoren!B2 found=85%",
    ),
    "NT305": (
        """
        ## Documenten
        | Id | Datum   |
        | D1 | binnenkort |
        """,
        "NT305 Documenten!B2 found=binnenkort",
    ),
    "NT306": (
        """
        ## Tumortypenetwerken
        | Groep | Platform |
        | Huid  | per fax  |
        """,
        "NT306 Tumortypenetwerken!B2 found=per fax choices=gezamenlijk, eigen, geen",
    ),
    "NT306 in English": (
        """
        ## Tumour types
        | Group | State | Platform |
        | Skin  | own   | by fax   |
        """,
        "NT306 Tumour types!C2 found=by fax choices=joint, own, none",
    ),
    "NT307": (
        """
        ## Tumortypenetwerken
        | Groep | Platform     |
        | Huid  | gezamelijk   |
        """,
        "NT307 Tumortypenetwerken!B2 found=gezamelijk meant=gezamenlijk",
    ),
    "NT308": (
        DOCUMENTS
        + """
        ## Indicatoren
        | Id   | Antwoord | Documenten |
        | N1.2 | ja       | D1; notulen |
        """,
        "NT308 Indicatoren!C2 found=notulen",
    ),
    "NT309": (
        """
        ## Documenten
        | Id       |
        | visie-26 |

        ## Indicatoren
        | Id   | Antwoord | Documenten |
        | N1.2 | ja       | visie-25   |
        """,
        "NT309 Indicatoren!C2 found=visie-25 meant=visie-26",
    ),
    "NT310": (
        """
        ## Indicatoren
        | Id   | Antwoord |
        | N9.1 | ja       |
        """,
        "NT310 Indicatoren!A2 found=N9.1",
    ),
    "NT310 without any id": (
        """
        ## Indicatoren
        | Id   | Antwoord |
        |      | ja       |
        """,
        "NT310 Indicatoren!A2 found=",
    ),
    "NT310 in a list": (
        """
        ## Knelpunten
        | Omschrijving | Indicatoren |
        | Geen geld    | N1.2; N9.1  |
        """,
        "NT310 Knelpunten!B2 found=N9.1",
    ),
    "NT311": (
        """
        ## Indicatoren
        | Id   | Antwoord |
        | N1.2 | nee      |
        | N1.3 |          |
        | n1.2 | nee      |
        """,
        "NT311 Indicatoren!A4 indicator=N1.2 (first: Indicatoren!A2)",
    ),
    "NT312": (
        """
        ## Tumortypenetwerken
        | Groep | Stand         |
        | Huid  | eigen netwerk |
        | HUID  | niet behandeld |
        """,
        "NT312 Tumortypenetwerken!A3 key=HUID (first: Tumortypenetwerken!A2)",
    ),
    "NT313": (
        MEMBERS
        + """
        ## Volumes
        | Locatie | Behandeling  | Jaar | Aantal | Stand     |
        | Zuid    | Maagresectie | 2025 | 24     | definitief |
        """,
        "NT313 Volumes!A2 found=Zuid",
    ),
    "NT314": (
        """
        ## Tumortypenetwerken
        | Groep   | Stand         |
        | Hart    | eigen netwerk |
        """,
        "NT314 Tumortypenetwerken!A2 found=Hart",
    ),
    "NT315": (
        MEMBERS
        + """
        ## Volumes
        | Locatie | Behandeling | Jaar | Aantal | Stand      |
        | Z1      | Knie        | 2025 | 24     | definitief |
        """,
        "NT315 Volumes!B2 found=Knie",
    ),
    "NT316": (
        MEMBERS
        + """
        ## Volumes
        | Locatie | Behandeling  | Jaar | Aantal | Stand      |
        | Beukn   | Maagresectie | 2025 | 24     | definitief |
        """,
        "NT316 Volumes!A2 found=Beukn meant=Beuken",
    ),
    "NT317": (
        """
        ## Indicatoren
        | Id   | Antwoord | Teller |
        | N1.2 | #N/A     |        |
        """,
        "NT317 Indicatoren!B2 found=#N/A",
    ),
    "NT317 pasted as text": (
        """
        ## Indicatoren
        | Id   | Antwoord |
        | N1.2 | "#N/B"   |
        """,
        "NT317 Indicatoren!B2 found=#N/B",
    ),
    "NT317 in a row": (
        """
        ## Tumortypenetwerken
        | Groep | Bijeenkomsten |
        | Huid  | #REF!         |
        """,
        "NT317 Tumortypenetwerken!B2 found=#REF!",
    ),
    "NT317 pasted in a row": (
        """
        ## Tumortypenetwerken
        | Groep | Bij       |
        | Huid  | "#VERW!"  |
        """,
        "NT317 Tumortypenetwerken!B2 found=#VERW!",
    ),
    "NT318": (
        """
        ## Indicatoren
        | Id   | Teller     | Noemer |
        | N5.3 | =SOM(A1:A9) | 48     |
        """,
        "NT318 Indicatoren!B2",
    ),
    "NT318 in a row": (
        """
        ## Tumortypenetwerken
        | Groep | Bijeenkomsten |
        | Huid  | =B9+1         |
        """,
        "NT318 Tumortypenetwerken!B2",
    ),
    "NT319": (
        """
        ## Indicatoren
        | Id   | Antwoord |
        | N2.6 | 5        |
        """,
        "NT319 Indicatoren!B2 found=5",
    ),
    "NT320": (
        """
        ## Indicatoren
        | Id   | Antwoord |
        | N5.4 | -3       |
        """,
        "NT320 Indicatoren!B2 found=-3",
    ),
    "NT321": (
        """
        ## Indicatoren
        | Id   | Teller | Noemer | Over jaar |
        | N5.3 | 40     | 48     | vorig jaar |
        """,
        "NT321 Indicatoren!D2 found=vorig jaar",
    ),
    "NT322": (
        """
        ## Indicatoren
        | Id   | Teller | Noemer  |
        | N5.3 | 40     | "1.200" |
        """,
        "NT322 Indicatoren!C2 found=1.200 first=1200 second=1,200",
    ),
    "NT323": (
        """
        ## Documenten
        | Id | Datum   |
        | D1 | 1-3-25  |
        """,
        "NT323 Documenten!B2 found=1-3-25 proposal=1-3-2025",
    ),
    "NT323 a number of Excel": (
        """
        ## Documenten
        | Id | Datum |
        | D1 | 45717 |
        """,
        "NT323 Documenten!B2 found=45717 proposal=1-3-2025",
    ),
    "NT324": (
        """
        ## Tumortypenetwerken
        | Groep | Stand         |
        |       | eigen netwerk |
        """,
        "NT324 Tumortypenetwerken!A2 header=Groep",
    ),
    "NT324 half a key": (
        MEMBERS
        + """
        ## Zorgaanbod
        | Locatie | Groep | Behandelt |
        | Z1      |       | ja        |
        """,
        "NT324 Zorgaanbod!B2 header=Groep",
    ),
    "NT325": (
        """
        ## Indicatoren
        | Id   | Teller | Noemer |
        | N5.3 | 3      | 0      |
        """,
        "NT325 Indicatoren!B2 numerator=3 (denominator: Indicatoren!C2)",
    ),
    "NT330": (
        """
        ## Indicatoren
        | Id   | Antwoord | Reden n.v.t. |
        | N1.2 | n.v.t.   | Past niet    |
        """,
        "NT330 Indicatoren!B2 indicator=N1.2",
    ),
    "NT331": (
        """
        ## Indicatoren
        | Id   | Antwoord |
        | N5.3 | nvt      |
        """,
        "NT331 Indicatoren!B2 indicator=N5.3",
    ),
    "NT332": (
        """
        ## Indicatoren
        | Id   | Antwoord | Reden n.v.t. |
        | N5.3 |          | Geen trials  |
        """,
        "NT332 Indicatoren!C2 indicator=N5.3",
    ),
    "NT333": (
        """
        ## Indicatoren
        | Id   | Antwoord | Reden n.v.t. | Teller | Noemer |
        | N5.3 | n.v.t.   | Geen trials  |        | 12     |
        """,
        "NT333 Indicatoren!B2 indicator=N5.3 (also_filled: Indicatoren!E2)",
    ),
    "NT333 with an own approach": (
        """
        ## Indicatoren
        | Id   | Antwoord | Reden n.v.t. | Eigen aanpak: wat |
        | N5.3 | n.v.t.   | Geen trials  | Iets anders       |
        """,
        "NT333 Indicatoren!B2 indicator=N5.3 (also_filled: Indicatoren!D2)",
    ),
    "NT334": (
        """
        ## Tumortypenetwerken
        | Groep | Stand         | Verwezen op tijd | Verwezen |
        | Huid  | eigen netwerk | 8                | 10       |

        ## Indicatoren
        | Id   | Antwoord | Reden n.v.t.       |
        | N3.4 | n.v.t.   | Niemand verwijst   |
        """,
        "NT334 Indicatoren!B2 indicator=N3.4 sheet=Tumortypenetwerken (row: Tumortypenetwerken!A2)",
    ),
    "NT335": (
        """
        ## Indicatoren
        | Id   | Antwoord |
        | N5.4 | 10000001 |
        """,
        "NT335 Indicatoren!B2 found=10000001",
    ),
}

VALUES |= {
    "NT336": (
        """
        ## Tumortypenetwerken
        | Groep | Bijeenkomsten |
        | Huid  | ongeveer 11   |
        """,
        "NT336 Tumortypenetwerken!B2 found=ongeveer 11 proposal=11",
    ),
    "NT337": (
        """
        ## Indicatoren
        | Id   | Antwoord             |
        | N1.2 | ja, zie toelichting  |
        """,
        "NT337 Indicatoren!B2 found=ja, zie toelichting proposal=ja",
    ),
    "NT338": (
        """
        ## Indicatoren
        | Id   | Teller | Noemer | Over jaar |
        | N5.3 | 40     | 48     | 2024-2025 |
        """,
        "NT338 Indicatoren!D2 found=2024-2025 proposal=2025",
    ),
    "NT339": (
        """
        ## Deelnemers
        | Id | Naam | Soort      |
        | Z1 | Alba | ziekenhuis |
        | L1 | Alba | locatie    |

        ## Zorgaanbod
        | Locatie | Groep | Behandelt |
        | Alba    | Huid  | ja        |
        """,
        "NT339 Zorgaanbod!A2 found=Alba first=Z1 second=L1",
    ),
}

NETWORK = {
    "NT252": (
        """
        ## Netwerk
        | Naam      | Alba |
        | Toetsjaar | 2026 |
        """,
        "NT252 formulier.xlsx sheet=Volumes count=2",
    ),
    "NT253": (
        """
        ## Volumes
        | Hier komt nog een tabel |
        """,
        "NT253 Volumes sheet=Volumes header=Locatie",
    ),
    "NT254": (
        """
        ## Netwerk
        | Naam      | Alba |
        | Toetsjaar | 2026 |

        ## Indicatoren
        | Id | Antwoord | Noemer | Documenten |
        """,
        "NT254 Indicatoren!A1 sheet=Indicatoren header=Teller",
    ),
    "NT254 in a register": (
        """
        ## Netwerk
        | Naam      | Alba |
        | Toetsjaar | 2026 |

        ## Zorgaanbod
        | Locatie | Behandelt |
        """,
        "NT254 Zorgaanbod!A1 sheet=Zorgaanbod header=Groep",
    ),
    "NT254 in English": (
        """
        ## Network
        | Name            | Alba |
        | Assessment year | 2026 |

        ## Care
        | Group | Treats |
        """,
        "NT254 Care!A1 sheet=Care header=Location",
    ),
    "NT255": (
        """
        ## Documenten
        | Id | Titel |

        ## Documents
        | Id | Title |
        """,
        "NT255 Documents sheet=Documents (first: Documenten)",
    ),
    "NT256": (
        """
        ## Documenten
        | Id | Titel | Datum | Vastgesteld op |
        """,
        "NT256 Documenten!D1 header=Vastgesteld op (first: Documenten!C1)",
    ),
    "NT257": (
        """
        ## Netwerk
        | Naam      | Alba |
        | Toetsjaar | 2026 |

        ## Docmenten
        | Id | Titel |
        """,
        "NT257 Docmenten found=Docmenten meant=Documenten",
    ),
    "NT258": (
        """
        ## Netwerk
        | Naam      | Alba |
        | Toetsjaar | 2026 |

        ## Documenten
        | Id | Titel | Datm |
        """,
        "NT258 Documenten!C1 found=Datm meant=Datum",
    ),
    "NT259": (
        """
        ## _normtool
        | framework | oncologiezorgnetwerken |
        """,
        "NT259 formulier.xlsx found=oncologiezorgnetwerken expected=netwerknormering-voorbeeld",
    ),
    "NT261": (
        """
        ## Documenten
        | Id | Titel | Datum |
        | D1 | Visie | 2025  |

        ## Documenten (2)
        | Id | Titel | Datum |
        | D1 | Visie | 2024  |
        """,
        "NT261 Documenten (2) sheet=Documenten (2) meant=Documenten",
    ),
    "NT263": (
        """
        ## Netwerk
        | Naam     | Alba |
        | Toetjaar | 2026 |
        """,
        "NT263 Netwerk!A2 found=Toetjaar meant=Toetsjaar",
    ),
    "NT264": (
        """
        ## Netwerk
        | Naam      | Alba |
        | Toetsjaar | 2026 |

        ## Documenten
        | Titel | Datum      |
        | Visie | 2025-03-01 |

        ## Indicatoren
        | Id   | Antwoord | Documenten |
        | N1.2 | ja       | D1         |
        """,
        "NT264 Documenten!A1 sheet=Documenten header=Id",
    ),
    "NT918": (
        """
        ## Documenten
        | Id   | Titel | Datum      |
        | D1   | Visie | 2025-03-01 |
        | …    |       |            |
        | Wie  | Wat   |            |
        | Anna | bellen |           |
        """,
        "NT918 Documenten!A4 found=Wie count=2",
    ),
    "NT914": (
        """
        ## Documenten
        | Id    | Titel |
        | D1    | Visie |
        | Titel | Id    |
        | Plan  | D2    |
        """,
        "NT914 Documenten!A3 row=1",
    ),
    "NT915": (
        MEMBERS
        + """
        ## Volumes
        | Locatie | Behandeling  | Jaar | Aantal | Stand      |
        | Z1      | Maagresectie | 2025 | 24     | definitief |
        | Totaal  |              |      | 24     |            |
        """,
        "NT915 Volumes!A3 found=Totaal",
    ),
    "NT916": (
        """
        ## Documenten
        | Id | Titel | … | …           |
        | D1 | Visie |   | zie map PO  |
        """,
        "NT916 Documenten!D2 found=zie map PO count=1",
    ),
    "NT917": (
        """
        ## Indicatoren
        | Id   | Vraag                | Antwoord |
        | N1.2 | Hier stond de vraag  | nee      |
        """,
        "NT917 Indicatoren!B2 header=Vraag found=Hier stond de vraag",
    ),
    "NT271": (
        """
        ## Netwerk
        | Naam      | Alba |
        | Toetsjaar | 2026 |
        | Naam      | Beuk |
        """,
        "NT271 Netwerk!B3 key=Naam (first: Netwerk!B1)",
    ),
    "NT272": (
        """
        ## Netwerk
        | Naam        | Alba |
        | Toetsjaar   | 2025 |
        | Verslagjaar | 2026 |
        """,
        "NT272 Netwerk!B3 assessment_year=2025 reporting_year=2026 (first: Netwerk!B2)",
    ),
    "NT273": (
        """
        ## Netwerk
        | Naam             | Alba |
        | Toetsjaar        | 2026 |
        | Eerste toetsjaar | 2027 |
        """,
        "NT273 Netwerk!B3 assessment_year=2026 first_year=2027 (first: Netwerk!B2)",
    ),
    "NT904": (
        """
        ## Werkblad 1
        | Aantekening |
        """,
        "NT904 Werkblad 1 sheet=Werkblad 1",
    ),
    "NT905": (
        """
        ## Documenten
        | Id | Titel | Kleur van de map |
        """,
        "NT905 Documenten!C1 header=Kleur van de map",
    ),
    "NT909": (
        """
        ## _normtool
        | framework | netwerknormering-voorbeeld |
        | edition   | "2019.1"                   |
        """,
        "NT909 formulier.xlsx found=2019.1 expected=2026.1",
    ),
    "NT910": (
        """
        ## Netwerk
        | Naam        | Alba |
        | Toetsjaar   | 2026 |
        | Verslagjaar | 2024 |
        """,
        "NT910 Netwerk date=2024-12-31",
    ),
    "NT911": (
        """
        ## Netwerk
        | Naam      | Alba |
        | Toetsjaar | 2026 |
        """,
        "NT911 Netwerk year=2025",
    ),
}

NOTES = {
    "NT901": (
        """
        ## Indicatoren
        | Id   | Antwoord |
        | N5.4 | "48␣"    |
        """,
        "NT901 Indicatoren!B2 found=48 read=48",
    ),
    "NT902": (
        """
        ## Documenten
        | Id | Datum        |
        | D1 | 1 maart 2025 |
        """,
        "NT902 Documenten!B2 found=1 maart 2025 read=2025-03-01",
    ),
    "NT903": (
        """
        ## Indicatoren
        | Id   | Antwoord |
        | N5.4 | -        |
        """,
        "NT903 Indicatoren!B2 found=-",
    ),
    "NT912": (
        """
        ## Indicatoren
        | Id   | Antwoord |
        | N1.2 | n        |
        """,
        "NT912 Indicatoren!B2 found=n read=nee",
    ),
}

QUESTIONS = {
    "NT401": (
        """
        ## Documenten
        | Id | Datum      |
        | D1 | 2026-01-01 |
        """,
        "NT401 Documenten!B2 date=2026-01-01 reference_date=2025-12-31",
    ),
    "NT401 a year alone": (
        """
        ## Documenten
        | Id | Datum |
        | D1 | 2026  |
        """,
        "NT401 Documenten!B2 date=2026 reference_date=2025-12-31",
    ),
    "NT401 one of several dates": (
        """
        ## Tumortypenetwerken
        | Groep | Stand         | Cijfers besproken op   |
        | Huid  | eigen netwerk | 1-5-2025; 1-2-2026     |
        """,
        "NT401 Tumortypenetwerken!C2 date=2026-02-01 reference_date=2025-12-31",
    ),
    "NT402": (
        """
        ## Netwerk
        | Naam        | Alba       |
        | Toetsjaar   | 2026       |
        | Verslagjaar | 2025       |
        | Peildatum   | 2025-07-01 |

        ## Documenten
        | Id | Datum |
        | D1 | 2025  |
        """,
        "NT402 Documenten!B2 year=2025",
    ),
    "NT402 for the age of a document": (
        """
        ## Documenten
        | Id | Datum |
        | D1 | 2021  |

        ## Indicatoren
        | Id   | Antwoord | Documenten |
        | N1.5 | ja       | D1         |
        """,
        "NT402 Documenten!B2 year=2021",
    ),
    "NT403": (
        """
        ## Indicatoren
        | Id   | Eigen aanpak: doel | Eigen aanpak: tot |
        | N1.2 | Samen besturen     | 2026-12-31        |
        """,
        "NT403 Indicatoren!B2 indicator=N1.2 filled=2",
    ),
    "NT404": (
        """
        ## Indicatoren
        | Id   | Eigen aanpak: doel | Eigen aanpak: wat | Eigen aanpak: werkt het | Eigen aanpak: tot |
        | N1.2 | Samen besturen     | Een convenant     | Jaarlijks gesprek       | 2025-06-30        |
        """,
        "NT404 Indicatoren!E2 indicator=N1.2 until=2025-06-30",
    ),
    "NT405": (
        """
        ## Afspraken
        | Dit overzicht is volledig | ja    |
        | Id                        | Soort |
        """,
        "NT405 Afspraken!B1 sheet=Afspraken",
    ),
    "NT406": (
        """
        ## Indicatoren
        | Id   | Teller | Noemer |
        | N3.8 | 50     | 50     |
        """,
        "NT406 Indicatoren!B2 indicator=N3.8 denominator=50",
    ),
    "NT407": (
        """
        ## Tumortypenetwerken
        | Groep | Stand         | Verwezen op tijd | Verwezen |
        | Huid  | eigen netwerk | 19               | 100      |
        """,
        "NT407 Tumortypenetwerken!C2 indicator=N3.4 percent=19 low=20",
    ),
    "NT408": (
        """
        ## Indicatoren
        | Id   | Teller | Noemer | Over jaar |
        | N5.3 | 40     | 48     | 2023      |
        """,
        "NT408 Indicatoren!D2 indicator=N5.3 year=2023 reporting_year=2025",
    ),
    "NT410": (
        DOCUMENTS
        + """
        ## Indicatoren
        | Id   | Documenten |
        | N1.2 | D1         |
        """,
        "NT410 Indicatoren!B2 indicator=N1.2",
    ),
    "NT411": (
        """
        ## Indicatoren
        | Id   | Teller |
        | N1.2 | 4      |
        """,
        "NT411 Indicatoren!B2 indicator=N1.2 header=Teller",
    ),
    "NT412": (
        MEMBERS
        + """
        ## Volumes
        | Locatie | Behandeling  | Jaar | Aantal | Stand      |
        | Z1      | Maagresectie | 2025 | 19     | definitief |
        """,
        "NT412 Volumes!D2 number=19 minimum=20",
    ),
    "NT413": (
        """
        ## Tumortypenetwerken
        | Groep       | Stand         |
        | Weke delen  | eigen netwerk |
        | Bot en weke delen | eigen netwerk |
        """,
        "NT413 Tumortypenetwerken!A3 group=Bot en weke delen",
    ),
    "NT414": (
        """
        ## Documenten
        | Id | Datum      | Geldig tot |
        | D1 | 2020-01-01 | 2025-12-30 |

        ## Indicatoren
        | Id   | Antwoord | Documenten |
        | N1.2 | ja       | D1         |
        """,
        "NT414 Indicatoren!C2 document=D1 date=2025-12-30",
    ),
    "NT415": (
        """
        ## Indicatoren
        | Id   | Teller | Noemer | Over jaar |
        | N5.3 | 40     | 48     | 2026      |
        """,
        "NT415 Indicatoren!D2 indicator=N5.3 year=2026 reporting_year=2025",
    ),
    "NT415 a volume": (
        MEMBERS
        + """
        ## Volumes
        | Locatie | Behandeling  | Jaar | Aantal | Stand      |
        | Z1      | Maagresectie | 2026 | 24     | voorlopig  |
        """,
        "NT415 Volumes!C2 indicator=N3.2 year=2026 reporting_year=2025",
    ),
    "NT408 a volume": (
        MEMBERS
        + """
        ## Volumes
        | Locatie | Behandeling  | Jaar | Aantal | Stand      |
        | Z1      | Maagresectie | 2023 | 24     | definitief |
        """,
        "NT408 Volumes!C2 indicator=N3.2 year=2023 reporting_year=2025",
    ),
}


def everything(markdown: str, *, whole: bool) -> Diagnostics:
    """What reading and, when nothing is wrong, judging has to say."""
    norms = built_in()
    grid = form(markdown) if whole else workbook(markdown)
    evidence, found = take_in(norms, (grid,))
    if evidence is None or any(item.is_error for item in found):
        return found
    return found + assess(norms, evidence)[1]


def dedented(markdown: str) -> str:
    """A page whose headings start the line."""
    return "\n".join(line.strip() for line in markdown.splitlines())


@pytest.mark.parametrize("name", VALUES)
def test_a_value_that_cannot_be_read_is_asked_back_at_its_cell(name: str) -> None:
    markdown, expected = VALUES[name]
    found = everything(dedented(markdown), whole=True)
    assert [line for line in seen(found) if line.startswith(name[:5])] == [expected]
    assert [item.code for item in found if item.is_error] == [name[:5]]


SAID = NETWORK | NOTES | QUESTIONS


@pytest.mark.parametrize("name", SAID)
def test_a_note_or_question_stands_at_its_cell(name: str) -> None:
    markdown, expected = SAID[name]
    markdown = dedented(markdown)
    found = everything(markdown, whole="## Net" not in markdown or name in QUESTIONS)
    assert expected in seen(found)


def test_nt402_names_the_year_that_leaves_a_row_undecided() -> None:
    found = everything(
        """
## Tumortypenetwerken
| Groep | Stand         | Patiënteninformatie van |
| Huid  | eigen netwerk | 2024                    |
""",
        whole=True,
    )
    assert "NT402 Tumortypenetwerken!C2 year=2024" in seen(found)


def test_nt250_a_workbook_without_any_of_our_sheets() -> None:
    evidence, found = take_in(built_in(), (workbook("## Blad1\n| Begroting | 2026 |"),))
    assert evidence is None
    assert seen(found) == ["NT250 formulier.xlsx"]


def test_nt251_a_form_without_the_sheet_of_the_network() -> None:
    evidence, found = take_in(built_in(), (workbook("## Indicatoren\n| Id | Antwoord |"),))
    assert evidence is None
    assert seen(found) == ["NT251 formulier.xlsx sheet=Netwerk"]
    _, found = take_in(built_in(), (workbook("## Indicators\n| Id | Answer |"),))
    assert seen(found) == ["NT251 formulier.xlsx sheet=Network"]


def test_nt251_a_form_without_the_sheet_of_the_indicators() -> None:
    _, found = take_in(built_in(), (workbook(NETWORK_SHEET),))
    assert seen(found)[0] == "NT251 formulier.xlsx sheet=Indicatoren"


def test_nt260_two_parts_that_speak_of_different_networks() -> None:
    other = NETWORK_SHEET.replace("Netwerk Alba", "Netwerk Zee").replace("2025-12-31", "2025-11-30")
    evidence, found = take_in(built_in(), (form(""), form(other)))
    assert evidence is None
    assert seen(found) == [
        "NT260 Netwerk!B3 key=Naam first=Netwerk Alba second=Netwerk Zee (first: Netwerk!B3)",
        "NT260 Netwerk!B6 key=Peildatum first=2025-12-31 second=2025-11-30 (first: Netwerk!B6)",
    ]


def test_nt260_two_parts_that_agree() -> None:
    assert said("", NETWORK_SHEET) == []


def test_nt262_merged_cells_over_several_rows() -> None:
    grid = form("## Documenten\n| Id | Titel |\n| D1 | Visie |\n| D2 | … |\n| … |")
    sheets = tuple(
        replace(sheet, merged=((2, 2, 3, 2), (4, 1, 5, 1))) if sheet.name == "Documenten" else sheet
        for sheet in grid.sheets
    )
    _, found = take_in(built_in(), (replace(grid, sheets=sheets),))
    (item,) = found
    assert isinstance(item.place, CellRange)
    assert (item.code, item.place.cell, dict(item.facts)) == ("NT262", "B2:B3", {"found": "Visie"})


def test_nt270_a_network_without_a_name_or_a_year() -> None:
    evidence, found = take_in(built_in(), (form("## Netwerk\n| Regio | Zuid |"),))
    assert evidence is None
    assert seen(found) == ["NT270 Netwerk key=Toetsjaar", "NT270 Netwerk key=Naam"]


def test_nt409_more_than_a_third_of_the_core_explained() -> None:
    one = built_in().standards[4]
    ids = [item.id for item in one.indicators if item.opening_cycle == 1 and item.indicator_class.value == "core"]
    framework = replace(built_in(), standards=(one,))
    assert len(ids) == 3

    def explained(count: int) -> list[str]:
        lines = [f"| {name} | Doel | Wat bij {name} | Meting | 2030-01-01 |" for name in ids[:count]]
        headers = "| Id | Eigen aanpak: doel | Eigen aanpak: wat | Eigen aanpak: werkt het | Eigen aanpak: tot |"
        evidence, _ = read("\n".join(["## Indicatoren", headers, *lines]), framework=framework)
        return seen(assess(framework, evidence)[1])

    assert explained(1) == []
    assert explained(2) == ["NT409 Indicatoren!B2 count=2 core=3"]


def test_nt906_rows_that_were_hidden_are_read() -> None:
    grid = form("## Documenten\n| Id | Titel |\n| D1 | Visie |\n| D2 | Plan |\n| … |")
    sheets = tuple(
        replace(sheet, hidden_rows=(3, 4)) if sheet.name == "Documenten" else sheet for sheet in grid.sheets
    )
    evidence, found = take_in(built_in(), (replace(grid, sheets=sheets),))
    assert seen(found) == ["NT906 Documenten count=1"]
    assert evidence is not None
    assert [entry.id for entry in evidence.documents] == ["D1", "D2"]


def test_nt908_a_reference_date_from_outside_the_workbook() -> None:
    evidence, found = read("", on=date(2026, 2, 28))
    assert seen(found) == ["NT908 Netwerk date=2026-02-28"]
    assert evidence.network.reference_date == date(2026, 2, 28)
    assert evidence.network.reference_date_overridden


NEVER_SAID = {"NT416", "NT907", "NT913"}
"""Declared, but no code says them (reported; the set only shrinks)."""


def test_every_rule_has_a_case_here() -> None:
    declared = {rule.code for rule in vars(rules_answers).values() if isinstance(rule, Rule)}
    tabled = {name[:5] for name in VALUES | SAID}
    own = {f"NT{found.group(1)}" for name in globals() if (found := re.match(r"test_nt(\d{3})_", name))}
    assert tabled | own == declared - NEVER_SAID
