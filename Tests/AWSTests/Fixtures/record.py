#!/usr/bin/env python3
"""Makes the catalogue's calls against the seeded AWS emulator with botocore and writes down what went over the wire.

    record.py FOLDER     FOLDER/replies.jsonl and FOLDER/requests.jsonl; tests read them where WIRE_RECORDED says FOLDER

Every listing of a service that the emulator has, and the details and enrichments of its first items. A line holds what
make_replies.py and make_requests.py write, but the bytes are those that were sent, and a request has its signature.
"""
import calendar
import contextlib
import json
import pathlib
import re
import sys
import time
import urllib.parse

import botocore
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.handlers import generate_idempotent_uuid
from botocore.parsers import ResponseParserError

import make_replies
import make_requests

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT / "Tests/Acceptance"), str(ROOT / "Tests/Support")]

import fixtures  # noqa: E402
from emulator import KEYS, Emulator  # noqa: E402
from reference import Reference  # noqa: E402

CONFIG = Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"}, parameter_validation=False)
# What the emulator answers wrongly: an object where the model has a flag.
WRONG = {("sesv2", "GetConfigurationSet")}
# Items of a type that are followed: more say the same again.
FOLLOWED = 2


class Clients(fixtures.Clients):
    """Clients that send to the emulator what they would send to AWS."""

    def __call__(self, service):
        if service not in self.known:
            client = self.session.client(service, region_name=fixtures.REGION, endpoint_url=self.url, config=CONFIG,
                                         **self.keys)
            client.meta.events.unregister("before-parameter-build", generate_idempotent_uuid)
            self.known[service] = client
        return self.known[service]


class Recorder(Reference):
    """Does the catalogue's calls, each once, and keeps those that were answered with a success."""

    def __init__(self, clients, account, region):
        super().__init__(clients, account, region)
        self.catalogue, self.seen, self.asked = make_replies.catalogue(), {}, set()
        self.replies, self.requests = [], []
        self.hooked = set()
        self.prefix = self.sent = self.received = None

    def hook(self, service):
        client = self.clients(service)
        if service not in self.hooked:
            self.hooked.add(service)
            client.meta.events.register("before-call", self.before_call)
            client.meta.events.register("before-send", self.before_send)
            client.meta.events.register("before-parse", self.before_parse)
        return client

    def before_call(self, params, **_):
        self.prefix = params.get("host_prefix")

    def before_send(self, request, **_):
        self.sent = request.method, request.url, dict(request.headers.items()), request.body or b""
        # Labels in front of the host are for AWS's names, not for a loopback address.
        parts = urllib.parse.urlsplit(request.url)
        request.url = urllib.parse.urlunsplit(parts._replace(netloc=urllib.parse.urlsplit(self.clients.url).netloc))

    def before_parse(self, response_dict, **_):
        self.received = response_dict

    def call(self, service, operation, arguments):
        key = service, operation, json.dumps(arguments, sort_keys=True, default=str)
        if key not in self.seen:
            self.seen[key] = self.fresh(service, operation, arguments)
        answer = self.seen[key]
        if isinstance(answer, Exception):
            raise answer
        return answer

    def fresh(self, service, operation, arguments):
        client = self.hook(service)
        self.asked.add((service, operation))
        self.sent = self.received = None
        try:
            client._make_api_call(operation, json.loads(json.dumps(arguments)))
        except (ClientError, BotoCoreError, ResponseParserError, ValueError) as error:
            return error if isinstance(error, ClientError) else Unanswered(str(error))
        if not self.received or self.received["status_code"] >= 300:
            return Unanswered("no success")
        return self.keep(service, operation, arguments)

    def keep(self, service, operation, arguments):
        if (service, operation) in WRONG:
            return Unanswered("wrong")
        protocol, operations = self.catalogue[service]
        headers = {name: value for name, value in self.received["headers"].items()}
        body = self.received["body"].decode()
        reader = make_replies.Reader(self.clients(service))
        expected = reader.read(protocol, reader.model.operation_model(operation), headers, body)
        self.replies.append({"service": service, "operation": operation, "steps": operations[operation],
                             "headers": headers, "body": body, "expected": expected})
        self.requests.append({"service": service, "operation": operation, "input": arguments,
                              "request": self.described()})
        return expected

    def described(self):
        method, url, headers, body = self.sent
        parts = urllib.parse.urlsplit(url)
        headers = {name.lower(): text(value) for name, value in headers.items()}
        account = re.match(r"\d{12}\.", parts.netloc)
        kept = {name: value for name, value in headers.items() if name not in make_requests.IGNORED}
        return {"method": method, "path": parts.path or "/",
                "query": sorted(urllib.parse.parse_qsl(parts.query, keep_blank_values=True)), "headers": kept,
                "body": text(body), "hostPrefix": self.prefix or (account[0] if account else None),
                "signed": self.signature(parts.netloc, headers)}

    @staticmethod
    def signature(host, headers):
        """What a signature is made of beside the request, and botocore's."""
        authorization = headers["authorization"]
        names = re.search("SignedHeaders=([^,]*)", authorization)[1].split(";")
        seconds = calendar.timegm(time.strptime(headers["x-amz-date"], "%Y%m%dT%H%M%SZ"))
        return {"host": host, "headers": {name: headers[name] for name in names if name in headers},
                "scope": re.search("Credential=([^,]*)", authorization)[1].split("/"), "seconds": seconds,
                "secret": KEYS["AWS_SECRET_ACCESS_KEY"], "authorization": authorization}


