"""Runs a command, and before it those that it needs, in the project's folder or in a copy of it."""

import os
import shutil
import signal
import subprocess
import tempfile

from arguments import Usage
from environment import ready_environment


def run(bundle, options, tell):
    name = options.name or bundle.manifest["defaultCommand"]
    if name is None:
        raise Usage("name one of these commands: %s" % ", ".join(bundle.commands))
    if name not in bundle.commands:
        raise Usage("there is no command %s; there are: %s" % (name, ", ".join(bundle.commands)))
    variables = answers(bundle.manifest["variables"])
    steps = [bundle.commands[name]] if options.only else bundle.ordered(name)
    place = workplace(bundle, options.out, tell)
    environment = ready_environment(bundle, tell)
    home = tempfile.mkdtemp(prefix="rung-home-")
    try:
        for command in steps:
            is_last = command is steps[-1]
            if not is_last:
                tell("first %s, which %s needs" % (command["name"], name))
            rest, executed = (options.rest, options.executed) if is_last else ([], None)
            code = run_one(bundle, command, rest, executed, place, environment, variables, home, tell)
            if code != 0:
                if not is_last:
                    tell("%s failed with exit code %d" % (command["name"], code))
                return code
        return 0
    finally:
        shutil.rmtree(home, ignore_errors=True)


def answers(declared):
    """The values of the declared variables: the caller's, else the default."""
    values, unanswered = {}, []
    for variable in declared:
        value = os.environ.get(variable["name"], variable["default"])
        if value is None:
            unanswered.append(variable["name"])
        else:
            values[variable["name"]] = value
    if unanswered:
        raise Usage("set these variables first, they have no default: %s" % ", ".join(unanswered))
    return values


def workplace(bundle, out, tell):
    """Where the commands run: the project itself, or its copy in `out`."""
    if out is None:
        if not os.access(bundle.project, os.W_OK | os.X_OK):
            raise Usage("%s cannot be written to: ./run --out DIR runs in a copy made in DIR" % bundle.project)
        return bundle.project
    place = os.path.abspath(out)
    if (os.path.realpath(place) + os.sep).startswith(os.path.realpath(bundle.project) + os.sep):
        raise Usage("--out DIR must lie outside of project/")
    os.makedirs(place, exist_ok=True)
    before = set(os.listdir(place))
    if before - set(os.listdir(bundle.project)):
        tell("%s holds other files too: they stay, and the commands see them" % place)
    copy_tree(bundle.project, place)
    return place


def copy_tree(source, target):
    for entry in sorted(os.scandir(source), key=lambda one: one.name):
        to = os.path.join(target, entry.name)
        if entry.is_dir(follow_symlinks=False):
            if os.path.islink(to) or (os.path.lexists(to) and not os.path.isdir(to)):
                os.unlink(to)
            os.makedirs(to, exist_ok=True)
            os.chmod(to, 0o755)
            copy_tree(entry.path, to)
            continue
        if os.path.isdir(to) and not os.path.islink(to):
            shutil.rmtree(to)
        elif os.path.lexists(to):
            os.unlink(to)
        if entry.is_symlink():
            os.symlink(os.readlink(entry.path), to)
        else:
            shutil.copyfile(entry.path, to)
            executable = entry.stat().st_mode & 0o100
            os.chmod(to, 0o755 if executable else 0o644)
            times = entry.stat()
            os.utime(to, ns=(times.st_atime_ns, times.st_mtime_ns))


def run_one(bundle, command, rest, executed, place, environment, variables, home, tell):
    values = surroundings(bundle, environment, place, home)
    values.update(variables)
    values.update(command["env"])
    if command["kind"] == "notebook":
        from notebooks import notebook_words

        argv, cwd = notebook_words(bundle, command, executed, place, environment), place
    else:
        from environment import quoted

        line = " ".join([command["run"]] + [quoted(word) for word in rest])
        argv, cwd = [shell(bundle), "-c", line], os.path.join(place, command["cwd"])
    # A notebook's runner keeps the time itself.
    limit = command["timeoutSeconds"] + (20 if command["kind"] == "notebook" else 0)
    return wait_for(argv, cwd, values, limit, command["name"], tell)


def surroundings(bundle, environment, place, home):
    """What a clean room sets, and nothing of the caller's."""
    temporary = tempfile.gettempdir()
    values = {
        "PATH": os.pathsep.join([environment.bin, bundle.path("runtime", "bin")]),
        "HOME": home,
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "TMPDIR": temporary,
        "PYTHONNOUSERSITE": "1",
        "VIRTUAL_ENV": environment.prefix,
    }
    if environment.compiled:
        values["PYTHONDONTWRITEBYTECODE"] = "1"
    else:
        values["PYTHONPYCACHEPREFIX"] = os.path.join(environment.prefix, "pycache")
    return values


def shell(bundle):
    packed = bundle.path("runtime", "bin", "sh")
    return packed if os.path.exists(packed) else "/bin/sh"


def wait_for(argv, cwd, values, limit, name, tell):
    """The exit code, 128 and the signal where one ended it, 124 where its time was up."""
    if not os.path.isdir(cwd):
        tell("%s runs in %s, which is not there" % (name, cwd))
        return 125
    # A group of its own, so that its end is the end of all that it started; Ctrl-C is handed on.
    child = subprocess.Popen(argv, cwd=cwd, env=values, start_new_session=True)

    def hand_on(number, _frame):
        end(child, number)

    before = {number: signal.signal(number, hand_on) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        code = child.wait(timeout=limit)
    except subprocess.TimeoutExpired:
        tell("%s was still running after %d s: ended" % (name, limit))
        end(child, signal.SIGTERM)
        try:
            child.wait(timeout=2)
        except subprocess.TimeoutExpired:
            pass
        end(child, signal.SIGKILL)
        child.wait()
        return 124
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    end(child, signal.SIGKILL)
    return code if code >= 0 else 128 - code


def end(child, number):
    try:
        os.killpg(child.pid, number)
    except (ProcessLookupError, PermissionError):
        pass
