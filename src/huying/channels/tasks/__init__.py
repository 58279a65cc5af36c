"""Tasks and reminders of persons and queues. Offering a queue's tasks is `desk_work`'s part."""
