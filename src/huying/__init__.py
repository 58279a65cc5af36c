"""Huying (呼应): a complete customer contact centre."""
