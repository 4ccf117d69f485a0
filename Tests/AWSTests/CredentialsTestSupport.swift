import Synchronization
import Testing

@testable import AWS

#if canImport(Glibc)
    import Glibc
#endif

/// A fresh directory that stands for a user's home; removed when dropped.
final class TemporaryHome: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/credentials-XXXXXX".utf8CString)
        let made = try #require(mkdtemp(&template))
        path = String(cString: made)
    }

    deinit { Self.remove(path) }

    /// Writes a file and the directories above it; answers its path.
    @discardableResult
    func write(_ name: String, _ text: String, mode: mode_t = 0o600) throws -> String {
        var directory = path
        for part in name.split(separator: "/").dropLast() {
            directory += "/\(part)"
            mkdir(directory, 0o700)
        }
        let file = "\(path)/\(name)"
        let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        try #require(descriptor >= 0)
        let bytes = Array(text.utf8)
        try #require(Glibc.write(descriptor, bytes, bytes.count) == bytes.count)
        close(descriptor)
        return file
    }

    private static func remove(_ path: String) {
        guard let directory = opendir(path) else {
            unlink(path)
            return
        }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != "." && name != ".." { names.append(name) }
        }
        closedir(directory)
        for name in names { remove("\(path)/\(name)") }
        rmdir(path)
    }
}

/// Time that stands still until a test moves it; waits are noted and end at once.
final class TestTime: Sendable {
    private let state: Mutex<(now: Int, waits: [Duration])>

    init(_ now: Int = 1_800_000_000) { state = Mutex((now, [])) }

    var now: Int {
        get { state.withLock { $0.now } }
        set { state.withLock { $0.now = newValue } }
    }
    var waits: [Duration] { state.withLock { $0.waits } }

    var clock: ClientClock {
        ClientClock(
            now: { self.now }, sleep: { duration in self.state.withLock { $0.waits.append(duration) } },
            random: { 0.5 })
    }
}

/// All secrets of these tests hold this word, so that any error can be searched for it.
let secretMark = "s3cr3t"

/// The error that `body` must throw, in which no secret may appear.
func credentialsFailure<Value: Sendable>(
    sourceLocation: SourceLocation = #_sourceLocation, _ body: () async throws(CredentialsError) -> Value
) async throws -> CredentialsError {
    do throws(CredentialsError) {
        _ = try await body()
    } catch {
        expectNoSecret(error, sourceLocation: sourceLocation)
        return error
    }
    throw MissingFailure()
}

struct MissingFailure: Error {}

func expectNoSecret(_ value: Any, sourceLocation: SourceLocation = #_sourceLocation) {
    var dumped = ""
    dump(value, to: &dumped)
    for text in [String(describing: value), String(reflecting: value), dumped] {
        #expect(!text.contains(secretMark), sourceLocation: sourceLocation)
    }
}

/// 2027-01-15T09:00:00Z is one hour after the start of `TestTime`.
let inOneHour = "2027-01-15T09:00:00Z"

/// A reply of STS that hands out keys.
func securityTokenReply(key: String, expiration: String = inOneHour) -> String {
    """
    <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><AssumedRoleUser>\
    <Arn>arn:aws:sts::111122223333:assumed-role/A/x</Arn></AssumedRoleUser><Credentials>\
    <AccessKeyId>\(key)</AccessKeyId><SecretAccessKey>\(secretMark)&amp;key</SecretAccessKey>
    <SessionToken>\(secretMark)&lt;token</SessionToken><Expiration>\(expiration)</Expiration></Credentials>\
    </AssumeRoleResult><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></AssumeRoleResponse>
    """
}

func securityTokenError(_ code: String, _ message: String = "no") -> String {
    """
    <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>\(code)</Code>\
    <Message>\(message)</Message></Error><RequestId>r-2</RequestId></ErrorResponse>
    """
}

/// The fields of a query protocol body.
func formFields(_ body: [UInt8]) -> [String: String] {
    var fields: [String: String] = [:]
    for pair in String(decoding: body, as: UTF8.self).split(separator: "&") {
        let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        fields[String(parts[0])] = parts.count > 1 ? String(parts[1]) : ""
    }
    return fields
}
