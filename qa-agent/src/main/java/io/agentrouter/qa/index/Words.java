package io.agentrouter.qa.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** Words as the index sees them: English stems, without the words that a question is asked with and not about. */
public final class Words {

    private static final List<String> ASKING = List.of(
            "how", "what", "which", "who", "whom", "whose", "when", "where", "why", "do", "does", "did", "can", "could",
            "should", "would", "may", "has", "have", "had", "get", "gets", "many", "much", "i", "me", "my", "we", "you",
            "your", "its", "am", "were", "been", "from", "about", "please", "tell", "any", "some");

    static final Analyzer ANALYZER = new EnglishAnalyzer(stopWords());

    private Words() {}

    /** The stems in a text, each once, in order. */
    public static Set<String> stems(String text) {
        try (TokenStream tokens = ANALYZER.tokenStream("", text)) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            Set<String> stems = new LinkedHashSet<>();
            tokens.reset();
            while (tokens.incrementToken()) {
                stems.add(term.toString());
            }
            tokens.end();
            return stems;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CharArraySet stopWords() {
        CharArraySet words = new CharArraySet(ASKING, true);
        words.addAll(EnglishAnalyzer.getDefaultStopSet());
        return words;
    }
}