class Unanswered(Exception):
    pass


def text(value):
    return value.decode() if isinstance(value, bytes) else value


def served(service, model):
    """Whether the emulator has a backend for one of the service's hosts; it answers the others with pages of HTML."""
    from moto.backend_index import backend_url_patterns
    names = {service, model["signingName"], model["endpointPrefix"]}
    hosts = [f"https://{name}{rest}" for name in names
             for rest in (f".{fixtures.REGION}.amazonaws.com", ".amazonaws.com", f".{fixtures.REGION}.api.aws")]
    return any(pattern.match(host) for _, pattern in backend_url_patterns for host in hosts)


def follow_all(recorder, service, kind, items):
    for item in items[:FOLLOWED]:
        calls = [(kind["detail"], True)] if "detail" in kind else []
        for call, is_detail in calls + [(each, False) for each in kind.get("enrichments", [])]:
            with contextlib.suppress(ClientError, Unanswered, IndexError, KeyError, TypeError):
                recorder.follow(service, call, item, {}, is_detail)


def record(recorder, services):
    for service in services:
        with open(make_replies.SERVICES / f"{service}.json", encoding="utf-8") as file:
            document = json.load(file)
        if not served(service, document):
            continue
        for name, kind in document["types"].items():
            full = f"{service}/{name}"
            try:
                items = recorder.items(full)
            except (ClientError, Unanswered):
                recorder.listed[full] = []
                continue
            follow_all(recorder, service, kind, items)


def write(path, cases):
    with path.open("w", encoding="utf-8") as lines:
        lines.write(json.dumps({"botocore": botocore.__version__}) + "\n")
        for case in cases:
            lines.write(json.dumps(case, ensure_ascii=False) + "\n")


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    with Emulator() as emulator:
        keys = {key.lower(): value for key, value in KEYS.items()}
        fixtures.seed(fixtures.Clients(emulator.url, keys))
        recorder = Recorder(Clients(emulator.url, keys), fixtures.ACCOUNT, fixtures.REGION)
        record(recorder, sorted(recorder.catalogue))
    write(folder / "replies.jsonl", recorder.replies)
    write(folder / "requests.jsonl", recorder.requests)
    answered = {(each["service"], each["operation"]) for each in recorder.replies}
    services = {service for service, _ in answered}
    print(f"{len(recorder.replies)} replies of {len(answered)} operations in {len(services)} services; "
          f"{len(recorder.asked - answered)} operations were asked and not answered")


if __name__ == "__main__":
    main()
