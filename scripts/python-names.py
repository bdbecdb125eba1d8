"""Writes src/source/python-names.json: the standard library's top-level modules per Python minor version, and the builtins.

Run it with the interpreters to ask: python3 scripts/python-names.py ~/.pyenv/versions/*/bin/python
Python 3.10 and later know the list (sys.stdlib_module_names); of older ones their library folders are listed.
Versions whose interpreter is not given keep what the file says of them.
"""
import json
import pathlib
import subprocess
import sys

ASK = r"""
import builtins, json, os, sys
if hasattr(sys, "stdlib_module_names"):
    names = set(sys.stdlib_module_names)
else:
    names = set(sys.builtin_module_names)
    library = os.path.dirname(os.__file__)
    folders = [library, os.path.join(library, "lib-dynload")]
    for folder in folders:
        for entry in os.listdir(folder):
            name = entry.split(".")[0]
            path = os.path.join(folder, entry)
            if entry in ("site-packages", "lib-dynload", "__pycache__") or not name.isidentifier():
                continue
            if entry.endswith((".py", ".so")) or os.path.exists(os.path.join(path, "__init__.py")):
                names.add(name)
    # Modules of other systems, which this one cannot list.
    names |= set("_msi _winapi _scproxy _overlapped msilib msvcrt nt winreg winsound _winreg".split()) - {"_winreg"}
    names |= set("ossaudiodev spwd nis dbm tkinter curses readline sqlite3 lzma bz2 ctypes".split())
names = {n for n in names if not n.startswith("_sysconfigdata") and n != "test_" and not n.startswith("config-")}
print(json.dumps({
    "version": "%d.%d" % sys.version_info[:2],
    "modules": sorted(names),
    "builtins": sorted(n for n in dir(builtins) if n not in ("_",)),
}))
"""


# What the release notes of a version say, for those whose interpreter was not at hand.
RELEASE_NOTES = {
    "3.14": {"after": "3.13", "added": ["annotationlib", "compression", "_zstd"], "removed": []},
}


def order(version):
    return tuple(int(part) for part in version.split("."))


def main():
    target = pathlib.Path(__file__).resolve().parent.parent / "src" / "source" / "python-names.json"
    modules, builtins = {}, set()
    if target.exists():
        known = json.loads(target.read_text())
        builtins |= set(known["builtins"])
        current = set()
        for step in known["versions"]:
            current = (current - set(step["removed"])) | set(step["added"])
            modules[step["version"]] = set(current)
    for interpreter in sys.argv[1:]:
        answer = json.loads(subprocess.check_output([interpreter, "-I", "-c", ASK]))
        if order(answer["version"]) >= (3, 6):
            modules[answer["version"]] = set(answer["modules"])
            builtins |= set(answer["builtins"])
    for version, notes in RELEASE_NOTES.items():
        if version not in modules and notes["after"] in modules:
            modules[version] = (modules[notes["after"]] | set(notes["added"])) - set(notes["removed"])
    steps, previous = [], set()
    for version in sorted(modules, key=order):
        now = modules[version]
        steps.append({"version": version, "added": sorted(now - previous), "removed": sorted(previous - now)})
        previous = now
    lines = ",\n".join("    " + json.dumps(step) for step in steps)
    target.write_text(
        '{\n  "builtins": %s,\n  "versions": [\n%s\n  ]\n}\n' % (json.dumps(sorted(builtins)), lines)
    )


main()
