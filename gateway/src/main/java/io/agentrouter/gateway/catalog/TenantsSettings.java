package io.agentrouter.gateway.catalog;

import java.util.Map;

/**
 * Who the tenants are.
 *
 * @param byName may hold {@code anonymous}, for its weight
 */
public record TenantsSettings(Map<String, TenantSettings> byName) {}
