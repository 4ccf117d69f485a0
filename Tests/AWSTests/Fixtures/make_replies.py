#!/usr/bin/env python3
"""Writes replies that AWS could send and what botocore (so the AWS CLI) makes of them, one JSON object a line.

    make_replies.py                     the small, checked-in sample: replies.jsonl beside this file
    make_replies.py FILE [PER_OPERATION [SEED]]
                                        every operation of the catalogue; a test reads FILE from WIRE_CASES

Replies are random instances of botocore's output shapes, written by this script in the service's protocol and read by
botocore. The catalogue says only which operations there are and where their lists stand.
"""
import base64
import datetime
import email.utils
import json
import pathlib
import random
import sys
import urllib.parse

import botocore
from botocore.awsrequest import HeadersDict
from botocore.parsers import PROTOCOL_PARSERS
from botocore.session import Session
from botocore.utils import parse_timestamp

HERE = pathlib.Path(__file__).resolve().parent
SERVICES = HERE.parents[2] / "Sources/CCatalogue/data/services"
SAMPLE_OPERATIONS = {"query": 22, "ec2": 22, "json": 26, "rest-json": 30, "rest-xml": 30}
SAMPLE_CASES = 300

LETTERS = ["a", "Z", "0", "-", "_", " ", "/", ":", "&", "<", ">", '"', "'", "\\", "\n", "\t", "\r", "é", "ß", "東", "🗼",
           "\u2028", "\x7f", "%", "{", "}", "[", "]", ",", "\ufffd", "]]>", "&amp;", "\\u0041", "--"]
JSON_LETTERS = ["\x00", "\x01", "\x08", "\x0c", "\x1f"]


class Raw(str):
    """JSON text that is written as it is."""


