import json
import os
import signal
import subprocess
import time
import unittest

from collector import LIMIT, PROGRAMS
from organization import collector, organization


def lines(text):
    return [json.loads(line) for line in text.splitlines()]


class History(unittest.TestCase):
    """The change log: what changes in AWS is told as it was, once, without gaps, and the inventory of before can be read."""

    @classmethod
    def setUpClass(cls):
        cls.account = organization().members[0]
        cls.collector = collector(Types="sqs/queue ec2/vpc ec2/security-group iam/role").start()
        cls.collector.refresh()
        cls.queues = organization().client(cls.account, "sqs", "eu-west-1")

    @classmethod
    def tearDownClass(cls):
        cls.collector.__exit__()

    def setUp(self):
        # What the test before took away is told before this one begins.
        self.collector.refresh("--service", "sqs")

    def changes(self, *options):
        return lines(self.collector.ctl("changes", *options, "-o", "jsonl"))

    @property
    def newest(self):
        return self.changes()[-1]["sequence"]

    def next_second(self):
        """The clock's next second: what is written from now on is later than what was."""
        second = int(time.time())
        self.collector.wait_for(lambda: int(time.time()) > second, "the clock ticks")
        return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(second))

    def queue(self, name):
        url = self.queues.create_queue(QueueName=name)["QueueUrl"]
        self.addCleanup(self.queues.delete_queue, QueueUrl=url)
        return url

    def snapshot(self, *options):
        return sorted(lines(self.collector.ctl("list", *options, "-o", "jsonl")),
                      key=lambda each: (each["service"], each["accountId"], each["region"], each["resourceId"]))

    def test_first_fill(self):
        """Every resource of the first refresh is told as created, by its run, numbered from 1 without a gap."""
        with collector(Types="sqs/queue ec2/vpc") as fresh:
            fresh.start()
            run = fresh.refresh()["run"]
            changes = lines(fresh.ctl("changes", "-o", "jsonl"))
            listed = lines(fresh.ctl("list", "-o", "jsonl"))
        self.assertEqual([each["sequence"] for each in changes], list(range(1, len(changes) + 1)))
        self.assertEqual({each["kind"] for each in changes}, {"created"})
        self.assertEqual({each["run"] for each in changes}, {run})
        self.assertEqual({tuple(each["diff"]) for each in changes}, {()})
        members = ("service", "resourceType", "accountId", "region", "resourceId", "arn", "name")
        self.assertCountEqual([tuple(each[member] for member in members) for each in changes],
                              [tuple(each[member] for member in members) for each in listed])

    def test_life(self):
        """A resource is created, changed and deleted: three entries, the second with exactly the members that changed."""
        start = self.newest
        url = self.queues.create_queue(QueueName="life")["QueueUrl"]
        runs = [self.collector.refresh("--service", "sqs")["run"]]
        self.queues.tag_queue(QueueUrl=url, Tags={"added": "größer"})
        self.queues.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": "77"})
        runs.append(self.collector.refresh("--service", "sqs")["run"])
        self.queues.delete_queue(QueueUrl=url)
        runs.append(self.collector.refresh("--service", "sqs")["run"])
        found = self.changes("--since", str(start))
        self.assertEqual([each["sequence"] for each in found], [start + 1, start + 2, start + 3])
        self.assertEqual([each["kind"] for each in found], ["created", "updated", "deleted"])
        self.assertEqual([each["run"] for each in found], runs)
        self.assertEqual({each["resourceId"] for each in found}, {f"queue/{url}"})
        diff = {each["path"]: (each["old"], each["new"]) for each in found[1]["diff"]}
        paths = set(diff)
        self.assertTrue(any(new == "77" or new == 77 for _, new in diff.values()), diff)
        self.assertTrue(any("größer" in json.dumps(new, ensure_ascii=False) for _, new in diff.values()), diff)
        # The queue's own clock of changes moves with them; nothing else.
        self.assertLessEqual(len(paths), 3, diff)
        history = lines(self.collector.ctl("get", f"queue/{url}", "--history", "-o", "jsonl"))
        self.assertEqual(history, found)
        text = self.collector.ctl("get", f"queue/{url}", "--history")
        self.assertIn("größer", text)
        self.collector.ctl("get", f"queue/{url}", code=3)

    def test_unchanged(self):
        """A refresh that finds nothing new adds nothing, a forced one neither."""
        start = self.newest
        self.collector.refresh()
        self.collector.refresh("--force")
        self.assertEqual(self.changes("--since", str(start)), [])

    def test_rebuild(self):
        """The inventory of before, with the log since then applied, is the inventory of now."""
        kept = self.queue("rebuild-kept")
        doomed = self.queues.create_queue(QueueName="rebuild-doomed")["QueueUrl"]
        self.collector.refresh("--service", "sqs")
        then = self.next_second()
        before = self.snapshot()
        start = self.newest
        self.queue("rebuild-new")
        self.queues.tag_queue(QueueUrl=kept, Tags={"a": "b"})
        self.queues.delete_queue(QueueUrl=doomed)
        self.collector.refresh("--service", "sqs")
        self.collector.refresh("--force")
        self.assertEqual(self.snapshot("--at", then), before)

        def key(each):
            return each["resourceType"], each["accountId"], each["region"], each["resourceId"]

        table = {key(each) for each in before}
        for change in self.changes("--since", str(start)):
            if change["kind"] == "created":
                self.assertNotIn(key(change), table)
                table.add(key(change))
            elif change["kind"] == "deleted":
                table.remove(key(change))
            else:
                self.assertIn(key(change), table)
        self.assertEqual(table, {key(each) for each in self.snapshot()})

    def test_at(self):
        """`get --at` and `list --at` tell content, tags and times as they were; before the log they say so."""
        url = self.queue("at")
        self.collector.refresh("--service", "sqs")
        before = json.loads(self.collector.ctl("get", f"queue/{url}", "-o", "json"))
        then = self.next_second()
        self.queues.tag_queue(QueueUrl=url, Tags={"later": "1"})
        self.collector.refresh("--service", "sqs")
        now = json.loads(self.collector.ctl("get", f"queue/{url}", "-o", "json"))
        self.assertEqual(now["tags"].get("later"), "1")
        self.assertEqual(json.loads(self.collector.ctl("get", f"queue/{url}", "--at", then, "-o", "json")), before)
        listed = lines(self.collector.ctl("list", "sqs/queue", "--at", then, "-o", "jsonl"))
        self.assertIn(before, listed)
        self.assertEqual(lines(self.collector.ctl("list", "--tag", "later=1", "--at", then, "-o", "jsonl")), [])
        self.collector.ctl("list", "--at", "2020-01-01", code=3)
        self.assertIn("history reaches back to", self.collector.last.stderr)
        self.collector.ctl("list", "--at", "2199-01-01", code=2)
        self.collector.ctl("list", "--at", "yesterday", code=2)

    def test_filters(self):
        """Changes are chosen by type, account, region, id and kind, and by time."""
        url = self.queue("filters")
        self.collector.refresh("--service", "sqs")
        only = self.changes("--id", f"queue/{url}", "--kind", "created", "-t", "sqs/queue", "-a", self.account.id,
                            "-r", "eu-west-1", "--since", "1h")
        self.assertEqual([each["resourceId"] for each in only], [f"queue/{url}"])
        self.assertEqual(self.changes("--id", f"queue/{url}", "--kind", "deleted"), [])
        self.assertEqual({each["service"] for each in self.changes("-s", "iam")}, {"iam"})
        self.assertEqual(len(self.changes("-n", "3")), 3)
        self.collector.ctl("changes", "-t", "ec2/instanze", code=3)
        self.collector.ctl("changes", "--since", "99999999", code=1)
        self.assertIn("the change log has come to", self.collector.last.stderr)

    def monitor(self, *options):
        return subprocess.Popen(
            [os.path.join(PROGRAMS, "collectorctl"), "--socket", self.collector.socket, "monitor", "-o", "jsonl",
             *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def test_monitor(self):
        """A watcher sees changes as they happen, survives a restart of the daemon, and misses and repeats nothing."""
        start = self.newest
        watcher = self.monitor("--since", str(start), "-s", "sqs")
        try:
            self.queue("monitor-1")
            self.collector.refresh("--service", "sqs")
            first = json.loads(watcher.stdout.readline())
            self.assertEqual((first["kind"], first["sequence"]), ("created", start + 1))
            self.assertTrue(first["resourceId"].endswith("/monitor-1"), first)
            self.collector.stop(signal.SIGTERM)
            self.queue("monitor-2")
            self.collector.start()
            self.collector.refresh("--service", "sqs")
            second = json.loads(watcher.stdout.readline())
            self.assertEqual((second["kind"], second["sequence"]), ("created", start + 2))
            self.assertTrue(second["resourceId"].endswith("/monitor-2"), second)
            watcher.send_signal(signal.SIGINT)
            self.assertEqual(watcher.wait(LIMIT), 130)
            self.assertIn(f"--since {start + 2}", watcher.stderr.read())
        finally:
            watcher.kill()
            watcher.communicate()
        again = self.monitor("--since", str(start), "-n", "2")
        self.assertEqual([json.loads(line)["sequence"] for line in again.communicate(timeout=LIMIT)[0].splitlines()],
                         [start + 1, start + 2])
        self.assertEqual(again.returncode, 0)

    def test_stop_with_watcher(self):
        """A watcher does not hold up the daemon's end."""
        with collector(Types="sqs/queue") as fresh:
            fresh.start()
            watcher = subprocess.Popen(
                [os.path.join(PROGRAMS, "collectorctl"), "--socket", fresh.socket, "monitor"],
                stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            try:
                fresh.refresh("--account", self.account.id, "--region", "eu-west-1")
                watcher.stdout.readline()
                began = time.monotonic()
                fresh.stop(signal.SIGTERM)
                self.assertLess(time.monotonic() - began, 4)
            finally:
                watcher.kill()
                watcher.communicate()

    def test_kill(self):
        """Killed again and again in the middle of refreshes, table and log never disagree and the log has no gap."""
        with collector(Types="sqs/queue ec2/vpc ec2/subnet ec2/security-group iam/role") as fresh:
            for delay in (0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6):
                fresh.start()
                fresh.ctl("refresh", "--force")
                time.sleep(delay)  # the kill's moment, not a wait for anything
                fresh.stop(signal.SIGKILL)
                fresh.start()
                # The killed run goes on; table and log are read one after the other, so it must have ended.
                fresh.wait_for(lambda: not self.running(fresh), "the run ends")
                self.check_agreement(fresh)
                fresh.stop(signal.SIGKILL)
            fresh.start()
            fresh.refresh()
            self.check_agreement(fresh)

    def running(self, fresh):
        return [each for each in json.loads(fresh.ctl("runs", "-o", "json")) if each["state"] == "running"]

    def check_agreement(self, fresh):
        changes = lines(fresh.ctl("changes", "-o", "jsonl"))
        self.assertEqual([each["sequence"] for each in changes], list(range(1, len(changes) + 1)))
        self.assertEqual({each["kind"] for each in changes} - {"created"}, set())
        self.assertCountEqual(
            [(each["resourceType"], each["accountId"], each["region"], each["resourceId"]) for each in changes],
            [(each["resourceType"], each["accountId"], each["region"], each["resourceId"])
             for each in fresh.resources()])


class DynamoDBHistory(unittest.TestCase):
    """The same log beside a DynamoDB store."""

    def test_life(self):
        """Created, updated with its diff, deleted; the past of the table is refused with the reason."""
        account = organization().members[1]
        queues = organization().client(account, "sqs", "eu-west-1")
        store = ("\n[Store]\nType=dynamodb\nRegion=us-east-1\nInventoryTable=history-data\n"
                 "MetadataTable=history-metadata\n")
        with collector(store=store, Types="sqs/queue") as fresh:
            fresh.start()
            fresh.refresh()
            start = lines(fresh.ctl("changes", "-o", "jsonl"))
            self.assertEqual([each["sequence"] for each in start], list(range(1, len(start) + 1)))
            self.assertEqual(len(start), len(fresh.resources()))
            url = queues.create_queue(QueueName="dynamodb-life")["QueueUrl"]
            fresh.refresh()
            queues.tag_queue(QueueUrl=url, Tags={"added": "yes"})
            fresh.refresh()
            fresh.refresh("--force")
            queues.delete_queue(QueueUrl=url)
            fresh.refresh()
            fresh.stop(signal.SIGKILL)
            fresh.start()
            found = lines(fresh.ctl("changes", "--since", str(len(start)), "-o", "jsonl"))
            self.assertEqual([each["kind"] for each in found], ["created", "updated", "deleted"])
            self.assertIn("yes", json.dumps(found[1]["diff"]))
            self.assertEqual(lines(fresh.ctl("get", f"queue/{url}", "--history", "-o", "jsonl")), found)
            fresh.ctl("list", "--at", "1s", code=1)
            self.assertIn("Type=sqlite", fresh.last.stderr)
