import Testing

@Suite("Explanations")
struct ExplanationTests {}
