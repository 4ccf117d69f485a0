import Configuration

/// One key of one section, over all files.
struct SettingID: Sendable, Hashable {
    /// The header's text: `Collector`, `Account 111122223333`.
    var section: String
    var key: String
}

/// Where a value that is not the default comes from.
enum SettingOrigin: Sendable, Equatable {
    case file(INIEntry)
    /// The name of the variable.
    case environment(String)

    /// `file:line`, or the variable in words.
    var text: String {
        switch self {
        case .file(let entry): "\(entry.keyPosition.file):\(entry.keyPosition.line)"
        case .environment(let variable): "environment variable \(variable)"
        }
    }
}
