package io.agentrouter.sandbox.settings;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configuration of the sandbox.
 *
 * @param socket the Unix domain socket that the HTTP face listens on; its directory is made when it is missing
 * @param socketAccess who reaches the socket
 * @param workspaces the directory shared with the agent; each directory in it is a workspace
 * @param isolation what stands between a command and the rest of the machine
 * @param concurrent commands that run at once; the next is refused
 * @param timeout how long a command may run when its request does not say
 * @param user the user id that commands get where the sandbox itself runs as root
 * @param readOnlyMounts directories beside {@code /usr} that commands may read, such as a Maven repository or a JDK, as
 *     {@code path} or {@code path:path-inside}
 * @param ports TCP ports that commands in a container may connect to, such as a proxy's, beside those that the kernel gives
 *     to servers that ask for any
 * @param environment environment variables that every command gets
 * @param limits what one command may use
 */
@ConfigurationProperties("sandbox")
public record SandboxProperties(
        Path socket,
        @DefaultValue("owner") SocketAccess socketAccess,
        Path workspaces,
        @DefaultValue("auto") IsolationMode isolation,
        @DefaultValue("4") int concurrent,
        @DefaultValue("60s") Duration timeout,
        @DefaultValue("62000") int user,
        @DefaultValue List<String> readOnlyMounts,
        @DefaultValue List<Integer> ports,
        @DefaultValue Map<String, String> environment,
        @DefaultValue Limits limits) {

    /** The kernel's {@code sun_path} holds 108 bytes with the closing zero. */
    private static final int LONGEST_SOCKET_PATH = 107;

    public SandboxProperties {
        socket = socket.toAbsolutePath().normalize();
        workspaces = workspaces.toAbsolutePath().normalize();
        Check.that(
                socket.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_SOCKET_PATH,
                "sandbox.socket must be at most " + LONGEST_SOCKET_PATH + " bytes long: " + socket);
        Check.that(!socket.startsWith(workspaces), "sandbox.socket must not lie in sandbox.workspaces");
        Check.that(concurrent > 0 && concurrent <= 64, "sandbox.concurrent must be between 1 and 64");
        Check.that(timeout.isPositive(), "sandbox.timeout must be positive");
        Check.that(
                ports.stream().allMatch(port -> port > 0 && port < 65536),
                "sandbox.ports must be numbers between 1 and 65535");
        Check.that(user > 0, "sandbox.user must be an unprivileged user id");
    }
}
