"""An HTTP service of a test's own on this machine."""
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class LocalHandler(BaseHTTPRequestHandler):
    """One connection; `service` is the LocalService that serves it."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *_):
        pass

    def answer(self, status, text):
        """Answers with XML, as the services of the query protocols do."""
        body = text.encode()
        self.send_response_only(status)
        self.send_header("Content-Type", "text/xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class LocalServer(ThreadingHTTPServer):
    daemon_threads = True
    # With the default of 5 a connection too many is made a second later.
    request_queue_size = 256

    def handle_error(self, *_):
        """A client that was killed has broken its connections, which is no error here."""


class LocalService:
    """Serves at `url` from `serve` to the end of the `with` block."""

    def serve(self, handler):
        self.server = LocalServer(("127.0.0.1", 0), type("Handler", (handler,), {"service": self}))
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
