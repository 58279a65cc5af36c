"""Why the engine did not do what it was told."""

from __future__ import annotations

from huying.foundation.errors import HuyingError, NotFound, Unavailable


class Gone(NotFound):
    """The leg, bridge, playback or recording has ended."""

    code = "gone"


class EngineUnavailable(Unavailable):
    """The telephone engine does not answer."""

    code = "engine-unavailable"


class BadRequestToEngine(HuyingError):
    """The engine refused a request as senseless: a defect of ours."""

    code = "engine-refused"
