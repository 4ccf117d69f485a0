"""IAM. With COLLECTOR_SOAK set every single action is taken away in turn (four minutes), else a few of them."""
import json
import os
import random
import unittest
import urllib.request

import boto3

from collector import Collector
from emulator import Emulator
from organization import NO_SCHEDULE, SQLITE
from seed_organization import COLLECTOR_ROLE, CONFIG, EXTERNAL_ID, found
from seed_resources import GLOBAL_SEEDS, REGIONAL_SEEDS, SEEDED_TYPES

REGION = "us-east-1"
MANAGED_LIMIT = 6144
ALLOW_ALL = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]})
# What the emulator cannot decide about: it takes the name in the signature for IAM's, or has no check at all.
UNDECIDED = {
    "apigateway": "the emulator asks for the operation's name, AWS for apigateway:GET",
    "apigatewayv2": "the emulator asks for the operation's name, AWS for apigateway:GET",
}
TYPES = sorted(each for each in SEEDED_TYPES if each.split("/")[0] not in UNDECIDED)
# Removals tried in an ordinary run; the soak tries each.
SAMPLE = 7


class Guarded:
    """An organisation in an emulator that asks IAM, and a daemon that has no more than the printed policies."""

    def __init__(self):
        self.emulator = Emulator()
        self.organization = found(self.emulator.url)
        self.member = self.organization.members[0]
        for make in GLOBAL_SEEDS + REGIONAL_SEEDS:
            make(lambda service: self.organization.client(self.member, service, REGION), self.member, REGION)
        self.admin = self.user(self.member, "administrator", ALLOW_ALL)
        keys = self.user(self.organization.management, "collector")
        accounts = f"[Account {self.member.id}]\nRoleArn={self.member.role}\nExternalId={EXTERNAL_ID}\n"
        self.collector = Collector(self.emulator.url, SQLITE + accounts + NO_SCHEDULE, Types=" ".join(TYPES),
                                   Regions="enabled")
        self.collector.environment |= {"AWS_ACCESS_KEY_ID": keys["aws_access_key_id"],
                                       "AWS_SECRET_ACCESS_KEY": keys["aws_secret_access_key"],
                                       "AWS_MAX_ATTEMPTS": "1"}
        self.collector.start()

    def user(self, account, name, policy=None):
        iam = self.organization.client(account, "iam")
        iam.create_user(UserName=name)
        if policy:
            iam.put_user_policy(UserName=name, PolicyName="all", PolicyDocument=policy)
        key = iam.create_access_key(UserName=name)["AccessKey"]
        return {"aws_access_key_id": key["AccessKeyId"], "aws_secret_access_key": key["SecretAccessKey"]}

    def documents(self, *options):
        return json.loads(self.collector.ctl("iam-policy", "-o", "json", *options))

    def apply(self):
        """Gives the identities the printed policies and has the emulator ask IAM from now on."""
        iam = self.organization.client(self.organization.management, "iam")
        for each in self.documents("--for", "collector"):
            iam.put_user_policy(UserName="collector", PolicyName=each["name"],
                                PolicyDocument=json.dumps(each["document"]))
        trust = self.collector.ctl("iam-policy", "--trust", self.member.id)
        member = self.organization.client(self.member, "iam")
        member.update_assume_role_policy(RoleName=COLLECTOR_ROLE, PolicyDocument=trust)
        self.policies = self.documents("--for", "member")
        for each in self.policies:
            member.put_role_policy(RoleName=COLLECTOR_ROLE, PolicyName=each["name"],
                                   PolicyDocument=json.dumps(each["document"]))
        request = urllib.request.Request(self.emulator.url + "/moto-api/reset-auth", b"0",
                                         {"Content-Type": "text/plain"}, method="POST")
        urllib.request.urlopen(request, timeout=30).close()
        self.iam = boto3.client("iam", region_name=REGION, endpoint_url=self.emulator.url, config=CONFIG,
                                **self.admin)

    def put(self, policy, without=()):
        document = json.loads(json.dumps(policy["document"]))
        for statement in document["Statement"]:
            statement["Action"] = [each for each in statement["Action"] if each not in without]
        self.iam.put_role_policy(RoleName=COLLECTOR_ROLE, PolicyName=policy["name"],
                                 PolicyDocument=json.dumps(document))

    @property
    def actions(self):
        return sorted(action for each in self.policies for statement in each["document"]["Statement"]
                      for action in statement["Action"])

    def stop(self):
        self.collector.__exit__()
        self.emulator.stop()


