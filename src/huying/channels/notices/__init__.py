"""Notices to the staff: a lead tells a group, a queue's people or everybody something, and sees who has read it."""
