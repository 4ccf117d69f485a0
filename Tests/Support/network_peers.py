"""Peers on the way to AWS: a proxy that notes what passes it, certificates of its own, an instance metadata service."""
import datetime
import json
import os
import select
import socket
import ssl
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def serve(handler, **attributes):
    """A server of that handler on a free port of loopback, until the process ends or `shutdown`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (handler,), attributes))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def certificate(folder):
    """A self-signed certificate for localhost: the paths of certificate and key."""
    paths = os.path.join(folder, "certificate.pem"), os.path.join(folder, "key.pem")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-out", paths[0], "-keyout", paths[1]],
        check=True, capture_output=True)
    return paths


def behind_tls(server, paths):
    """From now on the server speaks TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*paths)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    return f"https://localhost:{server.server_port}"


class Quiet(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, text):
        body = text.encode()
        self.send_response_only(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Proxy(Quiet):
    """Passes CONNECT on, answers everything else with an error; `seen` notes the request lines."""
    seen = None

    def do_CONNECT(self):
        self.seen.append(self.requestline)
        host, port = self.path.rsplit(":", 1)
        self.send_response_only(200)
        self.end_headers()
        with socket.create_connection((host, int(port))) as peer:
            ways = {self.connection: peer, peer: self.connection}
            while True:
                for ready in select.select(list(ways), [], [])[0]:
                    data = ready.recv(65536)
                    if not data:
                        return
                    ways[ready].sendall(data)

    def refuse(self):
        self.seen.append(self.requestline)
        self.answer(502, "only CONNECT passes here")

    do_GET = do_PUT = do_POST = refuse


class InstanceMetadata(Quiet):
    """An EC2 instance with a role."""

    def do_PUT(self):
        self.answer(200, "a-token")

    def do_GET(self):
        if not self.path.endswith("/collector"):
            return self.answer(200, "collector")
        later = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=6)
        self.answer(200, json.dumps({
            "Code": "Success", "AccessKeyId": "ASIAINSTANCE", "SecretAccessKey": "none", "Token": "none",
            "Expiration": later.strftime("%Y-%m-%dT%H:%M:%SZ")}))
