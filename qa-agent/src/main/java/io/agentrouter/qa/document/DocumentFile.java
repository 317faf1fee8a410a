package io.agentrouter.qa.document;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * A document in a folder, as it is now: two that are equal have, as far as can be seen without reading, the same content.
 *
 * @param name relative to the folder, with {@code /} between its parts
 * @param path where it really is, links followed: a mounted ConfigMap changes by a link alone
 * @param key the file itself whatever its name, device and inode as a rule, where the system tells
 */
public record DocumentFile(String name, Path path, @Nullable Object key, long size, FileTime modified) {}
