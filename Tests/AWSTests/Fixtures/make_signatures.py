"""Writes signatures.json: awkward requests and the header fields botocore's Signature Version 4 gives them.

Run by developers when a case is added: python3 make_signatures.py (needs botocore; any version that signs).
Each path is encoded once, as it goes on the wire; query names and values are plain.
"""

import datetime
import json
import pathlib
from unittest import mock
from urllib.parse import quote

import botocore
import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

KEY = "AKIDEXAMPLE"
SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
TOKEN = "IQoJb3JpZ2luX2VjEXAMPLE//////////+aDmFwLXNvdXRoLTE=="
INSTANT = 1705314600
CASES = []


def case(name, service="ec2", region="eu-west-1", method="GET", host=None, path="/", query=(), headers=(), body="",
         token=None, seconds=INSTANT, secret=SECRET):
    host = host or f"{service}.{region}.amazonaws.com"
    url = f"https://{host}{path}"
    if query:
        url += "?" + "&".join(f"{quote(k, safe='-_.~')}={quote(v, safe='-_.~')}" for k, v in query)
    request = AWSRequest(method=method, url=url, data=body.encode())
    for field, value in headers:
        request.headers.add_header(field, value)
    kind = botocore.auth.S3SigV4Auth if service in ("s3", "s3-outposts") else botocore.auth.SigV4Auth
    signer = kind(Credentials(KEY, secret, token), service, region)
    now = datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)
    with mock.patch.object(botocore.auth, "get_current_datetime", lambda: now):
        signer.add_auth(request)
    wanted = ["X-Amz-Date", "X-Amz-Security-Token", "X-Amz-Content-SHA256", "Authorization"]
    CASES.append({
        "name": name, "service": service, "region": region, "method": method, "host": host, "path": path,
        "query": [list(pair) for pair in query], "headers": [list(pair) for pair in headers], "body": body,
        "accessKey": KEY, "secret": secret, "token": token, "seconds": seconds,
        "signed": {field: request.headers[field] for field in wanted if field in request.headers},
    })


def s3(name, path, **more):
    case("S3: " + name, service="s3", region="us-east-1", path=path, **more)


FORM = [("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")]
case("the plain root")
case("no path at all", path="")
case("a session token", token=TOKEN)
case("a query protocol body", method="POST", headers=FORM, body="Action=DescribeInstances&Version=2016-11-15")
case("the same with a token", method="POST", headers=FORM, token=TOKEN,
     body="Action=DescribeInstances&Version=2016-11-15&NextToken=a%2Bb%3D%3D")
case("unicode in the body", method="POST", headers=FORM, body="Value=Zürich – 東京 🗼")
for service, region in [("sts", "us-east-1"), ("iam", "us-east-1"), ("rds", "ap-southeast-2"),
                        ("elasticloadbalancing", "us-gov-west-1"), ("monitoring", "cn-north-1"),
                        ("execute-api", "eu-central-1"), ("route53", "us-east-1"), ("cloudfront", "us-east-1")]:
    case(f"{service} in {region}", service=service, region=region, method="POST", headers=FORM, body="Action=X")
for target in ["DynamoDB_20120810.BatchWriteItem", "AmazonSQS.ListQueues"]:
    case("JSON: " + target, service="dynamodb", method="POST", body='{"TableName":"ä","Limit":10}', token=TOKEN,
         headers=[("Content-Type", "application/x-amz-json-1.0"), ("X-Amz-Target", target)])
case("a port in the host", service="ec2", host="127.0.0.1:5000")
case("an empty query value", query=[("acl", "")])
case("several empty values", query=[("b", ""), ("a", ""), ("c", "")])
case("an empty query name", query=[("", "value")])
case("a repeated name", query=[("a", "2"), ("a", "1"), ("a", "10")])
case("a repeated name and empty value", query=[("a", "x"), ("a", "")])
case("unsorted names", query=[("z", "1"), ("B", "2"), ("a", "3"), ("_", "4"), ("1", "5"), ("-", "6"), ("~", "7")])
case("names of which one begins another", query=[("ab", "1"), ("a", "2"), ("a-b", "3"), ("a=b", "4"), ("a b", "5")])
case("names that sort otherwise once encoded", query=[("é", "1"), ("z", "2"), ("{", "3"), ("[", "4"), ("A", "5")])
case("reserved bytes in values", query=[("filter", "a=b&c=d;e,f/g?h#i:j@k!l$m'n(o)p*q")])
case("space, plus and percent", query=[("marker", "a b+c%20d%"), ("x+y", "1")])
case("unreserved bytes in values", query=[("t", "-_.~AZaz09")])
case("unicode in a query", query=[("名前", "東京 🗼"), ("ü", "ß")])
case("control bytes in a query", query=[("t", "tab\tline\nzero\x01")])
case("a token in base64", query=[("NextToken", "eyJ2IjoiMiJ9+/==")], token=TOKEN)
case("header values with white space", headers=[("X-A", "  two   words  "), ("X-B", "a\tb \t c"), ("X-C", "")])
case("a quoted header value", headers=[("X-A", '"a   b"')])
case("a repeated header", headers=[("X-A", "2"), ("X-A", "1"), ("x-a", " 3  4 ")])
case("headers in unsorted spelling", headers=[("x-zeta", "1"), ("X-Alpha", "2"), ("X-alphA-b", "3"), ("Accept", "*/*")])
case("headers that are not signed", headers=[("User-Agent", "x/1"), ("Connection", "close"), ("TE", "trailers"),
                                             ("X-Amzn-Trace-Id", "Root=1"), ("Transfer-Encoding", "chunked"),
                                             ("Expect", "100-continue"), ("Upgrade", "h2c"), ("X-Kept", "1")])
