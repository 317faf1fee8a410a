package io.agentrouter.local;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of memory.
 *
 * @param bytes how many
 * @param text as Kubernetes writes it, for example {@code 512Mi}
 */
record Memory(long bytes, String text) {

    private static final Pattern QUANTITY = Pattern.compile("(\\d+)(Ki|Mi|Gi)");

    static Memory parse(String text) {
        Matcher quantity = QUANTITY.matcher(text);
        if (!quantity.matches()) {
            throw new LauncherException("'" + text + "' is no amount of memory: write it like 512Mi or 4Gi.");
        }
        int shift = switch (quantity.group(2)) {
            case "Ki" -> 10;
            case "Mi" -> 20;
            default -> 30;
        };
        return new Memory(Long.parseLong(quantity.group(1)) << shift, text);
    }
}
