package io.agentrouter.gateway;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A request's way is known to {@code route} alone; its links know the catalog, and not each other. */
class ArchitectureTest {

    private static final String ROOT = "io.agentrouter.gateway.";

    /** Each package, and those that it may know. */
    private static final Map<String, Set<String>> KNOWN = Map.ofEntries(
            entry("problem", Set.of()),
            entry("log", Set.of()),
            entry("trace", Set.of()),
            entry("kubernetes", Set.of()),
            entry("training", Set.of()),
            entry("catalog", Set.of("problem", "kubernetes")),
            entry("tenant", Set.of("problem", "catalog")),
            entry("server", Set.of("problem", "catalog", "log")),
            entry("endpoint", Set.of("problem", "kubernetes", "catalog")),
            entry("admission", Set.of("problem", "catalog", "tenant", "endpoint")),
            entry("health", Set.of("problem", "catalog", "endpoint")),
            entry("discovery", Set.of("problem", "catalog", "endpoint", "admission", "health")),
            entry("route", Set.of("problem", "catalog", "log", "trace", "server", "tenant", "admission", "endpoint")),
            entry("metrics", Set.of("catalog", "endpoint", "admission", "route")));

    private static final JavaClasses GATEWAY = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.agentrouter.gateway");

    @Test
    void packagesKnowOnlyThoseBelowThem() {
        KNOWN.forEach((name, known) -> {
            String[] others = KNOWN.keySet().stream()
                    .filter(other -> !other.equals(name) && !known.contains(other))
                    .map(other -> ROOT + other + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + name + "..")
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(others))
                    .check(GATEWAY);
        });
    }

    @Test
    void everyPackageHasItsPlace() {
        Set<String> packages = GATEWAY.stream()
                .map(type -> type.getPackageName() + ".")
                .filter(name -> !name.equals(ROOT))
                .map(name -> List.of(name.substring(ROOT.length()).split("\\.")).getFirst())
                .collect(Collectors.toSet());
        assertThat(KNOWN).containsOnlyKeys(packages);
    }
}
