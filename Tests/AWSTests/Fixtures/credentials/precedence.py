"""Writes precedence.json: what botocore makes of environments and files, for CredentialsPrecedenceTests.

Run by developers when botocore changes:  python3 precedence.py > precedence.json
Nothing leaves the machine: STS, SSO and the container agent are replaced by functions that note what was asked.
"""

import datetime
import json
import os
import subprocess
import sys
import tempfile

KEYS = {"AWS_ACCESS_KEY_ID": "AKIDENV", "AWS_SECRET_ACCESS_KEY": "env-secret"}
ROLE = "arn:aws:iam::111122223333:role/%s"
PROCESS = """credential_process = /bin/echo '{"Version": 1, "AccessKeyId": "AKIDPROC", "SecretAccessKey": "s"}'"""
SSO = "sso_account_id = 111122223333\nsso_role_name = Reader\n"
SSO_URL = "sso_start_url = https://example.awsapps.com/start\nsso_region = eu-west-1\n"


def keys(name):
    return f"aws_access_key_id = {name}\naws_secret_access_key = {name}-secret\n"


def role(name, rest):
    return f"role_arn = {ROLE % name}\n{rest}\n"


CASES = [
    # name, environment, ~/.aws/config, ~/.aws/credentials
    ("environment alone", KEYS, "", ""),
    ("environment with session token", {**KEYS, "AWS_SESSION_TOKEN": "t"}, "", ""),
    ("environment over credentials file", KEYS, "", "[default]\n" + keys("AKIDFILE")),
    ("environment over a named profile", {**KEYS, "AWS_PROFILE": "p"}, "", "[p]\n" + keys("AKIDFILE")),
    ("environment over a role profile", KEYS, "[default]\n" + role("A", "source_profile = b"),
     "[b]\n" + keys("AKIDB")),
    ("environment over web identity",
     {**KEYS, "AWS_WEB_IDENTITY_TOKEN_FILE": "/t", "AWS_ROLE_ARN": ROLE % "W"}, "", ""),
    ("key without secret in the environment", {"AWS_ACCESS_KEY_ID": "AKIDENV"}, "", "[default]\n" + keys("AKIDFILE")),
    ("secret without key in the environment", {"AWS_SECRET_ACCESS_KEY": "s"}, "", "[default]\n" + keys("AKIDFILE")),
    ("empty key in the environment", {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""}, "",
     "[default]\n" + keys("AKIDFILE")),
    ("credentials file", {}, "", "[default]\n" + keys("AKIDFILE")),
    ("credentials file, security token", {}, "", "[default]\n" + keys("AKIDFILE") + "aws_security_token = t\n"),
    ("config file", {}, "[default]\n" + keys("AKIDCONF"), ""),
    ("config file, quoted profile name", {"AWS_PROFILE": "two words"},
     '[profile "two words"]\n' + keys("AKIDCONF"), ""),
    ("credentials file over config file", {}, "[default]\n" + keys("AKIDCONF"), "[default]\n" + keys("AKIDFILE")),
    ("credentials file over process", {}, "[default]\n" + PROCESS, "[default]\n" + keys("AKIDFILE")),
    ("process over config file keys", {}, "[default]\n" + PROCESS + "\n" + keys("AKIDCONF"), ""),
    ("process in the credentials file", {}, "", "[default]\n" + PROCESS),
    ("AWS_PROFILE", {"AWS_PROFILE": "p"}, "[profile p]\n" + keys("AKIDP"), "[default]\n" + keys("AKIDFILE")),
    ("AWS_DEFAULT_PROFILE over AWS_PROFILE", {"AWS_PROFILE": "p", "AWS_DEFAULT_PROFILE": "q"}, "",
     "[p]\n" + keys("AKIDP") + "[q]\n" + keys("AKIDQ")),
    ("profile that does not exist", {"AWS_PROFILE": "nope"}, "", "[default]\n" + keys("AKIDFILE")),
    ("profile that does not exist, keys in the environment", {**KEYS, "AWS_PROFILE": "nope"}, "", ""),
    ("profile section without the word profile", {"AWS_PROFILE": "p"}, "[p]\n" + keys("AKIDP"), ""),
    ("key without secret in the credentials file", {}, "", "[default]\naws_access_key_id = AKIDFILE\n"),
    ("role with source profile", {}, "[default]\n" + role("A", "source_profile = b"), "[b]\n" + keys("AKIDB")),
    ("role over keys of the same profile", {}, "[default]\n" + role("A", "source_profile = default"),
     "[default]\n" + keys("AKIDFILE")),
    ("role with external id, session name, duration", {},
     "[default]\n" + role("A", "source_profile = b\nexternal_id = ex-1\nrole_session_name = me\n"
                          "duration_seconds = 900"), "[b]\n" + keys("AKIDB")),
    ("role chain", {"AWS_PROFILE": "a"},
     "[profile a]\n" + role("A", "source_profile = b") + "[profile b]\n" + role("B", "source_profile = c"),
     "[c]\n" + keys("AKIDC")),
    ("keys end a chain before the role of the same profile", {"AWS_PROFILE": "a"},
     "[profile a]\n" + role("A", "source_profile = b") + "[profile b]\n" + role("B", "source_profile = c")
     + keys("AKIDB"), "[c]\n" + keys("AKIDC")),
    ("role chain in a circle", {"AWS_PROFILE": "a"},
     "[profile a]\n" + role("A", "source_profile = b") + "[profile b]\n" + role("B", "source_profile = a"), ""),
    ("role that names itself without keys", {}, "[default]\n" + role("A", "source_profile = default"), ""),
    ("role without source", {}, "[default]\n" + role("A", ""), ""),
    ("role with two sources", {}, "[default]\n" + role("A", "source_profile = b\ncredential_source = Environment"),
     "[b]\n" + keys("AKIDB")),
    ("role with missing source profile", {}, "[default]\n" + role("A", "source_profile = nope"), ""),
    ("role with an empty source profile", {}, "[default]\n" + role("A", "source_profile = b") + "[profile b]\n"
     "region = eu-west-1\n", ""),
    ("role with unknown credential source", {}, "[default]\n" + role("A", "credential_source = Elsewhere"), ""),
    ("role on container keys", {"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/k"},
     "[default]\n" + role("A", "credential_source = EcsContainer"), ""),
    ("role on container keys outside a container", {},
     "[default]\n" + role("A", "credential_source = EcsContainer"), ""),
    ("role on a process", {}, "[default]\n" + role("A", "source_profile = b") + "[profile b]\n" + PROCESS, ""),
    ("web identity from the environment",
     {"AWS_WEB_IDENTITY_TOKEN_FILE": "TOKEN", "AWS_ROLE_ARN": ROLE % "W", "AWS_ROLE_SESSION_NAME": "pod"}, "", ""),
    ("web identity over credentials file",
     {"AWS_WEB_IDENTITY_TOKEN_FILE": "TOKEN", "AWS_ROLE_ARN": ROLE % "W"}, "", "[default]\n" + keys("AKIDFILE")),
    ("web identity from the profile", {}, "[default]\n" + role("W", "web_identity_token_file = TOKEN"), ""),
    ("web identity without role", {"AWS_WEB_IDENTITY_TOKEN_FILE": "TOKEN"}, "", "[default]\n" + keys("AKIDFILE")),
    ("role profile over web identity from the environment",
     {"AWS_WEB_IDENTITY_TOKEN_FILE": "TOKEN", "AWS_ROLE_ARN": ROLE % "W"},
     "[default]\n" + role("A", "source_profile = b"), "[b]\n" + keys("AKIDB")),
    ("single sign-on with a session", {},
     "[default]\nsso_session = s\n" + SSO + "[sso-session s]\n" + SSO_URL, ""),
    ("single sign-on, older form", {}, "[default]\n" + SSO + SSO_URL, ""),
    ("single sign-on over credentials file", {}, "[default]\n" + SSO + SSO_URL, "[default]\n" + keys("AKIDFILE")),
    ("single sign-on without region", {}, "[default]\n" + SSO + "sso_start_url = https://e.awsapps.com/start\n", ""),
    ("single sign-on without its session", {}, "[default]\nsso_session = s\n" + SSO, ""),
    ("single sign-on that differs from its session", {},
     "[default]\nsso_session = s\nsso_region = us-east-1\n" + SSO + "[sso-session s]\n" + SSO_URL, ""),
    ("container", {"AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1/k"}, "", ""),
    ("config file over container", {"AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1/k"},
     "[default]\n" + keys("AKIDCONF"), ""),
    ("nothing but instance metadata", {}, "", ""),
    ("another credentials file", {"AWS_SHARED_CREDENTIALS_FILE": "~/.aws/config"},
     "[default]\n" + keys("AKIDCONF"), "[default]\n" + keys("AKIDFILE")),
    ("a file that is no INI file", {}, "[default\nregion", ""),
]

