import contextlib
import unittest

from collector import Collector
from network_peers import InstanceMetadata, Proxy, behind_tls, certificate, serve
from organization import NO_SCHEDULE, SQLITE
from throttled_service import ThrottledService


@contextlib.contextmanager
def secure():
    """A collector whose AWS speaks TLS with a certificate of its own."""
    with ThrottledService(3, {}) as service, \
            Collector("", SQLITE + NO_SCHEDULE, Types="sns/topic", Regions="us-east-1") as ours:
        paths = certificate(ours.folder)
        ours.environment["AWS_ENDPOINT_URL"] = behind_tls(service.server, paths)
        ours.environment["AWS_CA_BUNDLE"] = paths[0]
        yield ours, service


class Network(unittest.TestCase):
    def test_certificate_bundle(self):
        """AWS_CA_BUNDLE is trusted over TLS; without it a certificate that nobody vouches for is refused."""
        with secure() as (ours, service):
            self.assertEqual(ours.daemon("--once").returncode, 0)
            self.assertEqual(service.calls["GetTopicAttributes"], 3)
            del ours.environment["AWS_CA_BUNDLE"]
            service.forget()
            self.assertNotEqual(ours.daemon("--once").returncode, 0)
            self.assertEqual(sum(service.calls.values()), 0)

    def test_connect_proxy(self):
        """HTTPS goes through the proxy of the environment by CONNECT."""
        with secure() as (ours, service):
            seen = []
            proxy = serve(Proxy, seen=seen)
            ours.environment["HTTPS_PROXY"] = f"http://127.0.0.1:{proxy.server_port}"
            self.assertEqual(ours.daemon("--once").returncode, 0)
            self.assertEqual(service.calls["GetTopicAttributes"], 3)
            self.assertEqual({line.split()[0] for line in seen}, {"CONNECT"})
            proxy.shutdown()

    def test_metadata_past_proxy(self):
        """The instance's and the container's credentials are asked for directly, whatever http_proxy says."""
        with secure() as (ours, service):
            seen = []
            proxy, metadata = serve(Proxy, seen=seen), serve(InstanceMetadata)
            address = f"http://127.0.0.1:{metadata.server_port}"
            for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_EC2_METADATA_DISABLED"):
                ours.environment.pop(name, None)
            ours.environment["http_proxy"] = f"http://127.0.0.1:{proxy.server_port}"
            for variable, value in (("AWS_EC2_METADATA_SERVICE_ENDPOINT", address),
                                    ("AWS_CONTAINER_CREDENTIALS_FULL_URI", address + "/collector")):
                with self.subTest(variable):
                    service.forget()
                    ours.environment[variable] = value
                    self.assertEqual(ours.daemon("--once").returncode, 0)
                    self.assertEqual(service.calls["GetTopicAttributes"], 3)
                    self.assertEqual(seen, [])
            proxy.shutdown()
            metadata.shutdown()
