package io.agentrouter.coding;

import static io.agentrouter.coding.CodingAgentFixture.input;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.runtime.agent.RunInput.ModelMode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Without a model a project's own tests are run, and what fails is named. */
class OfflineRunTest extends SandboxedTests {

    static final String CALC_TEST_JS = """
            const test = require('node:test');
            const assert = require('node:assert');
            test('adds', () => {
              assert.strictEqual(2 %s 3, 5);
            });
            """;

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
                new CodingAgentFixture(workspaces(), sandbox.socket(), Map.of("coding.tools.max-exec-timeout", "1s"))) {
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
        var input = input(ModelMode.OFFLINE, 5, project(Map.of("test_a.py", "import time\ntime.sleep(60)\n")));

        Driver run = fixture.run(input, List.of());

        assertThat(run.said()).contains("the tests did not come to their end (ended by the sandbox: timeout");
    }
}
