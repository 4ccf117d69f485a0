"""An EC2 whose accounts hold as many volumes as one likes, and that tells who was served when.

Stands in for the emulator where an estate is too large for it, or where the order of calls is what is tested. Its request
limits are AWS's kind: a token bucket for each account and region.
"""
import collections
import re
import threading
import time
import urllib.parse

from local_service import LocalHandler, LocalService
from throttled_service import Bucket

# What EC2 answers with at most.
PAGE = 1000
# A DescribeVolumes served: when it came and went (steady clock), for whom, which page.
Call = collections.namedtuple("Call", "begun ended account region first")


class VolumesService(LocalService):
    """Serves from the start. `estates` gives the volumes of each region by account."""

    def __init__(self, estates, latency=0.0, page=PAGE):
        self.estates, self.latency, self.page = estates, latency, page
        self.lock = threading.Lock()
        self.calls = []
        self.throttled = collections.Counter()
        self.limits, self.buckets = {}, {}
        self.opened, self.first_held, self.held = threading.Event(), None, 0
        self.serve(Handler)

    def __exit__(self, *error):
        self.hold_from(None)
        super().__exit__(*error)

    def hold_from(self, first):
        """Keeps calls for volumes from that number on waiting; with None, lets them all go on."""
        self.opened.set()
        self.opened, self.first_held = threading.Event(), first

    def wait(self, first):
        time.sleep(self.latency)
        if self.first_held is not None and first >= self.first_held:
            self.held += 1
            self.opened.wait()

    def limit(self, account, rate, capacity):
        """From now on each region of the account lets `rate` calls a second through."""
        self.limits[account] = rate, capacity

    def admits(self, account, region):
        if account not in self.limits:
            return True
        with self.lock:
            key = account, region
            if key not in self.buckets:
                self.buckets[key] = Bucket(*self.limits[account])
            admitted = self.buckets[key].admit()
            self.throttled[account] += not admitted
            return admitted

    def note(self, begun, account, region, first):
        with self.lock:
            self.calls.append(Call(begun, time.monotonic(), account, region, first))

    def calls_of(self, accounts):
        """What was served of these accounts so far, in order of its end."""
        with self.lock:
            return [call for call in self.calls if call.account in accounts]

    def in_flight(self, accounts, begin, end):
        """Calls of these accounts in flight between two instants: mean and most."""
        calls = [call for call in self.calls_of(accounts) if call.ended > begin and call.begun < end]
        edges = [(max(call.begun, begin), 1) for call in calls] + [(min(call.ended, end), -1) for call in calls]
        now, most, total, last = 0, 0, 0.0, begin
        for at, step in sorted(edges):
            total += now * (at - last)
            now, last = now + step, at
            most = max(most, now)
        return total / (end - begin), most


class Handler(LocalHandler):
    def do_POST(self):
        begun = time.monotonic()
        form = urllib.parse.parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        key, region = re.search(r"Credential=([^/]+)/\d+/([^/]+)/", self.headers["Authorization"]).groups()
        if form["Action"][0] == "AssumeRole":
            return self.answer(200, self.assume_role(form["RoleArn"][0].split(":")[4]))
        account = key[-12:]
        if not self.service.admits(account, region):
            return self.answer(503, "<Response><Errors><Error><Code>RequestLimitExceeded</Code><Message>Request limit "
                               "exceeded.</Message></Error></Errors><RequestID>r</RequestID></Response>")
        first = int(form.get("NextToken", ["0"])[0])
        self.service.wait(first)
        self.answer(200, self.volumes(account, region, first))
        self.service.note(begun, account, region, first)

    @staticmethod
    def assume_role(member):
        return (f"<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIA{member}</AccessKeyId>"
                "<SecretAccessKey>none</SecretAccessKey><SessionToken>none</SessionToken>"
                "<Expiration>2199-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>")

    def volumes(self, account, region, first):
        last = min(first + self.service.page, self.service.estates.get(account, 0))
        items = "".join(
            f"<item><volumeId>vol-{region}-{number:017x}</volumeId><size>8</size><availabilityZone>{region}a"
            f"</availabilityZone><status>in-use</status><volumeType>gp3</volumeType><encrypted>true</encrypted>"
            f"<tagSet><item><key>Name</key><value>disk-{number}</value></item></tagSet></item>"
            for number in range(first, last))
        more = f"<nextToken>{last}</nextToken>" if last < self.service.estates.get(account, 0) else ""
        return ('<DescribeVolumesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>r</requestId>'
                f"<volumeSet>{items}</volumeSet>{more}</DescribeVolumesResponse>")
