"""Finds the rooms of one name (`model`, `events`) in all wings, without knowing the wings."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType


def load_rooms(name: str) -> list[ModuleType]:
    """Import every module of this name below `huying` and return them in the order of their names."""
    package = importlib.import_module("huying")
    found = (module.name for module in pkgutil.walk_packages(package.__path__, "huying."))
    return [importlib.import_module(module) for module in sorted(found) if module.rpartition(".")[2] == name]
