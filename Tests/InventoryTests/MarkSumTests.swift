import JSON
import Testing

@testable import Inventory

/// Sums of marks, by which a store that has lost rows is known.
@Suite struct MarkSumTests {
    private static let marks = (0..<200).map { SeenMark(key: UInt64($0), digest: UInt64($0 % 7)) }

    private func sum(_ marks: some Sequence<SeenMark>) -> MarkSum {
        var sum = MarkSum()
        for mark in marks { sum.add(mark) }
        return sum
    }

    @Test("the order of rows does not count, and what is taken back was never there")
    func order() {
        let whole = sum(Self.marks)
        #expect(whole.count == 200)
        #expect(sum(Self.marks.reversed()) == whole)
        var less = whole
        less.remove(Self.marks[7])
        #expect(less == sum(Self.marks.enumerated().filter { $0.offset != 7 }.map(\.element)))
        #expect(sum([]) == MarkSum())
    }

    @Test("a row that is missing, too much, changed, or has another's content changes the sum")
    func differences() {
        let whole = sum(Self.marks)
        for index in Self.marks.indices {
            var other = Self.marks
            other[index].digest += 1
            #expect(sum(other) != whole)
            other = Self.marks
            other.remove(at: index)
            #expect(sum(other) != whole)
            #expect(sum(Self.marks + [Self.marks[index]]) != whole)
            other = Self.marks
            let next = (index + 1) % other.count
            (other[index].digest, other[next].digest) = (other[next].digest, other[index].digest)
            #expect(sum(other) != whole)
        }
    }

    @Test("a table's sum is that of its rows' marks")
    func table() {
        var index = StoredIndex()
        index.add(key: "a", type: "s/t", digest: Digest(high: 1, low: 2), ttl: 5, createdAt: 6)
        index.add(key: "b", type: "s/t", digest: nil, ttl: 5, createdAt: 6)
        var expected = MarkSum()
        expected.add(SeenMark(key: Array("b".utf8).span, digest: nil))
        expected.add(SeenMark(key: Array("a".utf8).span, digest: Digest(high: 1, low: 2)))
        #expect(MarkSum(index.table(of: "s/t")) == expected)
        #expect(MarkSum(index.table(of: "s/u")) == MarkSum())
    }
}
