import Control
import Glibc

/// `collectorctl bridge`.
enum BridgeVerb {
    static let verb = Verb(
        "bridge", summary: "Connect standard input and output with the control socket",
        details: [
            "This is what --host starts on the other machine. Varlink clients can use it over ssh too, as their bridge."
        ],
        exitCodes: .daemon,
        examples: [.init("collectorctl bridge", "speak Varlink: JSON objects, each ended by a NUL byte")]
    ) { session throws(CommandFailure) in
        // A client that goes away is the end, not a reason to die of a signal.
        _ = signal(SIGPIPE, SIG_IGN)
        do throws(ControlClientError) {
            var bridge = try ControlBridge(path: session.socketPath, input: STDIN_FILENO, output: STDOUT_FILENO)
            bridge.run()
        } catch {
            throw ControlFailure.of(error)
        }
        return .success
    }
}
