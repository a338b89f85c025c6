"""The command line: flags become one frozen request, a request goes to `app`, an exit code comes back.

Nothing heavy is imported here; every verb imports what it needs when it runs, so that `--help` is quick.
"""

import gc
import os
import sys
from typing import Annotated

import typer

from normtool import __version__
from normtool.cli_documents import add_documents
from normtool.cli_evidence import add_assess, add_check, add_template
from normtool.cli_help import NormtoolGroup, UsageError, UsageProblem, usage_lines, usage_sentence, verb_of
from normtool.cli_networks import networks_verbs
from normtool.cli_norms import add_demo_and_doctor, add_explain, standards_verbs
from normtool.cli_options import Options
from normtool.screen import Screen, spare_narrow_terminals
from normtool.texts import LANGUAGES, Words

INTERRUPTED = 130
"""As in app/exits; a help page loads nothing of the rest of the program."""


def main() -> None:
    """Run the command line and end the process with its exit code."""
    # Reading makes millions of small values that live until the end; looking for cycles among them costs a third.
    gc.set_threshold(2_000_000, 50, 50)
    code = run(sys.argv[1:])
    gc.freeze()  # an interpreter that ends looks for cycles once more: a seventh of the time of a small check
    raise SystemExit(code)


def run(arguments: list[str]) -> int:
    """Run the command line with these arguments and give the exit code."""
    words = Words(chosen_language(arguments))
    screen = Screen(as_json="json" in stated(arguments, "--format"))
    spare_narrow_terminals()
    command = typer.main.get_command(build(words))
    try:
        result = command.main(args=arguments, prog_name="normtool", standalone_mode=False)
    except (UsageProblem, UsageError) as error:
        screen.problem(*usage_lines(error, words, verb_of(command, arguments)))
        screen.result({"diagnostics": [], "error": usage_sentence(error, words)})
        return 2
    except (KeyboardInterrupt, typer.Abort) as error:
        if isinstance(error.__cause__, EOFError):  # typer takes any end of file for an interruption
            return _crashed(error.__cause__, words, screen)
        sys.stderr.write(f"{words.say('cli.interrupted')}\n")
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except Exception as error:  # noqa: BLE001 (a crash is our fault: the user sees one sentence, never a traceback)
        return _crashed(error, words, screen)
    if result == INTERRUPTED:  # typer turns an interruption into this code without a word
        sys.stderr.write(f"{words.say('cli.interrupted')}\n")
    return result if isinstance(result, int) else 0


def chosen_language(arguments: list[str]) -> str:
    """The language for this run: `--lang` before NORMTOOL_LANG before Dutch."""
    asked = (*stated(arguments, "--lang"), os.environ.get("NORMTOOL_LANG", ""))
    return next((language for language in asked if language in LANGUAGES), "nl")


def stated(arguments: list[str], option: str) -> list[str]:
    """The values that stand beside an option, known before the command line is built."""
    found: list[str] = []
    for position, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if name == option:
            found.append(value or (arguments[position + 1] if position + 1 < len(arguments) else ""))
    return found


def _crashed(error: Exception, words: Words, screen: Screen) -> int:
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
    sentence = words.say("cli.crashed", path=where)
    screen.result({"diagnostics": [], "error": sentence})
    screen.problem(sentence)
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
    add_check(application, words, options)
    add_assess(application, words, options)
    add_template(application, words, options)
    add_documents(application, words, options)
    add_explain(application, words, options)
    add_demo_and_doctor(application, words, options)
    application.add_typer(standards_verbs(words, options), name="standards")
    application.add_typer(networks_verbs(words, options), name="networks")
    return application


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
