"""Simulated centres that benches measure."""
