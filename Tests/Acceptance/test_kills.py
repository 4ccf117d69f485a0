import json
import os
import random
import signal
import subprocess
import unittest

from collector import LIMIT, PROGRAMS
from emulator import Emulator
from kills import Kills
from organization import collector, emulator

KILLS = 15


class Killed(unittest.TestCase):
    """The daemon is killed under its refreshes, and goes on with them."""

    def tearDown(self):
        emulator().heal()

    def test_random_kills(self):
        """After random kills a run ends once, with nothing lost, deleted or listed twice but the page in flight."""
        seed = int(os.environ.get("KILL_SEED") or random.SystemRandom().randrange(1 << 32))
        with Emulator() as own:
            kills = Kills(own, seed, tell=lambda _: None)
            try:
                kills.run(KILLS)
            finally:
                kills.close()
        self.assertGreaterEqual(kills.kills, KILLS)

    def test_waiting_caller(self):
        """A caller that waits for a run gets its end from the next process, after a stop as after a kill."""
        for how in (signal.SIGTERM, signal.SIGKILL):
            with self.subTest(how), collector(Types="ec2/vpc sns/topic") as ours:
                ours.start()
                emulator().fault(service="sns", operation="ListTopics", delay=8)
                waiting = subprocess.Popen(
                    [os.path.join(PROGRAMS, "collectorctl"), "--socket", ours.socket, "refresh", "--wait",
                     "--progress", "none", "-o", "json"], env=ours.environment, stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
                ours.wait_for(lambda: self.finished(ours) == 6, "the quick half of the run is done")
                ours.stop(how)
                emulator().heal()
                emulator().requests()
                ours.start()
                output, errors = waiting.communicate(timeout=LIMIT)
                self.assertEqual(waiting.returncode, 0, errors)
                summary = json.loads(output)
                self.assertEqual((summary["state"], summary["outcomes"]), ("succeeded", {"complete": 12}))
                self.assertEqual(len(json.loads(ours.ctl("runs", "-o", "json"))), 1)
                self.assertNotIn("DescribeVpcs", {each[1] for each in emulator().requests()})

    def finished(self, ours):
        runs = json.loads(ours.ctl("runs", "-o", "json"))
        return sum(runs[0]["outcomes"].values()) if runs else 0
