package io.agentrouter.coding;

import static io.agentrouter.coding.CodingAgentFixture.input;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.runtime.agent.RunInput.ModelMode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Without a model a project's own tests are run, with its language's own tools. */
class OfflineRunTest extends SandboxedTests {

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
    private static final String CALC_TEST_JS = """
            const test = require('node:test');
            const assert = require('node:assert');
            test('adds', () => {
              assert.strictEqual(2 %s 3, 5);
            });
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
    void failingUnittest_isNamedByFileAndLine() throws IOException {
        assertThat(offline(Map.of("p/calc.py", CALC, "p/tests/test_calc.py", TEST_CALC)))
                .startsWith("Running the Python tests in `p`: `python3 -m unittest discover -s 'tests'`")
                .contains("**Python** in `p`: the tests fail (exit code 1")
                .contains("`p/tests/test_calc.py:6`: AssertionError: -1 != 5")
                .contains("editing needs a model")
                .contains("$ cd p && python3 -m unittest discover -s 'tests'\nexit code 1");
    }

    @Test
    void passingUnittest_isSaid() throws IOException {
        assertThat(offline(Map.of("calc.py", CALC_RIGHT, "test_calc.py", TEST_CALC)))
                .contains("**Python** in `.`: the tests pass.");
    }

    @Test
    void unittestWithoutATest_isNotSaidToPass() throws IOException {
        assertThat(offline(Map.of("test_calc.py", "import unittest\n")))
                .contains("**Python** in `.`: nothing failed, but no test was run.");
    }

    @Test
    void moduleThatIsNotHere_isReportedAsMissing() throws IOException {
        assertThat(offline(
                        Map.of("test_calc.py", "import unittest\nimport not_there.sub\n" + TEST_CALC, "calc.py", CALC)))
                .contains("**Python** in `.`: the tests fail")
                .contains("`test_calc.py:2`: ModuleNotFoundError")
                .contains("Missing here: `not_there`. Commands have no network");
    }

    @Test
    void failingPytest_isNamedByFileAndLine() throws IOException {
        requires("python3 -c 'import pytest'");
        assertThat(offline(Map.of(
                        "src/calc.py", CALC,
                        "tests/test_calc.py", "import calc\n\n\ndef test_add():\n    assert calc.add(2, 3) == 5\n",
                        "pyproject.toml", "[tool.pytest.ini_options]\n")))
                .contains("python3 -m pytest")
                .contains("`tests/test_calc.py:5`")
                .contains("assert -1 == 5");
    }

    @Test
    void passingPytest_isSaid() throws IOException {
        requires("python3 -c 'import pytest'");
        assertThat(offline(Map.of("test_calc.py", "def test_add():\n    assert 2 + 3 == 5\n")))
                .contains("**Python** in `.`: the tests pass.");
    }

    @Test
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
    void passingMavenTest_isSaid() throws IOException {
        requires("mvn -v && ls /opt/maven-repository");
        assertThat(offline(Map.of(
                        "pom.xml", POM.formatted(JUNIT),
                        "src/test/java/com/example/CalcTest.java", CALC_TEST_JAVA.formatted("+"))))
                .contains("**Maven** in `.`: the tests pass.");
    }

    @Test
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
    void failingGoTest_isNamedByFileAndLine() throws IOException {
        requires("go version");
        assertThat(offline(Map.of("go.mod", GO_MOD, "sub/calc_test.go", CALC_TEST_GO.formatted("-"))))
                .contains("**Go** in `.`: the tests fail")
                .contains("`sub/calc_test.go:7`: calc_test.go:7: got -1, want 5");
    }

    @Test
    void passingGoTest_isSaid() throws IOException {
        requires("go version");
        assertThat(offline(Map.of("go.mod", GO_MOD, "sub/calc_test.go", CALC_TEST_GO.formatted("+"))))
                .contains("**Go** in `.`: the tests pass.");
    }

    @Test
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

    @Test
    void severalKindsInOneProject_areAllRun() throws IOException {
        requires("make --version && node -e 1");
        assertThat(offline(Map.of(
                        "shop/back/calc.py",
                        CALC_RIGHT,
                        "shop/back/test_calc.py",
                        TEST_CALC,
                        "shop/front/package.json",
                        "{}",
                        "shop/front/calc.test.js",
                        CALC_TEST_JS.formatted("-"),
                        "shop/Makefile",
                        "test:\n\t@echo fine\n")))
                .contains("**Node** in `shop/front`: the tests fail")
                .contains("`shop/front/calc.test.js:4`")
                .contains("**Python** in `shop/back`: the tests pass.")
                .contains("**make** in `shop`: the tests pass.");
    }

    @Test
    void projectWithoutTests_saysWhatWasLookedFor() throws IOException {
        assertThat(offline(Map.of("notes/a.txt", "x\n")))
                .contains("No tests were found. Attach a project")
                .contains("pom.xml")
                .contains("editing needs a model");
    }

    @Test
    void testsThatHang_areStoppedInTime_andTheRestIsRun() throws IOException {
        requires("node -e 1");
        fixture.close();
        try (CodingAgentFixture hasty =
                new CodingAgentFixture(workspaces(), sandbox.socket(), Map.of("coding.tools.max-exec-timeout", "3s"))) {
            String said = hasty.offline(project(Map.of(
                            "test_a.py", "import time\ntime.sleep(60)\n",
                            "package.json", "{}",
                            "a.test.js", "while (true) {}")))
                    .said();
            assertThat(said)
                    .contains("**Node** in `.`: the tests did not come to their end (ended by the sandbox: timeout")
                    .contains("**Python** in `.`: the tests did not come to their end (ended by the sandbox: timeout");
        } finally {
            fixture = new CodingAgentFixture(workspaces(), sandbox.socket(), Map.of());
        }
    }

    @Test
    void runThatHasLittleTime_leavesEnoughToReport() throws IOException {
        var input = input(ModelMode.OFFLINE, 8, project(Map.of("test_a.py", "import time\ntime.sleep(60)\n")));

        Driver run = fixture.run(input, List.of());

        assertThat(run.said()).contains("the tests did not come to their end (ended by the sandbox: timeout");
    }
}
