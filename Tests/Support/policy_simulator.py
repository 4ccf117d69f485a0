"""IAM's policy simulator in front of the emulator, which has none: a double of ours, built from botocore's model.

Everything but SimulatePrincipalPolicy is passed on. The replies are made by botocore's shapes and moto's serialiser, so that
boto3 reads them; what they say of an action is what the test told.
"""
import http.client
import urllib.parse

from moto.core.serialize import QuerySerializer
from moto.core.utils import get_service_model

from local_service import LocalHandler, LocalService

OPERATION = "SimulatePrincipalPolicy"


class PolicySimulator(LocalService):
    """Serves from the start.

    `verdicts` gives by action what differs from plainly allowed: the members of its EvaluationResult. `unknown` are actions
    for which IAM refuses the whole simulation. `page` is how many results IAM gives at most, whatever is asked for.
    """

    def __init__(self, target):
        self.target = urllib.parse.urlsplit(target)
        # botocore's model file, in moto's classes.
        self.model = get_service_model("iam").operation_model(OPERATION)
        self.verdicts, self.unknown, self.page, self.refusal = {}, set(), 1000, None
        self.asked = []
        self.serve(Handler)

    def answer(self, form):
        """(status, body) of a simulation."""
        actions = [value for key, value in form.items() if key.startswith("ActionNames.member.")]
        self.asked.append(actions)
        if self.refusal:
            return 403, error(self.refusal, "not authorized to perform: iam:SimulatePrincipalPolicy")
        if self.unknown & set(actions):
            return 400, error("InvalidInput", "an action is not valid")
        start = int(form.get("Marker", "0"))
        end = start + min(self.page, int(form["MaxItems"]))
        results = [{"EvalActionName": each, "EvalResourceName": "*", "EvalDecision": "allowed", "MatchedStatements": [],
                    "MissingContextValues": [], **self.verdicts.get(each, {})} for each in actions[start:end]]
        output = {"EvaluationResults": results, "IsTruncated": end < len(actions)}
        if end < len(actions):
            output["Marker"] = str(end)
        return 200, QuerySerializer(self.model).serialize(output)["body"]


def error(code, message):
    return ('<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type>'
            f"<Code>{code}</Code><Message>{message}</Message></Error><RequestId>1</RequestId></ErrorResponse>")


class Handler(LocalHandler):
    def handle_any(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        form = dict(urllib.parse.parse_qsl(body.decode("latin-1")))
        if form.get("Action") == OPERATION:
            status, text = self.service.answer(form)
            return self.reply(status, {"Content-Type": "text/xml"}, text if isinstance(text, bytes) else text.encode())
        target = self.service.target
        connection = http.client.HTTPConnection(target.hostname, target.port, timeout=60)
        try:
            connection.request(self.command, self.path, body, dict(self.headers))
            found = connection.getresponse()
            kept = {name: value for name, value in found.getheaders()
                    if name.lower() not in ("content-length", "transfer-encoding", "connection")}
            self.reply(found.status, kept, found.read())
        finally:
            connection.close()

    do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = handle_any

    def reply(self, status, headers, body):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
