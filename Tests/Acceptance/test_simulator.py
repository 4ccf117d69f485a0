import json
import unittest

import boto3

from collector import Collector
from emulator import Emulator
from organization import NO_SCHEDULE, SQLITE
from policy_simulator import PolicySimulator

REGION = "us-east-1"
# More actions than one simulation takes.
TYPES = "ec2/* s3/* iam/* lambda/* sqs rds/*"


class Simulator(unittest.TestCase):
    """doctor asks IAM's simulator, here a double that boto3 reads as well: the emulator has none."""

    @classmethod
    def setUpClass(cls):
        cls.emulator = Emulator()
        cls.addClassCleanup(cls.emulator.stop)
        cls.simulator = PolicySimulator(cls.emulator.url)
        cls.addClassCleanup(cls.simulator.__exit__)
        cls.collector = Collector(cls.simulator.url, SQLITE + NO_SCHEDULE, Types=TYPES, Regions=REGION)
        cls.collector.environment["AWS_MAX_ATTEMPTS"] = "1"
        cls.addClassCleanup(cls.collector.__exit__)
        cls.collector.start()
        types = json.loads(cls.collector.ctl("types", "--selected", "-o", "json"))
        cls.actions = sorted({action for each in types for action in each["actions"]})

    def setUp(self):
        self.simulator.verdicts, self.simulator.unknown, self.simulator.page = {}, set(), 1000
        self.simulator.refusal = None
        self.simulator.asked.clear()

    def permissions(self, code):
        checks = json.loads(self.collector.ctl("doctor", "-o", "json", code=code))
        [found] = [each for each in checks if each["check"] == "permissions"]
        return found

    def test_double(self):
        """boto3 reads the double's replies, page by page, as what was put into them."""
        self.simulator.page = 1
        detail = {"AllowedByOrganizations": False}
        self.simulator.verdicts = {"s3:A": {"EvalDecision": "implicitDeny", "OrganizationsDecisionDetail": detail}}
        client = boto3.client("iam", region_name=REGION, endpoint_url=self.simulator.url, aws_access_key_id="x",
                              aws_secret_access_key="x")
        pages = client.get_paginator("simulate_principal_policy").paginate(
            PolicySourceArn="arn:aws:iam::123456789012:role/r", ActionNames=["s3:A", "s3:B"],
            PaginationConfig={"PageSize": 5})
        found = [each for page in pages for each in page["EvaluationResults"]]
        self.assertEqual([(each["EvalActionName"], each["EvalDecision"]) for each in found],
                         [("s3:A", "implicitDeny"), ("s3:B", "allowed")])
        self.assertEqual(found[0]["OrganizationsDecisionDetail"], detail)

    def test_allowed(self):
        """Everything allowed is fine, and every action was asked, in batches."""
        found = self.permissions(0)
        self.assertEqual(found["state"], "ok")
        self.assertIn(f"{len(self.actions)} actions asked of IAM's simulator", found["message"])
        self.assertEqual(sorted(action for each in self.simulator.asked for action in each), self.actions)
        self.assertGreater(len(self.simulator.asked), 1)
        self.assertLessEqual(max(map(len, self.simulator.asked)), 100)

    def test_missing(self):
        """What no policy allows is named, with the policy as advice."""
        self.simulator.verdicts = {each: {"EvalDecision": "implicitDeny"} for each in self.actions[::50]}
        found = self.permissions(8)
        self.assertEqual((found["state"], found["actions"]), ("failed", self.actions[::50]))
        self.assertIn("are not allowed", found["message"])
        self.assertIn("collectorctl iam-policy", found["advice"])

    def test_forbidden(self):
        """Explicit denies, service control policies and boundaries are told apart from what a policy lacks."""
        cases = {
            "explicit deny": {"EvalDecision": "explicitDeny"},
            "service control policy": {"EvalDecision": "implicitDeny",
                                       "OrganizationsDecisionDetail": {"AllowedByOrganizations": False}},
            "boundary": {"EvalDecision": "implicitDeny", "OrganizationsDecisionDetail": {"AllowedByOrganizations": True},
                         "PermissionsBoundaryDecisionDetail": {"AllowedByPermissionsBoundary": False}},
        }
        for name, verdict in cases.items():
            with self.subTest(name):
                self.simulator.verdicts = {"sqs:ListQueues": verdict}
                found = self.permissions(8)
                self.assertEqual(found["actions"], ["sqs:ListQueues"])
                self.assertIn("1 are denied explicitly", found["message"])
                self.assertIn("service control policy or boundary", found["advice"])
        self.simulator.verdicts["s3:GetBucketTagging"] = {"EvalDecision": "implicitDeny"}
        found = self.permissions(8)
        self.assertEqual(found["actions"], ["s3:GetBucketTagging", "sqs:ListQueues"])
        self.assertIn("1 actions are not allowed; 1 are denied explicitly", found["message"])

    def test_pages(self):
        """IAM may give fewer results than asked for: all pages are read, and what stands on the last one counts."""
        self.simulator.page = 7
        denied = [self.actions[0], self.actions[99], self.actions[-1]]
        self.simulator.verdicts = {each: {"EvalDecision": "implicitDeny"} for each in denied}
        found = self.permissions(8)
        self.assertEqual(found["actions"], denied)
        self.assertIn(f"{len(self.actions)} actions asked", found["message"])

    def test_unknown(self):
        """An action that IAM does not know spoils no other's verdict, and is named."""
        self.simulator.unknown = {self.actions[3], self.actions[120]}
        self.simulator.verdicts = {self.actions[4]: {"EvalDecision": "implicitDeny"}}
        found = self.permissions(8)
        self.assertEqual(found["actions"], [self.actions[4]])
        self.assertIn(f"{len(self.actions) - 2} actions asked", found["message"])
        self.assertIn(f"no verdict of {self.actions[3]}, {self.actions[120]}", found["message"])

    def test_refused(self):
        """Without iam:SimulatePrincipalPolicy each list call is tried instead, and it is said what that leaves out."""
        self.simulator.refusal = "AccessDenied"
        self.emulator.fault(service="sqs", operation="ListQueues", status=403, code="AccessDenied", message="no")
        found = self.permissions(8)
        self.assertIn("list calls tried", found["message"])
        self.assertIn("actions of follow-up calls not tried (iam:SimulatePrincipalPolicy would)", found["message"])
        self.assertEqual(found["actions"], ["sqs:ListQueues"])


if __name__ == "__main__":
    unittest.main()
