"""The life of a telephone or web call: a pure state machine, its coordinator, its recording, its recovery."""
