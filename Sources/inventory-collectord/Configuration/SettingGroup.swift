/// The settings of one kind of section; `init()` gives the defaults, and nothing else does.
protocol SettingGroup: Sendable, Equatable {
    init()
}