class LeastPrivilege(unittest.TestCase):
    """The printed policies against an AWS that asks IAM: they suffice, and nothing in them is left over."""

    @classmethod
    def setUpClass(cls):
        cls.world = Guarded()
        cls.addClassCleanup(cls.world.stop)
        cls.world.apply()
        types = json.loads(cls.world.collector.ctl("types", "--selected", "-o", "json"))
        cls.types = {each["type"]: each for each in types}

    def outcomes(self):
        """{type: (outcome, error)} of a new run, where there are resources."""
        places = [word for place in (REGION, "aws-global") for word in ("--region", place)]
        self.world.collector.ctl("refresh", "--wait", "--progress", "none", *places, code=None)
        return {each["type"]: (each["outcome"], each["error"] or {})
                for each in self.world.collector.coverage()["listings"]}

    def needing(self, action):
        """The types whose listing makes a call that takes the action: its own, or one for its parent."""
        def needs(name):
            parent = self.types[name].get("parent")
            return action in self.types[name]["actions"] or bool(parent and needs(parent))
        return {name for name in TYPES if needs(name)}

    def check_removal(self, action):
        """Without the action exactly the listings that need it are denied, and each names it."""
        policy = next(each for each in self.world.policies
                      if any(action in statement["Action"] for statement in each["document"]["Statement"]))
        self.world.put(policy, without=[action])
        try:
            found = self.outcomes()
        finally:
            self.world.put(policy)
        denied = {name for name, (outcome, _) in found.items() if outcome not in ("complete", "empty")}
        self.assertEqual(denied, self.needing(action), f"without {action}: {found}")
        for name in denied:
            outcome, error = found[name]
            self.assertEqual(outcome, "denied", f"{name} without {action}: {error}")
            self.assertTrue(error["message"].startswith(f"needs {action}: "), f"{name}: {error}")

    def test_suffices(self):
        """With exactly the printed policies every listing is complete or empty."""
        for name, (outcome, error) in self.outcomes().items():
            self.assertIn(outcome, ("complete", "empty"), f"{name}: {error}")

    def test_each_is_needed(self):
        """Taking any one action away denies exactly the listings that need it, and each names it."""
        actions = [each for each in self.world.actions if each != "ec2:DescribeRegions"]
        if not os.environ.get("COLLECTOR_SOAK"):
            actions = random.Random(len(actions)).sample(actions, SAMPLE)
        for action in actions:
            with self.subTest(action):
                self.check_removal(action)

    def test_regions_are_needed(self):
        """Without ec2:DescribeRegions every listing of the account is denied, and names it."""
        policy = next(each for each in self.world.policies if "ec2:DescribeRegions" in json.dumps(each["document"]))
        self.world.put(policy, without=["ec2:DescribeRegions"])
        try:
            # What was learned of regions is forgotten with the configuration.
            self.world.collector.ctl("reload")
            for name, (outcome, error) in self.outcomes().items():
                self.assertEqual((name, outcome), (name, "denied"))
                self.assertTrue(error["message"].startswith("needs ec2:DescribeRegions: "), error)
        finally:
            self.world.put(policy)
            self.world.collector.ctl("reload")

    def test_doctor(self):
        """doctor finds nothing wrong; with an action taken away it names the account and the action, and ends with 8."""
        checks = json.loads(self.world.collector.ctl("doctor", "-o", "json"))
        self.assertEqual([each for each in checks if each["state"] != "ok"], [])
        self.assertLessEqual({"configuration", "state-directory", "store", "endpoint", "credentials", "identity",
                              "role", "regions", "permissions"}, {each["check"] for each in checks})
        policy = next(each for each in self.world.policies if "sqs:ListQueues" in json.dumps(each["document"]))
        self.world.put(policy, without=["sqs:ListQueues", "rds:DescribeDBInstances"])
        try:
            checks = json.loads(self.world.collector.ctl("doctor", "-o", "json", code=8))
        finally:
            self.world.put(policy)
        failed = [each for each in checks if each["state"] == "failed"]
        self.assertEqual([(each["check"], each["account"]) for each in failed],
                         [("permissions", self.world.member.id)])
        self.assertEqual(failed[0]["actions"], ["rds:DescribeDBInstances", "sqs:ListQueues"])
        self.assertNotIn("not-a-secret", self.world.collector.last.stdout)

    def test_documents(self):
        """Policies are IAM's grammar, within IAM's sizes, each statement with an id of its own."""
        documents = self.world.documents()
        self.assertEqual({each["audience"] for each in documents}, {"collector", "member"})
        for each in documents:
            self.check_document(each["document"])
            self.assertEqual(each["characters"], len(json.dumps(each["document"], separators=(",", ":"))))
            self.assertLessEqual(each["characters"], MANAGED_LIMIT)
        assume = [each for document in documents if document["audience"] == "collector"
                  for each in document["document"]["Statement"]]
        self.assertEqual([(each["Action"], each["Resource"]) for each in assume],
                         [(["sts:AssumeRole"], self.world.member.role)])
        trust = json.loads(self.world.collector.ctl("iam-policy", "--trust", self.world.member.id))
        statement = trust["Statement"][0]
        self.assertEqual(statement["Principal"]["AWS"],
                         f"arn:aws:iam::{self.world.organization.management.id}:user/collector")
        self.assertEqual(statement["Condition"]["StringEquals"]["sts:ExternalId"], EXTERNAL_ID)
        self.world.collector.ctl("iam-policy", "--trust", "999999999999", code=3)

    def check_document(self, document):
        self.assertEqual(set(document), {"Version", "Statement"})
        self.assertEqual(document["Version"], "2012-10-17")
        ids = [each["Sid"] for each in document["Statement"]]
        self.assertEqual(len(ids), len(set(ids)))
        for each in document["Statement"]:
            self.assertLessEqual(set(each), {"Sid", "Effect", "Action", "Resource", "Condition"})
            self.assertRegex(each["Sid"], "^[A-Za-z0-9]+$")
            self.assertEqual(each["Effect"], "Allow")
            self.assertEqual(each["Action"], sorted(set(each["Action"])))
            for action in each["Action"]:
                self.assertRegex(action, "^[a-z0-9-]+:[A-Za-z0-9]+$")


