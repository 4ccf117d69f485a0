import unittest

from collector import Collector
from organization import NO_SCHEDULE, SQLITE
from throttled_service import ACCOUNT, ThrottledService

OPERATION = "GetTopicAttributes"


def accounts(*numbers):
    return "".join(f"\n[Account {number}]\nRoleArn=arn:aws:iam::{number}:role/Read\n" for number in numbers)


class Rates(unittest.TestCase):
    def test_learned_limit(self):
        """A limit is found, used, told once, and known to the next process: 200 calls of 20 a second."""
        with ThrottledService(200, {OPERATION: (20, 10)}) as service, \
                Collector(service.url, SQLITE + NO_SCHEDULE, Types="sns/topic", Regions="us-east-1") as ours:
            ours.start()
            self.assertEqual(ours.refresh()["outcomes"], {"complete": 1})
            learning = service.bucket(OPERATION)
            self.assertGreater(learning.pace, 20 * 0.8)
            self.assertLess(len(learning.throttled), 30)
            self.assertEqual(ours.log.count(f"AWS throttles sns {OPERATION} in {ACCOUNT} us-east-1"), 1)
            ours.stop()
            service.forget()
            ours.start()
            self.assertEqual(ours.refresh()["outcomes"], {"complete": 1})
            known = service.bucket(OPERATION)
            self.assertGreater(known.pace, 20 * 0.8)
            self.assertLess(known.throttled_share, 0.05)
            self.assertLess(len(known.throttled), len(learning.throttled))

    def test_throttled_account_starves_nobody(self):
        """An account that AWS throttles leaves the others their pace."""
        slow, quick = "111122223333", "444455556666"
        with ThrottledService(60, {OPERATION: (4, 4)}) as service, \
                Collector(service.url, SQLITE + accounts(slow, quick) + NO_SCHEDULE, Types="sns/topic",
                          Regions="us-east-1", Workers=4) as ours:
            service.buckets[quick, "us-east-1", OPERATION] = service.unlimited()
            ours.start()
            self.assertEqual(ours.refresh()["outcomes"], {"complete": 2})
            first, last = service.bucket(OPERATION, account=slow), service.bucket(OPERATION, account=quick)
            self.assertEqual(len(last.admitted), 60)
            # The quick one is done before the slow one has made a third of its calls.
            self.assertLess(sum(at < last.admitted[-1] for at in first.admitted), 20)

    def test_time_runs_out_at_the_limit(self):
        """A listing whose time runs out while it waits for AWS's limit is told as throttled."""
        with ThrottledService(100, {OPERATION: (1, 1)}) as service, \
                Collector(service.url, SQLITE + NO_SCHEDULE, Types="sns/topic", Regions="us-east-1",
                          CallTimeout="4s", ListingTimeout="4s") as ours:
            ours.start()
            coverage = ours.refresh(code=None)
            self.assertEqual(coverage["outcomes"], {"throttled": 1}, coverage)
            self.assertRegex(str(coverage["listings"][0]["error"]), r"not done after 4.*AWS throttles")

    def test_other_account_overtakes(self):
        """A refresh of another account is done long before the throttled one that was under way."""
        slow, quick = "111122223333", "444455556666"
        with ThrottledService(80, {OPERATION: (8, 8)}) as service, \
                Collector(service.url, SQLITE + accounts(slow, quick) + NO_SCHEDULE, Types="sns/topic",
                          Regions="us-east-1", Workers=2) as ours:
            ours.start()
            ours.ctl("refresh", "--account", slow)
            ours.wait_for(lambda: len(service.bucket(OPERATION, account=slow).throttled) > 0, "AWS throttles")
            service.topics = 3
            self.assertEqual(ours.refresh("--account", quick)["outcomes"], {"complete": 1})
            self.assertLess(len(service.bucket(OPERATION, account=slow).admitted), 70)
