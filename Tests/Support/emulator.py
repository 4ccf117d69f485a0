"""AWS on loopback: moto over HTTP, with what AWS does in front of its services and moto does not.

  python emulator.py            serves on a free port, or on EMULATOR_PORT, prints the URL as the first line, ends with SIGTERM

In front of moto stand
- the trust policies of roles: AssumeRole is denied unless the role exists, trusts the caller's account, and
  the external id is the one its policy demands;
- faults on demand, see `Emulator.fault`.
The access key of a session tells the account, so a member account is reached through AssumeRole alone.
"""
import collections
import io
import json
import logging
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request

MANAGEMENT_ACCOUNT = "123456789012"
# Without it every account and region would hold 1,300 snapshots of public images.
MOTO = {"MOTO_EC2_LOAD_DEFAULT_AMIS": "false"}
# Requests that are kept whole for whoever counts them: the newest, about 50 MB.
CALLS = 100_000
KEYS = {"AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE", "AWS_SECRET_ACCESS_KEY": "not-a-secret"}


class Emulator:
    """The emulator as a process of its own."""

    def __init__(self):
        self.errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            [sys.executable, os.path.abspath(__file__)], stdout=subprocess.PIPE, stderr=self.errors,
            stdin=subprocess.DEVNULL, text=True, start_new_session=True, env=os.environ | MOTO)
        self.url = self.process.stdout.readline().strip()
        if not self.url:
            self.errors.seek(0)
            raise RuntimeError("the AWS emulator did not start: " + self.errors.read().decode()[-2000:])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
        self.errors.close()

    def fault(self, *, status=400, code="", message="", body=None, delay=0, times=None, **where):
        """From now on, answers requests that fit `where` (service, operation, region, account) with an error.

        `times` limits it to so many requests; `delay` seconds pass first, and without a `code` or `body` the
        request is then served as usual.
        """
        rule = {"where": where, "status": status, "code": code, "message": message, "body": body, "delay": delay,
                "times": times}
        self._post("/emulator/fault", rule)

    def heal(self):
        """Takes all faults away."""
        self._post("/emulator/heal", {})

    def requests(self):
        """What was asked since the last call: [service, operation, region, account, status] of each request."""
        return json.loads(self._post("/emulator/requests", {}))

    def calls(self):
        """The same with the request itself: [service, operation, region, account, access key, request] of each."""
        return json.loads(self._post("/emulator/calls", {}))

    def _post(self, path, value):
        request = urllib.request.Request(self.url + path, json.dumps(value).encode(), method="POST")
        with urllib.request.urlopen(request, timeout=30) as reply:
            return reply.read().decode()


class FrontDoor:
    """WSGI application before moto."""

    def __init__(self, moto):
        self.moto = moto
        self.lock = threading.Lock()
        self.rules, self.log = [], []
        self.calls = collections.deque(maxlen=CALLS)

    def __call__(self, environ, start_response):
        if environ["PATH_INFO"].startswith("/emulator/"):
            return self.control(environ, start_response)
        body = read_body(environ)
        asked = describe(environ, body)
        with self.lock:
            self.calls.append([asked["service"], asked["operation"], asked["region"], asked["account"], asked["key"],
                               f"{environ['PATH_INFO']}?{environ.get('QUERY_STRING', '')} {body.decode('latin-1')}"])
        rule = self.matching(asked)
        if rule and rule["delay"]:
            time.sleep(rule["delay"])
        if rule and (rule["code"] or rule["body"] is not None):
            return self.answer(start_response, asked, rule["status"], error_body(rule, environ, asked), environ)
        if asked["operation"] == "AssumeRole":
            reason = trust_refusal(urllib.parse.parse_qs(body.decode()), asked["account"])
            if reason:
                refusal = {"code": "AccessDenied", "message": reason, "body": None}
                return self.answer(start_response, asked, 403, error_body(refusal, environ, asked), environ)

        def recording(status, headers, exc_info=None):
            self.record(asked, int(status.split()[0]))
            return start_response(status, headers, exc_info)

        return self.moto(environ, recording)

    def control(self, environ, start_response):
        value = json.loads(read_body(environ) or "{}")
        answer = {}
        with self.lock:
            if environ["PATH_INFO"] == "/emulator/fault":
                self.rules.append(value)
            elif environ["PATH_INFO"] == "/emulator/heal":
                self.rules.clear()
            elif environ["PATH_INFO"] == "/emulator/calls":
                answer = list(self.calls)
                self.calls.clear()
            else:
                answer, self.log = self.log, []
        text = json.dumps(answer).encode()
        start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(text)))])
        return [text]

    def matching(self, asked):
        with self.lock:
            for rule in self.rules:
                if all(asked.get(key) == value for key, value in rule["where"].items()) and rule["times"] != 0:
                    if rule["times"]:
                        rule["times"] -= 1
                    return rule
        return None

    def answer(self, start_response, asked, status, text, environ):
        self.record(asked, status)
        kind = "application/x-amz-json-1.1" if text.startswith(b"{") else "text/xml"
        start_response(f"{status} Fault", [("Content-Type", kind), ("Content-Length", str(len(text)))])
        return [text]

    def record(self, asked, status):
        with self.lock:
            self.log.append([asked["service"], asked["operation"], asked["region"], asked["account"], status])


