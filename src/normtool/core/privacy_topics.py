"""What a text, a heading or a sheet name speaks of: BSNs, numbers of patients, births, patients."""

from __future__ import annotations

import re
import unicodedata
from enum import Enum


class Topic(Enum):
    """What is spoken of. FILE: numbers of dossiers and policies, which need not be a patient's."""

    BSN = "bsn"
    NUMBER = "number"
    FILE = "file"
    BIRTH = "birth"
    PATIENT = "patient"


Topics = frozenset[Topic]
PERSON = frozenset({Topic.BSN, Topic.NUMBER, Topic.BIRTH, Topic.PATIENT})
"""With one of these, a number that may be a BSN is taken for one."""

LONGEST_LABEL = 60
WORDS_IN_LABEL = 5

TRIGGERS = re.compile(
    "bsn|burger|sofi|citizen|pat|mrn|epd|zis|medical record|dossier|polis|verzekerde|geb|born|birth|dob|d.o.b"
)
"""Finds every text that speaks of something here, and more, quickly in a long text in small letters."""
BSN = re.compile(
    r"bsn(?![a-z])|bsn(?:'?s|nrs?|nummers?)\b|burger[ -]?service[ -]?(?:nummer|nr)|citizen service n|\bsofi"
)
NUMBER = re.compile(
    r"\bpatient(?:en|s)?[ ._-]?(?:nummers?|numbers?|nrs?|no|ids?|codes?)\b|\bpat[ ._-]{0,2}(?:nummer|nr|no|id)\b"
    r"|\bmrn\b|\bepd[ ._-]?(?:nummer|nr|id)|\bzis[ ._-]?(?:nummer|nr|id)|\bmedical record (?:number|no)"
)
FILE = re.compile(r"\b(?:dossier|polis|verzekerden?)[ ._-]?(?:nummers?|nrs?|no)\b")
BIRTH = re.compile(
    r"\bgeboren\b|\bgeboortedat(?:um|a)\b|\bgeb\W{0,2}dat|\bdate of birth|\bbirth ?dates?\b|\bd\.?o\.?b\b"
)
BIRTH_LABEL = re.compile(
    r"(?:(?:patient|naam|name|datum|date)\W+)?"
    r"(?:geboren|geboortedat(?:um|a)|geb(?:\W{0,2}dat(?:um)?)?|born|birth ?dates?|date of birth|d\.?o\.?b)\b"
)
PATIENT = re.compile(
    r"\bpatient\b(?!\s+(?:council|advis|represent|organi|inform|experience|safety|journey|pathway|participat"
    r"|involvement|association|panel|federation|satisfaction|portal|care|group|and\b|en\b|perspective))"
)
PATIENT_WORD = re.compile(r"patient(?:en|s)?(?:gegevens|lijst|naam|namen|data|e?mail\w*|adres\w*)?")
LABEL_WORDS = frozenset(
    {"naam", "namen", "name", "names", "nr", "nummer", "number", "id", "code", "bsn"}
    | {"e", "mail", "email", "mailadres", "emailadres", "adres", "address", "telefoon", "tel", "phone"}
    | {"gegevens", "contactgegevens", "data", "details", "lijst", "list", "overzicht", "blad", "sheet"}
    | {"van", "of", "de", "het", "the", "s", "alle", "all", "onze", "our", "mevrouw", "heer"}
)
"""Beside these words *patiënt* is about persons; *aantal patiënten* and *informatie voor patiënten* are not."""


HOLDS_NUMBER = re.compile(r"\d{4}")
"""A text that holds the number itself is no label for what stands beside it."""


def fold(text: str) -> str:
    """A text as it is searched: small letters, one kind of digits and blanks, *patiënt* as *patient*."""
    return unicodedata.normalize("NFKC", text).casefold().replace("ë", "e")


def topics_in(folded: str) -> Topics:
    """What a text itself speaks of, wherever it says so."""
    searched = ((BSN, Topic.BSN), (NUMBER, Topic.NUMBER), (FILE, Topic.FILE), (BIRTH, Topic.BIRTH))
    topics = {topic for pattern, topic in searched if pattern.search(folded)}
    if PATIENT.search(folded):
        topics.add(Topic.PATIENT)
    return frozenset(topics)


def topics_of_label(text: str, *, heading: bool) -> Topics:
    """What a text says of the cells beside or below it. A `heading` is a column's header or the name of a sheet."""
    if len(text) > LONGEST_LABEL:
        return frozenset({Topic.BSN}) if BSN.search(fold(text)) else frozenset()
    folded = " ".join(fold(text).split())
    topics = {Topic.BSN} if BSN.search(folded) else set()
    words = re.findall(r"[a-z]+", folded)
    if len(words) > WORDS_IN_LABEL or HOLDS_NUMBER.search(folded):
        return frozenset(topics)
    topics |= {topic for pattern, topic in ((NUMBER, Topic.NUMBER), (FILE, Topic.FILE)) if pattern.search(folded)}
    if BIRTH_LABEL.match(folded) or (heading and BIRTH.search(folded)):
        topics.add(Topic.BIRTH)
    patients = [word for word in words if PATIENT_WORD.fullmatch(word)]
    if patients and all(word in LABEL_WORDS or word in patients for word in words):
        topics.add(Topic.PATIENT)
    return frozenset(topics)
