import Glibc

/// What the descriptors and the environment say about the person in front.
struct Terminal: Sendable, Equatable {
    var outputIsTerminal: Bool
    var errorsAreTerminal: Bool
    /// Can move its cursor and show colours.
    var isCapable: Bool
    var wantsNoColor: Bool
    /// Takes control sequences that it does not know as such: the console of Linux would print them.
    var showsProgress: Bool
    var pager: String?

    static func current() -> Terminal {
        let kind = variable("TERM") ?? "dumb"
        return Terminal(
            outputIsTerminal: isatty(STDOUT_FILENO) == 1, errorsAreTerminal: isatty(STDERR_FILENO) == 1,
            isCapable: kind != "dumb", wantsNoColor: variable("NO_COLOR") != nil,
            showsProgress: kind != "dumb" && kind != "linux", pager: variable("PAGER"))
    }

    /// A variable of the environment; `nil` when it is empty.
    static func variable(_ name: String) -> String? {
        guard let value = getenv(name).map({ String(cString: $0) }), !value.isEmpty else { return nil }
        return value
    }

    /// Columns and lines of the terminal behind a descriptor; 80 x 24 when it does not tell.
    static func size(of descriptor: Int32) -> (width: Int, height: Int) {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return (variable("COLUMNS").flatMap { Int($0) }.map { max(20, $0) } ?? 80, 24)
        }
        return (Int(size.ws_col), max(2, Int(size.ws_row)))
    }

    /// Seconds since the epoch.
    static var wallClock: Int { time(nil) }
}
