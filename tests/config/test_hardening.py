"""What a unit of the site may still do, as systemd reads it, and why."""

import json
import shutil
import subprocess

import pytest

from tests.server import ROOT

ANALYZE = str(shutil.which("systemd-analyze"))
pytestmark = pytest.mark.skipif(ANALYZE == "None", reason="systemd was not found")

DEPLOY = ROOT / "deploy"
UNITS = ["site-web@1", "site-worker", "site-nightly", "site-backup"]
# The checks that are not passed, each with the reason.
OPEN = {
    "DeviceAllow": "ProtectClock lets the clock be read",
    "IPAddressDeny": "the mail server is the organiser's to choose",
    "MemoryDenyWriteExecute": "nobody has tried it with all libraries in C",
    "PrivateMounts": "ProtectSystem gives it mounts of its own already",
    "PrivateNetwork": "it reaches the mail server",
    "PrivateUsers": "nobody has tried it with PostgreSQL, which knows users by name",
    "RestrictAddressFamilies_AF_INET_INET6": "it reaches the mail server",
    "RestrictAddressFamilies_AF_UNIX": "the sockets of nginx and PostgreSQL",
    "RootDirectoryOrRootImage": "it runs with the Python of the machine",
    "SystemCallFilter_privileged": "gunicorn gives its socket away by chown",
    "UMask": "nginx, which is in the group, reads static files",
}


@pytest.mark.parametrize("unit", UNITS)
def test_a_unit_may_do_nothing_that_it_does_not_need(tmp_path, unit):
    folder = tmp_path / "units"
    shutil.copytree(DEPLOY, folder)
    (folder / "site-web@.service").rename(folder / "site-web@1.service")

    done = subprocess.run(
        [ANALYZE, "security", "--offline=yes", "--json=short", f"{unit}.service"],
        env={"SYSTEMD_UNIT_PATH": f"{folder}:"},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )

    checks = {one["json_field"]: one for one in json.loads(done.stdout)}
    failed = {name for name, one in checks.items() if one["set"] is False}
    assert len(checks) > 60
    assert failed == OPEN.keys()
    assert "group-readable" in checks["UMask"]["description"]
