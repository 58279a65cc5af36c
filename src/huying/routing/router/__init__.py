"""The router: which agent gets which work. Pure; `router.py` is the way in and says how it works."""
