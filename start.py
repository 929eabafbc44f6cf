#!/usr/bin/env python3
"""Install what this checkout needs into its own .venv, and start it.

    python3 start.py demo            build the demo and serve it   (samplan demo; its options follow)
    python3 start.py COMMAND ...     any other command of samplan  (python3 start.py --help-samplan lists them)
    python3 start.py test  ...       the tests                     (options of pytest follow)
    python3 start.py check           lint, format, types, imports, templates, migrations
    python3 start.py bench [NAME]    the benchmarks                (all of the folder benchmarks, or one)
    python3 start.py guide FOLDER    the user's guide as pages with pictures, into a folder of yours

Needs Python 3.11 or newer and nothing else. Installing is skipped while nothing that decides it has changed; one that
was ended half-way is made again; two at once wait for each other. The exit status is that of what was started.
"""

import contextlib
import hashlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
STATE = VENV / "samplan-start.json"
LOCK = ROOT / ".samplan-start"
VENDOR_STAMP = ROOT / "src/samplan/base/ui/static/samplan/vendor/stamp"
REQUIREMENTS = {"run": ["requirements.txt", "requirements-build.txt"], "dev": ["requirements-dev.txt"]}
PACKAGE_FILES = ["pyproject.toml", "hatch_build.py", "package.json", "package-lock.json", ".npmrc"]
CHECKS = [
    ["ruff", "check", "."],
    ["ruff", "format", "--check", "."],
    ["mypy"],
    ["lint-imports", "--no-logo"],
    ["djlint", "src", "--lint", "--quiet"],
    ["django-admin", "makemigrations", "--check", "--dry-run"],
]


class CannotStart(Exception):
    """Said to the person in one or two lines; status 1."""


def main(arguments):
    """Do what the words of the command line say; return the exit status."""
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(__doc__.strip())
        return 0 if arguments else 2
    command, rest = arguments[0], arguments[1:]
    if command == "check":
        install("dev")
        return check()
    if command == "bench":
        install("dev")
        return bench(rest)
    if command == "guide":
        install("dev")
        os.chdir(ROOT)
        return hand_over([str(PYTHON), "-m", "tests.journeys.guide", *rest])
    if command == "test":
        install("dev")
        os.chdir(ROOT)
        return hand_over([str(PYTHON), "-m", "pytest", *rest])
    install("run")
    return hand_over([str(SCRIPTS / "samplan"), *(["--help"] if command == "--help-samplan" else arguments)])


# --- installing


def install(purpose):
    """Make .venv hold what `purpose` ("run" or "dev") needs. Raises CannotStart."""
    if is_installed(purpose):
        return
    with only_one() as lock:
        if is_installed(purpose):
            return
        started = time.monotonic()
        make_environment(lock)
        state, wanted = read_state(), digest(*REQUIREMENTS[purpose])
        if state.get(purpose) != wanted:
            say("Installing what Samplan needs (the first time takes about a minute) ...")
            write_state({**state, "whole": False})
            options = [part for name in REQUIREMENTS[purpose] for part in ("-r", name)]
            pip(lock, "install", "--require-hashes", "--only-binary", ":all:", *options)
            state.update({purpose: wanted, "whole": True, "python": version_of(PYTHON)})
            if purpose == "dev":  # it holds the other set
                state["run"] = digest(*REQUIREMENTS["run"])
            write_state(state)
        say("Bringing in the fonts and translations ...")
        pip(lock, "install", "--no-deps", "--no-build-isolation", "--force-reinstall", "-e", ".")
        write_state({**state, "package": package_digest()})
        say(f"Installed in {time.monotonic() - started:.0f} s.")


def is_installed(purpose):
    """Whether the last whole installation is the one that the files of this checkout ask for."""
    state = read_state()
    return (
        state.get("whole") is True
        and state.get("python") == version_of(PYTHON)
        and state.get(purpose) == digest(*REQUIREMENTS[purpose])
        and state.get("package") == package_digest()
        and VENDOR_STAMP.is_file()
    )


def make_environment(lock):
    """A .venv with a working pip. One whose installation was ended half-way, or whose Python is gone, is made anew."""
    state, version = read_state(), version_of(PYTHON)
    anew = state.get("whole") is False or state.get("python", version) != version
    if not anew and works(PYTHON, "-m", "pip", "--version"):
        return
    say("Making .venv ...")
    how = ["--clear"] if anew or not version else []
    made = run([sys.executable, "-m", "venv", *how, VENV], capture=True, **held(lock))
    if made.returncode == 0 and works(PYTHON, "-m", "pip", "--version"):
        return
    # Debian's python3 without python3-venv: no ensurepip, but perhaps a pip that can work for another Python.
    bare = run([sys.executable, "-m", "venv", "--clear", "--without-pip", VENV], capture=True, **held(lock))
    if bare.returncode == 0 and works(sys.executable, "-m", "pip", "--python", PYTHON, "--version"):
        return
    raise CannotStart(
        f"This Python ({sys.executable}, {sys.version.split()[0]}) can make no environment of its own.\n"
        "On Debian and Ubuntu, type:\n"
        "    sudo apt install python3-venv\n"
        f"and then the same command again. What Python said: {last_line(made)}"
    )


