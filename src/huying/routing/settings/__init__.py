"""Changing queues, groups, skills, levels and agents, with every change kept."""