class Replies:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.budget = 0

    # Values

    def chance(self, share):
        return self.random.random() < share

    def text(self, is_json):
        kind = self.random.random()
        if kind < 0.05:
            return ""
        if kind < 0.6:
            return "".join(self.random.choices("abcdefXYZ0189-", k=self.random.randint(1, 12)))
        letters = LETTERS + JSON_LETTERS if is_json else LETTERS
        return "".join(self.random.choices(letters, k=self.random.randint(1, 14)))

    def integer(self):
        return self.random.choice(["0", "-1", "7", "65536", "-2147483648", "4294967296", "9223372036854775807",
                                   "-9223372036854775808", "18446744073709551616", str(self.random.randint(0, 10**6))])

    def float(self):
        return self.random.choice(["0.0", "1.0", "-0.5", "1e-7", "2.5E+10", "3", "0.1", "123456789.125", "1E3",
                                   repr(self.random.random() * 1000)])

    def moment(self):
        seconds = self.random.choice([0, 1, 1705314600, 951782400, 4102444799, 253402300000,
                                      self.random.randint(0, 4_000_000_000)])
        micros = self.random.choice([0, 0, 0, 1, 500000, 120000, 999999, self.random.randint(0, 999999)])
        return datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=seconds, microseconds=micros)

    def timestamp(self):
        """The text of a timestamp and whether it is a number."""
        moment = self.moment()
        plain = moment.strftime("%Y-%m-%dT%H:%M:%S")
        plain = plain.zfill(19)
        micros = f".{moment.microsecond:06d}" if moment.microsecond else self.random.choice(["", ".0", ".000"])
        epoch = int((moment - datetime.datetime(1970, 1, 1)).total_seconds())
        form = self.random.randrange(12)
        if form < 3:
            return str(epoch), True
        if form == 3:
            return f"{epoch}.{moment.microsecond:06d}", True
        if form == 4:
            return f"{epoch}.{moment.microsecond // 1000:03d}", True
        if form == 5:
            return f"{epoch / 10**9!r}E9" if "e" not in repr(epoch / 10**9) else str(epoch), True
        if form == 6:
            return email.utils.format_datetime(moment.replace(tzinfo=datetime.timezone.utc), usegmt=True), False
        if form == 7:
            return plain[:10], False
        if form == 8:
            return plain + micros + self.random.choice(["+00:00", "+0200", "-05:30"]), False
        if form == 9:
            return plain + micros, False
        return plain + micros + "Z", False

    def blob(self):
        return base64.b64encode(self.random.randbytes(self.random.randint(0, 9))).decode()

    def policy(self):
        document = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:*", self.text(False)],
                    "Resource": "arn:aws:s3:::b/*", "Condition": {"NumericLessThan": {"x": 1.5}}}]}
        text = json.dumps(document, indent=self.random.choice([None, 2]))
        return self.random.choice([urllib.parse.quote(text, safe=""), urllib.parse.quote(text), text,
                                   urllib.parse.quote(text)[:-4], "not a policy", "%7B%zz", ""])

    def any(self, depth=0):
        kind = self.random.randrange(9 if depth < 3 else 6)
        if kind == 0:
            return None
        if kind == 1:
            return self.chance(0.5)
        if kind == 2:
            return Raw(self.integer())
        if kind == 3:
            return Raw(self.float())
        if kind < 6:
            return self.text(True)
        if kind == 6:
            return [self.any(depth + 1) for _ in range(self.random.randint(0, 3))]
        return {self.text(True) + str(place): self.any(depth + 1) for place in range(self.random.randint(0, 3))}

    def members(self, shape, depth, hidden=()):
        """Names of the members to send: a random part, less the deeper it gets."""
        known = [name for name, member in shape.members.items()
                 if name not in hidden and member.serialization.get("location") is None
                 and not member.serialization.get("eventstream")]
        if getattr(shape, "is_tagged_union", False):
            return [self.random.choice(known)] if known else []
        self.budget -= len(known) // 4
        share = 0.75 if self.budget > 0 else 0.15 if depth < 6 else 0
        if depth > 24:
            share = 0
        return [name for name in known if self.chance(share)]

    def count(self, depth):
        if self.budget <= 0 and depth > 2:
            return self.random.choice([0, 0, 1])
        return self.random.choice([0, 1, 1, 2, 3]) if depth > 1 else self.random.choice([0, 1, 2, 3, 4])

    # JSON

    def json(self, shape, depth=0, is_rest=False):
        self.budget -= 1
        kind = shape.type_name
        if kind == "structure":
            return self.any() if shape.is_document_type and depth else self.json_structure(shape, depth, is_rest)
        if kind == "list":
            elements = [self.json(shape.member, depth + 1, is_rest) for _ in range(self.count(depth))]
            if self.chance(0.06):
                elements.insert(self.random.randint(0, len(elements)), None)
            return elements
        if kind == "map":
            pairs = {self.text(True) + str(place): self.json(shape.value, depth + 1, is_rest)
                     for place in range(self.count(depth))}
            if shape.value.type_name in ("string", "structure") and self.chance(0.06):
                pairs["null"] = None
            return pairs
        return self.json_scalar(kind, is_rest)

    def json_structure(self, shape, depth, is_rest):
        value = {}
        if getattr(shape, "is_tagged_union", False) and self.chance(0.1):
            return {self.random.choice(["unknownMember", "Later"]): self.any()}
        for name in self.members(shape, depth):
            member = shape.members[name]
            value[member.serialization.get("name", name)] = self.json(member, depth + 1, is_rest)
        if self.chance(0.1):
            value["__type"] = "com.amazonaws.x#" + shape.name
        if not getattr(shape, "is_tagged_union", False):
            # AWS never answers with nothing but members that nobody knows; the daemon takes that for another's reply.
            if self.chance(0.1) and (depth or value.keys() - {"__type"}):
                value["memberOfTomorrow"] = self.any()
            for name, member in shape.members.items():
                wire = member.serialization.get("name", name)
                if wire not in value and member.serialization.get("location") is None and self.chance(0.04):
                    value[wire] = None
        if self.chance(0.2):
            pairs = list(value.items())
            self.random.shuffle(pairs)
            value = dict(pairs)
        return value

    def json_scalar(self, kind, is_rest):
        if kind in ("integer", "long", "short", "byte", "bigInteger"):
            text = self.integer()
            return text if is_rest and self.chance(0.15) else Raw(text)
        if kind in ("float", "double", "bigDecimal"):
            text = self.float()
            return text if is_rest and self.chance(0.15) else Raw(text)
        if kind == "boolean":
            flag = self.chance(0.5)
            return self.random.choice(["true", "false", "True", "FALSE"]) if is_rest and self.chance(0.15) else flag
        if kind == "timestamp":
            text, is_number = self.timestamp()
            return Raw(text) if is_number and self.chance(0.9) else text
        return self.blob() if kind == "blob" else self.text(True)

    def dumps(self, value):
        """JSON text with random white space and escapes."""
        space = self.random.choice(["", "", " ", "\n  "])
        escapes = self.random.choice([0, 0, 0.3])

        def string(text):
            text = json.dumps(text, ensure_ascii=self.chance(0.3))
            if escapes and self.chance(escapes):
                text = text.replace("/", "\\/")
            return text

        def write(value):
            if isinstance(value, Raw):
                return str(value)
            if isinstance(value, str):
                return string(value)
            if isinstance(value, dict):
                inner = ("," + space).join(f"{json.dumps(key)}:{space}{write(each)}" for key, each in value.items())
                return "{" + space + inner + space + "}"
            if isinstance(value, list):
                return "[" + space + ("," + space).join(write(each) for each in value) + space + "]"
            return json.dumps(value)

        return write(value)

    # XML

    def escape(self, text):
        result = ""
        for letter in text:
            if letter in "<&" or letter == ">" or (letter in "\"'" and self.chance(0.5)):
                names = {"<": "&lt;", "&": "&amp;", ">": "&gt;", '"': "&quot;", "'": "&apos;"}
                result += names[letter] if self.chance(0.8) else f"&#{ord(letter)};"
            elif letter == "\r":
                result += self.random.choice(["&#13;", "&#xD;", "\r", "\r\n"])
            elif ord(letter) > 0x7F and self.chance(0.2):
                result += f"&#x{ord(letter):x};"
            else:
                result += letter
        return result

    def wrap(self, text):
        """The text of an element, now and then as CDATA or with a comment inside."""
        if text and self.chance(0.05) and "]]>" not in text:
            return f"<![CDATA[{text}]]>"
        written = self.escape(text)
        return written + "<!-- a > b -->" if written and self.chance(0.03) else written

    def element(self, name, inner, attributes=""):
        if not inner and self.chance(0.5):
            return f"<{name}{attributes}/>"
        return f"<{name}{attributes}>{inner}</{name}>"

    def space(self):
        return self.random.choice(["", "", "", "\n    "])

    def xml(self, name, shape, depth=0):
        """The elements that stand for a value; several for flattened lists and maps."""
        self.budget -= 1
        kind = shape.type_name
        flattened = shape.serialization.get("flattened")
        if kind == "structure":
            return self.element(name, self.xml_members(shape, depth), self.attributes(shape))
        if kind == "list":
            inner_name = shape.member.serialization.get("name") or self.random.choice(["member", "item"])
            if flattened:
                own = shape.member.serialization.get("name") or name
                return "".join(self.xml(own, shape.member, depth + 1) for _ in range(max(1, self.count(depth))))
            inner = "".join(self.space() + self.xml(inner_name, shape.member, depth + 1)
                            for _ in range(self.count(depth)))
            return self.element(name, inner)
        if kind == "map":
            return self.xml_map(name, shape, depth, flattened)
        return self.element(name, self.wrap(self.xml_scalar(shape)))

    def xml_map(self, name, shape, depth, flattened):
        entries = []
        for place in range(max(1, self.count(depth)) if flattened else self.count(depth)):
            key_name = shape.key.serialization.get("name") or "key"
            value_name = shape.value.serialization.get("name") or "value"
            pair = [self.element(key_name, self.escape(self.text(False) + str(place))),
                    self.xml(value_name, shape.value, depth + 1)]
            if self.chance(0.1):
                pair.reverse()
            entries.append("".join(pair))
        if flattened:
            return "".join(f"<{name}>{entry}</{name}>" for entry in entries)
        return self.element(name, "".join(f"<entry>{entry}</entry>" for entry in entries))

    def attributes(self, shape):
        written = ""
        for name, member in shape.members.items():
            if member.serialization.get("xmlAttribute"):
                prefix, local = member.serialization["name"].split(":")
                value = self.escape(self.text(False).replace("\n", "").replace("\t", "").replace("\r", ""))
                value = value.replace('"', "&quot;")
                written += f' xmlns:{prefix}="http://www.w3.org/2001/XMLSchema-instance" {prefix}:{local}="{value}"'
        return written

    def xml_members(self, shape, depth):
        hidden = [name for name, member in shape.members.items() if member.serialization.get("xmlAttribute")]
        chosen = self.members(shape, depth, hidden)
        if self.chance(0.2):
            self.random.shuffle(chosen)
        parts = []
        for name in chosen:
            member = shape.members[name]
            parts.append(self.space() + self.xml(member.serialization.get("name") or name, member, depth + 1))
        # A root of which nothing is known is refused: it is a page of somebody else.
        if not getattr(shape, "is_tagged_union", False) and (depth > 1 or parts) and self.chance(0.08):
            later = self.random.choice(["<later/>", "<later>x</later>", "<later><a><b>1</b></a><a/></later>"])
            parts.insert(self.random.randint(0, len(parts)), later)
        return "".join(parts)

    def xml_scalar(self, shape):
        kind = shape.type_name
        if kind in ("integer", "long", "short", "byte"):
            return self.integer()
        if kind in ("float", "double"):
            return self.float()
        if kind == "boolean":
            return self.random.choice(["true", "false"])
        if kind == "timestamp":
            return self.timestamp()[0]
        if kind == "blob":
            return self.blob()
        return self.policy() if shape.name == "policyDocumentType" else self.text(False)

    # Replies

    def reply(self, protocol, operation):
        """(headers, body) of one successful reply."""
        self.budget = self.random.choice([15, 40, 80])
        shape, headers = operation.output_shape, {"x-amzn-RequestId": "1", "Content-Type": "x/y"}
        if shape is None:
            return headers, ""
        if protocol.startswith("rest"):
            headers.update(self.header_fields(shape))
        if protocol in ("json", "rest-json"):
            return headers, self.json_body(shape, protocol == "rest-json")
        return headers, self.xml_body(protocol, operation)

    def header_fields(self, shape):
        fields = {}
        for name, member in shape.members.items():
            location = member.serialization.get("location")
            if location == "header" and self.chance(0.7):
                kind = member.type_name
                text = "".join(self.random.choices('abc-"/ 0', k=5)).strip()
                if kind in ("integer", "long"):
                    text = str(self.random.randint(0, 10**10))
                elif kind == "boolean":
                    text = self.random.choice(["true", "false"])
                elif kind == "timestamp":
                    text = self.timestamp()[0]
                fields[member.serialization.get("name", name)] = text
            elif location == "headers":
                for place in range(self.random.randint(0, 2)):
                    fields[member.serialization.get("name", "") + f"Key-{place}"] = "v"
        return fields

    def json_body(self, shape, is_rest):
        payload = shape.serialization.get("payload")
        if payload and is_rest:
            member = shape.members[payload]
            if member.type_name in ("string", "blob"):
                return self.text(True)
            value = self.json(member, 1, True)
            # The same holds for a payload that is the whole body.
            if isinstance(value, dict) and value.keys() <= {"__type", "memberOfTomorrow"}:
                value.pop("memberOfTomorrow", None)
            return self.dumps(value)
        if not shape.members and self.chance(0.5):
            return ""
        return self.dumps(self.json(shape, 0, is_rest))

    def xml_body(self, protocol, operation):
        shape = operation.output_shape
        head = self.random.choice(["", '<?xml version="1.0" encoding="UTF-8"?>', "<?xml version='1.0'?>\n<!-- x -->\n"])
        payload = shape.serialization.get("payload")
        if payload and protocol == "rest-xml":
            member = shape.members[payload]
            if member.type_name in ("string", "blob"):
                return self.text(False)
            return head + self.xml(member.serialization.get("name", payload), member, 1)
        space = ' xmlns="http://example.amazonaws.com/doc/2020-01-01/"'
        if operation.name == "GetBucketLocation":
            return head + self.element("LocationConstraint", self.random.choice(["", "EU", "us-west-2"]), space)
        inner = self.xml_members(shape, 0)
        wrapper = shape.serialization.get("resultWrapper")
        if protocol == "query":
            if wrapper:
                inner = self.element(wrapper, inner, self.attributes(shape))
            inner += "<ResponseMetadata><RequestId>1</RequestId></ResponseMetadata>"
        elif protocol == "ec2":
            inner += "<requestId>1</requestId>"
        return head + self.element(operation.name + "Response", inner, space) + self.random.choice(["", "\n"])


