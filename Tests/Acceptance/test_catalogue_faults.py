import json
import os
import unittest

import fixtures
from collector import Collector
from emulator import KEYS, Emulator
from organization import NO_SCHEDULE, SQLITE

TYPES = "athena/work-group glue/job dms/endpoint"
# A type that takes for an identifier what two resources share.
WRONG_KEY = {"services": {"ec2": {"types": {"volume": {"id": "AvailabilityZone", "arn": None}}}}}


class CatalogueFaults(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.emulator = Emulator()
        cls.addClassCleanup(cls.emulator.stop)
        cls.clients = fixtures.Clients(cls.emulator.url, {key.lower(): value for key, value in KEYS.items()})
        glue = cls.clients("glue")
        glue.create_job(Name="load", Role="role", Command={"Name": "glueetl", "ScriptLocation": "s3://b"},
                        Tags=fixtures.TAGS)
        cls.clients("athena").create_work_group(Name="analysts", Configuration={}, Tags=fixtures.pairs())
        for number in range(2):
            cls.clients("ec2").create_volume(AvailabilityZone="us-east-1a", Size=5 + number, TagSpecifications=[
                {"ResourceType": "volume", "Tags": [{"Key": "Name", "Value": f"disk-{number}"}]}])

    def tearDown(self):
        self.emulator.heal()

    def tags_of(self, collector, kind, key):
        return next(each["tags"] for each in collector.resources(kind) if each["resourceId"] == key)

    def asked(self):
        return [each for each in self.emulator.requests() if each[1] == "GetResources"]

    def test_tagging_api(self):
        """Tags that only the tagging API tells are asked for once a region; where it denies, the last ones stay."""
        with Collector(self.emulator.url, SQLITE + NO_SCHEDULE, Types=TYPES, Regions="us-east-1 eu-west-1") as it:
            it.start()
            self.emulator.requests()
            it.refresh(code=None)
            # Athena's primary work group is everywhere, so both regions have something to ask about.
            self.assertEqual(sorted(each[2] for each in self.asked()), ["eu-west-1", "us-east-1"])
            self.assertEqual(self.tags_of(it, "glue/job", "job/load"), fixtures.TAGS)

            self.clients("glue").tag_resource(
                ResourceArn=f"arn:aws:glue:us-east-1:{fixtures.ACCOUNT}:job/load", TagsToAdd={"stage": "production"})
            self.emulator.fault(operation="GetResources", code="AccessDeniedException", status=400)
            coverage = it.refresh(code=None)
            failed = [each for each in coverage["listings"] if each["type"] == "glue/job" and each["count"]]
            self.assertEqual([(each["outcome"], each["error"]["operation"]) for each in failed],
                             [("denied", "GetResources")])
            self.assertEqual(self.tags_of(it, "glue/job", "job/load"), fixtures.TAGS)

            self.emulator.heal()
            it.refresh(code=None)
            self.assertEqual(self.tags_of(it, "glue/job", "job/load"), fixtures.TAGS | {"stage": "production"})

    def test_key_collision(self):
        """Two resources under one key end their listing with an error that names both; neither is lost silently."""
        with Collector(self.emulator.url, SQLITE + NO_SCHEDULE, Types="ec2/volume", Regions="us-east-1") as it:
            folder = os.path.join(it.folder, "catalogue.d")
            os.mkdir(folder)
            with open(os.path.join(folder, "wrong.json"), "w", encoding="utf-8") as file:
                json.dump(WRONG_KEY, file)
            it.start()
            listing = it.refresh(code=None)["listings"][0]
            self.assertEqual((listing["outcome"], listing["error"]["code"]), ("failed", "KeyCollision"))
            for name in ("disk-0", "disk-1"):
                self.assertIn(name, listing["error"]["message"])
            self.assertEqual(len(it.resources()), 1)
