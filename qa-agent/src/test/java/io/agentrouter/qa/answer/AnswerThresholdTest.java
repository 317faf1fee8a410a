package io.agentrouter.qa.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.qa.index.LiveIndex;
import io.agentrouter.qa.index.MiniLm;
import io.agentrouter.qa.index.ShippedIndex;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions over this project's own documentation, as it was indexed by the build. */
class AnswerThresholdTest {

    private static final MiniLm EMBEDDER = new MiniLm();
    private static final LiveIndex INDEX = new LiveIndex();

    @BeforeAll
    static void open() throws IOException {
        INDEX.replace(ShippedIndex.open());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            How much memory does the coding agent get?                  | 4Gi             | docs/architecture.md
            How much memory does the Q&A agent get?                     | 512Mi           | docs/architecture.md
            What status code does a draining agent answer on /health?   | 503             | docs/contract.md
            What does X-Should-Retry mean?                              | X-Should-Retry  | docs/contract.md
            Which header says that an agent is busy?                    | X-Agent-Refused | docs/contract.md
            """)
    void questionThatTheDocumentsAnswer_isAnsweredFromTheRightFile(String question, String fact, String file)
            throws IOException {
        Answer answer = answer(new Question(question, ""));

        assertThat(answer.text()).contains(fact);
        assertThat(answer.citations().getFirst().source()).isEqualTo(file);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Who won the football world cup in 2014?",
                "How do I bake sourdough bread?",
                "Does the gateway support GraphQL subscriptions?",
                "What is the salary of the CEO?"
            })
    void questionThatTheDocumentsDoNotAnswer_isNotAnswered(String question) throws IOException {
        assertThat(answer(new Question(question, ""))).isEqualTo(new Answer("The documents do not say.", List.of()));
    }

    @Test
    void followUp_leansOnTheQuestionBeforeIt() throws IOException {
        Answer answer = answer(new Question("And the Q&A agent?", "How much memory does the coding agent get?"));

        assertThat(answer.text()).startsWith("The Q&A agent gets 512Mi");
    }

    private static Answer answer(Question question) throws IOException {
        Retrieved found = new Retriever(INDEX, EMBEDDER, 6).retrieve(question).orElseThrow();
        return ExtractiveAnswer.of(new Extractor(EMBEDDER).rank(found));
    }
}
