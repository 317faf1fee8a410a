package io.agentrouter.gateway.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentrouter.gateway.TestGateway;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.util.unit.DataSize;

@ExtendWith(OutputCaptureExtension.class)
class StartTest {

    /** Of "sesame", as sha256sum prints it. */
    private static final String SHA = "d0c04f4b1951e4aeaaec8223ed2039e542f3aae805a6fa7f6d794e5afff5d272";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            router.agents.qa.uri=                         | router.agents[qa].uri
            router.agents.qa.uri=qa-agent:8000            | router.agents[qa].uri
            router.agents.qa.uri=http://qa-agent/v1       | router.agents[qa].uri
            router.agents.qa.description=                 | router.agents[qa].description
            router.agents.qa.resources.memory=512         | router.agents[qa].resources.memory
            router.agents.qa.resources.cpu=many           | router.agents[qa].resources.cpu
            router.agents.qa.resources.slots=0            | router.agents[qa].resources.slots
            router.agents.qa.resources.slots=a            | router.agents.qa.resources.slots
            router.agents.qa.timeouts.idle=0s             | router.agents[qa].timeouts.idle
            router.agents.qa.timeouts.idle=soon           | router.agents.qa.timeouts.idle
            router.agents.qa.timeouts.first-byte=1h       | total must not be below connect, first-byte or idle
            router.agents.qa.max-body=1.5MB               | router.agents.qa.max-body
            router.agents.qa.max-body=-1                  | max-body must be at least 1B
            router.agents.qa.url=http://qa                | router.agents.qa.url
            router.agents.new.description=x               | router.agents[new].uri
            router.agents[Q_A].uri=http://qa              | router.agents[Q_A]
            router.agents.redis.uri=http://redis          | router.agents[redis]
            router.max-buffered=lots                      | router.max-buffered
            router.max-buffered=0                         | max-buffered must be at least 1B
            router.max-buffered-sum=1KB                   | max-buffered-sum not below max-buffered
            router.max-bufered=1KB                        | router.max-bufered
            router.discovery.max-waiting=0                | router.discovery.maxWaiting
            router.discovery.max-pods=0                   | router.discovery.maxPods
            router.endpoints.source=guess                 | router.endpoints.source
            router.endpoints.attempts=0                   | router.endpoints.attempts
            router.discovery.check-tiemout=1s             | router.discovery.check-tiemout
            router.clients.body-timeout=0s                | router.clients.bodyTimeout
            router.clients.stall-timeout=soon             | router.clients.stall-timeout
            router.clients.stall-timeout=0s               | router.clients.stallTimeout
            router.clients.linger-time=0s                 | router.clients.lingerTime
            router.clients.linger-size=-1                 | linger-size and pipelined-size must not be negative
            router.clients.linger-sise=1MB                | router.clients.linger-sise
            router.agents.qa.timeouts.conect=1s           | router.agents.qa.timeouts.conect
            router.tenants.search.weight=2                | each but anonymous needs a token-sha256 of its own
            router.tenants.search.weight=0                | router.tenants[search].weight
            router.tenants.search.token-sha256=sesame     | router.tenants[search].tokenSha256
            """)
    void wrongValue_failsTheStartNamingTheKey(String property, String key, CapturedOutput output) {
        failsToStart("--" + property);
        assertThat(output).contains("APPLICATION FAILED TO START").contains(key);
    }

    @Test
    void tokenOfTwoTenants_failsTheStart(CapturedOutput output) {
        failsToStart("--router.tenants.search.token-sha256=" + SHA, "--router.tenants.mail.token-sha256=" + SHA);
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("each but anonymous needs a token-sha256 of its own");
    }

    @Test
    void tokenInCapitals_failsTheStart(CapturedOutput output) {
        failsToStart("--router.tenants.search.token-sha256=" + SHA.toUpperCase(Locale.ROOT));
        assertThat(output).contains("APPLICATION FAILED TO START").contains("router.tenants[search].tokenSha256");
    }

    private static void failsToStart(String... properties) {
        var catalogAlone = new SpringApplication(CatalogConfiguration.class, ValidationAutoConfiguration.class);
        catalogAlone.setWebApplicationType(WebApplicationType.NONE);
        assertThatThrownBy(() -> catalogAlone.run(properties).close());
    }

    @Test
    void wrongValue_stopsTheWholeApplication(CapturedOutput output) {
        assertThatThrownBy(
                () -> TestGateway.start("router.agents.qa.max-body=big").close());
        assertThat(output).contains("APPLICATION FAILED TO START").contains("router.agents.qa.max-body");
    }

    @Test
    void limitsOnClients_canBeSet() {
        try (var gateway = TestGateway.start(
                "router.clients.body-timeout=3s",
                "router.clients.stall-timeout=4s",
                "router.clients.linger-time=5s",
                "router.clients.linger-size=6KB",
                "router.clients.pipelined-size=7KB",
                "router.clients.lame-duck=8ms")) {
            assertThat(gateway.context().getBean(ClientLimits.class))
                    .isEqualTo(new ClientLimits(
                            Duration.ofSeconds(3),
                            Duration.ofSeconds(4),
                            Duration.ofSeconds(5),
                            DataSize.ofKilobytes(6),
                            DataSize.ofKilobytes(7),
                            Duration.ofMillis(8)));
        }
    }

    @Test
    void tenants_canBeSet() {
        try (var gateway = TestGateway.start(
                "router.tenants.search.token-sha256=" + SHA,
                "router.tenants.search.weight=5",
                "router.tenants.anonymous.weight=2")) {
            assertThat(gateway.context().getBean(TenantsSettings.class).byName())
                    .isEqualTo(Map.of("search", new TenantSettings(5, SHA), "anonymous", new TenantSettings(2, null)));
        }
    }

    @Test
    void withoutAnyProperty_startsWithBothTypes() {
        try (var gateway = TestGateway.start()) {
            Catalog catalog = gateway.context().getBean(Catalog.class);
            assertThat(catalog.types()).extracting(AgentType::name).containsExactly("coding", "qa");
            assertThat(catalog.types())
                    .extracting(AgentType::queue)
                    .containsOnly(new QueueSettings(
                            256,
                            DataSize.ofMegabytes(16),
                            Duration.ofSeconds(60),
                            Duration.ofSeconds(60),
                            Duration.ofSeconds(10)));
            assertThat(catalog.maxDepth()).isEqualTo(1);
            assertThat(catalog.maxBuffered()).isEqualTo(DataSize.ofKilobytes(256));
            assertThat(catalog.get("qa").maxBody()).isEqualTo(DataSize.ofMegabytes(1));
            assertThat(catalog.get("coding").maxBody()).isEqualTo(DataSize.ofMegabytes(32));
            assertThat(catalog.get("qa").timeouts().connect()).isEqualTo(Duration.ofSeconds(2));
            assertThat(gateway.context().getBean(ClientLimits.class).bodyTimeout())
                    .isEqualTo(Duration.ofSeconds(30));
            assertThat(gateway.context().getBeansOfType(GlobalFilter.class)).isEmpty();
            HttpClientProperties.Pool pool =
                    gateway.context().getBean(HttpClientProperties.class).getPool();
            assertThat(pool.getMaxIdleTime()).isEqualTo(Duration.ofSeconds(20));
            assertThat(pool.getMaxLifeTime()).isEqualTo(Duration.ofMinutes(5));
            assertThat(pool.getEvictionInterval()).isEqualTo(Duration.ofSeconds(10));
        }
    }
}
