"""`explain`: a diagnostic, an indicator, or a verdict step by step."""

from __future__ import annotations

from pathlib import Path

from normtool.app.exits import DONE
from normtool.app.reading import Common, read_framework, refuse, wrong_use
from normtool.core.standards import Framework
from normtool.telling.explaining import explain_code, explain_indicator, explain_verdict, suggest


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
        return refuse(common, diagnostics)
    return show_indicator(common, framework, name)


def show_indicator(common: Common, framework: Framework, name: str) -> int:
    """One indicator of a framework: what it asks, when it is met, what it rests on."""
    found = _find(framework, name)
    if found is None:
        return _unknown(common, name, suggest(name, framework))
    return _say(common, found, explain_indicator(framework, found, common.words))


def _find(framework: Framework, name: str) -> str | None:
    """The id of the indicator that was typed, whatever its case."""
    return next((item.id for item in framework.indicators if item.id.lower() == name.lower()), None)


def _explain_verdict(common: Common, name: str, path: Path) -> int:
    from normtool.files.dossiers_json import read_dossier

    dossier, diagnostics = read_dossier(path)
    if dossier is None:
        return refuse(common, diagnostics)
    found = _find(dossier.framework, name)
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
