"""The words after ./run."""


class Usage(Exception):
    """The call is wrong; the text says how it would be right."""


class Options(object):
    def __init__(self):
        self.action = "run"
        self.out = None
        self.compiled = False
        self.only = False
        self.executed = None
        self.name = None
        self.rest = []


ACTIONS = ("help", "list", "verify", "install", "apply")


def read_arguments(words):
    """Our own options come before the command's name; what stands behind it is the command's."""
    options = Options()
    left = list(words)
    while left:
        word = left.pop(0)
        if word in ("-h", "--help"):
            options.action = "help"
        elif word.startswith("--") and word[2:] in ACTIONS:
            options.action = word[2:]
        elif word == "--compile":
            options.compiled = True
        elif word == "--only":
            options.only = True
        elif word == "--executed":
            if not left:
                raise Usage("--executed needs a file")
            options.executed = left.pop(0)
        elif word == "--out":
            if not left:
                raise Usage("--out needs a folder")
            options.out = left.pop(0)
        elif word.startswith("--out="):
            options.out = word[len("--out=") :]
        elif word == "--":
            options.name, options.rest = (left[0], left[1:]) if left else (None, [])
            break
        elif word.startswith("-"):
            raise Usage("unknown option %s; ./run --help tells the options" % word)
        else:
            options.name, options.rest = word, left
            break
    if options.out == "":
        raise Usage("--out needs a folder")
    return options
