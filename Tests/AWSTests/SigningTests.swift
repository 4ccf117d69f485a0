import JSON
import Testing

@testable import AWS

#if canImport(Glibc)
    import Glibc
#endif

@Suite("Signature Version 4")
struct SigningTests {
    /// What botocore signs, written by Fixtures/make_signatures.py.
    static let cases: [JSONValue] = {
        let path = #filePath.dropLast("SigningTests.swift".count) + "Fixtures/signatures.json"
        guard let file = fopen(String(path), "r") else { return [] }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65536)
        while case let count = fread(&part, 1, part.count, file), count > 0 { bytes += part[..<count] }
        return (try? JSONValue.parse(bytes))?["cases"]?.array ?? []
    }()

    @Test("The table of awkward requests is there") func table() { #expect(Self.cases.count >= 60) }

    @Test("Signs as botocore does", arguments: cases.map { $0["name"]?.string ?? "" })
    func botocore(name: String) throws {
        let entry = try #require(Self.cases.first { $0["name"]?.string == name })
        func pairs(_ key: String) -> [(name: String, value: String)] {
            (entry[key]?.array ?? []).compactMap { $0.strings.map { ($0[0], $0[1]) } }
        }
        func text(_ key: String) throws -> String { try #require(entry[key]?.string) }
        let request = SigningRequest(
            method: try text("method"), host: try text("host"), path: try text("path"), query: pairs("query"),
            headers: pairs("headers"), body: SharedBytes(Array(try text("body").utf8)))
        let credentials = Credentials(
            accessKeyID: try text("accessKey"), secretAccessKey: try text("secret"),
            sessionToken: entry["token"]?.string)
        let fields = Signer().sign(
            request, credentials: credentials, region: try text("region"), service: try text("service"),
            at: try #require(entry["seconds"]?.int))
        let wanted = try #require(entry["signed"]?.members)
        #expect(fields.count == wanted.count)
        for (field, value) in fields { #expect(value == entry["signed"]?[field]?.string, "\(field)") }
    }

    @Test("A cached key signs as a fresh one, also after the cache was full")
    func cachedKeys() {
        let signer = Signer()
        let request = SigningRequest(method: "GET", host: "h", path: "/")
        let credentials = Credentials(accessKeyID: "A", secretAccessKey: "B")
        func sign(_ signer: Signer, _ region: String, _ seconds: Int) -> String? {
            signer.sign(request, credentials: credentials, region: region, service: "ec2", at: seconds).last?.value
        }
        let first = sign(signer, "eu-west-1", 0)
        #expect(sign(signer, "eu-west-1", 0) == first)
        #expect(sign(signer, "eu-west-1", 86_400) != first)
        for index in 0...SigningKeys.limit { _ = sign(signer, "r\(index)", 0) }
        #expect(sign(signer, "eu-west-1", 0) == first)
        #expect(sign(Signer(), "eu-west-1", 0) == first)
    }

    @Test(
        "SHA-256 gives FIPS 180-4's examples",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ])
    func sha256(text: String, hex: String) {
        #expect(SHA256.hash(Array(text.utf8)).hex == hex)
        var parts = SHA256()
        for byte in text.utf8 { parts.update([byte]) }
        #expect(parts.finalize().hex == hex)
    }

    @Test(
        "HMAC gives RFC 4231's examples",
        arguments: [
            (
                [UInt8](repeating: 0x0B, count: 20), "Hi There",
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
            ),
            (
                [UInt8](repeating: 0xAA, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
            ),
        ])
    func hmac(key: [UInt8], message: String, hex: String) {
        #expect(HMAC(key: key).code(message).hex == hex)
    }

    @Test(
        "Percent-encoding keeps RFC 3986's unreserved bytes alone",
        arguments: [
            ("AZaz09-._~", "AZaz09-._~", "AZaz09-._~"), ("a/b c+%", "a%2Fb%20c%2B%25", "a/b%20c%2B%25"),
            ("ü🗼", "%C3%BC%F0%9F%97%BC", "%C3%BC%F0%9F%97%BC"), ("", "", ""),
        ])
    func encoding(text: String, encoded: String, withSlash: String) {
        #expect(URIEncoding.encode(text) == encoded)
        #expect(URIEncoding.encode(text, keepSlash: true) == withSlash)
    }
}
