#!/usr/bin/env python3
"""A proxy that makes AWS misbehave, for testing any AWS client over real HTTP. Needs nothing but Python 3.9.

  python3 faultproxy.py --target http://127.0.0.1:5000 [--port N] [--faults FILE] [--seed N]

Prints its URL as the first line; point AWS_ENDPOINT_URL at it. It passes everything on to the target (moto, LocalStack,
a canned endpoint) except what a fault says otherwise. Faults come from a file (a JSON list) or over HTTP while it runs:

  curl -d '{"fault": "error", "code": "Throttling", "where": {"service": "ec2", "page": 2}, "times": 3}' URL/faultproxy/fault
  curl -X POST URL/faultproxy/heal           takes all faults away
  curl -X POST URL/faultproxy/requests       what was asked since the last call, with what was answered

`where` selects requests; what is left out fits everything:
  service      signing name: ec2, s3, sns, dynamodb, …
  operation    DescribeInstances; for REST services method and path, GET /2015-03-31/functions
  account      of the caller: learnt from AssumeRole through this proxy, or given as --account ACCESSKEY=ID
  region       of the signature
  page         1 for a request without a page token, 2 for the first token after that, … (per caller, operation and region)
`fault` is one of
  error        an error reply in the service's own wire format: `code`, `message`, `status` (400)
  throttle     a token bucket for each account, region, service and operation: `rate` a second, `burst`; beyond it
               ThrottlingException, or `code`
  expire       each access key is good for `after` requests, then ExpiredToken
  html         an HTML page, as from a captive portal or a load balancer: `status` (200)
  body         `body` as it is: `status` (200)
  empty        a reply without a body
  truncate     the first half of the real reply, framed as if whole; then the connection ends
  cut          the first half of the real reply, framed as half
  garble       the real reply with bytes in its middle that no format allows
  reset        the connection is reset instead of an answer
  stall        no answer until the client gives up
  delay        the real reply after `delay` seconds (`delay` may also go with any other fault)
  repeat       the real reply of the page before, once more
  loop         the real reply of the first page, once more: its token leads round in circles
  unprocessed  DynamoDB BatchWriteItem: `share` (0.5) of the writes, rounded down, are handed back as UnprocessedItems
`times` limits a fault to so many requests, `chance` (0 to 1, from --seed) makes it rare. The first fault that fits is used.
"""
import argparse
import http.client
import http.server
import json
import os
import random
import re
import socket
import struct
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request

STALL_LIMIT = 600  # seconds; a client that waits longer than this is told by a closed connection
LOG_LIMIT = 100_000  # requests remembered between two questions for them
# Members, parameters and query names that carry a page's token, over all services.
TOKENS = ("NextToken", "nextToken", "next_token", "Marker", "marker", "NextMarker", "ContinuationToken",
          "continuation-token", "PaginationToken", "paginationToken", "ExclusiveStartTableName", "ExclusiveStartKey",
          "LastEvaluatedTableName", "position", "pageToken", "PageToken")
REST_XML = ("s3", "cloudfront", "route53")
REQUEST_ID = "00000000-0000-0000-0000-000000000000"


class FaultProxy:
    """The proxy as a process of its own."""

    def __init__(self, target, *arguments):
        self.process = subprocess.Popen(
            [sys.executable, os.path.abspath(__file__), "--target", target, *arguments], stdout=subprocess.PIPE,
            stdin=subprocess.DEVNULL, text=True, start_new_session=True)
        self.url = self.process.stdout.readline().strip()
        if not self.url:
            raise RuntimeError("the fault proxy did not start")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()

    def fault(self, fault, *, where=None, **facts):
        self._post("fault", {"fault": fault, "where": where or {}, **facts})

    def heal(self):
        self._post("heal", {})

    def requests(self):
        return json.loads(self._post("requests", {}))

    def _post(self, verb, value):
        request = urllib.request.Request(f"{self.url}/faultproxy/{verb}", json.dumps(value).encode(), method="POST")
        with urllib.request.urlopen(request, timeout=30) as reply:
            return reply.read().decode()


