/// The daemon's manual pages, made from its own tables.
enum ManualPages {
    /// As packages install them.
    static let names = ["inventory-collectord.8", "collectord.conf.5"]

    /// The page in man(7) source.
    static func text(of name: String) -> String {
        name == names[0] ? DaemonPage().text : ConfigurationPage().text
    }
}
