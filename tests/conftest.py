"""What holds for all tests."""

from hypothesis import HealthCheck, settings
from playwright.sync_api import expect

# How long an example or a page takes says more of the machine than of the code.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")
expect.set_options(timeout=30_000)
