"""Huge and throttled accounts beside small ones: nobody waits for another.

  python3 fairness.py [--count 500000] [--accounts 50] [--workers 8] [--latency-ms 20] [--slack 2]

COLLECTOR_PROGRAMS names the folder of the programs.

1,000 units of 10 volumes each (accounts × 20 regions) are refreshed alone; then beside an account with 500,000 volumes in
one unit; then beside accounts whose regions let one call a second through: one, and as many as there are workers; and one
small account beside one of these. Each time the daemon is new and its store is empty; alone and beside the huge account
they are refreshed a second time, when the stored index of the huge unit is read first. Ends with 1 when the last small unit
is published later than `slack` times as late as alone, or when the huge or the throttled listings stood still meanwhile.
"""
import argparse
import os
import sqlite3
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "Support"))

from collector import Collector  # noqa: E402
from volumes_service import VolumesService  # noqa: E402

REGIONS = ["us-east-1", "us-east-2", "us-west-1", "us-west-2", "eu-west-1", "eu-west-2", "eu-west-3", "eu-central-1",
           "eu-north-1", "eu-south-1", "ap-south-1", "ap-east-1", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3",
           "ap-southeast-1", "ap-southeast-2", "ca-central-1", "sa-east-1", "me-south-1"]
RESOURCES = 10


def account(number, regions=REGIONS):
    return number, f"\n[Account {number}]\nRoleArn=arn:aws:iam::{number}:role/Read\nRegions={' '.join(regions)}\n"


class Scenario:
    """Refreshes of the small accounts, and of others beside them; with `again`, a second one that finds nothing new."""

    def __init__(self, options, name, small, others=(), estates=None, limit=None, again=False):
        self.options, self.name, self.limit, self.again = options, name, limit, again
        self.small = {number for number, _ in small}
        self.others = {number for number, _ in others}
        self.sections = "".join(text for _, text in sorted(small + list(others)))
        self.units = len(small) * len(REGIONS)
        self.estates = dict.fromkeys(self.small, RESOURCES) | (estates or {})
        # How long each refresh took until the last small unit was published, and what others had done by then.
        self.took, self.pages = [], []

    def run(self):
        text = f"\n[Store]\nType=sqlite\n{self.sections}\n[Schedule never]\nCron=at(2199-01-01T00:00:00)\n"
        with VolumesService(self.estates, self.options.latency_ms / 1000, self.options.page) as service, \
                Collector(service.url, text, Types="ec2/volume", Workers=self.options.workers) as ours:
            for number in self.others if self.limit else ():
                service.limit(number, self.limit, 1)
            ours.start()
            self.refresh(service, ours, self.name)
            if self.again:
                ours.wait_for(lambda: "Running:" not in ours.ctl("status"), "everything is listed", 1800)
                service.calls.clear()
                self.refresh(service, ours, f"{self.name}, nothing new")
            ours.stop()
        return self

    def refresh(self, service, ours, name):
        self.id = ours.ctl("refresh").split()[0]
        # Until the last small unit is published.
        begun = time.monotonic()
        while self.published(ours, self.small) < self.units:
            assert time.monotonic() - begun < 1800, ours.log[-2000:]
            time.sleep(0.02)
        end = time.monotonic()
        begin = min(call.begun for call in service.calls_of(self.small))
        self.took.append(end - begin)
        self.pages.append(len(service.calls_of(self.others)))
        flights = ", ".join(
            f"{who} {mean:.1f} (at most {most})"
            for who, (mean, most) in (("small", service.in_flight(self.small, begin, end)),
                                      ("others", service.in_flight(self.others, begin, end))))
        print(f"{name}: the last of {self.units} small units after {end - begin:.1f} s; calls in flight: {flights}; "
              f"{self.pages[-1]} pages of others, {sum(service.throttled.values())} calls throttled", flush=True)

    def published(self, ours, accounts):
        """How many units of these accounts the refresh has published."""
        with sqlite3.connect(f"file:{ours.database}?mode=ro", uri=True) as database:
            rows = database.execute("SELECT accountId FROM metadata WHERE status = 'ok' AND runId = ?", (self.id,))
            return sum(account in accounts for account, in rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=500_000)
    parser.add_argument("--accounts", type=int, default=50)
    parser.add_argument("--workers", type=int, default=8)
    parser.add_argument("--page", type=int, default=1000)
    parser.add_argument("--latency-ms", type=float, default=20)
    parser.add_argument("--slack", type=float, default=2)
    options = parser.parse_args()
    small = [account(f"2{number:011}") for number in range(options.accounts)]
    huge = "1" * 12
    slow = [account(f"1{number:011}") for number in range(options.workers)]
    slow_estate = dict.fromkeys((number for number, _ in slow), 20 * options.page)
    one = small[:1]
    good = [
        compare(options, "a huge account", small, [account(huge, REGIONS[:1])], {huge: options.count}, again=True),
        compare(options, "a throttled account", small, slow[:1], slow_estate, limit=1),
        compare(options, f"{options.workers} throttled accounts", small, slow, slow_estate, limit=1),
        compare(options, "a throttled account", one, slow[:1], slow_estate, limit=1)]
    return 0 if all(good) else 1


def compare(options, what, small, others, estates, again=False, limit=None):
    """Measures without and with the others, up to three times: other work on this machine only makes things slower."""
    for _ in range(3):
        alone = Scenario(options, "alone", small, again=again).run()
        beside = Scenario(options, f"beside {what}", small, others, estates, limit=limit, again=again).run()
        # Two units of a few milliseconds are no measure.
        late = any(took > max(without * options.slack, 1) for took, without in zip(beside.took, alone.took))
        still = min(beside.pages) < 3
        ratios = " and ".join(f"{took / without:.2f}" for took, without in zip(beside.took, alone.took))
        print(f"  {ratios} times as long as alone" + (", too late" if late else "")
              + (", the others stood still" if still else ""), flush=True)
        if not late and not still:
            return True
    return False


if __name__ == "__main__":
    sys.exit(main())
