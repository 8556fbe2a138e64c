import JSONSource
import Scenarios
import Synchronization

/// The files of a corpus with a mutated one among them, and a reader that knows the sound
/// organizations already.
struct MutatedFiles {
    /// How many inputs share what was read of the corpus; what they add to it is forgotten then.
    private static let batch = 2_000

    private let corpus: Corpus
    private let slot = Slot()
    private(set) var sources = SourceMap()
    private var known: ScenarioReader
    private var count = 0

    /// The input at work, seen by a reader made before it.
    private final class Slot: Sendable {
        let file = Mutex<(path: String, bytes: [UInt8])?>(nil)
    }

    init(_ corpus: Corpus) {
        self.corpus = corpus
        known = Self.reader(of: corpus, slot, sources)
    }
}

extension MutatedFiles {
    /// Puts a text beside the file it was made of, for the next reader.
    ///
    /// - Returns: the path of the text: a name of its own, so that nothing known of the sound file
    ///   is taken for it.
    mutating func put(_ bytes: [UInt8], beside sample: Sample) -> String {
        count += 1
        if count % Self.batch == 0 {
            sources = SourceMap()
            known = Self.reader(of: corpus, slot, sources)
        }
        let path = sample.path + "-mutated.json"
        slot.file.withLock { $0 = (path, bytes) }
        return path
    }

    /// A reader that has read the corpus but not the text.
    var reader: ScenarioReader { known }

    /// What a reader has said since.
    func said(by reader: ScenarioReader) -> [Diagnostic] {
        Array(reader.diagnostics.dropFirst(known.diagnostics.count))
    }

    /// A loader that knows nothing and adds to the same sources.
    var loader: DocumentLoader {
        DocumentLoader(reader: Self.files(corpus, slot), sources: sources)
    }

    private static func files(_ corpus: Corpus, _ slot: Slot) -> FileReader {
        let files = corpus.files
        return FileReader { path in
            let file = slot.file.withLock { $0 }
            if let file, file.path == path { return .success(file.bytes) }
            return files[path].map { .success($0) } ?? .failure(.notFound)
        }
    }

    private static func reader(
        of corpus: Corpus,
        _ slot: Slot,
        _ sources: SourceMap
    ) -> ScenarioReader {
        let loader = DocumentLoader(reader: files(corpus, slot), sources: sources)
        var reader = ScenarioReader(loader: loader)
        for scenario in corpus.scenarios { _ = reader.read(scenario.path) }
        return reader
    }
}
