"""The outer loop over the trivial house, run by the tests as a program: FOLDER."""

import sys
from pathlib import Path

from huying.processes.outer import Outer

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    house = (sys.executable, str(Path(__file__).with_name("trivial_house.py")), str(folder))
    sys.exit(Outer(folder, house, lambda line: print(line, flush=True), lambda: print("all ready", flush=True)).run())
