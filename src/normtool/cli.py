"""The command line: flags become one frozen request, a request goes to `app`, an exit code comes back.

Nothing heavy is imported here; every verb imports what it needs when it runs, so that `--help` is quick.
"""

import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from normtool import __version__
from normtool.cli_help import NormtoolCommand, NormtoolGroup, UsageError, UsageProblem, usage_lines
from normtool.screen import spare_narrow_terminals
from normtool.texts import LANGUAGES, Words

if TYPE_CHECKING:
    from normtool.app.reading import Common

INTERRUPTED = 130
DEFAULT_STANDARDS = "netwerknormering-voorbeeld"
ONLY = ("html", "pdf", "xlsx")
REQUIRE = ("core", "all")


def main() -> None:
    """Run the command line and end the process with its exit code."""
    raise SystemExit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run the command line with these arguments and give the exit code."""
    words = Words(chosen_language(arguments))
    spare_narrow_terminals()
    command = typer.main.get_command(build(words))
    try:
        result = command.main(args=arguments, prog_name="normtool", standalone_mode=False)
    except (UsageProblem, UsageError) as error:
        for line in usage_lines(error, words):
            sys.stderr.write(f"{line}\n")
        return 2
    except (KeyboardInterrupt, typer.Abort) as error:
        if isinstance(error.__cause__, EOFError):  # typer takes any end of file for an interruption
            return _crashed(error.__cause__, words)
        sys.stderr.write(f"{words.say('cli.interrupted')}\n")
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except Exception as error:  # noqa: BLE001 (a crash is our fault: the user sees one sentence, never a traceback)
        return _crashed(error, words)
    if result == INTERRUPTED:  # typer turns an interruption into this code without a word
        sys.stderr.write(f"{words.say('cli.interrupted')}\n")
    return result if isinstance(result, int) else 0


def chosen_language(arguments: list[str]) -> str:
    """The language for this run: `--lang` before NORMTOOL_LANG before Dutch."""
    for position, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if name == "--lang":
            value = value or (arguments[position + 1] if position + 1 < len(arguments) else "")
            if value in LANGUAGES:
                return value
    stated = os.environ.get("NORMTOOL_LANG", "nl")
    return stated if stated in LANGUAGES else "nl"


def _crashed(error: Exception, words: Words) -> int:
    """Keep the details in a file, and tell the user in one sentence where."""
    import tempfile
    import traceback

    details = "".join(traceback.format_exception(error))
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="normtool-", suffix=".txt", delete=False, encoding="utf-8"
        ) as stream:
            stream.write(f"normtool {__version__}\n{sys.version}\n{details}")
        where = stream.name
    except OSError:
        where = "-"
    sys.stderr.write(f"{words.say('cli.crashed', path=where)}\n")
    return 3


def build(words: Words) -> typer.Typer:
    """The command line in one language."""
    application = typer.Typer(
        cls=NormtoolGroup.speaking(words),
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        help=words.say("cli.help.program"),
        context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 80},
    )
    options = Options(words)
    _add_main(application, words)
    _add_check(application, words, options)
    _add_assess(application, words, options)
    _add_template(application, words, options)
    _add_explain(application, words, options)
    _add_demo_and_doctor(application, words, options)
    application.add_typer(_standards_verbs(words, options), name="standards")
    return application


class Options:
    """The options that verbs share, with their help in one language."""

    def __init__(self, words: Words) -> None:
        def option(name: str, *also: str, **settings: Any) -> Any:
            text = words.say(f"cli.option.{name.strip('-').replace('-', '_')}")
            return typer.Option(name, *also, help=text, show_default=False, **settings)

        self.standards = option("--standards", metavar=words.say("cli.metavar.name"))
        self.lang = option("--lang", metavar="nl|en")
        self.on = option("--on", metavar=words.say("cli.metavar.date"))
        self.format = option("--format", metavar="text|json")
        self.quiet = option("--quiet", "-q")
        self.force = option("--force")
        self.option = option


def common_of(words: Words, values: dict[str, Any]) -> "Common":
    """The shared options as one value; wrong ones are a usage error."""
    from normtool.app.reading import Common
    from normtool.screen import Screen

    language, output = values.get("lang") or words.language, values.get("format") or "text"
    if language not in LANGUAGES:
        raise UsageProblem("cli.wrong_choice", option="--lang", found=language, choices="nl, en")
    if output not in ("text", "json"):
        raise UsageProblem("cli.wrong_choice", option="--format", found=output, choices="text, json")
    return Common(
        words=words,
        screen=Screen(as_json=output == "json", quiet=bool(values.get("quiet"))),
        standards=values.get("standards") or DEFAULT_STANDARDS,
        on=_date_of(values.get("on")),
        force=bool(values.get("force")),
    )


def _date_of(text: str | None) -> date | None:
    if not text:
        return None
    parts = text.replace("/", "-").split("-")
    try:
        numbers = [int(part) for part in parts]
        year_first = len(parts[0]) == 4
        return date(*numbers) if year_first else date(*reversed(numbers))
    except (ValueError, TypeError) as error:
        raise UsageProblem("cli.wrong_date", found=text) from error


def _choices(option: str, text: str, known: tuple[str, ...]) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    for part in chosen:
        if part not in known:
            raise UsageProblem("cli.wrong_choice", option=option, found=part, choices=", ".join(known))
    return tuple(part for part in known if part in chosen)


def _add_main(application: typer.Typer, words: Words) -> None:
    @application.callback(invoke_without_command=True)
    def start(
        context: typer.Context,
        version: Annotated[bool, typer.Option("--version", help=words.say("cli.option.version"))] = False,
        lang: Annotated[str, typer.Option("--lang", hidden=True)] = "",
    ) -> int:
        del lang  # read before this command line was built
        if version:
            typer.echo(f"normtool {__version__}")
        elif context.invoked_subcommand is None:
            typer.echo(context.get_help())
        return 0


def _evidence(words: Words) -> Any:
    return typer.Argument(metavar=words.say("cli.metavar.evidence"), help=words.say("cli.argument.evidence"))


def _add_check(application: typer.Typer, words: Words, options: Options) -> None:
    evidence = _evidence(words)

    @application.command(cls=NormtoolCommand.speaking(words), help=words.say("cli.help.check"))
    def check(
        paths: Annotated[list[Path], evidence],
        standards: Annotated[str, options.standards] = "",
        lang: Annotated[str, options.lang] = "",
        on: Annotated[str, options.on] = "",
        format: Annotated[str, options.format] = "",  # noqa: A002 (the option's name is a contract)
        quiet: Annotated[bool, options.quiet] = False,
    ) -> int:
        common = common_of(words, locals())
        from normtool.app.assessing import check as run_check

        return run_check(common, tuple(paths))


def _add_assess(application: typer.Typer, words: Words, options: Options) -> None:
    evidence = _evidence(words)

    @application.command(cls=NormtoolCommand.speaking(words), help=words.say("cli.help.assess"))
    def assess(
        paths: Annotated[list[Path], evidence],
        output: Annotated[
            Path | None, options.option("--output", "-o", metavar=words.say("cli.metavar.folder"))
        ] = None,
        only: Annotated[str, options.option("--only", metavar="html,pdf,xlsx")] = "",
        draft: Annotated[bool, options.option("--draft")] = False,
        require: Annotated[str, options.option("--require", metavar="core|all")] = "",
        standards: Annotated[str, options.standards] = "",
        lang: Annotated[str, options.lang] = "",
        on: Annotated[str, options.on] = "",
        format: Annotated[str, options.format] = "",  # noqa: A002 (the option's name is a contract)
        quiet: Annotated[bool, options.quiet] = False,
        force: Annotated[bool, options.force] = False,
    ) -> int:
        values = locals()
        common = common_of(words, values)
        required = _choices("--require", require, REQUIRE)
        kinds = _choices("--only", only, ONLY) or ONLY
        from normtool.app.assessing import AssessRequest
        from normtool.app.assessing import assess as run_assess

        return run_assess(
            AssessRequest(
                common=common,
                evidence=tuple(paths),
                folder=output,
                only=kinds,
                draft=draft,
                require=required[-1] if required else "",
            )
        )


def _add_template(application: typer.Typer, words: Words, options: Options) -> None:
    @application.command(cls=NormtoolCommand.speaking(words), help=words.say("cli.help.template"))
    def template(
        network: Annotated[
            str,
            typer.Argument(metavar=words.say("cli.metavar.network"), help=words.say("cli.argument.network")),
        ],
        year: Annotated[int, options.option("--year", metavar=words.say("cli.metavar.year"))],
        output: Annotated[
            Path | None, options.option("--output", "-o", metavar=words.say("cli.metavar.file"))
        ] = None,
        name: Annotated[str, options.option("--name", metavar=words.say("cli.metavar.name"))] = "",
        first_year: Annotated[
            int | None, options.option("--first-year", metavar=words.say("cli.metavar.year"))
        ] = None,
        all_indicators: Annotated[bool, options.option("--all")] = False,
        standards: Annotated[str, options.standards] = "",
        lang: Annotated[str, options.lang] = "",
        on: Annotated[str, options.on] = "",
        format: Annotated[str, options.format] = "",  # noqa: A002 (the option's name is a contract)
        quiet: Annotated[bool, options.quiet] = False,
        force: Annotated[bool, options.force] = False,
    ) -> int:
        common = common_of(words, locals())
        if not 2000 <= year <= 2100 or (first_year is not None and not 2000 <= first_year <= year):
            raise UsageProblem("cli.wrong_year", found=str(first_year if 2000 <= year <= 2100 else year))
        from normtool.app.forms import TemplateRequest
        from normtool.app.forms import template as run_template

        return run_template(
            TemplateRequest(
                common=common,
                network=network,
                name=name,
                year=year,
                first_year=first_year,
                target=output,
                all_indicators=all_indicators,
            )
        )


def _add_explain(application: typer.Typer, words: Words, options: Options) -> None:
    @application.command(cls=NormtoolCommand.speaking(words), help=words.say("cli.help.explain"))
    def explain(
        name: Annotated[str, typer.Argument(metavar="ID", help=words.say("cli.argument.explain"))],
        dossier: Annotated[Path | None, options.option("--dossier", metavar=words.say("cli.metavar.file"))] = None,
        standards: Annotated[str, options.standards] = "",
        lang: Annotated[str, options.lang] = "",
        format: Annotated[str, options.format] = "",  # noqa: A002 (the option's name is a contract)
    ) -> int:
        common = common_of(words, locals())
        from normtool.app.explaining import explain as run_explain

        return run_explain(common, name, dossier)


def _add_demo_and_doctor(application: typer.Typer, words: Words, options: Options) -> None:
    speaking = NormtoolCommand.speaking(words)

    @application.command(cls=speaking, help=words.say("cli.help.demo"))
    def demo(
        folder: Annotated[
            Path,
            typer.Argument(metavar=words.say("cli.metavar.folder"), help=words.say("cli.argument.demo")),
        ] = Path("normtool-demo"),
        lang: Annotated[str, options.lang] = "",
        quiet: Annotated[bool, options.quiet] = False,
        force: Annotated[bool, options.force] = False,
    ) -> int:
        common = common_of(words, locals())
        from normtool.app.demo import demo as run_demo

        return run_demo(common, folder)

    @application.command(cls=speaking, help=words.say("cli.help.doctor"))
    def doctor(
        lang: Annotated[str, options.lang] = "",
        format: Annotated[str, options.format] = "",  # noqa: A002 (the option's name is a contract)
    ) -> int:
        common = common_of(words, locals())
        from normtool.app.doctor import doctor as run_doctor

        return run_doctor(common)


def _standards_verbs(words: Words, options: Options) -> typer.Typer:
    verbs = typer.Typer(
        cls=NormtoolGroup.speaking(words),
        rich_markup_mode=None,
        no_args_is_help=True,
        help=words.say("cli.help.standards"),
    )

    @verbs.callback()
    def start(lang: Annotated[str, typer.Option("--lang", hidden=True)] = "") -> None:
        del lang  # read before this command line was built

    _add_standards_reading(verbs, words, options)
    _add_standards_checking(verbs, words, options)
    return verbs


def _add_standards_reading(verbs: typer.Typer, words: Words, options: Options) -> None:
    speaking = NormtoolCommand.speaking(words)

    @verbs.command("list", cls=speaking, help=words.say("cli.help.standards_list"))
    def list_all(
        lang: Annotated[str, options.lang] = "",
        format: Annotated[str, options.format] = "",  # noqa: A002 (the option's name is a contract)
    ) -> int:
        common = common_of(words, locals())
        from normtool.app.norms import list_standards

        return list_standards(common)

    @verbs.command(cls=speaking, help=words.say("cli.help.standards_show"))
    def show(
        name: Annotated[str, typer.Argument(metavar="ID", help=words.say("cli.argument.indicator"))] = "",
        standards: Annotated[str, options.standards] = "",
        lang: Annotated[str, options.lang] = "",
        format: Annotated[str, options.format] = "",  # noqa: A002 (the option's name is a contract)
    ) -> int:
        common = common_of(words, locals())
        from normtool.app.norms import show_standards

        return show_standards(common, name)


def _add_standards_checking(verbs: typer.Typer, words: Words, options: Options) -> None:
    speaking = NormtoolCommand.speaking(words)

    @verbs.command(cls=speaking, help=words.say("cli.help.standards_check"))
    def check(
        folder: Annotated[
            str,
            typer.Argument(metavar=words.say("cli.metavar.folder"), help=words.say("cli.argument.standards")),
        ] = "",
        standards: Annotated[str, options.standards] = "",
        lang: Annotated[str, options.lang] = "",
        format: Annotated[str, options.format] = "",  # noqa: A002 (the option's name is a contract)
    ) -> int:
        common = common_of(words, {**locals(), "standards": folder or standards})
        from normtool.app.norms import check_standards

        return check_standards(common)

    @verbs.command(cls=speaking, help=words.say("cli.help.standards_schema"))
    def schema(
        output: Annotated[
            Path | None, options.option("--output", "-o", metavar=words.say("cli.metavar.folder"))
        ] = None,
        lang: Annotated[str, options.lang] = "",
        format: Annotated[str, options.format] = "",  # noqa: A002 (the option's name is a contract)
        force: Annotated[bool, options.force] = False,
    ) -> int:
        common = common_of(words, locals())
        from normtool.app.norms import write_schema

        return write_schema(common, output)
