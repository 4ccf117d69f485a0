import datetime
import json
import os
import signal
import unittest

from organization import collector, emulator, organization
from seed_organization import COLLECTOR_ROLE, REGIONS


class Process(unittest.TestCase):
    """The daemon as a process: started by hand, reloaded, stopped, killed."""

    def tearDown(self):
        emulator().heal()

    def test_once(self):
        """--once refreshes everything and ends with 0; the store holds it, and nothing listens."""
        with collector(Types="ec2/vpc iam/role") as ours:
            done = ours.daemon("--once")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertFalse(os.path.exists(ours.socket))
            ours.start()
            self.assertEqual(len([each for each in ours.resources() if each["service"] == "ec2"]), 12)

    def test_once_partial(self):
        """--once ends with 7 when a listing failed, and with 8 when no credentials could be had."""
        emulator().fault(service="ec2", region="eu-west-1", operation="DescribeVpcs", status=403,
                         code="UnauthorizedOperation")
        with collector(Types="ec2/vpc iam/role") as ours:
            self.assertEqual(ours.daemon("--once").returncode, 7)
        nobody = "".join(f"[Account {each.id}]\nRoleArn={each.role}\nExternalId=wrong\n"
                         for each in organization().members)
        with collector(Types="ec2/vpc", accounts=nobody) as ours:
            self.assertEqual(ours.daemon("--once").returncode, 8)

    def test_check_config(self):
        """--check-config ends with 6 and names file, line, column and the likely key; with 0 when all is well."""
        with collector() as ours:
            self.assertEqual(ours.daemon("--check-config").returncode, 0)
            with open(ours.configuration, "w", encoding="utf-8") as file:
                file.write("[Collector]\nWorkers=32\n  Worker=5\n[Store]\nType=oracle\n")
            done = ours.daemon("--check-config")
            self.assertEqual(done.returncode, 6)
            self.assertRegex(done.stderr + done.stdout, r"collectord\.conf:3:\d+: .*Worker")
            self.assertRegex(done.stderr + done.stdout, r"collectord\.conf:5:6: .*oracle")
            self.assertEqual(ours.daemon().returncode, 6)

    def test_unknown_option(self):
        """An unknown option ends with 2."""
        with collector() as ours:
            self.assertEqual(ours.daemon("--nonsense").returncode, 2)

    def test_reload(self):
        """SIGHUP puts a changed configuration into force, and keeps the old one when the new one is wrong."""
        with collector(Types="ec2/vpc") as ours:
            ours.start()
            self.assertEqual({each["type"] for each in ours.refresh()["listings"]}, {"ec2/vpc"})
            text = open(ours.configuration, encoding="utf-8").read()
            with open(ours.configuration, "w", encoding="utf-8") as file:
                file.write(text.replace("Types=ec2/vpc", "Types=ec2/subnet"))
            ours.process.send_signal(signal.SIGHUP)
            ours.wait_for(lambda: {each["type"] for each in ours.refresh()["listings"]} == {"ec2/subnet"},
                          "the new types are collected")
            with open(ours.configuration, "w", encoding="utf-8") as file:
                file.write(text.replace("Types=ec2/vpc", "Typos=ec2/vpc"))
            ours.process.send_signal(signal.SIGHUP)
            ours.wait_for(lambda: "Typos" in ours.log, "the mistake is told in the log")
            self.assertRegex(ours.log, r"collectord\.conf:\d+:1: .*Typos")
            self.assertEqual({each["type"] for each in ours.refresh()["listings"]}, {"ec2/subnet"})
            ours.ctl("reload", code=6)
            self.assertIn("Typos", ours.last.stderr)

    def test_stop(self):
        """SIGTERM ends the daemon with 0, in the middle of a run too, which goes on at the next start."""
        with collector(Types="ec2/vpc sns/topic") as ours:
            ours.start()
            self.assertEqual(ours.stop(), 0)
            self.assertFalse(os.path.exists(ours.socket))
            ours.start()
            emulator().fault(service="sns", operation="ListTopics", delay=10)
            run = json.loads(ours.ctl("refresh", "-o", "json"))["run"]
            self.assertEqual(ours.stop(timeout=60), 0)
            emulator().heal()
            ours.start()
            self.assertIn("goes on", ours.log)
            self.goes_on(ours, run)

    def goes_on(self, ours, run):
        """The run ends as if nothing had happened."""
        ours.ctl("show", "--wait", "--progress", "none", run)
        coverage = ours.coverage(run)
        self.assertEqual(coverage["outcomes"], {"complete": coverage["planned"]})

    def test_kill(self):
        """After kill -9 in the middle of a run the daemon starts again, has lost nothing, and goes on with the run."""
        with collector(Types="ec2/vpc ec2/subnet sns/topic iam/role") as ours:
            ours.start()
            ours.refresh()
            before = len(ours.resources())
            emulator().fault(service="sns", operation="ListTopics", delay=5)
            run = json.loads(ours.ctl("refresh", "-o", "json"))["run"]
            self.assertEqual(ours.stop(signal.SIGKILL), -signal.SIGKILL)
            emulator().heal()
            ours.start()
            self.assertEqual(len(ours.resources()), before)
            self.goes_on(ours, run)
            self.assertEqual(ours.refresh()["outcomes"].keys(), {"complete"})
            self.assertEqual(len(ours.resources()), before)

    def test_schedule_fires(self):
        """A schedule starts its run at its instant, with its name, its services and its accounts."""
        account = organization().members[0].id
        due = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=6)
        schedule = f"\n[Schedule soon]\nCron=at({due:%Y-%m-%dT%H:%M:%S})\nServices=ec2\nAccounts={account}\n"
        with collector(Types="ec2/vpc sqs/queue", schedules=schedule) as ours:
            ours.start()
            ours.wait_for(lambda: any(each["state"] != "running" for each in self.runs(ours)), "the schedule fires", 60)
            run = self.runs(ours)[0]
            self.assertEqual((run["trigger"], run["schedule"], run["state"]), ("schedule", "soon", "succeeded"))
            started = datetime.datetime.fromisoformat(run["startedAt"].replace("Z", "+00:00"))
            self.assertLess((started - due).total_seconds(), 3)
            self.assertEqual({(each["type"], each["account"]) for each in ours.coverage()["listings"]},
                             {("ec2/vpc", account)})
            # It does not fire again, not after a restart either.
            ours.stop()
            ours.start()
            self.assertEqual(len(self.runs(ours)), 1)

    def runs(self, ours):
        answer = json.loads(ours.ctl("runs", "-o", "json"))
        return answer["runs"] if isinstance(answer, dict) else answer

    def test_log(self):
        """Started by hand the daemon logs text to standard error, without any secret."""
        with collector(Types="ec2/vpc") as ours:
            ours.start()
            emulator().fault(service="ec2", region="eu-west-1", operation="DescribeVpcs", status=403,
                             code="UnauthorizedOperation")
            ours.refresh(code=7)
            self.assertIn("UnauthorizedOperation", ours.log)
            self.assertIn("eu-west-1", ours.log)
            for secret in (organization().external_id, "AWS4-HMAC", "not-a-secret"):
                self.assertNotIn(secret, ours.log)

    def test_organization(self):
        """Accounts are discovered from AWS Organizations; a left-out one is not collected."""
        sandbox = organization().members[1].id
        text = f"[Organization]\nMemberRoleName={COLLECTOR_ROLE}\nExternalId={organization().external_id}\n" \
               f"Exclude={sandbox}\n"
        with collector(Types="ec2/vpc iam/user", accounts=text) as ours:
            ours.start()
            coverage = ours.refresh()
            self.assertEqual({each["account"] for each in coverage["listings"]},
                             {each.id for each in organization().accounts} - {sandbox})
            self.assertEqual({each["accountId"] for each in ours.resources("iam/user")},
                             {each.id for each in organization().accounts} - {sandbox})
            self.assertEqual(json.loads(ours.ctl("status", "-o", "json"))["accounts"], 2)

    def test_own_account(self):
        """With neither accounts nor an organisation the account of the daemon's own keys is collected."""
        with collector(Types="ec2/vpc", accounts="") as ours:
            ours.start()
            self.assertEqual({each["account"] for each in ours.refresh()["listings"]}, {organization().management.id})

    def test_enabled_regions(self):
        """Regions=enabled asks the account, and a region list of an account comes before it."""
        member = organization().members[0]
        text = f"[Account {member.id}]\nRoleArn={member.role}\nExternalId={organization().external_id}\n"
        with collector(Types="ec2/vpc", accounts=text, Regions="enabled") as ours:
            ours.start()
            regions = {each["region"] for each in ours.refresh()["listings"]}
            answer = organization().client(member, "ec2").describe_regions()
            self.assertEqual(regions, {each["RegionName"] for each in answer["Regions"]})
            self.assertTrue(set(REGIONS) < regions)

    def test_operators_catalogue(self):
        """Files in catalogue.d add a resource type without a rebuild; one that is broken is told and harms no other."""
        with collector(Types="ec2/vpc ec2/our-region") as ours:
            folder = os.path.join(ours.folder, "catalogue.d")
            os.mkdir(folder)
            entry = {"group": "core", "operation": "DescribeRegions", "items": "Regions[]", "id": "RegionName",
                     "key": "qualified", "actions": ["ec2:DescribeRegions"]}
            with open(os.path.join(folder, "ours.json"), "w", encoding="utf-8") as file:
                json.dump({"services": {"ec2": {"types": {"our-region": entry}}}}, file)
            with open(os.path.join(folder, "broken.json"), "w", encoding="utf-8") as file:
                file.write('{"services": ')
            checked = ours.daemon("--check-config")
            self.assertEqual(checked.returncode, 6)
            self.assertIn(f"{folder}/broken.json", checked.stderr)
            ours.start()
            self.assertIn("broken.json", ours.log)
            self.assertEqual(ours.refresh()["outcomes"].keys(), {"complete"})
            self.assertIn("our-region/eu-west-1", {each["resourceId"] for each in ours.resources("ec2/our-region")})
