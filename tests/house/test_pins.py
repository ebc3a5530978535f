"""A set-up years from now is the set-up of today: every installed version is a pin of ours."""

import tomllib
from importlib.metadata import distributions

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.surroundings import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
INSTALLERS = {"pip", "uv", "setuptools", "wheel"}


def direct():
    project = PROJECT["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    groups.append(PROJECT["dependency-groups"]["dev"])
    return [Requirement(line) for group in groups for line in group]


def pins():
    """Name and version of everything pinned whose condition holds here."""
    constraints = [Requirement(line) for line in PROJECT["tool"]["uv"]["constraint-dependencies"]]
    return [
        (canonicalize_name(pin.name), str(pin.specifier).removeprefix("=="))
        for pin in direct() + constraints
        if pin.name != "corpus" and (pin.marker is None or pin.marker.evaluate())
    ]


def installed():
    found = {canonicalize_name(found.name): found.version for found in distributions()}
    return {name: version for name, version in found.items() if name not in INSTALLERS}


def test_every_installed_package_has_its_pin():
    pinned = dict(pins())

    assert installed() == {name: pinned.get(name) for name in installed()}, (
        "`uv sync` takes away what is pinned no more"
    )


def test_every_direct_dependency_is_installed():
    needed = {
        canonicalize_name(pin.name)
        for pin in direct()
        if pin.name != "corpus" and (pin.marker is None or pin.marker.evaluate())
    }

    assert needed - set(installed()) == set()


def test_every_pin_is_one_exact_version():
    constraints = PROJECT["tool"]["uv"]["constraint-dependencies"]
    loose = [
        str(pin)
        for pin in [*direct(), *map(Requirement, constraints)]
        if pin.name != "corpus" and [part.operator for part in pin.specifier] != ["=="]
    ]

    assert loose == []


def test_nothing_is_pinned_twice():
    names = [name for name, _version in pins()]

    assert sorted(names) == sorted(set(names))
