package io.agentrouter.e2e.system;

import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Java from a page, compiled. */
public final class JavaSource extends SimpleJavaFileObject {

    private final String code;

    private JavaSource(String name, String code) {
        super(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE);
        this.code = code;
    }

    /**
     * Compiles one file.
     *
     * @param name of its class, without package
     * @param into directory of the class file
     */
    public static void compile(String name, String code, String classPath, Path into) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<String> options = List.of("-d", into.toString(), "-cp", classPath, "-proc:none");
        if (!compiler.getTask(messages, null, null, options, null, List.of(new JavaSource(name, code)))
                .call()) {
            throw new AssertionError(messages + "\n" + code);
        }
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return code;
    }
}
