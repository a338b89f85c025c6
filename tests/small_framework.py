"""A small framework as files, for tests that spoil one line of it."""

from __future__ import annotations

from pathlib import Path

from normtool.core.diagnostics import Diagnostics
from normtool.core.standards import Framework
from normtool.files.standards_yaml import load_framework

FILES = {
    "framework.yaml": """\
id: klein
name: {nl: Klein kader, en: Small framework}
edition: "2026"
status: example
notice: {nl: Alleen een voorbeeld., en: Only an example.}
basis:
  text: {nl: Van ons., en: Ours.}
  standing: proposal
load: {budget_hours: 4, hospitals: 4, groups: 11}
settings: {small_below: 10, large_denominator: 50, jump_percent: 50, jump_from: 20}
soncos:
  - {id: eis-1, title: {nl: Eis 1, en: Requirement 1}}
oeci:
  - {id: governance, title: {nl: Bestuur, en: Governance}}
""",
    "registers.yaml": """\
registers:
  - id: members
    sheet: {nl: Deelnemers, en: Members}
    row_is: {nl: een deelnemer, en: a member}
    expected: members
    columns:
      - {id: id, header: {nl: Id, en: Id}, type: identifier, key: true}
      - {id: name, header: {nl: Naam, en: Name}, type: text}
      - id: kind
        header: {nl: Soort, en: Kind}
        type: choice
        choices:
          - {id: hospital, label: {nl: ziekenhuis, en: hospital}}
          - {id: location, label: {nl: locatie, en: location}}
      - {id: parent, header: {nl: Onderdeel van, en: Parent}, type: member}
      - {id: from, header: {nl: Van, en: From}, type: date}
      - {id: until, header: {nl: Tot, en: Until}, type: date}
      - {id: exchange, header: {nl: Uitwisseling, en: Exchange}, type: yes_no}
  - id: tumour_types
    sheet: {nl: Tumortypenetwerken, en: Tumour types}
    row_is: {nl: een tumorgroep, en: a tumour group}
    expected: groups
    since: since
    when_complete: {column: state, value: not_treated}
    columns:
      - {id: group, header: {nl: Groep, en: Group}, type: group, key: true}
      - id: state
        header: {nl: Stand, en: State}
        type: choice
        choices:
          - {id: own, label: {nl: eigen netwerk, en: own network}, also: [eigen]}
          - {id: not_treated, label: {nl: niet behandeld, en: not treated}}
      - {id: since, header: {nl: Sinds, en: Since}, type: date}
      - {id: meetings, header: {nl: Bijeenkomsten, en: Meetings}, type: whole}
      - {id: figures, header: {nl: Cijfers besproken op, en: Figures discussed on}, type: dates}
      - {id: on_time, header: {nl: Op tijd, en: On time}, type: whole, counts_patients: true}
      - {id: treated, header: {nl: Behandeld, en: Treated}, type: whole, counts_patients: true}
  - id: agreements
    sheet: {nl: Afspraken, en: Agreements}
    row_is: {nl: een afspraak, en: an agreement}
    columns:
      - {id: id, header: {nl: Id, en: Id}, type: identifier, key: true}
      - id: kind
        header: {nl: Soort, en: Kind}
        type: choice
        choices:
          - {id: cooperation, label: {nl: samenwerking, en: cooperation}}
      - {id: parties, header: {nl: Partijen, en: Parties}, type: members}
      - {id: groups, header: {nl: Groepen, en: Groups}, type: groups}
      - {id: date, header: {nl: Datum, en: Date}, type: date}
      - {id: valid_until, header: {nl: Geldig tot, en: Valid until}, type: date}
      - {id: testable, header: {nl: Toetsbaar, en: Testable}, type: yes_no}
  - id: volumes
    sheet: {nl: Volumes, en: Volumes}
    row_is: {nl: een aantal, en: a number}
    expected: locations_by_treatments
    columns:
      - {id: location, header: {nl: Locatie, en: Location}, type: location, key: true}
      - {id: treatment, header: {nl: Behandeling, en: Treatment}, type: treatment, key: true}
      - {id: year, header: {nl: Jaar, en: Year}, type: year, key: true}
      - {id: number, header: {nl: Aantal, en: Number}, type: whole}
      - id: standing
        header: {nl: Stand, en: Standing}
        type: choice
        choices:
          - {id: provisional, label: {nl: voorlopig, en: provisional}}
          - {id: definitive, label: {nl: definitief, en: definitive}}
""",
    "1-bestuur.yaml": """\
standard:
  id: "1"
  title: {nl: Bestuur, en: Governance}
  short: {nl: Bestuur, en: Governance}
  caveat: {nl: Niet alles., en: Not everything.}
  plain: {nl: Is er een bestuur?, en: Is there a board?}
  basis: {text: {nl: Van ons., en: Ours.}, standing: proposal}
  indicators:
    - id: N1.1
      class: core
      dimension: structure
      title: {nl: Overeenkomst, en: Agreement}
      question: {nl: Valt iedereen eronder?, en: Is everybody covered?}
      norm: {nl: "{target} van de deelnemers.", en: "{target} of the members."}
      guidance: {nl: Zie Afspraken., en: See Agreements.}
      kind:
        type: coverage
        register: members
        where:
          - {test: in_period, start: from, end: until}
          - {test: empty, column: parent}
        tests:
          - {test: linked, kinds: [cooperation], tests: [{test: is, column: testable, value: true}]}
      path:
        - {cycle: 1, target: 0.70, partly_from: 0.525}
        - {cycle: 2, target: 0.85}
      source: register
      minutes: 20
      remedy: {nl: Teken., en: Sign.}
      effort_hours: 4
      basis: {text: {nl: Bron., en: Source.}, standing: sourced, references: [S1]}
      soncos: [eis-1]
      oeci: [governance]
    - id: N1.2
      class: core
      dimension: structure
      title: {nl: Plan, en: Plan}
      question: {nl: Is er een plan?, en: Is there a plan?}
      norm: {nl: "Niet ouder dan {months} maanden.", en: "Not older than {months} months."}
      guidance: {nl: Noem het document., en: Name the document.}
      kind: {type: document_age, months: 48}
      source: document
      minutes: 5
      remedy: {nl: Schrijf het., en: Write it.}
      effort_hours: 8
      basis: {text: {nl: Van ons., en: Ours.}, standing: proposal}
""",
    "2-kwaliteit.yaml": """\
standard:
  id: "2"
  title: {nl: Kwaliteit, en: Quality}
  short: {nl: Kwaliteit, en: Quality}
  caveat: {nl: Niet alles., en: Not everything.}
  plain: {nl: Is de zorg goed?, en: Is care good?}
  basis: {text: {nl: Van ons., en: Ours.}, standing: proposal}
  indicators:
    - id: N2.1
      class: core
      dimension: process
      title: {nl: Volumes, en: Volumes}
      question: {nl: Halen alle locaties de norm?, en: Does every location reach the norm?}
      norm: {nl: Alle rijen., en: Every row.}
      guidance: {nl: Zie Volumes., en: See Volumes.}
      kind: {type: volume, category: intervention}
      path: [{cycle: 1, target: 1, partly_from: 0.9}]
      source: national
      minutes: 60
      remedy: {nl: Concentreer., en: Concentrate.}
      effort_hours: 80
      basis: {text: {nl: Van ons., en: Ours.}, standing: proposal}
    - id: N2.2
      class: growth
      dimension: process
      title: {nl: Doorlooptijd, en: Waiting time}
      question: {nl: Op tijd?, en: On time?}
      norm: {nl: "{target} op tijd.", en: "{target} on time."}
      guidance: {nl: Tel., en: Count.}
      kind:
        type: pooled
        register: tumour_types
        numerator: on_time
        denominator: treated
        per_group: true
        where:
          - {test: is, column: state, value: own}
      path: [{cycle: 2, target: 0.8, partly_from: 0.6}]
      corridor: {low: 0.5, high: 0.99}
      counts_patients: true
      source: national
      minutes: 30
      remedy: {nl: Versnel., en: Speed up.}
      effort_hours: 40
      basis: {text: {nl: Van ons., en: Ours.}, standing: proposal}
    - id: N2.3
      class: growth
      dimension: process
      title: {nl: Overleg, en: Meetings}
      question: {nl: Hoe vaak?, en: How often?}
      norm: {nl: "{rows} groep, {minimum} keer.", en: "{rows} group, {minimum} times."}
      guidance: {nl: Tel., en: Count.}
      kind:
        type: coverage
        register: tumour_types
        at_least_rows: 1
        tests:
          - {test: at_least, column: meetings, minimum: 2}
          - {test: in_reporting_year, column: figures}
      source: register
      minutes: 30
      remedy: {nl: Overleg., en: Meet.}
      effort_hours: 4
      basis: {text: {nl: Van ons., en: Ours.}, standing: proposal}
    - id: N2.4
      class: informative
      dimension: outcome
      title: {nl: Niveau, en: Level}
      question: {nl: Welk niveau?, en: Which level?}
      norm: {nl: Niveau., en: Level.}
      guidance: {nl: Kies., en: Choose.}
      kind: {type: maturity}
      source: document
      minutes: 5
      remedy: {nl: Verbeter., en: Improve.}
      effort_hours: 4
      basis: {text: {nl: Van ons., en: Ours.}, standing: proposal}
""",
    "volume-norms.yaml": """\
volume_norms:
  - id: soncos-20
    treatments: [gastrectomy]
    minimum: 20
    unit: location
    standing: in_force
    valid_from: 2016-01-01
    basis: {text: {nl: SONCOS., en: SONCOS.}, standing: sourced, references: [SONCOS]}
""",
    "reference/tumour-types.yaml": """\
tumour_groups:
  - id: lung
    name: {nl: Long, en: Lung}
  - id: skin
    name: {nl: Huid, en: Skin}
    sub_types:
      - {id: melanoma, name: {nl: Melanoom, en: Melanoma}}
""",
    "reference/treatments.yaml": """\
treatments:
  - {id: gastrectomy, name: {nl: Maagresectie, en: Gastrectomy}, category: intervention, group: skin}
""",
}


def write(folder: Path, files: dict[str, str]) -> Path:
    """The files in `folder/klein`."""
    for name, text in files.items():
        file = folder / "klein" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder / "klein"


def spoilt(name: str, old: str, new: str) -> dict[str, str]:
    """The files with one piece of one file replaced."""
    assert FILES[name].count(old) == 1, f"{old!r} stands {FILES[name].count(old)} times in {name}"
    return {**FILES, name: FILES[name].replace(old, new)}


def load(folder: Path, files: dict[str, str]) -> tuple[Framework | None, Diagnostics]:
    """Write and load."""
    return load_framework(write(folder, files))
