/**
 * YAML as trees that know where each node was written. Way in: {@link
 * io.dockherd.compose.yaml.YamlReader} and {@link io.dockherd.compose.yaml.YamlWriter}. The library
 * only splits text into events; what a scalar means, merge keys, the tags {@code !reset} and {@code
 * !override} and every limit are decided here, since no library in Java reads these as Compose's
 * reference does.
 */
package io.dockherd.compose.yaml;
