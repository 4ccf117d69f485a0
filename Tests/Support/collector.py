"""The daemon and its control program as processes, in a directory of their own."""
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time

from emulator import KEYS

PROGRAMS = os.environ.get("COLLECTOR_PROGRAMS", ".build/debug")
# Generous: a debug build on a busy machine. Nothing waits this long unless something is wrong.
LIMIT = 120


def accounts_text(organization):
    """An [Account] section for each account of the organisation."""
    return "\n".join(
        f"[Account {each.id}]\nName={each.name}\nRoleArn={each.role}\nExternalId={organization.external_id}\n"
        for each in organization.accounts)


class Collector:
    """A configuration, a state directory, and the daemon that runs on them."""

    def __init__(self, url, text, **collector):
        self.folder = tempfile.mkdtemp(prefix="inventory-collector-")
        self.socket = os.path.join(self.folder, "control")
        self.database = os.path.join(self.folder, "inventory.db")
        self.configuration = os.path.join(self.folder, "collectord.conf")
        self.log_path = os.path.join(self.folder, "log")
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": self.folder, "AWS_ENDPOINT_URL": url, "AWS_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true", **KEYS}
        self.process = None
        self.configure(text, **collector)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def configure(self, text, **collector):
        """Writes the configuration: `collector` are keys of [Collector], `text` is everything below."""
        keys = {"StateDirectory": self.folder, "Socket": self.socket,
                "CatalogueDirectory": os.path.join(self.folder, "catalogue.d"), **collector}
        head = "[Collector]\n" + "".join(f"{key}={value}\n" for key, value in keys.items())
        with open(self.configuration, "w", encoding="utf-8") as file:
            file.write(head + text)

    @property
    def log(self):
        with open(self.log_path, encoding="utf-8", errors="replace") as file:
            return file.read()

    def daemon(self, *arguments, timeout=LIMIT):
        """Runs the daemon's program to its end: the finished process with its output."""
        return subprocess.run(
            [os.path.join(PROGRAMS, "inventory-collectord"), "--config", self.configuration, *arguments],
            env=self.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=timeout)

    def start(self):
        """Starts the daemon and waits until it answers on its socket."""
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(
                [os.path.join(PROGRAMS, "inventory-collectord"), "--config", self.configuration],
                env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
        self.wait_for(self.answers, "the daemon answers on its socket")
        return self

    def answers(self):
        if self.process.poll() is not None:
            raise RuntimeError(f"the daemon ended with {self.process.returncode}:\n{self.log[-3000:]}")
        with socket.socket(socket.AF_UNIX) as probe:
            try:
                probe.connect(self.socket)
            except OSError:
                return False
        return True

    def stop(self, how=signal.SIGTERM, timeout=LIMIT):
        """Signals the daemon and waits for its end; the exit code."""
        if self.process is None:
            return None
        if self.process.poll() is None:
            self.process.send_signal(how)
        try:
            return self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise
        finally:
            self.process = None

    def ctl(self, *arguments, code=0, timeout=LIMIT):
        """Runs collectorctl; its standard output. Another exit code than `code` (None: any) is an error."""
        done = subprocess.run(
            [os.path.join(PROGRAMS, "collectorctl"), "--socket", self.socket, *arguments],
            env=self.environment | {"NO_COLOR": "1"}, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            timeout=timeout)
        self.last = done
        if code is not None and done.returncode != code:
            raise AssertionError(
                f"collectorctl {' '.join(arguments)} ended with {done.returncode}, not {code}:\n"
                f"{done.stdout[-1500:]}{done.stderr[-1500:]}\ndaemon's log:\n{self.log[-3000:]}")
        return done.stdout

    def refresh(self, *filters, code=0):
        """Refreshes, waits, and answers the run's coverage."""
        self.ctl("refresh", "--wait", "--progress", "none", *filters, code=code)
        return self.coverage()

    def coverage(self, *run):
        return json.loads(self.ctl("coverage", *run, "-o", "json"))

    def resources(self, *filters):
        """Everything that `collectorctl list` prints, as dictionaries."""
        return [json.loads(line) for line in self.ctl("list", *filters, "-o", "jsonl").splitlines()]

    def metadata(self, *filters):
        return json.loads(self.ctl("metadata", *filters, "-o", "json"))

    def wait_for(self, condition, what, limit=LIMIT):
        """Asks for the condition until it holds."""
        end = time.monotonic() + limit
        while not condition():
            if time.monotonic() > end:
                raise AssertionError(f"waited {limit} s in vain until {what}; the log ends:\n{self.log[-3000:]}")
            time.sleep(0.05)
