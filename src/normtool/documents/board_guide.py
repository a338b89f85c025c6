"""The sheets that explain and list: contents, how to read, data."""

from __future__ import annotations

from normtool.core.assessment import Verdict
from normtool.core.comparison import Comparison
from normtool.documents.board_colours import INK2, MARKS, SOFT
from normtool.documents.board_metrics import lines, spanned
from normtool.documents.board_networks import column_labels
from normtool.documents.board_sheets import sheets_of
from normtool.documents.board_styles import HEADER, ROW, SYMBOLS, TABLE_ROW, Board, Page
from normtool.documents.regional import in_order

WRAPPED = {**ROW, "text_wrap": True}
SECTION = {"font_size": 14, "bold": True, "valign": "bottom"}

# --- contents -----------------------------------------------------------------------------------------------

CONTENTS_WIDTHS = (26, 74)


def write_contents(board: Board) -> None:
    """Write the index with links, and what this assessment is about."""
    page = Page(board, "contents", CONTENTS_WIDTHS, upright=True)
    page.top(board.say("contents.title"), " ")
    page.text(TABLE_ROW, 0, board.say("contents.sheet"), HEADER)
    page.text(TABLE_ROW, 1, board.say("contents.about"), HEADER)
    row = TABLE_ROW + 1
    for key in sheets_of(board):
        about = _about(board, key)
        page.link(row, 0, (f"{board.reference(key)}A1", board.sheet(key)), ROW)
        page.text(row, 1, about, WRAPPED)
        page.fit(row, [(about, CONTENTS_WIDTHS[1])])
        row += 1
    facts = "contents.facts" if board.networks is None else "contents.facts_networks"
    page.text(row, 0, board.say(facts), SECTION)
    page.sheet.set_row(row, 32)
    for name, text in _facts(board):
        row += 1
        page.text(row, 0, name, ROW, font_color=INK2, valign="top")
        page.text(row, 1, text, WRAPPED)
        page.fit(row, [(text, CONTENTS_WIDTHS[1])])
    page.close()
    page.sheet.freeze_panes(TABLE_ROW + 1, 0)


def _about(board: Board, key: str) -> str:
    """What is on a sheet; some hold something else where networks stand side by side."""
    networks = f"contents.{key}_networks"
    is_other = board.networks is not None and board.words.has(f"board.{networks}")
    return board.say(networks if is_other else f"contents.{key}")


def _facts(board: Board) -> list[tuple[str, str]]:
    if board.networks is not None:
        facts = {"networks": ", ".join(column_labels(board, board.networks)), "years": board.assessment_years}
        facts |= {"circle": board.meant_for, "labels": "; ".join(board.chips)}
        return [(board.say(f"contents.{key}"), text) for key, text in facts.items() if text]
    network, words = board.dossier.evidence.network, board.words
    years = board.say(
        "contents.years_text",
        assessment_year=network.assessment_year,
        reporting_year=network.reporting_year,
    )
    facts = {
        "network": f"{network.name} ({network.code})" if network.code else network.name,
        "region": network.region,
        "years": years,
        "cycle": words.whole(board.dossier.assessment.cycle),
        "reference_date": words.date(network.reference_date),
        "stage": words.say(f"verdicts.stage.{board.dossier.stage.value}"),
        "circle": board.meant_for,
        "labels": "; ".join(board.chips),
    }
    return [(board.say(f"contents.{key}"), text) for key, text in facts.items() if text]


# --- how to read --------------------------------------------------------------------------------------------

GUIDE_WIDTHS = (6, 26, 68)
ON_ONE_PAGE = 36
"""The last row with which this sheet is still readable on one page."""
METHOD = ("method_1", "method_2", "method_3", "method_4", "method_5")


def write_guide(board: Board) -> None:
    """Write how to read this: verdicts, the method in short, formulas, norms, provenance."""
    page = Page(board, "guide", GUIDE_WIDTHS, upright=True)
    page.top(board.say("guide.title"), " ")
    for column, key in enumerate(("mark", "word", "meaning")):
        page.text(TABLE_ROW, column, board.say(f"guide.{key}"), HEADER)
    row = TABLE_ROW + 1
    for verdict in Verdict:
        ink = SOFT[verdict][1]
        meaning = board.say(f"guide.{verdict.value}")
        page.text(row, 0, MARKS[verdict], ROW, SYMBOLS, font_color=ink)
        page.text(row, 1, board.phrases.verdict(verdict), ROW, bold=True, font_color=ink)
        page.text(row, 2, meaning, WRAPPED)
        page.fit(row, [(meaning, GUIDE_WIDTHS[2])])
        row += 1
    row = _paragraphs(page, row, "method", [board.say(f"guide.{key}") for key in METHOD])
    row = _paragraphs(page, row, "formulas", _on_formulas(board))
    framework = board.dossier.framework
    basis = [
        board.words.text(framework.notice),
        board.words.as_written(framework.basis.text),
        *framework.basis.references,
    ]
    row = _paragraphs(page, row, "norms", basis)
    _provenance(page, row)
    if page.last_row <= ON_ONE_PAGE:
        page.sheet.fit_to_pages(1, 1)
    page.close()


