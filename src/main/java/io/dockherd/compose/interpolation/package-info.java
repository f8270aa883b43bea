/**
 * Variables: {@code ${NAME:-default}} in texts, the environment they come from, and the files that
 * give it. Way in: {@link io.dockherd.compose.interpolation.Template} and {@link
 * io.dockherd.compose.interpolation.EnvironmentFile}. Pure.
 */
package io.dockherd.compose.interpolation;