def pip(lock, *arguments):
    """Run pip for .venv: its own, or this Python's where .venv has none. Raises CannotStart."""
    own = works(PYTHON, "-m", "pip", "--version")
    program = [PYTHON, "-m", "pip"] if own else [sys.executable, "-m", "pip", "--python", PYTHON]
    quiet = ["-qq", "--disable-pip-version-check", "--no-input"]
    settings = {"PIP_ROOT_USER_ACTION": "ignore", "PIP_REQUIRE_VIRTUALENV": "0", "PIP_USER": "0"}
    if run([*program, *quiet, *arguments], env={**surroundings(), **settings}, **held(lock)).returncode:
        raise CannotStart("The installation failed; the lines above say why. Type the same command to try again.")


def version_of(python):
    """Like 3.11; empty where there is no such Python, or it does not run."""
    try:
        ended = run([python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"], capture=True)
    except OSError:
        return ""
    return ended.stdout.strip() if ended.returncode == 0 else ""


def digest(*names):
    """A fingerprint of files under the root; a missing file counts as empty."""
    total = hashlib.sha256()
    for name in names:
        path = ROOT / name
        total.update(name.encode() + b"\0" + (path.read_bytes() if path.is_file() else b"") + b"\0")
    return total.hexdigest()


def package_digest():
    translations = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("src/samplan/locale/*/*/*.po"))
    return digest(*PACKAGE_FILES, *translations)


def read_state():
    try:
        state = json.loads(STATE.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return state if isinstance(state, dict) else {}


def write_state(state):
    half = STATE.with_suffix(".half")
    half.write_text(json.dumps(state, indent=1), encoding="utf-8")
    half.replace(STATE)


@contextlib.contextmanager
def only_one():
    """Hold the checkout's lock; the system lets go of it when the process ends, however it ends."""
    with LOCK.open("a+") as file:
        take_lock(file)
        yield file


def held(lock):
    """Let a process hold the lock too, so that one left behind by a killed start still keeps the next one waiting."""
    return {} if os.name == "nt" else {"pass_fds": (lock.fileno(),)}


def take_lock(file):
    if os.name == "nt":
        import msvcrt

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        return
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        say("Another installation is running here; waiting for it ...")
        fcntl.flock(file, fcntl.LOCK_EX)


# --- running


def check():
    """Every check that needs no test run, all of them even when one fails; status 1 when one did."""
    failed = []
    for command in CHECKS:
        print(f"--- {' '.join(command)}", flush=True)
        started = time.monotonic()
        environment = {**surroundings(), "DJANGO_SETTINGS_MODULE": "samplan.config.settings"}
        ended = run([SCRIPTS / command[0], *command[1:]], env=environment)
        print(f"    {'FAILED' if ended.returncode else 'ok'} in {time.monotonic() - started:.1f} s", flush=True)
        if ended.returncode:
            failed.append(command[0])
    print(
        f"{len(CHECKS) - len(failed)} of {len(CHECKS)} checks passed" + "".join(f", {name} FAILED" for name in failed)
    )
    return 1 if failed else 0


def bench(names):
    """Run the benchmarks named, or all; they print ratios. Status 2 for an unknown name."""
    return run([PYTHON, "-m", "benchmarks", *names], env=surroundings()).returncode


def hand_over(command):
    """Become the command, so that signals and the exit status are its own. Where a system cannot, wait for it."""
    sys.stdout.flush()
    if os.name == "nt":
        return subprocess.run(command, env=surroundings()).returncode
    os.execve(command[0], command, surroundings())  # noqa: S606


def surroundings():
    """This process's environment with .venv's scripts first."""
    path = os.pathsep.join([str(SCRIPTS), os.environ.get("PATH", "")])
    return {"SAMPLAN_CALLED": "python3 start.py", **os.environ, "PATH": path, "VIRTUAL_ENV": str(VENV)}


def run(command, capture=False, **options):
    """Run a command in the root to its end. Raises OSError where there is no such program."""
    return subprocess.run([str(word) for word in command], cwd=ROOT, capture_output=capture, text=True, **options)


def works(*command):
    try:
        return run(command, capture=True).returncode == 0
    except OSError:
        return False


def last_line(ended):
    lines = (ended.stderr + ended.stdout).strip().splitlines()
    return lines[-1] if lines else "nothing"


def say(text):
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036
        sys.exit("Samplan needs Python 3.11 or newer; this is " + sys.version.split()[0] + " (" + sys.executable + ").")
    try:
        sys.exit(main(sys.argv[1:]))
    except CannotStart as error:
        say(str(error))
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
