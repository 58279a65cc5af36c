"""Work that is done at the desk without a telephone: tasks and messages of queues, offered by the router like calls."""
