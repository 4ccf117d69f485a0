import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import unittest

from collector import Collector, accounts_text
from organization import NO_SCHEDULE, SQLITE, collector, emulator, organization
from seed_organization import REGIONS
from volumes_service import VolumesService


def told(ours, text, since=0):
    """How many lines of the daemon's log hold the text."""
    return len([line for line in ours.log[since:].splitlines() if text in line])


def fill(folder):
    """Leaves no space on a file system."""
    with open(os.path.join(folder, "filler"), "wb", buffering=0) as filler:
        try:
            while True:
                filler.write(b"x" * 4096)
        except OSError:
            pass


class Degradation(unittest.TestCase):
    """What the daemon does while something that everything needs is gone: stays up, says so once, goes on by itself."""

    def tearDown(self):
        emulator().heal()

    def stays_up(self, ours):
        """It answers, and says what the matter is."""
        self.assertIsNone(ours.process.poll(), ours.log[-2000:])
        self.assertRegex(ours.ctl("status"), "(?s)degraded.*Problem: ")

    def refreshes_in_vain(self, ours):
        """Two refreshes without AWS: they fail, every listing is accounted for, and the daemon stays up."""
        for _ in range(2):
            ours.ctl("refresh", "--wait", "--progress", "none", code=None)
            self.assertNotEqual(ours.last.returncode, 0)
            coverage = ours.coverage()
            self.assertTrue(set(coverage["outcomes"]) <= {"failed", "credentials"}, coverage["outcomes"])
            self.assertEqual(sum(coverage["outcomes"].values()), coverage["planned"])
        self.stays_up(ours)

    def test_aws_down(self):
        """While AWS cannot be reached the daemon keeps what it has, says so once for all runs, and recovers."""
        # More than eight listings an account: so many in a row are an outage, unless one has just ended.
        with collector(Types="ec2/vpc ec2/subnet ec2/security-group ec2/route-table sqs/queue sns/topic") as ours:
            dead = socket.socket()
            dead.bind(("127.0.0.1", 0))  # a port that nobody listens on, for as long as this socket has it
            alive = ours.environment["AWS_ENDPOINT_URL"]
            ours.start()
            ours.refresh()
            before = {(each["resourceType"], each["accountId"], each["resourceId"]) for each in ours.resources()}
            ours.stop()
            ours.environment["AWS_ENDPOINT_URL"] = f"http://127.0.0.1:{dead.getsockname()[1]}"
            ours.environment["AWS_MAX_ATTEMPTS"] = "1"
            ours.start()
            start = len(ours.log)
            self.refreshes_in_vain(ours)
            self.assertEqual(told(ours, "AWS cannot be reached", start), 1)
            self.assertLess(len(ours.log[start:].splitlines()), 30, ours.log[start:])
            now = {(each["resourceType"], each["accountId"], each["resourceId"]) for each in ours.resources()}
            self.assertEqual(now, before)
            units = ours.metadata()["units"]
            self.assertTrue(all(each["lastGoodAt"] < each["lastAttemptAt"] for each in units), units)
            # The same daemon, with AWS back at the same address.
            dead.close()
            relay = Relay(int(ours.environment["AWS_ENDPOINT_URL"].rsplit(":", 1)[1]), alive)
            self.addCleanup(relay.stop)
            ours.wait_for(lambda: set(ours.refresh(code=None)["outcomes"]) == {"complete"}, "AWS answers again")
            self.assertEqual(told(ours, "AWS can be reached again", start), 1)
            self.assertIn("ready", ours.ctl("status"))

    def test_no_name_server(self):
        """With names that cannot be resolved the daemon keeps what it has and says so once for all runs."""
        with collector(Types="ec2/vpc sqs/queue sns/topic iam/role") as ours:
            ours.start()
            ours.refresh()
            before = len(ours.resources())
            ours.stop()
            # A name that never resolves (RFC 6761).
            ours.environment["AWS_ENDPOINT_URL"] = "http://aws.invalid"
            ours.environment["AWS_MAX_ATTEMPTS"] = "1"
            ours.start()
            start = len(ours.log)
            self.refreshes_in_vain(ours)
            self.assertEqual(told(ours, "AWS cannot be reached", start), 1, ours.log[start:])
            self.assertEqual(len(ours.resources()), before)

    def test_disk_full(self):
        """On a full disk listings end as failed and the daemon says so once; with space again it goes on by itself."""
        folder = self.small_disk("48m")
        account = organization().members[0]
        queues = organization().client(account, "sqs", "eu-west-1")
        ours = Collector(emulator().url, f"\n[Store]\nType=sqlite\nPath={folder}/inventory.db\n"
                         + accounts_text(organization()) + NO_SCHEDULE, StateDirectory=folder,
                         Types="sqs/queue sns/topic ec2/vpc ec2/security-group iam/role", Regions=" ".join(REGIONS))
        with ours:
            ours.start()
            ours.refresh()
            before = len(ours.resources())
            start = len(ours.log)
            # A real change that must not be lost, larger than what SQLite's files have room for: it waits for the disk.
            added = 60
            policy = json.dumps({"Version": "2012-10-17", "Statement": [
                {"Sid": "x" * 60_000, "Effect": "Allow", "Principal": "*", "Action": "sqs:*", "Resource": "*"}]})
            for number in range(added):
                url = queues.create_queue(
                    QueueName=f"while-the-disk-was-full-{number}", Attributes={"Policy": policy})["QueueUrl"]
                self.addCleanup(queues.delete_queue, QueueUrl=url)
            fill(folder)
            for _ in range(4):
                ours.ctl("refresh", "--wait", "--progress", "none", "--force", code=None, timeout=60)
                self.assertNotEqual(ours.last.returncode, 0, ours.log[-2000:])
            self.stays_up(ours)
            self.assertIn(len(ours.resources()) - before, range(added))
            self.assertEqual(told(ours, "the store cannot be used", start), 1, ours.log[start:])
            self.assertLessEqual(told(ours, "the run ledger cannot be written", start), 1, ours.log[start:])
            os.unlink(os.path.join(folder, "filler"))
            coverage = ours.refresh()
            self.assertEqual(set(coverage["outcomes"]), {"complete"}, f"{coverage}\n{ours.log[start:]}")
            self.assertEqual(len(ours.resources()), before + added)
            self.assertEqual(told(ours, "the store can be used again", start), 1)

    def test_start_on_full_disk(self):
        """On a disk that is full from the start the daemon waits for space, says so once, and goes on by itself."""
        folder = self.small_disk("24m")
        ours = Collector(emulator().url, f"\n[Store]\nType=sqlite\nPath={folder}/inventory.db\n"
                         + accounts_text(organization()) + NO_SCHEDULE, StateDirectory=folder,
                         Types="sns/topic ec2/vpc", Regions=" ".join(REGIONS))
        with ours:
            fill(folder)
            ours.start()
            self.stays_up(ours)
            for ledger in ("the run ledger cannot be written", "the store cannot be used"):
                self.assertEqual(told(ours, ledger), 1, ours.log)
            self.assertIn("no space left", ours.log.lower())
            ours.ctl("list", code=1)
            self.assertIn(folder, ours.last.stderr)
            ours.ctl("refresh", "--wait", "--progress", "none", code=None)
            self.assertNotEqual(ours.last.returncode, 0)
            os.unlink(os.path.join(folder, "filler"))
            ours.wait_for(lambda: told(ours, "the store can be used again"), "there is a store")
            self.assertEqual(told(ours, "the run ledger can be written again"), 1, ours.log)
            ours.wait_for(lambda: "degraded" not in ours.ctl("status"), "everything is well")
            self.assertEqual(set(ours.refresh()["outcomes"]), {"complete"}, ours.log)
            self.assertEqual(told(ours, "the store cannot be used"), 1, ours.log)

    def test_locked_at_start(self):
        """Another process's lock on the state database is waited for, and then the run that was under way goes on."""
        account = "111122223333"
        section = f"\n[Account {account}]\nRoleArn=arn:aws:iam::{account}:role/Read\n"
        with VolumesService({account: 60}, page=1) as service, \
                Collector(service.url, SQLITE + section + NO_SCHEDULE, Types="ec2/volume", Regions="us-east-1") as ours:
            service.hold_from(30)
            ours.start()
            run = ours.ctl("refresh").split()[0]
            ours.wait_for(lambda: service.held, "half of the pages are read")
            ours.stop(signal.SIGKILL)
            code = ("import sqlite3, sys\n"
                    "it = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
                    "it.execute('PRAGMA locking_mode = EXCLUSIVE'); it.execute('BEGIN EXCLUSIVE')\n"
                    "print('held', flush=True); sys.stdin.read()\n")
            holder = subprocess.Popen([sys.executable, "-c", code, os.path.join(ours.folder, "state.db")],
                                      stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            self.addCleanup(holder.stdout.close)
            holder.stdout.readline()
            ours.start()
            self.assertEqual(told(ours, "the run ledger cannot be written"), 1, ours.log)
            self.stays_up(ours)
            before = len(service.calls)
            service.hold_from(None)
            holder.stdin.close()
            holder.wait()
            ours.wait_for(lambda: told(ours, "the run ledger can be written again"), "the lock is gone")
            ours.wait_for(lambda: ours.coverage()["outcomes"] == {"complete": 1}, "the run has ended")
            self.assertEqual(ours.coverage()["run"], run)
            # It went on behind the pages that it had.
            self.assertLess(len(service.calls) - before, 35)
            self.assertEqual(len(ours.resources()), 60)

    def test_what_no_wait_heals(self):
        """A newer schema, a directory that is not there, and a file that is no database end the start at once."""
        for name, prepare, exit_code in (
                ("newer", lambda path: sqlite3.connect(path).executescript("PRAGMA user_version = 999"), 4),
                ("garbage", lambda path: open(path, "wb").write(b"x" * 4096), 1)):
            with self.subTest(name), collector(Types="ec2/vpc") as ours:
                ours.start()
                ours.stop()
                prepare(os.path.join(ours.folder, "state.db"))
                self.assertEqual(self.start_fails(ours), exit_code, ours.log)
        with self.subTest("no directory"), collector(Types="ec2/vpc", StateDirectory="/no/such/directory") as ours:
            self.assertEqual(self.start_fails(ours), 1)
            self.assertIn("/no/such/directory does not exist", ours.log)

    def start_fails(self, ours):
        """Starts a daemon that ends by itself; its exit code."""
        done = ours.daemon(timeout=30)
        with open(ours.log_path, "a", encoding="utf-8") as log:
            log.write(done.stderr)
        return done.returncode

    def small_disk(self, size):
        """A file system of its own, gone after the test; the test is skipped where none can be had."""
        if os.geteuid() != 0:
            self.skipTest("a file system of its own needs root")
        folder = tempfile.mkdtemp(prefix="full-disk-")
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], capture_output=True,
                              text=True)
        if done.returncode:
            self.skipTest("no file system can be mounted here: " + done.stderr.strip())
        self.addCleanup(subprocess.run, ["umount", "-l", folder])
        return folder

    def test_store_unreachable(self):
        """With DynamoDB out of reach from the start the daemon stays up, and writes everything once it is there."""
        store = "\n[Store]\nType=dynamodb\nRegion=us-east-1\nInventoryTable=late-data\nMetadataTable=late-metadata\n"
        with collector(store=store, Types="ec2/vpc iam/role") as ours:
            holder = socket.socket()
            holder.bind(("127.0.0.1", 0))
            port = holder.getsockname()[1]
            ours.environment["AWS_ENDPOINT_URL_DYNAMODB"] = f"http://127.0.0.1:{port}"
            ours.environment["AWS_MAX_ATTEMPTS"] = "1"
            ours.start()
            self.assertEqual(told(ours, "the store cannot be used"), 1)
            self.stays_up(ours)
            holder.close()
            relay = Relay(port, ours.environment["AWS_ENDPOINT_URL"])
            self.addCleanup(relay.stop)
            ours.wait_for(lambda: "the store can be used" in ours.log, "the tables are set up")
            self.assertEqual(set(ours.refresh()["outcomes"]), {"complete"})
            self.assertTrue(ours.resources("ec2/vpc"))


class Relay:
    """Passes TCP connections on, so that an address comes alive while a process runs."""

    def __init__(self, port, url):
        host, target = re.match(r"http://([^:]+):(\d+)", url).groups()
        code = ("import socket,sys,threading\n"
                "def pump(a, b):\n"
                "    try:\n"
                "        while chunk := a.recv(65536): b.sendall(chunk)\n"
                "    except OSError: pass\n"
                "    finally:\n"
                "        for each in (a, b):\n"
                "            try: each.shutdown(socket.SHUT_RDWR)\n"
                "            except OSError: pass\n"
                "door = socket.create_server(('127.0.0.1', int(sys.argv[1])))\n"
                "print('up', flush=True)\n"
                "while True:\n"
                "    near, _ = door.accept()\n"
                "    far = socket.create_connection((sys.argv[2], int(sys.argv[3])))\n"
                "    for pair in ((near, far), (far, near)):\n"
                "        threading.Thread(target=pump, args=pair, daemon=True).start()\n")
        self.process = subprocess.Popen(["python3", "-c", code, str(port), host, target], stdout=subprocess.PIPE)
        self.process.stdout.readline()

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
