"""A machine for tests: this system's own files below a throw-away layer, booted with systemd in a container.

Nothing that happens in it reaches the files of this system. It has no network but its own loopback.
"""
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid

REPOSITORY = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
# Generous: a busy machine with two cores. Nothing waits this long unless something is wrong.
LIMIT = 120


def reason_against():
    """Why no machine can be booted here; None when it can."""
    if os.geteuid() != 0:
        return "it takes root to boot a machine"
    for program in ("systemd-nspawn", "nsenter", "setpriv", "dpkg-deb"):
        if not shutil.which(program):
            return f"{program} is missing"
    if not os.path.exists("/lib/systemd/systemd") and not os.path.exists("/usr/lib/systemd/systemd"):
        return "there is no systemd to boot"
    with tempfile.TemporaryDirectory() as folder:
        probe = subprocess.run(["mount", "-t", "tmpfs", "tmpfs", folder], capture_output=True, text=True)
        if probe.returncode:
            return f"nothing may be mounted here: {probe.stderr.strip()}"
        try:
            for name in ("upper", "work", "merged"):
                os.mkdir(os.path.join(folder, name))
            layers = f"lowerdir=/,upperdir={folder}/upper,workdir={folder}/work"
            probe = subprocess.run(
                ["mount", "-t", "overlay", "overlay", "-o", layers, f"{folder}/merged"], capture_output=True, text=True)
            if probe.returncode:
                return f"no layer can be laid over the root here: {probe.stderr.strip()}"
            subprocess.run(["umount", f"{folder}/merged"], check=True)
        finally:
            subprocess.run(["umount", folder], check=True)
    return None


class Machine:
    """May be booted and shut down several times; its files live as long as the object."""

    def __init__(self):
        self.name = f"inventory-{uuid.uuid4().hex[:8]}"
        self.folder = tempfile.mkdtemp(prefix="inventory-machine-")
        self.process = self.leader = None
        self.mounts = []
        try:
            self._mount("-t", "tmpfs", "-o", "size=2g", "tmpfs", self.folder)
            for name in ("upper", "work", "merged"):
                os.mkdir(os.path.join(self.folder, name))
            self.root = os.path.join(self.folder, "merged")
            self._mount(
                "-t", "overlay", "-o",
                f"lowerdir=/,upperdir={self.folder}/upper,workdir={self.folder}/work", "overlay", self.root)
        except BaseException:
            self.close()
            raise
        # Build machines keep packages from starting services, and other journals from being written to.
        for path in ("usr/sbin/policy-rc.d", "etc/machine-id"):
            if os.path.lexists(os.path.join(self.root, path)):
                os.unlink(os.path.join(self.root, path))
        shutil.rmtree(os.path.join(self.root, "var/log/journal"), ignore_errors=True)
        # Services of this system that nobody needs here would only take time, and may not find what they need.
        for target in ("multi-user", "timers", "network-online"):
            shutil.rmtree(os.path.join(self.root, f"etc/systemd/system/{target}.target.wants"), ignore_errors=True)

    def _mount(self, *words):
        subprocess.run(["mount", *words], check=True)
        self.mounts.append(words[-1])

    # MARK: Up and down

    def boot(self):
        """Boots and waits until everything that belongs to a boot has been started."""
        outside = sorted({REPOSITORY, sys.prefix, os.path.dirname(os.path.realpath(sys.executable))})
        self.log = open(os.path.join(self.folder, "boot.log"), "ab")
        self.process = subprocess.Popen(
            ["systemd-nspawn", "--quiet", "--directory", self.root, "--register=no", "--keep-unit",
             f"--machine={self.name}", "--private-network", "--boot", "--kill-signal=SIGRTMIN+3",
             *[f"--bind-ro={path}" for path in outside]],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, preexec_fn=_die_with_parent)
        self.wait_for(self._find_leader, "the machine has a first process")
        self.wait_for(self._is_up, "the machine has booted")
        return self

    def shut_down(self):
        """Shuts down as an operator does."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.terminate()
        try:
            self.process.wait(LIMIT)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = self.leader = None
        self.log.close()

    def close(self):
        self.shut_down()
        for path in reversed(self.mounts):
            subprocess.run(["umount", "--lazy", path], check=False)
        os.rmdir(self.folder)

    def _find_leader(self):
        if self.process.poll() is not None:
            raise AssertionError(f"the machine ended with {self.process.returncode}:\n{self.boot_log()}")
        for pid in _descendants(self.process.pid):
            try:
                with open(f"/proc/{pid}/status", encoding="utf-8") as file:
                    status = file.read()
            except OSError:
                continue
            numbers = next((line.split()[1:] for line in status.splitlines() if line.startswith("NSpid:")), [])
            if status.startswith("Name:\tsystemd\n") and numbers[-1:] == ["1"]:
                self.leader = pid
                return True
        return False

    def _is_up(self):
        # `degraded` is up too: a unit of this system that needs more than a container has.
        return self.run("systemctl", "is-system-running", code=None).strip() in ("running", "degraded")

    def boot_log(self):
        with open(os.path.join(self.folder, "boot.log"), encoding="utf-8", errors="replace") as file:
            return file.read()[-3000:]

    # MARK: Commands

    def command(self, *words, user=None, network_only=False):
        """The words of a command that runs in the machine."""
        enter = ["nsenter", "-t", str(self.leader), "-n"]
        if network_only:
            return [*enter, *words]
        become = ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups"] if user else []
        environment = ["env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8", "TZ=UTC", "NO_COLOR=1",
                       "SYSTEMD_PAGER=", "DEBIAN_FRONTEND=noninteractive", f"HOME={'/' if user else '/root'}"]
        return [*enter, "-m", "-p", "-u", "-i", "--", *become, *environment, *words]

    def run(self, *words, user=None, code=0, timeout=LIMIT, input=None):
        """Runs a command in the machine; its standard output. Another exit code than `code` (None: any) is an error."""
        done = subprocess.run(
            self.command(*words, user=user), input=input, stdin=subprocess.DEVNULL if input is None else None,
            capture_output=True, text=True, timeout=timeout, cwd="/")
        self.last = done
        if code is not None and done.returncode != code:
            raise AssertionError(
                f"{' '.join(words)} ended with {done.returncode}, not {code}:\n"
                f"{done.stdout[-3000:]}{done.stderr[-3000:]}")
        return done.stdout

    def start(self, *words, user=None, network_only=False, **popen):
        """Starts a command in the machine and answers the process."""
        return subprocess.Popen(
            self.command(*words, user=user, network_only=network_only), stdin=subprocess.DEVNULL, text=True, cwd="/",
            **popen)

    def write(self, path, text, mode=0o644):
        """Writes a file of the machine, through its own eyes."""
        self.run("mkdir", "-p", os.path.dirname(path))
        self.run("tee", path, input=text)
        self.run("chmod", oct(mode)[2:], path)

    def wait_for(self, condition, what, limit=LIMIT):
        """Asks for the condition until it holds; answers what it answered."""
        end = time.monotonic() + limit
        while True:
            found = condition()
            if found:
                return found
            if time.monotonic() > end:
                raise AssertionError(f"waited {limit} s in vain until {what}\n{self.boot_log()}")
            time.sleep(0.05)


def _die_with_parent():
    # PR_SET_PDEATHSIG: a run that is killed leaves no machine behind. SIGTERM shuts it down.
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def _descendants(pid):
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="utf-8") as file:
            children = [int(word) for word in file.read().split()]
    except OSError:
        return
    for child in children:
        yield child
        yield from _descendants(child)
