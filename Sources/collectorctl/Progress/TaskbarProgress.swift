/// Progress as terminals show it in the tab or the taskbar (ConEmu's OSC 9;4, which systemd and other terminals speak too).
enum TaskbarProgress {
    /// So many percent are done.
    static func share(_ percent: Int) -> String { "\u{1B}]9;4;1;\(max(0, min(100, percent)))\u{1B}\\" }

    /// Nothing is under way any more.
    static let none = "\u{1B}]9;4;0;\u{1B}\\"
}
