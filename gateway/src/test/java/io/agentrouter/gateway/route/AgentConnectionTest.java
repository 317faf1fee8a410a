package io.agentrouter.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;
import reactor.netty.Connection;

/** Both orders in which a client leaves and the connection for it comes to stand. */
class AgentConnectionTest {

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final AgentConnection connection = new AgentConnection();

    @Test
    void connectionThatStandsOnlyAfterItsClientLeft_isClosed() {
        connection.abort();
        connection.opened(Connection.from(channel));
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void connectionWhoseClientLeaves_isClosed() {
        connection.opened(Connection.from(channel));
        assertThat(channel.isOpen()).isTrue();
        connection.abort();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void connectionWhoseAnswerCameWhole_staysForOtherCalls() {
        connection.opened(Connection.from(channel));
        connection.answered();
        connection.abort();
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void connection_isOpenedOnceItStands() {
        assertThat(connection.isOpened()).isFalse();
        connection.opened(Connection.from(channel));
        assertThat(connection.isOpened()).isTrue();
    }
}
