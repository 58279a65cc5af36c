"""The business calendar: weekly hours, holidays and make-up working days, closing and opening in an emergency."""
