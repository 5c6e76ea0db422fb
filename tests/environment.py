"""What the settings need before pytest-django reads them."""

import os

os.environ.setdefault("DEVELOPMENT", "yes")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's event loop
