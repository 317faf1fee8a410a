package io.agentrouter.gateway.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.gateway.catalog.TenantSettings;
import io.agentrouter.gateway.catalog.TenantsSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantsTest {

    /** Of "sesame", as sha256sum prints it. */
    private static final String SHA = "d0c04f4b1951e4aeaaec8223ed2039e542f3aae805a6fa7f6d794e5afff5d272";

    private final Tenants tenants = new Tenants(new TenantsSettings(
            Map.of("search", new TenantSettings(5, SHA), "anonymous", new TenantSettings(2, null))));

    @ParameterizedTest
    @ValueSource(strings = {"Bearer sesame", "bearer  sesame"})
    void tokenOfATenant_isThatTenants(String authorization) {
        assertThat(tenants.of(List.of(authorization))).isEqualTo(new Tenant("search", 5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer open", "Basic sesame", "sesame", "Bearer "})
    void anythingElse_isAnonymous(String authorization) {
        assertThat(tenants.of(List.of(authorization))).isEqualTo(new Tenant("anonymous", 2));
    }

    @Test
    void noneOrSeveral_isAnonymous() {
        assertThat(tenants.of(List.of()).name()).isEqualTo("anonymous");
        assertThat(tenants.of(List.of("Bearer sesame", "Bearer sesame")).name()).isEqualTo("anonymous");
    }
}
