import json
import os
import subprocess
import unittest

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "../.."))
# What `make catalogue` installs for the generator.
ENVIRONMENT = os.path.join(ROOT, ".build/catalogue-venv/bin/python")
# Spoils the tables or the catalogue in one way and prints what the generator then complains about.
SPOIL = """
import json, sys
from generator import check, report
from generator.__main__ import DATA
from generator.derivation.types import TypeDerivation
from generator.facts.all import Facts
from generator.review import Review
from generator.tables import identifiers, keys, listings, moving, secrets, sensitive
from generator.types import described

facts = Facts()

def reviewed(*services):
    review = Review(facts.boto3)
    for name in services:
        for kind, entry in sorted(TypeDerivation(facts.services[name], facts).run().items()):
            described(facts.services[name], kind, entry, facts, review)
    return review.problems

def checked(service, kind, **changes):
    catalogue = report.previous(DATA)
    for name, each in catalogue.items():
        facts.iam.permissions(facts.services[name], each["operations"])
    catalogue[service]["types"][kind].update(changes)
    return check.problems(catalogue, facts.iam)

found = {"as it is": checked("s3", "bucket")}
found["unknown action"] = checked("s3", "bucket", actions=["s3:ListEveryBucket"])
found["writing action"] = checked("s3", "bucket", actions=["s3:DeleteBucket"])
found["guess in core"] = checked("glue", "glossary", group="core")
found["parent that is none"] = checked("ecs", "service", parent={"kind": "village", "inputs": {}})
del sensitive.STORED[("events", "Sql")]
found["unseen sensitive member"] = reviewed("events")
del secrets.REDACTIONS["ivs/stream-key"]
found["secret without a rule"] = reviewed("ivs")
keys.UNIQUE.discard("sagemaker/app")
identifiers.IDENTIFIERS["sagemaker:ListApps"] = "AppName"
moving.STABLE.discard("TotalUltraServerCount")
found["shared identifier"] = [each for each in reviewed("sagemaker") if "/app:" in each]
found["unseen counter"] = [each for each in reviewed("sagemaker") if "move" in each]
keys.SHARED_ARN.discard("events/rule-target")
found["another's ARN"] = reviewed("events")
del listings.PAGES["dynamodbstreams:ListStreams"]
found["pages that end"] = reviewed("dynamodbstreams")
print(json.dumps(found))
"""


@unittest.skipUnless(os.path.exists(ENVIRONMENT), "the generator's packages are not installed; `make catalogue` does that")
class Generator(unittest.TestCase):
    def run_in_environment(self, *arguments):
        done = subprocess.run([ENVIRONMENT, *arguments], cwd=os.path.join(ROOT, "Sources/CCatalogue"),
                              capture_output=True, text=True, timeout=300)
        self.assertEqual(done.returncode, 0, done.stderr[-2000:])
        return done.stdout

    def test_catalogue_is_as_generated(self):
        """The checked-in catalogue is, byte for byte, what the generator makes of its pinned packages."""
        self.run_in_environment("-m", "generator", "--check")

    def test_refusals(self):
        """The generator refuses actions AWS lacks, unseen secrets, counters, shared identifiers and lost pages."""
        found = json.loads(self.run_in_environment("-c", SPOIL))
        self.assertEqual(found.pop("as it is"), [])
        expected = {
            "unknown action": "s3/bucket: AWS does not know s3:ListEveryBucket",
            "writing action": "s3/bucket: s3:DeleteBucket does not only read",
            "guess in core": "glue/glossary: core, but glue:ListGlossaries is a guess",
            "parent that is none": "ecs/service: the parent village is no type",
            "unseen sensitive member": "RedshiftDataParameters.Sql is sensitive, but neither redacted nor",
            "secret without a rule": "ivs/stream-key: value is sensitive",
            "shared identifier": "sagemaker/app: nothing proves that AppName is one resource's alone",
            "unseen counter": "does TotalUltraServerCount move by itself?",
            "another's ARN": "events/rule-target: nothing proves that Arn is one resource's alone",
            "pages that end": "dynamodbstreams:ListStreams has pages, but nothing says how they follow",
        }
        self.assertEqual(set(found), set(expected))
        for name, problem in expected.items():
            with self.subTest(name):
                self.assertTrue(any(problem in each for each in found[name]), found[name])
