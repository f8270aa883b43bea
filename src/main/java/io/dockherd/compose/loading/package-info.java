/**
 * From the files somebody names to one canonical tree: found, read, filled with variables,
 * included, extended, merged, completed and checked. Way in: {@link
 * io.dockherd.compose.loading.ComposeLoader}. Reads files only through {@link
 * io.dockherd.compose.loading.SourceFiles}.
 */
package io.dockherd.compose.loading;
