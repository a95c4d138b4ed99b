"""A headless Chromium, driven through ChromeDriver's plain HTTP (WebDriver protocol)."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-component-update",
    "--disable-background-networking", "--disable-sync", "--disable-dev-shm-usage", "--force-device-scale-factor=1",
)  # fmt: skip


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


@contextlib.contextmanager
def process(*command: str, answers: str, **options: Any) -> Iterator[None]:
    """A server for the time of the block, once it answers at the address."""
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
    try:
        for _ in range(300):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(answers, timeout=5).close()
                break
            assert running.poll() is None, f"{command[0]} ended"
            time.sleep(0.1)
        yield
    finally:
        running.terminate()
        running.wait(20)


class Browser:
    """One window."""

    def __init__(self, driver: str, profile: Path, *, scripts: bool = True) -> None:
        options = {"binary": CHROMIUM, "args": [*FLAGS, f"--user-data-dir={profile}", "--window-size=1400,1000"]}
        if not scripts:
            options["prefs"] = {"profile.managed_default_content_settings.javascript": 2}
        wanted = {"capabilities": {"alwaysMatch": {"browserName": "chrome", "goog:chromeOptions": options}}}
        self.driver = driver
        self.session = f"{driver}/session/{self.call(f'{driver}/session', wanted)['sessionId']}"

    @staticmethod
    def call(address: str, body: object | None = None, method: str | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(address, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise AssertionError(error.read().decode()) from error

    def open(self, address: str) -> None:
        self.call(f"{self.session}/url", {"url": "about:blank"})
        self.call(f"{self.session}/url", {"url": address})

    def run(self, script: str, *values: object) -> Any:
        return self.call(f"{self.session}/execute/sync", {"script": script, "args": list(values)})

    def wait(self, script: str, *values: object) -> Any:
        for _ in range(100):
            found = self.run(script, *values)
            if found:
                return found
            time.sleep(0.05)
        raise AssertionError(f"never true: {script}")

    def click(self, selector: str) -> None:
        (element,) = self.call(f"{self.session}/element", {"using": "css selector", "value": selector}).values()
        self.call(f"{self.session}/element/{element}/click", {})

    def press(self, key: str) -> None:
        keys = [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        self.call(f"{self.session}/actions", {"actions": [{"type": "key", "id": "k", "actions": keys}]})

    def screenshot(self, path: Path) -> None:
        path.write_bytes(base64.b64decode(self.call(f"{self.session}/screenshot")))

    def close(self) -> None:
        self.call(self.session, method="DELETE")


@contextlib.contextmanager
def browser(profile: Path, *, scripts: bool = True) -> Iterator[Browser]:
    """A window that is closed in the end."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    home = os.environ | {"HOME": str(profile)}
    with process(str(DRIVER), f"--port={port}", answers=f"{address}/status", env=home):
        window = Browser(address, profile / "profile", scripts=scripts)
        try:
            yield window
        finally:
            window.close()
