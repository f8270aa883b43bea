/**
 * Compose projects as apps: each service one, or the whole file one pod. Ways in: {@link
 * io.dockherd.apps.compose.ComposeApps} for projects of people, {@link
 * io.dockherd.apps.compose.ComposePod} for files a node has fetched. Pure but for the reading of
 * those files; docs/compose.md has the table of what becomes of each key.
 */
package io.dockherd.apps.compose;
