package io.agentrouter.qa.document;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/**
 * A document in a folder, as it is now: two that are equal have the same content.
 *
 * @param name relative to the folder, with {@code /} between its parts
 * @param path where it really is, links followed: a mounted ConfigMap changes by a link alone
 */
public record DocumentFile(String name, Path path, long size, FileTime modified) {}
