"""The reference implementations asked from tests: JSON on standard input, JSON on standard output."""

import json
import logging
import os
import sys
import tempfile

from packaging.markers import Marker
from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version


def same_marker(text):
    """A marker as `packaging` writes it, or the text where it is none."""
    try:
        return None if text is None else str(Marker(text))
    except Exception:
        return "no marker: " + text


def same_specifier(text):
    try:
        return ",".join(sorted(str(part) for part in SpecifierSet(text)))
    except InvalidSpecifier:
        return "no specifier: " + text


def described(name, extras, specifier, marker, url):
    return [
        canonicalize_name(name),
        sorted(canonicalize_name(extra) for extra in extras),
        same_specifier(specifier),
        same_marker(marker),
        url,
    ]


def requirement(text):
    try:
        found = Requirement(text)
    except InvalidRequirement:
        return None
    marker = None if found.marker is None else str(found.marker)
    return described(found.name, found.extras, str(found.specifier), marker, found.url)


def written(ours):
    """Our own reading, in the spelling of the reference."""
    if ours is None:
        return None
    return described(ours["name"], ours["extras"], ours["specifier"], ours["marker"], ours["url"])


def pip_file(files):
    from pip._internal.exceptions import PipError
    from pip._internal.network.session import PipSession
    from pip._internal.req.constructors import install_req_from_parsed_requirement
    from pip._internal.req.req_file import parse_requirements

    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for name, text in files.items():
            os.makedirs(os.path.dirname(os.path.join(folder, name)) or folder, exist_ok=True)
            with open(name, "w", encoding="utf-8", newline="") as file:
                file.write(text)
        found = []
        try:
            for parsed in parse_requirements("requirements.txt", PipSession()):
                entry = install_req_from_parsed_requirement(parsed)
                hashes = (parsed.options or {}).get("hashes", {})
                req = entry.req
                found.append(
                    {
                        "name": "" if req is None else canonicalize_name(req.name),
                        "extras": sorted(canonicalize_name(extra) for extra in entry.extras),
                        "specifier": "" if req is None or entry.link else same_specifier(str(req.specifier)),
                        "marker": None if entry.markers is None else str(entry.markers),
                        "url": None if entry.link is None else entry.link.url.replace("file://" + folder, "."),
                        "editable": entry.editable,
                        "constraint": parsed.constraint,
                        "hashes": sorted(f"{kind}:{value}" for kind in hashes for value in hashes[kind]),
                    }
                )
        except (PipError, ValueError, AssertionError) as error:
            return str(error)[:200]
        finally:
            os.chdir("/")
        return found


def order(pair):
    try:
        first, second = Version(pair[0]), Version(pair[1])
    except InvalidVersion:
        return None
    return (first > second) - (first < second)


def normalised(text):
    try:
        return str(Version(text))
    except InvalidVersion:
        return None


def satisfied(pair):
    try:
        return SpecifierSet(pair[1]).contains(Version(pair[0]), prereleases=True)
    except (InvalidVersion, InvalidSpecifier):
        return None


QUESTIONS = {
    "requirements": requirement,
    "written": written,
    "markers": same_marker,
    "pip": pip_file,
    "order": order,
    "normalised": normalised,
    "satisfied": satisfied,
}

if __name__ == "__main__":
    ask = QUESTIONS[sys.argv[1]]
    json.dump([ask(entry) for entry in json.load(sys.stdin)], sys.stdout)
