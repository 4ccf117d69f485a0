"""1,000 calls against a limit of one call in 100 ms: at least 95 % of the ideal rate, under 2 % throttled.

  python rate_limit.py [CALLS [RATE [CAPACITY]]]

The real daemon against an exact token bucket; takes CALLS / RATE seconds for each of three runs: the first learns the
limit, the second knows it, the third is another process that was told by the state database.
"""
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "Support"))

from collector import Collector  # noqa: E402
from throttled_service import ThrottledService  # noqa: E402

OPERATION = "GetTopicAttributes"


def run(name, service, ours, limit):
    service.forget()
    ours.ctl("refresh", "--wait", "--progress", "none", "--type", "sns/topic", timeout=limit)
    coverage = ours.coverage()
    assert coverage["outcomes"] == {"complete": 1}, coverage
    bucket = service.bucket(OPERATION)
    share = bucket.pace / bucket.rate
    print(f"{name}: {len(bucket.admitted)} calls at {bucket.pace:.2f} of {bucket.rate:g} a second ({share:.1%}), "
          f"{len(bucket.throttled)} throttled ({bucket.throttled_share:.2%})", flush=True)
    return share >= 0.95 and bucket.throttled_share < 0.02


def main():
    calls, rate, capacity = (float(given) for given in sys.argv[1:] + ["1000", "10", "1"][len(sys.argv) - 1:])
    text = "\n[Store]\nType=sqlite\n[Schedule never]\nCron=at(2199-01-01T00:00:00)\n"
    limit = 60 + 2 * calls / rate
    good = []
    with ThrottledService(int(calls), {OPERATION: (rate, capacity)}) as service:
        with Collector(service.url, text, Types="sns/topic", Regions="us-east-1", ListingTimeout=f"{limit:.0f}s") as ours:
            ours.start()
            good.append(run("learning the limit", service, ours, limit))
            good.append(run("knowing the limit", service, ours, limit))
            assert ours.stop() == 0
            ours.start()
            good.append(run("told the limit by the state database", service, ours, limit))
            print("\n".join(line for line in ours.log.splitlines() if "throttle" in line))
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