case("unicode in a header", headers=[("X-A", "Zürich")])
case("a content hash of the caller", headers=[("Content-MD5", "1B2M2Y8AsgTpgAmY7PhCfg==")], method="PUT", body="x")
LAMBDA = dict(service="lambda", region="eu-north-1")
case("REST path", path="/2015-03-31/functions/", **LAMBDA)
case("REST path with an ARN", path="/2015-03-31/functions/arn%3Aaws%3Alambda%3Aeu-west-1%3A1%3Afunction%3Af/policy",
     **LAMBDA)
case("dot segments", path="/a/./b/../c", **LAMBDA)
case("dot segments above the root", path="/../../a/..", **LAMBDA)
case("dot segments at the end", path="/a/b/.", **LAMBDA)
case("dot segments, then a slash", path="/a/b/../", **LAMBDA)
case("empty segments", path="//a///b//", **LAMBDA)
case("encoded space, plus, tilde", path="/a%20b/c+d/~e/%7Ef", **LAMBDA)
case("encoded percent and slash", path="/a%2Fb/%25/c", **LAMBDA)
case("encoded dots stay", path="/%2E%2E/a", **LAMBDA)
case("encoded unicode", path="/%E6%9D%B1%E4%BA%AC/%F0%9F%97%BC", **LAMBDA)
case("reserved bytes left in the path", path="/a:b@c!d$e&f'g(h)i*j,k;l=m", **LAMBDA)
case("REST with query and body", path="/v2/apis", query=[("maxResults", "100"), ("nextToken", "a/b=")], method="PATCH",
     body='{"a":1}', service="apigateway", region="sa-east-1", headers=[("Content-Type", "application/json")])
s3("list buckets", "/")
s3("a bucket's location", "/bucket", query=[("location", "")])
s3("a bucket's tags, with a token", "/my.bucket", query=[("tagging", "")], token=TOKEN)
s3("space", "/bucket/a%20b%20c")
s3("unicode", "/bucket/%E6%9D%B1%E4%BA%AC.txt")
s3("empty segments are kept", "/bucket//a///b/")
s3("dot segments are kept", "/bucket/../a/./b/..")
s3("plus", "/bucket/a+b")
s3("encoded plus and percent", "/bucket/a%2Bb%25c")
s3("tilde", "/bucket/~user/%7Euser")
s3("reserved bytes", "/bucket/a:b@c!d$e&f'g(h)i*j,k;l=m")
s3("a body", "/bucket/key", method="PUT", body="Welcome to Amazon S3.",
   headers=[("x-amz-storage-class", "REDUCED_REDUNDANCY")])
s3("list with prefix", "/bucket", query=[("list-type", "2"), ("prefix", "a/b c+"), ("delimiter", "/"), ("marker", "")])
s3("virtual host", "/", host="bucket.s3.us-east-1.amazonaws.com", query=[("versioning", "")])
case("S3 Outposts", service="s3-outposts", path="/a//b")
case("the first second of the epoch", seconds=0)
case("a leap day", seconds=1709251199)
case("the last second of a year", seconds=1735689599)
case("the first second of a year", seconds=1735689600)
case("far in the future", seconds=4102444800)
case("a lower-case method", method="post", body="x")
case("a short secret", secret="x")
case("a secret longer than a hash block", secret="s" * 100)
case("another secret, same day and region", secret=SECRET + "2")

document = {"botocore": botocore.__version__, "cases": CASES}
target = pathlib.Path(__file__).with_name("signatures.json")
target.write_text(json.dumps(document, indent=1, ensure_ascii=True) + "\n")
print(f"{len(CASES)} cases")
