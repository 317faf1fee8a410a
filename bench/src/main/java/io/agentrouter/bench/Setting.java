package io.agentrouter.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How each contender is started, all with the gateway's own limits on the JVM.
 *
 * @param work where logs and configuration go
 * @param gatewayJar the gateway, extracted, as it is in its image
 * @param gatewayCache its AOT cache
 * @param jvmOptions the gateway's
 * @param cgroup file that puts whoever writes its process id there under the gateway's memory limit; empty where none could be made
 */
record Setting(Path work, Path gatewayJar, Path gatewayCache, String jvmOptions, String cgroup) {

    static final String GATEWAY = "Agent Router";
    static final String BARE = "Reactor Netty";
    static final String STOCK = "stock SCG";

    Contender mock() throws IOException, InterruptedException {
        int port = Contender.freePort();
        return Contender.start(
                "mock",
                port,
                log("mock"),
                Map.of(),
                Contender.java(
                        MockAgent.class, "-XX:+UseSerialGC -Xmx512m -Dio.netty.leakDetection.level=disabled", port));
    }

    Contender bare(int agent) throws IOException, InterruptedException {
        int port = Contender.freePort();
        return Contender.start(
                BARE, port, log("bare"), Map.of(), Contender.java(BareProxy.class, othersOptions(), port, agent));
    }

    Contender stock(int agent) throws IOException, InterruptedException {
        int port = Contender.freePort();
        return Contender.start(
                STOCK, port, log("stock"), Map.of(), Contender.java(StockGateway.class, othersOptions(), port, agent));
    }

    /** The gateway's, but for the choice of a compiler, which only serves who has a cache from a training run. */
    private String othersOptions() {
        return jvmOptions.replace("-XX:-TieredCompilation ", "");
    }

    /** With all links on, in front of one agent that does not report its slots. */
    Contender gateway(int agent) throws IOException, InterruptedException {
        return gateway(
                Map.of(),
                "--router.agents.qa.uri=http://127.0.0.1:" + agent,
                "--router.agents.coding.uri=http://127.0.0.1:" + agent);
    }

    Contender gateway(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        int port = Contender.freePort();
        List<String> command = new ArrayList<>(List.of(
                "sh",
                "-c",
                (cgroup.isEmpty() ? "" : "echo $$ > " + cgroup + "; ") + "exec \"$@\"",
                "gateway",
                Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(jvmOptions.split(" ", -1)));
        command.addAll(List.of(
                "-XX:AOTCache=" + gatewayCache,
                "-jar",
                gatewayJar.toString(),
                "--server.address=127.0.0.1",
                "--server.port=" + port,
                "--management.server.address=127.0.0.1",
                "--management.server.port=" + Contender.freePort(),
                "--router.tenants.bench.token-sha256=" + Request.TOKEN_SHA256,
                "--router.agents.qa.reports-slots=false",
                "--router.agents.coding.reports-slots=false",
                "--router.agents.qa.resources.slots=20000"));
        command.addAll(List.of(arguments));
        return Contender.start(GATEWAY, port, log("gateway"), environment, command);
    }

    /** Pass-through of streams, and connections kept to the agents, as its manual says for proxies. */
    Contender nginx(List<Integer> agents) throws IOException, InterruptedException {
        int port = Contender.freePort();
        StringBuilder servers = new StringBuilder();
        agents.forEach(
                agent -> servers.append("server 127.0.0.1:").append(agent).append("; "));
        Path config = work.resolve("nginx.conf");
        Files.createDirectories(work);
        Files.writeString(config, """
                daemon off;
                worker_processes auto;
                worker_rlimit_nofile 65536;
                pid %1$s/nginx.pid;
                error_log %1$s/nginx-error.log;
                events { worker_connections 32768; }
                http {
                  access_log %1$s/nginx-access.log combined buffer=64k;
                  client_body_temp_path %1$s/body;
                  proxy_temp_path %1$s/proxy;
                  fastcgi_temp_path %1$s/fastcgi;
                  uwsgi_temp_path %1$s/uwsgi;
                  scgi_temp_path %1$s/scgi;
                  keepalive_requests 1000000000;
                  upstream agents { least_conn; %2$s keepalive 256; keepalive_requests 1000000000; }
                  server {
                    listen 127.0.0.1:%3$d backlog=4096;
                    location / {
                      proxy_pass http://agents;
                      proxy_http_version 1.1;
                      proxy_set_header Connection "";
                      proxy_buffering off;
                      proxy_read_timeout 600s;
                    }
                  }
                }
                """.formatted(work, servers, port));
        return Contender.start(
                "nginx",
                port,
                log("nginx"),
                Map.of(),
                List.of("nginx", "-p", work.toString(), "-c", config.toString()));
    }

    private Path log(String name) {
        return work.resolve(name + ".log");
    }
}
