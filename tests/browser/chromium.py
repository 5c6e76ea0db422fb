"""How Chromium is found and started for tests."""

import shutil

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def path() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")


def launch(playwright):
    return playwright.chromium.launch(
        executable_path=path(),
        args=ARGUMENTS,
        # The back button shows the page as it was left, as everywhere else.
        ignore_default_args=["--disable-back-forward-cache"],
    )
