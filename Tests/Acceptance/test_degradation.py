import json
import os
import re
import shutil
import socket
import subprocess
import tempfile
import unittest

from collector import Collector, accounts_text
from organization import NO_SCHEDULE, collector, emulator, organization
from seed_organization import REGIONS


def told(ours, text, since=0):
    """How many lines of the daemon's log hold the text."""
    return len([line for line in ours.log[since:].splitlines() if text in line])


class Degradation(unittest.TestCase):
    """What the daemon does while something that everything needs is gone: stays up, says so once, goes on by itself."""

    def tearDown(self):
        emulator().heal()

    def stays_up(self, ours):
        self.assertIsNone(ours.process.poll(), ours.log[-2000:])
        self.assertIn("ready", ours.ctl("status"))

    def test_aws_down(self):
        """While AWS cannot be reached the daemon keeps what it has, says so once for all runs, and recovers."""
        with collector(Types="ec2/vpc sqs/queue sns/topic iam/role") as ours:
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
            for _ in range(2):
                ours.ctl("refresh", "--wait", "--progress", "none", code=None)
                self.assertNotEqual(ours.last.returncode, 0)
                coverage = ours.coverage()
                self.assertTrue(set(coverage["outcomes"]) <= {"failed", "credentials"}, coverage["outcomes"])
                self.assertEqual(sum(coverage["outcomes"].values()), coverage["planned"])
            self.stays_up(ours)
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
            for _ in range(2):
                ours.ctl("refresh", "--wait", "--progress", "none", code=None)
                self.assertNotEqual(ours.last.returncode, 0)
                coverage = ours.coverage()
                self.assertTrue(set(coverage["outcomes"]) <= {"failed", "credentials"}, coverage["outcomes"])
            self.stays_up(ours)
            self.assertEqual(told(ours, "AWS cannot be reached", start), 1, ours.log[start:])
            self.assertEqual(len(ours.resources()), before)

    def test_disk_full(self):
        """On a full disk listings end as failed and the daemon says so once; with space again it goes on by itself."""
        if os.geteuid() != 0:
            self.skipTest("a file system of its own needs root")
        folder = tempfile.mkdtemp(prefix="full-disk-")
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", folder], capture_output=True, text=True)
        if done.returncode:
            self.skipTest("no file system can be mounted here: " + done.stderr.strip())
        self.addCleanup(subprocess.run, ["umount", "-l", folder])
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
            with open(os.path.join(folder, "filler"), "wb", buffering=0) as filler:
                try:
                    while True:
                        filler.write(b"x" * 4096)
                except OSError:
                    pass
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
            self.assertIn("the store cannot be used yet", ours.log)
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
