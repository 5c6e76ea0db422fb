"""`deploy/install` asks the site for its steps again with each version."""

import base64
import os
import re
import subprocess
import sys

from tests.server import ROOT

PRODUCTION = {
    "DEVELOPMENT": "no",
    "SECRET_KEY": "a-key-for-this-test-only-" + "x1Y2" * 10,
    "FIELD_KEYS": base64.b64encode(b"0123456789" * 3 + b"01").decode(),
    "ALLOWED_HOSTS": "example.org",
    "SITE_ADDRESS": "https://example.org",
}
STEPS = re.findall(
    r"^as_site ([^#\n]+)", (ROOT / "deploy" / "install").read_text(), re.M
)


def test_texts_that_only_the_organiser_can_complete_hold_up_no_version(tmp_path):
    """The first time there are none yet; the second time they are there, with gaps."""
    kept = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    environment = kept | PRODUCTION | {"VAR_DIR": str(tmp_path)}
    checks = [step for step in STEPS if step.startswith("check")]
    told = ""

    for step in ["migrate --verbosity 0", "seed --verbosity 0", *checks]:
        assert step in STEPS
        done = subprocess.run(
            [sys.executable, ROOT / "manage.py", *step.split()],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, (step, done.stderr)
        told += done.stderr

    assert "--fail-level WARNING" in checks[0]
    assert "conferences.W001" in told
