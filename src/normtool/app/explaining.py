"""`explain`: a diagnostic, an indicator, or a verdict step by step."""

from __future__ import annotations

from pathlib import Path

from normtool.app.exits import DONE, INPUT_HAS_ERRORS
from normtool.app.reading import Common, diagnostics_json, read_framework, show_diagnostics, wrong_use
from normtool.explaining import explain_code, explain_indicator, explain_verdict, suggest


def explain(common: Common, name: str, dossier_path: Path | None) -> int:
    """Explain a code (NT301) or an indicator (N3.2); with a dossier: how its verdict came about."""
    words = common.words
    if name.upper().startswith("NT") and name[2:].isdigit():
        try:
            text = explain_code(name.upper(), words)
        except KeyError:
            return wrong_use(common, words.say("cli.unknown_code", name=name))
        return _say(common, name.upper(), text)
    if dossier_path is not None:
        return _explain_verdict(common, name, dossier_path)
    framework, diagnostics = read_framework(common)
    if framework is None:
        common.screen.result({"diagnostics": diagnostics_json(common, diagnostics)})
        show_diagnostics(common, diagnostics, notes=False)
        return INPUT_HAS_ERRORS
    indicator = next((item for item in framework.indicators if item.id.lower() == name.lower()), None)
    if indicator is None:
        return _unknown(common, name, suggest(name, framework))
    return _say(common, indicator.id, explain_indicator(framework, indicator.id, words))


def _explain_verdict(common: Common, name: str, path: Path) -> int:
    from normtool.files.dossiers_json import read_dossier

    dossier, diagnostics = read_dossier(path)
    if dossier is None:
        common.screen.result({"diagnostics": diagnostics_json(common, diagnostics)})
        show_diagnostics(common, diagnostics, notes=False)
        return INPUT_HAS_ERRORS
    found = next((item.id for item in dossier.framework.indicators if item.id.lower() == name.lower()), None)
    if found is None:
        return _unknown(common, name, suggest(name, dossier.framework))
    return _say(common, found, explain_verdict(dossier, found, common.words))


def _say(common: Common, name: str, text: str) -> int:
    common.screen.result({"id": name, "text": text, "diagnostics": []})
    common.screen.lines(text)
    return DONE


def _unknown(common: Common, name: str, meant: str | None) -> int:
    key = "cli.unknown_indicator_meant" if meant else "cli.unknown_indicator"
    return wrong_use(common, common.words.say(key, name=name, meant=meant or ""))
