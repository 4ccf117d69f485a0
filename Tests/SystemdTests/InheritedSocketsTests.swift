import Glibc
import Testing

@testable import Systemd

// Inherited descriptors begin with 3 and are told by the environment, so each test runs in a process of its own, which
// exits with 0 when everything was as it should be.
@Suite("Sockets inherited from the service manager")
struct InheritedSocketsTests {
    @Test("sockets are found by name, and only as the kind they are")
    func names() async {
        await #expect(processExitsWith: .success) {
            var template = Array("/tmp/systemd-tests-XXXXXX".utf8CString)
            guard mkdtemp(&template) != nil else { exit(2) }
            let directory = String(decoding: template.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            let path = "\(directory)/control"
            let local = fcntl(boundSocket(path, type: SOCK_STREAM), F_DUPFD, 20)
            let internet = fcntl(socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0), F_DUPFD, 20)
            unlink(path)
            rmdir(directory)
            guard listen(local, 1) == 0, listen(internet, 1) == 0, dup2(local, 3) == 3, dup2(internet, 4) == 4 else {
                exit(3)
            }
            setenv("LISTEN_PID", String(getpid()), 1)
            setenv("LISTEN_FDS", "2", 1)
            setenv("LISTEN_FDNAMES", "control:http", 1)
            guard let sockets = try? InheritedSockets.take() else { exit(4) }
            guard sockets.names == ["control", "http"], getenv("LISTEN_FDS") == nil else { exit(5) }
            guard (try? sockets.descriptors(named: "control", .local)) == [3],
                (try? sockets.descriptors(named: "http", .internet)) == [4],
                (try? sockets.descriptors(named: "other", .local)) == []
            else { exit(6) }
            guard fcntl(3, F_GETFD) & FD_CLOEXEC != 0 else { exit(7) }
            do throws(SystemdError) {
                _ = try sockets.descriptors(named: "http", .local)
                exit(8)
            } catch {
                exit(error == .wrongSocket(name: "http", descriptor: 4) ? 0 : 9)
            }
        }
    }

    @Test("connections that an earlier process left are found by name; what is none is closed")
    func connections() async {
        await #expect(processExitsWith: .success) {
            var ends: [Int32] = [-1, -1]
            guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0 else { exit(2) }
            let connected = fcntl(ends[0], F_DUPFD, 20), other = fcntl(STDIN_FILENO, F_DUPFD, 20)
            guard dup2(connected, 3) == 3, dup2(other, 4) == 4 else { exit(3) }
            setenv("LISTEN_PID", String(getpid()), 1)
            setenv("LISTEN_FDS", "2", 1)
            setenv("LISTEN_FDNAMES", "caller:caller", 1)
            guard let sockets = try? InheritedSockets.take() else { exit(4) }
            guard sockets.connections(named: "caller") == [3], sockets.connections(named: "other") == [] else {
                exit(5)
            }
            exit(fcntl(4, F_GETFD) == -1 ? 0 : 6)
        }
    }

    @Test("a socket that does not listen is refused")
    func notListening() async {
        await #expect(processExitsWith: .success) {
            guard dup2(socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0), 3) == 3 else { exit(2) }
            setenv("LISTEN_PID", String(getpid()), 1)
            setenv("LISTEN_FDS", "1", 1)
            setenv("LISTEN_FDNAMES", "control", 1)
            guard let sockets = try? InheritedSockets.take() else { exit(3) }
            exit((try? sockets.descriptors(named: "control", .local)) == nil ? 0 : 1)
        }
    }

    @Test("sockets meant for another process are left alone, and there may be none")
    func others() async {
        await #expect(processExitsWith: .success) {
            for name in ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"] { unsetenv(name) }
            guard (try? InheritedSockets.take())?.names == [] else { exit(1) }
            setenv("LISTEN_PID", String(getppid()), 1)
            setenv("LISTEN_FDS", "1", 1)
            exit((try? InheritedSockets.take())?.names == [] ? 0 : 2)
        }
    }

    @Test("variables that make no sense are an error")
    func nonsense() async {
        await #expect(processExitsWith: .success) {
            setenv("LISTEN_PID", String(getpid()), 1)
            setenv("LISTEN_FDS", "many", 1)
            do throws(SystemdError) {
                _ = try InheritedSockets.take()
                exit(1)
            } catch {
                guard case .inheritedSockets = error else { exit(2) }
                exit(0)
            }
        }
    }
}
