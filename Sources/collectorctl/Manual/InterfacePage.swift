import Control
import Manual

/// inventory-collector.varlink(7), made from the interface's own description.
enum InterfacePage {
    static var text: String {
        var page = ManualPage(
            name: "inventory-collector.varlink", section: 7, date: Release.date, source: Release.source,
            summary: "the control interface of inventory-collectord")
        page.section("Description")
        page.paragraph(
            """
            \(bold: "inventory-collectord")(8) answers calls on \(italic: ControlSocketPath.standard) by the Varlink \
            protocol: JSON objects, each ended by a NUL byte. Any Varlink client can call it; \
            \(bold: "collectorctl")(1) uses nothing else.
            """)
        page.paragraph(
            "A message holds at most 1 MiB and nests at most 64 deep. Unknown parameters are refused. A call with "
                + "\"more\" is answered in several replies where the method says so. The uid of the caller is "
                + "recorded with every run it starts.")
        for interface in InterfaceDescription.interfaces.reversed() {
            page.section(verbatim: interface)
            page.example((InterfaceDescription.text(of: interface) ?? "").trimmed)
        }
        page.section("Example")
        page.example(
            "python3 -m varlink.cli call \\\n"
                + "    unix:\(ControlSocketPath.standard)/io.inventorycollector.Collector.Status")
        page.references([("inventory-collectord", 8), ("collectorctl", 1)])
        return page.text
    }
}

extension String {
    /// Without line feeds at the end.
    fileprivate var trimmed: String {
        var rest = self[...]
        while rest.last == "\n" { rest.removeLast() }
        return String(rest)
    }
}
