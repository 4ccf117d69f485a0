import JSON
import Testing

@Suite("Looking for text in text")
struct TextSearchTests {
    @Test(
        "each occurrence is replaced once, from the left",
        arguments: [
            ("/{a}/x/{a}", "{a}", "1", "/1/x/1"), ("{a}", "{a}", "{a}{a}", "{a}{a}"), ("aaa", "aa", "b", "ba"),
            ("nothing", "{a}", "1", "nothing"), ("", "a", "1", ""), ("text", "", "1", "text"),
            ("é{a}ü", "{a}", "", "éü"),
        ])
    func substitution(text: String, part: String, replacement: String, expected: String) {
        #expect(text.substituting(part, with: replacement) == expected)
    }

    @Test(
        "a part is found wherever it stands",
        arguments: [
            ("Signature expired: now", "Signature expired", true), ("at its end", "end", true),
            ("short", "shorter", false),
            ("", "a", false), ("", "", true), ("aab", "ab", true), ("NotFoun", "NotFound", false),
        ])
    func search(text: String, part: String, isThere: Bool) {
        #expect(text.includes(part) == isThere)
    }
}
