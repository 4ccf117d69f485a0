"""The package on a booted machine, from its installation to its end. The tests build on each other, in their order."""
import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import unittest

import machine
from emulator import KEYS, MOTO

PACKAGE = os.environ.get("COLLECTOR_PACKAGE", "")
UNIT = "inventory-collectord"
DROP_INS = f"/etc/systemd/system/{UNIT}.service.d"
CONFIGURATION = "/etc/inventory-collectord/collectord.conf.d"
STATE = "/var/lib/inventory-collectord"
SOCKET = "/run/inventory-collectord/control"
PORT = 5599
EMULATOR = os.path.join(machine.REPOSITORY, "Tests/Support/emulator.py")
# The journal's message ids, as Sources/Telemetry has them.
STARTED, RELOADED, RELOAD_FAILED, RUN_FINISHED, MISSED, CANNOT_START = (
    "5d7c9fbd9c5c4a0f9a3d0f6f8f2b6" + end for end in ("a01", "a03", "a04", "a05", "a09", "b01"))


class Load(threading.Thread):
    """Calls without a pause until it is stopped; counts them and keeps what failed."""

    def __init__(self, call):
        super().__init__(daemon=True)
        self.call, self.calls, self.failures, self.stopping = call, 0, [], False
        self.start()

    def run(self):
        while not self.stopping:
            self.calls += 1
            try:
                self.call()
            except (AssertionError, OSError, ValueError, subprocess.TimeoutExpired) as error:
                self.failures.append(str(error))

    def stop(self):
        self.stopping = True
        self.join(machine.LIMIT)


class Connection:
    """One connection to the control socket for many calls, as a client of another make would hold it."""

    def __init__(self, here):
        # The machine's socket, through its first process's eyes.
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(machine.LIMIT)
        self.socket.connect(f"/proc/{here.leader}/root{SOCKET}")

    def status(self):
        self.socket.sendall(b'{"method":"io.inventorycollector.Collector.Status"}\0')
        answer = b""
        while not answer.endswith(b"\0"):
            part = self.socket.recv(1 << 16)
            if not part:
                raise AssertionError("the connection was closed")
            answer += part
        if "error" in json.loads(answer[:-1]):
            raise AssertionError(answer.decode())


class LifeTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        reason = machine.reason_against()
        if reason:
            raise unittest.SkipTest(reason)
        cls.here = machine.Machine()
        cls.addClassCleanup(cls.here.close)
        cls.emulator = None
        cls.here.boot()
        cls.serve_aws()
        for name in ("alice", "bob"):
            cls.here.run("useradd", "--create-home", name)

    @classmethod
    def serve_aws(cls):
        """Starts the emulator in the machine's network, with this system's files."""
        if cls.emulator:
            cls.emulator.terminate()
            cls.emulator.wait(machine.LIMIT)
            cls.emulator.stdout.close()
        cls.emulator = cls.here.start(
            sys.executable, EMULATOR, network_only=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=os.environ | MOTO | {"EMULATOR_PORT": str(PORT)})
        cls.addClassCleanup(cls.emulator.kill)
        if not cls.emulator.stdout.readline():
            raise AssertionError("the emulator does not start")

    def fault(self, **rule):
        """Tells the emulator to misbehave; nothing given: to behave."""
        path = "fault" if rule else "heal"
        value = {"where": {}, "status": 400, "code": "", "message": "", "body": None, "delay": 0, "times": None} | rule
        program = ("import sys, urllib.request as r; "
                   "r.urlopen(r.Request(sys.argv[1], sys.argv[2].encode(), method='POST'), timeout=30).read()")
        subprocess.run(
            self.here.command(sys.executable, "-c", program, f"http://127.0.0.1:{PORT}/emulator/{path}",
                              json.dumps(value), network_only=True), check=True)

    # MARK: Short hands

    def ctl(self, *words, user="alice", **options):
        return self.here.run("collectorctl", *words, user=user, **options)

    def drop_in(self, name, text):
        self.here.write(f"{DROP_INS}/{name}.conf", text)
        self.here.run("systemctl", "daemon-reload")

    def restart(self):
        self.here.run("systemctl", "reset-failed", f"{UNIT}.service", code=None)
        self.here.run("systemctl", "restart", f"{UNIT}.service")

    def property(self, name, unit=f"{UNIT}.service"):
        return self.here.run("systemctl", "show", "--value", f"--property={name}", unit).strip()

    @staticmethod
    def now():
        """This moment, as journalctl takes it; its cursors lose the first entry that fits a filter (systemd 252)."""
        return f"@{time.time():.6f}"

    def journal(self, since=None, *words):
        """The daemon's entries, those from this moment on."""
        after = [f"--since={since}"] if since else []
        self.here.run("journalctl", "--sync")
        text = self.here.run(
            "journalctl", "--boot", "--no-pager", "--output=json", f"SYSLOG_IDENTIFIER={UNIT}", *after, *words)
        return [json.loads(line) for line in text.splitlines()]

    def wait_for_message(self, identifier, since):
        return self.here.wait_for(
            lambda: self.journal(since, f"MESSAGE_ID={identifier}"), f"the journal has a message {identifier}")[-1]

    def assert_quiet(self, since=None):
        loud = [entry["MESSAGE"] for entry in self.journal(since) if int(entry["PRIORITY"]) < 6]
        self.assertEqual(loud, [])

    # MARK: The life

    def test_01_install(self):
        """Installing the package starts the service, with one configuration file and the socket for its group."""
        self.here.run("dpkg", "--install", PACKAGE)
        self.assertEqual(self.here.run("systemctl", "is-active", f"{UNIT}.service", f"{UNIT}.socket").split(),
                         ["active", "active"])
        self.assertEqual(self.here.run("systemctl", "is-enabled", f"{UNIT}.service", f"{UNIT}.socket").split(),
                         ["enabled", "enabled"])
        self.assertEqual(self.here.run("stat", "--format=%A %U %G", SOCKET).strip(), "srw-rw---- root inventory")
        self.assertEqual(self.here.run("stat", "--format=%A %U %G", STATE).strip(), "drwx------ _inventory _inventory")
        conffiles = self.here.run("dpkg-query", "--show", "--showformat=${Conffiles}", "inventory-collector")
        self.assertEqual([line.split()[0] for line in conffiles.splitlines() if line],
                         ["/etc/inventory-collectord/collectord.conf"])
        self.assertEqual(self.here.run("dpkg", "--audit"), "")
        self.here.run("usermod", "--append", "--groups", "inventory", "alice")
        self.assert_quiet()

    def test_02_unit(self):
        """The installed units are free of mistakes and as closed as promised."""
        self.assertEqual(self.here.run("systemd-analyze", "verify", "--man=no", f"{UNIT}.service") + self.here.last.stderr,
                         "")
        self.here.run("systemd-analyze", "security", "--threshold=12", "--no-pager", f"{UNIT}.service")
        self.assertEqual(self.property("Type"), "notify")
        for name in ("MemoryHigh", "MemoryMax", "WatchdogUSec", "StartLimitBurst"):
            self.assertNotIn(self.property(name), ("infinity", "0", ""), name)

    def test_03_socket_activation(self):
        """The first call starts the daemon."""
        keys = " ".join(f"{key}={value}" for key, value in KEYS.items())
        self.drop_in("50-test", f"[Service]\nEnvironment=AWS_ENDPOINT_URL=http://127.0.0.1:{PORT} AWS_REGION=us-east-1\n"
                                "Environment=AWS_EC2_METADATA_DISABLED=true\nRestartSec=200ms\n")
        self.drop_in("60-keys", f"[Service]\nEnvironment={keys}\n")
        self.here.write(f"{CONFIGURATION}/10-test.conf", "[Collector]\nRegions=us-east-1\nTypes=ec2/vpc ec2/subnet\n")
        self.here.run("systemctl", "stop", f"{UNIT}.service")
        self.assertEqual(self.property("ActiveState"), "inactive")
        self.assertIn("version", json.loads(self.ctl("status", "-o", "json")))
        self.assertEqual(self.property("ActiveState"), "active")

    def test_04_access(self):
        """Members of the group may refresh, others may not connect and are told what to do."""
        self.ctl("refresh", "--wait", "--progress", "none")
        self.ctl("status", user="bob", code=4)
        self.assertIn("group inventory", self.here.last.stderr)
        self.ctl("refresh", user="bob", code=4)

    def test_05_caller(self):
        """The caller's uid and name are in the run's record and in the journal, with the fields that are promised."""
        since = self.now()
        run = self.ctl("refresh", "--wait", "--progress", "none").split()[0]
        uid = int(self.here.run("id", "-u", "alice"))
        record = next(each for each in map(json.loads, self.ctl("runs", "-o", "jsonl").splitlines()) if each["id"] == run)
        self.assertEqual((record["callerUid"], record["callerName"]), (uid, "alice"))
        entry = self.wait_for_message(RUN_FINISHED, since)
        self.assertEqual((entry["INVENTORY_RUN"], entry["INVENTORY_CALLER_UID"], entry["INVENTORY_CALLER_NAME"]),
                         (run, str(uid), "alice"))
        self.assertEqual(entry["SYSLOG_IDENTIFIER"], UNIT)
        self.assertEqual(entry["INVENTORY_COUNT"], str(record["resources"]))
        self.assertIn("alice", self.ctl("show", run))
        # One line a run, nothing for the calls around it.
        self.assertEqual(len(self.journal(since)), 1)

    def test_06_catalog(self):
        """journalctl -x says what happened and what to do."""
        text = self.here.run("journalctl", "--no-pager", "-x", f"MESSAGE_ID={RUN_FINISHED}")
        self.assertRegex(text, r"Subject: Run \S+ has finished")
        self.assertIn("Nothing needs to be done", text)
        self.assertNotIn("@INVENTORY_RUN@", text)
        listed = self.here.run("journalctl", "--no-pager", "--list-catalog")
        with open(os.path.join(machine.REPOSITORY, "systemd/inventory-collectord.catalog"), encoding="utf-8") as file:
            for identifier in re.findall(r"^-- (\w{32})$", file.read(), re.M):
                self.assertIn(identifier, listed)

    def test_07_reload(self):
        """A reload puts a good configuration into force; with a wrong one it fails, and the old one stays."""
        calls = lambda since: [entry for entry in self.journal(since) if "Status called" in entry["MESSAGE"]]
        since = self.now()
        self.ctl("status")
        self.assertEqual(calls(since), [])
        self.here.write(f"{CONFIGURATION}/20-level.conf", "[Collector]\nLogLevel=debug\n")
        self.here.run("systemctl", "reload", UNIT)
        self.wait_for_message(RELOADED, since)
        self.ctl("status")
        self.assertEqual(len(calls(since)), 1)
        self.here.write(f"{CONFIGURATION}/20-level.conf", "[Collector]\nLogLevel=info\nWorkres=3\n")
        since = self.now()
        self.here.run("systemctl", "reload", UNIT, code=1)
        entry = self.wait_for_message(RELOAD_FAILED, since)
        self.assertIn(f"{CONFIGURATION}/20-level.conf:3:1: ", entry["MESSAGE"])
        self.ctl("status")
        self.assertEqual(len(calls(since)), 1, "the old level stays in force")
        self.here.write(f"{CONFIGURATION}/20-level.conf", "[Collector]\nLogLevel=info\n")
        self.here.run("systemctl", "reload", UNIT)
        since = self.now()
        self.ctl("status")
        self.assertEqual(calls(since), [])
        self.assertEqual(self.property("ActiveState"), "active")

    def test_08_watchdog(self):
        """A daemon that stands still is replaced."""
        self.drop_in("70-watchdog", "[Service]\nWatchdogSec=2s\nTimeoutAbortSec=1s\n")
        self.restart()
        before = self.property("MainPID")
        self.here.run("kill", "-STOP", before)
        self.here.wait_for(lambda: self.property("MainPID") not in (before, "0"), "another process has taken over")
        self.ctl("status")
        self.here.run("rm", f"{DROP_INS}/70-watchdog.conf")
        self.here.run("systemctl", "daemon-reload")
        self.restart()

    def test_09_kill(self):
        """A daemon that is killed comes back with what it had."""
        count = len(self.ctl("list", "-o", "jsonl").splitlines())
        self.assertGreater(count, 0)
        before = self.property("MainPID")
        self.here.run("kill", "-KILL", before)
        self.assertEqual(len(self.ctl("list", "-o", "jsonl").splitlines()), count)
        self.assertNotEqual(self.property("MainPID"), before)

    def under_load(self, *actions):
        """Carries the actions out while calls go on; none of them may fail."""
        connection = Connection(self.here)
        loads = [Load(lambda: self.ctl("status", "-o", "json")) for _ in range(3)]
        loads.append(Load(connection.status))
        for action in actions:
            before = [load.calls for load in loads]
            action()
            self.here.wait_for(
                lambda: all(load.failures or load.calls > count + 2 for load, count in zip(loads, before)), "calls go on")
        for load in loads:
            load.stop()
        for load in loads:
            self.assertEqual(load.failures, [], f"{len(load.failures)} of {load.calls} calls failed")
            self.assertGreater(load.calls, len(actions))

    def test_10_restart_under_load(self):
        """A restart loses no call, neither of new connections nor of one that stays open."""
        self.under_load(self.restart, self.restart)

    def newer(self, version):
        """The same package with another version."""
        folder = tempfile.mkdtemp(dir=self.here.root + "/var/tmp")
        subprocess.run(["dpkg-deb", "--raw-extract", PACKAGE, f"{folder}/tree"], check=True)
        control = f"{folder}/tree/DEBIAN/control"
        with open(control, encoding="utf-8") as file:
            text = re.sub(r"(?m)^Version: .*$", f"Version: {version}", file.read())
        with open(control, "w", encoding="utf-8") as file:
            file.write(text)
        subprocess.run(["dpkg-deb", "-Zgzip", "-z1", "--build", f"{folder}/tree", f"{folder}/newer.deb"], check=True, capture_output=True)
        return f"/var/tmp/{os.path.basename(folder)}/newer.deb"

    def test_11_upgrade_under_load(self):
        """An upgrade restarts the daemon, leaves the socket alone and loses no call."""
        package = self.newer("99.1")
        daemon = self.property("MainPID")
        listening = self.property("ActiveEnterTimestampMonotonic", f"{UNIT}.socket")
        since = self.now()
        self.under_load(lambda: self.here.run("dpkg", "--install", package))
        self.assertNotEqual(self.property("MainPID"), daemon)
        self.assertEqual(self.property("ActiveEnterTimestampMonotonic", f"{UNIT}.socket"), listening)
        self.assert_quiet(since)

    def test_12_upgrade_during_refresh(self):
        """An upgrade during a refresh resumes it: the client that waits is told the end of the same run, all of it done."""
        package = self.newer("99.2")
        self.fault(delay=20, service="ec2")
        client = self.here.start(
            "collectorctl", "refresh", "--wait", "--progress", "plain", user="alice", stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT)
        run = client.stdout.readline().split()[0]
        self.here.run("dpkg", "--install", package)
        self.fault()
        output, _ = client.communicate(timeout=machine.LIMIT)
        self.assertEqual(client.returncode, 0, output)
        told = json.loads(self.ctl("show", run, "-o", "json"))
        self.assertEqual(told["state"], "succeeded", output)
        self.assertEqual(sum(told["outcomes"].values()), told["planned"])
        starts = self.here.run("journalctl", "-u", UNIT, "-o", "cat", f"INVENTORY_RUN={run}")
        self.assertIn("goes on at the next start", starts)

    def test_13_newer_state(self):
        """State of a newer version is refused once, with a message that says so, and left as it is."""
        self.here.run("systemctl", "stop", f"{UNIT}.service")
        path = f"{self.here.root}{STATE}/state.db"
        with sqlite3.connect(path) as database:
            version = database.execute("PRAGMA user_version").fetchone()[0]
            database.execute("PRAGMA user_version = 999")
        database.close()
        since = self.now()
        self.here.run("systemctl", "start", f"{UNIT}.service", code=1)
        entry = self.wait_for_message(CANNOT_START, since)
        self.assertIn("written by a newer version", entry["MESSAGE"])
        self.assertIn("install the newer version", entry["MESSAGE"])
        self.assertEqual((self.property("ActiveState"), self.property("NRestarts")), ("failed", "0"))
        with sqlite3.connect(path) as database:
            self.assertEqual(database.execute("PRAGMA user_version").fetchone()[0], 999)
            database.execute(f"PRAGMA user_version = {version}")
        database.close()
        self.here.run("systemctl", "reset-failed", f"{UNIT}.service", f"{UNIT}.socket")
        self.here.run("systemctl", "restart", f"{UNIT}.socket")
        self.ctl("status")

    def example(self, name):
        self.here.run("mkdir", "-p", DROP_INS)
        self.here.run("cp", f"/usr/share/doc/inventory-collector/examples/systemd/{name}.conf", DROP_INS)
        self.here.run("systemctl", "daemon-reload")

    def test_14_encrypted_credentials(self):
        """Keys that are encrypted for this machine lead to a running collector, and lie nowhere on the disk in clear."""
        secret = "kept-" + os.urandom(12).hex()
        self.here.run("rm", f"{DROP_INS}/60-keys.conf")
        self.here.run("systemctl", "daemon-reload")
        self.restart()
        self.ctl("refresh", "--wait", "--progress", "none", code=8)
        self.here.run("mkdir", "-p", "/etc/credstore.encrypted")
        self.here.run(
            "systemd-creds", "encrypt", "--name=aws-credentials", "-", "/etc/credstore.encrypted/aws-credentials",
            input=f"[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = {secret}\n")
        self.example("30-encrypted-credentials")
        self.restart()
        self.ctl("refresh", "--wait", "--progress", "none")
        found = subprocess.run(
            ["grep", "-rlsF", "--devices=skip", secret, os.path.join(self.here.folder, "upper")],
            capture_output=True, text=True)
        self.assertEqual(found.stdout, "")

    def test_15_drop_ins(self):
        """The collector works with the address list and the private root, quietly, and is closed even further."""
        self.here.run("mkdir", "-p", "/var/lib/inventory-collectord-root")
        self.example("10-addresses")
        self.example("20-private-root")
        since = self.now()
        self.restart()
        run = self.ctl("refresh", "--wait", "--progress", "none").split()[0]
        self.assertEqual(json.loads(self.ctl("show", run, "-o", "json"))["callerName"], "alice")
        self.here.run("systemctl", "reload", UNIT)
        self.assertEqual([entry for entry in self.journal(since) if int(entry["PRIORITY"]) < 5], [])
        self.here.run("systemd-analyze", "security", "--threshold=11", "--no-pager", f"{UNIT}.service")
        self.here.run("rm", f"{DROP_INS}/10-addresses.conf", f"{DROP_INS}/20-private-root.conf")
        self.here.run("systemctl", "daemon-reload")
        self.restart()

    def test_16_metrics_example(self):
        """The sample script tells everything that the sample alerts ask for."""
        folder = "/usr/share/doc/inventory-collector/examples"
        text = self.here.run("python3", f"{folder}/inventory-collector-metrics.py")
        rules = self.here.run("cat", f"{folder}/inventory-collector.rules.yml")
        told = set(re.findall(r"^(inventory_collector_\w+)", text, re.M))
        for name in set(re.findall(r"expr:.*?(inventory_collector_\w+)", rules)):
            self.assertIn(name, told)
        self.assertIn("inventory_collector_up 1\n", text)
        self.assertIn("inventory_collector_last_run_succeeded 1\n", text)

    def test_17_reboot(self):
        """After a reboot a schedule that was missed meanwhile is caught up, once."""
        self.here.write(f"{CONFIGURATION}/30-schedule.conf", "[Schedule hourly]\nCron=cron(0 * * * ? *)\n")
        self.here.run("systemctl", "reload", UNIT)
        path = f"{self.here.root}{STATE}/state.db"
        self.here.shut_down()
        with sqlite3.connect(path) as database:
            # As if the machine had been off for three hours.
            now = int(time.time()) // 3600 * 3600
            database.execute("INSERT OR REPLACE INTO schedules (name, position) VALUES ('hourly', ?)", (now - 3 * 3600,))
        database.close()
        self.here.boot()
        self.serve_aws()
        ran = lambda: [run for run in map(json.loads, self.ctl("runs", "-o", "jsonl").splitlines())
                       if run.get("schedule") == "hourly"]
        self.here.wait_for(lambda: ran() and ran()[0]["state"] != "running", "the schedule has been caught up")
        self.assertEqual(len(ran()), 1)
        told = self.journal(None, f"MESSAGE_ID={MISSED}")
        self.assertEqual([entry["INVENTORY_SCHEDULE"] for entry in told], ["hourly"])
        self.assertEqual(self.journal(None, f"MESSAGE_ID={STARTED}")[0]["PRIORITY"], "6")

    def test_18_remove(self):
        """Removing the package stops it and keeps the inventory, the runs and the configuration."""
        runs = self.ctl("runs", "-o", "name")
        self.here.run("dpkg", "--remove", "inventory-collector")
        self.assertEqual(self.here.run("pgrep", "-u", "_inventory", code=None), "")
        for path in (SOCKET, "/usr/bin/collectorctl", "/usr/bin/inventory-collectord"):
            self.here.run("test", "!", "-e", path)
        for path in (f"{STATE}/inventory.db", f"{STATE}/state.db", f"{CONFIGURATION}/10-test.conf"):
            self.here.run("test", "-f", path)
        self.here.run("dpkg", "--install", PACKAGE)
        self.assertEqual(self.ctl("runs", "-o", "name"), runs)

    def test_19_purge(self):
        """Purging leaves the system user and nothing else."""
        self.here.run("dpkg", "--purge", "inventory-collector")
        self.here.run("rm", "-r", DROP_INS, "/var/lib/inventory-collectord-root")  # The operator's own.
        self.here.run("getent", "passwd", "_inventory")
        self.here.run("getent", "group", "inventory")
        left = []
        upper = os.path.join(self.here.folder, "upper")
        for folder, folders, files in os.walk(upper):
            # What dpkg itself keeps, and the test's own.
            folders[:] = [name for name in folders if os.path.join(folder, name) != f"{upper}/var/tmp"]
            for name in folders + files:
                path = os.path.join(folder, name)
                if re.search("inventory|collectorctl", name) and os.path.lexists(path) and not self.is_whiteout(path):
                    left.append(path[len(upper):])
        self.assertEqual(left, [])

    @staticmethod
    def is_whiteout(path):
        status = os.lstat(path)
        return status.st_rdev == 0 and status.st_mode & 0o170000 == 0o020000


if __name__ == "__main__":
    unittest.main()
