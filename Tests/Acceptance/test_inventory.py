import collections
import datetime
import json
import os
import sqlite3
import time
import unittest

import truth
from organization import collector, expected, organization, without
from seed_organization import REGIONS
from seed_resources import SEEDED_TYPES

LIFETIME = 90 * 86_400


def key_of(resource):
    return resource["accountId"], resource["region"], resource["resourceId"]


class Inventory(unittest.TestCase):
    maxDiff = 4000

    @classmethod
    def setUpClass(cls):
        cls.collector = collector().start()
        cls.before = int(time.time())
        cls.coverage = cls.collector.refresh()
        cls.resources = cls.collector.resources()
        cls.after = int(time.time())
        cls.by_type = collections.defaultdict(dict)
        for each in cls.resources:
            cls.by_type[each["resourceType"]][key_of(each)] = each

    @classmethod
    def tearDownClass(cls):
        cls.collector.__exit__()

    def test_same_resources(self):
        """Every type holds exactly the resources that boto3 sees, in three accounts and two regions."""
        for name in truth.KINDS:
            with self.subTest(name):
                self.assertCountEqual(list(self.by_type[name]), list(expected(name)))
        self.assertCountEqual({name for name in self.by_type if self.by_type[name]}, list(truth.KINDS))
        self.assertCountEqual(list(truth.KINDS), SEEDED_TYPES)

    def test_equal_data(self):
        """The data of every resource equals what the AWS CLI prints, follow-up calls included."""
        for name, kind in truth.KINDS.items():
            for key, document in expected(name).items():
                with self.subTest(name, key=key):
                    stored = self.by_type[name].get(key, {"data": {}})["data"]
                    self.assertEqual(without(stored, kind.moving), without(document, kind.moving))

    def test_no_listing_is_lost(self):
        """The outcomes add up to the plan, every listing is named once, and none is left undone."""
        self.assertEqual(sum(self.coverage["outcomes"].values()), self.coverage["planned"])
        self.assertEqual(len(self.coverage["listings"]), self.coverage["planned"])
        planned = collections.Counter((each["type"], each["account"], each["region"]) for each in self.coverage["listings"])
        wanted = {(name, account.id, region) for name in truth.KINDS for account in organization().accounts
                  for region in (["aws-global"] if name.split("/")[0] in truth.GLOBAL_SERVICES else REGIONS)}
        self.assertEqual(planned, collections.Counter(wanted))
        self.assertEqual(set(self.coverage["outcomes"]) - {"complete", "empty"}, set(), [
            each for each in self.coverage["listings"] if each["outcome"] not in ("complete", "empty")][:3])
        for each in self.coverage["listings"]:
            self.assertEqual(each["outcome"] == "empty", each["count"] == 0, each)

    def test_counts(self):
        """The metadata of every unit counts what is stored of it, and says that it is whole."""
        stored = collections.Counter((each["service"], each["accountId"], each["region"]) for each in self.resources)
        units = self.collector.metadata()["units"]
        self.assertEqual({(each["service"], each["accountId"], each["region"]): each["resourceCount"] for each in units
                          if each["resourceCount"]}, dict(stored))
        self.assertEqual({each["status"] for each in units}, {"ok"})
        for each in units:
            self.assertEqual(sum(kind["count"] for kind in each["outcomes"]), each["resourceCount"], each)

    def test_metadata_of_one_service(self):
        """Metadata of a service name it, its units and their last update."""
        answer = self.collector.metadata("--service", "ec2")
        self.assertEqual(answer["service"], "ec2")
        self.assertEqual(len(answer["units"]), 6)
        self.assertEqual(answer["lastUpdate"], max(each["updatedAt"] for each in answer["units"]))

    def test_attributes(self):
        """Every resource has its names, times in UTC and a life of exactly 90 days after its write."""
        for each in self.resources:
            self.assertEqual(each["resourceType"].split("/")[0], each["service"])
            written = datetime.datetime.strptime(each["updatedAt"], "%Y-%m-%dT%H:%M:%SZ")
            seconds = int(written.replace(tzinfo=datetime.timezone.utc).timestamp())
            self.assertEqual(each["ttl"], seconds + LIFETIME)
            self.assertTrue(self.before <= seconds <= self.after, each)

    def test_names_and_tags(self):
        """Tags and names arrive whole, whatever the alphabet and whatever shape the service gives them."""
        account = organization().members[0].id
        instances = [each for each in self.by_type["ec2/instance"].values() if each["accountId"] == account]
        self.assertEqual({each["name"] for each in instances}, {f"web-{number}-größe" for number in range(3)})
        self.assertEqual({each["tags"]["team"] for each in instances}, {"plattform", "données", "検索"})
        tagged = {"team": "plattform", "environment": "test & <stage>"}
        for name in ("rds/db-instance", "dynamodb/table", "lambda/function", "ecs/cluster", "eks/cluster", "sqs/queue",
                     "elbv2/load-balancer", "acm/certificate", "apigateway/rest-api", "sns/topic", "iam/role",
                     "cloudfront/distribution", "wafv2/web-acl", "route53/hosted-zone", "cognito-idp/user-pool"):
            with self.subTest(name):
                self.assertIn(tagged, [each["tags"] for each in self.by_type[name].values()])

    def test_arns(self):
        """Resources whose service has ARNs carry them."""
        for name in ("ec2/instance", "ec2/vpc", "s3/bucket", "lambda/function", "sns/topic", "rds/db-instance"):
            for account, region, key in self.by_type[name]:
                with self.subTest(name, key=key):
                    arn = self.by_type[name][account, region, key]["arn"]
                    self.assertRegex(arn or "", r"^arn:aws:[a-z0-9-]+:[a-z0-9-]*:\d*:.+")

    def test_secrets_are_not_stored(self):
        """Values of environment variables and the collector's own secrets are in no file of the state directory."""
        function = next(iter(self.by_type["lambda/function"].values()))["data"]
        self.assertEqual(function["Environment"]["Variables"], {"PASSWORD": "[redacted]"})
        for name in os.listdir(self.collector.folder):
            path = os.path.join(self.collector.folder, name)
            if not os.path.isfile(path):
                continue
            with open(path, "rb") as file:
                content = file.read()
            for secret in (b"not-to-be-stored", b"not-a-secret", b"AWS4-HMAC"):
                self.assertFalse(secret in content, f"{secret} in {name}")
        self.assertNotIn(organization().external_id, self.collector.log)

    def test_sqlite_file(self):
        """The SQLite file, opened by another program, holds the same rows under the contract's column names."""
        with sqlite3.connect(f"file:{self.collector.database}?mode=ro", uri=True) as database:
            rows = database.execute(
                "SELECT pk, sk, service, accountId, region, resourceId, resourceType, arn, name, tags, updatedAt, ttl, "
                "data FROM inventory").fetchall()
        self.assertEqual(len(rows), len(self.resources))
        listed = {(each["service"], *key_of(each)): each for each in self.resources}
        for pk, sk, service, account, region, resource, kind, arn, name, tags, updated, ttl, data in rows:
            each = listed[service, account, region, resource]
            self.assertEqual((pk, sk), (f"{service}#{account}#{region}", resource))
            self.assertEqual(
                (kind, arn, name, json.loads(tags), updated, ttl, json.loads(data)),
                tuple(each[key] for key in ("resourceType", "arn", "name", "tags", "updatedAt", "ttl", "data")))

    def test_list_filters(self):
        """`list` by service, type, account and region prints what fits and nothing else."""
        account = organization().members[1].id
        filters = [(("ec2",), lambda each: each["service"] == "ec2"),
                   (("ec2/vpc",), lambda each: each["resourceType"] == "ec2/vpc"),
                   (("--account", account), lambda each: each["accountId"] == account),
                   (("sqs", "--region", "eu-west-1"),
                    lambda each: each["service"] == "sqs" and each["region"] == "eu-west-1")]
        for arguments, fits in filters:
            with self.subTest(arguments):
                self.assertCountEqual(map(key_of, self.collector.resources(*arguments)),
                                      [key_of(each) for each in self.resources if fits(each)])

    def test_get(self):
        """`get` finds a resource by its id and by its ARN, and says when there is none."""
        vpc = next(iter(self.by_type["ec2/vpc"].values()))
        for name in (vpc["resourceId"], vpc["arn"]):
            found = json.loads(self.collector.ctl("get", name, "-o", "json"))
            found = found[0] if isinstance(found, list) else found
            self.assertEqual(found["data"], vpc["data"])
        self.collector.ctl("get", "vpc-00000000", code=3)
