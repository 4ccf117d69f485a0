"""What the Debian package holds."""
import json
import os
import re
import subprocess
import tempfile
import unittest

PACKAGE = os.environ.get("COLLECTOR_PACKAGE", "")
MEGABYTE = 10**6


def run(*words):
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


class PackageTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="inventory-package-")
        cls.addClassCleanup(folder.cleanup)
        cls.root = folder.name
        run("dpkg-deb", "--raw-extract", PACKAGE, cls.root)
        cls.programs = {name: os.path.join(cls.root, "usr/bin", name) for name in ("inventory-collectord", "collectorctl")}

    def needed(self, name):
        """The shared libraries that a program names."""
        return re.findall(r"\(NEEDED\).*\[(.+)\]", run("readelf", "--dynamic", self.programs[name]))

    def document(self, name):
        with open(f"{self.root}/usr/share/doc/inventory-collector/{name}", encoding="utf-8") as file:
            return file.read()

    def test_sizes(self):
        """The programs are no larger than promised."""
        self.assertLess(os.path.getsize(self.programs["inventory-collectord"]), 16 * MEGABYTE)
        self.assertLess(os.path.getsize(self.programs["collectorctl"]), 10 * MEGABYTE)

    def test_libraries(self):
        """Nothing of Swift, ICU or Foundation is needed at run time, and collectorctl needs none of the daemon's."""
        for name in self.programs:
            self.assertEqual([each for each in self.needed(name) if re.search("(?i)swift|icu|foundation", each)], [])
        self.assertEqual([each for each in self.needed("collectorctl") if re.search("curl|crypto|ssl|sqlite", each)], [])
        self.assertNotIn("RUNPATH", run("readelf", "--dynamic", self.programs["inventory-collectord"]))

    def test_lintian(self):
        """lintian has neither errors nor warnings."""
        done = subprocess.run(["lintian", "--no-cfg", PACKAGE], capture_output=True, text=True)
        self.assertEqual([line for line in done.stdout.splitlines() if line[:2] in ("E:", "W:")], [])
        self.assertIn(done.returncode, (0, 1), done.stderr)

    def test_configuration_files(self):
        """Only collectord.conf is a configuration file, and it is the sample in the repository."""
        with open(f"{self.root}/DEBIAN/conffiles", encoding="utf-8") as file:
            self.assertEqual(file.read().split(), ["/etc/inventory-collectord/collectord.conf"])
        here = os.path.dirname(os.path.abspath(__file__))
        with open(f"{here}/../../etc/collectord.conf", encoding="utf-8") as sample, \
                open(f"{self.root}/etc/inventory-collectord/collectord.conf", encoding="utf-8") as shipped:
            self.assertEqual(shipped.read(), sample.read())

    def test_version(self):
        """Package and programs have the same version."""
        version = run("dpkg-deb", "--field", PACKAGE, "Version").strip()
        self.assertEqual(run(self.programs["inventory-collectord"], "--version").split()[-1], version)

    def test_bill_of_materials(self):
        """The bill of materials lists Swift, the sources of the catalogue's data, and every library that is needed."""
        bill = json.loads(self.document("sbom.cdx.json"))
        parts = {part["name"]: part for part in bill["components"]}
        for name in ("swift-runtime", "botocore", *self.needed("inventory-collectord"), *self.needed("collectorctl")):
            self.assertIn(name, parts)
        self.assertEqual(parts["botocore"]["licenses"], [{"license": {"id": "Apache-2.0"}}])
        self.assertIn("botocore", self.document("NOTICE"))

    def test_documents(self):
        """Manual pages, completions, units, catalog and users are where the system looks for them."""
        for path in (
                "usr/share/man/man1/collectorctl.1.gz", "usr/share/man/man8/inventory-collectord.8.gz",
                "usr/share/man/man5/collectord.conf.5.gz", "usr/share/man/man7/inventory-collector.varlink.7.gz",
                "usr/share/bash-completion/completions/collectorctl", "usr/share/zsh/vendor-completions/_collectorctl",
                "usr/share/fish/vendor_completions.d/collectorctl.fish", "usr/lib/sysusers.d/inventory-collectord.conf",
                "usr/lib/systemd/catalog/inventory-collectord.catalog"):
            self.assertGreater(os.path.getsize(os.path.join(self.root, path)), 0, path)


if __name__ == "__main__":
    unittest.main()
