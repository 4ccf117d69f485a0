import collections
import functools
import json
import os
import sqlite3
import unittest

import fixtures
import reference
from collector import Collector
from emulator import KEYS, Emulator
from organization import NO_SCHEDULE, SQLITE, without

# Types of which the emulator cannot list what it has made, with what it answers.
NOT_LISTED = {
    "appconfig/application": "ListApplications is an error 500",
    "appconfig/configuration-profile": "ListApplications is an error 500",
    "guardduty/filter": "ListFilters is an error 500",
    "rds/option-group": "DescribeOptionGroups without a name is an error 500",
    "transfer/user": "ListUsers is an error 500",
}
# Types of which the emulator loses the tags that it was given, or cannot tell them.
TAGS_LOST = {
    "ec2/dhcp-options": "not kept by CreateDhcpOptions",
    "kinesis/stream": "not kept by CreateStream",
    "network-firewall/firewall": "ListTagsForResource is an error 500",
    "ram/resource-share": "GetResourceShares needs a backend that is missing",
    "sesv2/contact-list": "not kept by CreateContactList",
}
# Types whose resources have no ARN in AWS.
WITHOUT_ARN = {
    "autoscaling/lifecycle-hook", "cognito-idp/group", "cognito-idp/user-pool-client", "efs/mount-target",
    "iam/access-key", "iam/role-policy", "logs/metric-filter", "athena/named-query",
    "opensearchserverless/security-policy",
    # The emulator leaves it out.
    "config/configuration-recorder",
}
# The name of a fixture, of types that put it in as many different places.
NAMED = {
    "acm/certificate": "shop.example.com", "autoscaling/auto-scaling-group": "group", "codebuild/project": "compile",
    "cognito-idp/user-pool-client": "shop", "dynamodb/table": "table-1", "ec2/key-pair": "deploy",
    "ec2/security-group": "web", "ecs/cluster": "apps", "ecs/service": "web", "eks/cluster": "prod",
    "eks/nodegroup": "nodes", "elasticache/cache-cluster": "sessions", "elbv2/load-balancer": "web",
    "firehose/delivery-stream": "archive", "iam/role-policy": "inline", "lambda/function": "first",
    "logs/metric-filter": "errors", "rds/db-instance": "orders", "redshift/cluster-snapshot": "warehouse-copy",
    "s3/bucket": "first-bucket", "sesv2/configuration-set": "default-set", "ssm/parameter": "/team/limit",
}
# Members that the emulator makes up anew at each call, where AWS does not.
MADE_UP = {"athena/work-group": {"CreationTime"}, "sesv2/configuration-set": {"SendingOptions"}}


class Fixtures:
    """The seeded emulator and the collector that has refreshed it twice."""

    def __init__(self):
        self.emulator = Emulator()
        self.clients = fixtures.Clients(self.emulator.url, {key.lower(): value for key, value in KEYS.items()})
        self.made, self.failures = fixtures.seed(self.clients)
        self.collector = Collector(
            self.emulator.url, SQLITE + NO_SCHEDULE, Types=" ".join(sorted(self.made.ids)), Regions=fixtures.REGION)
        self.collector.start()
        self.coverage = self.collector.refresh(code=None)
        self.resources = self.collector.resources()
        self.collector.refresh(code=None)
        self.again = self.collector.resources()
        self.by_type = collections.defaultdict(list)
        for each in self.resources:
            self.by_type[each["resourceType"]].append(each)

    def close(self):
        self.collector.__exit__()
        self.emulator.stop()

    def found(self, kind, identifier):
        """The resources of the type that carry the identifier: as their key, at its end, else in a member."""
        ends = ("/" + identifier, ":" + identifier, "|" + identifier)
        by_key = [each for each in self.by_type[kind] if ("/" + each["resourceId"]).endswith(ends)]
        return by_key or [each for each in self.by_type[kind]
                          if identifier in [value for value in each["data"].values() if isinstance(value, str)]]


@functools.cache
def world():
    made = Fixtures()
    unittest.addModuleCleanup(made.close)
    return made


