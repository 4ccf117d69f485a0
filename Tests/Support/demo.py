"""`make demo`: a small organisation in an AWS emulator, collected by the daemon on SQLite.

On a terminal the daemon is left running to explore until Ctrl-C; otherwise, or with DEMO_ONCE=1, it ends after the
page is printed. Nothing is left behind: no process, no file.
"""
import collections
import os
import signal
import subprocess
import sys
import threading
import time

from collector import PROGRAMS, Collector
from emulator import Emulator
from seed_organization import COLLECTOR_ROLE, REGIONS, seed
from seed_resources import SEEDED_TYPES

def configuration(organization):
    return f"""
[Store]
Type=sqlite

[Organization]
MemberRoleName={COLLECTOR_ROLE}
ExternalId={organization.external_id}

[Schedule nightly]
Cron=cron(0 2 * * ? *)
TimeZone=Europe/Berlin
"""


def say(text=""):
    print(text, flush=True)


def heading(text):
    say(f"\n\033[1m{text}\033[0m" if sys.stdout.isatty() else f"\n{text}")


def table(resources, accounts):
    """Resources by service (rows) and account (columns)."""
    counts = collections.Counter((each["service"], each["accountId"]) for each in resources)
    services = sorted({service for service, _ in counts})
    widths = [max(len(each.name), 6) for each in accounts]
    lines = ["".join([f"{'SERVICE':18}"] + [f"  {each.name:>{width}}" for each, width in zip(accounts, widths)]
                     + ["   TOTAL"])]
    for service in services + [None]:
        row = [sum(count for (each, account), count in counts.items()
                   if account == one.id and service in (None, each)) for one in accounts]
        lines.append("".join([f"{service or 'all':18}"] + [f"  {count:>{width}}" for count, width in zip(row, widths)]
                             + [f"   {sum(row):>5}"]))
    return "\n".join(lines)


def show(collector, organization):
    heading("Refresh")
    began = time.monotonic()
    progress = "bar" if sys.stderr.isatty() else "plain"
    code = run(collector, "refresh", "--wait", "--progress", progress)
    took = time.monotonic() - began
    heading("collectorctl status")
    run(collector, "status")
    resources = collector.resources()
    heading(f"{len(resources)} resources by service and account, collected in {took:.1f} s")
    say(table(resources, organization.accounts))
    heading("collectorctl coverage")
    run(collector, "coverage")
    return code


def run(collector, *arguments):
    """A collectorctl command with its output on ours; its exit code."""
    say(f"$ collectorctl {' '.join(arguments)}")
    return subprocess.run([os.path.join(PROGRAMS, "collectorctl"), "--socket", collector.socket, "--no-pager",
                           *arguments], stdin=subprocess.DEVNULL).returncode


def next_steps(collector, organization):
    member = organization.members[0].id
    heading("What to try next")
    say(f"""  export PATH={os.path.abspath(PROGRAMS)}:$PATH INVENTORY_COLLECTOR_SOCKET={collector.socket}
  collectorctl list ec2/instance
  collectorctl list --account {member} -o jsonl | head -n 3
  collectorctl refresh --service lambda --wait
  collectorctl schedules
  sqlite3 {collector.database} \\
    "SELECT resourceType, count(*) FROM inventory GROUP BY 1 ORDER BY 2 DESC LIMIT 10"
""")


def explore():
    """Waits for Ctrl-C or a request to end."""
    ended = threading.Event()
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, lambda *_: ended.set())
    say("The daemon and the emulator run until Ctrl-C.")
    while not ended.wait(3600):
        pass


def main():
    stays = sys.stdin.isatty() and os.environ.get("DEMO_ONCE") != "1"
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    heading("An organisation of three accounts in an AWS emulator")
    say("Starting the emulator and filling it (about 10 s)")
    with Emulator() as emulator:
        organization = seed(emulator.url)
        say(f"AWS is {emulator.url}; the members are reached by AssumeRole with an external id alone:")
        for account in organization.accounts:
            say(f"  {account.id}  {account.name:20}  {account.role}")
        with Collector(emulator.url, configuration(organization), Types=" ".join(SEEDED_TYPES), Regions=" ".join(REGIONS)) as collector:
            say(f"Starting inventory-collectord --config {collector.configuration}")
            collector.start()
            code = show(collector, organization)
            next_steps(collector, organization)
            if stays:
                explore()
            say("Stopping")
    return 0 if code in (0, 7) else code


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
