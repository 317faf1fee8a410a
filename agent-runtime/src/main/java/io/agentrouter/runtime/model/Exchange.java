package io.agentrouter.runtime.model;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One call as LangChain4j sees it: the HTTP client that it is given only notes the request and the listener, and the
 * stream's events are handed to that listener one at a time, when the reader asks for them. So LangChain4j writes the
 * request and reads the answer, while the connection stays with Reactor Netty, to be read with back pressure and cut at
 * any moment.
 */
final class Exchange implements HttpClient, StreamingChatResponseHandler {

    private static final String DONE = "[DONE]";

    private final ModelRequest question;
    private final List<ModelEvent> heard = new ArrayList<>();
    private @Nullable HttpRequest request;
    private @Nullable ServerSentEventListener listener;
    private @Nullable ModelFailure failure;
    private @Nullable ChatResponse response;
    private boolean begun;
    private boolean done;

    Exchange(ModelProperties properties, ModelRequest question) {
        this.question = question;
        OpenAiStreamingChatModel.builder()
                .httpClientBuilder(new Builder(this))
                .baseUrl(properties.baseUrl().toString())
                .modelName(properties.name())
                .build()
                .chat(ChatRequests.from(question), this);
    }

    /** The request as JSON. */
    String body() {
        return Objects.requireNonNull(request).body();
    }

    /** Whether the answer has begun. */
    boolean begun() {
        return begun;
    }

    /** What LangChain4j made of the answer; null until it is whole. */
    @Nullable
    ChatResponse response() {
        return response;
    }

    /** What one event's data means. */
    List<ModelEvent> read(String data) {
        begun = true;
        if (data.equals(DONE)) {
            return finish();
        }
        if (StreamedError.isIn(data)) {
            throw ModelFailure.inStream();
        }
        Objects.requireNonNull(listener).onEvent(new ServerSentEvent(null, data));
        return drain();
    }

    /** The stream is at its end: with an answer, if it has one. */
    List<ModelEvent> finish() {
        if (done) {
            return List.of();
        }
        done = true;
        Objects.requireNonNull(listener).onClose();
        return drain();
    }

    private List<ModelEvent> drain() {
        if (failure != null) {
            throw failure;
        }
        List<ModelEvent> events = List.copyOf(heard);
        heard.clear();
        return events;
    }

    @Override
    public void onPartialResponse(String text) {
        heard.add(new ModelEvent.TextDelta(text));
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        this.response = response;
        if (response.finishReason() == null) {
            failure = ModelFailure.connection(true);
        } else {
            heard.add(new ModelEvent.Answered(Answers.from(question, response)));
        }
    }

    /** Only noted here: LangChain4j ignores what a handler throws. */
    @Override
    public void onError(Throwable error) {
        failure = ModelFailure.unreadable();
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        this.request = request;
        this.listener = listener;
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        throw new UnsupportedOperationException("only streamed calls are made");
    }

    /** The timeouts that LangChain4j sets are not used: {@link Patience} keeps them. */
    private record Builder(HttpClient client) implements HttpClientBuilder {

        @Override
        public HttpClient build() {
            return client;
        }

        @Override
        public @Nullable Duration connectTimeout() {
            return null;
        }

        @Override
        public HttpClientBuilder connectTimeout(Duration timeout) {
            return this;
        }

        @Override
        public @Nullable Duration readTimeout() {
            return null;
        }

        @Override
        public HttpClientBuilder readTimeout(Duration timeout) {
            return this;
        }
    }
}
