"""Finishes a delta: its files were unpacked over an older bundle, DELTA.json tells what that had and this has not."""

import json
import os

from bundle import Fault
from checksums import verify

NAME = "DELTA.json"


def apply(top, say):
    path = os.path.join(top, NAME)
    try:
        with open(path, encoding="utf-8") as file:
            delta = json.load(file)
    except FileNotFoundError:
        raise Fault("there is no %s here: unpack the delta over this folder first" % NAME)
    for name in delta["removed"]:
        target = os.path.normpath(os.path.join(top, name))
        if not target.startswith(os.path.join(top, "")):
            raise Fault("%s leads out of this folder" % name)
        if os.path.lexists(target) and not (os.path.isdir(target) and not os.path.islink(target)):
            os.unlink(target)
        folder = os.path.dirname(target)
        while folder != top and os.path.isdir(folder) and not os.listdir(folder):
            os.rmdir(folder)
            folder = os.path.dirname(folder)
    os.unlink(path)
    say("removed: %d" % len(delta["removed"]))
    return verify(top, say)
