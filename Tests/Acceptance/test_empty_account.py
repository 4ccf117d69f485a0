import collections
import http.server
import re
import threading
import unittest
import urllib.parse

from collector import Collector
from organization import NO_SCHEDULE, SQLITE

REGIONS = ["eu-central-1", "eu-west-1"]
ACCOUNT = "123456789012"
IDENTITY = f"<GetCallerIdentityResponse><GetCallerIdentityResult><Account>{ACCOUNT}</Account>" \
           f"<Arn>arn:aws:iam::{ACCOUNT}:user/collector</Arn><UserId>AIDA</UserId></GetCallerIdentityResult>" \
           "</GetCallerIdentityResponse>"
XML_SERVICES = {"s3", "cloudfront", "route53"}


class EmptyAWS(http.server.BaseHTTPRequestHandler):
    """Answers every call with a success in its service's protocol in which nothing is, and counts it."""

    protocol_version = "HTTP/1.1"
    # Many at once, and each a small one.
    disable_nagle_algorithm = True

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        scope = re.search(r"Credential=[^/]+/\d+/([^/]+)/([^/]+)/", self.headers.get("Authorization", ""))
        region, service = scope.groups() if scope else ("", "")
        action = urllib.parse.parse_qs(body).get("Action", [""])[0] if "X-Amz-Target" not in self.headers else ""
        if action == "GetCallerIdentity":
            text = IDENTITY
        elif action:
            text = f"<{action}Response><{action}Result/><requestId>1</requestId></{action}Response>" \
                if service != "ec2" else f"<{action}Response><requestId>1</requestId></{action}Response>"
        else:
            text = "<Result/>" if service in XML_SERVICES else "{}"
        with self.server.lock:
            self.server.calls[region] += 1
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    do_GET = do_POST = do_PUT = do_HEAD = answer

    def log_message(self, *_):
        pass


class EmptyAccount(unittest.TestCase):
    def test_calls(self):
        """An account in which nothing is takes fewer than 500 calls a region for all core types."""
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), EmptyAWS)
        server.lock, server.calls, server.daemon_threads = threading.Lock(), collections.Counter(), True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        with Collector(f"http://127.0.0.1:{server.server_port}", SQLITE + NO_SCHEDULE, Types="core",
                       Regions=" ".join(REGIONS)) as ours:
            ours.start()
            coverage = ours.refresh()
        self.assertEqual({each["outcome"] for each in coverage["listings"]}, {"empty"})
        # Global services are asked once, where they answer: in us-east-1, and a few elsewhere.
        for region in REGIONS:
            self.assertGreater(server.calls[region], 100)
            self.assertLess(server.calls[region], 500)
        self.assertLess(sum(server.calls.values()) - sum(server.calls[each] for each in REGIONS), 500)
