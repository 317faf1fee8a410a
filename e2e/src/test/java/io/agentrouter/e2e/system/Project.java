package io.agentrouter.e2e.system;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Small projects for the coding agent. */
public final class Project {

    private static final String CALC = "def add(a, b):\n    return a - b\n";
    private static final String TEST_CALC = """
            import unittest
            import calc

            class CalcTest(unittest.TestCase):
                def test_add(self):
                    self.assertEqual(calc.add(2, 3), 5)
            """;

    private Project() {}

    /** In Python, whose test fails in line 6 of {@code test_calc.py} by what {@code calc.py} says in line 2. */
    public static byte[] thatFails() {
        return zip(new TreeMap<>(Map.of("calc.py", CALC, "test_calc.py", TEST_CALC)));
    }

    private static byte[] zip(Map<String, String> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