class Request:
    """Who asks for what, where, and for which page."""

    def __init__(self, handler, body, state):
        self.body, self.path = body, handler.path
        scope = re.search(r"Credential=([^/]+)/\d+/([^/]+)/([^/]+)/", handler.headers.get("Authorization", ""))
        self.key, self.region, self.service = scope.groups() if scope else ("", "", "")
        self.target = handler.headers.get("X-Amz-Target", "")
        self.form = urllib.parse.parse_qs(body.decode(errors="replace")) if b"Action=" in body and not self.target else {}
        path, _, query = handler.path.partition("?")
        self.operation = self.target.rsplit(".", 1)[-1] or self.form.get("Action", [f"{handler.command} {path}"])[0]
        self.account = state.accounts.get(self.key, "")
        self.page = state.page(self, self.token(urllib.parse.parse_qs(query)))

    def token(self, query):
        for name in TOKENS:
            value = self.form.get(name) or query.get(name)
            if value:
                return value[0]
        if self.body[:1] == b"{":
            try:
                document = json.loads(self.body)
            except ValueError:
                return None
            return next((json.dumps(document[name]) for name in TOKENS if document.get(name)), None)
        return None

    def fits(self, where):
        return all(getattr(self, name) == value for name, value in where.items())

    def error(self, status, code, message):
        """An error in the service's own wire format: status, headers, body."""
        headers = {"x-amzn-requestid": REQUEST_ID}
        if self.target:
            kind, text = "application/x-amz-json-1.1", json.dumps({"__type": code, "message": message})
        elif self.form and self.service == "ec2":
            kind, text = "text/xml", f"<Response><Errors><Error><Code>{code}</Code><Message>{message}</Message></Error>" \
                                     f"</Errors><RequestID>{REQUEST_ID}</RequestID></Response>"
        elif self.form:
            kind, text = "text/xml", f"<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}" \
                                     f"</Message></Error><RequestId>{REQUEST_ID}</RequestId></ErrorResponse>"
        elif self.service == "s3":
            kind, text = "application/xml", f"<Error><Code>{code}</Code><Message>{message}</Message>" \
                                            f"<RequestId>{REQUEST_ID}</RequestId></Error>"
        elif self.service in REST_XML:
            kind, text = "text/xml", f"<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}" \
                                     f"</Message></Error><RequestId>{REQUEST_ID}</RequestId></ErrorResponse>"
        else:
            kind, text = "application/json", json.dumps({"message": message})
            headers["x-amzn-errortype"] = code
        return status, {**headers, "Content-Type": kind}, text.encode()


class State:
    """The faults, what they remember, and the log; shared by all connections."""

    def __init__(self, target, faults, accounts, seed):
        url = urllib.parse.urlsplit(target)
        self.host, self.port = url.hostname, url.port or 80
        self.lock = threading.Lock()
        self.faults, self.accounts, self.random = faults, accounts, random.Random(seed)
        self.log, self.tokens, self.replies, self.buckets, self.uses = [], {}, {}, {}, {}

    def page(self, request, token):
        """The page's number: tokens are counted in the order in which they first came."""
        place = (request.key, request.service, request.operation, request.region)
        with self.lock:
            if token is None:
                self.tokens[place] = []
                return 1
            known = self.tokens.setdefault(place, [])
            if token not in known:
                known.append(token)
            return known.index(token) + 2

    def matching(self, request):
        with self.lock:
            for fault in self.faults:
                if not request.fits(fault.get("where", {})) or fault.get("times") == 0:
                    continue
                if self.random.random() >= fault.get("chance", 1) or not self.strikes(fault, request):
                    continue
                if fault.get("times"):
                    fault["times"] -= 1
                return fault
        return None

    def strikes(self, fault, request):
        """Whether a fault that keeps count strikes this request."""
        if fault["fault"] == "expire":
            self.uses[request.key] = self.uses.get(request.key, 0) + 1
            return request.operation != "AssumeRole" and self.uses[request.key] > fault.get("after", 10)
        if fault["fault"] == "throttle":
            place, now = (request.account, request.region, request.service, request.operation), time.monotonic()
            burst = fault.get("burst", 1)
            level, then = self.buckets.get(place, (burst, now))
            level = min(burst, level + (now - then) * fault.get("rate", 1))
            self.buckets[place] = (max(level - 1, 0) if level >= 1 else level, now)
            return level < 1
        return True

    def learn(self, request, body):
        """The account of a session's access key, from the answer to AssumeRole."""
        key = re.search(rb"<AccessKeyId>([^<]+)</AccessKeyId>", body)
        role = request.form.get("RoleArn", [""])[0].split(":")
        if key and len(role) > 4:
            self.accounts[key.group(1).decode()] = role[4]


