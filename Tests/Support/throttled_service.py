"""An SNS with many topics behind AWS's kind of request limit: a token bucket for each account, region and operation.

Stands in for the emulator where the limit has to be exact: it answers within a millisecond and counts what it throttles.
"""
import collections
import re
import threading
import time
import urllib.parse

from local_service import LocalHandler, LocalService

ACCOUNT = "123456789012"
PAGE = 100


class Bucket:
    """Holds `capacity` tokens, is filled with `rate` tokens a second; a call takes one."""

    def __init__(self, rate, capacity):
        self.rate, self.capacity = rate, capacity
        self.tokens, self.filled_at = capacity, time.monotonic()
        self.admitted, self.throttled = [], []

    def admit(self):
        now = time.monotonic()
        self.tokens = min(self.capacity, self.tokens + (now - self.filled_at) * self.rate)
        self.filled_at = now
        (self.admitted if self.tokens >= 1 else self.throttled).append(now)
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True

    @property
    def pace(self):
        """Admitted calls a second, from the first to the last, but for what the full bucket gave away."""
        taken = self.admitted[-1] - self.admitted[0]
        return (len(self.admitted) - self.capacity) / taken

    @property
    def throttled_share(self):
        return len(self.throttled) / (len(self.admitted) + len(self.throttled))


class ThrottledService(LocalService):
    """Serves from the start; `limits` gives (rate, capacity) by operation, and others are not limited."""

    def __init__(self, topics, limits):
        self.topics, self.limits = topics, limits
        self.lock = threading.Lock()
        self.buckets = {}
        self.calls = collections.Counter()
        self.serve(Handler)

    def forget(self):
        """Full buckets and nothing counted, as after a long quiet."""
        with self.lock:
            self.buckets.clear()
            self.calls.clear()

    def bucket(self, operation, region="us-east-1", account=ACCOUNT):
        with self.lock:
            return self._bucket(operation, region, account)

    def _bucket(self, operation, region, account):
        key = account, region, operation
        if key not in self.buckets:
            self.buckets[key] = Bucket(*self.limits[operation])
        return self.buckets[key]

    def unlimited(self):
        """A bucket that is never empty."""
        return Bucket(1e9, 1e9)

    def admit(self, operation, region, account):
        with self.lock:
            self.calls[operation] += 1
            return operation not in self.limits or self._bucket(operation, region, account).admit()


class Handler(LocalHandler):
    def do_POST(self):
        form = urllib.parse.parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        key, region = re.search(r"Credential=([^/]+)/\d+/([^/]+)/", self.headers["Authorization"]).groups()
        account = key[-12:] if key[-12:].isdigit() else ACCOUNT
        operation = form["Action"][0]
        if not self.service.admit(operation, region, account):
            return self.answer(400, "<ErrorResponse><Error><Type>Sender</Type><Code>Throttling</Code>"
                               "<Message>Rate exceeded</Message></Error><RequestId>r</RequestId></ErrorResponse>")
        result = getattr(self, operation)(form, f"arn:aws:sns:{region}:{account}:topic-", account)
        self.answer(200, f"<{operation}Response><{operation}Result>{result}</{operation}Result>"
                    f"<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></{operation}Response>")

    def GetCallerIdentity(self, form, prefix, account):
        return f"<Arn>arn:aws:iam::{account}:user/collector</Arn><UserId>AIDA</UserId><Account>{account}</Account>"

    def AssumeRole(self, form, prefix, account):
        member = form["RoleArn"][0].split(":")[4]
        return (f"<Credentials><AccessKeyId>ASIA{member}</AccessKeyId><SecretAccessKey>none</SecretAccessKey>"
                "<SessionToken>none</SessionToken><Expiration>2199-01-01T00:00:00Z</Expiration></Credentials>")

    def ListTopics(self, form, prefix, account):
        first = int(form.get("NextToken", ["0"])[0])
        last = min(first + PAGE, self.service.topics)
        members = "".join(f"<member><TopicArn>{prefix}{n}</TopicArn></member>" for n in range(first, last))
        more = f"<NextToken>{last}</NextToken>" if last < self.service.topics else ""
        return f"<Topics>{members}</Topics>{more}"

    def GetTopicAttributes(self, form, prefix, account):
        arn = form["TopicArn"][0]
        return f"<Attributes><entry><key>TopicArn</key><value>{arn}</value></entry></Attributes>"

    def ListTagsForResource(self, form, prefix, account):
        return "<Tags/>"
