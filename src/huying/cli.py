"""The command `huying`: reads the arguments and hands over; decides nothing else."""

from __future__ import annotations

import argparse
import contextlib
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from huying.foundation.errors import HuyingError
from huying.processes.installation import Choices, default_folder


def say(line: str) -> None:
    """One progress line on standard error."""
    try:
        sys.stderr.write(f"huying: {line}\n")
        sys.stderr.flush()
    except OSError:
        return  # the terminal is gone; what runs goes on


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the process's exit status (0 well, 1 failed with one clear line, 2 wrong arguments)."""
    parsed = _parser().parse_args(arguments)
    try:
        return int(parsed.run(parsed))
    except HuyingError as error:
        say(error.message)
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="huying", description="Huying (呼应): a complete customer contact centre")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, text in (("demo", "start everything with a sample business"), ("up", "start everything for your own business")):
        command = commands.add_parser(name, help=text)
        _add_choices(command, demo=name == "demo")
        command.set_defaults(run=_up, demo=name == "demo")
    for name, run, text in (
        ("stop", _stop, "end everything"),
        ("status", _status, "show what runs"),
        ("doctor", _doctor, "say what is missing or wrong, and how to mend it"),
        ("migrate", _migrate, "bring the database to this version"),
        ("prepare", _prepare, "migrate, and in a demo fill in the sample business"),
    ):
        command = commands.add_parser(name, help=text)
        _add_data(command)
        command.set_defaults(run=run)
    process = commands.add_parser("run", help="run one process in the foreground (the supervisor does this)")
    process.add_argument("process", choices=("voice", "web", "traffic", "supervisor"))
    process.add_argument("--stop", action="store_true", help=argparse.SUPPRESS)
    _add_data(process)
    process.set_defaults(run=_run)
    administrator = commands.add_parser("create-administrator", help="make your business and its first administrator")
    for option in ("code", "business", "time-zone", "login", "name"):
        administrator.add_argument(f"--{option}", default="")
    administrator.add_argument("--password-stdin", action="store_true", help="read the password from the first line of standard input")
    _add_data(administrator)
    administrator.set_defaults(run=_create_administrator)
    _add_simulate(commands.add_parser("simulate", help="play a day of a centre in virtual time, and compare rules"))
    runtime = commands.add_parser("runtime", help="fetch the telephone engine and its companions where the machine has none")
    runtime.set_defaults(run=_runtime)
    return parser


def _add_simulate(command: argparse.ArgumentParser) -> None:
    command.add_argument("scenario", type=Path, metavar="SCENARIO.yaml", help="what to play; docs/simulation.md says how it is written")
    command.add_argument("--compare", type=Path, metavar="OTHER.yaml", help="a second scenario, side by side")
    command.add_argument("--page", type=Path, metavar="FILE.html", help="also write a page with charts")
    command.add_argument("--days", type=_days, metavar="N", help="play so many days instead of those in the file")
    command.add_argument("--language", choices=("en", "zh-CN"), default="en", help="of tables and page")
    command.set_defaults(run=_simulate)


def _add_data(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--data", type=Path, metavar="DIR", help="the data folder (default: one for your business, one for this checkout's demo)"
    )
    command.add_argument("--demo", action="store_true", help="the demo's default data folder instead of the business's")


def _add_choices(command: argparse.ArgumentParser, *, demo: bool) -> None:
    command.add_argument("--data", type=Path, metavar="DIR", help="the data folder")
    command.add_argument("--host", help="the address to serve; anything but loopback is served by HTTPS (default 127.0.0.1)")
    command.add_argument("--port", type=_port, help="the port of pages, API and browsers' telephones (default 8080, HTTPS 8443)")
    command.add_argument("--certificate", metavar="FILE", help="a certificate (PEM, with its chain); without it one is made")
    command.add_argument("--key", metavar="FILE", help="the certificate's key (PEM)")
    command.add_argument("--sip-port", type=_port, help="UDP and TCP port for telephones and trunks (default 5060)")
    command.add_argument("--rtp-ports", type=_range, metavar="FIRST-LAST", help="UDP ports for sound (default 10000-19999)")
    command.add_argument("--public-address", metavar="IP", help="the address people beyond this network reach; starts the relay for sound")
    command.add_argument("--turn-port", type=_port, help="UDP and TCP port of the relay for sound (default 3478)")
    if demo:
        command.add_argument(
            "--calls-per-minute", type=float, metavar="N", help="simulated customers who call, and agents who answer (default 0)"
        )


def _days(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) <= 1000:
        raise argparse.ArgumentTypeError(f"{text} is no number of days from 1 to 1000")
    return int(text)


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text} is no port")
    return int(text)


