"""What the journal says of a run: how its queue entries ended, whether they add up, and what the reconciler had to do."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from zoneinfo import ZoneInfo

from huying.analytics.folds.contact import ContactFold
from huying.analytics.folds.facts import Verdict
from huying.analytics.spans import Span
from huying.analytics.tables import queue_table
from huying.analytics.terms import measures_of_fold
from huying.channels.callback.events import CallbackDialled
from huying.channels.voice.events import DebrisRemoved
from huying.foundation.database import Database
from huying.foundation.journal.entry import STREAM_CONTACT, Entry
from huying.foundation.journal.port import Cursor
from huying.foundation.journal.postgres import PostgresJournal
from huying.routing.events import OfferMade, QueueEntered


async def whole_journal(database: Database) -> list[Entry]:
    """Every entry, in the order of the journal."""
    journal, cursor, found = PostgresJournal(database), Cursor(), list[Entry]()
    while True:
        some, cursor = await journal.follow(cursor)
        if not some:
            return found
        found += some


def account(entries: list[Entry]) -> dict[str, object]:
    """The figures of the run."""
    folds: dict[str, ContactFold] = {}
    unfit = 0
    for entry in entries:
        if entry.stream == STREAM_CONTACT:
            fold = folds.setdefault(entry.stream_id, ContactFold(entry.business_id, entry.stream_id))
            unfit += fold.apply(entry) is not Verdict.APPLIED
    measures = [measure for fold in folds.values() for measure in measures_of_fold(fold)]
    moments = sorted(measure.started_at for measure in measures)
    table = queue_table(measures, {}, Span(moments[0], moments[-1] + timedelta(seconds=1)), "15m", ZoneInfo("Asia/Shanghai"))
    events = [entry.event for entry in entries]
    entered = [event for event in events if isinstance(event, QueueEntered)]
    return {
        "entries": len(entered),
        "endings": dict(sorted(Counter(str(measure.ending) for measure in measures).items())),
        "origins": dict(sorted(Counter(event.origin for event in entered).items())),
        "vip": sum(event.rank > 0 for event in entered),
        "wanted_last_agent": sum(any(it["why"] == "last_agent" for it in event.wanted) for event in entered),
        "offers_to_wanted": sum(isinstance(event, OfferMade) and event.explanation.get("rule") == "wanted" for event in events),
        "callbacks_dialled": sum(isinstance(event, CallbackDialled) for event in events),
        "identity_holds": all(terms.identity_holds() for terms in [*table.cells.values(), table.total]),
        "unfit_entries": unfit,
        "reconciler_repairs": dict(Counter(event.what for event in events if isinstance(event, DebrisRemoved))),
    }
