"""What the settings need before pytest-django reads them."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ["DEVELOPMENT"] = "yes"
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's event loop

# The tests write nothing into the project; `static` only has to exist.
folder = tempfile.mkdtemp(prefix="site-tests-")
atexit.register(shutil.rmtree, folder, ignore_errors=True)
os.environ["VAR_DIR"] = folder
(Path(folder) / "static").mkdir()
os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = f"{folder}/hypothesis"