def _range(text: str) -> tuple[int, int]:
    first, _, last = text.partition("-")
    return _port(first), _port(last)


def _folder(parsed: argparse.Namespace) -> Path:
    """The data folder meant: as told, else the business's, else this checkout's demo when there is only that."""
    folder: Path = parsed.data or default_folder(parsed.demo)
    if parsed.data is None and parsed.command not in ("up", "demo") and not (folder / "installation.json").exists():
        other = default_folder(True)
        folder = other if (other / "installation.json").exists() else folder
    return folder.absolute()


def _up(parsed: argparse.Namespace) -> int:
    from huying.processes.start import up

    choices = Choices(
        host=parsed.host,
        port=parsed.port,
        certificate=parsed.certificate,
        key=parsed.key,
        sip_port=parsed.sip_port,
        rtp_ports=parsed.rtp_ports,
        public_address=parsed.public_address,
        turn_port=parsed.turn_port,
        calls_per_minute=parsed.calls_per_minute if parsed.demo else None,
    )
    return up(_folder(parsed), demo=parsed.demo, choices=choices, say=say)


def _stop(parsed: argparse.Namespace) -> int:
    from huying.processes.start import stop

    return stop(_folder(parsed), say)


def _status(parsed: argparse.Namespace) -> int:
    from huying.processes.start import status

    return status(_folder(parsed), lambda line: print(line))  # noqa: T201 (this is its output)


def _doctor(parsed: argparse.Namespace) -> int:
    from huying.processes.doctor import report

    return report(_folder(parsed), lambda line: print(line))  # noqa: T201 (this is its output)


def _create_administrator(parsed: argparse.Namespace) -> int:
    from huying.processes.first_administrator import Answers, create

    password = sys.stdin.readline().rstrip("\n") if parsed.password_stdin else ""
    answers = Answers(parsed.code, parsed.business, parsed.time_zone, parsed.login, parsed.name, password)
    create(_folder(parsed), answers, say)
    return 0


def _migrate(parsed: argparse.Namespace) -> int:
    from huying.processes.tasks import migrate

    migrate(_folder(parsed))
    return 0


def _prepare(parsed: argparse.Namespace) -> int:
    """Both in one process, because loading the code takes longer than looking."""
    from huying.bootstrap import fill_sample
    from huying.foundation.settings import load_settings
    from huying.processes.tasks import migrate

    migrate(_folder(parsed))
    settings = load_settings(_folder(parsed))
    if settings.demo:
        fill_sample(settings)
    return 0


def _run(parsed: argparse.Namespace) -> int:
    if parsed.process == "supervisor":
        from huying.processes.start import supervise

        return supervise(_folder(parsed), stopping=parsed.stop)
    from huying import bootstrap  # everything: loaded only by those who need it
    from huying.foundation.settings import load_settings

    run = {"voice": bootstrap.run_voice, "web": bootstrap.run_web, "traffic": bootstrap.run_traffic}[parsed.process]
    run(load_settings(_folder(parsed)))
    return 0


def _simulate(parsed: argparse.Namespace) -> int:
    from huying.analytics.simulation.command import run

    show = sys.stdout.write
    return run(parsed.scenario, parsed.compare, parsed.page, parsed.days, parsed.language, say, lambda text: (show(text), None)[1])


def _runtime(_: argparse.Namespace) -> int:
    from huying.processes.start import ensure_runtime

    ensure_runtime(say)
    return 0


def _leave(status: int) -> NoReturn:
    """Ends at once: taking apart everything that was loaded takes Python a second or more, and nothing depends on it."""
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(status)


if __name__ == "__main__":
    _leave(main())
