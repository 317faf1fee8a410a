package io.agentrouter.sandbox.http;

import io.agentrouter.sandbox.posix.Posix;
import io.agentrouter.sandbox.settings.PrivateDirectory;
import io.agentrouter.sandbox.settings.SandboxProperties;
import io.agentrouter.sandbox.settings.SocketAccess;
import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import reactor.netty.http.server.HttpServer;

/** Binds the HTTP face to a Unix domain socket instead of a port. */
@Component
class SocketServer implements NettyServerCustomizer {

    private static final Logger log = LoggerFactory.getLogger(SocketServer.class);

    private final Path socket;
    private final boolean shared;

    SocketServer(SandboxProperties properties, PrivateDirectory directory) throws IOException {
        this.socket = directory.path().resolve(properties.socket().getFileName());
        this.shared = properties.socketAccess() == SocketAccess.GROUP;
        if (answers(socket)) {
            throw new IllegalStateException("sandbox.socket: another sandbox listens on " + socket);
        }
        Files.deleteIfExists(socket);
    }

    @Override
    public HttpServer apply(HttpServer server) {
        HttpServer bound = server.bindAddress(() -> new DomainSocketAddress(socket.toString()));
        return shared ? bound.doOnChannelInit((observer, channel, from) -> refuseOwnUser(channel)) : bound;
    }

    /** Where the agent is another user, nobody but a command connects as the user of this process. */
    private static void refuseOwnUser(Channel channel) {
        try {
            if (channel instanceof EpollDomainSocketChannel connection
                    && connection.peerCredentials().uid() == Posix.user()) {
                var _ = channel.close();
            }
        } catch (IOException e) {
            var _ = channel.close();
        }
    }

    @EventListener(ApplicationReadyEvent.class)
    void open() throws IOException {
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString(shared ? "rw-rw----" : "rw-------"));
        log.info("listening on {}", socket);
    }

    /** A socket's file outlives the process that listened on it. */
    private static boolean answers(Path socket) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return channel.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
