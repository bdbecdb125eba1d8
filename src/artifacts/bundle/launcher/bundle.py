"""What lies in the bundle: bundle.json, and where its parts are."""

import json
import os


class Fault(Exception):
    """The bundle cannot do what was asked; the text says why."""


class Bundle(object):
    def __init__(self, top):
        self.top = top
        try:
            with open(self.path("bundle.json"), encoding="utf-8") as file:
                self.manifest = json.load(file)
        except ValueError as error:
            raise Fault("bundle.json cannot be read (%s); ./run --verify tells what else differs" % error)
        if self.manifest.get("schemaVersion") != 1:
            raise Fault("bundle.json is of a later kind than this launcher")
        self.commands = {}
        for command in self.manifest["commands"]:
            self.commands[command["name"]] = command

    def path(self, *parts):
        return os.path.join(self.top, *parts)

    @property
    def project(self):
        return self.path("project")

    @property
    def starter(self):
        return self.path(*self.manifest["python"]["starter"].split("/"))

    def ordered(self, name):
        """The command after those that it needs."""
        order, path = [], []

        def visit(current):
            if current in order:
                return
            if current in path or current not in self.commands:
                raise Fault("%s needs %s, which cannot be run before it" % (path[-1] if path else name, current))
            path.append(current)
            for need in self.commands[current]["needs"]:
                visit(need)
            path.pop()
            order.append(current)

        visit(name)
        return [self.commands[one] for one in order]
