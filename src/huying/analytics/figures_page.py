"""The docs' page of figures, written from the figures: `python -m huying.analytics.figures_page > docs/figures.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Any

from huying.analytics.figures import AGENT_FIGURES, IDENTITY, QUEUE_FIGURES, Figure

HEAD = """# Figures 指标

Every figure has one definition, in `analytics/figures.py`, computed live and in history by the same code from the same
facts, and shown in the product with its formula. This page is written by `python -m huying.analytics.figures_page`; a test keeps it true.
每个指标只有一个定义；实时与历史由同一段代码算出，界面上随指标给出公式。

## The unit, and the identity 计量单位与恒等式
The unit is a **queue entry**: one stay of one contact in one queue, with exactly one ending. It counts in the interval in
which it was presented to the queue. Days and intervals follow the business's time zone (a day may have 23 or 25 hours).
For every queue, interval and sum:

> {en}

> {zh}

- An interval in which an entry still waits or talks, or which is not over, is marked **provisional**.
- A contact that ends while its journal shows a waiting entry without an ending counts that entry as `lost`: a fault of ours stays visible.
- Figures are made from summed whole numbers (counts, milliseconds); ratios and means of a sum come from the sums, never from other ratios.
- A denominator of zero gives no value. Limits mean "not later than". `T` is the queue's `service_level_seconds`, the formula its chosen one
  (`service_level_kind`, `SL1` where nothing else is chosen), `target_percent` of how many in a hundred it is to be kept. The report carries
  all three for each queue, and says of each of its rows whether the target was missed (`target_missed`), as the live view does for today.
- After-call work counts for the last entry that the agent answered before it, in the queue it was done for. Its milliseconds come from the
  agent's stream, those of talk and hold from the contact's.
- A contact that was left without a disposition counts for its last entry in the queue that insists on one, and for the last segment of the
  agent who was last in it. A disposition that is given later takes it away again, so such a figure of an old interval may yet fall.
- Offers count where they were made, segments where they began, times of agents where they passed (an interval is cut at the borders).

## From events to figures 从事件到指标
| journal | fold | fact | table |
|---|---|---|---|
| contact stream | `folds/contact.py` | queue entry, offer, segment | `fact_contact`, `fact_queue_entry`, `fact_offer`, `fact_segment` |
| acts about a contact (`DispositionNotGiven`) | `folds/contact.py` | queue entry, segment | `fact_queue_entry`, `fact_segment` |
| agent stream | `folds/agent.py` | interval of status and state | `fact_agent_interval` |

`projection.py` follows the journal and stores facts and its cursor in one transaction, so each entry counts exactly once;
the tables can be deleted and are made again. `live.py` keeps the same folds in memory, fed by the voice process, and starts
again from its open streams after a gap.

Each row of a report opens to its contacts: `GET /api/contacts` with the row's `from`, `to`, `queue_id` and an `ending`
(queues), or `agent_id` and an `offer_result` (agents); of `no_disposition` with `no_disposition=true`.
"""


def page() -> str:
    """The page as Markdown."""
    parts = [HEAD.format(en=IDENTITY["en"], zh=IDENTITY["zh-CN"])]
    for title, figures in (("Figures of queues 队列指标", QUEUE_FIGURES), ("Figures of agents 坐席指标", AGENT_FIGURES)):
        parts.append(f"\n## {title}\n" + "\n".join(_table(figures)) + "\n")
    return "".join(parts)


def _table(figures: Iterable[Figure[Any]]) -> Iterator[str]:
    yield "| code | unit | name | formula | 公式 | source events |"
    yield "|---|---|---|---|---|---|"
    for figure in figures:
        cells = (
            f"`{figure.code}`",
            figure.unit,
            f"{figure.en} {figure.zh}",
            figure.formula_en,
            figure.formula_zh,
            ", ".join(figure.sources),
        )
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


if __name__ == "__main__":
    sys.stdout.write(page())
