"""Prints what the houses need of the package index, pinned, one package a line.

Usage: requirements.py HOUSE_D, with Home Assistant's own Python.

Home Assistant's wheel requires what its core needs. What an integration needs
stands in the integration's manifest, and Home Assistant installs it while it
starts: an integration that is imported by another before that fails. So all of it
is installed before the first start: what the integrations require that house.d
configures, those that Home Assistant always sets up, and those that they depend
on or import. Imports count because manifests leave some out (camera imports
stream and does not depend on it).
"""

import ast
import json
import re
import sys
from functools import cache
from pathlib import Path

from homeassistant import bootstrap, components


def integrations(house_d):
    """The folder of each integration, Home Assistant's and those of house_d."""
    folders = [*components.__path__, *house_d.glob("**/custom_components")]
    return {path.parent.name: path.parent for folder in folders for path in Path(folder).glob("*/manifest.json")}


def configured(house_d):
    """The integrations that the configuration names: keys, and platforms of keys."""
    named = re.compile(r"^(\w+):|\bplatform: (\w+)", re.MULTILINE)
    for path in house_d.glob("**/*.yaml"):
        for key, platform in named.findall(path.read_text()):
            yield key or platform


@cache
def imported(path):
    """The integrations that a module imports when it is imported itself."""
    return set(names_in(ast.parse(path.read_text()).body))


def names_in(statements):
    package = "homeassistant.components"
    for statement in statements:
        match statement:
            case ast.Import(names=names):
                yield from (name.name.split(".")[2] for name in names if name.name.startswith(package + "."))
            case ast.ImportFrom(module=module, names=names, level=0) if module == package:
                yield from (name.name for name in names)
            case ast.ImportFrom(module=module, level=0) if module.startswith(package + "."):
                yield module.split(".")[2]
            case ast.Try(body=body):
                yield from names_in(body)


def main():
    known = integrations(house_d := Path(sys.argv[1]))
    named = {name for name in configured(house_d) if name in known}
    # A module that has the name of another integration is what the two have in
    # common. One that is configured sets up the other; of all, it is loaded when
    # the other is set up.
    named |= {path.stem for name in named for path in known[name].glob("*.py") if path.stem in known}
    loaded, more = set(), named | bootstrap.CORE_INTEGRATIONS | bootstrap.DEFAULT_INTEGRATIONS
    requirements = set()
    while more:
        loaded |= more
        more = set()
        for name in loaded:
            manifest = json.loads((known[name] / "manifest.json").read_text())
            requirements.update(manifest.get("requirements", []))
            more.update(manifest.get("dependencies", []))
            for path in known[name].glob("**/*.py"):
                if path.stem not in known or path.stem in loaded:
                    more |= imported(path) & known.keys()
        more -= loaded
    print(*sorted(requirements), sep="\n")


main()
