import unittest

from collector import Collector
from organization import NO_SCHEDULE, SQLITE
from volumes_service import VolumesService

REGIONS = ["eu-west-1", "eu-west-2", "us-east-1", "us-west-2"]


def section(number, regions=REGIONS):
    return f"\n[Account {number}]\nRoleArn=arn:aws:iam::{number}:role/Read\nRegions={' '.join(regions)}\n"


def numbers(first, count):
    return [f"{first}{number:011}" for number in range(count)]


class Fairness(unittest.TestCase):
    """Who is served when, of accounts that want very different things: told by the order of calls, not by clocks.

    `Tests/Soak/fairness.py` does the same with 500,000 resources.
    """

    def refresh(self, service, sections, done, **keys):
        """Refreshes until `done`, and cancels the rest."""
        with Collector(service.url, SQLITE + "".join(sections) + NO_SCHEDULE, Types="ec2/volume", **keys) as ours:
            ours.start()
            run = ours.ctl("refresh").split()[0]
            ours.wait_for(lambda: done(ours), "the small accounts are done")
            ours.ctl("cancel", run, code=None)

    def test_huge_account(self):
        """80 units of 10 resources are done while one unit of 30,000 goes on beside them, at its pace of one call."""
        huge, small = numbers(1, 1), numbers(2, 20)
        with VolumesService({huge[0]: 30_000} | dict.fromkeys(small, 10), latency=0.02, page=100) as service:
            self.refresh(
                service, [section(huge[0], REGIONS[:1])] + [section(each) for each in small], Workers=4,
                done=lambda ours: len(service.calls_of(small)) == len(small) * len(REGIONS))
            calls = service.calls_of(small)
            begin, end = calls[0].begun, calls[-1].ended
            progress = [call for call in service.calls_of(huge) if call.ended < end]
            self.assertGreater(len(progress), 3, "the huge listing stood still")
            self.assertLess(len(progress), len(calls), "the huge listing was served more often than all others")
            self.assertEqual(service.in_flight(huge, begin, end)[1], 1)
            self.assertGreaterEqual(service.in_flight(small, begin, end)[1], 3)

    def test_throttled_account(self):
        """An account that AWS lets make one call a second in each region leaves all workers to the others."""
        slow, quick = numbers(1, 1), numbers(2, 3)
        with VolumesService({slow[0]: 50} | dict.fromkeys(quick, 12), latency=0.02, page=1) as service:
            service.limit(slow[0], 1, 1)
            self.refresh(
                service, map(section, slow + quick), Workers=4,
                done=lambda ours: len(service.calls_of(quick)) == len(quick) * len(REGIONS) * 12)
            calls = service.calls_of(quick)
            # The slow one is planned first and had half of the workers until it was throttled.
            self.assertGreaterEqual(service.in_flight(quick, calls[0].begun, calls[-1].ended)[1], 3)
            self.assertLess(len([call for call in service.calls_of(slow) if call.ended < calls[-1].ended]), 60)

    def test_more_throttled_accounts_than_workers(self):
        """With more throttled accounts than workers the others still come to their turn."""
        slow, quick = numbers(1, 6), numbers(2, 1)
        with VolumesService(dict.fromkeys(slow, 50) | {quick[0]: 12}, latency=0.005, page=1) as service:
            for each in slow:
                service.limit(each, 1, 1)
            self.refresh(
                service, map(section, slow + quick), Workers=2,
                done=lambda ours: len(service.calls_of(quick)) == len(REGIONS) * 12)
            last = service.calls_of(quick)[-1].ended
            admitted = [call for call in service.calls_of(slow) if call.ended < last]
            self.assertLess(len(admitted), 6 * len(REGIONS) * 50 / 3)
            self.assertEqual({call.account for call in admitted}, set(slow), "some stood still")