def read_body(environ):
    """The request's body, which stays readable for the next application."""
    length = int(environ.get("CONTENT_LENGTH") or 0)
    if not length:
        return b""
    body = environ["wsgi.input"].read(length)
    environ["wsgi.input"] = io.BytesIO(body)
    return body


def describe(environ, body):
    """Who asks for what, where: from the signature's scope, the target header or the form."""
    from moto.iam.models import get_account_id_from
    scope = re.search(r"Credential=([^/]+)/\d+/([^/]+)/([^/]+)/", environ.get("HTTP_AUTHORIZATION", ""))
    key, region, service = scope.groups() if scope else ("", "", "")
    target = environ.get("HTTP_X_AMZ_TARGET", "")
    form = re.search(rb"(?:^|&)Action=(\w+)", body) if not target else None
    operation = target.rsplit(".", 1)[-1] or (form.group(1).decode() if form else environ["REQUEST_METHOD"])
    return {"service": service, "region": region, "operation": operation, "account": get_account_id_from(key),
            "path": environ["PATH_INFO"], "key": key}


def trust_refusal(form, caller_account):
    """Why AWS would deny this AssumeRole; None when it would not."""
    from moto.iam.models import iam_backends
    arn = form.get("RoleArn", [""])[0]
    denied = f"User: arn:aws:iam::{caller_account}:user/collector is not authorized to perform: sts:AssumeRole " \
             f"on resource: {arn}"
    parts = arn.split(":")
    if len(parts) != 6:
        return denied
    backends = iam_backends[parts[4]]
    role = next((each for each in backends["aws"].roles.values() if each.arn == arn), None)
    if role is None:
        return denied
    for statement in json.loads(role.assume_role_policy_document)["Statement"]:
        principal = statement.get("Principal", {}).get("AWS", "")
        demanded = statement.get("Condition", {}).get("StringEquals", {}).get("sts:ExternalId")
        if f":{caller_account}:" in principal and demanded in (None, form.get("ExternalId", [None])[0]):
            return None
    return denied


def error_body(rule, environ, asked):
    """The error in the service's own wire format."""
    if rule["body"] is not None:
        return rule["body"].encode()
    code, message = rule["code"], rule["message"] or "fault on demand"
    if environ.get("HTTP_X_AMZ_TARGET") or asked["service"] in ("lambda", "eks", "apigateway"):
        return json.dumps({"__type": code, "message": message}).encode()
    if asked["service"] == "ec2":
        return f"<Response><Errors><Error><Code>{code}</Code><Message>{message}</Message></Error></Errors>" \
               "<RequestID>00000000-0000-0000-0000-000000000000</RequestID></Response>".encode()
    return f"<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error>" \
           "<RequestId>00000000-0000-0000-0000-000000000000</RequestId></ErrorResponse>".encode()


def ask_iam_as_aws_does():
    """Corrects what moto asks IAM for, once it is told to ask (`/moto-api/reset-auth`)."""
    from moto.iam.access_control import IAMRequestBase
    from moto.s3.responses import ACTION_MAP
    # It refuses boto3's own signatures of REST calls too; ours are held against botocore's elsewhere.
    IAMRequestBase.check_signature = lambda request: None
    # Sub-resources of buckets that it takes for ListBucket; the names are the service authorization reference's.
    ACTION_MAP["BUCKET"]["GET"] |= {
        "encryption": "GetEncryptionConfiguration", "publicAccessBlock": "GetBucketPublicAccessBlock",
        "ownershipControls": "GetBucketOwnershipControls", "replication": "GetReplicationConfiguration",
        "object-lock": "GetBucketObjectLockConfiguration", "requestPayment": "GetBucketRequestPayment"}


def serve():
    from moto.server import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
    from werkzeug.serving import make_server
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # a line for each request helps nobody
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    ask_iam_as_aws_does()
    front = FrontDoor(DomainDispatcherApplication(create_backend_app))
    port = int(os.environ.get("EMULATOR_PORT", "0"))
    server = make_server("127.0.0.1", port, front, threaded=True, request_handler=MotoRequestHandler)
    os.environ["MOTO_PORT"] = str(server.server_port)
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    # moto prints a line for each request to a service that it lacks; nobody reads them, and a full pipe would hold it up.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    server.serve_forever()


if __name__ == "__main__":
    serve()
