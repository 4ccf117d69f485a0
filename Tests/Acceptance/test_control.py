import json
import os
import subprocess
import sys
import unittest

import varlink

from organization import collector, emulator, organization

INTERFACE = "io.inventorycollector.Collector"


class Control(unittest.TestCase):
    """The socket, collectorctl and a foreign varlink client, against the running daemon."""

    @classmethod
    def setUpClass(cls):
        cls.collector = collector(Types="ec2/vpc ec2/subnet sqs/queue iam/role sns/topic").start()
        cls.collector.refresh()
        cls.client = varlink.Client(f"unix:{cls.collector.socket}")

    @classmethod
    def tearDownClass(cls):
        cls.client.cleanup()
        cls.collector.__exit__()

    def tearDown(self):
        emulator().heal()

    def covered(self, *filters):
        return {(each["type"], each["account"], each["region"]) for each in self.collector.refresh(*filters)["listings"]}

    def test_refresh_filters(self):
        """A refresh lists what its filters name and nothing else."""
        account = organization().members[1].id
        self.assertEqual(
            self.covered("--service", "sqs", "--account", account, "--region", "eu-west-1"),
            {("sqs/queue", account, "eu-west-1")})
        self.assertEqual({each[0] for each in self.covered("--service", "ec2")}, {"ec2/vpc", "ec2/subnet"})
        self.assertEqual({each[0] for each in self.covered("--type", "ec2/vpc", "--type", "sns/topic")},
                         {"ec2/vpc", "sns/topic"})
        self.assertEqual({each[1:] for each in self.covered("--service", "iam", "--account", account)},
                         {(account, "aws-global")})

    def test_unknown_names(self):
        """Unknown services, types, accounts, runs and ids end with 3 and name what was not found."""
        for arguments, name in (
                (("refresh", "--service", "ec3"), "ec3"), (("refresh", "--type", "ec2/instanze"), "ec2/instanze"),
                (("refresh", "--account", "999999999999"), "999999999999"), (("show", "no-such-run"), "no-such-run"),
                (("list", "nosuch"), "nosuch")):
            with self.subTest(arguments):
                self.collector.ctl(*arguments, code=3)
                self.assertIn(name, self.collector.last.stderr)

    def test_usage_errors(self):
        """Wrong options and verbs end with 2 and say so on standard error."""
        for arguments in (("refresh", "--nonsense"), ("frobnicate",), ("list", "-o", "yaml"), ()):
            with self.subTest(arguments):
                self.collector.ctl(*arguments, code=2)
                self.assertTrue(self.collector.last.stderr.strip())

    def test_unreachable_daemon(self):
        """Without a daemon collectorctl ends with 5 and names the socket."""
        with collector() as absent:
            absent.log_path = os.devnull
            absent.ctl("status", code=5)
            self.assertIn(absent.socket, absent.last.stderr)

    def test_typed_errors(self):
        """A foreign client gets typed errors, with what was not found."""
        with self.client.open(INTERFACE) as connection:
            with self.assertRaises(varlink.VarlinkError) as caught:
                connection.Refresh(services=["ec3"])
            self.assertEqual(caught.exception.error(), f"{INTERFACE}.NoSuchService")
            self.assertEqual(dict(caught.exception.parameters()), {"service": "ec3"})

    def test_unknown_parameter(self):
        """An unknown parameter is refused by name."""
        code = ("import json, socket, sys\n"
                "it = socket.socket(socket.AF_UNIX); it.connect(sys.argv[1])\n"
                "it.sendall(json.dumps({'method': sys.argv[2], 'parameters': {'colour': 'red'}}).encode() + b'\\0')\n"
                "print(it.recv(65536).rstrip(b'\\0').decode())")
        answer = json.loads(subprocess.run(
            [sys.executable, "-c", code, self.collector.socket, f"{INTERFACE}.Status"], capture_output=True, text=True,
            timeout=60, check=True).stdout)
        self.assertEqual(answer["error"], "org.varlink.service.InvalidParameter")
        self.assertEqual(answer["parameters"], {"parameter": "colour"})

    def test_foreign_client(self):
        """The PyPI varlink client reads the interface, the status, and every resource in parts."""
        with self.client.open(INTERFACE) as connection:
            status = connection.Status()
            self.assertEqual(status["state"], "ready")
            self.assertEqual(status["accounts"], 3)
            self.assertEqual(status["store"]["type"], "sqlite")
            listed = [each for part in connection.List(service="ec2", _more=True) for each in part["resources"]]
        self.assertCountEqual([each["resourceId"] for each in listed],
                              [each["resourceId"] for each in self.collector.resources("ec2")])

    def test_progress(self):
        """With more, a refresh tells its progress and ends with a summary that adds up."""
        with self.client.open(INTERFACE) as connection:
            replies = list(connection.Refresh(services=["sqs", "sns"], _more=True))
        self.assertEqual(len({each["run"] for each in replies}), 1)
        summary = replies[-1]["summary"]
        self.assertEqual(summary["state"], "succeeded")
        self.assertEqual(summary["planned"], 12)
        self.assertEqual(sum(summary["outcomes"].values()), 12)
        self.assertEqual(summary["callerUid"], os.getuid())
        self.assertCountEqual(summary["request"]["services"], ["sqs", "sns"])

    def test_identical_requests_join(self):
        """A request that equals the run in flight joins it; another one starts its own."""
        emulator().fault(service="sns", operation="ListTopics", delay=3)
        first = json.loads(self.collector.ctl("refresh", "--service", "sns", "-o", "json"))["run"]
        second = json.loads(self.collector.ctl("refresh", "--service", "sns", "-o", "json"))["run"]
        other = json.loads(self.collector.ctl("refresh", "--service", "sqs", "-o", "json"))["run"]
        self.assertEqual(first, second)
        self.assertNotEqual(first, other)
        for run in (first, other):
            self.collector.wait_for(
                lambda: json.loads(self.collector.ctl("show", run, "-o", "json", code=None))["state"] != "running",
                "the run ends")

    def test_cancel(self):
        """A cancelled run ends, accounts for every listing, and deletes nothing."""
        before = len(self.collector.resources())
        emulator().fault(service="sns", operation="ListTopics", delay=3)
        run = json.loads(self.collector.ctl("refresh", "-o", "json"))["run"]
        self.collector.ctl("cancel", run)
        self.collector.wait_for(lambda: self.collector.coverage(run)["outcomes"].get("cancelled") and json.loads(
            self.collector.ctl("show", run, "-o", "json", code=None))["state"] == "cancelled", "the run is cancelled")
        coverage = self.collector.coverage(run)
        self.assertEqual(sum(coverage["outcomes"].values()), coverage["planned"])
        self.assertEqual(len(self.collector.resources()), before)

    def test_wait_exit_code(self):
        """`refresh --wait` of a run that fails in parts ends with 7."""
        emulator().fault(service="sns", region="eu-west-1", operation="ListTopics", status=403, code="AuthorizationError")
        self.collector.ctl("refresh", "--service", "sns", "--wait", "--progress", "plain", code=7)

    def test_reading_verbs(self):
        """Every reading verb prints a table for people and JSON for programs."""
        for verb in ("status", "runs", "schedules", "services", "accounts", "metadata", "coverage"):
            with self.subTest(verb):
                self.assertTrue(self.collector.ctl(verb).strip())
                json.loads(self.collector.ctl(verb, "-o", "json"))

    def test_schedule_calculator(self):
        """`schedule next` answers without a daemon."""
        answer = self.collector.ctl("schedule", "next", "cron(0 2 * * ? *)", "--timezone", "Europe/Berlin",
                                    "--after", "2024-03-30T12:00:00Z", "--count", "2")
        # The clocks go forward at two: the time does not exist on the 31st.
        self.assertEqual(answer.split(), ["2024-04-01T00:00:00Z", "2024-04-02T00:00:00Z"])