def _on_formulas(board: Board) -> list[str]:
    """What is calculated, and what was left out."""
    sheets = {key: board.sheet(key) for key in ("standards", "cover", "indicators", "comparison")}
    if board.networks is None:
        return [board.say("guide.formulas_text", **sheets), *_on_masking(board)]
    left_out = [board.say("guide.anonymous")] if board.networks.is_anonymous else []
    return [board.say("guide.formulas_networks", **sheets), *left_out, *_on_masking(board)]


def _on_masking(board: Board) -> list[str]:
    """Under which number patients are not counted aloud; nothing in a workbook where nothing is withheld."""
    limits = [item.part.limit for item in board.everyone if item.part is not None]
    if not limits:
        return []
    return [board.say("guide.masked", limit=max(limits), word=board.words.say("verdicts.masked"))]


def _paragraphs(page: Page, row: int, key: str, texts: list[str]) -> int:
    page.text(row, 0, page.board.say(f"guide.{key}"), SECTION)
    page.sheet.set_row(row, 32)
    for text in texts:
        row += 1
        page.merged(row, (0, 2), text, text_wrap=True, valign="top")
        page.sheet.set_row(row, 13.5 * lines(text, spanned(GUIDE_WIDTHS)) + 6)
    return row + 1


def _provenance(page: Page, row: int) -> None:
    board = page.board
    page.text(row, 0, board.say("guide.provenance"), SECTION)
    page.sheet.set_row(row, 32)
    for name, text in _origins(board):
        row += 1
        page.merged(row, (0, 1), name, WRAPPED, font_color=INK2)
        page.text(row, 2, text, WRAPPED)
        page.fit(row, [(name, spanned(GUIDE_WIDTHS[:2])), (text, GUIDE_WIDTHS[2])])


def _origins(board: Board) -> list[tuple[str, str]]:
    if board.networks is not None:
        return _origins_of_networks(board, board.networks)
    dossier, framework = board.dossier, board.dossier.framework
    named = board.say(
        "guide.framework_text",
        name=board.words.text(framework.name),
        edition=framework.edition,
        status=board.words.say(f"verdicts.status.{framework.status.value}"),
    )
    found = [(board.say("guide.framework"), named)]
    found.append((board.say("guide.digest"), framework.digest or board.say("guide.not_stated")))
    found.append((board.say("guide.reference_date"), board.words.date(dossier.evidence.network.reference_date)))
    for file in dossier.evidence.files:
        text = board.say("guide.file_text", file=file.file, digest=file.digest)
        found.append((board.say("guide.file"), text))
    say, digests = board.words.say, dossier.region.digests if dossier.region is not None else ()
    dossiers = [(item.name or item.code, item.digest) for item in in_order(dossier) if item.digest]
    found.extend((say("board_region.dossier", name=name), digest) for name, digest in dossiers)
    found.extend((say("board_region.region_file"), digest) for digest in digests)
    earlier = [(board.say("guide.earlier", year=item.assessment_year), item.digest) for item in board.former]
    found.extend((name, digest) for name, digest in earlier if digest)
    version = board.say("guide.program_text", version=dossier.program or board.say("guide.not_stated"))
    found.append((board.say("guide.program"), version))
    return found


def _origins_of_networks(board: Board, networks: Comparison) -> list[tuple[str, str]]:
    """Which dossiers were laid side by side, by their digests; without names only with which program."""
    found = []
    for column, label in zip(networks.columns, column_labels(board, networks), strict=True):
        if column.digest:
            found.append((board.say("guide.dossier"), board.say("guide.file_text", file=label, digest=column.digest)))
    version = board.say("guide.program_text", version=board.dossier.program or board.say("guide.not_stated"))
    return [*found, (board.say("guide.program"), version)]
