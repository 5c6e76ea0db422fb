"""Tools of other ecosystems that only `make deep` uses, fetched once into var/.

They come from npm by their exact version, and run no script of theirs when they are
installed. Where something is missing, the test is skipped and says what.
"""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.server import ROOT

FOLDER = ROOT / "var" / "tools"


def package(name: str, version: str, *, needs: tuple[str, ...] = ()) -> Path:
    """The folder of an npm package of exactly this version."""
    for tool in ("npm", *needs):
        if shutil.which(tool) is None:
            pytest.skip(f"NOT TRIED: {name} needs {tool}, which is not installed")
    folder = FOLDER / f"{name}-{version}"
    found = folder / "node_modules" / name
    if not (folder / "complete").exists():
        command = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund"]
        command += ["--save-exact", "--prefix", str(folder), f"{name}@{version}"]
        folder.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"NOT TRIED: npm could not fetch {name}: {done.stderr[-300:]}")
        (folder / "complete").touch()
    return found
