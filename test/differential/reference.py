"""The reference implementations asked from tests: JSON on standard input, JSON on standard output."""

import atexit
import functools
import json
import logging
import os
import shutil
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


@functools.cache
def pip_session():
    from pip._internal.network.session import PipSession

    logging.disable(logging.CRITICAL)
    return PipSession()


@functools.cache
def folder():
    """Where the files of one question after another stand, all under the same names."""
    path = os.path.realpath(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, path)
    os.chdir(path)
    return path


@functools.cache
def written_file(name, text):
    """A file that is the same for every question is written once."""
    os.makedirs(os.path.dirname(os.path.join(folder(), name)), exist_ok=True)
    with open(os.path.join(folder(), name), "w", encoding="utf-8", newline="") as file:
        file.write(text)


def pip_file(files):
    from pip._internal.exceptions import PipError
    from pip._internal.req.constructors import install_req_from_parsed_requirement
    from pip._internal.req.req_file import parse_requirements

    for name, text in files.items():
        put = written_file.__wrapped__ if name == "requirements.txt" else written_file
        put(name, text)
    found = []
    try:
        for parsed in parse_requirements("requirements.txt", pip_session()):
            entry = install_req_from_parsed_requirement(parsed)
            hashes = (parsed.options or {}).get("hashes", {})
            req = entry.req
            found.append(
                {
                    "name": "" if req is None else canonicalize_name(req.name),
                    "extras": sorted(canonicalize_name(extra) for extra in entry.extras),
                    "specifier": "" if req is None or entry.link else same_specifier(str(req.specifier)),
                    "marker": None if entry.markers is None else str(entry.markers),
                    "url": None if entry.link is None else entry.link.url.replace("file://" + folder(), "."),
                    "editable": entry.editable,
                    "constraint": parsed.constraint,
                    "hashes": sorted(f"{kind}:{value}" for kind in hashes for value in hashes[kind]),
                }
            )
    except (PipError, ValueError, AssertionError) as error:
        return str(error)[:900]
    return same(found)


def placed(entry):
    """One entry of a file with its order and spelling made the same: a local path is where pip finds it."""
    url = entry["url"]
    if url is not None and url.startswith("file:"):
        url = url[7:] if url.startswith("file://") else url[5:]
    if url is not None and "://" not in url:
        url = os.path.normpath(url)
    return {
        **entry,
        "extras": sorted(canonicalize_name(extra) for extra in entry["extras"]),
        "specifier": same_specifier(entry["specifier"]),
        "marker": same_marker(entry["marker"]),
        "url": url,
    }


def same(entries):
    return sorted((placed(entry) for entry in entries), key=lambda entry: json.dumps(entry))


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
    "same": same,
    "order": order,
    "normalised": normalised,
    "satisfied": satisfied,
}

if __name__ == "__main__":
    ask = QUESTIONS[sys.argv[1]]
    json.dump([ask(entry) for entry in json.load(sys.stdin)], sys.stdout)
