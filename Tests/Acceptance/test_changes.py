import time
import unittest

from organization import collector, emulator, organization


class Changes(unittest.TestCase):
    """What a second refresh does, with and without faults."""

    @classmethod
    def setUpClass(cls):
        cls.account = organization().members[0]
        cls.collector = collector(Types="sqs/queue ec2/vpc ec2/security-group iam/role iam/user s3/bucket rds/db-instance")
        cls.collector.start()
        cls.first = cls.collector.refresh()

    @classmethod
    def tearDownClass(cls):
        emulator().heal()
        cls.collector.__exit__()

    def tearDown(self):
        emulator().heal()

    def stored(self, *filters):
        return {(each["resourceType"], each["accountId"], each["region"], each["resourceId"]): each
                for each in self.collector.resources(*filters)}

    def outcome(self, coverage, kind, account, region):
        return next(each for each in coverage["listings"]
                    if (each["type"], each["account"], each["region"]) == (kind, account, region))

    def next_second(self):
        """Waits for another second, so that a write would show in `updatedAt`."""
        second = int(time.time())
        self.collector.wait_for(lambda: int(time.time()) > second, "the clock ticks")

    def test_changes_propagate(self):
        """A created, a changed and a deleted resource show after the next refresh; the others keep their updatedAt."""
        queues = organization().client(self.account, "sqs", "eu-west-1")
        doomed = queues.create_queue(QueueName="doomed")["QueueUrl"]
        changed = queues.get_queue_url(QueueName="queue-0")["QueueUrl"]
        self.collector.refresh()
        before = self.stored()
        self.next_second()
        queues.delete_queue(QueueUrl=doomed)
        new = queues.create_queue(QueueName="brand-new")["QueueUrl"]
        queues.tag_queue(QueueUrl=changed, Tags={"added": "größer"})
        self.addCleanup(queues.delete_queue, QueueUrl=new)
        self.addCleanup(queues.untag_queue, QueueUrl=changed, TagKeys=["added"])
        self.collector.refresh()
        after = self.stored()

        def key(url):
            return "sqs/queue", self.account.id, "eu-west-1", f"queue/{url}"

        self.assertIn(key(doomed), before)
        self.assertEqual(set(before) - set(after), {key(doomed)})
        self.assertEqual(set(after) - set(before), {key(new)})
        self.assertEqual(after[key(changed)]["tags"]["added"], "größer")
        rewritten = {each for each in before.keys() & after.keys()
                     if before[each]["updatedAt"] != after[each]["updatedAt"]}
        self.assertEqual(rewritten, {key(changed)})

    def test_emptied_unit(self):
        """The last resource of a unit disappears too, and its metadata say 0."""
        account = organization().members[1]
        queues = organization().client(account, "sqs", "eu-west-1")
        urls = queues.list_queues()["QueueUrls"]
        tags = {url: queues.list_queue_tags(QueueUrl=url).get("Tags", {}) for url in urls}
        for url in urls:
            queues.delete_queue(QueueUrl=url)
        try:
            coverage = self.collector.refresh("--service", "sqs")
            self.assertEqual(self.outcome(coverage, "sqs/queue", account.id, "eu-west-1")["outcome"], "empty")
            self.assertEqual(self.stored("sqs", "--account", account.id, "--region", "eu-west-1"), {})
            units = self.collector.metadata("--service", "sqs")["units"]
            self.assertEqual([each["resourceCount"] for each in units
                              if (each["accountId"], each["region"]) == (account.id, "eu-west-1")], [0])
        finally:
            for url in urls:
                queues.create_queue(QueueName=url.rsplit("/", 1)[1], tags=tags[url])

    def failing(self, outcome, kind, **fault):
        """With the fault, the listing ends so, its resources stay, the run is partial and names it."""
        self.collector.refresh()
        before = self.stored()
        emulator().fault(account=self.account.id, **fault)
        coverage = self.collector.refresh(code=7)
        listing = self.outcome(coverage, kind, self.account.id, fault["region"])
        self.assertEqual(listing["outcome"], outcome, listing)
        self.assertIsNotNone(listing["error"])
        self.assertEqual(set(self.stored()), set(before))
        self.assertEqual(coverage["outcomes"].get(outcome), 1)
        self.assertEqual(sum(coverage["outcomes"].values()), coverage["planned"])
        return listing

    def test_denied(self):
        """A listing that IAM denies keeps its resources, harms no other, and the run is a partial success."""
        listing = self.failing("denied", "ec2/vpc", service="ec2", region="us-east-1",
                               operation="DescribeVpcs", status=403, code="UnauthorizedOperation",
                               message="You are not authorized to perform this operation.")
        self.assertEqual(listing["error"]["operation"], "DescribeVpcs")
        self.assertEqual(listing["error"]["code"], "UnauthorizedOperation")
        unit = next(each for each in self.collector.metadata("--service", "ec2")["units"]
                    if (each["accountId"], each["region"]) == (self.account.id, "us-east-1"))
        self.assertEqual(unit["status"], "partial")
        self.assertLess(unit["updatedAt"], unit["lastAttemptAt"] + "~")

    def test_denied_by_policy(self):
        """A refusal by a service control policy is told apart from one by IAM."""
        self.failing("deniedByPolicy", "ec2/vpc", service="ec2", region="us-east-1",
                     operation="DescribeVpcs", status=403, code="UnauthorizedOperation",
                     message="You are not authorized to perform this operation. User: x is not authorized to perform: "
                             "ec2:DescribeVpcs with an explicit deny in a service control policy")

    def test_expired(self):
        """An expired session is told as credentials, never as empty, and deletes nothing."""
        self.failing("credentials", "sqs/queue", service="sqs", region="eu-west-1",
                     operation="ListQueues", status=400, code="ExpiredToken", message="The security token has expired")

    def test_error_page(self):
        """An HTML page instead of a reply deletes nothing."""
        self.failing("failed", "ec2/vpc", service="ec2", region="eu-west-1", operation="DescribeVpcs",
                     status=200, body="<html><body>Welcome to the captive portal</body></html>")

    def test_truncated_reply(self):
        """A reply that ends in its middle deletes nothing."""
        self.failing("failed", "ec2/vpc", service="ec2", region="eu-west-1", operation="DescribeVpcs",
                     status=200, body="<DescribeVpcsResponse><vpcSet><item><vpcId>vpc-1</vpcId>")

    def test_survived_faults(self):
        """Throttles and server errors that pass are survived by trying again."""
        for code, status in (("RequestLimitExceeded", 503), ("InternalError", 500)):
            emulator().fault(account=self.account.id, service="ec2", operation="DescribeVpcs", status=status, code=code,
                             times=1)
        coverage = self.collector.refresh("--type", "ec2/vpc")
        self.assertEqual(coverage["outcomes"], {"complete": coverage["planned"]})

    def test_role_that_cannot_be_assumed(self):
        """An account whose role cannot be assumed loses nothing, and the other accounts are collected."""
        self.collector.refresh()
        before = self.stored()
        fresh = collector(Types="sqs/queue iam/role", accounts="".join(
            f"[Account {each.id}]\nRoleArn={each.role}\nExternalId={external}\n"
            for each, external in zip(organization().accounts,
                                      (organization().external_id, "wrong-id", organization().external_id))))
        with fresh:
            fresh.start()
            coverage = fresh.refresh(code=7)
            self.assertEqual(coverage["outcomes"].pop("credentials"), 3)
            self.assertEqual(set(coverage["outcomes"]), {"complete"})
            self.assertEqual({each["accountId"] for each in fresh.resources()},
                             {organization().accounts[0].id, organization().accounts[2].id})
            self.assertNotIn("wrong-id", fresh.log)
        self.assertEqual(set(self.stored()), set(before))

    def test_sessions_are_shared(self):
        """A refresh of an account assumes its role once, with the external id."""
        with collector(Types="sqs/queue sns/topic ec2/vpc iam/role") as fresh:
            fresh.start()
            emulator().requests()
            fresh.refresh()
            fresh.refresh()
            asked = [each for each in emulator().requests() if each[1] == "AssumeRole"]
            self.assertEqual(len(asked), 3, asked)
            self.assertEqual({each[4] for each in asked}, {200})
