import Glibc
import Testing

@testable import Systemd

@Suite("Notifications to the service manager")
struct ServiceManagerTests {
    @Test(
        "each notice has the form that sd_notify(3) names",
        arguments: [
            (ServiceManager.Notice.ready, "READY=1"), (.stopping, "STOPPING=1"), (.watchdog, "WATCHDOG=1"),
            (.reloading, "RELOADING=1\nMONOTONIC_USEC=42"), (.status("3 runs"), "STATUS=3 runs"),
            (.status("a\nREADY=1\r\nb\0c"), "STATUS=a READY=1 b c"),
            (.status(String(repeating: "x", count: 600)), "STATUS=" + String(repeating: "x", count: 512)),
            (.extendTimeout(.milliseconds(1500)), "EXTEND_TIMEOUT_USEC=1500000"),
            (.extendTimeout(.seconds(-1)), "EXTEND_TIMEOUT_USEC=0"),
        ])
    func text(notice: ServiceManager.Notice, expected: String) {
        #expect(ServiceManager(monotonicMicroseconds: { 42 }).text([notice]) == expected)
    }

    // The environment belongs to the whole process, so these run in processes of their own, which exit with 0 when
    // everything was as it should be.

    @Test("notices reach the service manager's socket, several in one message")
    func delivery() async {
        await #expect(processExitsWith: .success) {
            var template = Array("/tmp/systemd-tests-XXXXXX".utf8CString)
            guard mkdtemp(&template) != nil else { exit(2) }
            let directory = String(decoding: template.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            let path = "\(directory)/notify"
            let receiver = boundSocket(path, type: SOCK_DGRAM)
            setenv("NOTIFY_SOCKET", path, 1)
            let manager = ServiceManager(monotonicMicroseconds: { 7 })
            let isDelivered = manager.isPresent && manager.notify(.ready, .status("all well")) == .delivered
            var buffer = [UInt8](repeating: 0, count: 1000)
            let count = recv(receiver, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            unlink(path)
            let afterwards = manager.notify(.watchdog)
            rmdir(directory)
            let text = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
            guard case .failed = afterwards else { exit(3) }
            exit(isDelivered && text == "READY=1\nSTATUS=all well" ? 0 : 1)
        }
    }

    @Test("a descriptor to keep goes with its name, and what is kept under a name can be taken back")
    func store() async {
        await #expect(processExitsWith: .success) {
            var template = Array("/tmp/systemd-tests-XXXXXX".utf8CString)
            guard mkdtemp(&template) != nil else { exit(2) }
            let directory = String(decoding: template.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            let path = "\(directory)/notify"
            let receiver = boundSocket(path, type: SOCK_DGRAM)
            setenv("NOTIFY_SOCKET", path, 1)
            let manager = ServiceManager()
            var ends: [Int32] = [-1, -1]
            guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0 else { exit(3) }
            let areDelivered =
                manager.store(ends[0], named: "caller") == .delivered && manager.forget(named: "caller") == .delivered
            unlink(path)
            rmdir(directory)
            var texts: [String] = []
            for _ in 0..<2 {
                var buffer = [UInt8](repeating: 0, count: 1000)
                let count = recv(receiver, &buffer, buffer.count, Int32(MSG_DONTWAIT))
                texts.append(String(decoding: buffer.prefix(max(0, count)), as: UTF8.self))
            }
            exit(areDelivered && texts == ["FDSTORE=1\nFDNAME=caller", "FDSTOREREMOVE=1\nFDNAME=caller"] ? 0 : 1)
        }
    }

    @Test("without a service manager nothing is sent and nothing fails")
    func absence() async {
        await #expect(processExitsWith: .success) {
            for name in ["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"] { unsetenv(name) }
            let manager = ServiceManager()
            let isSilent = !manager.isPresent && manager.notify(.ready) == .noServiceManager
            exit(isSilent && manager.watchdogInterval == nil ? 0 : 1)
        }
    }

    @Test("the watchdog is fed in half its time, and only when it watches this process")
    func watchdog() async {
        await #expect(processExitsWith: .success) {
            setenv("WATCHDOG_USEC", "30000000", 1)
            setenv("WATCHDOG_PID", String(getpid()), 1)
            guard ServiceManager().watchdogInterval == .seconds(15) else { exit(1) }
            setenv("WATCHDOG_PID", String(getppid()), 1)
            guard ServiceManager().watchdogInterval == nil else { exit(2) }
            unsetenv("WATCHDOG_PID")
            setenv("WATCHDOG_USEC", "soon", 1)
            exit(ServiceManager().watchdogInterval == nil ? 0 : 3)
        }
    }

    @Test("the monotonic clock goes forward")
    func clock() {
        let first = ServiceManager.monotonicClock()
        #expect(first > 0 && ServiceManager.monotonicClock() >= first)
    }
}
