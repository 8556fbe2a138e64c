/// A page that needs nothing but itself: no network, one style for light and dark, and no script
/// but one of our own.
struct HTMLPage {
    let title: String
    let script: PageScript?
    let content: [HTML]

    init(title: String, script: PageScript? = nil, @HTMLBuilder content: () -> [HTML]) {
        self.title = title
        self.script = script
        self.content = content()
    }

    var rendered: String { String(decoding: written, as: UTF8.self) }

    var written: [UInt8] {
        let page = HTML(.html, .plain("lang", "en")) {
            HTML(.head) {
                HTML(.meta, .plain("charset", "utf-8"))
                HTML(
                    .meta,
                    .plain("http-equiv", "Content-Security-Policy"),
                    .plain("content", policy)
                )
                HTML(
                    .meta,
                    .plain("name", "viewport"),
                    .plain("content", "width=device-width, initial-scale=1")
                )
                HTML(.meta, .plain("name", "color-scheme"), .plain("content", "light dark"))
                HTML(.title) { title }
                HTML(.style) {
                    HTML.style(PageStyle.rules)
                    if script != nil { HTML.style(RunPageStyle.rules) }
                }
            }
            HTML(.body) {
                HTML(.main) { content }
                if let script { HTML(.script) { HTML.script(script.text) } }
            }
        }
        return Array("<!DOCTYPE html>\n".utf8) + page.written
    }

    /// What a browser may do with the page, whatever may have got into it.
    private var policy: String {
        let script = script.map { " script-src 'sha256-\($0.hash)';" } ?? ""
        return "default-src 'none'; style-src 'unsafe-inline';\(script) base-uri 'none'; "
            + "form-action 'none'"
    }
}
