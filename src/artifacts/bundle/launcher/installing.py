"""Puts wheels into an environment, by PyPA's installer (its wheel lies beside this file).

Several at once, since each wheel has files of its own; those that share a file with another come after all others, in the
order of their names, so that the last name wins each time.
"""

import glob
import os
import sys
import types
import zipfile

from bundle import Fault
from processes import in_processes


def install_all(bundle, folder, home):
    """Installs the project's wheels below `folder`, which will be at `home`, and the tools into folders of their own."""
    python = "python%d.%d" % sys.version_info[:2]
    site = os.path.join(folder, "lib", python, "site-packages")
    scripts = os.path.join(folder, "bin")
    data = folder
    header = os.path.join(folder, "include", python)
    scheme = {"purelib": site, "platlib": site, "scripts": scripts, "data": data, "headers": header}
    interpreter = os.path.join(home, "bin", "python")
    wheels = [bundle.path("wheels", name) for name in bundle.manifest["wheels"]]
    install(wheels, scheme, interpreter)
    for tool, names in sorted((bundle.manifest["tools"] or {}).items()):
        place = os.path.join(folder, "tools", tool)
        hidden = {"scripts": os.path.join(place, ".bin"), "data": os.path.join(place, ".data"), "headers": place}
        os.makedirs(place)
        install([bundle.path("tools", name) for name in names], dict(hidden, purelib=place, platlib=place), interpreter)


def install(wheels, scheme, interpreter):
    for wheel in wheels:
        if not os.path.exists(wheel):
            raise Fault("%s is missing; ./run --verify tells what else is" % wheel)
    apart, shared = by_overlap(wheels)
    # The largest first: they decide how long it takes.
    apart.sort(key=lambda wheel: (-os.path.getsize(wheel), wheel))
    in_processes(apart, lambda wheel: install_one(wheel, scheme, interpreter))
    for wheel in shared:
        install_one(wheel, scheme, interpreter)


def by_overlap(wheels):
    owners = {}
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as content:
            for name in content.namelist():
                if not name.endswith("/"):
                    owners.setdefault(name, []).append(wheel)
    sharing = set()
    for claimed in owners.values():
        if len(claimed) > 1:
            sharing.update(claimed)
    return [wheel for wheel in wheels if wheel not in sharing], sorted(sharing)


def install_one(wheel, scheme, interpreter):
    library()
    import installer
    from installer.destinations import SchemeDictionaryDestination
    from installer.sources import WheelFile
    from installer.utils import copyfileobj_with_hashing
    from installer.records import Hash, RecordEntry

    class Destination(SchemeDictionaryDestination):
        def write_to_fs(self, scheme, path, stream, is_executable=False):
            target = os.path.join(self.scheme_dict[scheme], path)
            folder = os.path.abspath(target)
            if not folder.startswith(os.path.abspath(self.scheme_dict[scheme]) + os.sep):
                raise Fault("%s holds a file that leads out: %s" % (wheel, path))
            os.makedirs(os.path.dirname(target), exist_ok=True)
            if os.path.lexists(target):
                os.unlink(target)
            with open(target, "wb") as file:
                digest, size = copyfileobj_with_hashing(stream, file, self.hash_algorithm)
            os.chmod(target, 0o755 if is_executable or scheme == "scripts" else 0o644)
            return RecordEntry(path, Hash(self.hash_algorithm, digest), size)

    try:
        with WheelFile.open(wheel) as source:
            name = source.distribution
            own = dict(scheme, headers=os.path.join(scheme["headers"], name))
            destination = Destination(own, interpreter, "posix")
            installer.install(source, destination, additional_metadata={"INSTALLER": b"rung\n"})
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise Fault("%s cannot be installed: %s" % (os.path.basename(wheel), error))


def library():
    """PyPA's installer is imported out of its wheel."""
    found = glob.glob(os.path.join(glob.escape(os.path.dirname(os.path.abspath(__file__))), "installer-*.whl"))
    if not found:
        raise Fault("runtime/launcher/installer-*.whl is missing; ./run --verify tells what else is")
    if found[0] not in sys.path:
        sys.path.insert(0, found[0])
    if sys.version_info < (3, 7):
        # It wants a package that reads its starters for Windows: none is read here.
        stand_in = types.ModuleType("importlib_resources")
        stand_in.read_binary = None
        sys.modules.setdefault(stand_in.__name__, stand_in)
