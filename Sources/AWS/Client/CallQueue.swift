/// Waits in two lines, each in the order of its numbers.
struct CallQueue<Waiter: Sendable>: Sendable {
    private struct Place {
        var number: Int
        var waiter: Waiter
    }

    private var onDemand: ArraySlice<Place> = []
    private var scheduled: ArraySlice<Place> = []

    var count: Int { onDemand.count + scheduled.count }
    var isEmpty: Bool { onDemand.isEmpty && scheduled.isEmpty }

    func has(_ priority: CallPriority) -> Bool {
        switch priority {
        case .onDemand: !onDemand.isEmpty
        case .scheduled: !scheduled.isEmpty
        }
    }

    /// - Parameter number: the place in the line; a call that is tried again comes with the one it had.
    mutating func add(_ waiter: Waiter, number: Int, priority: CallPriority) {
        let place = Place(number: number, waiter: waiter)
        switch priority {
        case .onDemand: Self.insert(place, into: &onDemand)
        case .scheduled: Self.insert(place, into: &scheduled)
        }
    }

    /// Takes the first of a line.
    mutating func next(_ priority: CallPriority) -> Waiter? {
        switch priority {
        case .onDemand: onDemand.popFirst()?.waiter
        case .scheduled: scheduled.popFirst()?.waiter
        }
    }

    /// Takes a wait out of its line; `nil` when it is in none.
    mutating func remove(number: Int) -> Waiter? {
        if let index = onDemand.firstIndex(where: { $0.number == number }) { return onDemand.remove(at: index).waiter }
        guard let index = scheduled.firstIndex(where: { $0.number == number }) else { return nil }
        return scheduled.remove(at: index).waiter
    }

    private static func insert(_ place: Place, into line: inout ArraySlice<Place>) {
        var index = line.endIndex
        while index > line.startIndex, line[index - 1].number > place.number { index -= 1 }
        line.insert(place, at: index)
    }
}
