package io.agentrouter.e2e.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may know whom, over the classes that the build made of every module. */
class ArchitectureTest {

    private static final List<String> MODULES =
            List.of("gateway", "agent-runtime", "qa-agent", "coding-agent", "sandbox", "local");

    private static final JavaClasses ALL = new ClassFileImporter()
            .importPaths(MODULES.stream()
                    .map(module -> Path.of("..", module, "target", "classes"))
                    .toList());

    @ParameterizedTest
    @CsvSource({"gateway,", "runtime,", "qa, runtime", "coding, runtime", "sandbox,", "local,"})
    void modulesKnowNoOtherThanThoseTheyMay(String module, String mayKnow) {
        assertThat(ALL.stream().map(JavaClass::getPackageName)).anyMatch(name -> name.startsWith(packageOf(module)));
        String[] others = Stream.of("gateway", "runtime", "qa", "coding", "sandbox", "local")
                .filter(other -> !other.equals(module) && !other.equals(mayKnow))
                .map(other -> packageOf(other) + "..")
                .toArray(String[]::new);
        check(noClasses()
                .that()
                .resideInAPackage(packageOf(module) + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others));
    }

    @Test
    void langChain4j_isKnownToTheModelAdapterAndTheAgentsOnly() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(
                        packageOf("runtime.model") + "..", packageOf("qa") + "..", packageOf("coding") + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.langchain4j.."));
    }

    @Test
    void packages_haveNoCycles() {
        check(slices().matching("io.agentrouter.(**)").should().beFreeOfCycles());
    }

    private static String packageOf(String name) {
        return "io.agentrouter." + name;
    }

    private static void check(ArchRule rule) {
        rule.check(ALL);
    }
}