WORKER = "worker"


def resolve():
    """In a fresh process with the case's environment: prints the outcome."""
    import botocore.credentials as credentials
    import botocore.session
    import botocore.utils as utils

    calls = []
    expiration = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=1)

    def creator(session, region):
        def create(service, **arguments):
            return Client(arguments.get("aws_access_key_id"))
        return create

    class Client:
        def __init__(self, key):
            self.key = key

        def assume_role(self, **a):
            return self.note(a)

        def assume_role_with_web_identity(self, **a):
            return self.note(a)

        def note(self, a):
            name = a["RoleSessionName"]
            call = {"role": a["RoleArn"], "key": self.key, "externalID": a.get("ExternalId"),
                    "sessionName": None if name.startswith("botocore-session-") else name,
                    "duration": a.get("DurationSeconds")}
            calls.append({k: v for k, v in call.items() if v is not None})
            return {"Credentials": {"AccessKeyId": "AKIDROLE", "SecretAccessKey": "s", "SessionToken": "t",
                                    "Expiration": expiration}}

    answer = {"AccessKeyId": "AKIDCONTAINER", "SecretAccessKey": "s", "Token": "t",
              "Expiration": expiration.isoformat()}
    utils.ContainerMetadataFetcher.retrieve_full_uri = lambda self, uri, headers=None: answer
    credentials._get_client_creator = creator
    utils.InstanceMetadataFetcher.retrieve_iam_role_credentials = lambda self: {
        "role_name": "r", "access_key": "AKIDIMDS", "secret_key": "s", "token": "t",
        "expiry_time": expiration.isoformat()}
    credentials.InstanceMetadataFetcher = utils.InstanceMetadataFetcher
    try:
        found = botocore.session.Session().get_credentials()
        result = {"method": found.method}
        if found.method != "sso":
            frozen = found.get_frozen_credentials()
            if not calls:
                result["key"] = frozen.access_key
                if frozen.token and found.method in ("env", "shared-credentials-file", "config-file"):
                    result["token"] = frozen.token
        if calls:
            result["roles"] = calls
    except Exception as error:
        result = {"error": type(error).__name__}
    print(json.dumps(result))


def main():
    table = []
    for name, environment, config, shared in CASES:
        with tempfile.TemporaryDirectory() as home:
            os.mkdir(f"{home}/.aws")
            for file, text in (("config", config), ("credentials", shared)):
                if text:
                    with open(f"{home}/.aws/{file}", "w") as out:
                        out.write(text.replace("TOKEN", f"{home}/token"))
            with open(f"{home}/token", "w") as out:
                out.write("a.web.token")
            variables = {k: v.replace("TOKEN", f"{home}/token") for k, v in environment.items()}
            run = subprocess.run([sys.executable, __file__, WORKER], env={"HOME": home, **variables},
                                 capture_output=True, text=True, check=True)
        table.append({"name": name, "environment": environment, "config": config, "credentials": shared,
                      "expect": json.loads(run.stdout)})
    import botocore
    json.dump({"botocore": botocore.__version__, "cases": table}, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    resolve() if sys.argv[1:] == [WORKER] else main()
