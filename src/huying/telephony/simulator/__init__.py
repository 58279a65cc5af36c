"""The telephone engine in virtual time: the same port, with people who follow a script. It runs journeys, trials and what-ifs."""

from huying.telephony.simulator.engine import SimulatedEngine
from huying.telephony.simulator.parties import Caller, Phone

__all__ = ["Caller", "Phone", "SimulatedEngine"]
