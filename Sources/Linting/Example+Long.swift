extension Example {
    /// An RCP whose resource has that many letters.
    static func long(_ letters: Int, isFound: Bool) -> Example {
        let (open, close) = isFound ? ("«", "»") : ("", "")
        return .policy(
            .resourceControlPolicy,
            """
            {"Version": "2012-10-17", \(open)"Statement"\(close): [{"Effect": "Deny", "Principal": "*",
             "Action": "s3:*", "Resource": "arn:aws:s3:::⟨a×\(letters)⟩"}]}
            """
        )
    }
}
