import json
import unittest

from organization import collector, emulator, organization

REGION = "eu-west-1"


class Guard(unittest.TestCase):
    """What the daemon makes of a listing that suddenly shows much less."""

    def setUp(self):
        self.account = organization().members[0]
        self.queues = organization().client(self.account, "sqs", REGION)
        self.urls = [self.queues.create_queue(QueueName=f"guarded-{number}")["QueueUrl"] for number in range(24)]
        self.collector = collector(Types="sqs/queue")
        self.collector.start()
        self.collector.refresh()

    def tearDown(self):
        emulator().heal()
        self.collector.__exit__()
        for url in self.urls:
            self.queues.delete_queue(QueueUrl=url)

    def stored(self):
        return {each["data"]["QueueUrl"] for each in
                self.collector.resources("sqs", "--account", self.account.id, "--region", REGION)}

    def listing(self, coverage):
        return next(each for each in coverage["listings"]
                    if (each["account"], each["region"]) == (self.account.id, REGION))

    def unit(self):
        return next(each for each in self.collector.metadata("--service", "sqs")["units"]
                    if (each["accountId"], each["region"]) == (self.account.id, REGION))

    def empty(self):
        """ListQueues answers a well-formed list of nothing."""
        emulator().fault(service="sqs", operation="ListQueues", account=self.account.id, region=REGION, status=200,
                         body="{}")

    def test_sudden_loss(self):
        """A listing that is suddenly empty deletes nothing, is told as held back, and is forgotten when all is back."""
        before, good = self.stored(), self.unit()
        self.empty()
        listing = self.listing(self.collector.refresh(code=7))
        self.assertEqual((listing["outcome"], listing["error"]["code"]), ("empty", "ShrinkGuard"))
        self.assertEqual(self.stored(), before)
        unit = self.unit()
        self.assertEqual(unit["lastGoodAt"], good["lastGoodAt"])
        self.assertEqual(unit["resourceCount"], good["resourceCount"])
        self.assertIn("ShrinkGuard", json.dumps(unit["outcomes"]))
        self.assertEqual(self.collector.log.count("is held back"), 1)
        self.assertIn("ShrinkGuard", self.collector.ctl("coverage"))
        emulator().heal()
        self.assertEqual(self.collector.refresh()["outcomes"].keys(), {"complete"})
        self.assertEqual(self.stored(), before)
        self.assertIn("no longer held back", self.collector.log)

    def test_confirmed_loss(self):
        """A loss that a second run shows again is believed, after a restart too."""
        self.empty()
        self.collector.refresh(code=7)
        self.collector.stop()
        self.collector.start()
        listing = self.listing(self.collector.refresh())
        self.assertEqual((listing["outcome"], listing["error"]), ("empty", None))
        self.assertEqual(self.stored(), set())