class Reader:
    """Reads replies as the AWS CLI prints them."""

    def __init__(self, client):
        self.client, self.model = client, client.meta.service_model

    def read(self, protocol, operation, headers, body):
        parser = PROTOCOL_PARSERS[protocol](
            timestamp_parser=lambda value: parse_timestamp(value).isoformat(), blob_parser=lambda value: value)
        response = {"status_code": 200, "headers": HeadersDict(headers), "body": body.encode()}
        parsed = parser.parse(response, operation.output_shape)

        class Answer:
            raw, content, status_code = True, body.encode(), 200

        event = f"after-call.{self.model.service_id.hyphenize()}.{operation.name}"
        self.client.meta.events.emit(event, http_response=Answer, parsed=parsed, model=operation, context={})
        parsed.pop("ResponseMetadata", None)
        return parsed


def catalogue():
    """{service: (protocol, {operation: steps to its list or None})}"""
    found = {}
    for path in sorted(SERVICES.glob("*.json")):
        service = json.loads(path.read_text())
        steps = dict.fromkeys(service["operations"])
        for entry in service["types"].values():
            parts = entry["items"].split("[]")[:-1]
            steps[entry["operation"]] = [[name for name in part.split(".") if name] for part in parts]
        found[path.stem] = service["protocol"], steps
    return found


