"""`huying up` and `huying demo`, `stop` and `status`: from the command line to the running house."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from huying.foundation.logging import set_up_logging
from huying.processes import greeting, identity
from huying.processes.children import House
from huying.processes.debian_runtime import fetch_runtime
from huying.processes.installation import Choices, Installation, load_installation, open_installation
from huying.processes.outer import AlreadyRunning, Outer, Say, read_state
from huying.processes.outer import stop as stop_outer
from huying.processes.ports import check_free, outer_ports, why_taken
from huying.processes.program import free_port
from huying.processes.runtime import Runtime, RuntimeMissing, find_runtime
from huying.processes.supervisor import Supervisor, private_folders


def up(folder: Path, *, demo: bool, choices: Choices, say: Say) -> int:
    """Starts everything and stays until it is ended; returns the exit status."""
    run_folder, _ = private_folders(folder)
    if identity.is_held(run_folder / "outer.lock"):
        raise AlreadyRunning(f"Huying runs already on {folder}: `huying status` shows it, `huying stop` ends it.")
    ensure_runtime(say)
    installation = open_installation(folder, demo=demo, choices=choices)
    if not identity.is_held(run_folder / "asterisk.lock") and not identity.is_held(run_folder / "edge.lock"):
        installation = _settle_ports(installation, choices, say)
    say(f"starting ({folder})")
    with greeting.terminal_kept():
        return Outer(folder, supervisor_words(folder), say, lambda: greeting.greet(installation, say)).run()


def supervise(folder: Path, *, stopping: bool) -> int:
    """The supervisor's process: keeps the children of this folder running until it gets SIGTERM; `stopping` only ends them."""
    set_up_logging("supervisor")
    run_folder, _ = private_folders(folder)
    installation = load_installation(folder)
    if installation is None:
        return 0
    with identity.sole(run_folder / "supervisor.lock") as alone:
        if not alone:
            raise AlreadyRunning
        identity.write_record(run_folder / "supervisor.json", os.getpid())
        supervisor = Supervisor(House(installation, find_runtime()).children(), folder)
        if stopping:
            supervisor.ask_to_end()
        supervisor.run()
    return 0


def stop(folder: Path, say: Say) -> int:
    """Ends everything on this folder, also what nobody watches any more."""
    say("everything has ended" if stop_outer(folder, supervisor_words(folder)) else f"nothing runs on {folder}")
    return 0


def status(folder: Path, show: Callable[[str], None]) -> int:
    """Shows how each child stands; 0 when all are well, 3 when nothing runs, 1 otherwise."""
    children = read_state(folder / "run")
    if not children:
        show(f"nothing runs on {folder}")
        return 3
    for name, child in children.items():
        show(f"{name:10} {child['phase']:9} {child['pid'] or '-':>8}  started {child['starts']} times  {child['log']}")
    return 0 if all(child["phase"] in ("ready", "done") for child in children.values()) else 1


def ensure_runtime(say: Say) -> Runtime:
    """The telephone engine and its companions, fetched when this machine has none."""
    try:
        return find_runtime()
    except RuntimeMissing:
        say(f"the telephone engine is in {fetch_runtime(say)}")
        return find_runtime()


def supervisor_words(folder: Path) -> tuple[str, ...]:
    """The command line of the supervisor."""
    return (sys.executable, "-m", "huying.cli", "run", "supervisor", "--data", str(folder))


def _settle_ports(installation: Installation, choices: Choices, say: Say) -> Installation:
    """Moves the inner ports away from what others took; an outer one only when nobody has chosen or announced it yet."""
    moved = replace(installation, web_port=free_port(installation.web_port), asterisk_port=free_port(installation.asterisk_port))
    announced = (installation.folder / "asterisk").exists()
    if choices.sip_port is None and not announced:
        moved = replace(moved, sip_port=_free_sip_port(moved))
        if moved.sip_port != installation.sip_port:
            say(f"port {installation.sip_port} for telephones is taken: using {moved.sip_port}")
    check_free(outer_ports(moved))
    moved.save()
    return moved


def _free_sip_port(installation: Installation) -> int:
    for number in range(installation.sip_port, installation.sip_port + 200, 2):
        ports = [port for port in outer_ports(replace(installation, sip_port=number)) if port.option == "--sip-port"]
        if not any(why_taken(port) for port in ports):
            return number
    return installation.sip_port
