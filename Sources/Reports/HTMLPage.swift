/// A page that needs nothing but itself: no script, no network, one style for light and dark.
struct HTMLPage {
    let title: String
    let content: [HTML]

    /// What a browser may do with the page, whatever may have got into it.
    private static let policy =
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

    init(title: String, @HTMLBuilder content: () -> [HTML]) {
        self.title = title
        self.content = content()
    }

    var rendered: String {
        let page = HTML(.html, .plain("lang", "en")) {
            HTML(.head) {
                HTML(.meta, .plain("charset", "utf-8"))
                HTML(
                    .meta,
                    .plain("http-equiv", "Content-Security-Policy"),
                    .plain("content", Self.policy)
                )
                HTML(
                    .meta,
                    .plain("name", "viewport"),
                    .plain("content", "width=device-width, initial-scale=1")
                )
                HTML(.meta, .plain("name", "color-scheme"), .plain("content", "light dark"))
                HTML(.title) { title }
                HTML(.style) { HTML.style(PageStyle.rules) }
            }
            HTML(.body) {
                HTML(.main) { content }
            }
        }
        return "<!DOCTYPE html>\n" + page.rendered
    }
}
