package io.agentrouter.sandbox.http;

import io.agentrouter.sandbox.settings.PrivateDirectory;
import io.agentrouter.sandbox.settings.SandboxProperties;
import io.agentrouter.sandbox.settings.SocketAccess;
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
    private final String permissions;

    SocketServer(SandboxProperties properties, PrivateDirectory directory) throws IOException {
        this.socket = directory.path().resolve(properties.socket().getFileName());
        this.permissions = properties.socketAccess() == SocketAccess.GROUP ? "rw-rw----" : "rw-------";
        if (answers(socket)) {
            throw new IllegalStateException("sandbox.socket: another sandbox listens on " + socket);
        }
        Files.deleteIfExists(socket);
    }

    @Override
    public HttpServer apply(HttpServer server) {
        return server.bindAddress(() -> new DomainSocketAddress(socket.toString()));
    }

    @EventListener(ApplicationReadyEvent.class)
    void open() throws IOException {
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString(permissions));
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