class Catalogue(unittest.TestCase):
    maxDiff = 4000

    def test_every_type_is_found(self):
        """Of 196 types and more, what boto3 made is found, but for five that the emulator cannot list."""
        self.assertEqual(world().failures, {})
        missing = collections.defaultdict(list)
        for kind, identifiers in world().made.ids.items():
            for each in identifiers:
                if len(world().found(kind, each)) != 1:
                    missing[kind].append(each)
        self.assertEqual(set(missing), set(NOT_LISTED), dict(missing))
        self.assertGreaterEqual(len(world().made.ids) - len(missing), 191)

    def test_what_cannot_be_listed_fails(self):
        """A type that the emulator cannot list ends as failed, not as empty."""
        outcomes = {each["type"]: each["outcome"] for each in world().coverage["listings"]}
        for kind in NOT_LISTED:
            self.assertIn(outcomes[kind], ("failed", "unsupported"), kind)

    def test_keys_are_unique(self):
        """No two resources of a unit share a key, and each is named after its type."""
        keys = collections.Counter((each["service"], each["region"], each["resourceId"]) for each in world().resources)
        self.assertEqual([key for key, count in keys.items() if count > 1], [])
        for each in world().resources:
            self.assertIn(each["resourceType"], world().made.ids)

    def test_arns(self):
        """Every resource has its ARN, but those that have none in AWS."""
        for kind, resources in world().by_type.items():
            for each in resources:
                with self.subTest(kind, key=each["resourceId"]):
                    if kind in WITHOUT_ARN:
                        self.assertFalse(each["arn"])
                    else:
                        self.assertRegex(each["arn"] or "", r"^arn:aws:[a-z0-9-]+:[a-z0-9-]*:\d*:\S+")

    def test_names(self):
        """A resource that was made under a name shows it."""
        for kind, name in NAMED.items():
            with self.subTest(kind, name=name):
                self.assertIn(name, [each["name"] for each in world().by_type[kind]])

    def test_tags(self):
        """Tags are one flat map, whatever the service makes of them and whichever call tells them."""
        for kind, identifiers in world().made.tagged.items():
            if kind in NOT_LISTED or kind in TAGS_LOST:
                continue
            for each in identifiers:
                with self.subTest(kind, id=each):
                    tags = [found["tags"] for found in world().found(kind, each)]
                    self.assertEqual([fixtures.TAGS | each for each in tags], tags)
        for each in world().resources:
            self.assertEqual({type(value) for value in each["tags"].values()} - {str}, set(), each)

    def test_documents(self):
        """Every document equals what boto3's calls and the catalogue make, member for member."""
        reader = reference.Reference(world().clients, fixtures.ACCOUNT, fixtures.REGION)
        compared = 0
        for listing in world().coverage["listings"]:
            kind = listing["type"]
            if listing["outcome"] != "complete":
                continue
            moving = MADE_UP.get(kind, set()) | set(reader.type(kind).get("volatile", []))
            wanted = [canonical(without(each, moving)) for each in reader.documents(kind)]
            stored = [canonical(without(each["data"], moving)) for each in world().by_type[kind]]
            with self.subTest(kind):
                self.assertEqual(sorted(stored), sorted(wanted))
            compared += len(wanted)
        self.assertGreaterEqual(compared, 200)

    def test_nothing_moves_by_itself(self):
        """A second refresh of the unchanged account writes nothing: what moves is declared."""
        before = {(each["resourceType"], each["resourceId"]): each["data"] for each in world().resources}
        for each in world().again:
            was = before.get((each["resourceType"], each["resourceId"]))
            if each["resourceType"] not in MADE_UP and each["data"] != was:
                moved = [key for key in each["data"] if each["data"][key] != (was or {}).get(key)]
                self.fail(f"{each['resourceType']} {each['resourceId']}: {moved}")
        self.assertEqual(len(world().again), len(world().resources))

    def test_secrets(self):
        """What the fixtures hide in many places stands in no file and no output; its name and what is harmless stay."""
        secret = fixtures.SECRET.encode()
        for folder, _, names in os.walk(world().collector.folder):
            for name in names:
                path = os.path.join(folder, name)
                if os.path.isfile(path):
                    with open(path, "rb") as file:
                        self.assertFalse(secret in file.read(), f"a secret is in {name}")
        self.assertNotIn(fixtures.SECRET, json.dumps(world().resources))
        function = world().found("lambda/function", "first")[0]["data"]
        self.assertEqual(function["Environment"]["Variables"], {"PASSWORD": "[redacted]"})
        self.assertIn(
            {"ParameterKey": "Password", "ParameterValue": "[redacted]"},
            world().by_type["cloudformation/stack"][0]["data"]["Parameters"])
        job = world().found("glue/job", "load")[0]["data"]
        self.assertEqual(job["DefaultArguments"], {"--password": "[redacted]", "--TempDir": "s3://bucket/temp"})
        container = world().by_type["ecs/task-definition"][0]["data"]["containerDefinitions"][0]
        self.assertEqual(container["logConfiguration"]["options"],
                         {"splunk-token": "[redacted]", "splunk-index": "web"})
        cluster = world().by_type["emr/cluster"][0]["data"]
        self.assertEqual(cluster["Configurations"][0]["Properties"], {"ConnectionPassword": "[redacted]"})

    def test_secrets_in_outputs(self):
        """Neither the history of a secret that changes nor any form of output shows it."""
        lambda_, ours = world().clients("lambda"), world().collector
        before = lambda_.get_function_configuration(FunctionName="first")["Environment"]
        self.addCleanup(lambda_.update_function_configuration, FunctionName="first", Environment=before)
        lambda_.update_function_configuration(FunctionName="first", Environment={
            "Variables": {"PASSWORD": fixtures.SECRET + "-2", "TOKEN_OF_TOMORROW": fixtures.SECRET}})
        ours.refresh("--service", "lambda", code=None)
        history = ours.ctl("changes", "-t", "lambda/function", "-o", "jsonl")
        self.assertIn("TOKEN_OF_TOMORROW", history)
        outputs = [history]
        for form in ("csv", "json", "jsonl", "wide"):
            outputs.append(ours.ctl("changes", "-o", form))
            outputs.append(ours.ctl("list", "-o", form))
        for each in outputs:
            self.assertTrue(each)
            self.assertNotIn(fixtures.SECRET, each)

    def test_digests(self):
        """Each stored row has its digest, which is what an unchanged refresh compares."""
        with sqlite3.connect(f"file:{world().collector.database}?mode=ro", uri=True) as database:
            count, = database.execute("SELECT count(*) FROM inventory WHERE length(digest) > 0").fetchone()
        self.assertEqual(count, len(world().again))


def canonical(document):
    return json.dumps(document, sort_keys=True, ensure_ascii=False)
