"""Messages that customers leave: the list of a queue's team, who took which, what is done."""
