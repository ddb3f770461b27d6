"""What set-up installs: lock files, conda's list and the project file say the same."""

import json
import re
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CONDA_NAMES = {"brotli-python": "brotli"}


def bare(requirement):
    return re.match(r"[\w.-]+", requirement)[0].lower().replace("_", "-")


def pins(filename):
    text = (ROOT / filename).read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w.-]+)==([^\s;\\]+)", text, re.MULTILINE))


def conda_pins():
    entries = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    pip = next(entry["pip"] for entry in entries if isinstance(entry, dict))
    conda = [entry.split("=", 1) for entry in entries if isinstance(entry, str) and "=" in entry and ">" not in entry]
    wheels = [entry.split("==") for entry in pip if "==" in entry]
    return {CONDA_NAMES.get(name, name): version for name, version in [*conda, *wheels]}


def test_each_dependency_is_locked():
    assert {bare(requirement) for requirement in PROJECT["dependencies"]} <= set(pins("requirements.lock"))
    tests = {bare(requirement) for requirement in PROJECT["optional-dependencies"]["test"]}
    assert tests <= set(pins("requirements-test.lock"))


def test_the_test_lock_only_adds():
    runtime, tests = pins("requirements.lock"), pins("requirements-test.lock")
    assert {name: tests.get(name) for name in runtime} == runtime


def test_conda_has_the_same_versions():
    locked, conda = pins("requirements.lock"), conda_pins()
    assert {bare(requirement) for requirement in PROJECT["dependencies"]} <= set(conda)
    assert {name: locked[name] for name in conda} == conda


def test_locks_carry_hashes_and_no_addresses():
    for name in ("requirements.lock", "requirements-test.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert text.count("==") <= text.count("--hash=sha256:")
    web = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert "resolved" not in web
    assert all(entry.get("integrity") for path, entry in json.loads(web)["packages"].items() if path)