class Offline(unittest.TestCase):
    """What needs no AWS."""

    def collector(self, **keys):
        # Nobody listens there.
        ours = Collector("http://127.0.0.1:9", SQLITE + NO_SCHEDULE, **keys)
        ours.environment["AWS_MAX_ATTEMPTS"] = "1"
        return ours

    def test_all_types(self):
        """Policies for every type there is are split by size, and together allow exactly the types' actions."""
        with self.collector(Types="all", Regions=REGION) as ours:
            ours.start()
            documents = json.loads(ours.ctl("iam-policy", "-o", "json"))
            types = json.loads(ours.ctl("types", "--selected", "-o", "json"))
            self.assertGreater(len(documents), 10)
            self.assertIn("a role takes 10", ours.ctl("iam-policy", "-o", "name") + ours.last.stderr)
            allowed = []
            for each in documents:
                self.assertLessEqual(each["characters"], MANAGED_LIMIT)
                allowed += [action for statement in each["document"]["Statement"] for action in statement["Action"]]
            self.assertEqual(len(allowed), len(set(allowed)))
            # Parents that are not selected are listed for their children.
            parents = [each["parent"] for each in types if "parent" in each]
            types += json.loads(ours.ctl("types", *parents, "-o", "json"))
            self.assertEqual(set(allowed) - {action for each in types for action in each["actions"]}, set())
            whole = json.loads(ours.ctl("iam-policy", "--split", "none"))
            guessed = sorted({action for each in types for action in each["guessedActions"]})
            self.assertIn(f"{len(guessed)} actions are in no reference of IAM, they are called like the operation: "
                          + ", ".join(guessed), ours.last.stderr)
            self.assertEqual(whole["Statement"][0]["Action"], sorted(allowed))

    def test_types(self):
        """types tells what the catalogue knows, by names and globs, selected or not."""
        with self.collector(Types="sqs ecs/service") as ours:
            ours.start()
            found = {each["type"]: each for each in json.loads(ours.ctl("types", "ecs", "sqs/*", "-o", "json"))}
            self.assertTrue(found["ecs/service"]["selected"])
            self.assertFalse(found["ecs/cluster"]["selected"])
            self.assertEqual(found["ecs/service"]["parent"], "ecs/cluster")
            self.assertEqual(found["sqs/queue"]["followUps"], ["GetQueueAttributes", "ListQueueTags"])
            self.assertEqual(found["sqs/queue"]["tagOperation"], "ListQueueTags")
            self.assertEqual(ours.ctl("types", "--selected", "-o", "name").split(), ["ecs/service", "sqs/queue"])
            ours.ctl("types", "sqss", code=3)

    def test_doctor_without_aws(self):
        """doctor says that nobody answers and what to look at, and ends with 8."""
        with self.collector(Types="sqs") as ours:
            ours.start()
            checks = json.loads(ours.ctl("doctor", "-o", "json", code=8))
            state = {each["check"]: each["state"] for each in checks}
            self.assertEqual((state["configuration"], state["store"], state["credentials"]), ("ok", "ok", "ok"))
            self.assertEqual((state["endpoint"], state["identity"]), ("failed", "failed"))


class Secrets(unittest.TestCase):
    """Redaction, and taking it off for a type."""

    def test_unredacted(self):
        """Secrets are replaced by a marker, unless the type is named in Unredacted=; then the journal says so."""
        from organization import collector, organization
        member = organization().members[0]
        lambda_ = organization().client(member, "lambda")
        name = lambda_.list_functions()["Functions"][0]["FunctionName"]
        lambda_.update_function_configuration(FunctionName=name, Environment={"Variables": {"TOKEN": "swordfish"}})

        def stored(**keys):
            with collector(Types="lambda/function", Regions=REGION, **keys) as ours:
                ours.start()
                ours.refresh("--account", member.id)
                [found] = [each for each in ours.resources() if each["name"] == name]
                return found["data"]["Environment"]["Variables"]["TOKEN"], ours.log

        try:
            value, log = stored()
            self.assertNotIn("swordfish", value)
            self.assertNotIn("stored as they are", log)
            value, log = stored(Unredacted="lambda/*")
            self.assertEqual(value, "swordfish")
            self.assertIn("lambda/*", log)
            self.assertIn("stored as they are", log)
        finally:
            lambda_.update_function_configuration(FunctionName=name, Environment={"Variables": {}})


if __name__ == "__main__":
    unittest.main()
