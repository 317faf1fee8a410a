package io.agentrouter.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** Stands for a part: shows its environment in its log and answers that it is healthy, unless it is told to fail. */
public final class StubPart {

    private static final String HEALTHY =
            "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"status\":\"ok\",\"checks\":{},\"modes\":[\"stub\"]}";

    private StubPart() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.getenv().forEach((name, value) -> System.out.println(name + "=" + value));
        Stream.of(arguments).forEach(argument -> System.out.println("argument " + argument));
        switch (behaviour()) {
            case "fails" -> {
                System.out.println("There are no documents.");
                System.exit(3);
            }
            case "stays" -> Runtime.getRuntime().addShutdownHook(new Thread(StubPart::never));
            default -> {}
        }
        serve();
    }

    private static String behaviour() {
        return System.getenv().getOrDefault("QA_STUB", "");
    }

    private static void serve() throws IOException {
        String socket = System.getenv("SANDBOX_SOCKET");
        SocketAddress address = socket == null
                ? new InetSocketAddress(
                        InetAddress.ofLiteral("127.0.0.1"), Integer.parseInt(System.getenv("SERVER_PORT")))
                : UnixDomainSocketAddress.of(socket);
        try (ServerSocketChannel server =
                socket == null ? ServerSocketChannel.open() : ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address);
            while (true) {
                try (SocketChannel client = server.accept()) {
                    client.read(ByteBuffer.allocate(1024));
                    client.write(ByteBuffer.wrap(HEALTHY.getBytes(StandardCharsets.US_ASCII)));
                }
            }
        }
    }

    private static void never() {
        try {
            Thread.currentThread().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
