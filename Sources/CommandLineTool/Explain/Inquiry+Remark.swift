import Authorization
import Explaining

extension Inquiry {
    /// Whether AWS and this organization agree, in a sentence; nil where there is nothing to say.
    func remark(on decision: Decision) -> String? {
        switch stated {
        case nil: nil
        case .allowed:
            switch decision.outcome {
            case .allowed: "the record says that AWS allowed it; so does this organization"
            case .undetermined:
                "the record says that AWS allowed it; here it is allowed with \(Self.some("record"))"
            case .explicitDeny, .implicitDeny, .invalid, .expiredToken:
                "the record says that AWS allowed it; this organization does not"
            }
        case .failure(let code):
            "the record says \(code), which does not tell whether the call was authorized"
        case .oneDenied:
            decision.outcome == .allowed
                ? "the record says that AWS denied the call, not which of its actions" : nil
        case .reason(let reason): Comparison(reason, decision, source: "record").sentence
        case .message(let reason):
            Comparison(reason, decision, source: "message").sentence.map { sentence in
                sentence + (Self.hint(reason, decision) ?? "")
            }
        }
    }

    private static func some(_ source: String) -> String {
        "some values of what the \(source) does not tell"
    }

    /// A message tells no condition keys: what they would have changed may be why it differs.
    private static func hint(_ reason: StatedReason?, _ decision: Decision) -> String? {
        let keys = decision.absentKeys
        guard !keys.isEmpty, !Comparison(reason, decision, source: "message").isSame else {
            return nil
        }
        let more = keys.count > 4 ? ", … and \(keys.count - 4) more" : ""
        let list = keys.prefix(4).joined(separator: ", ") + more
        return "; the message does not tell the keys of the call, and here it matters that it "
            + "lacks \(list): give --context KEY=VALUE, or --unknown '*'"
    }

    /// AWS's reason for a denial beside the one found here.
    private struct Comparison {
        var sentence: String?
        var isSame = true

        init(_ reason: StatedReason?, _ decision: Decision, source: String) {
            let isOpen = decision.outcome == .undetermined
            let agreement = reason?.agreement(with: decision)
            switch agreement {
            case .agrees(let note):
                // AWS names an explicit deny before anything that is merely missing (MSG-4).
                isSame = reason?.kind != .implicitDeny || decision.outcome != .explicitDeny
                let same = "AWS names the same reason"
                let open = "AWS names what stands in the way here with \(Inquiry.some(source))"
                sentence = note ?? (isOpen ? open : same)
                if !isSame { sentence = "\(note ?? same), and none of the explicit denies here" }
            case .differs(let text):
                isSame = false
                sentence = text
            case nil, .isSilent:
                isSame = decision.outcome != .allowed
                if !isSame { sentence = "AWS denied it; this organization allows it" }
                if isOpen {
                    sentence = "AWS denied it; here it is denied with \(Inquiry.some(source))"
                }
            }
        }
    }
}
