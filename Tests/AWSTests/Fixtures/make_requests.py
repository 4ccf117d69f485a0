#!/usr/bin/env python3
"""Writes inputs of the catalogue's calls and the requests botocore makes of them, one JSON object a line.

    make_requests.py          the small, checked-in sample: requests.jsonl beside this file
    make_requests.py FILE     every call of the catalogue; a test reads FILE from WIRE_REQUESTS

Requests come from botocore's whole client, its handlers included, with the last step, sending, left out. Values that a
parent or an item would give are random texts, awkward ones where the service's endpoint rules take them.
"""
import io
import json
import pathlib
import random
import sys
import urllib.parse

import botocore
from botocore.awsrequest import AWSResponse
from botocore.config import Config
from botocore.handlers import generate_idempotent_uuid
from botocore.session import Session

HERE = pathlib.Path(__file__).resolve().parent
SERVICES = HERE.parents[2] / "Sources/CCatalogue/data/services"
SAMPLE = {"query": 50, "ec2": 50, "json": 60, "rest-json": 100, "rest-xml": 50}
ACCOUNT = "111122223333"
AWKWARD = ["plain", "a b", "a+b", "a/b/c", "arn:aws:x:us-east-1:1:y/z", "ä東🗼", "100%", "%2F", "a&b=c", "?q#f", "~-_.", "a;b,c",
           "<x>'\"", "{x}", "tab\tline\n", "/hostedzone/Z123", "a..b", "."]
# Headers of botocore's own, of the connection, or of features that a reader does not need.
IGNORED = {"user-agent", "x-amzn-trace-id", "expect", "content-length", "amz-sdk-invocation-id", "amz-sdk-request",
           "x-amz-date", "authorization", "x-amz-content-sha256", "host", "accept-encoding", "x-amzn-query-mode",
           "x-amz-security-token", "content-md5"}


class Caught(Exception):
    pass


class FoundEndpoint(io.BytesIO):
    """The reply to the question for an endpoint, which some services want asked first."""

    def stream(self, *_, **__):
        yield self.read()


class Calls:
    def __init__(self, session, name):
        self.client = session.create_client(
            name, region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b",
            config=Config(parameter_validation=False, retries={"total_max_attempts": 1},
                          s3={"addressing_style": "path"}))
        self.model = self.client.meta.service_model
        self.prefix = None
        # Tokens against repetition mean nothing where nothing is made, and are random.
        self.client.meta.events.unregister("before-parameter-build", generate_idempotent_uuid)
        self.client.meta.events.register("before-call", self.before_call)
        self.client.meta.events.register("before-send", self.before_send)

    def before_call(self, params, **_):
        self.prefix = params.get("host_prefix")

    def before_send(self, request, **_):
        if request.headers.get("X-Amz-Target", b"").endswith(b".DescribeEndpoints"):
            body = b'{"Endpoints":[{"Address":"found.example.com","CachePeriodInMinutes":1440}]}'
            return AWSResponse(request.url, 200, {}, FoundEndpoint(body))
        raise Caught(request)

    def request(self, operation, members):
        try:
            self.client._make_api_call(operation, json.loads(json.dumps(members)))
        except Caught as caught:
            return self.described(caught.args[0])
        raise RuntimeError("nothing was sent")

    def described(self, request):
        url = urllib.parse.urlsplit(request.url)
        # S3 Control's endpoint rules put the account in front, not the model.
        by_rules = ACCOUNT + "." if url.netloc.startswith(ACCOUNT + ".") else None
        headers = {}
        for name, value in request.headers.items():
            if name.lower() not in IGNORED:
                headers[name.lower()] = value.decode() if isinstance(value, bytes) else value
        body = request.body or b""
        return {"method": request.method, "path": url.path or "/",
                "query": sorted(urllib.parse.parse_qsl(url.query, keep_blank_values=True)), "headers": headers,
                "body": body.decode() if isinstance(body, bytes) else body, "hostPrefix": self.prefix or by_rules}


class Inputs:
    def __init__(self, seed, client):
        self.random, self.model = random.Random(seed), client.model

    def value(self, shape, name):
        """A value that an item might give for the input member."""
        kind = shape.type_name
        if kind == "list":
            return [self.value(shape.member, name) for _ in range(self.random.randint(1, 3))]
        if kind in ("integer", "long"):
            return self.random.randint(0, 10**9)
        if kind == "boolean":
            return self.random.choice([True, False])
        if kind == "structure":
            return {key: self.value(member, key) for key, member in shape.members.items() if self.random.random() < 0.5}
        if kind == "map":
            return {"k": self.value(shape.value, name)}
        if kind in ("float", "double"):
            return 0.5
        if kind in ("timestamp", "blob"):
            raise ValueError(f"{name}: {kind}")
        if name in ("Bucket", "AccountId") or shape.serialization.get("hostLabel") or shape.serialization.get("contextParam"):
            return ACCOUNT if "ccount" in name else "my.bucket-1"
        return self.random.choice(AWKWARD)

    def members(self, operation, names, constants):
        shape = self.model.operation_model(operation).input_shape
        members = json.loads(json.dumps(constants).replace("{account}", ACCOUNT))
        for name in names:
            members[name] = self.value(shape.members[name], name)
        return members


def calls(document):
    """(operation, names of the members with values from elsewhere, constants) of every call, without repetition."""
    seen = set()
    for entry in document["types"].values():
        parent = list(entry.get("parent", {}).get("inputs", {}))
        pages = entry.get("pages", {}).get("in", [])
        found = [(entry["operation"], parent + more, each.get("members", {}))
                 for each in entry.get("inputs", [{}]) for more in ([], pages)]
        for follow in [entry.get("detail")] + entry.get("enrichments", []):
            if follow:
                found.append((follow["operation"], list(follow["inputs"]), follow.get("constants", {})))
        for call in found:
            if json.dumps(call) not in seen:
                seen.add(json.dumps(call))
                yield call


def main():
    is_sample = len(sys.argv) < 2
    target = HERE / "requests.jsonl" if is_sample else pathlib.Path(sys.argv[1])
    chosen = []
    for path in sorted(SERVICES.glob("*.json")):
        document = json.loads(path.read_text())
        chosen += [(path.stem, document["protocol"], place, *call) for place, call in enumerate(calls(document))]
    if is_sample:
        pick, kept = random.Random(1), []
        for protocol, count in SAMPLE.items():
            kept += sorted(pick.sample([each for each in chosen if each[1] == protocol], count))
        kept += [each for each in chosen if each[0] in ("glacier", "apigateway", "route53") and each not in kept]
        chosen = kept
    session, current, refused = Session(), None, 0
    with target.open("w") as lines:
        lines.write(json.dumps({"botocore": botocore.__version__}) + "\n")
        for name, protocol, place, operation, names, constants in chosen:
            if current is None or current[0] != name:
                current = name, Calls(session, name)
            made = current[1]
            try:
                members = Inputs(f"{name} {place}", made).members(operation, names, constants)
                request = made.request(operation, members)
            except Exception as error:  # what botocore does not send says nothing about ours
                refused += 1
                print(f"{name} {operation}: {error!r:.200}", file=sys.stderr)
                continue
            case = {"service": name, "operation": operation, "input": members, "request": request}
            lines.write(json.dumps(case, ensure_ascii=False) + "\n")
    print(f"{target.stat().st_size} bytes, {refused} refused")


if __name__ == "__main__":
    main()
