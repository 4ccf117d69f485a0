import unittest

from faultproxy import FaultProxy
from organization import collector, emulator, organization
from seed_organization import REGIONS

REGION = REGIONS[0]
# Of SNS's 100 a page: three pages.
SUBSCRIPTIONS = 230
# Each with what it should make of a listing, on any of its pages; no retry mends them.
FAULTS = [
    ({"fault": "error", "code": "AccessDenied", "status": 403}, "denied"),
    ({"fault": "error", "code": "ExpiredToken"}, "credentials"),
    ({"fault": "error", "code": "InternalError", "status": 500}, "failed"),
    ({"fault": "throttle", "rate": 0, "burst": 0}, "throttled"),
    ({"fault": "html"}, "failed"),
    ({"fault": "html", "status": 404}, "failed"),
    ({"fault": "html", "status": 403}, "failed"),
    ({"fault": "empty"}, "failed"),
    ({"fault": "truncate"}, "failed"),
    ({"fault": "cut"}, "failed"),
    ({"fault": "garble"}, "failed"),
    ({"fault": "reset"}, "failed"),
    ({"fault": "stall"}, "timedOut"),
]
# One type for each protocol, with the operation that lists it.
TYPES = {"sns/subscription": ("sns", "ListSubscriptions"), "ec2/vpc": ("ec2", "DescribeVpcs"),
         "kms/alias": ("kms", "ListAliases"), "s3/bucket": ("s3", "GET /"),
         "lambda/function": ("lambda", "GET /2015-03-31/functions")}


class Faults(unittest.TestCase):
    """The daemon with a proxy before AWS that spoils single pages, in every protocol."""

    @classmethod
    def setUpClass(cls):
        cls.account = organization().members[0]
        client = organization().client(cls.account, "sns", REGION)
        topic = client.create_topic(Name="spoilt")["TopicArn"]
        for number in range(SUBSCRIPTIONS):
            client.subscribe(TopicArn=topic, Protocol="email", Endpoint=f"user-{number}@example.com")
        cls.addClassCleanup(client.delete_topic, TopicArn=topic)
        cls.proxy = FaultProxy(emulator().url)
        cls.addClassCleanup(cls.proxy.stop)
        account = f"[Account {cls.account.id}]\nRoleArn={cls.account.role}\nExternalId={organization().external_id}\n"
        cls.collector = collector(accounts=account, Types=" ".join(TYPES), Regions=REGION, CallTimeout="2s")
        cls.addClassCleanup(cls.collector.__exit__)
        cls.collector.environment |= {"AWS_ENDPOINT_URL": cls.proxy.url, "AWS_MAX_ATTEMPTS": "1"}
        cls.collector.start()
        cls.collector.refresh()
        cls.before = cls.stored()

    def tearDown(self):
        self.proxy.heal()

    @classmethod
    def stored(cls):
        return {(each["resourceType"], each["resourceId"]): each["updatedAt"] for each in cls.collector.resources()}

    def spoil(self, kind, page, fault, outcome):
        service, operation = TYPES[kind]
        with self.subTest(kind, page=page, **fault):
            self.proxy.heal()
            self.proxy.requests()
            self.proxy.fault(**fault, where={"service": service, "operation": operation, "page": page})
            self.collector.ctl("refresh", "--wait", "--progress", "none", code=None)
            coverage = self.collector.coverage()
            self.assertTrue([each for each in self.proxy.requests() if each["fault"]], "the fault struck nothing")
            self.assertEqual(sum(coverage["outcomes"].values()), coverage["planned"])
            listing = next(each for each in coverage["listings"] if each["type"] == kind)
            self.assertEqual(listing["outcome"], outcome, listing)
            self.assertTrue(listing["error"], listing)
            self.assertEqual(coverage["outcomes"].get("complete"), len(TYPES) - 1, coverage["outcomes"])
            self.assertEqual(self.stored(), self.before)

    def test_every_page(self):
        """Each fault on the first, a middle and the last page deletes nothing and is told for what it is."""
        for fault, outcome in FAULTS:
            for page in (1, 2, 3):
                self.spoil("sns/subscription", page, fault, outcome)

    def test_every_protocol(self):
        """Each fault in each protocol deletes nothing and is told for what it is."""
        for kind in TYPES:
            for fault, outcome in FAULTS:
                if fault["fault"] in ("error", "html", "truncate", "cut", "garble") and "status" not in fault:
                    self.spoil(kind, 1, fault, outcome)

    def test_pages_in_disorder(self):
        """A page that comes twice and tokens that lead round in circles end, delete nothing and store nothing twice."""
        for fault in ("repeat", "loop"):
            for page in (2, 3):
                with self.subTest(fault, page=page):
                    self.proxy.heal()
                    self.proxy.fault(fault, where={"service": "sns", "page": page})
                    self.collector.ctl("refresh", "--wait", "--progress", "none", code=None)
                    listing = next(each for each in self.collector.coverage()["listings"]
                                   if each["type"] == "sns/subscription")
                    self.assertEqual((listing["outcome"], listing["error"]["code"]), ("failed", "PaginationLoop"))
                    self.assertEqual(self.stored(), self.before)

    def test_expiring_keys(self):
        """Sessions that expire after a few requests are replaced in the middle of a listing, which is complete."""
        self.collector.stop()
        self.collector.environment["AWS_MAX_ATTEMPTS"] = "3"
        self.addCleanup(self.collector.environment.__setitem__, "AWS_MAX_ATTEMPTS", "1")
        self.collector.start()
        self.proxy.requests()
        self.proxy.fault("expire", after=10, where={"account": self.account.id})
        coverage = self.collector.refresh()
        self.assertEqual(coverage["outcomes"], {"complete": len(TYPES)})
        asked = self.proxy.requests()
        self.assertGreater(len([each for each in asked if each["fault"] == "expire"]), 1)
        self.assertGreater(len([each for each in asked if each["operation"] == "AssumeRole"]), 1)
        self.assertEqual(self.stored(), self.before)

    def test_unprocessed_items(self):
        """DynamoDB that hands writes back gets them again until each is stored."""
        store = "\n[Store]\nType=dynamodb\nRegion=us-east-1\nInventoryTable=spoilt-data\nMetadataTable=spoilt-metadata\n"
        account = f"[Account {self.account.id}]\nRoleArn={self.account.role}\nExternalId={organization().external_id}\n"
        with collector(store=store, accounts=account, Types=" ".join(TYPES), Regions=REGION) as ours:
            ours.environment["AWS_ENDPOINT_URL"] = self.proxy.url
            self.proxy.fault("unprocessed", share=0.6, where={"service": "dynamodb"})
            ours.start()
            self.assertEqual(ours.refresh()["outcomes"], {"complete": len(TYPES)})
            self.assertTrue([each for each in self.proxy.requests() if each["fault"] == "unprocessed"])
            found = {(each["resourceType"], each["resourceId"]) for each in ours.resources()}
            self.assertEqual(found, set(self.before))