class Handler(http.server.BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    state = None

    def log_message(self, *_):
        """A line for each request helps nobody."""

    def handle(self):
        try:
            super().handle()
        except (ConnectionError, TimeoutError):
            pass  # the client went away

    def do_any(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path.startswith("/faultproxy/"):
            return self.control(json.loads(body or b"{}"))
        request = Request(self, body, self.state)
        fault = self.state.matching(request)
        if fault and fault.get("delay"):
            time.sleep(fault["delay"])
        name = fault["fault"] if fault else "delay"
        getattr(self, "on_" + name)(request, fault or {})
        self.note(request, name if fault else None)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = do_PATCH = do_any

    def control(self, value):
        verb, answer = self.path.rsplit("/", 1)[-1], {}
        with self.state.lock:
            if verb == "fault":
                if not hasattr(self, "on_" + value.get("fault", "")):
                    return self.send(400, {}, b'{"error": "no such fault"}')
                self.state.faults.append(value)
            elif verb == "heal":
                self.state.faults.clear()
            else:
                answer, self.state.log = self.state.log, []
        self.send(200, {"Content-Type": "application/json"}, json.dumps(answer).encode())

    def note(self, request, fault):
        with self.state.lock:
            if len(self.state.log) < LOG_LIMIT:
                self.state.log.append({
                    "service": request.service, "operation": request.operation, "region": request.region,
                    "account": request.account, "page": request.page, "fault": fault})

    def real(self, request, body=None):
        """The target's own reply: status, headers, body."""
        body = request.body if body is None else body
        upstream = http.client.HTTPConnection(self.state.host, self.state.port, timeout=STALL_LIMIT)
        headers = {name: value for name, value in self.headers.items()
                   if name.lower() not in ("connection", "content-length", "transfer-encoding", "accept-encoding")}
        upstream.request(self.command, self.path, body, {**headers, "Content-Length": str(len(body))})
        reply = upstream.getresponse()
        content = reply.read()
        upstream.close()
        if request.operation == "AssumeRole":
            self.state.learn(request, content)
        kept = {name: value for name, value in reply.getheaders()
                if name.lower() not in ("connection", "content-length", "transfer-encoding", "server", "date")}
        place = (request.key, request.service, request.operation, request.region)
        with self.state.lock:
            self.state.replies[place, request.page] = (reply.status, kept, content)
        return reply.status, kept, content

    def send(self, status, headers, body, length=None):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        self.wfile.flush()

    # The faults.

    def on_delay(self, request, _):
        self.send(*self.real(request))

    def on_error(self, request, fault):
        self.send(*request.error(fault.get("status", 400), fault.get("code", "InternalFailure"),
                                 fault.get("message", "fault on demand")))

    def on_throttle(self, request, fault):
        self.send(*request.error(fault.get("status", 400), fault.get("code", "ThrottlingException"), "Rate exceeded"))

    def on_expire(self, request, fault):
        self.send(*request.error(fault.get("status", 400), fault.get("code", "ExpiredToken"),
                                 "The security token included in the request is expired"))

    def on_html(self, request, fault):
        page = b"<!DOCTYPE html><html><head><title>Sign in</title></head><body>Welcome</body></html>"
        self.send(fault.get("status", 200), {"Content-Type": "text/html"}, page)

    def on_body(self, request, fault):
        self.send(fault.get("status", 200), {}, fault.get("body", "").encode())

    def on_empty(self, request, _):
        self.send(200, {}, b"")

    def on_truncate(self, request, _):
        status, headers, body = self.real(request)
        self.send(status, headers, body[:len(body) // 2], length=len(body))
        self.close_connection = True

    def on_cut(self, request, _):
        status, headers, body = self.real(request)
        self.send(status, headers, body[:len(body) // 2])

    def on_garble(self, request, _):
        status, headers, body = self.real(request)
        middle = len(body) // 2
        self.send(status, headers, body[:middle] + b"\x01<{\"" + body[middle:])

    def on_reset(self, request, _):
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True

    def on_stall(self, request, _):
        self.connection.settimeout(STALL_LIMIT)
        try:
            self.connection.recv(1)
        except OSError:
            pass
        self.close_connection = True

    def replay(self, request, page):
        place = (request.key, request.service, request.operation, request.region)
        with self.state.lock:
            known = self.state.replies.get((place, page))
        self.send(*(known or self.real(request)))

    def on_repeat(self, request, _):
        self.replay(request, request.page - 1)

    def on_loop(self, request, _):
        self.replay(request, 1)

    def on_unprocessed(self, request, fault):
        if request.operation != "BatchWriteItem":
            return self.on_delay(request, fault)
        document = json.loads(request.body)
        kept, back = {}, {}
        for table, writes in document["RequestItems"].items():
            count = int(len(writes) * fault.get("share", 0.5))
            kept[table], back[table] = writes[count:], writes[:count]
        kept = {table: writes for table, writes in kept.items() if writes}
        status, headers, body = 200, {"Content-Type": "application/x-amz-json-1.0"}, b"{}"
        if kept:
            status, headers, body = self.real(request, json.dumps({**document, "RequestItems": kept}).encode())
        if status == 200:
            answer = json.loads(body)
            for table, writes in answer.get("UnprocessedItems", {}).items():
                back.setdefault(table, []).extend(writes)
            answer["UnprocessedItems"] = {table: writes for table, writes in back.items() if writes}
            body = json.dumps(answer).encode()
            headers = {name: value for name, value in headers.items() if name.lower() != "x-amz-crc32"}
        self.send(status, headers, body)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, *_):
        """A connection that the client broke is no news."""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--target", required=True, help="where the real endpoint is: http://host:port")
    parser.add_argument("--port", type=int, default=0, help="where to listen on loopback; any free port by default")
    parser.add_argument("--faults", help="a JSON file with a list of faults to begin with")
    parser.add_argument("--seed", type=int, default=1, help="of `chance`")
    parser.add_argument("--account", action="append", default=[], metavar="ACCESSKEY=ID", help="whose key is whose")
    options = parser.parse_args()
    faults = []
    if options.faults:
        with open(options.faults, encoding="utf-8") as file:
            faults = json.load(file)
    accounts = dict(each.split("=", 1) for each in options.account)
    Handler.state = State(options.target, faults, accounts, options.seed)
    server = Server(("127.0.0.1", options.port), Handler)
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
