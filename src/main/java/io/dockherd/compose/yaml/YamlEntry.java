package io.dockherd.compose.yaml;

import io.dockherd.compose.problems.Position;

/**
 * What a mapping holds at a key.
 *
 * @param keyAt where the key is written
 */
public record YamlEntry(Position keyAt, YamlNode value) {}
