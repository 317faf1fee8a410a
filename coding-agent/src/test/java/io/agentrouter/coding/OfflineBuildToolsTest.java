package io.agentrouter.coding;

import static io.agentrouter.coding.OfflineRunTest.CALC_TEST_JS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Without a model the tests of each build tool are run by the tool itself. */
class OfflineBuildToolsTest extends SandboxedTests {

    private static final String POM = """
            <project>
              <modelVersion>4.0.0</modelVersion>
              <parent>
                <groupId>org.springframework.boot</groupId>
                <artifactId>spring-boot-starter-parent</artifactId>
                <version>4.1.2</version>
                <relativePath/>
              </parent>
              <groupId>com.example</groupId>
              <artifactId>calc</artifactId>
              <version>1</version>
              <dependencies><dependency>%s</dependency></dependencies>
            </project>
            """;
    private static final String JUNIT =
            "<groupId>org.junit.jupiter</groupId><artifactId>junit-jupiter</artifactId><scope>test</scope>";
    private static final String CALC_TEST_JAVA = """
            package com.example;

            import static org.junit.jupiter.api.Assertions.assertEquals;

            import org.junit.jupiter.api.Test;

            class CalcTest {
                @Test
                void adds() {
                    assertEquals(5, 2 %s 3);
                }
            }
            """;
    private static final String CALC_TEST_GO = """
            package sub

            import "testing"

            func TestAdd(t *testing.T) {
            \tif 2 %1$s 3 != 5 {
            \t\tt.Errorf("got %%d, want 5", 2 %1$s 3)
            \t}
            }
            """;
    private static final String GO_MOD = "module example.com/calc\n\ngo 1.21\n";

    @Test
    @Tag("slow")
    void failingMavenTest_isNamedByFileAndLine() throws IOException {
        requires("mvn -v && ls /opt/maven-repository");
        assertThat(offline(Map.of(
                        "calc/pom.xml", POM.formatted(JUNIT),
                        "calc/src/test/java/com/example/CalcTest.java", CALC_TEST_JAVA.formatted("-"))))
                .contains("**Maven** in `calc`: the tests fail (exit code 1")
                .contains("`calc/src/test/java/com/example/CalcTest.java:10`")
                .contains("expected: <5> but was: <-1>");
    }

    @Test
    @Tag("slow")
    void passingMavenTest_isSaid() throws IOException {
        requires("mvn -v && ls /opt/maven-repository");
        assertThat(offline(Map.of(
                        "pom.xml", POM.formatted(JUNIT),
                        "src/test/java/com/example/CalcTest.java", CALC_TEST_JAVA.formatted("+"))))
                .contains("**Maven** in `.`: the tests pass.");
    }

    @Test
    @Tag("slow")
    void artifactThatIsNotHere_isReportedAsMissing() throws IOException {
        requires("mvn -v");
        String absent = "<groupId>com.example</groupId><artifactId>not-there</artifactId><version>1.2.3</version>";
        assertThat(offline(Map.of("pom.xml", POM.formatted(absent))))
                .contains("**Maven** in `.`: the tests fail")
                .containsPattern(
                        "Missing here: `(com.example:not-there:jar:1.2.3|\\S+:spring-boot-starter-parent:\\S+)`");
    }

    @Test
    void failingNodeTest_isNamedByFileAndLine() throws IOException {
        requires("node -e 1");
        assertThat(offline(Map.of("package.json", "{\"name\":\"a\"}", "calc.test.js", CALC_TEST_JS.formatted("-"))))
                .contains("`node --test`")
                .contains("**Node** in `.`: the tests fail")
                .contains("`calc.test.js:4`");
    }

    @Test
    void testScriptOfNpm_isRun() throws IOException {
        requires("npm -v");
        String scripts = "{\"name\":\"a\",\"scripts\":{\"test\":\"node --test\"}}";
        assertThat(offline(Map.of("package.json", scripts, "calc.test.js", CALC_TEST_JS.formatted("+"))))
                .contains("`npm test`")
                .contains("**Node** in `.`: the tests pass.");
    }

    @Test
    void runnerThatIsNotInstalled_isReportedAsMissing() throws IOException {
        requires("npm -v");
        assertThat(offline(Map.of("package.json", "{\"name\":\"a\",\"scripts\":{\"test\":\"jest\"}}")))
                .contains("**Node** in `.`: the tests fail")
                .contains("Missing here: `jest`");
    }

    @Test
    @Tag("slow")
    void failingGoTest_isNamedByFileAndLine() throws IOException {
        requires("go version");
        assertThat(offline(Map.of("go.mod", GO_MOD, "sub/calc_test.go", CALC_TEST_GO.formatted("-"))))
                .contains("**Go** in `.`: the tests fail")
                .contains("`sub/calc_test.go:7`: calc_test.go:7: got -1, want 5");
    }

    @Test
    @Tag("slow")
    void passingGoTest_isSaid() throws IOException {
        requires("go version");
        assertThat(offline(Map.of("go.mod", GO_MOD, "sub/calc_test.go", CALC_TEST_GO.formatted("+"))))
                .contains("**Go** in `.`: the tests pass.");
    }

    @Test
    @Tag("slow")
    void goModuleThatIsNotHere_isReportedAsMissing() throws IOException {
        requires("go version");
        assertThat(offline(Map.of(
                        "go.mod", GO_MOD, "calc_test.go", "package calc\n\nimport _ \"example.com/not/there\"\n")))
                .contains("**Go** in `.`: the tests fail")
                .contains("`calc_test.go:3`")
                .contains("Missing here: `example.com/not/there`");
    }

    @Test
    void failingMake_isNamedByFileAndLine() throws IOException {
        requires("make --version");
        assertThat(offline(Map.of("Makefile", "test:\n\t@echo 'calc.c:3: error: no sum'\n\t@false\n", "calc.c", "")))
                .contains("**make** in `.`: the tests fail")
                .contains("`calc.c:3`: calc.c:3: error: no sum")
                .contains("`Makefile:3`");
    }

    @Test
    void passingMake_isSaid() throws IOException {
        requires("make --version");
        assertThat(offline(Map.of("c/Makefile", "check:\n\t@echo fine\n")))
                .contains("`make check`")
                .contains("**make** in `c`: the tests pass.");
    }
}
