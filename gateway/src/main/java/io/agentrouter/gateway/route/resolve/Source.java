package io.agentrouter.gateway.route.resolve;

/** One place that names an agent type, and the name that stands there, decoded. */
record Source(String place, String value) {

    String named() {
        return place + " (" + Sources.shown(value) + ")";
    }
}