def main():
    is_sample = len(sys.argv) < 2
    target = HERE / "replies.jsonl" if is_sample else pathlib.Path(sys.argv[1])
    per_operation = int(sys.argv[2]) if len(sys.argv) > 2 else 2
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    chosen = [(name, protocol, operation, steps) for name, (protocol, operations) in catalogue().items()
              for operation, steps in operations.items()]
    if is_sample:
        pick, kept = random.Random(seed), []
        for protocol, count in SAMPLE_OPERATIONS.items():
            kept += pick.sample([each for each in chosen if each[1] == protocol], count)
        always = {("s3", "GetBucketLocation"), ("s3", "GetBucketLifecycleConfiguration"), ("s3", "GetBucketPolicy"),
                  ("s3", "ListBucketInventoryConfigurations"), ("iam", "GetRole"), ("sqs", "ListQueues"),
                  ("s3", "GetBucketAcl"), ("ec2", "DescribeInstances"), ("iam", "GetPolicyVersion")}
        kept += [each for each in chosen if each[:1] + each[2:3] in always and each not in kept]
        chosen, per_operation = kept, -(-SAMPLE_CASES // len(kept))
    session, readers, refused = Session(), {}, 0
    with target.open("w") as lines:
        lines.write(json.dumps({"botocore": botocore.__version__, "seed": seed}) + "\n")
        for name, protocol, operation_name, steps in chosen:
            if name not in readers:
                client = session.create_client(
                    name, region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b")
                readers = {name: Reader(client)}
            reader = readers[name]
            operation = reader.model.operation_model(operation_name)
            for place in range(per_operation):
                replies = Replies(f"{seed} {name} {operation_name} {place}")
                headers, body = replies.reply(protocol, operation)
                if is_sample and len(body) > 4000:
                    continue
                try:
                    expected = reader.read(protocol, operation, headers, body)
                except Exception as error:  # a reply botocore does not accept says nothing about ours
                    refused += 1
                    print(f"{name} {operation_name}: {error!r:.200}", file=sys.stderr)
                    continue
                case = {"service": name, "operation": operation_name, "steps": steps, "headers": headers,
                        "body": body, "expected": expected}
                lines.write(json.dumps(case, ensure_ascii=False) + "\n")
    print(f"{target.stat().st_size} bytes, {refused} refused")


if __name__ == "__main__":
    main()
