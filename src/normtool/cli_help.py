"""Help and usage errors of the command line in the user's own language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from normtool.texts import Words

UsageError: type[Exception] = typer.BadParameter.__mro__[1]
"""The base of typer's usage errors, which it does not export by name."""


class UsageProblem(Exception):  # noqa: N818 (the user's slip, not a fault of the program)
    """A wrong option or value; `key` is a sentence in words/*/cli.yaml."""

    def __init__(self, key: str, **facts: str) -> None:
        super().__init__(key)
        self.key = key
        self.facts = facts


def _write_help(command: Any, context: typer.Context, formatter: Any, words: Words) -> None:
    """Usage, what the verb does, then arguments, options and verbs, each with its help."""
    arguments: list[tuple[str, str]] = []
    options: list[tuple[str, str]] = []
    pieces = [f"[{words.say('cli.usage.options')}]"]
    for parameter in command.get_params(context):
        if getattr(parameter, "hidden", False):
            continue
        if parameter.param_type_name == "argument":
            name = _parameter_name(parameter)
            pieces.append(name if parameter.required else f"[{name}]")
            arguments.append((name, parameter.help or ""))
        else:
            options.append(_option_record(parameter, words))
    if isinstance(command, TyperGroup):
        pieces.append(words.say("cli.usage.command"))
    formatter.write_usage(context.command_path, " ".join(pieces), prefix=f"{words.say('cli.usage.usage')}: ")
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(command.help or "")
    sections = [("cli.usage.arguments", arguments), ("cli.usage.options_title", options)]
    if isinstance(command, TyperGroup):
        names = command.list_commands(context)
        listed = [(name, command.get_command(context, name)) for name in names]
        sections.append(
            ("cli.usage.commands", [(name, (item.help or "").split("\n")[0]) for name, item in listed if item])
        )
    for key, records in sections:
        if records:
            with formatter.section(words.say(key)):
                formatter.write_dl(records)


def _option_record(option: Any, words: Words) -> tuple[str, str]:
    names = ", ".join(sorted(option.opts, key=len))
    if "--help" in option.opts:
        return names, words.say("cli.option.help")
    if option.metavar and not option.is_flag:
        names = f"{names} {option.metavar}"
    required = f" [{words.say('cli.usage.required')}]" if option.required else ""
    return names, f"{option.help or ''}{required}"


class NormtoolCommand(TyperCommand):
    """A verb whose help is in the language it was made for."""

    words: Words

    @classmethod
    def speaking(cls, words: Words) -> type[NormtoolCommand]:
        """The class for one language."""
        return type(cls.__name__, (cls,), {"words": words})

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help of one verb."""
        _write_help(self, ctx, formatter, self.words)


class NormtoolGroup(TyperGroup):
    """A group of verbs, in the order in which a user meets them, in the language it was made for."""

    words: Words

    @classmethod
    def speaking(cls, words: Words) -> type[NormtoolGroup]:
        """The class for one language."""
        return type(cls.__name__, (cls,), {"words": words})

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help of the group and its verbs."""
        _write_help(self, ctx, formatter, self.words)


def usage_lines(error: Any, words: Words, verb: str) -> list[str]:
    """A usage error as the user reads it: what is wrong, and where help is; for a group without a verb its help."""
    if type(error).__name__ == "NoArgsIsHelpError":
        return str(error.message).splitlines()
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else verb
    help_line = words.say("cli.usage.try_help", command=f"{path} --help")
    return [usage_sentence(error, words), help_line]


def verb_of(command: Any, arguments: Iterable[str]) -> str:
    """The verb that these arguments are for, as the user typed it: `normtool report`."""
    path = ["normtool"]
    for argument in arguments:
        known = getattr(command, "commands", {})
        if argument in known:
            path.append(argument)
            command = known[argument]
    return " ".join(path)


def usage_sentence(error: Any, words: Words) -> str:
    """What is wrong with how the program was called."""
    if isinstance(error, UsageProblem):
        return words.say(error.key, **error.facts)
    kind = type(error).__name__
    parameter = getattr(error, "param", None)
    name = _parameter_name(parameter)
    if kind == "NoSuchOption":
        known = ", ".join(sorted(error.possibilities or ()))
        key = "cli.usage.no_such_option_meant" if known else "cli.usage.no_such_option"
        return words.say(key, option=error.option_name, known=known)
    if kind == "MissingParameter":
        return words.say("cli.usage.missing", name=name)
    if kind == "BadParameter" and name:
        return words.say("cli.usage.bad_value", name=name)
    if kind == "BadOptionUsage":
        return words.say("cli.usage.option_needs_value", option=error.option_name)
    return _command_sentence(error, words)


def _command_sentence(error: Any, words: Words) -> str:
    message = str(getattr(error, "message", error))
    found = message.split("'")[1] if message.count("'") >= 2 else ""
    if message.startswith("Missing command"):
        return words.say("cli.usage.no_command")
    if message.startswith("No such command"):
        return words.say("cli.usage.no_such_command", name=found)
    if message.startswith("Got unexpected extra"):
        return words.say("cli.usage.too_many", found=_between_brackets(message))
    return words.say("cli.usage.wrong", message=message)


def _between_brackets(message: str) -> str:
    """What was given too much; a name in it may have brackets of its own."""
    found = message.rstrip(".").partition(" (")[2].removesuffix(")")
    return found or message


def _parameter_name(parameter: Any) -> str:
    if parameter is None:
        return ""
    if parameter.param_type_name == "option":
        return str(parameter.opts[0])
    return str(parameter.metavar or parameter.name)


def verb_group(words: Words, name: str) -> typer.Typer:
    """A group of verbs such as `standards`, without its verbs yet; `name` is also the key of its help."""
    verbs = typer.Typer(
        cls=NormtoolGroup.speaking(words),
        rich_markup_mode=None,
        no_args_is_help=True,
        help=words.say(f"cli.help.{name}"),
    )

    @verbs.callback()
    def start(lang: Annotated[str, typer.Option("--lang", hidden=True)] = "") -> None:
        del lang  # read before this command line was built

    return verbs
